"""Relations between claims, each with the words of both sides."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from avnkg.analysis.relations.relations import Relation
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import RelationRecord
from avnkg.views.terminal.listing import claim_id, conditions_line, voice
from avnkg.views.words import counted, plain

FORMATS = ("table", "jsonl", "csv")
FIELDS = ("id", "verdict", "kind", "a", "b", "decidedBy", "narrowedBy", "assumes", "rule", "says")

_MEANING = {
    "ScopeDifference": "opposite answers on cases that a condition keeps apart: both may hold",
    "Qualification": "a general statement and its exception",
    "Tension": "they clash only if a hedge is read as all or none, or as practice against advice",
    "Rival": "different values, each offered as the answer",
    "Contradiction": "they cannot both be true as they are meant",
    "Parallel": "the same, said of cases that a condition keeps apart: no support for each other",
    "Refinement": "the same, for a narrower case (the first side)",
    "Agreement": "the same answer to the same question",
}


def claims_by_id(graph: ClaimsGraph) -> Mapping[str, Any]:
    """Return the rows of all claims, by their ids."""
    return {claim_id(row.claim): row for row in graph.claims()}


def relation_list(records: Iterable[RelationRecord], claims: Mapping[str, Any]) -> RenderableType:
    """Return relations, each with its sentence and the words of both sides."""
    found = list(records)
    return Group(*(relation_block(each, claims) for each in found), Text(counted(len(found), "relation"), style="dim"))


def relation_block(record: RelationRecord, claims: Mapping[str, Any]) -> Text:
    """Return one relation: what it is, why, and who says what."""
    told = record.relation
    block = Text()
    block.append(f"{told.verdict}", style="bold")
    block.append(f"  {told.id}  {told.kind}, {counted(record.voices, 'independent voice')}\n", style="dim")
    block.append(f"  {plain(told.says)}\n")
    for sign, side in (("A", told.a), ("B", told.b)) if told.a != told.b else (("A", told.a),):
        for claim in side:
            block.append_text(_side_line(sign, claim, claims))
    return block


def relation_view(record: RelationRecord, claims: Mapping[str, Any]) -> RenderableType:
    """Return one relation whole, with what its verdict means and what led to it."""
    told = record.relation
    lines = Text()
    lines.append(f"what it means: {_MEANING[told.verdict]}\n", style="dim")
    for label, names in (
        ("decided by", told.decided_by),
        ("narrower in", told.narrowed_by),
        ("taken as the same", told.assumes),
    ):
        if names:
            lines.append(f"{label}: {', '.join(names)}\n", style="dim")
    lines.append(f"rule: {told.rule} (docs/relations.md, row {told.rule.partition('-')[0]} of the table)", style="dim")
    return Group(relation_block(record, claims), lines)


def relations_text(records: Iterable[RelationRecord], form: str) -> Iterator[str]:
    """Yield relations as JSON Lines or CSV, for programs."""
    if form == "csv":
        yield ",".join(FIELDS) + "\r\n"
    for record in records:
        line = relation_line(record.relation)
        if form == "jsonl":
            yield json.dumps(line, ensure_ascii=False) + "\n"
        else:
            cells = (" ".join(cell) if isinstance(cell, list) else str(cell) for cell in line.values())
            yield ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells) + "\r\n"


def relation_line(told: Relation) -> dict[str, Any]:
    """Return a relation as programs read it."""
    values = (
        *(told.id, told.verdict.value, told.kind, list(told.a), list(told.b)),
        *(list(told.decided_by), list(told.narrowed_by), list(told.assumes), told.rule, told.says),
    )
    return dict(zip(FIELDS, values, strict=True))


def _side_line(sign: str, claim: str, claims: Mapping[str, Any]) -> Text:
    row = claims[claim]
    line = Text()
    line.append(f"  {sign} ", style="bold")
    line.append(f"{claim}, {voice(row.stance, row.force)}: ", style="dim")
    line.append(f"“{plain(row.quote)}”", style="italic")
    conditions = conditions_line(row.hedge, row.scope)
    line.append(f" ({plain(conditions)})\n" if conditions else "\n", style="dim")
    return line
