"""Keys: one proposition, one key, however it is written down."""

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avnkg.claims.kinds import Basis, Force
from avnkg.claims.model import Claim, Proposition, Quantity, default_basis, key
from avnkg.claims.vocabulary import Vocabulary
from avnkg.ontology.reading import read_ontology
from tests.claims.reader import meant

NAMES = st.sampled_from(["CellTherapy", "CoreDecompression", "LesionInjection", "JointReplacement"])


def test_every_inverse_and_swapped_comparison_gives_the_same_proposition(vocabulary: Vocabulary) -> None:
    swapped = [predicate for predicate in vocabulary.predicates.values() if predicate.swapped]
    assert len(swapped) > 5
    for predicate in swapped:
        assert predicate.written_as
        other = "comparator" if predicate.takes == "comparison" else "object"
        one: dict[str, Any] = {
            "subject": "CellTherapy",
            "predicate": predicate.name,
            "object": None,
            other: "CoreDecompression",
        }
        two: dict[str, Any] = {
            "subject": "CoreDecompression",
            "predicate": predicate.written_as,
            "object": None,
            other: "CellTherapy",
        }
        first = meant(vocabulary, **one, except_=["Pain"], subjectExcept=["Knee"]).proposition
        second = meant(vocabulary, **two, except_=["Knee"], subjectExcept=["Pain"]).proposition
        assert first == second
        assert first.key == second.key
        assert first.key != meant(vocabulary, **{**one, "predicate": predicate.written_as}).proposition.key


@given(st.lists(NAMES, min_size=1), st.randoms())
def test_the_order_of_names_does_not_matter_nor_do_repetitions(names: list[str], random: Random) -> None:
    vocabulary = read_ontology().vocabulary
    shuffled = [*names, names[0]]
    random.shuffle(shuffled)
    one, two = (meant(vocabulary, except_=order, subjectExcept=order) for order in (names, shuffled))
    assert one == two
    assert one.proposition.key == two.proposition.key


def test_the_order_of_axes_and_their_values_does_not_matter(vocabulary: Vocabulary) -> None:
    one = meant(vocabulary, scope={"stage": ["Stage2", "Stage1"], "guidance": "NoGuidance"})
    two = meant(vocabulary, scope={"guidance": ["NoGuidance"], "stage": ["Stage1", "Stage2", "Stage1"]})
    assert one == two
    parts = [{"all": ["LateStage", ["Stage3", "Stage4"]]}, {"all": [["Stage4", "Stage3"], "LateStage"]}]
    assert meant(vocabulary, scope={"stage": parts[0]}) == meant(vocabulary, scope={"stage": parts[1]})


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "LesionInjection"},
        {"predicate": "prevents"},
        {"object": "Pain"},
        {"endpoint": "Pain"},
        {"except_": ["Pain"]},
        {"subjectExcept": ["Pain"]},
        {"comparator": "Pain"},
    ],
)
def test_what_is_said_tells_propositions_apart(vocabulary: Vocabulary, change: dict[str, str]) -> None:
    assert meant(vocabulary).proposition.key != meant(vocabulary, **change).proposition.key


@pytest.mark.parametrize(
    "change",
    [
        {"stance": "denies"},
        {"force": "reports"},
        {"scope": {"stage": "Stage1"}},
        {"frequency": {"printed": "words", "hedge": "most"}},
        {"note": "x"},
        {"withdrawn": "x"},
    ],
)
def test_who_says_it_and_how_does_not(vocabulary: Vocabulary, change: dict[str, Any]) -> None:
    assert meant(vocabulary).proposition.key == meant(vocabulary, **change).proposition.key
    assert meant(vocabulary) != meant(vocabulary, **change)


def test_an_amount_is_part_of_what_is_said_but_its_print_is_not(vocabulary: Vocabulary) -> None:
    def price(**quantity: str) -> Proposition:
        given = {"printed": "$5 to €5.0", "low": "5", "unit": "USD", **quantity}
        return meant(vocabulary, "$5 to €5.0 or $5", predicate="price", object=None, quantity=given).proposition

    assert price().key == price(low="5.00", printed="$5").key
    assert len({price().key, price(unit="EUR").key, price(of="visit").key, price(high="5").key}) == 4


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])) | st.none(), max_size=4), st.data())
def test_equal_keys_have_equal_parts(parts: list[str | None], data: st.DataObject) -> None:
    other = data.draw(st.lists(st.text(st.characters(exclude_categories=["Cs"])) | st.none(), max_size=4))
    assert (key(*parts) == key(*other)) == (parts == other)
    assert len(key(*parts)) == 20


@pytest.mark.parametrize(
    ("change", "marked"),
    [
        ({}, False),
        ({"scope": {"stage": "Stage1"}}, True),
        ({"inherited": {"stage": "Stage1"}}, True),
        ({"frequency": {"printed": "words", "hedge": "always"}}, True),
        ({"except_": "Pain"}, True),
        ({"subjectExcept": "Pain"}, True),
        ({"endpoint": "Pain"}, True),
        ({"comparator": "CoreDecompression"}, True),
    ],
)
def test_a_triple_that_says_more_than_the_words_is_marked(
    vocabulary: Vocabulary, change: dict[str, Any], marked: bool
) -> None:
    assert meant(vocabulary, **change).under_conditions is marked


def test_reports_goals_cases_adverts_and_withdrawn_claims_bear_no_triple(vocabulary: Vocabulary) -> None:
    bearing = {force for force in Force if meant(vocabulary, force=force).triple_bearing}
    assert bearing == set(Force) - {Force.AIMS, Force.REPORTS, Force.RECOUNTS, Force.ADVERTISES}
    claim: Claim = replace(meant(vocabulary), withdrawn="read wrongly")
    assert not claim.triple_bearing


def test_a_basis_that_is_left_out_is_what_the_force_shows() -> None:
    shown = {force: default_basis(force) for force in Force}
    assert shown.pop(Force.DESCRIBES) is Basis.PROCEDURE
    assert shown.pop(Force.RECOUNTS) is Basis.CASE
    assert set(shown.values()) == {Basis.UNTRACEABLE}


def test_one_number_has_one_spelling() -> None:
    spelt = {Quantity("x", Decimal(low), None, "USD").parts for low in ("1", "1.0", "1.00", "1E0")}
    assert len(spelt) == 1
