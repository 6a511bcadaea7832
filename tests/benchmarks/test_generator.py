"""The made-up claims are as asked for, and their graph is as sound as one of real claims. Nothing here is timed."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice, pairwise

import pyoxigraph as ox
import pytest

from avnkg.claims.kinds import Stance, Standing
from avnkg.claims.model import Claim
from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.ontology_quads import ontology_quads
from avnkg.graph.quads import QuadWriter
from avnkg.graph.queries import Query, query_library
from avnkg.graph.store import EmbeddedStore, memory_store
from avnkg.ontology.reading import read_ontology
from tests.benchmarks.generator import MOST_SCOPES, VOICES, ClaimSet

SIZE = 4000
IN_GRAPH = 1000
_CHECKS = {name: query for name, query in query_library().items() if name.startswith("checks/")}


@pytest.fixture(scope="module")
def claim_set() -> ClaimSet:
    """Return a small set of claims."""
    return ClaimSet(read_ontology().vocabulary, SIZE)


@pytest.fixture(scope="module")
def claims(claim_set: ClaimSet) -> tuple[Claim, ...]:
    """Return its claims."""
    return tuple(claim_set)


@pytest.fixture(scope="module")
def store(claim_set: ClaimSet) -> EmbeddedStore:
    """Return the graph of a smaller set, with the ontology and the records."""
    return memory_store(_lines(ClaimSet(claim_set.vocabulary, IN_GRAPH)))


def _lines(claim_set: ClaimSet) -> Iterator[str]:
    writer = QuadWriter(claim_set.vocabulary)
    yield from ontology_quads(read_ontology())
    for document in claim_set.documents:
        yield from writer.document(document)
    yield from writer.claims(claim_set, claim_set.documents)


def _digest(claims: Iterator[Claim]) -> str:
    digest = sha256()
    for claim in claims:
        digest.update(repr(claim).encode())
    return digest.hexdigest()


def test_same_seed_same_claims_and_records(claim_set: ClaimSet, claims: tuple[Claim, ...]) -> None:
    again = ClaimSet(claim_set.vocabulary, SIZE)
    assert tuple(again) == claims
    assert again.documents == claim_set.documents


def test_names_are_drawn_from_a_sorted_list(claim_set: ClaimSet) -> None:
    """Never from a set: its order differs from process to process."""
    names = claim_set.questions.names("Degree")
    assert names == tuple(sorted(names))
    assert names


def test_another_seed_gives_other_claims(claim_set: ClaimSet) -> None:
    other = ClaimSet(claim_set.vocabulary, 200, seed=2)
    assert _digest(iter(other)) != _digest(iter(ClaimSet(claim_set.vocabulary, 200)))


def test_claims_are_made_when_asked_for(claim_set: ClaimSet) -> None:
    """A set far too large to be held gives its first claims, and any other, at once."""
    large = ClaimSet(claim_set.vocabulary, 1_000_000)
    assert len(list(islice(large, 10))) == 10
    assert large.claim(999_999).document == f"voice-{VOICES:03}"


def test_a_claim_can_be_made_apart_from_those_before_it(claim_set: ClaimSet, claims: tuple[Claim, ...]) -> None:
    assert [claim_set.claim(number) for number in (3999, 17, 2500)] == [claims[3999], claims[17], claims[2500]]


def test_ids_are_unique_and_voices_take_turns(claim_set: ClaimSet, claims: tuple[Claim, ...]) -> None:
    assert len({claim.id for claim in claims}) == len(claim_set) == SIZE
    spoken = Counter(claim.document for claim in claims)
    assert set(spoken) == {document.id for document in claim_set.documents}
    assert set(spoken.values()) == {SIZE // VOICES}


def test_questions_are_a_fortieth_of_the_claims_and_asked_by_zipf(claim_set: ClaimSet) -> None:
    questions = claim_set.questions
    assert questions.count == SIZE // 40
    drawn = Counter(questions.drawn(number / SIZE).rank for number in range(SIZE))
    whole = sum(1 / rank for rank in range(1, questions.count + 1))
    for rank in (0, 1, 9, 99):
        assert drawn[rank] == pytest.approx(SIZE / (rank + 1) / whole, abs=1)


def test_every_question_is_another(claim_set: ClaimSet) -> None:
    questions = ClaimSet(claim_set.vocabulary, 400_000).questions
    said = {questions.ranked(rank).said for rank in range(questions.count)}
    assert len(said) == questions.count == 10_000


def test_names_that_do_not_suffice_are_told(claim_set: ClaimSet) -> None:
    questions = ClaimSet(claim_set.vocabulary, 10**9).questions
    with pytest.raises(ValueError, match="has not names enough for 25,000,000 questions"):
        questions.ranked(questions.count - 1)


def test_a_question_has_at_most_thirty_scopes_one_of_them_empty(claims: tuple[Claim, ...]) -> None:
    scopes = defaultdict(set)
    for claim in claims:
        scopes[claim.proposition].add(claim.scope)
    assert max(map(len, scopes.values())) <= MOST_SCOPES
    assert max(map(len, scopes.values())) > MOST_SCOPES / 2
    assert () in scopes[claims[0].proposition]


def test_forces_shares_degrees_and_scopes_are_as_frequent_as_in_life(claims: tuple[Claim, ...]) -> None:
    def share(found: list[Claim]) -> float:
        return len(found) / SIZE

    assert share([claim for claim in claims if claim.frequency]) == pytest.approx(0.23, abs=0.03)
    assert share([claim for claim in claims if claim.degree]) == pytest.approx(0.055, abs=0.02)
    assert share([claim for claim in claims if claim.scope]) == pytest.approx(0.42, abs=0.05)
    assert share([claim for claim in claims if claim.triple_bearing]) == pytest.approx(0.82, abs=0.03)
    assert share([claim for claim in claims if claim.stance is Stance.DENIES]) == pytest.approx(0.1, abs=0.06)
    standings = Counter(condition.standing for claim in claims for condition in claim.scope)
    assert standings[Standing.STATED] > standings[Standing.INHERITED] > 0
    assert {claim.proposition.quantity is None for claim in claims} == {True, False}
    assert any(claim.proposition.comparator for claim in claims)
    assert any(claim.proposition.subject_excludes for claim in claims)


def test_all_names_are_of_the_ontology(claim_set: ClaimSet, claims: tuple[Claim, ...]) -> None:
    vocabulary: Vocabulary = claim_set.vocabulary
    for claim in claims:
        said = claim.proposition
        values = [(axis.range, value) for c in claim.scope for axis in [vocabulary.axes[c.axis]] for value in c.any_of]
        assert all(vocabulary.is_a(value, kind) for kind, value in values)
        assert said.predicate in vocabulary.predicates
        other = said.comparator if said.predicate == "alsoCalled" else said.object or said.comparator
        named = (said.subject, other, said.endpoint, *said.subject_excludes)
        assert all(vocabulary.knows(name) for name in named if name is not None)


def test_passages_hold_their_words_and_what_is_printed(claim_set: ClaimSet, claims: tuple[Claim, ...]) -> None:
    lengths = {document.id: document.length for document in claim_set.documents}
    for claim in claims:
        words = "\n".join(passage.exact for passage in claim.passages)
        quantity = claim.proposition.quantity
        for part in (claim.frequency, claim.degree, quantity):
            assert part is None or part.printed in words
        assert claim.appeal is None or claim.appeal in words
        for passage in claim.passages:
            assert passage.end - passage.start == len(passage.exact)
            assert passage.end <= lengths[claim.document]
            assert passage.sha256 == sha256(passage.exact.encode()).hexdigest()


def test_passages_of_a_document_do_not_overlap(claims: tuple[Claim, ...]) -> None:
    first = sorted((p.start, p.end) for claim in claims if claim.document == "voice-001" for p in claim.passages)
    assert all(end <= start for (_, end), (start, _) in pairwise(first))


def test_the_graph_has_every_claim_with_its_one_proposition(store: EmbeddedStore) -> None:
    answer = store.query(
        "PREFIX avn: <https://w3id.org/avnkg/ontology#>"
        "SELECT (COUNT(*) AS ?n) WHERE { ?claim a avn:Claim ; avn:proposition ?said . ?said avn:subject ?about }"
    )
    assert isinstance(answer, ox.QuerySolutions)
    assert int(next(answer)["n"].value) == IN_GRAPH


def test_the_library_has_checks() -> None:
    assert _CHECKS


@pytest.mark.parametrize("check", _CHECKS.values(), ids=_CHECKS)
def test_the_graph_passes_every_check(check: Query, store: EmbeddedStore, claim_set: ClaimSet) -> None:
    answer = store.query(check.bound({}, claim_set.vocabulary))
    assert isinstance(answer, ox.QuerySolutions)
    assert list(islice(answer, 3)) == []


def test_scopes_may_be_spread_over_axes_half_of_them_unstated(vocabulary: Vocabulary) -> None:
    made = list(ClaimSet(vocabulary, 400, spread_over=6))
    axes = [{condition.axis for condition in claim.scope} for claim in made]
    assert {len(each) for each in axes} == {3}
    assert len(set().union(*axes)) == 6
