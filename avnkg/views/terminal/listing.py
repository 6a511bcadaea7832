"""Claims as a list: what is said in our words, the exact words, by whom, with which force and conditions."""

from collections.abc import Container
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from avnkg import vocab
from avnkg.graph.names import compact
from avnkg.graph.rows import Rows
from avnkg.views.words import counted, plain


def claim_list(rows: Rows) -> RenderableType:
    """Return the claims of some rows, each with its quote.

    The rows need `claim`, `stance`, `force`, `says` and `quote`.
    """
    return Group(*(claim_block(row) for row in rows), Text(counted(len(rows), "claim"), style="dim"))


def claim_block(row: Any, known: Container[str] = ()) -> Text:
    """Return one claim in four lines: id and what the voice does, our wording, the quote, the conditions.

    Columns that are known to the reader are left out.
    """
    block = Text()
    block.append(claim_id(row.claim), style="bold")
    block.append(f"  {voice(row.stance, row.force)}\n", style="dim")
    block.append(f"  {plain(row.says)}\n")
    block.append(f"  “{plain(row.quote)}”\n", style="italic")
    conditions = conditions_line(getattr(row, "hedge", None), getattr(row, "scope", None))
    for line in (conditions, _more(row, known)):
        if line:
            block.append(f"  {plain(line)}\n", style="dim")
    return block


CLAIM_COLUMNS = ("claim", "stance", "force", "says", "quote")
"""Columns that rows need to be shown as claims."""

# Shown by the block itself, or of use to a program only.
_SHOWN = {*CLAIM_COLUMNS, "document", "hedge", "scope", "number", "rank", "predicate", "effect"}


def _more(row: Any, known: Container[str]) -> str:
    """Return what a query tells of a claim beside the usual, on one line."""
    fields = {name: value for name, value in row._asdict().items() if name not in _SHOWN and name not in known}
    told = {name.removesuffix("Label"): value for name, value in fields.items()}
    return "; ".join(f"{name}: {compact(str(value))}" for name, value in told.items() if value is not None)


def conditions_line(hedge: str | None, scope: str | None) -> str:
    """Return the printed hedge and the scope of a claim on one line; empty when it has neither."""
    parts = [f"how often or how far: {hedge}"] if hedge else []
    parts += [f"under: {scope}"] if scope else []
    return "; ".join(parts)


def claim_id(iri: str) -> str:
    """Return a claim's id."""
    return iri.removeprefix(f"{vocab.THING}claim/")


def local(iri: str) -> str:
    """Return a closed list's value as files have it."""
    return iri.removeprefix(vocab.AVN).lower()


def voice(stance: str, force: str) -> str:
    """Return what a voice does, in plain words with a sign before them: colour alone would not reach everybody.

    >>> voice("denies", "recommends"), voice("affirms", "reports")
    ('− advises against', '+ reports of others')
    """
    denies = local(stance) == "denies"
    return f"{'−' if denies else '+'} {_VOICES[local(force)][denies]}"


_VOICES = {
    "defines": ("defines", "says it is not defined so"),
    "asserts": ("says so", "denies it"),
    "describes": ("describes its own way", "describes its own way as without it"),
    "recommends": ("advises it", "advises against"),
    "requires": ("says it must be", "says it must not be"),
    "permits": ("allows it", "says it need not be"),
    "aims": ("names it as a goal", "says it is no goal"),
    "reports": ("reports of others", "reports that others do not"),
    "recounts": ("tells of one case", "tells of one case where it was not so"),
    "advertises": ("advertises", "advertises that it is not so"),
}
