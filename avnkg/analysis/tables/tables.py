"""From a table of claims to claims in numbers, column by column: what is said alike is looked at once.

Steps like those of `joining`. The table comes as `source`: text columns and the number of each line, `n`. What is
distinct in it is known by the first line that has it, is given its numbers in Python, and is joined back.
"""

from typing import Any

from avnkg.analysis.relations.joining import table

SAID = ("subject", "subjectExcept", "predicate", "object", "except", "comparator", "endpoint", "quantity")
"""The columns of what is said."""
GIVEN = ("predicate", "force", "stance", "frequency")
"""The columns of the answer."""
UNDER = ("scope", "inherited")
"""The columns of the conditions."""
FIELDS = tuple(dict.fromkeys(("id", "document", "withdrawn", *SAID, *GIVEN, *UNDER)))
"""All columns that relations come from."""
NESTED = ("subjectExcept", "except", "quantity", "frequency", *UNDER)
"""Those that hold JSON text."""

_CODED = ("n", "said", "given", "under")
_CODED_TEXTS = {"id": "string", "document": "string", "withdrawn": "string"}


def said(*present: str) -> Any:
    """Return what is said, each once, with its first line and how many lines say it."""
    return _distinct(SAID, present)


def given(*present: str) -> Any:
    """Return the answers as written, each once, likewise."""
    return _distinct(GIVEN, present)


def under(*present: str) -> Any:
    """Return the conditions as written, each once, likewise."""
    return _distinct(UNDER, present)


def _lines(present: tuple[str, ...]) -> Any:
    """Return the lines with those columns that the table has; where a cell is absent it is empty."""
    import ibis

    source = table("source", ("n",), **dict.fromkeys(present, "string"))
    return source.select("n", **{name: ibis.coalesce(source[name], "") for name in present})


def _distinct(columns: tuple[str, ...], present: tuple[str, ...]) -> Any:
    import ibis

    t = _lines(present)
    shared = _of(columns, present)
    grouped = t.group_by(shared) if shared else t
    t = grouped.aggregate(first=t.n.min(), lines=t.count())
    cells = {name: t[name] if name in present else ibis.literal("") for name in columns}
    return t.filter(t.lines > 0).select(**cells, first=t["first"], lines=t["lines"])


def _of(columns: tuple[str, ...], present: tuple[str, ...]) -> list[str]:
    return [name for name in columns if name in present]


def coded_lines(*present: str) -> Any:
    """Return the lines with what they say, answer and are under, each known by its first line."""
    import ibis

    t = _lines(present)
    for name, columns in (("said", SAID), ("given", GIVEN), ("under", UNDER)):
        shared = _of(columns, present)
        known = table(name, ("first",), **dict.fromkeys(columns, "string")).select(*shared, **{name: "first"})
        t = t.join(known, shared) if shared else t.cross_join(known)
    cells = {name: t[name] if name in present else ibis.literal("") for name in _CODED_TEXTS}
    return t.select(*_CODED, **cells)


def soundness() -> Any:
    """Return in one row how many lines there are, how many ids, and how many lines lack an id or a document."""
    import ibis

    t = table("coded_lines", _CODED, **_CODED_TEXTS)
    lacking = ((t.id == "") | (t.document == "")).cast("int64").sum()
    return t.aggregate(lines=t.count(), ids=t.id.nunique(), lacking=ibis.coalesce(lacking, 0))


def incomplete() -> Any:
    """Return the lines without an id or a document."""
    t = table("coded_lines", _CODED, **_CODED_TEXTS)
    return t.filter((t.id == "") | (t.document == "")).select("n", "id", "document")


def repeated() -> Any:
    """Return the lines whose id an earlier line has."""
    t = table("coded_lines", _CODED, **_CODED_TEXTS)
    t = t.filter(t.id != "")
    firsts = t.group_by("id").aggregate(first=t.n.min(), count=t.count())
    firsts = firsts.filter(firsts["count"] > 1)
    found = t.join(firsts, "id")
    return found.filter(found.n != found.first).select("n", "id", "first")


def wrong_lines() -> Any:
    """Return the lines in which something of what is `wrong` stands."""
    import ibis

    t = table("coded_lines", _CODED, **_CODED_TEXTS)
    wrong = table("wrong", ("part", "first"))
    parts = [
        t.select("n", "id", part=ibis.literal(place, "int64"), first=t[name]) for place, name in enumerate(_CODED[1:])
    ]
    return parts[0].union(*parts[1:]).join(wrong, ["part", "first"])


def _kept_lines() -> Any:
    """Return the lines that are right, and not withdrawn."""
    t = table("coded_lines", _CODED, **_CODED_TEXTS)
    return t.filter(t.withdrawn == "").anti_join(table("aside", ("n",)), "n")


def documents() -> Any:
    """Return the documents and their first lines."""
    t = _kept_lines()
    return t.group_by("document").aggregate(first=t.n.min())


def bound() -> Any:
    """Return what is said under which conditions, each once, where a name hangs together with the conditions."""
    t = _kept_lines()
    named = table("said_codes", ("said", "prop", "bound"))
    t = t.join(named.filter(named.bound == 1), "said")
    return t.select("said", "under").distinct()


def claims() -> Any:
    """Return the claims in numbers; they are numbered in the order of their ids."""
    import ibis

    t = _kept_lines()
    of_said = table("said_codes", ("said", "prop", "bound"))
    of_given = table("given_codes", ("given", "answer"))
    of_under = table("under_codes", ("under", "scope"))
    of_bound = table("bound_codes", ("said", "under", "bound_prop", "bound_scope"))
    heard = table("heard", ("voice",), document="string")
    t = t.join(of_given, "given").join(of_said, "said").join(of_under, "under").join(heard, "document")
    t = t.left_join(of_bound, ["said", "under"])
    return t.select(
        *("id", "voice", "answer"),
        n=ibis.row_number().over(order_by=t.id).cast("int64"),
        prop=ibis.coalesce(t.bound_prop, t.prop),
        scope=ibis.coalesce(t.bound_scope, t.scope),
    )
