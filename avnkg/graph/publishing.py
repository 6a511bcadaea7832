"""What leaves avnkg as files, and what comes back: graphs, nanopublications, tables of claims."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from avnkg.claims.model import Claim
from avnkg.claims.portable import FORMATS, read_table, write_csv, write_jsonl, write_parquet
from avnkg.claims.reading import read_corpus
from avnkg.claims.writing import entry_text
from avnkg.documents.anchor import anchor, with_entries, write_safely
from avnkg.errors import ClaimError, GraphError, NotFoundError
from avnkg.graph.build import Inputs, Tally, chunks, claims_of, vocabulary_of
from avnkg.graph.export import write_graph, write_graphml
from avnkg.graph.nanopublication import nanopublication
from avnkg.graph.store import memory_store


def publish_graph(given: Inputs, form: str, output: Path | None) -> None:
    """Write the whole graph to a file, or to standard output.

    Raises:
        GraphError: the format is not known, or the file cannot be written; then none is left half written.
    """
    if form == "graphml":
        vocabulary = vocabulary_of(given)
        corpus = read_corpus(given.corpora, vocabulary, given.library)
        with _out(output) as out:
            write_graphml(claims_of(given, corpus, vocabulary), vocabulary, out)
        return
    store = memory_store(chunks(given, Tally()))
    with _out(output) as out:
        write_graph(store, form, out)


def publish_claim(given: Inputs, identity: str, output: Path | None) -> None:
    """Write one claim as a nanopublication.

    Raises:
        NotFoundError: there is no such claim.
        ClaimError: it is withdrawn: what no longer counts is not published.
    """
    vocabulary = vocabulary_of(given)
    corpus = read_corpus(given.corpora, vocabulary, given.library)
    documents = {document.id: document for document in corpus.documents}
    for claim in claims_of(given, corpus, vocabulary):
        if claim.id == identity:
            if claim.withdrawn is not None:
                raise ClaimError(f"the claim {identity} is withdrawn and is not published: {claim.withdrawn}")
            with _out(output) as out:
                out.write(nanopublication(claim, documents[claim.document], vocabulary).encode("utf-8"))
            return
    raise NotFoundError(f"there is no claim {identity!r}", hint="`avnkg claims list` lists them")


def publish_claims(given: Inputs, form: str, output: Path | None) -> None:
    """Write all claims as a table.

    Raises:
        GraphError: the format is not known, or the file cannot be written; then none is left half written.
    """
    if form not in FORMATS:
        raise GraphError(f"expected one of the formats {', '.join(FORMATS)}, got {form!r}")
    vocabulary = vocabulary_of(given)
    corpus = read_corpus(given.corpora, vocabulary, given.library)
    claims = claims_of(given, corpus, vocabulary)
    write = {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet}[form]
    with _out(output) as out:
        write(claims, out)


def take_in(given: Inputs) -> dict[Path, int]:
    """Add the claims of a table to the corpus files of their documents; return how many went into each.

    All faults are found before the first file is changed.

    Raises:
        NotFoundError: a document's text is not at hand.
        ClaimError, QuoteError, SeveralErrors: a line of the table is wrong.
    """
    assert given.claims is not None, "claims are taken in from a table"
    vocabulary = vocabulary_of(given)
    corpus = read_corpus(given.corpora, vocabulary, given.library)
    further: dict[str, list[Claim]] = defaultdict(list)
    for claim in read_table(given.claims, corpus, vocabulary):
        further[claim.document].append(claim)
    taken: dict[Path, int] = {}
    written: dict[Path, str] = {}
    for source in corpus.sources:
        added = further.get(source.file.document.id)
        if not added:
            continue
        if source.gate.text is None:
            raise NotFoundError(
                f"the text of {source.file.document.id} is not at hand",
                hint="claims are taken in where their text is: name its folder with `--documents DIR`",
            )
        entries = {claim.id.rpartition("/")[2]: entry_text(claim) for claim in added}
        text = with_entries(source.path.read_text(encoding="utf-8"), entries)
        written[source.path] = anchor(text, source.gate, source.path).text
        taken[source.path] = len(added)
    for path, text in written.items():
        write_safely(path, text)
    return taken


@contextmanager
def _out(output: Path | None) -> Iterator[IO[bytes]]:
    """Give what to write to. A file is written beside its place and moved there when it is whole."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = output.with_name(f".{output.name}.partial")
    try:
        with partial.open("wb") as out:
            yield out
        partial.replace(output)
    except OSError as fault:
        raise GraphError(f"cannot write the file: {fault.strerror}", path=output) from fault
    finally:
        partial.unlink(missing_ok=True)
