"""The join that finds relations: positions with positions, through the propositions that meet.

Written once, as Ibis expressions over named tables, and translated into the SQL of the engine that runs it. Claims
fold into positions first (proposition, answer and scope alike), so that work grows with positions and with what is
reported, not with pairs of claims. Each expression is a step whose result is kept as a table for the next.
"""

from typing import Any

from avnkg.analysis.answers import FEW_EXCEPTIONS, HALF, WHOLE, Aspect
from avnkg.analysis.questions import ADVICE, AMOUNT, OVERLAPPING, SHARE, STANCE, Mode
from avnkg.analysis.verdicts import ALL_BITS, COUNTED_OVER, OBJECT, PREDICATE, SUBJECT, Answers, Reach, Verdict

SPREAD = 1 << 22
"""Regions are numbered below this; two numbers make up one key."""

AXES = 64
"""Axes are numbered below this; with a scope's number they make up one key."""

ANSWERS = 1 << 20
"""Answers are numbered below this; two of them and a sort of link make up one key."""

_ANSWER = ("aspect", "low", "high", "affirms", "hedged", "one_case", "advises", "counted")
_LINK = ("link", "first", "second", "sort")
_SORT = ("sort", "mode", "kind", "subject", "object", "predicate", "singles")
_MEETING = ("taken", "a_in", "b_in")
_MET = ("apart", *_MEETING)
POSITION = ("key", "prop", "answer", "scope", "size", "voice")
_OUTCOME = (
    "outcome",
    "kind",
    "answers",
    "a_reach",
    "b_reach",
    "a_concepts",
    "b_concepts",
    "counts",
    "singles",
    "overlaps",
)
PAIR = ("a", "b", "link")
_PAIR = (*PAIR, "outcome", "a_scope", "b_scope")
_SCOPE = ("scope", "stated", "given", "meant")
_LAID = ("a_alone", "b_alone", "a_meant", "b_meant")
PLACED = ("key", "voice", "n")
FOUND = (*PAIR, "verdict", "kind", "decided", "narrowed", "assumed", "turned", "by_voice", "alone", "alone_assumed")
_SENTENCE = ("verdict_name", "kind_name", "rule", "middle", "before", "after", "closing")
TEXTS = frozenset({"id", "mark", "name", "document", "publisher", "told", "granted", "issue", *_SENTENCE})
LISTS = frozenset({"names"})
"""Columns of text, and of lists of text, in the tables that a join is given. All others hold whole numbers."""


def table(name: str, columns: tuple[str, ...], /, **texts: str) -> Any:
    """Return a named table of whole numbers, with some columns of other types."""
    import ibis

    return ibis.table({**dict.fromkeys(columns, "int64"), **texts}, name=name)


def positions() -> Any:
    """Return the positions: a row for each proposition, answer and scope that claims share.

    Claims are numbered in the order of their ids, so that the key of a position, the number of its first claim, tells
    which of two comes first. Its voice is -1 when it has several.
    """
    import ibis

    claims = table("claims", ("n", "voice", "prop", "answer", "scope"), id="string")
    t = claims.group_by(["prop", "answer", "scope"]).aggregate(
        key=claims.n.min(), size=claims.count(), low=claims.voice.min(), high=claims.voice.max()
    )
    for name in ("answer", "scope", "prop"):
        marks = table(f"{name}s", (name,), mark="string")
        t = t.join(marks.select(name, **{f"{name}_mark": marks.mark}), name)
    mark = (t.prop_mark + t.answer_mark + t.scope_mark).hexdigest("md5").substr(0, 12)
    return t.select(*POSITION[:-1], voice=ibis.ifelse(t.low == t.high, t.low, -1), mark=mark)


def outcomes() -> Any:
    """Return what answers do to each other over each sort of link, where they have to do with each other."""
    links = table("links", _LINK)
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
    return t.select(outcome=_outcome(t), **_consequences(t))


def _outcome(t: Any) -> Any:
    return (t.sort * ANSWERS + t.a_answer) * ANSWERS + t.b_answer


def pairs() -> Any:
    """Return the pairs of positions whose answers have to do with each other."""
    links = table("links", _LINK)
    found = table("positions", POSITION, mark="string")
    one = found.rename({f"a_{name}": name for name in (*POSITION, "mark")})
    other = found.view().rename({f"b_{name}": name for name in (*POSITION, "mark")})
    t = links.join(one, links.first == one.a_prop).join(other, links.second == other.b_prop)
    # In an order that does not hang on the order of the claims.
    t = t.filter((t.first != t.second) | (t.a_mark < t.b_mark) | ((t.a_key == t.b_key) & (t.a_size > 1)))
    t = t.select("link", "a_scope", "b_scope", a="a_key", b="b_key", outcome=_outcome(t))
    known = table("outcomes", _OUTCOME)
    return t.semi_join(known, "outcome")


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


