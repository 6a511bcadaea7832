"""Tables as Arrow: what an engine is given, and relations as they are written.

Arrow writes lists of claims several times as fast as an engine does that holds each id in each list as text: here they
are numbers until they are on the disk.
"""

from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from avnkg.analysis.relations.joining import LISTS, TEXTS

Columns = Mapping[str, Sequence[Any]]

SIDES = ("a", "b")
"""The columns of relations that list claims."""
ROWS = 250_000
"""How many relations are written at once."""
_FEW = ("verdict", "kind", "rule", *(f"{name}.list.element" for name in (*SIDES, "decidedBy", "narrowedBy", "assumes")))
"""Columns in which the same text comes again and again, so that each is written once."""
_DICTIONARY = 1 << 26
"""Bytes that the different ids of one batch may take."""


def write_relations(batches: Any, ids: Any, path: Path) -> None:
    """Write batches of relations into a Parquet file, with claims by their ids instead of their numbers.

    Raises:
        OSError: there is no place for it.
    """
    import pyarrow
    from pyarrow import parquet

    names = pyarrow.list_(pyarrow.dictionary(pyarrow.int32(), pyarrow.string()))
    kinds = (pyarrow.field(each.name, names if each.name in SIDES else each.type) for each in batches.schema)
    with parquet.ParquetWriter(
        path,
        pyarrow.schema(kinds),
        use_dictionary=list(_FEW),
        dictionary_pagesize_limit=_DICTIONARY,
        write_statistics=["id", "verdict", "kind", "rule"],
        store_schema=False,
    ) as writer:
        for batch in batches:
            writer.write_batch(_named(batch, ids))


def _named(batch: Any, ids: Any) -> Any:
    """Return relations with claims by their ids, each of which is there once."""
    import pyarrow

    cells = {name: batch.column(name) for name in batch.schema.names}
    for name in SIDES:
        numbers = cells[name].flatten().dictionary_encode()
        listed = pyarrow.DictionaryArray.from_arrays(numbers.indices, ids.take(numbers.dictionary))
        cells[name] = pyarrow.ListArray.from_arrays(cells[name].offsets, listed)
    return pyarrow.RecordBatch.from_pydict(cells)


def arrow_table(columns: Columns) -> Any:
    """Return columns as an Arrow table: whole numbers, text, and lists of text, by the names of the columns."""
    import pyarrow

    made = {}
    for name, cells in columns.items():
        if name in TEXTS:
            made[name] = _texts(cells)
        elif name in LISTS:
            made[name] = pyarrow.ListArray.from_arrays(
                _starts(cells), _texts([part for cell in cells for part in cell])
            )
        else:
            made[name] = _buffered(pyarrow.int64(), array("q", cells))
    return pyarrow.table(made)


# Arrays are made from buffers: from lists, pyarrow would first load pandas, where that is installed, to look at them.
def _buffered(kind: Any, numbers: "array[int]") -> Any:
    import pyarrow

    return pyarrow.Array.from_buffers(kind, len(numbers), [None, pyarrow.py_buffer(numbers)])


def _starts(cells: Sequence[Any]) -> Any:
    import pyarrow

    return _buffered(pyarrow.int32(), array("i", accumulate(map(len, cells), initial=0)))


def _texts(cells: Sequence[str]) -> Any:
    import pyarrow

    coded = [cell.encode() for cell in cells]
    starts = array("i", accumulate(map(len, coded), initial=0))
    buffers = [None, pyarrow.py_buffer(starts), pyarrow.py_buffer(b"".join(coded))]
    return pyarrow.Array.from_buffers(pyarrow.string(), len(coded), buffers)
