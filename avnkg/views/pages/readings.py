"""All claims as the tables need them: what each takes up, its conditions, and which claims stand against it.

They are lighter than cards, so that they are read for a hundred thousand claims too; an archive keeps them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from avnkg import vocab
from avnkg.analysis.verdicts import Verdict
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.claimcards import Term, named_term, voices
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.lines import Line
from avnkg.views.terminal.listing import claim_id


@dataclass(frozen=True, slots=True)
class Room:
    """How much a page of tables shows: so many claims of one thing said, so many things said in one respect."""

    claims: int
    answers: int


SMALL, LARGE = Room(12, 30), Room(3, 8)
"""In a graph that is small enough to be read at once, and in a larger one."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """What is said, without who says it: `excludes` are the names that an `any other …` as its subject leaves out."""

    address: str
    subject: Term
    predicate: Term
    object: Term | None = None
    comparator: Term | None = None
    endpoint: Term | None = None
    kind: str | None = None
    excludes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition of a claim: the key of its axis, values that are alternatives, and how they came there."""

    axis: str
    values: tuple[Term, ...]
    standing: str


@dataclass(frozen=True, slots=True)
class Opposed:
    """A claim that stands against another: the verdict, its id and document, and the reason in a sentence."""

    verdict: Verdict
    claim: str
    document: str
    across: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Objection:
    """What stands against some claims for one reason: the verdict, the reason in a sentence, and which claims."""

    verdict: Verdict
    sentence: str
    documents: tuple[str, ...]
    claims: tuple[str, ...]

    @property
    def dissolves(self) -> bool:
        """Whether both may hold."""
        return self.verdict in _DISSOLVED


def objections(opposed: Iterable[Opposed]) -> tuple[Objection, ...]:
    """Return what stands against some claims, each reason once, the gravest first and other voices before the own."""
    found: dict[tuple[Verdict, str], list[Opposed]] = defaultdict(list)
    for each in sorted(opposed, key=lambda each: (_GRAVEST.index(each.verdict), not each.across)):
        found[each.verdict, each.sentence].append(each)
    return tuple(
        Objection(
            verdict,
            sentence,
            tuple(dict.fromkeys(each.document for each in members)),
            tuple(dict.fromkeys(each.claim for each in members)),
        )
        for (verdict, sentence), members in found.items()
    )


