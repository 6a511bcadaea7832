"""Networks of claims: what stands on their nodes and edges, and that the SPARQL they give says the same."""

import itertools
from pathlib import Path

import pytest

from avnkg import vocab
from avnkg.analysis.verdicts import Verdict
from avnkg.errors import NotFoundError, QueryError, UnknownTermError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import disputes
from avnkg.views.graphs.conceptnetwork import about_network, document_network, query_network, whole_network
from avnkg.views.graphs.disputenetwork import REASONS, dispute_network, shortened
from avnkg.views.graphs.network import LEGEND, Edge, Network, Standing, standing
from avnkg.views.terminal.listing import claim_id

ADVICE = "SELECT ?claim { ?claim avn:force avn:Recommends }"


def networks(graph: ClaimsGraph, document: str) -> list[Network]:
    """Return a network of every kind."""
    return [
        whole_network(graph),
        about_network(graph, "core decompression"),
        document_network(graph, document),
        query_network(graph, ADVICE),
        *(dispute_network(graph, each.id) for each in disputes(graph)),
    ]


def edges(network: Network) -> dict[tuple[str, ...], Edge]:
    """Return the edges of a network by their claims."""
    return {each.claims: each for each in network.edges}


@pytest.mark.parametrize(("world", "document"), [("mini_graph", "alpha-travel"), ("our_graph", "regenexx-avn-hip")])
def test_the_sparql_of_each_node_and_edge_gives_just_its_claims(
    world: str, document: str, request: pytest.FixtureRequest
) -> None:
    graph: ClaimsGraph = request.getfixturevalue(world)
    asked = 0
    for network in networks(graph, document):
        for item in network.items:
            if item.ask is None:
                assert not item.claims
                continue
            rows = graph.query(network.sparql(item))
            expected = set(item.claims)
            if item.ask.form == "relations":
                sides = (network.relations[each].relation for each in item.relations)
                expected = {claim for each in sides for claim in (*each.a, *each.b)}
                assert {row.relation.rpartition("/")[2] for row in rows} == set(item.relations)
            else:
                assert len(rows) == len(expected)
            assert {claim_id(row.claim) for row in rows} == expected, item.id
            asked += 1
    assert asked > 80


@pytest.mark.parametrize(("world", "document"), [("mini_graph", "alpha-travel"), ("our_graph", "regenexx-avn-hip")])
def test_every_chosen_claim_is_on_one_edge_with_its_stance(
    world: str, document: str, request: pytest.FixtureRequest
) -> None:
    graph: ClaimsGraph = request.getfixturevalue(world)
    chosen = {
        "All claims": {claim_id(row.claim) for row in graph.claims()},
        "What is claimed about core decompression": {
            claim_id(row.claim) for row in graph.claims(about="core decompression")
        },
    }
    for network in networks(graph, document):
        ids = [item.id for item in network.items]
        assert len(set(ids)) == len(ids)
        nodes = {node.id for node in network.nodes}
        assert all(edge.source in nodes and edge.target in nodes for edge in network.edges)
        assert network.chosen <= network.claims.keys()
        if network.kind == "concepts":
            carried = [claim for edge in network.edges for claim in edge.claims]
            assert len(carried) == len(set(carried))
            assert set(carried) == network.chosen == chosen.get(network.title, network.chosen)
            assert all(network.claims[claim].denies == edge.denied for edge in network.edges for claim in edge.claims)


def test_edges_stand_as_the_tiny_world_has_it(mini_graph: ClaimsGraph) -> None:
    found = edges(whole_network(mini_graph))
    stands = {claims[0]: (edge.standing, edge.voices) for claims, edge in found.items()}
    assert stands["alpha-travel/005"] == (Standing.CONTESTED, 1)
    assert stands["gamma-institute/011"] == (Standing.CONTESTED, 1)  # by its own page
    assert stands["beta-clinic/013"] == (Standing.RIVAL, 1)
    assert stands["beta-clinic/009"] == (Standing.TENSION, 1)
    assert stands["alpha-travel/006"] == (Standing.SCOPE, 1)
    assert stands["alpha-travel/008"] == (Standing.SCOPE, 1)  # a general statement and its exception
    assert stands["beta-clinic/011"] == (Standing.AGREED, 1)
    assert stands["alpha-travel/001"] == (Standing.RIVAL, 2)
    assert stands["beta-clinic/014"] == (Standing.AGREED, 2)
    assert stands["gamma-institute/006"] == (Standing.SINGLE, 1)  # said twice, by one voice
    assert "gamma-institute/003" not in {claim for claims in found for claim in claims}  # withdrawn


