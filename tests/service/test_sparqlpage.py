"""The page for SPARQL without scripts: a form, a table that leads on, reasons in plain words, files."""

import csv
import re
from html import unescape

import httpx
import pytest

from avnkg.graph.queries import query_library
from avnkg.service.served import open_served
from avnkg.service.sparqlpage import SHOWN, example_text

CLAIMS = """
SELECT ?claim ?document ?concept ?says ?number WHERE {
  ?claim avn:document ?document ; avn:says ?says ; avn:number ?number ; avn:proposition/avn:subject ?concept
} ORDER BY ?number"""


def asked(client: httpx.Client, query: str, status: int = 200) -> str:
    """Return the page with the answer to a query."""
    answer = client.get("/sparql.html", params={"query": query})
    assert answer.status_code == status, answer.text
    return answer.text


def cells(text: str) -> list[list[str]]:
    """Return the cells of the rows of a page, as they are shown."""
    rows = re.findall(r"<tr>(<td.*?)</tr>", text, re.S)
    return [[unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td.*?</td>", row, re.S)] for row in rows]


class TestAnswer:
    """What the page shows of an answer."""

    def test_is_a_table_whose_cells_lead_to_their_pages(self, mini_client: httpx.Client) -> None:
        text = asked(mini_client, CLAIMS)
        first = re.search(r"<tr>(<td.*?)</tr>", text, re.S)
        assert first
        assert 'href="claim/alpha-travel/001.html" data-claim="alpha-travel/001"' in first[1]
        assert 'href="document/alpha-travel.html"' in first[1]
        assert 'href="concept/Osteonecrosis.html">avn:Osteonecrosis</a>' in first[1]
        assert '<td class="number">' in first[1]
        assert cells(text)[0][3] == "Osteonecrosis comes about by reduced blood flow."

    def test_the_links_of_a_table_lead_somewhere(self, mini_client: httpx.Client) -> None:
        links = set(re.findall(r'<td[^>]*><a href="([^"]+)"', asked(mini_client, CLAIMS)))
        assert len(links) > 20
        assert [link for link in sorted(links)[::5] if mini_client.get(f"/{link}").status_code != 200] == []

    def test_every_address_of_ours_leads_somewhere(self, mini_client: httpx.Client) -> None:
        kinds = "claim document relation dispute assertion passage activity proposition scope condition concept"
        for kind in kinds.split():
            pattern = f'FILTER(STRSTARTS(STR(?s), "https://w3id.org/avnkg/{kind}/"))'
            found = asked(
                mini_client, f"SELECT DISTINCT ?s WHERE {{ {{ ?s ?p ?o }} UNION {{ ?a ?b ?s }} {pattern} }} LIMIT 9"
            )
            rows, links = cells(found), re.findall(r'<td[^>]*><a href="([^"]+)"', found)
            assert len(links) == len(rows) > 0, kind
            for link in map(unescape, links[:2]):
                page = mini_client.get(f"/{link}")
                assert page.status_code == 200, link
                assert 'role="alert"' not in page.text, link
                part = link.partition("#")[2]
                assert not part or f'id="{part}"' in page.text, link

    def test_an_address_that_is_no_address_is_text(self, mini_client: httpx.Client) -> None:
        assert "<a" not in "".join(
            re.findall(r"<td.*?</td>", asked(mini_client, "SELECT (<javascript:alert(1)> AS ?a) {}"))
        )

    def test_of_many_rows_it_shows_the_first_and_says_so(self, mini_client: httpx.Client) -> None:
        text = asked(mini_client, "SELECT * WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 700")
        assert len(cells(text)) == SHOWN
        assert f"700 rows, the first {SHOWN} shown" in text

    @pytest.mark.parametrize(("query", "shown"), [("ASK {}", "Yes"), ("ASK { FILTER(false) }", "No")])
    def test_to_yes_or_no_is_a_word(self, mini_client: httpx.Client, query: str, shown: str) -> None:
        assert f'<h2 role="status">{shown}</h2>' in asked(mini_client, query)

    def test_that_is_triples_is_shown_as_text(self, mini_client: httpx.Client) -> None:
        assert "<pre>" in asked(mini_client, "DESCRIBE avn:CoreDecompression")

    @pytest.mark.parametrize(
        "words", ["<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "{{ 7*7 }}", "a\u202eb"]
    )
    def test_words_are_shown_as_text(self, mini_client: httpx.Client, words: str) -> None:
        literal = words.replace('"', '\\"')
        text = asked(mini_client, f'SELECT ("{literal}" AS ?words) {{}}')
        assert cells(text) == [[words.replace("\u202e", "<U+202E>")]]
        assert "<script>alert" not in text
        assert "<img" not in text

    @pytest.mark.parametrize(
        ("query", "status", "said"),
        [
            ("SELEC", 400, "expected SPARQL"),
            ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 400, "SERVICE is refused"),
            ("DELETE WHERE { ?s ?p ?o }", 400, ""),
        ],
    )
    def test_that_cannot_be_given_is_told_with_its_reason(
        self, mini_client: httpx.Client, query: str, status: int, said: str
    ) -> None:
        text = asked(mini_client, query, status)
        assert 'role="alert"' in text
        assert said in unescape(text)
        assert "<table" not in text

    def test_to_the_page_own_script_is_the_answer_alone_with_its_reason_too(self, mini_client: httpx.Client) -> None:
        for query in ("ASK {}", "SELEC"):
            answer = mini_client.get("/sparql.html", params={"query": query}, headers={"HX-Request": "true"})
            assert answer.status_code == 200
            assert answer.text.lstrip().startswith('<section id="answer"')
            assert answer.headers["Vary"] == "HX-Request"


class TestFiles:
    """An answer as a file."""

    def test_rows_are_those_of_the_table(self, mini_client: httpx.Client) -> None:
        links = re.findall(r'<a href="(answer\.[^"]+)" download>', asked(mini_client, CLAIMS))
        assert [link.partition("?")[0] for link in links] == ["answer.csv", "answer.json"]
        answer = mini_client.get(f"/{unescape(links[0])}")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="answer.csv"'
        rows = list(csv.reader(answer.text.splitlines()))
        assert [row[3] for row in rows[1:]] == [row[3] for row in cells(asked(mini_client, CLAIMS))]
        assert len(mini_client.get(f"/{unescape(links[1])}").json()["results"]["bindings"]) == len(rows) - 1

    def test_triples_are_turtle(self, mini_client: httpx.Client) -> None:
        answer = mini_client.get("/answer.ttl", params={"query": "DESCRIBE avn:CoreDecompression"})
        assert answer.headers["Content-Type"].startswith("text/turtle")

    def test_in_other_forms_there_are_none(self, mini_client: httpx.Client) -> None:
        assert mini_client.get("/answer.zip", params={"query": "ASK {}"}).status_code == 404


class TestExamples:
    """The query library on the page."""

    def test_every_query_is_offered_but_the_checks(self, mini_client: httpx.Client) -> None:
        offered = re.findall(r'<option value="([^"]+)"', mini_client.get("/sparql.html").text)
        assert offered == [name for name in query_library() if not name.startswith("checks/")]

    def test_one_is_filled_in_as_it_is_asked(self, corpus_client: httpx.Client) -> None:
        text = corpus_client.get("/sparql.html", params={"example": "claims/by-procedure"}).text
        found = re.search(r'<textarea id="query"[^>]*>(.*?)</textarea>', text, re.S)
        assert found
        query = unescape(found[1])
        assert query.startswith("# What does each document claim about a procedure")
        assert "CoreDecompression" in query
        assert "#+" not in query
        assert "#page" not in query
        assert len(cells(asked(corpus_client, query))) > 10

    def test_every_query_of_the_library_means_the_same_when_filled_in(
        self, corpus_client: httpx.Client, corpus_root: object
    ) -> None:
        given = open_served(corpus_root)  # type: ignore[arg-type]
        for name, query in query_library().items():
            answer = corpus_client.post("/sparql", data={"query": example_text(query, given)})
            assert answer.status_code == 200, (name, answer.text)
            expected = given.graph.query(name)
            assert len(answer.json()["results"]["bindings"]) == len(expected), name

    def test_one_that_is_not_there_is_told(self, mini_client: httpx.Client) -> None:
        assert mini_client.get("/sparql.html", params={"example": "claims/nothing"}).status_code == 404


class TestQuote:
    """The panel that a claim in the table opens."""

    def test_has_the_words_who_says_them_and_the_way_to_the_claim(self, mini_client: httpx.Client) -> None:
        text = mini_client.get("/quote.html", params={"claim": "alpha-travel/003"}).text
        for part in ("Alpha Travel", "almost always given together", "reports of others", "how often or how far"):
            assert part in text
        assert 'href="claim/alpha-travel/003.html"' in text

    def test_of_a_claim_that_is_not_there_is_refused(self, mini_client: httpx.Client) -> None:
        assert mini_client.get("/quote.html", params={"claim": "x"}).status_code == 404


def test_scripts_come_from_this_server_alone_and_are_asked_for_once(mini_client: httpx.Client) -> None:
    text = mini_client.get("/sparql.html").text
    addresses = re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"', text)
    assert len(addresses) == 7
    for address in addresses:
        assert "//" not in address
        answer = mini_client.get(f"/{address}")
        assert answer.status_code == 200, address
        again = mini_client.get(f"/{address}", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    assert mini_client.get("/scripts/README.md").status_code == 404
    assert mini_client.get("/scripts/..%2fwords.py").status_code == 404
