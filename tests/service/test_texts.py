"""The quote in its document on the live page of a claim, where the text is at hand, and the reason where it is not."""

import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from avnkg.graph.build import build, inputs
from avnkg.service.settings import Settings
from avnkg.service.texts import ABSENT, ANOTHER
from tests.service.server import serving

MINI = Path(__file__).resolve().parent.parent / "mini"
CLAIM = "claim/alpha-travel/003.html"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of texts that is empty at first."""
    return tmp_path_factory.mktemp("texts")


@pytest.fixture(scope="module")
def client(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Serve the tiny world, built without its texts, with a folder that may come to hold them."""
    root = tmp_path_factory.mktemp("without-texts") / "graph"
    build(inputs((MINI / "corpus",), embedded=False, documents=texts), root)
    with serving(Settings(root, texts)) as found:
        yield found


def test_the_quote_is_marked_where_the_text_is_at_hand_and_only_then(client: httpx.Client, texts: Path) -> None:
    alone = unescape(client.get(f"/{CLAIM}").text)
    absent = ABSENT.partition("`")[0]  # what follows is code
    assert absent in alone
    assert "<mark>" not in alone

    path = texts / "alpha-travel.txt"
    shutil.copyfile(MINI / "documents" / path.name, path)
    with_text = unescape(client.get(f"/{CLAIM}").text)
    assert "<mark>almost always given together with core decompression</mark>" in with_text
    assert absent not in with_text

    path.write_text(path.read_text(encoding="utf-8") + "another", encoding="utf-8")
    changed = unescape(client.get(f"/{CLAIM}").text)
    assert ANOTHER in changed
    assert "<mark>" not in changed


def test_never_the_whole_text(mini_client: httpx.Client) -> None:
    for path in (MINI / "documents").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        page = unescape(mini_client.get(f"/claim/{path.stem}/001.html").text)
        assert "<mark>" in page
        assert text[:-1] not in page.replace("<mark>", "").replace("</mark>", "")
