"""Everything that avnkg raises on purpose.

    AvnkgError
    ├── DocumentError        a text or a document's record cannot be used
    │   ├── QuoteError       a quote is not exactly where it is said to be
    │   └── DriftError       a text is not the one that was recorded
    ├── ClaimError           a claim in a file says something the model does not allow
    │   └── UnknownTermError a name that the ontology does not know
    ├── OntologyError        the ontology cannot be read or reasoned over
    ├── GraphError           the graph cannot be built, opened or written
    ├── QueryError           a query cannot be found, bound, parsed or answered
    │   └── LimitError       an answer is larger than it may be
    ├── NotFoundError        no such document, claim, query or triple
    ├── MissingPartError     an optional part is not installed
    └── SeveralErrors        more than one of the above, all of them listed

A message says what was required, what came, where (file:line, field), and what to do next.
"""

from collections.abc import Sequence
from pathlib import Path


class AvnkgError(Exception):
    """The root of all errors that avnkg raises on purpose.

    Attributes:
        problem: what was required and what came.
        path: the file, when there is one.
        line: the line in it, counted from 1.
        field: the field, as `claims[3].scope.stage`.
        hint: what to do next.

    >>> print(AvnkgError("expected a list", path=Path("a.yaml"), line=3, field="claims", hint="begin it with '-'"))
    a.yaml:3: claims: expected a list; begin it with '-'
    """

    def __init__(
        self,
        problem: str,
        *,
        path: Path | None = None,
        line: int | None = None,
        field: str | None = None,
        hint: str | None = None,
    ) -> None:
        """Store what is known of the error."""
        super().__init__(problem)
        self.problem = problem
        self.path = path
        self.line = line
        self.field = field
        self.hint = hint

    def __str__(self) -> str:
        """Return the whole message on one line."""
        place = ""
        if self.path is not None:
            place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        where = f"{self.field}: " if self.field else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{place}{where}{self.problem}{hint}"


class DocumentError(AvnkgError):
    """A text or a document's record cannot be used."""


class QuoteError(DocumentError):
    """A quote is not exactly the words at its place."""


class DriftError(DocumentError):
    """A text is not the one whose hash was recorded."""


class ClaimError(AvnkgError):
    """A claim says something that the model does not allow."""


class UnknownTermError(ClaimError):
    """A name that the ontology does not know."""


class OntologyError(AvnkgError):
    """The ontology cannot be read or reasoned over."""


class GraphError(AvnkgError):
    """The graph cannot be built, opened or written."""


class QueryError(AvnkgError):
    """A query cannot be found, bound, parsed or answered."""


class LimitError(QueryError):
    """An answer is larger than it may be."""


class NotFoundError(AvnkgError):
    """There is no such document, claim, query or triple."""


class MissingPartError(AvnkgError):
    """An optional part is not installed."""


class SeveralErrors(AvnkgError):
    """More than one error, all of them listed; `errors` holds them in the order found."""

    def __init__(self, errors: Sequence[AvnkgError]) -> None:
        """Store the errors."""
        super().__init__(f"{len(errors)} problems")
        self.errors = tuple(errors)

    def __str__(self) -> str:
        """Return one line an error."""
        return "\n".join(str(error) for error in self.errors)


def raise_all(errors: Sequence[AvnkgError]) -> None:
    """Raise nothing, the one error, or all of them together."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise SeveralErrors(errors)
