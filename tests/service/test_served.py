"""What is served of a build: pages that take long are made before anybody waits for them, others are kept."""

import threading
import time
from pathlib import Path

import httpx
import pytest

from avnkg.errors import GraphError
from avnkg.service import served as module
from avnkg.service.served import Kept, open_served
from avnkg.service.settings import Settings
from avnkg.views.pages import addresses as at
from avnkg.views.pages import archive as archive_module
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import OF_ALL_CLAIMS, page_at
from avnkg.views.pages.page import Options, Page
from tests.service.server import serving


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every graph count as a large one."""
    monkeypatch.setattr(module, "WHOLE_BELOW", 0)
    monkeypatch.setattr(archive_module, "WHOLE_BELOW", 0)


@pytest.mark.usefixtures("large")
def test_a_page_of_all_claims_is_refused_until_it_is_made(mini_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go = threading.Event()

    def held(archive: Archive, address: str, options: Options) -> Page:
        assert may_go.wait(60)
        return page_at(archive, address, options)

    monkeypatch.setattr(module, "page_at", held)
    with serving(Settings(mini_root)) as client:
        try:
            for address in OF_ALL_CLAIMS:
                answer = client.get(f"/{address}")
                assert (answer.status_code, answer.headers["Retry-After"]) == (503, module.RETRY)
                assert "still being made" in answer.text
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


@pytest.mark.usefixtures("large")
def test_a_page_that_cannot_be_made_says_why(mini_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(archive: Archive, address: str, options: Options) -> Page:
        raise GraphError("the store is damaged")

    monkeypatch.setattr(module, "page_at", damaged)
    kept = open_served(mini_root).kept
    for thread in threading.enumerate():
        if thread.name == "pages":
            thread.join(60)
    with pytest.raises(GraphError, match="damaged"):
        kept.page(at.COMPARISON, lambda: "")


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
