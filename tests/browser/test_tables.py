"""The pages that compare, the ontology, the query library and the guides, in a browser and from disk."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import page_at
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import render, style
from tests.browser.conftest import Opened
from tests.browser.live import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TABLES = (at.COMPARISON, at.OUTCOMES, at.STAGES)
PAGES = (
    *TABLES,
    at.ONTOLOGY,
    at.QUERIES,
    at.query("claims/by-procedure"),
    at.query("checks/claim-has-words"),
    at.VERDICTS,
    at.CITING,
    at.DOWNLOADS,
)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def folder(mini_graph: ClaimsGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the pages of the tiny world."""
    root = tmp_path_factory.mktemp("pages")
    archive = Archive(mini_graph)
    archive.preload()
    (root / at.STYLE).write_text(style(), encoding="utf-8")
    for address in PAGES:
        path = root / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(page_at(archive, address, Options())), encoding="utf-8")
    return root


@pytest.fixture(params=["desktop", "phone"])
def tab(request: pytest.FixtureRequest, browser: "Browser") -> Iterator["Page"]:
    """Open a window, light and wide or dark and narrow; at the end, see that nothing was asked for or complained of."""
    phone = request.param == "phone"
    context = browser.new_context(
        viewport={"width": 390 if phone else 1280, "height": 844},
        color_scheme="dark" if phone else "light",
        offline=True,
    )
    made = Opened(context.new_page())
    yield made.page
    assert made.complaints == []
    assert [url for url in made.requests if not url.startswith(("file:", "data:"))] == []
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_accessible_and_no_wider_than_the_screen(
    address: str, tab: "Page", folder: Path, browser: "Browser"
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab.goto((folder / address).as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    # The policy of the page would keep the checker out: it looks at the same page in a window that does not mind.
    context = browser.new_context(bypass_csp=True, viewport=tab.viewport_size, offline=True)
    checked = context.new_page()
    checked.emulate_media(
        color_scheme="dark" if tab.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    )
    checked.goto((folder / address).as_uri())
    found = Axe().run(checked, options={"runOnly": STANDARDS}).response["violations"]
    context.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_a_cell_leads_to_the_words_behind_it_by_keyboard(tab: "Page", folder: Path) -> None:
    tab.goto((folder / at.OUTCOMES).as_uri())
    cell = tab.locator("table.tallies td a").first
    cell.focus()
    tab.keyboard.press("Enter")
    target = tab.locator(":target")
    assert target.locator("blockquote").first.is_visible()
    assert target.bounding_box() is not None


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("address", TABLES)
def test_a_link_to_what_is_folded_opens_it(address: str, scripts: bool, browser: "Browser", folder: Path) -> None:
    context = browser.new_context(java_script_enabled=scripts, offline=True)
    tab = context.new_page()
    tab.goto((folder / address).as_uri())
    folds = tab.locator("details.fold")
    assert folds.count() > 3
    assert tab.locator("details.fold[open]").count() == 0
    tab.locator("table td a[href^='#']").first.click()
    expect(tab.locator("details.fold[open]")).to_have_count(1)
    expect(tab.locator(":target blockquote").first).to_be_in_viewport()
    again = context.new_page()
    again.goto(tab.url)
    expect(again.locator("details.fold[open]")).to_have_count(1)
    context.close()


@pytest.mark.parametrize("width", [1280, 1024, 390])
@pytest.mark.parametrize("address", TABLES)
def test_no_table_of_treatments_is_cut(address: str, width: int, browser: "Browser", folder: Path) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, offline=True)
    tab = context.new_page()
    tab.goto((folder / address).as_uri())
    regions = tab.locator(".scroll").all()
    assert regions
    for region in regions:
        assert region.evaluate("region => region.scrollWidth - region.clientWidth") <= 0
    context.close()


def test_a_wide_answer_scrolls_by_keyboard_within_itself(browser: "Browser", folder: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
    tab = context.new_page()
    tab.goto((folder / at.query("claims/by-procedure")).as_uri())
    region = tab.locator(".scroll.long")
    last = region.locator("thead th").last
    region.scroll_into_view_if_needed()
    expect(last).not_to_be_in_viewport()
    region.focus()
    for _ in range(60):
        tab.keyboard.press("ArrowRight")
    expect(last).to_be_in_viewport()
    context.close()


def test_on_a_phone_a_table_that_counts_is_a_block_a_row(browser: "Browser", folder: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
    tab = context.new_page()
    tab.goto((folder / at.OUTCOMES).as_uri())
    row = tab.locator("table.tallies tbody tr").first
    shown = [cell for cell in row.locator("td").all() if cell.is_visible()]
    assert len(shown) == row.locator("td:not(.none)").count() < row.locator("td").count()
    assert shown[0].locator(".of").inner_text() == "joint replacement"
    assert all((cell.bounding_box() or {"width": 0})["width"] > 300 for cell in shown)
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_a_phone_the_comparison_is_folded_by_aspect(scripts: bool, browser: "Browser", folder: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts, offline=True)
    tab = context.new_page()
    tab.goto((folder / at.COMPARISON).as_uri())
    assert not any(cell.is_visible() for cell in tab.locator("table.compare td").all())
    tab.locator("table.compare .unfold summary").first.press("Enter")
    cells = tab.locator("table.compare tbody tr").first.locator("td")
    boxes = [cells.nth(number).bounding_box() for number in range(cells.count())]
    assert len(boxes) == 7
    assert len({round(box["x"]) for box in boxes if box}) == 1
    assert all(box and box["width"] > 300 for box in boxes)
    assert cells.first.locator(".of").inner_text() == "core decompression with cells"
    others = tab.locator("table.compare tbody tr").nth(1).locator("td").all()
    assert not any(cell.is_visible() for cell in others)
    context.close()


def test_on_a_wide_screen_no_aspect_is_folded(tab: "Page", folder: Path) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto((folder / at.COMPARISON).as_uri())
    assert all(cell.is_visible() for cell in tab.locator("table.compare td").all())
    assert not any(each.is_visible() for each in tab.locator(".unfold").all())


def test_a_branch_of_the_ontology_opens_by_keyboard(tab: "Page", folder: Path) -> None:
    tab.goto((folder / at.ONTOLOGY).as_uri())
    branch = tab.locator("details.branch").first
    branch.locator("summary").focus()
    tab.keyboard.press("Enter")
    assert branch.locator(".tree a").first.is_visible()
