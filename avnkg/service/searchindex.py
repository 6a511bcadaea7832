"""The index that search and the interface for programs ask: two SQLite files beside the store, claims and relations.

Words are looked up by full text. All else that can be chosen (a document, a procedure, a verdict) is a bit for each
claim: a choice is a few `and`s of such bits, and how many claims each further value would leave is a count of bits.
Relations take longer to read than claims: until their file is there, claims are found and listed without it.
"""

import json
import re
import sqlite3
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from avnkg.errors import GraphError, NotFoundError, QueryError

FACETS = ("document", "procedure", "stage", "verdict", "force", "stance")
"""What claims are chosen by beside words, in the order in which a reader is offered it."""

CHOICES = (*FACETS, "about")
"""All that a claim can be chosen by: `about` is any concept that it speaks of, or a broader one."""

RELATION_CHOICES = ("verdict", "across")
_BITS = (
    "CREATE TABLE bits (kind TEXT, facet TEXT, value TEXT, label TEXT, bits BLOB, PRIMARY KEY (kind, facet, value));"
)
CLAIMS_SHAPE = f"""
CREATE TABLE claims (number INTEGER PRIMARY KEY, id TEXT UNIQUE, shown TEXT, line TEXT);
CREATE VIRTUAL TABLE words USING fts5(
  quote, says, content='', tokenize="unicode61 remove_diacritics 2", prefix='1 2 3'
);
{_BITS}
"""
"""The file of claims."""

RELATIONS_SHAPE = f"""
CREATE TABLE relations (number INTEGER PRIMARY KEY, id TEXT UNIQUE, line TEXT);
CREATE TABLE sides (claim INTEGER, relation INTEGER, PRIMARY KEY (claim, relation)) WITHOUT ROWID;
{_BITS}
"""
"""The file of relations: it has the numbers that the file of claims gives them, and each claim's bits of verdicts."""

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 20


@dataclass(frozen=True)
class Choice:
    """Which claims are wanted: with all of some words, and for each facet that is chosen one of its values.

    Attributes:
        words: what the quote or our wording holds, each from the beginning of a word, in any case, accents aside.
        values: chosen values by facet.
        withdrawn: whether claims that no longer count are wanted too.
    """

    words: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A value of a facet, and how many claims there are with it, all else being chosen as it is."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Found:
    """The claims of a choice: how many there are, some of them, and what else can be chosen."""

    total: int
    shown: tuple[Mapping[str, Any], ...]
    offers: Mapping[str, tuple[Offer, ...]]


