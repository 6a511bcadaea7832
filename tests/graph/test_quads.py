"""Quads: the default graph holds everything once, an assertion graph the plain triple or the denial and no more."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from avnkg import vocab
from avnkg.claims.kinds import Force, Takes
from avnkg.claims.model import Claim
from avnkg.claims.reading import Corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.model import Document
from avnkg.graph.literals import boolean, number, text
from avnkg.graph.names import claim_iri, thing
from avnkg.graph.quads import QuadWriter
from avnkg.ontology.reading import read_ontology
from tests.claims.reader import meant
from tests.claims.strategies import Found, claims
from tests.page import Page

SPEAKER = thing("agent", "a-clinic")
Triple = tuple[str, str, str]


def parsed(lines: str) -> list[ox.Quad]:
    """Return quads as a store reads them."""
    return list(ox.parse(lines.encode(), ox.RdfFormat.N_QUADS))


def quads_of(claim: Claim, vocabulary: Vocabulary) -> list[ox.Quad]:
    """Return the quads of a claim."""
    return parsed("".join(QuadWriter(vocabulary).claim(claim, 1, SPEAKER)))


def facts(claim: Claim, vocabulary: Vocabulary) -> set[Triple]:
    """Return the triples of the default graph, terms as text."""
    return {
        (quad.subject.value, quad.predicate.value, _value(quad.object))  # type: ignore[union-attr]
        for quad in quads_of(claim, vocabulary)
        if isinstance(quad.graph_name, ox.DefaultGraph)
    }


def asserted(claim: Claim, vocabulary: Vocabulary) -> set[Triple]:
    """Return the triples of the claim's own graph."""
    return {
        (quad.subject.value, quad.predicate.value, _value(quad.object))  # type: ignore[union-attr]
        for quad in quads_of(claim, vocabulary)
        if not isinstance(quad.graph_name, ox.DefaultGraph)
    }


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def avn(*names: str) -> tuple[str, ...]:
    """Return the IRIs of some names of the ontology."""
    return tuple(vocab.AVN + name for name in names)


@example("\x00\x01\x1f\x7f\x80\x85\u2028\u2029\ufeff\ufffe\uffff")
@example('"\\\n\r\t\\u0041\\')
@example("🦴\u202e\u00a0")
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_come_out_of_both_libraries_as_they_went_in(words: str) -> None:
    line = f"<http://a/s> <http://a/p> {text(words)} .\n"
    [quad] = parsed(line)
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == words
    dataset = rdflib.Dataset()
    dataset.parse(data=line, format="nquads")
    [(_, _, found, _)] = list(dataset.quads((None, None, None, None)))
    assert str(found) == words
    assert line.count("\n") == 1, "a quad is one line"


@given(st.decimals(0, 10**15, allow_nan=False, places=3) | st.integers(0, 10**15))
def test_a_number_comes_out_as_the_number_in_the_spelling_it_went_in(value: int | Decimal) -> None:
    written = number(value)
    [quad] = parsed(f"<http://a/s> <http://a/p> {written} .\n")
    assert isinstance(quad.object, ox.Literal)
    assert Decimal(quad.object.value) == value
    store = ox.Store()
    store.add(quad)
    assert [str(each.object) for each in store] == [written]


def test_truth_values_are_the_stores_own() -> None:
    assert (boolean(True), boolean(False)) == (str(ox.Literal(True)), str(ox.Literal(False)))


@given(claims())
def test_any_claim_gives_quads_that_a_store_takes_and_its_graph_the_triple_or_nothing(found: Found) -> None:
    vocabulary = read_ontology().vocabulary
    claim = found.claim
    quads = quads_of(claim, vocabulary)
    graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    own = asserted(claim, vocabulary)
    assert bool(own) == claim.triple_bearing
    assert graphs == ({thing("assertion", claim.id)} if claim.triple_bearing else set())
    assert own <= facts(claim, vocabulary), "the default graph holds everything"
    assert len(own) in (0, 1, 4)
    links = {each for each in facts(claim, vocabulary) if each[1] == vocab.ASSERTION_GRAPH}
    assert links == {(claim_iri(claim.id), vocab.ASSERTION_GRAPH, graph) for graph in graphs}
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_the_default_graph_holds_each_triple_of_the_corpus_and_every_graph_one_claim(
    embedded: Corpus, vocabulary: Vocabulary
) -> None:
    written = "".join(QuadWriter(vocabulary).claims(embedded.claims, embedded.documents))
    store = ox.Store()
    store.bulk_load(written.encode(), format=ox.RdfFormat.N_QUADS)
    default = {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    for quad in store:
        assert quad.triple in default
    link = ox.NamedNode(vocab.ASSERTION_GRAPH)
    graphs = Counter(quad.object for quad in store.quads_for_pattern(None, link, None, ox.DefaultGraph()))
    assert set(graphs) == set(store.named_graphs())
    assert set(graphs.values()) == {1}
    bearing = {thing("assertion", claim.id) for claim in embedded.claims if claim.triple_bearing}
    assert {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)} == bearing


