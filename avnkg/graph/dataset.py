"""Which graphs a query is asked over, when it names some: `FROM` in its text, or the SPARQL protocol beside it."""

from dataclasses import dataclass

import pyoxigraph as ox

from avnkg.errors import QueryError


@dataclass(frozen=True)
class Dataset:
    """Some named graphs of a store, by their IRIs.

    Attributes:
        default: those whose triples, each once, stand outside of GRAPH; none is an empty default graph.
        named: those that GRAPH finds.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def ask(store: ox.Store, text: str, dataset: Dataset) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Return the answer to a query over some graphs of a store; graphs that its text names are passed over.

    Raises:
        QueryError: the store has no such graph.
    """
    default, named = (tuple(map(_node, dict.fromkeys(each))) for each in (dataset.default, dataset.named))
    for graph in (*default, *named):
        if not store.contains_named_graph(graph):
            raise QueryError(
                f"there is no graph {graph.value!r} to ask",
                hint="leave FROM and the graph parameters out to ask the whole",
            )
    if len(default) < 2:
        return store.query(text, default_graph=list(default), named_graphs=list(named))
    # Given several graphs, the engine takes a triple that stands in two of them twice. A merge of its own does not.
    merged = ox.Store()
    for graph in default:
        merged.bulk_extend(ox.Quad(*quad.triple) for quad in store.quads_for_pattern(None, None, None, graph))
    for graph in named:
        merged.bulk_extend(store.quads_for_pattern(None, None, None, graph))
    return merged.query(text, default_graph=ox.DefaultGraph(), named_graphs=list(named))


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as fault:
        raise QueryError(f"expected the IRI of a graph, got {iri!r}") from fault
