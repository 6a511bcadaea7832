"""The library's questions and the answers worked out by hand for the tiny world.

Ids of relations and disputes are hashes. The answers name both by the claims on their sides, as
`alpha-travel/005 : beta-clinic/005`, and so do parameters.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from avnkg.graph.queries import Query, query_library
from avnkg.graph.rows import Rows, rows_of, shown
from avnkg.graph.store import Store

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


def cells(rows: Rows, columns: Iterable[str], names: Mapping[str, str] | None = None) -> list[Cells]:
    """Return some columns as golden.yaml has them: IRIs the short way, claims and documents by their ids.

    `names` are those of relations and disputes.
    """
    places = [rows.columns.index(column) for column in columns]
    return [tuple(_short(shown(row[place]), names or {}) for place in places) for row in rows.terms]


def names_by_sides(store: Store) -> dict[str, str]:
    """Return, for each relation and dispute of a graph, what it is called by the claims on its sides."""
    sides: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for thing, side, claim in (map(shown, row) for row in rows_of(store.query(_SIDES)).terms):
        sides[thing][side].add(_short(claim, {}))
    names = {
        thing: " : ".join(" ".join(sorted(found[side])) for side in sorted(found)) for thing, found in sides.items()
    }
    assert len({(thing.partition("/")[0], name) for thing, name in names.items()}) == len(names), "two of one name"
    return names


def addressed(case: Case, store: Store) -> dict[str, str]:
    """Return the parameters of a case, with the ids of what is named by its sides."""
    kinds = ("relation", "dispute")
    addresses = {(thing.partition("/")[0], name): thing for thing, name in names_by_sides(store).items()}
    return {
        name: addresses.get((name, value), value) if name in kinds else value for name, value in case.parameters.items()
    }


_SIDES = """
PREFIX avn: <https://w3id.org/avnkg/ontology#>
SELECT ?thing ?side ?claim WHERE {
  { ?thing avn:firstSide ?claim BIND("1" AS ?side) }
  UNION
  { ?thing avn:secondSide ?claim BIND("2" AS ?side) }
  UNION
  { ?part avn:sideOf ?thing ; avn:order ?number ; avn:sideClaim ?claim BIND(STR(?number) AS ?side) }
}"""


def _short(text: str, names: Mapping[str, str]) -> str:
    return names.get(text, text.removeprefix("claim/").removeprefix("document/"))


def _case(query: str, number: int, case: dict[str, Any]) -> Case:
    return Case(
        query,
        number,
        tuple(case["columns"]),
        tuple(tuple(row) for row in case["rows"]),
        case.get("parameters", {}),
        case.get("ordered", True),
    )
