"""The site of the embedded corpus: how long it takes to write, and what it is beside merely writing its files."""

import time
from pathlib import Path
from typing import Any

from avnkg.graph.build import build, inputs
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.store import open_store
from avnkg.ontology.reading import read_ontology
from avnkg.views.pages.site import options_of, write_site


def site(folder: str) -> dict[str, Any]:
    """Write the site of the embedded corpus, then the same files once more as they are."""
    root = Path(folder) / "graph"
    done = build(inputs(), root)
    began, busy = time.perf_counter(), time.process_time()
    graph = ClaimsGraph(open_store(done.store), read_ontology().vocabulary)
    files = write_site(graph, Path(folder) / "site", options_of(done.inputs))
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    found = [
        (path.relative_to(Path(folder) / "site"), path.read_bytes())
        for path in (Path(folder) / "site").rglob("*")
        if path.is_file()
    ]
    began = time.perf_counter()
    for name, written in found:
        path = Path(folder) / "floor" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)
    floor = time.perf_counter() - began
    size = sum(len(written) for _, written in found)
    return {"seconds": seconds, "busy": busy, "floor": floor, "files": files, "bytes": size}
