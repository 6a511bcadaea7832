"""Which procedures the tables compare, in which respects, and of which of them a claim speaks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from avnkg import vocab
from avnkg.claims.kinds import Takes
from avnkg.claims.vocabulary import Vocabulary
from avnkg.views.claimcards import Term
from avnkg.views.pages.readings import Reading


@dataclass(frozen=True, slots=True)
class Telling:
    """A predicate that tells of an aspect, `of` the `subject` or the `object`; with `objects` only of these."""

    predicate: str
    of: str = "subject"
    objects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aspect:
    """What procedures are compared by: its predicates, and the axis of scope that it has."""

    key: str
    label: str
    why: str
    said: tuple[Telling, ...]
    axis: str | None = None


@dataclass(frozen=True)
class Table:
    """What is compared: `comparison.yaml` as values."""

    root: str
    procedures: tuple[tuple[str, ...], ...]
    aspects: tuple[Aspect, ...]
    outcomes: frozenset[str]
    stages: Mapping[str, bool]
    steps: str
    left_out: Mapping[str, str]


@cache
def table() -> Table:
    """Return what is compared."""
    read: dict[str, Any] = yaml.safe_load((files("avnkg.views.pages") / "comparison.yaml").read_text(encoding="utf-8"))
    stages = {name: name in read["stages"]["against"] for part in ("for", "against") for name in read["stages"][part]}
    return Table(
        read["root"],
        tuple(tuple(each["names"]) for each in read["procedures"]),
        tuple(_aspect(each) for each in read["aspects"]),
        frozenset(read["outcomes"]),
        stages,
        read["steps"],
        read["left_out"],
    )


def _aspect(read: dict[str, Any]) -> Aspect:
    said = tuple(
        Telling(each["predicate"], each.get("of", "subject"), tuple(each.get("objects", ()))) for each in read["said"]
    )
    return Aspect(read["key"], read["label"], read["why"], said, read.get("axis"))


class Reach(StrEnum):
    """How a claim comes to speak of a procedure.

    `OWN`: of it, or of a kind of it, by name or by conditions that make up what the name means. `STEP`: of a step of
    it. `GENERAL`: of what stands above it.
    """

    OWN = "own"
    STEP = "step"
    GENERAL = "general"


@dataclass(frozen=True)
class Procedure:
    """A procedure that is compared.

    Attributes:
        names: its names in the ontology, the first is shown.
        label: what it is called.
        definition: what the ontology says in words.
        means: what its name means, by axis key.
        above: the names above it that are treatments too.
    """

    names: tuple[str, ...]
    label: str
    definition: str
    means: Mapping[str, Term]
    above: frozenset[str]

    @property
    def key(self) -> str:
        """The name that is shown."""
        return self.names[0]


def procedures(vocabulary: Vocabulary) -> tuple[Procedure, ...]:
    """Return the procedures that are compared, as an ontology has them; those that it does not know are left out."""
    known = [names for names in table().procedures if names[0] in vocabulary.terms]
    return tuple(_procedure(names, vocabulary) for names in known)


def _procedure(names: tuple[str, ...], vocabulary: Vocabulary) -> Procedure:
    term = vocabulary.terms[names[0]]
    defined = vocabulary.defined.get(names[0])
    means = {axis: term_of(value, vocabulary) for axis, value in defined.values.items()} if defined else {}
    above = {
        name
        for own in names
        for name in vocabulary.ancestors.get(own, ())
        if name not in names and vocabulary.is_a(name, table().root)
    }
    return Procedure(names, term.label, term.definition, means, frozenset(above))


def term_of(name: str, vocabulary: Vocabulary) -> Term:
    """Return a name of the ontology with its label."""
    known = vocabulary.terms.get(name)
    return Term(vocab.AVN + name, known.label if known else name)


def local(address: str) -> str:
    """Return the name of an address in the ontology; any other address as it is."""
    return address.removeprefix(vocab.AVN)


def reach(reading: Reading, spoken: Term, procedure: Procedure, vocabulary: Vocabulary) -> Reach | None:
    """Return how a claim that speaks of some name speaks of a procedure; None where it does not."""
    said = reading.proposition
    if said.kind is not None and spoken == said.subject:
        return _other_than(local(said.kind), {local(each) for each in said.excludes}, procedure, vocabulary)
    name = local(spoken.address)
    if any(vocabulary.is_a(name, own) for own in procedure.names):
        return Reach.OWN
    if name not in procedure.above:
        return None
    given = {axis: [local(value.address) for value in reading.values(axis)] for axis in procedure.means}
    for axis, meant in procedure.means.items():
        if given[axis] and not any(_meet(value, local(meant.address), vocabulary) for value in given[axis]):
            return None
    answered = _answered(reading, vocabulary)
    made_up = bool(procedure.means) and all(
        any(vocabulary.is_a(value, local(meant.address)) for value in [*given[axis], *answered.get(axis, ())])
        for axis, meant in procedure.means.items()
    )
    stated = any(given.values())
    return Reach.OWN if made_up and stated else Reach.GENERAL


def _other_than(kind: str, excluded: set[str], procedure: Procedure, vocabulary: Vocabulary) -> Reach | None:
    """Return whether `any other thing of a kind than …` reaches a procedure: what it leaves out it does not."""
    if any(vocabulary.is_a(own, each) for own in procedure.names for each in excluded):
        return None
    return Reach.GENERAL if kind in procedure.above or kind in procedure.names else None


def _answered(reading: Reading, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return the value that a claim affirms on an axis by what it says, as `delivers to` does."""
    said = reading.proposition
    predicate = vocabulary.predicates.get(local(said.predicate.address))
    if predicate is None or predicate.axis is None or said.object is None or reading.line.denies:
        return {}
    return {predicate.axis: [local(said.object.address)]}


def _meet(one: str, other: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.is_a(one, other) or vocabulary.is_a(other, one)


def spoken_of(reading: Reading, telling: Telling, vocabulary: Vocabulary) -> Iterable[Term]:
    """Yield the names of which a claim tells something; comparisons tell of both sides."""
    said = reading.proposition
    if local(said.predicate.address) != telling.predicate:
        return
    if telling.objects:
        name = local(said.object.address) if said.object else ""
        if not any(vocabulary.is_a(name, each) for each in telling.objects):
            return
    if telling.of == "object":
        if said.object is not None:
            yield said.object
        return
    yield said.subject
    known = vocabulary.predicates.get(telling.predicate)
    if known is not None and known.takes is Takes.COMPARISON and said.comparator is not None:
        yield said.comparator
