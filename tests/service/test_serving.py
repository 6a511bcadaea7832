"""`avnkg serve` as a process: it tells where it is, refuses what cannot be, and leaves nothing behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from avnkg.errors import AvnkgError, MissingPartError
from avnkg.service.serving import listen, names, own_folder, required
from avnkg.service.settings import origin_of
from tests.service.test_pool import SLOW, children

MINI = Path(__file__).resolve().parent.parent / "mini"
PROGRAM = Path(sys.executable).with_name("avnkg")
SECONDS = 60


@contextmanager
def served(root: Path, *words: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run `avnkg serve` on a free port; give the process and the address that it prints."""
    command = [str(PROGRAM), "serve", "--port", "0", *words]
    given = {**os.environ, "AVNKG_HOME": str(root.parent)}
    # A shell's job may have interrupts turned off for all it starts: here they are on.
    with subprocess.Popen(command, env=given, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Serving at http://127.0.0.1:"), (line, process.stderr and process.stderr.read())
            yield process, line.split()[2]
        finally:
            process.kill()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=["interrupt", "end"])
def test_it_serves_until_it_is_told_to_end(
    mini_root: Path, sent: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with served(mini_root) as (process, address):
        assert httpx.get(f"{address}/sparql", params={"query": "ASK {}"}, timeout=SECONDS).status_code == 200
        assert httpx.get(address, timeout=SECONDS).status_code == 200
        workers = children(process.pid)
        assert len(workers) == 5
        assert not list(tmp_path.glob("avnkg-serve-*"))  # what is killed could not take it away
        process.send_signal(sent)
        _, told = process.communicate(timeout=SECONDS)
        assert (process.returncode, told) == (0, "")
        assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def test_it_ends_as_well_when_it_is_told_so_twice(mini_root: Path) -> None:
    with served(mini_root, "--workers", "2") as (process, address):
        place = httpx.URL(address)
        with socket.create_connection((place.host, place.port or 80)) as called:
            called.sendall(b"GET /graph HTTP/1.1\r\nHost: localhost\r\n\r\n")
            workers = children(process.pid)
            for _ in range(3):
                process.send_signal(signal.SIGINT)
                time.sleep(0.1)
            _, told = process.communicate(timeout=SECONDS)
        assert (process.returncode, told) == (0, "")
        assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def test_it_ends_in_the_middle_of_a_query(mini_root: Path) -> None:
    with served(mini_root, "--workers", "2") as (process, address):
        place = httpx.URL(address)
        asked = f"GET /sparql?query={quote(SLOW.text)}"
        with socket.create_connection((place.host, place.port or 80)) as called:
            called.sendall(f"{asked} HTTP/1.1\r\nHost: {place.host}\r\n\r\n".encode())
            time.sleep(0.3)
            workers = children(process.pid)
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=SECONDS)
            assert called.recv(12) == b"HTTP/1.1 503"
        assert (process.returncode, told) == (0, "")
        assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def test_it_ends_in_the_middle_of_what_it_makes_and_of_what_is_sent(mini_root: Path) -> None:
    with served(mini_root) as (process, address):
        place = httpx.URL(address)
        called = (place.host, place.port or 80)
        with contextlib.ExitStack() as stack:
            drawings = [stack.enter_context(socket.create_connection(called)) for _ in range(20)]
            for each in drawings:
                each.sendall(b"GET /graph?about=Disease HTTP/1.1\r\nHost: localhost\r\n\r\n")
            half = stack.enter_context(socket.create_connection(called))
            half.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n")
            half.sendall(b"Content-Length: 9\r\n\r\nASK")
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=SECONDS)
        assert (process.returncode, told) == (0, "")


def test_who_ends_in_the_middle_of_a_request_is_no_fault_of_the_service(mini_root: Path) -> None:
    with served(mini_root) as (process, address):
        place = httpx.URL(address)
        with socket.create_connection((place.host, place.port or 80)) as called:
            called.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n")
            called.sendall(b"Content-Length: 9\r\n\r\nASK")
            time.sleep(0.3)
        assert httpx.get(f"{address}/style.css", timeout=SECONDS).status_code == 200
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=SECONDS)
        assert (process.returncode, told) == (0, "")


def test_a_corpus_of_ones_own_is_served_and_leaves_no_file(mini_root: Path, tmp_path: Path) -> None:
    words = ["--corpus", str(MINI / "corpus"), "--without-embedded", "--documents", str(MINI / "documents")]
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        with served(tmp_path / "empty" / "graph", *words) as (process, address):
            assert list(temporary.iterdir())
            assert httpx.get(f"{address}/documents.html", timeout=SECONDS).status_code == 200
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=SECONDS)
        assert not list(temporary.glob("avnkg-serve-*"))


def test_a_port_that_is_taken_is_told(mini_root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        given = {**os.environ, "AVNKG_HOME": str(mini_root.parent)}
        command = [str(PROGRAM), "serve", "--port", str(port)]
        done = subprocess.run(command, env=given, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"avnkg: cannot listen on 127.0.0.1 at port {port}: Address already in use; choose another one with `--port`\n"
    )


def test_a_host_that_is_none_is_told() -> None:
    with pytest.raises(AvnkgError, match="cannot listen on 'no host'"):
        listen("no host", 0)


@pytest.mark.parametrize("part", ["fastapi", "uvicorn", "jinja2"])
def test_a_part_that_is_missing_is_told(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = find_spec
    monkeypatch.setattr("avnkg.service.serving.find_spec", lambda name: None if name == part else found(name))
    with pytest.raises(MissingPartError, match=rf"{part}; pip install 'avnkg\[web\]'"):
        required()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "::1"])
def test_on_a_loopback_address_only_its_own_names_are_heard(host: str) -> None:
    assert "*" not in names(host)
    assert {"127.0.0.1", "localhost", host} <= set(names(host))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "host.example"])
def test_elsewhere_any_name_is_heard(host: str) -> None:
    assert names(host) == ("*",)


@pytest.mark.parametrize("words", ["*", "https://example.org", "http://127.0.0.1:3000", "http://[::1]:80"])
def test_an_origin_is_taken(words: str) -> None:
    assert origin_of(words) == words


@pytest.mark.parametrize("words", ["foo", "", "null", "https://example.org/", "ftp://a.org", "https://A.org", "*.org"])
def test_what_is_no_origin_is_refused(words: str) -> None:
    with pytest.raises(AvnkgError, match="expected an origin"):
        origin_of(words)


def test_an_origin_that_is_none_is_told_before_anything_is_served() -> None:
    told = subprocess.run([str(PROGRAM), "serve", "--cors", "foo"], text=True, capture_output=True, timeout=SECONDS)
    assert (told.returncode, "expected an origin" in told.stderr) == (2, True), told


def test_the_folder_of_a_service_that_was_killed_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    left, other = (tmp_path / f"avnkg-serve-{number}-abc" for number in (ended.pid, os.getppid()))
    link = tmp_path / f"avnkg-serve-{ended.pid}-link"
    for folder in (left, other):
        (folder / "graph").mkdir(parents=True)
    link.symlink_to(other)
    with own_folder() as own:
        assert {path.name for path in tmp_path.iterdir()} == {other.name, link.name, own.name}
    assert not own.exists()
