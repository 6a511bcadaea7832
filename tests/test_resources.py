"""Where the project's data and the user's lie."""

from pathlib import Path

import pytest

from avnkg.errors import GraphError
from avnkg.resources import cache, folder, home


@pytest.mark.parametrize("name", ["ontology", "queries", "corpus"])
def test_the_projects_folders_are_found(name: str) -> None:
    assert any(folder(name).iterdir())


def test_a_missing_folder_says_what_to_do() -> None:
    with pytest.raises(GraphError, match=r"the folder 'nothing' of avnkg is missing; install avnkg again"):
        folder("nothing")


def test_home_is_what_the_user_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AVNKG_HOME", str(tmp_path))
    assert home() == tmp_path


def test_the_home_of_an_unknown_user_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVNKG_HOME", "~nobody-of-this-name/x")
    with pytest.raises(GraphError, match=r"AVNKG_HOME names no folder: '~nobody-of-this-name/x'"):
        home()


def test_the_cache_is_what_the_user_names_and_no_part_of_a_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AVNKG_CACHE", str(tmp_path))
    assert cache() == tmp_path
    monkeypatch.delenv("AVNKG_CACHE")
    assert not cache().is_relative_to(home())
    assert cache().parts[-1] in ("avnkg", "Cache")
    monkeypatch.setenv("AVNKG_CACHE", "~nobody-of-this-name/x")
    with pytest.raises(GraphError, match=r"AVNKG_CACHE names no folder: '~nobody-of-this-name/x'"):
        cache()
