"""Answers written out: in every format, whole, or refused when larger than they may be."""

import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avnkg.errors import LimitError, QueryError
from avnkg.graph.results import ROWS, TRIPLES, Bounds, is_triples, written
from avnkg.graph.servicedescription import FORMATS, service_description
from avnkg.graph.store import EmbeddedStore

WIDE = Bounds(1000, 1 << 20)


def answer(text: str, *values: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Return the answer to a query over a store with some values."""
    store = ox.Store()
    for value in values:
        store.add(ox.Quad(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p"), ox.Literal(value)))
    return EmbeddedStore(store).query(text)


@pytest.mark.parametrize("media", ROWS)
def test_rows_and_truth_come_in_every_format(media: str) -> None:
    rows = written(answer("SELECT ?o { ?s ?p ?o }", 'a <b> "c"\nd'), media, WIDE)
    if media.endswith("json"):
        assert json.loads(rows)["results"]["bindings"][0]["o"]["value"] == 'a <b> "c"\nd'
    elif media.endswith("xml"):
        assert 'a <b> "c"\nd' in "".join(ElementTree.fromstring(rows).itertext())
    else:
        assert rows.startswith((b"o\r\n", b"?o\n"))
    assert b"true" in written(answer("ASK {}"), media, WIDE)


@pytest.mark.parametrize("media", TRIPLES)
def test_triples_come_in_every_format(media: str) -> None:
    found = answer("CONSTRUCT { ?s <http://a/q> ?o } WHERE { ?s ?p ?o }", "x", "y")
    assert is_triples(found)
    read = set(ox.parse(io.BytesIO(written(found, media, WIDE)), TRIPLES[media]))
    assert {quad.object for quad in read} == {ox.Literal("x"), ox.Literal("y")}


@pytest.mark.parametrize("media", ROWS)
@given(values=st.sets(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8), max_size=6))
def test_a_row_too_many_is_refused_and_one_less_is_not(media: str, values: set[str]) -> None:
    text = "SELECT ?s ?o ?none { ?s ?p ?o }"
    if media.endswith("xml") and any(
        character < " " and character not in "\t\n" for each in values for character in each
    ):
        with pytest.raises(QueryError):
            written(answer(text, *values), media, Bounds(len(values), 1 << 20))
        return
    assert written(answer(text, *values), media, Bounds(len(values), 1 << 20))
    if values:
        with pytest.raises(LimitError, match="rows"):
            written(answer(text, *values), media, Bounds(len(values) - 1, 1 << 20))


@pytest.mark.parametrize("text", ["SELECT * {} LIMIT 1", "SELECT ?x { { } UNION { } }"])
@pytest.mark.parametrize("media", ROWS)
def test_rows_without_cells_count(text: str, media: str) -> None:
    many = 2 if "UNION" in text else 1
    assert written(answer(text), media, Bounds(many, 1000))
    with pytest.raises(LimitError):
        written(answer(text), media, Bounds(many - 1, 1000))


def test_a_triple_too_many_is_refused() -> None:
    text = "CONSTRUCT WHERE { ?s ?p ?o }"
    assert written(answer(text, "1", "2"), "text/turtle", Bounds(2, 1000))
    with pytest.raises(LimitError, match="1 triples"):
        written(answer(text, "1", "2"), "text/turtle", Bounds(1, 1000))


@pytest.mark.parametrize("media", ["text/csv", "application/sparql-results+xml"])
def test_a_byte_too_many_is_refused(media: str) -> None:
    text = "SELECT ?o { ?s ?p ?o }"
    size = len(written(answer(text, "é" * 100), media, WIDE))
    assert written(answer(text, "é" * 100), media, Bounds(10, size))
    with pytest.raises(LimitError, match="bytes"):
        written(answer(text, "é" * 100), media, Bounds(10, size - 1))


def test_what_xml_cannot_express_is_refused() -> None:
    with pytest.raises(QueryError, match="control character"):
        written(answer("SELECT ?o { ?s ?p ?o }", "\x01"), "application/sparql-results+xml", WIDE)
    with pytest.raises(QueryError, match="no name that XML allows"):
        written(answer("CONSTRUCT { ?s <http://a/1> ?o } { ?s ?p ?o }", "x"), "application/rdf+xml", WIDE)


@pytest.mark.parametrize("media", FORMATS)
def test_the_description_of_a_service_is_rdf(media: str) -> None:
    body = service_description("http://a/sparql", media, 12)
    found = {(quad.predicate.value.rpartition("#")[2], str(quad.object)) for quad in ox.parse(body, TRIPLES[media])}
    assert ("endpoint", "<http://a/sparql>") in found
    assert any(name == "supportedLanguage" and value.endswith("SPARQL11Query>") for name, value in found)
