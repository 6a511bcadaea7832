"""The graph that is served: opened once for reading, shared by pages, search and API."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from starlette.requests import Request

from avnkg.documents.library import Library, open_library
from avnkg.errors import GraphError
from avnkg.graph.build import Build, current_build
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.store import open_store
from avnkg.ontology.reading import read_ontology
from avnkg.views.pages.archive import WHOLE_BELOW, Archive


@dataclass(frozen=True)
class Served:
    """A build that is being served. Its graph may be asked from several threads at once.

    Attributes:
        build: the build on disk.
        graph: its claims, read-only.
        library: where the texts of documents may be.
        lists: pages that have been asked for, by address, of those of which there is one of each kind: they are the
            largest, and what is served does not change.
    """

    build: Build
    graph: ClaimsGraph
    library: Library
    lists: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def archive(self) -> Archive:
        """What pages ask the graph, kept between them."""
        return Archive(self.graph)

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
    return found


def served(request: Request) -> Served:
    """Return what the app of a request serves now; routes take it as a dependency."""
    found: Served = request.app.state.served
    return found
