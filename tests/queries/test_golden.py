"""What the library answers on the tiny world is what its claims say."""

from collections import Counter

import pytest

from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.queries import find_query
from avnkg.graph.rows import rows_of
from avnkg.graph.store import EmbeddedStore
from tests.queries.cases import Case, addressed, cells, golden, names_by_sides, questions


@pytest.mark.parametrize("case", golden(), ids=str)
def test_answer_is_what_the_claims_say(case: Case, mini_store: EmbeddedStore, vocabulary: Vocabulary) -> None:
    rows = rows_of(mini_store.query(find_query(case.query).bound(addressed(case, mini_store), vocabulary)))
    found = cells(rows, case.columns, names_by_sides(mini_store))
    if case.ordered:
        assert found == list(case.rows)
    else:
        assert Counter(found) == Counter(case.rows)


def test_every_question_has_answers_worked_out_by_hand() -> None:
    assert {case.query for case in golden()} == {query.name for query in questions()}


def test_every_question_has_a_case_with_rows() -> None:
    assert {case.query for case in golden() if case.rows} == {query.name for query in questions()}


def test_every_parameter_is_given_in_some_case_or_has_a_default() -> None:
    used = {(case.query, name) for case in golden() for name in case.parameters}
    left = [
        (query.name, name)
        for query in questions()
        for name, parameter in query.head.parameters.items()
        if (query.name, name) not in used and parameter.default is None
    ]
    assert left == []


def test_one_claim_is_one_row_where_claims_are_listed(mini_store: EmbeddedStore, vocabulary: Vocabulary) -> None:
    for case in golden():
        rows = rows_of(mini_store.query(find_query(case.query).bound(addressed(case, mini_store), vocabulary)))
        if {"claim", "quote", "says"} <= set(rows.columns):
            repeated = [claim for claim, times in Counter(cells(rows, ["claim"])).items() if times > 1]
            assert repeated == [], case


def test_a_withdrawn_claim_is_found_only_where_withdrawn_claims_are_asked_for(
    mini_store: EmbeddedStore, vocabulary: Vocabulary
) -> None:
    found = set()
    for case in golden():
        rows = rows_of(mini_store.query(find_query(case.query).bound(addressed(case, mini_store), vocabulary)))
        if any("gamma-institute/003" in row for row in cells(rows, rows.columns)):
            found.add(case.query)
    assert found == {"provenance/withdrawn"}
