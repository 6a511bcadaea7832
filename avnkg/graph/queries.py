"""The query library: one question, one `.rq` file, with a head that says what it asks. Nobody else reads them.

A head is YAML in `#+` lines: `title`, `question`, `tags`, `parameters`, and `empty` where a query has a reason to
return nothing on the embedded corpus. Parameters are bound as data: a `VALUES` row of terms that the RDF library
wrote, put at the beginning of a group. The same text then runs on every engine. Comments of two kinds
tell where a page is cut and what can be left out: `querytext.py` has them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from avnkg import vocab
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.located import read_yaml
from avnkg.errors import AvnkgError, NotFoundError, QueryError
from avnkg.graph.names import claim_iri, lookup, thing
from avnkg.graph.querytext import PAGING, WHOLE, Bound, Page, bind, cuts_a_page, paged, without
from avnkg.resources import folder

_STRICT = ConfigDict(extra="forbid", frozen=True)

ParameterKind = Literal["concept", "term", "document", "claim", "relation", "text", "number"]
"""A `term` is a concept, or words between double quotes: what stands at the end of a triple. There may be several
claims or relations, with spaces between them."""


class Parameter(BaseModel):
    """A value that a question may be asked with; without a default and a given value it is left free."""

    model_config = _STRICT

    kind: ParameterKind = "concept"
    default: str | None = None
    about: str


class Head(BaseModel):
    """What a query file says of itself."""

    model_config = _STRICT

    title: Annotated[str, Field(min_length=3, max_length=120)]
    question: Annotated[str, Field(min_length=10)]
    tags: tuple[str, ...] = ()
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    empty: str | None = None

    @field_validator("parameters")
    @classmethod
    def _not_of_a_page(cls, parameters: dict[str, Parameter]) -> dict[str, Parameter]:
        taken = [name for name in parameters if name in PAGING]
        if taken:
            raise ValueError(f"a parameter cannot be called {taken[0]}: pages are asked for with it")
        return parameters


@dataclass(frozen=True)
class Query:
    """A question: its name, its head, and its SPARQL text with the prefixes written out in it."""

    name: str
    head: Head
    text: str = field(repr=False)

    @property
    def stem(self) -> str:
        """The last part of the name, which is unique in the library."""
        return self.name.rpartition("/")[2]

    @property
    def marked(self) -> bool:
        """Whether the text says where a page is cut."""
        return cuts_a_page(self.text)

    def bound(self, values: Mapping[str, str], vocabulary: Vocabulary, page: Page = WHOLE) -> str:
        """Return the text with some parameters bound, the others at their defaults, asking for a page and one row more.

        Raises:
            QueryError: the query has no such parameter, a value is not of its kind, or it has a page of its own.
        """
        unknown = [name for name in values if name not in self.head.parameters]
        if unknown:
            known = ", ".join(self.head.parameters) or "none"
            raise QueryError(f"{self.name} has no parameter {unknown[0]!r}", hint=f"it has: {known}")
        terms: dict[str, Bound] = {}
        for name, parameter in self.head.parameters.items():
            given = values.get(name, parameter.default)
            if given is not None and given != "":
                terms[name] = _term(str(given), parameter.kind, name, vocabulary)
        free = self.head.parameters.keys() - terms.keys()
        return paged(bind(without(self.text, free), terms), page)


@cache
def query_library(root: Path | None = None) -> Mapping[str, Query]:
    """Return the queries of a folder by name (`folder/stem`), in the order of their names."""
    root = root or folder("queries")
    found = {}
    for path in sorted(root.glob("*/*.rq")):
        query = read_query(path, f"{path.parent.name}/{path.stem}")
        found[query.name] = query
    return found


def find_query(name: str, library: Mapping[str, Query] | None = None) -> Query:
    """Return a query of the library by its name or the last part of it.

    Raises:
        NotFoundError: there is none; the message has the nearest.
    """
    from difflib import get_close_matches

    library = query_library() if library is None else library
    wanted = name.removesuffix(".rq")
    for query in library.values():
        if wanted in (query.name, query.stem):
            return query
    near = get_close_matches(wanted, [query.stem for query in library.values()], cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else "`avnkg queries` lists them"
    file = ", and no file of this name" if name.endswith(".rq") else ""
    raise NotFoundError(f"there is no query {name!r}{file}", hint=hint)


def read_query(path: Path, name: str | None = None) -> Query:
    """Return the query of a file.

    Raises:
        QueryError: it cannot be read, or its head is not as it should be.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise QueryError(f"cannot read the query: {fault}", path=path) from fault
    head_lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    if not head_lines:
        return Query(name or path.stem, Head(title=path.stem.ljust(3, "."), question="A query of your own."), text)
    try:
        head = Head.model_validate(read_yaml("\n".join(head_lines), path).data)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise QueryError(f"the head is not as it should be: {first['msg']}", path=path, field=place) from fault
    except AvnkgError as fault:
        raise QueryError(f"the head is not YAML: {fault.problem}", path=path, line=fault.line) from fault
    return Query(name or path.stem, head, text)


def _term(given: str, kind: ParameterKind, name: str, vocabulary: Vocabulary) -> Bound:
    if kind in ("claim", "relation") and len(several := given.split()) > 1:
        return tuple(_address(each, kind, name, vocabulary) for each in several)
    if kind == "text":
        return ox.Literal(given)
    if kind == "term" and len(given) > 1 and given.startswith('"') and given.endswith('"'):
        return ox.Literal(given[1:-1])
    if kind == "number":
        try:
            return ox.Literal(str(float(given)) if "." in given else str(int(given)), datatype=_number_type(given))
        except ValueError as fault:
            raise QueryError(f"expected a number for {name}, got {given!r}") from fault
    return _address(given.strip(), kind, name, vocabulary)


def _address(given: str, kind: ParameterKind, name: str, vocabulary: Vocabulary) -> ox.NamedNode:
    if kind == "document" and not given.startswith("http"):
        address = thing("document", given.removeprefix("document/"))
    elif kind == "claim" and not given.startswith("http"):
        address = claim_iri(given.removeprefix("claim/"))
    elif kind == "relation" and not given.startswith("http"):
        address = thing("relation", given.removeprefix("relation/"))
    else:
        address = lookup(given, vocabulary)
    try:
        return ox.NamedNode(address)
    except ValueError as fault:
        wanted = f"a {kind}" if kind == name else f"a {kind} for {name}"
        raise QueryError(f"expected {wanted}, got {given!r}") from fault


def _number_type(given: str) -> ox.NamedNode:
    return ox.NamedNode(vocab.XSD_DECIMAL if "." in given else vocab.XSD_INTEGER)
