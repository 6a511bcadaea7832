"""A page of an answer is a part of it: all pages together are the whole, in order, and what is cut off is told."""

import re

import pytest

from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import QueryError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.queries import Query, query_library, read_query
from avnkg.graph.querytext import Page, paged
from avnkg.graph.rows import Rows, Term, rows_of
from avnkg.graph.store import EmbeddedStore
from tests.queries.cases import Case, addressed, golden, questions

SIZE = 7
MARKED = tuple(query for query in query_library().values() if query.marked)
GIVEN = tuple(query for query in query_library().values() if "#given" in query.text)


def pages(
    query: Query, store: EmbeddedStore, vocabulary: Vocabulary, given: dict[str, str]
) -> list[tuple[Term | None, ...]]:
    """Return the rows of all pages of an answer, one after the other."""
    graph = ClaimsGraph(store, vocabulary)
    found: list[tuple[Term | None, ...]] = []
    while True:
        page = graph.query(query.name, limit=SIZE, offset=len(found), **given)
        assert page.offset == len(found)
        assert len(page) == SIZE or not page.more
        found += page.terms
        if not page.more:
            return found


def free(query: Query) -> dict[str, str]:
    """Return the parameters that leave as much of a query free as it can be: what may be empty is."""
    return {name: "" for name, each in query.head.parameters.items() if "when empty" in each.about}


@pytest.mark.parametrize("query", questions(), ids=lambda query: query.name)
class TestQuestion:
    """Of every question, whether a page of it is cut inside or at its end."""

    @pytest.mark.parametrize("world", ["corpus_store", "mini_store"])
    def test_all_pages_are_the_whole_answer(
        self, query: Query, world: str, vocabulary: Vocabulary, request: pytest.FixtureRequest
    ) -> None:
        store: EmbeddedStore = request.getfixturevalue(world)
        for given in ({}, free(query)) if free(query) else ({},):
            whole = rows_of(store.query(query.bound(given, vocabulary)))
            if len(whole) <= 50 * SIZE:
                assert pages(query, store, vocabulary, given) == list(whole.terms)
            else:
                graph = ClaimsGraph(store, vocabulary)
                for offset in (0, SIZE, len(whole) - SIZE - 1, len(whole) - SIZE):
                    page = graph.query(query.name, limit=SIZE, offset=offset, **given)
                    assert page.terms == whole.terms[offset : offset + SIZE]
                    assert page.more == (offset + SIZE < len(whole))

    def test_is_cut_in_one_place_at_most_and_never_by_itself(self, query: Query) -> None:
        assert query.text.count("#page") == len(re.findall(r"(?m)^ +#page$", query.text)) <= 1
        assert not re.search(r"\b(LIMIT|OFFSET)\b", query.text)


def test_lists_of_claims_are_cut_before_their_details_are_read() -> None:
    whole = {query.name for query in questions() if "?claim " in query.text and "?quote" in query.text} - {
        query.name for query in MARKED
    }
    assert whole <= {"provenance/withdrawn", "provenance/claim-passages", "provenance/quotes"}


@pytest.mark.parametrize("case", golden(), ids=str)
def test_pages_with_parameters_are_the_whole_answer(
    case: Case, mini_store: EmbeddedStore, vocabulary: Vocabulary
) -> None:
    query = query_library()[case.query]
    whole = rows_of(mini_store.query(query.bound(addressed(case, mini_store), vocabulary)))
    assert pages(query, mini_store, vocabulary, addressed(case, mini_store)) == list(whole.terms)


@pytest.mark.parametrize("query", GIVEN, ids=lambda query: query.name)
def test_what_is_left_out_for_a_free_parameter_restricts_nothing(
    query: Query, corpus_store: EmbeddedStore, vocabulary: Vocabulary
) -> None:
    assert [name for name in re.findall(r"#given (\w+)", query.text) if name not in query.head.parameters] == []
    kept = Query(query.name, query.head, query.text.replace("#given", "# given"))
    assert kept.bound({}, vocabulary) != query.bound({}, vocabulary)
    ours, all_read = (rows_of(corpus_store.query(each.bound({}, vocabulary))) for each in (query, kept))
    assert ours.terms == all_read.terms


