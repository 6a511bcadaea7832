"""Random claims over a tiny made-up world in which everything that the rule speaks of comes about.

Few names, so that claims meet: two of them are about one question more often than in life.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from avnkg.claims.kinds import Force, Stance, Standing, Takes, TimeRelation
from avnkg.claims.model import Claim, Condition, Frequency, Proposition, Quantity, Scope
from avnkg.claims.vocabulary import Axis, Competition, Cover, Definition, Predicate, Term, Vocabulary
from avnkg.ontology.reading import read_ontology
from tests.claims.reader import passage

PARENTS = {
    "Treatment": (),
    "Cells": ("Treatment",),
    "IntoLesion": ("Cells",),
    "ByNeedle": ("Cells",),
    "ThroughNeedle": ("IntoLesion", "ByNeedle"),
    "IntoJoint": ("ByNeedle",),
    "Surgery": ("Treatment",),
    "Effect": (),
    "Pain": ("Effect",),
    "NightPain": ("Pain",),
    "Loss": ("Effect",),
    "Site": (),
    "Hip": ("Site",),
    "Head": ("Site",),
    "Knee": ("Site",),
    "Cap": ("Knee",),
    "People": (),
    "Men": ("People",),
    "Women": ("People",),
    "Fit": ("People",),
    "Target": (),
    "Lesion": ("Target",),
    "Core": ("Lesion",),
    "Joint": ("Target",),
    "Access": (),
    "Needle": ("Access",),
    "Channel": ("Access",),
    "Town": (),
    "Patient": (),
    "Case": (),
}
"""What each name stands below."""

STAGES = {
    "First": Cover(frozenset("1"), frozenset("1")),
    "Early": Cover(frozenset("1"), frozenset("12")),
    "Before": Cover(frozenset("12"), frozenset("123")),
    "After": Cover(frozenset("4"), frozenset("34")),
    "Late": Cover(frozenset("34"), frozenset("34")),
    "Window": Cover(frozenset(), frozenset("12")),
    "Advanced": Cover(frozenset(), frozenset("234")),
}
"""A course of four atoms: before and after are complements, before and advanced disjoint, the window its speaker's."""

PREDICATES = (
    Predicate("heals", Takes.RELATION, "All"),
    Predicate("cures", Takes.RELATION, "Most"),
    Predicate("risks", Takes.RELATION, "Some"),
    Predicate("helps", Takes.RELATION, "Most", opposed=frozenset({"harms"})),
    Predicate("harms", Takes.RELATION, "Most", opposed=frozenset({"helps"})),
    Predicate("isKind", Takes.RELATION, "All", one_answer="DisjointAnswers"),
    Predicate("mainSite", Takes.RELATION, "Most", one_answer="DisjointAnswers", reaches_parts=True),
    Predicate("comesFrom", Takes.RELATION, "All", one_answer="RivalAnswers"),
    Predicate("betterThan", Takes.COMPARISON, "Most"),
    Predicate("farBetterThan", Takes.COMPARISON, "Most"),
    Predicate("likeTo", Takes.COMPARISON, "Most", symmetric=True),
    Predicate("linkedTo", Takes.RELATION, "Some", symmetric=True, opposed=frozenset({"apartFrom"})),
    Predicate("apartFrom", Takes.RELATION, "Most", opposed=frozenset({"linkedTo"})),
    Predicate("lasts", Takes.AMOUNT, "Most"),
    Predicate("calledSo", Takes.TEXT, "All"),
    Predicate("goesInto", Takes.RELATION, "All", axis="target"),
    Predicate("goesThrough", Takes.RELATION, "All", axis="access"),
    Predicate("suits", Takes.RELATION, "Most", presumes=frozenset({"cures"})),
    Predicate("tried", Takes.RELATION, "Some", presumes=frozenset({"cures", "suits"})),
    Predicate("mostSeenIn", Takes.RELATION, "Most", one_answer="DisjointAnswers", reaches_parts=True, singles_out=True),
)
ABOVE_PREDICATES = {"cures": ("heals",), "farBetterThan": ("betterThan",)}
AXES = {"stage": "Stage", "target": "Target", "access": "Access", "site": "Site", "people": "People"}
OPEN_AXES = {"place": "Town", "time": "Time"}
HEDGES = ("can", "usually", "often", "rarely", "almost always", "may not", "few", "not usually")


