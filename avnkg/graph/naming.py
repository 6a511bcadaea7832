"""Which claims name which concept, in the order in which `claims/naming` lists them; gone through once for all.

A store that is asked for some claims of one concept looks up the numbers of all that name it, to sort them: of eighteen
thousand that takes half a second. Whoever shows such lists asks here once, and keeps what comes.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from avnkg import vocab
from avnkg.graph.claimsgraph import ClaimsGraph

ROLES = {
    "subject": vocab.SUBJECT,
    "object": vocab.OBJECT,
    "compared with": vocab.COMPARATOR,
    "in respect of": vocab.ENDPOINT,
}
"""Places of a proposition that a concept may be named in, in the order of a list."""


class Place(NamedTuple):
    """A claim in the list of a concept: by place, then number."""

    concept: str
    place: int
    number: int
    claim: str
    predicate: str


def namings(graph: ClaimsGraph) -> Iterator[Place]:
    """Yield all claims that count for each concept that they name, in no order."""
    named: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for place, role in enumerate(ROLES.values()):
        for row in graph.query(f"SELECT ?said ?concept WHERE {{ ?said <{role}> ?concept FILTER(isIRI(?concept)) }}"):
            named[row.said].append((row.concept, place))
    with_predicate = f"SELECT ?said ?predicate ?label WHERE {{ ?said <{vocab.PREDICATE}> ?predicate"
    labelled = f"OPTIONAL {{ ?predicate <{vocab.LABEL}> ?label }} }}"
    predicates = {row.said: row.label or row.predicate for row in graph.query(f"{with_predicate} {labelled}")}
    claims = (
        f"SELECT ?claim ?said ?number WHERE {{ ?claim <{vocab.HAS_PROPOSITION}> ?said ; <{vocab.NUMBER}> ?number "
        f"MINUS {{ ?claim a <{vocab.WITHDRAWN_CLAIM}> }} }}"
    )
    for row in graph.query(claims):
        for concept, place in named.get(row.said, ()):
            yield Place(concept, place, row.number, row.claim, predicates[row.said])
