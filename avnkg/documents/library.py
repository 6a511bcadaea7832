"""Where the texts of documents are kept, outside the repository, and whether they are the recorded ones."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from avnkg.documents.model import Document
from avnkg.documents.text import fingerprint, read_text
from avnkg.errors import DocumentError, DriftError, NotFoundError
from avnkg.resources import home


@dataclass(frozen=True)
class Library:
    """Folders that may hold texts, each named `<document id>.txt`; the first that has one wins."""

    folders: tuple[Path, ...] = ()
    _kept: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    def text(self, document: Document) -> str | None:
        """Return the recorded text of a document, or None when no folder has it.

        Raises:
            DriftError: a text is there and its hash is not the recorded one.
            DocumentError: a text is there and cannot be read.
        """
        if document.id not in self._kept:
            path = self.path(document)
            self._kept[document.id] = None if path is None else recorded_text(path, document)
        return self._kept[document.id]

    def path(self, document: Document) -> Path | None:
        """Return what stands where a document's text should be, or None: a folder there is a fault, not an absence."""
        for folder in self.folders:
            path = folder / f"{document.id}.txt"
            if path.exists():
                return path
        return None


def kept_texts() -> Path:
    """Return the folder in which `avnkg documents add` keeps texts."""
    return home() / "documents"


def open_library(folder: Path | None = None) -> Library:
    """Return the library of a folder, or of the user's kept texts when none is named.

    `AVNKG_DOCUMENTS` names a folder too.

    Raises:
        NotFoundError: the named folder does not exist.
    """
    named = folder or (Path(os.environ["AVNKG_DOCUMENTS"]) if os.environ.get("AVNKG_DOCUMENTS") else None)
    if named is not None and not named.is_dir():
        raise NotFoundError("expected a folder of texts", path=named, hint="name an existing folder")
    return Library((named,) if named else (kept_texts(),))


def recorded_text(path: Path, document: Document) -> str:
    """Return the text of a file that must be a document's.

    Raises:
        DriftError: its hash is not the recorded one.
        DocumentError: its hash is, its length is not.
    """
    text = read_text(path)
    found = fingerprint(text)
    if found != document.sha256:
        raise DriftError(
            f"expected the recorded text of {document.id} (SHA-256 {document.sha256[:12]}…, "
            f"{document.length:,} characters), got another one ({found[:12]}…, {len(text):,} characters)",
            path=path,
            hint=f"a changed page is a new document: `avnkg documents new FILE --replaces {document.id}`",
        )
    if len(text) != document.length:
        raise DocumentError(
            f"the record of {document.id} says {document.length:,} characters, its text has {len(text):,}",
            path=path,
            hint=f"write `length: {len(text)}` in the record",
        )
    return text


def add_text(path: Path, documents: tuple[Document, ...], folder: Path | None = None) -> tuple[Document, Path]:
    """Keep a text whose hash one of the documents has recorded; return the document and where it is kept.

    Raises:
        DocumentError: no document has recorded this text, or it cannot be written.
    """
    text = read_text(path)
    found = fingerprint(text)
    for document in documents:
        if document.sha256 == found:
            place = (folder or kept_texts()) / f"{document.id}.txt"
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                partial = place.with_suffix(".partial")
                shutil.copyfile(path, partial)
                partial.replace(place)
            except OSError as fault:
                problem = f"cannot keep the text: {fault.strerror}"
                raise DocumentError(problem, path=place, hint="is the disk full or read-only?") from fault
            return document, place
    recorded = ", ".join(f"{document.id} {document.sha256[:12]}…" for document in documents)
    raise DocumentError(
        f"no document has recorded this text (SHA-256 {found[:12]}…; recorded: {recorded})",
        path=path,
        hint="check that it is the same page, unchanged; a new document begins with `avnkg documents new FILE`",
    )
