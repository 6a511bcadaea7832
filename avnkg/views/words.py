"""Words of documents on a terminal: nothing in them may act on it."""


def plain(words: str) -> str:
    """Return words that a terminal can show: what would move or hide text is made visible.

    Control characters, and the marks that turn the direction of writing, are shown as their code points.
    """
    return "".join(_visible(character) for character in words)


def counted(count: int, noun: str, several: str = "") -> str:
    """Return a count with its noun; `several` where an s is not enough.

    >>> counted(1, "claim"), counted(1200, "claim"), counted(2, "clash", "clashes")
    ('1 claim', '1,200 claims', '2 clashes')
    """
    return f"{count:,} {noun if count == 1 else several or f'{noun}s'}"


def _visible(character: str) -> str:
    if character in "\n\t" or (character.isprintable() and character not in _TURNING):
        return character
    return " " if character in "\u00a0\u202f\u2007" else f"<U+{ord(character):04X}>"


_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")
