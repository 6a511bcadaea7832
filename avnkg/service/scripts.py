"""What pages of the service run in the browser: our own scripts, and those of others that lie in `views/vendor`."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from avnkg.service.pages import kept

KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_FOLDERS = ("pages/static", "vendor")

router = APIRouter(include_in_schema=False)


@router.api_route("/scripts/{name}", methods=["GET", "HEAD"])
async def script(name: str, request: Request) -> Response:
    """Return a script or a style sheet; 304 where the browser has it."""
    body = _known().get(name)
    if body is None:
        raise HTTPException(404, f"there is no script {name!r}")
    return kept(request, body, KINDS[f".{name.rpartition('.')[2]}"])


@cache
def _known() -> dict[str, bytes]:
    """Return all of them by name; nothing else in their folders can be asked for."""
    views = files("avnkg.views")
    found = (path for folder in _FOLDERS for path in (views / folder).iterdir())
    return {path.name: path.read_bytes() for path in found if path.name.endswith(tuple(KINDS))}
