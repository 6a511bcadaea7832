"""What an entry means, and what is wrong with one that means nothing."""

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from avnkg.claims.kinds import Standing
from avnkg.claims.model import Condition
from avnkg.claims.vocabulary import Vocabulary
from tests.claims.reader import complaints, meant

SHARE = {"printed": "words"}
PRICE: dict[str, Any] = {"predicate": "price", "object": None}


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        (
            {"subject": "CelTherapy"},
            "UnknownTermError: subject: 'CelTherapy' is not in the ontology; did you mean Cell",
        ),
        ({"object": "Qzxv"}, "UnknownTermError: object: 'Qzxv' is not in the ontology; add it to ontology/avnkg.ttl"),
        ({"predicate": "heal"}, "UnknownTermError: predicate: 'heal' is not in the ontology; did you mean heals"),
        ({"predicate": "Pain"}, "UnknownTermError: predicate: 'Pain' is not a predicate; "),
        ({"subject": "heals"}, "ClaimError: subject: 'heals' is a predicate, not a concept; name what it joins"),
        ({"comparator": "X"}, "UnknownTermError: comparator: 'X' is not in the ontology"),
        ({"endpoint": "X"}, "UnknownTermError: endpoint: 'X' is not in the ontology"),
        ({"except_": "X"}, "UnknownTermError: except: 'X' is not in the ontology"),
        ({"subjectExcept": ["X"]}, "UnknownTermError: subjectExcept: 'X' is not in the ontology"),
        ({"object": None}, "ClaimError: object: heals takes `object`; give `object`"),
        ({"predicate": "price"}, "ClaimError: object: price takes `quantity`, not `object`; remove `object`"),
        (PRICE | {"quantity": {"printed": "w", "unit": "USD"}}, "ClaimError: quantity: an amount needs `low`, `high`"),
        ({"predicate": "alsoCalled", "except_": "Pain"}, "ClaimError: except: alsoCalled takes no concept that could"),
        ({"degree": {"value": "Pain", "printed": "words"}}, "ClaimError: degree.value: 'Pain' is not a degree; one of"),
        ({"degree": {"value": "X", "printed": "words"}}, "UnknownTermError: degree.value: 'X' is not in the ontology"),
        ({"degree": {"value": "Excellent", "printed": "x"}}, "ClaimError: degree.printed: the quote does not hold 'x'"),
        ({"appeal": "studies"}, "ClaimError: appeal: the quote does not hold 'studies'; give the words as printed"),
        ({"basis": "traceable"}, "ClaimError: basis: a traceable basis and `cites` go together; give both or neither"),
        ({"cites": "http://a/b"}, "ClaimError: basis: a traceable basis and `cites` go together; give both or neither"),
        ({"scope": {"stages": "Stage1"}}, "UnknownTermError: scope.stages: 'stages' is not an axis of scope; one of "),
        (
            {"scope": {"stage": "Stage9"}},
            "UnknownTermError: scope.stage: 'Stage9' is not in the ontology; did you mean",
        ),
        (
            {"inherited": {"stage": "Pain"}},
            "ClaimError: inherited.stage: Pain is no value of the axis stage: it is not",
        ),
        (
            {"frequency": SHARE},
            "ClaimError: frequency.printed: 'words' is not a known hedge; add `hedge:` with one of ",
        ),
        ({"frequency": SHARE | {"hedge": "x"}}, "ClaimError: frequency.hedge: 'x' is not a known hedge; add `hedge:`"),
        (
            {"frequency": SHARE | {"low": 0.8}},
            "ClaimError: frequency: the printed words 'words' do not hold 80%; number",
        ),
        (
            {"frequency": SHARE | {"low": 0, "high": 1}},
            "ClaimError: frequency: the printed words 'words' hold no share;",
        ),
        ({"frequency": SHARE | {"hedge": "most", "low": 0.9}}, "ClaimError: frequency: 'most' is read as 0.5 to 1"),
        ({"frequency": SHARE | {"hedge": "most", "of": "X"}}, "UnknownTermError: frequency.of: 'X' is not in the onto"),
        ({"frequency": SHARE | {"hedge": "most", "lowOpen": True}}, "ClaimError: frequency: `lowOpen` and `highOpen`"),
        ({"frequency": SHARE | {"hedge": "never"}}, "ClaimError: stance: affirms what holds in no case ('words'); wri"),
        (
            {"frequency": SHARE | {"hedge": "all"}, "stance": "denies"},
            "ClaimError: frequency: denies what holds in eve",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_field_and_what_to_do(
    vocabulary: Vocabulary, fields: dict[str, Any], complaint: str
) -> None:
    found = complaints(vocabulary, **fields)
    assert [one for one in found if one.startswith(complaint)], found
    assert all("; " in one for one in found), "each says what to do"


@pytest.mark.parametrize(
    ("printed", "fields", "complaint"),
    [
        ("$8,000", {"low": 800}, "quantity: the printed words '$8,000' do not hold 800; number and print must agree"),
        ("$8,000", {"low": 8000, "high": 9000}, "quantity: the printed words '$8,000' do not hold 9000"),
        ("€8", {"low": 8}, "quantity.unit: the printed words '€8' are in EUR, not in USD; unit and print must agree"),
        ("8", {"low": 8}, "quantity.unit: the printed words '8' do not say USD; unit and print must agree"),
        ("$2 to $1", {"low": 2, "high": 1}, "quantity: low 2 is above high 1; swap them"),
        ("8 yen", {"low": 8, "unit": "JPY"}, "quantity.unit: 'JPY' is not a unit; one of USD, EUR"),
        ("$8", {"low": 8, "basis": "X"}, "quantity.basis: 'X' is not in the ontology"),
    ],
)
def test_an_amount_and_its_print_agree(
    vocabulary: Vocabulary, printed: str, fields: dict[str, Any], complaint: str
) -> None:
    quantity = {"printed": printed, "unit": "USD", **fields}
    [found] = complaints(vocabulary, printed, **PRICE, quantity=quantity)
    assert f": {complaint}" in found


@pytest.mark.parametrize("printed", ["80%-70%", "70-80%"])
def test_a_share_that_no_case_can_have_is_refused(vocabulary: Vocabulary, printed: str) -> None:
    wrong = {"low": 0.8, "high": 0.7} if printed.startswith("80") else {"low": 0.7, "high": 0.7, "lowOpen": True}
    assert "no share lies between" in complaints(vocabulary, printed, frequency={"printed": printed, **wrong})[0]


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("technically", {"frequency": {"printed": "all", "hedge": "always"}}),
        ("It can't help.", {"frequency": {"printed": "can"}}),
        ("from $8,000", PRICE | {"quantity": {"printed": "$8", "low": 8, "unit": "USD"}}),
        ("after 12 weeks", {"scope": {"time": {"printed": "2 weeks", "low": 2, "unit": "week"}}}),
        ("understudies", {"appeal": "studies"}),
        ("also known as AVN", {"predicate": "alsoCalled", "object": "VN"}),
        ("also known as AVN", {"predicate": "termMeans", "object": "bone death"}),
    ],
)
def test_what_is_printed_stands_in_the_quote_as_whole_words(
    vocabulary: Vocabulary, words: str, fields: dict[str, Any]
) -> None:
    found = complaints(vocabulary, words, **fields)
    assert [one for one in found if "the quote does not hold" in one], found


