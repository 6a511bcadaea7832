"""Interactive graphs among the pages: of each dispute, of each document, of all claims; and their list."""

from collections.abc import Iterator

from avnkg.errors import NotFoundError
from avnkg.views.graphs import graphpage
from avnkg.views.graphs.conceptnetwork import document_network, whole_network
from avnkg.views.graphs.disputenetwork import dispute_network
from avnkg.views.graphs.network import Network
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.disputes import split
from avnkg.views.pages.page import Kind, Options, Page

MOST = 12
"""Documents whose graphs the page lists; each has its own on its page."""


def graph_list(archive: Archive, address: str, options: Options) -> Page:
    """Return the page that lists the graphs."""
    context = {
        "disputes": [(each, *split(each.title)) for each in archive.heads.values()][:MOST],
        "documents": list(archive.documents.values())[:MOST],
        "counts": archive.counts,
        "total": archive.total,
        "drawn": archive.small,
    }
    return Page(address, "Interactive graphs", "graphs.html", context)


def drawing(archive: Archive, address: str, options: Options) -> Page:
    """Return the page that is an interactive graph.

    Raises:
        NotFoundError: there is no such graph.
    """
    return Page(address, "", "", whole=graphpage.page(_network(archive, address), base="..").html)


def _network(archive: Archive, address: str) -> Network:
    if not archive.small:
        raise NotFoundError(
            f"no graph is drawn of {archive.total:,} claims", hint="`avnkg graph --about CONCEPT` draws a part of them"
        )
    graph, read = archive.graph, archive.reading
    if address == at.graph("all"):
        return whole_network(graph, read)
    kind, _, rest = address.removeprefix("graphs/").removesuffix(".html").partition("-")
    name = at.read_name(rest)
    if address == at.graph(f"{kind}/{name}"):
        if kind == "disputes" and name in archive.heads:
            return dispute_network(graph, name, read)
        if kind == "documents" and name in archive.documents and archive.counts.get(name):
            return document_network(graph, name, read)
    raise NotFoundError(f"there is no graph {address!r}", hint=f"{at.GRAPHS} lists them")


def _addresses(archive: Archive) -> Iterator[str]:
    if not archive.small:
        return
    yield from (at.graph(f"disputes/{each}") for each in archive.heads)
    yield from (at.graph(f"documents/{each}") for each in archive.documents if archive.counts.get(each))
    yield at.graph("all")


LIST = Kind(lambda archive: [at.GRAPHS], graph_list)
DRAWING = Kind(_addresses, drawing)
