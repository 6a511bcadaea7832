"""The numbers that printed words hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avnkg.claims.amounts import missing_numbers, printed_numbers, printed_shares, unit_fault


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
        ("٣ weeks", []),
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


def test_what_is_not_printed_is_told() -> None:
    assert missing_numbers("80-95%", Decimal(80), Decimal(90), None) == (Decimal(90),)


@pytest.mark.parametrize(
    ("printed", "shares"),
    [
        ("80-95%", [80, 95]),
        ("eighty percent", [80]),
        ("80 per cent", [80]),
        ("8 out of 10", [80]),
        ("two of every five", [40]),
        ("8-9 out of 10", [80, 90]),
        ("80", []),
        ("most of 0", []),
        ("8 times", []),
    ],
)
def test_a_share_needs_its_sign(printed: str, shares: list[int]) -> None:
    assert printed_shares(printed) == {Decimal(share) for share in shares}


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("$8,000", "USD"),
        ("US$8,000", "USD"),
        ("8,000 dollars", "USD"),
        ("EUR 8", "EUR"),
        ("£8", "GBP"),
        ("30-year-old", "year"),
        ("20s-50s", "year"),
        ("40", "year"),
        ("several days to a week", "week"),
        ("6weeks", "week"),
        ("3 sessions a week", "count"),
        ("one or more channels", "count"),
        ("80%", "percent"),
    ],
)
def test_a_unit_that_is_printed_is_taken(printed: str, unit: str) -> None:
    assert unit_fault(printed, unit) is None


@pytest.mark.parametrize(
    ("printed", "unit", "fault"),
    [
        ("$8,000", "EUR", "are in USD, not in EUR"),
        ("€8", "USD", "are in EUR, not in USD"),
        ("A$8", "USD", "do not say USD"),
        ("8,000", "USD", "do not say USD"),
        ("8 weeks", "year", "are in week, not in year"),
        ("6-8", "month", "do not say month"),
        ("$8", "count", "are in USD, not in count"),
        ("80%", "year", "are in percent, not in year"),
        ("today", "day", "do not say day"),
    ],
)
def test_a_unit_that_is_not_printed_is_told(printed: str, unit: str, fault: str) -> None:
    assert unit_fault(printed, unit) == fault
