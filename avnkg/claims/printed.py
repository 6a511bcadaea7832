"""Whether words stand in a quote: whole words and whole numbers, never a stretch of a longer one."""

import re

_EDGES = re.compile(r"^\W+|\W+$")


def holds(words: str, part: str) -> bool:
    """Return whether some words hold a part, its case included.

    >>> holds("technically all", "all"), holds("technically", "all"), holds("can't", "can"), holds("$8,000", "$8")
    (True, False, False, False)
    """
    before = r"(?<!\w)(?<![0-9][.,])" if _is_word(part[:1]) else ""
    after = r"(?!\w)(?![.,][0-9])(?!['’]t\b)" if _is_word(part[-1:]) else ""
    return re.search(before + re.escape(part) + after, words) is not None


def names(words: str, told: str) -> bool:
    """Return whether some words hold what they are told to call something.

    Their case, their emphasis by asterisks and the marks around the name are the sentence's, not the name's.

    >>> names("also *known* as avascular necrosis (AVN).", "Known as Avascular Necrosis")
    True
    """
    plain = _plain(told)
    return holds(_plain(words), _EDGES.sub("", plain) or plain)


def _plain(words: str) -> str:
    return " ".join(words.replace("*", "").casefold().split())


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
