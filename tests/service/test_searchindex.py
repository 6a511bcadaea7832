"""The index: words, choices, counts, and lines as the portable table has them."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avnkg.claims.portable import line_of
from avnkg.claims.reading import Corpus, read_corpus
from avnkg.errors import NotFoundError, QueryError
from avnkg.graph.build import Build, current_build
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import relations
from avnkg.graph.store import open_store
from avnkg.ontology.reading import read_ontology
from avnkg.service.indexer import make_index
from avnkg.service.searchindex import FACETS, Choice, SearchIndex, bits_of, bytes_of, match_of
from avnkg.views.terminal.relations import relation_line

MOST = 10_000


def built(root: Path) -> Build:
    """Return the current build of a folder."""
    found = current_build(root)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def index(mini_root: Path) -> SearchIndex:
    """Return the index of the tiny world."""
    return make_index(built(mini_root))


@pytest.fixture(scope="module")
def mini(mini_root: Path) -> Corpus:
    """Return the claims of the tiny world."""
    given = built(mini_root).inputs
    return read_corpus(given.corpora, read_ontology().vocabulary, given.library)


def ids(index: SearchIndex, words: str = "", **values: tuple[str, ...]) -> list[str]:
    """Return the ids of the claims of a choice."""
    found = index.find(Choice(words, values), limit=MOST)
    assert found.total == len(found.shown)
    return [shown["id"] for shown in found.shown]


class TestWords:
    """Claims by words."""

    def test_are_found_in_the_quote_and_in_our_wording_in_any_case(self, index: SearchIndex) -> None:
        assert ids(index, "CRUTCHES") == ["alpha-travel/010", "beta-clinic/012"]
        assert "alpha-travel/003" in ids(index, "almost always GIVEN")

    def test_are_found_by_their_beginnings_in_any_order(self, index: SearchIndex) -> None:
        assert ids(index, "weeks crut") == ids(index, "crut weeks") == ["alpha-travel/010"]

    def test_must_all_be_there(self, index: SearchIndex) -> None:
        assert ids(index, "crutches insurers") == []

    @pytest.mark.parametrize(
        "words", ['"', "*", "AND", "NOT crutches", "quote:crutches", "(", "^", "+", "crutches)", "\0"]
    )
    def test_are_never_signs_of_the_index_own_language(self, index: SearchIndex, words: str) -> None:
        found = ids(index, words)
        assert "alpha-travel/010" in found or not found

    @given(words=st.text(max_size=60))
    def test_whatever_they_are_they_are_answered(self, index: SearchIndex, words: str) -> None:
        index.find(Choice(words), limit=5)

    def test_are_found_without_their_accents(self) -> None:
        assert match_of("Trépan") == '"trépan"*'

    def test_of_signs_alone_find_nothing(self, index: SearchIndex) -> None:
        assert ids(index, "?!") == []


class TestChoices:
    """Claims by what they can be chosen by."""

    def test_without_any_all_claims_come_in_reading_order_but_those_withdrawn(
        self, index: SearchIndex, mini: Corpus
    ) -> None:
        assert ids(index) == [claim.id for claim in mini.claims if claim.withdrawn is None]

    def test_kinds_of_a_procedure_are_included(self, index: SearchIndex) -> None:
        found = ids(index, procedure=("CoreDecompression",))
        assert {"alpha-travel/012", "alpha-travel/005"} <= set(found), "itself, and what is one with cells"

    def test_a_stage_is_found_in_the_scope(self, index: SearchIndex) -> None:
        assert "alpha-travel/008" in ids(index, stage=("EarlyStage",))

    def test_a_verdict_is_that_of_a_relation(self, index: SearchIndex) -> None:
        assert "alpha-travel/005" in ids(index, verdict=("Contradiction",))

    def test_of_several_values_one_must_fit_and_of_several_facets_all(self, index: SearchIndex) -> None:
        either = set(ids(index, force=("aims", "requires")))
        assert either == {*ids(index, force=("aims",)), *ids(index, force=("requires",))}
        assert set(ids(index, force=("aims", "requires"), document=("alpha-travel",))) == {
            each for each in either if each.startswith("alpha-travel/")
        }

    def test_a_value_that_nothing_has_finds_nothing(self, index: SearchIndex) -> None:
        assert ids(index, document=("nobody",)) == []

    def test_an_unknown_facet_is_refused(self, index: SearchIndex) -> None:
        with pytest.raises(QueryError, match="not by 'colour'"):
            ids(index, colour=("red",))

    def test_what_is_offered_tells_how_many_claims_there_would_be(self, index: SearchIndex) -> None:
        chosen = {"force": ("asserts",), "stance": ("affirms",)}
        offers = index.find(Choice("the", chosen), limit=1).offers
        for facet in FACETS:
            for offer in offers[facet]:
                values = {**chosen, facet: (offer.value,)}
                assert len(ids(index, "the", **values)) == offer.count, (facet, offer)

    def test_pages_of_claims_make_up_the_whole(self, index: SearchIndex) -> None:
        whole = ids(index)
        pages = [index.find(Choice(), limit=7, offset=offset).shown for offset in range(0, len(whole) + 7, 7)]
        assert [shown["id"] for page in pages for shown in page] == whole


class TestLines:
    """Claims and relations as programs read them."""

    def test_are_those_of_the_portable_table(self, index: SearchIndex, mini: Corpus) -> None:
        total, lines = index.lines(Choice(withdrawn=True), limit=MOST)
        assert total == len(lines)
        assert lines == [line_of(claim) for claim in mini.claims]
        assert [index.line(claim.id) for claim in mini.claims] == lines

    def test_a_claim_that_is_not_there_is_told(self, index: SearchIndex) -> None:
        with pytest.raises(NotFoundError, match="no claim 'a/1'"):
            index.line("a/1")

    def test_relations_are_those_of_the_graph(self, index: SearchIndex, mini_root: Path) -> None:
        graph = ClaimsGraph(open_store(built(mini_root).store), read_ontology().vocabulary)
        for verdict, across, about in product((None, "Contradiction"), (None, True, False), (None, "CellTherapy")):
            values = {"verdict": (verdict,)} if verdict else {}
            values |= {} if across is None else {"across": (str(across).lower(),)}
            expected = relations(graph, verdict=verdict, across=across, about=about)
            total, lines = index.relations(values, about, limit=MOST)
            assert lines == [relation_line(record.relation) for record in expected]
            assert total == len(expected)


@given(st.sets(st.integers(0, 500)))
def test_bits_are_kept_as_they_are(numbers: set[int]) -> None:
    bits = bits_of(numbers)
    assert {place for place in range(501) if bits >> place & 1} == numbers
    assert int.from_bytes(bytes_of(bits), "little") == bits
