"""Relations and disputes: what the engine finds is what comes back out of a graph, in any store."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from avnkg import vocab
from avnkg.analysis.concepts import Concepts
from avnkg.analysis.disputes import Debate, Dispute, Issue, Side
from avnkg.analysis.independence import Source, independent, voices
from avnkg.analysis.relations.relations import Relation, relate
from avnkg.analysis.verdicts import Verdict
from avnkg.claims.model import Claim
from avnkg.claims.reading import read_corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.kinds import DocumentKind
from avnkg.documents.library import Library
from avnkg.documents.model import Document
from avnkg.errors import MissingPartError, NotFoundError, QueryError, UnknownTermError
from avnkg.graph.build import Inputs, build_memory
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.quads import QuadWriter
from avnkg.graph.relation_quads import RelationWriter, contest_number
from avnkg.graph.relation_records import disputes, relation, relations
from avnkg.graph.store import EmbeddedStore, Store, memory_store, open_store, write_store
from avnkg.ontology import hierarchy
from avnkg.ontology.reading import read_ontology
from avnkg.resources import folder
from tests.analysis.made import claim
from tests.conftest import ROOT
from tests.page import Page
from tests.queries.engines import oxigraph_server

MINI = ROOT / "tests" / "mini"
HOSTILE = (
    'a "quoted" \\ word',
    "line\nfeed\r\ttab",
    "} <http://a> . DROP ALL #",
    "[red]\u202egnirts\u202c\x1b[31m",
    "&lt;script&gt;<script>",
    "’ \U0001d11e e\u0301",
)


@dataclass(frozen=True)
class Derived:
    """What the engine makes of some records."""

    claims: Mapping[str, Claim]
    heard: Mapping[str, str]
    relations: tuple[Relation, ...]
    disputes: tuple[Dispute, ...]


def derive(given: Inputs, vocabulary: Vocabulary) -> Derived:
    """Return the relations and disputes of some records, without a graph."""
    corpus = read_corpus(given.corpora, vocabulary, given.library)
    claims = {claim.id: claim for claim in corpus.claims if claim.withdrawn is None}
    heard = voices(corpus.documents)
    known = hierarchy.ancestors(read_ontology())
    found = relate(claims.values(), vocabulary, heard, known)
    return Derived(claims, heard, found, Debate(claims, found, heard, Concepts(vocabulary, known)).disputes())


@pytest.fixture(scope="module", params=["mini", "corpus"])
def world(
    request: pytest.FixtureRequest, texts: Path | None, vocabulary: Vocabulary
) -> tuple[Derived, tuple[str, ...]]:
    """Return what follows from the records of a world, and its graph as lines."""
    embedded = Inputs((folder("corpus"),), Library((texts,) if texts else ()))
    tiny = Inputs((MINI / "corpus",), Library((MINI / "documents",)))
    return derive(tiny if request.param == "mini" else embedded, vocabulary), request.getfixturevalue(
        f"{request.param}_quads"
    )


@pytest.fixture(params=["memory", "disk", "endpoint"])
def store(request: pytest.FixtureRequest, world: tuple[Derived, tuple[str, ...]], tmp_path: Path) -> Iterator[Store]:
    """Yield the graph of a world in one kind of store after the other."""
    lines = world[1]
    if request.param == "memory":
        yield memory_store(lines)
    elif request.param == "disk":
        write_store(tmp_path / "store", lines)
        yield open_store(tmp_path / "store")
    else:
        (tmp_path / "served").mkdir()
        with oxigraph_server(lines, tmp_path / "served") as endpoint:
            yield endpoint


def ids(found: Mapping[str, tuple[object, ...]]) -> dict[str, list[str]]:
    """Return the ids of relations by what they are to a dispute."""
    return {name: sorted(each.relation.id for each in records) for name, records in found.items()}  # type: ignore[attr-defined]


def test_relations_and_disputes_come_back_as_they_were_found(
    world: tuple[Derived, tuple[str, ...]], store: Store, vocabulary: Vocabulary
) -> None:
    derived, _ = world
    graph = ClaimsGraph(store, vocabulary)
    records = relations(graph)
    assert sorted((each.relation for each in records), key=lambda each: each.id) == list(derived.relations)
    for each in records:
        claims = [derived.claims[name] for name in {*each.relation.a, *each.relation.b}]
        assert each.across == (len({derived.heard[claim.document] for claim in claims}) > 1)
        assert each.voices == independent(claims, derived.heard)
    found = disputes(graph)
    assert [each.id for each in found] == [each.id for each in derived.disputes]
    for told, dispute in zip(found, derived.disputes, strict=True):
        sides = [(held, count, [row.claim.partition("/claim/")[2] for row in rows]) for held, count, rows in told.sides]
        assert sides == [(" and ".join(s.voices), s.independent, list(s.claims)) for s in dispute.sides]
        parts = {
            "clash": dispute.clashes,
            "strain": dispute.tensions,
            "common ground": dispute.common,
            "dissolved": dispute.dissolved,
        }
        assert ids(told.parts) == {name: sorted(each.id for each in kept) for name, kept in parts.items() if kept}


class TestAsked:
    """Relations of the tiny world, some of them."""

    @pytest.fixture
    def graph(self, mini_store: EmbeddedStore, vocabulary: Vocabulary) -> ClaimsGraph:
        """Return the tiny world."""
        return ClaimsGraph(mini_store, vocabulary)

    @pytest.mark.parametrize("words", ["ScopeDifference", "scope difference", "scope-difference", "SCOPEDIFFERENCE"])
    def test_a_verdict_is_known_in_any_spelling(self, graph: ClaimsGraph, words: str) -> None:
        assert {each.relation.verdict for each in relations(graph, verdict=words)} == {Verdict.SCOPE_DIFFERENCE}

    @pytest.mark.parametrize("words", ["", "maybe", "avn:Tension", "scope"])
    def test_what_is_no_verdict_is_refused(self, graph: ClaimsGraph, words: str) -> None:
        with pytest.raises(QueryError, match="expected a verdict"):
            relations(graph, verdict=words)

    def test_every_verdict_occurs(self, graph: ClaimsGraph) -> None:
        for verdict in Verdict:
            found = relations(graph, verdict=verdict.value)
            assert found
            assert {each.relation.verdict for each in found} == {verdict}

    def test_within_and_across_are_all(self, graph: ClaimsGraph) -> None:
        within, across = relations(graph, across=False), relations(graph, across=True)
        assert len(within) == 2
        assert sorted(each.relation.id for each in (*within, *across)) == sorted(
            each.relation.id for each in relations(graph)
        )

    def test_about_a_concept_and_its_kinds(self, graph: ClaimsGraph) -> None:
        found = relations(graph, about="cell therapy")
        spoken = {row.claim.partition("/claim/")[2] for row in graph.claims(about="cell therapy")}
        assert [each for each in relations(graph) if spoken & {*each.relation.a, *each.relation.b}] == list(found)
        assert 0 < len(found) < len(relations(graph))
        assert relations(graph, about="knee") == ()
        with pytest.raises(UnknownTermError):
            relations(graph, about="zzz")

    def test_one_by_its_id_or_enough_of_it(self, graph: ClaimsGraph) -> None:
        for each in relations(graph):
            for name in (each.relation.id, f"relation/{each.relation.id}", f"{vocab.THING}relation/{each.relation.id}"):
                assert relation(graph, name) == each

    @pytest.mark.parametrize("name", ["zzz", "relation/", "", " ", '"', "x> <y"])
    def test_none_is_told(self, graph: ClaimsGraph, name: str) -> None:
        with pytest.raises(NotFoundError, match="there is no relation"):
            relation(graph, name)

    def test_several_are_told(self, vocabulary: Vocabulary) -> None:
        spoken = claim("CellTherapy heals Osteonecrosis")
        told = [made(spoken, number, says="One.") for number in ("ab1", "ab2", "abc")]
        graph = ClaimsGraph(written([spoken], told, (), vocabulary), vocabulary)
        with pytest.raises(NotFoundError, match="3 relations begin with 'ab'"):
            relation(graph, "ab")
        assert relation(graph, "abc").relation.id == "abc"


def made(spoken: Claim, number: str, **fields: object) -> Relation:
    """Return a relation of a claim with itself."""
    told = {"decided_by": (), "narrowed_by": (), "assumes": (), "rule": "8-stance", "says": "It is so.", **fields}
    return Relation(number, Verdict.AGREEMENT, "stance", (spoken.id,), (spoken.id,), **told)  # type: ignore[arg-type]


def written(
    claims: list[Claim], told: list[Relation], held: tuple[Dispute, ...], vocabulary: Vocabulary, voice: str = "One"
) -> EmbeddedStore:
    """Return a store with claims, relations and disputes as they are written."""
    record = a_document(voice)
    writer = RelationWriter({each.id: Source.of(each) for each in claims}, {"one": voice}, vocabulary)
    quads = QuadWriter(vocabulary)
    lines = [*quads.document(record), *quads.claims(claims, [record]), *writer.relations(told), *writer.disputes(held)]
    labels = [
        f"<{vocab.AVN}{name}> <{vocab.LABEL}> {ox.Literal(name, language='en')} .\n"
        for name in ("Agreement", "Affirms", "Asserts", "AnatomyAxis", "SubjectRespect", "Contradiction")
    ]
    return memory_store([*lines, *labels])


def a_document(publisher: str) -> Document:
    """Return the record of an invented page."""
    return Document(
        id="one",
        title="What is osteonecrosis?",
        publisher=publisher,
        kind=DocumentKind.CLINIC_BLOG,
        licence="copyright of the publisher",
        sha256="a" * 64,
        length=1000,
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_as_they_are(words: str, vocabulary: Vocabulary) -> None:
    spoken = claim("CellTherapy heals Osteonecrosis", says=words)
    told = made(spoken, "ab1", says=words, assumes=("anatomy", "subject"))
    side = Side((spoken.id,), (words,), 1)
    held = Dispute("d1", (Issue((words, "CellTherapy"), "heals", ()),), (side, side), (told,), (), (), (), ())
    graph = ClaimsGraph(written([spoken], [told], (held,), vocabulary, words), vocabulary)
    assert [each.relation for each in relations(graph)] == [told]
    [found] = disputes(graph)
    assert words in found.title
    assert [name for name, _, _ in found.sides] == [words, words]
    assert [row.quote for _, _, rows in found.sides for row in rows] == [words, words]


def test_contradictions_whose_ids_begin_alike_have_numbers_of_their_own() -> None:
    ids = ["c2899d97e88dd4d7802f509b", "c2899d97e88dd4d7802f509c", "d4d7802f509bd63be2c273a4", "d4d7802f509b", "d4d"]
    numbers = [contest_number(each) for each in ids]
    assert len(set(numbers)) == len(ids)
    assert all(0 <= number < 1 << 60 for number in numbers)


def test_a_name_of_ones_own_is_what_a_relation_is_about(page: Page, vocabulary: Vocabulary) -> None:
    name = 'thick "blood" } <x>'
    page.write(
        page.claim("001", subject=name, predicate="hasSymptom", object="Pain"),
        page.claim("002", quote="It hurts", at=page.text.index("It hurts"), subject=name, predicate="hasSymptom"),
    )
    given = Inputs((page.corpus,), page.library, None, True)
    [found] = relations(ClaimsGraph(build_memory(given), vocabulary))
    assert found.relation.verdict is Verdict.AGREEMENT
    assert name in found.relation.says


def test_a_withdrawn_claim_takes_its_relations_along(page: Page, vocabulary: Vocabulary) -> None:
    first = page.claim("001")
    hurts = page.text.index("It hurts")
    page.write(first, page.claim("002", quote="It hurts", at=hurts))
    [found] = relations(ClaimsGraph(build_memory(Inputs((page.corpus,), page.library)), vocabulary))
    assert found.relation.a == found.relation.b == ("a-page/001", "a-page/002")
    page.write(first, page.claim("002", quote="It hurts", at=hurts, withdrawn="read wrongly"))
    assert relations(ClaimsGraph(build_memory(Inputs((page.corpus,), page.library)), vocabulary)) == ()


def test_without_a_reasoner_the_relations_are_the_same(
    world: tuple[Derived, tuple[str, ...]],
    vocabulary: Vocabulary,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    derived, _ = world

    def missing(_: object) -> None:
        raise MissingPartError("owlready2 is not installed")

    monkeypatch.setenv("AVNKG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(hierarchy, "classify", missing)
    assert hierarchy.ancestors(read_ontology()) == {}
    again = relate(derived.claims.values(), vocabulary, derived.heard, {})
    assert again == derived.relations
    held = Debate(derived.claims, again, derived.heard, Concepts(vocabulary, {})).disputes()
    assert held == derived.disputes
