"""Errors as answers: a page for people, JSON for programs that ask for it, else plain text. No stack trace leaves."""

import re
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from avnkg.errors import AvnkgError, GraphError, MissingPartError, NotFoundError
from avnkg.service.negotiation import best
from avnkg.views.pages.page import Page
from avnkg.views.pages.rendering import render
from avnkg.views.words import plain

_TITLES = {
    400: "This request cannot be answered",
    404: "There is no such page",
    405: "This cannot be done here",
    500: "This could not be shown",
    503: "This is not available right now",
}
_ADDRESS = re.compile(r"(?<![^ ])(\w[\w.~/-]*\.html)")
_OURS = "something went wrong inside the service"


class Refusal(Exception):
    """A request that is refused, with an HTTP status and a reason in plain words.

    Attributes:
        near: the address of a page that may be meant.
    """

    def __init__(
        self,
        status: int,
        reason: str,
        hint: str | None = None,
        headers: Mapping[str, str] | None = None,
        near: str | None = None,
    ) -> None:
        """Store what to tell."""
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.hint = hint
        self.headers = dict(headers or {})
        self.near = near


def handle_faults(app: FastAPI) -> None:
    """Let an app tell every error in plain words."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(AvnkgError, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _unexpected)


def told(
    request: Request,
    status: int,
    reason: str,
    hint: str | None = None,
    near: str | None = None,
    again: str | None = None,
) -> Response:
    """Return an error as the client likes to read it; a browser asks for it again by itself after `again` seconds."""
    accept = request.headers.get("Accept")
    form = best(accept, ("text/plain", "text/html", "application/json"))
    if near and form != "text/html":
        hint = f"did you mean {near}?"
    if form == "text/html":
        context = {"reason": _sentence(reason), "hint": hint and _pieces(_sentence(hint)), "near": near, "again": again}
        page = Page(request.url.path.lstrip("/"), _TITLES.get(status, "This did not work"), "fault.html", context)
        response: Response = HTMLResponse(render(page, live=True), status)
    elif form == "application/json":
        response = JSONResponse({"error": reason, **({"hint": hint} if hint else {})}, status)
    else:
        response = PlainTextResponse(plain(f"{reason}; {hint}" if hint else reason) + "\n", status)
    response.headers["Vary"] = "Accept"
    return response


async def _refused(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, Refusal)
    response = told(request, fault.status, fault.reason, fault.hint, fault.near, fault.headers.get("Refresh"))
    response.headers.update(fault.headers)
    return response


async def _known(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, AvnkgError)
    codes = {NotFoundError: 404, MissingPartError: 503, GraphError: 503}
    status = next((code for kind, code in codes.items() if isinstance(fault, kind)), 400)
    # Where a file lies on this machine is nobody's business.
    return told(request, status, getattr(fault, "problem", str(fault)), fault.hint)


async def _http(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    response = told(request, fault.status_code, str(fault.detail))
    response.headers.update(fault.headers or {})
    return response


async def _unreadable(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    reasons = [f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in fault.errors()]
    return told(request, 400, "; ".join(reasons))


async def _gone(request: Request, fault: Exception) -> Response:
    # Nobody reads this: who has asked went away in the middle of the request, which is no fault of ours.
    return told(request, 400, "the request ended before it was whole")


async def _unexpected(request: Request, fault: Exception) -> Response:
    return told(request, 500, _OURS)


def _sentence(words: str) -> str:
    """Return words as a sentence; an address keeps its letters."""
    begun = words if _ADDRESS.match(words) else f"{words[:1].upper()}{words[1:]}"
    return f"{begun}{'' if words.endswith(('.', '?', '!')) else '.'}"


def _pieces(words: str) -> list[tuple[str, bool]]:
    """Return words in pieces, and whether each is the address of a page here."""
    return [(piece, place % 2 == 1) for place, piece in enumerate(_ADDRESS.split(words)) if piece]
