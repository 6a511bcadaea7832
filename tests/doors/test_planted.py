"""A difference at any one door is noticed: a tiny world that differs a little is put behind each door in turn."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.doors import test_counts as counts
from tests.doors import test_tables as tables
from tests.doors.world import MINI, World, mini, opened

COMPARISONS: tuple[Callable[[World], None], ...] = (
    counts.test_each_document_has_the_same_claims_at_every_door,
    counts.test_each_verdict_has_the_same_relations_at_every_door,
    counts.test_each_dispute_has_the_same_sides_at_every_door,
    counts.test_what_is_contested_is_so_at_every_door,
    tables.test_treatments_by_outcome_count_what_other_doors_have,
    tables.test_treatments_by_stage_count_what_other_doors_have,
    tables.test_the_comparison_has_the_claims_and_the_opposition_that_other_doors_have,
    tables.test_the_guide_to_verdicts_counts_the_relations_of_other_doors,
    tables.test_the_guide_to_verdicts_counts_how_strongly_quotes_were_checked,
)
RELATING = ("python", "SPARQL", "terminal", "API", "search", "disputes", "dispute", "claim", "comparison", "verdicts")
"""The doors that tell how claims relate; the others tell how many there are."""
COUNTING = ("index", "claims", "documents", "document", "outcomes", "stages")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Open the tiny world as it is."""
    with opened(mini(), tmp_path_factory.mktemp("whole")) as found:
        yield found


@pytest.fixture(scope="module")
def fewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Open the tiny world with two claims less."""
    home = tmp_path_factory.mktemp("fewer")
    lines = {"alpha-travel": '  - id: "008"\n', "beta-clinic": '  - id: "005"\n'}
    edits = [(name, line, f"{line}    withdrawn: planted\n") for name, line in lines.items()]
    with opened(mini(edited(home, edits)), home) as found:
        yield found


@pytest.fixture(scope="module")
def agreeing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Open the tiny world with as many claims, of which one agrees with what it contradicts."""
    home = tmp_path_factory.mktemp("agreeing")
    with opened(mini(edited(home, [("beta-clinic", " InvasiveSurgery\n", " MinimallyInvasiveSurgery\n")])), home) as it:
        yield it


def edited(home: Path, edits: list[tuple[str, str, str]]) -> Path:
    """Return a copy of the corpus of the tiny world in which some words of some documents are others."""
    corpus = Path(shutil.copytree(MINI / "corpus", home / "corpus"))
    for name, words, others in edits:
        path = corpus / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(words) == 1
        path.write_text(text.replace(words, others), encoding="utf-8")
    return corpus


def notices(comparison: Callable[[World], None], world: World) -> bool:
    """Return whether a comparison fails; a page that is not there is a difference too."""
    try:
        comparison(world)
    except (AssertionError, httpx.HTTPStatusError):
        return True
    return False


def test_a_world_without_a_difference_passes(whole: World, home: Path) -> None:
    assert not [each.__name__ for each in COMPARISONS if notices(each, whole)]


@pytest.mark.parametrize("door", [*RELATING, *COUNTING])
def test_claims_that_are_missing_at_one_door_are_noticed(whole: World, fewer: World, home: Path, door: str) -> None:
    assert any(notices(each, whole.with_other(fewer, door)) for each in COMPARISONS)


@pytest.mark.parametrize("door", RELATING)
def test_a_relation_that_differs_at_one_door_is_noticed(whole: World, agreeing: World, home: Path, door: str) -> None:
    assert any(notices(each, whole.with_other(agreeing, door)) for each in COMPARISONS)
