"""The interface for programs: claims and relations in the portable form, documents, the terms of the ontology."""

import json
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from avnkg import vocab
from avnkg.analysis.verdicts import Verdict
from avnkg.claims.kinds import Force, Stance
from avnkg.errors import AvnkgError, GraphError, NotFoundError
from avnkg.service.indexer import index_of, whole_index_of
from avnkg.service.searchindex import Choice, SearchIndex
from avnkg.service.served import Served, served
from avnkg.views.pages import addresses as at
from avnkg.views.pages.page import Page
from avnkg.views.pages.rendering import render

MOST = 1000
"""How many claims or relations one answer holds at most."""

FARTHEST = 100_000_000

EXAMPLES = {
    "/api/claims": "?words=fracture&force=asserts&limit=5",
    "/api/claims/{document}/{number}": "",
    "/api/relations": "?verdict=Contradiction&across=true",
    "/api/documents": "",
    "/api/terms": "",
}
"""What the page on the interface offers to try, by path."""

_ENUMS = {each.__name__: tuple(map(str, each)) for each in (Force, Stance, Verdict)}


class JsonRoute(APIRoute):
    """A route whose errors are JSON, whatever is accepted: `error` says what was wrong, `hint` what to do."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler that answers errors too."""
        inner = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await inner(request)
            except RequestValidationError as fault:
                return _error(422, _told(fault))
            except HTTPException as fault:
                return _error(fault.status_code, str(fault.detail), headers=fault.headers)
            except NotFoundError as fault:
                return _error(404, fault.problem, fault.hint)
            except GraphError as fault:
                return _error(503, fault.problem, fault.hint)
            except AvnkgError as fault:
                return _error(400, fault.problem, fault.hint)

        return handled


router = APIRouter(prefix="/api", route_class=JsonRoute, tags=["claims"])
described = APIRouter()
Index = Annotated[SearchIndex, Depends(index_of)]
WholeIndex = Annotated[SearchIndex, Depends(whole_index_of)]
Graph = Annotated[Served, Depends(served)]

Limit = Annotated[int, Query(ge=1, le=MOST, description="how many at most")]
Offset = Annotated[int, Query(ge=0, le=FARTHEST, description="how many to pass over")]
Words = Annotated[
    str, Query(max_length=500, description="all of these begin a word of the quote or of our wording; any case")
]
Concepts = Annotated[
    list[str], Query(max_length=20, description="a name, label or synonym of the ontology; its kinds are included")
]


class Claims(BaseModel):
    """Claims in reading order, each as a line of the portable table (docs/claims-table.md)."""

    total: int = Field(description="how many fit in all")
    next: str | None = Field(description="where the next ones are")
    claims: list[dict[str, Any]]


class Relations(BaseModel):
    """Relations between claims, as `avnkg relations --format jsonl` writes them."""

    total: int = Field(description="how many fit in all")
    next: str | None = Field(description="where the next ones are")
    relations: list[dict[str, Any]]


class Documents(BaseModel):
    """The records of documents; never their texts."""

    documents: list[dict[str, Any]]


class Terms(BaseModel):
    """The terms of the ontology, and the prefixes that queries use."""

    prefixes: dict[str, str]
    terms: list[dict[str, Any]]


