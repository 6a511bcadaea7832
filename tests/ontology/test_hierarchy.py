"""The classified hierarchy is worked out once for an ontology, and then kept."""

import json
from pathlib import Path

import pytest

from avnkg.errors import MissingPartError, OntologyError
from avnkg.ontology import hierarchy
from avnkg.ontology.hierarchy import ancestors
from avnkg.ontology.reading import read_ontology
from avnkg.ontology.reasoning import Classification

FOUND = Classification(True, (), {"LesionInjection": frozenset({"LesionInjection", "CellTherapy"})})


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache of the test's own, in which nothing is kept yet."""
    monkeypatch.setenv("AVNKG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "hierarchy" / f"{read_ontology().sha256[:16]}.json"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return the ontologies that a reasoner is asked about from now on; it answers at once."""
    seen: list[object] = []

    def classify(ontology: object) -> Classification:
        seen.append(ontology)
        return FOUND

    monkeypatch.setattr(hierarchy, "classify", classify)
    return seen


def test_a_reasoner_is_asked_once(kept: Path, asked: list[object]) -> None:
    assert ancestors(read_ontology()) == FOUND.ancestors
    assert ancestors(read_ontology()) == FOUND.ancestors
    assert len(asked) == 1
    assert json.loads(kept.read_text(encoding="utf-8")) == {"LesionInjection": ["CellTherapy", "LesionInjection"]}
    assert list(kept.parent.iterdir()) == [kept], "nothing half written stays"


@pytest.mark.parametrize("words", ["", "{", "[]", "null", '{"a": 1}', "\x00"])
def test_what_was_kept_and_is_damaged_is_worked_out_again(kept: Path, asked: list[object], words: str) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_text(words, encoding="utf-8")
    assert ancestors(read_ontology()) == FOUND.ancestors
    assert len(asked) == 1
    assert ancestors(read_ontology()) == FOUND.ancestors
    assert len(asked) == 1


def test_where_nothing_can_be_kept_it_is_worked_out_each_time(
    tmp_path: Path, asked: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("AVNKG_CACHE", str(tmp_path / "file"))
    assert ancestors(read_ontology()) == ancestors(read_ontology()) == FOUND.ancestors
    assert len(asked) == 2


def test_without_a_reasoner_there_is_none(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object) -> Classification:
        raise MissingPartError("owlready2 is not installed")

    monkeypatch.setattr(hierarchy, "classify", missing)
    assert ancestors(read_ontology()) == {}
    assert not kept.exists()


@pytest.mark.parametrize(
    ("found", "told"),
    [(Classification(False), "it is not consistent"), (Classification(True, ("Both",)), "sound ontology: Both")],
)
def test_an_unsound_ontology_is_refused_and_not_kept(
    kept: Path, monkeypatch: pytest.MonkeyPatch, found: Classification, told: str
) -> None:
    monkeypatch.setattr(hierarchy, "classify", lambda _: found)
    with pytest.raises(OntologyError, match=told):
        ancestors(read_ontology())
    assert not kept.exists()


def test_of_our_ontology_the_said_hierarchy_is_the_classified_one() -> None:
    ontology = read_ontology()
    said = ontology.vocabulary.ancestors
    classified = ancestors(ontology)
    assert classified, "the reasoner is installed for tests"
    assert {name: said[name] for name in classified} == classified
