"""A quote in its document: marked at its place, with no more of the text than is needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from avnkg.claims.reading import Corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.store import EmbeddedStore
from avnkg.views.claimcards import Quote
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import page_at
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import render
from avnkg.views.pages.surroundings import AROUND, Part, Stretch, Surroundings, surroundings
from avnkg.views.words import plain
from tests.views.hostile import WORDS

TEXT = " ".join(f"word{number}" for number in range(1000))


def quote(words: str, text: str = TEXT) -> Quote:
    """Return a quote of words that a text holds once."""
    start = text.index(words)
    return Quote(words, start, start + len(words))


def shown(stretches: tuple[Stretch, ...]) -> str:
    """Return all words that are shown."""
    return "".join(part.words for stretch in stretches for part in stretch.parts)


def marked(stretches: tuple[Stretch, ...]) -> list[str]:
    """Return the words that are marked."""
    return [part.words for stretch in stretches for part in stretch.parts if part.quoted]


def test_the_words_stand_marked_between_whole_words_of_the_text() -> None:
    (stretch,) = surroundings([quote("word500 word501")], TEXT)
    before, words, after = stretch.parts
    assert (words.words, words.quoted) == ("word500 word501", True)
    assert before.words.split()[0] in TEXT.split()
    assert after.words.split()[-1] in TEXT.split()
    assert AROUND - 50 < len(before.words) <= AROUND
    assert AROUND - 50 < len(after.words) <= AROUND
    assert (stretch.goes_before, stretch.goes_on) == (True, True)


def test_at_the_ends_of_the_text_nothing_is_said_to_go_on() -> None:
    first, last = surroundings([quote("word0 word1"), quote("word999")], TEXT)
    assert (first.goes_before, first.goes_on) == (False, True)
    assert (last.goes_before, last.goes_on) == (True, False)


def test_quotes_that_are_near_each_other_share_a_stretch() -> None:
    stretches = surroundings([quote("word510"), quote("word500")], TEXT)
    assert len(stretches) == 1
    assert marked(stretches) == ["word500", "word510"]


def test_quotes_that_overlap_are_marked_as_one() -> None:
    stretches = surroundings([quote("word500 word501"), quote("word501 word502")], TEXT)
    assert marked(stretches) == ["word500 word501 word502"]


def test_of_a_short_text_never_more_than_half_is_shown() -> None:
    text = " ".join(f"word{number}" for number in range(60))
    stretches = surroundings([quote("word30", text)], text)
    assert marked(stretches) == ["word30"]
    assert len(shown(stretches)) <= len(text) / 2


def test_a_quote_that_is_not_at_its_place_is_refused() -> None:
    with pytest.raises(ValueError, match="does not hold"):
        surroundings([Quote("word500", 3, 10)], TEXT)


@given(st.text(min_size=20, max_size=2000), st.data())
def test_whatever_the_text_the_quote_is_marked_and_the_rest_stands_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    (stretch,) = surroundings([Quote(words, start, end)], text)
    assert [part.words for part in stretch.parts if part.quoted] == [words]
    assert shown((stretch,)) in text
    assert len(shown((stretch,))) <= max(len(words), len(text) // 2)


def test_each_quote_of_the_embedded_corpus_is_found_where_its_text_is_at_hand(embedded: Corpus) -> None:
    for source in embedded.sources:
        text = source.gate.text
        if text is None:
            continue
        for claim in embedded.claims:
            if claim.document == source.file.document.id:
                quotes = [Quote(passage.exact, passage.start, passage.end) for passage in claim.passages]
                assert shown(surroundings(quotes, text)) != text


def test_whatever_stands_in_a_text_is_shown_as_text(mini_store: EmbeddedStore, vocabulary: Vocabulary) -> None:
    parts = (Part(f"before {WORDS}", quoted=False), Part(WORDS, quoted=True))
    options = Options(live=True, surroundings=lambda card: Surroundings((Stretch(parts, True, True),)))
    page = page_at(Archive(ClaimsGraph(mini_store, vocabulary)), "claim/alpha-travel/003.html", options)
    shown = render(page, live=True)
    assert f"<mark>{escape(plain(WORDS))}</mark>" in shown
    assert "<img" not in shown
    assert "<script" not in shown
    assert "\u202e" not in shown
