"""The page on which a person asks in SPARQL: an editor, the query library as examples, answers as tables.

It works without scripts: a form, and a table that the server writes. With them there is an editor that completes names
of the ontology, and a cell that is a claim opens its quote. The question is in the address.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from avnkg import vocab
from avnkg.graph.names import compact
from avnkg.graph.queries import Query as LibraryQuery
from avnkg.graph.queries import find_query, query_library
from avnkg.service.served import Served, served
from avnkg.service.sparql import STATUS, asked, reply_to
from avnkg.service.worker import Outcome
from avnkg.views.pages import addresses as at
from avnkg.views.pages.librarypages import page_of
from avnkg.views.pages.lines import line_of
from avnkg.views.pages.page import Page
from avnkg.views.pages.rendering import render

SHOWN = 500
"""How many rows of an answer the page shows; the file has all."""

LONGEST = 40_000
"""Characters of a query in an address."""

FIRST = "claims/candidacy-by-stage"
"""The example that the page begins with."""

SELECTED = "application/sparql-results+json"
FILES = {"csv": "text/csv", "json": SELECTED, "ttl": "text/turtle"}
"""Files that an answer is given as: how their names end, and their media types."""

router = APIRouter(include_in_schema=False)
_UNSOUND = re.compile(r'[<>"{}|^`\\\x00-\x20]')
"""What may not stand in an address."""
Asked = Annotated[str, Query(max_length=LONGEST)]
Graph = Annotated[Served, Depends(served)]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: what it shows, the page it leads to, and whether that is a claim's."""

    text: str
    address: str = ""
    claim: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """An answer to be shown: rows, or yes or no, or triples as text."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    yes: bool | None = None
    triples: str | None = None


@router.api_route("/sparql.html", methods=["GET", "HEAD"])
async def sparql_page(request: Request, given: Graph, query: Asked = "", example: Asked = "") -> Response:
    """Show the page, with the answer where something is asked, or only that for the page's own script."""
    text, status = query.strip(), 200
    told: dict[str, Any] = {}
    if text:
        status, told = await _told(request, given, text)
    else:
        text = example_text(find_query(example or FIRST), given)
    context = {
        "query": text,
        "example": example or ("" if query.strip() else FIRST),
        "examples": examples(),
        "files": {},
        "table": None,
        "error": "",
        "shown": SHOWN,
        "prefixes": json.dumps(vocab.PREFIXES),
        "permalink": f"{at.SPARQL}?{urlencode({'query': text})}",
        **told,
    }
    changed = request.headers.get("HX-Request") == "true"
    page = Page(at.SPARQL, "Ask in SPARQL", "sparql_answer.html" if changed else "sparql.html", context)
    # To a script an error is an answer like others: it is put where answers go.
    return HTMLResponse(render(page, live=True), 200 if changed else status, {"Vary": "HX-Request"})


@router.api_route("/answer.{ending}", methods=["GET", "HEAD"])
async def answer_file(request: Request, ending: str, query: Asked) -> Response:
    """Give an answer as a file."""
    media = FILES.get(ending)
    if media is None:
        raise HTTPException(404, f"there are answers as {', '.join(FILES)}, not as {ending!r}")
    response = await asked(request, query, media)
    if response.status_code == 200:
        response.headers["Content-Disposition"] = f'attachment; filename="answer.{ending}"'
    return response


@router.api_route("/quote.html", methods=["GET", "HEAD"])
def quote(given: Graph, claim: Annotated[str, Query(max_length=400)]) -> HTMLResponse:
    """Show one claim with its words, for the panel that a cell opens."""
    record = given.graph.claim(claim)
    context = {"line": line_of(record.claim[0]), "documents": given.archive.documents, "withdrawn": record.withdrawn}
    return HTMLResponse(render(Page("quote.html", claim, "quote.html", context), live=True))


def examples() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the queries of the library by folder: name and title of each."""
    named = [(query.name, query.head.title) for query in query_library().values()]
    kept = [each for each in named if not each[0].startswith("checks/")]
    return [(folder, list(found)) for folder, found in groupby(kept, lambda each: each[0].partition("/")[0])]


def example_text(query: LibraryQuery, given: Served) -> str:
    """Return a query of the library as it is asked with its defaults: its question above it, and without its head."""
    text = query.bound({}, given.graph.vocabulary)
    lines = [line for line in text.splitlines() if not line.startswith("#+") and line.strip() != "#page"]
    body = re.sub(r"[ \t]*#given \w+[ \t]*$", "", "\n".join(lines), flags=re.MULTILINE)
    return f"# {' '.join(query.head.question.split())}\n{body.strip()}\n"


async def _told(request: Request, given: Served, text: str) -> tuple[int, dict[str, Any]]:
    """Return the status of an answer, and what the page tells of it."""
    reply = await reply_to(request, text, f"{SELECTED}, {FILES['ttl']}")
    body = reply.body.decode("utf-8")
    if reply.outcome is not Outcome.ANSWERED:
        return STATUS[reply.outcome], {"error": body}
    selects = reply.media.startswith(SELECTED)
    endings = ("csv", "json") if selects else ("ttl",)
    files = {ending: f"answer.{ending}?{urlencode({'query': text})}" for ending in endings}
    # Ten thousand rows are read in a tenth of a second, in which others are answered too.
    table = await run_in_threadpool(table_of, json.loads(body) if selects else body, given)
    return 200, {"table": table, "files": files if table.yes is None else {}}


def table_of(answer: Mapping[str, Any] | str, given: Served) -> Table:
    """Return an answer as it is shown: SPARQL results as JSON, or triples as text."""
    if isinstance(answer, str):
        lines = answer.splitlines(keepends=True)
        return Table(triples="".join(lines[:SHOWN]), total=len(lines))
    if "boolean" in answer:
        return Table(yes=bool(answer["boolean"]))
    columns = tuple(answer["head"]["vars"])
    rows = answer["results"]["bindings"]
    shown = tuple(tuple(cell_of(row.get(column), given) for column in columns) for row in rows[:SHOWN])
    return Table(columns, shown, len(rows))


def cell_of(term: Mapping[str, str] | None, given: Served) -> Cell:
    """Return a term as a cell: what has a page leads to it, any other name of ours to its triples."""
    if term is None:
        return Cell("")
    value = term["value"]
    if term["type"] != "uri":
        number = term.get("datatype", "").removeprefix(vocab.XSD) in ("integer", "decimal", "double")
        return Cell(value, kind="number" if number else "")
    kind, _, name = value.removeprefix(vocab.THING).partition("/") if value.startswith(vocab.THING) else ("", "", "")
    page = page_of(given.archive, value)
    if page:
        text = name if kind in ("claim", "document") else compact(value)
        return Cell(text, page, name if kind == "claim" else "")
    if value.startswith((vocab.THING, vocab.AVN)) and not _UNSOUND.search(value):
        return Cell(compact(value), f"{at.SPARQL}?{urlencode({'query': f'DESCRIBE <{value}>'})}", kind="iri")
    return Cell(compact(value), kind="iri")
