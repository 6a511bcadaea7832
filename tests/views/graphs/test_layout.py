"""Where nodes stand: the same on every run, none on another, sides left and right."""

import subprocess
import sys
from collections.abc import Sequence
from random import Random

import networkx as nx
import pytest

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import disputes
from avnkg.views.graphs.conceptnetwork import about_network, whole_network
from avnkg.views.graphs.disputenetwork import dispute_network
from avnkg.views.graphs.layout import Drawn, layouts, wrapped
from avnkg.views.graphs.springs import Place, Size, positions

LONE = """
import networkx as nx
from random import Random
from avnkg.views.graphs.springs import positions
draw = Random(3)
graph = nx.Graph()
graph.add_nodes_from(range(400))
graph.add_edges_from((draw.randrange(400), int(400 * draw.random() ** 2)) for _ in range(500))
print([(round(x), round(y)) for x, y in positions(graph, [(80.0, 34.0)] * 400)])
"""


def overlapping(placed: Sequence[Place], sizes: Sequence[Size]) -> int:
    """Return how many pairs of boxes lie on each other."""
    return sum(
        abs(placed[a][0] - placed[b][0]) < (sizes[a][0] + sizes[b][0]) / 2
        and abs(placed[a][1] - placed[b][1]) < (sizes[a][1] + sizes[b][1]) / 2
        for a in range(len(placed))
        for b in range(a)
    )


def test_the_same_in_every_process() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", LONE], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.parametrize(("count", "links"), [(1, 0), (2, 1), (3, 9), (60, 80), (60, 20), (500, 700), (500, 200)])
def test_no_box_lies_on_another(count: int, links: int) -> None:
    draw = Random(count)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((draw.randrange(count), int(count * draw.random() ** 2)) for _ in range(links))
    sizes = [(40.0 + draw.randrange(100), 20.0 + draw.randrange(40)) for _ in range(count)]
    placed = positions(graph, sizes)
    assert len(placed) == count
    assert overlapping(placed, sizes) <= count // 50


def test_a_star_and_a_clique_too_large_for_springs_are_placed() -> None:
    for graph in (nx.star_graph(400), nx.complete_graph(130)):
        placed = positions(graph, [(60.0, 30.0)] * len(graph))
        assert len({(round(x), round(y)) for x, y in placed}) == len(graph)


def test_every_node_has_a_place_and_its_words(mini_graph: ClaimsGraph) -> None:
    for network in (whole_network(mini_graph), about_network(mini_graph, "cell therapy"), dispute_network(mini_graph)):
        for layout in layouts(network):
            assert layout.keys() == {node.id for node in network.nodes}
            for node in network.nodes:
                assert layout[node.id].label.split() == node.label.split()


@pytest.mark.parametrize("place", [0, 1])
def test_sides_left_and_right_the_contested_between_common_ground_below(our_graph: ClaimsGraph, place: int) -> None:
    network = dispute_network(our_graph, disputes(our_graph)[place].id)
    wide, narrow = layouts(network)
    nodes = {kind: [node for node in network.nodes if node.kind == kind] for kind in ("position", "issue", "common")}
    for layout in (wide, narrow):
        for node in nodes["position"]:
            assert (layout[node.id].x < 0) == (node.group == "side 1")
        for node in nodes["issue"]:
            assert layout[node.id].x == 0
        lowest = max(_bottom(layout[node.id]) for node in (*nodes["position"], *nodes["issue"]))
        assert all(layout[node.id].y - layout[node.id].height / 2 > lowest for node in nodes["common"])
        boxes = list(layout.values())
        sizes = [(float(box.width), float(box.height)) for box in boxes]
        assert overlapping([(box.x, box.y) for box in boxes], sizes) == 0
        assert all(len(box.looks) == len(box.label.split("\n")) for box in boxes)
    assert max(box.x + box.width / 2 for box in narrow.values()) <= 180  # a phone is 360 pixels wide or more


def test_lines_are_broken_at_spaces_and_long_words_anywhere() -> None:
    assert wrapped("core decompression with cells", 20) == "core decompression\nwith cells"
    assert max(map(len, wrapped("x" * 95, 20).split("\n"))) == 20


def _bottom(box: Drawn) -> float:
    return box.y + box.height / 2
