"""Why a triple is in the graph: the claims for and against it."""

from rich.console import Group, RenderableType
from rich.text import Text

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.rows import Rows
from avnkg.views.terminal.listing import claim_block


def why_view(graph: ClaimsGraph, subject: str, predicate: str, object_: str | None, rows: Rows) -> RenderableType:
    """Return the claims that put a triple or its denial into the graph; or those that speak of it all the same.

    Reports, goals, cases, adverts and advice put no such triple into the graph.
    """
    given = [graph.label(graph.resolve(words)) for words in (subject, predicate)]
    asked = " · ".join([*given, *([object_] if object_ else [])])
    if not rows:
        others = graph.about(subject, predicate, object_)
        none = Text(f"No claim asserts or denies: {asked}", style="bold")
        if not others:
            return Group(none, Text(f"Nor does any claim speak of it: try `avnkg claims list --about {subject!r}`."))
        spoken = Text("These speak of it, as a report, a goal, a case or advice, which is no triple of the graph:\n")
        return Group(none, spoken, *(claim_block(row) for row in others))
    known = ("subject", "predicate", "object") if object_ else ("subject", "predicate")
    conditional = [row for row in rows if getattr(row, "hedge", None) or getattr(row, "scope", None)]
    note = Text(
        f"{len(conditional)} of {len(rows)} speak only under conditions: the bare triple says more than they do."
        if conditional
        else "",
        style="dim",
    )
    return Group(Text(asked, style="bold"), Text(""), *(claim_block(row, known) for row in rows), note)