class TestPaged:
    """A query of one's own."""

    ORDERED = "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"

    def test_has_its_page_at_the_end(self, mini_store: EmbeddedStore, vocabulary: Vocabulary) -> None:
        graph = ClaimsGraph(mini_store, vocabulary)
        whole = graph.query(self.ORDERED)
        page = graph.query(f"{self.ORDERED} # no page here", limit=3, offset=4)
        assert (page.terms, page.offset, page.more) == (whole.terms[4:7], 4, True)
        assert (whole.offset, whole.more) == (0, False)
        assert graph.query(self.ORDERED, offset=len(whole) - 2).terms == whole.terms[-2:]

    def test_ends_exactly_at_its_last_row(self, mini_store: EmbeddedStore, vocabulary: Vocabulary) -> None:
        graph = ClaimsGraph(mini_store, vocabulary)
        whole = graph.query("claims/listing")
        assert graph.query("claims/listing", limit=len(whole)) == whole
        assert graph.query("claims/listing", limit=len(whole) - 1).more
        past = graph.query("claims/listing", limit=1, offset=len(whole))
        assert (len(past), past.more) == (0, False)

    def test_is_cut_at_the_marker_and_not_at_what_looks_like_it(self) -> None:
        text = 'SELECT ?s { { SELECT ?s { ?s ?p "\\"#page", <http://a#page> } ORDER BY ?s #page\n} }'
        assert paged(text, Page(2)).endswith("ORDER BY ?s LIMIT 3\n} }")
        assert paged('SELECT ?s { ?s ?p "#page" } # page', Page(2)).endswith("\nLIMIT 3\n")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("ASK { ?s ?p ?o }", "SELECT"),
            ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "SELECT"),
            ("SELECT ?s { ?s ?p ?o } LIMIT 5", "LIMIT"),
            ("SELECT ?s { ?s ?p ?o } offset 5", "OFFSET"),
            ("SELECT ?s { ?s ?p ?o } VALUES ?s { <http://a/a> }", "VALUES"),
        ],
    )
    def test_is_refused_where_there_can_be_none(self, text: str, told: str) -> None:
        with pytest.raises(QueryError, match=told):
            paged(text, Page(2))
        assert paged(text, Page()) == text

    def test_may_hold_a_page_inside(self) -> None:
        text = "SELECT ?limit ?s { { SELECT ?s ?limit { ?s ?p ?limit } LIMIT 5 } }"
        assert paged(text, Page(2)) == f"{text}\nLIMIT 3\n"

    @pytest.mark.parametrize("given", [{"limit": 0}, {"limit": "5"}, {"limit": True}, {"offset": -1}, {"offset": None}])
    def test_is_asked_for_in_whole_numbers(
        self, given: dict[str, int], mini_store: EmbeddedStore, vocabulary: Vocabulary
    ) -> None:
        with pytest.raises(QueryError, match="expected a"):
            ClaimsGraph(mini_store, vocabulary).query("claims/listing", **given)  # type: ignore[arg-type]  # what no caller may give


def test_no_parameter_is_called_as_a_page_is_asked_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("own") / "q.rq"
    head = "#+ title: Mine\n#+ question: What is said of it?\n#+ parameters:\n#+   limit: {kind: number, about: x}\n"
    path.write_text(f"{head}SELECT ?s WHERE {{ ?s ?p ?limit }} ORDER BY ?s\n", encoding="utf-8")
    with pytest.raises(QueryError, match="cannot be called limit"):
        read_query(path)


def test_rows_of_a_whole_answer_are_no_page() -> None:
    assert (Rows(("a",), ()).offset, Rows(("a",), ()).more) == (0, False)
