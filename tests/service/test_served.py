"""What is served of a build: pages that take long are made before anybody waits for them, others are kept."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from avnkg.errors import GraphError
from avnkg.graph.build import Build, build, current_build, inputs
from avnkg.service import prepared as preparing
from avnkg.service import served as module
from avnkg.service.ownprocess import in_a_process, written
from avnkg.service.prepared import Prepared, order_path, prepare
from avnkg.service.served import Kept, open_served
from avnkg.service.settings import Settings
from avnkg.views.pages import addresses as at
from avnkg.views.pages import archive as archive_module
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import OF_ALL_CLAIMS, page_at
from avnkg.views.pages.page import Options, Page
from tests.service.server import serving

MINI = Path(__file__).resolve().parent.parent / "mini"


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every graph count as a large one."""
    monkeypatch.setattr(module, "WHOLE_BELOW", 0)
    monkeypatch.setattr(archive_module, "WHOLE_BELOW", 0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder of graphs in which the tiny world is built, and nothing is prepared."""
    build(inputs((MINI / "corpus",), embedded=False, documents=MINI / "documents"), tmp_path)
    return tmp_path


Work = Callable[[Build], object]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what is prepared made in this process, where tests can change what makes it."""

    def done(work: Work, build: Build) -> None:
        work(build)

    monkeypatch.setattr(preparing, "in_a_process", done)


def current(root: Path) -> Build:
    """Return the current build of a folder."""
    found = current_build(root)
    assert found is not None
    return found


@pytest.mark.usefixtures("large", "here")
def test_a_page_of_all_claims_is_refused_until_it_is_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go = threading.Event()

    def held(archive: Archive, address: str, options: Options) -> Page:
        assert may_go.wait(60)
        return page_at(archive, address, options)

    monkeypatch.setattr(preparing, "page_at", held)
    with serving(Settings(root)) as client:
        try:
            for address in OF_ALL_CLAIMS:
                answer = client.get(f"/{address}")
                assert (answer.status_code, answer.headers["Retry-After"]) == (503, preparing.RETRY)
                assert "still being made" in answer.text
                shown = client.get(f"/{address}", headers={"Accept": "text/html"})
                assert shown.headers["Refresh"] == preparing.RETRY
                assert f"asks again by itself, every {preparing.RETRY} seconds" in shown.text
            assert client.get("/index.html").status_code == 200, "others do not wait"
        finally:
            may_go.set()
        for address in OF_ALL_CLAIMS:
            assert _in_the_end(client, address).status_code == 200


def _in_the_end(client: httpx.Client, address: str) -> httpx.Response:
    end = time.monotonic() + 60
    while True:
        answer = client.get(f"/{address}")
        if answer.status_code != 503:
            return answer
        assert time.monotonic() < end, f"{address} is never made"
        time.sleep(0.05)


@pytest.mark.usefixtures("large", "here")
def test_a_page_that_cannot_be_made_is_told_written_down_and_tried_again(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def damaged(archive: Archive, address: str, options: Options) -> Page:
        raise GraphError("the store is damaged")

    monkeypatch.setattr(preparing, "page_at", damaged)
    with serving(Settings(root)) as client:
        answer = _in_the_end(client, at.COMPARISON)
        assert (answer.status_code, "could not be made" in answer.text) == (500, True)
        assert "the store is damaged" in caplog.text
        monkeypatch.setattr(preparing, "page_at", page_at)
        codes = set()
        while 200 not in codes:
            codes.add(client.get(f"/{at.COMPARISON}").status_code)
        assert codes <= {500, 503, 200}


def _ends_badly(build: Build) -> None:
    raise ZeroDivisionError


def test_a_process_that_ends_badly_is_told(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(GraphError, match="ended before it was done"):
        in_a_process(_ends_badly, current(root))
    assert "ZeroDivisionError" in capfd.readouterr().err


@pytest.mark.usefixtures("large")
def test_what_is_prepared_is_there_at_the_next_start(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_process(prepare, current(root))

    def refused(work: Work, build: Build) -> None:
        raise AssertionError("it is made already")

    monkeypatch.setattr(preparing, "in_a_process", refused)
    with serving(Settings(root)) as client:
        for address in OF_ALL_CLAIMS:
            assert client.get(f"/{address}").status_code == 200


@pytest.mark.usefixtures("large")
def test_lists_of_a_concept_are_the_same_with_and_without_their_order(root: Path) -> None:
    given = Prepared(current(root))
    archive = open_served(root).archive
    plain = Archive(archive.graph)
    prepare(current(root))
    ordered = Archive(archive.graph, placed=given.placed)
    assert plain.named
    for concept in plain.named:
        for limit, offset in ((3, 0), (2, 3), (50, 0)):
            assert ordered.naming(concept, limit, offset) == plain.naming(concept, limit, offset)
    assert ordered.naming("http://nowhere/", 5) == ((), False)


def test_a_damaged_order_is_passed_over_and_made_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Work] = []
    monkeypatch.setattr(preparing, "in_a_process", lambda work, build: begun.append(work))
    path = order_path(current(root))
    path.write_bytes(b"no order at all" * 100)
    assert Prepared(current(root)).placed("http://nowhere/", 5, 0) is None
    assert not path.exists()
    for thread in threading.enumerate():
        if thread.name == "prepared":
            thread.join(60)
    assert begun == [prepare]


def test_what_a_killed_process_has_left_is_removed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    gone, kept = (tmp_path / f"search.sqlite.{number}.partial" for number in (ended.pid, os.getppid()))
    for path in (gone, kept):
        path.write_bytes(b"")
    with written(tmp_path / "whole") as place:
        place.write_text("all")
    assert {path.name for path in tmp_path.iterdir()} == {"whole", kept.name}


def test_of_what_is_not_written_whole_nothing_is_left(tmp_path: Path) -> None:
    def half() -> None:
        with written(tmp_path / "whole") as place:
            place.write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert not list(tmp_path.iterdir())


def test_pages_are_made_once_and_those_asked_for_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 2)
    kept = Kept()
    made: list[str] = []

    def page(address: str) -> str:
        def make() -> str:
            made.append(address)
            return address

        return kept.page(address, make)

    assert [page(each) for each in ("a", "b", "a", "c", "a", "b")] == ["a", "b", "a", "c", "a", "b"]
    assert made == ["a", "b", "c", "b"]


def test_document_pages_tell_the_account(mini_root: Path, mini_client: httpx.Client) -> None:
    accounts = open_served(mini_root).options.accounts
    assert accounts
    for identity in accounts:
        assert "units of the text" in mini_client.get(f"/{at.document(identity)}").text


@pytest.mark.usefixtures("large")
def test_a_large_graph_offers_no_files_and_reads_none(mini_root: Path) -> None:
    given = open_served(mini_root)
    assert (given.options.accounts, given.options.claims, given.options.live) == ({}, (), True)
    assert page_at(given.archive, at.DOWNLOADS, given.options).context["downloads"] == ()