def test_a_name_is_told_without_the_marks_and_the_case_of_the_sentence(vocabulary: Vocabulary) -> None:
    assert not complaints(vocabulary, 'means *bone* death."', predicate="termMeans", object="Bone death")


def test_an_inherited_amount_stands_elsewhere(vocabulary: Vocabulary) -> None:
    weeks = {"time": {"printed": "2 weeks", "low": 2, "unit": "week"}}
    assert not complaints(vocabulary, inherited=weeks)


@pytest.mark.parametrize(
    ("stance", "frequency", "right"),
    [
        ("affirms", {"printed": "most", "low": 0.8}, False),
        ("affirms", {"printed": "most", "low": 0.5, "lowOpen": True}, True),
        ("affirms", {"printed": "most", "hedge": "rare"}, False),
        ("affirms", {"printed": "most", "hedge": "not usually"}, False),
        ("denies", {"printed": "most", "hedge": "not usually"}, True),
        ("affirms", {"printed": "all", "hedge": "always"}, True),
    ],
)
def test_a_hedge_keeps_its_bounds(vocabulary: Vocabulary, stance: str, frequency: dict[str, Any], right: bool) -> None:
    assert (not complaints(vocabulary, frequency["printed"], stance=stance, frequency=frequency)) is right


@pytest.mark.parametrize("name", ["Claim", "Document", "Affirms", "Excellent", "subject", "MostHedge", "StageAxis"])
def test_a_term_of_the_model_is_no_concept(vocabulary: Vocabulary, name: str) -> None:
    for place in ("subject", "object", "comparator", "endpoint", "subjectExcept", "except_"):
        [fault] = complaints(vocabulary, **{place: name})
        assert f"{name!r} is a term of the model, not a concept; name what the words speak of" in fault
    assert "is a term of the model" in complaints(vocabulary, scope={"stage": name})[0]


