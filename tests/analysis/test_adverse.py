"""The engine against pairs as other pages about osteonecrosis could have them (`adverse.yaml`), judged beforehand."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from avnkg.analysis.concepts import Concepts
from avnkg.analysis.relations.engines import DuckEngine
from avnkg.analysis.tables.relating import Task, relate_table
from avnkg.ontology.hierarchy import ancestors
from avnkg.ontology.reading import read_ontology

TABLE = yaml.safe_load(Path(__file__).with_name("adverse.yaml").read_text(encoding="utf-8"))
PAIRS: list[dict[str, Any]] = TABLE["pairs"]
USUAL = {"subject": "CellTherapy", "predicate": "isEffectiveFor", "object": "Osteonecrosis"}


def lines(place: int, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the two lines of a pair; what is compared or measured has no object unless it is named."""
    told = []
    for side in ("a", "b"):
        line = {**USUAL, **row[side]}
        if {"comparator", "quantity"} & line.keys():
            line["object"] = row[side].get("object")
        page = "a-page" if row.get("one_voice") else f"{side}-page"
        told.append({"id": f"{place}/{side}", "document": page, **line})
    return told


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """Return the engine's verdict on each pair that it relates, by the pair's place."""
    known = read_ontology()
    folder = tmp_path_factory.mktemp("adverse")
    found: dict[int, str] = {}
    for names in (False, True):
        vocabulary = replace(known.vocabulary, open=names)
        source, target = folder / f"claims-{names}.jsonl", folder / f"relations-{names}.jsonl"
        table = [
            line for place, row in enumerate(PAIRS) if bool(row.get("open")) is names for line in lines(place, row)
        ]
        source.write_text("".join(json.dumps(line) + "\n" for line in table), encoding="utf-8")
        engine = DuckEngine()
        relate_table(Task(source, target, Concepts(vocabulary, ancestors(known))), engine)
        engine.close()
        for relation in map(json.loads, target.read_text(encoding="utf-8").splitlines()):
            for one in relation["a"]:
                place, side = one.split("/")
                if f"{place}/{'b' if side == 'a' else 'a'}" in relation["b"]:
                    found[int(place)] = relation["verdict"]
    return found


def test_no_pair_stands_twice() -> None:
    names = [row["pair"] for row in PAIRS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("place", range(len(PAIRS)), ids=[row["pair"] for row in PAIRS])
def test_the_engine_says_what_a_reader_says_or_what_is_noted_with_its_cause(
    place: int, verdicts: dict[int, str]
) -> None:
    row = PAIRS[place]
    assert ("engine" in row) == ("cause" in row)
    assert row.get("cause") in {None, *TABLE["causes"]}
    assert verdicts.get(place, "None") == row.get("engine", row["gives"])
