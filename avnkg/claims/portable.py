"""Claims as a table that any program reads and writes: JSON Lines, CSV, Parquet.

A line is a claim, complete in itself but for its document's record. JSON Lines nests; CSV and Parquet hold the nested
columns as JSON text. What was exported comes back in unchanged.
"""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pydantic import ValidationError

from avnkg.claims.entry import ClaimLine
from avnkg.claims.faults import faults
from avnkg.claims.kinds import Verification
from avnkg.claims.meaning import Meaning, negated
from avnkg.claims.model import Claim, Degree, Frequency, plain
from avnkg.claims.scope import written, written_quantity
from avnkg.claims.spelling import Spellings
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.gate import Gate
from avnkg.documents.located import Located, Place, place_name
from avnkg.documents.model import Passage
from avnkg.errors import AvnkgError, ClaimError, QuoteError, raise_all

if TYPE_CHECKING:
    from avnkg.claims.reading import Corpus

COLUMNS = (
    "id",
    "document",
    "start",
    "end",
    "quote",
    "passages",
    "subject",
    "subjectExcept",
    "predicate",
    "object",
    "except",
    "comparator",
    "endpoint",
    "stance",
    "force",
    "manner",
    "frequency",
    "quantity",
    "degree",
    "scope",
    "basis",
    "appeal",
    "cites",
    "says",
    "note",
    "withdrawn",
    "verification",
)
"""The fields of a line, in this order; all are always there, null or empty where they do not apply."""

NESTED = ("passages", "subjectExcept", "except", "frequency", "quantity", "degree", "scope", "cites")
"""Columns that hold JSON text in CSV and Parquet."""

_READ_NESTED = frozenset({*NESTED, "inherited"})
_WHOLE = ("start", "end")
FORMATS = ("jsonl", "csv", "parquet")
_BATCH = 1000
_MOST_FAULTS = 20


def line_of(claim: Claim) -> dict[str, Any]:
    """Return a claim as a line of the table: a dictionary ready for JSON, with all columns."""
    said = claim.proposition
    first = claim.passages[0]
    several = [_passage(passage) for passage in claim.passages] if len(claim.passages) > 1 else []
    return {
        "id": claim.id,
        "document": claim.document,
        "start": first.start,
        "end": first.end,
        "quote": first.exact,
        "passages": several,
        "subject": said.subject,
        "subjectExcept": list(said.subject_excludes),
        "predicate": said.predicate,
        "object": said.object,
        "except": list(said.excludes),
        "comparator": said.comparator,
        "endpoint": said.endpoint,
        "stance": claim.stance.value,
        "force": claim.force.value,
        "manner": claim.manner.value,
        "frequency": _frequency(claim.frequency) if claim.frequency else None,
        "quantity": written_quantity(said.quantity) if said.quantity else None,
        "degree": _degree(claim.degree) if claim.degree else None,
        "scope": written(claim.scope),
        "basis": claim.basis.value,
        "appeal": claim.appeal,
        "cites": list(claim.cites),
        "says": claim.says,
        "note": claim.note,
        "withdrawn": claim.withdrawn,
        "verification": claim.verification.value if claim.verification else None,
    }


def write_jsonl(claims: Iterable[Claim], out: IO[bytes]) -> None:
    """Write claims as JSON Lines."""
    for claim in claims:
        out.write(json.dumps(line_of(claim), ensure_ascii=False).encode("utf-8") + b"\n")


