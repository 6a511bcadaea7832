"""The graph as files to take along: TriG, N-Quads, the portable table of claims, and GraphML."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from avnkg.claims.portable import write_jsonl
from avnkg.errors import NotFoundError
from avnkg.graph.export import write_graph
from avnkg.views.graphs.conceptnetwork import whole_network
from avnkg.views.graphs.graphml import write_network
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.page import Kind, Options, Page


@dataclass(frozen=True)
class Download:
    """A file to take along.

    Attributes:
        name: the file's name.
        title: what it is called.
        about: what is in it, and for whom it is.
        kind: its media type.
        write: writes it.
    """

    name: str
    title: str
    about: str
    kind: str
    write: Callable[[Archive, Options, IO[bytes]], None]


DOWNLOADS = (
    Download(
        "avnkg.trig",
        "TriG",
        "The whole graph in a form that people can read too: the ontology, documents, claims, passages and relations, "
        "and for each claim its assertion graph.",
        "application/trig",
        lambda archive, options, out: write_graph(archive.graph.store, "trig", out),
    ),
    Download(
        "avnkg.nq",
        "N-Quads",
        "The same graph, one statement a line, sorted: for loading into any store, and for comparing two versions.",
        "application/n-quads",
        lambda archive, options, out: write_graph(archive.graph.store, "nquads", out),
    ),
    Download(
        "claims.jsonl",
        "JSON Lines",
        "The claims as a table, a claim a line with its quotes and conditions: it comes back in unchanged by "
        "avnkg claims import.",
        "application/jsonl",
        lambda archive, options, out: write_jsonl(options.claims, out),
    ),
    Download(
        "propositions.graphml",
        "GraphML",
        "Concepts as nodes; what is said of them, for or against, as edges with their claims, voices, quotes and "
        "conditions: for Gephi, Cytoscape and the like.",
        "application/graphml+xml",
        lambda archive, options, out: write_network(whole_network(archive.graph, archive.reading), out),
    ),
)
"""All files, in the order in which the page shows them."""


def downloads(options: Options) -> tuple[Download, ...]:
    """Return the files that there are: the table of claims only where the claims themselves are at hand."""
    return tuple(each for each in DOWNLOADS if each.name != "claims.jsonl" or options.claims)


def download(archive: Archive, name: str, options: Options) -> tuple[Download, bytes]:
    """Return a file to take along and what is in it.

    Raises:
        NotFoundError: there is none of this name.
    """
    for each in downloads(options):
        if each.name == name:
            out = io.BytesIO()
            each.write(archive, options, out)
            return each, out.getvalue()
    raise NotFoundError(f"there is no file {name!r} to take along", hint=f"{at.DOWNLOADS} lists them")


def written(archive: Archive, options: Options) -> Iterator[tuple[str, bytes]]:
    """Yield the address and the bytes of every file."""
    for each in downloads(options):
        yield at.download(each.name), download(archive, each.name, options)[1]


def downloads_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of the files; with their sizes where they have been written, and none of a large graph."""
    context = {"downloads": downloads(options) if archive.small else (), "sizes": options.sizes, "size": size}
    return Page(address, "Downloads", "downloads.html", context)


def size(count: int) -> str:
    """Return a number of bytes as a person reads it.

    >>> size(999), size(12_345), size(2_500_000)
    ('999 bytes', '12 kB', '2.5 MB')
    """
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def sizes(files: Mapping[str, bytes]) -> Mapping[str, int]:
    """Return the sizes of some files by their addresses."""
    return {address: len(found) for address, found in files.items()}


PAGE = Kind(lambda archive: [at.DOWNLOADS], downloads_page)
