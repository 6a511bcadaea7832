"""The pages, live: the addresses of the site, the IRIs of things, what a browser keeps, and what it is told."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import rdflib

from avnkg import vocab
from avnkg.graph.build import build, inputs
from avnkg.service.settings import Settings
from avnkg.views.pages.rendering import LIVE_POLICY
from tests.service.server import serving

MINI = Path(__file__).resolve().parent.parent / "mini"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def claim(mini_client: httpx.Client) -> str:
    """Return the IRI of a claim."""
    text = f"SELECT ?claim {{ ?claim a <{vocab.CLAIM}> }} ORDER BY ?claim LIMIT 1"
    found = mini_client.get("/sparql", params={"query": text}).json()
    return str(found["results"]["bindings"][0]["claim"]["value"])


def test_the_root_is_the_overview(mini_client: httpx.Client) -> None:
    root, overview = mini_client.get("/", headers=HTML), mini_client.get("/index.html", headers=HTML)
    assert (root.status_code, root.text) == (200, overview.text)
    assert root.headers["Content-Type"] == "text/html; charset=utf-8"


def test_the_iri_of_a_claim_leads_to_its_page(mini_client: httpx.Client, claim: str) -> None:
    path = f"/{claim.removeprefix(vocab.THING)}"
    found = mini_client.get(path, headers=HTML)
    assert (found.status_code, found.headers["Vary"]) == (303, "Accept")
    page = mini_client.get(path, headers=HTML, follow_redirects=True)
    assert (page.status_code, page.url.path) == (200, f"{path}.html")
    assert mini_client.get(path, follow_redirects=True).text == page.text, "who does not choose gets the page"


@pytest.mark.parametrize("path", ["/documents", "/ontology", "/disputes", "/concept/CoreDecompression"])
def test_an_address_without_its_ending_leads_to_the_page(mini_client: httpx.Client, path: str) -> None:
    page = mini_client.get(path, headers=HTML, follow_redirects=True)
    assert (page.status_code, page.url.path) == (200, f"{path}.html")


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"]
)
def test_the_iri_of_a_claim_leads_to_its_triples_for_programs(
    mini_client: httpx.Client, claim: str, media: str
) -> None:
    found = mini_client.get(f"/{claim.removeprefix(vocab.THING)}", headers={"Accept": media})
    assert (found.status_code, found.headers["Content-Type"].partition(";")[0]) == (200, media)
    form = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}.get(media, "nt")
    said = rdflib.Graph().parse(data=found.text, format=form)
    assert (rdflib.URIRef(claim), rdflib.RDF.type, rdflib.URIRef(vocab.CLAIM)) in said


def test_a_browser_keeps_a_page_and_asks_about_it(mini_client: httpx.Client) -> None:
    for path in ("/index.html", "/style.css", "/graph"):
        first = mini_client.get(path)
        tag = first.headers["ETag"]
        for known in (tag, f'W/"other", W/{tag}', "*"):
            again = mini_client.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert mini_client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
        head = mini_client.head(path)
        assert (head.content, head.headers["Content-Length"]) == (b"", first.headers["Content-Length"])


@pytest.mark.parametrize("path", ["/", "/search.html", "/sparql.html", "/downloads/avnkg.nq", "/none.html"])
def test_head_is_get_without_the_body(mini_client: httpx.Client, path: str) -> None:
    got, head = mini_client.get(path), mini_client.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}


@pytest.mark.parametrize(
    "address", ["nothing.html", "wrong.html", "dispute/xyz.html", "relation/zzz.html", "concept/Foo.html", "abc.html"]
)
def test_a_far_name_is_not_offered(corpus_client: httpx.Client, address: str) -> None:
    found = corpus_client.get(f"/{address}", headers=HTML)
    assert found.status_code == 404
    assert "Did you mean" not in found.text


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("concept/coredecompresion.html", "concept/CoreDecompression.html"),
        ("comparision.html", "comparison.html"),
        ("document/regenex-avn-hip.html", "document/regenexx-avn-hip.html"),
    ],
)
def test_a_name_with_a_wrong_letter_is_told_right(corpus_client: httpx.Client, address: str, meant: str) -> None:
    assert f">{meant}</a>?" in corpus_client.get(f"/{address}", headers=HTML).text


def test_what_lists_the_pages_that_there_are_is_led_to(corpus_client: httpx.Client) -> None:
    concept = corpus_client.get("/concept/Foo.html", headers=HTML).text
    assert '<p><a href="../concepts.html">concepts.html</a> lists the concepts.</p>' in concept
    part = corpus_client.get("/claims/99.html", headers=HTML).text
    assert 'begins at <a href="../claims.html">claims.html</a>.' in part
    away = corpus_client.get("/concept/%2F%2Fevil.example%2Fx.html", headers=HTML).text
    assert "evil.example/x" not in "".join(re.findall('href="[^"]*"', away))


def test_what_is_not_there_is_told_with_the_nearest(mini_client: httpx.Client) -> None:
    found = mini_client.get("/documets.html", headers=HTML)
    assert found.status_code == 404
    assert 'Did you mean <a href="documents.html">documents.html</a>?' in found.text
    plain = mini_client.get("/documets.html", headers={"Accept": "text/plain"})
    assert (plain.status_code, plain.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert plain.text == "there is no page 'documets.html'; did you mean documents.html?\n"
    assert "error" in mini_client.get("/documets.html", headers={"Accept": "application/json"}).json()


@pytest.mark.parametrize(
    "path",
    [
        "/claim/none/001",
        "/claim/",
        "/document/..%2f..%2fetc%2fpasswd.html",
        "/..%2f..%2fetc%2fpasswd",
        "/%3Cscript%3Ealert(1)%3C/script%3E.html",
        "/concept/%E2%80%AEx.html",
        "//elsewhere.example/x",
        "/x" * 2_000,
        "/claim/%00",
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_strange_addresses_are_not_found(mini_client: httpx.Client, path: str, accept: str) -> None:
    found = mini_client.get(str(mini_client.base_url).rstrip("/") + path, headers={"Accept": accept})
    assert found.status_code == 404
    assert found.headers["Content-Type"].partition(";")[0] == ("text/html" if accept == "text/html" else "text/plain")
    assert accept == "text/turtle" or "<script>alert" not in found.text
    assert "\u202e" not in found.text


def test_every_answer_has_its_safe_headers(mini_client: httpx.Client) -> None:
    for path in ("/", "/style.css", "/sparql?query=ASK%20%7B%7D", "/none", "/graph", "/search.html", "/api/claims"):
        found = mini_client.get(path, headers=HTML)
        assert found.headers["X-Content-Type-Options"] == "nosniff", path
        assert found.headers["Referrer-Policy"] == "no-referrer"
        assert found.headers["X-Frame-Options"] == "DENY"
        policy = found.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy


def test_the_header_has_the_policy_of_the_page(mini_client: httpx.Client) -> None:
    assert mini_client.get("/", headers=HTML).headers["Content-Security-Policy"].startswith(LIVE_POLICY)


def test_a_graph_is_drawn_when_it_is_asked_for(mini_client: httpx.Client) -> None:
    [document] = mini_client.get(
        "/sparql", params={"query": f"SELECT ?d {{ ?d a <{vocab.DOCUMENT}> }} LIMIT 1"}
    ).json()["results"]["bindings"]
    name = document["d"]["value"].rpartition("/")[2]
    for given in ({}, {"about": "core decompression"}, {"document": name}):
        found = mini_client.get("/graph", params=given)
        assert found.status_code == 200, found.text[:300]
        # Its own scripts run, by their hashes, and no others.
        policy = found.headers["Content-Security-Policy"]
        assert policy.partition("; frame-ancestors")[0] in found.text.replace("&#39;", "'")
        assert "'sha256-" in policy
        assert "./index.html" in found.text
    for given, status in (
        ({"about": "x", "document": name}, 400),
        ({"about": "no such thing"}, 400),
        ({"document": "x"}, 404),
    ):
        assert mini_client.get("/graph", params=given).status_code == status


def test_a_graph_of_the_site_may_run_its_own_scripts(mini_client: httpx.Client) -> None:
    found = mini_client.get("/graphs/all.html")
    assert found.status_code == 200
    assert "'sha256-" in found.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["avnkg.trig", "avnkg.nq", "propositions.graphml"])
def test_what_can_be_taken_along_comes_whole(mini_client: httpx.Client, name: str) -> None:
    found = mini_client.get(f"/downloads/{name}")
    assert (found.status_code, found.headers["ETag"] != "") == (200, True)
    assert f"downloads/{name}" in mini_client.get("/downloads.html").text
    assert mini_client.get("/downloads/none").status_code == 404


def test_a_new_build_is_served_without_a_new_start(tmp_path: Path) -> None:
    build(inputs((MINI / "corpus",), embedded=False, documents=MINI / "documents"), tmp_path)
    with serving(Settings(tmp_path, workers=2)) as client:
        count = {"query": f"SELECT (COUNT(*) AS ?n) {{ ?c a <{vocab.CLAIM}> }}"}
        before, page = client.get("/sparql", params=count).text, client.get("/documents.html").text
        build(inputs(), tmp_path)
        for _ in changing():
            assert client.get("/index.html").status_code == 200
            if client.get("/sparql", params=count).text != before:
                break
        assert client.get("/documents.html").text != page


def changing() -> Iterator[None]:
    """Yield until a minute has passed."""
    import time

    end = time.monotonic() + 60
    while time.monotonic() < end:
        yield
        time.sleep(0.05)
    raise AssertionError("nothing has changed")
