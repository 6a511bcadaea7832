"""Where quads are kept and asked: embedded Oxigraph, or any SPARQL endpoint loaded with the same quads."""

import io
from collections.abc import Iterable, Iterator
from http.client import HTTPException
from pathlib import Path
from typing import IO, Protocol, cast
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pyoxigraph as ox

from avnkg.errors import GraphError, QueryError
from avnkg.graph.dataset import Dataset, ask
from avnkg.graph.guard import dataset_of, guarded

RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
_BLOCK = 1 << 16
"""About how many characters are handed to a store at a time."""

_LONGEST = 120
"""Characters that are shown of a parser's message."""

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Store(Protocol):
    """What the rest of avnkg needs of a store."""

    def query(self, text: str) -> Answer:
        """Return the answer to a SPARQL query over the default graph and the named graphs.

        Raises:
            QueryError: the query cannot be parsed or answered, or asks another server.
        """
        ...

    def lines(self) -> Iterator[str]:
        """Yield every quad as an N-Quads line, in no order."""
        ...


class EmbeddedStore:
    """An Oxigraph store in memory, or on disk opened for reading."""

    def __init__(self, inner: ox.Store) -> None:
        """Store the Oxigraph store."""
        self._inner = inner

    def query(self, text: str, dataset: Dataset | None = None) -> Answer:
        """Return the answer to a SPARQL query, over some graphs where these or its text name them."""
        asked = guarded(text)
        dataset = dataset or dataset_of(text)
        try:
            return self._inner.query(asked) if dataset is None else ask(self._inner, asked, dataset)
        except SyntaxError as fault:
            raise QueryError(f"expected SPARQL, got: {_short(fault.msg)}") from fault
        except (ValueError, RuntimeError, OSError) as fault:
            raise QueryError(f"the store could not answer: {fault}") from fault

    def lines(self) -> Iterator[str]:
        """Yield every quad as an N-Quads line."""
        for quad in self._inner:
            yield f"{quad} .\n"

    def __len__(self) -> int:
        """Return the number of quads."""
        return len(self._inner)


class EndpointStore:
    """A SPARQL 1.1 endpoint, reached by POST."""

    def __init__(self, address: str, seconds: float = 60) -> None:
        """Store the address.

        Raises:
            GraphError: it is not an http(s) address.
        """
        if _scheme(address) not in ("http", "https"):
            raise GraphError(f"expected the http(s) address of a SPARQL endpoint, got {address!r}")
        self.address = address
        self._seconds = seconds

    def query(self, text: str) -> Answer:
        """Return the endpoint's answer to a SPARQL query."""
        body, kind = self._post(guarded(text), f"{RESULTS}, {TRIPLES};q=0.5")
        if kind.startswith(TRIPLES):
            raise QueryError("expected a SELECT or ASK query, got one that answers with triples")
        try:
            answer: Answer = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as fault:
            raise QueryError(f"{self.address} did not answer with SPARQL results: {fault}") from fault
        return answer

    def lines(self) -> Iterator[str]:
        """Refuse: a whole graph is exported where it was built."""
        raise GraphError("a whole graph cannot be exported from an endpoint", hint="export without `--store`")

    def _post(self, text: str, accept: str) -> tuple[bytes, str]:
        request = Request(
            self.address,
            data=text.encode("utf-8"),
            headers={"Content-Type": "application/sparql-query; charset=utf-8", "Accept": accept},
            method="POST",
        )
        try:
            with urlopen(request, timeout=self._seconds) as answer:  # the scheme was checked above
                return answer.read(), answer.headers.get("Content-Type", "")
        except HTTPError as fault:
            said = fault.read(600).decode("utf-8", "replace").strip()
            raise QueryError(f"{self.address} answered {fault.code}: {said}") from fault
        except (HTTPException, OSError) as fault:
            reason = getattr(fault, "reason", fault)
            raise GraphError(
                f"cannot reach the SPARQL endpoint {self.address}: {reason}",
                hint="is it running? `avnkg doctor --store URL` tries it",
            ) from fault


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme
    except ValueError:  # what looks like an IPv6 address and is none
        return ""


def _short(message: str) -> str:
    """Return what a parser says on one line; the list of all that might have stood there tells nobody anything."""
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"


class _Chunks(io.RawIOBase):
    """A readable file over text chunks, so that a store takes quads as they are made."""

    def __init__(self, chunks: Iterable[str]) -> None:
        super().__init__()
        self._chunks = iter(chunks)
        self._block = b""
        self._at = 0
        self.fault: BaseException | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        # A store reads a kilobyte or two at a time: what is left is not copied for each.
        if self._at >= len(self._block):
            self._block, self._at = self._next(), 0
        end = len(self._block) if size is None or size < 0 else self._at + size
        given = self._block[self._at : end]
        self._at += len(given)
        return given

    def _next(self) -> bytes:
        """Return the next block of bytes, empty at the end."""
        parts: list[str] = []
        length = 0
        try:
            for chunk in self._chunks:
                parts.append(chunk)
                length += len(chunk)
                if length >= _BLOCK:
                    break
        except BaseException as fault:
            # The store would wrap it: kept, so that the caller sees what really happened.
            self.fault = fault
            raise
        return "".join(parts).encode("utf-8")


def memory_store(chunks: Iterable[str]) -> EmbeddedStore:
    """Return a store in memory that holds some N-Quads, given in chunks of whole lines."""
    inner = ox.Store()
    _load(inner, chunks)
    return EmbeddedStore(inner)


def write_store(folder: Path, chunks: Iterable[str]) -> int:
    """Write some N-Quads into a new store on disk; return how many quads it holds.

    Raises:
        GraphError: the disk is full, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True)
        inner = ox.Store(str(folder))
        _load(inner, chunks)
        inner.flush()
        return len(inner)
    except OSError as fault:
        raise GraphError(f"cannot write the graph: {fault}", path=folder, hint="is the disk full?") from fault


def open_store(folder: Path) -> EmbeddedStore:
    """Return a store on disk, opened for reading: many may read it at once.

    Raises:
        GraphError: there is none, or it is damaged.
    """
    try:
        return EmbeddedStore(ox.Store.read_only(str(folder)))
    except (OSError, ValueError, RuntimeError) as fault:
        raise GraphError(f"cannot open the graph: {fault}", path=folder, hint="run `avnkg build`") from fault


def _load(inner: ox.Store, chunks: Iterable[str]) -> None:
    source = _Chunks(chunks)
    try:
        inner.bulk_load(cast(IO[bytes], source), format=ox.RdfFormat.N_QUADS)
    except BaseException as fault:
        if source.fault is not None:
            raise source.fault from None
        if not isinstance(fault, SyntaxError):
            raise
        raise GraphError(f"the quads are not N-Quads: {fault}") from fault
