"""The pool: slow queries are ended in time, quick ones are answered beside them, nothing is left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from avnkg.errors import GraphError
from avnkg.graph.build import build, current_build, inputs
from avnkg.service.pool import Pool
from avnkg.service.process import Question, Reply
from avnkg.service.settings import MIB, Limits
from avnkg.service.worker import Outcome

# A product that takes hours, and next to no memory.
SLOW = Question("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l && ?d = ?i) }")
QUICK = Question("ASK { ?s ?p ?o }")
LIMITS = Limits(seconds=30)

Work = Callable[[Pool], Awaitable[None]]


def store(root: Path) -> Path:
    """Return the folder of the store of a folder of graphs."""
    current = current_build(root)
    assert current is not None
    return current.store


def with_pool(root: Path, work: Work, limits: Limits = LIMITS, workers: int = 2) -> None:
    """Do some work with a pool; no worker is left after it."""

    async def run() -> None:
        pool = Pool(store(root), workers, limits)
        await pool.start()
        try:
            async with asyncio.timeout(60):
                await work(pool)
        finally:
            await pool.stop()

    before = children()
    asyncio.run(run())
    assert children() <= before


def children(of: int | None = None) -> set[int]:
    """Return the numbers of the processes that this one, or another one, has started and that are workers."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == (of or os.getpid()) and b"avnkg.service.worker" in words:
            found.add(int(folder.name))
    return found


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    while not holds():
        await asyncio.sleep(0.02)


def test_it_answers(mini_root: Path) -> None:
    async def work(pool: Pool) -> None:
        reply = await pool.ask(QUICK)
        assert (reply.outcome, reply.media) == (Outcome.ANSWERED, "application/sparql-results+json")
        assert b"true" in reply.body

    with_pool(mini_root, work)


@pytest.mark.parametrize(
    ("question", "outcome", "reason"),
    [
        (Question("SELECT"), Outcome.WRONG, "expected SPARQL"),
        (Question("INSERT DATA { <a:b> <a:b> <a:b> }"), Outcome.WRONG, "expected SPARQL"),
        (Question("SELECT * { SERVICE <http://127.0.0.1/> {} }"), Outcome.WRONG, "SERVICE is refused"),
        (Question("ASK {}", ("http://a/none",)), Outcome.WRONG, "no graph"),
        (Question("ASK {}", rows=None), Outcome.UNACCEPTABLE, "accepted"),
        (Question("CONSTRUCT {} WHERE {}", triples=None), Outcome.UNACCEPTABLE, "accepted"),
        (Question("SELECT * { ?s ?p ?o }"), Outcome.LARGE, "more than 10 rows"),
        (Question("CONSTRUCT WHERE { ?s ?p ?o }"), Outcome.LARGE, "more than 10 triples"),
    ],
)
def test_what_cannot_be_answered_has_a_reason(
    mini_root: Path, question: Question, outcome: Outcome, reason: str
) -> None:
    async def work(pool: Pool) -> None:
        reply = await pool.ask(question)
        assert (reply.outcome, reason in reply.body.decode()) == (outcome, True), reply
        assert (await pool.ask(QUICK)).outcome is Outcome.ANSWERED

    with_pool(mini_root, work, replace(LIMITS, rows=10))


def test_a_slow_query_is_ended_in_time_and_its_worker_replaced(mini_root: Path) -> None:
    async def work(pool: Pool) -> None:
        replies = await asyncio.gather(*(pool.ask(SLOW) for _ in range(3)))
        assert {reply.outcome for reply in replies} == {Outcome.SLOW}
        assert b"longer than 0.6 s" in replies[0].body
        assert (await pool.ask(QUICK)).outcome is Outcome.ANSWERED

    with_pool(mini_root, work, replace(LIMITS, seconds=0.6))


# Each row of the first half is kept while the other is read.
HUNGRY = Question(
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f), STR(?g), STR(?i))) AS ?all) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
)


