"""`avnkg graph`: what is drawn, where it goes, and what wrong words are told."""

from pathlib import Path

import pytest

from tests.cli.shell import avnkg


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize(
    ("words", "title"),
    [
        ((), "PlacidWay against Regenexx"),
        (("--dispute", "092055"), "MedlinePlus and PlacidWay against Regenexx"),
        (("--about", "core decompression"), "What is claimed about core decompression"),
        (("--document", "regenexx-avn-hip"), "What Regenexx claims"),
        (("--query", "by-document", "--param", "document=medlineplus-osteonecrosis"), "What does one document claim"),
        (("--all",), "All claims"),
    ],
)
def test_each_kind_is_written_and_told(words: tuple[str, ...], title: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    found = avnkg("graph", *words, "-o", path)
    assert (found.code, found.err) == (0, "")
    assert f"{path}: {title}" in " ".join(found.out.split()) or title in found.out
    assert f"<title>{title}" in path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("mini")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("-o", "graph.txt"), 2, "expected a file that ends in .html, got 'graph.txt'; as -o delivery.html"),
        (("-o", "x.html", "--all", "--about", "hip"), 2, "got --about and --all"),
        (("-o", "x.html", "--dispute", "zz"), 1, "there is no dispute 'zz'; there are "),
        (("-o", "x.html", "--about", "core decompresion"), 2, "the nearest are 'core decompression'"),
        (("-o", "x.html", "--document", "zz"), 1, "there is no document 'zz'; there are alpha-travel"),
        (("-o", "x.html", "--query", "zz"), 1, "there is no query 'zz'"),
        (("-o", "x.html", "--query", "counts"), 2, "expected a query that gives ?claim"),
        (("-o", "x.html", "--param", "a=b"), 2, "parameters go with a query"),
        (("-o", "x.html", "--query", "listing", "--param", "a"), 2, "expected NAME=VALUE, got 'a'"),
        (("-o", "x.html", "--base", "javascript:alert(1)"), 2, "expected an address of the web"),
        (("-o", "nowhere/x.html"), 4, "cannot write the page"),
    ],
)
def test_wrong_words_are_told_and_nothing_is_written(
    words: tuple[str, ...], code: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = avnkg("graph", *words)
    assert found.code == code, found
    assert told in found.err
    assert list(tmp_path.glob("*.html")) == []


@pytest.mark.usefixtures("mini")
def test_a_missing_part_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from avnkg.views.graphs import graphpage

    monkeypatch.setattr(graphpage, "find_spec", lambda name: None)
    found = avnkg("graph", "-o", tmp_path / "x.html")
    assert found.code == 3
    assert "pip install 'avnkg[graphs]'" in found.err
