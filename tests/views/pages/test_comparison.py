"""The comparison of the procedures: hand-counted in the tiny world, held by properties on the corpus."""

from collections.abc import Iterable
from typing import Any

import pytest

from avnkg import vocab
from avnkg.analysis.verdicts import Verdict
from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import relations
from avnkg.graph.rows import Rows
from avnkg.views.pages import addresses as at
from avnkg.views.pages import archive as archive_module
from avnkg.views.pages import readings as readings_module
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import OF_ALL_CLAIMS, page_at
from avnkg.views.pages.comparison import Answer, Cell, Comparison, comparison, comparison_page
from avnkg.views.pages.page import Options
from avnkg.views.pages.procedures import procedures, table
from avnkg.views.pages.readings import SMALL, Readings, Room, readings
from avnkg.views.pages.rendering import environment, render
from tests.views.hostile import hostile
from tests.views.pages.tabulated import Elements, assert_inert, name_of, reading

CLASHES = (Verdict.CONTRADICTION, Verdict.RIVAL, Verdict.TENSION)


@pytest.fixture(scope="module")
def mini(mini_graph: ClaimsGraph) -> Comparison:
    """Return the comparison of the tiny world."""
    return comparison(readings(Archive(mini_graph)), mini_graph.vocabulary)


@pytest.fixture(scope="module")
def ours(our_graph: ClaimsGraph) -> Comparison:
    """Return the comparison of the corpus."""
    return comparison(readings(Archive(our_graph)), our_graph.vocabulary)


def cell(found: Comparison, procedure: str, aspect: str) -> Cell:
    """Return the cell of a procedure and an aspect."""
    row = next(row for row in found.rows if row.aspect.key == aspect)
    return next(each for each in row.cells if each.procedure.key == procedure)


