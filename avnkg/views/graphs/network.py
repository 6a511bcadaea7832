"""What an interactive graph shows, before anything draws it: nodes, edges, what stands behind them, legend, filters.

It is a picture of claims, not of facts: an edge is a proposition with one stance, and carries the claims that take it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from avnkg.analysis.verdicts import Verdict
from avnkg.graph.querytext import with_prefixes
from avnkg.graph.relation_records import RelationRecord
from avnkg.views.claimcards import ClaimCard, DocumentCard

MOST_DRAWN = 5000
"""Nodes that a browser still moves smoothly; of more, filters choose some."""


class Standing(StrEnum):
    """How what an edge or a position says stands among the voices, the most notable first."""

    CONTESTED = "contested"
    RIVAL = "rival"
    TENSION = "tension"
    SCOPE = "scope"
    AGREED = "agreed"
    SEVERAL = "several"
    SINGLE = "single"


LEGEND: Mapping[Standing, str] = {
    Standing.CONTESTED: "contested: another voice contradicts it, or its own does",
    Standing.RIVAL: "rival: another voice gives another answer",
    Standing.TENSION: "tension: at odds if a hedge, or practice and advice, are pressed",
    Standing.SCOPE: "scope difference or exception: both may hold",
    Standing.AGREED: "agreed: another voice says so too, or so of a narrower case",
    Standing.SEVERAL: "several voices, not comparable",
    Standing.SINGLE: "one voice only",
}

_BY_VERDICT = {
    Verdict.CONTRADICTION: Standing.CONTESTED,
    Verdict.RIVAL: Standing.RIVAL,
    Verdict.TENSION: Standing.TENSION,
    Verdict.SCOPE_DIFFERENCE: Standing.SCOPE,
    Verdict.QUALIFICATION: Standing.SCOPE,
    Verdict.AGREEMENT: Standing.AGREED,
    Verdict.REFINEMENT: Standing.AGREED,
}
_ORDER = tuple(Standing)


def standing(verdicts: Iterable[Verdict], voices: int) -> Standing:
    """Return the most notable standing that some verdicts give, else that of so many voices.

    >>> str(standing([Verdict.AGREEMENT, Verdict.CONTRADICTION], 2)), str(standing([], 1))
    ('contested', 'single')
    """
    found = {_BY_VERDICT[verdict] for verdict in verdicts if verdict in _BY_VERDICT}
    found.add(Standing.SEVERAL if voices > 1 else Standing.SINGLE)
    return min(found, key=_ORDER.index)


@dataclass(frozen=True, slots=True)
class Ask:
    """A query of SPARQL by the name of its form and what stands in its gaps: a page holds each form once."""

    form: str
    given: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A node: a concept, or in a dispute a side, a position, what is at issue, or common ground.

    Attributes:
        kind: `concept`, `words` (a printed name), `centre`; `side`, `position`, `issue`, `common`, `dissolved`, `head`.
        label: what is drawn, whole; line ends are kept, longer lines are wrapped by the layout.
        told: it in one line, for the table.
        looks: how each line of the label looks, a letter a line: `s` strong, `q` quote, `f` foot, `t` title, `p` plain.
        group: whose it is, or the part of the picture that it belongs to; empty in a graph of concepts.
    """

    id: str
    kind: str
    label: str
    told: str = ""
    looks: str = ""
    group: str = ""
    standing: Standing | None = None
    voices: int = 0
    claims: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A proposition with a stance, between two concepts; in a dispute what joins a position to what is at issue.

    Attributes:
        denied: whether its claims deny the proposition.
        voices: how many independent voices say so.
    """

    id: str
    source: str
    target: str
    label: str
    told: str
    standing: Standing
    denied: bool = False
    voices: int = 0
    claims: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter: its values are those that the claims have, each with the number of claims; "" is `not stated`."""

    key: str
    label: str
    values: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Network:
    """A picture of claims.

    Attributes:
        kind: `dispute` or `concepts`: how it is laid out.
        title, subtitle: what it shows, and how much of it.
        forms: queries with gaps, by name; `sparql` fills them.
        relations: those that any node or edge names, by id.
        axes: the labels of axes and respects, by key.
        claims: those of the picture, and those that they are set against.
        chosen: the claims of the picture.
    """

    kind: str
    title: str
    subtitle: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    claims: Mapping[str, ClaimCard] = field(repr=False)
    documents: Mapping[str, DocumentCard] = field(repr=False)
    relations: Mapping[str, RelationRecord] = field(repr=False)
    forms: Mapping[str, str] = field(repr=False)
    axes: Mapping[str, str] = field(repr=False, default_factory=dict)
    chosen: frozenset[str] = field(repr=False, default=frozenset())

    @property
    def items(self) -> Sequence[Node | Edge]:
        """All that can be chosen."""
        return (*self.nodes, *self.edges)

    @property
    def legend(self) -> tuple[tuple[Standing, str], ...]:
        """The standings that occur, and what they mean."""
        found = {each.standing for each in self.items}
        return tuple((each, LEGEND[each]) for each in Standing if each in found)

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """The filters: document, verdict, stage, delivery target and force."""
        cards = [card for name, card in self.claims.items() if name in self.chosen]
        documents = {key: f"{card.publisher}: {card.title}" for key, card in self.documents.items()}
        told = {str(each): LEGEND[each].partition(":")[0] for each, _ in self.legend}
        found = [
            _facet("document", "Document", ([card.document] for card in cards), documents),
            _facet("verdict", "Verdict", ([str(each.standing)] for each in self._listed if each.standing), told),
            _facet("stage", "Stage", (card.values("stage") for card in cards)),
            _facet("target", "Delivery target", (card.values("deliveryTarget") for card in cards)),
            _facet("force", "Force", ([card.force] for card in cards)),
        ]
        return tuple(found)

    @property
    def _listed(self) -> Sequence[Node | Edge]:
        return self.edges if self.kind == "concepts" else self.nodes

    def sparql(self, item: Node | Edge) -> str:
        """Return a query that gives the claims (or relations) of a node or an edge; empty where it has none."""
        if item.ask is None:
            return ""
        given = dict(item.ask.given)
        return re.sub(r"\{(\w+)\}", lambda gap: given.get(gap[1], gap[0]), self.forms[item.ask.form])


