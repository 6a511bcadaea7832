"""From any asserted triple back to the claims behind it."""

import pyoxigraph as ox

from avnkg import vocab
from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.names import compact
from avnkg.graph.rows import rows_of
from avnkg.graph.store import EmbeddedStore

ASSERTED = f"""SELECT ?graph ?subject ?predicate ?object WHERE {{
  GRAPH ?graph {{ ?subject ?predicate ?object }}
  FILTER NOT EXISTS {{ GRAPH ?graph {{ ?subject a <{vocab.DENIAL}> }} }}
}}"""
DENIED = f"""SELECT ?graph ?subject ?predicate ?object WHERE {{
  GRAPH ?graph {{
    ?denial <{vocab.SOURCE_INDIVIDUAL}> ?subject ; <{vocab.ASSERTION_PROPERTY}> ?predicate ;
      <{vocab.TARGET_INDIVIDUAL}>|<{vocab.TARGET_VALUE}> ?object .
  }}
}}"""


def test_why_answers_for_every_asserted_and_every_denied_triple(
    corpus_store: EmbeddedStore, vocabulary: Vocabulary
) -> None:
    graph = ClaimsGraph(corpus_store, vocabulary)
    for question in (ASSERTED, DENIED):
        triples = rows_of(corpus_store.query(question)).terms
        assert triples
        for assertion, *triple in triples:
            assert isinstance(assertion, ox.NamedNode)
            words = [term.value if isinstance(term, ox.Literal) else compact(str(term)[1:-1]) for term in triple]
            claim = vocab.THING + "claim/" + assertion.value.removeprefix(vocab.THING + "assertion/")
            rows = graph.why(*words)
            assert claim in [row.claim for row in rows], words
            assert all(row.quote and row.document for row in rows)
