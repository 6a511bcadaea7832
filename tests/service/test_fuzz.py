"""Whatever is sent to /sparql: an answer or a plain reason, no failure, no hanging."""

import contextlib
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avnkg.graph.queries import query_library
from avnkg.graph.results import ROWS, TRIPLES
from avnkg.service.settings import MIB, Limits, Settings
from tests.service.server import serving

FINE = {200, 204, 304, 400, 404, 405, 406, 413, 414, 415, 422, 503}


@pytest.fixture(scope="module")
def client(mini_root: Path) -> Iterator[httpx.Client]:
    """Return a client of a service whose queries have little time."""
    limits = Limits(seconds=1, rows=1_000, memory=128 * MIB, query_bytes=100_000)
    with serving(Settings(mini_root, workers=2, limits=limits)) as client:
        yield client


TOKENS = [
    *("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "FROM", "FROM NAMED", "GRAPH", "SERVICE", "FILTER", "BIND"),
    *("OPTIONAL", "MINUS", "UNION", "VALUES", "GROUP BY", "ORDER BY", "LIMIT", "OFFSET", "NOT EXISTS", "PREFIX"),
    *("INSERT DATA", "LOAD", "DISTINCT", "COUNT(*)", "AS", "{", "}", "(", ")", ".", ";", ",", "*", "?s", "?p", "?o"),
    *("<http://a/b>", "<file:///etc/passwd>", "<", ">", "avn:Claim", "avn:", "a", "'x'", '"""', "\\u0041", "#", "\n"),
    *("1", "1e400", "-9223372036854775809", "'é'@en", "^^", "_:b", "[]", "!", "|", "/", "^", "{ ?s ?p ?o }", "\x00"),
]
QUERIES = st.one_of(
    st.lists(st.sampled_from(TOKENS), max_size=20).map(" ".join),
    st.text(max_size=40),
    st.sampled_from([query.text for query in query_library().values()]),
)
ACCEPTS = st.one_of(
    st.none(),
    st.sampled_from([*ROWS, *TRIPLES, "*/*", "text/html", "image/png", "text/*;q=0.3, */*;q=0"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30).map(str.strip),
)
KINDS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            *("application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update"),
            *("application/sparql-query; charset=utf-16", "application/sparql-query;charset=", "multipart/form-data"),
            *("text/plain", "application/json", "", ";", "application/x-www-form-urlencoded; charset=latin-1"),
        ]
    ),
)
NAMES = st.sampled_from(["query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "", "é"])
FIELDS = st.lists(st.tuples(NAMES, st.one_of(QUERIES, st.just("http://a/b"))), max_size=4)
BODIES = st.one_of(
    st.binary(max_size=60),
    QUERIES.map(lambda text: text.encode("utf-8", "surrogatepass")),
    FIELDS.map(lambda fields: urlencode(fields, errors="replace").encode()),
)
METHODS = st.sampled_from(["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "QUERY", "get"])


def sound(response: httpx.Response) -> None:
    """Make sure that an answer is one, and that no answer tells what is inside."""
    assert response.status_code in FINE, response.text
    assert "Traceback" not in response.text
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    if response.status_code >= 400 and response.request.method != "HEAD":
        assert response.text.strip()


@given(method=METHODS, fields=FIELDS, body=BODIES, kind=KINDS, accept=ACCEPTS)
@settings(max_examples=150)
def test_any_request_has_an_answer(
    client: httpx.Client, method: str, fields: list[tuple[str, str]], body: bytes, kind: str | None, accept: str | None
) -> None:
    headers = {name: value for name, value in (("Content-Type", kind), ("Accept", accept)) if value is not None}
    address = f"/sparql?{urlencode(fields, errors='replace')}"
    sound(client.request(method, address, content=body, headers=headers))


@given(query=QUERIES, accept=ACCEPTS)
@settings(max_examples=150)
def test_any_query_has_an_answer(client: httpx.Client, query: str, accept: str | None) -> None:
    headers = {"Content-Type": "application/sparql-query", **({"Accept": accept} if accept is not None else {})}
    sound(client.post("/sparql", content=query.encode("utf-8", "surrogatepass"), headers=headers))


@given(address=st.one_of(st.binary(max_size=40), st.text(max_size=40).map(lambda text: text.encode(errors="replace"))))
def test_any_address_has_an_answer(client: httpx.Client, address: bytes) -> None:
    found = client.get(f"/{quote(address)}", headers={"Accept": "text/html"})
    assert found.status_code < 500, found.text
    assert "Traceback" not in found.text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * " + "{" * 20_000 + "}" * 20_000,
        "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "ASK { ?s " + "<x:p>/" * 9_000 + "<x:p> ?o }",
        "SELECT * {" + "{}UNION" * 9_000 + "{} }",
        "SELECT * FROM <x:g> " + "{" * 5_000 + "}" * 5_000,
        "ASK { VALUES ?x {" + " 1" * 45_000 + "} }",
        "-a" * 50_000,
        "ASK { ?s (((<x:p>+)*)+)* ?o . ?o (<x:p>|!<x:q>)* ?s }",
        "SELECT (CONCAT(" + ",".join(["?a"] * 9_000) + ") AS ?x) { BIND('aaaaaaaaaaaaaaaa' AS ?a) }",
        "ASK { FILTER REGEX('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a+)+$') }",
    ],
    ids=["groups", "brackets", "path", "unions", "from", "values", "names", "stars", "concat", "regex"],
)
def test_what_is_nested_or_long_is_answered_or_refused(client: httpx.Client, text: str) -> None:
    response = client.post("/sparql", content=text, headers={"Content-Type": "application/sparql-query"})
    assert response.status_code in (200, 400, 422, 503)
    assert "Traceback" not in response.text
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /sparql HTTP/9.9\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"GET /sparql?query=\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nA: " + b"x" * 200_000 + b"\r\n\r\n",
        b"\x16\x03\x01" * 30,
    ],
    ids=["empty", "short", "version", "length", "chunks", "bytes", "headers", "tls"],
)
def test_what_is_no_http_ends(client: httpx.Client, sent: bytes) -> None:
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=30) as called:
        received = b""
        with contextlib.suppress(OSError):  # it need not read all before it ends
            called.sendall(sent)
            called.shutdown(socket.SHUT_WR)
            while part := called.recv(65_536):
                received += part
    assert b"Traceback" not in received
    assert not received.startswith(b"HTTP/1.1 5")
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_many_clients_at_once_get_their_own_answers(client: httpx.Client) -> None:
    def asked(number: int) -> bool:
        found = client.get("/sparql", params={"query": f"SELECT ({number} AS ?n) {{}}"}, headers={"Accept": "text/csv"})
        return found.text.split() == ["n", str(number)]

    with ThreadPoolExecutor(20) as clients:
        assert all(clients.map(asked, range(200)))


def test_who_goes_away_leaves_nothing_to_do(client: httpx.Client) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l) }"
    for _ in range(10):
        with pytest.raises(httpx.ReadTimeout):
            client.get("/sparql", params={"query": slow}, timeout=0.05)
    # Ten slow ones take five seconds of two workers; who is asked now need not wait for them.
    for _ in range(5):
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
