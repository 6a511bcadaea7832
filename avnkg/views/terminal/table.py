"""Rows as a table or as records for a person, or as text for a program."""

import csv
import io
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from avnkg.errors import QueryError
from avnkg.graph.rows import Rows, shown, value
from avnkg.views.terminal.listing import CLAIM_COLUMNS, claim_list
from avnkg.views.words import counted, plain

FORMATS = ("table", "csv", "tsv", "json")


_NARROWEST = 14
"""Characters that a column of a table needs to be read."""


@dataclass(frozen=True)
class _Fitting:
    """Rows as a table where all columns can be read side by side, else as records, one below the other."""

    rows: Rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield what fits the width."""
        fits = len(self.rows.columns) * (_NARROWEST + 3) < options.max_width
        yield rows_table(self.rows) if fits else rows_records(self.rows)


def rows_view(rows: Rows, title: str) -> RenderableType:
    """Return rows as a person reads them: claims as blocks with their words, anything else as a table or records."""
    head = [Text(plain(title), style="bold"), Text("")] if title else []
    told = page_line(rows)
    foot = [Text(told, style="bold")] if told else []
    if rows and set(CLAIM_COLUMNS) <= set(rows.columns):
        return Group(*head, claim_list(rows), *foot)
    body = [_Fitting(rows)] if rows else []
    return Group(*head, *body, Text(counted(len(rows), "row"), style="dim"), *foot)


def page_line(rows: Rows) -> str:
    """Return which rows of an answer these are and how to see more; empty where they are the whole of it."""
    end = rows.offset + len(rows)
    if not rows.more:
        return f"without the first {counted(rows.offset, 'row')}" if rows.offset else ""
    which = f"rows {rows.offset + 1:,} to {end:,}" if rows.offset else f"the first {counted(len(rows), 'row')}"
    return f"{which}; more with --offset {end}"


def rows_table(rows: Rows) -> RenderableType:
    """Return rows as a table with a line between them."""
    table = Table(show_lines=True)
    for name in rows.columns:
        table.add_column(Text(plain(name)), overflow="fold")
    for row in rows.terms:
        table.add_row(*(Text(plain(shown(term))) for term in row))
    return table


def rows_records(rows: Rows) -> RenderableType:
    """Return rows as records: a line for each column that is bound, and an empty line after each row."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column("", style="dim", no_wrap=True)
    table.add_column("", overflow="fold")
    for row in rows.terms:
        for name, term in zip(rows.columns, row, strict=True):
            if term is not None:
                table.add_row(Text(plain(name)), Text(plain(shown(term))))
        table.add_row("", "")
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
