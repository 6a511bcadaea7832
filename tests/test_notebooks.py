"""The notebooks: each runs from a clean start, shows something in every place, and is kept without output."""

import ast
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from nbmake.nb_run import NotebookRun

from tests.conftest import ROOT

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SECONDS = 300
"""After these a cell is given up."""
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(autouse=True)
def kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a kernel writes away from the user's folders."""
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


def stored(path: Path) -> Any:
    """Return a notebook as it is kept."""
    return json.loads(path.read_text(encoding="utf-8"))


def run(path: Path) -> list[Any]:
    """Return the cells of a notebook after it was run."""
    done = NotebookRun(path, SECONDS).execute()
    assert done.error is None, done.error.trace
    return list(done.nb.cells)


def shown(cell: Any) -> str:
    """Return all that a cell shows."""
    parts = [out["text"] if "text" in out else json.dumps(out["data"], ensure_ascii=False) for out in cell["outputs"]]
    return "".join(parts)


def tells(source: str) -> bool:
    """Tell whether a cell is there to show something: a command, a print, or a value at its end."""
    if source.startswith("%%"):
        return True
    last = ast.parse(source).body[-1]
    return "print(" in source or (isinstance(last, ast.Expr) and not source.endswith((";", "cleanup()")))


@pytest.mark.slow
@every_notebook
def test_a_notebook_runs_without_the_texts_and_shows_what_it_promises(path: Path) -> None:
    cells = [cell for cell in run(path) if cell.cell_type == "code"]
    assert [cell.source for cell in cells if tells(cell.source) and not shown(cell).strip()] == []
    assert [cell.source for cell in cells if "<tbody></tbody>" in shown(cell)] == [], "a table is empty"
    assert [cell.source for cell in cells if "Traceback" in shown(cell) or "Warning" in shown(cell)] == []
    for html in (out["data"]["text/html"] for cell in cells if "draw(" in cell.source for out in cell.outputs):
        assert html.startswith('<iframe sandbox="allow-scripts allow-downloads allow-popups"')
        assert "default-src 'none'" in unescape(unescape(html))


@pytest.mark.slow
def test_the_audit_tells_anchored_words_from_fingerprinted_ones(
    texts: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    [path] = [path for path in NOTEBOOKS if "auditing" in path.stem]
    if texts:
        monkeypatch.setenv("AVNKG_DOCUMENTS", str(texts))
    said = "".join(shown(cell) for cell in run(path) if cell.cell_type == "code")
    assert f"{'anchored' if texts else 'fingerprinted'}: the text" in said


@every_notebook
def test_a_notebook_is_kept_without_output_and_without_traces_of_a_machine(path: Path) -> None:
    notebook = stored(path)
    assert notebook["metadata"] == {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    assert [cell["id"] for cell in notebook["cells"]] == [
        f"{'text' if cell['cell_type'] == 'markdown' else 'code'}-{number:02d}"
        for number, cell in enumerate(notebook["cells"], 1)
    ]
    for cell in notebook["cells"]:
        assert cell["metadata"] == {}
        assert (cell.get("outputs", []), cell.get("execution_count")) == ([], None)


@every_notebook
def test_a_notebook_says_where_to_go_next_and_all_places_that_it_names_exist(path: Path) -> None:
    texts = ["".join(cell["source"]) for cell in stored(path)["cells"] if cell["cell_type"] == "markdown"]
    assert texts[0].startswith("# ")
    assert re.findall(r"^## .*", texts[-1], re.MULTILINE)[-1:] == ["## Where next"]
    named = re.findall(r"`([\w/-]+\.(?:ipynb|md)|[\w/-]+/)`", "\n".join(texts))
    assert named
    assert [name for name in named if not ((FOLDER if name.endswith("ipynb") else ROOT) / name).exists()] == []


def test_there_are_five_notebooks_and_the_list_names_them() -> None:
    listed = re.findall(r"\]\(([\w-]+\.ipynb)\)", (FOLDER / "README.md").read_text(encoding="utf-8"))
    assert listed == [path.name for path in NOTEBOOKS]
    assert len(NOTEBOOKS) == 5
