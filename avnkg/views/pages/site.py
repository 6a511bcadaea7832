"""A site that needs no server: every page as a file, written beside its place and moved there when it is whole."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from avnkg.claims.reading import read_corpus
from avnkg.errors import GraphError
from avnkg.graph.build import Inputs, claims_of, vocabulary_of
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.pages import addresses as at
from avnkg.views.pages import downloads
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import addresses, page_at
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import render, required, style

MARK = ".avnkg-site"
"""The file by which a folder is known as a site that may be written anew."""


def write_site(
    graph: ClaimsGraph, folder: Path, options: Options | None = None, *, tell: Callable[[str], None] = lambda now: None
) -> int:
    """Write the site of a graph into a folder, all or nothing; return how many files it has.

    The folder must be new, empty, or a site written before: that one is replaced when the new one is whole.

    Raises:
        GraphError: the folder holds other things, or cannot be written; what was there stays.
        MissingPartError: a part that writes pages is not installed.
    """
    required()
    _refuse_others(folder)
    folder = folder.absolute()
    partial = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}.partial")
    try:
        partial.mkdir(parents=True)
        count, made = 0, set[Path]()
        for address, text in files(graph, options or Options(), tell):
            path = partial / address
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
            count += 1
        _swap(partial, folder)
    except OSError as fault:
        raise GraphError(
            f"cannot write the site: {fault.strerror}", path=folder, hint="is the disk full or read-only?"
        ) from fault
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return count


def options_of(given: Inputs) -> Options:
    """Return what the files of a graph's inputs tell beside the graph: the account of documents, the claims as written.

    Raises:
        ClaimError, DocumentError, SeveralErrors: the inputs are wrong.
    """
    vocabulary = vocabulary_of(given)
    corpus = read_corpus(given.corpora, vocabulary, given.library)
    accounts = {account.document: account for account in corpus.accounts}
    return Options(accounts=accounts, claims=tuple(claims_of(given, corpus, vocabulary)))


def files(graph: ClaimsGraph, options: Options, tell: Callable[[str], None]) -> Iterator[tuple[str, str | bytes]]:
    """Yield the address of every file of a site, and what is in it."""
    archive = Archive(graph)
    archive.preload()
    tell("writing pages")
    yield MARK, "This folder is written by `avnkg site`, and replaced as a whole.\n"
    yield at.STYLE, style()
    taken = dict(downloads.written(archive, options))
    yield from taken.items()
    options = replace(options, sizes=downloads.sizes(taken))
    for address in addresses(archive):
        yield address, render(page_at(archive, address, options))


def _refuse_others(folder: Path) -> None:
    """Refuse a folder that holds what we have not written.

    Raises:
        GraphError: it does, or is a file.
    """
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).is_file()):
        raise GraphError(
            "expected a new or empty folder, or a site written before", path=folder, hint="choose another name"
        )


def _swap(partial: Path, folder: Path) -> None:
    """Put a whole site in the place of the old one; where that fails, the old one is put back."""
    old = partial.with_suffix(".old")
    if folder.exists():
        folder.rename(old)
    try:
        partial.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
