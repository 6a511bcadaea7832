"""Who runs the join: DuckDB in this process, or Spark on as many machines as there are. Both get the same steps."""

import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from avnkg.analysis.relations.arrow import ROWS, SIDES, Columns, arrow_table, write_relations
from avnkg.analysis.relations.sql import Step, statement
from avnkg.errors import ClaimError, GraphError, MissingPartError

MEMORY = "3GB"
"""What DuckDB may use before it goes to disk; Python's own part comes on top."""
LOCAL = "local[*]"
"""Spark in this process, on all its cores."""
_BATCH = 10_000


class Engine(Protocol):
    """Keeps tables by name and runs steps over them. A table takes the place of one of the same name."""

    def put(self, name: str, columns: Columns) -> None:
        """Keep a table given by columns. All columns of whole numbers hold no gaps."""
        ...

    def load(self, name: str, path: Path, wanted: Sequence[str], number: str | None = None) -> tuple[str, ...]:
        """Have a Parquet file as a table of text columns and `n`; return those of the wanted columns that it has.

        `n` is the column `number` of the file, or without one the place of a row, from 1.
        """
        ...

    def keep(self, name: str, step: Step, *settings: Any) -> None:
        """Run a step and keep its result as a table."""
        ...

    def drop(self, *names: str) -> None:
        """Forget tables that no further step needs."""
        ...

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        """Return the rows of a table."""
        ...

    def ask(self, step: Step, *settings: Any) -> list[tuple[Any, ...]]:
        """Run a step and return the rows of its result."""
        ...

    def batches(self, steps: Sequence[Step]) -> Iterator[list[tuple[Any, ...]]]:
        """Run steps that tell relations and yield these, some at a time, with claims by their ids."""
        ...

    def write(self, steps: Sequence[Step], path: Path) -> None:
        """Run steps that tell relations and write these into one Parquet file, with claims by their ids."""
        ...

    def close(self) -> None:
        """Let go of all tables."""
        ...


class DuckEngine:
    """DuckDB in this process. What outgrows `memory` goes to disk, into `scratch`."""

    dialect = "duckdb"

    def __init__(self, *, memory: str = MEMORY, scratch: Path | None = None) -> None:
        """Open a database in memory."""
        import duckdb

        config: dict[str, Any] = {
            "memory_limit": memory,
            "preserve_insertion_order": False,
            # These two take longer over the large expressions than they save.
            "disabled_optimizers": "common_subexpressions,projection_placement",
        }
        if scratch:
            config["temp_directory"] = str(scratch)
        self.connection = duckdb.connect(config=config)
        # In a notebook without ipywidgets the bar is off, and DuckDB refuses to hear of it.
        if self.connection.execute("SELECT current_setting('enable_progress_bar')").fetchall() == [(True,)]:
            self.connection.execute("SET enable_progress_bar = false")

    def put(self, name: str, columns: Columns) -> None:
        """Keep a table given by columns."""
        self.connection.register(name, arrow_table(columns))

    def load(self, name: str, path: Path, wanted: Sequence[str], number: str | None = None) -> tuple[str, ...]:
        """Have a Parquet file as a table of text columns and `n`."""
        import duckdb

        source = f"read_parquet({_quoted(path)}, file_row_number = true)"
        try:
            found = self.connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        except duckdb.Error as fault:
            raise not_parquet(path, fault) from fault
        present = text_columns({column: kind for column, kind, *_ in found}, wanted, path)
        cells = [f'CAST("{column}" AS VARCHAR) AS "{column}"' for column in present]
        row = f'"{number}"' if number else "file_row_number + 1"
        self.connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {', '.join([f'{row} AS n', *cells])} FROM {source}"
        )
        return present

    def keep(self, name: str, step: Step, *settings: Any) -> None:
        """Run a step and keep its result as a table."""
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {statement(step, self.dialect, *settings)}")

    def drop(self, *names: str) -> None:
        """Forget tables that no further step needs."""
        for name in names:
            self.connection.execute(f"DROP TABLE {name}")

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        """Return the rows of a table."""
        return self.connection.execute(f"SELECT * FROM {name}").fetchall()

    def ask(self, step: Step, *settings: Any) -> list[tuple[Any, ...]]:
        """Run a step and return the rows of its result."""
        return self.connection.execute(statement(step, self.dialect, *settings)).fetchall()

    def batches(self, steps: Sequence[Step]) -> Iterator[list[tuple[Any, ...]]]:
        """Run steps that tell relations and yield these, some at a time, with claims by their ids."""
        ids = self._ids().to_pylist()
        for step in steps:
            asked = self.connection.execute(statement(step, self.dialect))
            sides = [place for place, column in enumerate(asked.description) if column[0] in SIDES]
            while found := asked.fetchmany(_BATCH):
                rows = list(map(list, found))
                for row in rows:
                    for place in sides:
                        row[place] = [ids[number] for number in row[place]]
                yield list(map(tuple, rows))

    def write(self, steps: Sequence[Step], path: Path) -> None:
        """Run steps that tell relations and write these into one Parquet file, with claims by their ids.

        Raises:
            OSError: there is no place for it.
        """
        import duckdb

        every = " UNION ALL ".join(f"({statement(step, self.dialect)})" for step in steps)
        try:
            ids = self._ids()
            write_relations(self.connection.sql(every).to_arrow_reader(ROWS), ids, path)
        except duckdb.IOException as fault:
            raise OSError(str(fault).splitlines()[0]) from fault

    def _ids(self) -> Any:
        """Return the ids of all claims, by their numbers."""
        return self.connection.sql("SELECT id FROM claims ORDER BY n").to_arrow_table()["id"].combine_chunks()

    def close(self) -> None:
        """Let go of all tables."""
        self.connection.close()


