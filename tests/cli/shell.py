"""Runs the command line in this process, as a shell would: words in, exit code and both streams out."""

import contextlib
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from unittest import mock

from avnkg.cli import main


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    code: int
    data: bytes
    err: str

    @property
    def out(self) -> str:
        """What it printed."""
        return self.data.decode("utf-8")


def avnkg(*words: object, stdin: str = "") -> Done:
    """Run `avnkg` with some words; whatever it raises that a person would see as a traceback is raised here."""
    out, err = _stream(), _stream()
    with (
        mock.patch.object(sys, "argv", ["avnkg", *map(str, words)]),
        mock.patch.object(sys, "stdin", io.StringIO(stdin)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        _exit() as left,
    ):
        main()
    code = left[0] if left else 0
    return Done(int(str(code or 0)), _bytes(out), _bytes(err).decode("utf-8"))


@contextlib.contextmanager
def _exit() -> Iterator[list[object]]:
    """Take the exit code that a command leaves with."""
    left: list[object] = []
    try:
        yield left
    except SystemExit as leave:
        left.append(leave.code)


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")


def _bytes(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()
