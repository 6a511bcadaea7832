"""What came of checking the graph."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from avnkg.graph.names import compact
from avnkg.graph.validation import Report
from avnkg.views.words import plain

if TYPE_CHECKING:
    from avnkg.ontology.reasoning import Classification

_MOST = 50


def report_view(report: Report, reasoned: "Classification | None") -> RenderableType:
    """Return a line a violation, or that there is none."""
    lines = [Text(plain(f"{each.source}: {compact(each.node)}: {each.message}")) for each in report.violations[:_MOST]]
    if len(report.violations) > _MOST:
        lines.append(Text(f"… and {len(report.violations) - _MOST:,} more"))
    if report.sound:
        held = "every invariant and every shape holds" if report.shapes else "every invariant holds"
        lines.append(Text(f"The graph is sound: {held}."))
    if not report.shapes:
        lines.append(Text("The shapes were not checked: an endpoint does not hand out its whole graph."))
    if reasoned is not None:
        lines.append(Text(_reasoned(reasoned)))
    return Group(*lines)


def report_json(report: Report) -> str:
    """Return the report as JSON."""
    return json.dumps({"sound": report.sound, **asdict(report)}, indent=2, ensure_ascii=False) + "\n"


def _reasoned(found: "Classification") -> str:
    if not found.consistent:
        return "The ontology is INCONSISTENT."
    if found.unsatisfiable:
        return f"No thing can be: {', '.join(found.unsatisfiable)}."
    return "The ontology is consistent, and every class can have members (HermiT)."
