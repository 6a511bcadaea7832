"""The one door through which pages ask the graph: what it has been asked once, it keeps.

A site reads everything at once (`preload`). A live service over a large graph does not, and each page then costs a few
small queries. Both give the same answers.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from avnkg.analysis.disputes import CLASHES
from avnkg.analysis.verdicts import Verdict
from avnkg.claims.vocabulary import Term
from avnkg.errors import NotFoundError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.description import Descriptions
from avnkg.graph.names import claim_iri, thing
from avnkg.graph.relation_records import DisputeRecord, RelationRecord, disputes
from avnkg.views.claimcards import ClaimCard, DocumentCard, card_of
from avnkg.views.graphs.conceptnetwork import axis_labels
from avnkg.views.graphs.network import Standing, standing
from avnkg.views.pages.lines import Line, Lines, line_of, line_of_card
from avnkg.views.reading import Reading
from avnkg.views.terminal.listing import claim_id

Kept = TypeVar("Kept")

WHOLE_BELOW = 5_000
"""Claims up to which a live service reads everything at once: it takes less than a second."""


@dataclass(frozen=True, slots=True)
class Related:
    """How other claims lie to a claim: the verdict, the sentence that tells it, and some of the others.

    `left` is how many further ones there are, or None where they have not been counted.
    """

    verdict: str
    relation: str
    sentence: str
    across: bool
    others: tuple[Line, ...] = ()
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """A claim that names a concept: in which place of its proposition, and with which predicate."""

    role: str
    predicate: str
    line: Line


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim in the list of a concept that it names: in which place, with which predicate, and its IRI."""

    role: str
    predicate: str
    claim: str


