"""A graph as it is built is sound; and every constraint of every shape can fail."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection

from avnkg import vocab
from avnkg.analysis.disputes import Dispute, Issue, Side
from avnkg.analysis.independence import Source
from avnkg.analysis.questions import KINDS
from avnkg.analysis.relations.relations import Relation
from avnkg.analysis.verdicts import Verdict
from avnkg.claims.kinds import Force, Stance, Standing, TimeRelation, Verification
from avnkg.claims.model import Claim, Condition, Degree, Frequency, Proposition, Quantity
from avnkg.documents.kinds import DocumentKind
from avnkg.documents.model import Document, Interest, Passage
from avnkg.errors import GraphError
from avnkg.graph.build import build_memory, inputs
from avnkg.graph.quads import QuadWriter
from avnkg.graph.queries import read_query
from avnkg.graph.relation_quads import RelationWriter
from avnkg.graph.store import memory_store
from avnkg.graph.validation import SHACL, broken_invariants, broken_shapes, validate
from avnkg.ontology.reading import read_ontology
from avnkg.resources import folder

SH = rdflib.Namespace(SHACL)
RDF = rdflib.RDF
WRONG = rdflib.URIRef("https://w3id.org/avnkg/wrong")
SHAPES = rdflib.Graph().parse(folder("ontology") / "shapes.ttl")


def a_document(name: str, replaces: str | None = None) -> Document:
    """A document's record in which no field is left out."""
    return Document(
        id=name,
        title="Alpha Guide",
        publisher="Alpha Travel",
        authors=("Ann Alpha",),
        reviewers=("Rea Alpha",),
        address="https://example.org/guide",
        published="2020",
        modified=date(2021, 2, 3),
        collected="a collection",
        kind=DocumentKind.PATIENT_GUIDE,
        interest=Interest(sells=("LesionInjection",), says="Sells what it praises."),
        licence="All rights reserved.",
        sha256="a" * 64,
        length=100,
        replaces=replaces,
    )


def a_claim(number: int, proposition: Proposition, **fields: object) -> Claim:
    """A claim on words of its own in the one document."""
    words = Passage("new", number, number + 5, "words", "b" * 64, "c" * 16, "d" * 16, "A heading")
    given: dict[str, object] = {"force": Force.ASSERTS, "verification": Verification.ANCHORED, **fields}
    return Claim(f"new/{number:03}", "new", (words,), proposition, "It is said.", **given)  # type: ignore[arg-type]


def sample() -> rdflib.Graph:
    """A small graph, as it is built, in which every property of the model occurs."""
    return rdflib.Graph().parse(data=_sample(), format="nt")


@cache
def _sample() -> str:
    weeks = Quantity("6 weeks", Decimal(6), Decimal(6), "week", "rest", None, TimeRelation.AFTER)
    price = Quantity("$8,000", Decimal(8000), Decimal(9000), "USD", "average price", "OutOfPocket")
    heals = Proposition("SimpleJointInjection", "heals", "Osteonecrosis")
    claims = [
        a_claim(
            1,
            Proposition("LesionInjection", "isEffectiveFor", "Osteonecrosis"),
            frequency=Frequency("most", Decimal("0.5"), Decimal(1), True, False, "most", "Patient"),
            degree=Degree("Excellent", "excellent"),
            scope=(
                Condition("stage", Standing.STATED, ("EarlyStage", "PreCollapse")),
                Condition("time", Standing.INHERITED, measured=weeks),
            ),
            appeal="studies show",
            cites=("https://example.org/study",),
            note="a note",
        ),
        a_claim(2, Proposition("CellTherapy", "price", quantity=price)),
        a_claim(3, heals, stance=Stance.DENIES),
        a_claim(4, Proposition("Osteonecrosis", "alsoCalled", "bone rot"), stance=Stance.DENIES),
        a_claim(
            5,
            Proposition(
                "LesionInjection", "moreEffectiveThan", None, "Treatment", "Outcome", excludes=("JointReplacement",)
            ),
        ),
        a_claim(6, heals, withdrawn="read wrongly"),
        a_claim(7, Proposition("CoreDecompression", "isPerformedWith", "CellTherapy"), force=Force.REPORTS),
    ]
    documents = [a_document("old"), a_document("new", replaces="old")]
    writer = QuadWriter(read_ontology().vocabulary)
    lines = [line for document in documents for line in writer.document(document)]
    lines.extend(writer.claims(claims, documents))
    lines.extend(disputed({claim.id: claim for claim in claims}))
    quads = ox.parse("".join(lines), ox.RdfFormat.N_QUADS)
    return "".join(f"{quad.triple} .\n" for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph))


