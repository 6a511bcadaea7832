"""Relations of the claims of a table, from file to file: JSON Lines, CSV or Parquet in, JSON Lines or Parquet out."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from avnkg.analysis.concepts import Concepts
from avnkg.analysis.relations.coding import Codebook, columns
from avnkg.analysis.relations.engines import Engine
from avnkg.analysis.relations.relations import run
from avnkg.analysis.relations.sql import Step
from avnkg.analysis.tables import tables
from avnkg.analysis.tables.scratch import scratch_beside
from avnkg.analysis.tables.spelling import spelt_alike
from avnkg.analysis.tables.wording import Wording
from avnkg.claims import portable
from avnkg.claims.portable import read_lines
from avnkg.errors import AvnkgError, ClaimError, GraphError, NotFoundError, QueryError, raise_all

INPUTS = (".jsonl", ".csv", ".parquet")
OUTPUTS = (".jsonl", ".parquet")
LISTED = ("a", "b", "decidedBy", "narrowedBy", "assumes")
COLUMNS = ("id", "verdict", "kind", *LISTED, "rule", "says")
"""The fields of a relation as it is written."""

_MOST_FAULTS = 20
_LONE = re.compile("[\ud800-\udfff]")
"""Halves of characters, which JSON can write and no text can hold."""
_BATCH = 10_000
_FIELDS = frozenset({*portable.COLUMNS, *tables.FIELDS})
_NEAR = 0.83
"""How much of two names is alike where one is taken for the other misspelt: one letter in six may be wrong."""
_SAID = ("said", "prop", "bound")
_BOUND = ("said", "under", "bound_prop", "bound_scope")

Told = Callable[[str], None]
"""Is told what is being done."""


@dataclass(frozen=True)
class Task:
    """What to relate.

    Attributes:
        source: a table of claims.
        target: where relations go.
        concepts: what the ontology says of names.
        recorded: ids of the documents whose records are at hand.
        voices: tells, for these, whose voice each is; asked only when the table is about some of them.
        aside: where bad lines go; without it the first twenty are an error.
    """

    source: Path
    target: Path
    concepts: Concepts
    recorded: Collection[str] = ()
    voices: Callable[[], Mapping[str, str]] = dict
    aside: Path | None = None


@dataclass(frozen=True)
class Done:
    """What came of it: how many lines there were, and how many of them were put aside."""

    lines: int
    aside: int


@dataclass(frozen=True)
class _BadLine:
    line: int
    id: str
    error: AvnkgError


def relate_table(task: Task, engine: Engine, told: Told = lambda what: None) -> Done:
    """Relate the claims of a table; the target is written beside its place and moved there when it is whole.

    Raises:
        ClaimError, UnknownTermError, SeveralErrors: lines are wrong; up to twenty faults are listed.
        GraphError: the target cannot be written.
    """
    check(task.source, task.target, task.aside)
    with ExitStack() as stack:
        try:
            scratch = stack.enter_context(scratch_beside(task.target))
            told("reading the claims")
            book, bad, lines = _read(task, engine, scratch)
            told("finding relations")
            steps = run(engine, None, book, None)
            told("writing the relations")
            partial = scratch / task.target.name
            _write(engine, steps, partial)
            if task.aside:
                _put_aside(bad, task.aside)
            partial.replace(task.target)
        except OSError as fault:
            raise GraphError(f"cannot write the file: {fault.strerror or fault}", path=task.target) from fault
    return Done(lines, len({each.line for each in bad}))


def check(source: Path, target: Path, aside: Path | None) -> None:
    """Refuse files that cannot be what they are named for, before anything is done.

    Raises:
        NotFoundError: there is no table.
        QueryError: an ending that says nothing, a folder, or one file for two things.
    """
    _check_ending("a table of claims", source, INPUTS)
    _check_ending("a file for relations", target, OUTPUTS)
    if not source.is_file():
        raise NotFoundError("expected a table of claims", path=source, hint="name an existing file")
    for path in filter(None, (target, aside)):
        if path.is_dir():
            raise QueryError("expected a file to write to, got a folder", path=path)
        if not path.parent.is_dir():
            raise QueryError("expected a file in an existing folder", path=path, hint="make the folder first")
    named = [path.resolve() for path in (source, target, aside) if path]
    if len(set(named)) < len(named):
        raise QueryError("expected different files for what is read and what is written", path=target)


def _check_ending(what: str, path: Path, endings: Sequence[str]) -> None:
    if path.suffix not in endings:
        known = f"{', '.join(endings[:-1])} or {endings[-1]}"
        raise QueryError(f"expected {what} ending in {known}, got {path.suffix or 'no ending'}", path=path)


def _read(task: Task, engine: Engine, scratch: Path) -> tuple[Codebook, list[_BadLine], int]:
    """Bring the claims of the table into the engine, in numbers; return what these mean, and the bad lines among all.

    Raises:
        ClaimError, SeveralErrors: there are some, and they are not to be put aside.
    """
    bad: list[_BadLine] = []
    path, number = task.source, None
    if path.suffix != ".parquet":
        path, number = scratch / "lines.parquet", "line"
        _convert(task, path, bad)
    if task.concepts.vocabulary.open:
        path = spelt_alike(path, task.concepts.vocabulary, scratch / "spelt.parquet")
    present = engine.load("source", path, tables.FIELDS, number)
    if not present:
        raise ClaimError("expected a table of claims, got none of its columns", path=task.source)
    lines = len({each.line for each in bad}) + _check_columns(path, task.source)
    for step in (tables.said, tables.given, tables.under, tables.coded_lines):
        engine.keep(step.__name__, step, *present)
    wording = Wording(Codebook(task.concepts))
    engine.put("said_codes", columns(_SAID, list(wording.said(engine.rows("said")))))
    engine.put("given_codes", columns(("given", "answer"), list(wording.given(engine.rows("given")))))
    engine.put("under_codes", columns(("under", "scope"), list(wording.under(engine.rows("under")))))
    bad += _bad_lines(engine, wording)
    bad.sort(key=lambda each: each.line)
    if bad and not task.aside:
        _refuse(bad, task.source)
    engine.put("aside", columns(("n",), [(line,) for line in {each.line for each in bad}]))
    _hear(engine, task)
    together = wording.bound(engine.ask(tables.bound)) if wording.hangs_together else ()
    engine.put("bound_codes", columns(_BOUND, list(together)))
    engine.keep("claims", tables.claims)
    engine.drop("said", "given", "under", "coded_lines")
    return wording.book, bad, lines


def _check_columns(path: Path, source: Path) -> int:
    """Return how many lines a Parquet table has.

    Raises:
        ClaimError: a column has almost the name of one that is missing.
    """
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        for name, meant in _misnamed(file.schema_arrow.names):
            raise _unknown(name, meant, path=source)
        lines: int = file.metadata.num_rows
        return lines


def _misnamed(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield fields that are none, each with the missing one that was perhaps meant: `stanse` turns what is said round.

    All others are passed over: a table may have more to say.
    """
    missing = {name.casefold(): name for name in tables.FIELDS if name not in names}
    for name in names:
        near = get_close_matches(name.casefold(), missing, n=1, cutoff=_NEAR) if name not in _FIELDS else ()
        if near:
            yield name, missing[near[0]]


