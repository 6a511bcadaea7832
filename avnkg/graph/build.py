"""Builds: from ontology, corpus and texts to a graph on disk, all or nothing.

A build is written beside the old one and swapped in by renaming a small file that names it; a crash leaves the
old one whole, and a reader keeps what it has open. One build at a time holds the lock; a second one waits.
"""

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from avnkg import __version__, vocab
from avnkg.claims.kinds import Verification
from avnkg.claims.model import Claim
from avnkg.claims.portable import read_table
from avnkg.claims.reading import Corpus, corpus_files, read_corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.library import Library, open_library
from avnkg.errors import AvnkgError, GraphError, NotFoundError
from avnkg.graph.derivation import MANY, Kept
from avnkg.graph.ontology_quads import ontology_quads
from avnkg.graph.quads import QuadWriter
from avnkg.graph.store import EmbeddedStore, memory_store, open_store, write_store
from avnkg.ontology.reading import read_ontology
from avnkg.resources import folder, home

KEPT_SECONDS = 3600
"""How long a build that is no longer the current one stays, for those who still read it."""


@dataclass(frozen=True)
class Inputs:
    """What a graph is built from.

    Attributes:
        corpora: folders of corpus files.
        library: where texts may be.
        claims: a portable table of further claims about documents of the corpora, or None.
        open: whether names that the ontology does not know stand for themselves.
    """

    corpora: tuple[Path, ...]
    library: Library
    claims: Path | None = None
    open: bool = False

    @property
    def key(self) -> str:
        """A hash of all that goes in: equal inputs, equal graph."""
        digest = sha256(f"{__version__} {self.open}".encode())
        digest.update(read_ontology().sha256.encode())
        for path in (*corpus_files(self.corpora), *((self.claims,) if self.claims else ())):
            digest.update(path.name.encode() + b"\0" + _bytes(path))
            text = next(
                (f / f"{path.stem}.txt" for f in self.library.folders if (f / f"{path.stem}.txt").is_file()), None
            )
            digest.update(b"\1" + (_bytes(text) if text else b""))
        return digest.hexdigest()


@dataclass(frozen=True)
class Build:
    """A graph on disk, and what went into it."""

    key: str
    version: str
    folder: str
    documents: int
    claims: int
    anchored: int
    fingerprinted: int
    quads: int
    corpora: tuple[str, ...]
    texts: tuple[str, ...]
    table: str | None
    open: bool

    @property
    def inputs(self) -> Inputs:
        """What it was built from."""
        library = Library(tuple(Path(folder) for folder in self.texts))
        return Inputs(tuple(map(Path, self.corpora)), library, Path(self.table) if self.table else None, self.open)

    @property
    def with_disputes(self) -> bool:
        """Whether disputes were gathered: not of more than `MANY` claims."""
        return self.claims <= MANY

    @property
    def store(self) -> Path:
        """The folder of the Oxigraph store."""
        return Path(self.folder) / "store"


def inputs(
    corpora: Sequence[Path] = (),
    *,
    embedded: bool = True,
    documents: Path | None = None,
    claims: Path | None = None,
    open_names: bool = False,
) -> Inputs:
    """Return what to build from: the embedded corpus and others beside it, or the others alone."""
    ours = (folder("corpus"),) if embedded else ()
    if not ours and not corpora:
        raise GraphError("expected a corpus to build from, got none", hint="name one with `--corpus DIR`")
    if claims is not None and not claims.is_file():
        raise NotFoundError("expected a table of claims", path=claims, hint="name an existing file")
    return Inputs((*ours, *corpora), open_library(documents), claims, open_names)


