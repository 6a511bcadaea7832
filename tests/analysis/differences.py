"""Where the engine and the oracle differ on a set of claims."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from avnkg.analysis.relations.relations import Relation, relate
from avnkg.claims.model import Claim
from avnkg.claims.vocabulary import Vocabulary
from tests.analysis.claimsets import shown
from tests.analysis.oracle import Judgement, judge

Judged = dict[frozenset[str], Judgement]
"""Judgements by the two claims that they are of."""


def expanded(relations: Sequence[Relation]) -> Judged:
    """Return what relations say of claims two by two; no two claims come up twice."""
    found: Judged = {}
    for relation in relations:
        judgement = Judgement(
            str(relation.verdict), relation.kind, relation.decided_by, relation.narrowed_by, relation.assumes
        )
        for pair in _pairs(relation):
            assert len(pair) == 2, f"{relation.id} judges a claim against itself: {sorted(pair)}"
            assert pair not in found, f"{sorted(pair)} come up twice, the second time in {relation.id}"
            found[pair] = judgement
    return found


def _pairs(relation: Relation) -> Iterator[frozenset[str]]:
    pairs = combinations(relation.a, 2) if relation.a == relation.b else product(relation.a, relation.b)
    return map(frozenset, pairs)


def judged(claims: Sequence[Claim], vocabulary: Vocabulary, voices: Mapping[str, str]) -> Judged:
    """Return what the oracle says of all claims two by two; voices are those of documents."""
    found = {}
    for a, b in combinations(claims, 2):
        judgement = judge(a, b, vocabulary, voices[a.document] == voices[b.document])
        if judgement:
            found[frozenset({a.id, b.id})] = judgement
    return found


def differences(claims: Sequence[Claim], vocabulary: Vocabulary, voices: Mapping[str, str]) -> list[str]:
    """Return what engine and oracle say differently, a pair each, with the claims as they are."""
    engine = expanded(relate(claims, vocabulary, voices))
    oracle = judged(claims, vocabulary, voices)
    known = {claim.id: claim for claim in claims}
    told = []
    for pair in sorted({*engine, *oracle}, key=sorted):
        if engine.get(pair) != oracle.get(pair):
            a, b = (known[each] for each in sorted(pair))
            voice = "one voice" if voices[a.document] == voices[b.document] else "two voices"
            told.append(
                f"{voice}\n  {shown(a)}\n  {shown(b)}\n  engine: {engine.get(pair)}\n  oracle: {oracle.get(pair)}"
            )
    return told
