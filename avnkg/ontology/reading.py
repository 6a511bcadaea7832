"""The ontology file, read once into what claims need of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from avnkg import vocab
from avnkg.claims.kinds import Force, Stance, Takes
from avnkg.claims.vocabulary import Axis, Competition, Cover, Definition, Hedge, Predicate, Term, Vocabulary
from avnkg.errors import OntologyError
from avnkg.resources import folder

_TAKES = {
    vocab.RELATES_TO: Takes.RELATION,
    vocab.COMPARES_WITH: Takes.COMPARISON,
    vocab.AMOUNTS_TO: Takes.AMOUNT,
    vocab.NAMED_BY_WORDS: Takes.TEXT,
}
_ADVICE = {
    (Force.REQUIRES, Stance.AFFIRMS): (vocab.AS_REQUIREMENT, vocab.REQUIRES),
    (Force.REQUIRES, Stance.DENIES): (vocab.AS_PROHIBITION, vocab.PROHIBITS),
    (Force.RECOMMENDS, Stance.AFFIRMS): (vocab.AS_RECOMMENDATION, vocab.RECOMMENDS),
    (Force.RECOMMENDS, Stance.DENIES): (vocab.AS_ADVICE_AGAINST, vocab.ADVISES_AGAINST),
    (Force.PERMITS, Stance.AFFIRMS): (vocab.AS_PERMISSION, vocab.PERMITS),
    # "Need not" denies a requirement.
    (Force.PERMITS, Stance.DENIES): (vocab.AS_REQUIREMENT, vocab.REQUIRES),
}
_CONCEPTS = (vocab.CLASS, vocab.NAMED_INDIVIDUAL)
_MODEL = (
    *(vocab.CLAIM, vocab.WITHDRAWN_CLAIM, vocab.DOCUMENT, vocab.PASSAGE, vocab.PROPOSITION, vocab.SCOPE),
    *(vocab.SCOPE_CONDITION, vocab.FREQUENCY, vocab.QUANTITY, vocab.RESIDUAL, vocab.HEDGE, vocab.AXIS),
    *(vocab.AVN + name for name in ("AmountBasis", "AnswerRule", "BareMeaning", "Basis", "Copying", "Degree")),
    *(vocab.AVN + name for name in ("DocumentKind", "Force", "Manner", "Scale", "StageAtom", "Stance", "Standing")),
    *(vocab.RELATION, vocab.DISPUTE, vocab.SIDE, vocab.AVN + "Respect", vocab.AVN + "Verdict"),
    vocab.AVN + "Verification",
)
"""The classes that claims are made of. Agents and staging systems are not among them: documents speak of those."""


@dataclass(frozen=True)
class Ontology:
    """An ontology file: its bytes' hash, its triples, and the vocabulary read from them."""

    path: Path
    sha256: str
    triples: tuple[ox.Triple, ...]
    vocabulary: Vocabulary


@lru_cache(maxsize=4)
def read_ontology(path: Path | None = None) -> Ontology:
    """Return the ontology of a Turtle file, of avnkg's own when none is named.

    Raises:
        OntologyError: the file cannot be read or is not Turtle; the message has the line.
    """
    path = path or folder("ontology") / "avnkg.ttl"
    try:
        data = path.read_bytes()
        triples = tuple(quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE, base_iri=vocab.ONTOLOGY))
    except OSError as fault:
        raise OntologyError(f"cannot read the ontology: {fault.strerror}", path=path) from fault
    except (SyntaxError, ValueError) as fault:
        raise OntologyError(f"expected Turtle, got: {fault}", path=path, line=getattr(fault, "lineno", None)) from fault
    return Ontology(path, sha256(data).hexdigest(), triples, _Reader(triples).vocabulary())


def local(iri: str) -> str:
    """Return the name that an IRI has in files: local in our ontology, else whole."""
    return iri.removeprefix(vocab.AVN)


