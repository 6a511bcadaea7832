"""The query library as pages: an index, and a page a query with its text, its parameters and what it answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from avnkg import vocab
from avnkg.errors import NotFoundError
from avnkg.graph.names import compact
from avnkg.graph.queries import Query, query_library
from avnkg.graph.rows import Rows, Term, named, shown
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.page import Kind, Options, Page
from avnkg.views.terminal.library import FOLDERS

MOST_ROWS = 1000
"""Rows of an answer that a page shows."""

ABOUT_FOLDERS: Mapping[str, str] = {
    "claims": "What is claimed: lists of claims, by what they are about and what their words do.",
    "agreement": "Where voices agree, and where one says more narrowly what another says.",
    "contradiction": "Where voices contradict each other, where they only seem to, and what decides it.",
    "provenance": "Where everything comes from: documents, passages, how each claim was read.",
    "checks": "What must always hold of the graph. A check answers with what breaks it: no rows, and it holds.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of an answer: its words, and the page that they lead to, or nothing."""

    words: str
    page: str = ""


@dataclass(frozen=True)
class Result:
    """An answer as a table, cut at `MOST_ROWS`.

    Attributes:
        columns: what the query selects.
        rows: the cells.
        more: whether there are further rows.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]
    more: bool


def library_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of all queries by folder."""
    folders = {
        folder: [query for query in query_library().values() if query.name.startswith(f"{folder}/")]
        for folder in FOLDERS
    }
    context = {"folders": folders, "about": ABOUT_FOLDERS}
    return Page(address, "The query library", "queries.html", context)


def query_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of one query; with its answer where reading everything costs little.

    Raises:
        NotFoundError: there is no such query.
    """
    name = "/".join(map(at.read_name, address.removeprefix("query/").removesuffix(".html").split("/")))
    query = query_library().get(name)
    if query is None or address != at.query(name):
        raise NotFoundError(f"there is no page {address!r}", hint=f"{at.QUERIES} lists the queries")
    context = {
        "query": query,
        "text": without_head(query),
        "result": answer(archive, query) if archive.whole else None,
        "check": name.startswith("checks/"),
        "most_rows": MOST_ROWS,
    }
    return Page(address, query.head.title, "query.html", context, section=at.QUERIES)


def answer(archive: Archive, query: Query) -> Result:
    """Return what a query answers with its defaults."""
    rows = archive.graph.query(query.name, limit=MOST_ROWS)
    return result(rows, archive)


def result(rows: Rows, archive: Archive) -> Result:
    """Return an answer as a table whose claims, documents, disputes and concepts lead to their pages."""
    known: dict[Term, Shown] = {}

    def cell(term: Term | None) -> Shown:
        if term is None:
            return Shown("")
        if term not in known:
            known[term] = _shown(term, archive)
        return known[term]

    return Result(rows.columns, tuple(tuple(map(cell, row)) for row in rows.terms), rows.more)


def _shown(term: Term, archive: Archive) -> Shown:
    address = named(term)
    if address is None:
        return Shown(shown(term))
    page, words = page_of(archive, address), compact(address)
    # The ids of claims and documents are known by themselves.
    return Shown(words.partition("/")[2] if words.startswith(("claim/", "document/")) else words, page)


def page_of(archive: Archive, address: str) -> str:
    """Return the page, or the place on one, of what an IRI names; nothing where it has none.

    Claims, relations, documents and disputes of a graph all have pages; of the names of an ontology those that claims
    speak of.
    """
    if address.startswith(vocab.AVN):
        name = address.removeprefix(vocab.AVN)
        if name in archive.concepts:
            return at.concept(name)
        return f"{at.ONTOLOGY}#{at.fragment(name)}" if name in archive.graph.vocabulary.predicates else ""
    kind, _, identity = address.removeprefix(vocab.THING).partition("/")
    place = _PLACES.get(kind) if address.startswith(vocab.THING) and identity else None
    return place(archive, identity) if place else ""


def _document(archive: Archive, identity: str) -> str:
    """Return the page of a document, or of the one that a passage stands in."""
    name = identity.partition("/")[0]
    return at.document(name) if name in archive.documents else ""


def _dispute(archive: Archive, identity: str) -> str:
    """Return the page of a dispute, or the place of a side on it."""
    name, _, side = identity.partition("/")
    return f"{at.dispute(name)}#{at.fragment(side)}" if side else at.dispute(name)


_PLACES: Mapping[str, Callable[[Archive, str], str]] = {
    "claim": lambda archive, identity: at.claim(identity),
    "assertion": lambda archive, identity: f"{at.claim(identity)}#triples",
    "relation": lambda archive, identity: at.relation(identity),
    "dispute": _dispute,
    "document": _document,
    "passage": _document,
    "activity": _document,
}
"""Where what is named by its kind and its id is shown: a passage on the page of its document, which quotes it."""


def without_head(query: Query) -> str:
    """Return the text of a query without the lines that say what it asks: the page says that itself."""
    return "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip() + "\n"


def _addresses(archive: Archive) -> Iterable[str]:
    return [at.query(name) for name in query_library()]


LIBRARY = Kind(lambda archive: [at.QUERIES], library_page)
QUERY = Kind(_addresses, query_page)
