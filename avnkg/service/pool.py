"""A fixed number of workers, and who is asked next.

A query starts wherever a worker is free. It is quick until it has run for a second, then it is long. One worker is
kept from long queries: when all others run some, a query that is no longer quick on the kept one is ended there and
waits, in the order of arrival, for a worker that long queries may have. New queries that wait for the kept worker are
taken from both ends in turn, the newest and the oldest, and while any wait, a query has a quarter of a second on it. So
a new quick query is answered soon, however many slow ones came before it, and none is passed over for ever.

Clients are served in turn, whoever of them asks how much. When all places to wait are taken, who has fewer of them than
another gets the last one of who has most.
"""

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

from avnkg.errors import GraphError
from avnkg.service.lines import Lines
from avnkg.service.process import Question, Reply, Worker, start_worker
from avnkg.service.settings import MIB, Limits
from avnkg.service.worker import Outcome

_log = logging.getLogger(__name__)
TURN = 0.25
"""Seconds that a query has on the kept worker while others wait for it."""
CLOCK = 0.001
"""Seconds by which a timer may be early."""
AGAIN = 1
"""Seconds until a worker that did not start is started again."""


@dataclass(eq=False)
class _Asked:
    """A question that is waiting or being answered."""

    line: bytes
    client: str
    reply: asyncio.Future[Reply]
    worker: Worker | None = None
    began: float = 0
    long: bool = False
    late: bool = False
    again: bool = False
    timer: asyncio.TimerHandle | None = None


