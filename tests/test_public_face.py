"""The package's face: what it exports, and that importing it does nothing."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import avnkg
from avnkg.graph.build import build, inputs
from tests.conftest import ROOT

EXPORTED = {
    "AvnkgError",
    "Claim",
    "ClaimRecord",
    "ClaimsGraph",
    "Condition",
    "DisputeRecord",
    "Document",
    "Frequency",
    "GraphPage",
    "Passage",
    "Proposition",
    "Quantity",
    "Relation",
    "RelationRecord",
    "Rows",
    "Vocabulary",
    "__version__",
    "disputes",
    "draw",
    "load",
    "relate",
    "relations",
}


def test_the_package_exports_exactly_these_names() -> None:
    assert set(avnkg.__all__) == EXPORTED
    assert all(getattr(avnkg, name) is not None for name in avnkg.__all__)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which the embedded corpus is built."""
    home = tmp_path_factory.mktemp("face")
    build(inputs(), home / "graph")
    return home


@pytest.mark.parametrize("name", sorted(EXPORTED - {"__version__"}))
def test_each_public_name_has_an_example_that_runs(name: str, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVNKG_HOME", str(built))
    thing = getattr(avnkg, name)
    told = thing.__doc__ or ""
    assert ">>>" in told
    names = {**vars(avnkg), **vars(sys.modules[thing.__module__])}
    example = doctest.DocTestParser().get_doctest(told, names, name, None, None)
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example).failed == 0


@pytest.mark.parametrize("place", ["the package", "README.md"])
def test_the_examples_of_the_package_and_of_the_readme_run(
    place: str, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVNKG_HOME", str(built))
    if place == "the package":
        example = doctest.DocTestParser().get_doctest(avnkg.__doc__ or "", {}, place, None, None)
        assert doctest.DocTestRunner().run(example).failed == 0
    else:
        [code] = (ROOT / place).read_text(encoding="utf-8").split("```python\n")[1:]
        exec(code.partition("```")[0], {})


def test_completion_offers_the_public_names_before_they_are_imported() -> None:
    code = "import avnkg; print(set(avnkg.__all__) <= set(dir(avnkg)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def test_what_is_wrong_with_a_line_is_told_by_its_number() -> None:
    tea = {"id": "1", "document": "a", "subject": "tea", "predicate": "helps", "object": "sleep"}
    with pytest.raises(avnkg.AvnkgError, match=r"^line 2: document: claim 2: the field 'document' is missing"):
        avnkg.relate([tea, {**tea, "id": "2", "document": None}], open_names=True)
    with pytest.raises(avnkg.AvnkgError, match=r"^line 1: predicate: claim 1: 'treats' is not in the ontology"):
        avnkg.relate([{**tea, "predicate": "treats"}])


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = avnkg.nothing


def test_importing_the_package_and_the_commands_loads_no_heavy_library() -> None:
    heavy = (
        "rdflib duckdb ibis pyvis numpy jinja2 pyoxigraph pydantic networkx owlready2 pyshacl pandas pyarrow sentencex"
    )
    code = f"import sys, avnkg, avnkg.cli.app; print([name for name in {heavy.split()} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
