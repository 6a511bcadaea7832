"""Terms as N-Quads has them: addresses, words, numbers, truth values."""

import re
from decimal import Decimal

from avnkg import vocab

_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')


def iri(address: str) -> str:
    """Return an IRI as N-Quads has it."""
    return f"<{address}>"


def text(words: str, language: str = "") -> str:
    """Return some words as an N-Quads literal, whatever characters they hold."""
    if _ESCAPED.search(words):
        words = _ESCAPED.sub(_escape, words)
    return f'"{words}"@{language}' if language else f'"{words}"'


def number(value: int | Decimal) -> str:
    """Return a number as an N-Quads literal, in the one spelling that every store keeps."""
    if isinstance(value, int):
        return f'"{value}"^^<{vocab.XSD_INTEGER}>'
    written = format(value.normalize(), "f")
    return f'"{written}"^^<{vocab.XSD_DECIMAL}>'


def boolean(value: bool) -> str:
    """Return a truth value as an N-Quads literal."""
    return f'"{"true" if value else "false"}"^^<{vocab.XSD_BOOLEAN}>'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    return short or f"\\u{ord(character):04X}"
