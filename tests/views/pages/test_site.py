"""The site as a whole: links lead somewhere, nothing comes from elsewhere, the same bytes, all or nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from avnkg.errors import GraphError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.pages import addresses as at
from avnkg.views.pages import overview as overview_module
from avnkg.views.pages import site as site_module
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import addresses, page_at
from avnkg.views.pages.page import Options
from avnkg.views.pages.rendering import POLICY, render
from avnkg.views.pages.site import MARK, write_site
from tests.views.pages.markup import Markup, links


@pytest.fixture(params=["mini_site", "our_site"])
def site(request: pytest.FixtureRequest) -> Path:
    """Return a site."""
    folder: Path = request.getfixturevalue(request.param)
    return folder.resolve()


def pages(site: Path) -> Iterator[Path]:
    """Yield the pages of a site that templates make."""
    yield from (path for path in sorted(site.rglob("*.html")) if path.parent.name != "graphs")


def test_every_link_leads_to_a_page_and_a_part_that_are_there(site: Path) -> None:
    ids: dict[Path, set[str]] = {}
    wanted: set[tuple[Path, str]] = set()
    for page in sorted(site.rglob("*.html")):
        ids[page] = {each.attributes.get("id") or "" for each in Markup(page.read_text(encoding="utf-8")).elements}
        wanted |= set(links(site, page))
    missing = [str(target) for target, _ in wanted if not target.is_file()]
    assert missing == []
    assert [(str(target), part) for target, part in wanted if part and part not in ids[target]] == []
    assert len(wanted) > 50


def test_every_page_can_be_reached_from_the_first(site: Path) -> None:
    seen, left = {site / "index.html"}, [site / "index.html"]
    while left:
        for target, _ in links(site, left.pop()):
            if target not in seen and target.suffix == ".html":
                seen.add(target)
                left.append(target)
    assert sorted(set(site.rglob("*.html")) - seen) == []


def test_every_page_is_whole_and_lets_nothing_in(site: Path) -> None:
    for page in pages(site):
        html = page.read_text(encoding="utf-8")
        read = Markup(html)
        assert read.faults == [], page
        assert read.open == [], page
        policies = read.found("meta", **{"http-equiv": "Content-Security-Policy"})
        assert [each.attributes["content"] for each in policies] == [POLICY], page
        assert read.found("script") == [], page
        assert not re.search(r"<[^>]*\s(style|on\w+)=", html), page
        for each in read.elements:
            if each.tag in ("link", "img"):
                address = each.attributes.get("href") or each.attributes.get("src") or ""
                assert not address.startswith(("http", "//")), page
        assert [each.attributes.get("lang") for each in read.found("html")] == ["en"]
        assert len(read.found("h1")) == 1, page
        assert len(read.found("title")) == 1
        ids = [each.attributes["id"] for each in read.elements if "id" in each.attributes]
        assert len(ids) == len(set(ids)), page


def test_headings_leave_no_level_out(site: Path) -> None:
    for page in pages(site):
        level = 0
        for each in Markup(page.read_text(encoding="utf-8")).elements:
            if re.fullmatch(r"h[1-6]", each.tag):
                here = int(each.tag[1])
                assert here <= level + 1, f"{page}: {each.text}"
                level = here


def test_no_quote_stands_without_its_document(site: Path) -> None:
    for page in pages(site):
        read = Markup(page.read_text(encoding="utf-8"))
        quotes = [each for each in read.elements if each.tag == "blockquote"]
        leads = [target for target, _ in links(site, page) if target.parent.name == "document"]
        assert not quotes or leads or page.parent.name == "document", page


def test_no_triple_is_shown_without_its_conditions(our_site: Path, our_graph: ClaimsGraph) -> None:
    archive = Archive(our_graph)
    archive.preload()
    checked = 0
    for identity in archive.claim_ids():
        card = archive.claim(identity)
        html = (our_site / "claim" / f"{identity}.html").read_text(encoding="utf-8")
        read = Markup(html)
        triples = [each for each in read.found("pre") if "assertion graph" in (each.attributes.get("aria-label") or "")]
        assert bool(triples) == card.asserts, identity
        if card.asserts and card.under_conditions:
            told = " ".join(each.text for each in read.found("section"))
            assert "The bare triple says more than the words" in told, identity
            for condition in card.conditions:
                assert condition.value in " ".join(told.split()), identity
            assert card.how_often is None or card.how_often in told, identity
            checked += 1
    assert checked > 50


def test_the_texts_of_documents_are_not_in_it(our_site: Path, texts: Path | None) -> None:
    if texts is None:
        pytest.skip("the texts of the embedded corpus are not at hand")
    # A long stretch that no quote holds would show that more than quotes got in.
    every = "".join(page.read_text(encoding="utf-8") for page in our_site.rglob("*.html"))
    for text in texts.glob("*.txt"):
        whole = text.read_text(encoding="utf-8")
        longest = 400
        stretches = [whole[at : at + longest] for at in range(0, len(whole) - longest, longest)]
        assert [stretch for stretch in stretches if stretch in every] == []


def test_the_same_graph_is_the_same_bytes(mini_graph: ClaimsGraph, mini_site: Path, tmp_path: Path) -> None:
    write_site(mini_graph, tmp_path / "again")
    first, again = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (mini_site, tmp_path / "again")
    )
    assert first == again


def test_the_catalogue_names_no_page_twice_on_any_disk(our_graph: ClaimsGraph) -> None:
    found = [address.casefold() for address in addresses(Archive(our_graph))]
    assert len(found) == len(set(found))
    assert all(re.fullmatch(r"[a-z0-9_.~-]+(/[a-z0-9_.~-]+)*\.html", address) for address in found)


def test_a_crash_leaves_the_old_site_whole(
    mini_graph: ClaimsGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    write_site(mini_graph, folder)
    (folder / "index.html").write_text("the old one", encoding="utf-8")

    def crash(*given: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(site_module, "render", crash)
    with pytest.raises(KeyboardInterrupt):
        write_site(mini_graph, folder)
    assert (folder / "index.html").read_text(encoding="utf-8") == "the old one"
    assert [path.name for path in tmp_path.iterdir() if path != tmp_path / "home"] == ["site"]


def test_a_site_is_replaced_as_a_whole(mini_graph: ClaimsGraph, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(mini_graph, folder)
    (folder / "old.html").write_text("old", encoding="utf-8")
    write_site(mini_graph, folder)
    assert not (folder / "old.html").exists()
    assert (folder / MARK).is_file()


def test_a_folder_that_holds_other_things_is_refused(mini_graph: ClaimsGraph, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(GraphError, match="expected a new or empty folder"):
        write_site(mini_graph, folder)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]
    with pytest.raises(GraphError, match="expected a new or empty folder"):
        write_site(mini_graph, folder / "letter.txt")


def test_a_long_list_is_led_into_by_its_headings(our_site: Path) -> None:
    one = our_site / "concept" / "CoreDecompressionWithCells.html"
    for page in (our_site / "concepts.html", one, *(our_site / "document").glob("*.html")):
        read = Markup(page.read_text(encoding="utf-8"))
        nav = next(iter(read.found("nav", class_="contents")))
        ids = {each.attributes.get("id"): each for each in read.elements if re.fullmatch("h[23]", each.tag)}
        within = [each for each in read.found("a") if (each.attributes["href"] or "").startswith("#")]
        led = [each for each in within if each.text in nav.text]
        for each in led:
            assert ids[(each.attributes["href"] or "")[1:]].text.startswith(each.text), page
        assert len(led) > 1, page


def test_a_document_s_own_page_does_not_say_at_each_claim_whose_it_is(our_site: Path) -> None:
    for page in (our_site / "document").glob("*.html"):
        read = Markup(page.read_text(encoding="utf-8"))
        said = [each for each in read.found("p", class_="who") if "article" in each.above]
        assert said
        assert {each.text[:1] for each in said} <= {"+", "−"}


def test_a_graph_whose_disputes_are_not_gathered_does_not_count_none(
    mini_graph: ClaimsGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(mini_graph)
    monkeypatch.setattr(archive, "heads", {})
    for gathered in (True, False):
        monkeypatch.setattr(overview_module, "ungathered", lambda graph, gathered=gathered: not gathered)
        html = render(page_at(archive, at.OVERVIEW, Options()))
        assert ("<b>0</b> disputes" in html) is gathered
