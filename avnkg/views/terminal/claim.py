"""One claim whole, for an editor who audits it."""

import json

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from avnkg.graph.claimsgraph import ClaimRecord
from avnkg.graph.rows import shown
from avnkg.views.terminal.listing import claim_id
from avnkg.views.words import plain


def claim_view(record: ClaimRecord) -> RenderableType:
    """Return a claim with its words, what they were read as, its conditions, and its document."""
    row = record.claim[0]
    parts: list[RenderableType] = [Text(claim_id(record.id), style="bold")]
    if record.withdrawn is not None:
        parts.append(Text(f"WITHDRAWN, it no longer counts: {plain(record.withdrawn)}", style="bold"))
    parts += [Text(plain(row.says)), Text("")]
    for passage in record.passages:
        where = f"characters {passage.start:,} to {passage.end:,}"
        under = f", under “{plain(passage.heading)}”" if passage.heading else ""
        parts += [Text(f"“{plain(passage.quote)}”", style="italic"), Text(f"  {where}{under}", style="dim")]
    fields = Table(box=None, show_header=False, pad_edge=False)
    fields.add_column("", style="dim")
    fields.add_column("")
    for name, term in zip(record.claim.columns, record.claim.terms[0], strict=True):
        if term is not None and name not in _ELSEWHERE and not _has_label(record, name):
            fields.add_row(_words(name), Text(plain(_told(shown(term)))))
    for condition in record.conditions:
        standing = condition.standing.removesuffix(" value")
        fields.add_row("under", Text(plain(f"{_words(condition.axis)}: {condition.value} ({standing})")))
    return Group(*parts, Text(""), fields)


def claim_json(record: ClaimRecord) -> str:
    """Return a claim as JSON."""
    whole = {
        **record.claim.to_dicts()[0],
        "withdrawn": record.withdrawn,
        "passages": record.passages.to_dicts(),
        "conditions": record.conditions.to_dicts(),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False, default=str) + "\n"


_ELSEWHERE = ("claim", "says", "quote", "scope")
"""Columns that are shown apart."""


def _told(value: str) -> str:
    return {"true": "yes", "false": "no"}.get(value, value.removeprefix("document/"))


def _has_label(record: ClaimRecord, name: str) -> bool:
    """Return whether a column is the IRI of another that has its label: a person reads the label."""
    return f"{name}Label" in record.claim.columns


def _words(column: str) -> str:
    name = column.removesuffix("Label")
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
