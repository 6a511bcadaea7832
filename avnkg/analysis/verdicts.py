"""The verdicts, their order, and the bits in which a pair of claims carries what led to one."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Verdict(StrEnum):
    """What two claims are to each other, in the order of the table: the first row that fits."""

    SCOPE_DIFFERENCE = "ScopeDifference"
    QUALIFICATION = "Qualification"
    TENSION = "Tension"
    RIVAL = "Rival"
    CONTRADICTION = "Contradiction"
    PARALLEL = "Parallel"
    REFINEMENT = "Refinement"
    AGREEMENT = "Agreement"

    @property
    def row(self) -> int:
        """Its row in the table of `docs/relations.md`, section 4."""
        return ROWS.index(self) + 1


ROWS = tuple(Verdict)


class Answers(IntEnum):
    """What two answers do to each other. `NONE`: they have nothing to do with each other."""

    NONE = 0
    INCOMPATIBLE = 1
    STRAINED = 2
    RIVAL = 3
    PRACTICE = 4
    COMPATIBLE = 5
    LOOSE = 6
    """Each leaves room for the other: they matter to each other only where a condition sets them apart."""
    VAGUE = 7
    """Neither says even where the half lies: one matters to the other only as what may be its exception."""
    PRESUMED = 8
    """The one denies what the other takes for granted: they matter where a condition of the case sets them apart."""


class Reach(IntEnum):
    """What a broader statement says of the narrower case: nothing, the kinds of what it denies, or everything."""

    NOTHING = 0
    KINDS = 1
    ALL = 2


EXTRA = ("subject", "predicate", "object", "countedOver")
"""What may narrow or be assumed besides axes: the first bits of a mask."""
SUBJECT, PREDICATE, OBJECT, COUNTED_OVER = (1 << place for place in range(len(EXTRA)))
ALL_BITS = (1 << 52) - 1
"""Masks stay below this: numbers that a double holds exactly."""


@dataclass(frozen=True)
class Bits:
    """Where things stand in the masks of a pair: first what is no axis, then a bit an axis, in their order."""

    axes: tuple[str, ...]

    def bit(self, axis: str) -> int:
        """Return the bit of an axis."""
        return 1 << (len(EXTRA) + self.axes.index(axis))

    def names(self, mask: int) -> tuple[str, ...]:
        """Return the names of a mask's bits, sorted.

        >>> Bits(("anatomy", "stage")).names(0b100001)
        ('stage', 'subject')
        """
        return tuple(sorted(name for place, name in enumerate((*EXTRA, *self.axes)) if mask >> place & 1))
