"""The SPARQL 1.1 Protocol: the query tests of the W3C's manifest by their names, and what else it says."""

import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from avnkg import vocab
from avnkg.graph.build import current_build
from avnkg.graph.results import ROWS, TRIPLES
from avnkg.graph.store import open_store
from avnkg.service.settings import Limits, Settings
from tests.service.server import serving

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
JSON_ROWS = "application/sparql-results+json"


@pytest.fixture(scope="session")
def graphs(mini_root: Path) -> tuple[str, str]:
    """Return the IRIs of two named graphs of the tiny world."""
    build = current_build(mini_root)
    assert build is not None
    found = open_store(build.store).query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g LIMIT 2")
    assert isinstance(found, ox.QuerySolutions)
    first, second = (str(row["g"].value) for row in found)
    return first, second


def ask(client: httpx.Client, query: str, **more: object) -> httpx.Response:
    """Ask by GET."""
    return client.get("/sparql", params={"query": query, **more})  # type: ignore[dict-item]


def endpoint(client: httpx.Client) -> str:
    """Return the address of the endpoint."""
    return f"{str(client.base_url).rstrip('/')}/sparql"


def yes(response: httpx.Response) -> bool:
    """Return a yes or no."""
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == JSON_ROWS
    found: bool = response.json()["boolean"]
    return found


# The names of the manifest's tests, and what each asks.


def test_query_get(mini_client: httpx.Client) -> None:
    assert yes(mini_client.get(f"/sparql?query={quote('ASK {}')}"))


def test_query_post_form(mini_client: httpx.Client) -> None:
    assert yes(mini_client.post("/sparql", data={"query": "ASK {}"}))


def test_query_post_direct(mini_client: httpx.Client) -> None:
    assert yes(mini_client.post("/sparql", content=b"ASK {}", headers=DIRECT))


@pytest.mark.parametrize("form", [True, False], ids=["post", "get"])
def test_query_dataset_default_graphs(mini_client: httpx.Client, graphs: tuple[str, str], form: bool) -> None:
    first, second = graphs
    # Each graph alone holds its own triples; asked together, they hold those of both, and GRAPH finds none.
    text = (
        "SELECT (COUNT(*) AS ?n) (SUM(?x) AS ?named) "
        "{ { ?s ?p ?o BIND(0 AS ?x) } UNION { GRAPH ?g { ?s ?p ?o } BIND(1 AS ?x) } }"
    )
    given = [("query", text), ("default-graph-uri", first), ("default-graph-uri", second)]
    found = (
        mini_client.post("/sparql", content=urlencode(given), headers=FORM)
        if form
        else mini_client.get("/sparql", params=tuple(given))
    )
    [row] = found.json()["results"]["bindings"]
    assert (int(row["n"]["value"]), int(row["named"]["value"])) == (
        size(mini_client, first) + size(mini_client, second),
        0,
    )


@pytest.mark.parametrize("form", [True, False], ids=["post", "get"])
def test_query_dataset_named_graphs(mini_client: httpx.Client, graphs: tuple[str, str], form: bool) -> None:
    text = "SELECT DISTINCT ?g { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o BIND('default' AS ?g) } } ORDER BY ?g"
    given = [("query", text), *(("named-graph-uri", graph) for graph in graphs)]
    found = (
        mini_client.post("/sparql", content=urlencode(given), headers=FORM)
        if form
        else mini_client.get("/sparql", params=tuple(given))
    )
    assert tuple(row["g"]["value"] for row in found.json()["results"]["bindings"]) == graphs


def test_query_dataset_full(mini_client: httpx.Client, graphs: tuple[str, str]) -> None:
    first, second = graphs
    text = (
        f"ASK {{ ?s ?p ?o . GRAPH <{second}> {{ ?a ?b ?c }} FILTER NOT EXISTS {{ GRAPH <{first}> {{ ?x ?y ?z }} }} }}"
    )
    given = {"default-graph-uri": first, "named-graph-uri": second}
    assert yes(ask(mini_client, text, **given))
    assert yes(mini_client.post("/sparql", params=given, content=text, headers=DIRECT))


def test_query_multiple_dataset(mini_client: httpx.Client, graphs: tuple[str, str]) -> None:
    # The protocol's graphs outweigh those that the query names.
    first, second = graphs
    text = f"ASK FROM <{first}> {{ GRAPH <{second}> {{ ?a ?b ?c }} }}"
    assert yes(ask(mini_client, text, **{"named-graph-uri": second}))
    assert not yes(ask(mini_client, text))