def test_an_edge_tells_force_denial_hedge_and_conditions(mini_graph: ClaimsGraph) -> None:
    told = {claims[0]: edge for claims, edge in edges(whole_network(mini_graph)).items()}
    assert told["alpha-travel/003"].told == (
        "cell therapy · reported: is performed with · core decompression (“almost always”; hip)"
    )
    assert told["alpha-travel/003"].label.endswith(" *")
    assert told["beta-clinic/009"].told == "cell therapy · must not: is performed with · core decompression"
    assert told["beta-clinic/009"].denied
    assert told["alpha-travel/007"].label.startswith("goal: ")
    assert told["beta-clinic/008"].label == f"advised against: {mini_graph.label(vocab.AVN + 'indicatedFor')}"
    assert told["beta-clinic/010"].label.startswith("one case: ")
    assert told["alpha-travel/006"].label == "not: heals *"
    assert told["gamma-institute/002"].label == "affects"


def test_the_standing_is_the_most_notable_one() -> None:
    order = [
        Verdict.CONTRADICTION,
        Verdict.RIVAL,
        Verdict.TENSION,
        Verdict.SCOPE_DIFFERENCE,
        Verdict.AGREEMENT,
    ]
    for higher, lower in itertools.combinations(order, 2):
        assert standing([lower, higher], 2) == standing([higher], 1) != standing([lower], 1)
    assert standing([Verdict.QUALIFICATION], 1) is Standing.SCOPE
    assert standing([Verdict.REFINEMENT], 1) is Standing.AGREED
    assert standing([Verdict.PARALLEL], 1) is Standing.SINGLE
    assert standing([], 2) is Standing.SEVERAL
    assert LEGEND.keys() == set(Standing)


def test_the_legend_has_what_occurs(mini_graph: ClaimsGraph) -> None:
    network = whole_network(mini_graph)
    assert [each for each, _ in network.legend] == [each for each in Standing if each is not Standing.SEVERAL]
    assert [each for each, _ in query_network(mini_graph, ADVICE).legend] == [Standing.SCOPE]


def test_the_filters_are_those_of_the_claims(mini_graph: ClaimsGraph) -> None:
    facets = {facet.key: facet.values for facet in whole_network(mini_graph).facets}
    assert list(facets) == ["document", "verdict", "stage", "target", "force"]
    assert [value for value, _, _ in facets["document"]] == ["alpha-travel", "beta-clinic", "gamma-institute"]
    assert facets["target"] == (
        ("joint space", "joint space", 1),
        ("osteonecrotic lesion", "osteonecrotic lesion", 17),
        ("", "not stated", 20),
    )
    assert ("late stage", "late stage", 2) in facets["stage"]
    assert ("requires", "requires", 2) in facets["force"]
    assert sum(count for _, _, count in facets["verdict"]) == len(whole_network(mini_graph).edges)


