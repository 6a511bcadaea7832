"""Builds: all or nothing, one at a time, and nothing that a reader would notice."""

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from avnkg.claims.portable import write_jsonl
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import ClaimError, DriftError, GraphError
from avnkg.graph import build as module
from avnkg.graph.build import Build, Inputs, build, build_memory, current_build, graph_root, inputs, refresh
from avnkg.graph.store import open_store
from tests.page import Page

BUILDER = Path(__file__).parent / "builder.py"
KILLS = 100


@pytest.fixture
def given(page: Page) -> Inputs:
    """Return what the invented page is built from."""
    page.write(page.claim())
    return Inputs((page.corpus,), page.library)


def quotes(found: Build | None) -> list[str]:
    """Return the quotes of a graph on disk, once it is seen to be whole."""
    assert found is not None
    store = open_store(found.store)
    assert len(store) == found.quads, "the graph is whole"
    answer = store.query("PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?q { ?s oa:exact ?q } ORDER BY ?q")
    assert isinstance(answer, ox.QuerySolutions)
    return [solution["q"].value for solution in answer]


def files(root: Path) -> list[str]:
    """Return what lies in a folder of graphs, builds without their names."""
    return sorted(path.name for path in root.iterdir()) + [path.name[:8] for path in (root / "builds").iterdir()]


def test_a_build_holds_what_went_in(given: Inputs) -> None:
    done = build(given)
    assert (done.documents, done.claims, done.anchored, done.fingerprinted) == (1, 1, 1, 0)
    assert quotes(done) == ["It can be painful"]
    assert current_build() == done
    assert done.store.is_relative_to(graph_root())


def test_equal_inputs_are_not_built_again_unless_asked(given: Inputs) -> None:
    first = build(given)
    assert build(given) == first
    assert build(given, again=True).folder != first.folder


def test_the_same_inputs_give_the_same_quads_on_disk_and_in_memory(given: Inputs) -> None:
    first, second = build(given), build(given, again=True)
    dumps = [
        sorted(store.lines()) for store in (open_store(first.store), open_store(second.store), build_memory(given))
    ]
    assert dumps[0] == dumps[1] == dumps[2]
    assert len(set(dumps[0])) == len(dumps[0])


@pytest.mark.parametrize("change", ["claim", "text gone", "text back", "table", "open", "corpus"])
def test_any_change_of_what_goes_in_is_noticed(page: Page, given: Inputs, tmp_path: Path, change: str) -> None:
    text = page.texts / "a-page.txt"
    if change == "text back":
        text.rename(tmp_path / "away.txt")
    before = given.key
    changed = Inputs(given.corpora, given.library)
    if change == "claim":
        page.write(page.claim(), page.claim("002"))
    elif change == "text gone":
        text.unlink()
    elif change == "text back":
        (tmp_path / "away.txt").rename(text)
    elif change == "table":
        (tmp_path / "a.jsonl").write_text("", encoding="utf-8")
        changed = Inputs(given.corpora, given.library, tmp_path / "a.jsonl")
    elif change == "open":
        changed = Inputs(given.corpora, given.library, open=True)
    else:
        Page(page.folder, "Another.", "b-page").write()
    assert changed.key != before


