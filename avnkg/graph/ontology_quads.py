"""The ontology as quads of the default graph, its blank nodes named, so that builds are the same bytes."""

from collections.abc import Iterator

import pyoxigraph as ox

from avnkg import vocab
from avnkg.ontology.reading import Ontology


def ontology_quads(ontology: Ontology) -> Iterator[str]:
    """Yield the ontology's triples as N-Quads lines.

    A blank node becomes an IRI numbered by its first place in the file: a parser makes up another name for it on
    every reading.
    """
    named: dict[str, ox.NamedNode] = {}

    def node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
        if isinstance(term, ox.BlankNode):
            term = named.setdefault(term.value, ox.NamedNode(f"{vocab.THING}expression/{len(named) + 1}"))
        return str(term)

    for triple in ontology.triples:
        yield f"{node(triple.subject)} {triple.predicate} {node(triple.object)} .\n"
