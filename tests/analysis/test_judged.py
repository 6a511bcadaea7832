"""The engine against pairs of claims that two readers judged from the words alone (`judged.yaml`)."""

from collections import Counter
from collections.abc import Mapping

import pytest

from avnkg.claims.reading import Corpus
from tests.analysis.judging import TABLE, Judged, embedded_corpus, engine_verdicts, figures, judged_pairs

STRICT = ("Contradiction", "Rival", "Tension")
"""Verdicts of which none may be false, and none may be missed."""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Return the embedded corpus, as far as it needs no texts."""
    return embedded_corpus()


@pytest.fixture(scope="module")
def verdicts(corpus: Corpus) -> Mapping[frozenset[str], str]:
    """Return what the engine says."""
    return engine_verdicts(corpus)


@pytest.fixture(scope="module")
def pairs(corpus: Corpus) -> tuple[Judged, ...]:
    """Return the judged pairs."""
    return judged_pairs(corpus)


def test_the_table_is_large_enough_and_mostly_of_pairs_that_do_not_clash(pairs: tuple[Judged, ...]) -> None:
    negatives = [pair for pair in pairs if pair.verdict not in STRICT]
    alike = [pair for pair in negatives if pair.same_subject_and_object]
    assert len(pairs) >= 250
    assert len(negatives) >= 150
    assert len(alike) >= 60


def test_no_pair_stands_twice(pairs: tuple[Judged, ...]) -> None:
    assert [found for found, count in Counter(pair.ids for pair in pairs).items() if count > 1] == []


def test_the_engine_says_what_the_readers_say_or_what_is_noted_with_its_cause(
    pairs: tuple[Judged, ...], verdicts: Mapping[frozenset[str], str]
) -> None:
    found = {pair.ids: verdicts.get(pair.ids, "None") for pair in pairs}
    wrong = [(pair.told, pair.verdict, found[pair.ids]) for pair in pairs if found[pair.ids] != pair.expected]
    assert wrong == []


@pytest.mark.parametrize("verdict", STRICT)
def test_no_clash_is_false_and_none_is_missed(verdict: str, pairs: tuple[Judged, ...]) -> None:
    precision, recall, count = figures(pairs)[verdict]
    assert (precision, recall) == (1, 1)
    assert count > 0


def test_no_clash_is_found_that_the_readers_did_not_have_before_them(
    pairs: tuple[Judged, ...], verdicts: Mapping[frozenset[str], str]
) -> None:
    known = {pair.ids for pair in pairs}
    assert [
        ids for ids, verdict in verdicts.items() if verdict in ("Contradiction", "Rival") and ids not in known
    ] == []


def test_the_table_names_no_claim_by_its_id(corpus: Corpus) -> None:
    text = TABLE.read_text(encoding="utf-8")
    assert [claim.id for claim in corpus.claims if claim.id in text] == []


def test_figures_are_counted_from_what_the_engine_says() -> None:
    given = [("Rival", "Rival"), ("Rival", "None"), ("None", "Rival"), ("Rival", "Rival")]
    pairs = [Judged(frozenset({str(k)}), "", verdict, engine, False) for k, (verdict, engine) in enumerate(given)]
    assert figures(pairs)["Rival"] == pytest.approx((2 / 3, 2 / 3, 3))
