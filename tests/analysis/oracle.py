"""The rule of docs/relations.md read aloud: two claims in, a verdict out, nothing clever.

It is the measure that the engine is held against, so it shares no code with it: no tables, no bits, one pair at a
time. Where the page leaves a choice, the one that finds fewer contradictions is taken, and a comment says so.
"""

from dataclasses import dataclass
from decimal import Decimal

from avnkg.claims.kinds import Force, Stance, Takes
from avnkg.claims.model import Claim, Proposition
from avnkg.claims.vocabulary import Predicate, Vocabulary
from tests.analysis.oracle_answers import (
    ALL,
    HALF,
    NOTHING,
    QUARTER,
    THREE_QUARTERS,
    Interval,
    aspect,
    counted,
    hedged,
    interval,
    meant_by_its_name,
    named,
    predicate_of,
)
from tests.analysis.oracle_names import Names, Thing, convertible, stretch, within
from tests.analysis.oracle_scope import OnAxis, ScopeRule


@dataclass(frozen=True)
class Judgement:
    """What the rule says of two claims; axes by their keys, sorted."""

    verdict: str
    kind: str
    decided_by: tuple[str, ...] = ()
    narrowed_by: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """How two propositions that meet lie to each other: "a" or "b" says which side is the narrower one."""

    subject: str = "equal"
    predicate: str = "equal"
    object: str = "equal"


@dataclass(frozen=True)
class Answers:
    """What two answers do to each other (section 3)."""

    how: str
    kind: str = ""
    match: Match = Match()
    opposite: bool = False


def judge(a: Claim, b: Claim, vocabulary: Vocabulary, one_voice: bool) -> Judgement | None:
    """Return the verdict on two claims, None when they are no answers to one question."""
    if a.id == b.id:
        return None
    return _Pair(vocabulary, named(a, vocabulary), named(b, vocabulary), one_voice).verdict()


