"""Folders for a while: gone when all went well, gone with an error, and after a kill gone with the next run."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from avnkg.analysis.tables.scratch import scratch_beside

KILLED = """
import os, signal, sys
from pathlib import Path
from avnkg.analysis.tables.scratch import scratch_beside
with scratch_beside(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("written")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_is_there_for_a_while_beside_the_file(tmp_path: Path) -> None:
    with scratch_beside(tmp_path / "out.jsonl") as folder:
        assert folder.parent == tmp_path
        assert list(folder.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "out.jsonl")], check=False)
    [left] = tmp_path.iterdir()
    with scratch_beside(tmp_path / "other.jsonl") as folder:
        assert list(tmp_path.iterdir()) == [folder]
        assert folder != left


@pytest.mark.parametrize(
    "name",
    [
        f".relate-{socket.gethostname()}-{os.getppid()}-x",  # of a process that runs
        f".relate-{socket.gethostname()}-1-x",  # of one that runs, and may be another person's
        ".relate-elsewhere-999999999-x",  # of another machine
        ".relate-mine",  # of nobody known
        "relate-1-x",
    ],
)
def test_what_may_still_be_needed_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with scratch_beside(tmp_path / "out.jsonl"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [name]