def test_a_query_that_takes_all_memory_is_ended_and_its_worker_replaced(
    mini_root: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def work(pool: Pool) -> None:
        reply = await pool.ask(HUNGRY)
        assert (reply.outcome, b"memory than 64 MiB" in reply.body) == (Outcome.MEMORY, True), reply
        assert (await pool.ask(QUICK)).outcome is Outcome.ANSWERED

    with_pool(mini_root, work, replace(LIMITS, memory=64 * MIB))
    assert "needed more memory than 64 MiB" in caplog.text
    assert "allocation" not in capfd.readouterr().err, "the engine's own words"


def test_a_quick_query_is_answered_though_all_are_busy_and_a_hundred_wait(mini_root: Path) -> None:
    async def work(pool: Pool) -> None:
        slow = [asyncio.create_task(pool.ask(SLOW)) for _ in range(102)]
        await eventually(lambda: pool.waiting == 100)
        for _ in range(3):
            assert (await pool.ask(QUICK)).outcome is Outcome.ANSWERED
            assert pool.waiting > 90, "the slow ones were still there"
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        assert (await pool.ask(QUICK)).outcome is Outcome.ANSWERED
        assert pool.waiting == 0

    with_pool(mini_root, work)


def test_a_long_query_waits_for_a_place_that_long_ones_may_have(mini_root: Path) -> None:
    async def work(pool: Pool) -> None:
        first, second = (asyncio.create_task(pool.ask(SLOW)) for _ in range(2))
        await eventually(lambda: pool.waiting == 1)
        assert (await pool.ask(QUICK)).outcome is Outcome.ANSWERED
        assert not first.done()
        assert not second.done()
        assert pool.waiting == 1, "the kept worker is not for long ones, even when nobody else wants it"
        first.cancel()
        await eventually(lambda: pool.waiting == 0)
        assert not second.done()
        second.cancel()

    with_pool(mini_root, work, replace(LIMITS, first_seconds=0.3))


def test_when_too_many_wait_the_next_one_is_told_so(mini_root: Path) -> None:
    async def work(pool: Pool) -> None:
        slow = [asyncio.create_task(pool.ask(SLOW)) for _ in range(20)]
        told: list[Reply] = []
        await eventually(lambda: any(task.done() for task in slow))
        told = [task.result() for task in slow if task.done()]
        assert {reply.outcome for reply in told} == {Outcome.BUSY}
        assert b"2 queries wait" in told[0].body
        for task in slow:
            task.cancel()

    with_pool(mini_root, work, replace(LIMITS, waiting=2))


def test_a_client_who_asks_much_holds_no_other_up(mini_root: Path) -> None:
    async def work(pool: Pool) -> None:
        flood = [asyncio.create_task(pool.ask(SLOW, "one")) for _ in range(60)]
        await eventually(lambda: pool.waiting > 30)
        for _ in range(3):
            assert (await pool.ask(QUICK, "other")).outcome is Outcome.ANSWERED
            assert pool.waiting > 30, "the flood was still there"
        for task in flood:
            task.cancel()

    with_pool(mini_root, work)


def test_when_all_places_are_taken_who_has_most_gives_one_up(mini_root: Path) -> None:
    async def work(pool: Pool) -> None:
        flood = [asyncio.create_task(pool.ask(SLOW, "one")) for _ in range(40)]
        await eventually(lambda: pool.waiting >= 4)
        assert (await pool.ask(QUICK, "other")).outcome is Outcome.ANSWERED
        told = [task.result() for task in flood if task.done()]
        assert {reply.outcome for reply in told} == {Outcome.BUSY}
        for task in flood:
            task.cancel()

    with_pool(mini_root, work, replace(LIMITS, waiting=4))


def test_who_waits_too_long_is_told_so(mini_root: Path) -> None:
    async def work(pool: Pool) -> None:
        slow = [asyncio.create_task(pool.ask(SLOW)) for _ in range(4)]
        done, _ = await asyncio.wait(slow, return_when=asyncio.FIRST_COMPLETED)
        reply = done.pop().result()
        assert (reply.outcome, b"within 0.5 s" in reply.body) == (Outcome.BUSY, True)
        for task in slow:
            task.cancel()

    with_pool(mini_root, work, replace(LIMITS, patience=0.5))


def test_a_query_nobody_waits_for_is_no_longer_worked_on(mini_root: Path) -> None:
    async def work(pool: Pool) -> None:
        before = children()
        asking = asyncio.create_task(pool.ask(SLOW))
        await asyncio.sleep(0.2)
        asking.cancel()
        # One that was there has gone, and another one has come.
        await eventually(lambda: len(before - children()) == 1 and len(children()) == len(before))

    with_pool(mini_root, work)


def test_a_worker_that_dies_is_replaced(mini_root: Path) -> None:
    async def work(pool: Pool) -> None:
        asking = asyncio.create_task(pool.ask(SLOW))
        await asyncio.sleep(0.2)
        for worker in children():
            os.kill(worker, signal.SIGTERM)
        assert (await asking).outcome is Outcome.FAILED
        for _ in range(5):
            await pool.ask(QUICK)
        await eventually(lambda: len(children()) == 3)
        assert (await pool.ask(QUICK)).outcome is Outcome.ANSWERED

    with_pool(mini_root, work)


def test_another_store_is_answered_over_from_then_on(mini_root: Path, corpus_root: Path) -> None:
    count = Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", rows="text/csv")

    async def work(pool: Pool) -> None:
        before = await pool.ask(count)
        slow = asyncio.create_task(pool.ask(SLOW))
        await asyncio.sleep(0.2)
        pool.renew(store(corpus_root))
        after = [await pool.ask(count) for _ in range(4)]
        assert before.outcome is Outcome.ANSWERED
        assert before not in after
        assert len(set(after)) == 1
        assert not slow.done(), "what was being asked goes on"
        slow.cancel()

    with_pool(mini_root, work)


def test_a_store_that_is_not_there_is_told_at_the_start(tmp_path: Path) -> None:
    async def run() -> None:
        pool = Pool(tmp_path / "none", 2, LIMITS)
        with pytest.raises(GraphError, match="could not open"):
            await pool.start()

    asyncio.run(run())
    assert not children()


# What a service is that is killed in the middle of a query: its workers notice.
KILLED = """
import asyncio, sys
from pathlib import Path
from avnkg.service.pool import Pool
from avnkg.service.process import Question
from avnkg.service.settings import Limits

async def run():
    pool = Pool(Path(sys.argv[1]), 2, Limits(seconds=300))
    await pool.start()
    asyncio.create_task(pool.ask(Question(sys.argv[2])))
    await asyncio.sleep(0.3)
    print("busy", flush=True)
    await asyncio.sleep(300)

asyncio.run(run())
"""


def test_workers_end_when_the_service_is_killed(mini_root: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(store(mini_root)), SLOW.text]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        assert service.stdout.readline() == "busy\n"
        workers = children(service.pid)
        assert len(workers) == 3
        service.kill()
    end = time.monotonic() + 20
    while any(map(alive, workers)):
        assert time.monotonic() < end, "a worker has outlived the service"
        time.sleep(0.05)


def alive(number: int) -> bool:
    """Return whether a process runs."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_build_meanwhile_breaks_nothing(tmp_path: Path) -> None:
    mini = Path(__file__).resolve().parent.parent / "mini"
    given = inputs((mini / "corpus",), embedded=False, documents=mini / "documents")
    build(given, tmp_path)

    async def work(pool: Pool) -> None:
        for _ in range(3):
            done = await asyncio.to_thread(build, given, tmp_path, again=True)
            assert (await pool.ask(QUICK)).outcome is Outcome.ANSWERED
            pool.renew(done.store)
            assert (await pool.ask(QUICK)).outcome is Outcome.ANSWERED

    with_pool(tmp_path, work)