@pytest.mark.parametrize("name", ["Regenexx", "Organization", "ARCOSystem", "Stage1", "Patient"])
def test_what_documents_speak_of_is_not_of_the_model(vocabulary: Vocabulary, name: str) -> None:
    assert name not in vocabulary.model
    assert not complaints(vocabulary, subject=name)


@pytest.mark.parametrize("source", ["Smith 2012", "javascript:x", "ftp://a/b", "http://a b", "doi:", "https://a/<b>"])
def test_a_source_is_an_address_or_a_doi(vocabulary: Vocabulary, source: str) -> None:
    with pytest.raises(ValidationError, match="pattern"):
        complaints(vocabulary, basis="traceable", cites=source)
    assert not complaints(vocabulary, basis="traceable", cites=["doi:10.1/x", "https://a/b?c=é"])


@pytest.mark.parametrize("number", ["٨", "1_000", "８"])
def test_numbers_are_written_in_plain_digits(vocabulary: Vocabulary, number: str) -> None:
    with pytest.raises(ValidationError, match="digits 0 to 9"):
        complaints(vocabulary, **PRICE, quantity={"printed": "$8", "low": number, "unit": "USD"})


def test_several_complaints_are_all_told(vocabulary: Vocabulary) -> None:
    found = complaints(vocabulary, subject="X", object="Y", scope={"z": "Stage1"}, appeal="none")
    assert [one.split(": ")[1] for one in found] == ["subject", "object", "appeal", "scope.z"]


def test_an_axis_of_both_kinds_is_told_where_the_wrong_value_stands(vocabulary: Vocabulary) -> None:
    found = complaints(vocabulary, scope={"stage": "Pain"}, inherited={"stage": "Stage1"})
    assert [one.split(": ")[1] for one in found] == ["scope.stage"]


def test_conditions_keep_where_they_come_from(vocabulary: Vocabulary) -> None:
    claim = meant(vocabulary, scope={"stage": "Stage1"}, inherited={"stage": ["Stage1", "Stage2"]})
    assert claim.scope == (
        Condition("stage", Standing.INHERITED, ("Stage1", "Stage2")),
        Condition("stage", Standing.STATED, ("Stage1",)),
    )


def test_in_an_open_vocabulary_an_unknown_name_stands_for_itself(vocabulary: Vocabulary) -> None:
    names: dict[str, Any] = {
        "subject": "My therapy",
        "predicate": "helps with",
        "object": "Schmerz",
        "scope": {"Alter": "über 60"},
    }
    assert complaints(replace(vocabulary, open=True), **names) == []
    claim = meant(replace(vocabulary, open=True), **names)
    assert claim.proposition.predicate == "helps with"
    assert [one.partition(":")[0] for one in complaints(vocabulary, **names)] == ["UnknownTermError"]


def test_in_an_open_vocabulary_the_known_names_keep_their_meaning(vocabulary: Vocabulary) -> None:
    opened = replace(vocabulary, open=True)
    assert meant(opened, predicate="treatedBy") == meant(vocabulary, predicate="treatedBy")
    assert "is not a predicate" in complaints(opened, predicate="Pain")[0]
