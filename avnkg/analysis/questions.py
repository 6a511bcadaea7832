"""Which propositions ask the same, shut each other out, or are rivals. `docs/relations.md`, sections 1 and 3.

There are few propositions beside claims, so they are joined here, once; claims then meet through them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum

from avnkg.analysis.concepts import EQUAL, INSIDE, OUTSIDE, Concept, Concepts
from avnkg.analysis.scopes import amount_bounds
from avnkg.claims.kinds import Takes
from avnkg.claims.model import Proposition
from avnkg.claims.vocabulary import Predicate


class Mode(IntEnum):
    """What two propositions are to each other."""

    SAME = 0
    """They ask the same question, or one's question is part of the other's."""
    EXCLUSIVE = 1
    """Affirming the one rules the other out."""
    RIVAL = 2
    """Each is offered as the answer."""
    PRESUMED = 3
    """The one takes the other for granted."""


KINDS = ("stance", "share", "advice", "class", "opposed", "comparison", "amount", "one answer", "presumption")
"""What is at issue between two claims."""
OVERLAPPING = 3
"""How one amount may lie to another, besides the ways of concepts: neither holds the other."""
STANCE, SHARE, ADVICE, CLASS, OPPOSED, COMPARISON, AMOUNT, ONE_ANSWER, PRESUMPTION = range(len(KINDS))


@dataclass(frozen=True, slots=True)
class Link:
    """Two propositions that meet, by their places.

    How the first lies to the second: 0 equal, 1 inside, 2 around it; amounts may also overlap (3). What they say
    singles something out, so that it holds in just its own scope, with `singles`.
    """

    first: int
    second: int
    mode: Mode
    kind: int
    subject: int = EQUAL
    object: int = EQUAL
    predicate: int = EQUAL
    singles: bool = False

    @property
    def turned(self) -> "Link":
        """The same seen from the second."""
        subject, target, predicate = (_TURNED.get(way, way) for way in (self.subject, self.object, self.predicate))
        return Link(self.second, self.first, self.mode, self.kind, subject, target, predicate, self.singles)


_TURNED = {INSIDE: OUTSIDE, OUTSIDE: INSIDE}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A proposition taken apart. Words are compared whatever their case; an amount is no part of the question."""

    place: int
    subject: Concept
    predicate: str
    target: Concept
    comparator: Concept
    endpoint: str
    amount: tuple[object, ...]
    turned: bool = False


_NOTHING = Concept("")
_ENDLESS = Decimal("Infinity")


