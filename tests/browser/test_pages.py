"""The pages in a real browser and from disk: nothing is asked for elsewhere, and everybody can read and reach them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.pages import addresses as at
from avnkg.views.pages.site import write_site
from tests.browser.conftest import Opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CLAIM = "regenexx-avn-hip/045"
KINDS = {
    "overview": at.OVERVIEW,
    "disputes": at.DISPUTES,
    "dispute": "dispute",
    "relation": "relation",
    "claim": at.claim(CLAIM),
    "asserted": at.claim("regenexx-avn-hip/027"),
    "claims": at.CLAIMS,
    "document": at.document("regenexx-avn-hip"),
    "documents": at.DOCUMENTS,
    "concept": at.concept("CoreDecompressionWithCells"),
    "concepts": at.CONCEPTS,
    "graphs": at.GRAPHS,
}


@pytest.fixture(scope="module")
def site(our_graph: ClaimsGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the embedded corpus."""
    folder = tmp_path_factory.mktemp("site") / "site"
    write_site(our_graph, folder)
    return folder


@pytest.fixture
def shown(browser: "Browser", site: Path) -> Iterator["Page"]:
    """Return a page of the browser without a network; at the end, see that it asked nobody and did not complain."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    made = Opened(context.new_page())
    yield made.page
    assert [url for url in made.requests if not url.startswith((site.as_uri(), "data:"))] == []
    assert made.complaints == []
    context.close()


def address(site: Path, kind: str) -> str:
    """Return where the page of a kind lies."""
    several = kind in ("dispute", "relation")
    found = sorted((site / kind).glob("*.html"))[-1] if several else site / KINDS[kind]
    return found.as_uri()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_for_everybody(browser: "Browser", site: Path, kind: str, width: int, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if dark else "light",
        offline=True,
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(address(site, kind))
    found = Axe().run(page, options={"runOnly": STANDARDS})
    told = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found.response["violations"]]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it is wider than the screen"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") is not dark
    context.close()


def test_from_the_first_page_to_the_words_and_on(shown: "Page", site: Path) -> None:
    shown.goto(address(site, "overview"))
    shown.get_by_role("link", name="The whole dispute").click()
    assert shown.get_by_role("heading", name="Both sides, in their words").is_visible()
    shown.locator(f'a[href$="{CLAIM}.html"]').first.click()
    assert "There is no good reason" in shown.locator(".passage blockquote").first.inner_text()
    assert shown.get_by_role("heading", name="What they were read as").is_visible()
    shown.get_by_role("link", name="core decompression", exact=True).click()
    assert shown.get_by_role("heading", level=1).inner_text() == "Core decompression"


def test_from_a_graph_to_the_page_of_a_claim(shown: "Page", site: Path) -> None:
    shown.goto(address(site, "dispute"))
    shown.get_by_role("link", name="As an interactive graph").click()
    shown.wait_for_selector("html[data-ready]", state="attached")
    shown.click("#show-table")
    shown.locator("#table button").first.click()
    shown.locator('#panel a[href*="claim/"]').first.click()
    assert shown.get_by_role("heading", name="The words").is_visible()
    shown.go_back()
    shown.locator("#home a").click()
    assert shown.get_by_role("heading", level=1).inner_text() == "Who claims what about avascular necrosis"


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(shown: "Page", site: Path) -> None:
    shown.goto(address(site, "overview"))
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.className") == "skip"
    assert shown.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    shown.keyboard.press("Enter")
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.querySelector('main').contains(document.activeElement)")
    outline = shown.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(outline.removesuffix("px")) >= 2


def test_pages_work_without_scripts(browser: "Browser", site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(address(site, "claim"))
    page.get_by_text("As a nanopublication").click()
    assert page.get_by_label("The nanopublication in TriG").is_visible()
    context.close()


def test_no_page_is_so_high_that_nobody_reads_it(shown: "Page", site: Path) -> None:
    # The largest file of each folder, and every page beside the folders.
    folders = [folder for folder in site.iterdir() if folder.is_dir() and folder.name not in ("graphs", "downloads")]
    largest = [max(folder.rglob("*.html"), key=lambda page: page.stat().st_size) for folder in folders]
    for page in (*site.glob("*.html"), *largest):
        shown.goto(page.as_uri())
        assert shown.evaluate("document.documentElement.scrollHeight") < 15_000, page.relative_to(site)


@pytest.mark.parametrize("width", [640, 320], ids=["twice as large", "four times as large"])
def test_no_page_is_wider_than_a_screen_on_which_all_is_larger(browser: "Browser", site: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 512}, offline=True)
    page = context.new_page()
    others = (at.COMPARISON, at.OUTCOMES, at.STAGES, at.ONTOLOGY, at.QUERIES, at.VERDICTS, at.CITING, at.DOWNLOADS)
    for each in (*map(partial(address, site), KINDS), *((site / other).as_uri() for other in others)):
        page.goto(each)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, each
    context.close()


@pytest.mark.parametrize("kind", ["dispute", "claim"])
def test_on_paper_all_that_is_folded_is_open_and_nothing_leads_elsewhere(
    browser: "Browser", site: Path, kind: str
) -> None:
    # A sheet of A4 between its margins.
    context = browser.new_context(viewport={"width": 688, "height": 1000}, offline=True)
    page = context.new_page()
    page.goto(address(site, kind))
    folded = page.locator("details blockquote, details q, details pre")
    assert folded.count() > 0
    assert not any(folded.evaluate_all("found => found.map(each => each.checkVisibility())"))
    page.emulate_media(media="print")
    assert all(folded.evaluate_all("found => found.map(each => each.checkVisibility())"))
    assert [each.is_visible() for each in page.locator("nav").all()] == [False] * page.locator("nav").count()
    context.close()


@pytest.mark.parametrize("width", [1280, 1024, 390])
@pytest.mark.parametrize("address", [at.COMPARISON, at.OUTCOMES, at.STAGES])
def test_the_tables_of_treatments_fit(shown: "Page", site: Path, address: str, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 900})
    shown.goto((site / address).as_uri())
    regions = shown.locator(".scroll").all()
    assert regions
    assert [region.evaluate("region => region.scrollWidth > region.clientWidth") for region in regions] == [
        False for _ in regions
    ]
