"""A worker: a process that answers queries over a store opened for reading, one after the other.

It reads a question a line (JSON) from standard input, and writes an answer to standard output: a line (JSON) that says
what came of it and how many bytes follow, then those bytes. It ends when its input ends: then whoever asked is gone.
"""

import json
import os
import resource
import signal
import sys
import threading
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from avnkg.errors import AvnkgError, LimitError, QueryError
from avnkg.graph.dataset import Dataset
from avnkg.graph.querytext import with_prefixes
from avnkg.graph.results import Bounds, is_triples, written
from avnkg.graph.store import EmbeddedStore, open_store

GRACE = 5
"""Seconds after its time limit at which a worker that nobody has ended ends by itself."""
READY = b"ready\n"


class Outcome(StrEnum):
    """What came of a question."""

    ANSWERED = "answered"
    WRONG = "wrong"
    UNACCEPTABLE = "unacceptable"
    LARGE = "large"
    MEMORY = "memory"
    FAILED = "failed"
    SLOW = "slow"
    BUSY = "busy"


def main(folder: str, memory: str, rows: str, size: str, seconds: str) -> None:
    """Answer until the input ends.

    Args:
        folder: the store's.
        memory: bytes that may be taken beyond what is taken when idle.
        rows: rows of an answer.
        size: bytes of an answer.
        seconds: of a question.
    """
    # An interrupt is for the service, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    store = open_store(Path(folder))
    _quiet()
    _limit_memory(int(memory))
    questions: SimpleQueue[bytes] = SimpleQueue()
    given = (store, Bounds(int(rows), int(size)), float(seconds), questions)
    threading.Thread(target=_answer_all, args=given, daemon=True).start()
    _say(READY)
    # The engine lets this thread run beside it, so the end of the input is noticed in the middle of a query.
    for line in sys.stdin.buffer:
        questions.put(line)
    os._exit(0)


def _answer_all(store: EmbeddedStore, bounds: Bounds, seconds: float, questions: "SimpleQueue[bytes]") -> None:
    while True:
        question = json.loads(questions.get())
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
        outcome, media, body = _answered(store, question, bounds)
        signal.setitimer(signal.ITIMER_REAL, 0)
        head = {"outcome": outcome, "media": media, "length": len(body)}
        _say(json.dumps(head).encode("ascii") + b"\n", body)
        if outcome is Outcome.MEMORY:
            os._exit(1)  # what is left of the memory is in pieces


def _answered(store: EmbeddedStore, question: dict[str, Any], bounds: Bounds) -> tuple[Outcome, str, bytes]:
    """Return what came of a question, the media type, and the answer or the reason why there is none."""
    dataset = Dataset(tuple(question["default"]), tuple(question["named"]))
    try:
        answer = store.query(with_prefixes(question["text"]), dataset if dataset != Dataset() else None)
        triples = is_triples(answer)
        media = question["triples"] if triples else question["rows"]
        if media is None:
            what = "triples" if triples else "rows, or yes or no"
            return _told(Outcome.UNACCEPTABLE, f"the answer is {what}, in none of the accepted formats")
        return Outcome.ANSWERED, media, written(answer, media, bounds)
    except LimitError as error:
        return _told(Outcome.LARGE, str(error))
    except QueryError as error:
        # What the disk says is no fault of the query.
        return _told(Outcome.FAILED if isinstance(error.__cause__, OSError) else Outcome.WRONG, str(error))
    except AvnkgError as error:
        return _told(Outcome.FAILED, str(error))
    except MemoryError:
        return _told(Outcome.MEMORY, "")


def _told(outcome: Outcome, reason: str) -> tuple[Outcome, str, bytes]:
    return outcome, "text/plain", reason.encode("utf-8", "replace")


def _say(*parts: bytes) -> None:
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def _quiet() -> None:
    """Keep what the engine itself says off the terminal: the service tells why a worker has ended. Ours is still told.

    When there is no memory left the engine aborts, with a line of its own.
    """
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, errors="backslashreplace")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limit_memory(more: int) -> None:
    """Let this process take so many bytes more than it takes now, where the system tells how many these are."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return
    most = pages * os.sysconf("SC_PAGE_SIZE") + more
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    main(*sys.argv[1:])
