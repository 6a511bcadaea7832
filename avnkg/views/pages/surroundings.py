"""A quote in its document: its words marked, with some of the text around them, where the text is at hand.

The texts belong to their publishers. So never more than half of one is shown, whatever is quoted from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from avnkg.views.claimcards import Quote

AROUND = 400
"""Characters shown before and after a quote, at most."""

_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a text, and whether they are quoted."""

    words: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text with the quotes in it; whether the text goes on before and after it."""

    parts: tuple[Part, ...]
    goes_before: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The quotes of a claim in their text, or, where there are none to show, why."""

    stretches: tuple[Stretch, ...] = ()
    reason: str = ""


def surroundings(quotes: Sequence[Quote], text: str) -> tuple[Stretch, ...]:
    """Return the stretches of a text that hold some quotes; those that meet are one.

    >>> text = "Do the cells help? They do not fix it, and that is all there is to say of them, said the page."
    >>> [(part.words, part.quoted) for part in surroundings([Quote("not fix", 27, 34)], text)[0].parts]
    [('cells help? They do ', False), ('not fix', True), (' it, and that is all', False)]

    Raises:
        ValueError: the text does not hold the quotes at their places.
    """
    spans = sorted({(quote.start, quote.end) for quote in quotes})
    for quote in quotes:
        if text[quote.start : quote.end] != quote.words:
            raise ValueError(f"the text does not hold {quote.words!r} at {quote.start}")
    quoted = sum(end - start for start, end in spans)
    around = max(0, min(AROUND, (len(text) // 2 - quoted) // (2 * max(1, len(spans)))))
    windows: list[tuple[int, int]] = []
    for start, end in spans:
        begin = _after_a_gap(text, max(0, start - around), start)
        stop = _before_a_gap(text, min(len(text), end + around), end)
        if windows and begin <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(stop, windows[-1][1]))
        else:
            windows.append((begin, stop))
    return tuple(Stretch(_parts(text, begin, stop, spans), begin > 0, stop < len(text)) for begin, stop in windows)


def _parts(text: str, begin: int, stop: int, spans: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    """Return a stretch in parts, quoted and not, in turn. Quotes that overlap are marked as one."""
    parts: list[Part] = []
    at = begin
    for start, end in spans:
        if end <= at or start >= stop:
            continue
        if start > at:
            parts.append(Part(text[at:start], quoted=False))
        words = text[max(start, at) : end]
        if parts and parts[-1].quoted:
            parts[-1] = Part(parts[-1].words + words, quoted=True)
        else:
            parts.append(Part(words, quoted=True))
        at = end
    if at < stop:
        parts.append(Part(text[at:stop], quoted=False))
    return tuple(parts)


def _after_a_gap(text: str, at: int, most: int) -> int:
    """Return a place after the next gap between words, so that no word is cut; the place itself where none is near."""
    if at == 0 or text[at - 1].isspace():
        return at
    near = next((i for i in range(at, min(most, at + _LONGEST_WORD)) if text[i].isspace()), None)
    return at if near is None else near + 1


def _before_a_gap(text: str, at: int, least: int) -> int:
    """Return a place before the last gap between words, so that no word is cut; the place itself where none is near."""
    if at == len(text) or text[at].isspace():
        return at
    near = next((i for i in range(at - 1, max(least, at - _LONGEST_WORD) - 1, -1) if text[i].isspace()), None)
    return at if near is None else near
