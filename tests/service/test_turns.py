"""Who waits for what takes long to make: few are at work, few wait, and others are heard meanwhile."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from avnkg.service import graphs
from avnkg.service.settings import Settings
from avnkg.views.pages import archive
from tests.service.server import serving

CROWD = 30


class Drawing:
    """A drawing that goes on until it may end, and how many of them are made at once."""

    def __init__(self) -> None:
        """Begin with none."""
        self.may_end = threading.Event()
        self.begun = threading.Event()
        self.now, self.most, self.made = 0, 0, 0

    def draw(self, *_: object) -> str:
        """Stand in for what draws."""
        self.now += 1
        self.most, self.made = max(self.most, self.now), self.made + 1
        self.begun.set()
        assert self.may_end.wait(60)
        self.now -= 1
        return "<!doctype html>drawn"


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawing]:
    """Return the drawing that all requests ask for."""
    drawing = Drawing()
    monkeypatch.setattr(graphs, "_drawn", drawing.draw)
    yield drawing
    drawing.may_end.set()


@contextmanager
def crowd(client: httpx.Client, drawing: Drawing) -> Iterator[list[httpx.Response]]:
    """Ask for so many drawings at once that some are refused; give the refusals, then let the others end."""
    refused: list[httpx.Response] = []
    full = threading.Event()

    def ask(_: int) -> int:
        found = client.get("/graph")
        if found.status_code == 503:
            refused.append(found)
            if len(refused) == CROWD - 21:
                full.set()
        return found.status_code

    with ThreadPoolExecutor(CROWD) as pool:
        asked = [pool.submit(ask, number) for number in range(CROWD)]
        try:
            assert drawing.begun.wait(60)
            assert full.wait(60)
            yield refused
        finally:
            drawing.may_end.set()
        codes = [each.result() for each in asked]
    assert sorted(codes) == [200] * 21 + [503] * (CROWD - 21)


def test_a_crowd_at_the_drawings_holds_nobody_else_up(mini_root: Path, drawing: Drawing) -> None:
    with serving(Settings(mini_root)) as client, httpx.Client(base_url=client.base_url, timeout=60) as other:
        limits = httpx.Limits(max_connections=CROWD)
        many = httpx.Client(base_url=client.base_url, timeout=60, limits=limits)
        with many, crowd(many, drawing) as refused:
            for address in ("/style.css", "/index.html", "/search.html", "/sparql?query=ASK{}"):
                assert other.get(address).status_code == 200
            assert {found.headers["Retry-After"] for found in refused} == {"5"}
            assert "others wait already; try again later" in refused[0].text
        assert drawing.most == 1


def test_who_went_away_while_waiting_is_drawn_nothing(mini_root: Path, drawing: Drawing) -> None:
    with serving(Settings(mini_root)) as client, ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.get, "/graph")
        assert drawing.begun.wait(60)
        with httpx.Client(base_url=client.base_url, timeout=0.3) as hasty:
            for _ in range(3):
                with pytest.raises(httpx.ReadTimeout):
                    hasty.get("/graph")
        drawing.may_end.set()
        assert first.result().status_code == 200
        assert client.get("/graph").status_code == 200
    assert drawing.made == 2


def test_what_is_too_much_to_be_drawn_is_counted_before_it_is_read(
    mini_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unread(*_: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(archive, "WHOLE_BELOW", 0)
    monkeypatch.setattr(graphs, "MOST", 1)
    with serving(Settings(mini_root)) as client:
        with monkeypatch.context() as patched:
            patched.setattr(graphs, "chosen_network", unread)
            for chosen in ({"about": "cell therapy"}, {"about": "treatment"}, {"document": "alpha-travel"}):
                answer = client.get("/graph", params=chosen)
                assert (answer.status_code, "would show" in answer.text) == (422, True), answer.text
        monkeypatch.setattr(graphs, "MOST", 5_000)
        assert client.get("/graph", params={"about": "cell therapy"}).status_code == 200
