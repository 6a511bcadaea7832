"""The graph that is served: opened once for reading, shared by pages, search and API."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from starlette.requests import Request

from avnkg.documents.library import Library, open_library
from avnkg.errors import AvnkgError, GraphError
from avnkg.graph.build import Build, current_build
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.store import open_store
from avnkg.ontology.reading import read_ontology
from avnkg.service.faults import Refusal
from avnkg.views.pages.archive import WHOLE_BELOW, Archive
from avnkg.views.pages.catalogue import OF_ALL_CLAIMS, page_at
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import render
from avnkg.views.pages.site import options_of

MOST_KEPT = 200
"""Pages that are kept beside those that take long: some 10 MB."""
RETRY = "5"
"""Seconds after which a client may ask again for a page that is still being made."""


class Kept:
    """Pages as they were made, by address: what is served does not change, so they stay true.

    Those of all claims stay; of the others those that were asked for last. Several threads may ask at once.
    """

    def __init__(self) -> None:
        """Begin without any, and with nothing to wait for."""
        self._lock = threading.Lock()
        self._recent: OrderedDict[str, str] = OrderedDict()
        self._coming: dict[str, Future[str]] = {}

    def page(self, address: str, make: Callable[[], str]) -> str:
        """Return the page at an address, made now unless it is kept.

        Raises:
            Refusal: it is still being made (503).
            AvnkgError: it cannot be made.
        """
        if address in self._coming:
            return self._come(address)
        with self._lock:
            if address in self._recent:
                self._recent.move_to_end(address)
                return self._recent[address]
        made = make()
        with self._lock:
            self._recent[address] = made
            if len(self._recent) > MOST_KEPT:
                self._recent.popitem(last=False)
        return made

    def _come(self, address: str) -> str:
        coming = self._coming[address]
        if not coming.done():
            problem = "this page tells of all claims, which are many, and is still being made; try again in a moment"
            raise Refusal(503, problem, headers={"Retry-After": RETRY, "Refresh": RETRY})
        return coming.result()

    def prepare(self, shared: Archive) -> None:
        """Begin to read what all pages share, then to make the pages that read all claims, in a thread of their own."""
        self._coming = {address: Future() for address in OF_ALL_CLAIMS}
        threading.Thread(target=self._made, args=(shared,), daemon=True, name="pages").start()

    def _made(self, shared: Archive) -> None:
        _ = shared.documents, shared.heads, shared.counts, shared.named
        # An archive of its own: what it has read is let go when the pages are there.
        archive = Archive(shared.graph)
        for address, coming in self._coming.items():
            try:
                coming.set_result(render(page_at(archive, address, Options(live=True)), live=True))
            except AvnkgError as fault:
                coming.set_exception(fault)


@dataclass(frozen=True)
class Served:
    """A build that is being served. Its graph may be asked from several threads at once.

    Attributes:
        build: the build on disk.
        graph: its claims, read-only.
        library: where the texts of documents may be.
        kept: its pages, as far as they have been made.
    """

    build: Build
    graph: ClaimsGraph
    library: Library
    kept: Kept = field(default_factory=Kept, repr=False, compare=False)

    @cached_property
    def archive(self) -> Archive:
        """What pages ask the graph, kept between them."""
        return Archive(self.graph)

    @cached_property
    def options(self) -> Options:
        """What pages are made with beside the graph: the account of documents, and the claims as their files have them.

        Without these where the graph is large, or its files have changed since it was built.
        """
        given = self.build.inputs
        known = self.build.claims < WHOLE_BELOW and given.key == self.build.key
        return replace(options_of(given) if known else Options(), live=True)

    @cached_property
    def key(self) -> str:
        """What changes when the graph does: pages of equal keys are equal."""
        return Path(self.build.folder).name


def open_served(root: Path, texts: Path | None = None) -> Served:
    """Return the current build of a folder of graphs, opened for reading.

    Raises:
        GraphError: there is none, or it is damaged.
    """
    build = current_build(root)
    if build is None:
        raise GraphError("there is no graph to serve", path=root, hint="run `avnkg build`")
    graph = ClaimsGraph(open_store(build.store), read_ontology().vocabulary)
    found = Served(build, graph, open_library(texts))
    if build.claims < WHOLE_BELOW:
        found.archive.preload()
        _ = found.options
    else:
        found.kept.prepare(found.archive)
    return found


def served(request: Request) -> Served:
    """Return what the app of a request serves now; routes take it as a dependency."""
    found: Served = request.app.state.served
    return found
