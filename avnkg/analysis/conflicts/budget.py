"""What a search may spend on the reasoner, and what it has been told already."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from avnkg.analysis.conflicts.repairs import Theory
from avnkg.ontology.oracle import Oracle

_AXIOMS_A_RUN = 2_000
"""So many axioms in one run take HermiT some two seconds; twice as many take three times as long."""


class Cut(Exception):
    """A cap was reached: the search ends, and what was found stays."""


class Budget:
    """Asks the reasoner, never twice the same, and stops at the caps."""

    def __init__(self, oracle: Oracle, seconds: float, runs: int) -> None:
        """Start the clock."""
        self.oracle, self.seconds, self.runs = oracle, seconds, runs
        self.started, self.ran, self.share = monotonic(), 0, 1.0
        self._known: dict[Theory, frozenset[str]] = {}

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return monotonic() - self.started

    def in_time(self) -> bool:
        """Tell whether there is time left."""
        return self.left > 0

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self.seconds * self.share - self.spent

    @contextmanager
    def until(self, share: float) -> Iterator[None]:
        """Keep a part of the time back: inside, time is over when a share of it is spent."""
        self.share = share
        try:
            yield
        finally:
            self.share = 1.0

    def impossible(self, theories: Sequence[Theory]) -> list[frozenset[str]]:
        """Return, for each theory, the concepts of which there can be no case.

        Raises:
            Cut: a cap was reached before all answers were there.
        """
        for batch in _batches([theory for theory in dict.fromkeys(theories) if theory not in self._known]):
            if not self.in_time():
                raise Cut(out_of_time(self.seconds))
            if self.ran == self.runs:
                raise Cut(f"stopped at the cap of {self.runs:,} run{'' if self.runs == 1 else 's'} of the reasoner")
            self.ran += 1
            try:
                answers = self.oracle.unsatisfiable(batch, seconds=self.left)
            except TimeoutError as fault:
                raise Cut(out_of_time(self.seconds)) from fault
            self._known.update(zip(batch, answers, strict=True))
        return [self._known[theory] for theory in theories]

    def clashes(self, theories: Sequence[Theory]) -> list[bool]:
        """Return, for each theory, whether any concept is impossible in it."""
        return [bool(found) for found in self.impossible(theories)]


def out_of_time(seconds: float) -> str:
    """Return how it is told that the time was up."""
    return f"stopped at the limit of {seconds:g} s"


def _batches(theories: Sequence[Theory]) -> Iterable[list[Theory]]:
    batch: list[Theory] = []
    size = 0
    for theory in theories:
        if batch and size + len(theory) > _AXIOMS_A_RUN:
            yield batch
            batch, size = [], 0
        batch.append(theory)
        size += len(theory)
    if batch:
        yield batch
