"""Pages of a service in the browser: whatever they ask for and complain of is noted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.browser.conftest import Opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

Visit = Callable[..., Opened]


def expect(locator: "Locator") -> Any:
    """Return what playwright can wait for in a page whose policy forbids to evaluate a text."""
    from playwright.sync_api import expect as expected

    return expected(locator)


@contextmanager
def visiting(browser: "Browser", base: str) -> Iterator[Visit]:
    """Open pages of a service; at the end, see that none asked anybody else, nor complained."""
    found: list[Opened] = []
    contexts = []

    def visit(
        address: str, *, width: int = 1280, height: int = 900, dark: bool = False, scripts: bool = True
    ) -> Opened:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        contexts.append(context)
        made = Opened(context.new_page())
        found.append(made)
        made.page.goto(f"{base}/{address}")
        return made

    yield visit
    for each in found:
        assert [url for url in each.requests if not url.startswith((f"{base}/", "data:", "blob:"))] == []
        assert not each.complaints, each.complaints
    for context in contexts:
        context.close()


def violations(opened: Opened) -> list[str]:
    """Return what axe-core finds wrong with a page, by WCAG 2.2 AA."""
    from axe_playwright_python.sync_playwright import Axe

    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(opened.page, options={"runOnly": {"type": "tag", "values": rules}}).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary'][:300]}" for each in found for node in each["nodes"]
    ]
