"""The texts of documents that are at hand, for one purpose: to show a quote in the midst of its words."""

from collections.abc import Callable

from avnkg.documents.kinds import DocumentKind
from avnkg.documents.library import Library
from avnkg.documents.model import Document
from avnkg.errors import DocumentError, DriftError
from avnkg.service.served import Served
from avnkg.views.claimcards import ClaimCard, DocumentCard
from avnkg.views.pages.surroundings import Surroundings, surroundings

ABSENT = (
    "The text of this document is not on the machine that serves these pages, so its words stand here without those "
    "around them. Who has the text can keep it with `avnkg documents add FILE`, or name its folder with --documents."
)
ANOTHER = "A text of this name is at hand, but it is not the recorded one, so nothing of it is shown."
UNREADABLE = "The text of this document is at hand, but it cannot be read."


def surroundings_of(given: Served) -> Callable[[ClaimCard], Surroundings]:
    """Return what tells the words around the quotes of a claim, or why they cannot be told.

    A text is looked for each time: one that is added while the service runs is found.
    """
    folders = (*given.library.folders, *given.build.inputs.library.folders)

    def around(card: ClaimCard) -> Surroundings:
        record = _record(given.archive.document(card.document))
        try:
            text = Library(tuple(dict.fromkeys(folders))).text(record)
        except DriftError:
            return Surroundings(reason=ANOTHER)
        except DocumentError:
            return Surroundings(reason=UNREADABLE)
        return Surroundings(reason=ABSENT) if text is None else Surroundings(surroundings(card.quotes, text))

    return around


def _record(card: DocumentCard) -> Document:
    """Return as much of a document's record as it takes to know its text: its id, hash and length."""
    return Document(
        id=card.id,
        title=card.title,
        publisher=card.publisher,
        kind=DocumentKind.OTHER,
        licence=card.rights,
        sha256=card.sha256,
        length=card.length,
    )
