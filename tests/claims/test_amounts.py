"""The numbers that printed words hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avnkg.claims.amounts import missing_numbers, printed_numbers


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("$8,000 to $15,000", [8000, 15000]),
        ("80-95%", [80, 95]),
        ("1.5 hours", ["1.5"]),
        ("1,234,567.89", ["1234567.89"]),
        ("12,3456", [12, 3456]),
        ("twenty minutes", [20]),
        ("an hour", [1]),
        ("a single visit", [1]),
        ("in their thirties", [30, 39]),
        ("20s-50s", [20, 29, 50, 59]),
        ("mid-forties", [40, 49]),
        ("sixteen weeks", [16]),
        ("the $20s", [20]),
        ("no cost", [0]),
        ("٣ weeks", [3]),
        ("stage\u00a02", [2]),
        ("often", []),
        ("", []),
    ],
)
def test_numbers_are_read_as_a_reader_does(printed: str, numbers: list[int | str]) -> None:
    assert printed_numbers(printed) == {Decimal(number) for number in numbers}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_have_numbers_or_none(printed: str) -> None:
    assert all(number.is_finite() and number >= 0 for number in printed_numbers(printed))


@given(st.integers(0, 10**9), st.integers(0, 2), st.sampled_from(["{}", "${}", "{}%", "about {} weeks", "({})"]))
def test_a_number_that_is_printed_is_found_with_commas_and_without(whole: int, cents: int, form: str) -> None:
    number = Decimal(whole) + Decimal(cents) / 4
    for written in (format(number, "f"), format(number, ",f")):
        assert missing_numbers(form.format(written), number) == ()


def test_what_is_not_printed_is_told_times_its_factor() -> None:
    assert missing_numbers("80-95%", Decimal("0.8"), Decimal("0.9"), None, factor=100) == (Decimal("90"),)
