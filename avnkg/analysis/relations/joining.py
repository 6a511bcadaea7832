"""The join that finds relations: positions with positions, through the propositions that meet.

Written once, as Ibis expressions over named tables, and translated into the SQL of the engine that runs it. Claims
fold into positions first (proposition, answer and scope alike), so that work grows with positions and with what is
reported, not with pairs of claims. Each expression is a step whose result is kept as a table for the next.
"""

from typing import Any

from avnkg.analysis.verdicts import ALL_BITS, COUNTED_OVER, OBJECT, SUBJECT, Answers, Reach, Verdict

SPREAD = 1 << 22
"""Regions are numbered below this; two numbers make up one key."""

AXES = 64
"""Axes are numbered below this; with a scope's number they make up one key."""

ANSWERS = 1 << 20
"""Answers are numbered below this; two of them and a sort of link make up one key."""

LINK = ("link", "first", "second", "sort")
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


def outcome_key(t: Any) -> Any:
    """Return the key of what two answers do to each other over a sort of link."""
    return (t.sort * ANSWERS + t.a_answer) * ANSWERS + t.b_answer


def pairs() -> Any:
    """Return the pairs of positions whose answers have to do with each other."""
    links = table("links", LINK)
    found = table("positions", POSITION, mark="string")
    one = found.rename({f"a_{name}": name for name in (*POSITION, "mark")})
    other = found.view().rename({f"b_{name}": name for name in (*POSITION, "mark")})
    t = links.join(one, links.first == one.a_prop).join(other, links.second == other.b_prop)
    # In an order that does not hang on the order of the claims.
    t = t.filter((t.first != t.second) | (t.a_mark < t.b_mark) | ((t.a_key == t.b_key) & (t.a_size > 1)))
    t = t.select("link", "a_scope", "b_scope", a="a_key", b="b_key", outcome=outcome_key(t))
    known = table("outcomes", _OUTCOME)
    return t.semi_join(known, "outcome")


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
