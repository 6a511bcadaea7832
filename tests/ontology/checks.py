"""What must hold of the ontology file. Each check takes a graph or the file's text and returns its faults."""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from avnkg import vocab
from avnkg.claims.model import Claim
from avnkg.claims.vocabulary import Vocabulary
from avnkg.ontology.reading import local
from avnkg.ontology.reasoning import Classification

HERE = Path(__file__).parent

TOPS = frozenset(
    {
        "AftercareMeasure",
        "Agent",
        "AmountBasis",
        "AnatomicalStructure",
        "Anesthesia",
        "AnswerRule",
        "BareMeaning",
        "Basis",
        "BiologicalProcess",
        "Cause",
        "Cell",
        "CellSource",
        "Claim",
        "Copying",
        "CostItem",
        "Degree",
        "DeliveryAccess",
        "DeliveryTarget",
        "DiagnosticTest",
        "DiseaseClass",
        "Dispute",
        "Document",
        "DocumentKind",
        "Endpoint",
        "Exposure",
        "Feature",
        "FitnessLevel",
        "Force",
        "Frequency",
        "Guidance",
        "HealthCondition",
        "Hedge",
        "Instrument",
        "LesionSize",
        "Manner",
        "MedicalField",
        "Offering",
        "Outcome",
        "Passage",
        "PathologicalProcess",
        "PatientCharacteristic",
        "Payer",
        "Performer",
        "Period",
        "Place",
        "Population",
        "PreparationMeasure",
        "ProcedureClass",
        "ProcedureStep",
        "Proposition",
        "Quantity",
        "Relation",
        "Residual",
        "Respect",
        "Risk",
        "Scale",
        "Scope",
        "ScopeCondition",
        "Setting",
        "Side",
        "SituationCompared",
        "StageAtom",
        "StagingSystem",
        "Stance",
        "Standing",
        "Substance",
        "Symptom",
        "TimeReference",
        "Treatment",
        "Verdict",
        "Verification",
    }
)
"""The classes that have no parent, on purpose."""

KINDS = frozenset({"relatesTo", "comparesWith", "amountsTo", "namedByWords", "adviceProperty"})
"""What every predicate of a claim is a kind of."""

OPPOSED = frozenset({frozenset({"prevents", "leadsTo"}), frozenset({"indicatedFor", "contraindicatedFor"})})
ONE_ANSWER = {"hasMechanism": "RivalAnswers", "isKindOf": "DisjointAnswers", "mostCommonSite": "DisjointAnswers"}

_PREFIXES = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in vocab.PREFIXES.items())
_OUTSIDE = {
    "http://purl.obolibrary.org/obo/": "",
    "http://id.nlm.nih.gov/mesh/": "MESH:",
    "http://www.ebi.ac.uk/efo/": "",
}


def graph_of(triples: Iterable[ox.Triple]) -> ox.Store:
    """Return some triples as a graph that can be asked."""
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return store


