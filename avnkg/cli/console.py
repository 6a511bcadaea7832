"""Where output goes: answers to standard output, progress and complaints to standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

PIPED_WIDTH = 160
"""Columns where there is no terminal to ask: a reader of a file scrolls."""


def console() -> "Console":
    """Return the console for answers: colour only on a terminal, text never taken for markup."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else PIPED_WIDTH
    return Console(width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def show(*parts: object) -> None:
    """Print some parts as a person reads them."""
    console().print(*parts, sep="\n")


def write(text: str) -> None:
    """Print text exactly, for programs."""
    sys.stdout.write(text)


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Show on a terminal that something is under way; nothing where there is none.

    What it gives can be told what it is that is being done now.
    """
    if not sys.stderr.isatty():
        yield lambda now: None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …") as status:
        yield lambda now: status.update(f"{now} …")
