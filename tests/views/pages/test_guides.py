"""How to read a verdict and how to cite a claim: with examples that the graph gives."""

import pytest

from avnkg import __version__, vocab
from avnkg.analysis.verdicts import ROWS
from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.store import memory_store
from avnkg.ontology.reading import read_ontology
from avnkg.views.pages import addresses as at
from avnkg.views.pages import archive as archive_module
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import page_at
from avnkg.views.pages.guides import MEANINGS, interval, verdict_entries
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import environment, render
from tests.views.hostile import hostile
from tests.views.pages.tabulated import Elements, assert_inert, frame


def test_every_verdict_has_a_meaning_in_words() -> None:
    assert set(MEANINGS) == set(ROWS)


def test_the_tiny_world_has_an_example_of_each_verdict_in_the_order_of_the_rule(mini_graph: ClaimsGraph) -> None:
    entries = verdict_entries(Archive(mini_graph))
    assert [each.verdict for each in entries] == list(ROWS)
    found = {
        each.verdict.value: (each.count, each.example.first.id, each.example.second.id)
        for each in entries
        if each.example
    }
    assert found == {
        "ScopeDifference": (2, "alpha-travel/006", "beta-clinic/002"),
        "Qualification": (1, "alpha-travel/008", "beta-clinic/008"),
        "Tension": (1, "alpha-travel/003", "beta-clinic/009"),
        "Rival": (1, "alpha-travel/001", "beta-clinic/013"),
        "Contradiction": (2, "alpha-travel/005", "beta-clinic/005"),
        "Parallel": (1, "alpha-travel/010", "beta-clinic/012"),
        "Refinement": (1, "beta-clinic/011", "alpha-travel/002"),
        "Agreement": (3, "alpha-travel/001", "gamma-institute/001"),
    }


def test_what_decides_narrows_or_is_assumed_is_told(mini_graph: ClaimsGraph) -> None:
    examples = {each.verdict.value: each.example for each in verdict_entries(Archive(mini_graph))}
    told = {name: (example.decided, example.narrowed, example.assumed) for name, example in examples.items() if example}
    assert told["ScopeDifference"][0] == "delivery target"
    assert told["Qualification"][1] == "stage"
    assert told["Tension"][2] == "anatomy"


def test_examples_are_between_voices_where_there_are_such(our_graph: ClaimsGraph) -> None:
    for each in verdict_entries(Archive(our_graph)):
        assert each.example is not None
        assert each.example.record.across
        assert each.example.first.document != each.example.second.document


def test_each_hedge_is_one_row_with_all_words_that_are_read_as_it(
    our_graph: ClaimsGraph, vocabulary: Vocabulary
) -> None:
    html = render(page_at(Archive(our_graph), at.VERDICTS, Options()))
    table = html.split("Read as a share of cases</th>")[1].split("</table>")[0]
    rows = [row.split("</th>")[0] for row in table.split('<th scope="row">')[1:]]
    assert len(rows) == len(set(vocabulary.hedges.values()))
    assert sorted(words for row in rows for words in row.split(", ")) == sorted(vocabulary.hedges)


def test_every_hedge_is_told_as_a_share(vocabulary: Vocabulary) -> None:
    told = {words: interval(hedge) for words, hedge in vocabulary.hedges.items()}
    assert told["never"] == "0 %"
    assert told["almost always"].startswith(("from 9", "more than 9"))
    assert len(told) == len(vocabulary.hedges)


@pytest.mark.parametrize("address", [at.VERDICTS, at.CITING])
class TestThePages:
    """What is shown."""

    def test_are_the_same_twice(self, address: str, our_graph: ClaimsGraph) -> None:
        first, second = (render(page_at(Archive(our_graph), address, Options())) for _ in range(2))
        assert first == second

    def test_hostile_words_are_shown_as_words(self, address: str, mini_graph: ClaimsGraph) -> None:
        page = page_at(Archive(mini_graph), address, Options())
        changed = {
            name: hostile(page.context[name]) for name in ("documents", "citation", "entries") if name in page.context
        }
        assert_inert(environment().get_template(page.template).render({**frame(address), **page.context, **changed}))

    def test_a_graph_without_claims_has_them_too(self, address: str) -> None:
        empty = ClaimsGraph(memory_store([]), read_ontology().vocabulary)
        text = Elements(render(page_at(Archive(empty), address, Options()))).text
        assert "No two claims of this graph" in text or "This graph has no claims." in text


def test_a_citation_has_address_words_document_date_and_version(mini_graph: ClaimsGraph) -> None:
    archive = Archive(mini_graph)
    text = Elements(render(page_at(archive, at.CITING, Options()))).text
    citation = page_at(archive, at.CITING, Options()).context["citation"]
    assert citation.address == f"{vocab.THING}claim/{citation.claim.id}"
    for part in (
        citation.address,
        citation.claim.quotes[0].words,
        citation.document.title,
        citation.document.publisher,
        citation.date,
        f"avnkg {__version__}",
    ):
        assert part in text
    assert citation.claim.id in {
        row.claim.removeprefix(f"{vocab.THING}claim/") for row in archive.disputes[0].sides[0][2]
    }


def test_the_verdicts_of_a_large_graph_are_counted_and_shown_without_reading_all_relations(
    mini_graph: ClaimsGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = verdict_entries(Archive(mini_graph))
    monkeypatch.setattr(archive_module, "WHOLE_BELOW", 0)
    archive = Archive(mini_graph)
    large = verdict_entries(archive)
    assert "reading" not in vars(archive)
    assert [(each.verdict, each.count) for each in large] == [(each.verdict, each.count) for each in small]
    for each in large:
        assert (each.example is None) == (each.count == 0)
        assert each.example is None or each.example.record.relation.verdict is each.verdict
