"""What the page of a dispute tells of each side, and of a relation."""

from pathlib import Path

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
