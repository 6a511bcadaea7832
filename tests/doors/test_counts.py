"""One truth at all doors: terminal, pages, search, API, SPARQL and Python count the same."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import avnkg as package
from avnkg.analysis.verdicts import Verdict
from tests.doors.world import CLAIM, World, ids


def test_each_document_has_the_same_claims_at_every_door(world: World) -> None:
    counted = {row.value.rpartition("/")[2]: row.claims for row in world.asked("provenance/counts")}
    offered = world.offered("document")
    overview, listed = world.page("index.html"), world.page("documents.html")
    assert f" {sum(counted.values()):,} claims " in overview
    assert f" {sum(counted.values()):,} claims, " in world.page("claims.html")
    for document in world.documents:
        count = counted[document]
        said = f"{count:,} claim{'' if count == 1 else 's'}"
        claims = ids(world.python.claims(document=document))
        assert len(claims) == count
        assert ids(world.asked("claims/by-document", document=document)) == claims
        typed = world.typed("claims", "list", "--document", document, "--json")
        assert {row["claim"].removeprefix(CLAIM) for row in typed} == claims
        assert {line["id"] for line in world.listed("claims", "claims", document=document)} == claims
        assert offered[document] == world.found("document", document) == count
        assert f" {said}. " in world.page(f"document/{document}.html")
        assert said in overview
        assert said in listed
    assert set(offered) == set(counted) == set(world.documents)


def test_each_verdict_has_the_same_relations_at_every_door(world: World) -> None:
    offered = world.offered("verdict")
    every = {line["id"]: line for line in world.typed("relations", "--format", "jsonl")}
    assert {line["id"]: line for line in world.listed("relations", "relations")} == every
    counted = Counter(line["verdict"] for line in every.values())
    asked = world.asked("SELECT ?verdict (COUNT(?any) AS ?times) WHERE { ?any avn:verdict ?verdict } GROUP BY ?verdict")
    assert {row.verdict.rpartition("#")[2]: row.times for row in asked} == counted
    for verdict in Verdict:
        lines = [line for line in every.values() if line["verdict"] == verdict]
        given = {line["id"] for line in lines}
        typed = world.typed("relations", "--verdict", verdict.value, "--format", "jsonl")
        assert {line["id"] for line in typed} == given
        assert {line["id"] for line in world.listed("relations", "relations", verdict=verdict.value)} == given
        records = package.relations(world.python, verdict=verdict.value)
        assert {record.relation.id for record in records} == given
        touched = {claim for line in lines for claim in (*line["a"], *line["b"])}
        assert offered.get(verdict.value, 0) == len(touched)
        assert not touched or world.found("verdict", verdict.value) == len(touched)


def test_the_claims_of_a_world_relate_as_a_table_as_they_do_in_the_graph(world: World, tmp_path: Path) -> None:
    table = world.claims()
    (tmp_path / "claims.jsonl").write_text("".join(json.dumps(line) + "\n" for line in table), encoding="utf-8")
    inside = [record.relation for record in package.relations(world.python)]
    told = sorted((each.verdict, each.kind, each.a, each.b, each.decided_by, each.assumes) for each in inside)
    found = package.relate(tmp_path / "claims.jsonl")
    assert sorted((each.verdict, each.kind, each.a, each.b, each.decided_by, each.assumes) for each in found) == told


def test_each_dispute_has_the_same_sides_at_every_door(world: World) -> None:
    typed = world.typed("disputes", "--json")
    records = package.disputes(world.python)
    rows = list(world.asked("contradiction/disputes"))
    claims = list(world.asked("contradiction/dispute-sides"))
    overview, listed = world.page("index.html"), world.page("disputes.html")
    assert f" {len(typed)} dispute{'' if len(typed) == 1 else 's'} " in overview
    assert [each["id"] for each in typed] == [record.id for record in records]
    assert {row.dispute.rpartition("/")[2] for row in rows} == {record.id for record in records}
    for record, given in zip(records, typed, strict=True):
        page = world.page(f"dispute/{record.id}.html")
        for place, ((held, voices, sided), side) in enumerate(zip(record.sides, given["sides"], strict=True), 1):
            assert (side["voices"], side["independent"]) == (held, voices)
            assert set(side["claims"]) == ids(sided)
            own = [row for row in claims if (row.dispute.rpartition("/")[2], row.side) == (record.id, place)]
            assert ids(own) == ids(sided)
            [row] = [row for row in rows if (row.dispute.rpartition("/")[2], row.side) == (record.id, place)]
            assert (row.held, row.voices) == (held, voices)
            several = f"{voices} independent voice{'' if voices == 1 else 's'}"
            assert f"{held} {len(sided)} claim{'' if len(sided) == 1 else 's'}, {several} " in page
            assert f"{held}: {several} " in listed
            assert all(claim in page for claim in side["claims"])
        parts = {name: {each.relation.id for each in found} for name, found in record.parts.items()}
        assert {name: {line["id"] for line in found} for name, found in given["relations"].items()} == parts


def test_each_concept_has_the_same_claims_at_every_door(world: World) -> None:
    subjects = {line["subject"] for line in world.claims()}
    offered = world.offered("procedure")
    compared = 0
    for name in sorted(subjects & world.python.vocabulary.terms.keys())[:40]:
        claims = ids(world.python.claims(about=name))
        assert {line["id"] for line in world.listed("claims", "claims", about=name)} == claims
        typed = world.typed("claims", "list", "--about", name, "--json")
        assert {row["claim"].removeprefix(CLAIM) for row in typed} == claims
        if name in offered:
            compared += 1
            assert offered[name] == world.found("procedure", name) == len(claims), name
    assert compared


def test_what_is_contested_is_so_at_every_door(world: World) -> None:
    clashes = ("Contradiction", "Rival")
    lines = world.typed("relations", "--format", "jsonl")
    contested = {claim for line in lines if line["verdict"] in clashes for claim in (*line["a"], *line["b"])}
    standings: Mapping[str, Any] = {
        row.claim.removeprefix(CLAIM): row for row in world.asked("contradiction/standings")
    }
    assert contested <= standings.keys()
    assert contested
    for claim in sorted(contested):
        page = world.page(f"claim/{claim}.html")
        assert any(verdict.lower() in page.lower() for verdict in clashes), claim
    for verdict in clashes:
        touched = {claim for line in lines if line["verdict"] == verdict for claim in (*line["a"], *line["b"])}
        assert not touched or world.found("verdict", verdict) == len(touched)
