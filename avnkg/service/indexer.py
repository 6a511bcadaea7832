"""The index of what is served: made once for a build, beside its store, by a process of its own.

So a service answers at once, and a large index does not slow it down while it is made.
"""

import asyncio
import sqlite3
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Annotated

from fastapi import Depends, HTTPException
from starlette.requests import Request

from avnkg.claims.reading import read_corpus
from avnkg.errors import AvnkgError, GraphError
from avnkg.graph.build import Build, claims_of, vocabulary_of
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.store import open_store
from avnkg.service.indexing import write_index
from avnkg.service.ownprocess import in_a_process
from avnkg.service.searchindex import Choice, SearchIndex
from avnkg.service.served import Served, served

NAME = "search-1.sqlite"
"""What an index is called beside its store; the number changes with its shape."""

PATIENCE = 5.0
"""Seconds that a request waits for an index that is still being made."""


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
            in_a_process(make_index, build)
        index = SearchIndex(path)
        index.find(Choice(), limit=1)  # what is read once is read now, not when the first one asks
        made.set_result(index)
    except sqlite3.Error as fault:
        index_path(build).unlink(missing_ok=True)  # it is damaged: who asks next has a new one made
        made.set_exception(GraphError(f"the index cannot be read: {fault}", hint="try again in a moment"))
    except (AvnkgError, OSError) as fault:
        made.set_exception(fault)


async def index_of(request: Request, given: Annotated[Served, Depends(served)]) -> SearchIndex:
    """Return the index of what is served; routes take it as a dependency.

    Raises:
        HTTPException: it is still being made (503).
        GraphError: it cannot be made.
    """
    indexer: Indexer = request.app.state.indexer
    coming = asyncio.wrap_future(indexer.begin(given))
    try:
        return await asyncio.wait_for(asyncio.shield(coming), PATIENCE)
    except TimeoutError:
        # A browser asks again by itself.
        problem = "the index of the claims is still being made; try again in a moment"
        raise HTTPException(503, problem, {"Retry-After": "2", "Refresh": "2"}) from None
