"""From corpus files to claims: every fault with file, line and field, and never a claim less in silence."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from avnkg.claims.entry import ClaimEntry, CorpusFile
from avnkg.claims.faults import faults
from avnkg.claims.kinds import Verification
from avnkg.claims.meaning import Meaning, negated
from avnkg.claims.model import Claim
from avnkg.claims.spelling import Spellings
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.account import Account, account
from avnkg.documents.gate import Gate
from avnkg.documents.library import Library
from avnkg.documents.located import Located, Place, located_error, read_yaml
from avnkg.documents.model import Document, Passage
from avnkg.documents.text import LARGEST_TEXT
from avnkg.errors import (
    AvnkgError,
    ClaimError,
    DocumentError,
    DriftError,
    NotFoundError,
    QuoteError,
    SeveralErrors,
    raise_all,
)

T = TypeVar("T")

_MOST_FAULTS = 50
"""Faults of one file that are told."""


@dataclass(frozen=True)
class Source:
    """One corpus file as read: its place, its entries, and the gate that its quotes must pass."""

    path: Path
    file: CorpusFile
    located: Located
    gate: Gate


@dataclass(frozen=True)
class Corpus:
    """Documents with their claims, in the order of the documents' ids, claims in reading order."""

    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents' records."""
        return tuple(source.file.document for source in self.sources)

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The account of each document, from the units stored in its file."""
        places: dict[str, list[tuple[str, list[tuple[int, int]]]]] = {}
        for claim in self.claims:
            if claim.withdrawn is None:
                spans = [(passage.start, passage.end) for passage in claim.passages]
                places.setdefault(claim.document, []).append((claim.id, spans))
        return tuple(
            account(source.file.document, source.file.units, places.get(source.file.document.id, ()), source.gate.text)
            for source in self.sources
        )


def read_corpus(folders: Sequence[Path], vocabulary: Vocabulary, library: Library) -> Corpus:
    """Return the documents and claims of all corpus files in some folders.

    Open names that differ in case or spaces alone are one, called as it is first written.

    Raises:
        NotFoundError: a folder is missing or holds no corpus file.
        SeveralErrors, ClaimError, DocumentError: a file, a claim or a quote is wrong; all faults of all files
            are listed.
    """
    errors: list[AvnkgError] = []
    sources: list[Source] = []
    claims: list[Claim] = []
    paths = corpus_files(folders)
    for path in paths:
        found = _collect(errors, lambda path=path: read_source(path, library))  # type: ignore[misc]
        if found is None:
            continue
        if any(source.file.document.id == found.file.document.id for source in sources):
            problem = f"the document id {found.file.document.id!r} is already used"
            hint = "two folders hold this file: read one of them, or give the document an id of its own"
            errors.append(located_error(DocumentError, problem, found.located, ("document", "id"), hint))
            continue
        sources.append(found)
        claims.extend(_collect(errors, lambda found=found: read_claims(found, vocabulary)) or ())  # type: ignore[misc]
    _check_replaced(sources, {path.stem for path in paths}, errors)
    raise_all(errors)
    return Corpus(tuple(sources), tuple(map(Spellings(vocabulary).claim, claims)))


def corpus_files(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Return the corpus files of some folders, by name.

    Raises:
        NotFoundError: a folder is missing or holds none.
    """
    paths: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            raise NotFoundError("expected a folder of corpus files", path=folder, hint="name an existing folder")
        found = sorted(folder.glob("*.yaml"))
        if not found:
            raise NotFoundError("the folder holds no corpus file (*.yaml)", path=folder)
        paths.extend(found)
    return tuple(paths)


def read_source(path: Path, library: Library) -> Source:
    """Return a corpus file with its gate, its claims not yet read.

    Raises:
        DocumentError, SeveralErrors: the file cannot be read or does not have the form of a corpus file.
    """
    located = read_yaml(_read(path), path)
    try:
        file = CorpusFile.model_validate(located.data)
    except ValidationError as fault:
        told = faults(fault, located, lambda place: ClaimError if "claims" in place else DocumentError)
        raise_all(_first(told, path))
        raise AssertionError("a validation error has faults") from fault
    expected = f"{file.document.id}.yaml"
    if path.name != expected:
        raise located_error(
            DocumentError, f"expected the file to be named {expected}, got {path.name}", located, ("document", "id")
        )
    raise_all(_first(_unit_faults(file, located), path))
    return Source(path, file, located, Gate(file.document, file.units, file.passages, library.text(file.document)))


