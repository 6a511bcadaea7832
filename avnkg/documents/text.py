"""The text of a document: reading it, splitting it into units, and taking fingerprints.

All offsets are Unicode code points over the text exactly as it is stored: nothing is normalised,
neither line ends nor spaces, because a quote is evidence only while it is character for character
what stands in the document.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from avnkg.documents.kinds import UnitKind
from avnkg.errors import DocumentError

CONTEXT = 32
"""Characters before and after a passage whose hashes are recorded."""

LARGEST_TEXT = 20_000_000
"""Bytes. A larger file is refused before it is read: no page that a person wrote is that long."""

_SHORT = 200
"""Characters: a longer line without a full stop is prose that lost it, not a heading or a row."""

_ITEM = re.compile(r"\s*(?:[•*‣◦–-]|[0-9]{1,3}[.)])\s+")
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_ODD_SPACE = re.compile(r"[^\S\n\r]")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]*]*\s*$")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: its kind, and where it starts and ends (code points, end excluded)."""

    kind: UnitKind
    start: int
    end: int


def fingerprint(words: str) -> str:
    """Return the SHA-256 of some words as 64 hexadecimal digits.

    >>> fingerprint("osteonecrosis")[:12]
    'e4b5bc9f8037'
    """
    return sha256(words.encode("utf-8")).hexdigest()


def read_text(path: Path) -> str:
    """Return the text of a file, unchanged.

    Raises:
        DocumentError: the file is missing, a folder, too large, empty, or not UTF-8; the message
            names the byte at which decoding failed.
    """
    if path.is_dir():
        raise DocumentError("expected a text file, got a folder", path=path, hint="name the file inside it")
    try:
        size = path.stat().st_size
        if size > LARGEST_TEXT:
            raise DocumentError(
                f"expected a text of at most {LARGEST_TEXT:,} bytes, got {size:,}",
                path=path,
                hint="cut the document into its parts and record each as a document of its own",
            )
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as fault:
        raise DocumentError(
            f"expected UTF-8 text, got byte 0x{fault.object[fault.start]:02x} at byte {fault.start}",
            path=path,
            hint="save the text as UTF-8 without changing its words",
        ) from fault
    except OSError as fault:
        raise DocumentError(f"cannot read the text: {fault.strerror}", path=path) from fault
    if not text.strip():
        raise DocumentError("expected a text, got an empty file", path=path)
    return text


def split(text: str) -> tuple[Span, ...]:
    """Return the units of a text in reading order: headings, sentences, list items, table rows.

    The kinds are a first guess for an editor to correct; the stretches hold every character of the
    text that is not white space or a list mark.

    >>> text = "What is it?\\n\\nA disease. It hurts.\\n\\n- Trauma\\n- Steroids\\n"
    >>> for unit in split(text):
    ...     print(unit.kind.value, text[unit.start : unit.end])
    heading What is it?
    sentence A disease.
    sentence It hurts.
    list-item Trauma
    list-item Steroids
    """
    return tuple(unit for block in _blocks(text) for unit in _units(text, block))


def uncovered(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a text that no span holds, white space and list marks left out.

    >>> uncovered("One.\\n- Two. Three.", [(0, 4), (7, 11)])
    ((12, 18),)
    """
    found: list[tuple[int, int]] = []
    cursor = 0
    for start, end in [*sorted(spans), (len(text), len(text))]:
        found += _lost(text, cursor, start)
        cursor = max(cursor, end)
    return tuple(found)


def _lost(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what is neither white space nor a list mark between two places, line by line."""
    for line in text[start:end].splitlines(keepends=True):
        stop = start + len(line)
        begins = start == 0 or text[start - 1] in _LINE_ENDS
        mark = _ITEM.match(text, start, len(text)) if begins else None
        if mark:
            start = min(mark.end(), stop)
        words = text[start:stop]
        if words.strip():
            yield start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        start = stop


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the runs of lines between blank lines, each line as (start, end)."""
    block: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            block.append((start, start + len(line)))
        elif block:
            yield block
            block = []
        start += len(line)
    if block:
        yield block


def _units(text: str, block: list[tuple[int, int]]) -> Iterator[Span]:
    for start, end in block:
        mark = _ITEM.match(text, start, end)
        sentences = [(start, end)] if mark else list(_sentences(text, start, end))
        short = end - start < _SHORT and not _ENDS_SENTENCE.search(text[start:end])
        if mark:
            if mark.end() < end:  # else it is a mark without an item
                yield _trimmed(text, UnitKind.LIST_ITEM, mark.end(), end)
        elif short and len(block) == 1:
            yield _trimmed(text, UnitKind.HEADING, start, end)
        elif short and len(sentences) == 1:
            yield _trimmed(text, UnitKind.TABLE_ROW, start, end)
        else:
            question = len(sentences) == 1 and text[start:end].rstrip().endswith("?")
            for at, cut in sentences:
                heading = cut - at < _SHORT and (question or not _ENDS_SENTENCE.search(text[at:cut]))
                yield _trimmed(text, UnitKind.HEADING if heading else UnitKind.SENTENCE, at, cut)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    # Imported here: only new documents are split, and the import would slow every other command.
    from sentencex import segment

    # A no-break space makes it count bytes as characters and panic; a plain one is as long.
    line = _ODD_SPACE.sub(" ", text[start:end])
    cursor = 0
    try:
        found = segment("en", line)
    except BaseException as fault:
        # Rust's panics are no Exception. One line that cannot be cut is one unit: an editor sees it.
        if type(fault).__name__ != "PanicException":
            raise
        found = [line]
    for sentence in found:
        at = line.index(sentence, cursor)
        cursor = at + len(sentence)
        if sentence.strip():
            yield start + at, start + cursor


def _trimmed(text: str, kind: UnitKind, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(kind, start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
