"""The interface for programs: the portable form, its filters and pages, and errors as JSON."""

import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avnkg.analysis.verdicts import Verdict
from avnkg.claims.portable import COLUMNS
from avnkg.service.api import MOST
from avnkg.views.terminal.relations import FIELDS


def got(client: httpx.Client, address: str, **params: Any) -> Any:
    """Return the JSON of an answer that must be one."""
    answer = client.get(address, params=params or None)  # an empty one would take the address its own away
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestClaims:
    """/api/claims."""

    def test_are_lines_of_the_portable_table(self, mini_client: httpx.Client) -> None:
        answer = got(mini_client, "/api/claims")
        assert answer["total"] == len(answer["claims"]) > 30
        assert all(tuple(line) == COLUMNS for line in answer["claims"])

    def test_one_is_the_same_line_as_in_the_list(self, mini_client: httpx.Client) -> None:
        line = got(mini_client, "/api/claims", words="crutches", document="alpha-travel")["claims"][0]
        assert got(mini_client, f"/api/claims/{line['id']}") == line

    def test_a_withdrawn_one_is_there_but_listed_only_when_asked_for(self, mini_client: httpx.Client) -> None:
        listed = {line["id"] for line in got(mini_client, "/api/claims")["claims"]}
        whole = {line["id"]: line for line in got(mini_client, "/api/claims", withdrawn=True)["claims"]}
        (hidden,) = whole.keys() - listed
        assert whole[hidden]["withdrawn"]
        assert got(mini_client, f"/api/claims/{hidden}")["withdrawn"]

    def test_pages_lead_from_one_to_the_next(self, mini_client: httpx.Client) -> None:
        whole = [line["id"] for line in got(mini_client, "/api/claims", force="asserts")["claims"]]
        found, address = [], "/api/claims?force=asserts&limit=4"
        while address:
            answer = got(mini_client, address)
            assert answer["total"] == len(whole)
            found += [line["id"] for line in answer["claims"]]
            address = answer["next"]
        assert found == whole

    @pytest.mark.parametrize("words", ["core decompression", "CoreDecompression", "avn:CoreDecompression"])
    def test_a_concept_may_be_named_as_anywhere(self, mini_client: httpx.Client, words: str) -> None:
        assert got(mini_client, "/api/claims", procedure=words) == got(mini_client, "/api/claims", about=words)

    def test_of_several_values_one_must_fit(self, mini_client: httpx.Client) -> None:
        found = got(mini_client, "/api/claims", force=["aims", "requires"])["claims"]
        assert {line["force"] for line in found} == {"aims", "requires"}

    @pytest.mark.parametrize(
        ("params", "status", "said"),
        [
            ({"document": "nobody"}, 404, "no document 'nobody'"),
            ({"about": "core decompresion"}, 400, "no term 'core decompresion'"),
            ({"force": "shouts"}, 422, "force"),
            ({"verdict": "Quarrel"}, 422, "verdict"),
            ({"limit": MOST + 1}, 422, "limit"),
            ({"limit": 0}, 422, "limit"),
            ({"offset": -1}, 422, "offset"),
            ({"words": "x" * 501}, 422, "words"),
        ],
    )
    def test_what_cannot_be_answered_is_told_in_json(
        self, mini_client: httpx.Client, params: dict[str, str], status: int, said: str
    ) -> None:
        answer = mini_client.get("/api/claims", params=params, headers={"Accept": "text/html"})
        assert answer.status_code == status
        assert said in answer.json()["error"]

    def test_a_claim_that_is_not_there_is_told(self, mini_client: httpx.Client) -> None:
        answer = mini_client.get("/api/claims/alpha-travel/999")
        assert (answer.status_code, answer.json()["error"]) == (404, "there is no claim 'alpha-travel/999'")


