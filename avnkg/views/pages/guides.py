"""How to read a verdict and how to cite a claim, each with examples that the graph itself gives."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from avnkg import __version__, vocab
from avnkg.analysis.verdicts import ROWS, Verdict
from avnkg.claims.vocabulary import Hedge
from avnkg.graph.relation_records import RelationRecord, counts_by_verdict, some_relations
from avnkg.views.claimcards import ClaimCard, DocumentCard
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.lines import Line, line_of_card
from avnkg.views.pages.page import Kind, Options, Page

MEANINGS: Mapping[Verdict, str] = {
    Verdict.SCOPE_DIFFERENCE: "Opposite answers, but not about the same case: a condition sets them apart, such as the "
    "place that the cells are brought to, or the stage. Both may hold.",
    Verdict.QUALIFICATION: "A general statement and its exception: one of them says under which condition it holds, "
    "the other is broader or silent there.",
    Verdict.TENSION: "They clash only if a hedge is read as all or none, or one reports what is done and the other "
    "says what should be done.",
    Verdict.RIVAL: "Each offers another value as the answer, and the answer can only be one.",
    Verdict.CONTRADICTION: "Answers that cannot both be true as they are meant.",
    Verdict.PARALLEL: "The same is said of different things, so that neither supports the other.",
    Verdict.REFINEMENT: "One says of a narrower case what the other says more broadly.",
    Verdict.AGREEMENT: "The same answer to the same question.",
}
"""What each verdict says of two claims; the rule itself is docs/relations.md."""

LOOKED_AT = 40
"""Relations of a verdict among which the example of a large graph is chosen."""


@dataclass(frozen=True)
class Example:
    """A relation that shows a verdict, and a claim of each of its sides."""

    record: RelationRecord
    first: Line
    second: Line
    decided: str
    narrowed: str
    assumed: str


@dataclass(frozen=True)
class Entry:
    """A verdict, what it means, how many relations of the graph have it, and one of them."""

    verdict: Verdict
    meaning: str
    count: int
    example: Example | None


def verdict_entries(archive: Archive) -> tuple[Entry, ...]:
    """Return the eight verdicts in the order in which they are tried, each with its plainest relation as an example.

    Of a large graph the example is the plainest of a few relations: all of them are too many to be read.
    """
    counts = counts_by_verdict(archive.graph)
    found: dict[Verdict, list[RelationRecord]] = {verdict: [] for verdict in ROWS}
    if archive.small:
        for record in archive.relations:
            found[record.relation.verdict].append(record)
    else:
        found |= {verdict: list(some_relations(archive.graph, verdict, LOOKED_AT)) for verdict in counts}
    return tuple(
        Entry(verdict, MEANINGS[verdict], counts[verdict], _example(archive, min(records, key=_plainness)))
        if records
        else Entry(verdict, MEANINGS[verdict], 0, None)
        for verdict, records in found.items()
    )


def _plainness(record: RelationRecord) -> tuple[object, ...]:
    """Order relations by how plainly they show their verdict: two voices, little assumed, few claims, short."""
    relation = record.relation
    claims, respects = len(relation.a) + len(relation.b), len(relation.narrowed_by) + len(relation.decided_by)
    return not record.across, len(relation.assumes), claims, respects, len(relation.says), relation.id


def _example(archive: Archive, record: RelationRecord) -> Example:
    relation = record.relation
    a, b = relation.a[0], next((each for each in relation.b if each != relation.a[0]), relation.b[0])
    return Example(
        record,
        line_of_card(archive.claim(a)),
        line_of_card(archive.claim(b)),
        archive.axes_named(relation.decided_by),
        archive.axes_named(relation.narrowed_by),
        archive.axes_named(relation.assumes),
    )


def verdicts_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page on how to read a verdict."""
    known = archive.graph.vocabulary
    context = {
        "entries": archive.kept(verdict_entries),
        "documents": archive.documents,
        "forces": [known.terms[iri.removeprefix(vocab.AVN)] for iri in vocab.FORCES.values()],
        "hedges": _hedges(known.hedges),
        "verifications": archive.kept(_verifications),
        "interval": interval,
    }
    return Page(address, "How to read a verdict", "verdicts.html", context)


def _hedges(known: Mapping[str, Hedge]) -> list[tuple[Hedge, list[str]]]:
    """Return each hedge with the words that are read as it, from never to always."""
    words: dict[Hedge, list[str]] = defaultdict(list)
    for printed, hedge in sorted(known.items()):
        words[hedge].append(printed)
    return sorted(words.items(), key=lambda each: (each[0].low, each[0].high, each[0].label))


def interval(hedge: Hedge) -> str:
    """Return the share of cases that a hedge is read as, in words.

    >>> from decimal import Decimal
    >>> interval(Hedge("h", "rarely", Decimal(0), Decimal("0.25"), True, False))
    'more than 0 %, up to 25 %'
    """
    low, high = f"{hedge.low * 100:.0f} %", f"{hedge.high * 100:.0f} %"
    if hedge.low == hedge.high:
        return low
    return f"{'more than' if hedge.low_open else 'from'} {low}, {'less than' if hedge.high_open else 'up to'} {high}"


def _verifications(archive: Archive) -> Mapping[str, int]:
    """Return how many claims are anchored, and how many fingerprinted."""
    rows = archive.graph.query("provenance/counts", respect="avn:verification")
    counts = {row.value: row.claims for row in rows}
    return {name: counts.get(iri, 0) for name, iri in vocab.VERIFICATIONS.items()}


@dataclass(frozen=True)
class Citation:
    """What is given to cite a claim: the claim whole, its document, and its address."""

    claim: ClaimCard
    document: DocumentCard
    address: str

    @property
    def date(self) -> str:
        """The date that the document prints, the last one; words where it prints none."""
        return self.document.modified or self.document.published or "no date printed"


def citing_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page on how to cite a claim."""
    context = {"citation": archive.kept(_citation), "version": __version__, "documents": archive.documents}
    return Page(address, "How to cite a claim", "citing.html", context)


def _citation(archive: Archive) -> Citation | None:
    """Return an example: a claim of the weightiest dispute, else the first claim; None in a graph without claims."""
    if archive.disputes:
        identity = archive.disputes[0].sides[0][2][0].claim.removeprefix(f"{vocab.THING}claim/")
    else:
        first = archive.lines(limit=1).rows
        if not first:
            return None
        identity = first[0].id
    card = archive.claim(identity)
    return Citation(card, archive.documents[card.document], f"{vocab.THING}claim/{card.id}")


VERDICTS = Kind(lambda archive: [at.VERDICTS], verdicts_page)
CITING = Kind(lambda archive: [at.CITING], citing_page)
