"""Concepts as pages: what a name means, and what is said of it."""

from collections.abc import Iterable

from avnkg.errors import NotFoundError
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.page import Kind, Options, Page


def concept_list(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of all concepts."""
    return Page(address, "Concepts", "concepts.html", {"terms": archive.concepts})


def concept_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of one concept.

    Raises:
        NotFoundError: there is no such concept.
    """
    name = at.read_name(address.removeprefix("concept/").removesuffix(".html"))
    term = archive.concepts.get(name)
    if term is None or address != at.concept(name):
        raise NotFoundError(f"there is no page {address!r}", hint=f"{at.CONCEPTS} lists the concepts")
    return Page(address, term.label, "concept.html", {"term": term}, section=at.CONCEPTS)


def _addresses(archive: Archive) -> Iterable[str]:
    return [at.concept(name) for name in archive.concepts]


LIST = Kind(lambda archive: [at.CONCEPTS], concept_list)
CONCEPT = Kind(_addresses, concept_page)
