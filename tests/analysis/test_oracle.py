"""The rule by hand: small pairs, each with the verdict that the words of docs/relations.md give it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from avnkg.claims.kinds import Force, Stance, Standing, TimeRelation
from avnkg.claims.model import Claim, Condition, Frequency, Proposition, Quantity
from tests.analysis.claimsets import WORLD, claim_sets
from tests.analysis.differences import differences
from tests.analysis.oracle import Judgement, judge
from tests.analysis.oracle_answers import Interval, aspect, interval
from tests.claims.reader import passage


def yes(subject: str, predicate: str, object: str | Quantity | None = None, **more: Any) -> Claim:
    """Return a claim that affirms; conditions are given by axis, those that are inherited with `from_heading`."""
    quantity = object if isinstance(object, Quantity) else None
    names = {name: more.pop(name, ()) for name in ("excludes", "subject_excludes")}
    said = Proposition(
        subject,
        predicate,
        None if quantity else object,  # type: ignore[arg-type]
        more.pop("comparator", None),
        more.pop("endpoint", None),
        quantity=quantity,
        **names,
    )
    fields = {name: more.pop(name) for name in ("stance", "withdrawn") if name in more}
    share, force = more.pop("share", None), Force(more.pop("force", "asserts"))
    inherited = more.pop("from_heading", {})
    scope = [*_conditions(more, Standing.STATED), *_conditions(inherited, Standing.INHERITED)]
    return Claim(
        "a-page/001",
        "a-page",
        (passage("words"),),
        said,
        "They say so.",
        force,
        frequency=_share(share) if share else None,
        scope=tuple(scope),
        **fields,
    )


def no(subject: str, predicate: str, object: str | Quantity | None = None, **more: Any) -> Claim:
    """Return a claim that denies."""
    return yes(subject, predicate, object, stance=Stance.DENIES, **more)


def weeks(low: str | None, high: str | None = None, unit: str = "week", **more: Any) -> Quantity:
    """Return a stretch of time."""
    high = low if high is None else high
    first, last = (None if bound in (None, "open") else Decimal(bound or "") for bound in (low, high))
    return Quantity("words", first, last, unit, **more)


def _conditions(scope: dict[str, Any], standing: Standing) -> list[Condition]:
    """Return conditions: a name, `A|B` for any of two, a list for several conditions, an amount for a stretch."""
    found = []
    for axis, values in scope.items():
        for value in values if isinstance(values, list) else [values]:
            measured = value if isinstance(value, Quantity) else None
            found.append(Condition(axis, standing, () if measured else tuple(value.split("|")), measured))
    return found


def _share(printed: str) -> Frequency:
    """Return a share: a hedge or bounds, and after a stroke what is counted."""
    words, _, counted = printed.partition("/")
    hedge = WORLD.hedges.get(words)
    if hedge:
        return Frequency(words, *hedge.interval, hedge.label, counted or None)
    low, high = map(Decimal, words.split("-"))
    return Frequency(words, low, high, counted_over=counted or None)


@dataclass(frozen=True)
class Case:
    """Two claims, and what the rule makes of them: a verdict, its kind and its axes, as "narrowed: a b; assumes: c"."""

    name: str
    a: Claim
    b: Claim
    expected: str
    one_voice: bool = False


def told(judgement: Judgement | None) -> str:
    """Return a judgement as the table has it."""
    if judgement is None:
        return "none"
    lists = {"decided": judgement.decided_by, "narrowed": judgement.narrowed_by, "assumes": judgement.assumes}
    parts = [f"{name}: {' '.join(axes)}" for name, axes in lists.items() if axes]
    return "; ".join([f"{judgement.verdict} {judgement.kind}".strip(), *parts])


HEALS = ("Cells", "heals", "Pain")
CURES = ("Cells", "cures", "Pain")
RISKS = ("Cells", "risks", "Pain")


def cases() -> list[Case]:
    """Return the pairs of the table beside this file."""
    rows = yaml.safe_load((Path(__file__).parent / "pairs.yaml").read_text())
    return [
        Case(row["pair"], _claim("a", **row["a"]), _claim("b", **row["b"]), row["gives"], row.get("one_voice", False))
        for row in rows
    ]


def _claim(page: str, affirms: list[Any] | None = None, denies: list[Any] | None = None, **more: Any) -> Claim:
    subject, predicate, *rest = [_value(part) for part in affirms or denies or ()]
    claim = (yes if affirms else no)(subject, predicate, *rest, **_values(more))
    return replace(claim, id=f"{page}-page/001", document=f"{page}-page")


def _values(given: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _values(value) if name == "from_heading" else tuple(value) if "excludes" in name else _value(value)
        for name, value in given.items()
    }


def _value(given: Any) -> Any:
    """Return an amount for a mapping; all else is what it is."""
    if not isinstance(given, dict):
        return given
    relation = given.get("relation")
    return weeks(**{**given, "relation": TimeRelation(relation) if relation else None})


CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_pair_by_hand(case: Case) -> None:
    assert told(judge(case.a, case.b, WORLD, case.one_voice)) == case.expected
    assert told(judge(case.b, case.a, WORLD, case.one_voice)) == case.expected


def test_a_claim_is_not_judged_against_itself() -> None:
    assert judge(yes(*HEALS), yes(*HEALS), WORLD, True) is None


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (yes(*HEALS), ("1", "1")),
        (no(*HEALS), ("0", "0")),
        (yes(*CURES), ("(0.5", "1")),
        (no(*CURES), ("0", "0.5)")),
        (yes(*RISKS), ("(0", "1")),
        (no(*RISKS), ("0", "0")),
        (yes(*HEALS, share="often"), ("0.1", "1")),
        (no(*HEALS, share="not usually"), ("0", "0.5)")),
        (yes(*HEALS, share="0.4-0.6"), ("0.4", "0.6")),
        (yes(*HEALS, force="recounts", share="often"), ("(0", "1")),
        (no(*HEALS, force="recounts"), ("0", "1)")),
        (yes(*HEALS, force="reports", share="few"), ("(0", "0.3")),
        (yes(*HEALS, force="requires", share="often"), ("1", "1")),
        (no(*HEALS, force="requires"), ("0", "0")),
        (yes(*HEALS, force="recommends"), ("0.75", "1")),
        (no(*HEALS, force="recommends"), ("0", "0.25")),
        (yes(*HEALS, force="describes"), ("0.75", "1")),
        (no(*HEALS, force="describes"), ("0", "0.25")),
        (yes(*HEALS, force="permits"), ("0.25", "1")),
        (no(*HEALS, force="permits"), ("0", "0.75")),
    ],
)
def test_the_interval_of_an_answer(claim: Claim, expected: tuple[str, str]) -> None:
    low, high = expected
    bounds = Decimal(low.strip("(")), Decimal(high.strip(")"))
    assert interval(claim, WORLD) == Interval(*bounds, low.startswith("("), high.endswith(")"))


def test_a_part_does_not_compete_with_its_whole() -> None:
    known = WORLD.competition
    held = replace(known, disjoint={**known.disjoint, "Head": frozenset({"Hip"})})
    hip, head = yes("Cells", "isKind", "Hip"), replace(yes("Cells", "isKind", "Head"), id="b-page/001")
    assert told(judge(hip, head, replace(WORLD, competition=held), False)) == "none"
    assert told(judge(hip, head, replace(WORLD, competition=replace(held, wholes={})), False)) == "Contradiction class"


def test_a_part_lies_in_its_whole_even_where_the_ontology_holds_them_disjoint() -> None:
    known = WORLD.competition
    held = replace(WORLD, competition=replace(known, disjoint={**known.disjoint, "Head": frozenset({"Hip"})}))
    hip = yes(*CURES, site="Hip")
    head = replace(yes(*CURES, site="Head"), id="b-page/001", document="b-page")
    assert told(judge(hip, head, held, False)) == "Refinement stance; narrowed: site"
    assert not differences((hip, head), held, {"a-page": "x", "b-page": "y"})


def test_every_verdict_stands_in_the_table() -> None:
    verdicts = {case.expected.split(" ")[0].rstrip(";") for case in CASES}
    assert verdicts == {
        "none",
        *("ScopeDifference", "Qualification", "Tension", "Rival"),
        *("Contradiction", "Parallel", "Refinement", "Agreement"),
    }


@settings(max_examples=20)
@given(claim_sets(10, 30))
def test_a_verdict_does_not_depend_on_who_is_named_first(claims: tuple[Claim, ...]) -> None:
    for a, b in combinations(claims, 2):
        for one_voice in (False, True):
            found = judge(a, b, WORLD, one_voice)
            assert found == judge(b, a, WORLD, one_voice)
            assert found is None or (aspect(a) is not None and aspect(b) is not None)
