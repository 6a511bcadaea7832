"""What all tests share: a home of their own, the real vocabulary, the texts where they are at hand."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from avnkg.claims.reading import Corpus, read_corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.library import Library
from avnkg.graph.build import Inputs, Tally, chunks, inputs
from avnkg.graph.store import EmbeddedStore, memory_store
from avnkg.ontology.reading import read_ontology
from avnkg.resources import folder
from tests.page import Page

ROOT = Path(__file__).resolve().parent.parent

# A slow machine is no fault, and a fixture that is the same for all examples is none either. In CI the examples are
# the same on every run, so that what passes stays passed; elsewhere they differ, and find more.
settings.register_profile(
    "avnkg",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("avnkg")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep built graphs and texts of a test away from the user's."""
    folder = tmp_path / "home"
    monkeypatch.setenv("AVNKG_HOME", str(folder))
    monkeypatch.delenv("AVNKG_DOCUMENTS", raising=False)
    return folder


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Return the names of the real ontology."""
    return read_ontology().vocabulary


@pytest.fixture(scope="session")
def texts() -> Path | None:
    """Return the folder with the texts of the embedded corpus, or None where they are not at hand."""
    named = os.environ.get("AVNKG_CORPUS_TEXTS")
    folder = Path(named) if named else ROOT.parent / "shared" / "corpus"
    assert folder.is_dir() or not named, f"AVNKG_CORPUS_TEXTS names {named}, which is no folder"
    return folder if folder.is_dir() else None


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """Return an invented page, not yet written."""
    return Page(tmp_path)


@pytest.fixture(scope="session")
def embedded(vocabulary: Vocabulary, texts: Path | None) -> Corpus:
    """Return the embedded corpus: anchored where its texts are at hand, else by its fingerprints."""
    return read_corpus((folder("corpus"),), vocabulary, Library((texts,) if texts else ()))


@pytest.fixture(scope="session")
def mini_quads() -> tuple[str, ...]:
    """Return the graph of the tiny world as N-Quads, a line a quad."""
    mini = ROOT / "tests" / "mini"
    given = inputs((mini / "corpus",), embedded=False, documents=mini / "documents")
    return tuple("".join(chunks(given, Tally())).splitlines(keepends=True))


@pytest.fixture(scope="session")
def mini_store(mini_quads: tuple[str, ...]) -> EmbeddedStore:
    """Return the graph of the tiny world."""
    return memory_store(mini_quads)


@pytest.fixture(scope="session")
def corpus_quads(texts: Path | None) -> tuple[str, ...]:
    """Return the graph of the embedded corpus as N-Quads, a line a quad."""
    given = Inputs((folder("corpus"),), Library((texts,) if texts else ()))
    return tuple("".join(chunks(given, Tally())).splitlines(keepends=True))


@pytest.fixture(scope="session")
def corpus_store(corpus_quads: tuple[str, ...]) -> EmbeddedStore:
    """Return the graph of the embedded corpus."""
    return memory_store(corpus_quads)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failure: what it needs is installed there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if skipped and exitstatus == pytest.ExitCode.OK and os.environ.get("CI"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
