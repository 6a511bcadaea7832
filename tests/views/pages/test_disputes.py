"""What the page of a dispute tells of each side, and of a relation."""

import re
from html import unescape
from pathlib import Path

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.disputes import told
from avnkg.views.pages.lines import line_of_card
from tests.views.pages.markup import Markup


def test_a_side_of_several_speakers_says_whose_interest_it_is(our_site: Path) -> None:
    shared = [
        each.text
        for page in (our_site / "dispute").glob("*.html")
        if "MedlinePlus and PlacidWay against" in page.read_text(encoding="utf-8")
        for each in Markup(page.read_text(encoding="utf-8")).elements
        if each.attributes.get("class") == "interest"
    ]
    assert shared == [
        "interest PlacidWay: a medical travel agency that arranges the treatment it describes",
        "interest a clinic that sells the treatment it describes",
    ]


def test_a_relation_names_each_claim_once(our_site: Path) -> None:
    told = 0
    for page in (our_site / "dispute").glob("*.html"):
        html = page.read_text(encoding="utf-8")
        for part in html.split('<ul class="relations">')[1:]:
            for item in part.split("</ul>")[0].split("<li>")[1:]:
                named = [
                    each.attributes["href"]
                    for each in Markup(item).elements
                    if each.tag == "a" and "/claim/" in (each.attributes["href"] or "")
                ]
                assert len(named) == len(set(named)), item
                told += 1
    assert told > 10


def test_why_a_claim_is_withdrawn_is_a_sentence_of_its_own(mini_site: Path) -> None:
    page = (mini_site / "claim" / "gamma-institute" / "003.html").read_text(encoding="utf-8")
    told = next(each for each in Markup(page).elements if each.attributes.get("class") == "withdrawn")
    assert "the words name a risk factor, not a cause. It asserts nothing" in told.text


def test_common_ground_and_what_dissolves_are_told_in_the_words_of_both_sides(
    our_site: Path, our_graph: ClaimsGraph
) -> None:
    archive = Archive(our_graph)
    checked = 0
    for dispute in archive.disputes:
        html = (our_site / at.dispute(dispute.id)).read_text(encoding="utf-8")
        shown = " ".join(unescape(re.sub("<[^>]+>", " ", item)) for item in html.split('<ul class="relations">')[1:])
        for name in ("common ground", "dissolved"):
            for each in dispute.parts.get(name, ()):
                for side in (each.relation.a, each.relation.b):
                    lines = [line_of_card(archive.claim(claim)) for claim in side]
                    assert any(line.quote in shown for line in lines), each.relation.id
                    assert {archive.documents[line.document].publisher in shown for line in lines} == {True}
                    checked += 1
    assert checked > 20


def test_who_is_on_a_side_stands_on_that_side_of_the_common_ground_too(our_graph: ClaimsGraph) -> None:
    archive = Archive(our_graph)
    checked = 0
    for dispute in archive.disputes:
        first, second = ({row.document.rpartition("/")[2] for row in rows} for _, _, rows in dispute.sides)
        shown = told(archive, dispute)
        for part in (*shown.parts.values(), *shown.dissolved):
            for clash in part.clashes:
                a, b = ({line.document for line in side} for side in (clash.a, clash.b))
                if a != b and first.isdisjoint(second):
                    assert not (a <= second and b <= first), clash.record.relation.id
                    checked += 1
    assert checked > 10


def test_the_words_of_both_sides_stand_open_and_what_is_further_is_folded(our_site: Path) -> None:
    folded = 0
    for path in (our_site / "dispute").glob("*.html"):
        page = Markup(path.read_text(encoding="utf-8"))
        for side in page.found("section", class_="side"):
            words = [each for each in page.found("blockquote") if each.text in side.text]
            seen = [each for each in words if "details" not in each.above]
            assert 1 <= len(seen) <= 3, path
            folded += len(words) - len(seen)
        for each in page.found("details"):
            assert "open" not in each.attributes
            assert re.match(r"By |\d+ (further claim|more relation)", each.text), each.text[:60]
    assert folded > 3


def test_each_part_of_a_dispute_is_led_to_from_the_top(our_site: Path) -> None:
    for path in (our_site / "dispute").glob("*.html"):
        page = Markup(path.read_text(encoding="utf-8"))
        led = [each.attributes["href"] for each in page.found("a") if (each.attributes["href"] or "").startswith("#")]
        parts = [f"#{each.attributes['id']}" for each in page.found("h2")]
        assert set(parts) <= set(led), path
