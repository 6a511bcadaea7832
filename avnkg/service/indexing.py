"""How an index is written: claims as their files have them, with what a graph tells of them, and its relations."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from avnkg import vocab
from avnkg.claims.model import Claim
from avnkg.claims.portable import line_of
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import GraphError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import RelationRecord, each_relation
from avnkg.service.ownprocess import written
from avnkg.service.searchindex import CLAIMS_SHAPE, RELATIONS_SHAPE, bits_of, bytes_of, new_index, write_rows
from avnkg.views.pages.lines import Line
from avnkg.views.pages.lines import line_of as shown_line
from avnkg.views.terminal.relations import relation_line

AT_A_TIME = 10_000
"""Claims that are read from the graph at a time."""

PROCEDURE = "Treatment"
"""What the ontology calls all that is done to a patient: claims are chosen by its kinds."""

STAGE = "stage"
"""The axis whose values claims are chosen by."""


def write_claims(path: Path, claims: Iterable[Claim], graph: ClaimsGraph) -> None:
    """Write the file of claims of an index.

    Raises:
        GraphError: it cannot be written, or the graph is not of these claims.
    """
    with _begun(path, CLAIMS_SHAPE) as connection:
        _write_claims(connection, claims, graph)


def write_relations(path: Path, numbers: Mapping[str, int], graph: ClaimsGraph) -> None:
    """Write the file of relations of an index; `numbers` are those that its claims have there, by their ids.

    Raises:
        GraphError: it cannot be written.
    """
    labels = {name: graph.label(address) for name, address in vocab.VERDICTS.items()}
    with _begun(path, RELATIONS_SHAPE) as connection:
        _write_relations(connection, each_relation(graph), numbers, labels)


@contextmanager
def _begun(path: Path, shape: str) -> Iterator[sqlite3.Connection]:
    """Give a new file of an index to write to; it is in its place when it is whole."""
    try:
        with written(path) as partial, new_index(partial, shape) as connection, connection:
            yield connection
    except (OSError, sqlite3.Error) as fault:
        raise GraphError(f"cannot write the index: {fault}", path=path, hint="is the disk full?") from fault


class _Bits:
    """Places by facet and value, on their way to bits."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._labels: dict[tuple[str, str], str] = {}

    def add(self, number: int, facet: str, value: str, label: str | None = None) -> None:
        self._found[facet, value].append(number)
        self._labels.setdefault((facet, value), label or value)

    def rows(self, kind: str) -> Iterator[tuple[str, str, str, str, bytes]]:
        for (facet, value), places in self._found.items():
            yield kind, facet, value, self._labels[facet, value], bytes_of(bits_of(places))


def _write_claims(connection: sqlite3.Connection, claims: Iterable[Claim], graph: ClaimsGraph) -> None:
    listed = _listed(graph)
    line_ahead = next(listed, None)
    publishers = {row.document.rpartition("/")[2]: row.publisher for row in graph.query("provenance/documents")}
    bits = _Bits()
    for number, claim in enumerate(claims):
        shown: dict[str, Any] = {}
        if line_ahead is not None and line_ahead.id == claim.id:
            shown, line_ahead = asdict(line_ahead), next(listed, None)
            bits.add(number, "all", "counts")
        told = json.dumps(shown, ensure_ascii=False), json.dumps(line_of(claim), ensure_ascii=False)
        write_rows(connection, "claims", [(number, claim.id, *told)], 4)
        quote = " … ".join(passage.exact for passage in claim.passages)
        connection.execute("INSERT INTO words (rowid, quote, says) VALUES (?, ?, ?)", (number, quote, claim.says))
        bits.add(number, "all", "all")
        for facet, value, label in _values(claim, graph.vocabulary):
            bits.add(number, facet, value, label)
        bits.add(number, "document", claim.document, publishers.get(claim.document))
    if line_ahead is not None:
        raise GraphError(f"the graph has the claim {line_ahead.id!r} in another place than what it was built from")
    write_rows(connection, "bits", bits.rows("claim"), 5)


def _listed(graph: ClaimsGraph) -> Iterator[Line]:
    """Yield the claims that count, in reading order, read some at a time: a large graph has many."""
    offset, more = 0, True
    while more:
        rows = graph.query("claims/listing", limit=AT_A_TIME, offset=offset)
        yield from map(shown_line, rows)
        offset, more = offset + AT_A_TIME, rows.more


def _values(claim: Claim, vocabulary: Vocabulary) -> set[tuple[str, str, str]]:
    """Return what a claim is chosen by: facet, value, label. With a name come all names above it."""
    said = claim.proposition
    found = {("force", claim.force.value, claim.force.value), ("stance", claim.stance.value, claim.stance.value)}
    staged = {value for each in claim.scope if each.axis == STAGE for value in each.any_of}
    spoken = {name for name in (said.subject, said.object, said.comparator, said.endpoint) if name}
    stages = vocabulary.axes[STAGE].range if STAGE in vocabulary.axes else ""
    for name in spoken | staged:
        for above in vocabulary.ancestors.get(name, frozenset({name})):
            term = vocabulary.terms.get(above)
            label = term.label if term else above
            if name in spoken:
                found.add(("about", above, label))
                if vocabulary.is_a(above, PROCEDURE) and above != PROCEDURE:
                    found.add(("procedure", above, label))
            if vocabulary.is_a(above, stages) and above != stages:
                found.add(("stage", above, label))
    return found


def _write_relations(
    connection: sqlite3.Connection,
    records: Iterable[RelationRecord],
    numbers: Mapping[str, int],
    labels: Mapping[str, str],
) -> None:
    """Write all relations, and choose claims by the verdicts that they have part in."""
    bits, verdicts = _Bits(), _Bits()
    judged: dict[str, set[int]] = defaultdict(set)
    for number, record in enumerate(records):
        told = record.relation
        line = json.dumps(relation_line(told), ensure_ascii=False)
        write_rows(connection, "relations", [(number, told.id, line)], 3)
        claims = {numbers[claim] for claim in (*told.a, *told.b)}
        write_rows(connection, "sides", ((claim, number) for claim in claims), 2)
        judged[told.verdict.value] |= claims
        bits.add(number, "all", "all")
        bits.add(number, "verdict", told.verdict.value)
        bits.add(number, "across", str(record.across).lower())
    for verdict, claims in judged.items():
        for claim in claims:
            verdicts.add(claim, "verdict", verdict, labels[verdict])
    write_rows(connection, "bits", bits.rows("relation"), 5)
    write_rows(connection, "bits", verdicts.rows("claim"), 5)
