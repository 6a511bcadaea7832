"""Every unit is accounted for once, and of a text that may not be copied not too much is quoted."""

import pytest

from avnkg.documents.account import account
from avnkg.documents.kinds import Copying, Reason, UnitKind
from avnkg.documents.model import Unit
from tests.documents.test_gate import document, unit

TEXT = "Why?\nBlood is short. Bone dies. The end is near."
UNITS = (
    unit(TEXT, "Why?", UnitKind.HEADING).model_copy(update={"none": Reason.QUESTION_HEADING}),
    unit(TEXT, "Blood is short."),
    unit(TEXT, "Bone dies."),
    unit(TEXT, "The end is near.").model_copy(update={"none": Reason.RHETORIC}),
)


def place(words: str) -> tuple[int, int]:
    """Return where some words stand."""
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_units_carry_claims_or_a_reason() -> None:
    found = account(document(TEXT), UNITS, [("001", [place("Blood")]), ("002", [place("Blood"), place("Bone")])])
    assert found.carrying == {1: ("001", "002"), 2: ("002",)}
    assert (found.silent, found.unaccounted, found.contradictory) == ((0, 3), (), ())
    assert found.complete
    assert found.reasons == {"question-heading": 1, "rhetoric": 1}


def test_a_unit_with_neither_is_unaccounted() -> None:
    found = account(document(TEXT), UNITS, [("001", [place("Blood")])])
    assert found.unaccounted == (2,)
    assert not found.complete


def test_a_unit_with_both_is_contradictory_but_a_heading_beside_its_answer_is_not() -> None:
    both = account(document(TEXT), UNITS, [("001", [place("Blood")]), ("002", [place("Bone"), place("The end")])])
    assert both.contradictory == (3,)
    beside = account(document(TEXT), UNITS, [("001", [place("Why?"), place("Blood")]), ("002", [place("Bone")])])
    assert beside.contradictory == ()


def test_quoted_characters_count_once_and_kept_headings_count() -> None:
    found = account(document(TEXT), UNITS, [("001", [place("Blood is")]), ("002", [place("is short")])])
    assert found.quoted == len("Why?") + len("Blood is short")
    assert found.share == found.quoted / len(TEXT)


@pytest.mark.parametrize(("copying", "held"), [(Copying.RESTRICTED, False), (Copying.FREE, True)])
def test_a_restricted_text_may_not_be_quoted_nearly_whole(copying: Copying, held: bool) -> None:
    record = document(TEXT).model_copy(update={"copying": copying})
    assert account(record, UNITS, [("001", [(0, len(TEXT))])]).share_held is held
    assert account(record, UNITS, [("001", [place("Bone")])]).share_held


def test_without_units_nothing_is_left_over() -> None:
    none: tuple[Unit, ...] = ()
    assert account(document(TEXT), none, []).complete


def test_claims_without_units_leave_the_whole_text_out() -> None:
    found = account(document(TEXT), (), [("001", [place("Blood")])])
    assert (found.missing, found.complete) == (((0, len(TEXT)),), False)


def test_a_stretch_that_no_unit_holds_is_missing_where_the_text_is_at_hand() -> None:
    quotes = [("001", [place("Blood")])]
    units = (UNITS[0], UNITS[1], UNITS[3])
    assert account(document(TEXT), units, quotes).complete
    found = account(document(TEXT), units, quotes, TEXT)
    assert (found.missing, found.complete) == ((place("Bone dies."),), False)
