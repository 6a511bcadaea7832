"""Cycles of comparisons: A better than B, B better than C, C better than A.

Two claims that turn a comparison round are a pair, and the relations' business; here are cycles of three and more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import networkx as nx

from avnkg.analysis.answers import HALF
from avnkg.analysis.conflicts.clusters import Cases, Signature
from avnkg.analysis.conflicts.statements import answer_of, predicate_of
from avnkg.claims.kinds import Takes
from avnkg.claims.model import Claim
from avnkg.claims.vocabulary import Vocabulary


@dataclass(frozen=True)
class Step:
    """One comparison on the way round: the better one, the other, and the claims that say so."""

    subject: str
    comparator: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Cycle:
    """Comparisons that lead back to where they began, on one endpoint; the first step has the smallest subject."""

    predicate: str
    endpoint: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Cycles:
    """The cycles found, and whether all were looked at."""

    cycles: tuple[Cycle, ...]
    whole: bool


def cycles_of(
    claims: Iterable[Claim], vocabulary: Vocabulary, cases: Cases, most: int, in_time: Callable[[], bool]
) -> Cycles:
    """Return the cycles of three and more comparisons among claims that can be about one case.

    Facts count that hold in most cases or more. At most so many cycles are looked at, and none when time is over.
    """
    asked: dict[tuple[str, str | None], list[Claim]] = defaultdict(list)
    for claim in claims:
        if _compares(claim, vocabulary):
            for predicate in _above(claim.proposition.predicate, vocabulary):
                asked[predicate, claim.proposition.endpoint].append(claim)
    found: dict[frozenset[tuple[str, str]], Cycle] = {}
    whole = True
    # The most exact predicate comes first: a cycle is told once.
    for (predicate, endpoint), compared in sorted(asked.items(), key=lambda item: (len(item[1]), str(item[0]))):
        signatures: Mapping[str, Signature] = {claim.id: cases.signature(claim, defined=False) for claim in compared}
        groups, all_groups = cases.groups(set(signatures.values()), most)
        whole = whole and all_groups
        for group in groups:
            steps: dict[tuple[str, str], list[Claim]] = defaultdict(list)
            for claim in compared:
                if signatures[claim.id] in group:
                    steps[claim.proposition.subject, claim.proposition.comparator or ""].append(claim)
            rounds, all_rounds = _rounds(steps, most, in_time)
            whole = whole and all_rounds
            for nodes in rounds:
                edges = list(zip(nodes, [*nodes[1:], nodes[0]], strict=True))
                told = tuple(Step(a, b, tuple(steps[a, b])) for a, b in edges)
                found.setdefault(frozenset(edges), Cycle(predicate, endpoint, told))
    return Cycles(tuple(found.values()), whole)


def _rounds(
    steps: Iterable[tuple[str, str]], most: int, in_time: Callable[[], bool]
) -> tuple[list[Sequence[str]], bool]:
    graph: nx.DiGraph[str] = nx.DiGraph(sorted(steps))
    found: list[Sequence[str]] = []
    looked = nx.simple_cycles(graph)
    for nodes in islice(looked, most * 10):
        if not in_time() or len(found) == most:
            return found, False
        if len(nodes) > 2:
            first = nodes.index(min(nodes))
            found.append([*nodes[first:], *nodes[:first]])
    return sorted(found, key=lambda nodes: (len(nodes), nodes)), next(looked, None) is None


def _compares(claim: Claim, vocabulary: Vocabulary) -> bool:
    predicate = predicate_of(claim, vocabulary)
    said = claim.proposition
    plain = not said.excludes and not said.subject_excludes and said.subject != said.comparator
    if claim.withdrawn is not None or predicate.takes is not Takes.COMPARISON or predicate.symmetric or not plain:
        return False
    given = answer_of(claim, vocabulary)
    return given is not None and given.affirms and given.low >= HALF


def _above(name: str, vocabulary: Vocabulary) -> list[str]:
    """Return a predicate of comparison and those above it."""
    above = vocabulary.ancestors.get(name, frozenset()) & vocabulary.predicates.keys()
    return sorted({name} | {other for other in above if vocabulary.predicates[other].takes is Takes.COMPARISON})
