"""A claim as a nanopublication follows the rules of nanopublications, and holds what the graph holds of it."""

import pyoxigraph as ox
import pytest

from avnkg import vocab
from avnkg.claims.model import Claim
from avnkg.claims.reading import Corpus, read_corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.library import Library
from avnkg.graph.nanopublication import nanopublication
from tests.conftest import ROOT

MINI = ROOT / "tests" / "mini"
PARTS = {"hasAssertion", "hasProvenance", "hasPublicationInfo"}


@pytest.fixture(scope="module")
def mini(vocabulary: Vocabulary) -> Corpus:
    """Return the tiny world."""
    return read_corpus((MINI / "corpus",), vocabulary, Library((MINI / "documents",)))


def published(claim: Claim, corpus: Corpus, vocabulary: Vocabulary) -> tuple[str, list[ox.Quad]]:
    """Return a claim's nanopublication as text and as quads."""
    document = next(each for each in corpus.documents if each.id == claim.document)
    text = nanopublication(claim, document, vocabulary)
    return text, list(ox.parse(text.encode("utf-8"), ox.RdfFormat.TRIG))


def test_each_claim_has_the_four_graphs_of_a_nanopublication(mini: Corpus, vocabulary: Vocabulary) -> None:
    for claim in mini.claims:
        _, quads = published(claim, mini, vocabulary)
        [head] = {quad.graph_name for quad in quads if quad.object == ox.NamedNode(vocab.NP + "Nanopublication")}
        named = [quad for quad in quads if quad.graph_name == head]
        [this] = {quad.subject for quad in named}
        assert {quad.predicate.value for quad in named} == {vocab.TYPE, *(vocab.NP + part for part in PARTS)}
        assert len(named) == 4, "exactly one of each"
        part = {quad.predicate.value.removeprefix(vocab.NP): quad.object for quad in named}
        graphs = {quad.graph_name for quad in quads}
        assert graphs == {head, *(part[name] for name in PARTS)}, "no quad stands outside, no graph is empty"
        assert len(graphs) == 4
        about = {name: [quad for quad in quads if quad.graph_name == part[name]] for name in PARTS}
        assert any(quad.subject == part["hasAssertion"] for quad in about["hasProvenance"])
        assert any(quad.subject == this for quad in about["hasPublicationInfo"])


def test_the_assertion_is_the_claim_s_own_triple_or_denial(mini: Corpus, vocabulary: Vocabulary) -> None:
    claims = {claim.id: claim for claim in mini.claims}

    def assertion(identity: str) -> set[str]:
        _, quads = published(claims[identity], mini, vocabulary)
        graph = f"{vocab.THING}nanopublication/{identity}#assertion"
        return {str(quad.triple) for quad in quads if quad.graph_name == ox.NamedNode(graph)}

    avn = vocab.AVN
    assert assertion("gamma-institute/001") == {f"<{avn}Osteonecrosis> <{avn}hasMechanism> <{avn}ReducedBloodFlow>"}
    denial = assertion("alpha-travel/006")
    assert any("NegativePropertyAssertion" in triple for triple in denial)
    plain = f"<{avn}JointInjectionOfCells> <{avn}heals> <{avn}OsteonecroticLesion>"
    assert plain not in denial
    for identity in ("alpha-travel/003", "gamma-institute/003"):  # a report, and a withdrawn claim
        assert all("/proposition/" in triple.split()[0] for triple in assertion(identity))


def test_the_same_claim_is_the_same_bytes_without_a_date(mini: Corpus, vocabulary: Vocabulary) -> None:
    claim = mini.claims[0]
    assert published(claim, mini, vocabulary)[0] == published(claim, mini, vocabulary)[0]


def test_a_withdrawn_claim_says_so(mini: Corpus, vocabulary: Vocabulary) -> None:
    claim = next(claim for claim in mini.claims if claim.withdrawn)
    _, quads = published(claim, mini, vocabulary)
    assert any(quad.object == ox.NamedNode(vocab.AVN + "WithdrawnClaim") for quad in quads)
