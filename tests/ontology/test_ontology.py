"""The ontology file is sound, complete and tidy; and each check of it can fail."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pyoxigraph as ox
import pytest

from avnkg import vocab
from avnkg.claims.reading import Corpus, read_corpus
from avnkg.documents.library import open_library
from avnkg.graph.names import thing
from avnkg.graph.quads import QuadWriter
from avnkg.ontology.reading import Ontology, read_ontology
from avnkg.ontology.reasoning import Classification, classify
from avnkg.resources import folder
from tests.ontology import checks
from tests.ontology.layout import untidy

IDENTIFIERS = (checks.HERE / "identifiers.txt").read_text(encoding="utf-8").splitlines()


@dataclass(frozen=True)
class Reading:
    """An ontology file as its checks take it."""

    ontology: Ontology
    text: str
    graph: ox.Store

    @property
    def triples(self) -> tuple[ox.Triple, ...]:
        """The triples of the file."""
        return self.ontology.triples


Broken = Callable[[str, str], Reading]


def read(path: Path) -> Reading:
    """Return a file with all that checks need of it."""
    ontology = read_ontology(path)
    return Reading(ontology, path.read_text(encoding="utf-8"), checks.graph_of(ontology.triples))


@pytest.fixture(scope="module")
def own() -> Reading:
    """The ontology as it is."""
    return read(folder("ontology") / "avnkg.ttl")


@pytest.fixture
def broken(own: Reading, tmp_path: Path) -> Broken:
    """A function that writes a copy of the ontology with one piece of text replaced, and reads it."""
    numbers = count()

    def write(old: str, new: str) -> Reading:
        assert own.text.count(old) >= 1, f"the ontology no longer holds {old!r}"
        path = tmp_path / f"{next(numbers)}.ttl"
        path.write_text(own.text.replace(old, new, 1), encoding="utf-8")
        return read(path)

    return write


@pytest.fixture(scope="module")
def corpus(own: Reading) -> Corpus:
    """The embedded corpus."""
    return read_corpus((folder("corpus"),), own.ontology.vocabulary, open_library(None))


@pytest.fixture(scope="module")
def used(own: Reading, corpus: Corpus) -> frozenset[str]:
    """The terms that the code and the corpus use, as N-Quads has them."""
    writer = QuadWriter(own.ontology.vocabulary)
    lines = [line for document in corpus.documents for line in writer.document(document)]
    lines += writer.claims(corpus.claims, corpus.documents)
    found = {str(term) for quad in ox.parse("".join(lines), ox.RdfFormat.N_QUADS) for term in quad.triple}
    return frozenset({*found, *(f"<{name}>" for name in constants())})


@pytest.fixture(scope="module")
def classified(own: Reading) -> Classification:
    """What HermiT finds in the ontology as it is."""
    return classify(own.ontology)


def constants() -> set[str]:
    """Return the names of ours that the code uses."""
    values = [value for name, value in vars(vocab).items() if name.isupper()]
    names = [name for value in values for name in (value.values() if isinstance(value, dict) else [value])]
    return {name for name in names if name.startswith(vocab.AVN) and name != vocab.AVN}


AGENT = "avn:Agent a owl:Class ;\n"


def test_it_is_within_owl_2_dl(own: Reading, broken: Broken, tmp_path: Path) -> None:
    assert checks.outside_owl_dl(own.triples, tmp_path) == []
    functional = broken("avn:partOf a owl:ObjectProperty,", "avn:partOf a owl:ObjectProperty, owl:FunctionalProperty,")
    assert "non-simple property" in checks.outside_owl_dl(functional.triples, tmp_path)[0]
    stray = broken('rdfs:label "agent"@en ;', 'rdfs:label "agent"@en ; skos:scopeNote "x" ;')
    assert "undeclared annotation property" in checks.outside_owl_dl(stray.triples, tmp_path)[0]


def test_it_is_consistent_and_every_class_can_have_members(classified: Classification, broken: Broken) -> None:
    assert checks.unsound(classified) == []
    both = broken(
        "avn:Hip a owl:Class", "avn:Wrong a owl:Class ; rdfs:subClassOf avn:Hip, avn:Knee .\n\navn:Hip a owl:Class"
    )
    assert checks.unsound(classify(both.ontology)) == ["Wrong can have no member"]
    clash = broken("avn:Hip a owl:Class", "avn:thisHip a avn:Hip, avn:Knee .\n\navn:Hip a owl:Class")
    assert checks.unsound(classify(clash.ontology)) == ["the ontology is inconsistent"]


def test_the_reasoner_adds_nothing_that_queries_would_miss(
    classified: Classification, own: Reading, broken: Broken
) -> None:
    assert checks.unsaid_subsumptions(classified, own.graph) == []
    block = next(block for block in own.text.split("\n\n") if block.startswith("avn:LesionInjection a "))
    parents = next(line for line in block.splitlines() if "rdfs:subClassOf" in line)
    less = broken(block, block.replace(f"{parents}\n", ""))
    assert "LesionInjection is a CellTherapy" in checks.unsaid_subsumptions(classify(less.ontology), less.graph)


def test_every_term_has_label_definition_and_source(own: Reading, broken: Broken) -> None:
    assert checks.undescribed(own.graph) == []
    bare = broken("avn:Axis a owl:Class ;\n", "avn:Bare a owl:Class, owl:NamedIndividual .\n\navn:Axis a owl:Class ;\n")
    assert checks.undescribed(bare.graph) == ["Bare has no label", "Bare has no definition", "Bare has no source"]
    german = broken('rdfs:label "agent"@en', 'rdfs:label "Akteur"@de')
    assert checks.undescribed(german.graph) == ["Agent has no label"]


def test_no_class_individual_or_predicate_is_an_orphan(own: Reading, broken: Broken) -> None:
    assert checks.orphans(own.graph, constants()) == []
    parentless = broken("    rdfs:subClassOf avn:Agent ;\n", "")
    assert checks.orphans(parentless.graph, constants()) == ["Organization has no parent"]
    no_top = broken(AGENT, f"{AGENT}    rdfs:subClassOf avn:Document ;\n")
    assert checks.orphans(no_top.graph, constants()) == ["Agent is declared a top, and has a parent"]
    classless = broken("avn:Gangji a avn:Person, owl:NamedIndividual", "avn:Gangji a owl:NamedIndividual")
    assert checks.orphans(classless.graph, constants()) == ["Gangji has no class"]
    kindless = broken("    rdfs:subPropertyOf avn:comparesWith ;\n", "")
    assert checks.orphans(kindless.graph, constants()) == ["betterCandidateThan is no kind of predicate"]


def test_no_term_is_without_use(own: Reading, broken: Broken, used: frozenset[str]) -> None:
    assert checks.unused(own.triples, used) == []
    spare = '    rdfs:label "spare"@en ;\n    rdfs:subClassOf avn:Agent'
    idle = broken(AGENT, f"avn:Spare a owl:Class ;\n{spare} .\n\n{AGENT}")
    assert checks.unused(idle.triples, used) == ["Spare is used by nothing"]
    kept = broken(AGENT, f'avn:Spare a owl:Class ;\n{spare} ;\n    avn:keptFor "a reason"@en .\n\n{AGENT}')
    assert checks.unused(kept.triples, used) == []


def test_every_name_that_code_or_file_uses_is_declared(own: Reading, broken: Broken) -> None:
    assert checks.undeclared(own.graph, constants()) == []
    assert len(constants()) > 100
    renamed = broken("avn:sha256 a owl:", "avn:sha257 a owl:")
    assert checks.undeclared(renamed.graph, constants()) == ["sha256 is not declared"]
    stray = broken("    rdfs:subClassOf avn:Agent ;", "    rdfs:subClassOf avn:Agnet ;")
    assert checks.undeclared(stray.graph) == ["Agnet is not declared"]


def test_every_outside_identifier_was_read_beside_its_label(own: Reading, broken: Broken) -> None:
    assert checks.unlisted_mappings(own.graph, IDENTIFIERS) == []
    wrong = broken("obo:MONDO_0005380", "obo:MONDO_0012126")
    assert checks.unlisted_mappings(wrong.graph, IDENTIFIERS) == ["Osteonecrosis: MONDO:0012126 is not listed"]
    unlabelled = ["MONDO:0005380\t", *(row for row in IDENTIFIERS if not row.startswith("MONDO:0005380\t"))]
    assert checks.unlisted_mappings(own.graph, unlabelled) == ["Osteonecrosis: MONDO:0005380 is not listed"]


def test_the_list_of_identifiers_holds_only_those_in_use(own: Reading) -> None:
    needless = [
        row for row in IDENTIFIERS if not checks.unlisted_mappings(own.graph, [r for r in IDENTIFIERS if r != row])
    ]
    assert needless == []


def test_no_words_mean_two_terms(own: Reading, broken: Broken) -> None:
    assert checks.ambiguous_words(own.graph) == []
    twice = broken('rdfs:label "asthma"@en', 'rdfs:label "Arthritis"@en')
    assert checks.ambiguous_words(twice.graph) == ["'arthritis' means Arthritis and Asthma"]
    synonym = broken('skos:altLabel "asthma issue"@en', 'skos:altLabel "cancer"@en')
    assert checks.ambiguous_words(synonym.graph) == ["'cancer' means Asthma and Cancer"]


def test_defined_names_are_read_as_their_axioms_say(own: Reading, broken: Broken) -> None:
    assert checks.misread_definitions(own.graph, own.ontology.vocabulary) == []
    lesion_injection = own.ontology.vocabulary.defined["LesionInjection"]
    assert lesion_injection.kind == "CellTherapy"
    assert lesion_injection.values == {"deliveryTarget": "OsteonecroticLesion", "deliveryAccess": "Needle"}
    offside = broken("    avn:onAxis avn:DeliveryAccessAxis ;\n", "")
    found = checks.misread_definitions(offside.graph, offside.ontology.vocabulary)
    assert "LesionInjection: deliveredThrough is on no axis" in found
    union = broken(
        "owl:equivalentClass [ a owl:Class ; owl:intersectionOf", "owl:equivalentClass [ a owl:Class ; owl:unionOf"
    )
    found = checks.misread_definitions(union.graph, union.ontology.vocabulary)
    assert [fault.partition(" ")[0] for fault in found] == ["CoreDecompressionWithCells"]


def test_every_axis_has_key_and_range_and_claims_keep_to_it(own: Reading, broken: Broken, corpus: Corpus) -> None:
    assert checks.wrong_axes(own.graph, own.ontology.vocabulary, corpus.claims) == []
    keyless = broken('    avn:axisKey "time" ;\n', "")
    assert checks.wrong_axes(keyless.graph, keyless.ontology.vocabulary, ()) == ["TimeAxis has 0 values as key"]
    rangeless = broken("avn:axisRange avn:TimeReference", "avn:axisRange avn:TimeReferenc")
    assert checks.wrong_axes(rangeless.graph, rangeless.ontology.vocabulary, ()) == ["TimeAxis has 0 values as range"]
    narrowed = broken("avn:axisRange avn:DeliveryTarget", "avn:axisRange avn:OsteonecroticLesion")
    assert checks.wrong_axes(narrowed.graph, narrowed.ontology.vocabulary, corpus.claims)


def test_every_hedge_has_an_interval_and_a_reason(own: Reading, broken: Broken) -> None:
    assert checks.wrong_hedges(own.graph) == []
    swapped = broken("    avn:low 0.9 ;\n    avn:high 1.0 ;", "    avn:low 1.0 ;\n    avn:high 0.9 ;")
    assert checks.wrong_hedges(swapped.graph) == ["AlmostAlwaysHedge has no interval within 0 and 1"]
    beyond = broken("    avn:low 0.9 ;\n    avn:high 1.0 ;", "    avn:low 0.9 ;\n    avn:high 1.1 ;")
    assert checks.wrong_hedges(beyond.graph) == ["AlmostAlwaysHedge has no interval within 0 and 1"]
    silent = broken('    rdfs:comment "The word leaves no exception."@en .', '    rdfs:seeAlso "x" .')
    assert checks.wrong_hedges(silent.graph) == ["AlwaysHedge gives no reason"]


def test_every_stage_covers_atoms_of_the_disease(own: Reading, broken: Broken) -> None:
    assert checks.stages_without_atoms(own.graph) == []
    bare = broken("    avn:surelyCovers avn:Atom0 ;\n", "")
    assert checks.stages_without_atoms(bare.graph) == ["ARCO1994Stage0 covers no atom"]
    double = broken("avn:possiblyCovers avn:Atom0, avn:AtomIIIA", "avn:possiblyCovers avn:Atom0, avn:AtomI")
    assert checks.stages_without_atoms(double.graph) == ["EarlyStage covers AtomI surely and possibly"]


def test_answers_compete_as_is_agreed(own: Reading, broken: Broken) -> None:
    assert checks.wrong_competition(own.graph) == []
    free = broken("    avn:oneAnswer avn:RivalAnswers ;\n", "")
    assert checks.wrong_competition(free.graph) == ["hasMechanism is not declared to have one answer"]
    other = broken("avn:oneAnswer avn:RivalAnswers", "avn:oneAnswer avn:DisjointAnswers")
    assert checks.wrong_competition(other.graph) == ["hasMechanism: DisjointAnswers is not agreed"]
    opposed = broken("owl:propertyDisjointWith avn:prevents", "owl:propertyDisjointWith avn:heals")
    assert checks.wrong_competition(opposed.graph) == ["heals and leadsTo are not both agreed and declared as opposed"]
    meaningless = broken(
        'altLabel "works"@en, "responds"@en ;\n    rdfs:subPropertyOf avn:relatesTo ;\n    avn:bareMeans avn:Most ;\n',
        'altLabel "works"@en, "responds"@en ;\n    rdfs:subPropertyOf avn:relatesTo ;\n',
    )
    assert checks.wrong_competition(meaningless.graph) == ["isEffectiveFor has 0 bare meanings"]


def test_predicates_written_as_another_are_its_inverse(own: Reading, broken: Broken) -> None:
    assert checks.one_sided_inverses(own.graph) == []
    same_way = broken("    owl:inverseOf avn:usedFor ;\n", "")
    assert checks.one_sided_inverses(same_way.graph) == ["treatedBy is written as usedFor, and not its inverse"]
    unwritten = broken("    avn:writtenAs avn:usedFor ;\n", "")
    assert checks.one_sided_inverses(unwritten.graph) == ["treatedBy is the inverse of usedFor, and not written as it"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("    rdfs:label", "\trdfs:label", "holds a tab"),
        ('rdfs:label "agent"@en ;', 'rdfs:label "agent"@en ; ', "ends in blanks"),
        ("    rdfs:label", "  rdfs:label", "not indented"),
        ("avn:Agent a owl:Class", "avn:Agent a owl:Class" + ", owl:Class" * 20, "longer than 160 characters"),
        ("\n\navn:AmountBasis", "\n\n\navn:AmountBasis", "one blank line between blocks"),
        ("#### Hedges\n\n", "#### Hedges\n", "blocks after a blank line"),
        ("avn:Agent a owl:Class", "avn:ZAgent a owl:Class", "avn:AmountBasis stands after avn:ZAgent"),
        ("avn:AlmostAlwaysHedge a", "avn:Agent a", "avn:Agent has two blocks"),
        ("@prefix avn:", "@prefix zavn:", "prefixes first"),
        (
            '    rdfs:label "claim"@en ;\n    skos:definition',
            '    skos:definition "x"@en ;\n    rdfs:label',
            "each property once",
        ),
        ('rdfs:label "axis"@en ;', 'rdfs:label "axis"@en ;\n    rdfs:label "axes"@en ;', "each property once"),
        ("# Years that do not overlap.\n", "", "a comment over axioms"),
        ("avn:Agent a owl:Class", "# an agent\navn:Agent a owl:Class", "over nothing else"),
        ("ontology> .\n\navn:AmountBasis a", "ontology>.\n\navn:AmountBasis a", "one full stop"),
        ("avn:Agent a owl:Class ;\n", "avn:Agent rdfs:seeAlso avn:Axis ;\n", "with its type first"),
    ],
)
def test_the_file_is_tidy(own: Reading, old: str, new: str, fault: str) -> None:
    assert untidy(own.text) == []
    assert old in own.text
    # The prefixes are looked at line by line, the other changes are made once.
    found = untidy(own.text.replace(old, new, 1))
    assert any(fault in line for line in found), found


def test_a_corpus_uses_terms_by_their_iri(used: frozenset[str]) -> None:
    assert f"<{vocab.AVN}CoreDecompression>" in used
    assert f"<{thing('document', 'regenexx-avn-hip')}>" in used
