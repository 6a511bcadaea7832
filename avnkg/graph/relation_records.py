"""Relations and disputes read back out of a graph, in any store."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from avnkg import vocab
from avnkg.analysis.disputes import CLASHES
from avnkg.analysis.relations.relations import Relation
from avnkg.analysis.verdicts import Verdict
from avnkg.errors import NotFoundError, QueryError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.names import thing
from avnkg.graph.rows import Rows

AT_A_TIME = 1_000
"""Relations that are asked for by name at a time: of four thousand, Oxigraph's plan goes through all for each."""


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """A relation of the graph, and whether its sides have different voices, and how many there are.

    >>> import avnkg
    >>> first = avnkg.relations(avnkg.load(), verdict="Contradiction", across=True)[0]
    >>> first.relation.verdict, first.across, first.voices
    (<Verdict.CONTRADICTION: 'Contradiction'>, True, 2)
    """

    relation: Relation
    across: bool
    voices: int


@dataclass(frozen=True, slots=True)
class DisputeRecord:
    """A dispute of the graph.

    Attributes:
        sides: for each side, its voices in words, how many of them are independent, and the rows of its claims.
        parts: relations by what they are to it: `clash`, `strain`, `common ground`, `dissolved`.

    >>> import avnkg
    >>> first = avnkg.disputes(avnkg.load())[0]
    >>> len(first.sides), len(first.parts["clash"]) > 0
    (2, True)
    """

    id: str
    title: str
    sides: tuple[tuple[str, int, Rows], ...]
    parts: dict[str, tuple[RelationRecord, ...]]


def relations(
    graph: ClaimsGraph, *, verdict: str | None = None, across: bool | None = None, about: str | None = None
) -> tuple[RelationRecord, ...]:
    """Return the relations of a graph: with a verdict, across voices or within one, with claims about a concept.

    Raises:
        QueryError: the verdict is none of the eight.
        UnknownTermError: the concept is not in the ontology; the message has the nearest.

    >>> import avnkg
    >>> found = relations(avnkg.load(), verdict="Contradiction", across=True, about="core decompression")
    >>> {each.relation.verdict.value for each in found}
    {'Contradiction'}
    """
    given: dict[str, Any] = {}
    if verdict is not None:
        given["withVerdict"] = vocab.VERDICTS[_verdict(verdict).value]
    found = _records(graph, graph.query("contradiction/relations", **given), {})
    if about is not None:
        spoken = {row.claim.removeprefix(f"{vocab.THING}claim/") for row in graph.claims(about=about)}
        found = tuple(each for each in found if spoken & {*each.relation.a, *each.relation.b})
    return tuple(each for each in found if across is None or each.across is across)


def each_relation(graph: ClaimsGraph, at_a_time: int = AT_A_TIME) -> Iterator[RelationRecord]:
    """Yield the relations of a graph in the order in which `relations` returns them, read some at a time.

    So a graph with a million of them is gone through without holding them all. They are sorted here: a store looks a
    name up each time that it compares it.
    """
    for address in sorted(vocab.VERDICTS.values(), key=graph.label):
        said = graph.query(f"SELECT ?any ?says WHERE {{ ?any <{vocab.VERDICT}> <{address}> ; <{vocab.SAYS}> ?says }}")
        ordered = [row.any for row in sorted(said, key=lambda row: (row.says, row.any))]
        for start in range(0, len(ordered), at_a_time):
            part = ordered[start : start + at_a_time]
            given: dict[str, Any] = {"relation": " ".join(part)}
            rows = graph.unordered("contradiction/relations", **given)
            found = {record.relation.id: record for record in _records(graph, rows, given)}
            yield from (found[_local(each)] for each in part)


def relation(graph: ClaimsGraph, identity: str) -> RelationRecord:
    """Return one relation, by its id or a beginning of it that no other has.

    Raises:
        NotFoundError: there is none, or there are several.
    """
    identity = identity.removeprefix(vocab.THING).removeprefix("relation/")
    rows = graph.query("contradiction/relations")
    fitting = [row.relation for row in rows if _local(row.relation).startswith(identity)] if identity else []
    if len(fitting) != 1:
        many = f"{len(fitting)} relations begin with {identity!r}" if fitting else f"there is no relation {identity!r}"
        raise NotFoundError(many, hint="`avnkg relations` lists them")
    given = {"relation": fitting[0]}
    return _records(graph, graph.query("contradiction/relations", **given), given)[0]