@dataclass(frozen=True, slots=True)
class Stand:
    """Where claims stand in a dispute: its id and title, the side's number and voices."""

    dispute: str
    title: str
    side: int
    held: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a dispute is about, and its sides: voices in words, and how many of them are independent."""

    id: str
    title: str
    sides: tuple[tuple[str, int], ...]


@dataclass
class Archive:
    """What pages ask a graph.

    Attributes:
        graph: the graph.
        whole: whether it has read everything at once.
        placed: where the lists of a large graph are kept in order, gives some claims that name a concept, and None
            while they are not; it takes the concept's IRI, how many claims, and how many to pass over.
    """

    graph: ClaimsGraph
    whole: bool = False
    placed: Callable[[str, int, int], Sequence[Placed] | None] | None = field(default=None, repr=False)
    _claims: Mapping[str, ClaimCard] = field(default_factory=dict, repr=False)
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False)
    _groups: dict[tuple[str, str], Mapping[Any, list[Any]]] = field(default_factory=dict, repr=False)

    def kept(self, make: Callable[["Archive"], Kept]) -> Kept:
        """Return what a function makes of this archive; it is made once."""
        if make not in self._kept:
            self._kept[make] = make(self)
        found: Kept = self._kept[make]
        return found

    def preload(self) -> None:
        """Read everything at once, so that pages ask few further questions."""
        self._claims = self.reading.claims
        self.descriptions.preload()
        self.whole = True

    def asked(
        self,
        question: str,
        parameter: str,
        address: str,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[Sequence[Any], bool]:
        """Return rows of a query of the library for one value of a parameter, and whether there are more of them.

        The parameter is a column of the query too. Where everything is read at once, the query is asked once without
        the parameter.
        """
        if not self.whole:
            given: dict[str, Any] = {parameter: address}
            rows = self.graph.query(question, limit=limit, offset=offset, **given)
            return rows, rows.more
        if (question, parameter) not in self._groups:
            groups: dict[Any, list[Any]] = defaultdict(list)
            free: dict[str, Any] = {parameter: ""}
            for row in self.graph.query(question, **free):
                groups[getattr(row, parameter)].append(row)
            self._groups[question, parameter] = groups
        found = self._groups[question, parameter].get(address, [])
        end = None if limit is None else offset + limit
        return found[offset:end], end is not None and end < len(found)

    @cached_property
    def reading(self) -> Reading:
        """All claims with their relations: for pages that show them all."""
        return Reading(self.graph)

    @cached_property
    def descriptions(self) -> Descriptions:
        """The triples of claims."""
        return Descriptions(self.graph.store)

    @property
    def documents(self) -> Mapping[str, DocumentCard]:
        """All documents by id, in the order of their ids."""
        return self.reading.documents

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
        """Return a claim whole, withdrawn or not.

        Raises:
            NotFoundError: there is none of this id.
        """
        if identity in self._claims:
            return self._claims[identity]
        if self.whole or not _SOUND.fullmatch(identity):
            raise NotFoundError(f"there is no claim {identity!r}", hint="`avnkg claims list` lists them")
        return card_of(self.graph, identity)

    def claim_ids(self) -> Iterable[str]:
        """Return the ids of all claims, withdrawn ones too."""
        if self.whole:
            return list(self._claims)
        withdrawn = [line.id for each in self.documents for line, _ in self.withdrawn(each)]
        return [*(row.id for row in self.lines().rows), *withdrawn]

    def lines(self, *, document: str | None = None, limit: int | None = None, offset: int = 0) -> Lines:
        """Return the claims that count, in reading order: all, or those of a document; a page of them with a limit."""
        if document is not None:
            address = thing("document", document)
            rows, more = self.asked("claims/listing", "document", address, limit=limit, offset=offset)
        else:
            found = self.graph.query("claims/listing", limit=limit, offset=offset)
            rows, more = found, found.more
        return Lines(tuple(map(line_of, rows)), more)

    def lines_of(self, claims: Sequence[str]) -> Mapping[str, Line]:
        """Return some claims that count, by their IRIs."""
        if not claims:
            return {}
        given = " ".join(dict.fromkeys(claims))
        return {row.claim: line_of(row) for row in self.graph.query("claims/listing", claim=given)}

    def withdrawn(self, document: str) -> Sequence[tuple[Line, str]]:
        """Return the withdrawn claims of a document, each with the reason."""
        rows, _ = self.asked("provenance/withdrawn", "document", thing("document", document))
        return [(Line(claim_id(row.claim), document, row.says, row.quote, "", ""), row.reason) for row in rows]

    def headings(self, claims: Sequence[str]) -> Mapping[str, str | None]:
        """Return under which heading some claims stand: that of their last words. Those before may be the question."""
        if self.whole:
            return {each: self._claims[each].quotes[-1].heading for each in claims}
        found: dict[str, str | None] = {}
        if claims:
            for row in self.graph.query("provenance/claim-passages", claim=" ".join(claims)):
                found[claim_id(row.claim)] = row.heading
        return found

    def standings(self, claims: Sequence[str]) -> Mapping[str, Standing]:
        """Return how some claims stand among the voices.

        It is known only where everything has been read at once; else each is told as one voice only.
        """
        rows: Iterable[Any] = ()
        if self.whole:
            rows = (row for each in claims for row in self.asked(_STANDINGS, "claim", claim_iri(each))[0])
        found: dict[str, list[Verdict]] = {each: [] for each in claims}
        for row in rows:
            verdict = Verdict(row.verdict)
            if row.acrossVoices or verdict in CLASHES:
                found[claim_id(row.claim)].append(verdict)
        return {each: standing(verdicts, 1) for each, verdicts in found.items()}

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many claims that count each document has, by its id."""
        rows = self.graph.query("provenance/counts", respect="avn:document")
        return {row.value.rpartition("/")[2]: row.claims for row in rows}

    @property
    def total(self) -> int:
        """How many claims count."""
        return sum(self.counts.values())

    @property
    def small(self) -> bool:
        """Whether everything can be read at once, and drawn."""
        return self.total <= WHOLE_BELOW

    @property
    def relations(self) -> tuple[RelationRecord, ...]:
        """All relations."""
        return self.reading.relations

    def related(self, identity: str, limit: int | None = None) -> tuple[tuple[Related, ...], bool]:
        """Return how other claims lie to a claim, the gravest verdicts first, and whether there are more."""
        rows, more = self.asked("contradiction/relations-touching", "claim", claim_iri(identity), limit=limit)
        found = []
        for place, row in enumerate(rows):
            # Where many claims say the same, a relation has thousands of them on its sides.
            told = self.whole or place < _TOLD
            others, left = self._opposite(row.relation, identity) if told else ((), None)
            relation = row.relation.rpartition("/")[2]
            found.append(Related(row.verdict, relation, row.sentence, row.acrossVoices, others, left))
        return tuple(found), more

    def _opposite(self, relation: str, identity: str) -> tuple[tuple[Line, ...], int]:
        """Return some claims of the other side of a relation, and how many more there are."""
        names, total = self._facing(relation, identity) if self.whole else self._few_facing(relation, identity)
        cards = [self.claim(each) for each in names[:_OTHERS]]
        return tuple(map(line_of_card, cards)), total - len(cards)

    def _facing(self, relation: str, identity: str) -> tuple[Sequence[str], int]:
        """Return the ids of the claims that a claim faces in a relation, and how many it faces."""
        sides: dict[str, list[str]] = {"first": [], "second": []}
        for row in self.asked("contradiction/relation-sides", "relation", relation)[0]:
            sides[row.side].append(row.id)
        here = [side for side, claims in sides.items() if identity in claims]
        names = sides["second" if here == ["first"] else "first"]
        # Where both sides are the same claims, each stands to each other one.
        names = [each for each in names if each != identity]
        return names, len(names)

    def _few_facing(self, relation: str, identity: str) -> tuple[Sequence[str], int]:
        """Return the same with a few of the ids: there may be thousands, and to read them takes longer than a page."""
        question = "contradiction/facing"
        found = self.graph.unordered(question, limit=_OTHERS, relation=relation, claim=identity)
        counts = self.graph.query(f"{question}-counts", relation=relation, claim=identity)
        return sorted(claim_id(row.other) for row in found), sum(row.claims for row in counts)

    def naming(self, address: str, limit: int | None = None, offset: int = 0) -> tuple[tuple[Naming, ...], bool]:
        """Return the claims that name a concept, as their subject first, and whether there are more."""
        placed = self.placed(address, limit + 1, offset) if self.placed and limit is not None else None
        if placed is not None:
            lines = self.lines_of([each.claim for each in placed[:limit]])
            found = tuple(Naming(each.role, each.predicate, lines[each.claim]) for each in placed[:limit])
            return found, len(placed) > len(found)
        rows, more = self.asked("claims/naming", "concept", address, limit=limit, offset=offset)
        return tuple(Naming(row.role, row.predicateLabel or row.predicate, line_of(row)) for row in rows), more

    @property
    def disputes(self) -> tuple[DisputeRecord, ...]:
        """The disputes, the weightiest first, with all of their relations and claims."""
        return self.reading.disputes

    @cached_property
    def heads(self) -> Mapping[str, Head]:
        """The disputes by id, the weightiest first."""
        found: dict[str, Head] = {}
        for row in self.graph.query("contradiction/disputes"):
            identity = row.dispute.rpartition("/")[2]
            before = found[identity].sides if identity in found else ()
            found[identity] = Head(identity, row.title, (*before, (row.held, row.voices)))
        return found

    def dispute(self, identity: str) -> DisputeRecord:
        """Return a dispute.

        Raises:
            NotFoundError: there is none of this id.
        """
        if identity not in self.heads:
            raise NotFoundError(f"there is no dispute {identity!r}", hint="`avnkg disputes` shows them")
        found = self.disputes if self.whole else disputes(self.graph, identity)
        return next(each for each in found if each.id == identity)

    def dispute_lines(self, identity: str) -> Mapping[str, Line]:
        """Return all claims of a dispute's relations, by id."""
        rows, _ = self.asked("contradiction/dispute-claims", "dispute", thing("dispute", identity))
        return {line.id: line for line in map(line_of, rows)}

    def stands(self, *, claim: str = "", document: str = "") -> tuple[Stand, ...]:
        """Return where a claim, or claims of a document, stand in disputes."""
        if not self.heads:
            return ()
        kind, identity = ("claim", claim) if claim else ("document", document)
        rows, _ = self.asked("contradiction/dispute-sides", kind, thing(kind, identity))
        found = {}
        for row in rows:
            head = self.heads[row.dispute.rpartition("/")[2]]
            found[head.id, row.side] = Stand(head.id, head.title, row.side, head.sides[row.side - 1][0])
        return tuple(found.values())

    @cached_property
    def concepts(self) -> Mapping[str, Term]:
        """The concepts of the ontology by name: what claims may speak of."""
        known = self.graph.vocabulary
        return {name: term for name, term in sorted(known.terms.items()) if name not in known.model}

    @cached_property
    def narrower(self) -> Mapping[str, Sequence[Term]]:
        """The concepts right below each concept, by its name."""
        found: dict[str, list[Term]] = defaultdict(list)
        for term in self.concepts.values():
            for parent in term.parents:
                found[parent].append(term)
        return {name: sorted(terms, key=lambda term: term.label.casefold()) for name, terms in found.items()}

    @cached_property
    def named(self) -> Mapping[str, int]:
        """How often claims name each concept, by its IRI."""
        return {row.concept: row.times for row in self.graph.query("provenance/counts-by-concept")}

    def axes_named(self, axes: Iterable[str]) -> str:
        """Return the names of axes and other respects in words, as `anatomy and place`."""
        named = [self.axes.get(axis, axis) for axis in axes]
        return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named)

    @cached_property
    def axes(self) -> Mapping[str, str]:
        """What axes and other respects are called, by their keys."""
        return axis_labels(self.graph)


_STANDINGS = "contradiction/standings"
_TOLD = 3
"""Relations of a claim whose other claims are shown where not everything has been read at once."""
_OTHERS = 3
"""Other claims of a relation that are shown."""
_SOUND = re.compile(r'[^\s<>"{}|\\^`\x00-\x20]+')
"""What may stand in an address."""