class Questions:
    """The propositions of a set of claims, joined."""

    def __init__(self, propositions: Mapping[int, Proposition], concepts: Concepts) -> None:
        """Take the propositions apart; they come by their places."""
        self._concepts = concepts
        self._predicates = concepts.vocabulary.predicates
        self._rules: dict[str, Predicate] = {}
        self._said = propositions
        self._asked = [self._apart(place, said) for place, said in propositions.items()]
        turned = [self._turned(asked) for asked in self._asked if self._symmetric(asked.predicate)]
        every = [*self._asked, *turned]
        subjects = dict.fromkeys(asked.subject for asked in every)
        objects = dict.fromkeys(asked.target for asked in every)
        self._subjects = concepts.families(subjects)
        self._objects = {parts: concepts.families(objects, parts=parts) for parts in (False, True)}
        self._siblings = self._sibling_names(subjects)
        used = {asked.predicate for asked in every}
        self._kin = self._predicate_kin(used)
        self._presumed = self._presumptions(used)
        # By predicate and all that has to be equal; then by subject, and by target.
        self._index: dict[tuple[object, ...], dict[Concept, dict[Concept, list[_Asked]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        for asked in every:
            self._index[self._fixed(asked.predicate, asked)][asked.subject][asked.target].append(asked)

    def links(self) -> Iterator[Link]:
        """Yield every two propositions that meet, once, and every proposition with itself."""
        seen: set[tuple[int, int, Mode]] = set()
        for asked in self._asked:
            for link in self._links(asked):
                if link.first > link.second:
                    continue
                key = (link.first, link.second, link.mode)
                if key not in seen:
                    seen.add(key)
                    yield link

    def _links(self, asked: _Asked) -> Iterator[Link]:
        rule = self._rule(asked.predicate)
        for predicate, how in self._kin[asked.predicate].items():
            competes = predicate == asked.predicate and rule.one_answer
            kin = self._objects[self._reaches(asked.predicate, predicate)][asked.target]
            for other, subject in self._near(asked, predicate, None if competes or asked.amount else kin):
                # In its other order a symmetric question is the same only when both are equal, crosswise.
                if other.turned and (
                    subject != EQUAL or other.subject != asked.subject or other.target != asked.target
                ):
                    continue
                singles = rule.singles_out and how == EQUAL
                if singles and asked.subject != other.subject:
                    continue
                yield from self._same(asked, other, subject, how, singles=singles)
                if competes:
                    yield from self._competing(asked, other, subject, rule)
        for predicate in rule.opposed:
            for other, subject in self._near(asked, predicate, (asked.target,)):
                if not other.turned:
                    yield Link(asked.place, other.place, Mode.EXCLUSIVE, OPPOSED, subject)
        yield from self._presuming(asked)
        if rule.takes is Takes.COMPARISON and not rule.symmetric:
            yield from self._reversed(asked)

    def _presuming(self, asked: _Asked) -> Iterator[Link]:
        kin = self._objects[False][asked.target]
        for predicate in self._presumed[asked.predicate]:
            for other, subject in self._near(asked, predicate, kin):
                if not other.turned:
                    how = kin[other.target]
                    yield Link(asked.place, other.place, Mode.PRESUMED, PRESUMPTION, subject, how)

    def _same(self, asked: _Asked, other: _Asked, subject: int, predicate: int, *, singles: bool) -> Iterator[Link]:
        if asked.amount:
            if predicate == EQUAL:
                how = self._amounts(asked.place, other.place)
                mode = Mode.EXCLUSIVE if how is None else Mode.SAME
                yield Link(asked.place, other.place, mode, AMOUNT, subject, how or EQUAL)
            return
        how = self._objects[self._reaches(asked.predicate, other.predicate)][asked.target].get(other.target)
        if how is not None:
            yield Link(asked.place, other.place, Mode.SAME, STANCE, subject, how, predicate, singles)

    def _competing(self, asked: _Asked, other: _Asked, subject: int, rule: Predicate) -> Iterator[Link]:
        if other.target in self._objects[rule.reaches_parts][asked.target]:
            return
        if rule.one_answer == "RivalAnswers":
            yield Link(asked.place, other.place, Mode.RIVAL, ONE_ANSWER, subject)
        elif not self._objects[True][asked.target].get(other.target) and self._concepts.disjoint(
            asked.target.name, other.target.name
        ):
            yield Link(asked.place, other.place, Mode.EXCLUSIVE, CLASS, subject, singles=rule.singles_out)

    def _reversed(self, asked: _Asked) -> Iterator[Link]:
        """Yield the comparisons of the same two the other way round."""
        if asked.subject == asked.comparator:  # one patient against another: nothing tells the two orders apart
            return
        swapped = replace(asked, subject=asked.comparator, comparator=asked.subject)
        for predicate in self._kin[asked.predicate]:
            for other in _with(self._index.get(self._fixed(predicate, swapped), {}).get(swapped.subject), None):
                yield Link(asked.place, other.place, Mode.EXCLUSIVE, COMPARISON)

    def _near(self, asked: _Asked, predicate: str, targets: Collection[Concept] | None) -> Iterator[tuple[_Asked, int]]:
        """Yield the propositions with a predicate whose subject is related, and how the subject lies to theirs.

        Only those with some targets, where these are named: a subject of which much is said has many others.
        """
        by_subject = self._index.get(self._fixed(predicate, asked))
        if not by_subject:
            return
        family = self._subjects[asked.subject]
        for subject, how in family.items():
            for other in _with(by_subject.get(subject), targets):
                yield other, how
        for subject in self._siblings.get(asked.subject, ()):
            if subject not in family:
                for other in _with(by_subject.get(subject), targets):
                    yield other, EQUAL

    def _apart(self, place: int, said: Proposition) -> _Asked:
        takes = self._rule(said.predicate).takes
        excludes_object = said.object is not None and takes is not Takes.TEXT
        if said.object is None:
            target = _NOTHING
        elif takes is Takes.TEXT:
            target = Concept(f'"{" ".join(said.object.casefold().split())}"')
        else:
            target = Concept(said.object, said.excludes)
        compared = _NOTHING
        if said.comparator is not None:
            compared = Concept(said.comparator, () if excludes_object else said.excludes)
        amount: tuple[object, ...] = ()
        if said.quantity:
            measures = " ".join((said.quantity.measures or "").casefold().split())
            dimension = amount_bounds(said.quantity)[0]
            amount = (dimension, measures, said.quantity.basis, said.quantity.relation)
        subject = Concept(said.subject, said.subject_excludes)
        return _Asked(place, subject, said.predicate, target, compared, said.endpoint or "", amount)

    def _turned(self, asked: _Asked) -> _Asked:
        """Return a symmetric question in its other order."""
        if self._rule(asked.predicate).takes is Takes.COMPARISON:
            return replace(asked, subject=asked.comparator, comparator=asked.subject, turned=True)
        return replace(asked, subject=asked.target, target=asked.subject, turned=True)

    def _fixed(self, predicate: str, asked: _Asked) -> tuple[object, ...]:
        return (predicate, asked.comparator, asked.endpoint, asked.amount)

    def _amounts(self, first: int, second: int) -> int | None:
        """Return how one amount lies to another, None when they are apart."""
        spans = []
        for place in (first, second):
            quantity = self._said[place].quantity
            _, low, high = amount_bounds(quantity) if quantity else ("", None, None)
            spans.append((-_ENDLESS if low is None else low, _ENDLESS if high is None else high))
        (low, high), (other_low, other_high) = spans
        if high < other_low or other_high < low:
            return None
        inside, around = other_low <= low and high <= other_high, low <= other_low and other_high <= high
        if inside and around:
            return EQUAL
        return INSIDE if inside else OUTSIDE if around else OVERLAPPING

    def _sibling_names(self, subjects: Iterable[Concept]) -> dict[Concept, list[Concept]]:
        defined = [subject for subject in subjects if subject.name in self._concepts.vocabulary.defined]
        return {
            one: [other for other in defined if self._concepts.siblings(one, other)]
            for one in defined
            if not one.excludes
        }

    def _predicate_kin(self, names: Iterable[str]) -> dict[str, dict[str, int]]:
        """Return, for each predicate, those among them that are it (0), above it (1) or below it (2)."""
        used = sorted(names)
        above = {name: self._concepts.names_above(name) for name in used}
        kin: dict[str, dict[str, int]] = {name: {name: EQUAL} for name in used}
        for name in used:
            for other in used:
                if other != name and other in above[name]:
                    kin[name][other] = INSIDE
                    kin[other][name] = OUTSIDE
        return kin

    def _presumptions(self, used: Iterable[str]) -> dict[str, list[str]]:
        """Return, for each predicate, those that it presumes or that presume it; its kin and its opposites are none."""
        found: dict[str, set[str]] = {name: set() for name in used}
        for name in found:
            for other in self._rule(name).presumes & found.keys() - self._kin[name].keys() - self._rule(name).opposed:
                found[name].add(other)
                found[other].add(name)
        return {name: sorted(others) for name, others in found.items()}

    def _reaches(self, one: str, other: str) -> bool:
        return self._rule(one).reaches_parts and self._rule(other).reaches_parts

    def _symmetric(self, predicate: str) -> bool:
        return self._rule(predicate).symmetric

    def _rule(self, predicate: str) -> Predicate:
        known = self._rules.get(predicate)
        if known is None:
            known = self._predicates.get(predicate) or Predicate(predicate, Takes.RELATION, "Most")
            self._rules[predicate] = known
        return known


def _with(by_target: Mapping[Concept, list[_Asked]] | None, targets: Collection[Concept] | None) -> Iterator[_Asked]:
    """Yield what is asked with some targets, or with any."""
    if not by_target:
        return
    if targets is None:
        found: Iterable[Concept] = by_target
    elif len(targets) <= len(by_target):
        found = (target for target in targets if target in by_target)
    else:
        found = (target for target in by_target if target in targets)
    for target in found:
        yield from by_target[target]
