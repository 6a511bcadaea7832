"""Claims as pages: one whole, for whoever audits it, and all in reading order."""

from collections.abc import Iterable

from avnkg.errors import NotFoundError
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.page import Kind, Options, Page

PART = 100
"""Claims on one page of the list."""


def claim_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of one claim.

    Raises:
        NotFoundError: there is no such claim.
    """
    identity = "/".join(map(at.read_name, address.removeprefix("claim/").removesuffix(".html").split("/")))
    if address != at.claim(identity):
        raise NotFoundError(f"there is no page {address!r}", hint="`avnkg claims list` lists the claims")
    card = archive.claim(identity)
    context = {
        "claim": card,
        "documents": archive.documents,
        "document": archive.document(card.document),
        "related": archive.related(identity),
    }
    return Page(address, f"Claim {identity}", "claim.html", context, section=at.CLAIMS)


def claim_list(archive: Archive, address: str, options: Options) -> Page:
    """Return a part of the list of claims.

    Raises:
        NotFoundError: there is no such part.
    """
    number = part_number(address, at.CLAIMS)
    found = archive.lines(limit=PART, offset=PART * (number - 1))
    if number > 1 and not found.rows:
        raise NotFoundError(f"there is no page {address!r}", hint=f"the list begins at {at.CLAIMS}")
    context = {
        "documents": archive.documents,
        "lines": found.rows,
        "number": number,
        "parts": -(-sum(archive.counts.values()) // PART) or 1,
        "total": sum(archive.counts.values()),
    }
    return Page(address, "All claims", "claims.html", context, section=at.CLAIMS)


def part_number(address: str, first: str) -> int:
    """Return which part of a list an address is: 1 for the first one.

    Raises:
        NotFoundError: it is no part of this list.
    """
    stem = first.removesuffix(".html")
    part = address.removeprefix(f"{stem}/").removesuffix(".html")
    if address == first:
        return 1
    if address != f"{stem}/{part}.html" or not part.isascii() or not part.isdigit() or str(int(part)) != part:
        raise NotFoundError(f"there is no page {address!r}", hint=f"the list begins at {first}")
    if int(part) < 2:
        raise NotFoundError(f"there is no page {address!r}", hint=f"the list begins at {first}")
    return int(part)


def _addresses(archive: Archive) -> Iterable[str]:
    return [at.claim(each) for each in archive.claim_ids()]


def _parts(archive: Archive) -> Iterable[str]:
    return [at.claims(number) for number in range(1, -(-sum(archive.counts.values()) // PART) + 1)] or [at.CLAIMS]


LIST = Kind(_parts, claim_list)
CLAIM = Kind(_addresses, claim_page)
