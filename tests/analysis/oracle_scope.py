"""Section 2 of docs/relations.md: what two claims are to each other on one axis of scope."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from avnkg.claims.kinds import Standing
from avnkg.claims.model import Condition
from avnkg.claims.vocabulary import Vocabulary
from tests.analysis.oracle_names import Names, convertible, stretch, within


@dataclass(frozen=True)
class OnAxis:
    """What two claims are to each other on one axis (section 2). All false: equal."""

    disjoint: bool = False
    narrower: str = ""
    silent: bool = False
    assumed: bool = False


@dataclass(frozen=True)
class ScopeRule:
    """The rule of scope over one vocabulary."""

    vocabulary: Vocabulary

    @cached_property
    def names(self) -> Names:
        return Names(self.vocabulary)

    def compare(self, a: Sequence[Condition], b: Sequence[Condition]) -> OnAxis:
        """Return what the conditions of two claims on one axis are to each other; none at all are unstated."""
        a_stated = any(condition.standing is not Standing.INHERITED for condition in a)
        b_stated = any(condition.standing is not Standing.INHERITED for condition in b)
        if not a or not b:
            if a_stated or b_stated:
                return OnAxis(narrower="a" if a else "b", silent=True)
            return OnAxis(assumed=True)
        a, b = self.read(a), self.read(b)
        values = {name for condition in (*a, *b) for name in condition.any_of}
        known = self.vocabulary.competition
        if not any(each.measured for each in (*a, *b)) and {frozenset(each.any_of) for each in a} == {
            frozenset(each.any_of) for each in b
        }:
            return OnAxis(assumed=bool(values & known.relative))
        disjoint, a_inside, b_inside = self.stages(a, b) if self.staged((*a, *b)) else self.conditions(a, b)
        if disjoint:
            return OnAxis(disjoint=True)
        if a_inside and b_inside:
            return OnAxis(assumed=bool(values & known.relative))
        if (a_inside and a_stated) or (b_inside and b_stated):
            return OnAxis(narrower="a" if a_inside else "b")
        return OnAxis(assumed=True)

    def stages(self, a: Sequence[Condition], b: Sequence[Condition]) -> tuple[bool, bool, bool]:
        (a_sure, a_possible), (b_sure, b_possible) = self.atoms(a), self.atoms(b)
        blurred = bool(a_sure or b_sure) and not a_sure & b_possible and not b_sure & a_possible
        apart = any(self.condition_apart(one, other) for one in a for other in b)
        same = {frozenset(each.any_of) for each in a} == {frozenset(each.any_of) for each in b}
        disjoint = blurred or apart or not a_possible & b_possible
        return disjoint, same or a_possible <= b_sure, same or b_possible <= a_sure

    def staged(self, conditions: Sequence[Condition]) -> bool:
        covers = self.vocabulary.competition.covers
        return all(each.measured is None and set(each.any_of) <= set(covers) for each in conditions)

    def complementary(self, one: str, other: str) -> bool:
        known = self.vocabulary.competition.complements
        return known.get(one) == other or known.get(other) == one

    def read(self, conditions: Sequence[Condition]) -> Sequence[Condition]:
        """Return the conditions of a claim; stages that leave no atom between them are read as any of them."""
        if not self.staged(conditions) or self.atoms(conditions)[1]:
            return conditions
        every = sorted({name for each in conditions for name in each.any_of})
        return [replace(conditions[0], any_of=tuple(every))]

    def atoms(self, conditions: Sequence[Condition]) -> tuple[frozenset[str], frozenset[str]]:
        """Return the atoms that some stages surely have, and those that they may have."""
        covers = self.vocabulary.competition.covers
        sure = [frozenset[str]().union(*(covers[name].sure for name in each.any_of)) for each in conditions]
        possible = [frozenset[str]().union(*(covers[name].possible for name in each.any_of)) for each in conditions]
        return frozenset.intersection(*sure), frozenset.intersection(*possible)

    def conditions(self, a: Sequence[Condition], b: Sequence[Condition]) -> tuple[bool, bool, bool]:
        disjoint = any(self.condition_apart(one, other) for one in a for other in b)
        a_inside = all(any(self.condition_inside(one, other) for one in a) for other in b)
        b_inside = all(any(self.condition_inside(other, one) for other in b) for one in a)
        return disjoint, a_inside, b_inside

    def condition_apart(self, one: Condition, other: Condition) -> bool:
        if one.measured and other.measured:
            if not convertible(one.measured.unit, other.measured.unit):
                return False
            if one.measured.relation and other.measured.relation and one.measured.relation != other.measured.relation:
                return True
            first, second = stretch(one.measured), stretch(other.measured)
            return first[1] < second[0] or second[1] < first[0]
        if one.measured or other.measured:
            return False
        return all(self.values_apart(first, second) for first in one.any_of for second in other.any_of)

    def condition_inside(self, one: Condition, other: Condition) -> bool:
        if one.measured and other.measured:
            comparable = convertible(one.measured.unit, other.measured.unit)
            return comparable and within(stretch(one.measured), stretch(other.measured))
        if one.measured or other.measured:
            return False
        return all(self.names.above(value, True) & set(other.any_of) for value in one.any_of)

    def values_apart(self, one: str, other: str) -> bool:
        if self.complementary(one, other):
            return True
        if self.names.above(one, True) & {other} or self.names.above(other, True) & {one}:
            return False
        # A name that the ontology does not know is another one than any that it knows, too.
        unknown = one not in self.vocabulary.terms or other not in self.vocabulary.terms
        return one != other if unknown else self.names.held_disjoint(one, other)