_GRAVEST = (
    Verdict.CONTRADICTION,
    Verdict.RIVAL,
    Verdict.TENSION,
    Verdict.QUALIFICATION,
    Verdict.SCOPE_DIFFERENCE,
)
_DISSOLVED = frozenset({Verdict.SCOPE_DIFFERENCE, Verdict.QUALIFICATION})


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim in a table: as a line of a list, what it takes up, its conditions, and with which verdicts others stand
    against it.
    """

    line: Line
    proposition: Proposition
    amount: str | None = None
    limits: tuple[Limit, ...] = ()
    against: frozenset[Verdict] = frozenset()

    @property
    def id(self) -> str:
        """Its id."""
        return self.line.id

    @property
    def contested(self) -> bool:
        """Whether a claim contradicts it, gives a rival answer, or is in tension with it."""
        return not self.against <= _DISSOLVED

    @property
    def apart(self) -> bool:
        """Whether an opposite claim stands against it, and both may hold."""
        return not self.against.isdisjoint(_DISSOLVED)

    @property
    def conditional(self) -> str:
        """Hedge, and conditions beyond what a name means, in words; empty where there are none."""
        hedge = [f"“{self.line.how_often}”"] if self.line.how_often else []
        return "; ".join([*hedge, *([self.line.scope] if self.line.scope else [])])

    def values(self, axis: str) -> tuple[Term, ...]:
        """Return its values on an axis."""
        return tuple(value for limit in self.limits if limit.axis == axis for value in limit.values)


@dataclass(frozen=True)
class Readings:
    """All claims that count, in reading order.

    Attributes:
        claims: the claims.
        voices: for a document, whose voice it is.
        opposed: what stands against each claim, by its id; None where that is too much to read: then only the verdicts
            of each reading are known, and its page tells the rest.
    """

    claims: tuple[Reading, ...]
    voices: Mapping[str, str]
    opposed: Mapping[str, Sequence[Opposed]] | None

    @property
    def complete(self) -> bool:
        """Whether it is known who stands against a claim, and why."""
        return self.opposed is not None

    def heard(self, claims: Iterable[Reading]) -> int:
        """Return how many independent voices some claims have."""
        return len({self.voices[claim.line.document] for claim in claims})

    def objections(self, claims: Iterable[Reading]) -> tuple[Objection, ...]:
        """Return what stands against some claims; nothing where that is not known."""
        known = self.opposed or {}
        return objections(each for claim in claims for each in known.get(claim.id, ()))


def readings(archive: Archive) -> Readings:
    """Return the readings of all claims of an archive, each read once."""
    return archive.kept(_readings)


def room(archive: Archive) -> Room:
    """Return how much a page of tables shows; of the rest it tells how much it is."""
    return SMALL if archive.small else LARGE


def _readings(archive: Archive) -> Readings:
    graph = archive.graph
    said, scopes, column = _propositions(graph), _scopes(graph), _columns(graph)
    opposed = _all_opposed(graph) if archive.small else None
    against = _verdicts(graph) if opposed is None else _verdicts_of(opposed)

    def reading(claim: str) -> Reading:
        line = Line(
            claim_id(claim),
            _local(column["document"][claim]),
            column["says"][claim],
            column["quote"][claim],
            graph.label(column["stance"][claim]),
            graph.label(column["force"][claim]),
            column["frequencyPrinted"].get(claim),
            column["scopeTold"].get(claim),
        )
        limits = scopes.get(column["scope"].get(claim, ""), ())
        amount = column["quantityPrinted"].get(claim)
        return Reading(line, said[column["proposition"][claim]], amount, limits, frozenset(against.get(line.id, ())))

    order = column["number"]
    return Readings(tuple(map(reading, sorted(order, key=order.__getitem__))), voices(graph), opposed)


_RESPECTS = (
    *("number", "document", "proposition", "scope", "stance", "force", "says", "quote"),
    *("frequencyPrinted", "scopeTold", "quantityPrinted"),
)


def _columns(graph: ClaimsGraph) -> Mapping[str, Mapping[str, Any]]:
    """Return what each claim has in each respect: by respect, then by its address; quicker than claim by claim."""
    rows = {name: graph.unordered("provenance/respects", respect=f"avn:{name}") for name in _RESPECTS}
    return {name: {row.claim: row.value for row in found} for name, found in rows.items()}


def _all_opposed(graph: ClaimsGraph) -> Mapping[str, Sequence[Opposed]]:
    """Return what stands against each claim, by its id."""
    found: dict[str, list[Opposed]] = defaultdict(list)
    for row in graph.query("contradiction/opposed-claims"):
        against = Opposed(_verdict(row), claim_id(row.other), _local(row.document), row.acrossVoices, row.sentence)
        found[claim_id(row.claim)].append(against)
    return found


def _verdicts_of(opposed: Mapping[str, Sequence[Opposed]]) -> Mapping[str, set[Verdict]]:
    return {claim: {each.verdict for each in found} for claim, found in opposed.items()}


def _verdicts(graph: ClaimsGraph) -> Mapping[str, set[Verdict]]:
    """Return with which verdicts others stand against each claim, by its id; the pairs of claims may be millions."""
    found: dict[str, set[Verdict]] = defaultdict(set)
    for row in graph.unordered("contradiction/opposing-verdicts"):
        found[claim_id(row.claim)].add(_verdict(row))
    return found


def _verdict(row: Any) -> Verdict:
    return Verdict(row.verdict.title().replace(" ", ""))


def _propositions(graph: ClaimsGraph) -> dict[str, Proposition]:
    kinds: dict[str, str] = {}
    others: dict[str, set[str]] = defaultdict(set)
    for row in graph.query("provenance/residuals"):
        kinds[row.residual] = row.kind
        others[row.residual].add(row.other)

    def said(row: Any) -> Proposition:
        def term(role: str) -> Term | None:
            address = getattr(row, role)
            return None if address is None else named_term(address, getattr(row, f"{role}Label"), graph)

        return Proposition(
            row.proposition,
            named_term(row.subject, row.subjectLabel, graph),
            named_term(row.predicate, row.predicateLabel, graph),
            term("object"),
            term("comparator"),
            term("endpoint"),
            kinds.get(row.subject),
            frozenset(others.get(row.subject, ())),
        )

    return {row.proposition: said(row) for row in graph.query("provenance/propositions")}


def _scopes(graph: ClaimsGraph) -> dict[str, tuple[Limit, ...]]:
    keys = {vocab.AVN + axis.name: key for key, axis in graph.vocabulary.axes.items()}
    found: dict[str, dict[str, tuple[str, str, list[Term]]]] = defaultdict(dict)
    for row in graph.query("provenance/scopes"):
        axis = keys.get(row.axis, _local(row.axis))
        standing = row.standing.removesuffix(" value")
        values = found[row.conditions].setdefault(row.condition, (axis, standing, []))[2]
        values.append(named_term(row.value, row.valueLabel, graph))
    return {
        scope: tuple(Limit(axis, tuple(values), standing) for axis, standing, values in limits.values())
        for scope, limits in found.items()
    }


def _local(address: str) -> str:
    return address.rpartition("#")[2].rpartition("/")[2]
