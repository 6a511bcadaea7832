"""A worker's process, seen from the service: started, asked, ended."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path

from avnkg.errors import GraphError
from avnkg.service.settings import Limits
from avnkg.service.worker import READY, Outcome

STARTING = 60
"""Seconds that a worker may take to start."""


@dataclass(frozen=True)
class Question:
    """A query for a worker.

    Attributes:
        text: the SPARQL.
        default: IRIs of graphs that are asked instead of the whole.
        named: IRIs of graphs that GRAPH finds.
        rows: the media type in which rows are wanted, or yes or no; None where they are not.
        triples: the media type in which triples are wanted; None where they are not.
    """

    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    rows: str | None = "application/sparql-results+json"
    triples: str | None = "text/turtle"

    @property
    def line(self) -> bytes:
        """What a worker reads."""
        fields = {"text": self.text, "default": self.default, "named": self.named}
        return json.dumps({**fields, "rows": self.rows, "triples": self.triples}).encode("ascii") + b"\n"


@dataclass(frozen=True)
class Reply:
    """What came of a question: an answer in a media type, or a reason in plain words."""

    outcome: Outcome
    media: str
    body: bytes

    @classmethod
    def without_answer(cls, outcome: Outcome, reason: str) -> "Reply":
        """Return a reply that tells why there is no answer."""
        return cls(outcome, "text/plain", reason.encode("utf-8"))


class Worker:
    """A process that answers one question at a time."""

    def __init__(self, process: Process, folder: Path) -> None:
        """Store the process, and the folder of the store that it has opened."""
        self._process = process
        self.folder = folder

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    async def ask(self, line: bytes) -> Reply | None:
        """Return what came of a question; None where the process has ended before it could tell."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(line)
            await self._process.stdin.drain()
            head = json.loads(await self._process.stdout.readline() or b"null")
            if head is None:
                return None
            body = await self._process.stdout.readexactly(head["length"])
            return Reply(Outcome(head["outcome"]), head["media"], body)
        except (OSError, asyncio.IncompleteReadError):
            return None

    async def cause(self) -> Reply:
        """Return why the process has ended by itself."""
        code = await self._process.wait()
        if code == -signal.SIGSEGV:  # its stack is full
            return Reply.without_answer(Outcome.WRONG, "the query is nested too deeply to be read")
        # Oxigraph aborts when it gets no memory; the system kills when it has none left.
        starved = code in (-signal.SIGABRT, -signal.SIGKILL)
        return Reply.without_answer(Outcome.MEMORY if starved else Outcome.FAILED, "the worker ended")

    @property
    def ended(self) -> bool:
        """Whether the process has ended."""
        return self._process.returncode is not None

    def kill(self) -> None:
        """End the process at once."""
        # `Process.kill` would look whether it still runs, and so take the exit code from who waits for it.
        if not self.ended:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)

    async def end(self) -> None:
        """End the process, and wait until nothing of it is left; nobody may be asking it."""
        self.kill()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        while await self._process.stdout.read(1 << 16):
            pass
        await self._process.wait()
        with contextlib.suppress(OSError):
            await self._process.stdin.wait_closed()


async def start_worker(folder: Path, limits: Limits) -> Worker:
    """Return a worker that is ready to be asked.

    Raises:
        GraphError: it did not start.
    """
    given = (limits.memory, limits.rows, limits.answer_bytes, limits.seconds)
    command = [sys.executable, "-m", "avnkg.service.worker", str(folder), *map(str, given)]
    # In a session of its own, an interrupt from the keyboard does not reach it.
    try:
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, start_new_session=True)
    except OSError as fault:
        raise GraphError(f"a worker cannot be started: {fault.strerror}") from fault
    worker = Worker(process, folder)
    assert process.stdout is not None
    try:
        said = await asyncio.wait_for(process.stdout.readline(), STARTING)
    except BaseException as fault:
        await worker.end()
        if isinstance(fault, TimeoutError):
            raise GraphError(f"a worker did not start within {STARTING} s") from fault
        raise
    if said != READY:
        await worker.end()
        raise GraphError("a worker could not open the graph", path=folder, hint="run `avnkg build`")
    return worker
