"""What a claim answers: under which aspect, and with which interval. `docs/relations.md`, section 1, is the rule.

Bounds are whole numbers, twice the share in ten-thousandths, moved by one where a bound is left out itself: then two
intervals meet just when neither ends before the other begins, whatever is open.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from avnkg.claims.kinds import Force, Stance

WHOLE = 20_000
"""All cases, or a must."""
HALF = WHOLE // 2
FEW_EXCEPTIONS = 18_000
"""From here on a share leaves no room for exceptions; as far from nothing, it leaves none for cases."""


class Aspect(IntEnum):
    """What a question asks after. Answers under different aspects do not compete."""

    FACT = 0
    PRACTICE = 1
    ADVICE = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer.

    Attributes:
        low, high: its interval.
        affirms: its stance.
        hedged: a share is printed with it.
        one_case: it tells of one case.
        advises: it is advice outright, not a description of what the speaker does.
        counted: what the share counts, empty when unsaid.
    """

    aspect: Aspect
    low: int
    high: int
    affirms: bool
    hedged: bool = False
    one_case: bool = False
    advises: bool = False
    counted: str = ""

    @property
    def speaks(self) -> bool:
        """Whether it leaves no room for exceptions, so that it speaks for all parts of what it is about."""
        return self.low >= FEW_EXCEPTIONS or self.high <= WHOLE - FEW_EXCEPTIONS


_FACTS = frozenset({Force.ASSERTS, Force.DEFINES, Force.RECOUNTS})
_BARE = {
    ("All", True): (WHOLE, WHOLE),
    ("All", False): (0, 0),
    ("Most", True): (HALF + 1, WHOLE),
    ("Most", False): (0, HALF - 1),
    ("Some", True): (1, WHOLE),
    ("Some", False): (0, 0),
}
"""What a statement without a share covers, by what its predicate means when bare, affirmed and denied."""
_ADVICE = {
    (Force.REQUIRES, True): (WHOLE, WHOLE),
    (Force.REQUIRES, False): (0, 0),
    (Force.RECOMMENDS, True): (WHOLE * 3 // 4, WHOLE),
    (Force.RECOMMENDS, False): (0, WHOLE // 4),
    (Force.DESCRIBES, True): (WHOLE * 3 // 4, WHOLE),
    (Force.DESCRIBES, False): (0, WHOLE // 4),
    # "May" shuts out only a must-not, and is at odds with no mere advice; "need not" is its mirror image.
    (Force.PERMITS, True): (WHOLE // 4, WHOLE),
    (Force.PERMITS, False): (0, WHOLE * 3 // 4),
}
"""How strongly something is advised: 0 is must not, the whole is must."""


@dataclass(frozen=True, slots=True)
class Share:
    """A printed share: its bounds, whether each is left out itself, and what is counted."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False
    counted: str = ""

    @property
    def bounds(self) -> tuple[int, int]:
        """The bounds as whole numbers."""
        low, high = (int((bound * WHOLE / 2).to_integral_value()) * 2 for bound in (self.low, self.high))
        return low + self.low_open, high - self.high_open


def answer(force: Force, stance: Stance, bare: str, share: Share | None) -> Answer | None:
    """Return what a claim answers, None when it answers nothing.

    `bare` is what its predicate means without a share: All, Most or Some.

    >>> denied = answer(Force.ASSERTS, Stance.DENIES, "Most", None)
    >>> denied.low, denied.high, denied.aspect.name
    (0, 9999, 'FACT')
    >>> answer(Force.AIMS, Stance.AFFIRMS, "Most", None) is None
    True
    """
    affirms = stance is Stance.AFFIRMS
    if (force, affirms) in _ADVICE:
        outright = force in (Force.REQUIRES, Force.RECOMMENDS)
        return Answer(Aspect.ADVICE, *_ADVICE[force, affirms], affirms, advises=outright)
    if force is Force.RECOUNTS:
        return Answer(Aspect.FACT, *((1, WHOLE) if affirms else (0, WHOLE - 1)), affirms, one_case=True)
    if force in _FACTS or (force is Force.REPORTS and share):
        aspect = Aspect.FACT if force in _FACTS else Aspect.PRACTICE
        bounds = share.bounds if share else _BARE[bare, affirms]
        return Answer(aspect, *bounds, affirms, hedged=share is not None, counted=share.counted if share else "")
    return None
