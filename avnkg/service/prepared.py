"""What is prepared of a large graph: which claims name each concept, in order, and the pages that read all claims.

It takes a minute of a hundred thousand claims, so it is made by a process of its own when a build is first served, and
kept beside the store: a later start has it at once. Lists of a concept's claims are asked of the store meanwhile.
"""

import logging
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from avnkg.errors import AvnkgError, GraphError
from avnkg.graph.build import Build
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.naming import ROLES, namings
from avnkg.graph.store import open_store
from avnkg.ontology.reading import read_ontology
from avnkg.resources import folder
from avnkg.service.faults import Refusal
from avnkg.service.ownprocess import in_a_process, written
from avnkg.views.pages.archive import Archive, Placed
from avnkg.views.pages.catalogue import OF_ALL_CLAIMS, page_at
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import render

RETRY = "5"
"""Seconds after which a client may ask again for a page that is still being made."""
ORDER = "order-1.sqlite"
"""What the lists of concepts are called; the number changes with their shape."""
_SHAPE = """
CREATE TABLE names (number INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE places (concept INTEGER, place INTEGER, number INTEGER, claim TEXT, predicate INTEGER,
  PRIMARY KEY (concept, place, number)) WITHOUT ROWID;
"""
_LIST = """
SELECT place, claim, predicates.name FROM places
  JOIN names AS concepts ON concepts.number = places.concept
  JOIN names AS predicates ON predicates.number = places.predicate
  WHERE concepts.name = ? ORDER BY place, places.number LIMIT ? OFFSET ?
"""
_ROLE = tuple(ROLES)
_log = logging.getLogger(__name__)


class Prepared:
    """What is prepared of one build. Several threads may ask at once."""

    def __init__(self, build: Build) -> None:
        """Store the build."""
        self._build = build
        self._lock = threading.Lock()
        self._making: threading.Thread | None = None
        self._fault = ""

    def begin(self) -> None:
        """Begin to make what is missing, unless that has begun."""
        with self._lock:
            missing = not all(path.is_file() for path in (order_path(self._build), *map(self._path, OF_ALL_CLAIMS)))
            if missing and self._making is None:
                self._fault = ""
                self._making = threading.Thread(target=self._make, daemon=True, name="prepared")
                self._making.start()

    def page(self, address: str) -> str:
        """Return a page that reads all claims.

        Raises:
            Refusal: it is still being made (503), or could not be made (500) and is now tried again.
        """
        try:
            return self._path(address).read_text(encoding="utf-8")
        except FileNotFoundError:
            fault = self._fault
        self.begin()
        if fault:
            hint = f"the service has written the reason down, and tries again; ask again in {RETRY} seconds"
            raise Refusal(500, "this page tells of all claims, and could not be made", hint)
        problem = "this page tells of all claims, which are many, and is still being made; try again in a moment"
        raise Refusal(503, problem, headers={"Retry-After": RETRY, "Refresh": RETRY})

    def placed(self, concept: str, limit: int, offset: int) -> Sequence[Placed] | None:
        """Return some claims that name a concept, in their order; None where the order is not known yet."""
        path = order_path(self._build)
        if not path.is_file():
            return None
        try:
            address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(address, uri=True)) as connection:
                rows = connection.execute(_LIST, (concept, limit, offset)).fetchall()
        except sqlite3.Error as fault:
            _log.error("%s cannot be read, and is made anew: %s", path, fault)
            path.unlink(missing_ok=True)
            self.begin()
            return None
        return [Placed(_ROLE[place], predicate, claim) for place, claim, predicate in rows]

    def _path(self, address: str) -> Path:
        return page_path(self._build, address)

    def _make(self) -> None:
        try:
            in_a_process(prepare, self._build)
        except (AvnkgError, OSError) as fault:
            if threading.main_thread().is_alive():  # else the service ends, and has ended the process with it
                _log.error("the pages that tell of all claims could not be made: %s", fault)
            self._fault = str(fault)
        finally:
            self._making = None


def order_path(build: Build) -> Path:
    """Return where the lists of concepts of a build are, or will be."""
    return Path(build.folder) / ORDER


def page_path(build: Build, address: str) -> Path:
    """Return where a page of a build is, or will be: another one where what makes pages has changed."""
    return Path(build.folder) / f"page-{_stamp()}-{address}"


def prepare(build: Build) -> None:
    """Make what is missing of a build.

    Raises:
        GraphError: it cannot be written or read.
    """
    graph = ClaimsGraph(open_store(build.store), read_ontology().vocabulary)
    try:
        if not order_path(build).is_file():
            _write_order(order_path(build), graph)
        archive = Archive(graph)
        for path in Path(build.folder).glob("page-*.html"):
            if path not in {page_path(build, address) for address in OF_ALL_CLAIMS}:
                path.unlink(missing_ok=True)  # of another version
        for address in OF_ALL_CLAIMS:
            if not page_path(build, address).is_file():
                html = render(page_at(archive, address, Options(live=True)), live=True)
                with written(page_path(build, address)) as place:
                    place.write_text(html, encoding="utf-8")
    except (OSError, sqlite3.Error) as fault:
        path = Path(build.folder)
        raise GraphError(f"cannot write beside the graph: {fault}", path=path, hint="is the disk full?") from fault


def _write_order(path: Path, graph: ClaimsGraph) -> None:
    numbers: dict[str, int] = {}

    def number(name: str) -> int:
        return numbers.setdefault(name, len(numbers))

    with written(path) as place, closing(sqlite3.connect(place)) as connection, connection:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SHAPE}")
        rows = ((number(e.concept), e.place, e.number, e.claim, number(e.predicate)) for e in namings(graph))
        connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO names VALUES (?, ?)", ((value, name) for name, value in numbers.items()))


@cache
def _stamp() -> str:
    """Return a hash of all that makes pages, beside the build."""
    digest = sha256()
    package = Path(str(files("avnkg")))
    for path in sorted((*package.rglob("*.py"), *package.glob("views/**/*.*"), *folder("queries").rglob("*.rq"))):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
