"""The command that draws claims."""

from pathlib import Path
from typing import Annotated

import typer

from avnkg.cli.console import show, working
from avnkg.cli.options import Alone, Corpora, StoreAddress, graph, parameters_of

app = typer.Typer(rich_markup_mode=None)


@app.command("graph")
def draw_graph(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.html", help="Where the page goes.")],
    dispute: Annotated[
        str | None, typer.Option(metavar="ID", help="A dispute, by its id or the beginning of it. Default: the first.")
    ] = None,
    about: Annotated[
        str | None, typer.Option(metavar="CONCEPT", help="The claims about this concept or a kind of it.")
    ] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="The claims of a document.")] = None,
    query: Annotated[
        str | None, typer.Option(metavar="NAME|FILE", help="The claims that a query gives as ?claim.")
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="A parameter of the query.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All claims.")] = False,
    base: Annotated[
        str | None, typer.Option(metavar="URL", help="Link claims and documents to pages below this address.")
    ] = None,
    store: StoreAddress = None,
    corpora: Corpora = None,
    alone: Alone = False,
) -> None:
    """Draw claims as an interactive graph: one page that works offline (needs avnkg[graphs]).

    A dispute has its positions on two sides, what is contested between them, and common ground below; else concepts
    are nodes and what is said of them is edges. Every box and line leads to the claims, their quotes and who says them.
    """
    from avnkg.errors import QueryError
    from avnkg.views.graphs.graphpage import chosen_network, page, required
    from avnkg.views.words import counted

    if output.suffix.lower() not in (".html", ".htm"):
        raise QueryError(f"expected a file that ends in .html, got {str(output)!r}", hint="as -o delivery.html")
    required()
    given = parameters_of(parameters)
    asked = graph(store, corpora, alone)
    with working("drawing"):
        network = chosen_network(asked, dispute, about, document, query, everything, given)
        page(network, base=base).write(output)
    show(f"Wrote {output}: {network.title}. {counted(len(network.chosen), 'claim')}. Open it in a browser.")
