"""Graphs of concepts: those that claims speak of are nodes, what they say is edges."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from avnkg import vocab
from avnkg.analysis.disputes import CLASHES
from avnkg.errors import NotFoundError, QueryError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.names import claim_iri, thing
from avnkg.graph.querytext import PAGING
from avnkg.graph.relation_records import RelationRecord
from avnkg.views.claimcards import Cards, ClaimCard, Term
from avnkg.views.graphs.network import RELATIONS_FORM, Ask, Edge, Network, Node, form, standing
from avnkg.views.reading import Reading
from avnkg.views.terminal.listing import claim_id
from avnkg.views.words import counted

NAMED_VOICES = 5
"""Voices that the heading names; more of them are counted only."""
_ROLES = "avn:subject|avn:object|avn:comparator|avn:endpoint"
_EDGE = "{restriction}?claim avn:proposition {{proposition}} ;\n  avn:stance {{stance}} ."
_NODE = f"{{restriction}}?proposition {_ROLES} {{{{concept}}}} .\n?claim avn:proposition ?proposition ."
_LISTED = "VALUES ?claim { {claims} }"

_FORCES = {
    "requires": ("must", "must not"),
    "recommends": ("advised", "advised against"),
    "permits": ("allowed", "need not"),
    "aims": ("goal", "no goal"),
    "reports": ("reported", "reported not"),
    "recounts": ("one case", "one case, not"),
    "advertises": ("advertised", "advertised not"),
}
"""What is put before a predicate where the words do something else than state it: affirmed, denied."""


def whole_network(graph: ClaimsGraph, read: Reading | None = None) -> Network:
    """Return the graph of all claims; `read` is what has been read of it already."""
    read = read or Reading(graph)
    return _network(read, read.cards.claims, "All claims", "")


def about_network(graph: ClaimsGraph, about: str) -> Network:
    """Return the graph of the claims about a concept or a kind of it.

    Raises:
        UnknownTermError: the ontology has no such concept; the message has the nearest.
        NotFoundError: no claim is about it.
    """
    address = graph.resolve(about)
    chosen = [claim_id(row.claim) for row in graph.claims(about=address)]
    if not chosen:
        raise NotFoundError(
            f"no claim is about {graph.label(address)!r}", hint="`avnkg find WORDS` searches the claims"
        )
    restriction = f"?kind (avn:broader|rdfs:subClassOf)* <{address}> .\n?proposition {_ROLES} ?kind .\n"
    title = f"What is claimed about {graph.label(address)}"
    return _network(Reading(graph), chosen, title, restriction, centre=address, edge_restriction="")


def document_network(graph: ClaimsGraph, document: str, read: Reading | None = None) -> Network:
    """Return the graph of the claims of a document; `read` is what has been read already.

    Raises:
        NotFoundError: there is no such document; the message has those that there are.
    """
    identity = document.removeprefix(vocab.THING).removeprefix("document/")
    chosen = [claim_id(row.claim) for row in graph.claims(document=identity)]
    read = read or Reading(graph)
    card = read.documents[identity]
    title = f"What {card.publisher} claims: {card.title}"
    return _network(read, chosen, title, f"?claim avn:document <{thing('document', identity)}> .\n")


def query_network(graph: ClaimsGraph, question: str | Path, parameters: Mapping[str, str] | None = None) -> Network:
    """Return the graph of the claims that a query answers with: a name of the library, a file, or a text.

    Raises:
        QueryError: it cannot be answered, or its answer names no claims.
        NotFoundError: there is no such query, or its answer is empty.
    """
    given: dict[str, Any] = dict(parameters or {})
    taken = [name for name in given if name in PAGING]
    if taken:
        raise QueryError(f"{taken[0]} is no parameter of a query", hint="a graph has all claims of the answer")
    rows = graph.query(question, **given)
    read = Reading(graph)
    if "claim" not in rows.columns:
        got = ", ".join(f"?{name}" for name in rows.columns)
        raise QueryError(
            f"expected a query that gives ?claim, got {got}", hint="SELECT ?claim …, with the claims' IRIs"
        )
    chosen = [name for name in dict.fromkeys(claim_id(str(row.claim)) for row in rows) if name in read.cards.claims]
    if not chosen:
        raise NotFoundError("the answer of the query has no claims", hint="`avnkg query` shows the answer")
    return _network(read, chosen, graph.title(question) or "The claims of a query", None)


def _network(
    read: Reading,
    chosen: Iterable[str],
    title: str,
    restriction: str | None,
    *,
    centre: str = "",
    edge_restriction: str | None = None,
) -> Network:
    """Return the network of some claims; `restriction` chooses them in SPARQL, None lists them."""
    known = read.cards
    shown = {name: known.claims[name] for name in known.claims.keys() & set(chosen)}
    shown = {name: shown[name] for name in known.claims if name in shown}
    by_claim: dict[str, list[RelationRecord]] = defaultdict(list)
    for record in read.relations:
        if not record.across and record.relation.verdict not in CLASHES:
            continue  # that a voice repeats itself tells nothing of how it stands; that it contradicts itself does
        for claim in {*record.relation.a, *record.relation.b} & shown.keys():
            by_claim[claim].append(record)
    edges = tuple(_edges(shown, known, by_claim, listed=restriction is None))
    nodes = tuple(_nodes(shown, edges, known, centre, listed=restriction is None))
    used = {name: record for records in by_claim.values() for record in records for name in [record.relation.id]}
    # What a chosen claim is set against is shown with it, so its card is in the page though it is not in the picture.
    others = {claim for record in used.values() for claim in (*record.relation.a, *record.relation.b)}
    cited = {name: card for name, card in known.claims.items() if name in shown or name in others}
    edge_part = restriction if edge_restriction is None else edge_restriction
    forms = {"edge": _LISTED, "node": _LISTED}
    if restriction is not None:
        forms = {
            "edge": _EDGE.format(restriction=edge_part),
            "node": _NODE.format(restriction=restriction),
        }
    heard = known.heard(shown)
    counts = f"{counted(len(shown), 'claim')}, {counted(len(nodes), 'concept')}, {counted(heard, 'independent voice')}"
    if 0 < heard <= NAMED_VOICES:
        counts = f"{counts}: {known.speakers(shown)}"
    return Network(
        "concepts",
        title,
        counts,
        nodes,
        edges,
        cited,
        {name: known.documents[name] for name in dict.fromkeys(card.document for card in cited.values())},
        used,
        {**{name: form(pattern) for name, pattern in forms.items()}, "relations": RELATIONS_FORM},
        axis_labels(read.graph),
        frozenset(shown),
    )


def _edges(
    shown: Mapping[str, ClaimCard], known: Cards, by_claim: Mapping[str, list[RelationRecord]], *, listed: bool
) -> Iterable[Edge]:
    groups: dict[tuple[str, bool], list[ClaimCard]] = defaultdict(list)
    for card in shown.values():
        groups[card.proposition, card.denies].append(card)
    for (proposition, denied), found in groups.items():
        first = found[0]
        names = tuple(card.id for card in found)
        records = {each.relation.id: each for name in names for each in by_claim.get(name, ())}
        label = predicate_words(found)
        stance = vocab.STANCES["denies" if denied else "affirms"]
        given = (
            {"claims": listed_claims(names)} if listed else {"proposition": f"<{proposition}>", "stance": f"<{stance}>"}
        )
        voices = known.heard(names)
        target = _target(first)
        yield Edge(
            id=f"{proposition.rpartition('/')[2]}:{'denies' if denied else 'affirms'}",
            source=_key(first.subject),
            target=_key(target),
            label=label + (" *" if any(conditional(card) for card in found) else ""),
            told=f"{first.subject.label} · {label} · {target.label}{conditions_told(found)}",
            standing=standing((each.relation.verdict for each in records.values()), voices),
            denied=denied,
            voices=voices,
            claims=names,
            relations=tuple(records),
            ask=Ask("edge", tuple(given.items())),
        )


def _nodes(
    shown: Mapping[str, ClaimCard], edges: Iterable[Edge], known: Cards, centre: str, *, listed: bool
) -> Iterable[Node]:
    named: dict[str, Term] = {}
    spoken: dict[str, list[str]] = defaultdict(list)
    for card in shown.values():
        for term in (card.subject, card.object, card.comparator, card.endpoint):
            if term is not None and card.id not in spoken[_key(term)][-1:]:
                named[_key(term)] = term
                spoken[_key(term)].append(card.id)
    drawn = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    for key in drawn:
        term, claims = named[key], tuple(spoken[key])
        words = term.address.startswith('"')
        given = {"claims": listed_claims(claims)} if listed else {"concept": _sparql_term(term.address)}
        kind = "centre" if term.address == centre else "words" if words else "concept"
        ask = Ask("node", tuple(given.items()))
        yield Node(key, kind, term.label, term.label, voices=known.heard(claims), claims=claims, ask=ask)


def _target(card: ClaimCard) -> Term:
    """Return what an edge leads to: the object, else what is compared with, else the endpoint, else the subject."""
    return card.object or card.comparator or card.endpoint or card.subject


def predicate_words(found: Iterable[ClaimCard]) -> str:
    """Return the predicate of some claims on one proposition, with what stands before and after it."""
    claims = list(found)
    first = claims[0]
    forces = {card.force for card in claims}
    before = _FORCES.get(first.force, ("", "not"))[first.denies] if len(forces) == 1 else ("", "not")[first.denies]
    parts = [f"{before}: {first.predicate.label}" if before else first.predicate.label]
    if first.object and first.comparator:
        parts.append(f"compared with {first.comparator.label}")
    if first.endpoint and (first.object or first.comparator):
        parts.append(f"as to {first.endpoint.label}")
    return ", ".join(parts)


def conditional(card: ClaimCard) -> bool:
    """Return whether the bare words of an edge say more than a claim does."""
    return bool(card.how_often or any(each.standing != "definitional" for each in card.conditions))


def conditions_told(found: Iterable[ClaimCard]) -> str:
    """Return hedge and conditions of some claims in brackets, where they are the same; else that there are some."""
    told = dict.fromkeys(_conditions(card) for card in found)
    if set(told) == {""}:
        return ""
    return f" ({next(iter(told))})" if len(told) == 1 else " (some under conditions)"


def _conditions(card: ClaimCard) -> str:
    said = [each.value for each in card.conditions if each.standing != "definitional"]
    return "; ".join([*([f"“{card.how_often}”"] if card.how_often else []), *dict.fromkeys(said)])


def axis_labels(graph: ClaimsGraph) -> dict[str, str]:
    """Return what axes and other respects are called."""
    terms = graph.vocabulary.terms
    named = {
        key: terms[axis.name].label.removesuffix(" axis")
        for key, axis in graph.vocabulary.axes.items()
        if axis.name in terms
    }
    return {**named, "countedOver": "what is counted"}


def listed_claims(names: Iterable[str]) -> str:
    """Return claims as SPARQL has them."""
    return " ".join(f"<{claim_iri(name)}>" for name in names)


def _key(term: Term) -> str:
    return term.address.removeprefix(vocab.THING).replace(vocab.AVN, "avn:")


def _sparql_term(address: str) -> str:
    return json.dumps(address[1:-1], ensure_ascii=False) if address.startswith('"') else f"<{address}>"
