"""The page for SPARQL in a browser: it completes our names, opens quotes, keeps the question in its address."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tests.browser.conftest import Opened
from tests.browser.live import Visit, expect, violations, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUERY = "SELECT ?claim ?says WHERE { ?claim avn:says ?says } ORDER BY ?claim LIMIT 3"


@pytest.fixture
def visit(browser: "Browser", corpus_service: str) -> Iterator[Visit]:
    """Open pages of a service of the embedded corpus."""
    with visiting(browser, corpus_service) as found:
        yield found


def ready(opened: Opened) -> "Page":
    """Wait until the editor is there."""
    opened.page.wait_for_selector("html[data-ready]", state="attached")
    return opened.page


def write(page: "Page", text: str) -> None:
    """Write a query in the place of what is there."""
    page.locator("#editor").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def rows(page: "Page") -> int:
    """Return how many rows the answer shows, once it is there."""
    page.locator("#answer table").wait_for()
    return page.locator("#answer tbody tr").count()


def test_an_example_is_asked_by_the_button(visit: Visit) -> None:
    page = ready(visit("sparql.html"))
    page.get_by_role("button", name="Ask").click()
    assert rows(page) == 3
    assert "?query=" in page.url


def test_another_example_is_filled_in(visit: Visit) -> None:
    page = ready(visit("sparql.html"))
    page.locator("#example").select_option("contradiction/disputes")
    page.wait_for_url("**example=contradiction%2Fdisputes")
    ready(Opened(page))
    assert "disput" in page.locator(".CodeMirror").inner_text()


def test_the_keyboard_asks_and_leaves_the_editor(visit: Visit) -> None:
    page = ready(visit("sparql.html"))
    write(page, QUERY)
    page.keyboard.press("Control+Enter")
    assert rows(page) == 3
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ask"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "editor"


def test_the_address_brings_the_question_and_its_answer_back(visit: Visit) -> None:
    page = ready(visit("sparql.html"))
    write(page, f"{QUERY} # <é & ü>")
    page.keyboard.press("Control+Enter")
    assert rows(page) == 3
    link = page.get_by_role("link", name="Link to this question").get_attribute("href")
    assert link
    for address in (page.url.rpartition("/")[2], link):
        again = ready(visit(address))
        assert rows(again) == 3
        assert again.locator("#query").input_value() == f"{QUERY} # <é & ü>"
    assert page.evaluate("localStorage.length") == 0


def test_going_back_brings_the_question_before_back(visit: Visit) -> None:
    page = ready(visit("sparql.html"))
    for text in (QUERY, QUERY.replace("3", "2")):
        write(page, text)
        page.keyboard.press("Control+Enter")
        expect(page.locator("#answer tbody tr")).to_have_count(int(text[-1]))
    page.go_back()
    expect(page.locator("#answer tbody tr")).to_have_count(3)
    assert page.locator("#query").input_value() == QUERY


def test_a_claim_opens_its_quote(visit: Visit) -> None:
    page = ready(visit("sparql.html"))
    write(page, QUERY)
    page.keyboard.press("Control+Enter")
    rows(page)
    claim = page.locator("a[data-claim]").first
    name = claim.inner_text()
    claim.focus()
    page.keyboard.press("Enter")
    page.locator("dialog[open] blockquote").wait_for()
    assert name in page.locator("#claim-title").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.textContent") == name, "one goes on where one was"


class TestCompletion:
    """What the editor completes."""

    def hints(self, page: "Page") -> list[str]:
        """Return the completions that are shown, once they are there."""
        page.locator(".CodeMirror-hint").first.wait_for()
        return page.locator(".CodeMirror-hint").all_inner_texts()

    def test_names_with_their_labels_while_one_types(self, visit: Visit) -> None:
        page = ready(visit("sparql.html"))
        write(page, "SELECT * WHERE { ?claim avn:subject ")
        page.keyboard.type("avn:coredecompr", delay=30)
        shown = self.hints(page)
        assert "avn:CoreDecompression core decompression" in shown
        page.keyboard.press("Enter")
        assert page.locator("#query").input_value().rstrip().endswith("avn:CoreDecompression")

    def test_labels_and_synonyms_on_demand(self, visit: Visit) -> None:
        page = ready(visit("sparql.html"))
        write(page, "SELECT * WHERE { ?claim avn:subject ")
        page.keyboard.type("BMAC")
        page.keyboard.press("Control+Space")
        assert any(shown.startswith("avn:") for shown in self.hints(page))

    def test_prefixes_by_their_beginning(self, visit: Visit) -> None:
        page = ready(visit("sparql.html"))
        write(page, "SELECT * WHERE { ?s sk")
        page.keyboard.press("Control+Space")
        assert self.hints(page)[0] == "skos:"

    def test_asks_nobody_but_this_server(self, visit: Visit) -> None:
        opened = visit("sparql.html")
        page = ready(opened)
        write(page, "SELECT * WHERE { ?s a ")
        page.keyboard.type("avn:Cla", delay=30)
        self.hints(page)
        page.keyboard.press("Escape")
        page.keyboard.type("im ; rdfs:lab", delay=30)
        page.keyboard.press("Control+Space")
        page.wait_for_timeout(300)
        asked = [url for url in opened.requests if "/scripts/" not in url]
        assert [url.rpartition("/")[2] for url in asked] == ["sparql.html", "style.css", "terms"]


def test_a_prefix_that_the_service_declares_is_no_error(visit: Visit) -> None:
    text = "SELECT ?claim ?label WHERE { ?claim avn:stance/rdfs:label ?label } LIMIT 2"
    page = ready(visit(f"sparql.html?{urlencode({'query': text})}"))
    assert rows(page) == 2
    assert page.locator(".parseErrorIcon, .cm-sp-error").count() == 0
    write(page, "SELECT * WHERE { ?s ")
    page.keyboard.type("skos:prefLabel ?o }", delay=20)
    assert page.locator(".parseErrorIcon").count() == 0
    assert page.locator("#query").input_value() == "SELECT * WHERE { ?s skos:prefLabel ?o }"
    write(page, "SELECT * WHERE { ?s nowhere:label ?o }")
    expect(page.locator(".parseErrorIcon")).to_have_count(1)


def test_a_query_that_is_wrong_is_told_in_plain_words(visit: Visit) -> None:
    page = ready(visit("sparql.html"))
    write(page, "SELEC")
    page.locator(".parseErrorIcon").hover()
    assert "expected" in (page.locator(".parseErrorIcon").get_attribute("title") or "")
    page.keyboard.press("Control+Enter")
    page.get_by_role("alert").wait_for()
    assert "expected SPARQL" in page.get_by_role("alert").inner_text()


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7*7 }}"])
def test_hostile_words_in_question_and_answer_are_words(visit: Visit, words: str) -> None:
    page = ready(visit("sparql.html"))
    write(page, f'SELECT ("{words}" AS ?words) ("avn:" AS ?x) {{}}')
    page.keyboard.press("Control+Enter")
    assert rows(page) == 1
    assert page.locator("#answer td").first.inner_text() == words
    assert page.locator("#content img").count() == 0


def test_answers_are_taken_along_as_files(visit: Visit) -> None:
    page = ready(visit("sparql.html"))
    write(page, QUERY)
    page.keyboard.press("Control+Enter")
    rows(page)
    with page.expect_download() as loading:
        page.get_by_role("link", name="CSV").click()
    assert loading.value.suggested_filename == "answer.csv"
    assert len(loading.value.path().read_text(encoding="utf-8").splitlines()) == 4


def test_without_scripts_a_form_asks_and_a_table_answers(visit: Visit) -> None:
    page = visit("sparql.html", scripts=False).page
    page.locator("#query").fill(QUERY)
    page.get_by_role("button", name="Ask").click()
    assert rows(page) == 3
    page.locator("a[data-claim]").first.click()
    page.wait_for_url(re.compile("/claim/"))


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (390, False)])
def test_it_is_accessible_and_fits(visit: Visit, width: int, dark: bool) -> None:
    opened = visit("sparql.html", width=width, dark=dark)
    page = ready(opened)
    page.get_by_role("button", name="Ask").click()
    rows(page)
    assert violations(opened) == []
    page.locator("a[data-claim]").first.click()
    page.locator("dialog[open] blockquote").wait_for()
    assert violations(opened) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (390, False)])
def test_the_page_for_programs_is_accessible_and_fits(visit: Visit, width: int, dark: bool) -> None:
    opened = visit("api.html", width=width, dark=dark)
    assert violations(opened) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [640, 320], ids=["twice as large", "four times as large"])
def test_what_only_a_server_has_is_not_wider_than_a_screen_on_which_all_is_larger(visit: Visit, width: int) -> None:
    for address in ("api.html", "search.html?words=collapse", "sparql.html?query=ASK+%7B%7D"):
        page = visit(address, width=width, height=512).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_an_error_is_for_everybody_too(browser: "Browser", corpus_service: str, dark: bool) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark" if dark else "light", bypass_csp=True
    )
    opened = Opened(context.new_page())
    for address in ("concept/Foo.html", "comparision.html"):
        opened.page.goto(f"{corpus_service}/{address}")
        assert opened.page.get_by_role("heading", level=1).inner_text() == "There is no such page"
        assert violations(opened) == []
    context.close()