def rows(graph: ox.Store, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a query as text, names of the ontology the short way, sorted."""
    answer = graph.query(_PREFIXES + query)
    assert isinstance(answer, ox.QuerySolutions)
    return sorted(tuple(local(getattr(term, "value", "")) for term in row) for row in answer)


def outside_owl_dl(triples: Iterable[ox.Triple], folder: Path) -> list[str]:
    """Return what OWLAPI's profile check finds outside OWL 2 DL."""
    file = folder / "ontology.nt"
    file.write_text("".join(f"{triple} .\n" for triple in triples), encoding="utf-8")
    program = [sys.executable, str(HERE / "owl_profile.py"), str(file)]
    return subprocess.run(program, capture_output=True, text=True, check=True, timeout=120).stdout.splitlines()


def unsound(found: Classification) -> list[str]:
    """Return why an ontology cannot be reasoned with: it contradicts itself, or a class can have no member."""
    if not found.consistent:
        return ["the ontology is inconsistent"]
    return [f"{name} can have no member" for name in found.unsatisfiable]


def unsaid_subsumptions(found: Classification, graph: ox.Store) -> list[str]:
    """Return what is below what for the reasoner but not for a query with `rdfs:subClassOf*`."""
    said: dict[str, set[str]] = defaultdict(set)
    for name, above in rows(graph, "SELECT ?name ?above { ?name a owl:Class ; rdfs:subClassOf* ?above }"):
        said[name].add(above)
    return [f"{name} is a {above}" for name, all_ in found.ancestors.items() for above in sorted(all_ - said[name])]


def undescribed(graph: ox.Store) -> list[str]:
    """Return the terms without an English label, an English definition or a source."""
    faults = []
    for need, pattern in (
        ("label", "?term rdfs:label ?value FILTER(LANG(?value) = 'en')"),
        ("definition", "?term skos:definition ?value FILTER(LANG(?value) = 'en')"),
        ("source", "?term dcterms:source ?value"),
    ):
        found = rows(graph, f"SELECT DISTINCT ?term {{ {_TERM} FILTER NOT EXISTS {{ {pattern} }} }}")
        faults += [f"{term} has no {need}" for (term,) in found]
    return faults


def orphans(graph: ox.Store, names: Iterable[str] = ()) -> list[str]:
    """Return classes without a parent, individuals without a class, and predicates that are no kind of claim.

    `names` are those that the code uses: a predicate of the model needs no kind.
    """
    parentless = rows(
        graph,
        """SELECT ?class { ?class a owl:Class FILTER(isIRI(?class))
        FILTER NOT EXISTS { ?class rdfs:subClassOf ?parent FILTER(isIRI(?parent)) } }""",
    )
    classless = rows(
        graph,
        """SELECT ?thing { ?thing a owl:NamedIndividual
        FILTER NOT EXISTS { ?thing a ?class . ?class a owl:Class } FILTER NOT EXISTS { ?thing a owl:Class } }""",
    )
    kinds = " ".join(f"avn:{kind}" for kind in KINDS)
    kindless = rows(
        graph,
        f"""SELECT ?predicate {{ VALUES ?type {{ owl:ObjectProperty owl:DatatypeProperty }} ?predicate a ?type
        FILTER NOT EXISTS {{ VALUES ?kind {{ {kinds} }} ?predicate rdfs:subPropertyOf* ?kind }}
        FILTER NOT EXISTS {{ ?subject ?predicate ?object }} }}""",
    )
    known = {local(name) for name in names}
    return [
        *(f"{name} has no parent" for (name,) in parentless if name not in TOPS),
        *(f"{name} is declared a top, and has a parent" for name in sorted(TOPS - {name for (name,) in parentless})),
        *(f"{name} has no class" for (name,) in classless),
        *(f"{name} is no kind of predicate" for (name,) in kindless if name not in known),
    ]


def unused(triples: Iterable[ox.Triple], names: Iterable[str]) -> list[str]:
    """Return the terms that nothing uses: neither the given names, nor what is said of a term in use.

    A term that carries `avn:keptFor` is in use for the reason that it gives.
    """
    leads: dict[str, set[str]] = defaultdict(set)
    terms: set[str] = set()
    in_use = set(names)
    for triple in triples:
        subject = str(triple.subject)
        leads[subject] |= {str(triple.predicate), str(triple.object)}
        if triple.predicate.value == vocab.LABEL and subject.startswith(f"<{vocab.AVN}"):
            terms.add(subject)
        if triple.predicate.value == f"{vocab.AVN}keptFor" and str(triple.object) not in ("", '""'):
            in_use.add(subject)
    reached: set[str] = set()
    left = list(in_use)
    while left:
        node = left.pop()
        if node not in reached:
            reached.add(node)
            left.extend(leads.get(node, ()))
    return sorted(f"{local(term.strip('<>'))} is used by nothing" for term in terms - reached)


def undeclared(graph: ox.Store, names: Iterable[str] = ()) -> list[str]:
    """Return names of ours that are used, in the file or among those given, and have no block of their own."""
    declared = {name for (name,) in rows(graph, f"SELECT DISTINCT ?term {{ {_ANY} }}")}
    used = {term for quad in graph for term in (quad.predicate, quad.object) if isinstance(term, ox.NamedNode)}
    wanted = {local(name) for name in (*names, *(term.value for term in used)) if name.startswith(vocab.AVN)}
    return sorted(f"{name} is not declared" for name in wanted - declared)


def unlisted_mappings(graph: ox.Store, identifiers: Iterable[str]) -> list[str]:
    """Return the outside identifiers that stand in no row of a list of `CURIE<TAB>label`."""
    listed = {line.partition("\t")[0] for line in identifiers if line.partition("\t")[2].strip()}
    found = rows(
        graph,
        """SELECT DISTINCT ?term ?other { VALUES ?match { skos:exactMatch skos:closeMatch skos:relatedMatch }
        ?term ?match ?other }""",
    )
    return [f"{term}: {_curie(other)} is not listed" for term, other in found if _curie(other) not in listed]


def ambiguous_words(graph: ox.Store) -> list[str]:
    """Return labels and synonyms that mean two terms, whatever their case."""
    meant: dict[str, set[str]] = defaultdict(set)
    for term, words in rows(graph, f"SELECT ?term ?words {{ {_TERM} ?term rdfs:label|skos:altLabel ?words }}"):
        meant[" ".join(words.casefold().split())].add(term)
    return [f"{words!r} means {' and '.join(sorted(terms))}" for words, terms in meant.items() if len(terms) > 1]


def misread_definitions(graph: ox.Store, vocabulary: Vocabulary) -> list[str]:
    """Return the axis values that axioms give to defined names and that are read otherwise or not at all."""
    found = rows(
        graph,
        """SELECT ?name ?property ?key ?value {
        ?name owl:equivalentClass/((owl:intersectionOf|owl:unionOf|rdf:first|rdf:rest)*) ?part .
        ?part owl:onProperty ?property ; owl:hasValue ?value
        OPTIONAL { ?property avn:onAxis/avn:axisKey ?key } }""",
    )
    faults = []
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for name, predicate, key, value in found:
        if not key:
            faults.append(f"{name}: {predicate} is on no axis")
        elif said[name].setdefault(key, value) != value:
            faults.append(f"{name} has two values on {key}")
    for name in sorted({*said, *vocabulary.defined}):
        known = vocabulary.defined.get(name)
        read = dict(known.values) if known else {}
        if read != said[name]:
            faults.append(f"{name} is read as {read}, and said to be {said[name]}")
    return faults


def wrong_axes(graph: ox.Store, vocabulary: Vocabulary, claims: Iterable[Claim]) -> list[str]:
    """Return axes without one key and one class as range, and values of claims that are not below the range."""
    faults = []
    for need, pattern in (("key", "avn:axisKey ?value"), ("range", "avn:axisRange ?value . ?value a owl:Class")):
        found = rows(
            graph,
            f"""SELECT ?axis (COUNT(?value) AS ?count) {{ ?axis a avn:Axis OPTIONAL {{ ?axis {pattern} }} }}
            GROUP BY ?axis""",
        )
        faults += [f"{axis} has {count} values as {need}" for axis, count in found if count != "1"]
    for claim in claims:
        for condition in claim.scope:
            axis = vocabulary.axes.get(condition.axis)
            for value in condition.any_of:
                if axis is None or value == axis.range or not vocabulary.is_a(value, axis.range):
                    faults.append(f"claim {claim.id}: {value} is no value of the axis {condition.axis}")
    return faults


def wrong_hedges(graph: ox.Store) -> list[str]:
    """Return hedges whose interval is not within 0 and 1, or that give no reason for it."""
    bounds = rows(
        graph,
        """SELECT ?hedge { ?hedge a avn:Hedge FILTER NOT EXISTS {
        ?hedge avn:low ?low ; avn:high ?high ; avn:lowOpen ?lowOpen ; avn:highOpen ?highOpen .
        FILTER(0 <= ?low && ?low <= ?high && ?high <= 1 && (?low < ?high || !(?lowOpen || ?highOpen))) } }""",
    )
    reasons = rows(
        graph, "SELECT ?hedge { ?hedge a avn:Hedge FILTER NOT EXISTS { ?hedge rdfs:comment ?why FILTER(?why != '') } }"
    )
    return [
        *(f"{hedge} has no interval within 0 and 1" for (hedge,) in bounds),
        *(f"{hedge} gives no reason" for (hedge,) in reasons),
    ]


def stages_without_atoms(graph: ox.Store) -> list[str]:
    """Return the stages that cover no atom, and those that cover one both surely and possibly."""
    bare = rows(
        graph,
        """SELECT ?stage { ?stage rdfs:subClassOf+ avn:DiseaseStage
        FILTER NOT EXISTS { ?stage avn:surelyCovers|avn:possiblyCovers ?atom . ?atom a avn:StageAtom } }""",
    )
    double = rows(graph, "SELECT ?stage ?atom { ?stage avn:surelyCovers ?atom ; avn:possiblyCovers ?atom }")
    return [
        *(f"{stage} covers no atom" for (stage,) in bare),
        *(f"{stage} covers {atom} surely and possibly" for stage, atom in double),
    ]


def wrong_competition(graph: ox.Store) -> list[str]:
    """Return how the predicates' answers compete otherwise than is agreed, or without a bare meaning."""
    pairs = {frozenset(row) for row in rows(graph, "SELECT ?one ?other { ?one owl:propertyDisjointWith ?other }")}
    ruled = rows(graph, "SELECT ?predicate ?rule { ?predicate avn:oneAnswer ?rule . ?rule a avn:AnswerRule }")
    one_answer = {predicate: rule for predicate, rule in ruled}  # noqa: C416
    kinds = " ".join(f"avn:{kind}" for kind in KINDS)
    meaningless = rows(
        graph,
        f"""SELECT ?predicate (COUNT(?value) AS ?count) {{ VALUES ?kind {{ {kinds} }}
        ?predicate rdfs:subPropertyOf* ?kind
        OPTIONAL {{ ?predicate avn:bareMeans ?value . ?value a avn:BareMeaning }} }}
        GROUP BY ?predicate HAVING(COUNT(?value) != 1)""",
    )
    return [
        *(f"{' and '.join(sorted(pair))} are not both agreed and declared as opposed" for pair in pairs ^ OPPOSED),
        *(f"{name}: {rule} is not agreed" for name, rule in one_answer.items() if ONE_ANSWER.get(name) != rule),
        *(f"{name} is not declared to have one answer" for name in ONE_ANSWER if name not in one_answer),
        *(f"{name} has {count} bare meanings" for name, count in meaningless),
    ]


def one_sided_inverses(graph: ox.Store) -> list[str]:
    """Return predicates that are written as another without being its inverse, or the other way round."""
    written = set(rows(graph, "SELECT ?name ?other { ?name avn:writtenAs ?other }"))
    inverse = set(rows(graph, "SELECT ?name ?other { ?name owl:inverseOf ?other }"))
    return [
        *(f"{name} is written as {other}, and not its inverse" for name, other in sorted(written - inverse)),
        *(f"{name} is the inverse of {other}, and not written as it" for name, other in sorted(inverse - written)),
    ]


def _curie(iri: str) -> str:
    for space, prefix in _OUTSIDE.items():
        if iri.startswith(space):
            return prefix + iri.removeprefix(space).replace("_", ":", 1)
    return iri


_TERM = f"""?term a ?type FILTER(STRSTARTS(STR(?term), "{vocab.AVN}")) FILTER(?type != owl:AllDisjointClasses)
FILTER(STRSTARTS(STR(?type), "{vocab.OWL}")) """
_ANY = f"""?term a ?type FILTER(STRSTARTS(STR(?term), "{vocab.AVN}")) """
