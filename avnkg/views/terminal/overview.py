"""What a new user sees first: what was built, what the documents say of the delivery of the cells, what to try next."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from avnkg.graph.build import Build
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import disputes
from avnkg.views.terminal.disputes import NOT_GATHERED, verdicts
from avnkg.views.terminal.listing import claim_id, conditions_line, voice
from avnkg.views.words import counted, plain

DELIVERY = "delivery-surgery-or-injection"
PAIRS = "surgery-against-injection"
SHOWN = 3
"""Claims a document and side that the overview shows, the weightiest first; the query has them all."""

_SIDES = ("with surgery", "by injection alone")


def overview(build: Build, graph: ClaimsGraph) -> RenderableType:
    """Return the counts of a build, the delivery of the cells side by side, and commands to try."""
    return Group(*build_lines(build), Text(""), delivery(graph), Text(""), *_disputed(graph), *_next(graph))


def build_lines(build: Build) -> list[Text]:
    """Return what a build holds, in two lines; in a third what it does not."""
    strength = f"{build.anchored:,} anchored in their texts, {build.fingerprinted:,} fingerprinted"
    counts = f"{counted(build.documents, 'document')}, {counted(build.claims, 'claim')}"
    return [
        Text(f"{counts}: {strength}.", style="bold"),
        Text(
            "anchored: the exact words were found at their place in the text. "
            "fingerprinted: the text is not on this machine; the words match what was recorded when it was.",
            style="dim",
        ),
        *([] if build.with_disputes else [Text(NOT_GATHERED)]),
    ]


def delivery(graph: ClaimsGraph) -> RenderableType:
    """Return what the documents say about delivering the cells with surgery and by injection alone, side by side."""
    rows = list(graph.query(DELIVERY))
    table = Table(
        title="How should the cells be delivered? What the documents say, in their words",
        title_justify="left",
        caption=f"All of them: avnkg query {DELIVERY}. Nothing here says who is right.",
        caption_justify="left",
        show_lines=True,
    )
    table.add_column("")
    for side in _SIDES:
        table.add_column(side.upper(), ratio=1)
    for publisher in dict.fromkeys(row.publisher for row in rows):
        cells = [[row for row in rows if row.publisher == publisher and row.side == side] for side in _SIDES]
        table.add_row(Text(plain(publisher), style="bold"), *(_cell(cell) for cell in cells))
    return table


def _cell(rows: Sequence[Any]) -> Text:
    """Return the weightiest claims of a document about one side."""
    text = Text()
    for row in _weightiest(rows)[:SHOWN]:
        text.append(f"{plain(row.says)}\n")
        text.append(f"“{plain(row.quote)}”\n", style="italic")
        conditions = conditions_line(row.hedge, row.scope)
        if conditions:
            text.append(f"{plain(conditions)}\n", style="dim")
        text.append(f"{claim_id(row.claim)}, {voice(row.stance, row.force)}\n\n", style="dim")
    left = len(rows) - SHOWN
    if left > 0:
        text.append(f"and {left} more", style="dim")
    return text if rows else Text("says nothing about it", style="dim")


def _weightiest(rows: Sequence[Any]) -> list[Any]:
    """Return rows in the order of their rank, the first of each rank before the second of any.

    The query ranks by what is said (advice, the pairing itself, its class, its effect), so three rows say three things.
    """
    seen: Counter[int] = Counter()
    placed = []
    for row in rows:
        placed.append((seen[row.rank], row.rank, row))
        seen[row.rank] += 1
    return [row for _, _, row in sorted(placed, key=lambda place: place[:2])]


def _disputed(graph: ClaimsGraph) -> list[RenderableType]:
    """Return the verdicts of the dispute that claims on delivery are part of; nothing where there is none."""
    spoken = {claim_id(row.claim) for row in graph.query(DELIVERY)}
    for dispute in disputes(graph):
        if any(claim_id(row.claim) in spoken for _, _, rows in dispute.sides for row in rows):
            title = Text(f"The dispute: {plain(dispute.title)}", style="bold underline")
            return [title, *verdicts(dispute, graph), Text("")]
    return []


def _next(graph: ClaimsGraph) -> list[Text]:
    advice = next((row for row in graph.query(DELIVERY) if row.force == "recommends" and row.stance == "denies"), None)
    shown = claim_id(advice.claim) if advice else "ID"
    ways = (
        ("avnkg graph -o dispute.html", "see it: an interactive graph, in one file"),
        (f"avnkg query {PAIRS}", "ask it: in SPARQL, both sides row by row"),
        (f"avnkg claims show {shown}", "audit it: a claim, its words, its document"),
        ("avnkg serve", "all of this in a browser, with search"),
    )
    told = [Text(f"  {command:<42}{why}") for command, why in ways]
    return [Text("Try next, each a way to this dispute:", style="bold"), *told]
