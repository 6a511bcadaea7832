"""Claims in numbers: each claim is a proposition, an answer and a scope, each known by its number.

A name that is defined as a kind with axis values is recognised here, so that a claim that names it and one that
spells it out are coded alike.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any, Generic, TypeVar

from avnkg.analysis.answers import Answer, Share, answer
from avnkg.analysis.concepts import Concepts
from avnkg.analysis.questions import STANCE, Link, Mode, Questions
from avnkg.analysis.relations.arrow import Columns
from avnkg.analysis.relations.joining import AXES, SPREAD
from avnkg.analysis.relations.sentences import issue, sentences
from avnkg.analysis.scopes import Meeting, Region, Scopes, regions
from avnkg.analysis.verdicts import ALL_BITS, EXTRA, Bits
from avnkg.claims.kinds import Force, Stance, Standing
from avnkg.claims.model import Claim, Condition, Proposition, Scope, key
from avnkg.claims.vocabulary import Definition, Vocabulary
from avnkg.errors import ClaimError

T = TypeVar("T", bound=Hashable)

_MEETING = ("taken", "a_in", "b_in")
_SORT = ("mode", "kind", "subject", "object", "predicate", "singles")
_SENTENCES = (
    *("verdict", "kind", "alike"),
    *("verdict_name", "kind_name", "rule", "middle", "before", "after", "closing"),
)
_MARKS = 1 << 48
"""A scope's mark is the sum of its regions' marks below this."""


@dataclass(frozen=True, slots=True)
class Code:
    """A claim in numbers."""

    prop: int
    answer: int
    scope: int


@dataclass
class Numbers(Generic[T]):
    """Numbers things in the order in which they first come: equal things get one number."""

    given: dict[T, int] = field(default_factory=dict)

    def of(self, thing: T) -> int:
        """Return the number of a thing."""
        return self.given.setdefault(thing, len(self.given))


CodedScope = tuple[frozenset[int], frozenset[str]]
"""The regions of a scope, one an axis, and the axes whose region is what the subject's name means."""


