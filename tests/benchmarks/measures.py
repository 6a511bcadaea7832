"""One measurement a process, so that peak memory is its own: `python -m tests.benchmarks.measures NAME …` prints JSON.

Seconds are of the wall. Where claims are made up on the way, the time that making them takes is left out: they are
made a thousand at a time, and the clock of the measurement stands still meanwhile.
"""

import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from avnkg import vocab
from avnkg.claims.model import Claim
from avnkg.graph.build import build, build_memory, inputs
from avnkg.graph.derivation import Kept
from avnkg.graph.ontology_quads import ontology_quads
from avnkg.graph.quads import QuadWriter
from avnkg.graph.queries import query_library
from avnkg.graph.querytext import Page
from avnkg.graph.store import EmbeddedStore, memory_store, open_store, write_store
from avnkg.ontology.reading import read_ontology
from tests.benchmarks.generator import ClaimSet
from tests.benchmarks.relations import memory_peak, related

PAGE = 50
"""Rows of a page of contradictions."""
PAGES = {"first page": 0, "next page": 1, "tenth page": 9}
"""Which pages are asked for, and how many are before each."""
MOST_ROWS = 1000
"""How many rows of an answer are asked for."""
PATIENCE = 60
"""Seconds after which a query is given up."""

Result = dict[str, Any]


class Making:
    """Makes claims, and knows how long that took."""

    def __init__(self, size: int) -> None:
        """Store what to make."""
        self.claims = ClaimSet(read_ontology().vocabulary, size)
        self.seconds = 0.0

    def made(self) -> Iterator[Claim]:
        """Yield the claims."""
        left = iter(self.claims)
        while True:
            began = time.perf_counter()
            batch = list(islice(left, 1000))
            self.seconds += time.perf_counter() - began
            if not batch:
                return
            yield from batch

    def chunks(self) -> Iterator[str]:
        """Yield the lines of all claims, as a build does."""
        return QuadWriter(self.claims.vocabulary).claims(self.made(), self.claims.documents)


def lines(size: str, path: str) -> Result:
    """Write the claims as N-Quads into a file: what the peer then loads. Counting and writing are not timed."""
    making, apart, quads = Making(int(size)), 0.0, 0
    began = time.perf_counter()
    with open(path, "wb") as file:
        for chunk in making.chunks():
            paused = time.perf_counter()
            quads += chunk.count("\n")
            file.write(chunk.encode())
            apart += time.perf_counter() - paused
    return {"seconds": time.perf_counter() - began - making.seconds - apart, "quads": quads}


def ours(size: str, folder: str) -> Result:
    """Bring claims into a store: in memory, or on disk when a folder is named."""
    making = Making(int(size))
    began = time.perf_counter()
    quads = write_store(Path(folder), making.chunks()) if folder else len(memory_store(making.chunks()))
    return {"seconds": time.perf_counter() - began - making.seconds, "quads": quads}


def peer(path: str, folder: str) -> Result:
    """Have pyoxigraph load a file of N-Quads by itself: into memory, or on disk when a folder is named."""
    began = time.perf_counter()
    store = ox.Store(folder) if folder else ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    if folder:
        store.flush()
    return {"seconds": time.perf_counter() - began, "quads": len(store)}


def corpus(folder: str) -> Result:
    """Build the embedded corpus, in memory and on disk, and load the same quads from a file."""
    given = inputs()
    began = time.perf_counter()
    store = build_memory(given)
    memory = time.perf_counter() - began
    began = time.perf_counter()
    done = build(given, Path(folder) / "graph", again=True)
    disk = time.perf_counter() - began
    file = Path(folder) / "corpus.nq"
    file.write_text("".join(store.lines()), encoding="utf-8")
    return {
        "memory": memory,
        "disk": disk,
        "claims": done.claims,
        "floor": peer(str(file), "")["seconds"],
        "disk_floor": peer(str(file), str(Path(folder) / "peer"))["seconds"],
    }


def queries(size: str) -> Result:
    """Ask every query of the library for its first rows, with its default parameters; None where the patience ended.

    Each is asked in a process of its own, a copy of the one that loaded the claims: a store cannot be told to stop.
    """
    ontology = read_ontology()
    making = Making(int(size))
    writer = QuadWriter(ontology.vocabulary)
    records = (line for document in making.claims.documents for line in writer.document(document))
    store = memory_store(chain(ontology_quads(ontology), records, making.chunks()))
    listing = "SELECT ?claim WHERE { ?claim a <https://w3id.org/avnkg/ontology#Claim> }"
    texts = {query.name: query.bound({}, ontology.vocabulary, Page(MOST_ROWS)) for query in query_library().values()}
    return {
        "floor": _asked(store, listing),
        "queries": {name: _asked(store, text) for name, text in texts.items()},
    }


