"""Commands that compare claims with one another."""

from typing import Annotated

import typer

from avnkg.cli.console import show, working, write
from avnkg.cli.options import Alone, AsJson, Corpora, inputs

app = typer.Typer(rich_markup_mode=None)


@app.command()
def conflicts(
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="At most so many conflicts.")] = 50,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="S", min=0.1, help="Stop after so long; what is left is told.")
    ] = 120.0,
    corpora: Corpora = None,
    alone: Alone = False,
    as_json: AsJson = False,
) -> None:
    """Find claims that cannot all hold, through the ontology or round about (needs avnkg[reasoning]).

    Claims that speak without exception are reasoned over, those of unlike conditions never together. Each conflict
    shows its quotes and the axioms between; what was left out or cut short is told.
    """
    from avnkg.analysis.conflicts.conflicts import find_conflicts
    from avnkg.claims.reading import read_corpus
    from avnkg.graph.build import claims_of, refresh, vocabulary_of
    from avnkg.ontology.reading import read_ontology
    from avnkg.views.terminal.conflicts import conflicts_json, conflicts_view

    with working("reading the claims"):
        given = inputs(corpora, alone, None) if corpora or alone else refresh().inputs
        vocabulary = vocabulary_of(given)
        corpus = read_corpus(given.corpora, vocabulary, given.library)
        claims = list(claims_of(given, corpus, vocabulary))
    with working("reasoning"):
        found = find_conflicts(claims, read_ontology(), documents=corpus.documents, most=most, seconds=seconds)
    if as_json:
        write(conflicts_json(found))
    else:
        show(conflicts_view(found, vocabulary))
    if not found.conflicts:
        raise typer.Exit(1)
