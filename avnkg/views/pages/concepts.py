"""Concepts as pages: what a name means, what it is called elsewhere, and what is said of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from avnkg import vocab
from avnkg.claims.vocabulary import Term
from avnkg.errors import NotFoundError
from avnkg.views.graphs.network import Standing
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive, Naming
from avnkg.views.pages.listings import PART, Listed, listed, part_of, parts_of
from avnkg.views.pages.page import Kind, Options, Page

_ORDER = tuple(Standing)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a concept with one predicate: those who affirm it, and those who deny it.

    `standing` is the most notable one among the claims.
    """

    role: str
    predicate: str
    affirmed: tuple[Listed, ...]
    denied: tuple[Listed, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Branch:
    """A concept in the tree of concepts, with those below it, and how many claims name it."""

    term: Term
    claims: int
    below: tuple["Branch", ...]


def concept_list(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of all concepts as a tree; one with several kinds above it stands below each of them."""
    known = archive.concepts
    tops = [term for term in known.values() if not any(parent in known for parent in term.parents)]
    tree = [_branch(archive, term, frozenset()) for term in sorted(tops, key=lambda term: term.label.casefold())]
    # Those with many below them first: single names would bury them.
    tree.sort(key=lambda branch: not branch.below)
    return Page(address, "Concepts", "concepts.html", {"tree": tree, "count": len(known)})


def _branch(archive: Archive, term: Term, above: frozenset[str]) -> Branch:
    below = (each for each in archive.narrower.get(term.name, ()) if each.name not in above)
    held = above | {term.name}
    count = archive.named.get(vocab.AVN + term.name, 0)
    return Branch(term, count, tuple(_branch(archive, each, held) for each in below))


def concept_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of one concept, or of a further part of what is said of it.

    Raises:
        NotFoundError: there is no such concept, or no such part.
    """
    name = at.read_name(address.split("/")[1].removesuffix(".html") if "/" in address else "")
    term = archive.concepts.get(name)
    if term is None:
        raise NotFoundError(f"there is no concept {name!r}", hint=f"{at.CONCEPTS} lists the concepts")
    iri = vocab.AVN + name
    total = archive.named.get(iri, 0)
    part = part_of(address, at.concept(name), total)
    found, _ = archive.naming(iri, PART, PART * (part.number - 1))
    context = {
        "term": term,
        "iri": iri,
        "documents": archive.documents,
        "broader": [archive.concepts[each] for each in term.parents if each in archive.concepts],
        "narrower": archive.narrower.get(name, ()),
        "sources": [row.source for row in archive.asked("provenance/definitions", "term", iri)[0] if row.source],
        "mappings": archive.asked("provenance/mappings", "term", iri)[0],
        "total": total,
        "part": part,
        "said": list(_said(archive, found)),
    }
    return Page(address, term.label, "concept.html", context, section=at.CONCEPTS)


def _said(archive: Archive, found: Sequence[Naming]) -> Iterator[Said]:
    shown = {each.line.id: each for each in listed(archive, [naming.line for naming in found])}
    groups: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for each in found:
        groups[each.role, each.predicate].append(shown[each.line.id])
    for (role, predicate), claims in groups.items():
        affirmed = tuple(each for each in claims if not each.line.denies)
        denied = tuple(each for each in claims if each.line.denies)
        yield Said(role, predicate, affirmed, denied, min((each.standing for each in claims), key=_ORDER.index))


def _addresses(archive: Archive) -> Iterator[str]:
    for name in archive.concepts:
        for number in range(1, parts_of(archive.named.get(vocab.AVN + name, 0)) + 1):
            yield at.concept(name, number)


LIST = Kind(lambda archive: [at.CONCEPTS], concept_list)
CONCEPT = Kind(_addresses, concept_page)
