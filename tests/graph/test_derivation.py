"""What follows from many claims is what follows from few, but for disputes."""

from dataclasses import replace

import pytest

from avnkg.claims.model import Claim
from avnkg.claims.reading import Corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.build import Build
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.derivation import MANY, Kept
from avnkg.graph.relation_records import disputes, ungathered
from avnkg.graph.store import memory_store
from avnkg.views.terminal.disputes import NOT_GATHERED, disputes_view, none_told
from avnkg.views.terminal.overview import build_lines
from tests.benchmarks.generator import ClaimSet


def lines_of(kept: Kept, claims: list[Claim]) -> list[str]:
    """Return what follows from some claims, a line a triple."""
    assert list(kept.taken(iter(claims))) == claims
    return [line for chunk in kept.derived() for line in chunk.splitlines()]


@pytest.fixture(scope="module")
def made(vocabulary: Vocabulary) -> ClaimSet:
    """Return some made-up claims."""
    return ClaimSet(vocabulary, 400, voices=10)


class TestMany:
    """Claims that are too many to be kept."""

    def test_have_the_relations_that_few_have(self, made: ClaimSet, vocabulary: Vocabulary) -> None:
        claims = list(made)
        few = lines_of(Kept(made.documents, vocabulary, many=len(claims)), claims)
        many = lines_of(Kept(made.documents, vocabulary, many=len(claims) - 1), claims)
        assert len(set(many)) == len(many) > 1000
        assert set(few) - set(many) == {line for line in few if line.startswith("<https://w3id.org/avnkg/dispute/")}
        assert set(many) <= set(few)

    def test_of_the_corpus_too(self, embedded: Corpus, vocabulary: Vocabulary) -> None:
        claims = list(embedded.claims)
        few = lines_of(Kept(embedded.documents, vocabulary), claims)
        many = lines_of(Kept(embedded.documents, vocabulary, many=1), claims)
        assert {line for line in few if "/dispute/" not in line.partition(" ")[0]} == set(many)
        assert any("/dispute/" in line for line in few)

    def test_none_of_them_stays_in_memory(self, made: ClaimSet, vocabulary: Vocabulary) -> None:
        kept = Kept(made.documents, vocabulary, many=100)
        assert sum(1 for _ in kept.taken(made)) == len(made)
        held = [each for part in vars(kept).values() if isinstance(part, dict) for each in part.values()]
        assert held
        assert not any(isinstance(each, Claim) for each in held)


def test_no_claims_have_nothing_that_follows(vocabulary: Vocabulary) -> None:
    assert lines_of(Kept((), vocabulary), []) == []
    assert lines_of(Kept((), vocabulary, many=-1), []) == []


def test_a_build_of_many_claims_says_that_it_has_no_disputes() -> None:
    few = Build("key", "1", "folder", 1, MANY, MANY, 0, 1, (), (), None, False)
    many = replace(few, claims=MANY + 1)
    assert (few.with_disputes, many.with_disputes) == (True, False)
    assert [str(build_lines(each)[-1]) == NOT_GATHERED for each in (few, many)] == [False, True]


@pytest.mark.parametrize(("many", "apart"), [(400, False), (399, True)])
def test_a_graph_tells_whether_its_contradictions_stand_in_disputes(
    many: int, apart: bool, made: ClaimSet, vocabulary: Vocabulary
) -> None:
    lines = lines_of(Kept(made.documents, vocabulary, many=many), list(made))
    graph = ClaimsGraph(memory_store(f"{line}\n" for line in lines), vocabulary)
    assert ungathered(graph) is apart
    assert (disputes(graph) == ()) is apart
    assert (none_told(graph) == NOT_GATHERED) is apart


def test_a_graph_without_contradictions_has_none_to_gather(vocabulary: Vocabulary) -> None:
    graph = ClaimsGraph(memory_store(()), vocabulary)
    assert not ungathered(graph)
    assert str(disputes_view((), graph)) == "No claims contradict each other, and none are rivals."
