"""Whether a graph is sound: the invariants of `queries/checks`, and the SHACL shapes of `ontology/shapes.ttl`.

An invariant is a query that returns nothing; a shape says which properties a thing has, how many and with which values.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from avnkg import vocab
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import GraphError
from avnkg.graph.queries import Query, query_library
from avnkg.graph.rows import rows_of, shown
from avnkg.graph.store import EndpointStore, Store
from avnkg.resources import folder

if TYPE_CHECKING:
    import rdflib

SHACL = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, order=True)
class Violation:
    """One thing that is not as it should be.

    Attributes:
        source: the check or the shape that says so, as `checks/claims-have-words` or `Claim`.
        node: what is wrong, by its IRI.
        message: what should hold, with what came where that is known.
    """

    source: str
    node: str
    message: str


@dataclass(frozen=True)
class Report:
    """What a validation found, sorted by check, then by node.

    `shapes` says whether the shapes were looked at: an endpoint does not hand out its whole graph.
    """

    violations: tuple[Violation, ...]
    shapes: bool = True

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.violations


def validate(store: Store, vocabulary: Vocabulary) -> Report:
    """Return every violation of an invariant or a shape in a graph.

    The whole graph is read into memory for the shapes: seconds for a thousand claims, minutes for many more.

    Of an endpoint only the invariants are checked.

    Raises:
        GraphError: the shapes cannot be read.
        QueryError: a check cannot be answered.

    >>> from avnkg.graph.build import build_memory, inputs
    >>> from avnkg.ontology.reading import read_ontology
    >>> validate(build_memory(inputs()), read_ontology().vocabulary).sound
    True
    """
    checks = [query for name, query in query_library().items() if name.startswith("checks/")]
    found = [violation for check in checks for violation in broken_invariants(store, check, vocabulary)]
    shapes = not isinstance(store, EndpointStore)
    if shapes:
        found += broken_shapes(store.lines())
    return Report(tuple(sorted(set(found))), shapes)


def broken_invariants(store: Store, check: Query, vocabulary: Vocabulary) -> Iterator[Violation]:
    """Yield a violation for each row of a check; the first column that is an IRI is the node.

    Raises:
        QueryError: the check cannot be answered.
    """
    rows = rows_of(store.query(check.bound({}, vocabulary)))
    for row in rows.terms:
        node = next((term.value for term in row if isinstance(term, ox.NamedNode)), "")
        told = ", ".join(f"{name} {shown(term)}" for name, term in zip(rows.columns, row, strict=True) if term)
        yield Violation(check.name, node, f"{check.head.title} ({told})")


def broken_shapes(lines: Iterable[str]) -> Iterator[Violation]:
    """Yield a violation for each shape of `ontology/shapes.ttl` that some N-Quads do not have.

    Raises:
        GraphError: the lines are not N-Quads, or the shapes cannot be read.
    """
    # Imported here: both are slow to import, and most commands need neither.
    import rdflib
    from pyshacl import validate as pyshacl_validate

    shapes = _shapes()
    data = rdflib.Graph().parse(data="".join(_of_data(lines)), format="nt")
    _, results, _ = pyshacl_validate(data, shacl_graph=shapes, advanced=False, inference="none", inplace=True)
    if not isinstance(results, rdflib.Graph):
        raise GraphError(f"the shapes could not be checked: {results}", path=folder("ontology") / "shapes.ttl")
    shacl = rdflib.Namespace(SHACL)
    for result in results.subjects(rdflib.RDF.type, shacl.ValidationResult):
        told = results.value(result, shacl.resultMessage)
        got = results.value(result, shacl.value)
        yield Violation(
            _name(results.value(result, shacl.sourceShape), shapes),
            str(results.value(result, shacl.focusNode)),
            f"{told}; got {got.n3()}" if got is not None else str(told),
        )


@cache
def _shapes() -> "rdflib.Graph":
    import rdflib

    path = folder("ontology") / "shapes.ttl"
    try:
        return rdflib.Graph().parse(data=path.read_text(encoding="utf-8"), format="turtle")
    except (OSError, SyntaxError) as fault:
        raise GraphError(f"cannot read the shapes: {fault}", path=path) from fault


def _of_data(lines: Iterable[str]) -> Iterator[str]:
    """Yield the triples of the default graph about things of the data, without the ontology.

    Terms have checks of their own; without them the shapes are checked in a third of the time.
    """
    try:
        for quad in ox.parse("".join(lines), ox.RdfFormat.N_QUADS):
            about = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
            ours = about.startswith(vocab.THING) and not about.startswith(vocab.ONTOLOGY)
            if ours and isinstance(quad.graph_name, ox.DefaultGraph):
                yield f"{quad.triple} .\n"
    except SyntaxError as fault:
        raise GraphError(f"the quads are not N-Quads: {fault}") from fault


def _name(shape: "rdflib.term.Node | None", shapes: "rdflib.Graph") -> str:
    """Return the name of a shape, of the one that a nameless shape belongs to."""
    import rdflib

    owner = shape
    while isinstance(owner, rdflib.BNode):
        owner = next(shapes.subjects(None, owner), None)
    return str(owner).rpartition("/")[2]
