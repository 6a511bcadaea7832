"""Folders for what is only needed while a table is related, beside the file that comes of it.

They go when their process ends. One that was killed could not see to it, so the next one does.
"""

import os
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_PREFIX = ".relate"
_NAMED = re.compile(rf"\{_PREFIX}-(?P<host>.+)-(?P<process>[0-9]+)-[^-]*")


@contextmanager
def scratch_beside(path: Path) -> Iterator[Path]:
    """Have an empty folder beside a file; it is removed afterwards, and with it those of processes that were killed.

    Raises:
        OSError: there can be none.
    """
    _clean(path.parent)
    prefix = f"{_PREFIX}-{socket.gethostname()}-{os.getpid()}-"
    with TemporaryDirectory(prefix=prefix, dir=path.parent, ignore_cleanup_errors=True) as made:
        yield Path(made)


def _clean(folder: Path) -> None:
    """Remove what processes of this machine have left that are no more; of other machines' nothing is known."""
    for path in folder.glob(f"{_PREFIX}-*"):
        named = _NAMED.fullmatch(path.name)
        if named and named["host"] == socket.gethostname() and not _runs(int(named["process"])):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    """Tell whether there is such a process; where that cannot be asked without harm, there is."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
