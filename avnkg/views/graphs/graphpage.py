"""An interactive graph as one page: pyvis with a template of our own. It works offline and asks nobody for anything.

Words of documents come into the page as JSON in a script that is data, never as markup; the page's own script puts
them on the screen as text. `draw` is the way in for notebooks.
"""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from avnkg.errors import GraphError, MissingPartError, QueryError
from avnkg.views.graphs.layout import BOXED, Drawn, layouts
from avnkg.views.graphs.network import Edge, Network, Node, Standing
from avnkg.views.graphs.pagerecords import LINES, records
from avnkg.views.pages.addresses import OVERVIEW
from avnkg.views.words import plain

if TYPE_CHECKING:
    from avnkg.graph.claimsgraph import ClaimsGraph

CROWD = 80
"""Nodes beyond which what is contested is drawn twice as wide, so that it does not get lost."""
_NOTABLE = (Standing.CONTESTED, Standing.RIVAL, Standing.TENSION)
_UPWARD = re.compile(r"\.\.?(/\.\.)*/?")
HEIGHT = 640
"""Height of a graph in a notebook, in pixels."""


@dataclass(frozen=True)
class GraphPage:
    """A page that shows a graph: in a notebook it shows itself, in a file it works offline.

    >>> GraphPage("<!doctype html><title>A graph</title>").html
    '<!doctype html><title>A graph</title>'
    """

    html: str

    def write(self, path: Path) -> None:
        """Write the page to a file.

        Raises:
            GraphError: it cannot be written.
        """
        try:
            path.write_text(self.html, encoding="utf-8", newline="\n")
        except OSError as fault:
            raise GraphError(f"cannot write the page: {fault.strerror}", path=path) from fault

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own, for a notebook."""
        allowed = 'sandbox="allow-scripts allow-downloads allow-popups" allow="clipboard-write"'
        frame = f'style="width:100%;height:{HEIGHT}px;border:1px solid #8888" title="A graph of claims"'
        return f'<iframe {allowed} {frame} srcdoc="{escape(self.html)}"></iframe>'


def draw(
    graph: "ClaimsGraph",
    *,
    dispute: str | None = None,
    about: str | None = None,
    document: str | None = None,
    query: str | Path | None = None,
    everything: bool = False,
    base: str | None = None,
    **parameters: str,
) -> GraphPage:
    """Return a page with the graph of one dispute (the first without any other choice), of the claims about a concept,
    of a document, of a query, or of all claims. In a notebook it shows itself.

    Args:
        graph: the claims.
        dispute: its id, or the beginning of it.
        about: a concept, by any of its names.
        document: its id.
        query: a name of the library, a file, or a SPARQL text; it gives `?claim`.
        everything: all claims.
        base: where pages on claims and documents are, as `page` takes it; without it there are no links.
        parameters: of the query.

    Raises:
        QueryError: more than one thing was chosen, or the query or the base is wrong.
        NotFoundError, UnknownTermError: there is no such thing, or there are no claims on it.
        MissingPartError: pyvis is not installed.

    >>> import avnkg
    >>> page = draw(avnkg.load(), about="core decompression")
    >>> page.html.startswith("<!doctype html>")
    True
    """
    return page(chosen_network(graph, dispute, about, document, query, everything, parameters), base=base)


def chosen_network(
    graph: "ClaimsGraph",
    dispute: str | None,
    about: str | None,
    document: str | None,
    query: str | Path | None,
    everything: bool,
    parameters: Mapping[str, str],
) -> Network:
    """Return the network of the one thing that is chosen; of the first dispute when nothing is.

    Raises:
        QueryError: more than one thing was chosen, or parameters without a query.
    """
    from avnkg.views.graphs import conceptnetwork
    from avnkg.views.graphs.disputenetwork import dispute_network

    given = {"dispute": dispute, "about": about, "document": document, "query": query, "all": everything or None}
    named = [f"--{name}" for name, value in given.items() if value is not None]
    if len(named) > 1:
        known = ", ".join(f"--{name}" for name in given)
        raise QueryError(f"expected one of {known}, got {' and '.join(named)}")
    if parameters and query is None:
        raise QueryError("parameters go with a query", hint="as --query claims/by-stage --param stage=Stage1")
    if about is not None:
        return conceptnetwork.about_network(graph, about)
    if document is not None:
        return conceptnetwork.document_network(graph, document)
    if query is not None:
        return conceptnetwork.query_network(graph, query, parameters)
    return conceptnetwork.whole_network(graph) if everything else dispute_network(graph, dispute)


def required() -> None:
    """Make sure that the parts which draw a graph are there.

    Raises:
        MissingPartError: one is not installed.
    """
    for part in ("pyvis", "jinja2", "numpy"):
        if find_spec(part) is None:
            raise MissingPartError(f"a graph needs {part}", hint="pip install 'avnkg[graphs]'")


def page(network: Network, *, base: str | None = None) -> GraphPage:
    """Return the page of a network.

    Args:
        network: what to show.
        base: where pages on claims and documents are: an address as https://example.org/avnkg, or where they are seen
            from this page, as `.` or `..`; without it there are no links.

    Raises:
        MissingPartError: pyvis is not installed.
        QueryError: the base is neither.
    """
    required()
    base = _base(base)
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup
    from pyvis.edge import Edge as PyvisEdge
    from pyvis.network import Network as Pyvis

    wide, narrow = layouts(network)
    drawing = Pyvis(directed=True, cdn_resources="in_line")
    drawing.options = _options(network)
    boxed = network.kind == "dispute" or len(network.nodes) <= BOXED
    for node in network.nodes:
        drawing.add_node(plain(node.id), **_drawn_node(node, wide[node.id], boxed=boxed))
    # `add_edge` looks through all nodes for each edge; what it then does is this.
    bends = _bends(network.edges)
    drawing.edges.extend(
        PyvisEdge(
            plain(edge.source),
            plain(edge.target),
            True,
            **_drawn_edge(edge, bends[edge.id], crowd=len(network.nodes) > CROWD),
        ).options
        for edge in network.edges
    )
    templates = files("avnkg.views.graphs") / "templates"
    drawing.set_template_dir(str(templates), "graph.html")
    # Its own environment escapes nothing.
    drawing.templateEnv = Environment(loader=FileSystemLoader(str(templates)), autoescape=True)
    scripts = [_asset("avnkg.views.vendor", "vis-network.min.js"), _asset("avnkg.views.graphs.templates", "graph.js")]
    drawing.templateEnv.globals.update(
        title=plain(network.title),
        subtitle=plain(network.subtitle),
        home=base and f"{base}/{OVERVIEW}",
        policy=_policy(scripts),
        style=Markup(_asset("avnkg.views.graphs.templates", "graph.css")),
        scripts=[Markup(script) for script in scripts],
        records=records(network, narrow if narrow is not wide else None, base),
    )
    return GraphPage(drawing.generate_html())


def _options(network: Network) -> dict[str, Any]:
    """Return the options of vis-network: nothing moves by itself, and what is costly is left out of large graphs."""
    large = len(network.nodes) > BOXED
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": not large,
            "hideEdgesOnDrag": large,
            "hideEdgesOnZoom": large,
            "dragNodes": not large,
            "selectConnectedEdges": False,
            "tooltipDelay": 250,
        },
        "nodes": {
            "margin": {"top": 8, "bottom": 8, "left": 10, "right": 10},
            "borderWidth": 1.5,
            "font": {"size": 13, "face": "system-ui, sans-serif"},
        },
        "edges": {
            "selectionWidth": 2,
            "hoverWidth": 1,
            "smooth": False,
            "font": {"size": 11, "face": "system-ui, sans-serif", "strokeWidth": 0},
            "scaling": {"label": {"drawThreshold": 9}},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
        },
    }


def _drawn_node(node: Node, drawn: Drawn, *, boxed: bool) -> dict[str, Any]:
    options: dict[str, Any] = {
        "label": plain(drawn.label),
        "shape": "custom" if drawn.width else "box" if boxed else "dot",
        "x": drawn.x,
        "y": drawn.y,
        "kind": node.kind,
    }
    if drawn.width:
        options |= {"looks": drawn.looks, "wide": drawn.width, "high": drawn.height}
    elif boxed:
        options["letters"] = drawn.letters
    else:
        options["size"] = min(30, 5 + round(2 * len(node.claims) ** 0.5))
    return options


def _drawn_edge(edge: Edge, bend: float, *, crowd: bool) -> dict[str, Any]:
    line = LINES[edge.standing]
    width = 1.4 if edge.voices < 2 else min(8, 2 * edge.voices)
    options: dict[str, Any] = {
        "id": plain(edge.id),
        "width": width * (2 if crowd and edge.standing in _NOTABLE else 1),
        "dashes": list(line.dashes) if line.dashes else False,
        "color": line.light,
        "standing": str(edge.standing),
    }
    if edge.label:
        options |= {"label": ("✕ " if edge.denied else "") + plain(edge.label), "title": plain(edge.told)}
    if edge.label and edge.standing is not Standing.SINGLE:
        options["letters"] = 14
    if edge.denied:
        options["arrows"] = {"to": {"enabled": True, "type": "bar"}, "middle": {"enabled": True, "type": "bar"}}
    if bend:
        options["smooth"] = {"enabled": True, "type": "curvedCW" if bend > 0 else "curvedCCW", "roundness": abs(bend)}
    return options


def _bends(edges: Sequence[Edge]) -> dict[str, float]:
    """Return how far each edge bends, so that those between the same two nodes do not lie on each other."""
    found: dict[str, float] = {}
    beside: dict[frozenset[str], list[Edge]] = {}
    for edge in edges:
        beside.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
    for group in beside.values():
        for place, edge in enumerate(group):
            bend = 0.16 * (place - (len(group) - 1) / 2)
            found[edge.id] = round(bend if edge.source <= edge.target else -bend, 3)
    return found


def _policy(scripts: Sequence[str]) -> str:
    """Return the Content-Security-Policy: only the page's own scripts run, and nothing is fetched from anywhere."""
    # vis-network puts style elements into the page, so styles cannot be named by their hashes.
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    own = f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:"
    return f"{own}; base-uri 'none'; form-action 'none'"


def _base(given: str | None) -> str | None:
    """Return an address without a slash at its end.

    Raises:
        QueryError: it is no address of the web, and does not lead up from the page either.
    """
    if given is None or _UPWARD.fullmatch(given):
        return given and given.rstrip("/")
    try:
        parts = urlsplit(given.strip())
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and given.isprintable()
    except ValueError:
        sound = False
    if not sound or " " in given.strip():
        raise QueryError(f"expected an address of the web, got {given!r}", hint="as --base https://example.org/avnkg")
    return given.strip().rstrip("/")


@cache
def _asset(folder: str, name: str) -> str:
    return files(folder).joinpath(name).read_text(encoding="utf-8")
