"""Commands on claims: list, show, and the portable table."""

from pathlib import Path
from typing import Annotated

import typer

from avnkg.cli.console import show, working, write
from avnkg.cli.options import Alone, AsJson, Corpora, StoreAddress, Texts, graph, inputs, one_of

app = typer.Typer(help="Claims: list, show, export, import.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_claims(
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only of this document.")] = None,
    about: Annotated[
        str | None,
        typer.Option(metavar="CONCEPT", help="Only about this concept or a kind of it, as 'core decompression'."),
    ] = None,
    stance: Annotated[str | None, typer.Option(help="affirms or denies")] = None,
    force: Annotated[
        str | None,
        typer.Option(
            help="defines, asserts, describes, recommends, requires, permits, aims, reports, recounts or advertises"
        ),
    ] = None,
    store: StoreAddress = None,
    corpora: Corpora = None,
    alone: Alone = False,
    as_json: AsJson = False,
) -> None:
    """List claims in reading order, with quote, stance, hedge and conditions."""
    from avnkg.views.terminal.listing import claim_list

    asked = graph(store, corpora, alone)
    rows = asked.claims(document=document, about=about, stance=stance, force=force)
    if as_json:
        write(rows.to_json() + "\n")
    else:
        show(claim_list(rows))
    if not rows:
        raise typer.Exit(1)


@app.command("show")
def show_claim(
    identity: Annotated[str, typer.Argument(metavar="ID", help="As regenexx-avn-hip/012.")],
    store: StoreAddress = None,
    corpora: Corpora = None,
    alone: Alone = False,
    as_json: AsJson = False,
) -> None:
    """Show one claim whole: its words, what they were read as, its conditions, its document."""
    from avnkg.views.terminal.claim import claim_json, claim_view

    record = graph(store, corpora, alone).claim(identity)
    if as_json:
        write(claim_json(record))
    else:
        show(claim_view(record))


@app.command("export")
def export_claims(
    form: Annotated[str, typer.Option("--format", help="jsonl, csv or parquet")] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Default: standard output.")
    ] = None,
    corpora: Corpora = None,
    alone: Alone = False,
    texts: Texts = None,
    open_names: Annotated[
        bool, typer.Option("--open", help="Names that the ontology does not know stand for themselves.")
    ] = False,
) -> None:
    """Write the claims as a table that other programs read; it comes back in unchanged."""
    from avnkg.claims.portable import FORMATS
    from avnkg.errors import QueryError
    from avnkg.graph.publishing import publish_claims

    if one_of(FORMATS, form) == "parquet" and output is None:
        raise QueryError("Parquet is no text to print", hint="name a file with `-o FILE`")
    given = inputs(corpora, alone, texts, open_names=open_names)
    with working("writing"):
        publish_claims(given, form, output)


@app.command("import")
def import_claims(
    file: Annotated[Path, typer.Argument(help="A table of claims: .jsonl, .csv or .parquet.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="The folder with the documents' corpus files.")],
    texts: Texts = None,
    open_names: Annotated[
        bool, typer.Option("--open", help="Names that the ontology does not know stand for themselves.")
    ] = False,
) -> None:
    """Take claims of a table into corpus files; those that a file has already are passed over."""
    from avnkg.graph.publishing import take_in
    from avnkg.views.words import counted

    given = inputs([into], True, texts, claims=file, open_names=open_names)
    with working("reading"):
        taken = take_in(given)
    lines = [f"{path}: {counted(count, 'claim')} taken in" for path, count in taken.items()]
    show(*lines, f"{counted(sum(taken.values()), 'claim')} in all")
