"""Search over claims: words, and what they can be chosen by, with how many each choice would leave.

The page works without scripts: it is a form. With them the answer changes while one types.
"""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from avnkg.service.indexer import index_of
from avnkg.service.searchindex import FACETS, Choice, Found, SearchIndex
from avnkg.service.served import Served, served
from avnkg.views.pages import addresses as at
from avnkg.views.pages.lines import Line
from avnkg.views.pages.page import Page
from avnkg.views.pages.rendering import render

SHOWN = 20
"""How many claims a page of the answer shows."""

MOST_VALUES = 60
"""How many values of one kind are offered."""

LONGEST = 500
"""Characters of words that are looked for."""

TITLES = {
    "document": "Publisher",
    "procedure": "Procedure",
    "stage": "Stage",
    "verdict": "Relation to others",
    "force": "Force",
    "stance": "Stance",
}

STILL_READ = {
    "verdict": "The relations between the claims are still being read: search again in a moment to choose by them."
    " All claims are found without them, too."
}
"""What stands in the place of values that a part of the index does not have yet."""

router = APIRouter(include_in_schema=False)
Values = Annotated[Sequence[str], Query(max_length=40)]


@router.api_route("/search.html", methods=["GET", "HEAD"])
def search(
    request: Request,
    index: Annotated[SearchIndex, Depends(index_of)],
    given: Annotated[Served, Depends(served)],
    words: Annotated[str, Query()] = "",
    document: Values = (),
    procedure: Values = (),
    stage: Values = (),
    verdict: Values = (),
    force: Values = (),
    stance: Values = (),
    start: Annotated[int, Query(alias="from", ge=0, le=10_000_000)] = 0,
) -> Response:
    """Show the claims of a choice, or, for the page's own script, what of it has changed."""
    named = zip(FACETS, (document, procedure, stage, verdict, force, stance), strict=True)
    # A form sends what nothing was chosen of as empty.
    chosen = {name: tuple(dict.fromkeys(filter(None, values))) for name, values in named}
    choice = Choice(words[:LONGEST], {name: values for name, values in chosen.items() if values})
    found = index.find(choice, limit=SHOWN, offset=start)
    # The answer differs by what asks for it, and a browser must not take the one for the other.
    headers = {"Vary": "HX-Request"}
    template = "search.html"
    if request.headers.get("HX-Request") == "true":
        headers["HX-Replace-Url"] = address(choice)
        template = "search_changed.html"
    context = _context(choice, found, start, given) | {"missing": {} if index.whole else STILL_READ}
    page = Page(at.SEARCH, "Search the claims", template, context)
    return HTMLResponse(render(page, live=True), headers=headers)


def address(choice: Choice, start: int = 0) -> str:
    """Return the address of a choice, shortest form: what is not chosen is not in it."""
    pairs = [("words", choice.words)] if choice.words.strip() else []
    pairs += [(name, value) for name in FACETS for value in choice.values.get(name, ())]
    pairs += [("from", str(start))] if start else []
    return f"{at.SEARCH}?{urlencode(pairs)}" if pairs else at.SEARCH


def _context(choice: Choice, found: Found, start: int, given: Served) -> dict[str, object]:
    chosen = [
        (TITLES[name], offer.label, address(_without(choice, name, offer.value)))
        for name, offers in found.offers.items()
        for offer in offers
        if offer.chosen
    ]
    return {
        "words": choice.words,
        "lines": [Line(**shown) for shown in found.shown],
        "total": found.total,
        "offers": {name: offers[:MOST_VALUES] for name, offers in found.offers.items()},
        "titles": TITLES,
        "chosen": chosen,
        "documents": given.archive.documents,
        "first": start + 1,
        "earlier": address(choice, max(0, start - SHOWN)) if start else "",
        "later": address(choice, start + SHOWN) if start + SHOWN < found.total else "",
    }


def _without(choice: Choice, facet: str, value: str) -> Choice:
    """Return a choice without one of its values."""
    left = {name: tuple(v for v in values if (name, v) != (facet, value)) for name, values in choice.values.items()}
    return Choice(choice.words, left)