@pytest.mark.parametrize(
    ("query", "accept", "kinds"),
    [
        ("SELECT ?x {}", "application/sparql-results+xml, application/sparql-results+json", ROWS),
        ("ASK {}", "application/sparql-results+xml;q=0.3, application/sparql-results+json;q=0.2", ROWS),
        ("DESCRIBE <http://example.org/>", "application/rdf+xml, text/turtle", TRIPLES),
        ("CONSTRUCT { <x:s> <x:p> 1 } WHERE {}", "application/rdf+xml, text/turtle", TRIPLES),
    ],
    ids=["select", "ask", "describe", "construct"],
)
def test_query_content_type(mini_client: httpx.Client, query: str, accept: str, kinds: dict[str, object]) -> None:
    found = mini_client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert found.status_code == 200, found.text
    assert found.headers["Content-Type"].partition(";")[0] in kinds


def test_bad_query_method(mini_client: httpx.Client) -> None:
    found = mini_client.put(f"/sparql?query={quote('ASK {}')}")
    assert (found.status_code, found.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_bad_multiple_queries(mini_client: httpx.Client) -> None:
    given = urlencode([("query", "ASK {}"), ("query", "SELECT * {}")])
    assert mini_client.get(f"/sparql?{given}").status_code == 400
    assert mini_client.post("/sparql", content=given, headers=FORM).status_code == 400
    assert mini_client.post("/sparql?query=ASK%20%7B%7D", content=b"ASK {}", headers=DIRECT).status_code == 400


def test_bad_query_wrong_media_type(mini_client: httpx.Client) -> None:
    assert mini_client.post("/sparql", content=b"ASK {}", headers={"Content-Type": "text/plain"}).status_code == 415


def test_bad_query_missing_form_type(mini_client: httpx.Client) -> None:
    assert mini_client.post("/sparql", content=b"query=ASK%20%7B%7D").status_code == 415


def test_bad_query_missing_direct_type(mini_client: httpx.Client) -> None:
    assert mini_client.post("/sparql", content=b"ASK {}").status_code == 415


def test_bad_query_non_utf8(mini_client: httpx.Client) -> None:
    given = {"Content-Type": "application/sparql-query; charset=UTF-16"}
    assert mini_client.post("/sparql", content="ASK {}".encode("utf-16"), headers=given).status_code == 415
    assert mini_client.post("/sparql", content="ASK {}".encode("utf-16"), headers=DIRECT).status_code == 400
    assert mini_client.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%27%FF%27%20%7D").status_code == 400


def test_bad_query_syntax(mini_client: httpx.Client) -> None:
    assert ask(mini_client, "ASK {").status_code == 400


@pytest.mark.parametrize("update", ["INSERT DATA { <x:s> <x:p> 1 }", "CLEAR ALL", "LOAD <file:///etc/passwd>"])
def test_updates_are_refused(mini_client: httpx.Client, update: str) -> None:
    for found in (
        mini_client.post("/sparql", data={"update": update}),
        mini_client.post("/sparql", data={"update": update, "query": "ASK {}"}),
        mini_client.post("/sparql", content=update, headers={"Content-Type": "application/sparql-update"}),
        mini_client.get("/sparql", params={"update": update}),
        mini_client.post("/sparql", content=update, headers=DIRECT),
    ):
        assert found.status_code == 400


# What the manifest has no tests for.


@pytest.mark.parametrize("media", ROWS)
def test_rows_come_as_they_are_wanted(mini_client: httpx.Client, media: str) -> None:
    found = mini_client.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o } LIMIT 3"}, headers={"Accept": media})
    assert (found.status_code, found.headers["Content-Type"].partition(";")[0]) == (200, media)
    if "json" in media:
        assert len(found.json()["results"]["bindings"]) == 3
    elif "xml" in media:
        assert len(ElementTree.fromstring(found.content).findall(".//{*}result")) == 3
    else:
        assert len(found.text.splitlines()) == 4


@pytest.mark.parametrize("media", TRIPLES)
def test_triples_come_as_they_are_wanted(mini_client: httpx.Client, media: str) -> None:
    text = f"CONSTRUCT WHERE {{ ?claim a <{vocab.CLAIM}> }}"
    found = mini_client.get("/sparql", params={"query": text}, headers={"Accept": media})
    assert (found.status_code, found.headers["Content-Type"].partition(";")[0]) == (200, media)
    assert len(set(ox.parse(found.content, TRIPLES[media]))) > 3


