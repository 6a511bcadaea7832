"""Rows as a table for a person, or as text for a program."""

import csv
import io

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from avnkg.errors import QueryError
from avnkg.graph.rows import Rows, shown, value
from avnkg.views.listing import CLAIM_COLUMNS, claim_list
from avnkg.views.words import plain

FORMATS = ("table", "csv", "tsv", "json")


def rows_view(rows: Rows, title: str) -> RenderableType:
    """Return rows as a person reads them: claims as blocks with their words, anything else as a table."""
    if rows and set(CLAIM_COLUMNS) <= set(rows.columns):
        return Group(Text(title, style="bold"), Text(""), claim_list(rows))
    return rows_table(rows, title)


def rows_table(rows: Rows, title: str) -> RenderableType:
    """Return rows as a table with a line between them."""
    table = Table(title=title, title_justify="left", caption=_count(rows), caption_justify="left", show_lines=True)
    for name in rows.columns:
        table.add_column(name, overflow="fold")
    for row in rows.terms:
        table.add_row(*(Text(plain(shown(term))) for term in row))
    return table


def rows_text(rows: Rows, form: str) -> str:
    """Return rows as CSV, TSV or JSON.

    Raises:
        QueryError: another format.
    """
    if form == "json":
        return rows.to_json() + "\n"
    if form not in ("csv", "tsv"):
        raise QueryError(f"expected one of the formats {', '.join(FORMATS)}, got {form!r}")
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t" if form == "tsv" else ",", lineterminator="\n")
    writer.writerow(rows.columns)
    for row in rows.terms:
        writer.writerow("" if term is None else _cell(value(term)) for term in row)
    return out.getvalue()


def _cell(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


def _count(rows: Rows) -> str:
    return "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
