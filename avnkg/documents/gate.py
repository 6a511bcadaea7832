"""The quote gate: no claim enters the graph unless its words stand exactly where it says they stand.

Two strengths. *Anchored*: the text is at hand and the words are at their place. *Fingerprinted*: the text is
not at hand and the words match what was recorded when it was; that guards against slips, not forgery.
A quote is never attached by likeness.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from avnkg.documents.kinds import UnitKind
from avnkg.documents.model import Document, Passage, Print, Unit
from avnkg.documents.text import CONTEXT, fingerprint
from avnkg.errors import QuoteError

ANSWER_GAP = 4
"""Characters that may lie between a heading and the one-word answer below it: line ends and spaces."""

NEGATION = re.compile(r"\b(?:not|no|never|without|cannot)\b|n['’]t\b", re.IGNORECASE)
_LEFT_OUT = re.compile(r"[^\w,;:]*(?:\w+[^\w,;:]+){2,}\w+[^\w,;:]*[,;:]")
"""What follows a negation in a clause that is left out as a whole: three words or more, and what ends it."""

_LONGEST_SEARCH = 200_000


@dataclass(frozen=True)
class Gate:
    """What one document's quotes are held against.

    `text` is None when the text is not at hand; then the fingerprints decide.
    """

    document: Document
    units: tuple[Unit, ...]
    prints: tuple[Print, ...]
    text: str | None = field(default=None, repr=False)

    def passage(self, quote: str, start: int) -> Passage:
        """Return the passage of a quote that is said to begin at `start`.

        Raises:
            QuoteError: the words are not there; the message says what was looked for and what is there, or
                the nearest words.
        """
        end = start + len(quote)
        if end > self.document.length:
            raise QuoteError(
                f"the quote ends at {end:,}, past the end of the document at {self.document.length:,}",
                hint="run `avnkg documents anchor`",
            )
        recorded = self._recorded.get((start, end))
        if self.text is None:
            return self._by_fingerprint(quote, start, end, recorded)
        found = self.text[start:end]
        if found != quote:
            raise QuoteError(
                f"expected {_shown(quote)} at {start:,}, got {_shown(found)}", hint=self._hint(quote, start)
            )
        passage = self.taken(start, end)
        if recorded and (recorded.sha256, recorded.before, recorded.after) != (
            passage.sha256,
            passage.before,
            passage.after,
        ):
            raise QuoteError(
                f"the fingerprint recorded for {start:,}-{end:,} is not that of {_shown(quote)}",
                hint="run `avnkg documents anchor` to record it again",
            )
        return passage

    def taken(self, start: int, end: int) -> Passage:
        """Return the passage at a place of the text at hand."""
        assert self.text is not None, "a passage is taken from a text that is at hand"
        before = fingerprint(self.text[max(0, start - CONTEXT) : start])[:16]
        after = fingerprint(self.text[end : end + CONTEXT])[:16]
        exact = self.text[start:end]
        return Passage(self.document.id, start, end, exact, fingerprint(exact), before, after, self.heading(start))

    def cuts(self, passages: Sequence[Passage], *, denied: bool) -> Iterator[QuoteError]:
        """Yield what is wrong with where a claim's quotes are cut, as far as the text is at hand to tell.

        A quote holds whole words; the quotes of a claim stand in the order of the text; and what is left out between
        two of them in one unit does not turn what they say round, unless the claim is `denied`.
        """
        for passage in passages:
            if not any(character.isalnum() for character in passage.exact):
                yield QuoteError(f"the quote {_shown(passage.exact)} holds no word", hint="quote the words")
            elif self.text is not None and any(_within_word(self.text, cut) for cut in (passage.start, passage.end)):
                yield QuoteError(f"the quote {_shown(passage.exact)} cuts a word", hint="quote whole words")
        for before, after in pairwise(passages):
            if after.start < before.end:
                problem = f"the quote {_shown(after.exact)} at {after.start:,} does not follow {_shown(before.exact)}"
                yield QuoteError(problem, hint="give the quotes in the order of the text, none within another")
            elif not denied and self._loses_negation(before.end, after.start):
                assert self.text is not None
                gap = _shown(self.text[before.end : after.start])
                yield QuoteError(f"a negation is left out between two quotes: {gap}", hint="quote the negation too")

    def _loses_negation(self, start: int, end: int) -> bool:
        """Tell whether a gap inside one unit holds a negation that is not of a clause left out as a whole."""
        if self.text is None or not any(unit.at < start and end < unit.end for unit in self._around(start)):
            return False
        found = NEGATION.finditer(self.text, start, end)
        return any(not _LEFT_OUT.match(self.text, negation.end(), end) for negation in found)

    def _around(self, place: int) -> tuple[Unit, ...]:
        """Return the unit that begins last before a place, if any."""
        index = bisect_right(self.units, place, key=lambda unit: unit.at) - 1
        return self.units[index : index + 1] if index >= 0 else ()

    def places(self, quotes: Sequence[str]) -> tuple[int, ...]:
        """Return where each of a claim's quotes begins in the text at hand.

        A quote must stand in the text exactly once. The later quotes of a claim may stand in it often: such a one is
        taken in the rest of the unit of the quote before it, where it must stand once, or right below it (an answer).

        Raises:
            QuoteError: a quote is not there, or there more than once.
        """
        assert self.text is not None, "quotes are placed in a text that is at hand"
        places: list[int] = []
        for quote in quotes:
            after = places[-1] + len(quotes[len(places) - 1]) if places else None
            places.append(self._place(quote, after))
        return tuple(places)

    def heading(self, place: int) -> str:
        """Return the words of the heading that a place stands under; empty before the first."""
        starts, words = self._headings
        index = bisect_right(starts, place) - 1
        return words[index] if index >= 0 else ""

    @cached_property
    def _headings(self) -> tuple[list[int], list[str]]:
        found = [unit for unit in self.units if unit.kind is UnitKind.HEADING and unit.words]
        return [unit.at for unit in found], [unit.words or "" for unit in found]

    @cached_property
    def _recorded(self) -> dict[tuple[int, int], Print]:
        return {(row.at, row.end): row for row in self.prints}

    def _by_fingerprint(self, quote: str, start: int, end: int, recorded: Print | None) -> Passage:
        if recorded is None:
            raise QuoteError(
                f"no fingerprint is recorded for {_shown(quote)} at {start:,}-{end:,}",
                hint=f"get the text of {self.document.id} and run `avnkg documents anchor`",
            )
        taken = fingerprint(quote)
        if taken != recorded.sha256:
            raise QuoteError(
                f"{_shown(quote)} is not what was recorded at {start:,}-{end:,}"
                f" (SHA-256 {taken[:12]}…, recorded {recorded.sha256[:12]}…)",
                hint="put the recorded words back, or get the text and run `avnkg documents anchor`",
            )
        return Passage(self.document.id, start, end, quote, taken, recorded.before, recorded.after, self.heading(start))

    def _place(self, quote: str, after: int | None) -> int:
        assert self.text is not None
        first = self.text.find(quote)
        if first < 0:
            raise QuoteError(f"the document does not say {_shown(quote)}", hint=self._nearest(quote))
        second = self.text.find(quote, first + 1)
        if second < 0:
            return first
        if after is not None:
            follows = self.text.find(quote, after, after + ANSWER_GAP + len(quote))
            if follows >= 0 and not self.text[after:follows].strip():
                return follows
            end = next((unit.end for unit in self.units if unit.at < after <= unit.end), after)
            if self.text.count(quote, after, end) == 1:
                return self.text.index(quote, after)
        count = self.text.count(quote)
        raise QuoteError(
            f"the document says {_shown(quote)} {count if count > 1 else 2} times, first at {first:,} and {second:,}",
            hint="lengthen the quote until it is the only one",
        )

    def _hint(self, quote: str, start: int) -> str:
        assert self.text is not None
        places = [place for place in range(max(0, start - 3), start + 4) if self.text.startswith(quote, place)]
        if places:
            return f"the words stand at {places[0]:,}: off by {places[0] - start:+d}; run `avnkg documents anchor`"
        return self._nearest(quote)

    def _nearest(self, quote: str) -> str:
        """Return what the text has that comes nearest: to show a slip, never to repair it."""
        assert self.text is not None
        match = SequenceMatcher(None, self.text[:_LONGEST_SEARCH], quote, autojunk=False).find_longest_match()
        if match.size < min(8, len(quote)):
            return "nothing like it was found"
        start = max(0, match.a - match.b)
        near = self.text[start : start + len(quote)]
        return f"the nearest words are {_shown(near)} at {start:,}; copy the words exactly"


def _within_word(text: str, cut: int) -> bool:
    return 0 < cut < len(text) and text[cut - 1].isalnum() and text[cut].isalnum()


def _shown(words: str, most: int = 90) -> str:
    """Return words as a message shows them: quoted, with what does not print made visible, and not too long."""
    short = words if len(words) <= most else f"{words[: most - 20]}…{words[-19:]}"
    return ascii(short) if any(not character.isprintable() for character in short) else f"'{short}'"
