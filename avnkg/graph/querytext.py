"""The text of a query: where its parameters are bound, where a page of it is cut, its prefixes.

Two comments in a query tell where it can be made to read less; without them it answers alike.
- `#page` after the `ORDER BY` of a subselect that says which rows there are, in which order, where all that stands
  outside of it adds cells to each row, and no rows. A page is cut there, and parameters are bound in its group.
- `#given NAME` at the end of a line that matters only where this parameter is given. It is left out where it is not.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from avnkg import vocab
from avnkg.errors import QueryError

# Strings, addresses and comments: whatever stands in them is no part of the query's structure.
_STRINGS = "|".join(
    (
        r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""',
        r"'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}",
        r'"(?:[^"\\\n]|\\.)*"',
        r"'(?:[^'\\\n]|\\.)*'",
    )
)
PASSED_OVER = re.compile(rf"{_STRINGS}|<[^<>\"{{}}|^`\\\x00-\x20]*>|#[^\n]*")
_TOKEN = re.compile(rf"({PASSED_OVER.pattern})|([{{}}])")
_MARKER = re.compile(r"#(page|given (\w+))\s*")
_OWN_PAGE = re.compile(r"(?<![\w:?$-])(LIMIT|OFFSET|VALUES)(?![\w:-])", re.IGNORECASE)
_ASKING = re.compile(r"(?<![\w:?$-])(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:-])", re.IGNORECASE)
_ORDER = re.compile(r"(?<![\w:?$-])ORDER\s+BY(?![\w:-])", re.IGNORECASE)
PAGING = ("limit", "offset")
"""What a page is asked for with; no parameter is called so."""


@dataclass(frozen=True)
class Page:
    """Which rows of an answer are wanted: at most `limit` of them (None: all), after the first `offset`.

    A store is asked for one row more than that: so one knows whether there are more.
    """

    limit: int | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no page.

        Raises:
            QueryError: the limit is not a whole number above 0, or the offset none from 0.
        """
        if self.limit is not None and (type(self.limit) is not int or self.limit < 1):
            raise QueryError(f"expected a limit of 1 row or more, got {self.limit!r}")
        if type(self.offset) is not int or self.offset < 0:
            raise QueryError(f"expected an offset of 0 rows or more, got {self.offset!r}")

    @property
    def whole(self) -> bool:
        """Whether it is the whole answer."""
        return self.limit is None and self.offset == 0

    @property
    def clause(self) -> str:
        """How SPARQL asks a store for it, one row more included."""
        limit = [] if self.limit is None else [f"LIMIT {self.limit + 1}"]
        return " ".join([*limit, *([f"OFFSET {self.offset}"] if self.offset else [])])


WHOLE = Page()


Bound = ox.NamedNode | ox.Literal | tuple[ox.NamedNode, ...]
"""What a variable is bound to: a term, or any of some."""


def bind(text: str, terms: Mapping[str, Bound]) -> str:
    """Return a SELECT query with some variables bound to terms: in the group of its page, else in the outermost one.

    A subselect that gives a variable back has it bound in its own group too. That changes no answer, and it then reads
    no more than it has to.

    >>> print(bind("SELECT * WHERE { ?s ?p ?o }", {"s": ox.NamedNode("http://a/b")}))
    SELECT * WHERE { VALUES (?s) { (<http://a/b>) } ?s ?p ?o }
    """
    if not terms:
        return text
    groups = list(_groups(text))
    if not groups:
        raise QueryError("expected a query with a group, `WHERE { … }`, to bind its parameters in")
    chosen = next((group for group in groups if group.paged), groups[0])
    parts, at = [], 0
    for group in groups:
        names = [name for name in terms if group is chosen or (group is not groups[0] and name in group.selected)]
        if names:
            parts += [text[at : group.start], _values({name: terms[name] for name in names})]
            at = group.start
    return "".join([*parts, text[at:]])


def _values(terms: Mapping[str, Bound]) -> str:
    """Return the rows that bind some variables: those of one term in one row, others apart."""
    single = {name: str(term) for name, term in terms.items() if not isinstance(term, tuple)}
    names, row = " ".join(f"?{name}" for name in single), " ".join(single.values())
    rows = [f" VALUES ({names}) {{ ({row}) }}"] if single else []
    several = {name: term for name, term in terms.items() if isinstance(term, tuple)}
    rows += [f" VALUES ?{name} {{ {' '.join(map(str, term))} }}" for name, term in several.items()]
    return "".join(rows)


@dataclass
class _Group:
    """A group of a query: where it begins, what its SELECT, if any, gives back, and whether a page of it is cut."""

    start: int
    selected: frozenset[str]
    paged: bool = False


