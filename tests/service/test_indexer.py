"""How an index comes about: its claims first, then its relations; what is asked meanwhile; what is left by a crash."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from avnkg.errors import GraphError
from avnkg.graph.build import Build, build, current_build, inputs
from avnkg.service import indexer as indexing
from avnkg.service import ownprocess
from avnkg.service.indexer import Indexer, claims_path, make_claims, make_index, make_relations, relations_path
from avnkg.service.ownprocess import in_a_process, written
from avnkg.service.searchindex import Choice
from avnkg.service.served import open_served
from avnkg.service.settings import Settings
from tests.service.server import serving

MINI = Path(__file__).resolve().parent.parent / "mini"
STILL_READ = "The relations between the claims are still being read"


@pytest.fixture
def made(tmp_path: Path) -> Build:
    """Return a build of the tiny world, without an index."""
    return build(inputs((MINI / "corpus",), embedded=False, documents=MINI / "documents"), tmp_path / "graph")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Have relations read only when the event is set, and let requests wait for little."""
    go = threading.Event()

    def when_told(work: Callable[[Build], object], made: Build) -> None:
        if work is make_relations:
            go.wait(60)
        in_a_process(work, made)

    monkeypatch.setattr(indexing, "in_a_process", when_told)
    monkeypatch.setattr(indexing, "PATIENCE", 0.2)
    yield go
    go.set()


def files(made: Build) -> set[str]:
    """Return the names of what there is of the index of a build."""
    return {path.name for path in Path(made.folder).glob("search*")}


def eventually(client: httpx.Client, address: str) -> httpx.Response:
    """Return the answer at an address as soon as it is no longer being made."""
    for _ in range(300):
        answer = client.get(address)
        if answer.status_code != 503:
            break
    return answer


class TestMaking:
    """Who makes an index, and when."""

    def test_what_is_there_is_not_made_again(self, made: Build) -> None:
        make_index(made)
        before = [path(made).stat() for path in (claims_path, relations_path)]
        make_index(made)
        after = [path(made).stat() for path in (claims_path, relations_path)]
        assert [(each.st_ino, each.st_mtime_ns) for each in before] == [
            (each.st_ino, each.st_mtime_ns) for each in after
        ]

    def test_processes_of_their_own_make_it_once(self, made: Build) -> None:
        served = open_served(Path(made.folder).parents[1])
        indexer = Indexer()
        first, second = indexer.begin(served), indexer.begin(served)
        assert first is second
        assert first.claims.result(60).find(Choice("crutches"), limit=1).total == 2
        assert first.whole.result(60).find(Choice("crutches"), limit=1).total == 2
        assert files(made) == {claims_path(made).name, relations_path(made).name}

    @pytest.mark.parametrize("damaged", [claims_path, relations_path])
    def test_a_damaged_one_is_told_and_made_anew(self, made: Build, damaged: Callable[[Build], Path]) -> None:
        make_index(made)
        served = open_served(Path(made.folder).parents[1])
        damaged(made).write_bytes(b"no index at all" * 100)
        indexer = Indexer()
        with pytest.raises(GraphError, match="cannot be read"):
            indexer.begin(served).whole.result(60)
        whole = indexer.begin(served).whole.result(60)
        assert whole.find(Choice(), limit=1).total > 30
        assert whole.find(Choice(values={"verdict": ("Contradiction",)}), limit=1).total

    def test_relations_are_never_those_of_claims_that_are_no_longer_there(self, made: Build) -> None:
        make_index(made)
        claims_path(made).unlink()
        make_claims(made)
        assert files(made) == {claims_path(made).name}

    def test_where_the_claims_have_changed_since_it_says_so(self, tmp_path: Path) -> None:
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        for path in (MINI / "corpus").iterdir():
            (corpus / path.name).write_bytes(path.read_bytes())
        made = build(inputs((corpus,), embedded=False), tmp_path / "graph")
        path = next(corpus.glob("*.yaml"))
        path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
        with pytest.raises(GraphError, match="changed since"):
            make_index(made)
        assert files(made) == set()


class TestMeanwhile:
    """What is answered while the claims are there and their relations are not."""

    def test_claims_are_found_and_listed(self, made: Build, held: threading.Event) -> None:
        with serving(Settings(Path(made.folder).parents[1])) as client:
            assert ">2 claims<" in eventually(client, "/search.html?words=crutches").text
            listed = client.get("/api/claims?words=crutches").json()
            assert [line["id"] for line in listed["claims"]] == ["alpha-travel/010", "beta-clinic/012"]
            assert client.get("/api/claims/alpha-travel/010").json() == listed["claims"][0]

    def test_verdicts_are_said_to_be_still_read(self, made: Build, held: threading.Event) -> None:
        with serving(Settings(Path(made.folder).parents[1])) as client:
            assert eventually(client, "/search.html").text.count(STILL_READ) == 1
            sent = client.get("/search.html?words=crutches", headers={"HX-Request": "true"}).text
            assert sent.count(STILL_READ) == 1
            held.set()
            assert eventually(client, "/api/relations").status_code == 200
            page = client.get("/search.html").text
            assert STILL_READ not in page
            assert 'name="verdict" value="Contradiction"' in page

    @pytest.mark.parametrize(
        "address", ["/search.html?verdict=Contradiction", "/api/claims?verdict=Contradiction", "/api/relations"]
    )
    def test_what_needs_relations_is_refused_with_the_reason_and_answered_afterwards(
        self, made: Build, held: threading.Event, address: str
    ) -> None:
        with serving(Settings(Path(made.folder).parents[1])) as client:
            assert eventually(client, "/api/claims").status_code == 200
            refused = client.get(address)
            assert refused.status_code == 503
            assert int(refused.headers["Retry-After"]) > 0
            assert STILL_READ[1:] in refused.text
            held.set()
            assert eventually(client, address).status_code == 200
        relations = make_index(made).relations({"verdict": ("Contradiction",)}, None, limit=100)
        assert relations[0] == len(relations[1]) > 0


def killed_while_relations_are_written(made: Build) -> None:
    """Write the claims of an index, begin its relations, and end as if by the machine."""
    make_claims(made)
    with written(relations_path(made)) as partial:
        partial.write_bytes(b"half of them")
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_kill_between_both_leaves_the_claims_and_the_next_start_the_rest(made: Build) -> None:
    with pytest.raises(GraphError, match="ended before it was done"):
        in_a_process(killed_while_relations_are_written, made)
    (left,) = files(made) - {claims_path(made).name}
    assert left.endswith(ownprocess.PARTIAL)
    before = claims_path(made).stat().st_mtime_ns
    with serving(Settings(Path(made.folder).parents[1])) as client:
        assert eventually(client, "/api/claims").json()["total"] > 30
        assert eventually(client, "/api/relations").json()["total"] > 10
    assert claims_path(made).stat().st_mtime_ns == before, "claims that are whole are not written again"
    assert files(made) == {claims_path(made).name, relations_path(made).name}


def test_the_next_build_has_an_index_of_its_own(made: Build) -> None:
    root = Path(made.folder).parents[1]
    make_index(made)
    build(inputs(), root)
    following = current_build(root)
    assert following is not None
    assert files(following) == set()
    assert make_index(following).find(Choice(), limit=1).total > make_index(made).find(Choice(), limit=1).total