def scope_pairs() -> Any:
    """Return, for each two scopes that come together in a pair, how they lie to each other.

    `a_alone` and `b_alone`: what only one of them states. What is inherited there does not narrow, and is taken as
    equal.
    """
    import ibis

    both = table("pairs", _PAIR).select("a_scope", "b_scope").distinct()
    scopes = table("scopes", _SCOPE, mark="string").select(*_SCOPE)
    t = both.join(scopes.rename({f"a_{name}": name for name in _SCOPE}), "a_scope")
    t = t.join(scopes.view().rename({f"b_{name}": name for name in _SCOPE}), "b_scope")
    t = t.left_join(_met(both), ["a_scope", "b_scope"])
    taken = (t.a_given & ~t.a_stated & ~t.b_given) | (t.b_given & ~t.b_stated & ~t.a_given)
    met = {name: ibis.coalesce(t[name], 0) for name in _MET}
    return t.select(
        *("a_scope", "b_scope", "a_meant", "b_meant"),
        a_alone=t.a_stated & ~t.b_given,
        b_alone=t.b_stated & ~t.a_given,
        **{**met, "taken": met["taken"] | taken},
    )


def _met(both: Any) -> Any:
    """Return how scopes lie to each other on the axes that both have."""
    import ibis

    conditions = table("conditions", ("place", "scope", "axis", "region"))
    known = table("meetings", ("meeting", *_MEETING))
    one = conditions.rename(a_scope="scope", a_region="region")
    other = conditions.view().select(b_place="place", b_region="region")
    t = both.join(one, "a_scope")
    # One key for scope and axis: an engine that sees two might join all conditions of an axis with each other.
    t = t.mutate(b_place=(t.b_scope - t.a_scope) * AXES + t.place).join(other, "b_place")
    t = t.mutate(meeting=t.a_region * SPREAD + t.b_region).left_join(known, "meeting")
    # Two regions that are not among those that meet are disjoint.
    t = t.mutate(
        apart=ibis.ifelse(t.taken.isnull(), t.axis, 0), **{name: ibis.coalesce(t[name], 0) for name in _MEETING}
    )
    return t.group_by(["a_scope", "b_scope"]).aggregate(**{name: t[name].sum().cast("int64") for name in _MET})


