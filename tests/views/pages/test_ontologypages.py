"""The ontology as a page: all names, each with what it means, and how answers compete."""

import pytest

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import page_at
from avnkg.views.pages.ontologypages import Branch, Overview, ontology_overview
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import environment, render
from tests.views.hostile import hostile
from tests.views.pages.tabulated import Elements, assert_inert, frame


@pytest.fixture(scope="module")
def overview(mini_graph: ClaimsGraph) -> Overview:
    """Return what the page shows."""
    return ontology_overview(Archive(mini_graph))


def names(branch: Branch) -> set[str]:
    """Return the names of a branch."""
    return {branch.term.name}.union(*map(names, branch.below))


def test_every_name_that_claims_may_speak_of_stands_in_a_branch_or_alone(
    overview: Overview, mini_graph: ClaimsGraph
) -> None:
    known = mini_graph.vocabulary
    shown = {term.name for term in overview.alone}.union(*map(names, overview.branches))
    assert shown == {name for name in known.terms if name not in known.model}


def test_a_name_in_two_places_says_so(overview: Overview) -> None:
    def find(branch: Branch, name: str) -> list[Branch]:
        here = [branch] if branch.term.name == name else []
        return here + [found for each in branch.below for found in find(each, name)]

    places = [found for branch in overview.branches for found in find(branch, "CoreDecompressionWithCells")]
    assert len(places) > 1
    assert all(each.elsewhere for each in places)


def test_stages_cover_pieces_of_the_course(overview: Overview) -> None:
    systems = {term.name: stages for term, stages in overview.systems}
    assert [(each.label, each.surely, each.perhaps) for each in systems["FicatArletSystem"]][1:3] == [
        ("Ficat and Arlet stage I", ("I",), ("II",)),
        ("Ficat and Arlet stage II", ("II",), ("IIIA",)),
    ]
    assert [each.label for each in overview.pieces] == [
        f"stage atom {p}" for p in ("0", "I", "II", "IIIA", "IIIB", "IV")
    ]


def test_predicates_say_what_a_bare_statement_means_and_what_competes(overview: Overview) -> None:
    entries = {entry.term.name: entry for found in overview.predicates.values() for entry in found}
    assert entries["isKindOf"].bare == "all cases"
    assert "disjoint" in entries["isKindOf"].one_answer
    assert [term.name for term in entries["indicatedFor"].opposed] == ["contraindicatedFor"]
    written = entries["moreInvasiveThan"]
    assert (written.written_as and written.written_as.name, written.swapped) == ("lessInvasiveThan", True)


def test_each_pair_that_shuts_out_is_told_once(overview: Overview, mini_graph: ClaimsGraph) -> None:
    pairs = [frozenset((term.name, other.name)) for term, others in overview.disjoint for other in others]
    assert len(pairs) == len(set(pairs))
    held = mini_graph.vocabulary.competition.disjoint
    assert set(pairs) == {frozenset((one, other)) for one, others in held.items() for other in others}


def test_the_sixteen_axes_are_there(overview: Overview, mini_graph: ClaimsGraph) -> None:
    assert [axis.key for axis in overview.axes] == sorted(mini_graph.vocabulary.axes)
    assert len(overview.axes) == 16


class TestThePage:
    """What is shown."""

    def test_its_links_lead_to_concepts_and_within(self, mini_graph: ClaimsGraph) -> None:
        archive = Archive(mini_graph)
        page = Elements(render(page_at(archive, at.ONTOLOGY, Options())))
        marks = page.of("id")
        assert len(marks) == len(set(marks))
        assert {link[1:] for link in page.of("href") if link.startswith("#")} <= set(marks)
        linked = {link for link in page.of("href") if link.startswith("concept/")}
        assert linked == {at.concept(name) for name in archive.concepts}

    def test_hostile_words_are_shown_as_words(self, mini_graph: ClaimsGraph) -> None:
        page = page_at(Archive(mini_graph), at.ONTOLOGY, Options())
        changed = {"ontology": hostile(page.context["ontology"])}
        assert_inert(
            environment().get_template(page.template).render({**frame(at.ONTOLOGY), **page.context, **changed})
        )
