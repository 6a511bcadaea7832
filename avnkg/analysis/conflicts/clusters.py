"""Which statements could clash at all: those that reach one concept, in scopes that one case can have.

Nothing is decided here. What reaches a concept is followed too far rather than not far enough, so that a theory may
be cut down to it before a reasoner is asked.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from avnkg.analysis.conflicts.statements import Statement, renamed
from avnkg.analysis.scopes import Meeting, Region, Scopes, regions
from avnkg.claims.kinds import Standing
from avnkg.claims.model import Claim, Condition, Scope
from avnkg.ontology.axioms import Apart, Axiom, Below, Clause, Guise, Has, Lacks, Means, Name, Narrower, One, Opposed

Signature = tuple[tuple[str, Region], ...]
"""Under which conditions a claim speaks, by axis in order; equal scopes are equal values."""


@dataclass(frozen=True)
class Cluster:
    """Statements that could clash in one case: the concepts it could be a case of, and what reaches them.

    `between` are the axioms of the ontology that may have a part in it.
    """

    concepts: frozenset[str]
    statements: frozenset[Axiom]
    between: frozenset[Axiom]


class Reach:
    """Follows axioms from a concept to all that may hold of its cases."""

    def __init__(self, ontology: Iterable[Axiom], stated: Iterable[Axiom]) -> None:
        """Index the axioms of an ontology and those of claims by the names that set them going."""
        self.stated = frozenset(stated)
        self._from: dict[Name, list[tuple[Axiom, Clause]]] = defaultdict(list)
        self._named_by: dict[Name, list[tuple[Axiom, Means]]] = defaultdict(list)
        self._below: dict[str, set[str]] = defaultdict(set)
        self._roles: list[tuple[Axiom, Narrower | Opposed | One]] = []
        for axiom in (*ontology, *self.stated):
            for clause in axiom.clauses:
                self._index(axiom, clause)

    def _index(self, axiom: Axiom, clause: Clause) -> None:
        match clause:
            case Narrower() | Opposed() | One():
                self._roles.append((axiom, clause))
                return
            case Apart(_, other):
                self._from[other].append((axiom, clause))
            case Below(one, other) if one.guise is Guise.CASE:
                self._below[other.concept].add(one.concept)
            case Means(one, kind, _):
                self._below[kind.concept].add(one.concept)
                self._named_by[kind].append((axiom, clause))
        self._from[clause.one].append((axiom, clause))

    def concepts(self) -> list[str]:
        """Return every concept that a claim speaks of, and every one below it, sorted."""
        left = [
            clause.one.concept
            for axiom in self.stated
            for clause in axiom.clauses
            if isinstance(clause, Below | Has | Lacks | Apart) and clause.one.guise is Guise.CASE
        ]
        found: set[str] = set()
        while left:
            current = left.pop()
            if current not in found:
                found.add(current)
                left.extend(self._below[current])
        return sorted(found)

    def module(self, concept: str, allowed: Collection[Axiom], *, trim: bool = False) -> frozenset[Axiom]:
        """Return the axioms that may make a concept impossible, of claims the allowed ones only; none when none can.

        With `trim` those are left out that lead to no clash: what is known to clash needs them not.
        """
        names, used, refusals = self._names(Name(Guise.CASE, concept), allowed)
        relations = {relation for _, clause in used for relation in _relations(clause)}
        roles = self._used_roles(relations)
        opposed = [clause for _, clause in roles if isinstance(clause, Opposed)]
        against = [(axiom, clause) for axiom, clause in refusals if clause.one in names and clause.other in names]
        if not against and not opposed:
            return frozenset()
        if trim:
            goals = {name for _, clause in against for name in (clause.one, clause.other)}
            if opposed:
                goals |= {name for name in names if name.guise is Guise.ONLY}
            used = _leading_to(goals, used)
        return frozenset(axiom for axiom, _ in (*used, *against, *roles))

    def _names(
        self, start: Name, allowed: Collection[Axiom]
    ) -> tuple[set[Name], list[tuple[Axiom, Clause]], list[tuple[Axiom, Apart | Lacks]]]:
        """Return all names reached, the clauses that led there, and those that could forbid something."""
        names: set[Name] = set()
        used: list[tuple[Axiom, Clause]] = []
        refusals: list[tuple[Axiom, Apart | Lacks]] = []
        waiting: list[tuple[Axiom, Means]] = []
        left = [start]
        while left:
            current = left.pop()
            if current in names:
                continue
            names.add(current)
            if current.guise is Guise.ONLY:
                left += [Name(Guise.KIND, current.concept), Name(Guise.WITHIN, current.concept)]
            for axiom, clause in self._from[current]:
                if axiom in self.stated and axiom not in allowed:
                    continue
                if isinstance(clause, Apart | Lacks):
                    refusals.append((axiom, clause))
                else:
                    used.append((axiom, clause))
                    left += _led_to(clause)
            waiting += self._named_by[current]
            if not left:
                # A name is reached from its meaning, once all of that is.
                for axiom, meaning in waiting:
                    if meaning.one not in names and all(value in names for _, value in meaning.relations):
                        used.append((axiom, meaning))
                        left.append(meaning.one)
        return names, used, refusals

    def _used_roles(self, relations: set[str]) -> list[tuple[Axiom, Clause]]:
        """Return what the ontology says of some relations and of all that these are part of."""
        found: list[tuple[Axiom, Clause]] = []
        left, known = list(relations), set(relations)
        while left:
            current = left.pop()
            for axiom, clause in self._roles:
                if isinstance(clause, Narrower) and clause.one == current:
                    found.append((axiom, clause))
                    if clause.other not in known:
                        known.add(clause.other)
                        left.append(clause.other)
        for axiom, clause in self._roles:
            both = isinstance(clause, Opposed) and {clause.one, clause.other} <= known
            if both or (isinstance(clause, One) and clause.relation in known):
                found.append((axiom, clause))
        return found


def _led_to(clause: Clause) -> tuple[Name, ...]:
    match clause:
        case Below(_, other) | Has(_, _, other):
            return (other,)
        case Means(_, kind, relations):
            return (kind, *(value for _, value in relations))
    return ()


def _relations(clause: Clause) -> tuple[str, ...]:
    match clause:
        case Has(_, relation, _):
            return (relation,)
        case Means(_, _, relations):
            return tuple(relation for relation, _ in relations)
    return ()


def _leading_to(goals: set[Name], used: Sequence[tuple[Axiom, Clause]]) -> list[tuple[Axiom, Clause]]:
    """Return the clauses that some names are reached by."""
    wanted = set(goals)
    kept: list[tuple[Axiom, Clause]] = []
    left = list(used)
    while True:
        wanted |= {Name(Guise.ONLY, name.concept) for name in wanted if name.guise in (Guise.KIND, Guise.WITHIN)}
        hits = [(axiom, clause) for axiom, clause in left if _wanted(clause, wanted)]
        if not hits:
            return kept
        kept += hits
        left = [each for each in left if each not in hits]
        for _, clause in hits:
            wanted.add(clause.one)  # type: ignore[union-attr, arg-type]
            if isinstance(clause, Means):
                wanted.update(_led_to(clause))


def _wanted(clause: Clause, wanted: set[Name]) -> bool:
    return any(name in wanted for name in _led_to(clause)) or (isinstance(clause, Means) and clause.one in wanted)


@dataclass(frozen=True)
class Cases:
    """Tells whether claims can be about the same case."""

    scopes: Scopes

    def signature(self, claim: Claim, *, defined: bool = True) -> Signature:
        """Return under which conditions a claim speaks, with what its subject's name means on the axes."""
        claim = renamed(claim, self.scopes.concepts.vocabulary)
        scope: Scope = claim.scope
        if defined:
            scope += tuple(self._defined(claim.proposition.subject))
        return tuple(sorted(regions(scope).items(), key=lambda placed: placed[0]))

    def _defined(self, subject: str) -> Iterable[Condition]:
        known = self.scopes.concepts.vocabulary.defined
        for name in sorted(self.scopes.concepts.names_above(subject) & known.keys()):
            for axis, value in sorted(known[name].values.items()):
                yield Condition(axis, Standing.DEFINITIONAL, (value,))

    def compatible(self, one: Signature, other: Signature) -> bool:
        """Tell whether no axis keeps two claims apart."""
        b = dict(other)
        return not any(axis in b and self.scopes.meet(a, b[axis]) is Meeting.DISJOINT for axis, a in one)

    def jointly(self, signatures: Collection[Signature]) -> bool:
        """Tell whether claims that are compatible two by two can be about one case: stages share an atom."""
        common: dict[str, frozenset[str]] = {}
        for signature in signatures:
            for axis, region in signature:
                atoms = self._atoms(region)
                if atoms:
                    common[axis] = common.get(axis, atoms) & atoms
        return all(common.values())

    def _atoms(self, region: Region) -> frozenset[str]:
        """Return the atoms that a region of stages may have, none for other regions."""
        covers = self.scopes.concepts.vocabulary.competition.covers
        parts = [
            frozenset().union(*(covers[name].possible for name in part if name in covers))
            for part in region.parts
            if isinstance(part, frozenset)
        ]
        known = [part for part in parts if part]
        # Conditions that shut each other out are about any of them.
        return frozenset.intersection(*known) or frozenset().union(*known) if known else frozenset()

    def groups(self, signatures: Collection[Signature], most: int) -> tuple[list[frozenset[Signature]], bool]:
        """Return the largest sets of signatures that are compatible two by two, and whether that is all of them."""
        graph: nx.Graph[Signature] = nx.Graph()
        graph.add_nodes_from(sorted(signatures, key=repr))
        graph.add_edges_from(pair for pair in combinations(graph, 2) if self.compatible(*pair))
        found: list[frozenset[Signature]] = []
        for clique in nx.find_cliques(graph):
            if len(found) == most:
                return found, False
            found.append(frozenset(clique))
        return found, True

    def assumed(self, signatures: Sequence[Signature]) -> tuple[str, ...]:
        """Return the axes that have to be taken as meant alike, for some claims to be about the same case.

        Those are the axes that not all state, or on which two meet without one lying in the other.
        """
        axes = sorted({axis for signature in signatures for axis, _ in signature})
        return tuple(axis for axis in axes if self._assumes([dict(each).get(axis) for each in signatures]))

    def _assumes(self, found: Sequence[Region | None]) -> bool:
        silent = (Meeting.ASSUMED, Meeting.A_SILENT, Meeting.B_SILENT)
        return any(self.scopes.meet(a, b) in silent for a, b in combinations(found, 2))


