"""Every combination of what answers do to each other, how scopes lie, and whose voices it is, falls under one row."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from avnkg.analysis.relations.relations import relate
from avnkg.claims.model import Claim
from tests.analysis.claimsets import WORLD
from tests.analysis.differences import expanded
from tests.analysis.oracle import judge
from tests.analysis.test_oracle import no, yes

PAIN = ("Cells", "cures", "Pain")
ALL_PAIN = ("Cells", "heals", "Pain")

ANSWERS = {
    "incompatible": (yes(*PAIN), no(*PAIN)),
    "incompatible for all": (yes(*ALL_PAIN), no(*ALL_PAIN)),
    "incompatible for all, denied of some": (yes(*ALL_PAIN), no(*ALL_PAIN, share="0.2-0.4")),
    "exclusive": (yes("Cells", "helps", "Pain"), yes("Cells", "harms", "Pain")),
    "strained": (yes(*PAIN, share="can"), no(*PAIN)),
    "loose": (yes(*PAIN, share="0.8-0.95"), no(*PAIN, share="may not")),
    "vague": (yes(*PAIN, share="can"), no(*PAIN, share="may not")),
    "presumption": (yes("Cells", "suits", "Pain", force="recommends"), no(*PAIN)),
    "singled out": (yes("Cells", "mostSeenIn", "Hip"), yes("Cells", "mostSeenIn", "Hip")),
    "singled out, exclusive": (yes("Cells", "mostSeenIn", "Hip"), yes("Cells", "mostSeenIn", "Knee")),
    "rival": (yes("Cells", "comesFrom", "Pain"), yes("Cells", "comesFrom", "Loss")),
    "practice": (yes(*PAIN, force="reports", share="0.5-0.8"), no(*PAIN, force="recommends")),
    "compatible": (yes(*PAIN), yes(*PAIN)),
}
SCOPES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "equal": ({}, {}),
    "equal, stated": ({"site": "Hip"}, {"site": "Hip"}),
    "assumed": ({"from_heading": {"site": "Hip"}}, {}),
    "assumed of a speaker": ({"people": "Fit"}, {"people": "Fit"}),
    "overlapping": ({"site": "Hip|Knee"}, {"site": "Hip|Town"}),
    "silent": ({"site": "Hip"}, {}),
    "inside": ({"site": "Head"}, {"site": "Hip"}),
    "around": ({"site": "Hip"}, {"site": "Head"}),
    "disjoint": ({"site": "Hip"}, {"site": "Knee"}),
    "disjoint and inside": ({"site": "Hip", "people": "Men"}, {"site": "Knee"}),
}
OPEN_ANSWERS = ("loose", "vague", "presumption")
NARROWER = {"silent", "inside", "around"}
OPEN = {"assumed", "assumed of a speaker", "overlapping", "silent"}


def expected(answers: str, scope: str, one_voice: bool) -> str | None:
    """Return the verdict of the one row that fits, by the names of a combination; None for no row."""
    incompatible = answers.startswith("incompatible") or "exclusive" in answers
    compatible = answers in ("compatible", "singled out")
    # What is singled out in one scope is not, with that, singled out in a narrower one.
    apart = "disjoint" in scope or (answers == "singled out" and scope in NARROWER)
    # Who speaks for all reaches the narrower case; in "around" that is the second claim's.
    reached = answers == "incompatible for all" or (answers, scope) == (
        "incompatible for all, denied of some",
        "around",
    )
    rows = {
        "ScopeDifference": not compatible and answers != "vague" and apart,
        "Parallel": compatible and apart,
    }
    if not apart:
        general = (incompatible and not reached) or answers in ("strained", *OPEN_ANSWERS)
        narrowed = (general and scope in NARROWER) or (incompatible and one_voice and scope in OPEN)
        rows |= {
            "Qualification": narrowed,
            "Tension": (answers == "strained" and not narrowed) or answers == "practice",
            "Rival": answers == "rival" and not one_voice,
            "Contradiction": incompatible and not narrowed,
            "Refinement": compatible and scope in NARROWER,
            "Agreement": compatible and scope not in NARROWER,
        }
    fitting = [verdict for verdict, fits in rows.items() if fits]
    assert len(fitting) == 1 or (not fitting and answers in (*OPEN_ANSWERS, "rival"))
    return fitting[0] if fitting else None


COMBINATIONS = list(product(ANSWERS, SCOPES, (False, True)))


def combined(answers: str, scope: str) -> tuple[Claim, Claim]:
    """Return two claims of two documents with such answers under such scopes."""
    (first, second), (conditions, others) = ANSWERS[answers], SCOPES[scope]
    about = f"{answers}, {scope}"
    sides = [
        replace(
            claim,
            id=f"{page}/{about}",
            document=page,
            proposition=replace(claim.proposition, endpoint=about),
            scope=yes(*PAIN, **under).scope,
        )
        for claim, under, page in ((first, conditions, "a-page"), (second, others, "b-page"))
    ]
    return sides[0], sides[1]


@pytest.mark.parametrize(("answers", "scope", "one_voice"), COMBINATIONS)
def test_a_combination_falls_under_one_row(answers: str, scope: str, one_voice: bool) -> None:
    judgement = judge(*combined(answers, scope), WORLD, one_voice)
    assert (judgement.verdict if judgement else None) == expected(answers, scope, one_voice)


@pytest.mark.parametrize("one_voice", [False, True])
def test_the_engine_finds_the_same_rows(one_voice: bool) -> None:
    pairs = [combined(answers, scope) for answers, scope in product(ANSWERS, SCOPES)]
    voices = {"a-page": "x", "b-page": "x" if one_voice else "y"}
    found = expanded(relate([claim for pair in pairs for claim in pair], WORLD, voices))
    verdicts = {pair: judgement.verdict for pair, judgement in found.items()}
    rows = [(*pair, expected(*each, one_voice)) for each, pair in zip(product(ANSWERS, SCOPES), pairs, strict=True)]
    assert verdicts == {frozenset({a.id, b.id}): verdict for a, b, verdict in rows if verdict}
