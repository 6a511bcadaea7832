"""The index of what is served: made once for a build, beside its store, by processes of their own.

So a service answers at once, and a large index does not slow it down while it is made. Its claims are there long before
its relations, and are searched meanwhile.
"""

import asyncio
import sqlite3
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from fastapi import Depends, HTTPException
from starlette.requests import Request

from avnkg.claims.reading import read_corpus
from avnkg.errors import AvnkgError, GraphError
from avnkg.graph.build import Build, claims_of, vocabulary_of
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.store import open_store
from avnkg.service.indexing import write_claims, write_relations
from avnkg.service.ownprocess import in_a_process
from avnkg.service.searchindex import Choice, SearchIndex
from avnkg.service.served import Served, served

CLAIMS = "search-2.sqlite"
"""What the claims of an index are called beside their store; the number changes with their shape."""

RELATIONS = "search-relations-2.sqlite"
"""What its relations are called; the number changes with that of the claims, too."""

PATIENCE = 5.0
"""Seconds that a request waits for what is still being made."""


def claims_path(build: Build) -> Path:
    """Return where the claims of a build's index are, or will be."""
    return Path(build.folder) / CLAIMS


def relations_path(build: Build) -> Path:
    """Return where the relations of a build's index are, or will be."""
    return Path(build.folder) / RELATIONS


def make_index(build: Build) -> SearchIndex:
    """Write the index of a build, as far as it is not there; return it.

    Raises:
        GraphError: it cannot be written, or what the graph was built from has changed since.
    """
    make_claims(build)
    make_relations(build)
    return SearchIndex(claims_path(build), relations_path(build))


def make_claims(build: Build) -> None:
    """Write the claims of a build's index, unless they are there.

    Raises:
        GraphError: they cannot be written, or what the graph was built from has changed since.
    """
    path = claims_path(build)
    if path.is_file():
        return
    given = build.inputs
    if given.key != build.key:
        raise GraphError("what the graph was built from has changed since", hint="run `avnkg build`")
    relations_path(build).unlink(missing_ok=True)  # it has the numbers of claims that are no longer there
    vocabulary = vocabulary_of(given)
    corpus = read_corpus(given.corpora, vocabulary, given.library)
    graph = ClaimsGraph(open_store(build.store), vocabulary)
    write_claims(path, claims_of(given, corpus, vocabulary), graph)


def make_relations(build: Build) -> None:
    """Write the relations of a build's index, unless they are there; its claims must be.

    Raises:
        GraphError: they cannot be written.
    """
    path = relations_path(build)
    if path.is_file():
        return
    graph = ClaimsGraph(open_store(build.store), vocabulary_of(build.inputs))
    write_relations(path, SearchIndex(claims_path(build)).numbers(), graph)


@dataclass(frozen=True)
class Coming:
    """The index of a build, on its way: of its claims alone, and whole."""

    claims: "Future[SearchIndex]" = field(default_factory=Future)
    whole: "Future[SearchIndex]" = field(default_factory=Future)

    @property
    def failed(self) -> bool:
        """Whether making it has ended without it."""
        return any(made.done() and made.exception() is not None for made in (self.claims, self.whole))


class Indexer:
    """Has the index of each build made once, and hands it out."""

    def __init__(self) -> None:
        """Begin without any."""
        self._lock = threading.Lock()
        self._made: dict[str, Coming] = {}

    def begin(self, given: Served) -> Coming:
        """Return the index to come of a build; begin to make it where nobody has, or where that has failed."""
        with self._lock:
            made = self._made.get(given.key)
            if made is None or made.failed:
                self._made.clear()  # there is one build at a time: that before it is no longer asked for
                made = self._made[given.key] = Coming()
                threading.Thread(target=_have_made, args=(given.build, made), daemon=True, name="index").start()
            return made


def _have_made(build: Build, coming: Coming) -> None:
    """Make an index in processes of their own, its claims first, and tell what came of each."""
    claims, relations = claims_path(build), relations_path(build)
    try:
        if not claims.is_file():
            in_a_process(make_claims, build)
        coming.claims.set_result(_opened(SearchIndex(claims)))
        if not relations.is_file():
            in_a_process(make_relations, build)
        coming.whole.set_result(_opened(SearchIndex(claims, relations)))
    except sqlite3.Error as fault:
        # A file is damaged, and nobody knows which: who asks next has new ones made.
        relations.unlink(missing_ok=True)
        claims.unlink(missing_ok=True)
        _tell(coming, GraphError(f"the index cannot be read: {fault}", hint="try again in a moment"))
    except (AvnkgError, OSError) as fault:
        _tell(coming, fault)


def _opened(index: SearchIndex) -> SearchIndex:
    """Return an index; what is read of it once is read now, not when the first one asks."""
    index.find(Choice(), limit=1)
    return index


def _tell(coming: Coming, fault: Exception) -> None:
    """Tell those who wait for what could not be made."""
    for made in (coming.claims, coming.whole):
        if not made.done():
            made.set_exception(fault)


async def index_of(request: Request, given: Annotated[Served, Depends(served)]) -> SearchIndex:
    """Return the index of what is served, whole where it is, else of its claims alone; routes take it as a dependency.

    Who chooses by a verdict waits for the whole one.

    Raises:
        HTTPException: it is still being made (503).
        GraphError: it cannot be made.
    """
    if any(request.query_params.getlist("verdict")):
        return await whole_index_of(request, given)
    indexer: Indexer = request.app.state.indexer
    coming = indexer.begin(given)
    if coming.whole.done() and not coming.failed:
        return coming.whole.result()
    return await _awaited(coming.claims, "the index of the claims is still being made")


async def whole_index_of(request: Request, given: Annotated[Served, Depends(served)]) -> SearchIndex:
    """Return the index of what is served with its relations; routes take it as a dependency.

    Raises:
        HTTPException: it is still being made (503).
        GraphError: it cannot be made.
    """
    indexer: Indexer = request.app.state.indexer
    return await _awaited(indexer.begin(given).whole, "the relations between the claims are still being read")


async def _awaited(made: "Future[SearchIndex]", meanwhile: str) -> SearchIndex:
    try:
        return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(made)), PATIENCE)
    except TimeoutError:
        # A browser asks again by itself.
        raise HTTPException(503, f"{meanwhile}; try again in a moment", {"Retry-After": "2", "Refresh": "2"}) from None
