"""The command that relates claims of a table, ours or anybody's."""

from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from avnkg.cli.console import working
from avnkg.cli.options import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from avnkg.analysis.relations.engines import Engine

app = typer.Typer(rich_markup_mode=None)

ENGINES = ("duckdb", "spark")
LOCAL = "local[*]"


@app.command()
def relate(
    claims: Annotated[Path, typer.Argument(metavar="CLAIMS", help="A table of claims: .jsonl, .csv or .parquet.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="Where relations go: .jsonl or .parquet.")
    ],
    open_names: Annotated[
        bool, typer.Option("--open", help="Names that the ontology does not know stand for themselves.")
    ] = False,
    ontology: Annotated[
        Path | None, typer.Option("--ontology", metavar="FILE", help="Another ontology, in Turtle.")
    ] = None,
    skip_bad: Annotated[
        Path | None,
        typer.Option("--skip-bad", metavar="FILE", help="Put bad lines aside there (JSON Lines), and go on."),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", help="duckdb, in this process, or spark (needs avnkg[spark] and Java 17).")
    ] = "duckdb",
    master: Annotated[
        str, typer.Option("--master", metavar="URL", help="Spark's master, as spark://127.0.0.1:7077.")
    ] = LOCAL,
) -> None:
    """Relate the claims of any table: where they agree, differ in scope, or contradict each other.

    A line needs `id`, `document`, `subject`, `predicate` and what the predicate takes (`object`); `stance`, `scope`
    and the other fields of docs/claims-table.md are welcome. Documents that the embedded corpus has are voices as it
    knows them; any other document is a voice of its own. OUT is written only when all went well. With Spark, a
    Parquet OUT is a folder, and both files are where all its machines see them.
    """
    from avnkg.analysis.tables.face import concepts_of
    from avnkg.analysis.tables.records import recorded, voices_of_records
    from avnkg.analysis.tables.relating import Task, check, relate_table
    from avnkg.errors import QueryError
    from avnkg.views.words import counted, plain

    if one_of(ENGINES, engine, "engines") != "spark" and master != LOCAL:
        raise QueryError("`--master` names Spark's master", hint="add `--engine spark`")
    check(claims, output, skip_bad)
    with working("reading the ontology") as tell:
        concepts = concepts_of(ontology, open_names=open_names)
        tell("starting the engine")
        with _started(engine, master, output) as chosen:
            task = Task(claims, output, concepts, recorded(), voices_of_records, skip_bad)
            done = relate_table(task, chosen, tell)
    if not done.lines:
        typer.echo(f"avnkg: {plain(str(claims))} holds no claims, so {plain(str(output))} holds no relations", err=True)
        raise typer.Exit(1)
    if done.aside:
        typer.echo(f"avnkg: {counted(done.aside, 'bad line')} put aside in {skip_bad}", err=True)


@contextmanager
def _started(name: str, master: str, output: Path) -> "Iterator[Engine]":
    """Start an engine, which keeps what outgrows memory in a folder beside the output."""
    from avnkg.analysis.relations.engines import DuckEngine, SparkEngine
    from avnkg.analysis.tables.scratch import scratch_beside
    from avnkg.errors import GraphError

    with ExitStack() as stack:
        try:
            scratch = stack.enter_context(scratch_beside(output))
        except OSError as fault:
            problem = f"cannot write into the folder: {fault.strerror or fault}"
            raise GraphError(problem, path=output.parent) from fault
        engine = SparkEngine(master) if name == "spark" else DuckEngine(scratch=scratch)
        try:
            yield engine
        finally:
            engine.close()
