"""Which concept contains which: the classified hierarchy, parts of the body, and `any other X than Y`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from avnkg.claims.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Concept:
    """A name, less what it leaves out: `any other treatment than joint replacement`."""

    name: str
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concepts:
    """The concepts of a set of claims in their hierarchy.

    Attributes:
        vocabulary: what the ontology says.
        ancestors: for a name, itself and all above it, as a reasoner has it; what it lacks, the vocabulary has.
    """

    vocabulary: Vocabulary
    ancestors: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def names_above(self, name: str) -> frozenset[str]:
        """Return a name and all names above it; a name that nobody knows stands for itself."""
        found = self._above_names.get(name)
        if found is None:
            found = self.ancestors.get(name) or self.vocabulary.ancestors.get(name) or frozenset({name})
            self._above_names[name] = found
        return found

    def names_around(self, name: str) -> frozenset[str]:
        """Return a name, all above it, and all that any of these is a part of."""
        found = self._around.get(name)
        if found is None:
            seen: set[str] = set()
            left = [name]
            while left:
                current = left.pop()
                if current not in seen:
                    seen.add(current)
                    left.extend(self.names_above(current))
                    left.extend(self.vocabulary.competition.wholes.get(current, ()))
            found = self._around[name] = frozenset(seen)
        return found

    def is_stranger(self, name: str) -> bool:
        """Tell whether a name may be said though nobody knows it: it stands for itself, and lies to no other name."""
        known = self.vocabulary
        named = (known.terms, known.predicates, known.model, known.ancestors, self.ancestors)
        return known.open and not any(name in each for each in named)

    def contains(self, whole: Concept, part: Concept, *, parts: bool = False) -> bool:
        """Tell whether a concept is the other, or contains it; with `parts` a body part's whole does too."""
        if whole == part:
            return True
        above = self.names_around(part.name) if parts else self.names_above(part.name)
        if whole.name not in above:
            return False
        if part.excludes:
            return set(whole.excludes) <= set(part.excludes)
        return not any(self.akin(part.name, name, parts=parts) for name in whole.excludes)

    def akin(self, one: str, other: str, *, parts: bool = False) -> bool:
        """Tell whether one of two names is the other or above it; with `parts` the whole is above its part."""
        above = self.names_around if parts else self.names_above
        return one in above(other) or other in above(one)

    def disjoint(self, one: str, other: str) -> bool:
        """Tell whether the ontology holds two names, or something above them, disjoint."""
        said = self.vocabulary.competition.disjoint
        above = self.names_above(other)
        return any(not above.isdisjoint(said.get(name, ())) for name in self.names_above(one))

    def siblings(self, one: Concept, other: Concept) -> bool:
        """Tell whether two names are defined as the same kind with different axis values."""
        defined = self.vocabulary.defined
        kinds = [defined[each.name].kind if each.name in defined else None for each in (one, other)]
        plain = not one.excludes and not other.excludes
        return plain and one != other and kinds[0] is not None and kinds[0] == kinds[1]

    def families(self, concepts: Iterable[Concept], *, parts: bool = False) -> dict[Concept, dict[Concept, int]]:
        """Return, for each of some concepts, which of them contain it (1), or lie in it (2), and itself (0)."""
        known = list(dict.fromkeys(concepts))
        by_name: dict[str, list[Concept]] = {}
        for concept in known:
            by_name.setdefault(concept.name, []).append(concept)
        found: dict[Concept, dict[Concept, int]] = {concept: {concept: EQUAL} for concept in known}
        for concept in known:
            above = self.names_around(concept.name) if parts else self.names_above(concept.name)
            for name in above & by_name.keys():
                for whole in by_name[name]:
                    if whole != concept and self.contains(whole, concept, parts=parts):
                        both = found[concept].get(whole) == OUTSIDE
                        found[concept][whole] = EQUAL if both else INSIDE
                        found[whole][concept] = EQUAL if both else OUTSIDE
        return found

    @cached_property
    def _above_names(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _around(self) -> dict[str, frozenset[str]]:
        return {}


EQUAL, INSIDE, OUTSIDE = 0, 1, 2
"""How one concept lies to another: the same, contained in it, containing it."""
