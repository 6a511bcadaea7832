"""Where the nodes of a network stand: worked out beforehand, the same on every run, so that a browser only draws.

A dispute has columns; a graph of concepts is laid out by `springs.py`. Units are pixels at scale 1.
"""

import math
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from avnkg.views.graphs.network import Network, Node
from avnkg.views.graphs.springs import GAP as _GAP
from avnkg.views.graphs.springs import Size, positions

BOXED = 700
"""Nodes up to which each is a box with its label inside; beyond, a dot with its label below."""
LINE = 17
"""Height of a line of text in a box of a dispute."""
PAD = 11
"""What lies between a box and its text."""
_LETTERS = {"t": 8.6, "s": 7.6, "q": 6.9, "f": 6.5, "p": 7.2}
"""Mean width of a letter, by how a line looks: what is yet wider is drawn closer."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node in its place: the middle of it and the wrapped label.

    In a dispute also how each line looks, and the width and height of the box; elsewhere the size of the letters.
    """

    x: int
    y: int
    label: str
    looks: str = ""
    width: int = 0
    height: int = 0
    letters: int = 13


Layout = Mapping[str, Drawn]


def layouts(network: Network) -> tuple[Layout, Layout]:
    """Return where the nodes of a network stand on a wide screen and on a narrow one."""
    if network.kind == "dispute":
        return _dispute(network, _WIDE), _narrow(network)
    placed = _concepts(network)
    return placed, placed


