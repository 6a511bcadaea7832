"""An archive gives the same whether it reads everything at once or asks page by page."""

import pytest

from avnkg.errors import NotFoundError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import disputes
from avnkg.views.graphs.network import Standing
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.catalogue import addresses, page_at
from avnkg.views.pages.page import Options


@pytest.fixture(scope="module")
def whole(mini_graph: ClaimsGraph) -> Archive:
    """Return the tiny world, read at once."""
    found = Archive(mini_graph)
    found.preload()
    return found


def test_both_ways_give_the_same_answers(mini_graph: ClaimsGraph, whole: Archive) -> None:
    apart = Archive(mini_graph)
    assert sorted(apart.claim_ids()) == sorted(whole.claim_ids())
    for identity in whole.claim_ids():
        assert apart.claim(identity) == whole.claim(identity)
        assert apart.related(identity) == whole.related(identity)
        assert apart.stands(claim=identity) == whole.stands(claim=identity)
        assert apart.descriptions.asserted(identity) == whole.descriptions.asserted(identity)
        assert apart.descriptions.nanopublication(identity) == whole.descriptions.nanopublication(identity)
    for document in whole.documents:
        assert apart.lines(document=document, limit=5, offset=3) == whole.lines(document=document, limit=5, offset=3)
        assert apart.withdrawn(document) == whole.withdrawn(document)
        assert apart.stands(document=document) == whole.stands(document=document)
        names = [line.id for line in whole.lines(document=document).rows]
        assert apart.headings(names) == whole.headings(names)
    for concept in whole.named:
        assert apart.naming(concept, 4) == whole.naming(concept, 4)
    for head in whole.heads:
        assert apart.dispute(head).parts == whole.dispute(head).parts
        assert apart.dispute_lines(head) == whole.dispute_lines(head)


def test_one_dispute_is_read_as_among_all(mini_graph: ClaimsGraph) -> None:
    for each in disputes(mini_graph):
        [alone] = disputes(mini_graph, each.id)
        assert (alone.id, alone.title, alone.parts) == (each.id, each.title, each.parts)
        assert [[row.claim for row in rows] for _, _, rows in alone.sides] == [
            [row.claim for row in rows] for _, _, rows in each.sides
        ]


def test_claims_stand_as_their_relations_say(whole: Archive) -> None:
    names = ["alpha-travel/005", "beta-clinic/013", "beta-clinic/009", "alpha-travel/006", "beta-clinic/014"]
    names += ["gamma-institute/011", "gamma-institute/006", "alpha-travel/004"]
    assert list(whole.standings(names).values()) == [
        *(Standing.CONTESTED, Standing.RIVAL, Standing.TENSION, Standing.SCOPE, Standing.AGREED),
        *(Standing.CONTESTED, Standing.SINGLE, Standing.SINGLE),
    ], "a voice that contradicts itself is contested; one that repeats itself is one voice"


def test_a_claim_s_numbers_are_told_as_they_were_read(whole: Archive) -> None:
    [share] = whole.claim("alpha-travel/003").numbers
    assert (share.printed, share.span, share.more) == (
        "almost always",
        "90% or more, less than 100%",
        "counted: procedure",
    )
    [share] = whole.claim("beta-clinic/002").numbers
    assert share.span == "80% or more, 90% or less"
    [price] = whole.claim("alpha-travel/011").numbers
    assert (price.printed, price.read, price.more) == ("$9,000 to $12,000", "9000 to 12000 USD", "average price")


def test_a_withdrawn_claim_has_a_page_that_says_so(whole: Archive) -> None:
    page = page_at(whole, at.claim("gamma-institute/003"), Options())
    assert page.context["claim"].withdrawn == "the words name a risk factor, not a cause"
    assert page.context["nanopublication"] is None
    assert page.context["assertion"] == ""


@pytest.mark.parametrize("preload", [True, False])
@pytest.mark.parametrize(
    "address",
    [
        *(
            "nowhere.html",
            "claim/alpha-travel/999.html",
            "claim/alpha-travel/001",
            "claim/x.html",
            "claim/.html",
            "claim/",
        ),
        *("claim/..~2f..~2fx/001.html", "claim/~3c/001.html", "claim/a b/001.html", "claim/alpha-travel/001/002.html"),
        *(
            "claims/1.html",
            "claims/0.html",
            "claims/x.html",
            "claims/²/.html",
            "claims/99999999999.html",
            "claims/2.html",
        ),
        *("document/x.html", "document/alpha-travel/9.html", "document/ALPHA-TRAVEL.html", "document", "document/"),
        *("concept/Nothing.html", "concept/Claim.html", "concept/coredecompression.html", "concept/"),
        *("dispute/x.html", "dispute/~ff.html", "graphs/x.html", "graphs/disputes-x.html", "graphs/", ""),
    ],
)
def test_an_address_without_a_page_is_told(mini_graph: ClaimsGraph, address: str, preload: bool) -> None:
    archive = Archive(mini_graph)
    if preload:
        archive.preload()
    with pytest.raises(NotFoundError, match="there is no"):
        page_at(archive, address, Options())


def test_every_address_of_the_catalogue_has_its_page(whole: Archive) -> None:
    for address in addresses(whole):
        assert page_at(whole, address, Options()).address == address
