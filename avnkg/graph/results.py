"""Answers written out in the formats of the web, whole or not at all."""

import re
from dataclasses import dataclass
from typing import IO, cast

import pyoxigraph as ox

from avnkg import vocab
from avnkg.errors import LimitError, QueryError
from avnkg.graph.store import Answer

ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
"""Formats of rows, and of yes or no, by media type; the first is the one for who does not choose."""

TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
}
"""Formats of triples by media type."""

_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z")


@dataclass(frozen=True)
class Bounds:
    """How large an answer may be: rows or triples, and bytes when written."""

    rows: int
    size: int


class _Bounded:
    """A file in memory that takes only so many bytes."""

    def __init__(self, size: int) -> None:
        self._left = size
        self.parts: list[bytes] = []
        self.full = False

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            self.full = True
            raise OSError("full")
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: nothing is held back."""


def is_triples(answer: Answer) -> bool:
    """Return whether an answer is triples; else it is rows, or yes or no."""
    return isinstance(answer, ox.QueryTriples)


def written(answer: Answer, media: str, bounds: Bounds) -> bytes:
    """Return an answer in a format of its kind.

    Raises:
        LimitError: it is larger than it may be.
        QueryError: the store failed on the way, or the format cannot express the answer.
    """
    file = _Bounded(bounds.size)
    try:
        if isinstance(answer, ox.QueryTriples):
            _write_triples(answer, media, bounds.rows, file)
        else:
            answer.serialize(cast(IO[bytes], file), ROWS[media])
    except (OSError, ValueError, RuntimeError, SyntaxError) as fault:
        if file.full:
            raise _over(f"{bounds.size:,} bytes") from None
        raise QueryError(f"the answer cannot be written as {media}: {fault}") from fault
    body = b"".join(file.parts)
    if media.endswith("xml") and _NOT_XML.search(body):
        raise QueryError(f"the answer cannot be written as {media}: it holds a control character", hint="ask for JSON")
    if isinstance(answer, ox.QuerySolutions) and _has_more_rows(body, media, bounds.rows):
        raise _over(f"{bounds.rows:,} rows")
    return body


def _write_triples(answer: ox.QueryTriples, media: str, most: int, file: _Bounded) -> None:
    # The engine gives a triple as often as it finds it; a graph holds it once.
    triples: dict[ox.Triple, None] = {}
    for triple in answer:
        triples[triple] = None
        if len(triples) > most:
            raise _over(f"{most:,} triples")
    form = TRIPLES[media]
    if form is ox.RdfFormat.RDF_XML:
        for triple in triples:
            if not _XML_NAME.search(triple.predicate.value):
                raise ValueError(f"{triple.predicate} ends with no name that XML allows")
    ox.serialize(triples, cast(IO[bytes], file), form, prefixes=dict(vocab.PREFIXES))


def _has_more_rows(body: bytes, media: str, most: int) -> bool:
    """Return whether written rows are more than so many: the engine writes them without counting."""
    form = ROWS[media]
    if form is ox.QueryResultsFormat.TSV:
        return body.count(b"\n") - 1 > most  # in a value, a line's end is written as \n
    if form is ox.QueryResultsFormat.CSV:
        return sum(part.count(b"\n") for part in body.split(b'"')[::2]) - 1 > most  # in a value, it is quoted
    if form is ox.QueryResultsFormat.XML:
        return body.count(b"<result>") > most  # in a value, < is written as &lt;
    if body.count(b"{") <= most:  # cheap, and never too few
        return False
    found = ox.parse_query_results(body, form)
    return not isinstance(found, ox.QueryBoolean) and sum(1 for _ in found) > most


def _over(limit: str) -> LimitError:
    return LimitError(f"the answer has more than {limit}", hint="ask for less, as with LIMIT and OFFSET")
