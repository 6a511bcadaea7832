"""A real Chromium, as Debian has it; where there is none these tests are skipped, and say why."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.build import build, inputs
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.store import EmbeddedStore
from avnkg.service.indexer import make_index
from avnkg.service.settings import Settings
from avnkg.views.graphs.graphpage import GraphPage
from tests.service.server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

Open = Callable[..., "Opened"]


class Opened:
    """A page in the browser, with whatever it complained of or asked for."""

    def __init__(self, page: "Page") -> None:
        """Listen to a page."""
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda each: self.complaints.append(each.text))
        page.on("pageerror", lambda each: self.complaints.append(str(each)))
        page.on("dialog", self._asked)
        page.on("request", lambda each: self.requests.append(each.url))

    def _asked(self, dialog: "Dialog") -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def ready(self) -> "Page":
        """Wait until the page has drawn itself."""
        self.page.wait_for_selector("html[data-ready]", state="attached")
        return self.page


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Start Chromium; it ends with the file, since no other test can have a loop of its own while playwright's runs."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing: pip install 'avnkg[dev]'")
    with playwright.sync_playwright() as play:
        # Inside a container and as root there is no sandbox to be had.
        started = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Open pages from disk, without a network; at the end, see that none asked for anything or complained."""
    found: list[Opened] = []
    contexts = []

    def open_page(
        drawn: GraphPage, *, fragment: str = "", width: int = 1280, height: int = 800, dark: bool = False
    ) -> Opened:
        path = tmp_path / f"page-{len(found)}.html"
        drawn.write(path)
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", offline=True
        )
        contexts.append(context)
        made = Opened(context.new_page())
        found.append(made)
        made.page.goto(path.as_uri() + fragment)
        made.ready()
        return made

    yield open_page
    for each in found:
        assert not each.complaints, each.complaints
        assert [url for url in each.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def mini_graph(mini_store: EmbeddedStore, vocabulary: Vocabulary) -> ClaimsGraph:
    """Return the tiny world."""
    return ClaimsGraph(mini_store, vocabulary)


@pytest.fixture(scope="session")
def our_graph(corpus_store: EmbeddedStore, vocabulary: Vocabulary) -> ClaimsGraph:
    """Return the embedded corpus."""
    return ClaimsGraph(corpus_store, vocabulary)


@pytest.fixture(scope="session")
def corpus_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the embedded corpus; give the address of the service."""
    root = tmp_path_factory.mktemp("served") / "graph"
    make_index(build(inputs(), root))
    with serving(Settings(root)) as client:
        yield str(client.base_url).rstrip("/")
