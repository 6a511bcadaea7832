"""A name added to the ontology changes verdicts as it should: nothing in the code knows any name."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from avnkg.analysis.relations.relations import relate
from avnkg.claims.vocabulary import Vocabulary
from avnkg.ontology.reading import read_ontology
from avnkg.resources import folder
from tests.claims.reader import meant

ADDED = """
avn:dissolves a owl:ObjectProperty ;
    rdfs:label "dissolves"@en ;
    rdfs:subPropertyOf avn:heals ;
    avn:bareMeans avn:All .
avn:OnceInABlueMoonHedge a avn:Hedge, owl:NamedIndividual ;
    rdfs:label "once in a blue moon"@en ;
    avn:low 0.0 ; avn:high 0.02 ; avn:lowOpen true ; avn:highOpen false .
avn:ChannelIntoJoint a owl:Class ;
    rdfs:label "cells through a channel into the joint"@en ;
    rdfs:subClassOf avn:CellTherapy ;
    owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( avn:CellTherapy
        [ a owl:Restriction ; owl:onProperty avn:deliversTo ; owl:hasValue avn:JointSpace ]
        [ a owl:Restriction ; owl:onProperty avn:deliveredThrough ; owl:hasValue avn:DrilledChannel ] ) ] .
avn:CrownOfFemoralHead a owl:Class, owl:NamedIndividual ;
    rdfs:label "crown of the femoral head"@en ;
    rdfs:subClassOf avn:AnatomicalStructure ;
    avn:partOf avn:FemoralHead .
"""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """Return the vocabulary of the ontology with a predicate, a hedge, a defined name and a value on an axis more."""
    path: Path = tmp_path_factory.mktemp("ontology") / "grown.ttl"
    ours = (folder("ontology") / "avnkg.ttl").read_text(encoding="utf-8")
    path.write_text(f"{ours}\n{ADDED}", encoding="utf-8")
    return _open(read_ontology(path).vocabulary)


@pytest.fixture(scope="module")
def ours() -> Vocabulary:
    """Return the vocabulary of the ontology as it is; names that it lacks stand for themselves."""
    return _open(read_ontology().vocabulary)


def test_a_predicate(ours: Vocabulary, grown: Vocabulary) -> None:
    dissolved, denied = {"predicate": "dissolves"}, {"predicate": "heals", "stance": "denies"}
    assert _verdict(ours, dissolved, denied) == "none"
    assert _verdict(grown, dissolved, denied) == "Contradiction"


def test_a_predicate_with_its_meaning_when_bare(ours: Vocabulary, grown: Vocabulary) -> None:
    all_of_them, some = {"predicate": "dissolves"}, {"predicate": "dissolves", "frequency": {"printed": "few"}}
    assert _verdict(ours, all_of_them, some) == "Contradiction"
    assert (
        _verdict(ours, all_of_them, {"predicate": "dissolves", "frequency": {"printed": "almost always"}})
        == "Agreement"
    )
    assert (
        _verdict(grown, all_of_them, {"predicate": "dissolves", "frequency": {"printed": "almost always"}}) == "Tension"
    )


def test_a_hedge(ours: Vocabulary, grown: Vocabulary) -> None:
    usual, rare = {"frequency": {"printed": "usually"}}, {"frequency": {"printed": "once in a blue moon"}}
    assert "once in a blue moon" not in ours.hedges
    assert _verdict(grown, usual, rare) == "Contradiction"
    assert _verdict(grown, {"frequency": {"printed": "can"}}, rare) == "Agreement"


def test_a_defined_name(ours: Vocabulary, grown: Vocabulary) -> None:
    name = {"subject": "ChannelIntoJoint"}
    spelled = {"scope": {"deliveryTarget": "JointSpace", "deliveryAccess": "DrilledChannel"}, "stance": "denies"}
    beside = {"subject": "JointInjectionOfCells", "stance": "denies"}
    assert _verdict(ours, name, spelled) == "none"
    assert _verdict(grown, name, spelled) == "Contradiction"
    assert _verdict(ours, name, beside) == "none"
    assert _verdict(grown, name, beside) == "ScopeDifference"


def test_a_value_on_an_axis(ours: Vocabulary, grown: Vocabulary) -> None:
    inner, outer = {"scope": {"anatomy": "CrownOfFemoralHead"}}, {"scope": {"anatomy": "Hip"}}
    assert _verdict(ours, inner, outer) == "Parallel"
    assert _verdict(grown, inner, outer) == "Refinement"
    assert _verdict(grown, inner, {"scope": {"anatomy": "Hip"}, "stance": "denies"}) == "Qualification"


def _open(vocabulary: Vocabulary) -> Vocabulary:
    return replace(vocabulary, open=True)


def _verdict(vocabulary: Vocabulary, one: dict[str, Any], other: dict[str, Any]) -> str:
    first, second = (
        meant(vocabulary, each.get("frequency", {}).get("printed", "words"), **each) for each in (one, other)
    )
    second = replace(second, id="b-page/001", document="b-page")
    found = relate([first, second], vocabulary, {"a-page": "x", "b-page": "y"})
    return " ".join(relation.verdict for relation in found) or "none"
