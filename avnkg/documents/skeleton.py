"""The skeleton of a new document's file: record and units filled in as far as a program can, no claims yet."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from avnkg.documents.gate import Gate
from avnkg.documents.kinds import DocumentKind, UnitKind
from avnkg.documents.model import FILL_IN, Passage, Unit
from avnkg.documents.text import Span, fingerprint, split, uncovered
from avnkg.errors import DocumentError

SCHEMA_LINE = "# yaml-language-server: $schema=document.schema.json\n"

_ID = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"[0-9]+(e[0-9]+)?")
_LONGEST_ID = 80


def skeleton(path: Path, text: str, replaces: str | None = None) -> tuple[str, str]:
    """Return the id and the file of a new document: what only a person can tell is marked `FILL IN`."""
    identity = _ID.sub("-", path.stem.casefold())[:_LONGEST_ID].strip("-") or "document"
    spans = split(text)
    title = next((text[span.start : span.end] for span in spans if span.kind is UnitKind.HEADING), identity)
    record = {
        "id": identity,
        "title": title,
        "publisher": f"{FILL_IN}: who publishes it",
        "kind": f"{FILL_IN}: " + ", ".join(kind.value for kind in DocumentKind),
        "language": "en",
        "licence": f"{FILL_IN}: as 'copyright of the publisher'",
        "copying": "restricted",
        "sha256": fingerprint(text),
        "length": len(text),
    }
    if replaces:
        record["replaces"] = replaces
    return identity, corpus_text(record, "claims: []\n", units(text, spans), ())


def corpus_text(record: dict[str, Any], claims: str, found: Iterable[Unit], passages: Iterable[Passage]) -> str:
    """Return a whole corpus file: the record, the claims as written, the units, the fingerprints."""
    head = yaml.dump({"document": record}, sort_keys=False, allow_unicode=True, width=1000)
    body = "".join(f"  - {_row(unit.model_dump(mode='json', exclude_none=True))}\n" for unit in found)
    listed = f"units:\n{body}" if body else "units: []\n"
    return f"{SCHEMA_LINE}{head}{claims}{listed}{prints_text(passages)}"


def prints_text(passages: Iterable[Passage]) -> str:
    """Return the block of fingerprints, one line a passage, in the order of the text."""
    rows = sorted({(each.start, each.end, each.sha256, each.before, each.after) for each in passages})
    lines = "".join(
        f"  - {{at: {start}, end: {end}, sha256: {_hash(sha)}, before: {_hash(before)}, after: {_hash(after)}}}\n"
        for start, end, sha, before, after in rows
    )
    return f"passages:\n{lines}" if rows else "passages: []\n"


def units(text: str, spans: Iterable[Span]) -> list[Unit]:
    """Return the units of some stretches; headings keep their words."""
    found = []
    for span in spans:
        words = text[span.start : span.end]
        found.append(
            Unit(
                at=span.start,
                length=span.end - span.start,
                kind=span.kind,
                sha256=fingerprint(words)[:16],
                words=words if span.kind is UnitKind.HEADING else None,
            )
        )
    return found


def check_units(gate: Gate) -> list[DocumentError]:
    """Return what is wrong with recorded units while the text is at hand."""
    assert gate.text is not None, "units are checked against a text that is at hand"
    faults = []
    for index, unit in enumerate(gate.units):
        words = gate.text[unit.at : unit.end]
        if fingerprint(words)[:16] != unit.sha256 or (unit.words is not None and unit.words != words):
            faults.append(
                DocumentError(
                    f"the unit at {unit.at:,} is not what the text has there: {words[:60]!r}", field=f"units[{index}]"
                )
            )
    for start, end in uncovered(gate.text, ((unit.at, unit.end) for unit in gate.units)):
        problem = f"no unit holds {start:,}-{end:,}: {gate.text[start:end][:60]!r}"
        hint = "add its unit: `avnkg documents new` on the text prints them all"
        faults.append(DocumentError(problem, field="units", hint=hint))
    return faults


def _hash(digits: str) -> str:
    """Return a hash as YAML has it: one that could be read as a number is quoted."""
    return f"'{digits}'" if _NUMBER.fullmatch(digits) else digits


def _row(values: dict[str, Any]) -> str:
    return yaml.dump(values, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10_000).strip()
