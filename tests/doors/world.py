"""A graph with all its doors open, and what each of them says of it."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from unittest import mock

import httpx
import pytest

import avnkg as package
from avnkg.graph.build import Inputs, build, inputs
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.rows import Rows
from avnkg.service.indexer import make_index
from avnkg.service.settings import Settings
from tests.cli.shell import avnkg
from tests.service.server import serving

MINI = Path(__file__).resolve().parent.parent / "mini"
CLAIM = "https://w3id.org/avnkg/claim/"


@dataclass(frozen=True)
class World:
    """A graph with all its doors open.

    `other` is a graph that differs, which answers at the `planted` door instead: `python`, `SPARQL`, `terminal`,
    `API`, `search`, or a kind of page, as `verdicts` or `claim`.
    """

    home: Path
    client: httpx.Client
    loaded: ClaimsGraph
    other: "World | None" = None
    planted: str = ""

    def with_other(self, other: "World", door: str) -> "World":
        """Return this world with another graph behind one door."""
        return replace(self, other=other, planted=door)

    def behind(self, door: str) -> "World":
        """Return the world that answers at a door."""
        return self.other if self.other is not None and door == self.planted else self

    @property
    def python(self) -> ClaimsGraph:
        """The graph as Python has it."""
        return self.behind("python").loaded

    def asked(self, question: str, **parameters: str) -> Rows:
        """Return the rows that a question in SPARQL gives."""
        return self.behind("SPARQL").loaded.query(question, limit=None, offset=0, **parameters)

    @property
    def documents(self) -> list[str]:
        """The ids of its documents."""
        return [row.document.rpartition("/")[2] for row in self.asked("provenance/documents")]

    def typed(self, *words: str) -> Any:
        """Return the JSON, or the lines of JSON, that a command prints; nothing found is an empty list."""
        with mock.patch.dict(os.environ, {"AVNKG_HOME": str(self.behind("terminal").home)}):
            done = avnkg(*words)
        assert done.code in (0, 1), done.err
        return [json.loads(line) for line in done.out.splitlines()] if "jsonl" in words else json.loads(done.out)

    def listed(self, path: str, name: str, **asked: str) -> list[Any]:
        """Return all that the API lists, page by page."""
        found: list[Any] = []
        following: str | None = str(httpx.URL(f"/api/{path}", params={**asked, "limit": "100"}))
        while following:
            answer = self.behind("API").client.get(following).raise_for_status().json()
            found += answer[name]
            following = answer["next"]
        assert len(found) == answer["total"]
        return found

    def claims(self) -> list[Any]:
        """Return all claims as the API lists them, document by document."""
        return [line for document in self.documents for line in self.listed("claims", "claims", document=document)]

    def markup(self, address: str, **asked: str) -> str:
        """Return the HTML of a page."""
        door = address.partition("/")[0].removesuffix(".html")
        return self.behind(door).client.get(f"/{address}", params=asked).raise_for_status().text

    def page(self, address: str, **asked: str) -> str:
        """Return the text of a page."""
        return plain(self.markup(address, **asked))

    def offered(self, facet: str) -> dict[str, int]:
        """Return how many claims the search offers for each value of a facet."""
        found = re.findall(rf'name="{facet}" value="([^"]+)".*?class="number">([\d,]+)<', self.markup("search.html"))
        return {unescape(value): number(count) for value, count in found}

    def found(self, facet: str, value: str) -> int:
        """Return how many claims the search finds with a value."""
        told = re.search(r"([\d,]+) claims?, 1 to|([\d,]+) claims? ", self.page("search.html", **{facet: value}))
        assert told, (facet, value)
        return number(told[1] or told[2])


@contextmanager
def opened(given: Inputs, home: Path) -> Iterator[World]:
    """Build a world in a home, and serve it until done."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVNKG_HOME", str(home))
        make_index(build(given))
        loaded = package.load()
    with serving(Settings(home / "graph")) as client:
        yield World(home, client, loaded)


def mini(corpus: Path = MINI / "corpus") -> Inputs:
    """Return what the tiny world is built from."""
    return inputs((corpus,), embedded=False, documents=MINI / "documents")


def plain(markup: str) -> str:
    """Return the text of some HTML."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def number(printed: str) -> int:
    """Return a number as pages print it."""
    return int(printed.replace(",", ""))


def ids(rows: Any) -> set[str]:
    """Return the ids of the claims of some rows, each of which must come once."""
    found = [row.claim.removeprefix(CLAIM) for row in rows]
    assert len(set(found)) == len(found)
    return set(found)