class SearchIndex:
    """An index on disk, opened for reading; many threads may ask it at once."""

    def __init__(self, claims: Path, relations: Path | None = None) -> None:
        """Store where its files are; without relations it has no verdicts to choose by."""
        self._files = (claims, relations)
        self._local = threading.local()
        self._matched = lru_cache(64)(self._match)

    @property
    def whole(self) -> bool:
        """Whether it has relations, and claims can be chosen by their verdicts."""
        return self._files[1] is not None

    def numbers(self) -> dict[str, int]:
        """Return the number of each claim, by its id."""
        return dict(self._open.execute("SELECT id, number FROM claims"))

    def find(self, choice: Choice, *, limit: int, offset: int = 0) -> Found:
        """Return the claims of a choice in reading order, with what else can be chosen.

        Raises:
            QueryError: a facet is none of the known ones.
        """
        narrowed = self._narrowed(choice)
        wanted = _all(narrowed.values(), self._words(choice))
        rows = self._rows("claims", "shown", _picked(wanted, limit, offset))
        return Found(wanted.bit_count(), tuple(rows), self._offers(choice, narrowed))

    def lines(self, choice: Choice, *, limit: int, offset: int = 0) -> tuple[int, list[dict[str, Any]]]:
        """Return how many claims a choice has, and some of them as lines of the portable table.

        Raises:
            QueryError: a facet is none of the known ones.
        """
        wanted = _all(self._narrowed(choice).values(), self._words(choice))
        return wanted.bit_count(), self._rows("claims", "line", _picked(wanted, limit, offset))

    def line(self, identity: str) -> dict[str, Any]:
        """Return a claim as a line of the portable table.

        Raises:
            NotFoundError: there is none.
        """
        found = self._open.execute("SELECT line FROM claims WHERE id = ?", (identity,)).fetchone()
        if found is None:
            raise NotFoundError(f"there is no claim {identity!r}", hint="/api/claims lists them")
        line: dict[str, Any] = json.loads(found[0])
        return line

    def relations(
        self, values: Mapping[str, tuple[str, ...]], about: str | None, *, limit: int, offset: int = 0
    ) -> tuple[int, list[dict[str, Any]]]:
        """Return how many relations there are with some values, of claims about a concept, and some of them."""
        bits = self._bits["relation"]
        wanted = bits["all"]["all"][1]
        for facet, chosen in values.items():
            wanted &= _any(bits[facet].get(value, ("", 0))[1] for value in chosen)
        if about is not None:
            numbers = list(_ones(self._bits["claim"]["about"].get(about, ("", 0))[1]))
            told = "SELECT DISTINCT relation FROM sides WHERE claim IN (SELECT value FROM json_each(?))"
            wanted &= bits_of(number for (number,) in self._open.execute(told, (json.dumps(numbers),)))
        return wanted.bit_count(), self._rows("relations", "line", _picked(wanted, limit, offset))

    def values(self, facet: str) -> Mapping[str, str]:
        """Return the values that a facet has in the index, with their labels."""
        return {value: label for value, (label, _) in self._bits["claim"].get(facet, {}).items()}

    def _narrowed(self, choice: Choice) -> dict[str, int]:
        """Return for each chosen facet the claims with one of the values."""
        known = self._bits["claim"]
        narrowed = {}
        for facet, chosen in choice.values.items():
            if facet not in CHOICES:
                raise QueryError(f"claims are chosen by {', '.join(CHOICES)}, not by {facet!r}")
            if chosen:
                narrowed[facet] = _any(known[facet].get(value, ("", 0))[1] for value in chosen)
        return narrowed

    def _offers(self, choice: Choice, narrowed: Mapping[str, int]) -> dict[str, tuple[Offer, ...]]:
        words = self._words(choice)
        offers = {}
        for facet in FACETS:
            left = _all((bits for name, bits in narrowed.items() if name != facet), words)
            chosen = choice.values.get(facet, ())
            found = [
                Offer(value, label, (bits & left).bit_count(), value in chosen)
                for value, (label, bits) in self._bits["claim"][facet].items()
            ]
            kept = [offer for offer in found if offer.count or offer.chosen]
            offers[facet] = tuple(sorted(kept, key=lambda offer: (not offer.chosen, -offer.count, offer.label)))
        return offers

    def _words(self, choice: Choice) -> int:
        """Return the claims that hold the words, and count unless those are wanted that do not."""
        known = self._bits["claim"]["all"]
        counted = known["all" if choice.withdrawn else "counts"][1]
        if not choice.words.strip():
            return counted
        asked = match_of(choice.words)
        return counted & self._matched(asked) if asked else 0

    def _match(self, asked: str) -> int:
        rows = self._open.execute("SELECT rowid FROM words WHERE words MATCH ?", (asked,))
        return bits_of(number for (number,) in rows)

    def _rows(self, table: str, column: str, numbers: Sequence[int]) -> list[dict[str, Any]]:
        told = f"SELECT {column} FROM {table} WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number"
        return [json.loads(text) for (text,) in self._open.execute(told, (json.dumps(list(numbers)),))]

    @cached_property
    def _bits(self) -> dict[str, dict[str, dict[str, tuple[str, int]]]]:
        found: dict[str, dict[str, dict[str, tuple[str, int]]]] = {
            "claim": {name: {} for name in (*CHOICES, "all")},
            "relation": {name: {} for name in (*RELATION_CHOICES, "all")},
        }
        told = "SELECT * FROM main.bits"
        if self.whole:
            told += " UNION ALL SELECT * FROM related.bits"
        for kind, facet, value, label, bits in self._open.execute(f"{told} ORDER BY label, value"):
            found[kind][facet][value] = (label, int.from_bytes(bits, "little"))
        return found

    @property
    def _open(self) -> sqlite3.Connection:
        """The connection of this thread."""
        if not hasattr(self._local, "connection"):
            claims, relations = self._files
            try:
                opened = sqlite3.connect(_read_only(claims), uri=True, check_same_thread=False)
            except sqlite3.Error as fault:
                raise GraphError(f"cannot open the index: {fault}", path=claims) from fault
            if relations is not None:
                opened.execute("ATTACH ? AS related", (_read_only(relations),))
            self._local.connection = opened
        connection: sqlite3.Connection = self._local.connection
        return connection


def match_of(words: str) -> str:
    """Return the question to full text that some words stand for: each begins a word of the text. Nothing in them is
    a sign of its language.

    >>> match_of('Core "decomp* OR x')
    '"core"* "decomp"* "or"* "x"*'
    """
    folded = unicodedata.normalize("NFC", words).casefold()
    return " ".join(f'"{word}"*' for word in _WORD.findall(folded)[:_MOST_WORDS])


def bits_of(numbers: Iterable[int]) -> int:
    """Return a number with the bits of some places set.

    >>> bits_of([0, 3])
    9
    """
    found = bytearray()
    for number in numbers:
        place = number >> 3
        if place >= len(found):
            found.extend(bytes(place + 1 - len(found)))
        found[place] |= 1 << (number & 7)
    return int.from_bytes(found, "little")


def bytes_of(bits: int) -> bytes:
    """Return bits as they are kept."""
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def write_rows(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]], width: int) -> None:
    """Write rows into a table of the index."""
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def new_index(path: Path, shape: str) -> "closing[sqlite3.Connection]":
    """Return a new, empty file of an index to write to."""
    connection = sqlite3.connect(path)
    # What is written is moved to its place when it is whole: a crash leaves a file that nobody opens.
    connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {shape}")
    return closing(connection)


def _read_only(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def _ones(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, lowest first."""
    text = bin(bits)[:1:-1]
    at = text.find("1")
    while at >= 0:
        yield at
        at = text.find("1", at + 1)


def _picked(bits: int, limit: int, offset: int) -> list[int]:
    """Return some of the places of the bits that are set."""
    picked = []
    for place, number in enumerate(_ones(bits)):
        if place >= offset + limit:
            break
        if place >= offset:
            picked.append(number)
    return picked


def _any(several: Iterable[int]) -> int:
    found = 0
    for bits in several:
        found |= bits
    return found


def _all(several: Iterable[int], found: int) -> int:
    for bits in several:
        found &= bits
    return found
