"""The one door through which pages ask the graph: what it has been asked once, it keeps.

A site reads everything at once (`preload`). A live service over a large graph does not, and each page then costs a few
small queries. Both give the same answers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from avnkg.claims.vocabulary import Term
from avnkg.errors import NotFoundError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import DisputeRecord, RelationRecord, disputes, relations
from avnkg.views.claimcards import Cards, ClaimCard, DocumentCard, card_of, cards, document_cards
from avnkg.views.graphs.conceptnetwork import axis_labels
from avnkg.views.graphs.network import Standing, standing
from avnkg.views.terminal.listing import claim_id, voice

Kept = TypeVar("Kept")

WHOLE_BELOW = 5_000
"""Claims up to which a live service reads everything at once: it takes less than a second."""


@dataclass(frozen=True, slots=True)
class Line:
    """A claim in a list: whose it is, our wording, the exact words, and their conditions."""

    id: str
    document: str
    says: str
    quote: str
    stance: str
    force: str
    how_often: str | None = None
    scope: str | None = None

    @property
    def denies(self) -> bool:
        """Whether it denies its proposition."""
        return self.stance == "denies"

    @property
    def voice(self) -> str:
        """What its speaker does, in words."""
        return voice(self.stance, self.force)


@dataclass(frozen=True, slots=True)
class Lines:
    """Claims of a list, and whether there are more of them after these."""

    rows: tuple[Line, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """How another claim lies to a claim."""

    verdict: str
    relation: str
    sentence: str
    other: Line


@dataclass
class Archive:
    """What pages ask a graph.

    Attributes:
        graph: the graph.
    """

    graph: ClaimsGraph
    _claims: dict[str, ClaimCard] = field(default_factory=dict, repr=False)
    _whole: Cards | None = field(default=None, repr=False)
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    def kept(self, make: Callable[["Archive"], Kept]) -> Kept:
        """Return what a function makes of this archive; it is made once."""
        if make not in self._kept:
            self._kept[make] = make(self)
        found: Kept = self._kept[make]
        return found

    @property
    def whole(self) -> bool:
        """Whether everything was read at once."""
        return self._whole is not None

    def preload(self) -> None:
        """Read all claims at once, so that pages ask no further questions on them."""
        self._whole = cards(self.graph)
        self._claims.update(self._whole.claims)

    @cached_property
    def documents(self) -> Mapping[str, DocumentCard]:
        """All documents by id, in the order of their ids."""
        return self._whole.documents if self._whole else document_cards(self.graph)

    def document(self, identity: str) -> DocumentCard:
        """Return a document.

        Raises:
            NotFoundError: there is none of this id.
        """
        found = self.documents.get(identity)
        if found is None:
            raise NotFoundError(f"there is no document {identity!r}", hint="`avnkg documents list` lists them")
        return found

    def claim(self, identity: str) -> ClaimCard:
        """Return a claim whole.

        Raises:
            NotFoundError: there is none of this id.
        """
        if identity not in self._claims:
            self._claims[identity] = card_of(self.graph, identity)
        return self._claims[identity]

    def lines(self, *, document: str | None = None, limit: int | None = None, offset: int = 0) -> Lines:
        """Return the claims that count, in reading order: all, or those of a document; a page of them with a limit."""
        given = {} if document is None else {"document": document}
        rows = self.graph.query("claims/listing", limit=limit, offset=offset, **given)
        return Lines(tuple(map(line_of, rows)), rows.more)

    def claim_ids(self) -> Iterable[str]:
        """Return the ids of all claims."""
        return [row.id for row in self.lines().rows]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many claims that count each document has, by its id."""
        rows = self.graph.query("provenance/counts", respect="avn:document")
        return {row.value.rpartition("/")[2]: row.claims for row in rows}

    @cached_property
    def relations(self) -> tuple[RelationRecord, ...]:
        """All relations."""
        return relations(self.graph)

    @cached_property
    def _by_claim(self) -> Mapping[str, list[RelationRecord]]:
        found: dict[str, list[RelationRecord]] = defaultdict(list)
        for record in self.relations:
            for claim in {*record.relation.a, *record.relation.b}:
                found[claim].append(record)
        return found

    def related(self, identity: str) -> tuple[Related, ...]:
        """Return how other claims lie to a claim, those of one verdict together."""
        rows = self.graph.query("contradiction/relations-of-a-claim", claim=identity)
        return tuple(Related(row.verdict, row.relation.rpartition("/")[2], row.sentence, _other(row)) for row in rows)

    def standing(self, identity: str) -> Standing:
        """Return how a claim stands among the voices."""
        found = [each.relation.verdict for each in self._by_claim.get(identity, ()) if each.across]
        return standing(found, 1)

    @cached_property
    def disputes(self) -> tuple[DisputeRecord, ...]:
        """The disputes, the weightiest first."""
        return disputes(self.graph)

    def dispute(self, identity: str) -> DisputeRecord:
        """Return a dispute.

        Raises:
            NotFoundError: there is none of this id.
        """
        for each in self.disputes:
            if each.id == identity:
                return each
        raise NotFoundError(f"there is no dispute {identity!r}", hint="`avnkg disputes` shows them")

    @cached_property
    def concepts(self) -> Mapping[str, Term]:
        """The concepts of the ontology by name: what claims may speak of."""
        known = self.graph.vocabulary
        return {name: term for name, term in sorted(known.terms.items()) if name not in known.model}

    def axes_named(self, axes: Iterable[str]) -> str:
        """Return the names of axes and other respects in words, as `anatomy and place`."""
        named = [self._axes.get(axis, axis) for axis in axes]
        return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named)

    @cached_property
    def _axes(self) -> Mapping[str, str]:
        return axis_labels(self.graph)


def line_of(row: Any) -> Line:
    """Return the claim of a row as a line of a list."""
    document = row.document.rpartition("/")[2]
    return Line(claim_id(row.claim), document, row.says, row.quote, row.stance, row.force, row.hedge, row.scope)


def _other(row: Any) -> Line:
    identity = claim_id(row.other)
    return Line(identity, identity.rpartition("/")[0], row.says, row.quote, row.stance, row.force, row.hedge, row.scope)
