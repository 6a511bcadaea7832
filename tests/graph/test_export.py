"""The graph in every format: the same triples come back, and the same bytes go out."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from avnkg.claims.model import Claim
from avnkg.claims.reading import Corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import GraphError
from avnkg.graph.build import inputs
from avnkg.graph.export import FORMATS, RDF_FORMATS, write_graph, write_graphml
from avnkg.graph.publishing import publish_graph
from avnkg.graph.store import EmbeddedStore
from tests.claims.reader import meant
from tests.conftest import ROOT

MINI = ROOT / "tests" / "mini"
NAMES = {"nquads": "nquads", "trig": "trig", "turtle": "turtle", "jsonld": "json-ld"}


def written(store: EmbeddedStore, form: str) -> bytes:
    """Return a graph in a format."""
    out = io.BytesIO()
    write_graph(store, form, out)
    return out.getvalue()


@pytest.fixture
def quads(mini_store: EmbeddedStore) -> set[ox.Quad]:
    """Return the graph of the tiny world as the store has it: it writes `0.0` as `0`."""
    return set(ox.parse("".join(mini_store.lines()).encode(), ox.RdfFormat.N_QUADS))


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_the_same_graph_comes_back(form: str, mini_store: EmbeddedStore, quads: set[ox.Quad]) -> None:
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in quad), "sets can be compared"
    if form == "turtle":
        quads = {quad for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)}
    assert set(ox.parse(written(mini_store, form), RDF_FORMATS[form])) == quads


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_another_library_reads_the_same_graph(form: str, mini_store: EmbeddedStore, quads: set[ox.Quad]) -> None:
    found = rdflib.Dataset()
    found.parse(data=written(mini_store, form).decode("utf-8"), format=NAMES[form])
    named = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    graphs = {str(graph.identifier) for graph in found.graphs() if len(graph)} - {"urn:x-rdflib:default"}
    assert graphs == (set() if form == "turtle" else named)
    expected = rdflib.Graph()
    lines = [f"{quad.triple} ." for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)]
    expected.parse(data="\n".join(lines), format="nt")
    assert set(found.default_graph) == set(expected)


@pytest.mark.parametrize("form", FORMATS)
def test_another_process_writes_the_same_bytes(form: str, tmp_path: Path) -> None:
    outputs = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.out"
        command = [sys.executable, "-m", "avnkg", "export", "--format", form, "-o", str(path), "--without-embedded"]
        command += ["--corpus", str(MINI / "corpus"), "--documents", str(MINI / "documents")]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        outputs.append(path.read_bytes())
    assert outputs[0] == outputs[1]
    assert outputs[0]


def test_an_unknown_format_is_refused(mini_store: EmbeddedStore) -> None:
    with pytest.raises(GraphError, match="expected one of the formats nquads, trig, turtle, jsonld, graphml, got 'x'"):
        write_graph(mini_store, "x", io.BytesIO())


def graphml(*claims: Claim, vocabulary: Vocabulary) -> "nx.MultiDiGraph[str]":
    """Return claims as another program reads them from GraphML."""
    out = io.BytesIO()
    write_graphml(iter(claims), vocabulary, out)
    graph = nx.read_graphml(io.BytesIO(out.getvalue()), force_multigraph=True)
    assert isinstance(graph, nx.MultiDiGraph)
    return graph


def test_every_edge_of_graphml_is_a_claim_with_its_words(embedded: Corpus, vocabulary: Vocabulary) -> None:
    graph = graphml(*embedded.claims, vocabulary=vocabulary)
    edges = {data["claim"]: data for _, _, data in graph.edges(data=True)}
    assert set(edges) == {claim.id for claim in embedded.claims if claim.withdrawn is None}
    for claim in embedded.claims:
        if claim.withdrawn is None:
            data = edges[claim.id]
            assert (data["stance"], data["force"], data["says"]) == (claim.stance, claim.force, claim.says)
            assert data["quote"] == " … ".join(passage.exact for passage in claim.passages)
            assert data["conditions"] == claim.under_conditions
    assert all(data["label"] for _, data in graph.nodes(data=True))


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("a\x00b\x08c\x1fd", "abcd"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("<b> & \"'", "<b> & \"'"),
        ("a\ufffe\uffff", "a"),
        ("🦴", "🦴"),
        ("\x85\u2028", "\x85\u2028"),
    ],
)
def test_words_that_xml_cannot_hold_are_left_out_of_graphml(words: str, kept: str, vocabulary: Vocabulary) -> None:
    claim = meant(vocabulary, words, says=f"It says {words}", predicate="alsoCalled", object=words)
    [(_, target, data)] = graphml(claim, vocabulary=vocabulary).edges(data=True)
    assert data["quote"] == kept
    assert data["says"] == f"It says {kept}"
    assert target == kept


def test_a_withdrawn_claim_is_no_edge(vocabulary: Vocabulary) -> None:
    claim = replace(meant(vocabulary), withdrawn="wrong")
    assert not graphml(claim, vocabulary=vocabulary).edges


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    given = inputs((MINI / "corpus",), embedded=False)
    (tmp_path / "out.nq").write_text("old", encoding="utf-8")
    with pytest.raises(GraphError):
        publish_graph(given, "nothing", tmp_path / "out.nq")
    assert (tmp_path / "out.nq").read_text(encoding="utf-8") == "old"
    publish_graph(given, "nquads", tmp_path / "out.nq")
    assert [path.name for path in tmp_path.iterdir()] == ["out.nq"]
    assert sum(1 for _ in _quads(tmp_path / "out.nq")) > 100


def _quads(path: Path) -> Iterator[ox.Quad]:
    return ox.parse(path.read_bytes(), ox.RdfFormat.N_QUADS)
