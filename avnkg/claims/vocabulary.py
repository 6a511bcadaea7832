"""The ontology as claims see it: names, predicates, hedges, axes and defined names.

Nothing here reads RDF: `avnkg.ontology.reading` does, and hands over these values.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property

from avnkg.claims.kinds import Force, Stance, Takes


@dataclass(frozen=True, slots=True)
class Term:
    """A name of the ontology with its label, the synonyms that documents use, and its definition."""

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    definition: str = ""
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate that claims use.

    `written_as` is the predicate that it is normalised to, with the arguments swapped when `swapped`. `advice`
    holds, for force and stance, the property of its own that a piece of advice is written with. `one_answer` is the
    rule by which different objects compete, `opposed` what cannot hold along with it; a `symmetric` one asks the same
    in both orders; with `reaches_parts` what is said of a part is said of the whole. `presumes` are predicates that a
    statement with this one takes for granted; one that `singles_out` says nothing of a narrower or a wider scope.
    """

    name: str
    takes: Takes
    bare: str
    written_as: str | None = None
    swapped: bool = False
    axis: str | None = None
    advice: Mapping[tuple[Force, Stance], str] = field(default_factory=dict)
    one_answer: str | None = None
    opposed: frozenset[str] = frozenset()
    symmetric: bool = False
    reaches_parts: bool = False
    presumes: frozenset[str] = frozenset()
    singles_out: bool = False


@dataclass(frozen=True, slots=True)
class Hedge:
    """A printed hedge and the share of cases that it is read as."""

    name: str
    label: str
    low: Decimal
    high: Decimal
    low_open: bool
    high_open: bool

    @property
    def interval(self) -> tuple[Decimal, Decimal, bool, bool]:
        """The bounds, and whether each is left out itself."""
        return self.low, self.high, self.low_open, self.high_open

    @property
    def rest(self) -> tuple[Decimal, Decimal, bool, bool]:
        """The interval of the cases that it does not speak of."""
        return 1 - self.high, 1 - self.low, self.high_open, self.low_open


@dataclass(frozen=True, slots=True)
class Axis:
    """A dimension of scope: its key in files, its IRI's name, and the class its values belong to."""

    key: str
    name: str
    range: str


@dataclass(frozen=True, slots=True)
class Definition:
    """What a name means: a kind with values on axes, by axis key."""

    kind: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cover:
    """The atoms of the disease's course that a stage surely has, and those that it may have (the sure ones too)."""

    sure: frozenset[str]
    possible: frozenset[str]


@dataclass(frozen=True)
class Competition:
    """What the ontology says of names shutting each other out or holding each other.

    Attributes:
        disjoint: for a name, the names that it is said to be disjoint from.
        wholes: for a name, all that it is a part of.
        covers: for a stage, its atoms.
        complements: for a value, the one that it is the complement of.
        relative: values that mean what their speaker means by them.
    """

    disjoint: Mapping[str, frozenset[str]] = field(default_factory=dict)
    wholes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    covers: Mapping[str, Cover] = field(default_factory=dict)
    complements: Mapping[str, str] = field(default_factory=dict)
    relative: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Vocabulary:
    """All names that claims may use.

    Attributes:
        terms: concepts, individuals and predicates by name.
        predicates: claim predicates by name.
        hedges: by their words, lower case.
        axes: by key.
        defined: for a defined name, its kind and its values by axis key.
        ancestors: for a name, itself and all that is above it.
        advice: for force and stance, the property that advice is written with unless a predicate has its own.
        competition: what shuts out or holds what.
        model: names of what claims are made of, of which no document speaks: `Claim`, `Affirms`, all properties.
        open: whether a name that is not known stands for itself.

    >>> import avnkg
    >>> vocabulary = avnkg.load().vocabulary
    >>> vocabulary.find("osteonecrosis"), vocabulary.is_a("CoreDecompression", "Procedure")
    ('Osteonecrosis', True)
    """

    terms: Mapping[str, Term]
    predicates: Mapping[str, Predicate]
    hedges: Mapping[str, Hedge]
    axes: Mapping[str, Axis]
    defined: Mapping[str, Definition]
    ancestors: Mapping[str, frozenset[str]]
    advice: Mapping[tuple[Force, Stance], str]
    competition: Competition = field(default_factory=Competition)
    model: frozenset[str] = frozenset()
    open: bool = False

    def knows(self, name: str) -> bool:
        """Return whether a name may stand in a claim."""
        return self.open or name in self.terms

    def advice_for(self, predicate: str, force: Force, stance: Stance) -> str:
        """Return the property that a piece of advice is written with."""
        known = self.predicates.get(predicate)
        own = known.advice.get((force, stance)) if known else None
        return own or self.advice[force, stance]

    def is_a(self, name: str, kind: str) -> bool:
        """Return whether a name is a kind, or below it."""
        return kind in self.ancestors.get(name, frozenset())

    def find(self, words: str) -> str | None:
        """Return the name that a name, a label or a synonym means, whatever its case; None when unknown."""
        if words in self.terms:
            return words
        return self._by_words.get(folded(words))

    def nearest(self, words: str, among: Iterable[str] | None = None, count: int = 3) -> tuple[str, ...]:
        """Return the names nearest to some words, by name, label or synonym, nearest first."""
        allowed = None if among is None else set(among)
        return tuple(name for name in self._alike(folded(words)) if allowed is None or name in allowed)[:count]

    def _alike(self, folded: str) -> tuple[str, ...]:
        """Return the names that some words may have been meant for: one wrong name often stands in many claims."""
        if folded not in self._likenesses:
            close = get_close_matches(folded, self._by_words, n=12, cutoff=0.5)
            self._likenesses[folded] = tuple(dict.fromkeys(self._by_words[words] for words in close))
        return self._likenesses[folded]

    @cached_property
    def _likenesses(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _by_words(self) -> dict[str, str]:
        """Every name, label and synonym; a label wins over a synonym, a name over both, its words apart over none."""
        words: dict[str, str] = {}
        for term in self.terms.values():
            for synonym in term.synonyms:
                words.setdefault(folded(synonym), term.name)
        for term in self.terms.values():
            words[folded(term.label)] = term.name
        for term in self.terms.values():
            words[folded(term.name)] = term.name
        for name in self.terms:
            words.setdefault(folded(_CAPITAL.sub(" ", name)), name)
        return words


_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def folded(words: str) -> str:
    """Return some words without what tells spellings of one name apart: their case, and the width of spaces.

    >>> folded("Core  Decompression")
    'core decompression'
    """
    return " ".join(words.casefold().split())
