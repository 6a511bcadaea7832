"""Open names of claims: one spelling each, and the same relations from a corpus, from a table, and from `relate`."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from avnkg.claims.kinds import Force, Standing
from avnkg.claims.model import Claim, Condition, Degree, Frequency, Proposition
from avnkg.claims.portable import read_table
from avnkg.claims.spelling import Spellings
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.model import Passage
from avnkg.graph.build import build_memory, inputs
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import relations
from tests.cli.shell import avnkg
from tests.page import Page

PASSAGE = Passage("a-page", 0, 9, "It hurts.", "0" * 64, "", "")


def claim(number: int, subject: str, predicate: str, object_: str, **more: Any) -> Claim:
    """Return a claim on some names."""
    said = Proposition(subject, predicate, object_, excludes=more.pop("excludes", ()))
    return Claim(f"a-page/{number:03}", "a-page", (PASSAGE,), said, "It.", Force.ASSERTS, **more)


@pytest.fixture
def spellings(vocabulary: Vocabulary) -> Spellings:
    """Return spellings of names that are open."""
    return Spellings(replace(vocabulary, open=True))


def test_open_names_are_called_as_they_first_came(spellings: Spellings) -> None:
    share = Frequency("always", Decimal(1), Decimal(1), counted_over="tea  DRINKER")
    scope = (Condition("AGE", Standing.STATED, ("Very old", "very  OLD")), Condition("Age", Standing.STATED, ("old",)))
    first = claim(1, "Green tea", "helps", "Tea drinker", degree=Degree("Quite", "quite"), excludes=("Old",))
    other = claim(2, "green  TEA", " Helps", "tea drinker", frequency=share, scope=scope)
    assert spellings.claim(first) == first
    found = spellings.claim(other)
    assert found.proposition == Proposition("Green tea", "helps", "Tea drinker")
    assert found.frequency is not None
    assert found.frequency.counted_over == "Tea drinker"
    stated = Standing.STATED
    assert found.scope == (Condition("AGE", stated, ("Old",)), Condition("AGE", stated, ("Very old",)))


def test_names_of_the_ontology_and_words_stay_as_they_are(spellings: Spellings) -> None:
    spellings.claim(claim(1, "OSTEONECROSIS", "helps", "avn"))
    found = claim(2, "Osteonecrosis", "alsoCalled", "AVN")
    assert spellings.claim(found) is not found
    assert spellings.claim(found) == found


def test_where_names_are_not_open_nothing_is_done(vocabulary: Vocabulary) -> None:
    found = claim(1, "Osteonecrosis", "helps", "sleep")
    assert Spellings(vocabulary).claim(found) is found


ROWS: list[dict[str, Any]] = [
    {"subject": "Green tea", "predicate": "eases", "object": "hip pain", "scope": {"Age": ["Very old"]}},
    {"subject": "green  TEA", "predicate": "Eases", "object": "Hip  pain", "scope": {"age": ["very old"]}},
    {"subject": "GREEN TEA", "predicate": "eases", "object": "hip pain ", "scope": {"AGE": ["young"]}},
]
STANCES = ("affirms", "denies", "denies")


def told(found: Any) -> list[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Return what relations say, whatever their ids."""
    return sorted((each["verdict"], tuple(each["a"]), tuple(each["b"]), tuple(each["decidedBy"])) for each in found)


@pytest.fixture
def table(page: Page) -> Path:
    """Return a table of three claims on two pages, which spell their names in as many ways."""
    lines = []
    for number, (row, stance) in enumerate(zip(ROWS, STANCES, strict=True), 1):
        at = page.text.index("It hurts.")
        words = {"start": at, "end": at + 9, "quote": "It hurts.", "says": "It.", "force": "asserts"}
        lines.append({"id": f"a-page/{number:03}", "document": "a-page", "stance": stance, **words, **row})
    path = page.folder / "claims.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_build_relates_names_as_relate_does_whether_they_stand_in_corpus_or_table(
    page: Page, table: Path, vocabulary: Vocabulary
) -> None:
    assert avnkg("relate", table, "--open", "-o", page.folder / "out.jsonl").code == 0
    wanted = told(map(json.loads, (page.folder / "out.jsonl").read_text(encoding="utf-8").splitlines()))
    assert [verdict for verdict, *_ in wanted] == ["Contradiction", "Parallel", "ScopeDifference"]
    entries = [
        page.claim(f"{number:03}", quote="It hurts.", says="It.", stance=stance, **row)
        for number, (row, stance) in enumerate(zip(ROWS, STANCES, strict=True), 1)
    ]
    for count in range(len(entries) + 1):
        page.write(*entries[:count])
        given = inputs((page.corpus,), embedded=False, documents=page.texts, claims=table, open_names=True)
        graph = ClaimsGraph(build_memory(given), vocabulary)
        found = [
            {"verdict": each.verdict, "a": each.a, "b": each.b, "decidedBy": each.decided_by}
            for each in (record.relation for record in relations(graph))
        ]
        assert told(found) == wanted
        [said] = {row.says for row in graph.query("claims/listing")}
        assert said == "It."
        assert {row.decided for row in graph.query("contradiction/scope-differences", axis="")} == {"Age"}
        assert {row.decided for row in graph.query("contradiction/scope-differences-by-axis")} == {"Age"}
        assert len(graph.query("SELECT DISTINCT ?proposition WHERE { ?claim avn:proposition ?proposition }")) == 1


def test_a_claim_that_the_corpus_has_in_another_spelling_is_passed_over(
    page: Page, table: Path, vocabulary: Vocabulary
) -> None:
    page.write(
        page.claim("001", quote="It hurts.", says="It.", **ROWS[0]),
        page.claim("002", quote="It hurts.", says="It.", **ROWS[1], stance="denies"),
    )
    opened = replace(vocabulary, open=True)
    corpus = page.read(opened)
    assert [found.id for found in read_table(table, corpus, opened)] == ["a-page/003"]
