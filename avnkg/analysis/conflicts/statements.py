"""Which claims a reasoner can take as axioms, and as which; the others are left out, each with its reason.

An axiom has no exceptions, so a claim becomes one only when it speaks for its cases without exception
(`docs/relations.md`, section 1). Claims that say the same give one statement.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from avnkg import vocab
from avnkg.analysis.answers import WHOLE, Answer, Aspect, Share, answer
from avnkg.analysis.concepts import Concepts
from avnkg.analysis.relations.coding import Codebook
from avnkg.claims.kinds import Force, Takes
from avnkg.claims.model import Claim
from avnkg.claims.vocabulary import Predicate, Vocabulary
from avnkg.ontology.axioms import Apart, Axiom, Below, Clause, Guise, Has, Lacks, Name, answer_to
from avnkg.ontology.reading import local

_KIND_OF = local(vocab.IS_KIND_OF)
_DISJOINT = local(vocab.DISJOINT_ANSWERS)


@dataclass(frozen=True)
class Statement:
    """An axiom that claims bring in, and the claims, in their order."""

    axiom: Axiom
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Statements:
    """What a set of claims brings in, and how many claims bring in nothing, by reason."""

    statements: tuple[Statement, ...]
    left_out: Mapping[str, int]


def statements_of(claims: Iterable[Claim], vocabulary: Vocabulary) -> Statements:
    """Return the axioms that some claims bring in, in the order of the claims."""
    backed: dict[Axiom, list[Claim]] = {}
    left_out: Counter[str] = Counter()
    for claim in claims:
        reason = reason_against(claim, vocabulary)
        if reason:
            left_out[reason] += 1
        else:
            backed.setdefault(axiom_of(claim, vocabulary), []).append(claim)
    statements = tuple(Statement(axiom, tuple(found)) for axiom, found in backed.items())
    return Statements(statements, dict(left_out.most_common()))


def reason_against(claim: Claim, vocabulary: Vocabulary) -> str | None:
    """Return why a claim is no axiom, None when it is one."""
    said = claim.proposition
    if claim.withdrawn is not None:
        return "withdrawn"
    if claim.force not in (Force.ASSERTS, Force.DEFINES):
        return _FORCES[claim.force]
    takes = predicate_of(claim, vocabulary).takes
    if takes is not Takes.RELATION:
        return _TAKEN[takes]
    if said.comparator or said.endpoint:
        return "a relation that is compared, or on an endpoint"
    if said.excludes or said.subject_excludes:
        return "says of any other than something"
    given = answer_of(claim, vocabulary)
    if given is None or not given.speaks:
        bare = predicate_of(claim, vocabulary).bare.lower()
        return "hedged: leaves room for exceptions" if claim.frequency else f"bare, and means {bare} cases only"
    if claim.degree and not given.low:
        return "denies a degree only"
    return None


def predicate_of(claim: Claim, vocabulary: Vocabulary) -> Predicate:
    """Return a claim's predicate; one that nobody knows relates two things."""
    name = claim.proposition.predicate
    return vocabulary.predicates.get(name) or Predicate(name, Takes.RELATION, "Most")


def answer_of(claim: Claim, vocabulary: Vocabulary) -> Answer | None:
    """Return what a fact answers, None for what is no fact or one case only."""
    if claim.force not in (Force.ASSERTS, Force.DEFINES):
        return None
    share = None
    if claim.frequency:
        given = claim.frequency
        share = Share(given.low, given.high, given.low_open, given.high_open, given.counted_over or "")
    found = answer(claim.force, claim.stance, predicate_of(claim, vocabulary).bare, share)
    return found if found and found.aspect is Aspect.FACT else None


def nearly(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Tell whether a claim leaves room for a few exceptions (almost always), which its axiom does not."""
    given = answer_of(claim, vocabulary)
    return given is not None and (given.low, given.high) not in ((WHOLE, WHOLE), (0, 0))


def renamed(claim: Claim, vocabulary: Vocabulary) -> Claim:
    """Return a claim by its subject's most exact name (`Codebook.named`), without the conditions that the name means.

    A kind with the stated axis values by which a name is defined is that name: both ways of encoding are one.
    """
    said, _ = Codebook(Concepts(vocabulary)).named(claim.proposition, claim.scope)
    if said.subject == claim.proposition.subject:
        return claim
    meant = vocabulary.defined[said.subject].values
    scope = tuple(condition for condition in claim.scope if condition.axis not in meant)
    return replace(claim, proposition=said, scope=scope)


def axiom_of(claim: Claim, vocabulary: Vocabulary) -> Axiom:
    """Return the axiom that a claim brings in; `reason_against` must have found none.

    - *C is a kind of K*: C is below K, as a case and as an object; denied: nothing is both.
    - *C p O*: each case of C stands in p to O; where p has one answer, its answer is in O.
    - *C p O* denied: no case of C stands in p to O or to anything below it.
    """
    said = renamed(claim, vocabulary).proposition
    predicate = predicate_of(claim, vocabulary)
    given = answer_of(claim, vocabulary)
    subject, object_ = said.subject, said.object or ""
    affirms = given is not None and given.low > 0
    case = Name(Guise.CASE, subject)
    clauses: tuple[Clause, ...]
    if predicate.name == _KIND_OF and affirms:
        guises = (Guise.CASE, Guise.KIND, Guise.WITHIN)
        clauses = tuple(Below(Name(guise, subject), Name(guise, object_)) for guise in guises)
    elif predicate.name == _KIND_OF:
        clauses = (Apart(case, Name(Guise.CASE, object_)),)
    elif affirms:
        clauses = (Has(case, predicate.name, Name(Guise.ONLY, object_)),)
        if predicate.one_answer == _DISJOINT:
            clauses += (Has(case, answer_to(predicate.name), Name(Guise.ANSWER, object_)),)
    else:
        clauses = (Lacks(case, predicate.name, Name(Guise.WITHIN if predicate.reaches_parts else Guise.KIND, object_)),)
    labels = (_label(name, vocabulary) for name in (subject, predicate.name, object_))
    words = " ".join(labels) + ("" if affirms else ": never")
    name = f"{_short(subject)} {_short(predicate.name)} {_short(object_)}"
    return Axiom(f"{'' if affirms else 'not: '}{name}", words, clauses)


def _label(name: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.terms.get(name)
    return known.label if known else name


def _short(name: str) -> str:
    return name if ":" in name else f"avn:{name}"


_FORCES = {
    Force.DESCRIBES: "describes the speaker's own way",
    Force.RECOMMENDS: "advice",
    Force.REQUIRES: "advice",
    Force.PERMITS: "advice",
    Force.AIMS: "a goal",
    Force.REPORTS: "a report of others",
    Force.RECOUNTS: "one case",
    Force.ADVERTISES: "an advert",
}
_TAKEN = {
    Takes.COMPARISON: "a comparison (looked through for cycles)",
    Takes.AMOUNT: "an amount (compared two by two)",
    Takes.TEXT: "gives a name in words",
}
