"""Pairs of positions whose claims fall under one verdict within a voice, and under another across voices.

Steps like those of `joining`, whose tables they go on from.
"""

from typing import Any

from avnkg.analysis.relations.joining import FOUND, PAIR, PLACED, table
from avnkg.analysis.verdicts import Verdict

WHOLE = ("a", "b", "link", "kind", "decided", "turned", "verdict", "narrowed", "assumed")
MEMBER = {"mark": "string", "ids": "array<int32>", "who": "string"}
LISTS = {"a_ids": "array<int32>", "b_ids": "array<int32>"}
"""Claims stand in lists by their numbers; an engine writes their ids when all is done."""
SIDES = ("a_first", "b_first")
WHO = {"a_who": "string", "b_who": "string"}


def shared_voices() -> Any:
    """Return the voices that both sides of a pair have, numbered, where their pairs of claims are to be told apart."""
    import ibis

    t = table("found", FOUND)
    t = t.filter(t.by_voice == 1).select(*PAIR)
    voices = table("position_voices", ("key", "voice"))
    names = table("voices", ("voice",), name="string")
    t = t.join(voices.rename(a="key"), "a")
    t = t.join(voices.view().rename(b="key"), ["b", "voice"]).join(names, "voice")
    pair = ibis.window(group_by=PAIR)
    return t.select(
        *PAIR,
        "voice",
        place=ibis.row_number().over(ibis.window(group_by=PAIR, order_by="name")).cast("int64"),
        shared=t.voice.count().over(pair).cast("int64"),
    )


def parted() -> Any:
    """Return the pairs whose claims are to be told apart by voice."""
    shared = table("shared_voices", (*PAIR, "voice", "place", "shared"))
    some = shared.filter(shared.place == 0).select(*PAIR, "shared")
    return table("found", FOUND).join(some, PAIR)


def settled() -> Any:
    """Return the pairs of whole positions whose verdict is that of all their claims."""
    return table("found", FOUND).anti_join(table("parted", PAIR), PAIR).select(*WHOLE)


ALONE, BEYOND, BESIDE, HALVED = range(4)
"""Blocks of a pair of positions: one shared voice with itself; what only A's voices say, with all of B; what shared
voices say on A's side, with what only B's voices say; and shared voices with other shared ones."""
LEVELS = [(2 << level, 1 << level) for level in range(22)]
"""How shared voices are halved, and each half again: how many are halved, and the half."""
_SPOKEN = ("key", "voice", "first")
_WORDS = {"ids": "array<int32>", "name": "string"}


def spoken() -> Any:
    """Return the claims of each position, voice by voice."""
    claims = table("placed_claims", PLACED)
    t = claims.group_by(["key", "voice"]).aggregate(ids=gathered(claims), first=claims.n.min())
    return t.join(table("voices", ("voice",), name="string"), "voice").select(*_SPOKEN, *_WORDS)


def gathered(claims: Any) -> Any:
    """Return the numbers of claims in a list."""
    return claims.n.cast("int32").collect().sort()


def blocks() -> Any:
    """Return the parts of the parted pairs: claims with claims, and who says them.

    Each two claims come together in one block, and a claim is in few blocks however many voices there are.
    """
    parts = (_alone(), _beyond(), _beside(), _halved())
    first, *more = (part.select(*PAIR, "block", *LISTS, *SIDES, *WHO) for part in parts)
    return first.union(*more)


def _shared() -> Any:
    return table("shared_voices", (*PAIR, "voice", "place", "shared"))


def _of(side: str) -> Any:
    """Return the claims of each position, voice by voice, as those of one side."""
    return table("spoken", _SPOKEN, **_WORDS).view().rename({side: "key"})


def _gathered(t: Any, side: str, *by: str) -> Any:
    """Return claims of several voices together."""
    found = t.group_by([*PAIR, *by]).aggregate(
        **{
            f"{side}_ids": t.ids.collect().flatten().sort(),
            f"{side}_first": t["first"].min(),
            f"{side}_count": t.voice.count(),
            f"{side}_name": t.name.min(),
        }
    )
    return found.mutate(**{f"{side}_who": who(found, side)}).drop(f"{side}_count", f"{side}_name")


def _alone() -> Any:
    one = _of("a").rename(a_ids="ids", a_first="first", a_who="name")
    other = _of("b").rename(b_ids="ids", b_first="first", b_who="name")
    t = _shared().join(one, ["a", "voice"]).join(other, ["b", "voice"])
    # A claim is not at odds with itself.
    return t.filter((t.a != t.b) | (t.a_ids.length() > 1)).mutate(block=_block(ALONE))


def _beyond() -> Any:
    rest = table("members", ("key",), **MEMBER)
    rest = rest.select(b="key", b_first="key", b_ids="ids", b_who="who")
    return _gathered(_only("a"), "a").join(rest, "b").mutate(block=_block(BEYOND))


def _only(side: str) -> Any:
    """Return what only one side's voices say."""
    pairs = table("parted", (*FOUND, "shared")).select(*PAIR)
    return pairs.join(_of(side), side).anti_join(_shared(), [*PAIR, "voice"])


def _beside() -> Any:
    shared = _gathered(_shared().join(_of("a"), ["a", "voice"]), "a")
    return shared.join(_gathered(_only("b"), "b"), list(PAIR)).mutate(block=_block(BESIDE))


def _halved() -> Any:
    shared = _shared()
    levels = table("levels", ("span", "half"))
    t = shared.join(levels, shared.shared > levels.half)
    t = t.mutate(prefix=(t.place / t.span).floor().cast("int64"), upper=((t.place % t.span) >= t.half).cast("int64"))
    # Of a position with itself, each two halves once.
    one = t.filter((t.a != t.b) | (t.upper == 0)).join(_of("a"), ["a", "voice"])
    other = t.mutate(upper=1 - t.upper).join(_of("b"), ["b", "voice"])
    by = ("half", "prefix", "upper")
    found = _gathered(one, "a", *by).join(_gathered(other, "b", *by), [*PAIR, *by])
    return found.mutate(block=_block(HALVED))


def _block(kind: int) -> Any:
    import ibis

    return ibis.literal(kind, "int64")


def voiced() -> Any:
    """Return the parts with what their claims are to each other."""
    import ibis

    found = table("parted", FOUND)
    parts = table("blocks", (*PAIR, "block", *SIDES), **LISTS, **WHO)
    t = found.join(parts, PAIR)
    alone = t.block == ALONE
    # A voice is no rival of itself.
    t = t.filter(~alone | (t.verdict != Verdict.RIVAL.row))
    return t.select(
        *WHOLE[:6],
        *LISTS,
        *SIDES,
        *WHO,
        verdict=ibis.ifelse(alone, Verdict.QUALIFICATION.row, t.verdict),
        narrowed=ibis.ifelse(alone, t.alone, t.narrowed),
        assumed=ibis.ifelse(alone, t.alone_assumed, t.assumed),
    )


def who(t: Any, side: str) -> Any:
    """Return who says what is on a side: the name of its voice, or how many there are."""
    import ibis

    count, name = t[f"{side}_count"], t[f"{side}_name"]
    return ibis.ifelse(count == 1, name, count.cast("string") + " voices")
