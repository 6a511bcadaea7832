"""Search without scripts: a form, an answer, addresses that hold the choice; and what the page's script is sent."""

import re
from html import unescape

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

_COUNT = re.compile(r'<h2 id="count" role="status">([\d,]+) claims?')
_CLAIM = re.compile(r'href="claim/([^"]+)\.html"')


def page(client: httpx.Client, **params: str | list[str]) -> str:
    """Return the page of a choice."""
    answer = client.get("/search.html", params=params)
    assert answer.status_code == 200, answer.text
    return answer.text


def claims(text: str) -> list[str]:
    """Return the claims that a page shows."""
    return list(dict.fromkeys(_CLAIM.findall(text)))


def total(text: str) -> int:
    """Return how many claims a page says there are."""
    found = _COUNT.search(text)
    assert found, text
    return int(found[1].replace(",", ""))


def test_without_a_choice_it_shows_the_first_of_all_claims(corpus_client: httpx.Client) -> None:
    text = page(corpus_client)
    assert total(text) > 300
    assert len(claims(text)) == 20


def test_words_and_values_are_kept_in_the_form(corpus_client: httpx.Client) -> None:
    text = page(corpus_client, words="core", force=["reports", "asserts"])
    assert 'value="core"' in text
    assert re.findall(r'name="force" value="(\w+)" checked', text) == ["asserts", "reports"]


def test_what_is_chosen_can_be_taken_back(corpus_client: httpx.Client) -> None:
    text = page(corpus_client, words="core", force=["reports", "asserts"])
    links = [unescape(link) for link in re.findall(r'<li><a href="(search\.html\?[^"]*)"', text)]
    assert links == ["search.html?words=core&force=reports", "search.html?words=core&force=asserts"]


def test_pages_lead_through_all_claims(corpus_client: httpx.Client) -> None:
    address, found = "/search.html?words=core", []
    while address:
        text = corpus_client.get(address).text
        found += claims(text)
        later = re.search(r'<a href="([^"]+)" rel="next">', text)
        address = f"/{unescape(later[1])}" if later else ""
    assert len(found) == len(set(found)) == total(text)


def test_when_nothing_fits_it_says_what_would_find_more(corpus_client: httpx.Client) -> None:
    text = page(corpus_client, words="zzz")
    assert total(text) == 0
    assert "No claim fits" in text


def test_the_page_own_script_is_sent_what_changes_and_the_address_of_it(corpus_client: httpx.Client) -> None:
    params = {"words": "core", "document": "", "force": "reports"}
    answer = corpus_client.get("/search.html", params=params, headers={"HX-Request": "true"})
    assert answer.headers["HX-Replace-Url"] == "search.html?words=core&force=reports"
    assert answer.headers["Vary"] == "HX-Request"
    assert "<html" not in answer.text
    assert answer.text.count("hx-swap-oob") == 6
    assert claims(answer.text) == claims(page(corpus_client, words="core", force="reports"))


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}"])
def test_words_are_shown_as_they_are(corpus_client: httpx.Client, words: str) -> None:
    text = page(corpus_client, words=words)
    assert words == "{{7*7}}" or words not in text
    shown = re.search(r'id="words"[^>]* value="([^"]*)"', text)
    assert shown
    assert unescape(shown[1]) == words


@settings(max_examples=60)
@given(
    params=st.dictionaries(
        st.sampled_from(["words", "document", "procedure", "stage", "verdict", "force", "stance", "from"]),
        st.text(st.characters(codec="utf-8"), max_size=40) | st.integers().map(str),
        max_size=4,
    )
)
def test_whatever_is_chosen_is_answered_or_refused(corpus_client: httpx.Client, params: dict[str, str]) -> None:
    assert corpus_client.get("/search.html", params=params).status_code in (200, 400)


@pytest.mark.parametrize(
    "address",
    ["search.html?words=core", "sparql.html", "api.html", "api/claims?limit=2", "api/terms", "scripts/search.js"],
)
def test_the_head_alone_is_that_of_the_whole(corpus_client: httpx.Client, address: str) -> None:
    whole, head = corpus_client.get(f"/{address}"), corpus_client.head(f"/{address}")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "content-security-policy", "vary", "etag"):
        assert head.headers.get(name) == whole.headers.get(name), name


def test_every_live_page_has_a_box_for_search_and_leads_to_what_only_a_server_has(corpus_client: httpx.Client) -> None:
    text = corpus_client.get("/claim/regenexx-avn-hip/035.html").text
    assert '<form class="find" action="../../search.html" role="search">' in text
    assert all(f'href="../../{address}"' in text for address in ("search.html", "sparql.html", "api.html"))
    ways = corpus_client.get("/").text
    assert 'href="sparql.html">ask in SPARQL' in ways
    assert 'href="search.html">search the claims' in ways