def _above(name: str, parents: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset({name}).union(*(_above(parent, parents) for parent in parents.get(name, ())))


def world() -> Vocabulary:
    """Return the made-up vocabulary, with the hedges of the ontology."""
    ours = read_ontology().vocabulary
    parents = {**PARENTS, **dict.fromkeys(STAGES, ()), **{each.name: () for each in PREDICATES}, **ABOVE_PREDICATES}
    return Vocabulary(
        terms={name: Term(name, name, parents=above) for name, above in parents.items()},
        predicates={each.name: each for each in PREDICATES},
        hedges=ours.hedges,
        axes={key: Axis(key, key, kind) for key, kind in {**AXES, **OPEN_AXES}.items()},
        defined={
            "IntoLesion": Definition("Cells", {"target": "Lesion"}),
            "ByNeedle": Definition("Cells", {"access": "Needle"}),
            "ThroughNeedle": Definition("Cells", {"target": "Lesion", "access": "Needle"}),
            "IntoJoint": Definition("Cells", {"target": "Joint", "access": "Needle"}),
        },
        ancestors={name: _above(name, parents) for name in parents},
        advice=ours.advice,
        competition=Competition(
            disjoint={
                name: frozenset(others)
                for name, others in {
                    "Cells": {"Surgery"},
                    "Surgery": {"Cells"},
                    "Pain": {"Loss"},
                    "Loss": {"Pain"},
                    "Hip": {"Knee"},
                    "Head": {"Knee"},
                    "Knee": {"Hip", "Head"},
                    "Men": {"Women"},
                    "Women": {"Men"},
                    "Lesion": {"Joint"},
                    "Joint": {"Lesion"},
                    "Before": {"Advanced"},
                    "Advanced": {"Before"},
                    "Needle": {"Channel"},
                    "Channel": {"Needle"},
                }.items()
            },
            wholes={"Head": frozenset({"Hip"})},
            covers=STAGES,
            complements={"Before": "After", "After": "Before"},
            relative=frozenset({"Window", "Fit"}),
        ),
        open=True,
    )


WORLD = world()

_SUBJECTS = ["Cells", "Cells", "IntoLesion", "ThroughNeedle", "ByNeedle", "IntoJoint", "Surgery", "Treatment"]
_OBJECTS = {
    "isKind": ["Cells", "Surgery", "Treatment"],
    "mainSite": ["Hip", "Head", "Knee", "Cap", "Site"],
    "mostSeenIn": ["Hip", "Head", "Knee", "Cap", "Site"],
    "linkedTo": ["Cells", "IntoLesion", "Pain", "NightPain"],
    "apartFrom": ["Cells", "IntoLesion", "Pain"],
    "calledSo": ["Cells in the bone", "cells in the Bone", "grafting"],
    "goesInto": ["Lesion", "Core", "Joint"],
    "goesThrough": ["Needle", "Channel"],
}
_LEFT_OUT: dict[str, list[tuple[str, ...]]] = {
    "Effect": [("NightPain",), ("Loss", "NightPain")],
    "Site": [("Head",), ("Hip",)],
}
_EFFECTS = ["Effect", "Pain", "Pain", "NightPain", "Loss"]
_VALUES = {
    "stage": sorted(STAGES),
    "target": ["Target", "Lesion", "Core", "Joint"],
    "access": ["Access", "Needle", "Channel"],
    "site": ["Site", "Hip", "Head", "Knee", "Cap"],
    "people": ["People", "Men", "Women", "Fit"],
    "place": ["Town", "Atlantis", "Utopia"],
    "time": ["Soon", "Town"],
}
_FORCES = [
    *[Force.ASSERTS] * 12,
    Force.DEFINES,
    Force.RECOUNTS,
    *[Force.REPORTS] * 4,
    *[Force.REQUIRES, Force.RECOMMENDS] * 2,
    *(Force.PERMITS, Force.DESCRIBES, Force.AIMS, Force.ADVERTISES),
]

_TOGETHER = [
    ("heals", "cures", "betterThan"),
    ("betterThan", "farBetterThan", "likeTo"),
    ("helps", "harms", "linkedTo"),
    ("linkedTo", "apartFrom"),
    ("isKind", "mainSite"),
    ("isKind", "mostSeenIn"),
    ("cures", "suits", "tried"),
    ("comesFrom", "lasts"),
    ("comesFrom",),
    ("goesInto", "goesThrough", "lasts"),
    ("likeTo", "calledSo", "risks"),
    tuple(WORLD.predicates),
]
"""Predicates that one set of claims uses, so that they meet."""


def amounts(relations: bool = True) -> st.SearchStrategy[Quantity]:
    """Draw amounts that meet, lie in each other, or are told apart by a digit."""
    numbers = st.sampled_from([None, *map(Decimal, ("2", "3", "3.0", "4", "8", "10", "12", "1.5", "2.5"))])
    return st.builds(
        lambda low, high, unit, measures, relation: Quantity(
            f"{low} to {high} {unit}", *_ordered(low, high), unit, measures, None, relation
        ),
        numbers,
        numbers,
        st.sampled_from(["week", "week", "week", "day", "month", "year", "USD", "count"]),
        st.sampled_from([None, None, None, "the stay"]),
        st.sampled_from([None, None, TimeRelation.AFTER, TimeRelation.BEFORE]) if relations else st.none(),
    )


def _ordered(low: Decimal | None, high: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    if low is None and high is None:
        return Decimal(3), Decimal(3)
    return (high, low) if low is not None and high is not None and low > high else (low, high)


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Draw a scope: mostly none or one condition, at times several on one axis, or several values in one."""
    found = []
    for axis in draw(st.lists(st.sampled_from([*_VALUES, "stage", "site", "target"]), max_size=3)):
        standing = draw(st.sampled_from([Standing.STATED, Standing.STATED, Standing.INHERITED]))
        if axis == "time" and draw(st.integers(0, 9)):
            found.append(Condition(axis, standing, measured=draw(amounts())))
        else:
            several = draw(st.sampled_from([1, 1, 1, 2]))
            values = draw(st.lists(st.sampled_from(_VALUES[axis]), min_size=several, max_size=several))
            found.append(Condition(axis, standing, tuple(sorted(set(values)))))
    return tuple(sorted(set(found), key=repr))


@st.composite
def propositions(draw: st.DrawFn, predicates: tuple[str, ...] = tuple(WORLD.predicates)) -> Proposition:
    """Draw what is said: at times with an endpoint, and with what a general name leaves out."""
    predicate = WORLD.predicates[draw(st.sampled_from(predicates))]
    subject = draw(st.sampled_from(_SUBJECTS))
    rarely = draw(st.integers(0, 23))
    endpoint = "Loss" if rarely == 1 else None
    left_out = ("Surgery",) if rarely == 2 and subject == "Treatment" else ()
    if predicate.takes is Takes.AMOUNT:
        return Proposition(subject, predicate.name, endpoint=endpoint, quantity=draw(amounts(relations=False)))
    if predicate.takes is Takes.COMPARISON:
        others = [name for name in ("Surgery", "IntoJoint", "Cells", "Treatment") if name != subject]
        comparator = draw(st.sampled_from(others))
        excludes: tuple[str, ...] = ("IntoLesion",) if rarely == 3 and comparator in ("Cells", "Treatment") else ()
        return Proposition(
            subject,
            predicate.name,
            comparator=comparator,
            endpoint=endpoint,
            excludes=excludes,
            subject_excludes=left_out,
        )
    said: str = draw(st.sampled_from(_OBJECTS.get(predicate.name, _EFFECTS)))
    if predicate.name in ("linkedTo", "apartFrom") and draw(st.booleans()) and subject != said:
        subject, said = said, subject
        left_out = ()
    left = _LEFT_OUT.get(said)
    excludes = draw(st.sampled_from(left)) if left and rarely in (4, 5, 6, 7) else ()
    beside = "Surgery" if rarely == 8 and predicate.takes is Takes.RELATION else None
    return Proposition(subject, predicate.name, said, beside, endpoint, excludes, left_out)


@st.composite
def shares(draw: st.DrawFn) -> Frequency:
    """Draw a printed share: a hedge, or bounds."""
    counted = draw(st.sampled_from([None, "Patient", "Case"]))
    if draw(st.booleans()):
        hedge = WORLD.hedges[draw(st.sampled_from(HEDGES))]
        return Frequency(hedge.label, *hedge.interval, hedge.label, counted)
    bounds = st.sampled_from(["0.05-0.1", "0-0.3", "0.2-0.5", "0.5-1", "0.5-0.8", "0.9-1", "0.8-0.95", "0.4-0.6"])
    low, high = map(Decimal, draw(bounds).split("-"))
    left_out = draw(st.sampled_from([(False, False), (False, False), (True, False), (False, True)]))
    return Frequency(f"{low} to {high}", low, high, *left_out, None, counted)


@st.composite
def claim_fields(draw: st.DrawFn, predicates: tuple[str, ...] = tuple(WORLD.predicates)) -> Claim:
    """Draw a claim of one of three documents, not yet numbered."""
    document = draw(st.sampled_from(["one-page", "another-page", "third-page"]))
    force = draw(st.sampled_from(_FORCES))
    shared = force is Force.REPORTS or draw(st.integers(0, 2)) == 0
    rarely = draw(st.integers(0, 19))
    return Claim(
        id=document,
        document=document,
        passages=(passage("words", document=document),),
        proposition=draw(propositions(predicates)),
        says="They say so.",
        force=force,
        stance=draw(st.sampled_from([Stance.AFFIRMS, Stance.AFFIRMS, Stance.DENIES])),
        frequency=draw(shares()) if shared and rarely else None,
        scope=draw(scopes()),
        cites=("doi:10.1/1",) if rarely == 1 else (),
        withdrawn="They took it back." if rarely == 2 else None,
    )


def shown(claim: Claim) -> str:
    """Return a claim in a line."""
    said = claim.proposition
    amount = said.quantity
    parts = {
        "without": said.subject_excludes,
        "": f"{said.subject} {said.predicate} {said.object or ''}",
        "other than": said.excludes,
        "than": said.comparator,
        "for": said.endpoint,
        "amount": amount and (*amount.parts,),
        "share": claim.frequency and (claim.frequency.printed, claim.frequency.counted_over),
        "cites": claim.cites,
        "withdrawn": claim.withdrawn,
    }
    words = " ".join(f"{name} {part}".strip() for name, part in parts.items() if part)
    scope = [
        f"{each.axis}={'|'.join(each.any_of)}{each.measured.parts if each.measured else ''} ({each.standing})"
        for each in claim.scope
    ]
    return f"{claim.id} {claim.force} {claim.stance}: {words} {' '.join(scope)}"


class Claims(tuple[Claim, ...]):
    """Claims, told in a line each when a test fails on them."""

    def __repr__(self) -> str:
        """Return the lines."""
        return "\n".join(["", *map(shown, self)])


def numbered(claims: list[Claim]) -> Claims:
    """Return some claims with ids of their own."""
    return Claims(replace(claim, id=f"{claim.document}/{number:03}") for number, claim in enumerate(claims, 1))


@st.composite
def claim_sets(draw: st.DrawFn, least: int = 2, most: int = 60) -> Claims:
    """Draw a set of claims of three documents about a few questions, each claim with an id of its own."""
    predicates = draw(st.sampled_from(_TOGETHER))
    claims = st.lists(claim_fields(predicates), min_size=least, max_size=most)
    return numbered(draw(claims))


def voices() -> st.SearchStrategy[dict[str, str]]:
    """Draw whose voice each document is: of three, two may be one."""
    return st.sampled_from([["x", "y", "z"], ["x", "x", "y"], ["x", "y", "x"]]).map(
        lambda names: dict(zip(("one-page", "another-page", "third-page"), names, strict=True))
    )