def test_a_dispute_has_its_claims_on_two_sides_and_what_is_contested_between(our_graph: ClaimsGraph) -> None:
    dispute = disputes(our_graph)[0]
    network = dispute_network(our_graph)
    for number, (_, voices, rows) in enumerate(dispute.sides, 1):
        positions = [node for node in network.nodes if node.kind == "position" and node.group == f"side {number}"]
        carried = [claim for node in positions for claim in node.claims]
        assert sorted(carried) == sorted(claim_id(row.claim) for row in rows)
        [side] = [node for node in network.nodes if node.id == f"side:{number}"]
        assert set(side.claims) == set(carried)
        assert side.voices == voices
        for node in positions:
            quote = network.claims[node.claims[0]].quotes[0].words
            assert any(shortened(network.claims[claim].quotes[0].words)[:40] in node.label for claim in node.claims), (
                quote
            )
    by_kind = {
        kind: {each for node in network.nodes if node.kind == kind for each in node.relations}
        for kind in ("issue", "common", "dissolved")
    }
    parts = {name: {each.relation.id for each in found} for name, found in dispute.parts.items()}
    assert by_kind["issue"] == parts["clash"] | parts["strain"]
    assert by_kind["common"] == parts["common ground"]
    assert by_kind["dissolved"] == parts["dissolved"]
    assert sum(node.kind == "dissolved" for node in network.nodes) <= REASONS
    for issue in (node for node in network.nodes if node.kind == "issue"):
        joined = {edge.source for edge in network.edges if edge.target == issue.id}
        groups = {node.group for node in network.nodes if node.id in joined}
        assert groups == {"side 1", "side 2"}
    assert {edge.source for edge in network.edges} == {node.id for node in network.nodes if node.kind == "position"}


def test_what_is_contested_is_told_as_a_question(mini_graph: ClaimsGraph) -> None:
    issues = [node for node in dispute_network(mini_graph).nodes if node.kind == "issue"]
    assert [node.label for node in issues] == [
        "CONTRADICTION\ncore decompression with cells\nis a kind of\nminimally invasive surgery\nor invasive surgery?\n"
        "if both mean the same anatomy",
        "TENSION\ncell therapy\nis performed with core decompression?\nif both mean the same anatomy",
    ]
    assert [node.standing for node in issues] == [Standing.CONTESTED, Standing.TENSION]


def test_several_voices_on_a_side_and_one_voice_on_both(mini_graph: ClaimsGraph) -> None:
    rival, itself = (dispute_network(mini_graph, each.id) for each in disputes(mini_graph)[1:])
    assert rival.title == "Alpha Travel and Gamma Institute against Beta Clinic"
    assert "Alpha Travel: an invented agency" in rival.nodes[0].label
    assert itself.title == "Gamma Institute against itself"
    assert {node.group for node in itself.nodes if node.kind == "position"} == {"side 1", "side 2"}


def test_what_cannot_be_drawn_is_told(mini_graph: ClaimsGraph, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no dispute 'zz'; there are 9484e9ddea11"):
        dispute_network(mini_graph, "zz")
    with pytest.raises(NotFoundError, match="there is no dispute ''"):
        dispute_network(mini_graph, "")
    with pytest.raises(UnknownTermError):
        about_network(mini_graph, "flying carpets")
    with pytest.raises(NotFoundError, match="no claim is about 'knee'"):
        about_network(mini_graph, "knee")
    with pytest.raises(NotFoundError, match="there is no document 'nope'; there are alpha-travel"):
        document_network(mini_graph, "nope")
    with pytest.raises(QueryError, match=r"expected a query that gives \?claim, got \?document"):
        query_network(mini_graph, "SELECT ?document { ?document a avn:Document }")
    with pytest.raises(NotFoundError, match="has no claims"):
        query_network(mini_graph, "SELECT ?claim { ?claim a avn:WithdrawnClaim }")
    with pytest.raises(QueryError, match="limit is no parameter"):
        query_network(mini_graph, "claims/listing", {"limit": "3"})


def test_a_query_of_the_library_a_file_and_a_text_draw_alike(mini_graph: ClaimsGraph, tmp_path: Path) -> None:
    path = tmp_path / "advice.rq"
    path.write_text(ADVICE, encoding="utf-8")
    named = query_network(mini_graph, "claims/by-document", {"document": "beta-clinic"})
    assert named.title == "What does one document claim, in reading order?"
    assert {claim.partition("/")[0] for claim in named.chosen} == {"beta-clinic"}
    assert query_network(mini_graph, path).edges == query_network(mini_graph, ADVICE).edges


def test_what_a_claim_is_set_against_comes_with_it(mini_graph: ClaimsGraph) -> None:
    network = document_network(mini_graph, "alpha-travel")
    assert "beta-clinic/005" in network.claims.keys() - network.chosen
    assert "beta-clinic" in network.documents
    assert [value for value, _, _ in network.facets[0].values] == ["alpha-travel"]
