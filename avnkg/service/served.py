"""The graph that is served: opened once for reading, shared by pages, search and API."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from starlette.requests import Request

from avnkg.documents.library import Library, open_library
from avnkg.errors import GraphError
from avnkg.graph.build import Build, current_build
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.store import open_store
from avnkg.ontology.reading import read_ontology
from avnkg.service.prepared import Prepared
from avnkg.views.pages.archive import WHOLE_BELOW, Archive
from avnkg.views.pages.catalogue import OF_ALL_CLAIMS
from avnkg.views.pages.page import Options
from avnkg.views.pages.site import options_of

MOST_KEPT = 200
"""Pages that are kept beside those that take long: some 10 MB."""


class Kept:
    """Pages as they were made, by address: what is served does not change, so they stay true.

    Those of all claims are prepared where the graph is large; of the others those that were asked for last stay.
    Several threads may ask at once.
    """

    def __init__(self, prepared: Prepared | None = None) -> None:
        """Begin without any but those that are prepared."""
        self._prepared = prepared
        self._lock = threading.Lock()
        self._recent: OrderedDict[str, str] = OrderedDict()

    def page(self, address: str, make: Callable[[], str]) -> str:
        """Return the page at an address, made now unless it is kept.

        Raises:
            Refusal: it is still being prepared (503), or could not be (500).
            AvnkgError: it cannot be made.
        """
        if self._prepared and address in OF_ALL_CLAIMS:
            return self._prepared.page(address)
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


@dataclass(frozen=True)
class Served:
    """A build that is being served. Its graph may be asked from several threads at once.

    Attributes:
        build: the build on disk.
        graph: its claims, read-only.
        library: where the texts of documents may be.
        prepared: what is prepared of it where it is large.
    """

    build: Build
    graph: ClaimsGraph
    library: Library
    prepared: Prepared | None = field(default=None, repr=False, compare=False)

    @cached_property
    def archive(self) -> Archive:
        """What pages ask the graph, kept between them."""
        return Archive(self.graph, placed=self.prepared.placed if self.prepared else None)

    @cached_property
    def kept(self) -> Kept:
        """Its pages, as far as they have been made."""
        return Kept(self.prepared)

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
    library = open_library(texts)
    if build.claims < WHOLE_BELOW:
        found = Served(build, graph, library)
        found.archive.preload()
        _ = found.options
        return found
    prepared = Prepared(build)
    prepared.begin()
    found = Served(build, graph, library, prepared)
    threading.Thread(target=_read_ahead, args=(found.archive,), daemon=True, name="archive").start()
    return found


def _read_ahead(archive: Archive) -> None:
    """Read what all pages share, before anybody waits for it."""
    _ = archive.documents, archive.heads, archive.counts, archive.named


def served(request: Request) -> Served:
    """Return what the app of a request serves now; routes take it as a dependency."""
    found: Served = request.app.state.served
    return found
