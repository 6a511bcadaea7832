"""What a page is before it is written: an address, a title, a template and what it shows; and kinds of pages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from avnkg.claims.model import Claim
from avnkg.documents.account import Account
from avnkg.views.claimcards import ClaimCard
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.surroundings import Surroundings


@dataclass(frozen=True)
class Page:
    """A page that is not yet written.

    Attributes:
        address: where it lies.
        title: what it is called, in the window's title too.
        template: the name of its template.
        context: what the template shows. Words of documents are in it as they are: they are escaped where they are
            shown.
        section: the address in the navigation that it belongs to; its own where it stands there itself.
        whole: the page as HTML where no template makes it: an interactive graph, which has a policy of its own in it.
    """

    address: str
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    section: str = ""
    whole: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Options:
    """What pages are made with beside the graph.

    Attributes:
        live: whether a server answers: then there is search, the page for SPARQL, and the interface for programs.
        accounts: the account of documents whose files are at hand, by id; they are not in the graph.
        claims: the claims as their files have them, for the portable table; a graph alone does not give it.
        sizes: how large the files to take along are, in bytes, by address; empty where they are not yet written.
        surroundings: tells the words around the quotes of a claim, or why they cannot be told; only a live service may
            show them.
    """

    live: bool = False
    accounts: Mapping[str, Account] = field(default_factory=dict)
    claims: Sequence[Claim] = field(default=(), repr=False)
    sizes: Mapping[str, int] = field(default_factory=dict)
    surroundings: Callable[[ClaimCard], Surroundings] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Kind:
    """A kind of page.

    Attributes:
        addresses: gives the addresses of all its pages.
        page: gives the page at an address; it raises NotFoundError where there is none.
    """

    addresses: Callable[[Archive], Iterable[str]]
    page: Callable[[Archive, str, Options], Page]
