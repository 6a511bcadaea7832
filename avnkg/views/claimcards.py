"""Claims and documents as cards: all that a reader is shown of them, read from a graph at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import networkx as nx

from avnkg import vocab
from avnkg.errors import NotFoundError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.terminal.listing import claim_id, voice


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words, where they stand in the text (characters), and the heading above them."""

    words: str
    start: int
    end: int
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A value on an axis, and whether it is stated, inherited, or what the name means."""

    axis: str
    value: str
    standing: str


@dataclass(frozen=True, slots=True)
class Term:
    """What a proposition names: its address (or the words themselves, between double quotes), and its label."""

    address: str
    label: str


@dataclass(frozen=True, slots=True)
class Number:
    """What a printed hedge, amount or degree was read as.

    `what` tells which it is: `how often`, `how much`, `to which degree`; `read` what it was read as, in words; `span`
    the interval; `more` what is counted, or of what and on which terms it is the amount.
    """

    what: str
    printed: str
    read: str | None = None
    span: str | None = None
    more: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document: who speaks, when, and what they sell.

    `length` counts the characters of the text whose SHA-256 it is; `collected` says through which collection the text
    came; `replaced_by` is the document that replaces it.
    """

    id: str
    title: str
    publisher: str
    kind: str
    published: str | None = None
    modified: str | None = None
    interest: str | None = None
    authors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    sells: tuple[Term, ...] = ()
    language: str = "en"
    rights: str = ""
    copying: str = ""
    sha256: str = ""
    length: int = 0
    address: str | None = None
    collected: str | None = None
    replaces: str | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim as a reader needs it: what is said, in which words, with which force, and under which conditions.

    `voice` is what its speaker does, in words; `how_often`, `amount`, `degree` are as printed, `numbers` what they were
    read as; `under_conditions` whether the bare triple says more than the words; `asserts` whether the graph holds a
    triple for it; `scope` its conditions on one line; `withdrawn` is why it no longer counts.
    """

    id: str
    document: str
    says: str
    quotes: tuple[Quote, ...]
    stance: str
    force: str
    voice: str
    manner: str
    basis: str
    verification: str
    proposition: str
    subject: Term
    predicate: Term
    object: Term | None
    comparator: Term | None = None
    endpoint: Term | None = None
    how_often: str | None = None
    amount: str | None = None
    degree: str | None = None
    appeal: str | None = None
    note: str | None = None
    conditions: tuple[Condition, ...] = ()
    numbers: tuple[Number, ...] = ()
    under_conditions: bool = False
    asserts: bool = False
    scope: str | None = None
    withdrawn: str | None = None

    @property
    def denies(self) -> bool:
        """Whether it denies its proposition."""
        return self.stance == "denies"

    def values(self, axis: str) -> list[str]:
        """Return its values on an axis."""
        return [each.value for each in self.conditions if each.axis == axis]


class Spoken(Protocol):
    """What stands in a document."""

    @property
    def document(self) -> str:
        """The id of the document."""
        ...


@dataclass(frozen=True)
class Cards:
    """All claims that count, by id and in reading order, their documents, and whose voice each document is."""

    claims: Mapping[str, ClaimCard]
    documents: Mapping[str, DocumentCard]
    voices: Mapping[str, str]

    def heard(self, claims: Iterable[str]) -> int:
        """Return how many independent voices some claims have."""
        return len({self.voices[self.claims[claim].document] for claim in claims})

    def speakers(self, claims: Iterable[str]) -> str:
        """Return the publishers of some claims, each once."""
        found = dict.fromkeys(self.documents[self.claims[claim].document].publisher for claim in claims)
        return ", ".join(found)


def publishers(lines: Iterable[Spoken], documents: Mapping[str, DocumentCard]) -> list[str]:
    """Return the publishers of the documents of some claims, each once, in the order in which they come."""
    return list(dict.fromkeys(documents[line.document].publisher for line in lines))


def counting(graph: ClaimsGraph, found: Mapping[str, ClaimCard]) -> dict[str, ClaimCard]:
    """Return those of some claims that count, in reading order."""
    ordered = (claim_id(row.claim) for row in graph.query("claims/listing"))
    return {each: found[each] for each in ordered if each in found and found[each].withdrawn is None}


def claim_cards(graph: ClaimsGraph, claim: str = "") -> dict[str, ClaimCard]:
    """Return the cards of all claims by id, withdrawn ones too; or of one claim, where there is one of this id."""
    quotes: dict[str, list[Quote]] = defaultdict(list)
    for row in graph.query("provenance/claim-passages", claim=claim):
        quotes[row.claim].append(Quote(row.quote, row.start, row.end, row.heading))
    conditions: dict[str, list[Condition]] = defaultdict(list)
    for row in graph.query("provenance/claim-conditions", claim=claim):
        conditions[row.claim].append(Condition(row.axis, row.value, row.standing.removesuffix(" value")))
    numbers: dict[str, list[Number]] = defaultdict(list)
    for row in graph.query("provenance/claim-numbers", claim=claim):
        numbers[row.claim].append(_number(row))
    return {
        claim_id(row.claim): _card(row, quotes[row.claim], conditions[row.claim], numbers[row.claim], graph)
        for row in graph.query("provenance/claim", claim=claim)
    }


def card_of(graph: ClaimsGraph, identity: str) -> ClaimCard:
    """Return the card of one claim, withdrawn or not.

    Raises:
        NotFoundError: there is no such claim.
    """
    found = claim_cards(graph, identity).get(identity) if identity else None
    if found is None:
        raise NotFoundError(f"there is no claim {identity!r}", hint="`avnkg claims list` lists them")
    return found


def document_cards(graph: ClaimsGraph) -> dict[str, DocumentCard]:
    """Return the cards of all documents by id."""
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    sold: dict[str, dict[str, Term]] = defaultdict(dict)
    for row in graph.query("provenance/speakers"):
        if row.name not in names[row.document, row.role]:
            names[row.document, row.role].append(row.name)
        if row.sold is not None:
            sold[row.document][row.sold] = named_term(row.sold, row.soldLabel, graph)
    rows = list(graph.query("provenance/documents"))
    successors = {row.replaces: _local(row.document) for row in rows if row.replaces}
    return {
        _local(row.document): _document(
            row,
            tuple(names[row.document, "author"]),
            tuple(names[row.document, "reviewer"]),
            tuple(sold[row.document].values()),
            successors.get(row.document),
        )
        for row in rows
    }


def _card(
    row: Any, quotes: list[Quote], conditions: list[Condition], numbers: list[Number], graph: ClaimsGraph
) -> ClaimCard:
    return ClaimCard(
        id=claim_id(row.claim),
        document=_local(row.document),
        says=row.says,
        quotes=tuple(quotes),
        stance=row.stance,
        force=row.force,
        voice=voice(row.stance, row.force),
        manner=row.manner,
        basis=row.basis,
        verification=row.verification,
        proposition=row.proposition,
        subject=named_term(row.subject, row.subjectLabel, graph),
        predicate=named_term(row.predicate, row.predicateLabel, graph),
        object=_term(row.object, row.objectLabel, graph),
        comparator=_term(row.comparator, row.comparatorLabel, graph),
        endpoint=_term(row.endpoint, row.endpointLabel, graph),
        how_often=row.hedge,
        amount=row.amount,
        degree=row.degree,
        appeal=row.appeal,
        note=row.note,
        conditions=tuple(conditions),
        numbers=tuple(numbers),
        under_conditions=row.underConditions,
        asserts=row.assertionGraph is not None,
        scope=row.scope,
        withdrawn=row.withdrawn,
    )


def _number(row: Any) -> Number:
    if row.what == "how often":
        span = _share(row.low, row.high, low_open=row.lowOpen, high_open=row.highOpen)
        return Number(row.what, row.printed, row.read, span, f"counted: {row.countedOver}" if row.countedOver else None)
    more = ", ".join(part for part in (row.measures, row.terms) if part)
    return Number(row.what, row.printed, row.read, None, more or None)


def _share(low: Decimal, high: Decimal, *, low_open: bool, high_open: bool) -> str:
    """Return a share of cases in words.

    >>> _share(Decimal("0.9"), Decimal(1), low_open=False, high_open=True)
    '90% or more, less than 100%'
    """
    if low == high:
        return _percent(low)
    least = f"more than {_percent(low)}" if low_open else f"{_percent(low)} or more"
    most = f"less than {_percent(high)}" if high_open else f"{_percent(high)} or less"
    return least if high == 1 and not high_open else most if low == 0 and not low_open else f"{least}, {most}"


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"


def _document(
    row: Any, authors: tuple[str, ...], reviewers: tuple[str, ...], sells: tuple[Term, ...], replaced_by: str | None
) -> DocumentCard:
    return DocumentCard(
        id=_local(row.document),
        title=row.title,
        publisher=row.publisher,
        kind=row.kind,
        published=row.published,
        modified=row.modified,
        interest=row.interest,
        authors=authors,
        reviewers=reviewers,
        sells=sells,
        language=row.language,
        rights=row.rights,
        copying=row.copying,
        sha256=row.sha256,
        length=row.length,
        address=row.address,
        collected=row.collected,
        replaces=_local(row.replaces) if row.replaces else None,
        replaced_by=replaced_by,
    )


def _term(address: Any, label: str | None, graph: ClaimsGraph) -> Term | None:
    return None if address is None else named_term(address, label, graph)


def named_term(address: Any, label: str | None, graph: ClaimsGraph) -> Term:
    """Return what an address, or words as they are printed, name."""
    words = str(address)
    if not words.startswith(("http://", "https://")):
        return Term(f'"{words}"', f"“{words}”")
    return Term(words, label or graph.label(words))


def voices(graph: ClaimsGraph) -> dict[str, str]:
    """Return whose voice each document is: documents of one publisher, or with an author in common, are one."""
    joined: nx.Graph[tuple[str, str]] = nx.Graph()
    for row in graph.query("provenance/speakers"):
        if row.role in ("publisher", "author"):
            joined.add_edge(("document", _local(row.document)), (row.role, " ".join(row.name.casefold().split())))
    found: dict[str, str] = {}
    for part in nx.connected_components(joined):
        members = sorted(name for kind, name in part if kind == "document")
        found.update(dict.fromkeys(members, members[0]))
    return found


def _local(address: str) -> str:
    return address.removeprefix(f"{vocab.THING}document/")
