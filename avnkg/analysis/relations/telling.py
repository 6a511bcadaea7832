"""Relations as they are told: axes and sentences in the place of numbers. Of the claims, engines write the ids.

Steps like those of `joining`, whose tables they go on from.
"""

from collections.abc import Iterable
from typing import Any

from avnkg.analysis.relations.joining import FOUND, PLACED, table
from avnkg.analysis.relations.parting import LISTS, MEMBER, SIDES, WHO, WHOLE, gathered, settled, who
from avnkg.analysis.relations.sentences import ONE, SEVERAL, TWO
from avnkg.analysis.verdicts import Verdict

_SENTENCE = ("verdict_name", "kind_name", "rule", "middle", "before", "after", "closing")


PARTS = LINK, MASK, BY_VOICE = range(3)
"""What relations mention: links, masks of axes, and whether positions may have to be taken apart by voice."""
_MENTIONS = {
    "link": LINK,
    **dict.fromkeys(("decided", "narrowed", "assumed", "alone", "alone_assumed"), MASK),
    "by_voice": BY_VOICE,
}


def mentioned() -> Any:
    """Return what the pairs found mention, each once: what is to be told in words, and what is left to do."""
    import ibis

    t = table("found", FOUND)
    first, *more = (
        t.select(part=ibis.literal(part, "int64"), number=t[name]).distinct() for name, part in _MENTIONS.items()
    )
    return first.union(*more, distinct=True)


def members() -> Any:
    """Return the claims of each position, and who says it: the name of its voice, or how many there are."""
    placed = table("placed_claims", PLACED)
    voices = table("voices", ("voice",), name="string")
    marks = table("positions", ("key",), mark="string").select("key", "mark")
    t = placed.group_by("key").aggregate(ids=gathered(placed), a_count=placed.voice.nunique(), voice=placed.voice.min())
    t = t.join(voices.rename(a_name="name"), "voice").join(marks, "key")
    return t.select("key", "mark", "ids", who=who(t, "a"))


def _sides(names: Iterable[str]) -> tuple[Any, Any]:
    """Return the members of positions twice, as the two sides of pairs."""
    kept = table("members", ("key",), **MEMBER).select("key", *names)
    one = kept.rename({f"a_{name}": name for name in names} | {"a": "key"})
    return one, kept.view().rename({f"b_{name}": name for name in names} | {"b": "key"})


def whole_relations() -> Any:
    """Return the relations as they are told where no position is taken apart by voice."""
    return _told_whole(table("found", FOUND).select(*WHOLE))


def settled_relations() -> Any:
    """Return the relations of whole positions as they are told, where some were taken apart."""
    return _told_whole(settled())


def _told_whole(pairs: Any) -> Any:
    one, other = _sides(MEMBER)
    t = pairs.join(one, "a").join(other, "b")
    return _told(t.mutate(a_first=t.a, b_first=t.b), t.a_mark + t.b_mark)


def voiced_relations() -> Any:
    """Return the relations as they are told where positions were taken apart by voice."""
    one, other = _sides(("mark",))
    names = table("claims", ("n",), id="string").select("n", "id")
    t = table("voiced", (*WHOLE, *SIDES), **LISTS, **WHO).join(one, "a").join(other, "b")
    t = t.join(names.rename(a_first="n", a_id="id"), "a_first").join(
        names.view().rename(b_first="n", b_id="id"), "b_first"
    )
    return _told(t, (t.a_mark + t.b_mark + t.a_id + t.b_id).hexdigest("md5").substr(0, 24))


def _told(t: Any, identity: Any) -> Any:
    """Return relations as they are told. The special case stands first; else what has the first claim."""
    import ibis

    words = table("words", ("mask",), names="array<string>", told="string", granted="string")
    issues = table("issues", ("link",), issue="string")
    sentences = table("sentences", ("verdict", "kind", "alike"), **dict.fromkeys(_SENTENCE, "string"))
    one_way = t.verdict.isin((Verdict.REFINEMENT.row, Verdict.QUALIFICATION.row))
    turned = ibis.ifelse(one_way, t.turned == 1, t.b_first < t.a_first)
    t = t.select(
        *("link", "verdict", "kind", "decided", "narrowed", "assumed"),
        id=identity,
        own=t.a == t.b,
        first=ibis.ifelse(turned, t.b_who, t.a_who),
        second=ibis.ifelse(turned, t.a_who, t.b_who),
        first_ids=ibis.ifelse(turned, t.b_ids, t.a_ids),
        second_ids=ibis.ifelse(turned, t.a_ids, t.b_ids),
    )
    # "3 voices and 3 voices" are not the same ones, save for those of one position.
    several = t.first.endswith(" voices")
    alike = ibis.cases((t.own & several, SEVERAL), ((t.first == t.second) & ~several, ONE), else_=TWO)
    t = t.mutate(alike=alike)
    for name in ("decided", "narrowed", "assumed"):
        named = {name: "mask", f"{name}_names": "names", f"{name}_told": "told", f"{name}_granted": "granted"}
        t = t.join(words.view().rename(named), name)
    t = t.join(issues, "link").join(sentences, ["verdict", "kind", "alike"])
    second = ibis.ifelse(t.alike == TWO, t.second, "")
    says = t.first + t.middle + second + t.before + t.issue + t.after + t.decided_told + t.narrowed_told + t.closing
    return t.select(
        id=t.id,
        verdict=t.verdict_name,
        kind=t.kind_name,
        a=t.first_ids,
        b=t.second_ids,
        decidedBy=t.decided_names,
        narrowedBy=t.narrowed_names,
        assumes=t.assumed_names,
        rule=t.rule,
        says=says + t.assumed_granted + ".",
    )
