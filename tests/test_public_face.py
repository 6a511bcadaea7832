"""The package's face: what it exports, and that importing it does nothing."""

import subprocess
import sys

import pytest

import avnkg

EXPORTED = {
    "AvnkgError",
    "Claim",
    "ClaimRecord",
    "ClaimsGraph",
    "Condition",
    "Document",
    "Frequency",
    "Passage",
    "Proposition",
    "Quantity",
    "Rows",
    "Vocabulary",
    "__version__",
    "load",
}


def test_the_package_exports_exactly_these_names() -> None:
    assert set(avnkg.__all__) == EXPORTED
    assert all(getattr(avnkg, name) is not None for name in avnkg.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = avnkg.nothing


def test_importing_the_package_and_the_commands_loads_no_heavy_library() -> None:
    heavy = "rdflib pyoxigraph pydantic networkx owlready2 pyshacl pandas pyarrow sentencex"
    code = f"import sys, avnkg, avnkg.cli.app; print([name for name in {heavy.split()} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
