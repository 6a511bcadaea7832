"""A claim: one voice for or against one proposition, resting on exact words.

Names are those of the ontology (`CoreDecompression`), compact names of another vocabulary (`ex:Thing`), or,
where a set of claims is open, any words that stand for themselves.
"""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from avnkg.claims.kinds import (
    ADVISORY,
    FACTUAL,
    Basis,
    Force,
    Manner,
    Stance,
    Standing,
    TimeRelation,
    Verification,
)
from avnkg.documents.model import Passage

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def key(*parts: object) -> str:
    """Return 20 hexadecimal digits that stand for some parts: the local name of what they make up.

    Eighty bits: among a million different propositions two meet by chance once in 10^12 sets.
    """
    return sha256(_encode(parts).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as printed and as meant.

    `low` and `high` are in `unit`; an absent bound is open. `measures` says of what it is the amount
    ("average price"), `basis` on which terms (insured, out of pocket), `relation` how a time lies to the procedure.

    >>> Quantity("from $8,000", Decimal(8000), None, "USD").high is None
    True
    """

    printed: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    measures: str | None = None
    basis: str | None = None
    relation: TimeRelation | None = None

    @property
    def parts(self) -> tuple[object, ...]:
        """What tells two amounts apart: the printed words do not."""
        return (plain(self.low), plain(self.high), self.unit, self.measures, self.basis, self.relation)


@dataclass(frozen=True, slots=True)
class Frequency:
    """The share of cases in which the proposition holds, as an interval and as printed.

    `low` and `high` lie between 0 and 1; an open end excludes its bound. `hedge` is the known hedge that the
    printed words were read as; `counted_over` is what is counted (patients, procedures), absent when unsaid.

    >>> Frequency("at least half", Decimal("0.5"), Decimal(1)).low
    Decimal('0.5')
    """

    printed: str
    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False
    hedge: str | None = None
    counted_over: str | None = None


@dataclass(frozen=True, slots=True)
class Degree:
    """How well, how much or how severe, as printed and as a value on an ordered scale."""

    value: str
    printed: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One printed condition on one axis: any of some values, or a measured stretch.

    >>> Condition("stage", Standing.STATED, ("Stage1", "Stage2")).any_of
    ('Stage1', 'Stage2')
    """

    axis: str
    standing: Standing
    any_of: tuple[str, ...] = ()
    measured: Quantity | None = None


Scope = tuple[Condition, ...]
"""Under which conditions: several conditions on one axis intersect; an axis without one is unstated."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """What is said, without who says it and without yes or no.

    `object` is a name, or words where the predicate takes words; it is absent for amounts (then `quantity` is
    part of what is said) and for comparisons (then `comparator` is the other side). `excludes` names what a general
    object (or, in a comparison, comparator) leaves out: "any other treatment than these"; `subject_excludes` what a
    general subject does.

    >>> one = Proposition("CoreDecompression", "isKindOf", "MajorSurgery")
    >>> one.key == Proposition("CoreDecompression", "isKindOf", "MajorSurgery").key
    True
    """

    subject: str
    predicate: str
    object: str | None = None
    comparator: str | None = None
    endpoint: str | None = None
    excludes: tuple[str, ...] = ()
    subject_excludes: tuple[str, ...] = ()
    quantity: Quantity | None = None

    @property
    def key(self) -> str:
        """The local name: equal for equal propositions, whoever says them."""
        amount = self.quantity.parts if self.quantity else None
        return key(
            self.subject,
            self.predicate,
            self.object,
            self.comparator,
            self.endpoint,
            self.excludes,
            self.subject_excludes,
            amount,
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """One voice for or against one proposition, with force, share, scope, basis and the words it rests on.

    `withdrawn` holds the reason of a claim that is kept but no longer counts. `verification` is how the quote
    gate held, absent before the gate.

    >>> said = Proposition("CoreDecompression", "isKindOf", "MajorSurgery")
    >>> claim = Claim("a-page/001", "a-page", (), said, "It is major surgery.", Force.REPORTS)
    >>> claim.stance.value, claim.triple_bearing
    ('affirms', False)
    """

    id: str
    document: str
    passages: tuple[Passage, ...]
    proposition: Proposition
    says: str
    force: Force
    stance: Stance = Stance.AFFIRMS
    manner: Manner = Manner.STATED
    frequency: Frequency | None = None
    degree: Degree | None = None
    scope: Scope = ()
    basis: Basis = Basis.UNTRACEABLE
    appeal: str | None = None
    cites: tuple[str, ...] = ()
    note: str | None = None
    withdrawn: str | None = None
    verification: Verification | None = field(default=None, compare=False)

    @property
    def under_conditions(self) -> bool:
        """Whether the bare triple says more than the words: hedged, graded, scoped, compared, or with exceptions."""
        said = self.proposition
        return bool(
            self.frequency
            or self.degree
            or said.excludes
            or said.subject_excludes
            or said.endpoint
            or (said.object and said.comparator)
            or any(condition.standing is not Standing.DEFINITIONAL for condition in self.scope)
        )

    @property
    def triple_bearing(self) -> bool:
        """Whether the graph holds a triple or a denial for it: not for reports, goals, cases and adverts."""
        return self.withdrawn is None and self.force in FACTUAL | ADVISORY


def default_basis(force: Force) -> Basis:
    """Return the basis of a claim that gives none: what its force shows, else an untraceable statement."""
    return {Force.DESCRIBES: Basis.PROCEDURE, Force.RECOUNTS: Basis.CASE}.get(force, Basis.UNTRACEABLE)


def plain(number: Decimal | None) -> str | None:
    """Return one spelling for one number: 1, 1.0 and 1.00 are the same."""
    return None if number is None else format(number.normalize(), "f")
