"""Disputes on a screen: who against whom, about what, in which words; what they share, and what would settle it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.derivation import MANY
from avnkg.graph.relation_records import DisputeRecord, RelationRecord, ungathered
from avnkg.views.terminal.listing import claim_id, conditions_line, voice
from avnkg.views.terminal.relations import relation_line
from avnkg.views.words import counted, plain

SHOWN = 4
"""Claims a side, and relations a list, that are shown unless all are asked for."""

NOT_GATHERED = (
    f"No disputes: of more than {MANY:,} claims, contradictions are not gathered into disputes, which takes all claims "
    "at once. Each stands by itself: avnkg query contradictions-about --param concept='core decompression' --limit 50"
)


def disputes_view(found: Sequence[DisputeRecord], graph: ClaimsGraph, *, whole: bool = False) -> RenderableType:
    """Return all disputes, one below the other."""
    if not found:
        return Text(none_told(graph))
    parts: list[RenderableType] = []
    for dispute in found:
        parts += [dispute_view(dispute, graph, whole=whole), Text("")]
    return Group(
        *parts, Text("Nothing here says who is right. How a verdict comes about: docs/relations.md", style="dim")
    )


def none_told(graph: ClaimsGraph) -> str:
    """Return why a graph has no disputes, in a sentence."""
    return NOT_GATHERED if ungathered(graph) else "No claims contradict each other, and none are rivals."


def dispute_view(dispute: DisputeRecord, graph: ClaimsGraph, *, whole: bool = False) -> RenderableType:
    """Return one dispute: its sides with their words, and what follows from the relations between them."""
    clashes = [*dispute.parts.get("clash", ()), *dispute.parts.get("strain", ())]
    return Group(_sides(dispute, clashes, None if whole else SHOWN), *verdicts(dispute, graph, whole=whole))


def verdicts(dispute: DisputeRecord, graph: ClaimsGraph, *, whole: bool = False) -> list[Text]:
    """Return what follows from the relations of a dispute: clashes, common ground, what dissolves, and what settles."""
    most = None if whole else SHOWN
    return [
        *_list("What they clash on", dispute.parts.get("clash", ()), most),
        *_list("Where they strain against each other", dispute.parts.get("strain", ()), most),
        *_list("On what they agree all the same", dispute.parts.get("common ground", ()), most),
        *_dissolved(dispute.parts.get("dissolved", ()), graph, whole),
        *_settling(dispute.parts.get("clash", ()), graph),
    ]


def disputes_json(found: Iterable[DisputeRecord]) -> str:
    """Return disputes as JSON: sides with their claims, and relations by what they are to the dispute."""
    told = [
        {
            "id": dispute.id,
            "title": dispute.title,
            "sides": [
                {"voices": held, "independent": voices, "claims": [claim_id(row.claim) for row in rows]}
                for held, voices, rows in dispute.sides
            ],
            "relations": {
                name: [relation_line(each.relation) for each in relations] for name, relations in dispute.parts.items()
            },
        }
        for dispute in found
    ]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _sides(dispute: DisputeRecord, clashes: Sequence[RelationRecord], most: int | None) -> Table:
    """Return the sides beside each other; the claims that clash most come first."""
    weight: dict[str, int] = defaultdict(int)
    for each in clashes:
        for claim in {*each.relation.a, *each.relation.b}:
            weight[claim] += each.relation.verdict.row
    table = Table(
        title=plain(dispute.title), title_justify="left", title_style="bold", caption_justify="left", show_lines=True
    )
    cells = []
    for held, voices, rows in dispute.sides:
        count = f"{counted(len(rows), 'claim')}, {counted(voices, 'independent voice')}"
        table.add_column(f"{plain(held)} ({count})", ratio=1)
        ordered = sorted(rows, key=lambda row: -weight[claim_id(row.claim)])
        cells.append(_words(ordered, most))
    table.add_row(*cells)
    table.caption = f"avnkg disputes {dispute.id} --all"
    return table


def _words(rows: Sequence[Any], most: int | None) -> Text:
    text = Text()
    for row in rows[:most]:
        text.append(f"{plain(row.says)}\n")
        text.append(f"“{plain(row.quote)}”\n", style="italic")
        conditions = conditions_line(row.hedge, row.scope)
        if conditions:
            text.append(f"{plain(conditions)}\n", style="dim")
        text.append(f"{claim_id(row.claim)}, {voice(row.stance, row.force)}\n\n", style="dim")
    if most is not None and len(rows) > most:
        text.append(f"and {len(rows) - most} more\n\n", style="dim")
    text.append("".join(f"Interest: {plain(each)}\n" for each in interests_told(rows)), style="dim")
    return text


def interests_told(rows: Sequence[Any]) -> tuple[str, ...]:
    """Return what the speakers of a side sell, each once; with the name of each where not all of the side is theirs."""
    sold = dict.fromkeys((row.publisher, row.interest) for row in rows if row.interest)
    alone = len({row.publisher for row in rows}) == 1
    return tuple(interest if alone else f"{publisher}: {interest}" for publisher, interest in sold)


def _list(title: str, records: Sequence[RelationRecord], most: int | None) -> list[Text]:
    if not records:
        return []
    lines = [Text(title, style="bold")]
    lines += [_line(each) for each in records[:most]]
    if most is not None and len(records) > most:
        lines.append(Text(f"  and {len(records) - most} more", style="dim"))
    return lines


def _line(record: RelationRecord) -> Text:
    line = Text("  ")
    line.append(f"{record.relation.verdict}: ")
    line.append(plain(record.relation.says))
    line.append(f"  [{record.relation.id}]", style="dim")
    return line


def _dissolved(records: Sequence[RelationRecord], graph: ClaimsGraph, whole: bool) -> list[Text]:
    """Return the apparent conflicts by what explains them, with one example each unless all are asked for."""
    if not records:
        return []
    groups: dict[tuple[str, ...], list[RelationRecord]] = defaultdict(list)
    for each in records:
        groups[each.relation.decided_by or each.relation.narrowed_by].append(each)
    lines = [Text("Apparent conflicts that dissolve, and why", style="bold")]
    for axes, found in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        shown = found if whole else found[:1]
        lines.append(Text(f"  by {_named(axes, graph)}: {len(found)}", style="dim"))
        lines += [_line(each) for each in shown]
    return lines if whole else lines[: 1 + 2 * SHOWN]


def _settling(records: Sequence[RelationRecord], graph: ClaimsGraph) -> list[Text]:
    """Return what would settle a dispute: what its clashes take to be the same without its being said."""
    assumed = sorted({name for each in records for name in each.relation.assumes})
    firm = sum(not each.relation.assumes for each in records)
    lines = [Text("What would settle it", style="bold")]
    if assumed:
        same = f"  Whether both sides mean the same {_named(assumed, graph)}: one of them does not say."
        lines.append(Text(f"{same} If not, they differ in scope."))
    if firm:
        stands = "rests" if firm == 1 else "rest"
        lines.append(Text(f"  {counted(firm, 'clash', 'clashes')} {stands} on no such assumption."))
    return lines


def _named(axes: Iterable[str], graph: ClaimsGraph) -> str:
    known: Mapping[str, str] = {
        key: graph.vocabulary.terms[axis.name].label.removesuffix(" axis")
        for key, axis in graph.vocabulary.axes.items()
        if axis.name in graph.vocabulary.terms
    }
    named = [known.get(axis, "what is counted" if axis == "countedOver" else axis) for axis in axes]
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named)
