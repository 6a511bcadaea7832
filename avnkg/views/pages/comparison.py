"""The comparison of the procedures: what is claimed of each in each respect, by whom, and who contests it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from avnkg.claims.vocabulary import Vocabulary
from avnkg.views.claimcards import Term
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.librarypages import page_of
from avnkg.views.pages.page import Kind, Options, Page
from avnkg.views.pages.procedures import (
    Aspect,
    Procedure,
    Reach,
    local,
    procedures,
    reach,
    spoken_of,
    table,
)
from avnkg.views.pages.readings import Reading, Readings, readings, room

IN_A_CELL = 2
"""Answers that stand in a cell of the table; the others stand below it only."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What some claims say of a procedure: one thing, for or against.

    Attributes:
        anchor: where it stands on the page with its claims.
        reach: whether it is said of the procedure itself, of a step of it, or of what stands above it.
        spoken: what it is said of.
        words: what is said, without yes or no.
        denied: whether it is denied.
        claims: the claims, in reading order.
        voices: how many independent voices they have.
    """

    anchor: str
    reach: Reach
    spoken: Term
    words: str
    denied: bool
    claims: tuple[Reading, ...]
    voices: int

    @property
    def contested(self) -> bool:
        """Whether a claim contradicts one of its claims, gives a rival answer, or is in tension with it."""
        return any(claim.contested for claim in self.claims)

    @property
    def apart(self) -> bool:
        """Whether an opposite claim stands against one of them, and both may hold."""
        return any(claim.apart for claim in self.claims)

    @property
    def conditions(self) -> str:
        """The hedge and the conditions of its claims where they are the same; else that there are some."""
        told = dict.fromkeys(claim.conditional for claim in self.claims)
        return next(iter(told)) if len(told) == 1 else "under different conditions"


@dataclass(frozen=True, slots=True)
class Under:
    """A value on the aspect's axis under which claims on the procedure are made, and how it came to them."""

    value: Term
    standing: str
    claims: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is claimed of a procedure in one respect. `means` is what its name means there, which nobody has to say."""

    procedure: Procedure
    means: Term | None
    answers: tuple[Answer, ...]
    under: tuple[Under, ...] = ()

    @property
    def claimed(self) -> bool:
        """Whether anybody says anything."""
        return bool(self.answers or self.under)

    def of(self, reach: str) -> tuple[Answer, ...]:
        """Return its answers with a reach: `own`, `step` or `general`."""
        return tuple(each for each in self.answers if each.reach == reach)


@dataclass(frozen=True, slots=True)
class Row:
    """An aspect, with a cell for each procedure."""

    aspect: Aspect
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Comparison:
    """What is claimed of the procedures.

    Attributes:
        procedures: the columns.
        rows: the aspects.
        general: answers on names above the procedures, by name, each with its aspect: they stand in several columns.
        complete: whether it is known who stands against a claim, and why.
    """

    procedures: tuple[Procedure, ...]
    rows: tuple[Row, ...]
    general: tuple[tuple[Term, tuple[tuple[Aspect, tuple[Answer, ...]], ...]], ...]
    complete: bool


def comparison(found: Readings, vocabulary: Vocabulary) -> Comparison:
    """Return the comparison that the readings of all claims give."""
    columns = procedures(vocabulary)
    steps = {each.key: _steps(found.claims, each, vocabulary) for each in columns}
    told = tuple(_telling(found.claims, vocabulary))
    rows, shared = [], _Shared(found)
    for aspect in table().aspects:
        cells = [_cell(aspect, each, steps[each.key], told, shared, found, vocabulary) for each in columns]
        rows.append(Row(aspect, tuple(cells)))
    return Comparison(columns, tuple(rows), shared.listed(), found.complete)


_Told = tuple[Aspect, Reading, Term]


def _telling(claims: Iterable[Reading], vocabulary: Vocabulary) -> Iterable[_Told]:
    """Yield the aspects of which each claim tells, and of what."""
    by_predicate: dict[str, list[Aspect]] = defaultdict(list)
    for aspect in table().aspects:
        for name in dict.fromkeys(each.predicate for each in aspect.said):
            by_predicate[name].append(aspect)
    for reading in claims:
        for aspect in by_predicate.get(local(reading.proposition.predicate.address), ()):
            spoken = (term for telling in aspect.said for term in spoken_of(reading, telling, vocabulary))
            for term in dict.fromkeys(spoken):
                yield aspect, reading, term


def _steps(claims: Iterable[Reading], procedure: Procedure, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the names that are said to be steps of a procedure, of it or of every procedure of a kind above it."""
    found = set()
    for reading in claims:
        said = reading.proposition
        if local(said.predicate.address) != table().steps or reading.line.denies or said.object is None:
            continue
        how = reach(reading, said.subject, procedure, vocabulary)
        committed = ("asserts", "defines", "describes") if how is Reach.OWN else ("asserts", "defines")
        if how is not None and reading.line.force in committed:
            found.add(local(said.object.address))
    return frozenset(name for name in found if not vocabulary.is_a(name, table().root))


