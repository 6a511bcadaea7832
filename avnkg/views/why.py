"""Why a triple is in the graph: the claims for and against it."""

from rich.console import Group, RenderableType
from rich.text import Text

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.rows import Rows
from avnkg.views.listing import claim_block


def why_view(graph: ClaimsGraph, subject: str, predicate: str, object_: str, rows: Rows) -> RenderableType:
    """Return the claims that put a triple or its denial into the graph, or say that none does."""
    asked = " · ".join(graph.label(graph.resolve(words)) for words in (subject, predicate, object_))
    if not rows:
        return Text(
            f"No claim asserts or denies: {asked}\n"
            "It may be reported, aimed at or advertised, which the graph does not assert: "
            f"try `avnkg claims list --about {subject!r}`."
        )
    conditional = [row for row in rows if getattr(row, "hedge", None) or getattr(row, "scope", None)]
    note = Text(
        f"{len(conditional)} of {len(rows)} speak only under conditions: the bare triple says more than they do."
        if conditional
        else "",
        style="dim",
    )
    return Group(Text(asked, style="bold"), Text(""), *(claim_block(row) for row in rows), note)
