"""The command that writes a site."""

from pathlib import Path
from typing import Annotated

import typer

from avnkg.cli.console import show, working
from avnkg.cli.options import Alone, Corpora, StoreAddress, graph, inputs

app = typer.Typer(rich_markup_mode=None)


@app.command("site")
def write_pages(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="A new folder, or a site to replace.")],
    store: StoreAddress = None,
    corpora: Corpora = None,
    alone: Alone = False,
) -> None:
    """Write all pages as a site that needs no server: open DIR/index.html, or put DIR on any host (needs avnkg[web]).

    Overview, disputes, claims, documents, concepts and interactive graphs; every link works from disk, and nothing is
    fetched from anywhere. The texts of documents are not in it, only what is quoted of them.
    """
    from avnkg.graph.build import refresh
    from avnkg.views.pages.page import Options
    from avnkg.views.pages.rendering import required
    from avnkg.views.pages.site import options_of, write_site

    required()
    asked = graph(store, corpora, alone)
    with working("reading the graph") as tell:
        options = Options()
        if store is None:
            options = options_of(inputs(corpora, alone, None) if corpora or alone else refresh().inputs)
        count = write_site(asked, output, options, tell=tell)
    show(f"Wrote {count:,} files into {output}. Open {output / 'index.html'} in a browser.")
