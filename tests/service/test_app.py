"""The app as a whole: it answers under its own names only."""

import httpx


def test_it_answers_under_its_own_name(mini_client: httpx.Client) -> None:
    assert mini_client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_another_name_is_refused(mini_client: httpx.Client) -> None:
    found = mini_client.get("/sparql", params={"query": "ASK {}"}, headers={"Host": "elsewhere.example"})
    assert found.status_code == 400
