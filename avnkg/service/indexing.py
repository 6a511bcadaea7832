"""How the index comes about: written once for a build, beside its store, by a process of its own.

So a service answers at once, and a large index does not slow it down while it is made.
"""

import asyncio
import json
import multiprocessing
import multiprocessing.connection
import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from fastapi import Depends, HTTPException
from starlette.requests import Request

from avnkg import vocab
from avnkg.claims.model import Claim
from avnkg.claims.portable import line_of
from avnkg.claims.reading import read_corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import AvnkgError, GraphError
from avnkg.graph.build import Build, claims_of, vocabulary_of
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import RelationRecord, relations
from avnkg.graph.store import open_store
from avnkg.service.searchindex import SearchIndex, bits_of, bytes_of, new_index, write_rows
from avnkg.service.served import Served, served
from avnkg.views.pages.archive import line_of as shown_line
from avnkg.views.terminal.relations import relation_line

NAME = "search-1.sqlite"
"""What an index is called beside its store; the number changes with its shape."""

PATIENCE = 5.0
"""Seconds that a request waits for an index that is still being made."""

PROCEDURE = "Treatment"
"""What the ontology calls all that is done to a patient: claims are chosen by its kinds."""

STAGE = "stage"
"""The axis whose values claims are chosen by."""


def index_path(build: Build) -> Path:
    """Return where the index of a build is, or will be."""
    return Path(build.folder) / NAME


def make_index(build: Build) -> Path:
    """Write the index of a build, unless it is there.

    Raises:
        GraphError: it cannot be written, or what the graph was built from has changed since.
    """
    path = index_path(build)
    if path.is_file():
        return path
    given = build.inputs
    if given.key != build.key:
        raise GraphError("what the graph was built from has changed since", hint="run `avnkg build`")
    vocabulary = vocabulary_of(given)
    corpus = read_corpus(given.corpora, vocabulary, given.library)
    graph = ClaimsGraph(open_store(build.store), vocabulary)
    return write_index(path, claims_of(given, corpus, vocabulary), graph)


def write_index(path: Path, claims: Iterable[Claim], graph: ClaimsGraph) -> Path:
    """Write an index of claims and of the relations that a graph has between them.

    Raises:
        GraphError: it cannot be written.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    try:
        with new_index(partial) as connection, connection:
            numbers = _write_claims(connection, claims, graph)
            labels = {name: graph.label(address) for name, address in vocab.VERDICTS.items()}
            _write_relations(connection, relations(graph), numbers, labels)
        partial.replace(path)
    except (OSError, sqlite3.Error) as fault:
        raise GraphError(f"cannot write the index: {fault}", path=path, hint="is the disk full?") from fault
    finally:
        partial.unlink(missing_ok=True)
    return path


class _Bits:
    """Places by facet and value, on their way to bits."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._labels: dict[tuple[str, str], str] = {}

    def add(self, number: int, facet: str, value: str, label: str | None = None) -> None:
        self._found[facet, value].append(number)
        self._labels.setdefault((facet, value), label or value)

    def rows(self, kind: str) -> Iterator[tuple[str, str, str, str, bytes]]:
        for (facet, value), places in self._found.items():
            yield kind, facet, value, self._labels[facet, value], bytes_of(bits_of(places))


def _write_claims(connection: sqlite3.Connection, claims: Iterable[Claim], graph: ClaimsGraph) -> dict[str, int]:
    """Write all claims; return the number of each."""
    listed = {line.id: line for line in map(shown_line, graph.query("claims/listing"))}
    publishers = {row.document.rpartition("/")[2]: row.publisher for row in graph.query("provenance/documents")}
    bits = _Bits()
    numbers: dict[str, int] = {}
    for number, claim in enumerate(claims):
        numbers[claim.id] = number
        line = line_of(claim)
        shown = asdict(listed[claim.id]) if claim.id in listed else {}
        told = json.dumps(shown, ensure_ascii=False), json.dumps(line, ensure_ascii=False)
        write_rows(connection, "claims", [(number, claim.id, *told)], 4)
        quote = " … ".join(passage.exact for passage in claim.passages)
        connection.execute("INSERT INTO words (rowid, quote, says) VALUES (?, ?, ?)", (number, quote, claim.says))
        bits.add(number, "all", "all")
        if claim.id in listed:
            bits.add(number, "all", "counts")
        for facet, value, label in _values(claim, graph.vocabulary):
            bits.add(number, facet, value, label)
        bits.add(number, "document", claim.document, publishers.get(claim.document))
    write_rows(connection, "bits", bits.rows("claim"), 5)
    return numbers


