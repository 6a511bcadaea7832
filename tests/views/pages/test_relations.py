"""Relations as pages: the verdict, both sides' words, and what led to it."""

import pytest

from avnkg.errors import NotFoundError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import relations
from avnkg.views.pages import addresses as at
from avnkg.views.pages import relations as relations_module
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import page_at
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import render
from tests.views.pages.tabulated import Elements


@pytest.mark.parametrize("whole", [True, False])
def test_each_relation_has_a_page_with_its_sentence_and_the_words_of_all_its_claims(
    mini_graph: ClaimsGraph, whole: bool
) -> None:
    archive = Archive(mini_graph)
    if whole:
        archive.preload()
    found = relations(mini_graph)
    assert len(found) > 8
    for record in found:
        text = " ".join(Elements(render(page_at(archive, at.relation(record.relation.id), Options()))).text.split())
        assert record.relation.says in text
        for claim in (*record.relation.a, *record.relation.b):
            card = archive.claim(claim)
            assert claim in text
            assert " ".join(card.quotes[0].words.split()) in text
            assert archive.documents[card.document].publisher in text


def test_what_led_to_the_verdict_is_told(mini_graph: ClaimsGraph) -> None:
    record = next(each for each in relations(mini_graph) if each.relation.decided_by)
    archive = Archive(mini_graph)
    page = Elements(render(page_at(archive, at.relation(record.relation.id), Options())))
    assert "decided by" in page.text
    assert archive.axes[record.relation.decided_by[0]] in page.text
    assert f"../{at.VERDICTS}#{record.relation.verdict.value}" in page.of("href")


def test_rule_and_issue_are_told_in_words_and_lead_to_the_order_of_the_verdicts(mini_graph: ClaimsGraph) -> None:
    archive = Archive(mini_graph)
    found = relations(mini_graph)
    assert len({record.relation.verdict for record in found}) > 3
    for record in found:
        page = Elements(render(page_at(archive, at.relation(record.relation.id), Options())))
        text = " ".join(page.text.split())
        assert f"the {relations_module.ORDINALS[record.relation.verdict.row - 1]} of eight verdicts" in text
        assert relations_module.ISSUES[record.relation.kind] in text
        assert f"../{at.VERDICTS}#order" in page.of("href")
    assert 'id="order"' in render(page_at(archive, at.VERDICTS, Options()))


def test_of_many_claims_some_are_shown_and_the_rest_counted(
    mini_graph: ClaimsGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relations_module, "MOST", 1)
    record = next(each for each in relations(mini_graph) if len(each.relation.a) > 1)
    text = Elements(render(page_at(Archive(mini_graph), at.relation(record.relation.id), Options()))).text
    assert f"and {len(record.relation.a) - 1} more claim" in text


@pytest.mark.parametrize("name", ["nothing", "../x", "a b", ""])
def test_a_relation_that_is_none_is_told(mini_graph: ClaimsGraph, name: str) -> None:
    with pytest.raises(NotFoundError, match="no relation"):
        page_at(Archive(mini_graph), f"relation/{name}.html", Options())
