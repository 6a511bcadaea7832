"""The ontology as a page: its names by branch, the systems of stages, the axes of scope, and how answers compete."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from avnkg import vocab
from avnkg.claims.vocabulary import Predicate, Term, Vocabulary
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.page import Kind, Options, Page


@dataclass(frozen=True, slots=True)
class Branch:
    """A name with the names below it; `elsewhere` are the other names that it stands below too."""

    term: Term
    below: tuple["Branch", ...] = ()
    elsewhere: tuple[Term, ...] = ()

    @property
    def size(self) -> int:
        """How many names it has, itself included; one that stands in two places counts twice."""
        return 1 + sum(each.size for each in self.below)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a system, and the pieces of the disease's course that it surely and perhaps covers."""

    label: str
    name: str
    surely: tuple[str, ...]
    perhaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AxisEntry:
    """An axis of scope: its key in files, what it is, and the name above all its values."""

    key: str
    term: Term
    range: Term


@dataclass(frozen=True, slots=True)
class PredicateEntry:
    """A predicate: what it means, what a bare statement with it says, and what competes with it.

    Attributes:
        term: its name, label and definition.
        bare: how many cases a bare statement covers, in words.
        one_answer: in words how several answers compete; empty where they do not.
        opposed: predicates that cannot hold along with it.
        written_as: the predicate in whose form it is written, or None; `swapped` with subject and object exchanged.
        axis: the axis on which its object is a value, or None.
    """

    term: Term
    bare: str
    one_answer: str
    opposed: tuple[Term, ...]
    written_as: Term | None
    swapped: bool
    axis: str | None


@dataclass(frozen=True)
class Overview:
    """What the page shows.

    Attributes:
        branches: the names by branch.
        alone: names with nothing above or below them.
        systems: staging systems with their stages.
        pieces: the pieces of the disease's course that stages are translated into.
        axes: the axes of scope.
        predicates: the predicates by what they take.
        disjoint: for a name, those that it shuts out; each pair stands once.
    """

    branches: tuple[Branch, ...]
    alone: tuple[Term, ...]
    systems: tuple[tuple[Term, tuple[Stage, ...]], ...]
    pieces: tuple[Term, ...]
    axes: tuple[AxisEntry, ...]
    predicates: Mapping[str, tuple[PredicateEntry, ...]]
    disjoint: tuple[tuple[Term, tuple[Term, ...]], ...]


_TAKES = {
    "relation": "Between two things",
    "comparison": "Comparisons",
    "amount": "Amounts",
    "text": "Names and meanings, in printed words",
}


def ontology_overview(archive: Archive) -> Overview:
    """Return what the page on the ontology shows."""
    vocabulary = archive.graph.vocabulary
    branches = _branches(vocabulary)
    return Overview(
        tuple(each for each in branches if each.below),
        tuple(each.term for each in branches if not each.below),
        _systems(archive),
        _terms(_pieces(vocabulary), vocabulary),
        tuple(
            AxisEntry(key, vocabulary.terms[axis.name], vocabulary.terms[axis.range])
            for key, axis in sorted(vocabulary.axes.items())
        ),
        _predicates(vocabulary),
        tuple(_disjoint(vocabulary)),
    )


def _branches(vocabulary: Vocabulary) -> tuple[Branch, ...]:
    names = [name for name in vocabulary.terms if name not in vocabulary.model]
    below: dict[str, list[str]] = defaultdict(list)
    tops = []
    for name in names:
        above = _above(name, vocabulary)
        for each in above:
            below[each].append(name)
        if not above:
            tops.append(name)

    def branch(name: str, parent: str | None) -> Branch:
        others = (each for each in _above(name, vocabulary) if each != parent)
        inner = tuple(branch(each, name) for each in _by_label(below[name], vocabulary))
        return Branch(vocabulary.terms[name], inner, _terms(others, vocabulary))

    return tuple(branch(name, None) for name in _by_label(tops, vocabulary))


def _above(name: str, vocabulary: Vocabulary) -> list[str]:
    """Return the names right above a name that claims may speak of."""
    return [
        each for each in vocabulary.terms[name].parents if each in vocabulary.terms and each not in vocabulary.model
    ]


def _systems(archive: Archive) -> tuple[tuple[Term, tuple[Stage, ...]], ...]:
    terms = archive.graph.vocabulary.terms
    found: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in archive.graph.query("provenance/staging-systems"):
        piece = row.pieceLabel.removeprefix("stage atom ")
        found[_local(row.system)][_local(row.stage)][row.cover].append(piece)
    return tuple(
        (
            terms[system],
            tuple(
                Stage(terms[stage].label, stage, tuple(covers["surely"]), tuple(covers["perhaps"]))
                for stage, covers in stages.items()
                if stage in terms
            ),
        )
        for system, stages in found.items()
        if system in terms
    )


def _pieces(vocabulary: Vocabulary) -> list[str]:
    return sorted({atom for cover in vocabulary.competition.covers.values() for atom in cover.possible})


def _predicates(vocabulary: Vocabulary) -> dict[str, tuple[PredicateEntry, ...]]:
    found: dict[str, list[PredicateEntry]] = {label: [] for label in _TAKES.values()}
    for name in _by_label(vocabulary.predicates, vocabulary):
        found[_TAKES[vocabulary.predicates[name].takes.value]].append(
            _predicate(vocabulary.predicates[name], vocabulary)
        )
    return {label: tuple(entries) for label, entries in found.items() if entries}


def _predicate(found: Predicate, vocabulary: Vocabulary) -> PredicateEntry:
    terms = vocabulary.terms
    return PredicateEntry(
        terms[found.name],
        terms[found.bare].label,
        terms[found.one_answer].definition if found.one_answer else "",
        _terms(sorted(found.opposed), vocabulary),
        terms[found.written_as] if found.written_as else None,
        found.swapped,
        found.axis,
    )


def _disjoint(vocabulary: Vocabulary) -> Iterable[tuple[Term, tuple[Term, ...]]]:
    told: set[frozenset[str]] = set()
    for name in _by_label(vocabulary.competition.disjoint, vocabulary):
        shut = [
            each
            for each in _by_label(vocabulary.competition.disjoint[name], vocabulary)
            if frozenset((name, each)) not in told
        ]
        told.update(frozenset((name, each)) for each in shut)
        if shut:
            yield vocabulary.terms[name], _terms(shut, vocabulary)


def _by_label(names: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    return sorted(
        (name for name in names if name in vocabulary.terms),
        key=lambda name: (vocabulary.terms[name].label.casefold(), name),
    )


def _terms(names: Iterable[str], vocabulary: Vocabulary) -> tuple[Term, ...]:
    return tuple(vocabulary.terms[name] for name in names if name in vocabulary.terms)


def _local(address: str) -> str:
    return address.removeprefix(vocab.AVN)


def ontology_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of the ontology."""
    context = {"ontology": archive.kept(ontology_overview), "concepts": archive.concepts}
    return Page(address, "The ontology", "ontology.html", context)


ONTOLOGY = Kind(lambda archive: [at.ONTOLOGY], ontology_page)
