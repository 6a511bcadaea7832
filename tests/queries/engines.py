"""Other engines for the same quads: rdflib, and an Oxigraph server of the test's own."""

import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pyoxigraph as ox
from rdflib import Dataset, Literal, URIRef
from rdflib.term import Node

from avnkg.graph.rows import Rows, Term
from avnkg.graph.store import EndpointStore

Bag = Counter[tuple[Term | None, ...]]

_SECONDS = 30


def bag(rows: Rows) -> Bag:
    """Return rows without their order."""
    return Counter(rows.terms)


def rdflib_graph(quads: Iterable[str]) -> Dataset:
    """Return some N-Quads in rdflib, named graphs apart from the default one."""
    graph = Dataset(default_union=False)
    graph.parse(data="".join(quads), format="nquads")
    return graph


def rdflib_rows(graph: Dataset, text: str) -> Rows:
    """Return rdflib's answer to a SELECT query."""
    answer = graph.query(text)
    columns = tuple(str(variable) for variable in answer.vars or ())
    return Rows(columns, tuple(tuple(_term(value) for value in row) for row in answer))  # type: ignore[union-attr]


@contextmanager
def oxigraph_server(quads: Iterable[str], folder: Path) -> Iterator[EndpointStore]:
    """Serve some N-Quads on a port of this machine as `oxigraph serve` does without further flags, until done."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    program = Path(sys.executable).parent / "oxigraph"
    command = [str(program), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with (folder.parent / "oxigraph.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(server, address)
            _post(f"{address}/store", "".join(quads))
            yield EndpointStore(f"{address}/query")
        finally:
            server.terminate()
            server.wait(_SECONDS)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait(server: "subprocess.Popen[bytes]", address: str) -> None:
    end = time.monotonic() + _SECONDS
    while True:
        try:
            with urlopen(address, timeout=1):
                return
        except (URLError, OSError):
            assert server.poll() is None, "the server ended by itself"
            assert time.monotonic() < end, "the server did not answer"
            time.sleep(0.05)


def _post(address: str, quads: str) -> None:
    headers = {"Content-Type": "application/n-quads"}
    with urlopen(Request(address, quads.encode(), headers, method="POST"), timeout=_SECONDS) as answer:
        assert answer.status in (200, 201, 204)


def _term(value: Node | None) -> Term | None:
    if value is None:
        return None
    if isinstance(value, Literal):
        if value.language:
            return ox.Literal(str(value), language=value.language)
        return ox.Literal(str(value), datatype=ox.NamedNode(str(value.datatype)) if value.datatype else None)
    assert isinstance(value, URIRef), f"the data hold no blank nodes, got {value!r}"
    return ox.NamedNode(str(value))