@dataclass(frozen=True)
class _Pair:
    """Two claims that carry their defined names."""

    vocabulary: Vocabulary
    a: Claim
    b: Claim
    one_voice: bool

    @property
    def names(self) -> Names:
        return Names(self.vocabulary)

    # Section 4: the verdict.

    def verdict(self) -> Judgement | None:
        answers = self.answers()
        if answers is None:
            return None
        every = sorted({each.axis for each in (*self.a.scope, *self.b.scope)})
        axes = {axis: self.on_axis(axis, answers.match) for axis in every}
        singled = self.singles_out() and answers.how == "compatible"
        disjoint = tuple(axis for axis, found in axes.items() if found.disjoint or (singled and found.narrower))
        assumed = {axis for axis, found in axes.items() if found.assumed or found.silent}
        over = {"countedOver"} if self.counts_are_assumed() else set()
        assumes = tuple(sorted(assumed | over))
        if answers.how == "compatible":
            if disjoint and answers.match.object in ({"a", "b", "overlapping"} if singled else {"overlapping"}):
                return None
            if disjoint:
                return Judgement("Parallel", answers.kind, decided_by=disjoint)
            narrowed = self.refinement(answers, axes)
            if narrowed:
                left = tuple(name for name in assumes if name not in narrowed)
                return Judgement("Refinement", answers.kind, narrowed_by=narrowed, assumes=left)
            if self.crosses(answers.match, axes):
                return None
            return Judgement("Agreement", answers.kind, assumes=assumes)
        if disjoint and answers.how == "vague":
            return None
        if answers.how == "presumed" and set(disjoint) & self.defining():
            return None
        if disjoint:
            return Judgement("ScopeDifference", answers.kind, decided_by=disjoint)
        narrowed = self.qualification(answers, axes, assumed)
        if answers.how == "presumed" and not set(narrowed) - self.defining() - {"subject"}:
            return None
        if narrowed:
            left = tuple(name for name in assumes if name not in narrowed)
            return Judgement("Qualification", answers.kind, narrowed_by=narrowed, assumes=left)
        if answers.how in ("loose", "vague") or (answers.how == "rival" and self.one_voice):
            return None
        verdict = {"incompatible": "Contradiction", "rival": "Rival"}.get(answers.how, "Tension")
        return Judgement(verdict, answers.kind, assumes=assumes)

    def qualification(self, answers: Answers, axes: dict[str, OnAxis], assumed: set[str]) -> tuple[str, ...]:
        """Return what makes one of two claims the exception of the other; empty when nothing does."""
        if answers.how not in ("incompatible", "strained", "loose", "vague", "presumed"):
            return ()
        of_one_voice = assumed if self.one_voice and answers.how == "incompatible" else set()
        return tuple(sorted(self.unreached(answers, axes) | of_one_voice))

    def unreached(self, answers: Answers, axes: dict[str, OnAxis]) -> set[str]:
        """Return the axes, and the subject, on which the broader side does not reach the narrower."""
        narrower = {axis: found.narrower for axis, found in axes.items() if found.narrower}
        if answers.match.subject in ("a", "b"):
            narrower["subject"] = answers.match.subject
        broader = {"a": self.b, "b": self.a}
        return {on for on, side in narrower.items() if not self.reaches(broader[side], on, answers.opposite)}

    def reaches(self, broader: Claim, on: str, opposite: bool) -> bool:
        if self.speaks_for_its_parts(broader):
            return True
        if not opposite or broader.stance is not Stance.DENIES:
            return False
        if hedged(broader) or broader.force is Force.RECOUNTS:
            return False
        return on == "subject" or on in self.defining()

    def defining(self) -> set[str]:
        """Return the axes that define treatments."""
        return {each.axis for each in self.vocabulary.predicates.values() if each.axis}

    def refinement(self, answers: Answers, axes: dict[str, OnAxis]) -> tuple[str, ...]:
        """Return what makes one of two claims the narrower one; empty when neither is."""
        match = answers.match
        sides = {"subject": match.subject, "predicate": match.predicate, "object": match.object}
        sides |= {axis: found.narrower for axis, found in axes.items()}
        strict = {on: side for on, side in sides.items() if side in ("a", "b")}
        return tuple(sorted(strict)) if len(set(strict.values())) == 1 else ()

    def crosses(self, match: Match, axes: dict[str, OnAxis]) -> bool:
        """Tell whether each side is narrower in one respect."""
        said = {match.subject, match.predicate, match.object}
        return {"a", "b"} <= said | {found.narrower for found in axes.values()}

    def counts_are_assumed(self) -> bool:
        return hedged(self.a) and hedged(self.b) and counted(self.a) != counted(self.b)

    def on_axis(self, axis: str, match: Match) -> OnAxis:
        a, b = ([each for each in claim.scope if each.axis == axis] for claim in (self.a, self.b))
        found = ScopeRule(self.vocabulary).compare(a, b)
        named = {"a": self.a, "b": self.b}.get(match.subject)
        # What the name of a contained subject means on the axis is said with the subject.
        if named and found.narrower == match.subject and meant_by_its_name(named, axis, self.vocabulary):
            return OnAxis()
        return found

    # Section 3: what two answers do to each other.

    def answers(self) -> Answers | None:
        aspects = {aspect(self.a), aspect(self.b)}
        if None in aspects:
            return None
        if self.presumes():
            return self.presumption()
        if aspects == {"practice", "advice"}:
            return self.practice_against_advice()
        if len(aspects) == 2:
            return None
        exclusive = self.exclusive()
        if exclusive:
            subject = None if exclusive == "comparison" else self.subjects()
            return self.exclusive_answers(exclusive, Match(subject or "equal"))
        match = self.same_question()
        if match is None:
            return self.rival()
        if self.a.stance is self.b.stance:
            return self.equal_stances(match)
        return self.opposite_stances(match)

    def opposite_stances(self, match: Match) -> Answers | None:
        affirming, denying = (self.a, self.b) if self.a.stance is Stance.AFFIRMS else (self.b, self.a)
        d = "a" if denying is self.a else "b"
        if self.leaves_open(match, d):
            return None
        kind = self.kind()
        yes, no = self.interval(affirming), self.interval(denying)
        if yes.misses(no):
            if self.both_describe():
                return Answers("loose", kind, match, opposite=True)
            ends = {yes.low, no.low} & {ALL} or {yes.high, no.high} & {NOTHING}
            if self.differ_in_degree() and not ends:
                return Answers("strained", "share", match, opposite=True)
            how = "strained" if match.predicate == d or self.count_unlike_things() else "incompatible"
            return Answers(how, kind, match, opposite=True)
        none, every = no.high <= HALF and no.holds(NOTHING), yes.low >= HALF and yes.holds(ALL)
        if (hedged(affirming) and none) or (hedged(denying) and every):
            return Answers("strained", kind, match, opposite=True)
        return None if self.one_is_one_case() else Answers(self.loosely(), kind, match, opposite=True)

    def kind(self) -> str:
        """Return what is at issue between two answers to the same question."""
        under = aspect(self.a)
        if self.a.proposition.quantity and under != "advice":
            return "amount"
        return {"fact": "stance", "practice": "share", "advice": "advice"}[under or ""]

    def leaves_open(self, match: Match, d: str) -> bool:
        """Tell whether a denial is of something narrower, so that what is affirmed may hold all the same.

        An amount is denied of all that lies in it, so that an affirmed amount that reaches beyond is left open too.
        """
        return match.object in (d, "overlapping")

    def equal_stances(self, match: Match) -> Answers | None:
        kind = "advice" if aspect(self.a) == "advice" else "share"
        apart = self.interval(self.a).misses(self.interval(self.b))
        if apart and match.predicate == match.object == "equal":
            strained = self.count_unlike_things() or self.differ_in_degree()
            return Answers("strained" if strained else "incompatible", kind, match)
        if (
            apart
            or self.one_is_one_case()
            or self.one_merely_warns()
            or {"a", "b"} <= {match.subject, match.predicate, match.object}
        ):
            return None
        return Answers("compatible", self.kind(), match)

    def exclusive_answers(self, kind: str, match: Match) -> Answers | None:
        stances = {self.a.stance, self.b.stance}
        if stances == {Stance.DENIES}:
            return None
        if len(stances) == 2:
            if kind == "amount" or self.one_is_one_case():
                return None
            return Answers("compatible", kind, match)
        if self.both_describe():
            return Answers("loose", kind, match)
        one, other = self.interval(self.a), self.interval(self.b)
        # An open bound of one half is more than one half: two majorities do not go into one.
        total = one.low + other.low
        if total > ALL or (total == ALL and (one.low_open or other.low_open)):
            return Answers("incompatible", kind, match)
        if self.one_is_one_case():
            return None
        commits, other_commits = (each.low >= HALF and each.holds(ALL) for each in (one, other))
        if (commits and hedged(self.b)) or (other_commits and hedged(self.a)):
            return Answers("strained", kind, match)
        return None

    def both_describe(self) -> bool:
        """Tell whether each says how its own speaker does it."""
        return self.a.force is self.b.force is Force.DESCRIBES

    def differ_in_degree(self) -> bool:
        """Tell whether both answers lie on one side of one half."""
        one, other = self.interval(self.a), self.interval(self.b)
        return (one.low >= HALF and other.low >= HALF) or (one.high <= HALF and other.high <= HALF)

    def rival(self) -> Answers | None:
        said, other = self.a.proposition, self.b.proposition
        if said.predicate != other.predicate or self.predicate(self.a).one_answer != "RivalAnswers":
            return None
        if said.endpoint != other.endpoint or said.comparator != other.comparator:
            return None
        subject = self.subjects()
        if subject is None or self.objects() is not None:
            return None
        facts = aspect(self.a) == aspect(self.b) == "fact" and not self.one_is_one_case()
        affirmed = self.a.stance is self.b.stance is Stance.AFFIRMS
        if facts and affirmed and self.interval(self.a).low >= HALF and self.interval(self.b).low >= HALF:
            return Answers("rival", "one answer", Match(subject))
        return None

    def practice_against_advice(self) -> Answers | None:
        match = None if self.exclusive() else self.same_question()
        done, advised = (self.a, self.b) if aspect(self.a) == "practice" else (self.b, self.a)
        if match is None or advised.force not in (Force.REQUIRES, Force.RECOMMENDS):
            return None
        share, strength = self.interval(done), self.interval(advised)
        some = share.low > NOTHING or share.low_open
        if some and done.stance is Stance.AFFIRMS and strength.high <= QUARTER:
            denying = advised
        elif share.high <= HALF and strength.low >= THREE_QUARTERS:
            denying = done
        else:
            return None
        if self.leaves_open(match, "a" if denying is self.a else "b"):
            return None
        return Answers("practice", "advice", match)

    def presumes(self) -> bool:
        """Tell whether one predicate takes the other for granted, and they have nothing else to do with each other."""
        one, other = self.predicate(self.a), self.predicate(self.b)
        if self.predicates() or other.name in one.opposed or one.name in other.opposed:
            return False
        return other.name in one.presumes or one.name in other.presumes

    def presumption(self) -> Answers | None:
        said, other = self.a.proposition, self.b.proposition
        subject, found = self.subjects(), self.containment(_object(said), _object(other), parts=False)
        if subject is None or found is None:
            return None
        if said.endpoint != other.endpoint or said.comparator != other.comparator:
            return None
        if self.a.stance is self.b.stance or self.one_is_one_case() or "practice" in (aspect(self.a), aspect(self.b)):
            return None
        d = "a" if self.a.stance is Stance.DENIES else "b"
        match = Match(subject, object=found)
        if self.leaves_open(match, d) or self.interval(self.a if d == "a" else self.b).high > HALF:
            return None
        return Answers("presumed", "presumption", match, opposite=True)

    def loosely(self) -> str:
        """Return how two answers lie that leave room for each other: vaguely, when neither says where the half lies."""
        sides = (self.interval(self.a), self.interval(self.b))
        return "loose" if any(each.low >= HALF or each.high <= HALF for each in sides) else "vague"

    def one_merely_warns(self) -> bool:
        """Tell whether, of two denials, just one leaves room for more than half ("may not")."""
        wide = {self.interval(each).high > HALF for each in (self.a, self.b)}
        return self.a.stance is Stance.DENIES and len(wide) == 2

    def singles_out(self) -> bool:
        """Tell whether both claims single something out of all that comes into question under their scope."""
        return self.predicates() == "equal" and self.predicate(self.a).singles_out

    def interval(self, claim: Claim) -> Interval:
        return interval(claim, self.vocabulary)

    def speaks_for_its_parts(self, claim: Claim) -> bool:
        answer = self.interval(claim)
        return answer.low >= Decimal("0.9") or answer.high <= Decimal("0.1")

    def one_is_one_case(self) -> bool:
        return Force.RECOUNTS in (self.a.force, self.b.force)

    def count_unlike_things(self) -> bool:
        one, other = counted(self.a), counted(self.b)
        return one is not None and other is not None and one != other

    # Section 1: the same question.

    def same_question(self) -> Match | None:
        said, other = self.a.proposition, self.b.proposition
        predicate = self.predicates()
        if said.endpoint != other.endpoint or predicate is None:
            return None
        takes = self.predicate(self.a).takes
        if takes is not self.predicate(self.b).takes:
            return None
        symmetric = self.predicate(self.a).symmetric or self.predicate(self.b).symmetric
        if symmetric and self.swapped():
            return Match(predicate=predicate)
        subject = self.subjects()
        if takes is Takes.AMOUNT:
            asks_the_same = self.amounts_compare() and not self.amounts_are_apart()
            return Match(subject, predicate, self.amounts()) if subject and asks_the_same else None
        if takes is Takes.COMPARISON:
            if subject is not None and _comparator(said) == _comparator(other):
                return Match(subject, predicate)
        elif subject is not None and said.comparator == other.comparator:
            found = self.words() if takes is Takes.TEXT else self.objects()
            if found is not None:
                return Match(subject, predicate, found)
        return None

    def exclusive(self) -> str | None:
        """Return by what rule affirming one of two propositions rules the other out, None when it does not."""
        said, other = self.a.proposition, self.b.proposition
        known = self.predicate(self.a)
        if said.endpoint != other.endpoint:
            return None
        if known.takes is Takes.COMPARISON:
            symmetric = known.symmetric or self.predicate(self.b).symmetric
            if self.predicates() and not symmetric and self.swapped():
                return "comparison"
        elif known.takes is Takes.AMOUNT:
            return "amount" if self.subjects() and self.amounts_compare() and self.amounts_are_apart() else None
        if self.subjects() is None:
            return None
        opposed = other.predicate in known.opposed or said.predicate in self.predicate(self.b).opposed
        if opposed and _object(said) == _object(other) and said.comparator == other.comparator:
            return "opposed"
        if said.predicate == other.predicate and known.one_answer == "DisjointAnswers":
            apart = said.object and other.object and self.objects_are_apart(said.object, other.object)
            return "class" if apart and said.comparator == other.comparator else None
        return None

    def objects_are_apart(self, one: str, other: str) -> bool:
        part = self.names.above(one, True) & {other} or self.names.above(other, True) & {one}
        return self.names.held_disjoint(one, other) and not part

    def swapped(self) -> bool:
        """Tell whether each claim has on the one side just what the other has on the other side."""
        said, other = self.a.proposition, self.b.proposition
        side = _comparator if self.predicate(self.a).takes is Takes.COMPARISON else _object
        if side is _object and said.comparator != other.comparator:
            return False
        return _subject(said) == side(other) and _subject(other) == side(said)

    def predicates(self) -> str | None:
        one, other = self.a.proposition.predicate, self.b.proposition.predicate
        if one == other:
            return "equal"
        if self.vocabulary.is_a(one, other):
            return "a"
        return "b" if self.vocabulary.is_a(other, one) else None

    def subjects(self) -> str | None:
        one, other = _subject(self.a.proposition), _subject(self.b.proposition)
        if self.singles_out() and one != other:
            return None
        found = self.containment(one, other)
        if found is None and not one[1] and not other[1]:
            first, second = self.vocabulary.defined.get(one[0]), self.vocabulary.defined.get(other[0])
            if first and second and first.kind == second.kind and first.values != second.values:
                return "siblings"
        return found

    def objects(self) -> str | None:
        return self.containment(_object(self.a.proposition), _object(self.b.proposition))

    def words(self) -> str | None:
        one, other = self.a.proposition.object or "", self.b.proposition.object or ""
        return "equal" if one.casefold() == other.casefold() else None

    def containment(self, one: Thing, other: Thing, parts: bool | None = None) -> str | None:
        """Return which of two things is the narrower one, "equal", or None when neither holds the other."""
        if one == other:
            return "equal"
        if parts is None:
            parts = self.predicate(self.a).reaches_parts and self.predicate(self.b).reaches_parts
        if self.names.holds(other, one, parts):
            return "a"
        return "b" if self.names.holds(one, other, parts) else None

    def amounts_compare(self) -> bool:
        one, other = self.a.proposition.quantity, self.b.proposition.quantity
        if one is None or other is None or not convertible(one.unit, other.unit):
            return False
        if self.a.proposition.predicate != self.b.proposition.predicate:
            return False
        return (one.measures, one.basis, one.relation) == (other.measures, other.basis, other.relation)

    def amounts(self) -> str:
        one, other = stretch(self.a.proposition.quantity, True), stretch(self.b.proposition.quantity, True)
        if one == other:
            return "equal"
        if within(one, other):
            return "a"
        return "b" if within(other, one) else "overlapping"

    def amounts_are_apart(self) -> bool:
        one, other = stretch(self.a.proposition.quantity, True), stretch(self.b.proposition.quantity, True)
        return one[1] < other[0] or other[1] < one[0]

    def predicate(self, claim: Claim) -> Predicate:
        return predicate_of(claim, self.vocabulary)


def _subject(said: Proposition) -> Thing:
    return said.subject, frozenset(said.subject_excludes)


def _object(said: Proposition) -> Thing:
    return said.object or "", frozenset(said.excludes)


def _comparator(said: Proposition) -> Thing:
    return said.comparator or "", frozenset(said.excludes)
