"""Answers as Python values: named tuples, a data frame where pandas is there, a table in a notebook."""

import json
from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from html import escape
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox

from avnkg import vocab
from avnkg.errors import MissingPartError, QueryError
from avnkg.graph.names import compact
from avnkg.graph.store import Answer

if TYPE_CHECKING:
    import pandas

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | int | float | Decimal | bool | None

_MOST_SHOWN = 200
# Notebooks push cells to the right, which is for numbers; these hold sentences.
_STYLE = "<style>table.avnkg :is(td, th) { text-align: left !important; vertical-align: top }</style>"
_READERS: dict[str, Callable[[str], Value]] = {
    vocab.XSD_INTEGER: int,
    vocab.XSD_DECIMAL: Decimal,
    vocab.XSD_DOUBLE: float,
    vocab.XSD_BOOLEAN: {"true": True, "1": True, "false": False, "0": False}.__getitem__,
}


@dataclass(frozen=True)
class Rows(Sequence[Any]):
    """The rows of a SELECT query.

    Attributes:
        columns: the variables, in the order of the query.
        terms: a row of RDF terms each; None where a variable is unbound.
        offset: how many rows of the answer come before these; 0 but for a later page.
        more: whether the answer goes on after these rows, as it can where a page was asked for.

    Indexing gives named tuples of Python values: an IRI is its address, a number a number, the rest text. A slice
    gives rows again, which a notebook shows as a table.

    >>> import avnkg
    >>> rows = avnkg.load().query("provenance/documents")
    >>> rows[0].publisher, len(rows[:2]), rows.select("publisher").columns
    ('MedlinePlus', 2, ('publisher',))
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    offset: int = 0
    more: bool = False

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> "Rows": ...
    def __getitem__(self, index: int | slice) -> Any:
        """Return a row, or some of them as rows."""
        if isinstance(index, int):
            return self._tuples[index]
        places = range(len(self))[index]
        more = self.more or max(places, default=len(self)) < len(self) - 1
        return Rows(self.columns, self.terms[index], self.offset + min(places, default=0), more)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.terms)

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows as named tuples."""
        return iter(self._tuples)

    @cached_property
    def _tuples(self) -> list[Any]:
        fields = [f"{name}_" if iskeyword(name) or name in ("count", "index") else name for name in self.columns]
        # A variable may be named as no field may (`?1`, `?_x`): such a field is called by its place, `_0`.
        row_type = namedtuple("Row", fields, rename=True)  # type: ignore[misc]  # the fields are the query's
        return [row_type(*(value(term) for term in row)) for row in self.terms]

    def select(self, *columns: str) -> "Rows":
        """Return the rows with these columns alone, in this order: what fits on a page.

        Raises:
            QueryError: there is no such column.
        """
        for name in columns:
            if name not in self.columns:
                raise QueryError(f"there is no column {name!r}", hint=f"there are {', '.join(self.columns)}")
        places = [self.columns.index(name) for name in columns]
        kept = tuple(tuple(row[place] for place in places) for row in self.terms)
        return Rows(columns, kept, self.offset, self.more)

    def to_dicts(self) -> list[dict[str, Value]]:
        """Return the rows as dictionaries, ready for JSON but for decimals."""
        return [dict(zip(self.columns, (value(term) for term in row), strict=True)) for row in self.terms]

    def to_json(self) -> str:
        """Return the rows as a JSON list of objects; decimals as they are printed."""
        return json.dumps(self.to_dicts(), ensure_ascii=False, indent=2, default=str)

    def to_frame(self) -> "pandas.DataFrame":
        """Return a pandas data frame.

        Raises:
            MissingPartError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as fault:
            raise MissingPartError("a data frame needs pandas", hint="pip install 'avnkg[frames]'") from fault
        return pandas.DataFrame(self.to_dicts(), columns=list(self.columns))

    def _repr_html_(self) -> str:
        """Return a table for a notebook; text from documents is escaped."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(shown(term))}</td>" for term in row) + "</tr>"
            for row in self.terms[:_MOST_SHOWN]
        )
        left = len(self) - _MOST_SHOWN
        more = f"<caption>{left:,} more rows</caption>" if left > 0 else ""
        return f"{_STYLE}<table class='avnkg'>{more}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def record_html(rows: Rows) -> str:
    """Return the first of some rows as a table for a notebook, a line a column; what is unbound is left out."""
    lines = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(shown(term))}</td></tr>"
        for name, term in zip(rows.columns, rows.terms[0], strict=True)
        if term is not None
    )
    return f"{_STYLE}<table class='avnkg'><tbody>{lines}</tbody></table>"


def rows_of(answer: Answer) -> Rows:
    """Return the rows of an answer; a yes/no answer is one row with the column `answer`.

    Raises:
        QueryError: the answer is triples.
    """
    if isinstance(answer, ox.QueryBoolean):
        return Rows(("answer",), ((ox.Literal(bool(answer)),),))
    if isinstance(answer, ox.QueryTriples):
        raise QueryError("expected a SELECT or ASK query, got one that answers with triples", hint="use SELECT")
    columns = tuple(variable.value for variable in answer.variables)
    try:
        return Rows(columns, tuple(tuple(solution) for solution in answer))
    except (SyntaxError, RuntimeError, ValueError, OSError) as fault:
        raise QueryError(f"the store stopped answering: {fault}") from fault


def value(term: Term | None) -> Value:
    """Return the Python value of a term; a literal that is not of its type is its text."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        read = _READERS.get(term.datatype.value, str)
        try:
            return read(term.value)
        except (ValueError, KeyError, InvalidOperation):
            return term.value
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def named(term: Term | None) -> str | None:
    """Return the address of an IRI; None for anything else."""
    return term.value if isinstance(term, ox.NamedNode) else None


def shown(term: Term | None) -> str:
    """Return a term as a person reads it: IRIs the short way."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return compact(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)
