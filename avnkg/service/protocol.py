"""The SPARQL 1.1 Protocol, read: from an HTTP request to a question, or a refusal."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from fastapi import Request

from avnkg.graph.results import ROWS, TRIPLES
from avnkg.service.faults import Refusal
from avnkg.service.negotiation import best
from avnkg.service.process import Question

METHODS = "GET, HEAD, POST, OPTIONS"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_FIELDS = 10_000
"""Parameters that a request may have."""

Fields = Sequence[tuple[str, str]]


async def read_question(request: Request, longest: int) -> Question | None:
    """Return what a request asks, or None where it asks nothing, as who wants the description of the service.

    Raises:
        Refusal: it is no request of the protocol.
    """
    beside = _fields(request.url.query.encode("ascii", "replace"))
    if request.method == "POST":
        kind = _content_type(request)
        body = await read_body(request, longest)
        # In a form, the form is the request; a query that is sent as it is has its graphs beside it.
        fields = _fields(body) if kind == FORM else [*beside, ("query", _text(body))]
    else:
        fields = beside
        if not any(name in ("query", "update") for name, _ in fields):
            return None
    return _question(fields, request.headers.get("Accept"), longest)


def _question(fields: Fields, accept: str | None, longest: int) -> Question:
    named = {name: [value for key, value in fields if key == name] for name in ("query", "update")}
    if named["update"]:
        raise Refusal(400, "updates are refused: this service only reads")
    if len(named["query"]) != 1:
        raise Refusal(400, f"expected one query, got {len(named['query']) or 'none'}")
    [text] = named["query"]
    if len(text) > longest:
        raise Refusal(413, f"expected a query of at most {longest:,} characters, got {len(text):,}")
    default, graphs = (
        tuple(value for key, value in fields if key == name) for name in ("default-graph-uri", "named-graph-uri")
    )
    return Question(text, default, graphs, *wanted(accept))


def wanted(accept: str | None) -> tuple[str | None, str | None]:
    """Return the media types in which rows and triples are wanted.

    Raises:
        Refusal: in none that there is.
    """
    rows, triples = best(accept, tuple(ROWS)), best(accept, tuple(TRIPLES))
    if rows is None and triples is None:
        known = ", ".join(dict.fromkeys([*ROWS, *TRIPLES]))
        raise Refusal(406, f"answers come as {known}; none of these is accepted")
    return rows, triples


async def read_body(request: Request, longest: int) -> bytes:
    """Return the body of a request, as long as it may be.

    Raises:
        Refusal: it is longer.
    """
    too_long = Refusal(413, f"expected a body of at most {longest:,} bytes", headers={"Connection": "close"})
    if (
        request.headers.get("Content-Length", "0").isdigit()
        and int(request.headers.get("Content-Length", "0")) > longest
    ):
        raise too_long
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > longest:
            raise too_long
    return bytes(body)


def _content_type(request: Request) -> str:
    kind, *parameters = (part.strip() for part in request.headers.get("Content-Type", "").split(";"))
    if kind.lower() == _UPDATE:
        raise Refusal(400, "updates are refused: this service only reads")
    if kind.lower() not in (FORM, DIRECT):
        raise Refusal(415, f"expected a body of type {FORM} or {DIRECT}, got {kind or 'none'}")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.lower() == "charset" and value.strip("\"' ").lower() not in ("utf-8", "utf8"):
            raise Refusal(415, f"expected UTF-8, got the charset {value}")
    return kind.lower()


def _fields(encoded: bytes) -> Fields:
    try:
        return parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as fault:
        raise Refusal(400, f"expected UTF-8, got other bytes: {fault.reason}") from fault
    except ValueError as fault:
        raise Refusal(413, f"expected at most {_FIELDS:,} parameters") from fault


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Refusal(400, f"expected a query in UTF-8, got other bytes: {fault.reason}") from fault
