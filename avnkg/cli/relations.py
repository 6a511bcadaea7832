"""Commands on what claims do to each other: relations and disputes."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from avnkg.cli.console import show, write
from avnkg.cli.options import Alone, AsJson, Corpora, StoreAddress, graph, one_of


class _Relations(TyperGroup):
    """The list of relations, with a command for one."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; an id in its place, as one copies it from the list, is told how to be asked for."""
        from avnkg.errors import QueryError

        word = args[0] if args else ""
        if self.get_command(ctx, word) is None and len(word) >= 3 and not set(word) - set("0123456789abcdef"):
            raise QueryError(f"`avnkg relations` has no command {word!r}", hint=f"try `avnkg relations show {word}`")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Relations,
    help="Where claims agree, differ in scope, or contradict each other.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
disputes_app = typer.Typer(rich_markup_mode=None)


@app.callback()
def list_relations(
    context: typer.Context,
    verdict: Annotated[
        str | None,
        typer.Option(
            help="ScopeDifference, Qualification, Tension, Rival, Contradiction, Parallel, Refinement or Agreement"
        ),
    ] = None,
    across: Annotated[
        bool | None, typer.Option("--across/--within", help="Only between different voices, or within one.")
    ] = None,
    about: Annotated[
        str | None, typer.Option(metavar="CONCEPT", help="Only with claims about this concept or a kind of it.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, jsonl or csv")] = "table",
    store: StoreAddress = None,
    corpora: Corpora = None,
    alone: Alone = False,
) -> None:
    """List relations between claims, with the words of both sides."""
    if context.invoked_subcommand:
        return
    from rich.text import Text

    from avnkg.graph.relation_records import relations, ungathered
    from avnkg.views.terminal.disputes import NOT_GATHERED
    from avnkg.views.terminal.relations import FORMATS, claims_by_id, relation_list, relations_text

    one_of(FORMATS, form)
    asked = graph(store, corpora, alone)
    found = relations(asked, verdict=verdict, across=across, about=about)
    if form == "table":
        show(relation_list(found, claims_by_id(asked)))
        if ungathered(asked):
            show(Text(NOT_GATHERED, style="dim"))
    else:
        for line in relations_text(found, form):
            write(line)
    if not found:
        raise typer.Exit(1)


@app.command("show")
def show_relation(
    identity: Annotated[str, typer.Argument(metavar="ID", help="A relation's id, or its beginning.")],
    store: StoreAddress = None,
    corpora: Corpora = None,
    alone: Alone = False,
    as_json: AsJson = False,
) -> None:
    """Show one relation: its verdict, what led to it, and the words of both sides."""
    from avnkg.graph.relation_records import relation
    from avnkg.views.terminal.relations import claims_by_id, relation_view, relations_text

    asked = graph(store, corpora, alone)
    record = relation(asked, identity)
    if as_json:
        write("".join(relations_text([record], "jsonl")))
    else:
        show(relation_view(record, claims_by_id(asked)))


@disputes_app.command("disputes")
def list_disputes(
    identity: Annotated[str | None, typer.Argument(metavar="[ID]", help="Only this dispute.")] = None,
    whole: Annotated[bool, typer.Option("--all", help="All claims and relations, not only the first.")] = False,
    store: StoreAddress = None,
    corpora: Corpora = None,
    alone: Alone = False,
    as_json: AsJson = False,
) -> None:
    """Show the disputes: who against whom, about what, in which words, and what would settle it."""
    from avnkg.errors import NotFoundError
    from avnkg.graph.relation_records import disputes
    from avnkg.views.terminal.disputes import disputes_json, disputes_view, none_told

    asked = graph(store, corpora, alone)
    found = known = disputes(asked)
    if identity is not None:
        found = tuple(each for each in found if each.id.startswith(identity.removeprefix("dispute/")))
        if not found:
            hint = "`avnkg disputes` lists them" if known else none_told(asked)
            raise NotFoundError(f"there is no dispute {identity!r}", hint=hint)
    if as_json:
        write(disputes_json(found))
    else:
        show(disputes_view(found, asked, whole=whole))
    if not found:
        raise typer.Exit(1)