def write_csv(claims: Iterable[Claim], out: IO[bytes]) -> None:
    """Write claims as CSV with a head row; nested columns as JSON text, absent values empty."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    # Rows end as RFC 4180 has it: with "\n" alone, Python would leave a carriage return within a cell unquoted.
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for claim in claims:
        writer.writerow(_flat(line_of(claim)))
    text.detach()


def write_parquet(claims: Iterable[Claim], out: IO[bytes]) -> None:
    """Write claims as Parquet."""
    import pyarrow as arrow
    from pyarrow import parquet

    schema = arrow.schema([(name, arrow.int64() if name in _WHOLE else arrow.string()) for name in COLUMNS])
    with parquet.ParquetWriter(out, schema) as writer:
        batch: list[dict[str, Any]] = []
        for claim in claims:
            batch.append(_flat(line_of(claim)))
            if len(batch) >= _BATCH:
                writer.write_table(arrow.Table.from_pylist(batch, schema))
                batch = []
        writer.write_table(arrow.Table.from_pylist(batch, schema))


PutAside = Callable[[ClaimError], None]
"""Takes note of a line that cannot be read."""


def read_lines(path: Path, put_aside: PutAside | None = None) -> Iterator[tuple[int, Any]]:
    """Yield the lines of a table with their numbers (a CSV's head is line 1), as data not yet checked.

    A line that is not of its format goes to `put_aside`, and reading goes on; without that, it is raised.

    Raises:
        ClaimError: the file cannot be read, or a line is not of its format.
    """
    readers = {".jsonl": _read_jsonl, ".csv": _read_csv, ".parquet": _read_parquet}
    reader = readers.get(path.suffix)
    if reader is None:
        raise ClaimError(f"expected a file ending in {', '.join(readers)}, got {path.suffix or 'no ending'}", path=path)
    if not path.is_file():
        raise ClaimError("expected a table of claims, got a folder or nothing", path=path)
    try:
        yield from reader(path, put_aside or _raise)
    except OSError as fault:
        raise ClaimError(f"cannot read the table: {fault.strerror or fault}", path=path) from fault


def read_table(path: Path, corpus: "Corpus", vocabulary: Vocabulary) -> Iterator[Claim]:
    """Yield the claims of a table that the corpus does not have yet, each past the quote gate.

    A line whose claim the corpus has already, word for word, is passed over. Open names are called as in the corpus,
    or as they are first written.

    Raises:
        ClaimError, QuoteError, SeveralErrors: with file, line and field; up to twenty faults are listed.
    """
    gates = {source.file.document.id: source.gate for source in corpus.sources}
    spellings = Spellings(vocabulary)
    known = {claim.id: spellings.claim(claim) for claim in corpus.claims}
    errors: list[AvnkgError] = []
    seen: set[str] = set()
    for number, data in _until_fault(path, errors):
        claim = _claim(path, number, data, gates, vocabulary, errors)
        if claim is None:
            if len(errors) >= _MOST_FAULTS:
                break
            continue
        claim = spellings.claim(claim)
        if claim.id in seen or known.get(claim.id, claim) != claim:
            errors.append(
                ClaimError(
                    f"claim {claim.id}: the id is already used by another claim",
                    path=path,
                    line=number,
                    field="id",
                    hint="ids are never reused: give it a new one",
                )
            )
        elif claim.id not in known and not errors:
            yield claim
        seen.add(claim.id)
    raise_all(errors)


def _until_fault(path: Path, errors: list[AvnkgError]) -> Iterator[tuple[int, Any]]:
    """Yield the lines of a table; where they can be read no further, note why and stop."""
    try:
        yield from read_lines(path)
    except ClaimError as fault:
        errors.append(fault)


def _claim(
    path: Path, number: int, data: Any, gates: Mapping[str, Gate], vocabulary: Vocabulary, errors: list[AvnkgError]
) -> Claim | None:
    before = len(errors)
    try:
        line = ClaimLine.model_validate(data)
    except ValidationError as fault:
        errors.extend(faults(fault, Located(data, path, {(): number}), lambda _: ClaimError))
        return None

    def complain(kind: type[ClaimError], problem: str, field: Place, hint: str | None) -> None:
        errors.append(
            kind(f"claim {line.id}: {problem}", path=path, line=number, field=place_name(field) or None, hint=hint)
        )

    gate = gates.get(line.document)
    if gate is None:
        known = ", ".join(gates)
        complain(ClaimError, f"no record of the document {line.document!r}", ("document",), f"known: {known}")
        return None
    if line.id.rpartition("/")[0] != line.document:
        complain(
            ClaimError,
            f"the id does not begin with the document {line.document!r}",
            ("id",),
            "give it an id of that document",
        )
    passages = _passages(line, gate, path, number, errors)
    meant = Meaning(vocabulary, complain).claim(line, line.id, line.document, passages)
    if meant is None or len(errors) > before:
        return None
    return replace(meant, verification=Verification.FINGERPRINTED if gate.text is None else Verification.ANCHORED)


def _passages(line: ClaimLine, gate: Gate, path: Path, number: int, errors: list[AvnkgError]) -> tuple[Passage, ...]:
    spans = [(part.start, part.end, part.quote) for part in line.passages] or [(line.start, line.end, line.quote)]
    if spans[0] != (line.start, line.end, line.quote):
        problem = f"claim {line.id}: start, end and quote are not those of the first passage"
        hint = "repeat the first passage in them, or leave `passages` out"
        errors.append(QuoteError(problem, path=path, line=number, field="passages", hint=hint))
    found = []
    for start, end, quote in spans:
        try:
            if end - start != len(quote):
                problem = f"{start}-{end} holds {end - start} characters, the quote {len(quote)}"
                raise QuoteError(problem, hint="start and end count Unicode code points, end excluded")
            found.append(gate.passage(quote, start))
        except QuoteError as fault:
            problem = f"claim {line.id}: {fault.problem}"
            errors.append(QuoteError(problem, path=path, line=number, field="quote", hint=fault.hint))
    if len(found) < len(spans):
        return ()
    for cut in gate.cuts(found, denied=negated(line)):
        problem = f"claim {line.id}: {cut.problem}"
        errors.append(QuoteError(problem, path=path, line=number, field="quote", hint=cut.hint))
    return tuple(found)


def _raise(error: ClaimError) -> None:
    raise error


def _read_jsonl(path: Path, put_aside: PutAside) -> Iterator[tuple[int, Any]]:
    for number, line in _decoded(path, put_aside):
        if line.strip():
            try:
                data = json.loads(line, object_pairs_hook=_object)
            except (ValueError, RecursionError) as fault:
                problem = f"expected a JSON object, got: {fault}"
                put_aside(ClaimError(problem, path=path, line=number, hint="one claim a line"))
            else:
                yield number, data


def _read_csv(path: Path, put_aside: PutAside) -> Iterator[tuple[int, Any]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    # A row may go over several lines, so a line that cannot be decoded ends the reading.
    reader = csv.DictReader((line for _, line in _decoded(path, _raise)), strict=True)
    try:
        head = reader.fieldnames or ()
        if len(set(head)) < len(head):
            raise ClaimError("the head names a column twice", path=path, line=1, hint="remove one of them")
        for row in reader:
            if None in row or None in row.values():
                problem = f"the row has {'more' if None in row else 'fewer'} cells than the head's {len(head)}"
                hint = "put cells that hold commas in quotes"
                put_aside(ClaimError(problem, path=path, line=reader.line_num, hint=hint))
                continue
            yield from _nested_or_aside(row, path, reader.line_num, put_aside)
    except csv.Error as fault:
        problem = f"expected CSV, got: {fault}"
        raise ClaimError(
            problem, path=path, line=reader.reader.line_num, hint="double the quotes inside a cell"
        ) from fault


def _decoded(path: Path, put_aside: PutAside) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file, each decoded by itself, so that a wrong byte is told with its line."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                # Spreadsheets begin a file with a byte order mark.
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as fault:
                problem = f"expected UTF-8 text, got byte 0x{line[fault.start]:02x}"
                put_aside(ClaimError(problem, path=path, line=number, hint="save the table as UTF-8"))
            else:
                yield number, text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object, refusing a key that is given twice: one of the two would be lost in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"a key given twice among {', '.join(name for name, _ in pairs)}")
    return found


def _read_parquet(path: Path, put_aside: PutAside) -> Iterator[tuple[int, Any]]:
    import pyarrow as arrow
    from pyarrow import parquet

    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield from _nested_or_aside(row, path, number, put_aside)
    except arrow.ArrowException as fault:
        raise ClaimError(f"expected Parquet, got: {fault}", path=path) from fault


def _nested_or_aside(
    row: Mapping[str, Any], path: Path, number: int, put_aside: PutAside
) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        data = _nested(row, path, number)
    except ClaimError as fault:
        put_aside(fault)
    else:
        yield number, data


def _nested(row: Mapping[str, Any], path: Path, number: int) -> dict[str, Any]:
    """Return a flat row as data: JSON text read, absent values left out."""
    found: dict[str, Any] = {}
    for name, cell in row.items():
        if cell is None or cell == "":
            continue
        try:
            found[name] = json.loads(cell, object_pairs_hook=_object) if name in _READ_NESTED else cell
        except (ValueError, TypeError, RecursionError) as fault:
            problem = f"expected JSON text, got: {fault}"
            raise ClaimError(problem, path=path, line=number, field=name, hint="write it as an export does") from fault
    return found


def _flat(line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: json.dumps(cell, ensure_ascii=False) if name in NESTED and cell else (cell if cell != [] else None)
        for name, cell in ((name, None if cell in ({}, []) else cell) for name, cell in line.items())
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {"start": passage.start, "end": passage.end, "quote": passage.exact}


def _frequency(frequency: Frequency) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "printed": frequency.printed,
        "hedge": frequency.hedge,
        "low": plain(frequency.low),
        "high": plain(frequency.high),
        "lowOpen": frequency.low_open,
        "highOpen": frequency.high_open,
        "of": frequency.counted_over,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _degree(degree: Degree) -> dict[str, Any]:
    return {"value": degree.value, "printed": degree.printed}
