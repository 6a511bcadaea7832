"""What a query may not do: ask another server, or ask over graphs that cannot be told.

Oxigraph's `query` reads and never writes, and its FROM only chooses among the store's own graphs. What is left to
refuse is SERVICE. Its grammar lets a keyword stand close to other words (`1SERVICE`, `SERVICESILENT`), and whether `<`
begins an address or compares depends on what stands before it: no search for words can tell where SERVICE is a keyword.
The guard therefore leaves no such word in the text at all. In strings, addresses and comments its first letter is
written as an escape, which means the same there and is a syntax error anywhere else. A name with a prefix is written as
the address that it stands for: of `p:SERVICE` the engine takes only `p:` for the name when the whole is no address, as
with `PREFIX p: <http://a:>`. In a variable it stays, as no keyword begins there. Elsewhere the query is refused.
"""

import re

from avnkg.errors import QueryError
from avnkg.graph.dataset import Dataset
from avnkg.graph.querytext import PASSED_OVER

_SERVICE = re.compile("service", re.IGNORECASE)
_LOCAL = r"(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?#@%-]|\.+(?=[\w:%\\-]))*+"
_TOKEN = re.compile(
    rf"(?P<passed>{PASSED_OVER.pattern})|(?P<variable>(?:\$|\?(?!(?i:true|false)|\d)|_:)\w++)"
    r"|(?P<declaration>(?i:PREFIX)\s+(?P<declared>[\w.-]*+):\s*+<(?P<space>[^<>\"{}|^`\x00-\x20]*+)>)"
    rf"|(?P<prefix>[\w.-]*+):(?P<local>{_LOCAL})|[\w.-]++"
)
"""What the word can stand in. Whatever is read wrongly here becomes another query, never one with the word in it."""
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
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
    spaces: dict[str, str] = {}
    return _TOKEN.sub(lambda token: _harmless(token, spaces), text)


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


def _harmless(token: re.Match[str], spaces: dict[str, str]) -> str:
    """Return a token so that it asks no other server; learn from it what a prefix stands for."""
    if token["declaration"]:
        spaces[token["declared"]] = token["space"]
    if token["variable"] or not _SERVICE.search(token[0]):
        return token[0]
    if token["passed"]:
        return _SERVICE.sub(_escaped, token[0])
    if token["declaration"]:
        # Names with this prefix are written out, so it need not be declared.
        return " " if _SERVICE.search(token["declared"]) else _SERVICE.sub(_escaped, token[0])
    space = spaces.get(token["prefix"] or "")
    if token["local"] is not None and space is not None and _ABSOLUTE.match(space):
        local = re.sub(r"\\(.)", r"\1", token["local"])
        return _SERVICE.sub(_escaped, f"<{space}{local}>")
    raise QueryError("SERVICE is refused: a query of avnkg asks no other server", hint="leave the SERVICE group out")


def _escaped(word: re.Match[str]) -> str:
    return f"\\u{ord(word[0][0]):04x}{word[0][1:]}"
