"""The command that serves the graph: pages, SPARQL, search and API."""

from typing import Annotated

import typer

from avnkg.cli.console import show, working
from avnkg.cli.options import Alone, Corpora, Texts, inputs

app = typer.Typer(rich_markup_mode=None)

MIB = 1 << 20


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address of this machine to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 is any free one.")] = 8000,
    workers: Annotated[
        int,
        typer.Option(
            min=2, max=64, help="Processes that answer SPARQL; clients (behind a proxy: all of them as one) take turns."
        ),
    ] = 4,
    seconds: Annotated[float, typer.Option(min=0.1, max=86_400, help="How long a query may take.")] = 30,
    rows: Annotated[int, typer.Option(min=1, help="How many rows an answer may have.")] = 100_000,
    memory: Annotated[int, typer.Option(min=16, metavar="MIB", help="How much memory a query may take.")] = 1024,
    cors: Annotated[
        str | None,
        typer.Option(metavar="ORIGIN", help="Let scripts of this origin read answers; * is any. Default: none."),
    ] = None,
    corpora: Corpora = None,
    alone: Alone = False,
    texts: Texts = None,
) -> None:
    """Serve the graph on this machine: pages, search, SPARQL at /sparql, JSON at /api (needs avnkg[web]).

    It serves the last graph that was built, and the next one as soon as `avnkg build` has built it; with --corpus or
    --documents one of its own. Ctrl-C stops it.
    """
    from contextlib import ExitStack

    from avnkg.graph.build import build, graph_root, refresh
    from avnkg.service.serving import listen, names, own_folder, required, run
    from avnkg.service.settings import Limits, Settings, origin_of

    required()
    origin = None if cors is None else origin_of(cors)
    listening, address = listen(host, port)
    limits = Limits(seconds=seconds, rows=rows, memory=memory * MIB)
    with ExitStack() as held:
        held.enter_context(listening)
        with working("building the graph"):
            if corpora or alone or texts is not None:
                root = held.enter_context(own_folder()) / "graph"
                build(inputs(corpora, alone, texts), root)
            else:
                root = graph_root()
                refresh(root)
        settings = Settings(root, texts, workers, limits, origin, names(host), address)
        run(settings, listening, lambda: show(f"Serving at {address} (Ctrl-C stops)"))
