"""What two answers do to each other. `docs/relations.md`, section 3, is the rule.

Each two answers that meet over a sort of link are judged once, however many claims give them. A step like those of
`joining`, in the midst of them.
"""

from typing import Any

from avnkg.analysis.answers import FEW_EXCEPTIONS, HALF, WHOLE, Aspect
from avnkg.analysis.questions import ADVICE, AMOUNT, OVERLAPPING, SHARE, STANCE, Mode
from avnkg.analysis.relations.joining import LINK, POSITION, outcome_key, table
from avnkg.analysis.verdicts import OBJECT, PREDICATE, SUBJECT, Answers, Reach

_ANSWER = ("aspect", "low", "high", "affirms", "hedged", "one_case", "advises", "counted")
_SORT = ("sort", "mode", "kind", "subject", "object", "predicate", "singles")


def outcomes() -> Any:
    """Return what answers do to each other over each sort of link, where they have to do with each other."""
    links = table("links", LINK)
    sorts = table("sorts", _SORT)
    answers = table("answers", ("answer", *_ANSWER))
    given = table("positions", POSITION, mark="string").select("prop", "answer").distinct()
    one = given.rename(first="prop", a_answer="answer")
    other = given.view().rename(second="prop", b_answer="answer")
    met = links.join(one, "first").join(other, "second").select("sort", "a_answer", "b_answer").distinct()
    t = met.join(answers.rename({f"a_{name}": name for name in ("answer", *_ANSWER)}), "a_answer")
    t = t.join(answers.view().rename({f"b_{name}": name for name in ("answer", *_ANSWER)}), "b_answer")
    t = t.join(sorts, "sort")
    t = t.mutate(**_stances(t))
    t = t.mutate(answers=_answers(t))
    t = t.filter(t.answers != int(Answers.NONE))
    return t.select(outcome=outcome_key(t), **_consequences(t))


def _stances(t: Any) -> dict[str, Any]:
    """Return which side affirms (F) and which denies (D); among advice F is the one that advises more."""
    import ibis

    facts = (t.a_aspect == t.b_aspect) & (t.a_aspect != int(Aspect.ADVICE)) | (t.mode == int(Mode.PRESUMED))
    a_is_f = ibis.ifelse(facts, t.a_affirms == 1, t.a_low > t.b_low)
    opposite = t.a_affirms != t.b_affirms
    # Shares on one side of one half differ in degree; but all is not some, and none is not a few.
    one_side = ((t.a_low >= HALF) & (t.b_low >= HALF)) | ((t.a_high <= HALF) & (t.b_high <= HALF))
    ends = (t.a_low == WHOLE) | (t.b_low == WHOLE) | (t.a_high == 0) | (t.b_high == 0)
    return {
        "a_is_f": a_is_f,
        "opposite": opposite,
        "near": one_side & ~(opposite & ends),
        "disjoint": (t.a_high < t.b_low) | (t.b_high < t.a_low),
        "case": (t.a_one_case == 1) | (t.b_one_case == 1),
        "unlike": (t.a_counted != 0) & (t.b_counted != 0) & (t.a_counted != t.b_counted),
    }


def _answers(t: Any) -> Any:
    """Return what the answers of a pair do to each other."""
    import ibis

    both = (t.a_affirms == 1) & (t.b_affirms == 1)
    # An amount that only overlaps another is, for a denial, as good as narrower on either side.
    d_object_narrower = (t.object == OVERLAPPING) | ibis.ifelse(t.a_is_f, t.object == 2, t.object == 1)
    d_predicate_narrower = ibis.ifelse(t.a_is_f, t.predicate == 2, t.predicate == 1)
    within = ibis.ifelse(t.object == OVERLAPPING, 0, t.object)
    way = ibis.ifelse(t.subject != 0, t.subject, ibis.ifelse(within != 0, within, t.predicate))
    described = _described(t, "a") & _described(t, "b")
    crossing = ((within != 0) & (within != way)) | ((t.predicate != 0) & (t.predicate != way))
    loose = ibis.ifelse(_takes_sides(t, "a") | _takes_sides(t, "b"), int(Answers.LOOSE), int(Answers.VAGUE))
    # "May not work" warns of exceptions; it does not say again that something does not work at all.
    warns = ~t.opposite & (t.a_affirms == 0) & ((t.a_high > HALF) != (t.b_high > HALF))
    opposed = ibis.cases(
        (d_object_narrower, int(Answers.NONE)),
        (t.disjoint & described, int(Answers.LOOSE)),
        (t.disjoint & (d_predicate_narrower | t.unlike | t.near), int(Answers.STRAINED)),
        (t.disjoint, int(Answers.INCOMPATIBLE)),
        (_at_a_pole(t, "a", "b") | _at_a_pole(t, "b", "a"), int(Answers.STRAINED)),
        (t.case, int(Answers.NONE)),
        else_=loose,
    )
    same_said = (t.object == 0) & (t.predicate == 0)
    alike = ibis.cases(
        (t.disjoint & same_said & (t.unlike | t.near), int(Answers.STRAINED)),
        (t.disjoint & same_said, int(Answers.INCOMPATIBLE)),
        (t.disjoint | t.case | crossing | warns, int(Answers.NONE)),
        else_=int(Answers.COMPATIBLE),
    )
    exclusive = ibis.cases(
        (both & described, int(Answers.LOOSE)),
        (both & (t.a_low + t.b_low > WHOLE), int(Answers.INCOMPATIBLE)),
        (t.case, int(Answers.NONE)),
        (both & (_committed(t, "a", "b") | _committed(t, "b", "a")), int(Answers.STRAINED)),
        (t.opposite & (t.kind != AMOUNT), int(Answers.COMPATIBLE)),
        else_=int(Answers.NONE),
    )
    fact = int(Aspect.FACT)
    rival = (t.a_aspect == fact) & (t.b_aspect == fact) & both & ~t.case & (t.a_low >= HALF) & (t.b_low >= HALF)
    practice = (_practised(t, "a", "b") | _practised(t, "b", "a")) & ~d_object_narrower
    # A warning ("may not"), or that one need not, denies nothing that is taken for granted.
    denied = ibis.ifelse(t.a_affirms == 1, t.b_high, t.a_high) <= HALF
    practised = (t.a_aspect == int(Aspect.PRACTICE)) | (t.b_aspect == int(Aspect.PRACTICE))
    presumed = t.opposite & denied & ~practised & ~t.case & ~d_object_narrower
    same = t.a_aspect == t.b_aspect
    return ibis.cases(
        (t.mode == int(Mode.PRESUMED), ibis.ifelse(presumed, int(Answers.PRESUMED), int(Answers.NONE))),
        (same & (t.mode == int(Mode.SAME)), ibis.ifelse(t.opposite, opposed, alike)),
        (same & (t.mode == int(Mode.EXCLUSIVE)), exclusive),
        (same & (t.mode == int(Mode.RIVAL)) & rival, int(Answers.RIVAL)),
        (~same & (t.mode == int(Mode.SAME)) & practice, int(Answers.PRACTICE)),
        else_=int(Answers.NONE),
    )


