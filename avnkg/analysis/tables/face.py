"""Relations of any claims, for a program or a notebook: lines or a file in, relations out."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from avnkg.analysis.concepts import Concepts
from avnkg.analysis.relations.engines import DuckEngine
from avnkg.analysis.relations.relations import Relation
from avnkg.analysis.tables.records import recorded, voices_of_records
from avnkg.analysis.tables.relating import LISTED, Task, relate_table
from avnkg.analysis.verdicts import Verdict
from avnkg.errors import AvnkgError, SeveralErrors
from avnkg.ontology.hierarchy import ancestors
from avnkg.ontology.reading import read_ontology


def concepts_of(ontology: Path | None = None, *, open_names: bool = False) -> Concepts:
    """Return what an ontology, ours without another, says of names; with `open_names` others stand for themselves.

    Raises:
        OntologyError: the file cannot be read.
    """
    known = read_ontology(ontology)
    return Concepts(replace(known.vocabulary, open=open_names), ancestors(known))


def relate(
    claims: Path | Iterable[Mapping[str, Any]], *, open_names: bool = False, ontology: Path | None = None
) -> tuple[Relation, ...]:
    """Return how claims of your own agree, differ in scope, or contradict each other, in the order of their ids.

    What `avnkg relate` does, without files to write. A claim needs `id`, `document`, `subject`, `predicate` and what
    the predicate takes (`object`); the other fields are those of docs/claims-table.md.

    Args:
        claims: lines of a table, as dictionaries, or a file: .jsonl, .csv or .parquet.
        open_names: whether names that the ontology does not know stand for themselves.
        ontology: another ontology, in Turtle.

    Raises:
        ClaimError, UnknownTermError, SeveralErrors: lines are wrong; up to twenty faults are listed.

    >>> tea = {"subject": "tea", "predicate": "helps", "object": "sleep"}
    >>> yes, no = {"id": "1", "document": "a", **tea}, {"id": "2", "document": "b", **tea, "stance": "denies"}
    >>> [relation] = relate([yes, no], open_names=True)
    >>> print(relation.verdict, relation.a, relation.b)
    Contradiction ('1',) ('2',)
    >>> relation.says
    'a and b contradict each other on whether tea helps sleep.'
    """
    concepts = concepts_of(ontology, open_names=open_names)
    with TemporaryDirectory(prefix="avnkg-") as folder:
        source = claims if isinstance(claims, Path) else _written(claims, Path(folder) / "claims.jsonl")
        target = Path(folder) / "relations.jsonl"
        engine = DuckEngine(scratch=Path(folder))
        try:
            relate_table(Task(source, target, concepts, recorded(), voices_of_records), engine)
        except AvnkgError as error:
            if source is not claims:
                _of_no_file(error)
            raise
        finally:
            engine.close()
        with target.open(encoding="utf-8") as lines:
            return tuple(_relation(json.loads(line)) for line in lines)


def _written(claims: Iterable[Mapping[str, Any]], path: Path) -> Path:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(dict(claim), default=str) + "\n" for claim in claims)
    return path


def _of_no_file(error: AvnkgError) -> None:
    """Tell of lines that came from no file, which nobody could look into."""
    for each in error.errors if isinstance(error, SeveralErrors) else (error,):
        each.field = ": ".join(filter(None, (f"line {each.line}" if each.line else None, each.field)))
        each.path = None


def _relation(line: Mapping[str, Any]) -> Relation:
    a, b, decided, narrowed, assumed = (tuple(line[name]) for name in LISTED)
    verdict = Verdict(line["verdict"])
    return Relation(line["id"], verdict, line["kind"], a, b, decided, narrowed, assumed, line["rule"], line["says"])
