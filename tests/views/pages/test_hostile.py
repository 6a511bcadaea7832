"""Hostile words in every field are shown as words: they add no element, no attribute, and turn no writing around."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from avnkg.documents.account import Account
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import page_at
from avnkg.views.pages.page import Options, Page
from avnkg.views.pages.rendering import render
from tests.views.hostile import WORDS
from tests.views.pages.markup import Markup

# What a page goes by, not what it shows.
_KEPT = {
    "id",
    "document",
    "address",
    "language",
    "stance",
    "force",
    "name",
    "dispute",
    "first",
    "iri",
    "parents",
    "role",
}


def spoiled(value: Any, name: str = "") -> Any:
    """Return what a page shows with hostile words at the end of each of its words."""
    if name in _KEPT or value is None or isinstance(value, (bool, int, float, Enum, Account)):
        return value
    if isinstance(value, str):
        return f"{value} {WORDS}"
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: spoiled(getattr(value, each.name), each.name) for each in fields(value)})
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        # A claim is named by its id, and so are the sides of a relation.
        kept = [each if name in ("a", "b") and isinstance(each, str) else spoiled(each) for each in value]
        return kept if isinstance(value, list) else tuple(kept)
    if isinstance(value, dict):
        return {key: spoiled(each) for key, each in value.items()}
    return value


@pytest.fixture(scope="module")
def archive(mini_graph: ClaimsGraph) -> Archive:
    """Return the tiny world."""
    found = Archive(mini_graph)
    found.preload()
    return found


def pages(archive: Archive) -> list[Page]:
    """Return a page of each kind."""
    dispute = next(iter(archive.heads))
    wanted = [
        *(
            at.CLAIMS,
            at.DOCUMENTS,
            at.document("beta-clinic"),
            at.claim("beta-clinic/002"),
            at.claim("alpha-travel/008"),
        ),
        *(at.claim("gamma-institute/003"), at.concept("LesionInjection"), at.dispute(dispute), at.OVERVIEW),
    ]
    return [page_at(archive, address, Options()) for address in wanted]


@pytest.mark.parametrize("number", range(9))
def test_hostile_words_add_no_element_and_no_attribute(archive: Archive, number: int) -> None:
    page = pages(archive)[number]
    ours = {"counts", "ways"} | ({"sections"} if page.template == "claims.html" else set())
    context = {name: value if name in ours else spoiled(value, name) for name, value in page.context.items()}
    context = {**context, **{name: spoiled(page.context[name]) for name in ("document",) if name in page.context}}
    bad = replace(page, title=f"{page.title} {WORDS}", context=context)
    before, html = Markup(render(page)), render(bad)
    after = Markup(html)
    assert after.faults == []
    assert [each.tag for each in after.elements] == [each.tag for each in before.elements]
    assert [sorted(each.attributes) for each in after.elements] == [sorted(each.attributes) for each in before.elements]
    assert all(
        (each.attributes.get("href") or "#").startswith(("#", ".", "data:,", "https://"))
        or at.named((each.attributes.get("href") or "").split("/")[0])
        for each in after.elements
    )
    assert not any("javascript:" in (each.attributes.get("href") or "") for each in after.elements)
    assert not {"\u2028", "\u2029", "\u202e", "\u2066"} & set(html)
    assert "<U+202E>" in "".join(each.text for each in after.found("body"))
    assert "{{ 7*7 }}" in "".join(each.text for each in after.found("body"))
