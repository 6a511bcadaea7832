"""Claims as a list: what is said in our words, the exact words, by whom, with which force and conditions."""

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from avnkg import vocab
from avnkg.graph.rows import Rows
from avnkg.views.table import plain


def claim_list(rows: Rows) -> RenderableType:
    """Return the claims of some rows, each with its quote.

    The rows need `claim`, `stance`, `force`, `says` and `quote`.
    """
    count = Text("1 claim" if len(rows) == 1 else f"{len(rows):,} claims", style="dim")
    return Group(*(claim_block(row) for row in rows), count)


def claim_block(row: Any) -> Text:
    """Return one claim in four lines: id and what the words do, our wording, the quote, the conditions."""
    block = Text()
    block.append(claim_id(row.claim), style="bold")
    block.append(f"  {stance_mark(row.stance)} {local(row.force)}\n", style="dim")
    block.append(f"  {plain(row.says)}\n")
    block.append(f"  “{plain(row.quote)}”\n", style="italic")
    conditions = conditions_line(getattr(row, "hedge", None), getattr(row, "scope", None))
    if conditions:
        block.append(f"  {plain(conditions)}\n", style="dim")
    return block


def conditions_line(hedge: str | None, scope: str | None) -> str:
    """Return the printed hedge and the scope of a claim on one line; empty when it has neither."""
    parts = [f"how often: {hedge}"] if hedge else []
    parts += [f"under: {scope}"] if scope else []
    return "; ".join(parts)


def claim_id(iri: str) -> str:
    """Return a claim's id."""
    return iri.removeprefix(f"{vocab.THING}claim/")


def local(iri: str) -> str:
    """Return a closed list's value as files have it."""
    return iri.removeprefix(vocab.AVN).lower()


def stance_mark(iri: str) -> str:
    """Return a stance as a word with a sign: colour alone would not reach everybody."""
    return {"affirms": "+ affirms,", "denies": "− denies,"}.get(local(iri), local(iri))
