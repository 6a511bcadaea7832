"""Graphs of claims, made up and seeded: how long a page takes to write, and in a browser until it can be used."""

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

from avnkg.claims.kinds import Takes
from avnkg.claims.model import Claim
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.ontology_quads import ontology_quads
from avnkg.graph.quads import QuadWriter
from avnkg.graph.store import memory_store
from avnkg.ontology.reading import read_ontology
from avnkg.views.graphs.graphpage import draw
from tests.benchmarks.generator import ClaimSet

CHROMIUM = Path("/usr/bin/chromium")
CLAIMS_A_CONCEPT = 1.5


def spread_graph(concepts: int) -> ClaimsGraph:
    """Return a graph whose claims speak of so many concepts; of the first ones much more is said than of the last."""
    ontology = read_ontology()
    made = ClaimSet(ontology.vocabulary, int(concepts * CLAIMS_A_CONCEPT))
    writer = QuadWriter(ontology.vocabulary)
    records = (line for document in made.documents for line in writer.document(document))
    said = writer.claims(_spread(made, concepts), made.documents)
    return ClaimsGraph(memory_store(chain(ontology_quads(ontology), records, said)), ontology.vocabulary)


def _spread(made: ClaimSet, concepts: int) -> Iterator[Claim]:
    draw_one = Random(made.seed).random
    for place, claim in enumerate(made):
        said = claim.proposition
        relation = made.vocabulary.predicates[said.predicate].takes is Takes.RELATION
        other = int(concepts * draw_one() ** 2)
        yield replace(
            claim,
            proposition=replace(
                said,
                subject=f"Concept {place % concepts}",
                predicate=said.predicate if relation else "leadsTo",
                object=f"Concept {other}",
                comparator=None,
                endpoint=None,
                quantity=None,
                subject_excludes=(),
            ),
        )


def drawn(concepts: str, folder: str) -> dict[str, Any]:
    """Write the page of so many concepts, and open it in a browser where there is one."""
    graph = spread_graph(int(concepts))
    path = Path(folder) / f"graph-{concepts}.html"
    began = time.perf_counter()
    draw(graph, everything=True).write(path)
    written = time.perf_counter() - began
    return {"written": written, "bytes": path.stat().st_size, **(_opened(path) if CHROMIUM.exists() else {})}


def _opened(path: Path) -> dict[str, float]:
    """Return the seconds until the page has drawn itself, and those that a zoom and a search take."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        began = time.perf_counter()
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_selector("html[data-ready]", state="attached")
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        usable = time.perf_counter() - began
        loaded = page.evaluate("() => performance.getEntriesByType('navigation')[0].responseEnd / 1000")
        began = time.perf_counter()
        page.mouse.move(400, 400)
        page.mouse.wheel(0, -300)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        zoomed = time.perf_counter() - began
        began = time.perf_counter()
        page.fill("#search", "Concept 17")
        page.wait_for_function("() => document.getElementById('count').textContent.includes(' of ')")
        searched = time.perf_counter() - began
        browser.close()
    return {"usable": usable, "loaded": loaded, "zoomed": zoomed, "searched": searched}
