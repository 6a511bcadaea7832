"""Scope, axis by axis: what two claims' conditions on one axis do to each other. `docs/relations.md`, section 2.

All conditions of a claim on one axis make up a region. There are few regions beside claims, so two regions are
compared once, here, and claims look the result up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum

from avnkg.analysis.concepts import Concepts
from avnkg.claims.kinds import Standing
from avnkg.claims.model import Condition, Quantity, Scope
from avnkg.claims.vocabulary import Cover, Vocabulary


class Meeting(IntEnum):
    """How the regions A and B of two claims lie to each other."""

    EQUAL = 0
    ASSUMED = 1
    """Nothing keeps them apart, but that they are equal is an assumption."""
    DISJOINT = 2
    A_INSIDE = 3
    B_INSIDE = 4
    B_SILENT = 5
    """A states a condition, and B says nothing."""
    A_SILENT = 6

    @property
    def turned(self) -> "Meeting":
        """The same seen from B."""
        turned = {
            Meeting.A_INSIDE: Meeting.B_INSIDE,
            Meeting.B_INSIDE: Meeting.A_INSIDE,
            Meeting.B_SILENT: Meeting.A_SILENT,
            Meeting.A_SILENT: Meeting.B_SILENT,
        }
        return turned.get(self, self)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A measured condition: its bounds in one unit of its dimension, and how it lies to the procedure."""

    dimension: str
    low: float
    high: float
    relation: str = ""


Values = frozenset[str]
Part = Values | Stretch


@dataclass(frozen=True, slots=True)
class Region:
    """All conditions of a claim on one axis. `stated`: at least one is stated, not only inherited."""

    parts: frozenset[Part]
    stated: bool


Placed = tuple[int, Region]
"""A region with its number."""

_SECONDS = {"minute": 60, "hour": 3600, "day": 86_400, "week": 604_800, "month": 2_629_800, "year": 31_557_600}
"""A month is a twelfth of a year of 365.25 days."""


def stretch(quantity: Quantity) -> Stretch:
    """Return an amount as a measured stretch; an open end reaches on without end."""
    scale = _SECONDS.get(quantity.unit)
    low, high = (None if bound is None else bound * (scale or 1) for bound in (quantity.low, quantity.high))
    return Stretch(
        "time" if scale else quantity.unit,
        float("-inf") if low is None else float(low),
        float("inf") if high is None else float(high),
        quantity.relation.value if quantity.relation else "",
    )


def amount_bounds(quantity: Quantity) -> tuple[str, Decimal | None, Decimal | None]:
    """Return the dimension of an amount and its bounds in one unit, widened by half a digit; counts are not."""
    scale = _SECONDS.get(quantity.unit, 1)
    low, high = (
        None if bound is None else (bound + side * _half_digit(bound, quantity.unit)) * scale
        for bound, side in ((quantity.low, -1), (quantity.high, 1))
    )
    return ("time" if quantity.unit in _SECONDS else quantity.unit, low, high)


def _half_digit(bound: Decimal, unit: str) -> Decimal:
    if unit == "count":
        return Decimal(0)
    exponent = bound.normalize().as_tuple().exponent
    return Decimal(5).scaleb(min(exponent if isinstance(exponent, int) else 0, 0) - 1)


def regions(scope: Scope) -> dict[str, Region]:
    """Return the regions of a scope by axis.

    >>> regions((Condition("stage", Standing.STATED, ("Stage1", "Stage2")),))["stage"].stated
    True
    """
    by_axis: dict[str, list[Condition]] = {}
    for condition in scope:
        by_axis.setdefault(condition.axis, []).append(condition)
    return {axis: region(conditions) for axis, conditions in by_axis.items()}


def region(conditions: Iterable[Condition]) -> Region:
    """Return the region of some conditions on one axis."""
    given = list(conditions)
    parts = frozenset(stretch(each.measured) if each.measured else frozenset(each.any_of) for each in given)
    return Region(parts, any(each.standing is not Standing.INHERITED for each in given))