def _groups(text: str) -> Iterator[_Group]:
    """Yield the groups of a query in the order in which they are opened."""
    found: list[_Group] = []
    opened: list[_Group] = []
    closed: dict[int, _Group] = {}
    words: list[str] = []
    at = 0
    for match in _TOKEN.finditer(text):
        words.append(text[at : match.start()])
        at = match.end()
        if match.group(2) == "{":
            opened.append(_Group(match.end(), _selected(" ".join(words))))
            found.append(opened[-1])
        elif match.group(2) == "}" and opened:
            group = opened.pop()
            closed[len(opened)] = group
        elif _is_page(match.group(1)) and len(opened) in closed:
            closed[len(opened)].paged = True
        words = [] if match.group(2) else words
    yield from found


def _selected(words: str) -> frozenset[str]:
    """Return the variables that stand for themselves in a SELECT, from the words before its group."""
    _, *asked = re.split(r"\bSELECT\b", words, flags=re.IGNORECASE)
    plain = asked[-1] if asked else ""
    while plain != (shorter := re.sub(r"\([^()]*\)", " ", plain)):
        plain = shorter
    return frozenset(re.findall(r"\?(\w+)", plain))


def paged(text: str, page: Page) -> str:
    """Return a SELECT query that asks for a page and one row more.

    >>> paged("SELECT * WHERE { ?s ?p ?o } ORDER BY ?s", Page(10, 20)).splitlines()
    ['SELECT * WHERE { ?s ?p ?o } ORDER BY ?s', 'LIMIT 11 OFFSET 20']

    Raises:
        QueryError: it has a page of its own, or is no SELECT query.
    """
    if page.whole:
        return text
    for name, start, end in _markers(text):
        if name == "page":
            return f"{text[:start]}{page.clause}{text[end:]}"
    outside = _outside(text)
    asking = _ASKING.search(outside)
    if asking is None or asking.group(1).upper() != "SELECT":
        raise QueryError("expected a SELECT query: only its answer has pages")
    own = _OWN_PAGE.search(outside)
    if own:
        raise QueryError(
            f"expected a query without {own.group(1).upper()} at its end: a page is put there",
            hint="ask without a page, or leave it out of the query",
        )
    return f"{text.rstrip()}\n{page.clause}\n"


def _is_page(passed: str | None) -> bool:
    return passed is not None and passed.rstrip() == "#page"


def cuts_a_page(text: str) -> bool:
    """Return whether a query says where a page of it is cut."""
    return any(name == "page" for name, _, _ in _markers(text))


def _markers(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the comments that tell something: `page` or the parameter's name, and where they stand."""
    for match in _TOKEN.finditer(text):
        marker = _MARKER.fullmatch(match.group(1) or "")
        if marker:
            yield marker.group(2) or "page", match.start(), match.end()


def without(text: str, free: Collection[str]) -> str:
    """Return a query without the lines that matter only where some parameters are given."""
    kept, at = [], 0
    for name, start, _ in _markers(text):
        if name in free:
            line = text.rfind("\n", 0, start) + 1
            kept.append(text[at:line])
            at = text.find("\n", start) + 1 or len(text)
    return "".join([*kept, text[at:]])


def unordered(text: str) -> str:
    """Return a query without the order of its rows, which stands last in it.

    >>> unordered("SELECT * WHERE { ?s ?p ?o } ORDER BY ?s")
    'SELECT * WHERE { ?s ?p ?o } '
    """
    depth, at = 0, 0
    for match in _TOKEN.finditer(text):
        found = _ORDER.search(text, at, match.start()) if depth == 0 else None
        if found:
            return text[: found.start()]
        depth += {"{": 1, "}": -1}.get(match.group(2), 0)
        at = match.end()
    found = _ORDER.search(text, at) if depth == 0 else None
    return text[: found.start()] if found else text


def _outside(text: str) -> str:
    """Return what stands outside of all groups, without strings, addresses and comments."""
    parts, depth, at = [], 0, 0
    for match in _TOKEN.finditer(text):
        if depth == 0:
            parts.append(text[at : match.start()])
        depth += {"{": 1, "}": -1}.get(match.group(2), 0)
        at = match.end()
    return " ".join([*parts, text[at:] if depth == 0 else ""])


def with_prefixes(text: str) -> str:
    """Return a query with those prefixes of avnkg declared that it uses and does not declare.

    >>> print(with_prefixes("ASK { ?s avn:axis ?o }"))
    PREFIX avn: <https://w3id.org/avnkg/ontology#>
    ASK { ?s avn:axis ?o }
    """
    declared = set(re.findall(r"(?i)\bPREFIX\s+([\w-]*):", text))
    used = set(re.findall(r"(?<![\w<])([A-Za-z][\w-]*):(?=[\w])", text))
    lines = [f"PREFIX {name}: <{vocab.PREFIXES[name]}>" for name in sorted(used & vocab.PREFIXES.keys() - declared)]
    return "\n".join([*lines, text])
