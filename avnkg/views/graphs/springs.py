"""Positions for graphs of concepts, the same on every run, in a time that does not grow with the square of their size.

What hangs together is laid out part by part, and in large parts community by community, each by springs. Then boxes
that overlap are pushed apart, and the parts are put on a sheet.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import networkx as nx

SEED = 7
SPRINGS = 120
"""Nodes that are laid out by springs at once; of more, communities are laid out one by one."""
GAP = 26
"""Pixels between boxes, more or less."""

Place = tuple[float, float]
Size = tuple[float, float]


def positions(graph: "nx.Graph[int]", sizes: Sequence[Size]) -> list[Place]:
    """Return where the nodes of a graph (numbers from 0) stand so that their boxes do not overlap."""
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    # Among few nodes there is room for the words on the lines.
    room = 2.2 if len(sizes) <= 12 else 1.4 if len(sizes) <= 40 else 1.0
    laid = [_apart(_part(graph, part, sizes, room), sizes) for part in parts]
    found: list[Place] = [(0.0, 0.0)] * len(sizes)
    for part, (x, y) in zip(laid, _packed([_bounds(each, sizes) for each in laid]), strict=True):
        left, top, _, _ = _bounds(part, sizes)
        for node, place in part.items():
            found[node] = (place[0] - left + x, place[1] - top + y)
    return found


def _part(graph: "nx.Graph[int]", part: Sequence[int], sizes: Sequence[Size], room: float) -> dict[int, Place]:
    """Return a layout of a connected part: by springs, or of its communities, each in a place of its own."""
    if len(part) <= SPRINGS:
        return _springs(graph.subgraph(part), part, sizes, 0.7 * room)
    found = nx.community.louvain_communities(graph.subgraph(part), seed=SEED, resolution=max(1.0, len(part) / 600))
    communities = sorted((sorted(each) for each in found), key=lambda each: (-len(each), each))
    if len(communities) == 1:
        return _rings(graph.subgraph(part), sizes)
    home = {node: place for place, each in enumerate(communities) for node in each}
    joined: nx.Graph[int] = nx.Graph()
    joined.add_nodes_from(range(len(communities)))
    joined.add_edges_from((home[a], home[b]) for a, b in graph.subgraph(part).edges if home[a] != home[b])
    inner = [_apart(_inner(graph, each, sizes), sizes) for each in communities]
    extents = [_bounds(each, sizes) for each in inner]
    outer_sizes = [(right - left + 60, bottom - top + 60) for left, top, right, bottom in extents]
    outer = _closer(_apart(_inner(joined, range(len(communities)), outer_sizes), outer_sizes), outer_sizes)
    placed = {}
    for place, each in enumerate(inner):
        left, top, right, bottom = extents[place]
        for node, (x, y) in each.items():
            placed[node] = (x - (left + right) / 2 + outer[place][0], y - (top + bottom) / 2 + outer[place][1])
    return placed


def _inner(graph: "nx.Graph[int]", nodes: Sequence[int], sizes: Sequence[Size]) -> dict[int, Place]:
    own = graph.subgraph(nodes)
    return _springs(own, nodes, sizes) if len(nodes) <= 2 * SPRINGS else _rings(own, sizes)


def _springs(
    graph: "nx.Graph[int]", nodes: Sequence[int], sizes: Sequence[Size], spread: float = 0.7
) -> dict[int, Place]:
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    # A copy in sorted order: the order of nodes and edges decides what the springs end in.
    ordered: nx.Graph[int] = nx.Graph()
    ordered.add_nodes_from(sorted(nodes))
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.edges if edge[0] != edge[1]))
    found = nx.spring_layout(ordered, seed=SEED, iterations=80, k=1.6 / math.sqrt(len(nodes)))
    area = sum((width + GAP) * (height + GAP) for width, height in (sizes[node] for node in nodes))
    scale = math.sqrt(area) * spread
    return {node: (float(x) * scale * 1.3, float(y) * scale) for node, (x, y) in found.items()}


def _rings(graph: "nx.Graph[int]", sizes: Sequence[Size]) -> dict[int, Place]:
    """Return nodes in rings around the one with the most neighbours: for a large part without communities."""
    ordered = sorted(graph.nodes, key=lambda node: (-graph.degree(node), node))
    room = max(max(sizes[node]) for node in ordered) * 0.6 + GAP
    found, at, ring = {ordered[0]: (0.0, 0.0)}, 1, 1
    while at < len(ordered):
        count = max(6, int(2 * math.pi * ring))
        for place, node in enumerate(ordered[at : at + count]):
            angle = 2 * math.pi * place / count
            found[node] = (ring * room * math.cos(angle) * 1.3, ring * room * math.sin(angle))
        at, ring = at + count, ring + 1
    return found


def _apart(placed: dict[int, Place], sizes: Sequence[Size]) -> dict[int, Place]:
    """Return a layout in which boxes that overlapped are pushed apart, each pair by half of what they overlap."""
    spots = {node: [x, y] for node, (x, y) in placed.items()}
    wide = max(sizes[node][0] for node in spots) + GAP
    high = max(sizes[node][1] for node in spots) + GAP
    for _ in range(60):
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for node, (x, y) in spots.items():
            cells[int(x // wide), int(y // high)].append(node)
        moved = False
        for (column, row), nodes in cells.items():
            near = [other for dx in (-1, 0, 1) for dy in (-1, 0, 1) for other in cells.get((column + dx, row + dy), ())]
            for node in nodes:
                for other in near:
                    moved |= node < other and _pushed(spots[node], spots[other], sizes[node], sizes[other])
        if not moved:
            break
    return {node: (x, y) for node, (x, y) in spots.items()}


def _closer(placed: dict[int, Place], sizes: Sequence[Size]) -> dict[int, Place]:
    """Return a layout drawn together as long as that makes it smaller."""
    for _ in range(12):
        drawn = _apart({node: (0.8 * x, 0.8 * y) for node, (x, y) in placed.items()}, sizes)
        if _area(drawn, sizes) > 0.98 * _area(placed, sizes):
            break
        placed = drawn
    return placed


def _area(placed: Mapping[int, Place], sizes: Sequence[Size]) -> float:
    left, top, right, bottom = _bounds(placed, sizes)
    return (right - left) * (bottom - top)


def _pushed(one: list[float], other: list[float], size: Size, other_size: Size) -> bool:
    dx, dy = other[0] - one[0], other[1] - one[1]
    over_x = (size[0] + other_size[0]) / 2 + GAP / 2 - abs(dx)
    over_y = (size[1] + other_size[1]) / 2 + GAP / 2 - abs(dy)
    if over_x <= 0.5 or over_y <= 0.5:
        return False
    axis, over = (0, over_x) if over_x < over_y else (1, over_y)
    push = over / 2 if (dx, dy)[axis] >= 0 else -over / 2
    one[axis] -= push
    other[axis] += push
    return True


def _bounds(placed: Mapping[int, Place], sizes: Sequence[Size]) -> tuple[float, float, float, float]:
    return (
        min(x - sizes[node][0] / 2 for node, (x, _) in placed.items()),
        min(y - sizes[node][1] / 2 for node, (_, y) in placed.items()),
        max(x + sizes[node][0] / 2 for node, (x, _) in placed.items()),
        max(y + sizes[node][1] / 2 for node, (_, y) in placed.items()),
    )


def _packed(bounds: Sequence[tuple[float, float, float, float]]) -> list[Place]:
    """Return the left upper corners of boxes in rows, on a sheet half as wide again as high."""
    extents = [(right - left + 2 * GAP, bottom - top + 2 * GAP) for left, top, right, bottom in bounds]
    sheet = max(math.sqrt(1.6 * sum(w * h for w, h in extents) * 1.15), max((w for w, _ in extents), default=0))
    found, x, y, row = [], 0.0, 0.0, 0.0
    for width, height in extents:
        if x and x + width > sheet:
            x, y, row = 0.0, y + row, 0.0
        found.append((x, y))
        x, row = x + width, max(row, height)
    return found
