"""One truth at all doors: the comparison, outcomes, stages and verdicts pages tell what the other doors tell."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import avnkg as package
from avnkg.analysis.verdicts import Verdict
from avnkg.views.pages.procedures import table
from tests.doors.world import World, number, plain

CLASHES = (Verdict.CONTRADICTION, Verdict.RIVAL, Verdict.TENSION)
APART = (Verdict.SCOPE_DIFFERENCE, Verdict.QUALIFICATION)


@dataclass(frozen=True)
class Told:
    """What a page of tables tells in one place: its claims, how many voices they have, and who stands against them."""

    claims: tuple[str, ...]
    voices: int | None
    contested: bool
    apart: bool
    opposed: frozenset[str]


@dataclass(frozen=True)
class Truth:
    """What other doors say: the opposite claims of each claim by verdict, and the voice of each document."""

    clashing: dict[str, set[str]]
    dissolved: dict[str, set[str]]
    voices: dict[str, str]

    def holds(self, told: Told) -> None:
        """Hold what a page tells against it."""
        clashing = set().union(*(self.clashing.get(claim, set()) for claim in told.claims))
        dissolved = set().union(*(self.dissolved.get(claim, set()) for claim in told.claims))
        assert told.contested == bool(clashing), told
        assert told.apart == bool(dissolved), told
        assert told.opposed <= clashing | dissolved, told
        assert bool(told.opposed) == bool(clashing | dissolved), told
        heard = {self.voices[claim.partition("/")[0]] for claim in told.claims}
        assert told.voices in (None, len(heard)), told


def truth(world: World) -> Truth:
    """Return what Python says of relations, and SPARQL of speakers."""
    found: tuple[dict[str, set[str]], dict[str, set[str]]] = ({}, {})
    for record in package.relations(world.python):
        one = record.relation
        if one.verdict not in (*CLASHES, *APART):
            continue
        for claims, others in ((one.a, one.b), (one.b, one.a)):
            for claim in claims:
                if rest := set(others) - {claim}:
                    found[one.verdict in APART].setdefault(claim, set()).update(rest)
    return Truth(*found, voices(world))


def voices(world: World) -> dict[str, str]:
    """Return whose voice each document is, worked out once more: who shares a publisher or an author is one."""
    spoken: dict[str, set[str]] = {}
    for row in world.asked("provenance/speakers"):
        if row.role in ("publisher", "author"):
            spoken.setdefault(row.document.rpartition("/")[2], set()).add(f"{row.role} {row.name.casefold()}")
    found: dict[str, str] = {}
    for document in sorted(spoken):
        heard = set(spoken[document])
        for _ in spoken:
            heard = heard.union(*(names for names in spoken.values() if names & heard))
        found[document] = min(heard)
    return found


def folded(markup: str) -> Iterator[tuple[str, Told]]:
    """Yield the anchor of each answer of a page and what it tells."""
    for anchor, inside in re.findall(
        r'<(?:section|div) class="answer" id="([^"]+)">(.*?)(?=<(?:section|div) class="answer"|<section|</main>)',
        markup,
        re.DOTALL,
    ):
        assert "more say so" not in inside, anchor
        opposed = re.findall(r'claim/[^"]+">([^<]+)</a>', "".join(re.findall(r"Against it: (.*?)</li>", inside)))
        said = "".join(re.findall(r'<p class="who">(.*?)</p>', inside, re.DOTALL))
        claims = tuple(map(unescape, re.findall(r'claim/[^"]+">([^<]+)</a>', said)))
        reasons = re.findall(r'<li><span class="mark (clash|apart)">', inside)
        told = re.search(r'<span class="by">(.*?)</span>', inside, re.DOTALL)
        several = re.match(r"(\d+) voices?: ", told[1]) if told else None
        marked = inside.partition("</h4>")[0] if "</h4>" in inside else None
        clash, apart = "clash" in reasons, "apart" in reasons
        if marked is not None:
            assert ("≠ contested" in marked, "∥ opposed" in marked) == (clash, apart), anchor
        heard = number(several[1]) if several else None
        yield unescape(anchor), Told(claims, heard, clash, apart, frozenset(map(unescape, opposed)))


def counted(markup: str) -> dict[str, tuple[int, int, Told]]:
    """Return by anchor what each cell of a counting table tells: how many affirm and deny, voices and marks."""
    folds = dict(folded(markup))
    found = {}
    for anchor, affirmed, denied, heard, marks in re.findall(
        r'<a href="#([^"]+)" aria-label="[^"]*: (\d+) affirm, (\d+) deny, (\d+) voices?([^"]*)"', markup
    ):
        fold = folds[unescape(anchor)]
        assert (", contested" in marks, ", opposite" in marks) == (fold.contested, fold.apart), anchor
        cell = Told(fold.claims, int(heard), fold.contested, fold.apart, fold.opposed)
        found[unescape(anchor)] = (int(affirmed), int(denied), cell)
    assert found.keys() == folds.keys()
    return found


def treatments(world: World, predicates: Iterable[str]) -> list[Any]:
    """Return the claims, as the API lists them, that say something of these of a treatment."""
    known, wanted = world.python.vocabulary, set(predicates)
    lines = world.claims()
    return [line for line in lines if line["predicate"] in wanted and known.is_a(line["subject"], table().root)]


def stances(world: World) -> dict[str, bool]:
    """Return which claims deny, as SPARQL has it."""
    rows = world.asked("SELECT ?claim ?stance WHERE { ?claim avn:stance ?stance }")
    return {row.claim.partition("/claim/")[2]: row.stance.endswith("Denies") for row in rows}


def test_treatments_by_outcome_count_what_other_doors_have(world: World) -> None:
    expected = {line["id"] for line in treatments(world, table().outcomes) if line["object"]}
    markup, known, denies = world.markup("outcomes.html"), truth(world), stances(world)
    cells = counted(markup)
    assert {claim for _, _, cell in cells.values() for claim in cell.claims} == expected
    assert f" {len(expected):,} claim{'' if len(expected) == 1 else 's'}. " in plain(markup)
    for affirmed, denied, cell in cells.values():
        known.holds(cell)
        assert denied == sum(denies[claim] for claim in cell.claims)
        assert affirmed == len(cell.claims) - denied


def test_treatments_by_stage_count_what_other_doors_have(world: World) -> None:
    lines = [line for line in treatments(world, table().stages) if "stage" in line["scope"]]
    markup, known, denies = world.markup("stages.html"), truth(world), stances(world)
    against = {line["id"] for line in lines if denies[line["id"]] is not table().stages[line["predicate"]]}
    cells = counted(markup)
    assert {claim for _, _, cell in cells.values() for claim in cell.claims} == {line["id"] for line in lines}
    assert f" {len(lines):,} claim{'' if len(lines) == 1 else 's'}. " in plain(markup)
    for affirmed, denied, cell in cells.values():
        known.holds(cell)
        assert denied == len(against & set(cell.claims))
        assert affirmed == len(cell.claims) - denied


def test_the_comparison_has_the_claims_and_the_opposition_that_other_doors_have(world: World) -> None:
    known, lines = truth(world), {line["id"]: line for line in world.claims()}
    answers = list(folded(world.markup("comparison.html")))
    shown = {claim for _, told in answers for claim in told.claims}
    assert shown
    assert shown <= lines.keys()
    for _, told in answers:
        known.holds(told)
        assert len({lines[claim]["stance"] for claim in told.claims}) == 1
    plainly = {telling.predicate for each in table().aspects for telling in each.said if not telling.objects}
    plainly -= {telling.predicate for each in table().aspects for telling in each.said if telling.of == "object"}
    compared = {name for names in table().procedures for name in names}
    expected = {each["id"] for each in lines.values() if each["predicate"] in plainly and each["subject"] in compared}
    assert expected <= shown


def test_the_guide_to_verdicts_counts_the_relations_of_other_doors(world: World) -> None:
    page = world.page("verdicts.html")
    for verdict in Verdict:
        words = re.sub(r"(?<!^)(?=[A-Z])", " ", verdict.value).lower()
        told = re.search(rf"\b{words} ([\d,]+) relations? in this graph", page)
        assert told, verdict
        assert number(told[1]) == len(world.typed("relations", "--verdict", verdict.value, "--format", "jsonl"))


def test_the_guide_to_verdicts_counts_how_strongly_quotes_were_checked(world: World) -> None:
    page = world.page("verdicts.html")
    rows = world.asked("provenance/counts", respect="avn:verification")
    counts = {row.value.rpartition("#")[2].lower(): row.claims for row in rows}
    for name in ("anchored", "fingerprinted"):
        claims = counts.get(name, 0)
        assert f"{name} {claims:,} claim{'' if claims == 1 else 's'} " in page
    assert sum(counts.values()) == len(world.claims())