def disputes(graph: ClaimsGraph, only: str | None = None) -> tuple[DisputeRecord, ...]:
    """Return the disputes of a graph, the weightiest first; or the one of an id, where there is one.

    >>> import avnkg
    >>> first = disputes(avnkg.load())[0]
    >>> [held for held, voices, claims in first.sides]
    ['PlacidWay', 'Regenexx']
    """
    given: dict[str, Any] = {} if only is None else {"dispute": thing("dispute", only)}
    titled = graph.query("contradiction/disputes", **given)
    if not titled:
        return ()  # without reading relations, of which a graph without disputes may have a million
    made_of = graph.query("contradiction/dispute-relations", **given)
    named: dict[str, Any] = {} if only is None else {"relation": " ".join(row.relation for row in made_of)}
    rows = graph.query("contradiction/relations", **named)
    known = {each.relation.id: each for each in _records(graph, rows, named)}
    parts: dict[str, dict[str, list[RelationRecord]]] = defaultdict(lambda: defaultdict(list))
    for row in made_of:
        parts[row.dispute][row.part].append(known[_local(row.relation)])
    claims = graph.query("contradiction/dispute-sides", **given)
    heads: dict[str, list[tuple[int, str, int, str]]] = defaultdict(list)
    for row in titled:
        heads[row.dispute].append((row.side, row.held, row.voices, row.title))
    return tuple(
        DisputeRecord(
            _local(address),
            sides[0][3],
            tuple((held, voices, _of_side(claims, address, side)) for side, held, voices, _ in sides),
            {name: _ranked(found) for name, found in parts[address].items()},
        )
        for address, sides in heads.items()
    )


def ungathered(graph: ClaimsGraph) -> bool:
    """Return whether a graph has contradictions or rivals, but no disputes: it has too many claims to gather them."""
    return not _any(graph, f"?any a <{vocab.DISPUTE}>") and any(
        _any(graph, f"?any <{vocab.VERDICT}> <{vocab.VERDICTS[verdict.value]}>") for verdict in CLASHES
    )


def counts_by_verdict(graph: ClaimsGraph) -> Mapping[Verdict, int]:
    """Return how many relations of a graph have each verdict; a verdict that none has is left out."""
    text = f"SELECT ?found (COUNT(?any) AS ?times) WHERE {{ ?any <{vocab.VERDICT}> ?found }} GROUP BY ?found"
    return {Verdict(_local(row.found)): row.times for row in graph.query(text)}


def some_relations(graph: ClaimsGraph, verdict: Verdict, most: int) -> tuple[RelationRecord, ...]:
    """Return some relations of a verdict, whichever the store comes upon first: no other one is read.

    Those between different voices are preferred.
    """
    pattern = f"?any <{vocab.VERDICT}> <{vocab.VERDICTS[verdict.value]}>"
    across = f"{pattern} ; <{vocab.ACROSS_VOICES}> true"
    for each in (across, pattern):
        rows = graph.query(f"SELECT ?any WHERE {{ {each} }}", limit=most)
        if rows:
            named: dict[str, Any] = {"relation": " ".join(row.any for row in rows)}
            return _records(graph, graph.query("contradiction/relations", **named), named)
    return ()


def _any(graph: ClaimsGraph, pattern: str) -> bool:
    return len(graph.query(f"SELECT ?any WHERE {{ {pattern} }}", limit=1)) > 0


def _of_side(claims: Rows, dispute: str, side: int) -> Rows:
    kept = [
        terms for row, terms in zip(claims, claims.terms, strict=True) if (row.dispute, row.side) == (dispute, side)
    ]
    return Rows(claims.columns, tuple(kept))


def _ranked(found: Iterable[RelationRecord]) -> tuple[RelationRecord, ...]:
    """Return relations with the plainest first: the gravest verdict, least assumed."""
    return tuple(
        sorted(found, key=lambda each: (-each.relation.verdict.row, len(each.relation.assumes), each.relation.id))
    )


def _records(graph: ClaimsGraph, rows: Iterable[Any], given: Mapping[str, Any]) -> tuple[RelationRecord, ...]:
    """Return relations from their rows; `given` restricts to them what is read beside."""
    sides: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in graph.unordered("contradiction/relation-sides", **given):
        sides[row.relation][row.side].append(row.id)
    respects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    keys = {vocab.AVN + axis.name: axis.key for axis in graph.vocabulary.axes.values()}
    keys |= {address: name for name, address in vocab.RESPECTS.items()}
    for row in graph.unordered("contradiction/relation-respects", **given):
        respects[row.relation][row.part].append(keys.get(row.respect, _local(row.respect)))
    found = []
    for row in rows:
        named = respects[row.relation]
        decided, narrowed, assumed = (tuple(sorted(named[part])) for part in ("decided", "narrowed", "assumed"))
        verdict = Verdict(_local(row.withVerdict))
        a, b = (tuple(sorted(sides[row.relation][side])) for side in ("first", "second"))
        told = Relation(_local(row.relation), verdict, row.issue, a, b, decided, narrowed, assumed, row.rule, row.says)
        found.append(RelationRecord(told, row.acrossVoices, row.voices))
    return tuple(found)


def _verdict(words: str) -> Verdict:
    for verdict in Verdict:
        if verdict.value.casefold() == words.replace(" ", "").replace("-", "").casefold():
            return verdict
    raise QueryError(f"expected a verdict ({', '.join(Verdict)}), got {words!r}")


def _local(address: str) -> str:
    return address.rpartition("#")[2].rpartition("/")[2]
