"""Options that several commands share, and what they stand for."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from avnkg.graph.build import Inputs
    from avnkg.graph.claimsgraph import ClaimsGraph

Corpora = Annotated[
    list[Path] | None,
    typer.Option("--corpus", metavar="DIR", help="A folder of your own corpus files, beside the embedded ones."),
]
Alone = Annotated[bool, typer.Option("--without-embedded", help="Leave the embedded corpus out.")]
Texts = Annotated[
    Path | None,
    typer.Option("--documents", metavar="DIR", help="A folder of texts, each <document id>.txt, to anchor quotes in."),
]
StoreAddress = Annotated[
    str | None, typer.Option("--store", metavar="URL", help="Ask this SPARQL endpoint instead of the built graph.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def one_of(known: Sequence[str], word: str, what: str = "formats") -> str:
    """Return a word when it is one of the known formats, or whatever they are.

    Raises:
        QueryError: it is not.
    """
    from avnkg.errors import QueryError

    if word not in known:
        raise QueryError(f"expected one of the {what} {', '.join(known)}, got {word!r}")
    return word


def parameters_of(given: Sequence[str] | None) -> dict[str, str]:
    """Return the parameters of a query from what `--param` was given, each as NAME=VALUE.

    Raises:
        QueryError: one is not of this form, or is what a page is asked for with.
    """
    from avnkg.errors import QueryError
    from avnkg.graph.querytext import PAGING

    found: dict[str, str] = {}
    for part in given or ():
        name, equals, value = part.partition("=")
        if not equals:
            raise QueryError(f"expected NAME=VALUE, got {part!r}", hint="as --param stage=Stage1")
        if name in PAGING:
            raise QueryError(f"{name} is no parameter of a query", hint=f"write --{name} {value}")
        found[name] = value
    return found


def inputs(corpora: list[Path] | None, alone: bool, texts: Path | None, **more: Any) -> "Inputs":
    """Return what to build from."""
    from avnkg.graph.build import inputs as build_inputs

    return build_inputs(tuple(corpora or ()), embedded=not alone, documents=texts, **more)


def graph(store: str | None, corpora: list[Path] | None = None, alone: bool = False) -> "ClaimsGraph":
    """Return the graph to ask: an endpoint, the user's corpora in memory, or the built graph, built when needed."""
    from avnkg.cli.console import working
    from avnkg.graph.claimsgraph import load

    with working("building the graph"):
        return load(store=store, corpora=tuple(corpora or ()), embedded=not alone)
