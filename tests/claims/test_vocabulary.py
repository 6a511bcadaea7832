"""Names are found by name, label and synonym; near ones are offered, and never taken."""

import pytest

from avnkg.claims.kinds import Force, Stance
from avnkg.claims.vocabulary import Vocabulary


@pytest.mark.parametrize(
    "words", ["CoreDecompression", "core decompression", "  Core   Decompression ", "CORE DECOMPRESSION"]
)
def test_a_term_is_found_by_name_and_label_whatever_the_case(vocabulary: Vocabulary, words: str) -> None:
    assert vocabulary.find(words) == "CoreDecompression"


def test_every_label_and_synonym_finds_a_term(vocabulary: Vocabulary) -> None:
    for term in vocabulary.terms.values():
        assert vocabulary.find(term.name) == term.name
        for words in (term.label, *term.synonyms):
            assert vocabulary.find(words) in vocabulary.terms


def test_an_unknown_name_is_none_and_has_near_ones(vocabulary: Vocabulary) -> None:
    assert vocabulary.find("core decompresion") is None
    assert vocabulary.nearest("core decompresion")[0] == "CoreDecompression"
    assert vocabulary.nearest("prevent", vocabulary.predicates)[0] == "prevents"
    assert vocabulary.nearest("qqqqqqqq") == ()
    assert len(vocabulary.nearest("hip", count=2)) <= 2


def test_kinds_are_followed_upwards(vocabulary: Vocabulary) -> None:
    assert vocabulary.is_a("LesionInjection", "LesionInjection")
    assert vocabulary.is_a("LesionInjection", "CellTherapy")
    assert not vocabulary.is_a("CellTherapy", "LesionInjection")
    assert not vocabulary.is_a("none", "CellTherapy")


def test_every_advice_has_a_property_of_its_own_or_a_general_one(vocabulary: Vocabulary) -> None:
    for force in (Force.REQUIRES, Force.RECOMMENDS, Force.PERMITS):
        for stance in Stance:
            for predicate in (*vocabulary.predicates, "unknown"):
                assert vocabulary.advice_for(predicate, force, stance) in vocabulary.terms
