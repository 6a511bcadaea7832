"""Claims as pages: one whole, for whoever audits it, and all in reading order."""

from collections.abc import Iterable
from itertools import groupby

from avnkg.analysis.disputes import CLASHES
from avnkg.analysis.verdicts import Verdict
from avnkg.errors import NotFoundError
from avnkg.graph.names import claim_iri
from avnkg.views.graphs.network import Standing, standing
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive, Related
from avnkg.views.pages.listings import PART, Section, listed, part_of, parts_of
from avnkg.views.pages.page import Kind, Options, Page

RELATED = 60
"""Relations that the page of a claim shows."""

STRENGTHS = {
    "anchored": "The text of the document was at hand when this graph was built, and exactly these words stand at this "
    "place in it.",
    "fingerprinted": "The text of the document was not at hand when this graph was built. The words match the "
    "fingerprints that were recorded when it was. That guards against slips, not against forgery.",
}
"""What the strength of a verification means."""

FORCES = {
    "defines": "says what something is",
    "asserts": "says that it is so",
    "describes": "describes how its own treatment is done",
    "recommends": "gives advice",
    "requires": "says what must be",
    "permits": "says what may be",
    "aims": "names a goal, which is not a result",
    "reports": "tells what others do or say",
    "recounts": "tells of one case",
    "advertises": "praises what it offers",
}
"""What words of each force do."""


def claim_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of one claim.

    Raises:
        NotFoundError: there is no such claim.
    """
    identity = "/".join(map(at.read_name, address.removeprefix("claim/").removesuffix(".html").split("/")))
    if address != at.claim(identity):
        raise NotFoundError(f"there is no page {address!r}", hint=f"{at.CLAIMS} lists the claims")
    card = archive.claim(identity)
    related, more = archive.related(identity, RELATED)
    context = {
        "claim": card,
        "iri": claim_iri(identity),
        "documents": archive.documents,
        "document": archive.document(card.document),
        "stands": archive.stands(claim=identity),
        "standing": _standing(related),
        "related": _by_verdict(related),
        "more_related": more,
        "axes": archive.axes,
        "strength": STRENGTHS.get(card.verification, ""),
        "force": FORCES.get(card.force, ""),
        "assertion": archive.descriptions.asserted(identity),
        "nanopublication": None if card.withdrawn else archive.descriptions.nanopublication(identity),
        "surroundings": options.surroundings(card) if options.surroundings else None,
    }
    return Page(address, card.says, "claim.html", context, section=at.CLAIMS)


def _standing(related: Iterable[Related]) -> Standing:
    """Return how a claim stands among the voices, from its relations."""
    found = [(Verdict(each.verdict.title().replace(" ", "")), each.across) for each in related]
    return standing((verdict for verdict, across in found if across or verdict in CLASHES), 1)


def _by_verdict(related: Iterable[Related]) -> list[tuple[str, list[Related]]]:
    """Return relations by verdict, in their order."""
    return [(verdict, list(found)) for verdict, found in groupby(related, lambda each: each.verdict)]


def claim_list(archive: Archive, address: str, options: Options) -> Page:
    """Return a part of the list of claims.

    Raises:
        NotFoundError: there is no such part.
    """
    part = part_of(address, at.CLAIMS, archive.total)
    found = listed(archive, archive.lines(limit=PART, offset=PART * (part.number - 1)).rows)
    sections = [
        Section(document, tuple(claims)) for document, claims in groupby(found, lambda each: each.line.document)
    ]
    context = {"documents": archive.documents, "sections": sections, "part": part, "total": archive.total}
    return Page(address, "Claims", "claims.html", context, section=at.CLAIMS)


def _parts(archive: Archive) -> Iterable[str]:
    return [at.claims(number) for number in range(1, parts_of(archive.total) + 1)]


LIST = Kind(_parts, claim_list)
CLAIM = Kind(lambda archive: map(at.claim, archive.claim_ids()), claim_page)