class SparkEngine:
    """Spark: in this process, or on the cluster whose master is named. Files are where all its machines see them."""

    dialect = "pyspark"

    def __init__(self, master: str = LOCAL) -> None:
        """Start a session.

        Raises:
            MissingPartError: pyspark or Java is not installed.
            GraphError: the master does not answer.
        """
        self.session = _session(master)

    def put(self, name: str, columns: Columns) -> None:
        """Keep a table given by columns."""
        with warnings.catch_warnings():
            # Of pandas, which has no part in this, but which Spark looks for.
            warnings.simplefilter("ignore", FutureWarning)
            frame = self.session.createDataFrame(arrow_table(columns))
        frame.createOrReplaceTempView(name)

    def load(self, name: str, path: Path, wanted: Sequence[str], number: str | None = None) -> tuple[str, ...]:
        """Have a Parquet file as a table of text columns and `n`."""
        from pyspark.errors import PySparkException
        from pyspark.sql.functions import col

        try:
            frame = self.session.read.parquet(path.absolute().as_uri())
        except PySparkException as fault:
            raise not_parquet(path, fault) from fault
        present = text_columns(dict(frame.dtypes), wanted, path)
        row = col(number) if number else col("_metadata.row_index") + 1
        cells = [col(f"`{column}`").cast("string").alias(column) for column in present]
        frame.select(row.cast("bigint").alias("n"), *cells).createOrReplaceTempView(name)
        return present

    def keep(self, name: str, step: Step, *settings: Any) -> None:
        """Run a step and keep its result as a table."""
        # Kept without the way it came about: else each step would plan all steps before it again.
        frame = self.session.sql(statement(step, self.dialect, *settings)).localCheckpoint()
        frame.createOrReplaceTempView(name)

    def drop(self, *names: str) -> None:
        """Forget tables that no further step needs."""
        for name in names:
            self.session.catalog.dropTempView(name)

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        """Return the rows of a table."""
        return [tuple(row) for row in self.session.table(name).collect()]

    def ask(self, step: Step, *settings: Any) -> list[tuple[Any, ...]]:
        """Run a step and return the rows of its result."""
        return [tuple(row) for row in self.session.sql(statement(step, self.dialect, *settings)).collect()]

    def batches(self, steps: Sequence[Step]) -> Iterator[list[tuple[Any, ...]]]:
        """Run steps that tell relations and yield these, some at a time, with claims by their ids."""
        for step in steps:
            found = self._told(step).toLocalIterator(prefetchPartitions=True)
            while batch := [tuple(row) for row in islice(found, _BATCH)]:
                yield batch

    def write(self, steps: Sequence[Step], path: Path) -> None:
        """Run steps that tell relations and write these into a folder of Parquet files, with claims by their ids."""
        first, *more = map(self._told, steps)
        for frame in more:
            first = first.unionByName(frame)
        first.write.parquet(path.absolute().as_uri())

    def _told(self, step: Step) -> Any:
        """Return the relations that a step tells, with claims by their ids, which each machine has in a list."""
        from pyspark.sql.functions import broadcast

        ids = self.session.sql("SELECT sort_array(collect_list(struct(n, id))).id AS ids FROM claims")
        found = self.session.sql(statement(step, self.dialect))
        named = [f"transform({name}, n -> ids[n]) AS {name}" if name in SIDES else name for name in found.columns]
        return found.crossJoin(broadcast(ids)).selectExpr(*named)

    def close(self) -> None:
        """Let go of all tables, and of the session."""
        self.session.stop()


def _session(master: str) -> Any:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as fault:
        raise MissingPartError("Spark is not installed", hint="pip install 'avnkg[spark]'") from fault
    _check_java()
    settings: dict[str, Any] = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.log.level": "ERROR",
    }
    if master.startswith(("local", "spark://127.0.0.1", "spark://localhost")):
        # On one machine nothing listens where another could reach it, and few parts are enough.
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
        }
    builder = SparkSession.builder.appName("avnkg relate").master(master)
    try:
        return builder.config(map=settings).getOrCreate()
    except (PySparkException, OSError) as fault:
        raise GraphError(f"cannot start Spark on {master}: {str(fault).splitlines()[0]}") from fault


def _check_java() -> None:
    """Check that there is a Java that Spark runs on.

    Raises:
        MissingPartError: there is none, or it is too old.
    """
    at_home = os.environ.get("JAVA_HOME")
    java = str(Path(at_home, "bin", "java")) if at_home else shutil.which("java")
    hint = "install Java 17, as with `apt-get install openjdk-17-jre-headless`"
    try:
        done = subprocess.run([java or "java", "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        raise MissingPartError("Spark needs Java 17, and there is no Java", hint=hint) from fault
    version = re.search(r'version "(\d+)', done.stderr)
    if version and int(version[1]) < 17:
        raise MissingPartError(f"Spark needs Java 17, and there is Java {version[1]}", hint=hint)


def text_columns(kinds: Mapping[str, str], wanted: Sequence[str], path: Path) -> tuple[str, ...]:
    """Return those of some columns that a file has.

    Raises:
        ClaimError: one of them is nested, and not JSON text.
    """
    present = tuple(name for name in wanted if name in kinds)
    for name in present:
        if any(sign in kinds[name].upper() for sign in ("STRUCT", "MAP", "LIST", "ARRAY", "[]", "BLOB", "BINARY")):
            problem = f"expected a column of text, got {kinds[name]}"
            raise ClaimError(problem, path=path, field=name, hint="write nested values as JSON text")
    return present


def not_parquet(path: Path, fault: Exception) -> ClaimError:
    """Return the error of a file that an engine cannot read."""
    return ClaimError(f"expected Parquet, got: {str(fault).splitlines()[0]}", path=path)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
