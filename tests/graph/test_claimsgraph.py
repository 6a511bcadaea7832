"""The Python face: a graph is loaded, asked, and explains itself."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pandas
import pytest
import rdflib

import avnkg
from avnkg import vocab
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import NotFoundError, QueryError, UnknownTermError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.querytext import with_prefixes
from avnkg.graph.store import EmbeddedStore
from tests.conftest import ROOT

MINI = ROOT / "tests" / "mini"


@pytest.fixture
def graph(mini_store: EmbeddedStore, vocabulary: Vocabulary) -> ClaimsGraph:
    """Return the tiny world."""
    return ClaimsGraph(mini_store, vocabulary)


def ids(rows: avnkg.Rows) -> Iterator[str]:
    """Yield the ids of claims."""
    return (row.claim.removeprefix(f"{vocab.THING}claim/") for row in rows)


def test_load_builds_when_needed_and_reads_what_was_built(home: Path) -> None:
    graph = avnkg.load()
    assert (home / "graph" / "current").is_file()
    assert len(graph.query("documents")) == 3
    own = avnkg.load(corpora=[MINI / "corpus"], embedded=False, documents=MINI / "documents")
    assert [row.verification for row in own.claim("beta-clinic/001").claim] == ["anchored"]


def test_rows_are_named_tuples_and_a_data_frame(graph: ClaimsGraph) -> None:
    rows = graph.query("claims/by-procedure", procedure="core decompression")
    assert "alpha-travel/012" in set(ids(rows))
    assert rows[0].claim.startswith(vocab.THING)
    frame = rows.to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == list(rows.columns)
    assert len(frame) == len(rows)


def test_a_claim_is_found_by_its_id_short_or_long(graph: ClaimsGraph) -> None:
    for name in ("alpha-travel/008", "claim/alpha-travel/008", f"{vocab.THING}claim/alpha-travel/008"):
        record = graph.claim(name)
        assert record.id == "alpha-travel/008"
        assert [passage.quote for passage in record.passages] == [
            "Who should have it?",
            "People in the early stage should have the operation with cells",
        ]
        assert ("stage", "early stage", "stated value") in {
            (row.axis, row.value, row.standing) for row in record.conditions
        }
        assert record.withdrawn is None
    assert graph.claim("gamma-institute/003").withdrawn == "the words name a risk factor, not a cause"
    for name in ("", "claim/", "nope/001"):
        with pytest.raises(NotFoundError, match="there is no claim"):
            graph.claim(name)


def test_a_claim_shows_itself_in_a_notebook_with_its_words_and_conditions(graph: ClaimsGraph) -> None:
    record = graph.claim("alpha-travel/008")
    shown = record._repr_html_()
    assert escape(record.claim[0].quote) in shown
    assert "<th>comparator</th>" not in shown, "what does not apply is left out"
    assert all(escape(row.value) in shown for row in record.conditions)
    assert (shown.count("<table"), len(record.conditions) > 0) == (3, True)


def test_why_takes_words_for_names_and_knows_denials(graph: ClaimsGraph) -> None:
    denied = graph.why("joint injection of cells", "heals", "osteonecrotic lesion")
    assert [(*ids(denied), row.stance) for row in denied] == [("alpha-travel/006", "denies")]
    spoken = ["alpha-travel/001", "beta-clinic/013", "gamma-institute/001"]
    assert list(ids(graph.why("Osteonecrosis", "avn:hasMechanism"))) == spoken
    assert list(ids(graph.about("cell therapy", "isPerformedWith", "core decompression")))
    for words in (("", "heals"), ("knee", "")):
        with pytest.raises(UnknownTermError):
            graph.why(*words)


def test_claims_are_chosen_by_all_that_is_asked(graph: ClaimsGraph) -> None:
    assert list(ids(graph.claims(document="beta-clinic", stance="Denies", force="REQUIRES"))) == ["beta-clinic/009"]
    assert len(graph.claims()) == 38
    with pytest.raises(QueryError, match="expected a stance"):
        graph.claims(stance="no")
    with pytest.raises(NotFoundError, match="there are alpha-travel, beta-clinic, gamma-institute"):
        graph.claims(document="")


def test_a_question_is_a_name_a_file_or_sparql(graph: ClaimsGraph, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text("SELECT ?c { ?c a avn:WithdrawnClaim }", encoding="utf-8")
    for question in (path, str(path), path.read_text(encoding="utf-8")):
        assert [row.c for row in graph.query(question)] == [f"{vocab.THING}claim/gamma-institute/003"]
    assert graph.title("withdrawn") == "Which claims no longer count, and why?"
    assert graph.title(path) == "A query of your own."
    assert graph.title("ASK {}") == ""
    with pytest.raises(QueryError, match="parameters go with"):
        graph.query("ASK {}", x="y")


def test_prefixes_are_declared_once_and_only_when_used() -> None:
    declared = "PREFIX avn: <http://a/>\nASK { ?s avn:x ?o }"
    assert with_prefixes(declared).count("PREFIX") == 1
    assert with_prefixes("ASK { <http://a/b:c> ?p ?o }") == "ASK { <http://a/b:c> ?p ?o }"


def test_the_dataset_is_the_whole_graph(graph: ClaimsGraph, mini_quads: tuple[str, ...]) -> None:
    dataset = graph.dataset
    assert isinstance(dataset, rdflib.Dataset)
    assert len(list(dataset.quads())) == len(set(mini_quads))
    [row] = dataset.query(with_prefixes("SELECT (COUNT(?c) AS ?n) { ?c a avn:Claim }"))
    assert isinstance(row, rdflib.query.ResultRow)
    assert int(row[0]) == 38
    assert graph.dataset is dataset


def test_rows_in_no_order_are_the_same_rows(graph: ClaimsGraph) -> None:
    for question in ("contradiction/relations", "contradiction/relation-sides", "contradiction/relation-respects"):
        rows = graph.query(question)
        assert rows
        assert sorted(map(str, graph.unordered(question))) == sorted(map(str, rows))
    relation = graph.query("contradiction/relations")[0].relation
    sides = graph.unordered("contradiction/relation-sides", relation=relation)
    assert {row.relation for row in sides} == {relation}


def test_some_rows_in_no_order_are_among_all_rows(graph: ClaimsGraph) -> None:
    some = graph.unordered("contradiction/relation-sides", limit=5)
    assert (len(some), some.more) == (5, True)
    assert set(map(str, some)) <= set(map(str, graph.query("contradiction/relation-sides")))