def test_what_is_not_acceptable_is_told(mini_client: httpx.Client) -> None:
    for accept in ("image/png", "text/turtle", "application/sparql-results+json;q=0, image/png"):
        found = mini_client.get("/sparql", params={"query": "SELECT * {}"}, headers={"Accept": accept})
        assert (found.status_code, found.headers["Vary"]) == (406, "Accept"), accept


def test_a_program_that_wants_json_is_told_in_json(mini_client: httpx.Client) -> None:
    found = mini_client.get("/sparql", params={"query": "SELECT"}, headers={"Accept": "application/json"})
    assert (found.status_code, "expected SPARQL" in found.json()["error"]) == (400, True)
    found = mini_client.get("/sparql", params={"query": "SELECT"}, headers={"Accept": "text/html"})
    assert (found.status_code, "<h1>" in found.text) == (406, True)


def test_a_graph_that_is_not_there_is_refused(mini_client: httpx.Client) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        found = ask(mini_client, "ASK {}", **{name: "file:///etc/passwd"})
        assert (found.status_code, "there is no graph" in found.text) == (400, True)


def test_a_triple_in_two_default_graphs_counts_once(mini_client: httpx.Client, graphs: tuple[str, str]) -> None:
    twice = [("query", "SELECT * { ?s ?p ?o }"), ("default-graph-uri", graphs[0]), ("default-graph-uri", graphs[0])]
    found = mini_client.get("/sparql", params=tuple(twice)).json()["results"]["bindings"]
    assert len(found) == size(mini_client, graphs[0])


