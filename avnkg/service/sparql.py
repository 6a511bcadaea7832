"""SPARQL over HTTP at /sparql: questions go to the workers, whole answers or reasons come back."""

import asyncio
from collections.abc import Coroutine, Mapping

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.types import Receive

from avnkg.graph.servicedescription import FORMATS, service_description
from avnkg.service.faults import Refusal, told
from avnkg.service.negotiation import best
from avnkg.service.pool import Pool
from avnkg.service.process import Question, Reply
from avnkg.service.protocol import METHODS, read_question, wanted
from avnkg.service.worker import Outcome
from avnkg.views.pages import addresses as at

router = APIRouter(include_in_schema=False)

STATUS: Mapping[Outcome, int] = {
    Outcome.WRONG: 400,
    Outcome.UNACCEPTABLE: 406,
    Outcome.LARGE: 422,
    Outcome.MEMORY: 503,
    Outcome.SLOW: 503,
    Outcome.BUSY: 503,
    Outcome.FAILED: 500,
}
RETRY = "5"
"""Seconds after which a client may try again when all workers are busy."""
_ANY = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"]


@router.api_route("/sparql", methods=_ANY)
@router.api_route("/sparql/", methods=_ANY)
async def sparql(request: Request) -> Response:
    """Answer a request of the SPARQL 1.1 Protocol."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": METHODS})
    if request.method not in METHODS.split(", "):
        raise Refusal(405, f"expected one of {METHODS}, got {request.method}", headers={"Allow": METHODS})
    question = await read_question(request, request.app.state.settings.limits.query_bytes)
    return _described(request) if question is None else await _answer(request, question)


async def asked(request: Request, query: str, accept: str) -> Response:
    """Return the answer to a query that came in another way, as a program would get it from /sparql."""
    return await _answer(request, Question(query, (), (), *wanted(accept)))


async def reply_to(request: Request, query: str, accept: str) -> Reply:
    """Return what came of a query that came in another way, not yet as an answer of the protocol."""
    return await _replied(request, Question(query, (), (), *wanted(accept)))


async def _replied(request: Request, question: Question) -> Reply:
    pool: Pool = request.app.state.pool
    client = request.client.host if request.client else ""
    return await _unless_gone(request.receive, pool.ask(question, client))


async def _answer(request: Request, question: Question) -> Response:
    reply = await _replied(request, question)
    if reply.outcome is Outcome.ANSWERED:
        kind = f"{reply.media}; charset=utf-8" if reply.media.startswith("text/") else reply.media
        return Response(reply.body, media_type=kind, headers={"Vary": "Accept", "Cache-Control": "no-cache"})
    response = told(request, STATUS[reply.outcome], reply.body.decode("utf-8"))
    if reply.outcome is Outcome.BUSY:
        response.headers["Retry-After"] = RETRY
    return response


async def _unless_gone(receive: Receive, asked: Coroutine[None, None, Reply]) -> Reply:
    """Return the reply to what was asked; when the client goes away, it is no longer worked on."""
    asking = asyncio.ensure_future(asked)
    leaving = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            return asking.result()
        return Reply.without_answer(Outcome.BUSY, "the client went away")
    finally:
        for task in (asking, leaving):
            task.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _described(request: Request) -> Response:
    """Return what the service is: for people the page to ask on, for programs its description in RDF."""
    form = best(request.headers.get("Accept"), (*FORMATS, "text/html"))
    if form is None:
        raise Refusal(400, "expected one query, got none")
    if form == "text/html":
        return RedirectResponse(at.SPARQL, 303, {"Vary": "Accept"})
    endpoint = f"{str(request.base_url).rstrip('/')}/sparql"
    body = service_description(endpoint, form, request.app.state.served.build.quads)
    kind = f"{form}; charset=utf-8" if form.startswith("text/") else form
    return Response(body, media_type=kind, headers={"Vary": "Accept"})
