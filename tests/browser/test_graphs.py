"""Graphs in a real browser, offline: from a dispute to the words, by mouse and by keyboard, with hostile words too."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import disputes
from avnkg.views.graphs.conceptnetwork import whole_network
from avnkg.views.graphs.disputenetwork import dispute_network
from avnkg.views.graphs.graphpage import GraphPage, draw, page
from avnkg.views.graphs.network import MOST_DRAWN
from avnkg.views.terminal.listing import claim_id
from tests.browser.live import expect
from tests.views.hostile import WORDS, hostile

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., Any]
SHOWN = WORDS.replace("\u2028", "<U+2028>").replace("\u2029", "<U+2029>")
for sign in "\u202e\u202c\u2066":
    SHOWN = SHOWN.replace(sign, f"<U+{ord(sign):04X}>")

KINDS: dict[str, dict[str, Any]] = {
    "dispute": {},
    "about": {"about": "core decompression"},
    "document": {"document": "regenexx-avn-hip"},
    "query": {"query": "claims/candidacy-by-stage"},
    "all": {"everything": True},
}


def drawn_signs(shown: "Page") -> int:
    """Return how many pixels of the canvas are not of its ground."""
    count: int = shown.evaluate(
        """() => {
          const canvas = document.querySelector("#graph canvas");
          const copy = document.createElement("canvas");
          [copy.width, copy.height] = [canvas.width, canvas.height];
          const pen = copy.getContext("2d", { willReadFrequently: true });
          pen.drawImage(canvas, 0, 0);
          const data = pen.getImageData(0, 0, copy.width, copy.height).data;
          let count = 0;
          for (let at = 3; at < data.length; at += 4) count += data[at] > 0;
          return count;
        }"""
    )
    return count


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_opens_offline_and_draws(
    our_graph: ClaimsGraph, opened: Open, kind: str, width: int, dark: bool
) -> None:
    shown = opened(draw(our_graph, **KINDS[kind]), width=width, height=844, dark=dark).page
    assert drawn_signs(shown) > 2000
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert shown.evaluate("document.documentElement.classList.contains('dark')") is dark


def test_from_a_dispute_to_the_quote_by_mouse(our_graph: ClaimsGraph, opened: Open) -> None:
    shown = opened(draw(our_graph)).page
    canvas = shown.locator("#graph canvas").bounding_box()
    found = ""
    for across in range(40, int(canvas["width"]), 60):
        shown.mouse.click(canvas["x"] + across, canvas["y"] + canvas["height"] / 3)
        if shown.locator("#panel blockquote").count():
            found = shown.locator("#panel").inner_text()
            break
    quotes = [row.quote for _, _, rows in disputes(our_graph)[0].sides for row in rows]
    assert any(quote.split(" … ")[0] in found for quote in quotes)
    assert "The same in SPARQL" in found
    assert "Interest: " in found
    assert "#item=" in shown.url


def test_from_a_dispute_to_the_quote_by_keyboard_alone(our_graph: ClaimsGraph, opened: Open) -> None:
    dispute = disputes(our_graph)[0]
    shown = opened(draw(our_graph)).page
    tab_to(shown, "Table")
    shown.keyboard.press("Enter")
    row = dispute.sides[0][2][0]
    tab_to(shown, row.says)
    shown.keyboard.press("Enter")
    panel = shown.locator("#panel").inner_text()
    assert row.quote.split(" … ")[0] in panel
    assert claim_id(row.claim) in panel
    assert shown.evaluate("document.activeElement.id") == "chosen"
    tab_to(shown, "Copy")
    shown.keyboard.press("Escape")
    assert row.says in shown.evaluate("document.activeElement.textContent")
    assert "How to read it" in shown.locator("#panel").inner_text()


def test_the_table_has_the_same_content_as_the_graph(our_graph: ClaimsGraph, opened: Open) -> None:
    network = whole_network(our_graph)
    shown = opened(page(network), fragment="#table=1").page
    while shown.locator("#table > button:visible").count():
        shown.locator("#table > button:visible").first.click()
    told = shown.locator("#table tr[data-item]").evaluate_all("rows => rows.map(row => row.dataset.item)")
    assert sorted(told) == sorted(item.id for item in network.items)


def test_everything_said_of_a_claim_is_in_the_panel(our_graph: ClaimsGraph, opened: Open) -> None:
    network = dispute_network(our_graph)
    for node in [node for node in network.nodes if node.kind == "position"]:
        shown = opened(page(network), fragment=f"#item={node.id}").page
        panel = shown.locator("#panel").inner_text()
        for name in node.claims:
            card = network.claims[name]
            document = network.documents[card.document]
            for words in (card.says, card.how_often, card.note, document.publisher, document.interest, document.title):
                assert not words or words in panel
            for quote in card.quotes:
                assert f"“{quote.words}”" in panel
            for condition in card.conditions:
                assert f"{network.axes[condition.axis]}: {condition.value}" in panel
        assert network.sparql(node).strip() in shown.locator("#panel pre").inner_text()


@pytest.mark.parametrize("kind", ["dispute", "all"])
def test_an_address_with_the_table_leads_back_to_the_graph(our_graph: ClaimsGraph, opened: Open, kind: str) -> None:
    shown = opened(draw(our_graph, **KINDS[kind]), fragment="#table=1").page
    assert not shown.locator("#graph").is_visible()
    shown.click("#show-table")
    assert drawn_signs(shown) > 2000
    before = drawn_signs(opened(draw(our_graph, **KINDS[kind])).page)
    assert abs(drawn_signs(shown) - before) < before / 10


@pytest.mark.parametrize("kind", ["concepts", "dispute"])
def test_hostile_words_are_shown_as_text(mini_graph: ClaimsGraph, opened: Open, kind: str) -> None:
    network = hostile(whole_network(mini_graph) if kind == "concepts" else dispute_network(mini_graph))
    shown = opened(page(network), fragment="#table=1").page
    assert shown.locator("img, main script, header script, a[href^='javascript']").count() == 0
    buttons = shown.locator("#table tr[data-item] button")
    for place in range(buttons.count()):
        buttons.nth(place).click()
        panel = shown.locator("#panel").text_content()
        assert SHOWN in panel
        assert not {"\u202e", "\u2066", "\u2028"} & set(panel)
        assert shown.locator("#panel img, #panel script, #panel a").count() == 0
    shown.click("#show-filters")
    assert SHOWN in shown.locator("#filters").text_content()
    shown.click("#show-table")
    for x in range(300, 900, 40):  # over the graph, for what is shown where the pointer rests
        shown.mouse.move(x, 400)
        shown.wait_for_timeout(30)
    shown.wait_for_timeout(400)
    assert shown.locator("#graph img, #graph script, #graph a").count() == 0
    assert "OWNED" not in shown.title() or SHOWN in shown.title()
    assert SHOWN in shown.locator("h1").text_content()


def test_the_address_keeps_what_is_chosen(our_graph: ClaimsGraph, opened: Open) -> None:
    network = whole_network(our_graph)
    edge = next(edge for edge in network.edges if edge.denied)
    first = opened(page(network)).page
    first.fill("#search", "injection")
    expect(first.locator("#count")).not_to_be_empty()
    first.click("#show-filters")
    first.locator("#filters label", has_text="Regenexx").locator("input").check()
    first.locator("#filters label", has_text="asserts").locator("input").check()
    first.click("#show-table")
    first.locator("#table tr[data-item] button").first.click()
    second = opened(page(network), fragment="#" + first.url.partition("#")[2]).page
    for where in ("#count", "#panel h2", "#table"):
        assert second.locator(where).inner_text() == first.locator(where).inner_text()
    assert second.input_value("#search") == "injection"
    unknown = opened(page(network), fragment="#item=nothing-such&verdict=none").page
    assert "Nothing fits" in unknown.locator("#notice").inner_text()
    assert opened(page(network), fragment=f"#item={edge.id}").page.locator("#panel h2").inner_text() == edge.told


FACETS = [
    ("document", "regenexx-avn-hip"),
    ("verdict", "contested"),
    ("stage", "pre-collapse"),
    ("target", "joint space"),
    ("force", "requires"),
]


@pytest.mark.parametrize(("facet", "value"), FACETS)
def test_each_filter_keeps_what_it_says(our_graph: ClaimsGraph, opened: Open, facet: str, value: str) -> None:
    network = whole_network(our_graph)
    shown = opened(page(network), fragment=f"#table=1&{facet}={value.replace(' ', '+')}").page
    kept = {
        edge.id
        for edge in network.edges
        if (facet == "verdict" and edge.standing == value)
        or (facet != "verdict" and any(_has(network.claims[name], facet, value) for name in edge.claims))
    }
    rows = shown.locator("#table table").first.locator("tr[data-item]")
    assert set(rows.evaluate_all("rows => rows.map(row => row.dataset.item)")) == kept
    assert shown.locator("#count").inner_text().startswith(f"{len(kept)} of {len(network.edges)} ")


def _has(card: Any, facet: str, value: str) -> bool:
    axes = {"stage": "stage", "target": "deliveryTarget"}
    return value in card.values(axes[facet]) if facet in axes else getattr(card, facet) == value


def test_picture_and_table_can_be_saved(our_graph: ClaimsGraph, opened: Open, tmp_path: Path) -> None:
    network = dispute_network(our_graph)
    shown = opened(page(network)).page
    for button, ending in (("#png", "png"), ("#csv", "csv")):
        with shown.expect_download() as waiting:
            shown.click(button)
        assert waiting.value.suggested_filename == f"placidway-against-regenexx.{ending}"
        waiting.value.save_as(tmp_path / f"saved.{ending}")
    assert (tmp_path / "saved.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    rows = list(csv.DictReader(io.StringIO((tmp_path / "saved.csv").read_text(encoding="utf-8-sig"))))
    shown_claims = {claim for node in network.nodes if node.kind != "side" for claim in node.claims}
    assert {row["claim"] for row in rows} == shown_claims
    for row in rows:
        card = network.claims[row["claim"]]
        # One begins with a plus: a spreadsheet would take it for a formula.
        assert row["quote"].removeprefix("'") == " … ".join(quote.words for quote in card.quotes)
        assert row["how often or how far"] == (card.how_often or "")
        assert (row["denied"] == "yes") == card.denies


def test_a_spreadsheet_runs_nothing(mini_graph: ClaimsGraph, opened: Open, tmp_path: Path) -> None:
    from dataclasses import replace

    network = whole_network(mini_graph)
    claims = {name: replace(card, says='=HYPERLINK("http://a")') for name, card in network.claims.items()}
    shown = opened(page(replace(network, claims=claims))).page
    with shown.expect_download() as waiting:
        shown.click("#csv")
    waiting.value.save_as(tmp_path / "saved.csv")
    rows = csv.DictReader(io.StringIO((tmp_path / "saved.csv").read_text(encoding="utf-8-sig")))
    assert {row["says"] for row in rows} == {'\'=HYPERLINK("http://a")'}


def test_links_lead_below_the_base_and_nowhere_without_one(our_graph: ClaimsGraph, opened: Open) -> None:
    network = dispute_network(our_graph)
    node = next(node for node in network.nodes if node.kind == "position")
    bare = opened(page(network), fragment=f"#item={node.id}").page
    assert bare.locator("a").count() == 0
    linked = opened(page(network, base="https://example.org/x"), fragment=f"#item={node.id}").page
    targets = linked.locator("#panel a").evaluate_all("links => links.map(link => link.href)")
    assert f"https://example.org/x/claim/{node.claims[0]}.html" in targets
    assert all(target.startswith("https://example.org/x/") for target in targets)


def test_light_and_dark_can_be_turned(our_graph: ClaimsGraph, opened: Open) -> None:
    shown = opened(draw(our_graph)).page
    before = shown.evaluate("getComputedStyle(document.body).backgroundColor")
    shown.click("#theme")
    assert shown.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_on_a_phone_the_details_are_a_sheet_that_closes(our_graph: ClaimsGraph, opened: Open) -> None:
    shown = opened(draw(our_graph), width=390, height=844).page
    assert not shown.locator("#panel").is_visible()
    stage = shown.locator("#graph").bounding_box()
    assert stage is not None
    # Down the middle of the picture until something is chosen.
    for down in range(10, int(stage["height"]), 20):
        if not shown.locator("#panel blockquote").count():
            shown.mouse.click(195, stage["y"] + down)
    assert shown.locator("#panel blockquote").first.is_visible()
    shown.click("#panel .close")
    assert not shown.locator("#panel").is_visible()
    shown.click("#show-legend")
    assert "How to read it" in shown.locator("#panel").inner_text()


def test_on_a_phone_no_button_is_cut(our_graph: ClaimsGraph, opened: Open) -> None:
    shown = opened(draw(our_graph), width=390, height=844).page
    boxes = [button.bounding_box() for button in shown.locator("#tools button").all() if button.is_visible()]
    assert len(boxes) > 5
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)


def test_a_large_graph_begins_at_a_size_that_can_be_read(our_graph: ClaimsGraph, opened: Open) -> None:
    shown = opened(draw(our_graph, everything=True)).page
    begun = shown.locator("#graph canvas").screenshot()
    assert "“Fit” shows all of it" in shown.locator("#hint").inner_text()
    shown.click("#fit")
    assert not shown.locator("#hint").is_visible()
    assert shown.locator("#graph canvas").screenshot() != begun
    assert "voices: MedlinePlus, PlacidWay, Regenexx" in shown.locator("#subtitle").inner_text()


def test_the_hint_that_there_is_more_goes_when_one_has_found_out(our_graph: ClaimsGraph, opened: Open) -> None:
    shown = opened(draw(our_graph, everything=True)).page
    assert shown.locator("#hint").is_visible()
    shown.locator("#graph canvas").hover(position={"x": 60, "y": 300})
    shown.mouse.wheel(0, 200)
    expect(shown.locator("#hint")).to_be_hidden()


def test_a_graph_that_is_seen_whole_tells_of_no_more(
    our_graph: ClaimsGraph, mini_graph: ClaimsGraph, opened: Open
) -> None:
    dispute = disputes(our_graph)[0]
    for drawn in (draw(our_graph, dispute=dispute.id), draw(mini_graph, everything=True)):
        assert not opened(drawn).page.locator("#hint").is_visible()


def test_too_many_to_draw_offers_filters_instead(mini_graph: ClaimsGraph, opened: Open) -> None:
    drawn = draw(mini_graph, everything=True)
    few = GraphPage(drawn.html.replace(f'"most": {MOST_DRAWN}', '"most": 12'))
    assert few != drawn
    shown = opened(few).page
    assert "too many to draw at once" in shown.locator("#notice").inner_text()
    assert shown.locator("#filters").is_visible()
    shown.locator("#filters label", has_text="tension").locator("input").check()
    assert not shown.locator("#notice").is_visible()
    assert drawn_signs(shown) > 500


def test_a_notebook_frame_draws_and_cannot_reach_the_notebook(mini_graph: ClaimsGraph, opened: Open) -> None:
    outer = GraphPage(f"<!doctype html><html data-ready><title>notebook</title>{draw(mini_graph)._repr_html_()}</html>")
    shown = opened(outer).page
    inner = shown.frames[1]
    inner.wait_for_selector("html[data-ready]", state="attached")
    reach = "() => { try { return parent.document.title } catch { return 'out of reach' } }"
    assert inner.evaluate(reach) == "out of reach"
    inner.click("#show-table")
    inner.locator("#table tr[data-item] button").first.click()
    assert inner.locator("#panel blockquote").count() >= 1


def tab_to(shown: "Page", words: str) -> None:
    """Press the tabulator until what has the focus holds some words."""
    for _ in range(300):
        shown.keyboard.press("Tab")
        if words in shown.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")
