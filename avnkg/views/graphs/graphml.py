"""A picture of claims as GraphML, for programs that draw graphs themselves."""

import re
from typing import IO

from avnkg.views.graphs.network import Network

_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold; the graph itself keeps them."""


def write_network(network: Network, out: IO[bytes]) -> None:
    """Write a picture of concepts as GraphML: the same picture, the same bytes.

    An edge carries its stance, its standing among the voices, its claims with quotes, and whether there are
    conditions: none of them is a bare fact.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in network.nodes:
        graph.add_node(
            _xml(node.id), label=_xml(node.label), kind=node.kind, claims=len(node.claims), voices=node.voices
        )
    for edge in network.edges:
        cards = [network.claims[name] for name in edge.claims]
        graph.add_edge(
            _xml(edge.source),
            _xml(edge.target),
            key=_xml(edge.id),
            label=_xml(edge.label),
            told=_xml(edge.told),
            stance="denies" if edge.denied else "affirms",
            standing=edge.standing.value,
            voices=edge.voices,
            claims=_xml(" ".join(edge.claims)),
            speakers=_xml("; ".join(dict.fromkeys(network.documents[card.document].publisher for card in cards))),
            forces=" ".join(dict.fromkeys(card.force for card in cards)),
            hedges=_xml("; ".join(dict.fromkeys(card.how_often for card in cards if card.how_often))),
            conditions=_xml(
                "; ".join(dict.fromkeys(f"{c.axis}: {c.value}" for card in cards for c in card.conditions))
            ),
            quotes=_xml(" | ".join(dict.fromkeys(quote.words for card in cards for quote in card.quotes))),
        )
    nx.write_graphml(graph, out)


def _xml(words: str) -> str:
    return _NO_XML.sub("", words)