def clusters_of(
    statements: Sequence[Statement], reach: Reach, cases: Cases, most: int, in_time: Callable[[], bool] = lambda: True
) -> tuple[list[Cluster], bool]:
    """Return the clusters of some statements, and whether that is all: at most so many, and while time lasts."""
    claims = {statement.axiom: statement.claims for statement in statements}
    by_reach: dict[frozenset[Axiom], set[str]] = defaultdict(set)
    for concept in reach.concepts():
        if not in_time():
            return [], False
        reached = reach.module(concept, reach.stated) & reach.stated
        if reached:
            by_reach[reached].add(concept)
    found: dict[tuple[frozenset[Axiom], frozenset[str]], Cluster] = {}
    whole = True
    for reached, concepts in by_reach.items():
        if not in_time():
            return list(found.values()), False
        scoped: dict[Signature, set[Axiom]] = defaultdict(set)
        for axiom in reached:
            for claim in claims[axiom]:
                scoped[cases.signature(claim)].add(axiom)
        groups, all_groups = cases.groups(scoped.keys(), most)
        whole = whole and all_groups
        together = {frozenset().union(*(scoped[each] for each in group)) for group in groups}
        for part in sorted(together, key=lambda axioms: (-len(axioms), sorted(axiom.name for axiom in axioms))):
            if any(part < other for other in together):
                continue
            modules = {concept: reach.module(concept, part) for concept in concepts}
            possible = frozenset(concept for concept, module in modules.items() if module)
            between: frozenset[Axiom] = frozenset().union(*modules.values())
            stated = between & reach.stated
            if possible and stated:
                if len(found) == most:
                    return list(found.values()), False
                found[stated, possible] = Cluster(possible, stated, between - reach.stated)
    return list(found.values()), whole
