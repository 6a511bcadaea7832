"""The first page: what this is, the weightiest dispute with both sides' words, who speaks, and ways in."""

from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.disputes import told
from avnkg.views.pages.page import Kind, Options, Page

SHOWN = 3
"""Claims that the overview shows of each side."""


def overview(archive: Archive, address: str, options: Options) -> Page:
    """Return the first page."""
    found = archive.disputes
    return Page(
        address,
        "Who claims what about avascular necrosis",
        "overview.html",
        {
            "archive": archive,
            "documents": archive.documents,
            "first": told(archive, found[0], SHOWN) if found else None,
            "others": found[1:],
            "claims": sum(archive.counts.values()),
        },
    )


OVERVIEW = Kind(lambda archive: [at.OVERVIEW], overview)