@router.get("/claims")
def claims(
    request: Request,
    index: Index,
    graph: Graph,
    words: Words = "",
    document: Annotated[list[str], Query(max_length=20, description="the id of a document")] = [],  # noqa: B006
    about: Concepts = [],  # noqa: B006
    procedure: Concepts = [],  # noqa: B006
    stage: Concepts = [],  # noqa: B006
    verdict: Annotated[list[Verdict], Query(max_length=8, description="of a relation that it is part of")] = [],  # noqa: B006
    force: Annotated[list[Force], Query(max_length=10)] = [],  # noqa: B006
    stance: Annotated[list[Stance], Query(max_length=2)] = [],  # noqa: B006
    withdrawn: Annotated[bool, Query(description="also those that no longer count")] = False,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Claims:
    """Claims in reading order, by what search chooses by. Of several values of one kind, one must fit."""
    for each in document:
        if each not in index.values("document"):
            raise NotFoundError(f"there is no document {each!r}", hint="/api/documents lists them")
    named = {"about": about, "procedure": procedure, "stage": stage}
    values = {name: tuple(_name(graph, word) for word in given) for name, given in named.items()}
    values |= {"document": tuple(document), "verdict": tuple(map(str, verdict))}
    values |= {"force": tuple(map(str, force)), "stance": tuple(map(str, stance))}
    total, lines = index.lines(Choice(words, values, withdrawn), limit=limit, offset=offset)
    return Claims(total=total, next=_next(request, total, limit, offset), claims=lines)


@router.get("/claims/{document}/{number}")
def claim(
    document: Annotated[str, Path(description="the id of its document")],
    number: Annotated[str, Path(description="its number in it, as 035")],
    index: Index,
) -> dict[str, Any]:
    """One claim as a line of the portable table; a withdrawn one too."""
    return index.line(f"{document}/{number}")


@router.get("/relations")
def relations(
    request: Request,
    index: WholeIndex,
    graph: Graph,
    verdict: Annotated[list[Verdict], Query(max_length=8)] = [],  # noqa: B006
    across: Annotated[bool | None, Query(description="between different voices, or within one; without: both")] = None,
    about: Annotated[str | None, Query(description="with claims about this concept or a kind of it")] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Relations:
    """Relations between claims: where they agree, differ in scope, or contradict each other."""
    values: dict[str, tuple[str, ...]] = {"verdict": tuple(map(str, verdict))} if verdict else {}
    if across is not None:
        values["across"] = (str(across).lower(),)
    name = None if about is None else _name(graph, about)
    total, lines = index.relations(values, name, limit=limit, offset=offset)
    return Relations(total=total, next=_next(request, total, limit, offset), relations=lines)


@router.get("/documents")
def documents(graph: Graph) -> Documents:
    """The records of all documents: who speaks, when, what they sell, and the hash of the text."""
    rows = [(str(row.pop("document")), row) for row in graph.graph.query("provenance/documents").to_dicts()]
    return Documents(documents=[{"id": iri.rpartition("/")[2], "iri": iri, **row} for iri, row in rows])


@router.get("/terms")
def terms(graph: Graph) -> Terms:
    """All names of the ontology with label, synonyms and definition, and the prefixes of queries."""
    known = graph.graph.vocabulary
    listed = [{"iri": vocab.AVN + term.name, **asdict(term)} for _, term in sorted(known.terms.items())]
    return Terms(prefixes=vocab.PREFIXES, terms=listed)


@described.api_route("/api.html", methods=["GET", "HEAD"], include_in_schema=False)
def programs(request: Request) -> HTMLResponse:
    """Show what programs can ask, as a page."""
    app: FastAPI = request.app
    page = Page(at.API, "For programs", "api.html", {"paths": list(_paths(app.openapi()))})
    return HTMLResponse(render(page, live=True))


def _paths(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the paths of a schema as the page shows them."""
    for path, methods in schema["paths"].items():
        if path in EXAMPLES:
            told = methods["get"]
            parameters = list(map(_parameter, told.get("parameters", [])))
            example = path.format(document="regenexx-avn-hip", number="035") + EXAMPLES[path]
            yield {"path": path, "says": told["description"], "parameters": parameters, "example": example[1:]}


def _parameter(told: Mapping[str, Any]) -> dict[str, str]:
    """Return a parameter as the page shows it: its name, what may be given, and what holds when it is left out."""
    shape = told["schema"]
    inner = shape.get("items") or shape
    kinds = [each.get("type", "") for each in inner.get("anyOf", [inner])]
    says = [told.get("description", "")]
    names = inner.get("enum") or _ENUMS.get(inner.get("$ref", "").rpartition("/")[2], ())
    says += [f"one of {', '.join(names)}"] if names else [each for each in kinds if each not in ("null", "string", "")]
    says += [f"from {shape['minimum']} to {shape['maximum']}"] if "maximum" in shape else []
    says += ["can be given more than once"] if shape.get("type") == "array" else []
    default = shape.get("default")
    left_out = "needed" if told.get("required") else json.dumps(default) if default not in (None, "", []) else "any"
    return {"name": told["name"], "says": "; ".join(filter(None, says)), "default": left_out}


def _name(graph: Served, words: str) -> str:
    """Return the name by which the index knows a concept.

    Raises:
        UnknownTermError: some words name nothing in the ontology.
    """
    return graph.graph.resolve(words).removeprefix(vocab.AVN)


def _next(request: Request, total: int, limit: int, offset: int) -> str | None:
    if offset + limit >= total:
        return None
    url = request.url.include_query_params(limit=limit, offset=offset + limit)
    return f"{url.path}?{url.query}"


def _told(fault: RequestValidationError) -> str:
    """Return what was wrong with a request, each fault with its parameter."""
    return "; ".join(f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in fault.errors())


def _error(status: int, problem: str, hint: str | None = None, headers: Mapping[str, str] | None = None) -> Response:
    body = {"error": problem, **({"hint": hint} if hint else {})}
    return JSONResponse(body, status, headers=dict(headers or {}))


for _route in [route for route in router.routes if isinstance(route, APIRoute)]:
    # Who asks for the head alone is answered too; the schema need not tell.
    _path = _route.path.removeprefix(router.prefix)
    router.add_api_route(_path, _route.endpoint, methods=["HEAD"], include_in_schema=False)
