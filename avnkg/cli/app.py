"""The commands on the whole graph; those on documents and claims have files of their own."""

from pathlib import Path
from typing import Annotated

import typer

from avnkg.cli import EXIT_CODES, analysis, claims, documents, relate, relations
from avnkg.cli.console import show, working, write
from avnkg.cli.graph import app as graph_app
from avnkg.cli.options import Alone, AsJson, Corpora, StoreAddress, Texts, graph, inputs, one_of, parameters_of
from avnkg.cli.serve import app as serve_app
from avnkg.cli.site import app as site_app

app = typer.Typer(
    name="avnkg",
    help="Who claims what about avascular necrosis, in which exact words, under which conditions.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(documents.app, name="documents")
app.add_typer(claims.app, name="claims")
app.add_typer(analysis.app)
app.add_typer(relate.app)
app.add_typer(relations.app, name="relations")
app.add_typer(relations.disputes_app)
app.add_typer(graph_app)
app.add_typer(site_app)
app.add_typer(serve_app)


def _version(wanted: bool) -> None:
    if wanted:
        from avnkg import __version__

        write(f"avnkg {__version__}\n")
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Who claims what about avascular necrosis, in which exact words, under which conditions."""


@app.command()
def run() -> None:
    """Build the graph when needed, and show what it holds: the first thing to try."""
    from avnkg.graph.build import refresh
    from avnkg.graph.claimsgraph import load
    from avnkg.views.terminal.overview import overview

    with working("building the graph"):
        done = refresh()
    show(overview(done, load()))


@app.command()
def build(
    corpora: Corpora = None,
    alone: Alone = False,
    texts: Texts = None,
    table: Annotated[
        Path | None, typer.Option("--claims", metavar="FILE", help="Further claims: .jsonl, .csv or .parquet.")
    ] = None,
    open_names: Annotated[
        bool, typer.Option("--open", help="Names that the ontology does not know stand for themselves.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Build even when nothing has changed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Build the graph: all or nothing, the old one stays until the new one is whole.

    The commands that ask the graph use the last one built, and build it again when what it was built from has
    changed.
    """
    import json
    from dataclasses import asdict

    from avnkg.graph.build import build as build_graph
    from avnkg.views.terminal.overview import build_lines

    with working("building the graph"):
        given = inputs(corpora, alone, texts, claims=table, open_names=open_names)
        done = build_graph(given, again=again)
    if as_json:
        write(json.dumps(asdict(done), indent=2) + "\n")
    else:
        show(*build_lines(done))


@app.command()
def find(
    words: Annotated[list[str], typer.Argument(help="Words that the quote or our wording must hold, in any case.")],
    store: StoreAddress = None,
    corpora: Corpora = None,
    alone: Alone = False,
    as_json: AsJson = False,
) -> None:
    """Find claims by words."""
    from avnkg.errors import NotFoundError
    from avnkg.views.terminal.listing import claim_list

    asked = graph(store, corpora, alone)
    rows = asked.find(" ".join(words))
    if as_json:
        write(rows.to_json() + "\n")
    elif rows:
        show(claim_list(rows))
    if not rows:
        near = asked.vocabulary.nearest(" ".join(words))
        labels = ", ".join(repr(asked.vocabulary.terms[name].label) for name in near)
        hint = f"the ontology has {labels}" if labels else "try a single, shorter word"
        raise NotFoundError(f"no claim holds {' '.join(words)!r}", hint=hint)


# What is no option of it is told by the command itself: one writes a query's parameters as if they were options.
@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def query(
    context: typer.Context,
    question: Annotated[
        str,
        typer.Argument(metavar="NAME|FILE", help="A query of the library, a file of SPARQL, or - for standard input."),
    ],
    parameters: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A parameter, as procedure='core decompression'."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="At most so many rows; it is told if there are more."),
    ] = None,
    offset: Annotated[int, typer.Option("--offset", metavar="M", min=0, help="Pass over the first rows.")] = 0,
    form: Annotated[str, typer.Option("--format", help="table, csv, tsv or json")] = "table",
    store: StoreAddress = None,
    corpora: Corpora = None,
    alone: Alone = False,
) -> None:
    """Ask the graph in SPARQL."""
    import sys

    from avnkg.errors import QueryError
    from avnkg.views.terminal.table import FORMATS, page_line, rows_text, rows_view

    one_of(FORMATS, form)
    unknown = next((word for word in (question, *context.args) if word.startswith("-") and word != "-"), None)
    if unknown is not None:
        name, _, value = unknown.lstrip("-").partition("=")
        hint = f"a parameter of the query is given as --param {name}={value or 'VALUE'}"
        raise QueryError(
            f"there is no option {unknown.partition('=')[0]}", hint=f"{hint}; `avnkg query --help` has the options"
        )
    if context.args:
        raise QueryError(
            f"expected one question, got {question!r} and {context.args[0]!r} after it", hint="write it in quotes"
        )
    given = parameters_of(parameters)
    asked = graph(store, corpora, alone)
    text = sys.stdin.read() if question == "-" else question
    if question == "-" and "{" not in text:
        raise QueryError("expected a query on standard input, got none", hint="as `avnkg query - < FILE`")
    rows = asked.query(text, limit=limit, offset=offset, **given)
    if form == "table":
        show(rows_view(rows, asked.title(text)))
    else:
        write(rows_text(rows, form))
        told = page_line(rows)
        if told:
            typer.echo(f"avnkg: {told}", err=True)
    if not rows:
        raise typer.Exit(1)