def stored(size: str, folder: str) -> Result:
    """Bring claims and their relations into a store on disk, and ask it for the contradictions about a concept.

    The concepts are core decompression and the one most contested. The floor is a scan of as many of the store's
    triples as a page has rows.
    """
    ontology, making = read_ontology(), Making(int(size))
    writer, documents = QuadWriter(ontology.vocabulary), making.claims.documents
    records = (line for document in documents for line in writer.document(document))
    kept = Kept(documents, ontology.vocabulary, many=0)
    place = Path(folder) / f"stored-{size}"
    began = time.perf_counter()
    said = writer.claims(kept.taken(making.made()), documents)
    quads = write_store(place, chain(ontology_quads(ontology), records, said, kept.derived()))
    seconds = time.perf_counter() - began - making.seconds
    peak = memory_peak()
    store = open_store(place)
    most = _first(store, _MOST_CONTESTED)
    return {
        "seconds": seconds,
        "quads": quads,
        "bytes": sum(file.stat().st_size for file in place.iterdir()),
        "memory_peak": peak,
        "contradictions": int(_first(store, _CONTRADICTIONS)["relations"].value),
        "concepts": {
            "core decompression": _paged(store, vocab.AVN + "CoreDecompression"),
            "the most contested": _paged(store, most["concept"].value),
        },
        "floor": min(_answered(store, f"SELECT * WHERE {{ ?s ?p ?o }} LIMIT {PAGE}") for _ in range(3))[0],
    }


_CONTRADICTIONS = (
    f"SELECT (COUNT(*) AS ?relations) WHERE {{ ?r <{vocab.VERDICT}> <{vocab.VERDICTS['Contradiction']}> }}"
)
_MOST_CONTESTED = f"""SELECT ?concept (COUNT(*) AS ?times) WHERE {{
  ?proposition <{vocab.AVN}subject> ?concept ; <{vocab.CONTESTED_IN}> ?number .
}} GROUP BY ?concept ORDER BY DESC(?times) LIMIT 1"""


def _paged(store: EmbeddedStore, concept: str) -> Result:
    """Ask for pages of the contradictions about a concept, the better of three times, and for all of them once."""
    question, names = query_library()["contradiction/contradictions-about"], read_ontology().vocabulary
    found = {}
    for what, place in PAGES.items():
        text = question.bound({"concept": concept}, names, Page(PAGE, PAGE * place))
        found[what] = min(_answered(store, text) for _ in range(3))[0]
    whole, rows = _answered(store, question.bound({"concept": concept}, names))
    return {"pages": found, "whole": whole, "about": rows}


def _first(store: EmbeddedStore, text: str) -> ox.QuerySolution:
    """Return the first row of an answer."""
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    row: ox.QuerySolution = next(answer)
    return row


def _answered(store: EmbeddedStore, text: str) -> tuple[float, int]:
    """Return the seconds that an answer takes, and its rows."""
    began = time.perf_counter()
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    rows = sum(1 for _ in answer)
    return time.perf_counter() - began, rows


def _asked(store: EmbeddedStore, text: str) -> tuple[float, int] | None:
    """Return the seconds that a query takes and the rows it gives, or None when it takes too long."""
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=_ask, args=(store, text, sender))
    process.start()
    sender.close()
    try:
        return receiver.recv() if receiver.poll(PATIENCE) else None
    finally:
        process.kill()
        process.join()


def _ask(store: EmbeddedStore, text: str, sender: Connection) -> None:
    # The first time this copy of a process writes where the loaded one has freed memory, each page is copied: up to
    # half a second that no query takes where the claims were loaded. So the better of two counts.
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        answer = store.query(text)
        rows = 1 if isinstance(answer, ox.QueryBoolean) else sum(1 for _ in islice(answer, MOST_ROWS))
        seconds.append(time.perf_counter() - began)
    sender.send((min(seconds), rows))


def drawn(concepts: str, folder: str) -> Result:
    """Draw made-up claims on so many concepts, and open the page in a browser where there is one."""
    # Imported here: what draws must not weigh on the peaks of the other measurements.
    from tests.benchmarks.graphs import drawn as found

    return found(concepts, folder)


def served(size: str, folder: str) -> Result:
    """Ask a service over so many made-up claims, or over the embedded corpus (0)."""
    from tests.benchmarks.service import service as found

    return found(size, folder)


def site(folder: str) -> Result:
    """Write the site of the embedded corpus."""
    from tests.benchmarks.pages import site as found

    return found(folder)


MEASURES: dict[str, Callable[..., Result]] = {
    "lines": lines,
    "ours": ours,
    "peer": peer,
    "corpus": corpus,
    "queries": queries,
    "stored": stored,
    "related": related,
    "drawn": drawn,
    "served": served,
    "site": site,
}


def main() -> None:
    """Take one measurement and print it, with the most memory that the process had."""
    name, *given = sys.argv[1:]
    found = MEASURES[name](*given)
    found.setdefault("memory_peak", memory_peak())
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
