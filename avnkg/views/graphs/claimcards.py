"""Claims and documents as cards: all that a reader is shown of them, read from a graph at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from avnkg import vocab
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
class DocumentCard:
    """A document: who speaks, when, and what they sell."""

    id: str
    title: str
    publisher: str
    kind: str
    published: str | None = None
    modified: str | None = None
    interest: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """What a proposition names: its address (or the words themselves, between double quotes), and its label."""

    address: str
    label: str


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim as a reader needs it: what is said, in which words, with which force, and under which conditions.

    `voice` is what its speaker does, in words; `how_often`, `amount`, `degree` are as printed.
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

    @property
    def denies(self) -> bool:
        """Whether it denies its proposition."""
        return self.stance == "denies"

    def values(self, axis: str) -> list[str]:
        """Return its values on an axis."""
        return [each.value for each in self.conditions if each.axis == axis]


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


def cards(graph: ClaimsGraph) -> Cards:
    """Return the cards of a graph; withdrawn claims have none."""
    quotes: dict[str, list[Quote]] = defaultdict(list)
    for row in graph.query("provenance/claim-passages", claim=""):
        quotes[row.claim].append(Quote(row.quote, row.start, row.end, row.heading))
    conditions: dict[str, list[Condition]] = defaultdict(list)
    for row in graph.query("provenance/claim-conditions", claim=""):
        conditions[row.claim].append(Condition(row.axis, row.value, row.standing.removesuffix(" value")))
    found = {row.claim: row for row in graph.query("provenance/claim", claim="") if row.withdrawn is None}
    ordered = [row.claim for row in graph.query("claims/listing") if row.claim in found]
    return Cards(
        {claim_id(each): _card(found[each], quotes[each], conditions[each], graph) for each in ordered},
        {_local(row.document): _document(row) for row in graph.query("provenance/documents")},
        _voices(graph),
    )


def _card(row: Any, quotes: list[Quote], conditions: list[Condition], graph: ClaimsGraph) -> ClaimCard:
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
        subject=_named(row.subject, row.subjectLabel, graph),
        predicate=_named(row.predicate, row.predicateLabel, graph),
        object=_term(row.object, row.objectLabel, graph),
        comparator=_term(row.comparator, row.comparatorLabel, graph),
        endpoint=_term(row.endpoint, row.endpointLabel, graph),
        how_often=row.hedge,
        amount=row.amount,
        degree=row.degree,
        appeal=row.appeal,
        note=row.note,
        conditions=tuple(conditions),
    )


def _document(row: Any) -> DocumentCard:
    return DocumentCard(
        _local(row.document), row.title, row.publisher, row.kind, row.published, row.modified, row.interest
    )


def _term(address: Any, label: str | None, graph: ClaimsGraph) -> Term | None:
    return None if address is None else _named(address, label, graph)


def _named(address: Any, label: str | None, graph: ClaimsGraph) -> Term:
    words = str(address)
    if not words.startswith(("http://", "https://")):
        return Term(f'"{words}"', f"“{words}”")
    return Term(words, label or graph.label(words))


def _voices(graph: ClaimsGraph) -> dict[str, str]:
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