def defining_axes(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the axes that define a treatment: those on which a predicate's objects are values."""
    return frozenset(predicate.axis for predicate in vocabulary.predicates.values() if predicate.axis)


@dataclass(frozen=True)
class Scopes:
    """Compares regions over the concepts of an ontology."""

    concepts: Concepts
    _known: dict[tuple[Region | None, Region | None], Meeting] = field(default_factory=dict, repr=False)

    def meet(self, a: Region | None, b: Region | None) -> Meeting:
        """Return how two regions of one axis lie to each other; None is unstated."""
        found = self._known.get((a, b))
        if found is None:
            found = self._known[a, b] = self._meet(a, b)
            self._known[b, a] = found.turned
        return found

    def _meet(self, a: Region | None, b: Region | None) -> Meeting:
        if a is None or b is None:
            given = a or b
            if given is None:
                return Meeting.EQUAL
            if not given.stated:
                return Meeting.ASSUMED
            return Meeting.B_SILENT if b is None else Meeting.A_SILENT
        if a.parts == b.parts:
            return Meeting.ASSUMED if self._relative(a.parts) else Meeting.EQUAL
        if self.disjoint(a.parts, b.parts):
            return Meeting.DISJOINT
        a_inside, b_inside = self.inside(a.parts, b.parts), self.inside(b.parts, a.parts)
        if a_inside and b_inside:
            return Meeting.ASSUMED if self._relative(a.parts | b.parts) else Meeting.EQUAL
        # An inherited value does not narrow.
        if a_inside and a.stated:
            return Meeting.A_INSIDE
        if b_inside and b.stated:
            return Meeting.B_INSIDE
        return Meeting.ASSUMED

    def candidates(self, placed: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
        """Yield the pairs of an axis's regions that may meet, each once; any other two are disjoint.

        Names that the ontology does not know stand for themselves: regions of such names meet only over a name that
        both have, so there may be many of them.
        """
        known = self.concepts.vocabulary.terms
        plain: list[Placed] = []
        others: list[Placed] = []
        for each in placed:
            strange = all(not isinstance(part, Stretch) and part.isdisjoint(known) for part in each[1].parts)
            (plain if strange else others).append(each)
        for k, one in enumerate(others):
            for other in (*others[k:], *plain):
                yield one, other
        holding: dict[str, list[Placed]] = {}
        for one in plain:
            names = {name for part in one[1].parts if not isinstance(part, Stretch) for name in part}
            met = {other[0]: other for name in names for other in holding.get(name, ())}
            for other in (one, *met.values()):
                yield one, other
            for name in names:
                holding.setdefault(name, []).append(one)

    def disjoint(self, a: frozenset[Part], b: frozenset[Part]) -> bool:
        """Tell whether no case is in both."""
        a, b = self._read(a), self._read(b)
        covers = self._cover(a), self._cover(b)
        if covers[0] and covers[1] and _apart(covers[0], covers[1]):
            return True
        return any(self._parts_disjoint(one, other) for one in a for other in b)

    def inside(self, a: frozenset[Part], b: frozenset[Part]) -> bool:
        """Tell whether every case of A is surely one of B."""
        a, b = self._read(a), self._read(b)
        covers = self._cover(a), self._cover(b)
        if covers[0] and covers[1]:
            return covers[0].possible <= covers[1].sure
        return all(any(self._part_inside(one, other) for one in a) for other in b)

    def _read(self, parts: frozenset[Part]) -> frozenset[Part]:
        """Return some conditions; stages that leave no atom between them are read as any of them."""
        cover = self._cover(parts)
        if cover is None or cover.possible:
            return parts
        return frozenset({frozenset(name for part in parts if not isinstance(part, Stretch) for name in part)})

    def _cover(self, parts: frozenset[Part]) -> Cover | None:
        """Return the atoms of an intersection of stages, None where a value has none."""
        known = self.concepts.vocabulary.competition.covers
        sure: frozenset[str] | None = None
        possible: frozenset[str] | None = None
        for part in parts:
            if isinstance(part, Stretch) or not all(name in known for name in part):
                return None
            surely = frozenset().union(*(known[name].sure for name in part))
            possibly = frozenset().union(*(known[name].possible for name in part))
            sure = surely if sure is None else sure & surely
            possible = possibly if possible is None else possible & possibly
        return Cover(sure or frozenset(), possible or frozenset())

    def _parts_disjoint(self, one: Part, other: Part) -> bool:
        if isinstance(one, Stretch) or isinstance(other, Stretch):
            if not isinstance(one, Stretch) or not isinstance(other, Stretch) or one.dimension != other.dimension:
                return False
            if one.relation and other.relation and one.relation != other.relation:
                return True
            return one.high < other.low or other.high < one.low
        return all(self._names_disjoint(x, y) for x in one for y in other)

    def _part_inside(self, one: Part, other: Part) -> bool:
        if isinstance(one, Stretch) or isinstance(other, Stretch):
            same = isinstance(one, Stretch) and isinstance(other, Stretch)
            if not same or one.dimension != other.dimension:  # type: ignore[union-attr]
                return False
            return other.low <= one.low and one.high <= other.high  # type: ignore[union-attr]
        return all(any(y in self.concepts.names_around(x) for y in other) for x in one)

    def _names_disjoint(self, one: str, other: str) -> bool:
        if one == other:
            return False
        if self.concepts.vocabulary.competition.complements.get(one) == other:
            return True
        if one in self.concepts.names_around(other) or other in self.concepts.names_around(one):
            return False
        known = self.concepts.vocabulary.terms
        # A name that nobody knows stands for itself.
        return one not in known or other not in known or self.concepts.disjoint(one, other)

    def _relative(self, parts: frozenset[Part]) -> bool:
        relative = self.concepts.vocabulary.competition.relative
        return any(name in relative for part in parts if not isinstance(part, Stretch) for name in part)


def _apart(one: Cover, other: Cover) -> bool:
    """Tell whether two stages meet nowhere, or only where neither surely is: at a blurred border."""
    if not one.possible & other.possible:
        return True
    surely = one.sure | other.sure
    return bool(surely) and not one.sure & other.possible and not other.sure & one.possible
