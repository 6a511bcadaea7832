"""The page of a graph: one file that asks nobody, the same bytes on repeat, and words that stay words."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from avnkg.errors import GraphError, MissingPartError, QueryError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.graphs import graphpage
from avnkg.views.graphs.conceptnetwork import whole_network
from avnkg.views.graphs.disputenetwork import dispute_network
from avnkg.views.graphs.graphpage import GraphPage, draw, page
from avnkg.views.graphs.network import Standing
from avnkg.views.graphs.pagerecords import LINES
from tests.views.hostile import WORDS, hostile

GROUNDS = {"light": "#ffffff", "dark": "#16181b"}


class Reader(HTMLParser):
    """Reads a page as a browser does: its elements, and the text of its scripts."""

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if self.elements and self.elements[-1][0] == "script" and self.scripts[-1] == "":
            self.scripts[-1] = data
        self.words += data

    def data(self, name: str) -> Any:
        """Return what a script of data holds."""
        places = [attrs for tag, attrs in self.elements if tag == "script"]
        [place] = [number for number, attrs in enumerate(places) if attrs.get("id") == name]
        return json.loads(self.scripts[place])


def test_the_same_bytes_on_repeat(mini_graph: ClaimsGraph) -> None:
    assert draw(mini_graph, everything=True).html == draw(mini_graph, everything=True).html
    assert draw(mini_graph).html == page(dispute_network(mini_graph)).html


def test_the_page_names_no_other_place_and_runs_only_its_own_scripts(mini_graph: ClaimsGraph) -> None:
    read = Reader(draw(mini_graph).html)
    for tag, attrs in read.elements:
        assert tag not in ("iframe", "object", "embed", "form", "base", "img")
        assert not [name for name in attrs if name.startswith("on") or name in ("src", "action", "srcdoc")], tag
        assert attrs.get("href", "data:,") == "data:,"
    [policy] = [
        attrs["content"]
        for tag, attrs in read.elements
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe-eval" not in policy
    assert "script-src 'unsafe-inline'" not in policy
    kinds = [attrs.get("type") for tag, attrs in read.elements if tag == "script"]
    own = [script for script, kind in zip(read.scripts, kinds, strict=True) if kind is None]
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in own]
    assert re.findall(r"'sha256-([^']+)'", policy) == hashes
    assert len(own) == 2


@pytest.mark.parametrize("kind", ["concepts", "dispute"])
def test_hostile_words_add_no_element_and_come_back_as_they_were(mini_graph: ClaimsGraph, kind: str) -> None:
    plain = whole_network(mini_graph) if kind == "concepts" else dispute_network(mini_graph)
    bad = hostile(plain)
    html = page(bad, base="https://example.org").html
    read, before = Reader(html), Reader(page(plain, base="https://example.org").html)
    assert [tag for tag, _ in read.elements] == [tag for tag, _ in before.elements]
    assert not {"\u2028", "\u2029", "\u202e", "\u2066"} & set(html)
    records = read.data("records")
    claims = {claim["id"]: claim for claim in records["claims"]}
    for name, card in bad.claims.items():
        assert name.endswith(WORDS)
        assert claims[name]["says"] == card.says
        assert [quote[0] for quote in claims[name]["quotes"]] == [quote.words for quote in card.quotes]
    assert {name: each[0] for name, each in records["documents"].items()} == {
        name: card.publisher for name, card in bad.documents.items()
    }
    ids = {item["id"] for item in records["items"]}
    drawing = read.data("drawing")
    assert {each["id"] for each in (*drawing["nodes"], *drawing["edges"])} == ids


def test_the_page_holds_what_it_tells(mini_graph: ClaimsGraph) -> None:
    network = whole_network(mini_graph)
    records = Reader(page(network).html).data("records")
    assert [claim["id"] for claim in records["claims"]] == list(network.claims)
    [hedged] = [claim for claim in records["claims"] if claim["id"] == "alpha-travel/003"]
    assert hedged["often"] == "almost always"
    assert ["anatomy", "hip", "inherited"] in hedged["conditions"]
    for item, told in zip(network.items, records["items"], strict=True):
        assert [records["claims"][place]["id"] for place in told.get("claims", [])] == list(item.claims)
        assert filled(told["ask"], records["forms"]) == network.sparql(item)


def filled(ask: list[Any], forms: dict[str, str]) -> str:
    """Return a query as the page's script makes it."""
    form, given = ask
    return re.sub(r"\{(\w+)\}", lambda gap: str(given.get(gap[1], gap[0])), forms[form])


