"""How names and amounts lie to each other, as the oracle sees it: what holds what, what is apart from what."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from avnkg.claims.model import Quantity
from avnkg.claims.vocabulary import Vocabulary

Thing = tuple[str, frozenset[str]]
"""A name, and what it leaves out: any other treatment than these."""

MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43830, "year": 525960}
"""A year has 365.25 days here, and a month is a twelfth of it."""


@dataclass(frozen=True)
class Names:
    """What the ontology says of names."""

    vocabulary: Vocabulary

    def holds(self, whole: Thing, part: Thing, parts: bool) -> bool:
        """Tell whether a class holds a thing below it; what is left out of a class leaves out what is above and below.

        Of two that leave something out, the one that leaves out more is held. Where parts count, they do throughout.
        """
        (name, left_out), (inner, inner_left_out) = whole, part
        if name not in self.above(inner, parts):
            return False
        if inner_left_out:
            return left_out <= inner_left_out
        return not any(self.above(inner, parts) & {out} or self.above(out, parts) & {inner} for out in left_out)

    def above(self, name: str, parts: bool) -> set[str]:
        """Return a name with all that it is below, and, when parts count, all that it is in some way a part of."""
        found: set[str] = set()
        left = [name]
        while left:
            current = left.pop()
            if current not in found:
                found.add(current)
                left.extend(self.vocabulary.ancestors.get(current, ()))
                if parts:
                    left.extend(self.vocabulary.competition.wholes.get(current, ()))
        return found

    def held_disjoint(self, one: str, other: str) -> bool:
        """Tell whether the ontology holds two names, or something above them, disjoint."""
        said = self.vocabulary.competition.disjoint
        return any(
            second in said.get(first, ()) or first in said.get(second, ())
            for first in self.above(one, False)
            for second in self.above(other, False)
        )


def convertible(one: str, other: str) -> bool:
    return one == other or (one in MINUTES and other in MINUTES)


def stretch(quantity: Quantity | None, widened: bool = False) -> tuple[Decimal, Decimal]:
    """Return an amount's bounds in one unit, each widened by half of its last printed digit when asked."""
    assert quantity is not None
    factor = MINUTES.get(quantity.unit, 1)

    def bound(number: Decimal | None, missing: str, away: Callable[[Decimal, Decimal], Decimal]) -> Decimal:
        if number is None:
            return Decimal(missing)
        printed = f"{number:f}"
        digits = printed.partition(".")[2].rstrip("0")
        half = Decimal(5).scaleb(-1 - len(digits)) if widened and quantity.unit != "count" else Decimal(0)
        return away(number, half) * factor

    low = bound(quantity.low, "-Infinity", lambda number, half: number - half)
    return low, bound(quantity.high, "Infinity", lambda number, half: number + half)


def within(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]