def disputed(claims: Mapping[str, Claim]) -> Iterator[str]:
    """Yield the lines of a dispute with everything that it can have, and of its relations."""
    clash = a_relation("c1", Verdict.CONTRADICTION, assumes=("stage",))
    strain = a_relation("5e", Verdict.TENSION, assumes=("countedOver",))
    common = a_relation("c0", Verdict.REFINEMENT, narrowed_by=("subject",))
    apart = a_relation("d1", Verdict.SCOPE_DIFFERENCE, decided_by=("stage",))
    sides = Side(clash.a, ("Alpha Travel",), 1), Side(clash.b, ("Beta Clinic",), 1)
    dispute = Dispute(
        "d0",
        (Issue(("CellTherapy",), "heals", ("Osteonecrosis",)),),
        sides,
        (clash,),
        (strain,),
        (common,),
        (apart,),
        ("stage",),
    )
    writer = RelationWriter(
        {name: Source.of(each) for name, each in claims.items()}, {"new": "Alpha Travel"}, read_ontology().vocabulary
    )
    yield from writer.relations((clash, strain, common, apart))
    yield from writer.disputes((dispute,))


def a_relation(number: str, verdict: Verdict, **respects: tuple[str, ...]) -> Relation:
    """A relation between two of the claims."""
    given = {"decided_by": (), "narrowed_by": (), "assumes": (), **respects}
    return Relation(
        number, verdict, "class", ("new/001",), ("new/003",), **given, rule=f"{verdict.row}-class", says="It is so."
    )


def told(graph: rdflib.Graph) -> set[tuple[str, str]]:
    """Return the shapes that a graph breaks, each with what it says, without the value that came."""
    found = broken_shapes([graph.serialize(format="nt")])
    return {(each.source, each.message.partition("; got ")[0]) for each in found}


@dataclass(frozen=True)
class Case:
    """One constraint on one property of a shape."""

    shape: str
    targets: tuple[rdflib.term.Node, ...]
    path: rdflib.term.Node
    constraint: str
    bound: rdflib.term.Node
    message: str

    def __str__(self) -> str:
        return f"{self.shape}-{str(self.path).rpartition('#')[2].rpartition('/')[2]}-{self.constraint}"


def cases() -> Iterator[Case]:
    """Yield every constraint of every property shape that belongs to a named shape."""
    said = {SH.path, SH.message, SH.qualifiedValueShape}
    for shape in SHAPES.subjects(RDF.type, SH.NodeShape):
        targets = tuple(sorted(SHAPES.objects(shape, SH.targetClass), key=str))
        for part in SHAPES.objects(shape, SH.property):
            message = SHAPES.value(part, SH.message)
            assert message is not None, f"{shape} has a property without a message"
            path = SHAPES.value(part, SH.path)
            assert path is not None
            for constraint, bound in SHAPES.predicate_objects(part):
                if constraint not in said:
                    name = str(shape).rpartition("/")[2]
                    yield Case(name, targets, path, str(constraint).removeprefix(SHACL), bound, str(message))


CASES = sorted(cases(), key=str)


def another(value: rdflib.term.Node) -> rdflib.term.Node:
    """Return another value of the same sort."""
    if not isinstance(value, rdflib.Literal):
        return WRONG
    kind = value.datatype
    if kind == rdflib.XSD.boolean:
        return rdflib.Literal("true" if str(value) == "false" else "false", datatype=kind)
    if kind == rdflib.XSD.date:
        return rdflib.Literal("1999-01-01", datatype=kind)
    if kind in (rdflib.XSD.integer, rdflib.XSD.decimal):
        return rdflib.Literal("0" if str(value) != "0" else "1", datatype=kind)
    last = "1" if str(value).endswith("0") else "0"
    return rdflib.Literal(str(value)[:-1] + last, lang=value.language, datatype=kind)


