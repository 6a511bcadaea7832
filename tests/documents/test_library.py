"""Texts are found, held against their recorded hash, and kept."""

import shutil
from pathlib import Path

import pytest

from avnkg.documents.library import Library, add_text, kept_texts, open_library
from avnkg.documents.model import Document
from avnkg.errors import DocumentError, DriftError, NotFoundError
from tests.page import Page


@pytest.fixture
def recorded(page: Page) -> Document:
    """Return the record of the invented page, whose text is in its folder of texts."""
    page.write()
    return Document.model_validate(page.record)


def test_a_text_is_found_in_the_first_folder_that_has_it(page: Page, recorded: Document, tmp_path: Path) -> None:
    assert Library((tmp_path / "none", page.texts)).text(recorded) == page.text


def test_a_text_that_no_folder_has_is_none(recorded: Document, tmp_path: Path) -> None:
    assert Library((tmp_path,)).text(recorded) is None


def test_a_changed_text_is_drift_and_no_match(page: Page, recorded: Document) -> None:
    path = page.texts / "a-page.txt"
    path.write_text(page.text.replace("It hurts", "it hurts"), encoding="utf-8")
    with pytest.raises(DriftError) as caught:
        page.library.text(recorded)
    message = str(caught.value)
    assert message.startswith(f"{path}: expected the recorded text of a-page (SHA-256 {recorded.sha256[:12]}…, ")
    assert "`avnkg documents new FILE --replaces a-page`" in message


def test_line_ends_that_a_program_changed_are_drift(page: Page, recorded: Document) -> None:
    (page.texts / "a-page.txt").write_text(page.text, encoding="utf-8", newline="\r\n")
    with pytest.raises(DriftError):
        page.library.text(recorded)


def test_a_folder_in_the_place_of_a_text_is_a_fault_and_no_absence(page: Page, recorded: Document) -> None:
    (page.texts / "a-page.txt").unlink()
    (page.texts / "a-page.txt").mkdir()
    with pytest.raises(DocumentError, match="expected a text file, got a folder"):
        page.library.text(recorded)


def test_a_wrong_length_is_told_though_the_hash_is_right(page: Page, recorded: Document) -> None:
    wrong = recorded.model_copy(update={"length": 3})
    with pytest.raises(DocumentError, match=f"says 3 characters, its text has {len(page.text)}; write `length: "):
        page.library.text(wrong)


def test_a_named_folder_must_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFoundError, match="expected a folder of texts; name an existing folder"):
        open_library(tmp_path / "none")
    monkeypatch.setenv("AVNKG_DOCUMENTS", str(tmp_path / "none"))
    with pytest.raises(NotFoundError):
        open_library()


def test_without_a_named_folder_the_kept_texts_are_looked_at(home: Path) -> None:
    assert open_library().folders == (home / "documents",)


def test_a_recorded_text_is_kept_whatever_its_file_is_called(
    page: Page, recorded: Document, tmp_path: Path, home: Path
) -> None:
    copy = tmp_path / "download (1).html"
    shutil.copyfile(page.texts / "a-page.txt", copy)
    document, place = add_text(copy, (recorded,))
    assert (document, place) == (recorded, home / "documents" / "a-page.txt")
    assert Library((kept_texts(),)).text(recorded) == page.text
    assert [path.name for path in place.parent.iterdir()] == ["a-page.txt"]


def test_a_text_that_nobody_recorded_is_refused_with_what_is_recorded(recorded: Document, tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text("another text", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        add_text(path, (recorded,))
    assert f"recorded: a-page {recorded.sha256[:12]}…" in str(caught.value)
    assert "check that it is the same page" in str(caught.value)


def test_a_place_that_cannot_be_written_is_told(page: Page, recorded: Document, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"cannot keep the text: .*; is the disk full or read-only"):
        add_text(page.texts / "a-page.txt", (recorded,), blocked)