class Pool:
    """Workers over one store, in the event loop in which it is started."""

    def __init__(self, folder: Path, workers: int, limits: Limits) -> None:
        """Store what to start; at least two workers: one is kept for quick queries."""
        self.folder = folder
        self.limits = limits
        self._size = max(2, workers)
        self._idle: list[Worker] = []
        self._spare: list[Worker] = []
        self._busy: set[_Asked] = set()
        self._new: Lines[_Asked] = Lines(both_ends=True)
        self._long: Lines[_Asked] = Lines()
        self._starting = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def start(self) -> None:
        """Start the workers, and one more that takes the place of the next that is ended.

        Raises:
            GraphError: one did not start.
        """
        starting = [start_worker(self.folder, self.limits) for _ in range(self._size + 1)]
        started = await asyncio.gather(*starting, return_exceptions=True)
        self._idle = [each for each in started if isinstance(each, Worker)]
        faults = [each for each in started if isinstance(each, BaseException)]
        if faults:
            await self.stop()
            raise faults[0]
        self._spare = [self._idle.pop()]

    async def stop(self) -> None:
        """End all workers; who still waits is told so, and who asks later."""
        self._stopped = True
        told = _stopping()
        for asked in (*self._new, *self._long, *self._busy):
            if asked.timer:
                asked.timer.cancel()
            if asked.worker:
                asked.worker.kill()
            _tell(asked, told)
        left = [*self._idle, *self._spare]
        self._idle.clear()
        self._spare.clear()
        await asyncio.gather(*(worker.end() for worker in left))
        # Workers that are just starting are waited for: a process that nobody knows of could not be ended.
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def renew(self, folder: Path) -> None:
        """Answer over another store from now on; what is being asked is still answered over the old one."""
        self.folder = folder
        for worker in (*self._idle, *self._spare):
            self._run(worker.end())
        self._idle.clear()
        self._spare.clear()
        self._fill()

    @property
    def waiting(self) -> int:
        """How many questions wait for a worker."""
        return len(self._new) + len(self._long)

    async def ask(self, question: Question, client: str = "") -> Reply:
        """Return what came of a client's question. When the caller is cancelled, the question is too."""
        asked = _Asked(question.line, client, asyncio.get_running_loop().create_future())
        if self._stopped:
            return _stopping()
        if not self._idle and len(self._new) >= self.limits.waiting and not self._made_room(asked, self._new):
            return _full(self.limits.waiting)
        self._wait(asked, self._new)
        self._fill()
        if self._new:
            self._hurry()
        try:
            return await asked.reply
        finally:
            if not asked.reply.done() or asked.reply.cancelled():
                self._forget(asked)

    def _made_room(self, asked: _Asked, lines: Lines[_Asked]) -> bool:
        """Return whether a question got the place of another client that waits for more."""
        other = lines.place_from(asked.client)
        if other is not None:
            self._forget(other)
            _tell(other, _full(self.limits.waiting))
        return other is not None

    def _wait(self, asked: _Asked, lines: Lines[_Asked]) -> None:
        lines.add(asked)
        patience = self.limits.patience
        reason = f"no worker became free within {patience:g} s; try again later"
        asked.timer = asyncio.get_running_loop().call_later(patience, self._drop, asked, reason)

    def _drop(self, asked: _Asked, reason: str) -> None:
        self._forget(asked)
        _tell(asked, Reply.without_answer(Outcome.BUSY, reason))

    def _forget(self, asked: _Asked) -> None:
        if asked.timer:
            asked.timer.cancel()
        self._new.remove(asked)
        self._long.remove(asked)
        if asked.worker:
            asked.worker.kill()

    def _give(self) -> None:
        """Give questions that wait to workers that are free."""
        for worker in [each for each in self._idle if each.ended]:
            self._idle.remove(worker)
            self._run(worker.end())
        while self._idle:
            asked = self._next()
            if asked is None:
                return
            if asked.timer:
                asked.timer.cancel()
            asked.worker, asked.began, asked.again = self._idle.pop(), asyncio.get_running_loop().time(), False
            self._busy.add(asked)
            self._watch(asked)
            self._run(self._answer(asked, asked.worker))

    def _next(self) -> _Asked | None:
        asked = self._long.next() if self._longs < self._size - 1 else None
        if asked is None:
            return self._new.next()
        asked.long = True
        return asked

    @property
    def _longs(self) -> int:
        return sum(asked.long for asked in self._busy)

    def _allowed(self, asked: _Asked) -> float:
        """Return the seconds that a question has: its whole time, or that of a quick one."""
        if asked.long:
            return self.limits.seconds
        return min(self.limits.seconds, self.limits.first_seconds, TURN if self._new else self.limits.first_seconds)

    def _watch(self, asked: _Asked) -> None:
        """Look at a question again when its time is over."""
        if asked.timer:
            asked.timer.cancel()
        loop = asyncio.get_running_loop()
        asked.timer = loop.call_at(max(loop.time(), asked.began + self._allowed(asked)), self._overdue, asked)

    def _hurry(self) -> None:
        """Shorten the time of what runs as quick: others wait."""
        for asked in self._busy:
            if not asked.long:
                self._watch(asked)

    def _overdue(self, asked: _Asked) -> None:
        ran = asyncio.get_running_loop().time() - asked.began + CLOCK
        assert asked.worker is not None
        if ran >= self.limits.seconds:
            asked.late = True
            asked.worker.kill()
        elif ran < self._allowed(asked):  # those that waited are served
            self._watch(asked)
        elif self._longs < self._size - 1:
            asked.long = True
            self._watch(asked)
        else:
            asked.again = True
            asked.worker.kill()

    async def _answer(self, asked: _Asked, worker: Worker) -> None:
        reply = await worker.ask(asked.line)
        if asked.timer:
            asked.timer.cancel()
        self._busy.discard(asked)
        asked.worker = None
        whole = reply is not None and reply.outcome is not Outcome.MEMORY
        if whole and worker.folder == self.folder and not asked.late and not asked.again:
            self._idle.append(worker)
        else:
            worker.kill()
            self._run(worker.end())
        await self._settle(asked, worker, reply)
        self._fill()

    async def _settle(self, asked: _Asked, worker: Worker, reply: Reply | None) -> None:
        """Tell what came of a question, or let it wait for another worker."""
        if reply is None and asked.late:
            reply = Reply.without_answer(Outcome.SLOW, f"the query took longer than {self.limits.seconds:g} s")
        elif reply is None and asked.again:
            if not asked.reply.done():
                self._put_back(asked)
            return
        elif reply is None:
            reply = await worker.cause()
        if reply.outcome is Outcome.MEMORY:
            most = self.limits.memory // MIB
            if not asked.reply.done():  # else it was we who ended it
                _log.warning(
                    "a query needed more memory than %s MiB, so it was ended; --memory gives more", f"{most:,}"
                )
            reply = Reply.without_answer(Outcome.MEMORY, f"the query needs more memory than {most:,} MiB")
        _tell(asked, reply)

    def _put_back(self, asked: _Asked) -> None:
        if len(self._long) >= self.limits.waiting and not self._made_room(asked, self._long):
            _tell(asked, _full(self.limits.waiting))
        else:
            self._wait(asked, self._long)

    def _fill(self) -> None:
        """Put the spare worker into an empty place, start as many as are missing, and go on."""
        if self._stopped:
            return
        self._spare = [worker for worker in self._spare if not worker.ended]
        while self._spare and len(self._idle) + len(self._busy) < self._size:
            self._idle.append(self._spare.pop())
        have = len(self._idle) + len(self._busy) + len(self._spare) + self._starting
        for _ in range(self._size + 1 - have):
            self._starting += 1
            self._run(self._start_one())
        self._give()

    async def _start_one(self) -> None:
        try:
            worker = await start_worker(self.folder, self.limits)
        except GraphError:
            await asyncio.sleep(AGAIN)  # a build may be on its way; the next one is looked for meanwhile
        else:
            if self._stopped or worker.folder != self.folder:
                await worker.end()
            else:
                self._spare.append(worker)
        finally:
            self._starting -= 1
        self._fill()

    def _run(self, work: "asyncio._CoroutineLike[None]") -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _tell(asked: _Asked, reply: Reply) -> None:
    if not asked.reply.done():
        asked.reply.set_result(reply)


def _full(waiting: int) -> Reply:
    return Reply.without_answer(Outcome.BUSY, f"all workers are busy and {waiting} queries wait; try again later")


def _stopping() -> Reply:
    return Reply.without_answer(Outcome.BUSY, "the service is stopping")
