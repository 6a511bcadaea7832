"""The service, measured over HTTP from outside: it runs in a process of its own on a free port of this machine."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from avnkg import vocab
from avnkg.graph.build import Build, build, inputs
from avnkg.graph.ontology_quads import ontology_quads
from avnkg.graph.quads import QuadWriter
from avnkg.graph.rows import rows_of
from avnkg.graph.store import open_store, write_store
from avnkg.ontology.reading import read_ontology
from avnkg.service.serving import listen, run
from avnkg.service.settings import Settings
from avnkg.views.pages import addresses as at

QUICK = "SELECT ?claim ?says { ?claim a avn:Claim ; avn:says ?says } LIMIT 10"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l && ?d = ?i) }"
ROUNDS = 30
WAITING = 100
WORKERS = 4
PATIENCE = 10
"""Seconds after which a page is given up."""
PAGES = (at.OVERVIEW, at.DISPUTES, at.CLAIMS, at.DOCUMENTS, at.CONCEPTS, at.COMPARISON, at.SPARQL)


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve a folder of graphs in a process of its own; give its address."""
    command = [sys.executable, "-m", "tests.benchmarks.service", str(root)]
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def first_byte(address: str, path: str) -> float:
    """Return the seconds until the first byte of an answer, over a connection that is open.

    Raises:
        TimeoutError: there is none within the patience.
    """
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE)
    connection.connect()
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    seconds = time.perf_counter() - began
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise ValueError(f"{path}: {answer.status} {body[:200]!r}")
    return seconds


def service(size: str, folder: str) -> dict[str, Any]:
    """Measure pages, a small query, and a quick query in a crowd; over the embedded corpus (0), or made-up claims."""
    root = Path(folder) / f"served-{size}" / "graph"
    store = build(inputs(), root).store if size == "0" else _made_up(root, int(size))
    query = f"/sparql?query={quote(QUICK)}"
    searched = (at.SEARCH,) if size == "0" else ()  # its index is made from files, which made-up claims have not
    with served(root) as address:
        asked = median(first_byte(address, query) for _ in range(ROUNDS))
        crowd = _in_a_crowd(address, query)
    with served(root) as address:
        _until_made(address)
        pages = {path: _warm(address, f"/{path}") for path in (*PAGES, *searched, *_some(address))}
    inner, alone = open_store(store), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        rows_of(inner.query(f"PREFIX avn: <{vocab.AVN}> {QUICK}"))
        alone.append(time.perf_counter() - began)
    return {"pages": pages, "query": asked, "store": median(alone), "crowd": crowd}


def _made_up(root: Path, size: int) -> Path:
    """Return the store of so many made-up claims, put down as a build is."""
    from tests.benchmarks.measures import Making

    making, ontology = Making(size), read_ontology()
    writer = QuadWriter(ontology.vocabulary)
    records = (line for document in making.claims.documents for line in writer.document(document))
    place = root / "builds" / "made-up"
    quads = write_store(place / "store", chain(ontology_quads(ontology), records, making.chunks()))
    made = Build("made-up", "0", str(place), making.claims.voices, size, 0, size, quads, (), (), None, False)
    (place / "build.json").write_text(json.dumps(asdict(made)), encoding="utf-8")
    (root / "current").write_text(place.name, encoding="utf-8")
    return made.store


def _some(address: str) -> Sequence[str]:
    """Return the addresses of the pages of a claim, its document and its subject."""
    text = (
        "SELECT ?c ?d ?s { ?c avn:document ?d ; avn:proposition/avn:subject ?s FILTER STRSTARTS(STR(?s), STR(avn:)) }"
    )
    place = f"/sparql?query={quote(f'{text} LIMIT 1')}"
    with urlopen(Request(f"{address}{place}", headers={"Accept": "text/csv"}), timeout=60) as answer:
        claim, document, subject = answer.read().decode().split()[1].split(",")
    names = (each.removeprefix(vocab.THING).partition("/")[2] for each in (claim, document))
    return at.claim(next(names)), at.document(next(names)), at.concept(subject)


def _warm(address: str, path: str) -> float | None:
    """Return the median seconds until the first byte, after a first time that does not count; None when given up."""
    try:
        first_byte(address, path)
        return median(first_byte(address, path) for _ in range(5))
    except TimeoutError:
        return None


def _until_made(address: str) -> None:
    """Wait until the pages are there that are made when a service begins; the last of them is the comparison."""
    while True:
        try:
            with urlopen(f"{address}/{at.COMPARISON}", timeout=60):
                return
        except HTTPError as fault:
            if fault.code != 503:
                raise
            time.sleep(1)


def _in_a_crowd(address: str, query: str) -> float:
    """Return the most seconds that a quick query takes of ten, with all workers busy and many slow ones waiting."""
    place = urlsplit(address)
    crowd = [http.client.HTTPConnection(place.hostname or "", place.port) for _ in range(WAITING + WORKERS)]
    try:
        for each in crowd:
            each.request("GET", f"/sparql?query={quote(SLOW)}")
        time.sleep(2)
        return max(first_byte(address, query) for _ in range(10))
    finally:
        for each in crowd:
            each.close()


def main(root: str) -> None:
    """Serve a folder of graphs as it is, and say where."""
    listening, address = listen("127.0.0.1", 0)
    with listening:
        run(Settings(Path(root), workers=WORKERS), listening, lambda: print(address, flush=True))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