def told(answers: Iterable[Answer]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what some answers say: reach, words with their sign, and claims."""
    return [
        (each.reach.value, f"{'-' if each.denied else '+'} {each.words}", tuple(claim.id for claim in each.claims))
        for each in answers
    ]


def marks(found: Comparison) -> list[tuple[tuple[str, ...], bool, bool]]:
    """Return which claims of each answer stand there, and how it is marked."""
    answers = [answer for row in found.rows for each in row.cells for answer in each.answers]
    return [(tuple(claim.id for claim in each.claims), each.contested, each.apart) for each in answers]


class TestTheTinyWorld:
    """What stands in its cells."""

    def test_what_the_name_means_is_told_apart_from_what_is_claimed(self, mini: Comparison) -> None:
        found = cell(mini, "JointInjectionOfCells", "target")
        assert (found.means and found.means.label, found.claimed) == ("joint space", False)

    def test_claims_on_the_operation_and_its_step(self, mini: Comparison) -> None:
        assert told(cell(mini, "CoreDecompressionWithCells", "risks").answers) == [
            ("own", "+ leads to growth of the lesion", ("beta-clinic/010",)),
            ("step", "+ carries the risk of risk", ("beta-clinic/007",)),
        ]

    def test_a_step_is_a_step_of_what_is_said_to_have_it(self, mini: Comparison) -> None:
        assert cell(mini, "CoreDecompressionAlone", "risks").answers == ()

    def test_claims_on_cell_therapy_are_general_for_each_kind_of_it(self, mini: Comparison) -> None:
        general = ("general", "+ uses cell source autologous bone marrow", ("alpha-travel/002",))
        own = ("own", "+ uses cell source autologous bone marrow", ("beta-clinic/011",))
        assert told(cell(mini, "LesionInjection", "source").answers) == [own, general]
        assert told(cell(mini, "IntravenousInfusionOfCells", "source").answers) == [general]
        assert told(cell(mini, "JointReplacement", "source").answers) == []

    def test_practice_against_advice_is_contested_on_both_sides(self, mini: Comparison) -> None:
        found = cell(mini, "CoreDecompressionWithCells", "access").answers
        assert told(found) == [
            ("general", "+ is performed with core decompression", ("alpha-travel/003",)),
            ("general", "- is performed with core decompression", ("beta-clinic/009",)),
        ]
        assert [each.contested for each in found] == [True, True]
        assert [each.conditions for each in found] == ["“almost always”; anatomy: hip (inherited)", ""]

    def test_a_comparison_tells_of_both_that_it_compares(self, mini: Comparison) -> None:
        assert ("own", "+ is less invasive than core decompression with cells", ("beta-clinic/004",)) in told(
            cell(mini, "LesionInjection", "invasiveness").answers
        )
        assert told(cell(mini, "CoreDecompressionWithCells", "invasiveness").answers) == [
            ("own", "+ is a kind of minimally invasive surgery", ("alpha-travel/005",)),
            ("own", "+ is a kind of invasive surgery", ("beta-clinic/005",)),
            ("own", "+ injection of cells into the lesion is less invasive than this", ("beta-clinic/004",)),
        ]

    def test_two_voices_say_one_thing(self, mini: Comparison) -> None:
        answer = cell(mini, "JointReplacement", "outcomes").of("own")[0]
        assert told([answer]) == [
            ("own", "+ is effective for osteonecrosis", ("beta-clinic/014", "gamma-institute/008"))
        ]
        assert (answer.voices, answer.contested, answer.conditions) == (2, False, "under different conditions")

    def test_any_other_treatment_reaches_all_but_what_it_leaves_out(self, mini: Comparison) -> None:
        having = {
            each.key
            for each in mini.procedures
            for answer in cell(mini, each.key, "outcomes").answers
            for claim in answer.claims
            if claim.id == "gamma-institute/009"
        }
        assert having == {each.key for each in mini.procedures} - {"JointReplacement"}

    def test_prices_that_one_page_prints_twice_contradict_each_other(
        self, mini: Comparison, mini_graph: ClaimsGraph
    ) -> None:
        against = readings(Archive(mini_graph)).objections
        found = cell(mini, "JointReplacement", "cost").answers
        assert told(found) == [
            ("own", "+ price: $20,000", ("gamma-institute/011",)),
            ("own", "+ price: $45,000", ("gamma-institute/012",)),
        ]
        assert [against(each.claims)[0].claims for each in found] == [
            ("gamma-institute/012",),
            ("gamma-institute/011",),
        ]

    def test_who_pays_is_said_of_what_is_paid_for(self, mini: Comparison) -> None:
        assert ("general", "+ health insurer pays for this", ("alpha-travel/012",)) in told(
            cell(mini, "CoreDecompressionAlone", "cost").answers
        )

    def test_opposite_claims_of_which_both_may_hold_do_not_contest(
        self, mini: Comparison, mini_graph: ClaimsGraph
    ) -> None:
        found = cell(mini, "JointInjectionOfCells", "outcomes").of("own")[0]
        assert (found.denied, found.contested, found.apart) == (True, False, True)
        against = readings(Archive(mini_graph)).objections(found.claims)
        assert [(each.verdict, each.claims) for each in against] == [(Verdict.SCOPE_DIFFERENCE, ("beta-clinic/002",))]

    def test_conditions_on_the_axis_are_shown_with_the_aspect(self, mini: Comparison) -> None:
        found = cell(mini, "CoreDecompressionWithCells", "stage").under
        assert [(each.value.label, each.standing, [claim.id for claim in each.claims]) for each in found] == [
            ("early stage", "stated", ["alpha-travel/008"])
        ]

    def test_where_nobody_says_anything_there_is_no_claim(self, mini: Comparison) -> None:
        assert [cell(mini, each.key, "guidance").claimed for each in mini.procedures] == [False] * 7


class TestTheCorpus:
    """What holds of every cell."""

    def test_own_claims_name_the_procedure_or_state_what_its_name_means(
        self, ours: Comparison, vocabulary: Vocabulary
    ) -> None:
        checked = 0
        for row in ours.rows:
            for each in row.cells:
                for answer in each.of("own"):
                    for claim in answer.claims:
                        said = claim.proposition
                        named = [name_of(term) for term in (said.subject, said.object, said.comparator) if term]
                        if not any(vocabulary.is_a(name, own) for name in named for own in each.procedure.names):
                            meant = {axis: name_of(term) for axis, term in each.procedure.means.items()}
                            stated = {limit.axis: [name_of(value) for value in limit.values] for limit in claim.limits}
                            said_too = name_of(said.object) if said.object else ""
                            assert meant, claim.id
                            for axis, value in meant.items():
                                assert value in [*stated.get(axis, ()), said_too], claim.id
                        checked += 1
        assert checked > 150

    def test_contested_is_what_a_relation_says(self, ours: Comparison, our_graph: ClaimsGraph) -> None:
        clashing = {
            claim
            for record in relations(our_graph)
            if record.relation.verdict in CLASHES
            for claim in (*record.relation.a, *record.relation.b)
        }
        answers = [answer for row in ours.rows for each in row.cells for answer in each.answers]
        for answer in answers:
            assert answer.contested == any(claim.id in clashing for claim in answer.claims)
        assert any(answer.contested for answer in answers)
        assert not all(answer.contested for answer in answers)

    def test_every_predicate_said_of_a_compared_procedure_is_shown_or_left_out_with_a_reason(
        self, our_graph: ClaimsGraph
    ) -> None:
        known = our_graph.vocabulary
        names = [own for each in procedures(known) for own in each.names]
        shown = {telling.predicate for aspect in table().aspects for telling in aspect.said}
        missing = {
            name_of(claim.proposition.predicate)
            for claim in readings(Archive(our_graph)).claims
            if any(known.is_a(name_of(claim.proposition.subject), own) for own in names)
        } - shown
        assert missing <= set(table().left_out)

    def test_the_seven_procedures_are_compared_in_their_order(self, ours: Comparison) -> None:
        assert [each.label for each in ours.procedures] == [
            "core decompression with cells",
            "injection of cells into the lesion",
            "core decompression alone",
            "injection of cells into the joint",
            "intravenous infusion of cells",
            "joint replacement",
            "observation",
        ]

    def test_no_answer_is_told_without_its_conditions(self, ours: Comparison) -> None:
        for row in ours.rows:
            for each in row.cells:
                for answer in each.answers:
                    assert bool(answer.conditions) == any(claim.conditional for claim in answer.claims)


def test_every_name_of_the_table_is_in_the_ontology(vocabulary: Vocabulary) -> None:
    names = {name for names in table().procedures for name in names} | {table().root}
    names |= {each for aspect in table().aspects for telling in aspect.said for each in telling.objects}
    assert names <= set(vocabulary.terms)
    predicates = {telling.predicate for aspect in table().aspects for telling in aspect.said}
    predicates |= set(table().outcomes) | set(table().stages) | set(table().left_out) | {table().steps}
    assert predicates <= set(vocabulary.predicates)
    assert {aspect.axis for aspect in table().aspects if aspect.axis} <= set(vocabulary.axes)
    assert not {telling.predicate for aspect in table().aspects for telling in aspect.said} & set(table().left_out)


@pytest.mark.parametrize(
    ("said", "under", "where"),
    [
        ("CoreDecompressionWithCells heals DeadBone", "", {"CoreDecompressionWithCells": "own"}),
        (
            "CellTherapy heals DeadBone",
            "deliveryAccess=DrilledChannel, deliveryTarget=OsteonecroticLesion",
            {"CoreDecompressionWithCells": "own"},
        ),
        (
            "CellTherapy heals DeadBone",
            "deliveryAccess=Needle",
            {"LesionInjection": "general", "JointInjectionOfCells": "general"},
        ),
        (
            "CellTherapy heals DeadBone",
            "deliveryTarget=OsteonecroticLesion",
            {"CoreDecompressionWithCells": "general", "LesionInjection": "general"},
        ),
        (
            "CoreDecompression heals DeadBone",
            "",
            {"CoreDecompressionWithCells": "general", "CoreDecompressionAlone": "general"},
        ),
        ("SimpleJointInjection heals DeadBone", "", {"JointInjectionOfCells": "own"}),
        ("PhysicalTherapy heals DeadBone", "", {}),
    ],
)
def test_conditions_that_make_up_a_name_count_as_the_name(
    said: str, under: str, where: dict[str, str], vocabulary: Vocabulary
) -> None:
    made = Readings((reading(vocabulary, 1, said, under=under),), {"a-document": "a"}, {})
    found = comparison(made, vocabulary)
    outcomes = {
        each.procedure.key: each.answers for row in found.rows for each in row.cells if row.aspect.key == "outcomes"
    }
    assert {key: answers[0].reach.value for key, answers in outcomes.items() if answers} == where


def test_what_answers_on_an_axis_is_no_condition_by_itself(vocabulary: Vocabulary) -> None:
    made = Readings((reading(vocabulary, 1, "CellTherapy deliversTo JointSpace"),), {"a-document": "a"}, {})
    row = next(row for row in comparison(made, vocabulary).rows if row.aspect.key == "target")
    assert {each.reach.value for found in row.cells for each in found.answers} == {"general"}


class TestThePage:
    """What is shown."""

    def test_is_the_same_twice(self, mini_graph: ClaimsGraph) -> None:
        pages = [
            render(comparison_page(Archive(mini_graph), at.COMPARISON, Options()), live=live) for live in (False, False)
        ]
        assert pages[0] == pages[1]

    def test_every_link_within_it_leads_somewhere(self, our_graph: ClaimsGraph) -> None:
        page = Elements(render(comparison_page(Archive(our_graph), at.COMPARISON, Options())))
        marks = page.of("id")
        assert len(marks) == len(set(marks))
        inside = [link[1:] for link in page.of("href") if link.startswith("#")]
        assert len(inside) > 50
        assert set(inside) <= set(marks)

    def test_nobody_saying_anything_is_told_in_words(self, mini: Comparison, mini_graph: ClaimsGraph) -> None:
        shown = render(comparison_page(Archive(mini_graph), at.COMPARISON, Options()))
        empty = sum(not each.claimed for row in mini.rows for each in row.cells)
        assert shown.count('<p class="noclaim">no claim</p>') == empty > 0

    def test_who_contests_is_named(self, mini_graph: ClaimsGraph) -> None:
        shown = Elements(render(comparison_page(Archive(mini_graph), at.COMPARISON, Options())))
        assert "≠ contested by Beta Clinic" in shown.text
        assert "≠ contradiction" in shown.text

    def test_of_a_large_graph_the_same_is_marked_without_reasons_and_that_is_told(
        self, mini: Comparison, mini_graph: ClaimsGraph, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "too many opposed claims" not in render(comparison_page(Archive(mini_graph), at.COMPARISON, Options()))
        monkeypatch.setattr(archive_module, "WHOLE_BELOW", 10)
        archive = Archive(mini_graph)
        marked = [marks(found) for found in (mini, comparison(readings(archive), mini_graph.vocabulary))]
        assert marked[0] == marked[1]
        assert {mark for _, *found in marked[0] for mark in found} == {True, False}
        shown = Elements(render(comparison_page(archive, at.COMPARISON, Options())))
        assert "too many opposed claims" in shown.text
        assert "≠ contested" in shown.text
        assert "≠ contested by" not in shown.text

    def test_hostile_words_are_shown_as_words(self, mini_graph: ClaimsGraph) -> None:
        archive = Archive(mini_graph)
        page = comparison_page(archive, at.COMPARISON, Options())
        told = hostile(readings(archive).objections(readings(archive).claims))
        context = _context(
            page.context,
            comparison=hostile(page.context["comparison"]),
            documents=hostile(page.context["documents"]),
            objections=lambda _: told,
        )
        assert_inert(environment().get_template("comparison.html").render(context))


def _context(context: object, **changed: object) -> dict[str, object]:
    """Return what a template is given, with some of it changed."""
    assert isinstance(context, dict)
    frame = {
        "title": "A page",
        "here": at.COMPARISON,
        "section": at.COMPARISON,
        "live": False,
        "policy": "",
        "navigation": (),
    }
    return {**frame, "further": (), "link": lambda target: at.link(at.COMPARISON, target), **context, **changed}


def test_the_table_names_no_claim() -> None:
    assert vocab.THING not in repr(table())


def test_what_takes_long_is_made_once(mini_graph: ClaimsGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(mini_graph)
    for address in OF_ALL_CLAIMS:
        page_at(archive, address, Options())
    asked: list[object] = []
    kept = ClaimsGraph.query

    def watched(graph: ClaimsGraph, question: str, /, **given: Any) -> Rows:
        asked.append(question)
        return kept(graph, question, **given)

    monkeypatch.setattr(ClaimsGraph, "query", watched)
    for address in OF_ALL_CLAIMS:
        render(page_at(archive, address, Options(live=True)), live=True)
    assert asked == []


def test_a_large_graph_shows_less_of_each_cell(mini_graph: ClaimsGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    page = comparison_page(Archive(mini_graph), at.COMPARISON, Options())
    assert (page.context["most_claims"], page.context["most_answers"]) == (SMALL.claims, SMALL.answers)
    monkeypatch.setattr(archive_module, "WHOLE_BELOW", 10)
    monkeypatch.setattr(readings_module, "LARGE", Room(1, 1))
    text = Elements(render(comparison_page(Archive(mini_graph), at.COMPARISON, Options()))).text
    assert "1 more say so" in text
    assert "further answers are on" in text