def test_claims_of_a_table_are_built_beside_those_of_the_corpus(
    page: Page, given: Inputs, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    page.write(page.claim(), page.claim("002", quote="reduced blood flow"))
    whole = page.read(vocabulary)
    with (tmp_path / "a.jsonl").open("wb") as out:
        write_jsonl(whole.claims, out)
    page.write(page.claim())
    done = build(Inputs(given.corpora, given.library, tmp_path / "a.jsonl"))
    assert (done.claims, quotes(done)) == (2, ["It can be painful", "reduced blood flow"])


def test_what_was_built_can_be_built_again_from_its_record(page: Page, given: Inputs) -> None:
    first = build(given)
    assert refresh() == first
    page.write(page.claim(), page.claim("002", quote="reduced blood flow"))
    assert quotes(refresh()) == ["It can be painful", "reduced blood flow"]
    shutil.rmtree(page.corpus)
    with pytest.raises(GraphError, match=r"(?s)was last built from .*corpus, which has changed.*plain `avnkg build`"):
        refresh()


def test_without_any_corpus_there_is_nothing_to_build() -> None:
    with pytest.raises(GraphError, match="expected a corpus to build from, got none; name one with `--corpus DIR`"):
        inputs(embedded=False)


@pytest.mark.parametrize("fault", ["claim", "drift", "table"])
def test_wrong_inputs_leave_the_old_graph(page: Page, given: Inputs, tmp_path: Path, fault: str) -> None:
    first = build(given)
    kind: type[Exception] = ClaimError
    if fault == "claim":
        page.write(page.claim(subject="Unknown"))
    elif fault == "drift":
        (page.texts / "a-page.txt").write_text("another", encoding="utf-8")
        given, kind = Inputs(given.corpora, page.library), DriftError
    else:
        (tmp_path / "a.jsonl").write_text("{}\n{", encoding="utf-8")
        given, kind = Inputs(given.corpora, given.library, tmp_path / "a.jsonl"), Exception
    with pytest.raises(kind):
        build(given)
    assert current_build() == first
    assert quotes(first) == ["It can be painful"]
    assert files(graph_root())[2:] == ["current", Path(first.folder).name[:8]]


def full(*_: object, **__: object) -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["_write", "write_store", "os.replace", "os.utime", "Path.rename", "Path.mkdir"])
def test_a_full_disk_at_any_step_leaves_the_old_graph(
    page: Page, given: Inputs, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = build(given)
    page.write(page.claim(), page.claim("002", quote="reduced blood flow"))
    with monkeypatch.context() as patch:
        owner, _, name = step.rpartition(".")
        patch.setattr({"": module, "os": os, "Path": Path}[owner], name, full)
        with pytest.raises(
            GraphError, match=r"cannot write the graph: .*No space left.*; is the disk full or read-only"
        ):
            build(given)
    assert current_build() == first
    assert quotes(first) == ["It can be painful"]
    assert not list((graph_root() / "builds").glob(".partial-*"))
    assert quotes(build(given)) == ["It can be painful", "reduced blood flow"]


@pytest.mark.parametrize("limit", [0, 100, 10_000, 100_000])
def test_a_disk_that_takes_no_more_in_the_middle_leaves_the_old_graph(given: Inputs, page: Page, limit: int) -> None:
    root = page.folder / "graph"
    first = build(given, root)

    def starve() -> None:
        # Writing past the limit then fails, as it does on a full disk.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(_command(page, root, 1), capture_output=True, text=True, preexec_fn=starve, timeout=60)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "GraphError" in done.stdout
    assert "; is the disk full" in done.stdout
    assert current_build(root) == first
    assert quotes(first) == ["It can be painful"]
    assert not list((root / "builds").glob(".partial-*"))


def _seconds(page: Page, root: Path) -> float:
    """Return how long the first build of a process takes here, from when it is ready to begin."""
    with subprocess.Popen(_command(page, root, 1), stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline().startswith(b"ready")
        begun = time.perf_counter()
        child.stdout.readline()
        return time.perf_counter() - begun


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_a_whole_graph(given: Inputs, page: Page) -> None:
    root = page.folder / "graph"
    build(given, root)
    other = Page(page.folder / "other")
    other.write(other.claim(quote="reduced blood flow"))
    moments = random.Random(1)
    longest = 1.5 * _seconds(page, root)
    seen = set()
    for number in range(KILLS):
        # Each child builds now the one and now the other, so that every kill may fall into a change.
        child = subprocess.Popen(
            _command(other if number % 2 else page, root, 0), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            assert child.stdout is not None
            assert child.stdout.readline().startswith(b"ready")
            time.sleep(moments.uniform(0, longest))
        finally:
            child.kill()
            child.communicate()
        seen.add(tuple(quotes(current_build(root))))
        assert len(list((root / "builds").glob(".partial-*"))) <= 1, "what crashed builds left is removed"
    assert seen == {("It can be painful",), ("reduced blood flow",)}, "some kills fell before the change, some after"
    build(given, root, again=True)
    assert not list((root / "builds").glob(".partial-*"))


def test_two_builds_at_once_both_succeed_and_one_graph_is_current(given: Inputs, page: Page) -> None:
    root = page.folder / "graph"
    children = [
        subprocess.Popen(_command(page, root, 3), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = [child.communicate(timeout=120)[0] for child in children]
    assert [child.returncode for child in children] == [0, 0], said
    assert quotes(current_build(root)) == ["It can be painful"]
    assert not list((root / "builds").glob(".partial-*"))


def test_a_reader_sees_a_whole_graph_at_any_moment_of_builds(given: Inputs, page: Page) -> None:
    root = page.folder / "graph"
    first = open_store(build(given, root).store)
    child = subprocess.Popen(_command(page, root, 4), stdout=subprocess.PIPE, text=True)
    reads = 0
    while child.poll() is None:
        assert quotes(current_build(root)) == ["It can be painful"]
        reads += 1
    assert child.communicate()[0].count("builds") == 4
    assert child.returncode == 0
    assert reads > 4
    assert len(list(first.lines())) == len(first), "what a reader has open stays"


def test_an_old_build_stays_for_those_who_read_it_counted_from_when_it_was_replaced(given: Inputs) -> None:
    first = build(given)
    long_ago = time.time() - 10 * module.KEPT_SECONDS
    os.utime(first.folder, (long_ago, long_ago))
    second = build(given, again=True)
    third = build(given, again=True)
    assert first.store.is_dir(), "it was current a moment ago"
    os.utime(second.folder, (long_ago, long_ago))
    os.utime(third.folder, (long_ago, long_ago))
    build(given, again=True)
    assert not second.store.exists()
    assert third.store.is_dir()


def test_a_moved_folder_of_graphs_is_read_where_it_is(given: Inputs, tmp_path: Path) -> None:
    first = build(given, tmp_path / "old")
    (tmp_path / "old").rename(tmp_path / "new")
    moved = current_build(tmp_path / "new")
    assert quotes(moved) == ["It can be painful"]
    assert build(given, tmp_path / "new") == moved
    assert first.key == build(given, tmp_path / "new").key


@pytest.mark.parametrize(
    "harm", ["no pointer", "empty pointer", "wrong pointer", "no record", "half a record", "no store"]
)
def test_a_damaged_build_is_none_and_is_built_anew(given: Inputs, harm: str) -> None:
    done = build(given)
    pointer, record = graph_root() / "current", Path(done.folder) / "build.json"
    if harm == "no pointer":
        pointer.unlink()
    elif harm.endswith("pointer"):
        pointer.write_text("" if harm == "empty pointer" else "none", encoding="utf-8")
    elif harm == "no record":
        record.unlink()
    elif harm == "half a record":
        record.write_text(record.read_text(encoding="utf-8")[:50], encoding="utf-8")
    else:
        shutil.rmtree(done.store)
    assert current_build() is None
    assert quotes(build(given)) == ["It can be painful"]


def test_a_place_that_is_a_file_is_told(given: Inputs, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(GraphError, match=r"file: cannot write the graph: .*; is the disk full or read-only\?"):
        build(given, tmp_path / "file")


def _command(page: Page, root: Path, times: int) -> list[str]:
    return [sys.executable, str(BUILDER), str(root), str(page.corpus), str(page.texts), str(times)]
