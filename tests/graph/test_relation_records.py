"""Relations read back out of a graph: whole, or some at a time."""

import pytest

from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import each_relation, relations
from avnkg.graph.store import EmbeddedStore


@pytest.mark.parametrize("at_a_time", [1, 7, 10_000])
def test_read_some_at_a_time_they_are_the_same_in_the_same_order(
    mini_store: EmbeddedStore, vocabulary: Vocabulary, at_a_time: int
) -> None:
    graph = ClaimsGraph(mini_store, vocabulary)
    assert tuple(each_relation(graph, at_a_time)) == relations(graph)


def test_of_the_embedded_corpus_too(corpus_store: EmbeddedStore, vocabulary: Vocabulary) -> None:
    graph = ClaimsGraph(corpus_store, vocabulary)
    assert tuple(each_relation(graph, 50)) == relations(graph)
