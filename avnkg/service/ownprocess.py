"""Work on a build that takes long, in a process of its own: the service answers meanwhile, and ends it at its own end.

What such work writes stands beside the store, under another name until it is whole.
"""

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from avnkg.errors import AvnkgError, GraphError
from avnkg.graph.build import Build

PARTIAL = ".partial"


def in_a_process(work: Callable[[Build], object], build: Build) -> None:
    """Do some work on a build in a process of its own; `work` is a function of a module.

    Raises:
        GraphError: it could not be done; whatever the process could not explain stands on its standard error.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(work, build, theirs), daemon=True, name=f"avnkg-{work.__name__}")
    process.start()
    theirs.close()
    try:
        told = ours.recv()
    except EOFError:
        told = "its process ended before it was done"
    process.join()
    ours.close()
    if told:
        raise GraphError(told)


def _do(work: Callable[[Build], object], build: Build, told: "multiprocessing.connection.Connection") -> None:
    # An interrupt from the keyboard is for the service, whose end is noticed here.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work(build)
        told.send("")
    except AvnkgError as fault:
        told.send(str(fault))


def _end_with_parent() -> None:
    """End this process when the service has ended, however it did."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


@contextlib.contextmanager
def written(path: Path) -> Iterator[Path]:
    """Give a place to write a file to; it is moved to its own place when it is whole, else nothing is left.

    What processes that were killed have left in the folder is removed.
    """
    for left in path.parent.glob(f"*{PARTIAL}"):
        if not alive(left.name.split(".")[-2]):
            left.unlink(missing_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}{PARTIAL}")
    partial.unlink(missing_ok=True)
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def alive(process: str) -> bool:
    """Return whether a process of this number runs."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