def read_claims(source: Source, vocabulary: Vocabulary) -> tuple[Claim, ...]:
    """Return the claims of a corpus file, each with passages that passed the gate.

    Raises:
        ClaimError, QuoteError, SeveralErrors: with file, line and field; all faults are listed.
    """
    errors: list[AvnkgError] = []
    claims: list[Claim] = []
    seen: dict[str, int] = {}
    last = 0
    for index, entry in enumerate(source.file.claims):
        if len(errors) > _MOST_FAULTS:
            break
        place: Place = ("claims", index)

        def complain(
            kind: type[ClaimError],
            problem: str,
            field: Place,
            hint: str | None,
            place: Place = place,
            entry: ClaimEntry = entry,
        ) -> None:
            errors.append(located_error(kind, f"claim {entry.id}: {problem}", source.located, (*place, *field), hint))

        if entry.id in seen:
            complain(ClaimError, f"the id is already used in line {seen[entry.id]}", ("id",), "ids are never reused")
            continue
        if int(entry.id) <= last:
            complain(ClaimError, f"stands after {last:03}", ("id",), "claims stand in the order of their ids")
        last = max(last, int(entry.id))
        seen[entry.id] = source.located.line((*place, "id")) or 0
        passages = _passages(source, entry, place, errors)
        meant = Meaning(vocabulary, complain).claim(entry, _identity(source, entry), source.file.document.id, passages)
        if meant and passages:
            strength = Verification.FINGERPRINTED if source.gate.text is None else Verification.ANCHORED
            claims.append(replace(meant, verification=strength))
    else:
        _check_repetitions(source, seen, errors)
    raise_all(_first(errors, source.path))
    return tuple(claims)


def _first(errors: list[AvnkgError], path: Path) -> list[AvnkgError]:
    """Return the first faults of a file: whoever has fixed these may ask again."""
    if len(errors) <= _MOST_FAULTS:
        return errors
    return [*errors[:_MOST_FAULTS], ClaimError("… and more", path=path, hint="fix these first")]


def _identity(source: Source, entry: ClaimEntry) -> str:
    return f"{source.file.document.id}/{entry.id}"


def _passages(source: Source, entry: ClaimEntry, place: Place, errors: list[AvnkgError]) -> tuple[Passage, ...]:
    if len(entry.at) != len(entry.quote):
        problem = f"claim {entry.id}: expected a place for each of {len(entry.quote)} quotes, got {len(entry.at)}"
        hint = f"run `avnkg documents anchor {source.path.name}`"
        errors.append(located_error(QuoteError, problem, source.located, (*place, "at"), hint))
        return ()
    passages = []
    for quote, start in zip(entry.quote, entry.at, strict=True):
        try:
            passages.append(source.gate.passage(quote, start))
        except QuoteError as fault:
            problem = f"claim {entry.id}: {fault.problem}"
            errors.append(located_error(QuoteError, problem, source.located, (*place, "quote"), fault.hint))
    if len(passages) < len(entry.quote):
        return ()
    for cut in source.gate.cuts(passages, denied=negated(entry)):
        problem = f"claim {entry.id}: {cut.problem}"
        errors.append(located_error(QuoteError, problem, source.located, (*place, "quote"), cut.hint))
    return tuple(passages)


def _check_repetitions(source: Source, seen: dict[str, int], errors: list[AvnkgError]) -> None:
    for index, unit in enumerate(source.file.units):
        if unit.of is not None and unit.of not in seen:
            problem = f"the unit repeats claim {unit.of!r}, which the file does not have"
            errors.append(located_error(ClaimError, problem, source.located, ("units", index, "of")))


def _check_replaced(sources: Sequence[Source], known: Set[str], errors: list[AvnkgError]) -> None:
    older = {source.file.document.id: source.file.document.replaces for source in sources}
    for source in sources:
        replaced = source.file.document.replaces
        if replaced == source.file.document.id:
            problem, hint = "a document cannot replace itself", "give the new text an id of its own"
        elif replaced and replaced not in known:
            problem, hint = f"replaces {replaced!r}, which is not in the corpus", "keep the old file: its claims stay"
        elif _replaces_itself(source.file.document.id, older):
            problem, hint = f"replaces {replaced!r}, which in turn replaces it", "only the newer replaces the older"
        else:
            continue
        errors.append(located_error(DocumentError, problem, source.located, ("document", "replaces"), hint))


def _replaces_itself(document: str, older: Mapping[str, str | None]) -> bool:
    """Tell whether going back from text to older text leads to the same document again."""
    passed: set[str] = set()
    current = older.get(document)
    while current and current not in passed:
        passed.add(current)
        current = older.get(current)
    return document in passed


def _unit_faults(file: CorpusFile, located: Located) -> list[AvnkgError]:
    faults: list[AvnkgError] = []
    end = 0
    for index, unit in enumerate(file.units):
        if unit.at < end:
            problem = f"the unit begins at {unit.at}, before the one before it ends at {end}"
            faults.append(located_error(DocumentError, problem, located, ("units", index, "at")))
        end = unit.end
    if end > file.document.length:
        problem = f"the last unit ends at {end}, past the end of the document at {file.document.length}"
        faults.append(located_error(DocumentError, problem, located, ("units",)))
    return faults


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_TEXT:
            problem = f"expected a corpus file of at most {LARGEST_TEXT:,} bytes, got {path.stat().st_size:,}"
            raise DocumentError(problem, path=path, hint="record the document's parts as documents of their own")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        problem = f"expected UTF-8 text, got byte 0x{fault.object[fault.start]:02x} at byte {fault.start}"
        raise DocumentError(problem, path=path, line=line, hint="save the file as UTF-8") from fault
    except OSError as fault:
        raise DocumentError(f"cannot read the corpus file: {fault.strerror}", path=path) from fault


def _collect(errors: list[AvnkgError], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except SeveralErrors as several:
        errors.extend(several.errors)
    except (ClaimError, DocumentError, DriftError) as error:
        errors.append(error)
    return None
