"""Voices: who speaks, counted once. One publisher, author or cited study is one voice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import networkx as nx

from avnkg.claims.model import Claim
from avnkg.documents.model import Document


class Spoken(Protocol):
    """What must be known of a claim to count voices: the id of its document, and the studies it cites."""

    @property
    def document(self) -> str:
        """The id of the document."""
        ...

    @property
    def cites(self) -> tuple[str, ...]:
        """The studies."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from and the key of its proposition, without the claim: equal claims in this have one."""

    document: str
    cites: tuple[str, ...]
    proposition: str

    @classmethod
    def of(cls, claim: Claim) -> "Source":
        """Return where a claim comes from."""
        return cls(claim.document, claim.cites, claim.proposition.key)


def voices(documents: Iterable[Document]) -> dict[str, str]:
    """Return whose voice each document is, by its id.

    Documents that share their publisher or an author are one voice, called by the publisher of its first document;
    two voices whose publishers print the same name are told apart by that document's id.

    >>> voices([])
    {}
    """
    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    known = {document.id: document for document in documents}
    for document in known.values():
        graph.add_node(("document", document.id))
        graph.add_edge(("document", document.id), ("publisher", _folded(document.publisher)))
        for author in document.authors:
            graph.add_edge(("document", document.id), ("author", _folded(author)))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for part in nx.connected_components(graph):
        members = sorted(name for kind, name in part if kind == "document")
        name = known[members[0]].publisher
        if name in taken:
            name = f"{name} ({members[0]})"
        taken.add(name)
        found.update(dict.fromkeys(members, name))
    return found


def independent(claims: Iterable[Spoken], heard: Mapping[str, str]) -> int:
    """Return how many independent voices some claims have: one voice may speak often, and cite what others cite."""
    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    for claim in claims:
        voice = ("voice", heard[claim.document])
        graph.add_node(voice)
        graph.add_edges_from((voice, ("study", source)) for source in claim.cites)
    return sum(1 for _ in nx.connected_components(graph))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
