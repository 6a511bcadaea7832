"""What a query may not do: ask another server, or ask over graphs that cannot be told.

Oxigraph's `query` reads and never writes, and its FROM only chooses among the store's own graphs. What is left to
refuse is SERVICE. Its grammar lets a keyword stand close to other words (`1SERVICE`, `SERVICESILENT`), and whether `<`
begins an address or compares depends on what stands before it: no search for words can tell where SERVICE is a keyword.
The guard therefore leaves no such word in the text at all. In strings, addresses and comments its first letter is
written as an escape, which means the same there and is a syntax error anywhere else; in names it cannot be taken for a
keyword; wherever else it stands, the query is refused.
"""

import re

from avnkg.errors import QueryError
from avnkg.graph.dataset import Dataset
from avnkg.graph.querytext import PASSED_OVER

_SERVICE = re.compile("service", re.IGNORECASE)
_IN_A_NAME = re.compile(r"(?:\$|\?(?!true|false|\d)|:)[A-Za-z0-9_]*\Z", re.IGNORECASE)
"""What stands before the word where it is part of a variable, or of a name with a prefix."""
_FROM = re.compile(r"(?<![?$:\w-])FROM", re.IGNORECASE)


def guarded(text: str) -> str:
    """Return a query that asks no other server and means the same.

    >>> guarded("SELECT * { ?service ?p 'Service' }")
    "SELECT * { ?service ?p '\\\\u0053ervice' }"

    Raises:
        QueryError: it holds SERVICE where it may be meant as one.
    """
    if not _SERVICE.search(text):
        return text
    parts, at = [], 0
    for passed in PASSED_OVER.finditer(text):
        parts += [_checked(text[at : passed.start()]), _SERVICE.sub(_escaped, passed[0])]
        at = passed.end()
    return "".join([*parts, _checked(text[at:])])


def dataset_of(text: str) -> Dataset | None:
    """Return the graphs that FROM and FROM NAMED of a query name, or None where it names none.

    Raises:
        QueryError: it seems to name some, and cannot be understood.
    """
    if not _FROM.search(PASSED_OVER.sub(" ", text)):
        return None
    # Imported here: it takes a quarter of a second, and few queries name graphs.
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        clauses = translateQuery(parseQuery(text)).algebra.datasetClause
    except Exception as fault:  # whatever a parser raises: what cannot be understood is refused
        reason = " ".join(str(fault).split())[:120]
        raise QueryError(f"expected FROM and a query that can be understood, got: {reason}") from fault
    if not clauses:
        return None
    default = tuple(str(clause.default) for clause in clauses if clause.default)
    named = tuple(str(clause.named) for clause in clauses if clause.named)
    return Dataset(default, named)


def _checked(bare: str) -> str:
    for word in _SERVICE.finditer(bare):
        if not _IN_A_NAME.search(bare[: word.start()]):
            raise QueryError(
                "SERVICE is refused: a query of avnkg asks no other server", hint="leave the SERVICE group out"
            )
    return bare


def _escaped(word: re.Match[str]) -> str:
    return f"\\u{ord(word[0][0]):04x}{word[0][1:]}"
