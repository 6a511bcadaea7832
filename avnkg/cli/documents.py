"""Commands on documents: their texts, units, passages and account."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from avnkg.cli.console import show, working, write
from avnkg.cli.options import Alone, AsJson, Corpora, Texts, inputs

if TYPE_CHECKING:
    from avnkg.claims.reading import Corpus, Source

app = typer.Typer(
    help="Documents: their texts, units, passages and account.", no_args_is_help=True, rich_markup_mode=None
)

Chosen = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DOCUMENT|FILE]...", help="Document ids or corpus files; all when left out."),
]


@app.command("list")
def list_documents(corpora: Corpora = None, alone: Alone = False, texts: Texts = None, as_json: AsJson = False) -> None:
    """List the documents: who speaks, what they sell, and whether the text is at hand."""
    from avnkg.views.terminal.documents import document_list, documents_json

    sources = _sources(corpora, alone, texts, drifted=True)
    if as_json:
        write(documents_json(sources))
    else:
        show(document_list(sources))


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="The text of the document, saved as UTF-8.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Where the corpus file goes.")] = Path(),
    replaces: Annotated[
        str | None, typer.Option(metavar="ID", help="The document of which this text is a changed version.")
    ] = None,
) -> None:
    """Begin a document: write its corpus file with record and units, for you to fill in."""
    from avnkg.claims.schema import FILE_NAME, schema_text
    from avnkg.documents.anchor import write_safely
    from avnkg.documents.skeleton import skeleton
    from avnkg.documents.text import read_text
    from avnkg.errors import DocumentError
    from avnkg.ontology.reading import read_ontology

    text = read_text(file)
    identity, written = skeleton(file, text, replaces)
    if replaces == identity:
        raise DocumentError(
            f"{identity} cannot replace itself", path=file, hint="give the new text a file name of its own"
        )
    path = into / f"{identity}.yaml"
    if path.exists():
        raise DocumentError(
            "the corpus file is already there", path=path, hint="choose another folder, or rename the text"
        )
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise DocumentError(f"expected a folder to write into: {fault.strerror}", path=into) from fault
    write_safely(path, written)
    write_safely(into / FILE_NAME, schema_text(read_ontology().vocabulary))
    show(
        f"Wrote {path} and {into / FILE_NAME}.",
        "Next: fill in what is marked FILL IN, then write the claims (CONTRIBUTING.md, 'Add a document').",
        f"Then: avnkg documents add {file} --corpus {into}",
        f"      avnkg documents anchor {path}",
        f"      avnkg documents coverage --corpus {into} --without-embedded",
    )


@app.command()
def schema() -> None:
    """Print the JSON Schema of a corpus file, for an editor that completes and checks it."""
    from avnkg.claims.schema import schema_text
    from avnkg.ontology.reading import read_ontology

    write(schema_text(read_ontology().vocabulary))


@app.command()
def anchor(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Corpus files.")], texts: Texts = None
) -> None:
    """Fill in where each quote stands; only exact words that the text holds are placed."""
    from avnkg.claims.reading import read_source
    from avnkg.documents.anchor import anchor as anchored
    from avnkg.documents.anchor import write_safely
    from avnkg.documents.library import open_library
    from avnkg.documents.skeleton import check_units
    from avnkg.errors import NotFoundError, raise_all
    from avnkg.views.words import counted

    library = open_library(texts)
    for path in files:
        source = read_source(path, library)
        if source.gate.text is None:
            raise NotFoundError(
                f"the text of {source.file.document.id} is not at hand",
                path=path,
                hint="keep it with `avnkg documents add FILE --corpus DIR`, or name its folder with `--documents DIR`",
            )
        raise_all(check_units(source.gate))
        done = anchored(path.read_text(encoding="utf-8"), source.gate, path)
        write_safely(path, done.text)
        show(f"{path}: {counted(done.claims, 'claim')} anchored, {done.moved} with a new place")


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="The text of a document that a corpus file records.")],
    corpora: Corpora = None,
    alone: Alone = False,
) -> None:
    """Keep a text on this machine, if it is exactly the recorded one."""
    from avnkg.documents.library import add_text

    documents = tuple(source.file.document for source in _sources(corpora, alone, None))
    document, place = add_text(file, documents)
    show(f"Kept the text of {document.id} as {place}.", "Its quotes are now anchored: run `avnkg build`.")


@app.command()
def verify(corpora: Corpora = None, alone: Alone = False, texts: Texts = None, as_json: AsJson = False) -> None:
    """Hold every quote against its text, or its fingerprint where the text is not at hand."""
    import json

    from avnkg.views.terminal.documents import verification_table, verify_documents

    with working("verifying quotes"):
        given = inputs(corpora, alone, texts)
        found = verify_documents(given)
    if as_json:
        write(json.dumps([finding.as_dict() for finding in found], indent=2, ensure_ascii=False) + "\n")
    else:
        show(verification_table(found))
    if any(finding.problems for finding in found):
        raise typer.Exit(1)


@app.command()
def coverage(
    chosen: Chosen = None,
    corpora: Corpora = None,
    alone: Alone = False,
    texts: Texts = None,
    units: Annotated[bool, typer.Option("--units", help="List every unit with its claims or its reason.")] = False,
    as_json: AsJson = False,
) -> None:
    """Account for every unit of the documents; fails when one has neither claims nor a reason."""
    from avnkg.views.terminal.documents import account_json, account_units, account_view

    corpus = _corpus(corpora, alone, texts)
    wanted = _ids(chosen, corpus)
    accounts = [account for account in corpus.accounts if account.document in wanted]
    if as_json:
        write(account_json(accounts))
    else:
        show(account_view(accounts))
        if units:
            show(
                *(
                    account_units(account, source.gate.text)
                    for account in accounts
                    for source in corpus.sources
                    if source.file.document.id == account.document
                )
            )
    if not all(account.complete and account.share_held for account in accounts):
        raise typer.Exit(1)


def _ids(chosen: list[str] | None, corpus: "Corpus") -> list[str]:
    from avnkg.errors import NotFoundError

    known = [document.id for document in corpus.documents]
    wanted = [Path(name).stem if name.endswith(".yaml") else name for name in chosen or known]
    for name in wanted:
        if name not in known:
            raise NotFoundError(f"there is no document {name!r}", hint=f"there are {', '.join(known)}")
    return wanted


def _corpus(corpora: list[Path] | None, alone: bool, texts: Path | None) -> "Corpus":
    from avnkg.claims.reading import read_corpus
    from avnkg.graph.build import vocabulary_of

    given = inputs(corpora, alone, texts)
    return read_corpus(given.corpora, vocabulary_of(given), given.library)


def _sources(
    corpora: list[Path] | None, alone: bool, texts: Path | None, *, drifted: bool = False
) -> "tuple[Source, ...]":
    """Return the corpus files without reading their claims; a drifted text counts as not at hand where asked."""
    from avnkg.claims.reading import corpus_files, read_source
    from avnkg.documents.library import Library
    from avnkg.errors import DriftError

    given = inputs(corpora, alone, texts)
    sources = []
    for path in corpus_files(given.corpora):
        try:
            sources.append(read_source(path, given.library))
        except DriftError:
            if not drifted:
                raise
            sources.append(read_source(path, Library()))
    return tuple(sources)
