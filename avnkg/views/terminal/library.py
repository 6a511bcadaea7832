"""The query library as a table, as JSON, and as the page `queries/README.md`."""

import json
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from avnkg.graph.queries import Query

FOLDERS = ("claims", "agreement", "contradiction", "provenance", "checks")
"""The order in which folders are shown: questions first, invariants last."""


def in_order(queries: Iterable[Query]) -> list[Query]:
    """Return queries by folder, then by name."""
    return sorted(queries, key=lambda query: (FOLDERS.index(query.name.partition("/")[0]), query.name))


def library_table(queries: Sequence[Query]) -> RenderableType:
    """Return the queries by folder: name, question, and below it the parameters with their defaults."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("")
    folder = ""
    for query in queries:
        here = query.name.partition("/")[0]
        if here != folder:
            table.add_row(Text(here.upper(), style="bold"), "")
            folder = here
        told = Text(" ".join(query.head.question.split()))
        if query.head.parameters:
            told.append(f"\n--param {_parameters(query)}", style="dim")
        table.add_row(Text(f"  {query.stem}"), told)
    return Group(table, Text(f"\nqueries: {len(queries)}; {_HOW}", style="dim"))


def library_json(queries: Sequence[Query]) -> str:
    """Return the queries' names and heads as JSON."""
    return json.dumps([{"name": each.name, **each.head.model_dump()} for each in queries], indent=2) + "\n"


def library_page(queries: Sequence[Query]) -> str:
    """Return the queries as a page in Markdown."""
    lines = ["# The query library", "", "Made by `make docs` from the heads of the query files; do not edit.", ""]
    folder = ""
    for query in queries:
        here = query.name.partition("/")[0]
        if here != folder:
            lines += [f"## {here}", "", "| query | question | parameters (default) |", "|---|---|---|"]
            folder = here
        cells = (f"[{query.stem}]({query.name}.rq)", " ".join(query.head.question.split()), _parameters(query))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _parameters(query: Query) -> str:
    return ", ".join(
        f"{name} ({parameter.default})" if parameter.default else name
        for name, parameter in query.head.parameters.items()
    )


_HOW = "ask with: avnkg query NAME --param NAME=VALUE"