@app.command()
def queries(
    tag: Annotated[str | None, typer.Option("--tag", help="Only those with this tag.")] = None,
    as_json: AsJson = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the page queries/README.md.")] = False,
) -> None:
    """List the query library."""
    from avnkg.errors import NotFoundError
    from avnkg.graph.queries import query_library
    from avnkg.views.terminal.library import in_order, library_json, library_page, library_table

    chosen = in_order(each for each in query_library().values() if tag is None or tag in each.head.tags)
    if not chosen:
        tags = sorted({each for query in query_library().values() for each in query.head.tags})
        raise NotFoundError(f"no query has the tag {tag!r}", hint=f"the tags are {', '.join(tags)}")
    if as_json:
        write(library_json(chosen))
    elif markdown:
        write(library_page(chosen))
    else:
        show(library_table(chosen))


@app.command()
def why(
    subject: Annotated[str, typer.Argument(help="A label, synonym, name or IRI, as 'core decompression'.")],
    predicate: Annotated[str, typer.Argument(help="As isKindOf, or 'is performed with'.")],
    object_: Annotated[
        str | None, typer.Argument(metavar="[OBJECT]", help="As 'major surgery'; any when left out.")
    ] = None,
    store: StoreAddress = None,
    corpora: Corpora = None,
    alone: Alone = False,
    as_json: AsJson = False,
) -> None:
    """Say why a triple is in the graph: the claims for and against it, their quotes and documents."""
    from avnkg.views.terminal.why import why_view

    asked = graph(store, corpora, alone)
    rows = asked.why(subject, predicate, object_)
    if as_json:
        write(rows.to_json() + "\n")
    else:
        show(why_view(asked, subject, predicate, object_, rows))
    if not rows:
        raise typer.Exit(1)


@app.command()
def validate(
    store: StoreAddress = None,
    corpora: Corpora = None,
    alone: Alone = False,
    reason: Annotated[
        bool,
        typer.Option(
            "--reason", help="Also ask the reasoner whether the ontology is consistent (needs avnkg[reasoning])."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check the graph: every invariant of queries/checks, and the SHACL shapes."""
    from avnkg.graph.validation import validate as validate_graph
    from avnkg.ontology.reading import read_ontology
    from avnkg.views.terminal.validation import report_json, report_view

    asked = graph(store, corpora, alone)
    with working("checking the graph"):
        report = validate_graph(asked.store, asked.vocabulary)
    consistent = None
    if reason:
        from avnkg.ontology.reasoning import classify

        with working("reasoning"):
            consistent = classify(read_ontology())
    if as_json:
        write(report_json(report))
    else:
        show(report_view(report, consistent))
    if not report.sound or (consistent and (not consistent.consistent or consistent.unsatisfiable)):
        raise typer.Exit(1)


@app.command()
def stats(store: StoreAddress = None, corpora: Corpora = None, alone: Alone = False, as_json: AsJson = False) -> None:
    """Count what the graph holds: documents, claims, forces, stances, predicates."""
    from avnkg.views.terminal.statistics import statistics, statistics_json, statistics_view

    found = statistics(graph(store, corpora, alone))
    if as_json:
        write(statistics_json(found))
    else:
        show(statistics_view(found))


@app.command()
def export(
    form: Annotated[str, typer.Option("--format", help="nquads, trig, turtle, jsonld or graphml")] = "trig",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Default: standard output.")
    ] = None,
    claim: Annotated[
        str | None, typer.Option("--claim", metavar="ID", help="One claim, as a nanopublication in TriG.")
    ] = None,
    corpora: Corpora = None,
    alone: Alone = False,
    texts: Texts = None,
) -> None:
    """Write the whole graph, or one claim as a nanopublication."""
    from avnkg.errors import QueryError
    from avnkg.graph import publishing
    from avnkg.graph.export import FORMATS

    if one_of(FORMATS, form) != "trig" and claim:
        raise QueryError(f"one claim is written in TriG, got --format {form}", hint="leave `--format` out")
    given = inputs(corpora, alone, texts)
    with working("writing"):
        if claim:
            publishing.publish_claim(given, claim, output)
        else:
            publishing.publish_graph(given, form, output)


@app.command()
def doctor(store: StoreAddress = None) -> None:
    """Look at this installation: what is there, what is missing, and what to do about it."""
    from avnkg.views.terminal.doctor import doctor_view, examine

    findings = examine(store)
    show(doctor_view(findings))
    if any(finding.bad for finding in findings):
        raise typer.Exit(1)