# Disputes


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a dispute: the middles of the sides and of what is between them, and their widths."""

    sides: int
    side_width: int
    middle_width: int


_WIDE = _Columns(sides=328, side_width=310, middle_width=250)
_PHONE_WIDTH = 356


def _dispute(network: Network, columns: _Columns) -> Layout:
    """Return positions on two sides at the height of what they are at issue on, which stands between them."""
    found: dict[str, Drawn] = {}
    issues = [node for node in network.nodes if node.kind == "issue"]
    places = {"side 1": -columns.sides, "side 2": columns.sides}
    for node in network.nodes:
        if node.kind == "side":
            found[node.id] = _box(node, places.get(node.group, 0), 0, columns.side_width)
    top = 90.0
    taken: set[str] = set()
    for issue in issues:
        own = [node for node in _joined(network, issue) if node.id not in taken]
        taken |= {node.id for node in own}
        stacks = {group: [node for node in own if node.group == group] for group in places}
        heights = {group: _stack_height(stack, columns.side_width) for group, stack in stacks.items()}
        middle = _height(issue, columns.middle_width)
        height = max(middle, *heights.values())
        found[issue.id] = _box(issue, 0, top + height / 2, columns.middle_width)
        for group, stack in stacks.items():
            _stack(found, stack, places[group], top + (height - heights[group]) / 2, columns.side_width)
        top += height + 2 * _GAP
    for group, place in places.items():
        rest = [node for node in network.nodes if node.kind == "position" and node.group == group]
        rest = [node for node in rest if node.id not in taken]
        _stack(found, rest, place, top, columns.side_width)
    return {**found, **_below(network, top + _GAP, 3, columns.side_width, columns.sides)}


def _narrow(network: Network) -> Layout:
    """Return what is at issue, and below each the positions of both sides beside each other: as wide as a phone."""
    half = (_PHONE_WIDTH - 12) // 2
    places = {"side 1": -half / 2 - 6, "side 2": half / 2 + 6}
    found: dict[str, Drawn] = {}
    sides = [node for node in network.nodes if node.kind == "side"]
    top: float = max((_height(node, half) for node in sides), default=0) / 2
    for node in sides:
        found[node.id] = _box(node, places.get(node.group, 0), 0, half)
    top += _GAP
    taken: set[str] = set()
    for issue in [node for node in network.nodes if node.kind == "issue"]:
        height = _height(issue, _PHONE_WIDTH)
        found[issue.id] = _box(issue, 0, top + height / 2, _PHONE_WIDTH)
        top += height + _GAP
        own = [node for node in _joined(network, issue) if node.id not in taken]
        taken |= {node.id for node in own}
        stacks = [([node for node in own if node.group == group], place) for group, place in places.items()]
        top = max(_stack(found, stack, place, top, half) for stack, place in stacks) + _GAP
    return {**found, **_below(network, top, 1, _PHONE_WIDTH, 0)}


def _below(network: Network, top: float, columns: int, width: int, apart: int) -> Layout:
    """Return common ground and what dissolves: a heading, and below it boxes in rows."""
    found: dict[str, Drawn] = {}
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in network.nodes:
        if node.kind in ("head", "common", "dissolved"):
            groups[node.group].append(node)
    for head, *boxes in groups.values():
        height = _height(head, width)
        found[head.id] = _box(head, 0, top + height / 2, width)
        top += height + _GAP / 2
        for row in (boxes[at : at + columns] for at in range(0, len(boxes), columns)):
            height = max(_height(node, width) for node in row)
            left = -apart * (len(row) - 1) / 2
            for place, node in enumerate(row):
                found[node.id] = _box(node, left + place * apart, top + height / 2, width)
            top += height + _GAP / 2
        top += _GAP
    return found


def _joined(network: Network, issue: Node) -> list[Node]:
    ends = {edge.source for edge in network.edges if edge.target == issue.id}
    return [node for node in network.nodes if node.id in ends]


def _stack(found: dict[str, Drawn], nodes: Iterable[Node], x: float, top: float, width: int) -> float:
    """Place nodes below each other; return where the last one ends."""
    for node in nodes:
        height = _height(node, width)
        found[node.id] = _box(node, x, top + height / 2, width)
        top += height + _GAP
    return top


def _stack_height(nodes: Sequence[Node], width: int) -> float:
    return sum(_height(node, width) + _GAP for node in nodes) - (_GAP if nodes else 0)


def _box(node: Node, x: float, y: float, width: int) -> Drawn:
    lines = _lines(node, width)
    label = "\n".join(line for _, line in lines)
    looks = "".join(look for look, _ in lines)
    return Drawn(round(x), round(y), label, looks, width, _height(node, width))


def _height(node: Node, width: int) -> int:
    return len(_lines(node, width)) * LINE + 2 * PAD


def _lines(node: Node, width: int) -> list[tuple[str, str]]:
    """Return the lines of a label, broken so that they fit, each with how it looks."""
    written = node.label.split("\n")
    looks = node.looks.ljust(len(written), "p")
    return [
        (look, part)
        for look, line in zip(looks, written, strict=False)
        for part in wrapped(line, int((width - 2 * PAD) / _LETTERS[look])).split("\n")
    ]


def wrapped(label: str, letters: int) -> str:
    """Return a label with its lines broken after so many letters at most.

    >>> print(wrapped("a minimally invasive surgery", 12))
    a minimally
    invasive
    surgery
    """
    lines = [part for line in label.splitlines() for part in textwrap.wrap(line, max(8, letters))]
    return "\n".join(lines)


# Graphs of concepts


def _concepts(network: Network) -> Layout:
    boxed = len(network.nodes) <= BOXED
    labels = [wrapped(node.label, 20) for node in network.nodes]
    letters = [_letters(len(node.claims), len(network.nodes)) for node in network.nodes]
    sizes = [_size(label, size, boxed=boxed) for label, size in zip(labels, letters, strict=True)]
    number = {node.id: place for place, node in enumerate(network.nodes)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(labels)))
    graph.add_edges_from((number[edge.source], number[edge.target]) for edge in network.edges)
    placed = positions(graph, sizes)
    return {
        node.id: Drawn(round(placed[place][0]), round(placed[place][1]), labels[place], letters=letters[place])
        for place, node in enumerate(network.nodes)
    }


def _letters(claims: int, nodes: int) -> int:
    """Return the size of a label's letters: in a crowd, what much is said of can be read from afar."""
    return 13 if nodes <= 40 else min(64, 11 + round(3.6 * math.sqrt(claims) * min(1.0, nodes / 200)))


def _size(label: str, letters: int, *, boxed: bool) -> Size:
    lines = label.split("\n")
    longest = max(len(line) for line in lines)
    if not boxed:
        return (longest * 4.0 + 8, 34.0)
    return (longest * letters * 0.56 + 24, len(lines) * letters + 20)