@dataclass
class Tally:
    """Counts claims on their way into the graph."""

    claims: int = 0
    anchored: int = 0

    def count(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Yield the claims, counted."""
        for claim in claims:
            self.claims += 1
            self.anchored += claim.verification is Verification.ANCHORED
            yield claim


def claims_of(given: Inputs, corpus: Corpus, vocabulary: Vocabulary) -> Iterator[Claim]:
    """Yield the claims of the corpus, then those of the table, one at a time."""
    yield from corpus.claims
    if given.claims:
        yield from read_table(given.claims, corpus, vocabulary)


def vocabulary_of(given: Inputs) -> Vocabulary:
    """Return the names that claims may use."""
    known = read_ontology().vocabulary
    return replace(known, open=True) if given.open else known


def chunks(given: Inputs, tally: Tally) -> Iterator[str]:
    """Yield the graph as N-Quads, in chunks of whole lines: ontology, records, claims."""
    vocabulary = vocabulary_of(given)
    corpus = read_corpus(given.corpora, vocabulary, given.library)
    writer = QuadWriter(vocabulary)
    yield "".join(ontology_quads(read_ontology()))
    for document in corpus.documents:
        yield "".join(writer.document(document))
    kept = Kept(corpus.documents, vocabulary)
    yield from writer.claims(kept.taken(tally.count(claims_of(given, corpus, vocabulary))), corpus.documents)
    yield from kept.derived()


def build_memory(given: Inputs) -> EmbeddedStore:
    """Return the graph of some inputs in memory."""
    return memory_store(chunks(given, Tally()))


def build(given: Inputs, root: Path | None = None, *, again: bool = False) -> Build:
    """Build the graph on disk unless the current one was built from the same inputs; return it.

    Raises:
        GraphError: the disk is full or cannot be written; the old graph stays.
        ClaimError, DocumentError, SeveralErrors: the inputs are wrong; the old graph stays.
    """
    # Imported here: a reader needs no lock, and starts faster without it.
    from filelock import FileLock

    root = root or graph_root()
    key = given.key
    current = current_build(root)
    if current and current.key == key and not again and _whole(current):
        return current
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / "build.lock"):
            current = current_build(root)
            if current and current.key == key and not again and _whole(current):
                return current
            return _build(given, key, root)
    except OSError as fault:
        raise GraphError(
            f"cannot write the graph: {fault}", path=root, hint="is the disk full or read-only?"
        ) from fault


def refresh(root: Path | None = None) -> Build:
    """Return the current build, built again when what it was built from has changed.

    Without one, the embedded corpus is built.

    Raises:
        GraphError, ClaimError, DocumentError, SeveralErrors: as `build`.
        NotFoundError: a corpus that it was built from is gone.
    """
    current = current_build(root)
    if current is None:
        return build(inputs(), root)
    try:
        return build(current.inputs, root)
    except AvnkgError as error:
        if not current.table and current.corpora == (str(folder("corpus")),):
            raise
        given = " ".join([*current.corpora, *([current.table] if current.table else [])])
        raise GraphError(
            f"the graph was last built from {given}, which has changed and cannot be built now:\n{error}",
            hint="mend it, or run plain `avnkg build` to go back to the embedded corpus",
        ) from error


def current_build(root: Path | None = None) -> Build | None:
    """Return the current build, or None when there is none that can be used."""
    root = root or graph_root()
    try:
        path = root / "builds" / (root / "current").read_text(encoding="utf-8").strip()
        fields = json.loads((path / "build.json").read_text(encoding="utf-8"))
        fields = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
        # Where it is now, not where it was built: the folder of graphs may have been moved.
        build = Build(**{**fields, "folder": str(path)})
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return build if build.store.is_dir() else None


def graph_root() -> Path:
    """Return the folder that holds built graphs."""
    return home() / "graph"


def _whole(build: Build) -> bool:
    """Return whether a build can be read: its folder may have been damaged since."""
    try:
        return bool(open_store(build.store).query(f"ASK {{ ?document a <{vocab.DOCUMENT}> }}"))
    except AvnkgError:
        return False


def _build(given: Inputs, key: str, root: Path) -> Build:
    builds = root / "builds"
    builds.mkdir(parents=True, exist_ok=True)
    name = f"{key[:16]}-{time.time_ns():x}"
    partial = builds / f".partial-{name}"
    before = current_build(root)
    _clean(builds, before)
    tally = Tally()
    try:
        quads = write_store(partial / "store", chunks(given, tally))
        fingerprinted = tally.claims - tally.anchored
        done = Build(
            key,
            __version__,
            str(builds / name),
            len(corpus_files(given.corpora)),
            tally.claims,
            tally.anchored,
            fingerprinted,
            quads,
            tuple(str(path.absolute()) for path in given.corpora),
            tuple(str(path.absolute()) for path in given.library.folders),
            str(given.claims.absolute()) if given.claims else None,
            given.open,
        )
        _write(partial / "build.json", json.dumps(asdict(done), indent=1))
        partial.rename(builds / name)
        if before:
            os.utime(before.folder)  # from now on it is an old one: who reads it has time to finish
        _write(root / "current.new", name)
        os.replace(root / "current.new", root / "current")
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return done


def _clean(builds: Path, current: Build | None) -> None:
    """Remove what crashed builds left, and builds that have long ceased to be current. The lock is held."""
    for path in builds.iterdir():
        partial = path.name.startswith(".partial-")
        is_current = current is not None and Path(current.folder) == path
        if partial or (not is_current and time.time() - path.stat().st_mtime > KEPT_SECONDS):
            shutil.rmtree(path, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise GraphError(f"cannot read {path.name}: {fault.strerror}", path=path) from fault
