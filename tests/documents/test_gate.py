"""The quote gate: exact words at their exact place, or a message that says what is there instead."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avnkg.documents.gate import Gate
from avnkg.documents.kinds import UnitKind
from avnkg.documents.model import Document, Passage, Print, Unit
from avnkg.documents.text import CONTEXT, fingerprint
from avnkg.errors import QuoteError

TEXT = "It hurts.\n\nWhy?\n\nThe blood flow is poor. It hurts. Stage\u00a02 🦴 \u202ebidi\u202c ends.\n"


def document(text: str) -> Document:
    """Return the record of an invented text."""
    fields: dict[str, Any] = {
        "id": "a-page",
        "title": "A page",
        "publisher": "A Clinic",
        "kind": "clinic-blog",
        "licence": "none",
        "sha256": fingerprint(text),
        "length": len(text),
    }
    return Document.model_validate(fields)


def unit(text: str, words: str, kind: UnitKind = UnitKind.SENTENCE, at: int | None = None) -> Unit:
    """Return the unit of some words of a text."""
    place = text.index(words) if at is None else at
    shown = words if kind is UnitKind.HEADING else None
    return Unit(at=place, length=len(words), kind=kind, sha256=fingerprint(words)[:16], words=shown)


def gate(text: str, *units: Unit) -> Gate:
    """Return the gate of a text that is at hand."""
    return Gate(document(text), units, (), text)


def printed(passage: Passage) -> Print:
    """Return what is recorded of a passage."""
    return Print(at=passage.start, end=passage.end, sha256=passage.sha256, before=passage.before, after=passage.after)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200), st.data())
def test_any_stretch_of_any_text_is_found_anchored_and_by_its_fingerprint(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    anchored = gate(text)
    passage = anchored.passage(quote, start)
    assert (passage.exact, passage.start, passage.end) == (quote, start, end)
    assert passage.sha256 == sha256(quote.encode()).hexdigest()
    assert passage.before == fingerprint(text[max(0, start - CONTEXT) : start])[:16]
    assert passage.after == fingerprint(text[end : end + CONTEXT])[:16]
    without = replace(anchored, text=None, prints=(printed(passage),))
    assert without.passage(quote, start) == passage
    if text.count(quote) == 1 and text.find(quote, start + 1) < 0:
        assert anchored.places([quote]) == (start,)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=2, max_size=80), st.data())
def test_words_that_are_not_there_are_refused_with_text_and_without(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchored = gate(text)
    passage = anchored.passage(text[start:end], start)
    other = data.draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=end - start))
    without = replace(anchored, text=None, prints=(printed(passage),))
    if text[start : start + len(other)] != other:
        with pytest.raises(QuoteError):
            anchored.passage(other, start)
        with pytest.raises(QuoteError):
            without.passage(other, start)


def test_a_quote_off_by_one_is_refused_and_told_by_how_much() -> None:
    start = TEXT.index("blood")
    for wrong, shift in ((start + 1, "-1"), (start - 1, r"\+1"), (start - 3, r"\+3")):
        with pytest.raises(QuoteError, match=rf"stand at {start}: off by {shift}; run `avnkg documents anchor`"):
            gate(TEXT).passage("blood flow", wrong)


def test_a_quote_elsewhere_is_refused_with_what_is_there_and_the_nearest_words() -> None:
    with pytest.raises(QuoteError) as caught:
        gate(TEXT).passage("The blood flow is rich", 0)
    message = str(caught.value)
    assert "expected 'The blood flow is rich' at 0, got 'It hurts.\\n\\nWhy?\\n\\nThe b'" in message
    assert "the nearest words are 'The blood flow is poor' at 17; copy the words exactly" in message


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("Stage 2", "no-break space"),
        ("bidi ends", "bidirectional mark"),
        ("it hurts.", "capital"),
        ("It  hurts", "two spaces"),
        ("Stage\u00a02 \U0001f9b4 \u202dbidi", "another mark"),
    ],
)
def test_a_likeness_is_not_the_words(quote: str, there: str) -> None:
    with pytest.raises(QuoteError, match="the document does not say"):
        gate(TEXT).places([quote])


def test_what_does_not_print_is_shown_as_escapes() -> None:
    with pytest.raises(QuoteError) as caught:
        gate(TEXT).passage("Stage\u202f2", TEXT.index("Stage"))
    assert r"expected 'Stage\u202f2'" in str(caught.value)
    assert r"got 'Stage\xa02'" in str(caught.value)


def test_a_quote_past_the_end_is_refused() -> None:
    with pytest.raises(QuoteError, match=r"ends at 81, past the end of the document at 74"):
        gate(TEXT).passage("no such", len(TEXT))
    with pytest.raises(QuoteError, match="past the end of the document"):
        replace(gate(TEXT), text=None).passage("no such", 10**12)


def test_a_quote_that_stands_twice_is_refused_with_both_places() -> None:
    with pytest.raises(QuoteError) as caught:
        gate(TEXT).places(["It hurts"])
    assert "says 'It hurts' 2 times, first at 0 and 41; lengthen the quote" in str(caught.value)


def test_overlapping_places_of_a_quote_count_as_two() -> None:
    with pytest.raises(QuoteError, match="2 times, first at 0 and 1"):
        gate("aaa").places(["aa"])


def test_a_quote_that_is_nowhere_near_is_told_so() -> None:
    with pytest.raises(QuoteError, match="the document does not say 'zzzzzzzzzz'; nothing like it was found"):
        gate(TEXT).places(["zzzzzzzzzz"])


def test_an_answer_right_below_its_heading_may_stand_in_the_text_often() -> None:
    text = "No. Yes.\n\nDoes it work?\n\nNo. It does not."
    assert gate(text).places(["Does it work?", "No."]) == (text.index("Does"), text.rindex("No."))


def test_a_later_quote_is_taken_in_the_rest_of_the_unit_of_the_one_before() -> None:
    text = "Cells are given. Surgery is given and cells are given too."
    second = unit(text, "Surgery is given and cells are given too.")
    assert gate(text, second).places(["Surgery", "are given"]) == (17, text.rindex("are given"))
    twice = "Cells given. Surgery is given and given."
    with pytest.raises(QuoteError, match="3 times"):
        gate(twice, unit(twice, "Surgery is given and given.")).places(["Surgery", "given"])


def test_a_fingerprint_that_is_missing_or_of_other_words_is_refused() -> None:
    start = TEXT.index("blood")
    recorded = printed(gate(TEXT).passage("blood flow", start))
    without = Gate(document(TEXT), (), (recorded,), None)
    with pytest.raises(QuoteError, match=r"no fingerprint is recorded for 'It' at 0-2; get the text of a-page"):
        without.passage("It", 0)
    with pytest.raises(QuoteError, match=r"'blood FLOW' is not what was recorded at 21-31 \(SHA-256 .*recorded"):
        without.passage("blood FLOW", start)


@pytest.mark.parametrize("part", ["sha256", "before", "after"])
def test_a_recorded_fingerprint_must_agree_with_the_text_at_hand(part: str) -> None:
    passage = gate(TEXT).passage("blood flow", TEXT.index("blood"))
    wrong = printed(passage).model_copy(update={part: "0" * len(getattr(passage, part))})
    with pytest.raises(QuoteError, match="the fingerprint recorded for 21-31 is not that of 'blood flow'"):
        replace(gate(TEXT), prints=(wrong,)).passage("blood flow", passage.start)


def test_a_passage_knows_the_heading_it_stands_under() -> None:
    asked = gate(TEXT, unit(TEXT, "It hurts.", at=0), unit(TEXT, "Why?", UnitKind.HEADING))
    assert asked.passage("It hurts.", 0).heading == ""
    assert asked.passage("Why?", TEXT.index("Why?")).heading == "Why?"
    assert asked.passage("blood", TEXT.index("blood")).heading == "Why?"


CUT = (
    "Cells heal bone. They do not, we think, always help. It is, though not all of us agree here, proven. "
    "We can't fail."
)


def cuts(*quotes: str, denied: bool = False, text: str | None = CUT) -> list[str]:
    """Return what is wrong with where some quotes are cut."""
    sentences = [f"{sentence.strip('.')}." for sentence in CUT.split(". ")]
    asked = gate(CUT, *(unit(CUT, sentence) for sentence in sentences))
    passages = [asked.taken(CUT.index(quote), CUT.index(quote) + len(quote)) for quote in quotes]
    return [fault.problem for fault in replace(asked, text=text).cuts(passages, denied=denied)]


def test_a_quote_holds_whole_words() -> None:
    assert cuts("Cells heal") == cuts("heal bone.") == []
    assert cuts("ells heal") == ["the quote 'ells heal' cuts a word"]
    assert cuts("Cells hea") == ["the quote 'Cells hea' cuts a word"]
    assert cuts(", ") == ["the quote ', ' holds no word"]


def test_quotes_of_a_claim_follow_each_other() -> None:
    assert cuts("Cells", "bone") == []
    assert cuts("bone", "Cells") == ["the quote 'Cells' at 0 does not follow 'bone'"]
    assert cuts("Cells heal", "heal bone") == ["the quote 'heal bone' at 6 does not follow 'Cells heal'"]
    assert len(cuts("bone", "Cells", text=None)) == 1, "for this no text is needed"


def test_a_negation_between_two_quotes_is_quoted_too() -> None:
    assert cuts("They do", "always help") == ["a negation is left out between two quotes: ' not, we think, '"]
    assert cuts("We", "fail.") == ["a negation is left out between two quotes: ' can't '"]
    assert cuts("They do", "always help", denied=True) == []
    assert cuts("They do not", "always help") == []
    assert cuts("Cells heal", "always help") == [], "in another unit it speaks of something else"
    assert cuts("They do", "always help", text=None) == [], "without the text there is nothing to see"


def test_a_negation_of_a_clause_that_is_left_out_as_a_whole_may_go_with_it() -> None:
    assert cuts("It is", "proven") == []
