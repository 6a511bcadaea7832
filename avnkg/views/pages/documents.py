"""Documents as pages: who speaks, what they sell, and what they claim in reading order."""

from collections.abc import Iterable

from avnkg.errors import NotFoundError
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.page import Kind, Options, Page


def document_list(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of all documents."""
    context = {"documents": archive.documents, "counts": archive.counts}
    return Page(address, "Documents", "documents.html", context)


def document_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of one document.

    Raises:
        NotFoundError: there is no such document.
    """
    identity = at.read_name(address.removeprefix("document/").removesuffix(".html"))
    if address != at.document(identity):
        raise NotFoundError(f"there is no page {address!r}", hint=f"{at.DOCUMENTS} lists the documents")
    card = archive.document(identity)
    context = {
        "document": card,
        "documents": archive.documents,
        "account": options.accounts.get(identity),
        "lines": archive.lines(document=identity).rows,
    }
    return Page(address, card.title, "document.html", context, section=at.DOCUMENTS)


def _addresses(archive: Archive) -> Iterable[str]:
    return [at.document(each) for each in archive.documents]


LIST = Kind(lambda archive: [at.DOCUMENTS], document_list)
DOCUMENT = Kind(_addresses, document_page)
