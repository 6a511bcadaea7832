"""Folders of graphs that tests serve: built once, then only read."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from avnkg.graph.build import build, inputs
from avnkg.service.indexer import make_index
from avnkg.service.settings import Settings
from tests.service.server import serving

MINI = Path(__file__).resolve().parent.parent / "mini"


@pytest.fixture(scope="session")
def mini_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of graphs in which the tiny world is built, with its index."""
    root = tmp_path_factory.mktemp("served-mini") / "graph"
    make_index(build(inputs((MINI / "corpus",), embedded=False, documents=MINI / "documents"), root))
    return root


@pytest.fixture(scope="session")
def corpus_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of graphs in which the embedded corpus is built, with its index."""
    root = tmp_path_factory.mktemp("served-corpus") / "graph"
    make_index(build(inputs(), root))
    return root


@pytest.fixture(scope="session")
def mini_client(mini_root: Path) -> Iterator[httpx.Client]:
    """Return a client of a service of the tiny world, which all tests share."""
    with serving(Settings(mini_root)) as client:
        yield client


@pytest.fixture(scope="session")
def corpus_client(corpus_root: Path) -> Iterator[httpx.Client]:
    """Return a client of a service of the embedded corpus, which all tests share."""
    with serving(Settings(corpus_root)) as client:
        yield client
