"""Who waits for a worker: clients take turns, so that one who asks much holds up nobody else.

Who a client is, its address tells. Behind a proxy all have the proxy's, and share one line.
"""

from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


class Waits(Protocol):
    """What waits, and for whom."""

    @property
    def client(self) -> str:
        """The address of who asks."""
        ...


Asked = TypeVar("Asked", bound=Waits)


@dataclass
class _Line(Generic[Asked]):
    """What one client waits for, in the order of arrival, and which end is next."""

    waiting: deque[Asked] = field(default_factory=deque)
    newest_next: bool = True


class Lines(Generic[Asked]):
    """What waits, in a line for each client. The clients are served in turn."""

    def __init__(self, *, both_ends: bool = False) -> None:
        """Begin empty; a line is served from its oldest on, or from both ends in turn, the newest first."""
        self._both_ends = both_ends
        self._lines: OrderedDict[str, _Line[Asked]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many wait."""
        return sum(len(line.waiting) for line in self._lines.values())

    def __iter__(self) -> Iterator[Asked]:
        """Yield all that wait."""
        for line in self._lines.values():
            yield from line.waiting

    def add(self, asked: Asked) -> None:
        """Let one wait: at the end of its client's line, which is served after those of all others that wait now."""
        self._lines.setdefault(asked.client, _Line()).waiting.append(asked)

    def remove(self, asked: Asked) -> None:
        """Let one wait no longer, whether it does or not."""
        line = self._lines.get(asked.client)
        if line and asked in line.waiting:
            line.waiting.remove(asked)
            self._close(asked.client)

    def next(self) -> Asked | None:
        """Take the next one out, or return None where nobody waits."""
        for client, line in self._lines.items():
            newest = self._both_ends and line.newest_next
            asked = line.waiting.pop() if newest else line.waiting.popleft()
            line.newest_next = not line.newest_next
            self._lines.move_to_end(client)
            self._close(client)
            return asked
        return None

    def place_from(self, client: str) -> Asked | None:
        """Return whose place a client may have when all are taken: the newest of the longest line.

        None where the client's own line would then be the longest.
        """
        longest = max(self._lines.values(), key=lambda line: len(line.waiting), default=None)
        own = self._lines.get(client)
        if longest is None or len(longest.waiting) <= (len(own.waiting) if own else 0) + 1:
            return None
        return longest.waiting[-1]

    def _close(self, client: str) -> None:
        if not self._lines[client].waiting:
            del self._lines[client]
