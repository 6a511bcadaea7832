"""What a graph tells of a claim is what was written of it."""

import pytest

from avnkg.claims.reading import Corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import NotFoundError
from avnkg.graph.description import Descriptions
from avnkg.graph.nanopublication import nanopublication
from avnkg.graph.store import EmbeddedStore


@pytest.mark.parametrize("preload", [True, False])
def test_a_claim_read_back_is_the_same_nanopublication(
    corpus_store: EmbeddedStore, embedded: Corpus, vocabulary: Vocabulary, preload: bool
) -> None:
    found = Descriptions(corpus_store)
    if preload:
        found.preload()
    documents = {document.id: document for document in embedded.documents}
    for claim in embedded.claims:
        assert found.nanopublication(claim.id) == nanopublication(claim, documents[claim.document], vocabulary)


def test_an_assertion_is_told_with_its_graph(mini_store: EmbeddedStore) -> None:
    told = Descriptions(mini_store).asserted("gamma-institute/001")
    assert "assertion:gamma-institute\\/001 {" in told
    assert "avn:Osteonecrosis avn:hasMechanism avn:ReducedBloodFlow" in told
    assert "@prefix oa:" not in told, "prefixes that are not used are left out"


def test_what_asserts_nothing_has_no_triple(mini_store: EmbeddedStore) -> None:
    assert Descriptions(mini_store).asserted("alpha-travel/003") == "", "a report"
    assert Descriptions(mini_store).asserted("gamma-institute/003") == "", "a withdrawn claim"


def test_a_claim_that_is_not_there_is_told(mini_store: EmbeddedStore) -> None:
    with pytest.raises(NotFoundError, match="there is no claim 'alpha-travel/999'"):
        Descriptions(mini_store).nanopublication("alpha-travel/999")
