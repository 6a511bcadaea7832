"""Section 1 of docs/relations.md: what a claim answers, and under which name its subject goes."""

from dataclasses import dataclass, replace
from decimal import Decimal

from avnkg.claims.kinds import Force, Stance, Standing, Takes
from avnkg.claims.model import Claim, Condition
from avnkg.claims.vocabulary import Predicate, Vocabulary

NOTHING, HALF, QUARTER, THREE_QUARTERS, ALL = map(Decimal, ("0", "0.5", "0.25", "0.75", "1"))


@dataclass(frozen=True)
class Interval:
    """An answer: a stretch of shares or of strengths."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def misses(self, other: "Interval") -> bool:
        """Tell whether no number is in both."""
        return self._ends_before(other) or other._ends_before(self)

    def holds(self, number: Decimal) -> bool:
        """Tell whether a number is in it."""
        return not self.misses(Interval(number, number))

    def _ends_before(self, other: "Interval") -> bool:
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))


def named(claim: Claim, vocabulary: Vocabulary) -> Claim:
    """Return a claim with the defined name that its subject and its conditions amount to, and what that name says."""
    said = claim.proposition
    if said.subject_excludes:
        return claim
    own = vocabulary.defined.get(said.subject)
    kind = own.kind if own else said.subject
    claim = _with_definition(claim, vocabulary)
    fitting = [
        name
        for name, definition in vocabulary.defined.items()
        if definition.kind == kind and all(_states(claim, *value) for value in definition.values.items())
    ]
    if not fitting:
        return claim
    # Names of equally many values cannot be told apart by the page; the first by name is as good as another.
    best = min(fitting, key=lambda name: (-len(vocabulary.defined[name].values), name))
    return _with_definition(replace(claim, proposition=replace(said, subject=best)), vocabulary)


def _with_definition(claim: Claim, vocabulary: Vocabulary) -> Claim:
    known = vocabulary.defined.get(claim.proposition.subject)
    if known is None:
        return claim
    added = tuple(Condition(axis, Standing.DEFINITIONAL, (value,)) for axis, value in sorted(known.values.items()))
    return replace(claim, scope=(*claim.scope, *(each for each in added if each not in claim.scope)))


def _states(claim: Claim, axis: str, value: str) -> bool:
    """Tell whether a condition that is not inherited is just that value."""
    on_axis = [each for each in claim.scope if each.axis == axis and each.standing is not Standing.INHERITED]
    return any(condition.any_of == (value,) for condition in on_axis)


def meant_by_its_name(claim: Claim, axis: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a claim, on an axis, has what its subject's name means, and nothing more."""
    known = None if claim.proposition.subject_excludes else vocabulary.defined.get(claim.proposition.subject)
    value = known.values.get(axis) if known else None
    return value is not None and all(each.any_of == (value,) for each in claim.scope if each.axis == axis)


def hedged(claim: Claim) -> bool:
    """Tell whether a share is printed with a fact or a practice, and it is not of one case."""
    return claim.frequency is not None and aspect(claim) != "advice" and claim.force is not Force.RECOUNTS


def counted(claim: Claim) -> str | None:
    """Return what a share counts; with advice, and with one case, it counts for nothing."""
    return claim.frequency.counted_over if claim.frequency and hedged(claim) else None


def aspect(claim: Claim) -> str | None:
    """Return under which aspect a claim answers, None when it answers nothing."""
    if claim.withdrawn is not None:
        return None
    if claim.force in (Force.ASSERTS, Force.DEFINES, Force.RECOUNTS):
        return "fact"
    if claim.force is Force.REPORTS and claim.frequency:
        return "practice"
    if claim.force in (Force.REQUIRES, Force.RECOMMENDS, Force.PERMITS, Force.DESCRIBES):
        return "advice"
    return None


def interval(claim: Claim, vocabulary: Vocabulary) -> Interval:
    """Return the answer of a claim that answers."""
    affirms = claim.stance is Stance.AFFIRMS
    if claim.force is Force.RECOUNTS:
        return Interval(NOTHING, ALL, low_open=True) if affirms else Interval(NOTHING, ALL, high_open=True)
    if aspect(claim) == "advice":
        if claim.force is Force.REQUIRES:
            return Interval(ALL, ALL) if affirms else Interval(NOTHING, NOTHING)
        if claim.force is Force.PERMITS:
            return Interval(QUARTER, ALL) if affirms else Interval(NOTHING, THREE_QUARTERS)
        return Interval(THREE_QUARTERS, ALL) if affirms else Interval(NOTHING, QUARTER)
    if claim.frequency:
        share = claim.frequency
        return Interval(share.low, share.high, share.low_open, share.high_open)
    bare = predicate_of(claim, vocabulary).bare
    if bare == "All":
        return Interval(ALL, ALL) if affirms else Interval(NOTHING, NOTHING)
    if bare == "Most":
        return Interval(HALF, ALL, low_open=True) if affirms else Interval(NOTHING, HALF, high_open=True)
    return Interval(NOTHING, ALL, low_open=True) if affirms else Interval(NOTHING, NOTHING)


def predicate_of(claim: Claim, vocabulary: Vocabulary) -> Predicate:
    """Return the predicate of a claim; one that the ontology does not know relates two things, and means most."""
    name = claim.proposition.predicate
    return vocabulary.predicates.get(name) or Predicate(name, Takes.RELATION, "Most")
