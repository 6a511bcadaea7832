"""Smallest sets: of statements that clash, of axioms that make them clash, of statements to give up.

Each search is a generator: it yields the theories that it wants to know about and is sent, for each, whether it
clashes. So many searches share one run of the reasoner.
"""

from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from itertools import count
from typing import TypeVar

from avnkg.ontology.axioms import Axiom

T = TypeVar("T")
Theory = frozenset[Axiom]
Search = Generator[Sequence[Theory], Sequence[bool], None]
WAYS = 14
"""Into how many parts a list is cut at once: more parts, fewer runs, each longer."""

AT_ONCE = 40
"""Up to so many candidates are first left out one by one, in one run: mostly that is all."""


def smallest(
    fixed: Theory, candidates: Sequence[Axiom]
) -> Generator[Sequence[Theory], Sequence[bool], frozenset[Axiom]]:
    """Search for axioms of which none can be spared: with `fixed` they clash, without one of them no more.

    All candidates together must clash. The first place at which a list clashes shows an axiom that is needed; the
    rest of the list is not.
    """
    kept: list[Axiom] = []
    left = list(candidates)
    if 1 < len(left) <= AT_ONCE:
        answers = yield one_left_out(fixed, left)
        kept = [axiom for axiom, clashes in zip(left, answers, strict=True) if not clashes]
        left = [axiom for axiom, clashes in zip(left, answers, strict=True) if clashes]
    while True:
        without, all_of_it = -1, len(left)  # the list up to here does not clash; does
        while all_of_it - without > 1:
            places = _places(without, all_of_it)
            answers = yield [fixed.union(kept, left[:place]) for place in places]
            clashing = [place for place, clashes in zip(places, answers, strict=True) if clashes]
            peaceful = [place for place, clashes in zip(places, answers, strict=True) if not clashes]
            all_of_it = min(clashing, default=all_of_it)
            without = max((place for place in peaceful if place < all_of_it), default=without)
        if all_of_it == 0:
            return frozenset(kept)
        kept.append(left[all_of_it - 1])
        left = left[: all_of_it - 1]


def one_left_out(fixed: Theory, candidates: Sequence[Axiom]) -> list[Theory]:
    """Return the theories that lack one candidate each: what clashes no more lacks what every conflict needs."""
    return [fixed.union(candidates[:place], candidates[place + 1 :]) for place in range(len(candidates))]


def _places(low: int, high: int) -> list[int]:
    """Return places between two others, evenly; when nothing is known yet, the empty list is among them."""
    inner = {low + (high - low) * part // WAYS for part in range(1, WAYS)} - {low, high}
    return sorted(inner | ({0} if low < 0 < high else set()) or {low + 1})


def conflicts_in(fixed: Theory, stated: Theory, known: list[Theory], found: Callable[[Theory], None]) -> Search:
    """Search for every smallest set of statements that clash over `fixed`, telling each new one to `found`.

    Reiter's tree, level by level: what is given up on the way to a node hits every conflict above it; where the rest
    still clashes there is another one. A conflict in `known` that the rest holds needs no asking.
    """
    level: list[Theory] = [frozenset()]
    seen: set[Theory] = set()
    peaceful: list[Theory] = []
    while level:
        nodes = [node for node in level if not any(leaf <= node for leaf in peaceful)]
        open_nodes = [node for node in nodes if _among(known, stated - node) is None]
        answers = yield [fixed | (stated - node) for node in open_nodes]
        peaceful += [node for node, clashes in zip(open_nodes, answers, strict=True) if not clashes]
        clashing = set(nodes).difference(peaceful)
        level = []
        for node in nodes:
            if node not in clashing:
                continue
            conflict = _among(known, stated - node)
            if conflict is None:
                conflict = yield from smallest(fixed, in_order(stated - node))
                if conflict not in known:
                    known.append(conflict)
                    found(conflict)
            for axiom in in_order(conflict):
                child = node | {axiom}
                if child not in seen:
                    seen.add(child)
                    level.append(child)


def _among(known: Sequence[Theory], left: Theory) -> Theory | None:
    return next((conflict for conflict in known if conflict <= left), None)


def in_order(axioms: Iterable[Axiom]) -> list[Axiom]:
    """Return axioms in the order of their names."""
    return sorted(axioms, key=lambda axiom: axiom.name)


def together(searches: Iterable[Search], ask: Callable[[Sequence[Theory]], Sequence[bool]]) -> None:
    """Run searches side by side: what all of them want to know next is asked at once."""
    wanted: list[tuple[Search, Sequence[Theory]]] = []
    for search in searches:
        _step(search, None, wanted)
    while wanted:
        asked, wanted = wanted, []
        answers = iter(ask([theory for _, theories in asked for theory in theories]))
        for search, theories in asked:
            _step(search, [next(answers) for _ in theories], wanted)


def _step(search: Search, answers: Sequence[bool] | None, wanted: list[tuple[Search, Sequence[Theory]]]) -> None:
    try:
        wanted.append((search, next(search) if answers is None else search.send(answers)))
    except StopIteration:
        return


def hitting_sets(conflicts: Sequence[Collection[T]], most: int) -> tuple[list[frozenset[T]], bool]:
    """Return smallest sets that hold a part of every conflict, the small ones first, and whether that is all."""
    found: list[frozenset[T]] = []
    level: list[frozenset[T]] = [frozenset()]
    steps = count()
    while level:
        deeper: dict[frozenset[T], None] = {}
        for chosen in level:
            if any(hit <= chosen for hit in found):
                continue
            if next(steps) > most * 50:
                return found, False
            missed = next((conflict for conflict in conflicts if chosen.isdisjoint(conflict)), None)
            if missed is None:
                if len(found) == most:
                    return found, False
                found.append(chosen)
            else:
                deeper.update((chosen | {part}, None) for part in missed)
        level = list(deeper)
    return found, True
