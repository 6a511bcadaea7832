"""The query library as pages: every query with its text, its parameters, and what it answers."""

import pyoxigraph as ox
import pytest

from avnkg import vocab
from avnkg.errors import NotFoundError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.queries import query_library
from avnkg.graph.rows import Rows
from avnkg.views.pages import addresses as at
from avnkg.views.pages import librarypages
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import page_at
from avnkg.views.pages.librarypages import Shown, result, without_head
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import render
from tests.views.hostile import WORDS
from tests.views.pages.tabulated import Elements, assert_inert


@pytest.fixture(scope="module")
def archive(mini_graph: ClaimsGraph) -> Archive:
    """Return the tiny world, read at once."""
    made = Archive(mini_graph)
    made.preload()
    return made


def shown(archive: Archive, name: str, *, live: bool = False) -> str:
    """Return the page of a query."""
    return render(page_at(archive, at.query(name), Options(live=live)), live=live)


def test_the_index_leads_to_every_query(archive: Archive) -> None:
    page = Elements(render(page_at(archive, at.QUERIES, Options())))
    linked = {link for link in page.of("href") if link.startswith("query/")}
    assert linked == {at.query(name) for name in query_library()}
    for query in query_library().values():
        assert " ".join(query.head.question.split()) in " ".join(page.text.split())


@pytest.mark.parametrize("name", list(query_library()))
def test_each_page_has_the_text_as_it_is_run_and_the_rows(name: str, archive: Archive) -> None:
    query = query_library()[name]
    page = Elements(shown(archive, name))
    assert without_head(query) in page.text
    assert "#+" not in page.text
    rows = archive.graph.query(name)
    if name.startswith("checks/"):
        assert "Returns nothing: holds." in page.text
    elif not len(rows):
        assert "No rows." in page.text
    assert sum(tag == "tr" for tag, _ in page.found) == bool(query.head.parameters) * (
        1 + len(query.head.parameters)
    ) + bool(len(rows)) * (1 + len(rows))


def test_claims_documents_concepts_and_disputes_lead_to_their_pages(archive: Archive) -> None:
    assert at.link(at.query("claims/listing"), at.claim("beta-clinic/005")) in shown(archive, "claims/listing")
    assert at.link(at.query("provenance/documents"), at.document("beta-clinic")) in shown(
        archive, "provenance/documents"
    )
    page = shown(archive, "provenance/residuals")
    assert at.link(at.query("provenance/residuals"), at.concept("JointReplacement")) in page
    found = archive.graph.query("contradiction/disputes")[0].dispute.rpartition("/")[2]
    assert at.link(at.query("contradiction/disputes"), at.dispute(found)) in shown(archive, "contradiction/disputes")
    assert at.link(at.query("provenance/counts-by-predicate"), f"{at.ONTOLOGY}#heals") in shown(
        archive, "provenance/counts-by-predicate"
    )


def test_only_addresses_lead_somewhere(archive: Archive) -> None:
    """Words of a document that look like an address are words."""
    address = f"{vocab.THING}claim/beta-clinic/005"
    rows = Rows(("a", "b", "c"), ((ox.Literal(address), ox.NamedNode(address), None),))
    assert result(rows, archive).rows == (
        (Shown(address), Shown("beta-clinic/005", at.claim("beta-clinic/005")), Shown("")),
    )


def test_addresses_from_elsewhere_are_no_links(archive: Archive) -> None:
    for address in (
        "javascript:alert(1)",
        "http://example.org/x",
        f"{vocab.AVN}Claim",
        f"{vocab.THING}document/nobody",
    ):
        assert result(Rows(("a",), ((ox.NamedNode(address),),)), archive).rows[0][0].page == ""


def test_an_answer_is_cut_and_says_so(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(librarypages, "MOST_ROWS", 3)
    text = Elements(shown(archive, "claims/listing")).text
    assert "3 rows, the first of more" in text


def test_a_check_that_does_not_hold_is_no_good_news(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = result(Rows(("claim",), ((ox.Literal("a claim"),),)), archive)
    monkeypatch.setattr(librarypages, "answer", lambda *_: broken)
    text = Elements(shown(archive, "checks/claim-has-words")).text
    assert "must return nothing, and does not" in text
    assert "holds." not in text


def test_a_large_graph_is_not_asked_for_a_page(mini_graph: ClaimsGraph) -> None:
    asked: list[str] = []

    class Watched(ClaimsGraph):
        def query(self, question: object, /, **parameters: object) -> Rows:
            asked.append(str(question))
            raise AssertionError(question)

    page = page_at(
        Archive(Watched(mini_graph.store, mini_graph.vocabulary)), at.query("claims/listing"), Options(live=True)
    )
    assert asked == []
    assert "too large" in render(page, live=True)


def test_only_a_server_offers_to_ask_on(archive: Archive) -> None:
    link = f"{at.link(at.query('claims/listing'), at.SPARQL)}?example=claims/listing"
    assert link in shown(archive, "claims/listing", live=True)
    assert at.SPARQL not in shown(archive, "claims/listing")


def test_hostile_cells_are_shown_as_words(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = result(Rows((f"c{WORDS}",), ((ox.Literal(WORDS),), (ox.Literal(f"javascript:{WORDS}"),))), archive)
    monkeypatch.setattr(librarypages, "answer", lambda *_: answered)
    assert_inert(shown(archive, "claims/listing"))


@pytest.mark.parametrize("address", ["query/claims/nothing.html", "query/listing.html", "query/claims/../listing.html"])
def test_a_page_that_is_none_is_told(address: str, archive: Archive) -> None:
    with pytest.raises(NotFoundError, match="no page"):
        page_at(archive, address, Options())
