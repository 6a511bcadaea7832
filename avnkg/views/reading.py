"""All claims of a graph with their relations, read once for whatever shows many of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import DisputeRecord, RelationRecord, disputes, relations
from avnkg.views.claimcards import Cards, ClaimCard, DocumentCard, claim_cards, counting, document_cards, voices


@dataclass
class Reading:
    """What is read of a graph; each part when it is first asked for, and once."""

    graph: ClaimsGraph

    @cached_property
    def claims(self) -> Mapping[str, ClaimCard]:
        """All claims by id, withdrawn ones too."""
        return claim_cards(self.graph)

    @cached_property
    def documents(self) -> Mapping[str, DocumentCard]:
        """All documents by id."""
        return document_cards(self.graph)

    @cached_property
    def cards(self) -> Cards:
        """The claims that count, in reading order, with their documents and voices."""
        return Cards(counting(self.graph, self.claims), self.documents, voices(self.graph))

    @cached_property
    def relations(self) -> tuple[RelationRecord, ...]:
        """All relations."""
        return relations(self.graph)

    @cached_property
    def disputes(self) -> tuple[DisputeRecord, ...]:
        """The disputes, the weightiest first."""
        return disputes(self.graph)