@pytest.mark.parametrize("force", [Force.AIMS, Force.REPORTS, Force.RECOUNTS, Force.ADVERTISES])
@pytest.mark.parametrize("stance", ["affirms", "denies"])
def test_who_is_not_committed_gives_no_triple(vocabulary: Vocabulary, force: Force, stance: str) -> None:
    claim = meant(vocabulary, force=force, stance=stance)
    assert asserted(claim, vocabulary) == set()
    assert avn("CellTherapy", "heals", "Osteonecrosis") not in facts(claim, vocabulary)
    assert not any(each[1] == vocab.ASSERTION_GRAPH for each in facts(claim, vocabulary))


def test_a_withdrawn_claim_gives_no_triple_and_says_why(vocabulary: Vocabulary) -> None:
    claim = meant(vocabulary, withdrawn="read wrongly")
    found = facts(claim, vocabulary)
    node = claim_iri(claim.id)
    assert asserted(claim, vocabulary) == set()
    assert (node, vocab.WITHDRAWN, "read wrongly") in found
    assert (node, vocab.TYPE, vocab.WITHDRAWN_CLAIM) in found
    assert (node, vocab.TYPE, vocab.CLAIM) not in found


def test_a_denial_never_gives_the_plain_triple(vocabulary: Vocabulary) -> None:
    claim = meant(vocabulary, stance="denies")
    assert avn("CellTherapy", "heals", "Osteonecrosis") not in facts(claim, vocabulary)


def test_a_denial_of_words_has_a_target_value(vocabulary: Vocabulary) -> None:
    claim = meant(vocabulary, 'not called a "name"', stance="denies", predicate="alsoCalled", object='a "name"')
    assert {each[1:] for each in asserted(claim, vocabulary)} == {
        (vocab.TYPE, vocab.DENIAL),
        (vocab.SOURCE_INDIVIDUAL, vocab.AVN + "CellTherapy"),
        (vocab.ASSERTION_PROPERTY, vocab.AVN + "alsoCalled"),
        (vocab.TARGET_VALUE, 'a "name"'),
    }


def test_a_comparison_points_to_what_is_compared_and_an_amount_to_its_value(vocabulary: Vocabulary) -> None:
    better = meant(vocabulary, predicate="lessEffectiveThan", object=None, comparator="CoreDecompression")
    assert asserted(better, vocabulary) == {avn("CoreDecompression", "moreEffectiveThan", "CellTherapy")}
    quantity = {"printed": "$8,000 to $15,000", "low": "8000", "high": "15000", "unit": "USD", "of": "visit"}
    price = meant(vocabulary, "$8,000 to $15,000", predicate="price", object=None, quantity=quantity)
    [(_, _, value)] = asserted(price, vocabulary)
    found = {each[1:] for each in facts(price, vocabulary) if each[0] == value}
    assert {
        (vocab.LOW, "8000"),
        (vocab.HIGH, "15000"),
        (vocab.UNIT, "USD"),
        (vocab.MEASURES, "visit"),
        (vocab.LABEL, "8000 to 15000 USD"),
    } < found
    assert (claim_iri(price.id), vocab.QUANTITY_PRINTED, "$8,000 to $15,000") in facts(price, vocabulary)


def test_only_denies_a_concept_that_is_any_other(vocabulary: Vocabulary) -> None:
    claim = meant(vocabulary, stance="denies", subject="Treatment", subjectExcept=["CellTherapy", "CoreDecompression"])
    found = facts(claim, vocabulary)
    [residual] = {each[0] for each in found if each[1:] == (vocab.TYPE, vocab.RESIDUAL)}
    assert (residual, vocab.BROADER, *avn("Treatment")) in found
    assert {each[2] for each in found if each[:2] == (residual, vocab.EXCLUDES)} == set(
        avn("CellTherapy", "CoreDecompression")
    )
    [label] = {each[2] for each in found if each[:2] == (residual, vocab.LABEL)}
    assert label.startswith("any other ")
    assert label.endswith(" or core decompression")
    assert (residual,) in {each[2:] for each in asserted(claim, vocabulary) if each[1] == vocab.SOURCE_INDIVIDUAL}
    assert vocab.AVN + "Treatment" not in {each[2] for each in asserted(claim, vocabulary)}
    object_too = meant(vocabulary, except_=["Pain"])
    [(_, _, target)] = asserted(object_too, vocabulary)
    assert target.startswith(thing("concept", ""))