def unfit(case: Case, value: rdflib.term.Node, graph: rdflib.Graph, node: rdflib.term.Node) -> rdflib.term.Node:
    """Return a value that breaks the constraint."""
    kind = getattr(value, "datatype", None)
    language = getattr(value, "language", None)
    wrong: dict[str, Callable[[], rdflib.term.Node]] = {
        "class": lambda: WRONG,
        "datatype": lambda: WRONG,
        "equals": lambda: another(value),
        "in": lambda: WRONG,
        "lessThan": lambda: graph.value(node, case.bound) or WRONG,
        "lessThanOrEquals": lambda: rdflib.Literal("1000000", datatype=kind),
        "maxInclusive": lambda: rdflib.Literal("2", datatype=kind),
        "minInclusive": lambda: rdflib.Literal("-1", datatype=kind),
        "minLength": lambda: rdflib.Literal("", lang=language, datatype=kind),
        "nodeKind": lambda: rdflib.Literal("x") if case.bound == SH.IRI else WRONG,
        "or": lambda: rdflib.Literal("x", lang="en"),
        "pattern": lambda: rdflib.Literal("!"),
    }
    return wrong[case.constraint]()


def broken(case: Case) -> rdflib.Graph:
    """Return a copy of the sample that breaks one constraint."""
    graph = sample()
    nodes = sorted((node for target in case.targets for node in graph.subjects(RDF.type, target)), key=str)
    if case.bound == rdflib.Literal(0) and case.constraint == "maxCount":
        return graph.add((nodes[0], case.path, WRONG))
    node = next((node for node in nodes if (node, case.path, None) in graph), None)
    assert node is not None, f"the sample has no {case.path} of a {case.shape}"
    value = graph.value(node, case.path, any=True)
    assert value is not None
    if case.constraint == "minCount":
        graph.remove((node, case.path, None))
    elif case.constraint == "maxCount":
        graph.add((node, case.path, another(value)))
    elif case.constraint == "qualifiedMinCount":
        wanted = SHAPES.value(next(SHAPES.objects(owner(case), SH.qualifiedValueShape)), SH["class"])
        graph.remove((None, RDF.type, wanted))
    elif case.constraint == "qualifiedMaxCount":
        wanted = SHAPES.value(next(SHAPES.objects(owner(case), SH.qualifiedValueShape)), SH["class"])
        assert wanted is not None
        graph.add((WRONG, RDF.type, wanted))
        graph.add((node, case.path, WRONG))
    else:
        graph.remove((node, case.path, value))
        graph.add((node, case.path, unfit(case, value, graph, node)))
    return graph


def owner(case: Case) -> rdflib.term.Node:
    """Return the property shape of a case."""
    return next(part for part in SHAPES.subjects(SH.message, rdflib.Literal(case.message, lang="en")))


def test_a_graph_as_it_is_built_has_every_shape() -> None:
    assert told(sample()) == set()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_constraint_on_a_property_can_fail(case: Case) -> None:
    assert (case.shape, case.message) in told(broken(case))


@pytest.mark.parametrize("shape", sorted(SHAPES.subjects(SH.closed, rdflib.Literal(True)), key=str), ids=str)
def test_a_closed_shape_refuses_any_other_property(shape: rdflib.term.Node) -> None:
    graph = sample()
    node = next(graph.subjects(RDF.type, SHAPES.value(shape, SH.targetClass, any=True)))
    graph.add((node, WRONG, rdflib.Literal("x")))
    assert (str(shape).rpartition("/")[2], str(SHAPES.value(shape, SH.message))) in told(graph)


@pytest.mark.parametrize(
    ("shape", "gone", "come"),
    [
        ("ClaimWithAssertion", r"<[^>]*claim/new/001> <[^>]*#assertionGraph>.*\n", ""),
        ("ClaimWithAssertion", r"(claim/new/001> <[^>]*#)force> <[^>]*>", rf"\1force> <{vocab.AVN}Reports>"),
        ("ClaimWithAmount", r"<[^>]*claim/new/002> <[^>]*#quantityPrinted>.*\n", ""),
        ("ClaimWithAmount", r"<[^>]*claim/new/001> <[^>]*#degree>.*\n", ""),
        ("DenialTarget", r"<[^>]*> <[^>]*#targetIndividual>.*\n", ""),
        ("DenialTarget", r"(<[^>]*> <[^>]*#target)Individual> (.*)\n", r'\g<0>\1Value> "x" .\n'),
        ("PropositionTarget", r"<[^>]*> <[^>]*#comparator>.*\n", ""),
        ("QuantityEnds", r"<[^>]*/value/[^>]*> <[^>]*#(low|high)>.*\n", ""),
    ],
)
def test_parts_that_go_together_are_held_together(shape: str, gone: str, come: str) -> None:
    text = sample().serialize(format="nt")
    changed = re.sub(gone, come, text)
    assert changed != text
    found = {each.source: each.message for each in broken_shapes([changed])}
    named = next(node for node in SHAPES.subjects(RDF.type, SH.NodeShape) if str(node).endswith(f"/{shape}"))
    assert found[shape].startswith(str(SHAPES.value(named, SH.message)))


