"""On the embedded corpus every question has an answer, or says why it has none."""

import time

import pytest

from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.queries import Query
from avnkg.graph.rows import Rows, rows_of
from avnkg.graph.store import EmbeddedStore
from tests.queries.cases import cells, questions


def answer(query: Query, store: EmbeddedStore, vocabulary: Vocabulary) -> Rows:
    """Return the rows of a question with its defaults."""
    return rows_of(store.query(query.bound({}, vocabulary)))


@pytest.mark.parametrize("query", questions(), ids=lambda query: query.name)
class TestQuestion:
    """What holds of each."""

    def test_has_rows_or_a_reason_for_none(
        self, query: Query, corpus_store: EmbeddedStore, vocabulary: Vocabulary
    ) -> None:
        rows = answer(query, corpus_store, vocabulary)
        assert bool(len(rows)) != bool(query.head.empty), f"{len(rows)} rows, and empty: {query.head.empty}"

    def test_rows_are_told_apart(self, query: Query, corpus_store: EmbeddedStore, vocabulary: Vocabulary) -> None:
        rows = answer(query, corpus_store, vocabulary)
        assert len(set(rows.terms)) == len(rows)

    def test_takes_no_noticeable_time(self, query: Query, corpus_store: EmbeddedStore, vocabulary: Vocabulary) -> None:
        begun = time.process_time()
        answer(query, corpus_store, vocabulary)
        assert time.process_time() - begun < 2

    def test_a_claim_under_conditions_is_not_shown_without_them(
        self, query: Query, corpus_store: EmbeddedStore, vocabulary: Vocabulary
    ) -> None:
        rows = answer(query, corpus_store, vocabulary)
        if not {"claim", "hedge", "scope"} <= set(rows.columns):
            return
        bare = {row[0] for row in cells(rows, ["claim", "hedge", "scope"]) if not row[1] and not row[2]}
        assert not bare & hedged_or_scoped(corpus_store)


def hedged_or_scoped(store: EmbeddedStore) -> set[str]:
    """Return the claims with a printed hedge, or with a condition that no name brings."""
    text = """
PREFIX avn: <https://w3id.org/avnkg/ontology#>
SELECT DISTINCT ?claim WHERE {
  { ?claim avn:frequency ?frequency }
  UNION
  { ?claim avn:scope/avn:condition/avn:standing ?standing FILTER(?standing != avn:DefinitionalValue) }
}"""
    return {row[0] for row in cells(rows_of(store.query(text)), ["claim"])}


class TestDelivery:
    """The first question that anybody asks: with surgery, or by injection alone?"""

    def test_both_speakers_are_heard_on_the_operation(
        self, corpus_store: EmbeddedStore, vocabulary: Vocabulary
    ) -> None:
        heard = self.heard(corpus_store, vocabulary)
        assert ("with surgery", "PlacidWay", "affirms") in heard
        assert ("with surgery", "Regenexx", "denies") in heard

    def test_both_speakers_are_heard_on_the_injection(
        self, corpus_store: EmbeddedStore, vocabulary: Vocabulary
    ) -> None:
        heard = self.heard(corpus_store, vocabulary)
        assert ("by injection alone", "Regenexx", "affirms") in heard
        assert ("by injection alone", "PlacidWay", "denies") in heard

    def test_how_often_the_two_go_together_is_shown_with_its_hedge(
        self, corpus_store: EmbeddedStore, vocabulary: Vocabulary
    ) -> None:
        rows = self.rows(corpus_store, vocabulary)
        hedges = set(cells(rows, ["publisher", "force", "hedge"]))
        assert {("PlacidWay", "reports", "almost always"), ("Regenexx", "reports", "a few")} <= hedges

    def test_each_side_stands_together(self, corpus_store: EmbeddedStore, vocabulary: Vocabulary) -> None:
        order = [side for (side,) in cells(self.rows(corpus_store, vocabulary), ["side"])]
        assert order == sorted(order, reverse=True)

    def heard(self, store: EmbeddedStore, vocabulary: Vocabulary) -> set[tuple[str, ...]]:
        return set(cells(self.rows(store, vocabulary), ["side", "publisher", "stance"]))

    def rows(self, store: EmbeddedStore, vocabulary: Vocabulary) -> Rows:
        query = next(query for query in questions() if query.stem == "delivery-surgery-or-injection")
        return answer(query, store, vocabulary)
