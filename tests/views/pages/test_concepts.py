"""Concepts as pages: where a definition is from is told in words."""

from avnkg import vocab
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import page_at
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import render
from tests.views.pages.tabulated import Elements


def test_a_definition_after_a_document_that_is_missing_tells_its_name_and_no_bare_address(
    mini_graph: ClaimsGraph,
) -> None:
    archive = Archive(mini_graph)
    beginning = f"{vocab.THING}document/"
    missing = [
        (row.term.removeprefix(vocab.AVN), row.source.removeprefix(beginning))
        for row in mini_graph.query("provenance/definitions")
        if row.source
        and row.source.startswith(beginning)
        and row.source.removeprefix(beginning) not in archive.documents
    ]
    shown = [(name, document) for name, document in missing if name in archive.concepts]
    assert shown
    for name, document in shown[:5]:
        text = " ".join(Elements(render(page_at(archive, at.concept(name), Options()))).text.split())
        assert f"the document {document}, which this graph does not hold" in text
        assert f"{beginning}{document}" not in text


def test_a_definition_after_a_page_elsewhere_leads_there(mini_graph: ClaimsGraph) -> None:
    archive = Archive(mini_graph)
    found = [
        row
        for row in mini_graph.query("provenance/definitions")
        if row.source and row.source.startswith("https://bentham")
    ]
    assert found
    page = Elements(render(page_at(archive, at.concept(found[0].term.removeprefix(vocab.AVN)), Options())))
    assert found[0].source in page.of("href")
