"""Relations as pages: a verdict on two sides, the words of both, and what led to it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from avnkg import vocab
from avnkg.analysis.verdicts import Verdict
from avnkg.errors import NotFoundError
from avnkg.graph.names import thing
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.guides import MEANINGS
from avnkg.views.pages.lines import Line, line_of_card
from avnkg.views.pages.page import Kind, Options, Page

MOST = 20
"""Claims of a side that a page shows."""

PARTS: Mapping[str, str] = {"decided": "decided by", "narrowed": "narrowed by", "assumed": "assumes the same"}
"""What led to a verdict, in words."""

ISSUES: Mapping[str, str] = {
    "stance": "whether it holds",
    "share": "how often it holds",
    "advice": "whether it should be done",
    "class": "which kind of thing it is",
    "opposed": "which of two opposite effects it has",
    "comparison": "which of two comes first",
    "amount": "how much it is",
    "one answer": "which is the one answer",
    "presumption": "what one of them takes for granted",
}
"""What is at issue in a relation, in words; docs/relations.md tells of each kind."""

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def relation_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of one relation.

    Raises:
        NotFoundError: there is no such relation.
    """
    identity = at.read_name(address.removeprefix("relation/").removesuffix(".html"))
    iri = thing("relation", identity)
    rows = archive.asked("contradiction/relations", "relation", iri)[0] if _SOUND.fullmatch(identity) else ()
    if not rows or address != at.relation(identity):
        raise NotFoundError(f"there is no relation {identity!r}", hint="`avnkg relations` lists them")
    names: dict[str, list[str]] = defaultdict(list)
    for row in archive.asked("contradiction/relation-sides", "relation", iri)[0]:
        names[row.side].append(row.id)
    respects: dict[str, list[str]] = defaultdict(list)
    for row in archive.asked("contradiction/relation-respects", "relation", iri)[0]:
        respects[row.part].append(row.label.removesuffix(" axis"))
    sides = [names["first"]] if names["first"] == names["second"] else [names["first"], names["second"]]
    verdict = Verdict(rows[0].withVerdict.removeprefix(vocab.AVN))
    context = {
        "relation": rows[0],
        "iri": iri,
        "verdict": verdict,
        "meaning": MEANINGS[verdict],
        "issue": ISSUES.get(rows[0].issue, rows[0].issue),
        "ordinal": ORDINALS[verdict.row - 1],
        "led": [(told, respects[part]) for part, told in PARTS.items() if part in respects],
        "sides": [_side(archive, side) for side in sides],
        "documents": archive.documents,
    }
    return Page(address, rows[0].says, "relation.html", context, section=at.DISPUTES)


def _side(archive: Archive, claims: Sequence[str]) -> tuple[tuple[Line, ...], int]:
    """Return the claims of a side as lines, and how many more there are."""
    shown = claims[:MOST]
    return tuple(line_of_card(archive.claim(each)) for each in shown), len(claims) - len(shown)


def _addresses(archive: Archive) -> Iterable[str]:
    return [at.relation(each.relation.id) for each in archive.relations]


RELATION = Kind(_addresses, relation_page)
_SOUND = re.compile(r"[A-Za-z0-9]+")
"""The ids of relations are digests."""