def _at_a_pole(t: Any, one: str, other: str) -> Any:
    """Tell whether two opposite answers clash once the one's hedge is read as all or none."""
    import ibis

    low, high = t[f"{other}_low"], t[f"{other}_high"]
    clash = ibis.ifelse(t[f"{one}_affirms"] == 1, (high <= HALF) & (low == 0), (low >= HALF) & (high == WHOLE))
    return (t[f"{one}_hedged"] == 1) & clash


def _committed(t: Any, one: str, other: str) -> Any:
    """Tell whether the one speaks for more than half without exceptions of its own, and the other is hedged."""
    return (t[f"{one}_low"] >= HALF) & (t[f"{one}_high"] == WHOLE) & (t[f"{other}_hedged"] == 1)


def _described(t: Any, side: str) -> Any:
    """Tell whether a side describes how its speaker does it: the only advice of its strength that is not outright."""
    strong = (t[f"{side}_low"] == WHOLE * 3 // 4) | (t[f"{side}_high"] == WHOLE // 4)
    return (t[f"{side}_aspect"] == int(Aspect.ADVICE)) & (t[f"{side}_advises"] == 0) & strong


def _practised(t: Any, one: str, other: str) -> Any:
    """Tell whether the one reports as done what the other advises against, or as seldom done what it advises."""
    done = (t[f"{one}_affirms"] == 1) & (t[f"{one}_low"] > 0) & (t[f"{other}_high"] <= WHOLE // 4)
    seldom = (t[f"{one}_high"] <= HALF) & (t[f"{other}_low"] >= WHOLE * 3 // 4)
    return (t[f"{one}_aspect"] == int(Aspect.PRACTICE)) & (t[f"{other}_advises"] == 1) & (done | seldom)


def _takes_sides(t: Any, side: str) -> Any:
    """Tell whether a side says on which side of one half the answer lies."""
    return (t[f"{side}_low"] >= HALF) | (t[f"{side}_high"] <= HALF)


def _consequences(t: Any) -> dict[str, Any]:
    """Return what the scopes' part needs to know of the answers."""
    import ibis

    # A bare denial reaches the kinds of what it denies; a hedged one, or that of one case, leaves room for them.
    denial = ((t.mode == int(Mode.SAME)) | (t.mode == int(Mode.PRESUMED))) & t.opposite
    a_reach, b_reach = (
        ibis.cases(
            ((t[f"{side}_low"] >= FEW_EXCEPTIONS) | (t[f"{side}_high"] <= WHOLE - FEW_EXCEPTIONS), int(Reach.ALL)),
            (denial & denies & (t[f"{side}_hedged"] == 0) & (t[f"{side}_one_case"] == 0), int(Reach.KINDS)),
            else_=int(Reach.NOTHING),
        )
        for side, denies in (("a", ~t.a_is_f), ("b", t.a_is_f))
    )
    facts = (t.a_aspect == t.b_aspect) & (t.a_aspect != int(Aspect.ADVICE))
    kind = ibis.cases(
        ((t.mode == int(Mode.SAME)) & (t.a_aspect != t.b_aspect), ADVICE),
        (t.mode != int(Mode.SAME), t.kind),
        (t.a_aspect == int(Aspect.ADVICE), ADVICE),
        (t.disjoint & (t.near | ~t.opposite), SHARE),
        ((t.a_aspect == int(Aspect.PRACTICE)) & (t.kind == STANCE), SHARE),
        else_=t.kind,
    )
    return {
        "kind": kind,
        "answers": t.answers,
        "a_reach": a_reach,
        "b_reach": b_reach,
        "a_concepts": _narrower(t, 1),
        "b_concepts": _narrower(t, 2),
        "counts": (facts & (t.a_hedged == 1) & (t.b_hedged == 1) & (t.a_counted != t.b_counted)).cast("int64"),
        "singles": t.singles,
        "overlaps": (t.object == OVERLAPPING).cast("int64"),
    }


def _narrower(t: Any, side: int) -> Any:
    """Return the bits of subject, predicate and object where one side (1: A, 2: B) is the narrower."""
    named = ((t.subject, SUBJECT), (t.predicate, PREDICATE), (t.object, OBJECT))
    return sum(((column == side).cast("int64") * bit for column, bit in named[1:]), (t.subject == side).cast("int64"))
