"""Filling in where quotes stand: the only way that an offset comes into a file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from avnkg.documents.gate import Gate
from avnkg.documents.model import Passage
from avnkg.documents.skeleton import prints_text
from avnkg.errors import AvnkgError, DocumentError, QuoteError, raise_all

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Anchored:
    """What anchoring did: the file's new text, and how many claims got new places."""

    text: str
    claims: int
    moved: int


def anchor(written: str, gate: Gate, path: Path) -> Anchored:
    """Return a corpus file's text with the place of every quote and with all fingerprints taken anew.

    Only `at` lines and the block of fingerprints change; all else stays as the editor wrote it.

    Raises:
        QuoteError, SeveralErrors: a quote is not in the text, or there more than once; nothing is changed.
        DocumentError: the file is not laid out as lines of claims with the fingerprints last; nothing is changed.
    """
    root, lines = _composed(written)
    errors: list[AvnkgError] = []
    edits: list[tuple[int, int, str]] = []
    passages: list[Passage] = []
    moved = 0
    entries = _entries(root)
    for entry in entries:
        if entry.flow_style:
            problem, hint = "expected a claim written over several lines, got {…}", "write one field a line"
            errors.append(DocumentError(problem, path=path, line=entry.start_mark.line + 1, hint=hint))
            continue
        keys = {key.value: (key, value) for key, value in entry.value}
        quote_key, quote = keys["quote"]
        quotes = [part.value for part in quote.value] if isinstance(quote, yaml.SequenceNode) else [quote.value]
        try:
            places = gate.places(quotes)
        except QuoteError as fault:
            problem = f"claim {_id(entry) or '?'}: {fault.problem}"
            errors.append(QuoteError(problem, path=path, line=quote_key.start_mark.line + 1, hint=fault.hint))
            continue
        passages += [gate.taken(place, place + len(words)) for place, words in zip(places, quotes, strict=True)]
        value = str(places[0]) if len(places) == 1 else f"[{', '.join(map(str, places))}]"
        line = f"{' ' * quote_key.start_mark.column}at: {value}\n"
        if "at" in keys:
            start, end = keys["at"][0].start_mark.line, _last_line(keys["at"][1])
            if "".join(lines[start:end]).rstrip() != line.rstrip():
                edits.append((start, end, line))
                moved += 1
        else:
            after = _last_line(quote)
            edits.append((after, after, line))
            moved += 1
    raise_all(errors)
    edits.append((_prints_line(root, len(lines), path), len(lines), prints_text(passages)))
    for start, end, replacement in sorted(edits, reverse=True):
        lines[start:end] = [replacement]
    return Anchored("".join(lines), len(entries), moved)


def with_entries(written: str, added: Mapping[str, str]) -> str:
    """Return a corpus file's text with further claims, each put where its id belongs; nothing else changes."""
    root, lines = _composed(written)
    starts = {key.value: key.start_mark.line for key, _ in root.value}
    start = starts["claims"]
    end = min((line for line in starts.values() if line > start), default=len(lines))
    entries = _entries(root)
    if not entries:
        return "".join([*lines[:start], "claims:\n", *(added[name] for name in sorted(added, key=int)), *lines[end:]])
    places = [(int(_id(entry)), entry.start_mark.line) for entry in entries]
    for name in sorted(added, key=int, reverse=True):
        line = next((line for other, line in places if other > int(name)), end)
        lines.insert(line, added[name])
    return "".join(lines)


def _id(entry: yaml.MappingNode) -> str:
    return next((str(value.value) for key, value in entry.value if key.value == "id"), "")


def write_safely(path: Path, text: str) -> None:
    """Replace a file's text in one step: a crash leaves the old one whole, a link stays a link to it.

    Raises:
        DocumentError: the disk is full or cannot be written; the old text stays.
    """
    path = path.resolve()
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="")
        os.replace(partial, path)
    except OSError as fault:
        partial.unlink(missing_ok=True)
        problem = f"cannot write the file: {fault.strerror}"
        raise DocumentError(problem, path=path, hint="is the disk full or read-only?") from fault


def _composed(written: str) -> tuple[yaml.Node, list[str]]:
    """Return the nodes and the lines of a corpus file; its last line ends as the others do."""
    root = yaml.compose(written, Loader=_LOADER)
    assert root is not None, "a corpus file that was read is not empty"
    return root, (written if written.endswith("\n") else f"{written}\n").splitlines(keepends=True)


def _entries(root: yaml.Node) -> list[yaml.MappingNode]:
    claims = next((value for key, value in root.value if key.value == "claims"), None)
    if not isinstance(claims, yaml.SequenceNode):
        return []
    return [
        entry
        for entry in claims.value
        if isinstance(entry, yaml.MappingNode) and any(key.value == "quote" for key, _ in entry.value)
    ]


def _last_line(node: yaml.Node) -> int:
    """Return the index of the line after a value."""
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1])  # its own end mark lies behind the comments that follow it
    mark = node.end_mark
    # The end mark of a block of text is already on the next line.
    return mark.line if mark.column == 0 or _block(node) else mark.line + 1


def _block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def _prints_line(root: yaml.Node, end: int, path: Path) -> int:
    """Return the line that the block of fingerprints begins on: `end` where there is none yet."""
    starts = {key.value: key.start_mark.line for key, _ in root.value}
    start: int = starts.get("passages", end)
    if any(line > start for line in starts.values()):
        problem = "expected `passages` to be the last block of the file"
        raise DocumentError(problem, path=path, line=start + 1, field="passages", hint="move it to the end")
    return start