def judged(defining: int) -> Any:
    """Return the verdict on each pair: the first row of the table that fits. `defining`: axes that define treatments.

    `by_voice` marks those where the pairs of one voice fall under another verdict than those of two: it is a
    qualification then, narrowed by `alone`.
    """
    import ibis

    def when(condition: Any, mask: Any) -> Any:
        return ibis.ifelse(condition, mask, 0)

    found = table("pairs", _PAIR)
    laid = table("scope_pairs", ("a_scope", "b_scope", *_MET, *_LAID))
    voice = table("positions", POSITION, mark="string").select("key", "voice")
    t = found.join(table("outcomes", _OUTCOME), "outcome").join(laid, ["a_scope", "b_scope"])
    t = t.join(voice.rename(a="key", a_voice="voice"), "a").join(voice.view().rename(b="key", b_voice="voice"), "b")
    # Where the subject is the narrower one, what its name means is said with it, and does not narrow besides.
    a_said, b_said = (when((t[f"{side}_concepts"] & SUBJECT) != 0, t[f"{side}_meant"]) for side in ("a", "b"))
    t = t.mutate(a_in=t.a_in & ~a_said, b_in=t.b_in & ~b_said, a_alone=t.a_alone & ~a_said, b_alone=t.b_alone & ~b_said)
    t = t.mutate(a_more=t.a_in | t.a_alone, b_more=t.b_in | t.b_alone, silent=t.a_alone | t.b_alone)
    # What singles something out in one scope does not single it out in a narrower one too.
    alone = (t.singles == 1) & (t.answers == int(Answers.COMPATIBLE))
    t = t.mutate(apart=t.apart | when(alone, t.a_more | t.b_more))

    def unless(reach: Any) -> Any:
        return ibis.cases(
            (reach == int(Reach.ALL), 0), (reach == int(Reach.KINDS), ALL_BITS ^ defining ^ SUBJECT), else_=ALL_BITS
        )

    incompatible = t.answers == int(Answers.INCOMPATIBLE)
    vague = t.answers == int(Answers.VAGUE)
    presumed = t.answers == int(Answers.PRESUMED)
    loose = (t.answers == int(Answers.LOOSE)) | vague | presumed
    strained = t.answers == int(Answers.STRAINED)
    compatible = t.answers == int(Answers.COMPATIBLE)
    t = t.mutate(
        opposed=incompatible | strained | loose,
        open=t.taken | t.silent,
        # What the broader side does not reach: where B is it, and where A is it.
        a_unreached=(t.a_more | (t.a_concepts & SUBJECT)) & unless(t.b_reach),
        b_unreached=(t.b_more | (t.b_concepts & SUBJECT)) & unless(t.a_reach),
        a_strict=t.a_more | t.a_concepts,
        b_strict=t.b_more | t.b_concepts,
    )
    t = t.mutate(
        unreached=t.a_unreached | t.b_unreached,
        refines=compatible & (t.apart == 0) & ((t.a_strict != 0) != (t.b_strict != 0)),
    )
    apart = t.apart != 0
    # Each narrower in one respect: neither says again what the other says. Nor do, of two cases, amounts that merely
    # overlap, or two things that are singled out.
    other = (t.overlaps == 1) | ((t.singles == 1) & (((t.a_concepts | t.b_concepts) & OBJECT) != 0))
    crossing = ((t.a_strict != 0) & (t.b_more != 0)) | ((t.b_strict != 0) & (t.a_more != 0))
    unlike = compatible & ibis.ifelse(apart, other, crossing)
    verdict = ibis.cases(
        ((vague & apart) | unlike, 0),
        # Another treatment is another question: only a condition of the case can make an exception of what is presumed.
        (presumed & ((t.apart & defining) != 0), 0),
        (presumed & ~apart & ((t.unreached & (ALL_BITS ^ defining ^ SUBJECT)) == 0), 0),
        (~compatible & apart, Verdict.SCOPE_DIFFERENCE.row),
        (t.opposed & (t.unreached != 0), Verdict.QUALIFICATION.row),
        (loose, 0),
        (strained | (t.answers == int(Answers.PRACTICE)), Verdict.TENSION.row),
        (t.answers == int(Answers.RIVAL), Verdict.RIVAL.row),
        (incompatible, Verdict.CONTRADICTION.row),
        (apart, Verdict.PARALLEL.row),
        (t.refines, Verdict.REFINEMENT.row),
        else_=Verdict.AGREEMENT.row,
    )
    narrowed = ibis.cases((apart, 0), (t.opposed, t.unreached), (t.refines, t.a_strict | t.b_strict), else_=0)
    t = t.mutate(verdict=verdict, narrowed=narrowed, opened=t.open | when(t.counts == 1, COUNTED_OVER))
    rival = t.verdict == Verdict.RIVAL.row
    several = (t.a_voice < 0) | (t.b_voice < 0)
    # A voice is no rival of itself: of two answers it gives both.
    t = t.filter((t.verdict != 0) & ~(rival & ~several & (t.a_voice == t.b_voice)))
    by_voice = (incompatible & (t.apart == 0) & (t.open != 0)) | rival
    t = t.mutate(
        assumed=when(t.apart == 0, t.opened & ~t.narrowed),
        by_voice=by_voice & several,
        of_one=by_voice & ~several & (t.a_voice == t.b_voice),
        alone=t.unreached | t.open,
        # Not `~(a | b)`: its parentheses are lost on the way to SQL.
        alone_assumed=t.opened & ~t.unreached & ~t.open,
    )
    # The special case stands first: in a refinement, and in a qualification.
    turned = ibis.cases(
        (t.refines, t.b_strict != 0), (t.verdict == Verdict.QUALIFICATION.row, t.a_unreached == 0), else_=False
    )
    return t.select(
        *PAIR,
        "kind",
        verdict=ibis.ifelse(t.of_one, Verdict.QUALIFICATION.row, t.verdict),
        decided=t.apart,
        narrowed=ibis.ifelse(t.of_one, t.alone, t.narrowed),
        assumed=ibis.ifelse(t.of_one, t.alone_assumed, t.assumed),
        turned=turned.cast("int64"),
        by_voice=t.by_voice.cast("int64"),
        alone=when(t.by_voice, t.alone),
        alone_assumed=when(t.by_voice, t.alone_assumed),
    )


def placed_claims() -> Any:
    """Return every claim with the key of its position."""
    claims = table("claims", ("n", "voice", "prop", "answer", "scope"), id="string")
    found = table("positions", POSITION, mark="string")
    keys = found.select("key", "prop", "answer", "scope")
    return claims.join(keys, ["prop", "answer", "scope"]).select("key", "voice", "n")


def position_voices() -> Any:
    """Return the voices of each position."""
    return table("placed_claims", PLACED).select("key", "voice").distinct()
