"""Disputes as pages: both sides in their words, what they clash on and share, what dissolves, what would settle it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from avnkg.errors import NotFoundError
from avnkg.graph.relation_records import DisputeRecord, RelationRecord
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.lines import Line, line_of
from avnkg.views.pages.page import Kind, Options, Page
from avnkg.views.terminal.disputes import interests_told, none_told
from avnkg.views.terminal.listing import claim_id

MOST = 40
"""Claims a side, and relations a part, that a page shows; `avnkg disputes --all` shows all."""


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
class Clash:
    """A relation with the claims on both sides as lines."""

    record: RelationRecord
    a: tuple[Line, ...]
    b: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The claims of both sides, each once."""
        return tuple(dict.fromkeys((*self.a, *self.b)))

    @property
    def heard(self) -> tuple[Line, ...]:
        """Enough claims to hear both sides: where they are the same claims, one of each document; else one a side."""
        if self.a and self.b and set(self.a) != set(self.b):
            return self.a[0], self.b[0]
        first: dict[str, Line] = {}
        for line in self.lines:
            first.setdefault(line.document, line)
        return tuple(first.values()) if len(first) > 1 else self.lines[:2]


@dataclass(frozen=True, slots=True)
class Part:
    """Relations of a dispute that are alike to it; `left` is how many are not shown."""

    clashes: tuple[Clash, ...]
    left: int
    because: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A dispute as it is shown.

    Attributes:
        topic, against: the title in two: what is spoken of, and who stands against whom.
        parts: relations by what they are to it: `clash`, `strain`, `common ground`.
        dissolved: apparent conflicts, by what explains them, the most frequent first.
        assumed: what its clashes take to be the same without its being said, in words.
        firm: how many clashes rest on no such assumption.
    """

    id: str
    topic: str
    against: str
    sides: tuple[Side, ...]
    parts: Mapping[str, Part]
    dissolved: tuple[Part, ...]
    assumed: str
    firm: int


def told(archive: Archive, dispute: DisputeRecord, most: int = MOST) -> Told:
    """Return a dispute as it is shown, with at most so many claims a side, and relations a part."""
    lines = archive.dispute_lines(dispute.id)
    clashes = dispute.parts.get("clash", ())
    sides = []
    for held, voices, rows in dispute.sides:
        ordered = _varied([line_of(row) for row in rows], (*clashes, *dispute.parts.get("strain", ())))
        interests = interests_told(rows)
        sides.append(Side(held, voices, len(rows), ordered[:most], len(rows) - len(ordered[:most]), interests))
    left = _left(dispute)
    assumed = sorted({name for each in clashes for name in each.relation.assumes})
    topic, against = split(dispute.title)
    return Told(
        dispute.id,
        topic,
        against,
        tuple(sides),
        {name: _part(found, lines, most, left) for name, found in dispute.parts.items() if name != "dissolved"},
        tuple(_dissolved(archive, dispute.parts.get("dissolved", ()), lines, most, left)),
        archive.axes_named(assumed),
        sum(not each.relation.assumes for each in clashes),
    )


def split(title: str) -> tuple[str, str]:
    """Return what a dispute is about, and who stands against whom.

    >>> split("cell therapy, core decompression: One against Other")
    ('Cell therapy, core decompression', 'One against Other')
    """
    topic, _, against = title.rpartition(": ")
    return topic[:1].upper() + topic[1:], against


def _varied(lines: Sequence[Line], clashes: Sequence[RelationRecord]) -> tuple[Line, ...]:
    """Return claims with those that clash most first, but one of each kind of clash before the second of any."""
    weight: dict[str, int] = defaultdict(int)
    kind: dict[str, str] = {}
    for each in clashes:
        for claim in {*each.relation.a, *each.relation.b}:
            weight[claim] += each.relation.verdict.row
            kind.setdefault(claim, each.relation.kind)
    seen: dict[str, int] = defaultdict(int)
    placed = []
    for place, line in enumerate(sorted(lines, key=lambda line: -weight[line.id])):
        issue = kind.get(line.id, "")
        placed.append(((seen[issue], place), line))
        seen[issue] += 1
    return tuple(line for _, line in sorted(placed, key=lambda each: each[0]))


def _left(dispute: DisputeRecord) -> set[str]:
    """Return what is of the first side of a dispute: its claims, and the documents that speak on it alone."""
    first, *others = (
        {row.document.rpartition("/")[2] for row in rows} | {claim_id(row.claim) for row in rows}
        for _, _, rows in dispute.sides
    )
    return first.difference(*others)


def _part(
    records: Sequence[RelationRecord],
    lines: Mapping[str, Line],
    most: int,
    left: Collection[str] = (),
    because: str = "",
) -> Part:
    shown = records[:most]
    return Part(tuple(_clash(each, lines, left) for each in shown), len(records) - len(shown), because)


def _clash(record: RelationRecord, lines: Mapping[str, Line], left: Collection[str]) -> Clash:
    """Return a relation with its claims as lines; what is of the first side of the dispute stands left."""
    a, b = (tuple(lines[claim] for claim in side if claim in lines) for side in (record.relation.a, record.relation.b))
    here = [any(line.id in left or line.document in left for line in side) for side in (a, b)]
    turned = here == [False, True]
    return Clash(record, b, a) if turned else Clash(record, a, b)


def _dissolved(
    archive: Archive, records: Sequence[RelationRecord], lines: Mapping[str, Line], most: int, left: Collection[str]
) -> Iterator[Part]:
    groups: dict[tuple[str, ...], list[RelationRecord]] = defaultdict(list)
    for each in records:
        groups[each.relation.decided_by or each.relation.narrowed_by].append(each)
    for axes, found in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        yield _part(found, lines, most, left, archive.axes_named(axes))


def dispute_list(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of all disputes."""
    heads = [(each, *split(each.title)) for each in archive.heads.values()]
    return Page(
        address, "Disputes", "disputes.html", {"disputes": heads, "none": "" if heads else none_told(archive.graph)}
    )


def dispute_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of one dispute.

    Raises:
        NotFoundError: there is no such dispute.
    """
    identity = at.read_name(address.removeprefix("dispute/").removesuffix(".html"))
    found = archive.dispute(identity)
    if address != at.dispute(identity):
        raise NotFoundError(f"there is no page {address!r}", hint=f"the dispute is at {at.dispute(identity)}")
    shown = told(archive, found)
    context = {"documents": archive.documents, "dispute": shown, "drawn": archive.small}
    return Page(address, shown.topic, "dispute.html", context, section=at.DISPUTES)


LIST = Kind(lambda archive: [at.DISPUTES], dispute_list)
DISPUTE = Kind(lambda archive: [at.dispute(each) for each in archive.heads], dispute_page)
