"""Who waits for what takes long to make: a page, a drawing, a file. A few are made at once, so that others are heard.

Each kind has threads of its own: a crowd that asks for drawings holds up neither pages nor search.
"""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request

from avnkg.service.faults import Refusal

RETRY = "5"
"""Seconds after which a client may try again when too many wait."""

Made = TypeVar("Made")


class Turns:
    """Some threads, and how many may wait for one; of one event loop."""

    def __init__(self, threads: int, waiting: int) -> None:
        """Store how many there are of each."""
        self._limiter = CapacityLimiter(threads)
        self._waiting = waiting

    async def make(self, request: Request, work: Callable[[], Made]) -> Made:
        """Return what some work makes for a request, when it is its turn.

        Raises:
            Refusal: too many wait, or who has asked is gone.
        """
        if self._limiter.statistics().tasks_waiting >= self._waiting:
            raise Refusal(503, f"{self._waiting} others wait already; try again later", headers={"Retry-After": RETRY})
        async with self._limiter:
            # Nobody may read it any more: a reader who is tired of waiting asks again.
            if await request.is_disconnected():
                raise Refusal(503, "the client went away")
            # The turn is the limit; the limit that the rest of the service shares is left to it.
            return await to_thread.run_sync(work, limiter=CapacityLimiter(1))
