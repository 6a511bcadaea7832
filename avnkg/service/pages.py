"""The pages of the site, live: the same addresses, made when they are asked for.

The IRIs of things end like these addresses, without `.html`: a browser that follows one comes to the page, a program
that wants RDF is given triples.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from hashlib import sha256
from html import unescape

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from avnkg import vocab
from avnkg.errors import NotFoundError
from avnkg.graph.results import TRIPLES
from avnkg.service.faults import Refusal
from avnkg.service.negotiation import best
from avnkg.service.served import Served
from avnkg.service.sparql import asked
from avnkg.service.texts import surroundings_of
from avnkg.views.pages import addresses as at
from avnkg.views.pages import downloads
from avnkg.views.pages.archive import WHOLE_BELOW, Archive
from avnkg.views.pages.catalogue import KINDS, page_at
from avnkg.views.pages.page import Page
from avnkg.views.pages.rendering import render, style

router = APIRouter(include_in_schema=False)

_THINGS = ("claim", "document", "dispute", "relation", "concept")
_RDF = tuple(media for media in TRIPLES if media not in ("application/json", "application/xml", "text/xml"))
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]+)"')
_LONGEST = 2_000
"""Characters of an address."""
_NEAR = 0.8
"""How like what was asked for a name must be to be offered: a letter or two of ten are wrong, left out or swapped."""


@router.get("/style.css")
async def style_sheet(request: Request) -> Response:
    """Return the style sheet of all pages."""
    return kept(request, style().encode("utf-8"), "text/css; charset=utf-8")


@router.get("/downloads/{name}")
async def download(request: Request, name: str) -> Response:
    """Return a file to take along."""
    given: Served = request.app.state.served
    if given.build.claims >= WHOLE_BELOW:
        hint = "`avnkg export` writes the graph of any size into a file"
        raise NotFoundError(f"no file of {given.build.claims:,} claims is written here", hint=hint)
    work = partial(downloads.download, given.archive, name, given.options)
    found, body = await request.app.state.drawings.make(request, work)
    return kept(request, body, found.kind)


@router.get("/{address:path}")
async def page(request: Request, address: str) -> Response:
    """Return the page at an address, or lead to it."""
    given: Served = request.app.state.served
    if len(address) > _LONGEST:
        raise NotFoundError("there is no page with so long an address", hint=f"begin at {at.OVERVIEW}")
    if not address:
        address = at.OVERVIEW
    if not address.endswith(".html"):
        return await _thing(request, given, address.rstrip("/"))
    html = await request.app.state.pages.make(request, partial(_html, given, address))
    return kept(request, html.encode("utf-8"), "text/html; charset=utf-8")


def kept(request: Request, body: bytes, kind: str) -> Response:
    """Return a file that a browser may keep and ask about: 304 where it has the same one already."""
    headers = {"ETag": f'"{sha256(body).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
    # A page has its policy in it, which names its own scripts; the header must not be another one.
    policy = _POLICY.search(body) if kind.startswith("text/html") else None
    if policy:
        headers["Content-Security-Policy"] = unescape(policy[1].decode("ascii"))
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    if headers["ETag"] in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)


async def _thing(request: Request, given: Served, address: str) -> Response:
    """Lead from a thing's IRI to its page, or answer with its triples."""
    kind, _, name = address.partition("/")
    target = f"{address}.html"
    if kind == "claim" and name:
        target = at.claim(name)
    elif kind == "document" and name:
        target = at.document(name)
    if target not in KINDS:
        # Who asks for what is not there is told so here.
        await request.app.state.pages.make(request, partial(_page_at, given, target))
    form = best(request.headers.get("Accept"), ("text/html", *_RDF))
    if form not in (None, "text/html") and (kind in _THINGS or address == "ontology"):
        return await asked(request, f"DESCRIBE <{_iri(kind, name)}>", str(request.headers["Accept"]))
    # A relative address, so that a service behind another one is not left.
    link = at.link(request.url.path.lstrip("/"), target)
    return RedirectResponse(link, 303, {"Vary": "Accept"})


def _iri(kind: str, name: str) -> str:
    """Return the IRI that an address stands for.

    Raises:
        NotFoundError: no IRI is written so.
    """
    if any(character in '<>"{}|^`\\' or character <= " " for character in name):
        raise NotFoundError(f"there is no {kind} {name!r}")
    space = vocab.AVN if kind == "concept" else f"{vocab.THING}{kind}/"
    return f"{space}{name}" if name else vocab.AVN.rstrip("#")


def _html(given: Served, address: str) -> str:
    def made() -> str:
        return render(_page_at(given, address), live=True)

    # The words around a quote are told as far as the text is at hand, which may change meanwhile.
    return made() if address.startswith("claim/") else given.kept.page(address, made)


def _page_at(given: Served, address: str) -> Page:
    try:
        return page_at(given.archive, address, replace(given.options, surroundings=surroundings_of(given)))
    except NotFoundError as fault:
        raise Refusal(404, fault.problem, fault.hint, near=_near(given.archive, address)) from fault


def _near(archive: Archive, address: str) -> str | None:
    """Return the address that may be meant: in the same folder, and written nearly so; a far one would mislead."""
    folder, name = _split(address)
    names = {_split(each)[1]: each for each in _known(archive) if _split(each)[0] == folder}
    found = get_close_matches(name, list(names), 1, _NEAR)
    return names[found[0]] if found else None


def _split(address: str) -> tuple[str, str]:
    """Return the folder of a page and its name in it, as they are compared: in small letters, without an ending."""
    folder, _, name = address.removesuffix(".html").casefold().rpartition("/")
    return folder, name


def _known(archive: Archive) -> Iterable[str]:
    """Return the addresses that there are not too many of to be compared: all but those of claims."""
    yield from (address for address in KINDS if address.endswith(".html"))
    yield from map(at.document, archive.documents)
    yield from map(at.dispute, archive.heads)
    yield from map(at.concept, archive.concepts)
