"""Addresses are names of files on every system, tell things apart, and can be read back."""

from hypothesis import given
from hypothesis import strategies as st

from avnkg.views.pages import addresses as at

WORDS = st.text(min_size=0, max_size=30)


@given(WORDS)
def test_a_name_is_a_file_s_name_and_can_be_read_back(words: str) -> None:
    name = at.named(words)
    assert name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.~-")
    assert not name.startswith(".")
    assert at.read_name(name) == words


@given(WORDS, WORDS)
def test_two_names_are_two_files_where_case_does_not_count(one: str, other: str) -> None:
    a, b = (at.named(words, keep_case=False) for words in (one, other))
    assert (a.casefold() == b.casefold()) == (one == other)


def test_names_that_a_system_keeps_for_itself_are_not_used() -> None:
    for name in ("con", "NUL", "com1", "aux.txt", "..", ".", ""):
        assert at.named(name).startswith("~")


def test_links_are_relative() -> None:
    assert at.link("index.html", at.claim("a/001")) == "claim/a/001.html"
    assert at.link(at.claim("a/001"), at.claim("a/002")) == "002.html"
    assert at.link(at.claim("a/001"), at.concept("Knee")) == "../../concept/Knee.html"


def test_only_addresses_of_the_web_are_links_to_elsewhere() -> None:
    assert at.outside("javascript:alert(1)") == ""
    assert at.outside('https://example.org/"><script>') == "https://example.org/%22%3E%3Cscript%3E"
