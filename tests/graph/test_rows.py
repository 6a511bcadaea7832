"""Answers as Python values, whatever the variables are called and the literals hold."""

import json
import sys
from decimal import Decimal

import pyoxigraph as ox
import pytest

from avnkg import vocab
from avnkg.errors import MissingPartError, QueryError
from avnkg.graph.rows import Rows, rows_of, shown, value
from avnkg.graph.store import RESULTS, memory_store

STORE = memory_store([f'<http://a/s> <{vocab.AVN}says> "<b>bold</b> & \\"q\\""@en .\n'])


def ask(text: str) -> Rows:
    """Return the rows of a query over a graph of one triple."""
    return rows_of(STORE.query(text))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"12"^^xsd:integer', 12),
        ('"1.50"^^xsd:decimal', Decimal("1.5")),
        ('"true"^^xsd:boolean', True),
        ('"1"^^xsd:boolean', True),
        ('"0"^^xsd:boolean', False),
        ('"words"', "words"),
        ('"Wörter"@de', "Wörter"),
        ("<http://a/b>", "http://a/b"),
        ('"twelve"^^xsd:integer', "twelve"),
        ('"much"^^xsd:decimal', "much"),
        ('"maybe"^^xsd:boolean', "maybe"),
        ('"2026-01-02"^^xsd:date', "2026-01-02"),
    ],
)
def test_a_term_is_its_python_value_and_its_text_where_it_has_none(written: str, meant: object) -> None:
    [row] = ask(f"PREFIX xsd: <{vocab.XSD}> SELECT ?x {{ VALUES ?x {{ {written} }} }}")
    assert row.x == meant
    assert type(row.x) is type(meant)


def test_an_unbound_variable_is_none_and_empty() -> None:
    rows = ask("SELECT ?x ?y { VALUES ?x { 1 } }")
    assert rows[0] == (1, None)
    assert value(None) is None
    assert shown(None) == ""


def test_rows_are_a_sequence() -> None:
    rows = ask("SELECT ?x { VALUES ?x { 1 2 3 } } ORDER BY ?x")
    assert (len(rows), [row.x for row in rows], rows[-1].x) == (3, [1, 2, 3], 3)
    assert [row.x for row in rows[1:]] == [2, 3]
    assert (3,) in rows
    assert [row.x for row in rows[::-1]] == [3, 2, 1]
    assert ask("SELECT ?x { VALUES ?x {} }").to_dicts() == []


def test_a_slice_is_rows_that_know_where_they_stand_in_the_answer() -> None:
    rows = ask("SELECT ?x { VALUES ?x { 1 2 3 4 } } ORDER BY ?x")
    assert isinstance(rows[1:3], Rows)
    assert (rows[1:3].offset, rows[1:3].more, rows[1:].more) == (1, True, False)
    assert (rows[1:][1:].offset, rows[:3][:9].more) == (2, True)
    assert (rows[::-1].offset, rows[::-1].more, rows[9:].more) == (0, False, False)
    assert rows[:2]._repr_html_().count("<td>") == 2


def test_columns_are_chosen_in_an_order_and_unknown_ones_are_told() -> None:
    rows = ask("SELECT ?x ?y ?z { VALUES (?x ?y ?z) { (1 2 3) } }").select("z", "x")
    assert (rows.columns, tuple(rows[0])) == (("z", "x"), (3, 1))
    with pytest.raises(QueryError, match="there is no column 'y'; there are z, x"):
        rows.select("y")


@pytest.mark.parametrize("name", ["class", "count", "index", "1", "_x", "größe", "None", "_fields"])
def test_a_variable_may_have_any_name(name: str) -> None:
    rows = ask(f"SELECT ?{name} ?y {{ VALUES (?{name} ?y) {{ (1 2) }} }}")
    assert tuple(rows[0]) == (1, 2)
    assert rows.to_dicts() == [{name: 1, "y": 2}]


def test_variables_that_become_one_field_are_still_two() -> None:
    assert tuple(ask("SELECT ?class ?class_ { VALUES (?class ?class_) { (1 2) } }")[0]) == (1, 2)


def test_yes_and_no_are_a_row() -> None:
    assert ask("ASK { ?s ?p ?o }")[0].answer is True
    assert ask("ASK { ?s ?p 1 }")[0].answer is False


def test_triples_are_no_rows() -> None:
    with pytest.raises(
        QueryError, match="expected a SELECT or ASK query, got one that answers with triples; use SELECT"
    ):
        ask("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")


@pytest.mark.parametrize("cut", [30, 60, 100, 110])
def test_an_answer_that_is_cut_off_is_an_error_and_never_half_an_answer(cut: int) -> None:
    body = b'{"head":{"vars":["x"]},"results":{"bindings":[' + b'{"x":{"type":"literal","value":"1"}},' * 3
    with pytest.raises((QueryError, SyntaxError)) as caught:
        rows_of(ox.parse_query_results(body[:cut], ox.QueryResultsFormat.JSON))
    assert RESULTS
    if cut >= 60:
        assert caught.type is QueryError


def test_json_keeps_numbers_and_characters() -> None:
    rows = ask("SELECT ?x ?y ?z { VALUES (?x ?y ?z) { (1 1.5 '🦴') } }")
    assert json.loads(rows.to_json()) == [{"x": 1, "y": "1.5", "z": "🦴"}]
    assert "🦴" in rows.to_json()


def test_a_frame_has_the_columns_even_without_rows() -> None:
    frame = ask("SELECT ?x ?y { VALUES (?x ?y) {} }").to_frame()
    assert list(frame.columns) == ["x", "y"]
    assert ask("SELECT ?x { VALUES ?x { 1 2 } }").to_frame()["x"].sum() == 3


def test_a_frame_without_its_part_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPartError, match=r"a data frame needs pandas; pip install 'avnkg\[frames\]'"):
        ask("ASK {}").to_frame()


def test_a_notebook_shows_text_escaped_iris_short_and_how_many_rows_are_left() -> None:
    shown_html = ask("SELECT * { ?s ?p ?o }")._repr_html_()
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; &quot;q&quot;" in shown_html
    assert "<td>avn:says</td>" in shown_html
    many = Rows(("x",), ((ox.Literal("<x>"),),) * 1234)._repr_html_()
    assert "<caption>1,034 more rows</caption>" in many
    assert many.count("<td>") == 200
