"""Search in a browser: it answers while one types, by the keyboard alone, and without scripts."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.live import Visit, expect, violations, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def visit(browser: "Browser", corpus_service: str) -> Iterator[Visit]:
    """Open pages of a service of the embedded corpus."""
    with visiting(browser, corpus_service) as found:
        yield found


def told(page: "Page", count: str) -> None:
    """Wait until the page tells how many claims it found."""
    expect(page.locator("#count")).to_have_text(re.compile(f"^{re.escape(count)}"))


def test_the_answer_changes_while_one_types(visit: Visit) -> None:
    page = visit("search.html").page
    page.locator("#words").press_sequentially("core decompr", delay=20)
    page.wait_for_url("**/search.html?words=core+decompr")
    shown = page.locator("#found article").all()
    assert shown
    assert all("core decompr" in each.inner_text().casefold() for each in shown)
    assert page.evaluate("document.activeElement.id") == "words"


def test_a_choice_changes_the_answer_and_what_else_is_offered(visit: Visit) -> None:
    page = visit("search.html?words=core").page
    before = page.locator("#values-stance .number").all_inner_texts()
    offered = page.locator("label:has(#force-reports) .number").inner_text()
    page.locator("#force-reports").check()
    told(page, f"{offered} claims")
    assert page.url.endswith("search.html?words=core&force=reports")
    assert page.locator("#values-stance .number").all_inner_texts() != before
    assert page.evaluate("document.activeElement.id") == "force-reports", "who uses the keyboard goes on from there"


def test_the_address_holds_the_choice(visit: Visit) -> None:
    first = visit("search.html").page
    first.locator("#words").press_sequentially("crutches", delay=20)
    first.wait_for_url("**words=crutches")
    again = visit(first.url.rpartition("/")[2]).page
    assert again.locator("#words").input_value() == "crutches"
    assert again.locator("#count").inner_text() == first.locator("#count").inner_text()


def test_the_keyboard_alone_reaches_words_choices_and_claims(visit: Visit) -> None:
    page = visit("search.html").page
    page.locator("#words").focus()
    page.keyboard.type("crutches")
    page.wait_for_url("**words=crutches")
    page.locator("#words").focus()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "force-describes":
            break
    page.keyboard.press("Space")
    page.wait_for_url("**force=describes")
    for _ in range(80):
        page.keyboard.press("Tab")
        if "claim/" in (page.evaluate("document.activeElement.href") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/claim/**")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_it_answers_as_a_form(visit: Visit, scripts: bool) -> None:
    page = visit("search.html", scripts=scripts).page
    page.locator("#words").fill("crutches")
    page.locator("#words").press("Enter")
    page.wait_for_url("**words=crutches**")
    page.locator("#found article").first.wait_for()
    assert "crutches" in page.locator("#found article").first.inner_text().casefold()


def test_hostile_words_are_words(visit: Visit) -> None:
    words = '"><img src=x onerror=alert(1)> </script><script>alert(1)</script>'
    page = visit("search.html").page
    page.locator("#words").fill(words)
    told(page, "0 claims")
    assert page.locator("#words").input_value() == words
    assert page.locator("#content img").count() == 0


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (390, False)])
def test_it_is_accessible_and_fits(visit: Visit, width: int, dark: bool) -> None:
    opened = visit("search.html?words=core&force=asserts", width=width, dark=dark)
    opened.page.wait_for_load_state("networkidle")
    assert violations(opened) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