class _Reader:
    """Looks triples up by subject and predicate while a vocabulary is put together."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.facts: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for triple in triples:
            self.facts[triple.subject.value][triple.predicate.value].append(triple.object)  # type: ignore[union-attr, arg-type]

    def vocabulary(self) -> Vocabulary:
        subjects = [iri for iri in self.facts if iri.startswith(vocab.AVN)]
        terms = {local(iri): self._term(iri) for iri in subjects}
        ancestors = {name: frozenset(self._above(vocab.AVN + name)) for name in terms}
        predicates = {
            local(iri): predicate for iri in subjects if (predicate := self._predicate(iri, ancestors[local(iri)]))
        }
        axes = {axis.key: axis for iri in subjects if (axis := self._axis(iri))}
        defined = {local(iri): values for iri in subjects if (values := self._definition(iri, axes))}
        hedges = {words: hedge for iri in subjects for words, hedge in self._hedge(iri)}
        advice = {case: local(generic) for case, (_, generic) in _ADVICE.items()}
        model = frozenset(name for name in terms if self._is_model(name, ancestors[name]))
        competition = self._competition(subjects)
        return Vocabulary(terms, predicates, hedges, axes, defined, ancestors, advice, competition, model)

    def values(self, subject: str, predicate: str) -> list[str]:
        return [value.value for value in self.facts[subject][predicate]] if subject in self.facts else []

    def value(self, subject: str, predicate: str) -> str | None:
        return next(iter(self.values(subject, predicate)), None)

    def _term(self, iri: str) -> Term:
        parents = [*self.values(iri, vocab.SUBCLASS), *self.values(iri, vocab.SUBPROPERTY)]
        return Term(
            local(iri),
            self.value(iri, vocab.LABEL) or local(iri),
            tuple(self.values(iri, vocab.ALT_LABEL)),
            self.value(iri, vocab.DEFINITION) or "",
            tuple(local(parent) for parent in parents if parent.startswith(vocab.AVN)),
        )

    def _above(self, iri: str) -> set[str]:
        """Return the local names of a term and of all that it is a kind of, an individual's classes included."""
        found: set[str] = set()
        left = [iri]
        while left:
            current = left.pop()
            if current.startswith(vocab.AVN) and local(current) not in found:
                found.add(local(current))
                for up in (vocab.SUBCLASS, vocab.SUBPROPERTY, vocab.TYPE):
                    left.extend(self.values(current, up))
        return found

    def _is_model(self, name: str, ancestors: frozenset[str]) -> bool:
        """Tell whether a term is of the model: below one of its classes, or no concept at all but a property."""
        kinds = set(self.values(vocab.AVN + name, vocab.TYPE))
        concept = not kinds or any(kind in _CONCEPTS or kind.startswith(vocab.AVN) for kind in kinds)
        return not concept or any(local(kind) in ancestors for kind in _MODEL)

    def _predicate(self, iri: str, ancestors: frozenset[str]) -> Predicate | None:
        takes = next((takes for kind, takes in _TAKES.items() if local(kind) in ancestors and iri != kind), None)
        if takes is None:
            return None
        written_as = self.value(iri, vocab.WRITTEN_AS)
        advice = {case: local(found) for case, (own, _) in _ADVICE.items() if (found := self.value(iri, own))}
        axis = self.value(iri, vocab.ON_AXIS)
        return Predicate(
            local(iri),
            takes,
            local(self.value(iri, vocab.BARE_MEANS) or vocab.AVN + "Most"),
            local(written_as) if written_as else None,
            written_as is not None and written_as in self.values(iri, vocab.INVERSE),
            self.value(axis, vocab.AXIS_KEY) if axis else None,
            advice,
            local(one_answer) if (one_answer := self.value(iri, vocab.ONE_ANSWER)) else None,
            frozenset(local(opposed) for opposed in self._both_ways(iri, vocab.DISJOINT_PROPERTY)),
            vocab.SYMMETRIC in self.values(iri, vocab.TYPE),
            self.value(iri, vocab.REACHES_PARTS) == "true",
            frozenset(local(presumed) for presumed in self.values(iri, vocab.PRESUMES)),
            self.value(iri, vocab.SINGLES_OUT) == "true",
        )

    def _axis(self, iri: str) -> Axis | None:
        key = self.value(iri, vocab.AXIS_KEY)
        if key is None:
            return None
        return Axis(key, local(iri), local(self.value(iri, vocab.AXIS_RANGE) or ""))

    def _definition(self, iri: str, axes: dict[str, Axis]) -> Definition | None:
        """Return what a name defined as a kind with values means: `kind and (p value v) and …`."""
        keys = {vocab.AVN + axis.name: axis.key for axis in axes.values()}
        values: dict[str, str] = {}
        kind = ""
        for expression in self.values(iri, vocab.EQUIVALENT_CLASS):
            for part in self._list(self.value(expression, vocab.INTERSECTION)):
                on, value = self.value(part, vocab.ON_PROPERTY), self.value(part, vocab.HAS_VALUE)
                axis = self.value(on, vocab.ON_AXIS) if on else None
                if axis in keys and value:
                    values[keys[axis]] = local(value)
                elif part.startswith(vocab.AVN):
                    kind = local(part)
        return Definition(kind, values) if kind and values else None

    def _competition(self, subjects: Iterable[str]) -> Competition:
        disjoint: dict[str, set[str]] = defaultdict(set)
        wholes, covers, complements, relative = {}, {}, {}, set()
        for iri in subjects:
            name = local(iri)
            for other in self._both_ways(iri, vocab.DISJOINT_WITH):
                disjoint[name].add(local(other))
            if vocab.ALL_DISJOINT in self.values(iri, vocab.TYPE):
                members = [local(member) for member in self._list(self.value(iri, vocab.MEMBERS))]
                for member in members:
                    disjoint[member].update(other for other in members if other != member)
            wholes[name] = frozenset(self._reached(iri, vocab.PART_OF))
            sure = frozenset(map(local, self.values(iri, vocab.SURELY_COVERS)))
            possible = sure | frozenset(map(local, self.values(iri, vocab.POSSIBLY_COVERS)))
            if possible:
                covers[name] = Cover(sure, possible)
            for other in self._both_ways(iri, vocab.COMPLEMENT_OF):
                complements[name] = local(other)
            if self.value(iri, vocab.RELATIVE_TO_SPEAKER) == "true":
                relative.add(name)
        return Competition(
            {name: frozenset(others) for name, others in disjoint.items()},
            {name: found for name, found in wholes.items() if found},
            covers,
            complements,
            frozenset(relative),
        )

    def _both_ways(self, iri: str, predicate: str) -> list[str]:
        """Return what a symmetric predicate joins a term to, whichever of the two it is written at."""
        if predicate not in self._joined:
            joined = self._joined[predicate] = defaultdict(list)
            for subject in list(self.facts):
                for other in self.values(subject, predicate):
                    joined[subject].append(other)
                    joined[other].append(subject)
        return self._joined[predicate][iri]

    @cached_property
    def _joined(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def _reached(self, iri: str, predicate: str) -> set[str]:
        """Return the local names of all that a transitive predicate leads to."""
        found: set[str] = set()
        left = self.values(iri, predicate)
        while left:
            current = left.pop()
            if local(current) not in found:
                found.add(local(current))
                left.extend(self.values(current, predicate))
        return found

    def _list(self, node: str | None) -> Iterator[str]:
        while node and node != vocab.NIL:
            yield from self.values(node, vocab.FIRST)
            node = self.value(node, vocab.REST)

    def _hedge(self, iri: str) -> Iterator[tuple[str, Hedge]]:
        if vocab.HEDGE not in self.values(iri, vocab.TYPE):
            return
        hedge = Hedge(
            local(iri),
            self.value(iri, vocab.LABEL) or local(iri),
            Decimal(self.value(iri, vocab.LOW) or "0"),
            Decimal(self.value(iri, vocab.HIGH) or "1"),
            self.value(iri, vocab.LOW_OPEN) == "true",
            self.value(iri, vocab.HIGH_OPEN) == "true",
        )
        for words in (hedge.label, *self.values(iri, vocab.ALT_LABEL)):
            yield words.casefold(), hedge