def _unknown(name: str, meant: str, **place: Any) -> ClaimError:
    return ClaimError("there is no such field", field=name, hint=f"did you mean `{meant}`?", **place)


def _hear(engine: Engine, task: Task) -> None:
    """Tell the engine whose voice each document is: those of one publisher are one voice.

    A document of which nothing is known is a voice of its own. A voice's number is that of its first line.
    """
    documents = engine.ask(tables.documents)
    known = task.voices() if any(document in task.recorded for document, _ in documents) else {}
    voices: dict[tuple[bool, str], int] = {}
    heard = []
    for document, first in sorted(documents, key=itemgetter(1)):
        name = known.get(document, document)
        heard.append((document, voices.setdefault((document in known, name), first)))
    engine.put("heard", columns(("document", "voice"), heard))
    engine.put("voices", columns(("voice", "name"), [(number, name) for (_, name), number in voices.items()]))


def _bad_lines(engine: Engine, wording: Wording) -> Iterator[_BadLine]:
    """Yield what is wrong with the lines in the engine."""
    [(lines, ids, lacking)] = engine.ask(tables.soundness)
    if lacking:
        for line, identity, document in engine.ask(tables.incomplete):
            for name, cell in (("id", identity), ("document", document)):
                if not cell:
                    problem = f"the field {name!r} is missing"
                    yield _BadLine(line, identity, ClaimError(problem, field=name, hint="add it"))
    if lacking or ids < lines:
        for line, identity, first in engine.ask(tables.repeated):
            problem = f"the id {identity!r} is already that of line {first}"
            yield _BadLine(line, identity, ClaimError(problem, field="id", hint="give it an id of its own"))
    if wording.wrong:
        engine.put("wrong", columns(("part", "first"), list(wording.wrong)))
        for line, identity, part, first in engine.ask(tables.wrong_lines):
            for error in wording.wrong[part, first]:
                yield _BadLine(line, identity, error)