def _cell(
    aspect: Aspect,
    procedure: Procedure,
    steps: frozenset[str],
    told: Iterable[_Told],
    shared: "_Shared",
    found: Readings,
    vocabulary: Vocabulary,
) -> Cell:
    groups: dict[tuple[Reach, tuple[object, ...]], list[tuple[Reading, Term]]] = defaultdict(list)
    for of, reading, spoken in told:
        if of is not aspect:
            continue
        how = Reach.STEP if local(spoken.address) in steps else reach(reading, spoken, procedure, vocabulary)
        if how is not None:
            groups[how, _question(reading, spoken, how)].append((reading, spoken))
    answers = []
    for number, ((how, _), members) in enumerate(groups.items(), 1):
        spoken, claims = members[0][1], tuple(reading for reading, _ in members)
        if how is Reach.GENERAL:
            answers.append(shared.answer(aspect, spoken, claims))
        else:
            anchor = at.fragment(f"{procedure.key}-{aspect.key}-{number}")
            answers.append(_answer(anchor, how, spoken, claims, found))
    under = _under(aspect, procedure, found.claims, vocabulary) if aspect.axis else ()
    return Cell(procedure, procedure.means.get(aspect.axis or ""), tuple(sorted(answers, key=_weight)), under)


def _question(reading: Reading, spoken: Term, how: Reach) -> tuple[object, ...]:
    """Return by what claims are one answer: all that is said but the procedure's own name, and the stance."""
    said = reading.proposition
    own = how is Reach.OWN and spoken == said.subject
    names = (None if own else said.subject, said.predicate, said.object, said.comparator, said.endpoint)
    amount = " ".join((reading.amount or "").split()).casefold()
    return (*names, amount, reading.line.denies)


def _answer(anchor: str, how: Reach, spoken: Term, claims: tuple[Reading, ...], found: Readings) -> Answer:
    return Answer(anchor, how, spoken, _words(claims[0], spoken), claims[0].line.denies, claims, found.heard(claims))


def _words(reading: Reading, spoken: Term) -> str:
    """Return what a claim says of a name, without yes or no; the name itself is left out where it is the subject."""
    said = reading.proposition
    parts = [] if spoken == said.subject else [said.subject.label]
    parts.append(said.predicate.label)
    if reading.amount:
        parts.append(f": {reading.amount}")
    elif said.object is not None:
        parts.append("this" if spoken == said.object else said.object.label)
    if said.comparator is not None:
        compared = "this" if spoken == said.comparator else said.comparator.label
        parts.append(compared if said.object is None else f"compared with {compared}")
    if said.endpoint is not None:
        parts.append(f"as to {said.endpoint.label}")
    return " ".join(parts).replace(" : ", ": ")


def _under(
    aspect: Aspect, procedure: Procedure, claims: Iterable[Reading], vocabulary: Vocabulary
) -> tuple[Under, ...]:
    """Return the values on an axis that the claims on a procedure state or inherit; what its name means is no news."""
    found: dict[tuple[Term, str], list[Reading]] = defaultdict(list)
    for reading in claims:
        limits = [each for each in reading.limits if each.axis == aspect.axis and each.standing != "definitional"]
        if limits and reach(reading, reading.proposition.subject, procedure, vocabulary) is Reach.OWN:
            for value, standing in dict.fromkeys((value, each.standing) for each in limits for value in each.values):
                found[value, standing].append(reading)
    return tuple(Under(value, standing, tuple(members)) for (value, standing), members in found.items())


def _anchor(name: Term) -> str:
    """Return what anchors of a name on the page begin with."""
    return at.fragment(local(name.address).rpartition("/")[2])


class _Shared:
    """Answers on names above procedures, each made once: the same in every column that it stands in."""

    def __init__(self, found: Readings) -> None:
        self._found = found
        self._made: dict[tuple[object, ...], Answer] = {}
        self._places: dict[Term, dict[Aspect, list[Answer]]] = defaultdict(lambda: defaultdict(list))

    def answer(self, aspect: Aspect, spoken: Term, claims: tuple[Reading, ...]) -> Answer:
        key = (aspect.key, spoken, tuple(claim.id for claim in claims))
        if key not in self._made:
            number = len(self._places[spoken][aspect]) + 1
            anchor = f"{_anchor(spoken)}-{aspect.key}-{number}"
            self._made[key] = _answer(anchor, Reach.GENERAL, spoken, claims, self._found)
            self._places[spoken][aspect].append(self._made[key])
        return self._made[key]

    def listed(self) -> tuple[tuple[Term, tuple[tuple[Aspect, tuple[Answer, ...]], ...]], ...]:
        ordered = sorted(self._places.items(), key=lambda item: (item[0].label.casefold(), item[0].address))
        return tuple(
            (spoken, tuple((aspect, tuple(answers)) for aspect, answers in places.items()))
            for spoken, places in ordered
        )


_REACHES = tuple(Reach)


def _weight(answer: Answer) -> tuple[int, bool, int, int]:
    """Order answers: on the procedure itself first, contested ones before others, then what most voices say."""
    return _REACHES.index(answer.reach), not answer.contested, -answer.voices, -len(answer.claims)


def comparison_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page that compares the procedures."""
    context = {
        "comparison": archive.kept(_comparison),
        "objections": readings(archive).objections,
        "documents": archive.documents,
        "page_of": partial(page_of, archive),
        "anchor": _anchor,
        "most_claims": room(archive).claims,
        "most_answers": room(archive).answers,
        "in_a_cell": IN_A_CELL,
    }
    return Page(address, "The procedures compared", "comparison.html", context)


def _comparison(archive: Archive) -> Comparison:
    return comparison(readings(archive), archive.graph.vocabulary)


COMPARISON = Kind(lambda archive: [at.COMPARISON], comparison_page)
