"""The classified hierarchy: what a reasoner finds above each name, kept by the ontology's hash."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from avnkg.errors import MissingPartError, OntologyError
from avnkg.ontology.reading import Ontology
from avnkg.ontology.reasoning import classify
from avnkg.resources import cache, folder


def ancestors(ontology: Ontology) -> Mapping[str, frozenset[str]]:
    """Return, for each class, itself and all above it, as HermiT classified them.

    HermiT is asked once for an ontology, and its answer is kept in the user's cache. Where it is not installed, the
    hierarchy is as the ontology says it: empty here, so that the vocabulary's is used. For avnkg's own ontology the two
    are the same, and a test holds that; so a reasoner that fails there (no Java can run) stops nobody.

    Raises:
        OntologyError: the ontology is not consistent, has classes that can have no member, or the reasoner fails on one
            that is not avnkg's own.
    """
    path = cache() / "hierarchy" / f"{ontology.sha256[:16]}.json"
    kept = _read(path)
    if kept is not None:
        return kept
    try:
        found = classify(ontology)
    except MissingPartError:
        return {}
    except OntologyError:
        if ontology.path != folder("ontology") / "avnkg.ttl":
            raise
        return {}
    if not found.sound:
        wrong = ", ".join(found.unsatisfiable) or "it is not consistent"
        raise OntologyError(f"relations need a sound ontology: {wrong}", path=ontology.path)
    _keep(path, found.ancestors)
    return found.ancestors


def _read(path: Path) -> Mapping[str, frozenset[str]] | None:
    try:
        return {name: frozenset(above) for name, above in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return None


def _keep(path: Path, found: Mapping[str, frozenset[str]]) -> None:
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps({name: sorted(above) for name, above in found.items()}), encoding="utf-8")
        partial.replace(path)
    except OSError:
        with suppress(OSError):
            partial.unlink()
