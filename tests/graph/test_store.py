"""Stores: what goes in comes out, wrong queries and endpoints are told, files are opened by many readers."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from avnkg.errors import ClaimError, GraphError, QueryError
from avnkg.graph.rows import rows_of
from avnkg.graph.store import RESULTS, TRIPLES, EmbeddedStore, EndpointStore, memory_store, open_store, write_store

LINES = ['<http://a/s> <http://a/p> "\\u0000 é 🦴\\n" .\n', '<http://a/s> <http://a/p> "x"@en <http://a/g> .\n']
ANSWER = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "1"}}]}}


def test_what_goes_into_memory_comes_out_as_quads() -> None:
    store = memory_store(["", LINES[0] + LINES[1][:5], LINES[1][5:], ""])
    assert len(store) == 2
    again = list(ox.parse("".join(store.lines()).encode(), ox.RdfFormat.N_QUADS))
    assert set(again) == set(ox.parse("".join(LINES).encode(), ox.RdfFormat.N_QUADS))


def test_a_store_on_disk_is_read_by_many_at_once(tmp_path: Path) -> None:
    assert write_store(tmp_path / "deep" / "store", LINES) == 2
    one, other = open_store(tmp_path / "deep" / "store"), open_store(tmp_path / "deep" / "store")
    assert sorted(one.lines()) == sorted(other.lines()) == sorted(memory_store(LINES).lines())


def test_many_chunks_of_any_size_go_in_whole(tmp_path: Path) -> None:
    lines = [f'<http://a/{number}> <http://a/p> "{"é" * (number % 7000)}" .\n' for number in range(3000)]
    assert write_store(tmp_path / "one", lines) == 3000
    assert write_store(tmp_path / "two", ["".join(lines)]) == 3000
    assert len(memory_store(iter(lines))) == 3000
    assert len(memory_store([])) == 0


def test_a_fault_of_the_maker_comes_through_as_it_is(tmp_path: Path) -> None:
    def chunks() -> Iterator[str]:
        yield LINES[0]
        raise ClaimError("wrong claim")

    with pytest.raises(ClaimError, match="wrong claim"):
        memory_store(chunks())
    with pytest.raises(ClaimError, match="wrong claim"):
        write_store(tmp_path / "store", chunks())


def test_what_is_no_quad_is_refused() -> None:
    with pytest.raises(GraphError, match="the quads are not N-Quads: "):
        memory_store(["<http://a b> <http://p> <http://o> .\n"])


def test_a_store_is_not_written_twice_into_one_folder(tmp_path: Path) -> None:
    write_store(tmp_path / "store", LINES)
    with pytest.raises(GraphError, match="cannot write the graph"):
        write_store(tmp_path / "store", LINES)


@pytest.mark.parametrize("content", [None, "file", "folder"])
def test_what_is_no_store_is_told_with_what_to_do(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "store"
    if content == "file":
        path.write_text("no store", encoding="utf-8")
    elif content:
        path.mkdir()
    with pytest.raises(GraphError, match=r"cannot open the graph: .*; run `avnkg build`"):
        open_store(path)


def test_a_wrong_query_is_told_with_its_line() -> None:
    with pytest.raises(QueryError, match="expected SPARQL, got: error at 2:16: expected"):
        memory_store([]).query("SELECT *\nWHERE { ?s ?p }")


def test_a_query_that_would_change_the_graph_is_refused() -> None:
    with pytest.raises(QueryError):
        memory_store([]).query("INSERT DATA { <http://a/a> <http://a/b> <http://a/c> }")


@contextmanager
def endpoint(status: int, kind: str, body: bytes, length: int | None = None) -> Iterator[str]:
    """Run an endpoint that gives one answer to everything; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body) if length is None else length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_endpoint_answers_as_the_embedded_store_does() -> None:
    with endpoint(200, RESULTS, json.dumps(ANSWER).encode()) as address:
        assert rows_of(EndpointStore(address).query("SELECT ?x { ?x ?p ?o }"))[0].x == "1"


@pytest.mark.parametrize(
    ("status", "kind", "body", "message"),
    [
        (400, "text/plain", b"line 1: no\n", "answered 400: line 1: no"),
        (500, "text/html", b"<h1>x" * 1000, "answered 500: <h1>x"),
        (200, "text/html", b"<h1>hello</h1>", "did not answer with SPARQL results"),
        (200, TRIPLES, b"", "expected a SELECT or ASK query, got one that answers with triples"),
    ],
)
def test_an_endpoint_that_answers_otherwise_is_told(status: int, kind: str, body: bytes, message: str) -> None:
    with endpoint(status, kind, body) as address, pytest.raises(QueryError, match=message):
        EndpointStore(address).query("SELECT * {}")


def test_an_answer_cut_off_on_the_way_is_an_error() -> None:
    body = json.dumps(ANSWER).encode()
    with endpoint(200, RESULTS, body, len(body) + 9) as address, pytest.raises(GraphError, match="cannot reach the SP"):
        EndpointStore(address).query("SELECT * {}")
    with endpoint(200, RESULTS, body[:-5]) as address, pytest.raises(QueryError):
        rows_of(EndpointStore(address).query("SELECT * {}"))


def test_an_endpoint_that_is_not_there_is_told_with_what_to_do() -> None:
    with pytest.raises(GraphError, match=r"cannot reach .*: .*; is it running\? `avnkg doctor --store URL` tries it"):
        EndpointStore("http://127.0.0.1:1/query", seconds=5).query("ASK {}")


@pytest.mark.parametrize("address", ["ftp://a/b", "file:///etc/passwd", "a/b", "", "javascript:x"])
def test_only_addresses_of_the_web_are_endpoints(address: str) -> None:
    with pytest.raises(GraphError, match=r"expected the http\(s\) address of a SPARQL endpoint"):
        EndpointStore(address)


def test_a_whole_graph_is_not_taken_from_an_endpoint() -> None:
    with pytest.raises(GraphError, match="a whole graph cannot be exported from an endpoint; export without `--store`"):
        EndpointStore("http://127.0.0.1/").lines()


def test_an_embedded_store_counts_its_quads() -> None:
    assert len(EmbeddedStore(ox.Store())) == 0
