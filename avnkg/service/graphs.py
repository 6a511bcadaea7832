"""Interactive graphs, drawn when they are asked for: one page each, with a policy of its own."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from avnkg import vocab
from avnkg.service.faults import Refusal
from avnkg.service.pages import kept
from avnkg.service.served import Served
from avnkg.views.graphs.graphpage import chosen_network, page

router = APIRouter(include_in_schema=False)

MOST = 5_000
"""Nodes and edges of a graph that is drawn; more than that nobody can read."""
_LONGEST = 400

Name = Annotated[str | None, Query(max_length=_LONGEST)]


@router.get("/graph")
async def graph(request: Request, about: Name = None, dispute: Name = None, document: Name = None) -> Response:
    """Draw the claims about a concept, of a document, or of a dispute; of the first dispute when nothing is chosen."""
    given: Served = request.app.state.served
    work = partial(_drawn, given, dispute or None, about or None, document or None)
    html = await request.app.state.drawings.make(request, work)
    return kept(request, html.encode("utf-8"), "text/html; charset=utf-8")


def _drawn(given: Served, dispute: str | None, about: str | None, document: str | None) -> str:
    if not given.archive.small:
        _refuse_many(given, about, document)
    network = chosen_network(given.graph, dispute, about, document, None, False, {})
    if len(network.nodes) + len(network.edges) > MOST:
        size = f"{len(network.nodes):,} boxes and {len(network.edges):,} lines"
        raise Refusal(422, f"this graph would have {size}", "choose something narrower")
    return page(network, base=".").html


def _refuse_many(given: Served, about: str | None, document: str | None) -> None:
    """Refuse in a large graph what would draw too many claims: before they are read, which takes long.

    Raises:
        Refusal: it would.
    """
    archive, count = given.archive, 0
    if document is not None:
        count = archive.counts.get(document, 0)
    elif about is not None:
        concept = given.graph.resolve(about)
        known = given.graph.vocabulary
        count = sum(
            times
            for name, times in archive.named.items()
            if name == concept or known.is_a(name.removeprefix(vocab.AVN), concept.removeprefix(vocab.AVN))
        )
    if count > MOST:
        raise Refusal(422, f"this graph would show {count:,} claims", "choose something narrower")
