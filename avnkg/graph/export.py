"""The graph in other forms: N-Quads, TriG, Turtle, JSON-LD, GraphML. Sorted: same graph, same bytes."""

import json
import re
from collections.abc import Iterable
from typing import IO

import pyoxigraph as ox

from avnkg import vocab
from avnkg.claims.model import Claim
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import GraphError
from avnkg.graph.store import Store

RDF_FORMATS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Formats of a whole graph. Turtle has no named graphs: it holds the default graph, which holds everything."""

FORMATS = (*RDF_FORMATS, "graphml")

PREFIXES = {
    **vocab.PREFIXES,
    "claim": vocab.THING + "claim/",
    "document": vocab.THING + "document/",
    "proposition": vocab.THING + "proposition/",
    "passage": vocab.THING + "passage/",
    "assertion": vocab.THING + "assertion/",
}


def write_graph(store: Store, name: str, out: IO[bytes]) -> None:
    """Write a whole graph.

    N-Quads are sorted lines. The others are written from sorted quads with prefixes.

    Raises:
        GraphError: the format is not known, or the store cannot give its quads.
    """
    form = RDF_FORMATS.get(name)
    if form is None:
        raise GraphError(f"expected one of the formats {', '.join(FORMATS)}, got {name!r}")
    lines = sorted(store.lines())
    if form is ox.RdfFormat.N_QUADS:
        for line in lines:
            out.write(line.encode("utf-8"))
        return
    quads = ox.parse("".join(lines).encode("utf-8"), ox.RdfFormat.N_QUADS)
    if form is ox.RdfFormat.TURTLE:
        default = (quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph))
        out.write(serialized(default, form))
    else:
        out.write(serialized(quads, form))


def serialized(items: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat, **prefixes: str) -> bytes:
    """Return quads or triples in a format with prefixes, the same bytes each time.

    The library writes prefixes in no fixed order, so they are put in order here.
    """
    written = ox.serialize(items, format=form, prefixes={**PREFIXES, **prefixes}) or b""
    if form is ox.RdfFormat.JSON_LD:
        return json.dumps(json.loads(written), ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")
    lines = written.splitlines(keepends=True)
    count = next((index for index, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
    return b"".join(sorted(lines[:count]) + lines[count:])


def write_graphml(claims: Iterable[Claim], vocabulary: Vocabulary, out: IO[bytes]) -> None:
    """Write claims as GraphML: concepts are nodes, each claim is an edge from its subject to what it says of it.

    A claim that is withdrawn is left out. Every edge carries its claim, stance, force, hedge and quote, so that
    no edge looks like a bare fact.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for claim in claims:
        if claim.withdrawn is not None:
            continue
        said = claim.proposition
        amount = said.quantity.printed if said.quantity else None
        target = said.object or said.comparator or amount or ""
        for name in (said.subject, target):
            term = vocabulary.terms.get(name)
            graph.add_node(_xml(name), label=_xml(term.label if term else name))
        graph.add_edge(
            _xml(said.subject),
            _xml(target),
            key=claim.id,
            claim=claim.id,
            document=claim.document,
            predicate=_xml(said.predicate),
            stance=claim.stance.value,
            force=claim.force.value,
            hedge=_xml(claim.frequency.printed) if claim.frequency else "",
            conditions=claim.under_conditions,
            says=_xml(claim.says),
            quote=_xml(" … ".join(passage.exact for passage in claim.passages)),
        )
    nx.write_graphml(graph, out)


def _xml(words: str) -> str:
    """Return words without the characters that XML cannot hold; the graph itself keeps them."""
    return _NO_XML.sub("", words)


_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
