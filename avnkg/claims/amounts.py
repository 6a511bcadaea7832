"""Numbers in printed words: what a reader sees must be what the graph holds."""

import re
from decimal import Decimal

_SMALL = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = {
    word: Decimal(10 * ten)
    for ten, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_DECADES = {f"{word[:-1]}ies": ten for word, ten in _TENS.items()}
_WORDS = {
    **{word: Decimal(number) for number, word in enumerate(_SMALL)},
    **_TENS,
    **_DECADES,
    "no": Decimal(0),
    "single": Decimal(1),
    "one-time": Decimal(1),
    "a": Decimal(1),
    "an": Decimal(1),
}
_DECADE = re.compile(r"(?<![\d$])(\d0)s\b")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")

UNITS = ("USD", "EUR", "GBP", "minute", "hour", "day", "week", "month", "year", "count", "percent")
"""Units in which an amount may be given. Each currency is its own dimension."""


def printed_numbers(printed: str) -> frozenset[Decimal]:
    """Return the numbers that some printed words hold; a decade counts with its first and last year.

    >>> sorted(printed_numbers("$10,000+ for 5-10 years"))
    [Decimal('5'), Decimal('10'), Decimal('10000')]
    >>> sorted(printed_numbers("20s-50s"))
    [Decimal('20'), Decimal('29'), Decimal('50'), Decimal('59')]
    """
    words = printed.casefold()
    found = {Decimal(number.replace(",", "")) for number in _NUMBER.findall(words)}
    for word in _WORD.findall(words):
        for part in {word, *word.split("-")} & _WORDS.keys():
            found.add(_WORDS[part])
            if part in _DECADES:
                found.add(_WORDS[part] + 9)
    found |= {Decimal(decade) + 9 for decade in _DECADE.findall(words)}
    return frozenset(found)


def missing_numbers(printed: str, *numbers: Decimal | None, factor: int = 1) -> tuple[Decimal, ...]:
    """Return those of some numbers, times a factor, that the printed words do not hold."""
    there = printed_numbers(printed)
    return tuple(number * factor for number in numbers if number is not None and number * factor not in there)
