"""A service on a free port of this machine, in a thread of this process, with a client that calls it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from avnkg.service.app import create_app
from avnkg.service.settings import Settings

SECONDS = 60
"""How long a client waits before a test fails: nothing may hang."""


@contextmanager
def serving(settings: Settings) -> Iterator[httpx.Client]:
    """Serve a folder of graphs until done; give a client whose addresses begin at the service."""
    # With the protocol named, the event loop sends small answers at once.
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            _wait(server, thread)
            with httpx.Client(base_url=address, timeout=SECONDS) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(SECONDS)
            assert not thread.is_alive(), "the service did not stop"


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    end = time.monotonic() + SECONDS
    while not server.started:
        assert thread.is_alive(), "the service ended by itself"
        assert time.monotonic() < end, "the service did not begin"
        time.sleep(0.02)
