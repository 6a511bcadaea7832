"""Claims in lists as pages show them: under their headings, with how they stand, in parts that stay readable."""

from collections.abc import Sequence
from dataclasses import dataclass

from avnkg.errors import NotFoundError
from avnkg.views.graphs.network import Standing
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.lines import Line

PART = 50
"""Claims of a list on one page: more would be a page that nobody scrolls through."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A claim of a list with how it stands among the voices, and why it no longer counts where it does not."""

    line: Line
    standing: Standing = Standing.SINGLE
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Claims that stand together, below a heading of their document or another one."""

    heading: str | None
    claims: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Which part of a list a page is: its number, and how many there are; the address of the first one."""

    number: int
    count: int
    first: str


def listed(archive: Archive, lines: Sequence[Line]) -> list[Listed]:
    """Return claims with how they stand."""
    standings = archive.standings([line.id for line in lines])
    return [Listed(line, standings[line.id]) for line in lines]


def parts_of(total: int) -> int:
    """Return how many parts a list of so many claims has; an empty one has one."""
    return max(1, -(-total // PART))


def part_of(address: str, first: str, total: int) -> Parts:
    """Return which part of a list of so many claims is at an address.

    Raises:
        NotFoundError: none is.
    """
    count = parts_of(total)
    stem = first.removesuffix(".html")
    named = address.removeprefix(f"{stem}/").removesuffix(".html")
    number = 1 if address == first else int(named) if named.isascii() and named.isdigit() and len(named) < 9 else 0
    if address != (first if number == 1 else f"{stem}/{number}.html") or not 1 <= number <= count:
        raise NotFoundError(f"there is no page {address!r}", hint=f"the list begins at {first}")
    return Parts(number, count, first)
