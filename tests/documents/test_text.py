"""Texts are read as they are, refused with reasons, and split without losing a character."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
import sentencex
from hypothesis import example, given
from hypothesis import strategies as st

from avnkg.documents.kinds import UnitKind
from avnkg.documents.text import LARGEST_TEXT, fingerprint, read_text, split, uncovered
from avnkg.errors import DocumentError

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PAGES = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" \n\r.?!-•*1)ab\t\u2028\x85\x1c\u00a0")),
    max_size=120,
)
_MARK = re.compile(r"\s*(?:[•*‣◦–-]|\d{1,3}[.)])\s")


@pytest.mark.parametrize(
    "text",
    ["a", "a\r\nb\rc\n", "\ufeffwith a mark", "stage\u00a02", "עברית \u202eabc\u202c", "🦴 bone 𝔄", "e\u0301 and é"],
)
def test_a_text_is_read_character_for_character(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("utf-8"))
    assert read_text(path) == text


def test_a_folder_instead_of_a_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_text(tmp_path)
    assert str(caught.value) == f"{tmp_path}: expected a text file, got a folder; name the file inside it"


def test_a_missing_text_is_told_with_the_systems_reason(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot read the text: No such file or directory"):
        read_text(tmp_path / "none.txt")


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", "\u00a0\u2003".encode()])
def test_an_empty_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"a\.txt: expected a text, got an empty file"):
        read_text(path)


def test_a_wrong_byte_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"good \xe9 bad")
    with pytest.raises(DocumentError) as caught:
        read_text(path)
    assert "expected UTF-8 text, got byte 0xe9 at byte 5" in str(caught.value)
    assert "save the text as UTF-8" in str(caught.value)


def test_a_text_of_fifty_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(DocumentError) as caught:
        read_text(path)
    assert f"at most {LARGEST_TEXT:,} bytes, got 50,000,000" in str(caught.value)
    assert "record each as a document of its own" in str(caught.value)


@given(ANY_TEXT)
def test_a_fingerprint_is_the_hash_of_the_utf8_bytes(words: str) -> None:
    assert fingerprint(words) == sha256(words.encode()).hexdigest()


@given(ANY_TEXT, ANY_TEXT)
def test_fingerprints_are_equal_for_equal_words_only(one: str, other: str) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other)


@example("*\r")
@example("1. \n\n- \n")
@example("• a\n•\nb")
@given(PAGES)
def test_units_hold_every_character_but_space_and_list_marks(text: str) -> None:
    covered = [False] * len(text)
    end = 0
    for span in split(text):
        assert end <= span.start < span.end <= len(text), "units are not empty and do not overlap"
        assert text[span.start : span.end] == text[span.start : span.end].strip(), "units begin and end with a word"
        covered[span.start : span.end] = [True] * (span.end - span.start)
        end = span.end
    start = 0
    for line in text.splitlines(keepends=True):
        mark = _MARK.match(line)
        first = start + (mark.end() if mark else 0)
        start += len(line)
        lost = [place for place in range(first, start) if not covered[place] and not text[place].isspace()]
        assert not lost, f"{text[lost[0]]!r} at {lost[0]} is in no unit"


@given(PAGES)
def test_the_units_of_any_text_leave_nothing_uncovered(text: str) -> None:
    assert uncovered(text, ((span.start, span.end) for span in split(text))) == ()


@pytest.mark.parametrize(
    ("text", "spans", "lost"),
    [
        ("One.\n- Two", [(0, 4)], ["Two"]),
        ("One.\n- Two", [(7, 10)], ["One."]),
        ("One - Two", [(0, 3), (6, 9)], ["-"]),
        ("1. One\n\n• \n2. Two", [(3, 6), (14, 17)], []),
        ("One two\nthree", [(0, 3)], ["two", "three"]),
    ],
)
def test_what_no_span_holds_is_told_but_for_marks_that_begin_a_line(
    text: str, spans: list[tuple[int, int]], lost: list[str]
) -> None:
    assert [text[start:end] for start, end in uncovered(text, spans)] == lost


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u3000", "\u202f", "\t"])
def test_odd_spaces_do_not_hinder_cutting(space: str) -> None:
    text = f"Hepatitis C{space}. It hurts."
    assert [text[span.start : span.end] for span in split(text)][-1].endswith("It hurts.")


def test_a_line_that_the_cutter_panics_at_is_one_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    panic = type("PanicException", (BaseException,), {})

    def fail(*_: object) -> None:
        raise panic

    monkeypatch.setattr(sentencex, "segment", fail)
    text = "It hurts. It heals."
    assert [(span.start, span.end) for span in split(text)] == [(0, len(text))]


def test_a_list_mark_without_an_item_makes_no_unit() -> None:
    assert [span.kind for span in split("- one\n-\t\n- two\n")] == [UnitKind.LIST_ITEM, UnitKind.LIST_ITEM]


def test_a_long_line_without_a_full_stop_is_prose_and_no_heading() -> None:
    [span] = split("bone " * 100)
    assert span.kind is UnitKind.SENTENCE


def test_rows_and_headings_are_told_apart_by_what_stands_around_them() -> None:
    text = "A heading\n\nA row | 1\nAnother row | 2\n\nA sentence. A question?\n\nIs it a question?\n"
    kinds = [(span.kind.value, text[span.start : span.end]) for span in split(text)]
    assert kinds == [
        ("heading", "A heading"),
        ("table-row", "A row | 1"),
        ("table-row", "Another row | 2"),
        ("sentence", "A sentence."),
        ("sentence", "A question?"),
        ("heading", "Is it a question?"),
    ]
