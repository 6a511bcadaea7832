"""`avnkg site`: what is written, and what wrong folders are told."""

from pathlib import Path

import pytest

from tests.cli.shell import avnkg


@pytest.mark.usefixtures("mini")
def test_a_site_is_written_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    found = avnkg("site", "-o", folder)
    assert (found.code, found.err) == (0, "")
    told = " ".join(found.out.split())
    assert f"Open {folder / 'index.html'} in a browser." in told
    assert (folder / "claim" / "alpha-travel" / "001.html").is_file()
    assert "units of the text" in (folder / "document" / "alpha-travel.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("mini")
def test_a_folder_with_other_things_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    found = avnkg("site", "-o", tmp_path)
    assert found.code == 4
    assert "expected a new or empty folder, or a site written before" in found.err
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("mini")
def test_a_missing_part_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from avnkg.views.pages import rendering

    monkeypatch.setattr(rendering, "find_spec", lambda name: None)
    found = avnkg("site", "-o", tmp_path / "site")
    assert found.code == 3
    assert "pip install 'avnkg[web]'" in found.err
    assert not (tmp_path / "site").exists()
