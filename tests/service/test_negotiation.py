"""Accept: what is wanted most is given, what is refused is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avnkg.service.negotiation import best

OFFERS = ("application/sparql-results+json", "text/csv", "text/html")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, OFFERS[0]),
        ("", OFFERS[0]),
        ("*/*", OFFERS[0]),
        ("text/*", "text/csv"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV;Q=1", "text/csv"),
        ("text/csv;q=0.5, text/html", "text/html"),
        ("text/csv;q=0.5, */*;q=0.4", "text/csv"),
        ("*/*;q=0.9, text/csv;q=0.1", OFFERS[0]),
        ("application/sparql-results+json;q=0, */*", "text/csv"),
        ("text/*;q=0.9, text/csv;q=0", "text/html"),
        ("text/csv; charset=utf-8; q=0.3, text/html;q=0.2", "text/csv"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("text/csv;q=2", None),
        ("text/csv;q=nan", None),
        ("csv", None),
        (",,;;", None),
    ],
)
def test_the_wanted_format_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert best(accept, OFFERS) == chosen


@given(st.text(max_size=60))
def test_any_header_is_read(accept: str) -> None:
    assert best(accept, OFFERS) in (*OFFERS, None)
