"""Who waits: clients in turn, and whose place is given to whom when all are taken."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avnkg.service.lines import Lines


@dataclass(frozen=True)
class One:
    """One that waits."""

    client: str
    number: int


def lines(clients: str, *, both_ends: bool = False) -> Lines[One]:
    """Return lines in which one waits for each letter, which is its client."""
    made: Lines[One] = Lines(both_ends=both_ends)
    for number, client in enumerate(clients):
        made.add(One(client, number))
    return made


def order(made: Lines[One]) -> str:
    """Take all out; return whose they are, with their numbers."""
    return " ".join(f"{one.client}{one.number}" for one in iter(made.next, None))


def test_clients_are_served_in_turn() -> None:
    assert order(lines("aaaabbc")) == "a0 b4 c6 a1 b5 a2 a3"


def test_a_line_is_served_from_both_ends_in_turn() -> None:
    assert order(lines("aaaaabb", both_ends=True)) == "a4 b6 a0 b5 a3 a1 a2"


def test_who_comes_later_waits_for_one_of_each_other() -> None:
    made = lines("aaaa")
    made.next()
    made.add(One("b", 9))
    assert order(made).startswith("a1 b9 a2")


def test_what_no_longer_waits_is_passed_over() -> None:
    made = lines("aab")
    made.remove(One("a", 0))
    made.remove(One("a", 7))
    made.remove(One("c", 0))
    assert (len(made), order(made)) == (2, "a1 b2")
    assert made.next() is None


@pytest.mark.parametrize(
    ("clients", "client", "place"),
    [("aaab", "c", 2), ("aaab", "b", 2), ("aaab", "a", None), ("aab", "b", None), ("ab", "c", None), ("", "a", None)],
)
def test_a_place_is_taken_from_who_has_most(clients: str, client: str, place: int | None) -> None:
    found = lines(clients).place_from(client)
    assert (found and found.number) == place


@given(st.text("abc", max_size=30), st.booleans())
def test_all_are_served_once(clients: str, both_ends: bool) -> None:
    made = lines(clients, both_ends=both_ends)
    assert len(made) == len(list(made)) == len(clients)
    assert sorted(one.number for one in iter(made.next, None)) == list(range(len(clients)))
