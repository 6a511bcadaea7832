"""What relating claims takes, from Parquet to Parquet: claims of the generator, and statements like INDRA's."""

import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from avnkg.analysis.concepts import Concepts
from avnkg.analysis.relations.engines import DuckEngine, Engine
from avnkg.analysis.tables.relating import Task, relate_table
from avnkg.claims.portable import write_parquet
from avnkg.ontology.reading import read_ontology
from tests.benchmarks.generator import ClaimSet

SUBJECTS, OBJECTS = 60, 400
"""Of the statements that `find_contradicts` was measured on; one in ten is of the rarer of two opposed types."""
AXES = 6
WARM = 3
"""Rounds after the first; the best counts."""
MOST_WARMED = 100_000


def claims_file(kind: str, size: int, folder: Path) -> Path:
    """Return a table of claims, made when the folder has none."""
    path = folder / f"{kind}-{size}.parquet"
    if not path.exists():
        partial = path.with_suffix(".partial")
        if kind == "statements":
            _write_statements(size, partial)
        else:
            with partial.open("wb") as out:
                write_parquet(ClaimSet(read_ontology().vocabulary, size, spread_over=AXES), out)
        partial.replace(path)
    return path


def _write_statements(size: int, path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(list(_statements(size))), path)


def _statements(size: int) -> Iterator[dict[str, str]]:
    draw = Random(size)
    for number in range(size):
        yield {
            "id": f"s{number}",
            "document": f"paper-{number % 200}",
            "subject": f"subject {draw.randrange(SUBJECTS)}",
            "predicate": "activates",
            "object": f"object {draw.randrange(OBJECTS)}",
            "stance": "denies" if draw.random() < 0.1 else "affirms",
        }


def related(kind: str, size: str, folder: str) -> dict[str, Any]:
    """Relate the claims of a table: the first time in a process, and again; and copy what goes in and comes out."""
    source = claims_file(kind, int(size), Path(folder))
    vocabulary = replace(read_ontology().vocabulary, open=kind == "statements")
    rounds = 1 + (WARM if int(size) <= MOST_WARMED else 0)
    with TemporaryDirectory(dir=folder) as kept:
        target = Path(kept) / "relations.parquet"
        began = time.perf_counter()
        engine = DuckEngine(scratch=Path(kept))
        started = time.perf_counter() - began
        seconds = [_seconds(Task(source, target, Concepts(vocabulary)), engine) for _ in range(rounds)]
        seconds[0] += started
        engine.close()
        peak = memory_peak()
        floor, rows = _copied(source, target)
    warm = min(seconds[1:], default=None)
    return {"cold": seconds[0], "warm": warm, "floor": floor, "rows": rows, "memory_peak": peak}


def memory_peak() -> int:
    """Return the most memory that this process has had so far, in bytes."""
    # The kernel counts in kibibytes, that of macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _seconds(task: Task, engine: Engine) -> float:
    began = time.perf_counter()
    relate_table(task, engine)
    return time.perf_counter() - began


def _copied(source: Path, target: Path) -> tuple[float, int]:
    """Return how long DuckDB takes to copy both tables, and the rows of the second."""
    import duckdb

    with duckdb.connect() as connection:
        began = time.perf_counter()
        for path in (source, target):
            copy = path.with_suffix(".copy")
            connection.execute(f"COPY (FROM '{path}') TO '{copy}' (FORMAT parquet)")
            copy.unlink()
        floor = time.perf_counter() - began
        [[rows]] = connection.execute(f"SELECT count(*) FROM '{target}'").fetchall()
    return floor, rows
