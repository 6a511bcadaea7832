"""Homes with a built graph: the tiny world, and the embedded corpus. Built once, then only read."""

from pathlib import Path

import pytest

from avnkg.graph.build import build, inputs

MINI = Path(__file__).resolve().parent.parent / "mini"


@pytest.fixture(scope="session")
def home_of_mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which the tiny world is built."""
    home = tmp_path_factory.mktemp("mini")
    build(inputs((MINI / "corpus",), embedded=False, documents=MINI / "documents"), home / "graph")
    return home


@pytest.fixture(scope="session")
def home_of_ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which the embedded corpus is built."""
    home = tmp_path_factory.mktemp("ours")
    build(inputs(), home / "graph")
    return home


@pytest.fixture
def mini(home: Path, home_of_mini: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ask the tiny world."""
    monkeypatch.setenv("AVNKG_HOME", str(home_of_mini))
    return home_of_mini


@pytest.fixture
def ours(home: Path, home_of_ours: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ask the embedded corpus."""
    monkeypatch.setenv("AVNKG_HOME", str(home_of_ours))
    return home_of_ours