def test_every_shape_speaks_and_is_a_shape() -> None:
    from pyshacl import validate as check

    silent = [
        shape
        for shape in SHAPES.subjects(RDF.type, SH.NodeShape)
        if not SHAPES.value(shape, SH.message) and not SHAPES.value(shape, SH.property, any=True)
    ]
    assert silent == []
    conforms, _, text = check(rdflib.Graph(), shacl_graph=SHAPES, meta_shacl=True, advanced=False)
    assert conforms, text


def test_closed_lists_are_those_that_the_code_writes() -> None:
    lists = {
        "stance": vocab.STANCES,
        "force": vocab.FORCES,
        "manner": vocab.MANNERS,
        "basis": vocab.BASES,
        "standing": vocab.STANDINGS,
        "verification": vocab.VERIFICATIONS,
        "documentKind": vocab.DOCUMENT_KINDS,
        "copying": vocab.COPYINGS,
        "verdict": vocab.VERDICTS,
        "issue": {kind: kind for kind in KINDS},
    }
    for name, values in lists.items():
        parts = list(SHAPES.subjects(SH.path, rdflib.URIRef(vocab.AVN + name)))
        found = [
            {str(value) for value in Collection(SHAPES, listed)}
            for part in parts
            if (listed := SHAPES.value(part, SH["in"])) and SHAPES.value(part, SH.message)
        ]
        assert found, name
        assert all(values_found == set(values.values()) for values_found in found), name


def test_a_violation_names_the_node_and_what_came() -> None:
    text = sample().serialize(format="nt").replace('"%s"' % ("b" * 64), '"short"')
    found = list(broken_shapes([text]))
    assert {each.source for each in found} == {"Passage"}
    assert found[0].node.startswith(f"{vocab.THING}passage/new/")
    assert found[0].message == 'A passage has one SHA-256: 64 lower-case hexadecimal digits; got "short"'


def test_lines_that_are_not_quads_are_refused() -> None:
    with pytest.raises(GraphError, match="not N-Quads"):
        list(broken_shapes(["<a b> .\n"]))


def test_a_row_of_a_check_is_a_violation(tmp_path: Path) -> None:
    path = tmp_path / "documents-are-short.rq"
    path.write_text(
        "#+ title: Every document is shorter than 50 characters\n"
        "#+ question: Which documents are not?\n"
        "PREFIX avn: <https://w3id.org/avnkg/ontology#>\n"
        "SELECT ?length ?document WHERE { ?document avn:length ?length FILTER(?length >= 50) } ORDER BY ?document\n",
        encoding="utf-8",
    )
    store = memory_store([sample().serialize(format="nt")])
    found = list(broken_invariants(store, read_query(path, "checks/documents-are-short"), read_ontology().vocabulary))
    assert [each.node for each in found] == [f"{vocab.THING}document/new", f"{vocab.THING}document/old"]
    assert found[0].source == "checks/documents-are-short"
    assert found[0].message == ("Every document is shorter than 50 characters (length 100, document document/new)")


def test_the_embedded_corpus_is_sound() -> None:
    report = validate(build_memory(inputs()), read_ontology().vocabulary)
    assert report.violations == ()
    assert report.sound


def test_a_broken_graph_is_reported_in_order() -> None:
    lines = build_memory(inputs()).lines()
    report = validate(memory_store(line for line in lines if f"<{vocab.SAYS}>" not in line), read_ontology().vocabulary)
    assert not report.sound
    assert list(report.violations) == sorted(report.violations)
    assert {"A claim is worded once in plain English"} == {
        each.message for each in report.violations if each.source == "Claim"
    }
