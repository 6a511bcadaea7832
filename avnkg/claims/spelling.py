"""Names that the ontology does not know, spelt alike: case and the width of spaces tell no two of them apart.

Each is called as it is written where it first stands. Names of the ontology are written to the letter.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace

from avnkg.claims.kinds import Takes
from avnkg.claims.model import Claim, Condition, Proposition
from avnkg.claims.scope import in_order
from avnkg.claims.vocabulary import Vocabulary, folded


def alike(name: str, known: Container[str]) -> str:
    """Return what all spellings of a name have in common: of a known name itself, as it has one spelling only.

    >>> alike("Green  tea", {"Tea"}), alike("Tea", {"Tea"})
    ('green tea', 'Tea')
    """
    return name if name in known else folded(name)


@dataclass
class Spellings:
    """Gives each open name the spelling in which it first came. With a vocabulary that is not open all stays as it is.

    >>> from dataclasses import replace
    >>> from avnkg.ontology.reading import read_ontology
    >>> spellings = Spellings(replace(read_ontology().vocabulary, open=True))
    >>> spellings.name("Green tea"), spellings.name("green  TEA"), spellings.name("Osteonecrosis")
    ('Green tea', 'Green tea', 'Osteonecrosis')
    """

    vocabulary: Vocabulary
    _names: dict[str, str] = field(default_factory=dict)
    _axes: dict[str, str] = field(default_factory=dict)

    def name(self, name: str) -> str:
        """Return a name as it was first spelt."""
        return _first(name, self.vocabulary.terms, self._names) if self.vocabulary.open else name

    def axis(self, key: str) -> str:
        """Return an axis as it was first spelt."""
        return _first(key, self.vocabulary.axes, self._axes) if self.vocabulary.open else key

    def claim(self, claim: Claim) -> Claim:
        """Return a claim with all its names as they were first spelt."""
        if not self.vocabulary.open:
            return claim
        share, degree = claim.frequency, claim.degree
        return replace(
            claim,
            proposition=self._proposition(claim.proposition),
            frequency=share and replace(share, counted_over=self._or_none(share.counted_over)),
            degree=degree and replace(degree, value=self.name(degree.value)),
            scope=in_order(map(self._condition, claim.scope)),
        )

    def _proposition(self, said: Proposition) -> Proposition:
        predicate = self.name(said.predicate)
        known = self.vocabulary.predicates.get(predicate)
        words = known is not None and known.takes is Takes.TEXT
        return replace(
            said,
            subject=self.name(said.subject),
            predicate=predicate,
            object=said.object if words else self._or_none(said.object),
            comparator=self._or_none(said.comparator),
            endpoint=self._or_none(said.endpoint),
            excludes=self._set(said.excludes),
            subject_excludes=self._set(said.subject_excludes),
        )

    def _condition(self, condition: Condition) -> Condition:
        return replace(condition, axis=self.axis(condition.axis), any_of=self._set(condition.any_of))

    def _set(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(set(map(self.name, names))))

    def _or_none(self, name: str | None) -> str | None:
        return name and self.name(name)


def _first(name: str, known: Container[str], firsts: dict[str, str]) -> str:
    return name if name in known else firsts.setdefault(folded(name), name)
