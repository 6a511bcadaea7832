"""Counts of what the graph holds."""

import json
from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.words import counted

Counts = Mapping[str, Mapping[str, int]]


def statistics(graph: ClaimsGraph) -> Counts:
    """Return counts of claims by document, force, stance, basis, verification and predicate."""
    counts = {name: graph.query("provenance/counts", respect=f"avn:{name}") for name in _BY}
    found = {
        name: {_shown(graph, name, row.value): row.claims for row in sorted(rows, key=lambda row: -row.claims)}
        for name, rows in counts.items()
    }
    by_predicate = sorted(graph.query("provenance/counts-by-predicate"), key=lambda row: -row.claims)
    return {**found, "predicate": {graph.label(row.predicate): row.claims for row in by_predicate}}


def _shown(graph: ClaimsGraph, name: str, value: str) -> str:
    return value.rpartition("/")[2] if name == "document" else graph.label(value)


def statistics_view(counts: Counts) -> RenderableType:
    """Return the counts as tables."""
    parts: list[RenderableType] = [Text(counted(sum(counts["document"].values()), "claim"), style="bold")]
    for name, found in counts.items():
        table = Table(title=f"by {name}", title_justify="left", box=None, show_header=False)
        table.add_column("", min_width=28)
        table.add_column("", justify="right")
        for value, count in list(found.items())[:20]:
            table.add_row(value, f"{count:,}")
        if len(found) > 20:
            table.add_row(f"… and {len(found) - 20} more", f"{sum(list(found.values())[20:]):,}")
        parts += [Text(""), table]
    return Group(*parts)


def statistics_json(counts: Counts) -> str:
    """Return the counts as JSON."""
    return json.dumps(counts, indent=2, ensure_ascii=False) + "\n"


_BY = ("document", "stance", "force", "basis", "verification")