def test_a_defined_name_gives_its_conditions_and_they_are_marked(vocabulary: Vocabulary) -> None:
    found = facts(meant(vocabulary, subject="LesionInjection", scope={"stage": "Stage1"}), vocabulary)
    conditions = {each[0]: each[2] for each in found if each[1] == vocab.STANDING}
    marked = {
        (each[2].removeprefix(vocab.AVN), conditions[each[0]].removeprefix(vocab.AVN))
        for each in found
        if each[1] == vocab.VALUE and each[0] in conditions
    }
    assert marked == {
        ("Stage1", "StatedValue"),
        ("Needle", "DefinitionalValue"),
        ("OsteonecroticLesion", "DefinitionalValue"),
    }


@given(claims(), claims())
def test_claims_of_one_proposition_meet_in_one_node(one: Found, other: Found) -> None:
    vocabulary = read_ontology().vocabulary
    nodes = [
        next(each[2] for each in facts(found.claim, vocabulary) if each[1] == vocab.HAS_PROPOSITION)
        for found in (one, other)
    ]
    assert (nodes[0] == nodes[1]) == (one.claim.proposition.key == other.claim.proposition.key)


def test_every_predicate_of_the_ontology_can_be_written_with_every_force(vocabulary: Vocabulary) -> None:
    quantity = {"printed": "5 weeks", "low": "5", "unit": "week"}
    for predicate in vocabulary.predicates.values():
        targets: dict[Takes, dict[str, Any]] = {
            Takes.AMOUNT: {"object": None, "quantity": quantity},
            Takes.TEXT: {"object": "words"},
            Takes.COMPARISON: {"object": None, "comparator": "CoreDecompression"},
        }
        target = targets.get(predicate.takes, {})
        for force in Force:
            for stance in ("affirms", "denies"):
                claim = meant(
                    vocabulary, "words 5 weeks", predicate=predicate.name, force=force, stance=stance, **target
                )
                assert len(asserted(claim, vocabulary)) in (0, 1, 4)


HOSTILE = ["a> <b> <c> .\n<d", 'say "x"', "line\nbreak\r", "\u202eright\u200f", "<script>", "\x00", "rdf:a#b#c"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_one_name_and_no_more_quads_than_a_tame_one(vocabulary: Vocabulary, name: str) -> None:
    opened = replace(vocabulary, open=True)
    tame, hostile = (
        meant(opened, subject=each, predicate=f"p {each}", object=each, scope={each: each}, degree=None)
        for each in ("tame", name)
    )
    assert len(quads_of(tame, opened)) == len(quads_of(hostile, opened))


def test_an_open_claim_cannot_speak_about_claims(vocabulary: Vocabulary) -> None:
    opened = replace(vocabulary, open=True)
    forged = meant(opened, subject=claim_iri("a-page/002"), predicate="avn:stance", object=f"{vocab.AVN}Denies")
    [(subject, predicate, target)] = asserted(forged, opened)
    assert all(each.startswith(thing("open", "")) for each in (subject, predicate, target))


def document(**fields: Any) -> Document:
    """Return the record of the invented page with some fields changed."""
    return Document.model_validate({**Page(Path()).record, **fields})


def test_a_record_is_written_with_all_that_it_has(vocabulary: Vocabulary) -> None:
    record = document(
        authors=["A. Author"],
        reviewers=["B. Reviewer"],
        address="https://a/b c",
        published="2019",
        modified="2020-01-02",
        collected="a collection",
        interest={"says": "sells it", "sells": ["CellTherapy"]},
        replaces="an-older-page",
        language="de-AT",
    )
    quads = parsed("".join(QuadWriter(vocabulary).document(record)))
    node = thing("document", "a-page")
    found = {quad.predicate.value: _value(quad.object) for quad in quads if quad.subject == ox.NamedNode(node)}
    assert found[vocab.SOURCE] == "https://a/b c"
    assert found[vocab.MODIFIED] == "2020-01-02"
    assert found[vocab.REPLACES] == found[vocab.REVISION_OF] == thing("document", "an-older-page")
    assert found[vocab.SELLS] == vocab.AVN + "CellTherapy"
    assert found[vocab.CREATOR] == thing("agent", "a-author")
    assert found[vocab.REVIEWER] == thing("agent", "b-reviewer")
    assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}


def test_people_whose_names_differ_only_in_signs_are_different_people(vocabulary: Vocabulary) -> None:
    agent = QuadWriter(vocabulary).agent
    names = ["Müller", "Möller", "M-ller", "C Clinic", "C++ Clinic", "王 2", "李 2", "…", "???"]
    assert len({agent(name) for name in names}) == len(names)
    assert agent("A. Clinic") == agent("a  clinic") == SPEAKER


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(texts: Path | None) -> None:
    program = (
        "import sys, hashlib\n"
        "from pathlib import Path\n"
        "from avnkg.graph.build import Tally, chunks, inputs\n"
        "given = inputs(documents=Path(sys.argv[1]) if sys.argv[1:] else None)\n"
        "print(hashlib.sha256(''.join(chunks(given, Tally())).encode()).hexdigest(), given.key)\n"
    )
    command = [sys.executable, "-c", program, *([str(texts)] if texts else [])]
    found = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(found) == 1