def _values(claim: Claim, vocabulary: Vocabulary) -> set[tuple[str, str, str]]:
    """Return what a claim is chosen by: facet, value, label. With a name come all names above it."""
    said = claim.proposition
    found = {("force", claim.force.value, claim.force.value), ("stance", claim.stance.value, claim.stance.value)}
    staged = {value for each in claim.scope if each.axis == STAGE for value in each.any_of}
    spoken = {name for name in (said.subject, said.object, said.comparator, said.endpoint) if name}
    stages = vocabulary.axes[STAGE].range if STAGE in vocabulary.axes else ""
    for name in spoken | staged:
        for above in vocabulary.ancestors.get(name, frozenset({name})):
            term = vocabulary.terms.get(above)
            label = term.label if term else above
            if name in spoken:
                found.add(("about", above, label))
                if vocabulary.is_a(above, PROCEDURE) and above != PROCEDURE:
                    found.add(("procedure", above, label))
            if vocabulary.is_a(above, stages) and above != stages:
                found.add(("stage", above, label))
    return found


def _write_relations(
    connection: sqlite3.Connection,
    records: Iterable[RelationRecord],
    numbers: Mapping[str, int],
    labels: Mapping[str, str],
) -> None:
    """Write all relations, and choose claims by the verdicts that they have part in."""
    bits, verdicts = _Bits(), _Bits()
    judged: dict[str, set[int]] = defaultdict(set)
    for number, record in enumerate(records):
        told = record.relation
        line = json.dumps(relation_line(told), ensure_ascii=False)
        write_rows(connection, "relations", [(number, told.id, line)], 3)
        claims = {numbers[claim] for claim in (*told.a, *told.b)}
        write_rows(connection, "sides", ((claim, number) for claim in claims), 2)
        judged[told.verdict.value] |= claims
        bits.add(number, "all", "all")
        bits.add(number, "verdict", told.verdict.value)
        bits.add(number, "across", str(record.across).lower())
    for verdict, claims in judged.items():
        for claim in claims:
            verdicts.add(claim, "verdict", verdict, labels[verdict])
    write_rows(connection, "bits", bits.rows("relation"), 5)
    write_rows(connection, "bits", verdicts.rows("claim"), 5)


class Indexer:
    """Has the index of each build made once, and hands it out."""

    def __init__(self) -> None:
        """Begin without any."""
        self._lock = threading.Lock()
        self._made: dict[str, Future[SearchIndex]] = {}

    def begin(self, given: Served) -> "Future[SearchIndex]":
        """Return the index to come of a build; begin to make it where nobody has."""
        with self._lock:
            made = self._made.get(given.key)
            if made is None or (made.done() and made.exception() is not None):
                self._made.clear()  # there is one build at a time: that before it is no longer asked for
                made = self._made[given.key] = Future()
                threading.Thread(target=_have_made, args=(given.build, made), daemon=True, name="index").start()
            return made


def _have_made(build: Build, made: "Future[SearchIndex]") -> None:
    """Make an index in a process of its own, and tell what came of it."""
    try:
        path = index_path(build)
        if not path.is_file():
            _in_a_process(build)
        made.set_result(SearchIndex(path))
    except (AvnkgError, OSError) as fault:
        made.set_exception(fault)


def _in_a_process(build: Build) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_make, args=(build, theirs), daemon=True, name="avnkg-index")
    process.start()
    theirs.close()
    try:
        told = ours.recv()
    except EOFError:
        told = "its process ended before it was done"
    process.join()
    ours.close()
    if told:
        raise GraphError(f"the index could not be made: {told}")


def _make(build: Build, told: "multiprocessing.connection.Connection") -> None:
    try:
        make_index(build)
        told.send("")
    except AvnkgError as fault:
        told.send(str(fault))


async def index_of(request: Request, given: Annotated[Served, Depends(served)]) -> SearchIndex:
    """Return the index of what is served; routes take it as a dependency.

    Raises:
        HTTPException: it is still being made (503).
        GraphError: it cannot be made.
    """
    app = request.app
    if not hasattr(app.state, "indexer"):
        app.state.indexer = Indexer()
    coming = asyncio.wrap_future(app.state.indexer.begin(given))
    try:
        return await asyncio.wait_for(asyncio.shield(coming), PATIENCE)
    except TimeoutError:
        problem = "the index of the claims is still being made; try again in a moment"
        raise HTTPException(503, problem, {"Retry-After": "2"}) from None
