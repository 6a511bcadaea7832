"""One claim as a nanopublication: what is asserted, on which words it rests, and who published it so.

Unsigned and without a date: the graph knows no clock. Whoever publishes one adds both.
"""

import pyoxigraph as ox

from avnkg import vocab
from avnkg.claims.model import Claim
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.model import Document
from avnkg.graph.export import serialized
from avnkg.graph.names import thing
from avnkg.graph.quads import QuadWriter

_Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def nanopublication(claim: Claim, document: Document, vocabulary: Vocabulary) -> str:
    """Return a claim as TriG with the four graphs of a nanopublication.

    The assertion holds the claim's plain triple or denial; for a report, a goal, a case or an advert, which the
    graph does not assert, it holds the proposition. The provenance holds the claim with its force, scope and
    passages, and the document's record.
    """
    writer = QuadWriter(vocabulary)
    lines = [*writer.claim(claim, 1, writer.agent(document.publisher)), *writer.document(document)]
    quads = list(ox.parse("".join(lines).encode("utf-8"), ox.RdfFormat.N_QUADS))
    graph = ox.NamedNode(thing("assertion", claim.id))
    default = {quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)}
    return composed(claim.id, {quad.triple for quad in quads if quad.graph_name == graph}, default)


def composed(identity: str, asserted: set[ox.Triple], described: set[ox.Triple]) -> str:
    """Return a nanopublication from the triples of a claim's assertion graph, and those that describe the claim."""
    base = thing("nanopublication", identity)
    head, assertion, provenance, info = (
        ox.NamedNode(f"{base}#{part}") for part in ("head", "assertion", "provenance", "pubinfo")
    )
    claim = ox.NamedNode(thing("claim", identity))
    said = {triple.predicate.value: triple.object for triple in described if triple.subject == claim}
    number = ox.NamedNode(vocab.NUMBER)  # its place among all claims: it means nothing alone
    rest = {triple for triple in described if triple.predicate != number} - asserted
    if not asserted:
        asserted = {triple for triple in rest if triple.subject == said[vocab.HAS_PROPOSITION]}
        rest -= asserted
    this = ox.NamedNode(base)
    parts = {
        head: {
            _triple(this, vocab.TYPE, ox.NamedNode(vocab.NP + "Nanopublication")),
            _triple(this, vocab.NP + "hasAssertion", assertion),
            _triple(this, vocab.NP + "hasProvenance", provenance),
            _triple(this, vocab.NP + "hasPublicationInfo", info),
        },
        assertion: asserted,
        provenance: rest | {_triple(assertion, vocab.DERIVED_FROM, claim)},
        info: {
            _triple(this, vocab.TITLE, said[vocab.SAYS]),
            _triple(this, vocab.LICENCE, ox.NamedNode(_LICENCE)),
            _triple(this, vocab.GENERATED_BY, said[vocab.GENERATED_BY]),
        },
    }
    written = [
        ox.Quad(triple.subject, triple.predicate, triple.object, name)
        for name, triples in parts.items()
        for triple in sorted(triples, key=str)
    ]
    return serialized(written, ox.RdfFormat.TRIG, np=vocab.NP, this=f"{base}#").decode("utf-8")


def _triple(subject: ox.NamedNode, predicate: str, value: _Value) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)
