"""What made-up claims are about: questions over the ontology's names, asked as often as Zipf's law has it."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import gcd
from random import Random
from typing import TypeVar

from avnkg.claims.kinds import Takes
from avnkg.claims.model import Proposition
from avnkg.claims.vocabulary import Vocabulary

T = TypeVar("T")

_REMEMBERED = 4096
"""Questions kept at hand; by Zipf's law these are most of what is asked."""


def deck(shares: Mapping[T, int]) -> tuple[T, ...]:
    """Return a hundred cards, each value as often as its share says."""
    cards = tuple(value for value, share in shares.items() for _ in range(share))
    if len(cards) != 100:
        raise ValueError(f"expected shares that add up to 100, got {len(cards)}")
    return cards


def card(cards: tuple[T, ...], drawn: float) -> T:
    """Return the card that a number from [0, 1) draws."""
    return cards[int(drawn * len(cards))]


@dataclass(frozen=True, slots=True)
class Question:
    """What the claims of one question share.

    Attributes:
        rank: its place among the questions; the one of rank 0 is asked most.
        said: the proposition, without an amount.
        against: how many claims of a hundred deny it.
        scopes: how many scope signatures its claims have, the empty one among them.
        amount: what amounts are multiples of, where it asks for one.
    """

    rank: int
    said: Proposition
    against: int
    scopes: int
    amount: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Questions with one predicate: it joins a subject and another, each of some kinds; an amount has no other."""

    predicate: str
    subjects: str
    others: str = ""


_TREATMENT = "Treatment ProcedureClass"
_PARTS = "ProcedureStep CostItem AftercareMeasure Medication"
_COURSE = "PathologicalProcess HealthCondition Symptom Exposure"
_TARGET = "Outcome BiologicalProcess PathologicalProcess Symptom"
_PATTERNS = deck(
    {
        Pattern("leadsTo", _COURSE, _TARGET): 10,
        Pattern("promotes", _TREATMENT, _TARGET): 9,
        Pattern("isEffectiveFor", _TREATMENT, "HealthCondition DiseaseStage Population Symptom"): 9,
        Pattern("usedFor", _TREATMENT, "HealthCondition DiseaseStage PathologicalProcess"): 7,
        Pattern("prevents", _TREATMENT, _TARGET): 7,
        Pattern("indicatedFor", _TREATMENT, "DiseaseStage Population HealthCondition"): 5,
        Pattern("relieves", _TREATMENT, "Symptom PathologicalProcess HealthCondition"): 5,
        Pattern("contraindicatedFor", _TREATMENT, "DiseaseStage Population HealthCondition"): 4,
        Pattern("heals", _TREATMENT, "AnatomicalStructure HealthCondition"): 4,
        Pattern("preserves", _TREATMENT, "AnatomicalStructure BiologicalProcess"): 4,
        Pattern("hasRisk", _TREATMENT, "Risk Symptom PathologicalProcess"): 4,
        Pattern("affects", _COURSE, "AnatomicalStructure BiologicalProcess"): 4,
        Pattern("hasCause", "HealthCondition PathologicalProcess Symptom", "Cause PathologicalProcess"): 3,
        Pattern("isKindOf", _TREATMENT, "ProcedureClass CellTherapy"): 3,
        Pattern("hasStep", _TREATMENT, "ProcedureStep"): 3,
        Pattern("hasRiskFactor", "HealthCondition PathologicalProcess Symptom", "Exposure Cause"): 2,
        Pattern("usesCellSource", _TREATMENT, "CellSource"): 2,
        Pattern("deliversTo", _TREATMENT, "DeliveryTarget"): 2,
        Pattern("hasAftercare", _TREATMENT, "AftercareMeasure"): 2,
        Pattern("alsoCalled", "HealthCondition PathologicalProcess Treatment", _TARGET): 2,
        Pattern("moreEffectiveThan", _TREATMENT, _TREATMENT): 2,
        Pattern("lessInvasiveThan", _TREATMENT, _TREATMENT): 2,
        Pattern("betterOutcomeThan", _TREATMENT, _TREATMENT): 2,
        Pattern("price", f"{_TREATMENT} {_PARTS} HealthCondition"): 2,
        Pattern("lasts", f"{_TREATMENT} {_PARTS} {_COURSE}"): 1,
    }
)
"""What is asked about, roughly as often as in the embedded corpus."""
_AGAINST = deck({2: 60, 10: 25, 30: 10, 50: 5})


@dataclass(frozen=True)
class Questions:
    """`count` different questions over a vocabulary, and how often each is asked."""

    vocabulary: Vocabulary
    count: int
    seed: int
    most_scopes: int

    def drawn(self, number: float) -> Question:
        """Return the question that a number from [0, 1) draws: the n-th is asked a n-th as often as the first."""
        rank = bisect_right(self._shares, number * self._shares[-1], hi=self.count - 1)
        found = self._at_hand.get(rank)
        if found is None:
            if len(self._at_hand) >= _REMEMBERED:
                self._at_hand.clear()
            found = self._at_hand[rank] = self.ranked(rank)
        return found

    def ranked(self, rank: int) -> Question:
        """Return the question of a rank.

        Raises:
            ValueError: the ontology has not names enough for so many questions.
        """
        turn, place = divmod(rank, len(self._patterns))
        pattern = self._patterns[place]
        # How many questions of this pattern come before.
        before = turn * self._patterns.count(pattern) + self._patterns[:place].count(pattern)
        draw = Random(f"{self.seed}/{rank}").random
        return Question(
            rank,
            self._said(pattern, before),
            against=card(_AGAINST, draw()),
            scopes=1 + int(draw() * self.most_scopes),
            amount=1 + int(draw() * 20),
        )

    def _said(self, pattern: Pattern, number: int) -> Proposition:
        """Return one of the propositions that a pattern allows: each number gives another."""
        subjects, others = self.names(pattern.subjects), self.names(pattern.others)
        pairs = len(subjects) * max(len(others) - 1, 1)
        turn, place = divmod(number, pairs)
        # A step that shares no factor with the pairs visits each of them once, scattered.
        step = next(step for step in range(pairs * 5 // 8, pairs) if gcd(step, pairs) == 1)
        column, row = divmod((place + self.seed) * step % pairs, len(subjects))
        subject = subjects[row]
        other = [name for name in others if name != subject][column] if others else ""
        # The first round asks plainly, the next ones with an endpoint each.
        endpoints = (None, *self.names(_TARGET))
        if turn >= len(endpoints):
            raise ValueError(f"the ontology has not names enough for {self.count:,} questions ({pattern.predicate})")
        takes = self.vocabulary.predicates[pattern.predicate].takes
        return Proposition(
            subject,
            pattern.predicate,
            object=self._object(other, takes),
            comparator=other if takes is Takes.COMPARISON else None,
            endpoint=endpoints[turn],
        )

    def _object(self, name: str, takes: Takes) -> str | None:
        if takes is Takes.TEXT:
            return self.vocabulary.terms[name].label
        return name if takes is Takes.RELATION else None

    def names(self, kinds: str) -> tuple[str, ...]:
        """Return the names below some kinds, in alphabetical order."""
        found = self._names.get(kinds)
        if found is None:
            wanted = set(kinds.split())
            above = self.vocabulary.ancestors.items()
            found = self._names[kinds] = tuple(sorted(name for name, kin in above if kin & wanted - {name}))
        return found

    @cached_property
    def _shares(self) -> list[float]:
        return list(accumulate(1 / rank for rank in range(1, self.count + 1)))

    @cached_property
    def _patterns(self) -> tuple[Pattern, ...]:
        return tuple(Random(self.seed).sample(_PATTERNS, len(_PATTERNS)))

    @cached_property
    def _at_hand(self) -> dict[int, Question]:
        return {}

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return {}