def _refuse(bad: Sequence[_BadLine], path: Path) -> None:
    """Raise the first faults."""
    errors: list[AvnkgError] = []
    for each in bad[:_MOST_FAULTS]:
        named = f"claim {each.id}: " if each.id else ""
        told = named + each.error.problem
        errors.append(type(each.error)(told, path=path, line=each.line, field=each.error.field, hint=each.error.hint))
    if len(bad) > _MOST_FAULTS:
        hint = "fix these first, or put bad lines aside with `--skip-bad FILE`"
        errors.append(ClaimError(f"… and {len(bad) - _MOST_FAULTS:,} more", path=path, hint=hint))
    raise_all(errors)


def _put_aside(bad: Iterable[_BadLine], path: Path) -> None:
    """Write the bad lines, a line each; what is no plain file, as `/dev/null`, is never replaced by one.

    Raises:
        GraphError: the file cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            _write_bad(bad, path)
            return
        with scratch_beside(path) as scratch:
            partial = scratch / "aside"
            _write_bad(bad, partial)
            partial.replace(path)
    except OSError as fault:
        raise GraphError(f"cannot write the file: {fault.strerror or fault}", path=path) from fault


def _write_bad(bad: Iterable[_BadLine], path: Path) -> None:
    by_line: dict[int, list[_BadLine]] = {}
    for each in bad:
        by_line.setdefault(each.line, []).append(each)
    with path.open("w", encoding="utf-8") as out:
        for line, faults in by_line.items():
            told = "; ".join(str(ClaimError(each.error.problem, field=each.error.field)) for each in faults)
            out.write(json.dumps({"line": line, "id": faults[0].id, "problem": told}, ensure_ascii=False) + "\n")


def _convert(task: Task, path: Path, bad: list[_BadLine]) -> None:
    """Write the lines of a text table as Parquet, with their numbers; note those that cannot be read."""
    import pyarrow
    from pyarrow import parquet

    def put_aside(error: ClaimError) -> None:
        bad.append(_BadLine(error.line or 0, "", error))
        if not task.aside and len(bad) > _MOST_FAULTS:
            _refuse(bad, task.source)

    schema = pyarrow.schema([("line", pyarrow.int64()), *((name, pyarrow.string()) for name in tables.FIELDS)])
    with parquet.ParquetWriter(path, schema) as writer:
        batch: list[dict[str, Any]] = []
        for number, data in read_lines(task.source, put_aside):
            row = _row(number, data, put_aside)
            if row:
                batch.append(row)
            if len(batch) >= _BATCH:
                writer.write_table(pyarrow.Table.from_pylist(batch, schema))
                batch = []
        writer.write_table(pyarrow.Table.from_pylist(batch, schema))


def _row(number: int, data: Any, put_aside: Callable[[ClaimError], None]) -> dict[str, Any] | None:
    """Return a line as text columns; None when it holds something else."""
    if not isinstance(data, dict):
        put_aside(ClaimError("expected a JSON object", line=number, hint="one claim a line"))
        return None
    for name, meant in _misnamed(data) if not data.keys() <= _FIELDS else ():
        put_aside(_unknown(name, meant, line=number))
        return None
    row: dict[str, Any] = {"line": number}
    for name in tables.FIELDS:
        cell = data.get(name)
        if name in tables.NESTED:
            cell = json.dumps(cell, ensure_ascii=False) if cell else None
        elif isinstance(cell, dict | list | bool):
            put_aside(ClaimError("expected text, got a structure", line=number, field=name, hint="write it in words"))
            return None
        row[name] = None if cell is None else str(cell)
        if row[name] and _LONE.search(row[name]):
            put_aside(ClaimError("half of a character", line=number, field=name, hint="write it as UTF-8 text"))
            return None
    return row


def _write(engine: Engine, steps: Sequence[Step], path: Path) -> None:
    """Write the relations into a file."""
    if path.suffix == ".parquet":
        engine.write(steps, path)
        return
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with path.open("w", encoding="utf-8") as out:
        for rows in engine.batches([_in_order(step) for step in steps]):
            out.writelines(encode(dict(zip(COLUMNS, row, strict=True))) + "\n" for row in rows)


@cache
def _in_order(step: Step) -> Step:
    """Return a step whose rows come in the order of their ids: lines that people compare are the same on each run."""

    def ordered() -> Any:
        return step().order_by("id")

    ordered.__module__, ordered.__name__ = step.__module__, f"{step.__name__}_in_order"
    return ordered