class TestRelations:
    """/api/relations."""

    def test_are_told_as_on_the_command_line(self, mini_client: httpx.Client) -> None:
        answer = got(mini_client, "/api/relations")
        assert answer["total"] == len(answer["relations"]) > 10
        assert all(tuple(line) == FIELDS for line in answer["relations"])

    def test_are_chosen_by_verdict(self, mini_client: httpx.Client) -> None:
        whole = got(mini_client, "/api/relations")["total"]
        by_verdict = [got(mini_client, "/api/relations", verdict=verdict.value) for verdict in Verdict]
        for verdict, answer in zip(Verdict, by_verdict, strict=True):
            assert {line["verdict"] for line in answer["relations"]} <= {verdict.value}
        assert sum(answer["total"] for answer in by_verdict) == whole

    def test_are_across_voices_or_within_one(self, mini_client: httpx.Client) -> None:
        whole, across, within = (
            got(mini_client, "/api/relations", **params)["total"]
            for params in ({}, {"across": True}, {"across": False})
        )
        assert across
        assert within
        assert across + within == whole

    def test_are_about_a_concept(self, mini_client: httpx.Client) -> None:
        claims = {line["id"] for line in got(mini_client, "/api/claims", about="cell therapy")["claims"]}
        found = got(mini_client, "/api/relations", about="cell therapy")["relations"]
        assert found
        assert all(claims & {*line["a"], *line["b"]} for line in found)


def test_documents_are_their_records_without_the_text(mini_client: httpx.Client) -> None:
    found = {each["id"]: each for each in got(mini_client, "/api/documents")["documents"]}
    assert found["alpha-travel"]["publisher"] == "Alpha Travel"
    assert len(found["alpha-travel"]["sha256"]) == 64
    assert "text" not in found["alpha-travel"]


def test_terms_have_their_labels_and_the_prefixes_of_queries_come_with_them(mini_client: httpx.Client) -> None:
    answer = got(mini_client, "/api/terms")
    labels = {term["name"]: term["label"] for term in answer["terms"]}
    assert labels["CoreDecompression"] == "core decompression"
    assert answer["prefixes"]["avn"] == "https://w3id.org/avnkg/ontology#"


class TestDescription:
    """What tells programs and people what can be asked."""

    def test_the_schema_names_every_path_and_nothing_that_is_no_part_of_it(self, mini_client: httpx.Client) -> None:
        paths = got(mini_client, "/openapi.json")["paths"]
        expected = {"claims", "claims/{document}/{number}", "relations", "documents", "terms"}
        assert set(paths) == {f"/api/{path}" for path in expected}

    def test_the_page_lists_every_path_with_every_parameter(self, mini_client: httpx.Client) -> None:
        page = mini_client.get("/api.html").text
        for path, methods in got(mini_client, "/openapi.json")["paths"].items():
            assert f"<code>{path}</code>" in page
            for parameter in methods["get"].get("parameters", []):
                assert f"<code>{parameter['name']}</code>" in page

    def test_what_the_page_offers_to_try_is_answered(self, corpus_client: httpx.Client) -> None:
        page = corpus_client.get("/api.html").text
        tries = [part.partition('"')[0].replace("&amp;", "&") for part in page.split('Try <a href="')[1:]]
        assert len(tries) == 5
        for address in tries:
            got(corpus_client, f"/{address}")

    def test_no_page_of_the_framework_that_loads_from_elsewhere_is_there(self, mini_client: httpx.Client) -> None:
        assert [mini_client.get(path).status_code for path in ("/docs", "/redoc")] == [404, 404]


ANYTHING = st.one_of(st.text(max_size=30), st.integers().map(str), st.sampled_from(["true", "asserts", "CellTherapy"]))


@settings(max_examples=80)
@given(
    address=st.sampled_from(["claims", "relations", "documents", "terms", "claims/alpha-travel/001"])
    | st.text(st.characters(codec="utf-8"), max_size=20).map(lambda text: f"claims/{text}"),
    params=st.dictionaries(
        st.sampled_from(["words", "document", "about", "procedure", "stage", "verdict", "force", "stance"])
        | st.sampled_from(["withdrawn", "across", "limit", "offset", "x"]),
        ANYTHING,
        max_size=4,
    ),
)
def test_whatever_is_asked_is_answered_or_refused_in_json(
    mini_client: httpx.Client, address: str, params: dict[str, str]
) -> None:
    answer = mini_client.get(f"/api/{quote(address)}", params=params)
    assert answer.status_code in (200, 303, 400, 404, 422), answer.text
    if answer.headers["content-type"].startswith("application/json"):
        json.loads(answer.content)
