"""Open names of a table, spelt alike (`avnkg.claims.spelling`) before anything else is done with it.

Each is written as it is where it first stands, so that all that comes after may compare letters.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from avnkg.claims.kinds import Takes
from avnkg.claims.spelling import alike
from avnkg.claims.vocabulary import Vocabulary

PLAIN = ("subject", "predicate", "object", "comparator", "endpoint")
"""Columns that hold a name."""
LISTED = ("subjectExcept", "except")
"""Columns that hold names as JSON text."""

_BATCH = 100_000


def spelt_alike(path: Path, vocabulary: Vocabulary, place: Path) -> Path:
    """Return a Parquet table in which no two open names differ in case or spaces alone.

    That is the table itself where there are none; else a copy, which is written to `place`. Lines stay where they are.
    """
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            present = [name for name in (*PLAIN, *LISTED) if name in file.schema_arrow.names]
            spellings = _spellings(file, present, vocabulary)
            if not spellings:
                return path
            with parquet.ParquetWriter(place, _texts(file.schema_arrow.empty_table()).schema) as writer:
                for batch in file.iter_batches(batch_size=_BATCH):
                    table = _texts(pyarrow.Table.from_batches([batch]))
                    writer.write_table(_respelt(table, present, spellings, vocabulary))
    except pyarrow.ArrowException:
        return path  # what is wrong with it is told by the engine, which reads it next
    return place


def _spellings(file: Any, present: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return, for each open name that is first spelt otherwise, that spelling."""
    firsts: dict[str, tuple[int, int, int, str]] = {}
    met: set[str] = set()
    for order, column in enumerate(present):
        for cell, line in _first_lines(file, column, vocabulary):
            for place, name in enumerate(_names(column, cell)):
                if name and name not in vocabulary.terms:
                    met.add(name)
                    first = (line, order, place, name)
                    common = alike(name, vocabulary.terms)
                    firsts[common] = min(first, firsts.get(common, first))
    spelt = {name: firsts[alike(name, vocabulary.terms)][-1] for name in met}
    return {name: first for name, first in spelt.items() if name != first}


def _first_lines(file: Any, column: str, vocabulary: Vocabulary) -> Iterator[tuple[str, int]]:
    """Yield what stands in a column, each once, with its first line; words that are no name are left out."""
    import pyarrow
    from pyarrow import compute

    table = _texts(file.read(columns=[column, "predicate"] if column == "object" else [column]))
    lines = pyarrow.array(range(table.num_rows), pyarrow.int64())
    cells = pyarrow.table({"cell": table[column], "line": lines})
    if "predicate" in table.column_names and column == "object":
        cells = cells.filter(compute.invert(_takes_words(table["predicate"], vocabulary)))
    found = cells.group_by("cell").aggregate([("line", "min")])
    yield from (
        (cell, line)
        for cell, line in zip(*(found[name].to_pylist() for name in ("cell", "line_min")), strict=True)
        if cell
    )


def _respelt(table: Any, present: Iterable[str], spellings: Mapping[str, str], vocabulary: Vocabulary) -> Any:
    """Return some lines with their names as they are first spelt."""
    import pyarrow
    from pyarrow import compute

    for place, column in enumerate(table.column_names):
        if column not in present:
            continue
        given = table[column].combine_chunks()
        cells = given.dictionary_encode()
        values = [_written(column, cell, spellings) for cell in cells.dictionary.to_pylist()]
        spelt = pyarrow.DictionaryArray.from_arrays(cells.indices, pyarrow.array(values, given.type)).cast(given.type)
        if column == "object" and "predicate" in table.column_names:
            spelt = compute.if_else(_takes_words(table["predicate"].combine_chunks(), vocabulary), given, spelt)
        table = table.set_column(place, column, spelt)
    return table


def _texts(table: Any) -> Any:
    """Return a table whose columns of names hold text, and not numbers of texts."""
    import pyarrow

    names = (*PLAIN, *LISTED)
    fields = [field.with_type(pyarrow.string()) if field.name in names else field for field in table.schema]
    return table.cast(pyarrow.schema(fields))


def _takes_words(predicates: Any, vocabulary: Vocabulary) -> Any:
    """Return for which lines the object is no name, but words."""
    import pyarrow
    from pyarrow import compute

    wordy = [name for name, known in vocabulary.predicates.items() if known.takes is Takes.TEXT]
    return compute.is_in(predicates, pyarrow.array(wordy, pyarrow.string()))


def _names(column: str, cell: str) -> list[str]:
    """Return the names in a cell; none where it is not what it should be, which is told when it is read."""
    if column in PLAIN:
        return [cell]
    try:
        data = json.loads(cell)
    except (ValueError, RecursionError):
        return []
    return [name for name in data if isinstance(name, str)] if isinstance(data, list) else []


def _written(column: str, cell: Any, spellings: Mapping[str, str]) -> Any:
    """Return a cell with its names as they are first spelt; what holds none of them stays as it is."""
    if column in PLAIN:
        return spellings.get(cell, cell)
    if not any(name in spellings for name in _names(column, cell)):
        return cell
    return json.dumps([spellings.get(name, name) if isinstance(name, str) else name for name in json.loads(cell)])
