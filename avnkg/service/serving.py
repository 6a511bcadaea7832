"""Running the app: a socket, a server, and an end without anything left behind."""

import ipaddress
import logging
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import NoReturn

from avnkg.errors import AvnkgError, MissingPartError
from avnkg.service.ownprocess import alive
from avnkg.service.settings import Settings

PATIENCE = 2
"""Seconds that answers on their way have when the service stops."""


def required() -> None:
    """Make sure that what serves is there.

    Raises:
        MissingPartError: a part is not installed.
    """
    for part in ("fastapi", "uvicorn", "jinja2", "pyvis", "numpy"):
        if find_spec(part) is None:
            raise MissingPartError(f"serving needs {part}", hint="pip install 'avnkg[web]'")


@contextmanager
def own_folder() -> Iterator[Path]:
    """Give a folder for a graph of one's own, until done; those of services that were killed are removed."""
    for left in Path(tempfile.gettempdir()).glob(f"{_OWN}*"):
        # The folder is everybody's: what another user has put there is left alone.
        if not left.is_symlink() and left.stat().st_uid == os.getuid() and not alive(left.name.split("-")[2]):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{_OWN}{os.getpid()}-") as folder:
        yield Path(folder)


_OWN = "avnkg-serve-"


def listen(host: str, port: int) -> tuple[socket.socket, str]:
    """Return a socket that is bound, and the address of the service on it.

    Raises:
        AvnkgError: the port is taken, or the host is none of this machine's.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
    except OSError as fault:
        raise AvnkgError(f"cannot listen on {host!r}: {fault.strerror}", hint="as --host 127.0.0.1") from fault
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(place)
    except OSError as fault:
        bound.close()
        raise AvnkgError(
            f"cannot listen on {host} at port {port}: {fault.strerror}", hint="choose another one with `--port`"
        ) from fault
    return bound, web_address(host, bound.getsockname()[1])


def web_address(host: str, port: int) -> str:
    """Return the address of a service.

    >>> web_address("127.0.0.1", 8000), web_address("::1", 8000)
    ('http://127.0.0.1:8000', 'http://[::1]:8000')
    """
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def names(host: str) -> tuple[str, ...]:
    """Return the names by which the service may be called.

    On a loopback address only its own: else a page from elsewhere whose name is made to lead here could read it.
    """
    try:
        here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = host == "localhost"
    return ("127.0.0.1", "localhost", "[::1]", host) if here else ("*",)


def run(settings: Settings, listening: socket.socket, began: Callable[[], None]) -> None:
    """Serve until interrupted or told to end; then no process is left.

    Args:
        settings: what to serve.
        listening: a bound socket.
        began: called when the service can be asked.

    Raises:
        GraphError: the graph cannot be opened.
    """
    # Imported here: they take half a second, which `required` and a wrong option need not wait for.
    import uvicorn

    from avnkg.service.app import create_app

    app = create_app(settings)

    class Server(uvicorn.Server):
        """A server that says when it can be asked, and at its end tells those who wait for an answer."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Begin to listen."""
            await super().startup(sockets)
            if self.started:
                began()

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            """Begin to end, however often it is asked to: it takes seconds, and leaves nothing behind."""
            super().handle_exit(sig, frame)
            self.force_exit = False

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            """Stop to answer, then to listen."""
            await app.state.pool.stop()
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=PATIENCE,
        server_header=False,
        ws="none",
    )
    # Whom it leaves unanswered at its end is told so; whoever has ended it need not be.
    logging.getLogger("uvicorn.error").addFilter(lambda record: not record.getMessage().startswith("Cancel "))
    # The server passes on the signal that has ended it: both are an ordinary end here.
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        Server(config).run([listening])
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt
