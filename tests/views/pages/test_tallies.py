"""Treatment by outcome and stage by treatment: counted by hand in the tiny world."""

from collections.abc import Callable

import pytest

from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import relations
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import page_at
from avnkg.views.pages.outcomes import by_outcome
from avnkg.views.pages.page import Options
from avnkg.views.pages.readings import Readings, readings
from avnkg.views.pages.rendering import environment, render
from avnkg.views.pages.stages import by_stage, covered
from avnkg.views.pages.tallies import Tallies, Tally
from tests.views.hostile import hostile
from tests.views.pages.tabulated import Elements, assert_inert, frame, reading

SIGNS = {(False, False): "", (True, False): " ≠", (False, True): " ∥", (True, True): " ≠ ∥"}


def shown(tally: Tally | None) -> str:
    """Return a cell as `+affirming -denying /voices`, with the signs of what stands against it."""
    if tally is None:
        return ""
    signs = SIGNS[tally.contested, tally.apart]
    return f"+{len(tally.affirms)} -{len(tally.denies)} /{tally.voices}{signs}"


def cells(found: Tallies) -> dict[str, dict[str, str]]:
    """Return the cells of a table that are not empty, by row and column."""
    return {
        row.label: {column.label: shown(tally) for column, tally in zip(found.columns, row.cells, strict=True) if tally}
        for row in found.rows
    }


def outcomes_of(graph: ClaimsGraph) -> Tallies:
    """Return the table of outcomes of a graph."""
    return by_outcome(readings(Archive(graph)), graph.vocabulary)


def stages_of(graph: ClaimsGraph) -> Tallies:
    """Return the table of stages of a graph."""
    return by_stage(readings(Archive(graph)), graph.vocabulary)


def test_outcomes_of_the_tiny_world(mini_graph: ClaimsGraph) -> None:
    found = outcomes_of(mini_graph)
    assert cells(found) == {
        "is effective for osteonecrosis": {
            "joint replacement": "+2 -0 /2",
            "any other treatment than joint replacement": "+0 -1 /1 ∥",
        },
        "heals osteonecrotic lesion": {
            "injection of cells into the joint": "+0 -1 /1 ∥",
            "injection of cells into the lesion": "+1 -0 /1 ∥",
        },
        "prevents need for joint replacement": {"core decompression with cells": "+1 -0 /1"},
        "relieves pain from osteonecrosis": {"injection of cells into the lesion": "+1 -0 /1"},
    }
    assert list(cells(found)) == [row.label for row in found.rows]
    assert found.count == 7


def test_goals_are_told_apart(mini_graph: ClaimsGraph) -> None:
    goals = {row.label: [tally.goals for tally in row.cells if tally] for row in outcomes_of(mini_graph).rows}
    assert goals["prevents need for joint replacement"] == [1]
    assert goals["is effective for osteonecrosis"] == [0, 0]


def test_stages_of_the_tiny_world(mini_graph: ClaimsGraph) -> None:
    early = {"core decompression with cells": "+1 -0 /1 ∥", "medication": "+1 -0 /1"}
    other = "any other treatment than joint replacement"
    assert cells(stages_of(mini_graph)) == {
        "0": early,
        "I": early,
        "II": early,
        "IIIA": {"core decompression with cells": "+1 -0 /1 ∥", "joint replacement": "+1 -0 /1", other: "+0 -1 /1 ∥"},
        "IIIB": {"joint replacement": "+2 -0 /2", other: "+0 -1 /1 ∥"},
        "IV": {"joint replacement": "+2 -0 /2", other: "+0 -1 /1 ∥"},
    }


def test_cells_with_the_same_claims_have_them_below_once(mini_graph: ClaimsGraph) -> None:
    found = stages_of(mini_graph)
    place = [column.label for column in found.columns].index("joint replacement")
    sections = found.sections(place)
    assert [(each.labels, [claim.id for claim in each.tally.claims]) for each in sections] == [
        (("IIIA",), ["gamma-institute/008"]),
        (("IIIB", "IV"), ["beta-clinic/014", "gamma-institute/008"]),
    ]


@pytest.mark.parametrize(
    ("under", "pieces"),
    [
        ("", ""),
        ("anatomy=Hip", ""),
        ("stage=Stage1", "I"),
        ("stage=Stage1|Stage2", "I II"),
        ("stage=PreCollapse", "0 I II IIIA"),
        ("stage=PreCollapse, stage=Stage2|Stage3", "II IIIA"),
        ("stage=Stage1, stage=Stage4", ""),
    ],
)
def test_alternatives_add_and_further_conditions_take_away(under: str, pieces: str, vocabulary: Vocabulary) -> None:
    made = reading(vocabulary, 1, "LesionInjection heals DeadBone", under=under)
    assert covered(made, vocabulary) == {f"Atom{piece}" for piece in pieces.split()}


def test_against_is_what_denies_and_what_affirms_a_contraindication(vocabulary: Vocabulary) -> None:
    made = (
        reading(vocabulary, 1, "JointReplacement indicatedFor Osteonecrosis", under="stage=Stage1"),
        reading(vocabulary, 2, "JointReplacement indicatedFor Osteonecrosis", under="stage=Stage1", stance="denies"),
        reading(vocabulary, 3, "JointReplacement contraindicatedFor Osteonecrosis", under="stage=Stage1"),
    )
    found = by_stage(Readings(made, {"a-document": "a"}, {}), vocabulary)
    assert cells(found) == {"I": {"joint replacement": "+1 -2 /1"}}


def test_conditions_that_make_up_a_name_count_as_the_name(vocabulary: Vocabulary) -> None:
    made = (
        reading(vocabulary, 1, "CoreDecompressionWithCells heals DeadBone"),
        reading(
            vocabulary,
            2,
            "CellTherapy heals DeadBone",
            under="deliveryTarget=OsteonecroticLesion, deliveryAccess=DrilledChannel",
            standing="inherited",
        ),
        reading(vocabulary, 3, "CellTherapy heals DeadBone"),
    )
    found = by_outcome(Readings(made, {"a-document": "a"}, {}), vocabulary)
    assert cells(found) == {
        "heals dead bone": {"core decompression with cells": "+2 -0 /1", "cell therapy": "+1 -0 /1"}
    }


@pytest.mark.parametrize("table", [outcomes_of, stages_of])
def test_on_the_corpus_a_claim_stands_in_one_column_and_on_one_side(
    table: Callable[[ClaimsGraph], Tallies], our_graph: ClaimsGraph
) -> None:
    places: dict[str, set[tuple[int, bool]]] = {}
    for row in table(our_graph).rows:
        for place, tally in enumerate(row.cells):
            for claim in tally.affirms if tally else ():
                places.setdefault(claim.id, set()).add((place, True))
            for claim in tally.denies if tally else ():
                places.setdefault(claim.id, set()).add((place, False))
    assert len(places) > 15
    assert {len(found) for found in places.values()} == {1}


def test_contested_is_what_a_relation_says(our_graph: ClaimsGraph) -> None:
    clashing = {
        claim
        for record in relations(our_graph)
        if record.relation.verdict.value in ("Contradiction", "Rival", "Tension")
        for claim in (*record.relation.a, *record.relation.b)
    }
    for found in (outcomes_of(our_graph), stages_of(our_graph)):
        for tally in (tally for row in found.rows for tally in row.cells if tally):
            assert tally.contested == any(claim.id in clashing for claim in tally.claims)


@pytest.mark.parametrize("address", [at.OUTCOMES, at.STAGES])
class TestThePages:
    """What is shown."""

    def test_are_the_same_twice(self, address: str, our_graph: ClaimsGraph) -> None:
        first, second = (render(page_at(Archive(our_graph), address, Options())) for _ in range(2))
        assert first == second

    def test_each_cell_leads_to_its_claims(self, address: str, our_graph: ClaimsGraph) -> None:
        page = Elements(render(page_at(Archive(our_graph), address, Options())))
        marks = page.of("id")
        assert len(marks) == len(set(marks))
        inside = {link[1:] for link in page.of("href") if link.startswith("#")}
        assert len(inside) > 5
        assert inside <= set(marks)

    def test_each_cell_says_in_words_what_its_signs_say(self, address: str, mini_graph: ClaimsGraph) -> None:
        told = Elements(render(page_at(Archive(mini_graph), address, Options()))).of("aria-label")
        assert any(each.endswith("1 affirm, 0 deny, 1 voice, opposite claims that may hold beside it") for each in told)

    def test_show_hostile_words_as_words(self, address: str, mini_graph: ClaimsGraph) -> None:
        archive = Archive(mini_graph)
        page = page_at(archive, address, Options())
        told = hostile(readings(archive).objections(readings(archive).claims))
        changed = {name: hostile(page.context[name]) for name in ("table", "documents")}
        changed["objections"] = lambda _: told
        assert_inert(environment().get_template(page.template).render({**frame(address), **page.context, **changed}))
