"""The commands on a SPARQL endpoint of another program give what they give on the built graph."""

import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.cli.shell import avnkg

SERVER = Path(sys.executable).parent / "oxigraph"
SECONDS = 30

ASKING = [
    "query by-document --param document=alpha-travel",
    "query delivery-surgery-or-injection --format json",
    "query counts --format csv",
    "find marrow",
    "find MARROW patient --json",
    "claims list",
    "claims list --about 'cell therapy' --json",
    "claims list --document beta-clinic --stance denies",
    "claims show beta-clinic/008",
    "claims show gamma-institute/003 --json",
    "why osteonecrosis hasMechanism",
    "why osteonecrosis hasMechanism ReducedBloodFlow --json",
    "why knee isKindOf hip",
    "stats --json",
]


@pytest.fixture(scope="module")
def address(home_of_mini: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a server loaded with the exported N-Quads of the tiny world; yield its address."""
    from avnkg.graph.build import current_build
    from avnkg.graph.store import open_store

    current = current_build(home_of_mini / "graph")
    assert current is not None
    quads = "".join(open_store(current.store).lines()).encode()
    place = tmp_path_factory.mktemp("server")
    with socket.create_server(("127.0.0.1", 0)) as free:
        host = f"127.0.0.1:{free.getsockname()[1]}"
    with (place / "log").open("w") as log:
        command = [str(SERVER), "serve", "--location", str(place / "db"), "--bind", host]
        running = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            base = f"http://{host}"
            _await(base, running, place / "log")
            request = Request(f"{base}/store", data=quads, headers={"Content-Type": "application/n-quads"})
            with urlopen(request, timeout=SECONDS) as answer:
                assert answer.status in (200, 201, 204)
            yield f"{base}/query"
        finally:
            running.terminate()
            running.wait(SECONDS)


def _await(base: str, running: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and running.poll() is None:
        with suppress(OSError), urlopen(base, timeout=SECONDS):
            return
        time.sleep(0.05)
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}")


@pytest.mark.usefixtures("mini")
@pytest.mark.parametrize("line", ASKING)
def test_an_endpoint_gives_what_the_built_graph_gives(line: str, address: str) -> None:
    words = shlex.split(line)
    there, here = avnkg(*words, "--store", address), avnkg(*words)
    assert (there.code, there.out, there.err) == (here.code, here.out, here.err)
    assert here.out


def test_the_checks_run_on_an_endpoint_without_the_shapes(address: str) -> None:
    found = avnkg("validate", "--store", address)
    assert found.code == 0
    assert found.out.startswith("The graph is sound: every invariant holds.\nThe shapes were not checked: ")


def test_the_doctor_tries_an_endpoint(address: str) -> None:
    assert f"store: {address} answers\n" in avnkg("doctor", "--store", address).out


def test_a_wrong_path_of_an_endpoint_is_told(address: str) -> None:
    found = avnkg("stats", "--store", address.replace("/query", "/nothing"))
    assert found.code == 2
    assert "answered 404" in found.err
