"""What a graph holds of one claim: its own triples, and all that describes it, read back out of any store."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from avnkg import vocab
from avnkg.errors import NotFoundError
from avnkg.graph.export import serialized
from avnkg.graph.names import thing
from avnkg.graph.nanopublication import composed
from avnkg.graph.rows import rows_of
from avnkg.graph.store import Store

_FOLLOWED = tuple(
    thing(kind, "")
    for kind in ("activity", "agent", "concept", "condition", "denial", "document", "frequency", "passage")
) + tuple(thing(kind, "") for kind in ("proposition", "scope", "value"))
"""Kinds of nodes that describe a claim. Other claims, relations and disputes do not."""

_SINGLE = {vocab.REPLACES, vocab.REVISION_OF}
"""Predicates that lead to another document, which does not describe this claim."""

_DERIVED = {vocab.CONTESTED_IN}
"""What relations say of what describes a claim; no document says it."""

_CONCEPTS = (thing("concept", ""), thing("agent", ""))
_OF_A_CONCEPT = {vocab.TYPE, vocab.LABEL, vocab.BROADER, vocab.EXCLUDES}
"""What describes such a node; whatever else is said of it is asserted by some claim, perhaps another one."""

Triples = set[ox.Triple]


@dataclass
class Descriptions:
    """The triples of claims. With `preload`, the whole graph is read at once: that is faster for all claims of one."""

    store: Store
    _known: dict[str, Triples] = field(default_factory=dict, repr=False)
    _asserted: dict[str, Triples] | None = field(default=None, repr=False)

    def preload(self) -> None:
        """Read the whole graph."""
        asserted: dict[str, Triples] = defaultdict(set)
        for row in rows_of(self.store.query("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")).terms:
            asserted[row[0].value].add(ox.Triple(*row[1:]))  # type: ignore[union-attr, arg-type]  # bound in each row
        self._asserted = asserted
        known: dict[str, Triples] = defaultdict(set)
        for row in rows_of(self.store.query("SELECT ?s ?p ?o { ?s ?p ?o }")).terms:
            known[row[0].value].add(ox.Triple(*row))  # type: ignore[union-attr, arg-type]
        self._known = known

    def asserted(self, identity: str) -> str:
        """Return the assertion graph of a claim as TriG; empty where the claim asserts nothing."""
        graph = ox.NamedNode(thing("assertion", identity))
        quads = [
            ox.Quad(triple.subject, triple.predicate, triple.object, graph)
            for triple in sorted(self._assertion(identity), key=str)
        ]
        return _lean(serialized(quads, ox.RdfFormat.TRIG).decode("utf-8")) if quads else ""

    def nanopublication(self, identity: str) -> str:
        """Return a claim as a nanopublication in TriG, the same as where it was built.

        Raises:
            NotFoundError: there is no such claim.
        """
        return composed(identity, self._assertion(identity), self._described(identity))

    def _assertion(self, identity: str) -> Triples:
        graph = thing("assertion", identity)
        if self._asserted is not None:
            return self._asserted.get(graph, set())
        return _triples(self.store, f"SELECT ?s ?p ?o {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}")

    def _described(self, identity: str) -> Triples:
        """Return the triples of the claim's node and of all nodes that describe it."""
        claim = thing("claim", identity)
        found: Triples = set()
        seen, wanted = {claim}, {claim}
        while wanted:
            here = {
                triple
                for node in self._read(wanted)
                for triple in self._known.get(node, ())
                if triple.predicate.value in _OF_A_CONCEPT or not node.startswith(_CONCEPTS)
                if triple.predicate.value not in _DERIVED
            }
            wanted = {
                address
                for triple in here
                if triple.predicate.value not in _SINGLE and isinstance(triple.object, ox.NamedNode)
                if (address := triple.object.value).startswith(_FOLLOWED) and address not in seen
            }
            seen |= wanted
            found |= here
        if not found:
            raise NotFoundError(f"there is no claim {identity!r}", hint="`avnkg claims list` lists them")
        return found | self._agents(found)

    def _read(self, nodes: Iterable[str]) -> Iterable[str]:
        """Read the triples of some nodes, as far as they are not known; return the nodes."""
        nodes = sorted(nodes)
        unknown = [node for node in nodes if node not in self._known] if self._asserted is None else []
        if unknown:
            values = " ".join(str(ox.NamedNode(node)) for node in unknown)
            for node in unknown:
                self._known[node] = set()
            for triple in _triples(self.store, f"SELECT ?s ?p ?o {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"):
                self._known[triple.subject.value].add(triple)  # type: ignore[union-attr]  # a name, as was asked for
        return nodes

    def _agents(self, found: Triples) -> Triples:
        """Return that the speakers whom the ontology names are agents; what else it says of them is its own."""
        roles = {vocab.PUBLISHER, vocab.CREATOR, vocab.REVIEWER}
        kind, agent = ox.NamedNode(vocab.TYPE), ox.NamedNode(vocab.AGENT)
        spoken = {triple.object for triple in found if triple.predicate.value in roles}
        return {ox.Triple(each, kind, agent) for each in spoken if isinstance(each, ox.NamedNode)}


def _triples(store: Store, text: str) -> Triples:
    return {ox.Triple(*row) for row in rows_of(store.query(text)).terms}  # type: ignore[arg-type]  # bound in every row


def _lean(written: str) -> str:
    """Return TriG without the prefixes that it does not use."""
    lines = written.splitlines(keepends=True)
    body = "".join(line for line in lines if not line.startswith("@prefix"))
    kept = [line for line in lines if line.startswith("@prefix") and f"{line.split()[1]}" in body]
    return "".join(kept) + body
