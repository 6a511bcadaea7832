"""Axioms as a reasoner takes them: what an ontology says of concepts, and the forms in which claims join in.

Concepts are classes here, and a concept stands in up to five guises, so that one clash never drags others along:

- *case*: a case of the concept; what is said of the concept is said of each. Only this guise can run into a clash.
- *only*: the concept itself as an object. It is below *kind* and *within* of the same concept, and below nothing else.
- *kind*: the concept or something below it, as an object. Nothing is disjoint here.
- *within*: the same, where the whole counts for its part too (`avn:reachesParts`).
- *answer*: the one answer to a question that has one (`avn:DisjointAnswers`).

There are no individuals: a theory is never inconsistent as a whole, and one run shows every clash in it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

import pyoxigraph as ox

from avnkg import vocab
from avnkg.claims.vocabulary import Vocabulary
from avnkg.ontology.reading import Ontology, local


class Guise(StrEnum):
    """As what a concept stands in an axiom."""

    CASE = "case"
    ONLY = "only"
    KIND = "kind"
    WITHIN = "within"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Name:
    """A concept in a guise."""

    guise: Guise
    concept: str


@dataclass(frozen=True, slots=True)
class Below:
    """Whatever is the one is the other."""

    one: Name
    other: Name


@dataclass(frozen=True, slots=True)
class Apart:
    """Nothing is both."""

    one: Name
    other: Name


@dataclass(frozen=True, slots=True)
class Has:
    """Whatever is the one stands in a relation to something that is the other."""

    one: Name
    relation: str
    other: Name


@dataclass(frozen=True, slots=True)
class Lacks:
    """Nothing that is the one stands in a relation to anything that is the other."""

    one: Name
    relation: str
    other: Name


@dataclass(frozen=True, slots=True)
class Means:
    """To be the one is just to be of a kind and to stand in some relations."""

    one: Name
    kind: Name
    relations: tuple[tuple[str, Name], ...]


@dataclass(frozen=True, slots=True)
class Narrower:
    """What stands in the one relation stands in the other."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Opposed:
    """Nothing stands in both relations to the same concept."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class One:
    """A relation leads to one thing at most."""

    relation: str


Clause = Below | Apart | Has | Lacks | Means | Narrower | Opposed | One


@dataclass(frozen=True)
class Axiom:
    """One statement: as it stands in a file, in words, and as what a reasoner takes it."""

    name: str
    words: str = field(compare=False)
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Axioms:
    """What an ontology says of concepts; `left_out` counts its statements of forms that are not taken, by form."""

    axioms: tuple[Axiom, ...]
    left_out: Mapping[str, int] = field(default_factory=dict, hash=False)


def answer_to(predicate: str) -> str:
    """Return the relation that leads from a case to the one answer of a predicate."""
    return f"{predicate} (one answer)"


def axioms_of(ontology: Ontology) -> Axioms:
    """Return what an ontology says of concepts, each statement once, in the order of the file.

    >>> from avnkg.ontology.reading import read_ontology
    >>> [axiom.words for axiom in axioms_of(read_ontology()).axioms if axiom.name.startswith("avn:MajorSurgery ")]
    ['major surgery is a kind of invasive surgery']
    """
    return _Writer(ontology).axioms()


_EVERYWHERE = (Guise.CASE, Guise.KIND, Guise.WITHIN, Guise.ANSWER)
_DECLARATIONS = frozenset(
    vocab.OWL + kind
    for kind in ("Class", "NamedIndividual", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology")
)
_LOGICAL = frozenset(
    {
        *(vocab.RDFS + name for name in ("domain", "range")),
        *(vocab.OWL + name for name in ("unionOf", "complementOf", "oneOf", "disjointUnionOf", "hasKey")),
        *(vocab.OWL + name for name in ("propertyChainAxiom", "equivalentProperty", "sameAs", "differentFrom")),
        *(vocab.OWL + name for name in ("sourceIndividual", "distinctMembers")),
    }
)
"""Predicates by which OWL says more than is taken. Inverses are not among them: claims are written one way."""
_KINDS_OF_PROPERTY = frozenset(
    vocab.OWL + name
    for name in (
        *("FunctionalProperty", "InverseFunctionalProperty", "AsymmetricProperty", "ReflexiveProperty"),
        *("IrreflexiveProperty", "TransitiveProperty"),
    )
)


class _Writer:
    """Reads the statements of an ontology one after another."""

    def __init__(self, ontology: Ontology) -> None:
        self.vocabulary: Vocabulary = ontology.vocabulary
        self.triples = ontology.triples
        self.facts: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.left_out: Counter[str] = Counter()
        for triple in ontology.triples:
            self.facts[_value(triple.subject), triple.predicate.value].append(_value(triple.object))

    def axioms(self) -> Axioms:
        found = {axiom.name: axiom for triple in self.triples for axiom in self._axioms(triple)}
        return Axioms(tuple(found.values()), dict(sorted(self.left_out.items())))

    def _axioms(self, triple: ox.Triple) -> Iterator[Axiom]:
        one, predicate, other = _value(triple.subject), triple.predicate.value, _value(triple.object)
        named = isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode)
        if predicate == vocab.ALL_DISJOINT or (predicate == vocab.TYPE and other == vocab.ALL_DISJOINT):
            members = list(self._list(self._first(one, vocab.MEMBERS)))
            yield from (self._apart(a, b, local(one)) for a, b in combinations(members, 2))
        elif predicate == vocab.TYPE:
            if named and other.startswith(vocab.AVN):
                yield self._below(one, other, "a")
            elif other in _KINDS_OF_PROPERTY and one != vocab.PART_OF:
                self.left_out[local(other).removeprefix(vocab.OWL)] += 1
        elif predicate == vocab.SUBCLASS and named:
            yield self._below(one, other, "rdfs:subClassOf")
        elif predicate == vocab.EQUIVALENT_CLASS and named:
            yield self._below(one, other, "owl:equivalentClass")
            yield self._below(other, one, "owl:equivalentClass")
        elif predicate == vocab.EQUIVALENT_CLASS and (meaning := self._meaning(one, other)):
            yield meaning
        elif predicate == vocab.DISJOINT_WITH and named:
            yield self._apart(one, other)
        elif predicate == vocab.SUBPROPERTY and named:
            words = f"what {self._label(one)!r} says, {self._label(other)!r} says too"
            yield Axiom(
                f"{_short(one)} rdfs:subPropertyOf {_short(other)}", words, (Narrower(local(one), local(other)),)
            )
        elif predicate == vocab.DISJOINT_PROPERTY and named:
            words = f"{self._label(one)!r} and {self._label(other)!r} exclude each other of the same thing"
            name = f"{_short(one)} owl:propertyDisjointWith {_short(other)}"
            yield Axiom(name, words, (Opposed(local(one), local(other)),))
        elif predicate == vocab.PART_OF and named:
            within = Below(Name(Guise.WITHIN, local(one)), Name(Guise.WITHIN, local(other)))
            words = f"{self._label(one)} is part of {self._label(other)}"
            yield Axiom(f"{_short(one)} avn:partOf {_short(other)}", words, (within,))
        elif predicate == vocab.ONE_ANSWER and other == vocab.DISJOINT_ANSWERS:
            words = f"{self._label(one)!r} has one answer"
            yield Axiom(f"{_short(one)} avn:oneAnswer avn:DisjointAnswers", words, (One(answer_to(local(one))),))
        elif predicate in _LOGICAL or predicate in (vocab.SUBCLASS, vocab.EQUIVALENT_CLASS, vocab.DISJOINT_WITH):
            self.left_out[_short(predicate)] += 1

    def _below(self, one: str, other: str, how: str) -> Axiom:
        clauses = tuple(Below(Name(guise, local(one)), Name(guise, local(other))) for guise in _EVERYWHERE)
        words = f"{self._label(one)} is a kind of {self._label(other)}"
        return Axiom(f"{_short(one)} {how} {_short(other)}", words, clauses)

    def _apart(self, one: str, other: str, among: str | None = None) -> Axiom:
        a, b = local(one), local(other)
        guises = [Guise.CASE]
        wholes = self.vocabulary.competition.wholes
        # A part and its whole are one answer.
        if a not in wholes.get(b, ()) and b not in wholes.get(a, ()):
            guises.append(Guise.ANSWER)
        clauses = tuple(Apart(Name(guise, a), Name(guise, b)) for guise in guises)
        name = f"{_short(one)} owl:disjointWith {_short(other)}" + (f" (avn:{among})" if among else "")
        return Axiom(name, f"nothing is both {self._label(one)} and {self._label(other)}", clauses)

    def _meaning(self, one: str, expression: str) -> Axiom | None:
        """Return what a name means that is defined as `kind and (p value v) and …`, None for other definitions."""
        kinds, relations = [], []
        for part in self._list(self._first(expression, vocab.INTERSECTION)):
            on, value = self._first(part, vocab.ON_PROPERTY), self._first(part, vocab.HAS_VALUE)
            if on and value:
                relations.append((local(on), local(value)))
            elif not part.startswith("_:"):
                kinds.append(local(part))
            else:
                return None
        if len(kinds) != 1:
            return None
        case = Name(Guise.CASE, local(one))
        valued = tuple((on, Name(Guise.ONLY, value)) for on, value in relations)
        clauses: list[Clause] = [Means(case, Name(Guise.CASE, kinds[0]), valued)]
        clauses += [Below(Name(guise, local(one)), Name(guise, kinds[0])) for guise in _EVERYWHERE[1:]]
        told = "".join(f", {self._label(vocab.AVN + on)} {self._label(vocab.AVN + value)}" for on, value in relations)
        words = f"{self._label(one)} means: {self._label(vocab.AVN + kinds[0])}{told}"
        return Axiom(f"{_short(one)} owl:equivalentClass …", words, tuple(clauses))

    def _label(self, iri: str) -> str:
        known = self.vocabulary.terms.get(local(iri))
        return known.label if known else local(iri)

    def _first(self, subject: str | None, predicate: str) -> str | None:
        return next(iter(self.facts.get((subject or "", predicate), ())), None)

    def _list(self, node: str | None) -> Iterator[str]:
        while node and node != vocab.NIL:
            yield from self.facts.get((node, vocab.FIRST), ())
            node = self._first(node, vocab.REST)


def concepts_in(clauses: Iterable[Clause]) -> Iterator[Name]:
    """Yield the names that some clauses hold."""
    for clause in clauses:
        match clause:
            case Below(one, other) | Apart(one, other) | Has(one, _, other) | Lacks(one, _, other):
                yield one
                yield other
            case Means(one, kind, relations):
                yield one
                yield kind
                yield from (value for _, value in relations)


def _value(node: object) -> str:
    return f"_:{node.value}" if isinstance(node, ox.BlankNode) else getattr(node, "value", "")


def _short(iri: str) -> str:
    """Return an IRI as files write it."""
    for prefix in ("avn", "owl", "rdfs", "rdf"):
        if iri.startswith(vocab.PREFIXES[prefix]):
            return f"{prefix}:{iri.removeprefix(vocab.PREFIXES[prefix])}"
    return f"<{iri}>"
