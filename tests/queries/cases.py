"""The library's questions and the answers worked out by hand for the tiny world."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from avnkg.graph.queries import Query, query_library
from avnkg.graph.rows import Rows, shown

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A question with parameters, and the rows it must have in some columns; an empty cell is unbound."""

    query: str
    number: int
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]
    parameters: dict[str, str] = field(default_factory=dict)
    ordered: bool = True

    def __str__(self) -> str:
        """Return a name for the test's report."""
        return f"{self.query}-{self.number}"


@cache
def golden() -> tuple[Case, ...]:
    """Return the cases of golden.yaml."""
    written = yaml.safe_load((Path(__file__).parent / "golden.yaml").read_text(encoding="utf-8"))
    return tuple(_case(query, number, case) for query, cases in written.items() for number, case in enumerate(cases, 1))


def questions() -> tuple[Query, ...]:
    """Return the queries of the library but for the checks."""
    return tuple(query for query in query_library().values() if not query.name.startswith("checks/"))


def checks() -> tuple[Query, ...]:
    """Return the invariants of the library."""
    return tuple(query for query in query_library().values() if query.name.startswith("checks/"))


def cells(rows: Rows, columns: Iterable[str]) -> list[Cells]:
    """Return some columns as golden.yaml has them: IRIs the short way, claims and documents by their ids."""
    places = [rows.columns.index(column) for column in columns]
    return [tuple(_short(shown(row[place])) for place in places) for row in rows.terms]


def _short(text: str) -> str:
    return text.removeprefix("claim/").removeprefix("document/")


def _case(query: str, number: int, case: dict[str, Any]) -> Case:
    return Case(
        query,
        number,
        tuple(case["columns"]),
        tuple(tuple(row) for row in case["rows"]),
        case.get("parameters", {}),
        case.get("ordered", True),
    )