@dataclass
class Codebook:
    """Gives propositions, answers and scopes their numbers, and makes the tables that claims are joined over."""

    concepts: Concepts
    propositions: Numbers[Proposition] = field(default_factory=Numbers)
    answers: Numbers[Answer] = field(default_factory=Numbers)
    regions: Numbers[tuple[str, Region]] = field(default_factory=Numbers)
    scopes: Numbers[CodedScope] = field(default_factory=Numbers)
    _lone: set[int] = field(default_factory=set)

    @property
    def vocabulary(self) -> Vocabulary:
        """What the ontology says."""
        return self.concepts.vocabulary

    def claim(self, claim: Claim) -> Code | None:
        """Return a claim in numbers, None when it answers nothing."""
        if claim.withdrawn is not None:
            return None
        shared = claim.frequency
        printed = (
            Share(shared.low, shared.high, shared.low_open, shared.high_open, shared.counted_over or "")
            if shared
            else None
        )
        given = self.answer(claim.force, claim.stance, claim.proposition.predicate, printed)
        return None if given is None else self.code(claim.proposition, given, claim.scope)

    def answer(self, force: Force, stance: Stance, predicate: str, printed: Share | None) -> int | None:
        """Return the number of an answer, None when it answers nothing."""
        known = self.vocabulary.predicates.get(predicate)
        found = answer(force, stance, known.bare if known else "Most", printed)
        return None if found is None else self.answers.of(found)

    def code(self, said: Proposition, given: int, scope: Scope) -> Code:
        """Return what is said, under a scope, in numbers."""
        said, scope = self.named(said, scope)
        placed = regions(scope).items()
        coded = frozenset(map(self.regions.of, placed)), self._meant(said, placed)
        return Code(self.propositions.of(said), given, self.scopes.of(coded))

    def lone(self, said: Proposition) -> int:
        """Return the number of a proposition that meets itself and no other."""
        number = self.propositions.of(said)
        self._lone.add(number)
        return number

    def scope(self, scope: Scope) -> int:
        """Return the number of a scope that no name has a part in."""
        return self.scopes.of((frozenset(map(self.regions.of, regions(scope).items())), frozenset()))

    def _meant(self, said: Proposition, placed: Iterable[tuple[str, Region]]) -> frozenset[str]:
        """Return the axes of a scope on which it has what the subject's name means, and nothing more."""
        known = None if said.subject_excludes else self.vocabulary.defined.get(said.subject)
        values = known.values if known else {}
        return frozenset(axis for axis, region in placed if region.parts == {frozenset({values.get(axis, "")})})

    def named(self, said: Proposition, scope: Scope) -> tuple[Proposition, Scope]:
        """Return a proposition with its most exact name, and the scope with what that name means.

        A kind whose stated values on axes are those of a defined name is called by it.
        """
        if said.subject_excludes:
            return said, scope
        known = self.vocabulary.defined.get(said.subject)
        meant = known.values if known else {}
        fitting = [
            (-len(other.values), name)
            for name, other in self._by_kind.get(known.kind if known else said.subject, ())
            if all(meant.get(axis) == value or _states(scope, axis, value) for axis, value in other.values.items())
        ]
        if not fitting:
            return said, scope
        named = min(fitting)[1]
        values = dict.fromkeys((*meant.items(), *self.vocabulary.defined[named].values.items()))
        said = replace(said, subject=named)
        return said, (*scope, *(Condition(axis, Standing.DEFINITIONAL, (value,)) for axis, value in values))

    def is_defined(self, subject: str) -> bool:
        """Tell whether a subject's name hangs together with the scope."""
        return subject in self._by_kind or subject in self.vocabulary.defined

    @cached_property
    def _by_kind(self) -> Mapping[str, Sequence[tuple[str, Definition]]]:
        kinds: dict[str, list[tuple[str, Definition]]] = {}
        for name, known in self.vocabulary.defined.items():
            kinds.setdefault(known.kind, []).append((name, known))
        return kinds

    def bits(self) -> Bits:
        """Return the bits of the axes that any scope is on.

        Raises:
            ClaimError: there are more axes than a mask has bits.
        """
        axes = sorted({axis for axis, _ in self.regions.given})
        most = ALL_BITS.bit_length() - len(EXTRA)
        if len(axes) > most:
            raise ClaimError(f"expected at most {most} axes of scope, got {len(axes)}", hint="join some of them")
        return Bits(tuple(axes))

    def links(self) -> list[Link]:
        """Return the propositions that meet, in an order of the two that does not hang on the order of claims."""
        keys = self._keys()
        meeting = {number: said for said, number in self.propositions.given.items() if number not in self._lone}
        found = Questions(meeting, self.concepts).links()
        lone = [Link(number, number, Mode.SAME, STANCE) for number in self._lone]
        return lone + [link if keys[link.first] <= keys[link.second] else link.turned for link in found]

    def _keys(self) -> Sequence[str]:
        """Return the keys of all propositions."""
        for said in islice(self.propositions.given, len(self._known_keys), None):
            self._known_keys.append(said.key)
        return self._known_keys

    @cached_property
    def _known_keys(self) -> list[str]:
        return []

    def tables(self, bits: Bits, links: Sequence[Link]) -> dict[str, Columns]:
        """Return the tables that claims are joined over, by name."""
        sorts: Numbers[tuple[int, ...]] = Numbers()
        return {
            "props": columns(("prop", "mark"), [(n, known[:12]) for n, known in enumerate(self._keys())]),
            "answers": self._answers(),
            **self._scopes(bits),
            "meetings": columns(("meeting", *_MEETING), list(self._meetings(bits))),
            "links": columns(
                ("link", "first", "second", "sort"),
                [(n, link.first, link.second, sorts.of(_sort(link))) for n, link in enumerate(links)],
            ),
            "sorts": columns(("sort", *_SORT), [(n, *sort) for sort, n in sorts.given.items()]),
            "sentences": columns(_SENTENCES, sentences()),
        }

    def issues(self, links: Mapping[int, Link]) -> Columns:
        """Return what is at issue in some links, by their numbers, in words."""
        said = list(self.propositions.given)
        rows = [(number, issue(link, said, self.vocabulary)) for number, link in links.items()]
        return columns(("link", "issue"), rows)

    def _answers(self) -> Columns:
        counted: Numbers[str] = Numbers({"": 0})
        fields = ("aspect", "low", "high", "affirms", "hedged", "one_case", "advises")
        rows = []
        for each, number in self.answers.given.items():
            cells = [int(getattr(each, name)) for name in fields]
            rows.append((number, *cells, counted.of(each.counted), key(*cells, each.counted)[:8]))
        return columns(("answer", *fields, "counted", "mark"), rows)

    def _scopes(self, bits: Bits) -> dict[str, Columns]:
        """Return the scopes, and their conditions: a condition's key is made of its scope and the axis's place."""
        regions = [
            (bits.bit(axis), bits.bit(axis) if region.stated else 0, int(key(_told(axis, region))[:12], 16), number)
            for (axis, region), number in self.regions.given.items()
        ]
        scopes, conditions = [], []
        for (scope, meant), number in self.scopes.given.items():
            stated = given = mark = 0
            for place in scope:
                bit, if_stated, told, region = regions[place]
                given |= bit
                stated |= if_stated
                mark += told
                conditions.append((number * AXES + bit.bit_length(), number, bit, region))
            scopes.append((number, stated, given, sum(map(bits.bit, meant)), f"{mark % _MARKS:012x}"))
        return {
            "scopes": columns(("scope", "stated", "given", "meant", "mark"), scopes),
            "conditions": columns(("place", "scope", "axis", "region"), conditions),
        }

    def _meetings(self, bits: Bits) -> Iterator[tuple[int, ...]]:
        """Yield how each two regions of an axis lie to each other; those that are disjoint are left out."""
        scopes = Scopes(self.concepts)
        by_axis: dict[str, list[tuple[int, Region]]] = {}
        for (axis, region), number in self.regions.given.items():
            by_axis.setdefault(axis, []).append((number, region))
        for axis, placed in by_axis.items():
            bit = bits.bit(axis)
            for (i, one), (j, other) in scopes.candidates(placed):
                meeting = scopes.meet(one, other)
                if meeting is Meeting.DISJOINT:
                    continue
                yield (i * SPREAD + j, *_masks(meeting, bit))
                if i != j:
                    yield (j * SPREAD + i, *_masks(meeting.turned, bit))


def _sort(link: Link) -> tuple[int, ...]:
    return tuple(int(getattr(link, name)) for name in _SORT)


def _masks(meeting: Meeting, bit: int) -> tuple[int, ...]:
    return tuple(bit if meeting is each else 0 for each in (Meeting.ASSUMED, Meeting.A_INSIDE, Meeting.B_INSIDE))


def _states(scope: Scope, axis: str, value: str) -> bool:
    return any(
        condition.axis == axis and condition.any_of == (value,) and condition.standing is not Standing.INHERITED
        for condition in scope
    )


def _told(axis: str, region: Region) -> tuple[object, ...]:
    parts = sorted(repr(sorted(part)) if isinstance(part, frozenset) else repr(part) for part in region.parts)
    return (axis, region.stated, *parts)


def columns(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Columns:
    """Return rows as columns by name."""
    turned: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    return dict(zip(names, turned, strict=True))