def size(client: httpx.Client, graph: str) -> int:
    """Return how many triples a graph holds."""
    found = ask(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return int(found.json()["results"]["bindings"][0]["n"]["value"])


def test_head_is_get_without_the_body(mini_client: httpx.Client) -> None:
    for path in ("/sparql?query=ASK%20%7B%7D", "/sparql", "/sparql?query=SELECT"):
        got, head = mini_client.get(path), mini_client.head(path)
        assert head.content == b""
        assert {**head.headers, "date": ""} == {**got.headers, "date": ""}
        assert head.status_code == got.status_code


def test_options_tells_the_methods(mini_client: httpx.Client) -> None:
    found = mini_client.options("/sparql")
    assert (found.status_code, found.headers["Allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_who_asks_nothing_is_told_what_the_service_is(mini_client: httpx.Client) -> None:
    found = mini_client.get("/sparql", headers={"Accept": "text/turtle"})
    assert (found.status_code, found.headers["Content-Type"]) == (200, "text/turtle; charset=utf-8")
    said = rdflib.Graph().parse(data=found.text, format="turtle")
    [endpoint] = said.objects(None, rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#endpoint"))
    assert yes(httpx.get(str(endpoint), params={"query": "ASK {}"}))
    page = mini_client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"}, follow_redirects=False)
    assert (page.status_code, page.headers["Location"]) == (303, "sparql.html")
    assert mini_client.post("/sparql", data={"other": "x"}).status_code == 400


def test_one_connection_serves_many_requests(mini_client: httpx.Client) -> None:
    with httpx.Client(base_url=mini_client.base_url, limits=httpx.Limits(max_connections=1)) as client:
        for _ in range(5):
            found = ask(client, "ASK {}")
            assert "close" not in found.headers.get("Connection", "")
            assert client.post("/sparql", content=b"ASK {", headers=DIRECT).status_code == 400


@pytest.fixture(scope="module")
def narrow(mini_root: Path) -> Iterator[httpx.Client]:
    """Return a client of a service with narrow limits that lets scripts of one origin in."""
    limits = Limits(seconds=1, rows=5, query_bytes=2_000)
    with serving(Settings(mini_root, workers=2, limits=limits, origin="https://example.org")) as client:
        yield client


def test_a_cut_answer_is_never_a_success(narrow: httpx.Client) -> None:
    assert len(ask(narrow, "SELECT * { ?s ?p ?o } LIMIT 5").json()["results"]["bindings"]) == 5
    for accept in (*ROWS, *TRIPLES):
        text = "SELECT * { ?s ?p ?o }" if accept in ROWS else "CONSTRUCT WHERE { ?s ?p ?o }"
        found = narrow.get("/sparql", params={"query": text}, headers={"Accept": accept})
        assert (found.status_code, "more than 5" in found.text) == (422, True)


def test_a_slow_query_is_told_so(narrow: httpx.Client) -> None:
    found = ask(narrow, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l) }")
    assert (found.status_code, found.text) == (503, "the query took longer than 1 s\n")


def test_when_too_many_wait_one_is_told_when_to_come_again(mini_root: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l) }"
    limits = Limits(seconds=4, waiting=1)
    with serving(Settings(mini_root, workers=2, limits=limits)) as client, ThreadPoolExecutor(8) as clients:
        found = list(clients.map(lambda _: ask(client, slow), range(8)))
    assert {each.status_code for each in found} == {503}
    told = [each for each in found if "Retry-After" in each.headers]
    assert told
    assert {(each.headers["Retry-After"], "try again later" in each.text) for each in told} == {("5", True)}


def test_too_long_a_query_is_refused(narrow: httpx.Client) -> None:
    text = f"ASK {{}} #{'x' * 2_000}"
    assert ask(narrow, text).status_code == 413
    assert narrow.post("/sparql", data={"query": text}).status_code == 413
    assert narrow.post("/sparql", content=iter([text.encode()] * 9), headers=DIRECT).status_code == 413


def test_only_the_named_origin_may_read(narrow: httpx.Client, mini_client: httpx.Client) -> None:
    params = {"query": "ASK {}"}
    for client, origin, allowed in (
        (narrow, "https://example.org", "https://example.org"),
        (narrow, "https://elsewhere.example", None),
        (mini_client, "https://example.org", None),
    ):
        found = client.get("/sparql", params=params, headers={"Origin": origin})
        assert found.headers.get("Access-Control-Allow-Origin") == allowed
    preflight = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    assert narrow.options("/sparql", headers=preflight).headers["Access-Control-Allow-Origin"] == "https://example.org"


# Clients that others wrote.


@pytest.mark.parametrize("form", [JSON, XML, CSV])
@pytest.mark.parametrize("sent", [None, POSTDIRECTLY])
def test_sparqlwrapper_asks(mini_client: httpx.Client, form: str, sent: str | None) -> None:
    client = SPARQLWrapper(endpoint(mini_client))
    client.setQuery(f"SELECT (COUNT(?c) AS ?n) {{ ?c a <{vocab.CLAIM}> }}")
    client.setReturnFormat(form)
    if sent:
        client.setMethod(POST)
        client.setRequestMethod(sent)
    found: Any = client.query().convert()
    words = found.decode() if isinstance(found, bytes) else json.dumps(found) if form == JSON else found.toxml()
    assert str(count(mini_client)) in words


def test_sparqlwrapper_asks_for_triples(mini_client: httpx.Client) -> None:
    client = SPARQLWrapper(endpoint(mini_client), defaultGraph=None)
    client.setQuery(f"CONSTRUCT WHERE {{ ?c a <{vocab.CLAIM}> }}")
    client.setReturnFormat(TURTLE)
    found: Any = client.query().convert()
    assert len(rdflib.Graph().parse(data=found, format="turtle")) == count(mini_client)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks(mini_client: httpx.Client, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(endpoint(mini_client), method=method))
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(vocab.CLAIM)))) == count(mini_client)


@pytest.mark.parametrize(
    "words",
    [
        ["--get", "--data-urlencode"],
        ["--data-urlencode"],
        ["--header", "Content-Type: application/sparql-query", "--data-binary"],
    ],
    ids=["get", "form", "direct"],
)
def test_curl_asks(mini_client: httpx.Client, words: list[str]) -> None:
    text = f"SELECT (COUNT(?c) AS ?n) {{ ?c a <{vocab.CLAIM}> }}"
    given = text if "--data-binary" in words else f"query={text}"
    command = ["curl", "--silent", "--fail", "--header", "Accept: text/csv", *words, given]
    done = subprocess.run([*command, endpoint(mini_client)], capture_output=True, check=True, timeout=30)
    assert done.stdout.split() == [b"n", str(count(mini_client)).encode()]


def count(client: httpx.Client) -> int:
    """Return how many claims there are."""
    found = ask(client, f"SELECT (COUNT(?c) AS ?n) {{ ?c a <{vocab.CLAIM}> }}")
    return int(found.json()["results"]["bindings"][0]["n"]["value"])
