"""Conflicts on a terminal: the statements side by side in whose words, the axioms between, and how to end it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from avnkg.analysis.conflicts.conflict import Conflict, Conflicts, Knot, Saying
from avnkg.claims.model import Claim, Condition
from avnkg.claims.vocabulary import Vocabulary
from avnkg.views.words import counted, plain

_SIDE_BY_SIDE = 3
"""More statements than these stand one under another."""


def conflicts_view(found: Conflicts, vocabulary: Vocabulary) -> RenderableType:
    """Return the conflicts, how to end those that hang together, and what was not looked at."""
    parts: list[RenderableType] = []
    for number, conflict in enumerate(found.conflicts, start=1):
        parts += [*_conflict(number, conflict, vocabulary), Text("")]
    for knot in found.knots:
        parts += [*_knot(knot), Text("")]
    return Group(*parts, *_account(found))


def conflicts_json(found: Conflicts) -> str:
    """Return all that was found and left out as JSON, each claim with its quote."""
    whole: dict[str, Any] = {
        "conflicts": [
            {
                "kind": conflict.kind,
                "about": conflict.about,
                "voices": conflict.voices,
                "assumes": conflict.assumes,
                "sayings": [_saying_json(saying) for saying in conflict.sayings],
                "explained": conflict.explained,
                "axioms": [{"words": axiom.words, "axiom": axiom.axiom} for axiom in conflict.between],
                "repairs": [[saying.axiom for saying in repair] for repair in conflict.repairs],
            }
            for conflict in found.conflicts
        ],
        "knots": [
            {
                "conflicts": knot.conflicts,
                "repairs": [[saying.axiom for saying in repair] for repair in knot.repairs],
            }
            for knot in found.knots
        ],
        "complete": found.complete,
        "caps": found.caps,
        "lookedAt": found.looked_at,
        "leftOut": dict(found.left_out),
        "setAside": dict(found.set_aside),
        "axiomsNotTaken": dict(found.not_taken),
        "clusters": found.clusters,
        "reasoner": found.reasoner,
        "runs": found.runs,
        "seconds": round(found.seconds, 1),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _conflict(number: int, conflict: Conflict, vocabulary: Vocabulary) -> Iterator[RenderableType]:
    about = f": {conflict.about}" if conflict.about else ": a comparison that leads back to where it began"
    voices = "one voice contradicts itself" if conflict.voices == 1 else counted(conflict.voices, "voice")
    heading = Text(plain(f"{number}{about}"), style="bold")
    heading.append(f"  {voices}", style="dim")
    yield heading
    cells = [_saying(saying, vocabulary) for saying in conflict.sayings]
    if len(cells) <= _SIDE_BY_SIDE:
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 3, 0, 0))
        for _ in cells:
            table.add_column("", ratio=1)
        table.add_row(*cells)
        table.expand = True
        yield table
    else:
        yield from cells
    if conflict.between:
        yield Text("  cannot all be, because", style="dim")
        yield from (Text(plain(f"    {axiom.words}  ({axiom.axiom})")) for axiom in conflict.between)
    elif conflict.explained:
        yield Text("  cannot all be by themselves", style="dim")
    else:
        yield Text("  cannot all be; through which axioms was not worked out in time", style="dim")
    if conflict.assumes:
        yield Text(plain(f"  assumes that all mean the same: {', '.join(map(_axis, conflict.assumes))}"), style="dim")
    if len(conflict.sayings) > 1:
        yield Text("  to give up any one of them ends it", style="dim")


def _saying(saying: Saying, vocabulary: Vocabulary) -> Text:
    told = Text(plain(saying.words) + "\n", style="bold")
    for claim in saying.claims:
        told.append(f"{plain(claim.id)}\n", style="not bold dim")
        told.append(f"{plain(claim.says)}\n", style="not bold")
        told.append(f"“{plain(_quote(claim))}”\n", style="not bold italic")
        for line in _conditions(claim, vocabulary):
            told.append(f"{plain(line)}\n", style="not bold dim")
    return told


def _quote(claim: Claim) -> str:
    return " … ".join(passage.exact for passage in claim.passages)


def _conditions(claim: Claim, vocabulary: Vocabulary) -> Iterator[str]:
    if claim.frequency:
        yield f"how often or how far: {claim.frequency.printed}"
    under = [f"{_axis(each.axis)}: {_told(each, vocabulary)} ({each.standing.value})" for each in claim.scope]
    if under:
        yield f"under: {'; '.join(under)}"


def _told(condition: Condition, vocabulary: Vocabulary) -> str:
    if condition.measured:
        return condition.measured.printed
    known = vocabulary.terms
    return " or ".join(known[name].label if name in known else name for name in condition.any_of)


def _axis(name: str) -> str:
    if name == "share":
        return "share (almost all is read as all)"
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)


def _knot(knot: Knot) -> Iterator[RenderableType]:
    numbers = ", ".join(str(place + 1) for place in knot.conflicts)
    yield Text(f"{numbers} hang together. To end all of them, give up", style="bold")
    for repair in knot.repairs:
        yield Text(plain("  - " + "; and ".join(saying.words for saying in repair)))


def _account(found: Conflicts) -> Iterator[RenderableType]:
    several = counted(len(found.conflicts), "conflict")
    yield Text(f"{several} among {counted(found.looked_at, 'claim')} that speak without exception", style="bold")
    yield Text(
        plain(f"{counted(found.clusters, 'cluster')} asked about; {found.reasoner}, {counted(found.runs, 'run')}")
    )
    if found.left_out:
        total = sum(found.left_out.values())
        yield Text(f"left out: {counted(total, 'claim')}, for an axiom knows no exceptions", style="dim")
        yield from _counts(found.left_out)
    if found.set_aside:
        yield Text("set aside: statements that clash, but not as claims", style="dim")
        yield from _counts(found.set_aside)
    if found.not_taken:
        yield Text("axioms of the ontology that were not taken", style="dim")
        yield from _counts(found.not_taken)
    for cap in found.caps:
        yield Text(plain(f"NOT COMPLETE: {cap}"), style="bold")
    if found.complete:
        yield Text("Everything else was looked at.")


def _counts(counts: Mapping[str, int]) -> Iterator[Text]:
    for reason, count in counts.items():
        yield Text(plain(f"  {count:>5,}  {reason}"), style="dim")


def _saying_json(saying: Saying) -> dict[str, Any]:
    return {
        "words": saying.words,
        "axiom": saying.axiom,
        "claims": [
            {"id": claim.id, "document": claim.document, "says": claim.says, "quote": _quote(claim)}
            for claim in saying.claims
        ],
    }
