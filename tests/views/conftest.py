"""The tiny world and the embedded corpus as graphs to draw."""

import pytest

from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.store import EmbeddedStore


@pytest.fixture(scope="session")
def mini_graph(mini_store: EmbeddedStore, vocabulary: Vocabulary) -> ClaimsGraph:
    """Return the tiny world."""
    return ClaimsGraph(mini_store, vocabulary)


@pytest.fixture(scope="session")
def our_graph(corpus_store: EmbeddedStore, vocabulary: Vocabulary) -> ClaimsGraph:
    """Return the embedded corpus."""
    return ClaimsGraph(corpus_store, vocabulary)
