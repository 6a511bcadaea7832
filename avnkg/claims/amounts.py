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
_DECADE = re.compile(r"(?<![0-9$])([0-9]0)s\b")
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_PERCENT = re.compile(r"%|\bper ?cent\b")
_OUT_OF = re.compile(r"([\w.]+)(?:\s*(?:-|–|to|or)\s*([\w.]+))?\s+(?:out\s+)?of\s+(?:every\s+)?([\w.]+)")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")

UNITS = ("USD", "EUR", "GBP", "minute", "hour", "day", "week", "month", "year", "count", "percent")
"""Units in which an amount may be given. Each currency is its own dimension."""


def _word(spelling: str) -> str:
    """Return a pattern for a word that may touch digits, as in "6weeks", but no other letters."""
    return rf"(?<![a-z])(?:{spelling})(?![a-z])"


_TIMES = {
    "minute": "min(?:ute)?s?",
    "hour": "h(?:ou)?rs?|hourly",
    "day": "days?|daily",
    "week": "w(?:ee)?ks?|weekly",
    "month": "mo(?:nth)?s?|monthly",
    "year": "y(?:ea)?rs?|yearly",
}
_SIGNS = {
    # "A$" and "C$" are other countries' dollars.
    "USD": re.compile(r"(?:(?<![a-z])|(?<![a-z])us)\$|" + _word("usd|dollars?")),
    "EUR": re.compile("€|" + _word("eur|euros?")),
    "GBP": re.compile("£|" + _word("gbp|pounds?")),
    "percent": _PERCENT,
    **{unit: re.compile(_word(spelling)) for unit, spelling in _TIMES.items()},
}
"""How a unit is printed. A count is printed without one."""


def unit_fault(printed: str, unit: str) -> str | None:
    """Return what speaks against reading some printed words in a unit, None when nothing does.

    Years may go without saying ("in their forties"), and a count may stand beside a time ("3 a week").

    >>> unit_fault("$8,000", "EUR")
    'are in USD, not in EUR'
    >>> unit_fault("6-8", "week")
    'do not say week'
    """
    words = printed.casefold()
    shown = [known for known, sign in _SIGNS.items() if sign.search(words)]
    if unit in shown or (unit == "count" and not set(shown) - _TIMES.keys()):
        return None
    if shown:
        return f"are in {' and '.join(shown)}, not in {unit}"
    return None if unit == "year" else f"do not say {unit}"


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


def printed_shares(printed: str) -> frozenset[Decimal]:
    """Return the shares, in percent, that some printed words hold: percentages, and so many out of so many.

    >>> sorted(printed_shares("8 to 9 out of 10")), sorted(printed_shares("80-95%")), sorted(printed_shares("80"))
    ([Decimal('80'), Decimal('90')], [Decimal('80'), Decimal('95')], [])
    """
    words = printed.casefold()
    found = set(printed_numbers(words)) if _PERCENT.search(words) else set()
    for *parts, whole in _OUT_OF.findall(words):
        among = _number(whole)
        if among:
            found |= {number * 100 / among for part in parts if (number := _number(part)) is not None}
    return frozenset(found)


def missing_numbers(printed: str, *numbers: Decimal | None) -> tuple[Decimal, ...]:
    """Return those of some numbers that the printed words do not hold."""
    there = printed_numbers(printed)
    return tuple(number for number in numbers if number is not None and number not in there)


def _number(word: str) -> Decimal | None:
    return Decimal(word) if _NUMBER.fullmatch(word) else _WORDS.get(word)
