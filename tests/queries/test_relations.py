"""What the library says of relations and disputes, held against the records that they are made from."""

from collections.abc import Iterable

import pytest

from avnkg.analysis.verdicts import Verdict
from avnkg.claims.model import Claim
from avnkg.claims.reading import Corpus, read_corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.library import Library
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.queries import find_query
from avnkg.graph.relation_records import RelationRecord, disputes, relations
from avnkg.graph.rows import rows_of
from avnkg.graph.store import EmbeddedStore
from tests.conftest import ROOT
from tests.queries.cases import cells

INJECTED = ("LesionInjection", "JointInjectionOfCells", "IntravenousInfusionOfCells")
CLASHING = (Verdict.CONTRADICTION, Verdict.RIVAL, Verdict.TENSION)
LISTS = {
    "agreements": (Verdict.AGREEMENT, True),
    "agreements-inside": (Verdict.AGREEMENT, False),
    "parallels": (Verdict.PARALLEL, True),
    "refinements": (Verdict.REFINEMENT, True),
    "qualifications": (Verdict.QUALIFICATION, True),
    "contradictions": (Verdict.CONTRADICTION, True),
    "contradictions-inside": (Verdict.CONTRADICTION, False),
    "rivals": (Verdict.RIVAL, None),
    "tensions": (Verdict.TENSION, None),
    "scope-differences": (Verdict.SCOPE_DIFFERENCE, None),
}


@pytest.fixture(scope="module")
def mini(vocabulary: Vocabulary) -> Corpus:
    """Return the tiny world's records."""
    place = ROOT / "tests" / "mini"
    return read_corpus((place / "corpus",), vocabulary, Library((place / "documents",)))


@pytest.fixture(params=["mini", "corpus"])
def world(request: pytest.FixtureRequest, vocabulary: Vocabulary) -> tuple[ClaimsGraph, Corpus]:
    """Return a graph, and the records that it was built from."""
    store: EmbeddedStore = request.getfixturevalue(f"{request.param}_store")
    return ClaimsGraph(store, vocabulary), request.getfixturevalue("mini" if request.param == "mini" else "embedded")


def below(names: Iterable[str | None], tops: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Tell whether some name is one of the tops, or a kind of one."""
    return any(set(tops) & vocabulary.ancestors.get(name, {name}) for name in names if name)


def named(claim: Claim) -> tuple[str | None, ...]:
    """Return what a claim speaks of."""
    said = claim.proposition
    return (said.subject, said.object, said.comparator)


def through(claim: Claim, ways: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Tell whether a claim says, or its heading does, that cells come to their target in one of these ways."""
    values = (each.any_of for each in claim.scope if each.axis == "deliveryAccess")
    return any(below(given, ways, vocabulary) for given in values)


def stand_against(record: RelationRecord, some: set[str], others: set[str]) -> bool:
    """Tell whether one side of a relation has some of these claims, and the other side some of those."""
    a, b = set(record.relation.a), set(record.relation.b)
    return bool((a & some and b & others) or (b & some and a & others))


def test_surgery_against_injection_leaves_no_relation_out(
    world: tuple[ClaimsGraph, Corpus], vocabulary: Vocabulary
) -> None:
    graph, corpus = world
    surgical = {c.id for c in corpus.claims if below(named(c), ["CoreDecompression"], vocabulary)}
    drilled = surgical | {c.id for c in corpus.claims if through(c, ["DrilledChannel"], vocabulary)}
    injected = {
        c.id
        for c in corpus.claims
        if below(named(c), INJECTED, vocabulary) or through(c, ["Needle", "VenousLine"], vocabulary)
    }
    wanted = {
        each.relation.id
        for each in relations(graph)
        if stand_against(each, drilled, injected)
        or (each.relation.verdict in CLASHING and surgical & {*each.relation.a, *each.relation.b})
    }
    found = rows_of(graph.store.query(find_query("surgery-against-injection").bound({}, vocabulary)))
    assert {name for (name,) in cells(found, ["relation"])} == {f"relation/{name}" for name in wanted}
    assert wanted
    assert {verdict for (verdict,) in cells(found, ["verdict"])} >= {"contradiction", "tension", "parallel"}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_by_verdict_has_all_of_its_relations_and_their_claims(
    name: str, world: tuple[ClaimsGraph, Corpus], vocabulary: Vocabulary
) -> None:
    graph, _ = world
    verdict, across = LISTS[name]
    free = {"axis": ""} if name == "scope-differences" else {}
    rows = rows_of(graph.store.query(find_query(name).bound(free, vocabulary)))
    found = set(cells(rows, ["relation", "side", "claim"]))
    wanted = set()
    for each in relations(graph, verdict=verdict.value, across=across):
        told = each.relation
        for claim in {*told.a, *told.b}:
            both = claim in told.a and claim in told.b
            side = "both" if both else "first" if claim in told.a else "second"
            wanted.add((f"relation/{told.id}", side, claim))
    assert found == wanted


@pytest.mark.parametrize(
    "concept", ["CoreDecompression", "CoreDecompressionWithCells", "JointReplacement", "Osteonecrosis"]
)
def test_contradictions_about_a_concept_are_those_of_claims_that_name_it(
    concept: str, world: tuple[ClaimsGraph, Corpus]
) -> None:
    graph, corpus = world
    spoken = {claim.id for claim in corpus.claims if concept in named(claim)}
    wanted = {
        f"relation/{each.relation.id}"
        for each in relations(graph, verdict="Contradiction")
        if spoken & {*each.relation.a, *each.relation.b}
    }
    rows = graph.query("contradictions-about", concept=concept)
    found = [name for (name,) in cells(rows, ["relation"])]
    assert (set(found), len(found)) == (wanted, len(wanted))


def test_relations_of_a_claim_are_those_with_others_over_against_it(
    world: tuple[ClaimsGraph, Corpus], vocabulary: Vocabulary
) -> None:
    graph, corpus = world
    wanted: dict[str, set[tuple[str, str]]] = {claim.id: set() for claim in corpus.claims}
    for each in relations(graph):
        for one in each.relation.a:
            for other in each.relation.b:
                if one != other:
                    wanted[one].add((each.relation.id, other))
                    wanted[other].add((each.relation.id, one))
    spoken = sorted(wanted, key=lambda claim: -len(wanted[claim]))
    for claim in (*spoken[:10], spoken[-1]):
        rows = graph.query("relations-of-a-claim", claim=claim)
        found = {(name.removeprefix("relation/"), other) for name, other in cells(rows, ["relation", "other"])}
        assert found == wanted[claim], claim


def test_disputes_and_their_parts_are_those_of_the_records(
    world: tuple[ClaimsGraph, Corpus], vocabulary: Vocabulary
) -> None:
    graph, _ = world
    found = disputes(graph)
    common = set(cells(graph.query("common-ground"), ["dispute", "relation"]))
    dissolved = set(cells(graph.query("dissolved"), ["dispute", "relation"]))
    for name, rows in (("common ground", common), ("dissolved", dissolved)):
        wanted = {
            (f"dispute/{each.id}", f"relation/{part.relation.id}")
            for each in found
            for part in each.parts.get(name, ())
        }
        assert rows == wanted
    titles = dict.fromkeys(cells(graph.query("disputes"), ["dispute", "title"]))
    assert list(titles) == [(f"dispute/{each.id}", each.title) for each in found]
