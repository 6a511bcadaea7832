"""Files to take along: each can be read back, and holds what the graph holds."""

import io
import json
import re

import networkx as nx
import pyoxigraph as ox
import pytest

from avnkg.claims.reading import Corpus
from avnkg.errors import NotFoundError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.graphs.conceptnetwork import whole_network
from avnkg.views.graphs.graphml import write_network
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import page_at
from avnkg.views.pages.downloads import DOWNLOADS, download, downloads, size, sizes, written
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import render
from tests.views.hostile import hostile
from tests.views.pages.tabulated import Elements


def taken(graph: ClaimsGraph, name: str, options: Options | None = None) -> bytes:
    """Return a file to take along."""
    return download(Archive(graph), name, options or Options())[1]


def test_trig_and_nquads_hold_the_whole_graph(mini_graph: ClaimsGraph) -> None:
    quads = {str(quad) for quad in ox.parse("".join(mini_graph.store.lines()), ox.RdfFormat.N_QUADS)}
    for name, form in (("avnkg.trig", ox.RdfFormat.TRIG), ("avnkg.nq", ox.RdfFormat.N_QUADS)):
        assert {str(quad) for quad in ox.parse(taken(mini_graph, name), form)} == quads


def test_the_table_holds_every_claim(embedded: Corpus, mini_graph: ClaimsGraph) -> None:
    lines = taken(mini_graph, "claims.jsonl", Options(claims=embedded.claims)).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [claim.id for claim in embedded.claims]


def test_graphml_has_the_propositions_with_their_claims(mini_graph: ClaimsGraph) -> None:
    graph = nx.read_graphml(io.BytesIO(taken(mini_graph, "propositions.graphml")), force_multigraph=True)
    network = whole_network(mini_graph)
    assert graph.number_of_nodes() == len(network.nodes)
    assert graph.number_of_edges() == len(network.edges)
    edges = {data["claims"]: data for _, _, data in graph.edges(data=True)}
    denied = edges["beta-clinic/009"]
    assert (denied["stance"], denied["standing"], denied["voices"], denied["speakers"]) == (
        "denies",
        "tension",
        1,
        "Beta Clinic",
    )
    assert edges["alpha-travel/003"]["hedges"] == "almost always"
    assert edges["alpha-travel/001 gamma-institute/001"]["voices"] == 2
    assert all(data["quotes"] and data["forces"] for data in edges.values())


def test_graphml_of_hostile_words_is_xml(mini_graph: ClaimsGraph) -> None:
    network = hostile(whole_network(mini_graph))
    first = next(iter(network.claims.values()))
    object.__setattr__(first, "how_often", "a\x00b\x1bc\ufffe")
    out = io.BytesIO()
    write_network(network, out)
    graph = nx.read_graphml(io.BytesIO(out.getvalue()), force_multigraph=True)
    assert any("OWNED" in data["quotes"] for _, _, data in graph.edges(data=True))
    assert any("abc" in data["hedges"] for _, _, data in graph.edges(data=True))


@pytest.mark.parametrize("name", [each.name for each in DOWNLOADS])
def test_same_graph_same_bytes(name: str, mini_graph: ClaimsGraph, embedded: Corpus) -> None:
    options = Options(claims=embedded.claims)
    assert taken(mini_graph, name, options) == taken(mini_graph, name, options) != b""


def test_without_the_claims_themselves_there_is_no_table(mini_graph: ClaimsGraph) -> None:
    assert "claims.jsonl" not in [each.name for each in downloads(Options())]
    with pytest.raises(NotFoundError, match=r"claims\.jsonl"):
        taken(mini_graph, "claims.jsonl")
    assert "claims.jsonl" not in render(page_at(Archive(mini_graph), at.DOWNLOADS, Options()))


def test_a_file_that_is_none_is_told(mini_graph: ClaimsGraph) -> None:
    with pytest.raises(NotFoundError, match=r"no file '\.\./secret'"):
        taken(mini_graph, "../secret")


def test_the_page_leads_to_the_files_with_their_sizes(mini_graph: ClaimsGraph) -> None:
    archive = Archive(mini_graph)
    files = dict(written(archive, Options()))
    assert list(files) == [at.download(each.name) for each in downloads(Options())]
    page = Elements(render(page_at(archive, at.DOWNLOADS, Options(sizes=sizes(files)))))
    assert set(files) <= set(page.of("href"))
    for found in files.values():
        assert size(len(found)) in page.text


def test_no_size_is_told_that_is_not_known(mini_graph: ClaimsGraph) -> None:
    text = Elements(render(page_at(Archive(mini_graph), at.DOWNLOADS, Options(live=True)))).text
    assert not re.search(r"\d (kB|MB|bytes)", text)
