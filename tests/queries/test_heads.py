"""A query file says what it asks, and can be run as it stands on any engine."""

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from avnkg import vocab
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import NotFoundError, QueryError
from avnkg.graph.queries import Query, find_query, query_library, read_query
from avnkg.graph.querytext import bind
from avnkg.graph.rows import rows_of
from avnkg.graph.store import EmbeddedStore
from tests.queries.cases import checks, questions

LIBRARY = tuple(query_library().values())
FOLDERS = {"agreement", "checks", "claims", "contradiction", "provenance"}


def body(query: Query) -> str:
    """Return a query's text without head, comments, strings and addresses."""
    return re.sub(r'"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>|#[^\n]*', " ", query.text)


def by_name(query: Query) -> str:
    """Return a name for the test's report."""
    return query.name


def test_the_library_asks_what_a_researcher_asks() -> None:
    assert len(questions()) >= 34
    assert {query.name.partition("/")[0] for query in LIBRARY} == FOLDERS


@pytest.mark.parametrize("part", ["title", "question"])
def test_no_two_queries_say_they_are_the_same(part: str) -> None:
    times = Counter(getattr(query.head, part) for query in LIBRARY)
    assert [words for words, count in times.items() if count > 1] == []


def test_the_last_part_of_a_name_is_enough() -> None:
    assert len({query.stem for query in LIBRARY}) == len(LIBRARY)
    for query in LIBRARY:
        assert find_query(query.stem) is query


def test_a_name_that_is_nearly_right_is_told() -> None:
    with pytest.raises(NotFoundError, match="opposite-stances"):
        find_query("opposite-stance")


@pytest.mark.parametrize("query", LIBRARY, ids=by_name)
class TestEachQuery:
    """What holds of each."""

    def test_has_alternatives_of_a_path_in_parentheses(self, query: Query) -> None:
        # A slash binds closer than a bar: `a|b/c` is `a|(b/c)`, and one of two sides would go unread.
        assert re.findall(r"\|\^?\w+:\w+[*+?]?/|/\^?\w+:\w+[*+?]?\|", body(query)) == []

    def test_has_a_head_of_its_own(self, query: Query) -> None:
        assert query.text.startswith("#+ title: ")
        assert query.head.question.endswith((".", "?"))
        assert query.head.tags
        assert set(query.head.tags) == {"check"} or not query.name.startswith("checks/")

    def test_writes_out_the_prefixes_it_uses_and_no_others(self, query: Query) -> None:
        written = dict(re.findall(r"^PREFIX (\w+): <([^>]+)>$", query.text, flags=re.MULTILINE))
        lines = [line for line in query.text.splitlines() if not line.startswith("#+")]
        assert all(line.startswith("PREFIX ") for line in lines[: len(written)])
        assert all(vocab.PREFIXES.get(prefix, space) == space for prefix, space in written.items())
        used = set(re.findall(r"(?<![\w?])([a-z]\w*):[A-Za-z)]", body(query).replace("PREFIX", "")))
        assert used <= set(written)
        for prefix in written:
            assert len(re.findall(rf"\b{prefix}:", body(query))) > 1, f"{prefix}: is declared and not used"

    def test_selects_named_columns_in_a_total_order(self, query: Query) -> None:
        text = body(query)
        assert re.match(r"(?:\s|PREFIX \w+:)*SELECT ", text)
        assert "SELECT *" not in text
        order = text.rpartition("ORDER BY")[2]
        assert "ORDER BY" in text
        assert "}" not in order, "the outermost SELECT has no order"

    def test_names_no_data_set_and_asks_nobody_else(self, query: Query) -> None:
        assert not re.search(r"\bFROM\b|\bSERVICE\b|\bLOAD\b", body(query))

    def test_answers_nothing_about_what_is_nowhere(
        self, query: Query, mini_store: EmbeddedStore, vocabulary: Vocabulary
    ) -> None:
        for name in query.head.parameters:
            text = query.bound({name: "http://example.org/nowhere"}, vocabulary)
            assert len(rows_of(mini_store.query(text))) == 0, f"?{name} is bound where it restricts nothing"

    def test_binds_its_defaults(self, query: Query, vocabulary: Vocabulary) -> None:
        text = query.bound({}, vocabulary)
        named = [name for name, each in query.head.parameters.items() if each.default]
        assert ("VALUES (" + " ".join(f"?{name}" for name in named) + ") {" in text) == bool(named)

    def test_refuses_a_parameter_that_it_does_not_have(self, query: Query, vocabulary: Vocabulary) -> None:
        with pytest.raises(QueryError, match="no parameter 'colour'"):
            query.bound({"colour": "red"}, vocabulary)


def test_lists_of_claims_show_who_how_and_under_which_conditions(
    mini_store: EmbeddedStore, vocabulary: Vocabulary
) -> None:
    shown = {"document", "stance", "force", "hedge", "scope"}
    for query in questions():
        columns = set(rows_of(mini_store.query(query.bound({}, vocabulary))).columns)
        if {"claim", "says"} <= columns and query.stem != "withdrawn":
            assert shown <= columns, query.name
            assert "quote" in columns, query.name


@pytest.mark.parametrize("name", ["opposite-stances", "how-often-and-advice", "disjoint-classes"])
def test_who_is_set_against_another_is_shown_with_scope_and_hedge(
    name: str, mini_store: EmbeddedStore, vocabulary: Vocabulary
) -> None:
    columns = rows_of(mini_store.query(find_query(name).bound({}, vocabulary))).columns
    assert {"claim", "stance", "scope", "hedge", "quote"} <= set(columns)


def test_checks_have_no_parameters() -> None:
    assert [query.name for query in checks() if query.head.parameters or query.head.empty] == []


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("#+ title: A\n#+ question: What is said of it?\n", "title"),
        ("#+ title: A title\n", "question"),
        ("#+ title: A title\n#+ question: What is said of it?\n#+ colour: red\n", "colour"),
        ("#+ title: A title\n#+ question: What: is said of it?\n", "not YAML"),
        ("#+ title: A title\n#+ question: What is said?\n#+ parameters:\n#+   a: {kind: shape, about: x}\n", "kind"),
    ],
)
def test_a_head_that_is_not_as_it_should_be_is_told(head: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.rq"
    path.write_text(f"{head}SELECT ?s WHERE {{ ?s ?p ?o }} ORDER BY ?s\n", encoding="utf-8")
    with pytest.raises(QueryError, match=told) as caught:
        read_query(path)
    assert str(path) in str(caught.value)


def test_a_query_without_a_head_is_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text("SELECT ?s WHERE { ?s ?p ?o }", encoding="utf-8")
    query = read_query(path)
    assert (query.name, query.head.parameters, query.head.empty) == ("q", {}, None)


def test_words_given_as_a_parameter_stay_words(mini_store: EmbeddedStore, vocabulary: Vocabulary) -> None:
    for words in ['") } DROP ALL #', "\\", '"""', "}\n{", "?claim", "’ \U0001d11e"]:
        text = find_query("search").bound({"words": words}, vocabulary)
        assert len(rows_of(mini_store.query(text))) == 0


def test_binding_passes_over_strings_addresses_and_comments() -> None:
    text = 'PREFIX a: <http://a/{b}#>\n# { not here\nSELECT ("{" AS ?x) ?s\nWHERE { ?s ?p ?o }'
    assert bind(text, {"s": ox.NamedNode("http://a/c")}).endswith("WHERE { VALUES (?s) { (<http://a/c>) } ?s ?p ?o }")
    with pytest.raises(QueryError, match="WHERE"):
        bind("SELECT ?s", {"s": ox.NamedNode("http://a/c")})