def form(pattern: str, *, what: str = "?claim ?stance ?force ?says ?quote", order: str = "?claim") -> str:
    """Return a query on claims that a pattern chooses; `{name}` in it is a gap."""
    shown = "\n".join(f"  {line}" for line in pattern.strip().splitlines())
    return with_prefixes(
        f"SELECT DISTINCT {what} WHERE {{\n{shown}\n"
        "  ?claim avn:stance/rdfs:label ?stance ;\n    avn:force/rdfs:label ?force ;\n"
        "    avn:says ?says ;\n    avn:quote ?quote .\n"
        f"  MINUS {{ ?claim a avn:WithdrawnClaim }}\n}}\nORDER BY {order}\n"
    )


RELATIONS_FORM = form(
    "VALUES ?relation { {relations} }\n"
    "?relation avn:verdict/rdfs:label ?verdict ;\n  avn:says ?reason ;\n  avn:firstSide|avn:secondSide ?claim .",
    what="?relation ?verdict ?reason ?claim ?stance ?force ?says ?quote",
    order="?relation ?claim",
)


def _facet(key: str, label: str, found: Iterable[Sequence[str]], told: Mapping[str, str] | None = None) -> Facet:
    counts: dict[str, int] = {}
    for values in found:
        for value in dict.fromkeys(values or ("",)):
            counts[value] = counts.get(value, 0) + 1
    named = {value: (told or {}).get(value, value) or "not stated" for value in counts}
    ordered = sorted(counts, key=lambda value: (value == "", named[value].casefold(), value))
    return Facet(key, label, tuple((value, named[value], counts[value]) for value in ordered))
