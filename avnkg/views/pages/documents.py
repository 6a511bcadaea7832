"""Documents as pages: who speaks, what they sell, and what they claim in reading order."""

from collections.abc import Iterator
from itertools import groupby

from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.disputes import split
from avnkg.views.pages.listings import PART, Listed, Section, listed, part_of, parts_of
from avnkg.views.pages.page import Kind, Options, Page


def document_list(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of all documents."""
    context = {"documents": archive.documents, "counts": archive.counts}
    return Page(address, "Documents", "documents.html", context)


def document_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of one document, or of a further part of its claims.

    Raises:
        NotFoundError: there is no such document, or no such part.
    """
    identity = at.read_name(address.split("/")[1].removesuffix(".html") if "/" in address else "")
    card = archive.document(identity)
    total = archive.counts.get(identity, 0)
    part = part_of(address, at.document(identity), total)
    found = archive.lines(document=identity, limit=PART, offset=PART * (part.number - 1)).rows
    headings = archive.headings([line.id for line in found])
    grouped = groupby(listed(archive, found), lambda each: headings.get(each.line.id))
    context = {
        "document": card,
        "documents": archive.documents,
        "account": options.accounts.get(identity),
        "total": total,
        "drawn": archive.small and total > 0,
        "part": part,
        "sections": [Section(heading, tuple(claims)) for heading, claims in grouped],
        "withdrawn": [Listed(line, withdrawn=reason) for line, reason in archive.withdrawn(identity)],
        "stands": [(stand, *split(stand.title)) for stand in archive.stands(document=identity)],
    }
    return Page(address, card.title, "document.html", context, section=at.DOCUMENTS)


def _addresses(archive: Archive) -> Iterator[str]:
    for identity in archive.documents:
        for number in range(1, parts_of(archive.counts.get(identity, 0)) + 1):
            yield at.document(identity, number)


LIST = Kind(lambda archive: [at.DOCUMENTS], document_list)
DOCUMENT = Kind(_addresses, document_page)
