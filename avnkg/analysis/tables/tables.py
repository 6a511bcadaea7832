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

_LINES = dict.fromkeys(FIELDS, "string")
_CODED = ("n", "said", "given", "under")
_CODED_TEXTS = {"id": "string", "document": "string", "withdrawn": "string"}


def lines(*present: str) -> Any:
    """Return the lines with all columns; what is absent is empty."""
    import ibis

    source = table("source", ("n",), **dict.fromkeys(present, "string"))
    cells = {name: ibis.coalesce(source[name], "") if name in present else ibis.literal("") for name in FIELDS}
    return source.select("n", **cells)


def said() -> Any:
    """Return what is said, each once."""
    return _distinct(SAID)


def given() -> Any:
    """Return the answers as written, each once."""
    return _distinct(GIVEN)


def under() -> Any:
    """Return the conditions as written, each once."""
    return _distinct(UNDER)


def _distinct(columns: tuple[str, ...]) -> Any:
    known = table("lines", ("n",), **_LINES)
    return known.group_by(columns).aggregate(first=known.n.min())


def coded_lines() -> Any:
    """Return the lines with what they say, answer and are under, each known by its first line."""
    t = table("lines", ("n",), **_LINES)
    for name, columns in (("said", SAID), ("given", GIVEN), ("under", UNDER)):
        known = table(name, ("first",), **dict.fromkeys(columns, "string")).rename({name: "first"})
        t = t.join(known, list(columns))
    return t.select(*_CODED, *_CODED_TEXTS)


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


def kept_lines() -> Any:
    """Return the lines that are right, and not withdrawn."""
    t = table("coded_lines", _CODED, **_CODED_TEXTS)
    return t.filter(t.withdrawn == "").anti_join(table("aside", ("n",)), "n")


def recorded() -> Any:
    """Return the documents whose records are at hand."""
    found = table("kept_lines", _CODED, **_CODED_TEXTS).select("document").distinct()
    return found.semi_join(table("records", (), document="string"), "document")


def heard() -> Any:
    """Return the documents and their voices: those of one publisher are one; of whom nothing is known, each is its own.

    A voice's number is that of its first line.
    """
    import ibis

    t = table("kept_lines", _CODED, **_CODED_TEXTS)
    known = table("publishers", (), document="string", publisher="string")
    t = t.group_by("document").aggregate(first=t.n.min())
    t = t.left_join(known, "document")
    t = t.select("document", "first", known=t.publisher.notnull(), name=ibis.coalesce(t.publisher, t.document))
    return t.mutate(voice=t.first.min().over(ibis.window(group_by=["known", "name"]))).select(
        "document", "name", "voice"
    )


def voices() -> Any:
    """Return the voices."""
    return table("heard", ("voice",), document="string", name="string").select("voice", "name").distinct()


def bound() -> Any:
    """Return what is said under which conditions, each once, where a name hangs together with the conditions."""
    t = table("kept_lines", _CODED, **_CODED_TEXTS)
    named = table("said_codes", ("said", "prop", "bound"))
    t = t.join(named.filter(named.bound == 1), "said")
    return t.select("said", "under").distinct()


def claims() -> Any:
    """Return the claims in numbers."""
    import ibis

    t = table("kept_lines", _CODED, **_CODED_TEXTS)
    of_said = table("said_codes", ("said", "prop", "bound"))
    of_given = table("given_codes", ("given", "answer"))
    of_under = table("under_codes", ("under", "scope"))
    of_bound = table("bound_codes", ("said", "under", "bound_prop", "bound_scope"))
    spoken = table("heard", ("voice",), document="string", name="string").select("document", "voice")
    t = t.join(of_given, "given").join(of_said, "said").join(of_under, "under").join(spoken, "document")
    t = t.left_join(of_bound, ["said", "under"])
    return t.select(
        *("n", "id", "voice", "answer"),
        prop=ibis.coalesce(t.bound_prop, t.prop),
        scope=ibis.coalesce(t.bound_scope, t.scope),
    )
