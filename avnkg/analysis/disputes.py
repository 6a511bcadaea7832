"""Disputes: contradictions and rivals that belong together, what both sides agree on, and what scope dissolves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations

import networkx as nx

from avnkg.analysis.concepts import Concept, Concepts
from avnkg.analysis.independence import independent
from avnkg.analysis.relations.relations import Relation
from avnkg.analysis.verdicts import Verdict
from avnkg.claims.model import Claim, key

CLASHES = (Verdict.CONTRADICTION, Verdict.RIVAL)
"""Without one of these there is no dispute."""
_AT_ISSUE = (*CLASHES, Verdict.TENSION)
_SHARED = (Verdict.AGREEMENT, Verdict.REFINEMENT)
_DISSOLVED = (Verdict.SCOPE_DIFFERENCE, Verdict.QUALIFICATION)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: its claims in reading order, its voices, and how many of them are independent."""

    claims: tuple[str, ...]
    voices: tuple[str, ...]
    independent: int


@dataclass(frozen=True, slots=True)
class Issue:
    """What sides answer differently: of which subjects, by which predicate, with which objects. Names, or words.

    `subjects` are the most general ones. `objects` holds what things are compared with, too; amounts have none.
    """

    subjects: tuple[str, ...]
    predicate: str
    objects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute.

    Attributes:
        id: made from the contradictions and rivals in it.
        issues: what is answered differently: what is contradicted before what is only strained.
        sides: two, as a rule; the claims that stand against each other are on different ones.
        clashes: contradictions and rivals.
        tensions: what belongs to it and is no contradiction.
        common: on what different voices of it agree.
        dissolved: apparent conflicts between them which a condition, or an exception, explains.
        settling: axes that had to be taken as the same: if they were said, the dispute would be decided, or dissolve.
    """

    id: str
    issues: tuple[Issue, ...]
    sides: tuple[Side, ...]
    clashes: tuple[Relation, ...]
    tensions: tuple[Relation, ...]
    common: tuple[Relation, ...]
    dissolved: tuple[Relation, ...]
    settling: tuple[str, ...]

    @property
    def voices(self) -> tuple[str, ...]:
        """All voices of the dispute."""
        return tuple(dict.fromkeys(voice for side in self.sides for voice in side.voices))


@dataclass(frozen=True)
class Debate:
    """Claims with their relations, from which disputes are made."""

    claims: Mapping[str, Claim]
    relations: Sequence[Relation]
    heard: Mapping[str, str]
    concepts: Concepts = field(repr=False)

    def disputes(self) -> tuple[Dispute, ...]:
        """Return the disputes, those of most claims first."""
        at_issue = [relation for relation in self.relations if self._at_issue(relation)]
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(len(at_issue)))
        for one in range(len(at_issue)):
            for other in range(one):
                if self._belong_together(at_issue[one], at_issue[other]):
                    graph.add_edge(one, other)
        parts = [[at_issue[place] for place in sorted(part)] for part in nx.connected_components(graph)]
        found = [self._dispute(part) for part in parts if any(each.verdict in CLASHES for each in part)]
        return tuple(sorted(found, key=lambda dispute: (-_weight(dispute), dispute.id)))

    def _at_issue(self, relation: Relation) -> bool:
        """Tell whether a relation can be part of a dispute; what strains one voice alone is none of others."""
        return relation.verdict in CLASHES or (relation.verdict is Verdict.TENSION and len(self._heard(relation)) > 1)

    def _belong_together(self, one: Relation, other: Relation) -> bool:
        """Tell whether two relations share a claim, a sentence, or a subject (one may contain the other)."""
        claims, others = self._sides(one), self._sides(other)
        if claims & others:
            return True
        if any(self._same_sentence(x, y) for x in claims for y in others):
            return True
        return any(
            self.concepts.contains(x, y) or self.concepts.contains(y, x)
            for x in self._subjects(claims)
            for y in self._subjects(others)
        )

    def _dispute(self, part: Sequence[Relation]) -> Dispute:
        clashes = tuple(each for each in part if each.verdict in CLASHES)
        tensions = tuple(each for each in part if each.verdict is Verdict.TENSION)
        claims = self._in_order({claim for each in part for claim in self._sides(each)})
        subjects = self._subjects(claims)
        sides = self._opposed(part)
        others = [each for each in self.relations if each.verdict not in _AT_ISSUE]
        near = [each for each in others if self._joins(each, sides) and self._touches(each, subjects)]
        settling = sorted({axis for each in clashes for axis in each.assumes})
        return Dispute(
            key(*sorted(each.id for each in clashes))[:12],
            tuple(self._issues(_ranked(clashes) + _ranked(tensions))),
            sides,
            _ranked(clashes),
            _ranked(tensions),
            _ranked(each for each in near if each.verdict in _SHARED),
            _ranked(each for each in near if each.verdict in _DISSOLVED),
            tuple(settling),
        )

    def _issues(self, part: Iterable[Relation]) -> Iterator[Issue]:
        asked: dict[str, dict[Concept, list[str]]] = {}
        for claim in (claim for each in part for claim in (*each.a, *each.b)):
            said = self.claims[claim].proposition
            objects = asked.setdefault(said.predicate, {}).setdefault(Concept(said.subject, said.subject_excludes), [])
            objects += [name for name in (said.object, said.comparator) if name is not None]
        for predicate, found in asked.items():
            general = [one for one in found if not any(self.concepts.contains(it, one) for it in found if it != one)]
            subjects = sorted({each.name for each in general or found})
            objects = sorted({name for each in found.values() for name in each})
            yield Issue(tuple(subjects), predicate, tuple(objects))

    def _joins(self, relation: Relation, sides: Sequence[Side]) -> bool:
        """Tell whether a relation joins voices that stand on different sides of a dispute."""
        heard = [{self._voice(claim) for claim in claims} for claims in (relation.a, relation.b)]
        return any(
            heard[0].intersection(one.voices) - set(other.voices)
            and heard[1].intersection(other.voices) - set(one.voices)
            for one, other in permutations(sides, 2)
        )

    def _touches(self, relation: Relation, subjects: Iterable[Concept]) -> bool:
        """Tell whether all that a relation speaks of is what a dispute is about, a kind of it, or its kind."""
        spoken = self._subjects(self._sides(relation))
        return all(
            any(
                self.concepts.contains(x, y) or self.concepts.contains(y, x) or self.concepts.siblings(x, y)
                for y in subjects
            )
            for x in spoken
        )

    def _opposed(self, part: Sequence[Relation]) -> tuple[Side, ...]:
        """Return the sides: claims that clash stand apart, and a voice stays on one side where it can."""
        graph: nx.Graph[str] = nx.Graph()
        for relation in part:
            graph.add_edges_from((a, b) for a in relation.a for b in relation.b)
        first: dict[str, int] = {}
        placed: dict[str, int] = {}
        for component in sorted(nx.connected_components(graph), key=lambda each: (-len(each), min(each))):
            colours = self._coloured(graph.subgraph(component))
            kept = sum(first.get(self._voice(claim), side) == side for claim, side in colours.items())
            turned = 2 * kept < len(colours) and max(colours.values()) == 1
            for claim, side in colours.items():
                placed[claim] = 1 - side if turned else side
                first.setdefault(self._voice(claim), placed[claim])
        sides = []
        for side in sorted(set(placed.values())):
            claims = self._in_order(claim for claim, where in placed.items() if where == side)
            voices = tuple(dict.fromkeys(self._voice(claim) for claim in claims))
            sides.append(Side(claims, voices, independent((self.claims[claim] for claim in claims), self.heard)))
        return tuple(sides)

    def _coloured(self, graph: "nx.Graph[str]") -> dict[str, int]:
        """Return a colour for each claim of a connected part: two, or more where three clash with each other."""
        try:
            colours = nx.bipartite.color(graph)
        except nx.NetworkXError:
            in_order = self._in_order(graph)
            return dict(nx.greedy_color(graph, lambda given, colours: iter(in_order)))
        lowest = min(graph, key=lambda claim: self._place[claim])
        return {claim: colour ^ colours[lowest] for claim, colour in colours.items()}

    def _same_sentence(self, one: str, other: str) -> bool:
        a, b = self.claims[one], self.claims[other]
        return a.document == b.document and any(
            x.start < y.end and y.start < x.end for x in a.passages for y in b.passages
        )

    def _subjects(self, claims: Iterable[str]) -> list[Concept]:
        said = (self.claims[claim].proposition for claim in claims)
        return list(dict.fromkeys(Concept(each.subject, each.subject_excludes) for each in said))

    def _sides(self, relation: Relation) -> set[str]:
        return {*relation.a, *relation.b}

    def _heard(self, relation: Relation) -> set[str]:
        return {self._voice(claim) for claim in self._sides(relation)}

    def _voice(self, claim: str) -> str:
        return self.heard[self.claims[claim].document]

    def _in_order(self, claims: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(claims, key=lambda claim: self._place[claim]))

    @cached_property
    def _place(self) -> dict[str, int]:
        return {claim: place for place, claim in enumerate(self.claims)}


def _ranked(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Return relations in the order of the table of verdicts from its end: contradictions before rivals, then by id."""
    return tuple(sorted(relations, key=lambda each: (-each.verdict.row, len(each.assumes), each.id)))


def _weight(dispute: Dispute) -> int:
    return sum(len(side.claims) for side in dispute.sides)
