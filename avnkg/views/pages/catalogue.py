"""Every page there is, by its address. A site writes them all; a live service gives the one that is asked for."""

from collections.abc import Iterator, Mapping

from avnkg.errors import NotFoundError
from avnkg.views.pages import addresses as at
from avnkg.views.pages import (
    claims,
    comparison,
    concepts,
    disputes,
    documents,
    downloads,
    drawings,
    guides,
    librarypages,
    ontologypages,
    outcomes,
    overview,
    relations,
    stages,
)
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.page import Kind, Options, Page

KINDS: Mapping[str, Kind] = {
    at.OVERVIEW: overview.OVERVIEW,
    at.DISPUTES: disputes.LIST,
    "dispute": disputes.DISPUTE,
    "relation": relations.RELATION,
    at.CLAIMS: claims.LIST,
    "claims": claims.LIST,
    "claim": claims.CLAIM,
    at.DOCUMENTS: documents.LIST,
    "document": documents.DOCUMENT,
    at.CONCEPTS: concepts.LIST,
    "concept": concepts.CONCEPT,
    at.GRAPHS: drawings.LIST,
    "graphs": drawings.DRAWING,
    at.COMPARISON: comparison.COMPARISON,
    at.OUTCOMES: outcomes.OUTCOMES,
    at.STAGES: stages.STAGES,
    at.ONTOLOGY: ontologypages.ONTOLOGY,
    at.QUERIES: librarypages.LIBRARY,
    "query": librarypages.QUERY,
    at.VERDICTS: guides.VERDICTS,
    at.CITING: guides.CITING,
    at.DOWNLOADS: downloads.PAGE,
}
"""Kinds of pages by the first part of their addresses: a folder, or a page that stands alone."""

OF_ALL_CLAIMS = (at.CITING, at.VERDICTS, at.STAGES, at.OUTCOMES, at.COMPARISON)
"""Pages that read all claims, which takes long in a large graph: a service makes them before anybody waits for them."""


def addresses(archive: Archive) -> Iterator[str]:
    """Yield the address of every page, each once."""
    seen: set[str] = set()
    for kind in dict.fromkeys(KINDS.values()):
        for address in kind.addresses(archive):
            if address not in seen:
                seen.add(address)
                yield address


def page_at(archive: Archive, address: str, options: Options) -> Page:
    """Return the page at an address.

    Raises:
        NotFoundError: there is none.
    """
    kind = KINDS.get(address.partition("/")[0])
    if kind is None:
        raise NotFoundError(f"there is no page {address!r}", hint=f"begin at {at.OVERVIEW}")
    return kind.page(archive, address, options)
