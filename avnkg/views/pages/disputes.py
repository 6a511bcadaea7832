"""Disputes as pages: both sides in their words, what they clash on and share, what dissolves, what would settle it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from avnkg.errors import NotFoundError
from avnkg.graph.relation_records import DisputeRecord, RelationRecord
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive, Line, line_of
from avnkg.views.pages.page import Kind, Options, Page
from avnkg.views.terminal.listing import claim_id


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute as it is shown: the claims that clash most come first; `left` is how many are not shown."""

    held: str
    voices: int
    claims: int
    lines: tuple[Line, ...]
    left: int
    interests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A dispute as it is shown.

    Attributes:
        parts: relations by what they are to it: `clash`, `strain`, `common ground`.
        dissolved: apparent conflicts that a condition explains, by what explains them, the most frequent first.
        assumed: what its clashes take to be the same without its being said, in words.
        firm: how many clashes rest on no such assumption.
    """

    id: str
    title: str
    sides: tuple[Side, ...]
    parts: Mapping[str, Sequence[RelationRecord]]
    dissolved: tuple[tuple[str, Sequence[RelationRecord]], ...]
    assumed: str
    firm: int


def told(archive: Archive, dispute: DisputeRecord, most: int | None = None) -> Told:
    """Return a dispute as it is shown, with at most so many claims a side."""
    clashes = dispute.parts.get("clash", ())
    weight: dict[str, int] = defaultdict(int)
    for each in (*clashes, *dispute.parts.get("strain", ())):
        for claim in {*each.relation.a, *each.relation.b}:
            weight[claim] += each.relation.verdict.row
    sides = []
    for held, voices, rows in dispute.sides:
        ordered = sorted(rows, key=lambda row: -weight[claim_id(row.claim)])
        shown = tuple(map(line_of, ordered[:most]))
        interests = tuple(dict.fromkeys(row.interest for row in rows if row.interest))
        sides.append(Side(held, voices, len(rows), shown, len(rows) - len(shown), interests))
    assumed = sorted({name for each in clashes for name in each.relation.assumes})
    return Told(
        dispute.id,
        dispute.title,
        tuple(sides),
        dispute.parts,
        tuple(_dissolved(archive, dispute.parts.get("dissolved", ()))),
        archive.axes_named(assumed),
        sum(not each.relation.assumes for each in clashes),
    )


def _dissolved(archive: Archive, records: Sequence[RelationRecord]) -> Iterator[tuple[str, Sequence[RelationRecord]]]:
    groups: dict[tuple[str, ...], list[RelationRecord]] = defaultdict(list)
    for each in records:
        groups[each.relation.decided_by or each.relation.narrowed_by].append(each)
    for axes, found in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        yield archive.axes_named(axes), found


def dispute_list(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of all disputes."""
    shown = [told(archive, each, 1) for each in archive.disputes]
    return Page(address, "Disputes", "disputes.html", {"documents": archive.documents, "disputes": shown})


def dispute_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of one dispute.

    Raises:
        NotFoundError: there is no such dispute.
    """
    identity = at.read_name(address.removeprefix("dispute/").removesuffix(".html"))
    found = archive.dispute(identity)
    if address != at.dispute(identity):
        raise NotFoundError(f"there is no page {address!r}", hint=f"the dispute is at {at.dispute(identity)}")
    context = {"documents": archive.documents, "dispute": told(archive, found), "claim": archive.claim}
    return Page(address, found.title, "dispute.html", context, section=at.DISPUTES)


def _addresses(archive: Archive) -> Iterable[str]:
    return [at.dispute(each.id) for each in archive.disputes]


LIST = Kind(lambda archive: [at.DISPUTES], dispute_list)
DISPUTE = Kind(_addresses, dispute_page)
