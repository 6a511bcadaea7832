"""Both engines give the same relations, compared through Parquet; a missing part is told with what to do."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from avnkg.analysis.concepts import Concepts
from avnkg.analysis.relations.engines import DuckEngine, SparkEngine
from avnkg.analysis.tables.relating import Task, relate_table
from avnkg.claims.portable import write_parquet
from avnkg.errors import MissingPartError
from avnkg.ontology.reading import read_ontology
from tests.benchmarks.generator import ClaimSet

VOCABULARY = read_ontology().vocabulary
PARTS = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
ROOT = Path(__file__).resolve().parents[2]

RUN = """
import sys
from pathlib import Path
from avnkg.analysis.concepts import Concepts
from avnkg.analysis.relations.engines import SparkEngine
from avnkg.analysis.tables.relating import Task, relate_table
from avnkg.ontology.reading import read_ontology
engine = SparkEngine("local[2]")
for ending in ("parquet", "jsonl"):
    source, target = Path(sys.argv[1]), Path(sys.argv[2]).with_suffix("." + ending)
    relate_table(Task(source, target, Concepts(read_ontology().vocabulary)), engine)
engine.close()
"""


@pytest.mark.slow
@pytest.mark.skipif(not PARTS, reason="Spark needs pyspark and Java 17")
def test_spark_and_duckdb_give_the_same_relations(tmp_path: Path) -> None:
    import duckdb

    made = ClaimSet(VOCABULARY, 300, voices=5)
    source = tmp_path / "claims.parquet"
    with source.open("wb") as out:
        write_parquet(made, out)
    engine = DuckEngine()
    relate_table(Task(source, tmp_path / "duckdb.parquet", Concepts(VOCABULARY)), engine)
    engine.close()
    # In a process of its own: Spark's threads and warnings are not this one's.
    subprocess.run([sys.executable, "-c", RUN, source, tmp_path / "spark.parquet"], cwd=ROOT, check=True, timeout=300)
    duck, spark, text = (
        duckdb.execute(f"SELECT * FROM '{tmp_path}/{name}' ORDER BY id").fetchall()
        for name in ("duckdb.parquet", "spark.parquet/*.parquet", "spark.jsonl")
    )
    assert len(duck) > 100
    assert duck == spark
    assert duck == text


def test_without_pyspark_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingPartError, match=r"pip install 'avnkg\[spark\]'"):
        SparkEngine()


@pytest.mark.skipif(not PARTS, reason="Spark needs pyspark and Java 17")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("java", "told"), [(None, "there is no Java"), ('echo "java version \\"11.0.2\\"" >&2', "there is Java 11")]
)
def test_without_java_17_it_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, java: str | None, told: str
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if java:
        (tmp_path / "bin").mkdir()
        script = tmp_path / "bin" / "java"
        script.write_text(f"#!/bin/sh\n{java}\n", encoding="utf-8")
        os.chmod(script, 0o755)
    with pytest.raises(MissingPartError, match=f"Spark needs Java 17, and {told}; install Java 17"):
        SparkEngine()


def test_what_outgrows_memory_goes_to_disk(tmp_path: Path) -> None:
    source = tmp_path / "claims.parquet"
    with source.open("wb") as out:
        write_parquet(ClaimSet(VOCABULARY, 3000, spread_over=6), out)
    found = []
    for memory in ("2GB", "160MB"):
        target = tmp_path / f"{memory}.parquet"
        engine = DuckEngine(memory=memory, scratch=tmp_path / "scratch")
        relate_table(Task(source, target, Concepts(VOCABULARY)), engine)
        engine.close()
        found.append(target.stat().st_size)
    assert found[1] > 0.9 * found[0]
