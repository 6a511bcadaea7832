"""What a SPARQL endpoint says of itself, in the words of SPARQL 1.1 Service Description."""

from collections.abc import Iterator

import pyoxigraph as ox

from avnkg import vocab
from avnkg.graph.results import TRIPLES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMAT = "http://www.w3.org/ns/formats/"
FORMATS = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
"""Media types in which it can be had."""

_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def service_description(endpoint: str, media: str, quads: int) -> bytes:
    """Return the description of an endpoint in one of the formats.

    Args:
        endpoint: its address.
        media: a media type of `FORMATS`.
        quads: how many quads it holds.
    """
    prefixes = {"sd": _SD, "void": _VOID, "format": _FORMAT}
    found = ox.serialize(list(_triples(endpoint, quads)), format=TRIPLES[media], prefixes=prefixes)
    assert found is not None  # it is written to no file
    return found


def _triples(endpoint: str, quads: int) -> Iterator[ox.Triple]:
    service, dataset, graph = (ox.NamedNode(f"{endpoint}{part}") for part in ("", "#dataset", "#default-graph"))
    kind = ox.NamedNode(vocab.TYPE)
    yield ox.Triple(service, kind, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for form in (*_RESULTS, *_GRAPHS):
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(f"{_FORMAT}{form}"))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, kind, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, kind, _sd("Graph"))
    yield ox.Triple(dataset, ox.NamedNode(f"{_VOID}triples"), ox.Literal(quads))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_SD}{name}")
