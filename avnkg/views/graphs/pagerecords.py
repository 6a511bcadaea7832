"""What a page of a graph knows, ready for JSON: claims whole, what stands behind nodes and edges, how lines look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from avnkg.views.claimcards import ClaimCard
from avnkg.views.graphs.layout import LINE, PAD, Layout
from avnkg.views.graphs.network import MOST_DRAWN, Edge, Network, Node, Standing
from avnkg.views.pages import addresses
from avnkg.views.words import plain


@dataclass(frozen=True, slots=True)
class Line:
    """How an edge is drawn: its colour on a light and a dark ground, and its dashes in pixels (none: a whole line)."""

    light: str
    dark: str
    dashes: tuple[int, ...] = ()


LINES: Mapping[Standing, Line] = {
    Standing.CONTESTED: Line("#b3261e", "#ff8f80", (14, 5)),
    Standing.RIVAL: Line("#7a3b9c", "#d9a8f2", (14, 4, 3, 4)),
    Standing.TENSION: Line("#8a5a00", "#f0b84a", (8, 4, 2, 4, 2, 4)),
    Standing.SCOPE: Line("#0b5fa5", "#78bdf7", (2, 4)),
    Standing.AGREED: Line("#00704a", "#4fd0a0"),
    Standing.SEVERAL: Line("#3f5f6b", "#a3c3cf", (20, 4)),
    Standing.SINGLE: Line("#6b6b6b", "#a8a8a8", (5, 4)),
}
"""Colours stand out against their ground at 4.5 to 1 or more; no two lines have the same dashes."""


def records(network: Network, narrow: Layout | None, base: str | None) -> dict[str, Any]:
    """Return what the page knows: the claims whole, and for each node and edge what stands behind it."""
    number = {name: place for place, name in enumerate(network.claims)}
    return {
        "kind": network.kind,
        "title": network.title,
        "most": MOST_DRAWN,
        "base": base,
        "claims": [_claim(card, chosen=name in network.chosen) for name, card in network.claims.items()],
        "pages": base and {name: addresses.claim(name) for name in network.claims},
        "documents": {
            name: [
                *(card.publisher, card.title, card.kind, card.published, card.modified, card.interest),
                base and addresses.document(name),
            ]
            for name, card in network.documents.items()
        },
        "relations": {
            name: [
                each.relation.verdict.value,
                each.relation.says,
                [number[claim] for claim in each.relation.a],
                [number[claim] for claim in each.relation.b],
            ]
            for name, each in network.relations.items()
        },
        "items": [_item(each, number) for each in network.items],
        "forms": network.forms,
        "axes": network.axes,
        "facets": [[facet.key, facet.label, facet.values] for facet in network.facets],
        "legend": [[standing, told] for standing, told in network.legend],
        "lines": {standing: [line.light, line.dark, line.dashes] for standing, line in LINES.items()},
        "narrow": narrow
        and {
            plain(name): [drawn.x, drawn.y, plain(drawn.label), drawn.looks, drawn.width, drawn.height]
            for name, drawn in narrow.items()
        },
        "box": [LINE, PAD],
    }


def _item(item: Node | Edge, number: Mapping[str, int]) -> dict[str, Any]:
    whole = {
        "id": plain(item.id),
        "edge": isinstance(item, Edge),
        "ends": [plain(item.source), plain(item.target)] if isinstance(item, Edge) else None,
        "kind": item.kind if isinstance(item, Node) else None,
        "group": item.group if isinstance(item, Node) else None,
        "told": item.told,
        "denied": item.denied if isinstance(item, Edge) else None,
        "standing": item.standing,
        "voices": item.voices,
        "claims": [number[claim] for claim in item.claims],
        "relations": item.relations,
        "ask": [item.ask.form, dict(item.ask.given)] if item.ask else None,
    }
    return {name: value for name, value in whole.items() if value not in (None, "", (), False)}


def _claim(card: ClaimCard, *, chosen: bool) -> dict[str, Any]:
    whole = {
        "id": card.id,
        "document": card.document,
        "says": card.says,
        "quotes": [[quote.words, quote.start, quote.end, quote.heading] for quote in card.quotes],
        "force": card.force,
        "voice": card.voice,
        "presupposed": card.manner == "presupposed",
        "basis": card.basis,
        "verification": card.verification,
        "often": card.how_often,
        "amount": card.amount,
        "degree": card.degree,
        "appeal": card.appeal,
        "note": card.note,
        "conditions": [[each.axis, each.value, each.standing] for each in card.conditions],
        "beside": not chosen,
    }
    return {name: value for name, value in whole.items() if value not in (None, [], False)}
