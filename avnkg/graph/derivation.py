"""What follows from claims, as quads: their relations and the disputes. Of many claims nothing whole is kept for it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from avnkg.analysis.concepts import Concepts
from avnkg.analysis.disputes import Debate
from avnkg.analysis.independence import Source, voices
from avnkg.analysis.relations.engines import DuckEngine
from avnkg.analysis.relations.relations import Gathered
from avnkg.claims.model import Claim
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.model import Document
from avnkg.graph.relation_quads import RelationWriter
from avnkg.ontology.hierarchy import ancestors
from avnkg.ontology.reading import read_ontology

MANY = 20_000
"""Claims up to which they are all kept in memory, and disputes are gathered."""


class Kept:
    """What is kept of claims on their way into the graph, for what follows from all of them together.

    Of up to `MANY` claims that is all of them, for disputes. Of more it is a few numbers each, which give the relations
    a batch at a time; disputes would take them all at once, and are left out.
    """

    def __init__(self, documents: Iterable[Document], vocabulary: Vocabulary, many: int = MANY) -> None:
        """Store what claims may be about, and how many are too many to be kept."""
        self._heard = voices(documents)
        self._vocabulary = vocabulary
        self._concepts = Concepts(vocabulary, ancestors(read_ontology()))
        self._gathered = Gathered(self._concepts, self._heard)
        self._many = many
        self._count = 0
        self._claims: dict[str, Claim] = {}
        self._sources: dict[str, Source] = {}

    def taken(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Yield claims; those that count are kept."""
        met: dict[Source, Source] = {}
        for claim in claims:
            self._count += 1
            if self._count > self._many:
                self._claims.clear()
            if claim.withdrawn is None:
                self._gathered.take(claim)
                source = Source.of(claim)
                self._sources[claim.id] = met.setdefault(source, source)
                if self._count <= self._many:
                    self._claims[claim.id] = claim
            yield claim

    def derived(self) -> Iterator[str]:
        """Yield what follows from the claims, as N-Quads: their relations, then the disputes."""
        writer = RelationWriter(self._sources, self._heard, self._vocabulary)
        if self._count > self._many:
            with TemporaryDirectory(prefix="avnkg-") as scratch:
                engine = DuckEngine(scratch=Path(scratch))
                yield from writer.relations(self._gathered.relations(engine))
                engine.close()
            return
        relations = sorted(self._gathered.relations(DuckEngine()), key=lambda relation: relation.id)
        yield from writer.relations(relations)
        yield from writer.disputes(Debate(self._claims, tuple(relations), self._heard, self._concepts).disputes())
