"""Claim sets of any size for benchmarks and tests of scale: made up, seeded, one claim at a time.

Claims answer questions drawn by Zipf's law from a fortieth as many; a question is asked under up to thirty scopes; two
hundred voices take turns. Names are the ontology's, so that the query library finds rows; forces, shares, degrees,
scopes and notes come about as often as in the embedded corpus. Nobody has said any of it, and the texts do not exist:
a document's hash, and the hashes around a passage, only stand in for real ones.

Memory grows with the number of questions (a number each), not with the number of claims. The n-th claim depends on
the seed, the size and n alone, so a set can be made in parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from random import Random

from avnkg.claims.kinds import Basis, Force, Manner, Stance, Standing, Takes, Verification
from avnkg.claims.model import Claim, Condition, Degree, Frequency, Proposition, Quantity, Scope, default_basis
from avnkg.claims.vocabulary import Hedge, Vocabulary
from avnkg.documents.kinds import DocumentKind
from avnkg.documents.model import Document, Interest, Passage
from tests.benchmarks.questions import Question, Questions, card, deck

CLAIMS_A_QUESTION = 40
MOST_SCOPES = 30
VOICES = 200

_FORCES = deck(
    {
        Force.ASSERTS: 58,
        Force.DESCRIBES: 14,
        Force.AIMS: 8,
        Force.REPORTS: 6,
        Force.DEFINES: 5,
        Force.RECOUNTS: 3,
        Force.REQUIRES: 2,
        Force.RECOMMENDS: 2,
        Force.ADVERTISES: 1,
        Force.PERMITS: 1,
    }
)
_CONDITIONS = deck({1: 68, 2: 24, 3: 5, 4: 2, 5: 1})
_AXES = deck(
    {
        "anatomy": 40,
        "stage": 24,
        "place": 8,
        "exposure": 6,
        "period": 5,
        "population": 5,
        "cellSource": 4,
        "time": 3,
        "guidance": 2,
        "deliveryAccess": 1,
        "deliveryTarget": 1,
        "payer": 1,
    }
)
_AMOUNTS = {"price": ("costs", "USD", 500), "lasts": ("duration", "week", 1)}
_SPREADS = ((1, 2), (1, 3), (2, 3), (3, 4), (4, 9))
_NOTES = (
    "Said in passing; the place is only in the heading above it.",
    "The next sentence narrows this to those who were treated early, which is a claim of its own.",
)
_STRETCH = 400
"""The room that one sentence has in a made-up text, in characters."""


@dataclass(frozen=True)
class ClaimSet:
    """A set of `size` claims.

    Attributes:
        vocabulary: where names come from.
        size: how many claims.
        seed: another seed, another set.
        voices: how many documents take turns, each of a publisher of its own.
        most_scopes: how many scope signatures a question has at most.
        spread_over: with a number, every claim has a scope over as many axes, half of which it leaves unstated.
    """

    vocabulary: Vocabulary = field(repr=False)
    size: int
    seed: int = 1
    voices: int = VOICES
    most_scopes: int = MOST_SCOPES
    spread_over: int | None = None

    def __len__(self) -> int:
        """Return the number of claims."""
        return self.size

    def __iter__(self) -> Iterator[Claim]:
        """Yield the claims."""
        return map(self.claim, range(self.size))

    @cached_property
    def questions(self) -> Questions:
        """What the claims answer."""
        return Questions(self.vocabulary, max(1, self.size // CLAIMS_A_QUESTION), self.seed, self.most_scopes)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The records of the voices."""
        return tuple(map(self._document, range(self.voices)))

    def claim(self, number: int) -> Claim:
        """Return the claim of a number, counted from 0."""
        draw = Random(self.seed << 40 | number).random
        question = self.questions.drawn(draw())
        said = self._said(question, draw())
        stance = Stance.DENIES if said.subject_excludes or draw() * 100 < question.against else Stance.AFFIRMS
        force = card(_FORCES, draw())
        frequency = self._frequency(draw()) if draw() < 0.23 else None
        if frequency and frequency.low == 1 and stance is Stance.DENIES:
            frequency = None  # what holds in every case is not denied
        degree = self._degree(draw()) if draw() < 0.055 else None
        # As in life, more than half of what is said carries no condition.
        scope = self.scope(question, int(draw() * question.scopes)) if draw() < 0.45 or self.spread_over else ()
        says = self._says(said, stance, frequency, degree)
        sentence, voice = divmod(number, self.voices)
        heading = f"About {self._label(said.subject)}"
        passages = [_passage(_document_id(voice), 2 * sentence, f"{sentence + 1}. {says}", heading)]
        if scope and draw() < 0.75:
            passages.append(_passage(_document_id(voice), 2 * sentence + 1, self._where(scope), heading))
        return Claim(
            id=f"{_document_id(voice)}/{sentence + 1:03}",
            document=_document_id(voice),
            passages=tuple(passages),
            proposition=said,
            says=f"{says}.",
            force=force,
            stance=stance,
            manner=Manner.PRESUPPOSED if draw() < 0.09 else Manner.STATED,
            frequency=frequency,
            degree=degree,
            scope=scope,
            basis=Basis.PRICE_LIST if said.predicate == "price" else default_basis(force),
            appeal=f"{sentence + 1}." if draw() < 0.02 else None,
            note=card(_NOTES, draw()) if draw() < 0.46 else None,
            verification=Verification.FINGERPRINTED,
        )

    def scope(self, question: Question, number: int) -> Scope:
        """Return a scope signature of a question; the first has no conditions, unless all spread over some axes."""
        if number == 0 and not self.spread_over:
            return ()
        random = Random(f"{self.seed}/{question.rank}/{number}")
        draw = random.random
        conditions = {}
        if self.spread_over:
            axes = random.sample(tuple(dict.fromkeys(_AXES))[: self.spread_over], self.spread_over // 2)
        else:
            axes = [card(_AXES, draw()) for _ in range(card(_CONDITIONS, draw()))]
        for axis in axes:
            value = card(self.questions.names(self.vocabulary.axes[axis].range), draw())
            standing = Standing.INHERITED if draw() < 0.3 else Standing.STATED
            conditions[axis] = Condition(axis, standing, any_of=(value,))
        return tuple(conditions[axis] for axis in sorted(conditions))

    def _said(self, question: Question, drawn: float) -> Proposition:
        """Return what one claim says of its question: an amount, the other way round, or of all others."""
        said = question.said
        takes = self.vocabulary.predicates[said.predicate].takes
        if takes is Takes.AMOUNT:
            return replace(said, quantity=_amount(said.predicate, question.amount, card(_SPREADS, drawn)))
        if takes is Takes.COMPARISON and drawn < 0.2:
            return replace(said, subject=said.comparator or "", comparator=said.subject)
        if takes is Takes.RELATION and drawn < 0.01:
            parent = card(self.vocabulary.terms[said.subject].parents, drawn * 100)
            return replace(said, subject=parent, subject_excludes=(said.subject,))
        return said

    def _frequency(self, drawn: float) -> Frequency:
        words, hedge = card(self._hedges, drawn)
        return Frequency(words, hedge.low, hedge.high, hedge.low_open, hedge.high_open, hedge.label)

    def _degree(self, drawn: float) -> Degree:
        name = card(self.questions.names("Degree"), drawn)
        return Degree(name, self._label(name))

    def _says(self, said: Proposition, stance: Stance, frequency: Frequency | None, degree: Degree | None) -> str:
        """Return a sentence, more or less, that holds all that is said to be printed in it."""
        other = said.object or said.comparator
        parts = (
            f"any {self._label(said.subject)} but {self._label(said.subject_excludes[0])}"
            if said.subject_excludes
            else self._label(said.subject),
            frequency.printed if frequency else None,
            "not" if stance is Stance.DENIES else None,
            self._label(said.predicate),
            said.quantity.printed if said.quantity else None,
            self._label(other) if other else None,
            f"as to {self._label(said.endpoint)}" if said.endpoint else None,
            f"({degree.printed})" if degree else None,
        )
        return " ".join(part for part in parts if part)

    def _where(self, scope: Scope) -> str:
        return f"This is about {', '.join(self._label(value) for condition in scope for value in condition.any_of)}"

    def _label(self, name: str) -> str:
        term = self.vocabulary.terms.get(name)
        return term.label if term else name

    @cached_property
    def _hedges(self) -> tuple[tuple[str, Hedge], ...]:
        """The hedges that leave a claim standing: one that is read as `never` would deny."""
        return tuple((words, hedge) for words, hedge in sorted(self.vocabulary.hedges.items()) if hedge.high > 0)

    def _document(self, voice: int) -> Document:
        name = _document_id(voice)
        sentences = len(range(voice, self.size, self.voices))
        sold = card(self.questions.names("Treatment"), voice / self.voices)
        return Document(
            id=name,
            title=f"What voice {voice + 1} says",
            publisher=f"Voice {voice + 1}",
            address=f"https://example.org/{name}",
            published=str(2000 + voice % 25),
            kind=tuple(DocumentKind)[voice % len(DocumentKind)],
            interest=Interest(sells=(sold,), says="sells what it praises") if voice % 3 == 0 else None,
            licence="made up; nobody's",
            sha256=sha256(f"{name} {self.seed} {self.size}".encode()).hexdigest(),
            length=max(1, 2 * sentences * _STRETCH),
        )


def _document_id(voice: int) -> str:
    return f"voice-{voice + 1:03}"


def _passage(document: str, sentence: int, words: str, heading: str) -> Passage:
    exact = words[:_STRETCH]
    start = sentence * _STRETCH
    around = sha256(f"{document} {sentence}".encode()).hexdigest()
    fingerprint = sha256(exact.encode()).hexdigest()
    return Passage(document, start, start + len(exact), exact, fingerprint, around[:16], around[16:32], heading)


def _amount(predicate: str, base: int, spread: tuple[int, int]) -> Quantity:
    measures, unit, size = _AMOUNTS[predicate]
    low, high = (size * base * factor for factor in spread)
    return Quantity(f"{low:,} to {high:,} {unit}", Decimal(low), Decimal(high), unit, measures)
