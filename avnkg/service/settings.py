"""What a service is started with."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from avnkg.errors import AvnkgError

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What a query may take.

    Attributes:
        seconds: of the wall; then it is ended.
        first_seconds: of the wall on the worker that is kept for quick queries.
        rows: rows or triples of an answer; with more it is refused, never cut.
        answer_bytes: bytes of a written answer; with more it is refused.
        memory: bytes that a worker may take beyond what it takes when idle.
        query_bytes: bytes of a request's body.
        waiting: queries that may wait for a worker. Clients, known by their addresses, share these places; behind a
            proxy all are one.
        patience: seconds that a query may wait for a worker.
    """

    seconds: float = 30
    first_seconds: float = 1
    rows: int = 100_000
    answer_bytes: int = 64 * MIB
    memory: int = 1024 * MIB
    query_bytes: int = MIB
    waiting: int = 200
    patience: float = 60


_ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")


def origin_of(words: str) -> str:
    """Return an origin as a browser sends it, or `*` for any.

    >>> origin_of("https://example.org")
    'https://example.org'

    Raises:
        AvnkgError: it is none.
    """
    if words != "*" and not _ORIGIN.fullmatch(words):
        hint = "as https://example.org or http://127.0.0.1:3000, in small letters and without a path; * is any"
        raise AvnkgError(f"expected an origin whose scripts may read answers, got {words!r}", hint=hint)
    return words


@dataclass(frozen=True)
class Settings:
    """What a service is started with.

    Attributes:
        root: the folder of built graphs; the current one is served, and the next one when it has been built.
        texts: a folder of texts beside the user's own, to show quotes in.
        workers: processes that answer SPARQL; one of them is kept for quick queries.
        limits: what a query may take.
        origin: the origin whose scripts may read the answers of /sparql and /api (`*`: any); None: none but our own.
        hosts: the names by which the service may be called; `*` is any.
        address: where the service is, as http://127.0.0.1:8000, for links in answers to programs.
    """

    root: Path
    texts: Path | None = None
    workers: int = 4
    limits: Limits = field(default_factory=Limits)
    origin: str | None = None
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    address: str = "http://127.0.0.1:8000"
