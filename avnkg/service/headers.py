"""What holds for every answer: a browser is told to do nothing that was not meant, and HEAD is GET without a body.

And who waits for an answer when the service stops is told so.
"""

import asyncio
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from avnkg.views.pages.rendering import LIVE_POLICY

_ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_POLICY = "Content-Security-Policy"
_UNFRAMED = "frame-ancestors 'none'"


class SafeHeaders:
    """Puts them on; a page that has a policy of its own keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        """Store the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                page = headers.get("Content-Type", "").startswith("text/html")
                policy = headers.get(_POLICY) or (LIVE_POLICY if page else "default-src 'none'")
                headers[_POLICY] = policy if "frame-ancestors" in policy else f"{policy}; {_UNFRAMED}"
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, safely)


class HeadIsGet:
    """Answers HEAD as GET would be, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        """Store the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        if scope["type"] == "http" and scope["method"] == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, without_body)
        else:
            await self._app(scope, receive, send)


class ToldAtTheEnd:
    """Answers what is still being worked on when the service stops, and no longer waits for it."""

    def __init__(self, app: ASGIApp) -> None:
        """Store the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        began = False

        async def noting(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except asyncio.CancelledError:
            # Requests are cancelled by nobody but the server, at its end.
            if scope["type"] != "http":
                raise
            if not began:
                await PlainTextResponse("the service is stopping\n", 503)(scope, receive, send)