def test_denial_standing_and_voices_are_drawn(mini_graph: ClaimsGraph) -> None:
    network = whole_network(mini_graph)
    edges = {each["id"]: each for each in Reader(page(network).html).data("drawing")["edges"]}
    for edge in network.edges:
        drawn = edges[edge.id]
        assert drawn["color"] == LINES[edge.standing].light
        assert drawn["dashes"] == (list(LINES[edge.standing].dashes) or False)
        assert ("arrows" in drawn and drawn["arrows"] != "to") == edge.denied
        assert drawn["label"].startswith("✕ ") == edge.denied
    assert len({edges[edge.id]["width"] for edge in network.edges if edge.voices == 1}) == 1
    thick, thin = ({edges[e.id]["width"] for e in network.edges if e.voices == voices} for voices in (2, 1))
    assert min(thick) > max(thin)


def test_lines_differ_by_dashes_and_stand_out_on_both_grounds() -> None:
    assert LINES.keys() == set(Standing)
    assert len({line.dashes for line in LINES.values()}) == len(LINES)
    for line in LINES.values():
        assert contrast(line.light, GROUNDS["light"]) >= 4.5
        assert contrast(line.dark, GROUNDS["dark"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 has it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_grounds_are_those_of_the_style() -> None:
    style = files("avnkg.views.graphs").joinpath("templates/graph.css").read_text(encoding="utf-8")
    assert re.findall(r"--ground: (#\w+)", style) == list(GROUNDS.values())


def test_vis_network_is_the_recorded_file() -> None:
    vendor = files("avnkg.views").joinpath("vendor")
    recorded = vendor.joinpath("README.md").read_text(encoding="utf-8")
    script = vendor.joinpath("vis-network.min.js").read_bytes()
    assert hashlib.sha256(script).hexdigest() in recorded
    [version] = re.findall(r"@version (\S+)", script[:500].decode())
    assert f"vis-network {version}" in recorded
    assert b"</script" not in script.lower()
    assert {path.name for path in vendor.iterdir()} >= {"vis-network.LICENSE-MIT", "vis-network.LICENSE-APACHE-2.0"}


def test_a_notebook_shows_it_in_a_frame_of_its_own(mini_graph: ClaimsGraph) -> None:
    drawn = draw(mini_graph)
    [(tag, attrs)] = Reader(drawn._repr_html_()).elements
    assert tag == "iframe"
    assert attrs["srcdoc"] == drawn.html
    assert "allow-same-origin" not in (attrs["sandbox"] or "")


def test_one_thing_is_drawn(mini_graph: ClaimsGraph) -> None:
    with pytest.raises(QueryError, match="got --about and --all"):
        draw(mini_graph, about="hip", everything=True)
    with pytest.raises(QueryError, match="parameters go with a query"):
        draw(mini_graph, stage="Stage1")
    assert "What is claimed about hip" in draw(mini_graph, about="hip").html
    assert "Why we inject" in draw(mini_graph, document="beta-clinic").html
    assert "For which stages" in draw(mini_graph, query="claims/candidacy-by-stage").html


@pytest.mark.parametrize(
    "base",
    [
        "javascript:alert(1)",
        "../x",
        ".../",
        "data:text/html,x",
        "//example.org",
        "https://",
        "file:///x",
        "https://a b",
        "x",
        "",
    ],
)
def test_a_base_is_an_address_of_the_web(mini_graph: ClaimsGraph, base: str) -> None:
    with pytest.raises(QueryError, match="expected an address of the web"):
        draw(mini_graph, base=base)


def test_there_are_links_only_with_a_base(mini_graph: ClaimsGraph) -> None:
    assert Reader(draw(mini_graph).html).data("records")["base"] is None
    assert Reader(draw(mini_graph, base="https://example.org/avnkg/").html).data("records")["base"] == (
        "https://example.org/avnkg"
    )


@pytest.mark.parametrize(
    ("base", "home"), [(".", "./index.html"), ("../", "../index.html"), ("../..", "../../index.html")]
)
def test_a_base_may_lead_up_from_the_page(mini_graph: ClaimsGraph, base: str, home: str) -> None:
    read = Reader(draw(mini_graph, base=base).html)
    assert read.data("records")["base"] == base.rstrip("/")
    assert [attributes["href"] for tag, attributes in read.elements if tag == "a"] == [home]


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="cannot write the page"):
        GraphPage("x").write(tmp_path / "nowhere" / "x.html")


def test_a_missing_part_is_told(mini_graph: ClaimsGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphpage, "find_spec", lambda name: None if name == "pyvis" else object())
    with pytest.raises(MissingPartError, match=r"a graph needs pyvis; pip install 'avnkg\[graphs\]'"):
        draw(mini_graph)
