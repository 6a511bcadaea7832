"""Open names that differ in case or spaces alone are one name, called as it is where it first stands."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pyarrow import csv, parquet

from avnkg.analysis.tables.spelling import spelt_alike
from avnkg.analysis.verdicts import Verdict
from tests.analysis.test_relating import OPEN, TEA, VOCABULARY, lines, related

LOUD = {
    **TEA,
    "id": "b1",
    "document": "b",
    "subject": "TEA",
    "predicate": "Helps",
    "object": " sleep ",
    "stance": "denies",
}

CHANGES: list[Callable[[str], str]] = [str.upper, str.title, str.strip, lambda name: f" {name}"]


def written(folder: Path, form: str, *rows: dict[str, Any]) -> Path:
    """Write lines of a table in a form."""
    path = folder / f"claims.{form}"
    if form == "jsonl":
        return lines(path, *rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    flat = [
        {name: json.dumps(row[name]) if isinstance(row.get(name), dict | list) else row.get(name) for name in names}
        for row in rows
    ]
    table = pyarrow.Table.from_pylist(flat, pyarrow.schema([(name, pyarrow.string()) for name in names]))
    if form == "csv":
        csv.write_csv(table, path)
    else:
        parquet.write_table(table, path)
    return path


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_case_and_spaces_tell_no_names_apart_and_the_first_spelling_is_shown(tmp_path: Path, form: str) -> None:
    [relation], _ = related(written(tmp_path, form, TEA, LOUD))
    assert relation.verdict is Verdict.CONTRADICTION
    assert relation.says == "a and b contradict each other on whether tea helps sleep."
    [relation], _ = related(written(tmp_path, form, LOUD, TEA))
    assert (
        relation.says == "b and a contradict each other on whether TEA Helps  sleep ." or "TEA Helps" in relation.says
    )


def test_names_of_the_ontology_are_never_found_through_their_labels(tmp_path: Path) -> None:
    rows = [{**TEA, "object": "Osteonecrosis"}, {**LOUD, "object": "osteonecrosis"}]
    assert related(lines(tmp_path / "claims.jsonl", *rows))[0] == []


def test_words_are_no_names(tmp_path: Path) -> None:
    named = {**TEA, "subject": "Osteonecrosis", "predicate": "alsoCalled", "object": "AVN"}
    source = written(tmp_path, "parquet", named, {**TEA, "object": "avn"}, {**LOUD, "object": "Avn"})
    spelt = parquet.read_table(spelt_alike(source, OPEN, tmp_path / "spelt.parquet"))
    assert spelt["object"].to_pylist() == ["AVN", "avn", "avn"]
    assert spelt["subject"].to_pylist() == ["Osteonecrosis", "tea", "tea"]
    assert spelt["stance"].to_pylist() == [None, None, "denies"]


def test_what_is_left_out_is_spelt_alike_too(tmp_path: Path) -> None:
    rows = [{**TEA, "except": ["Green tea"]}, {**LOUD, "except": ["green  TEA"]}]
    [relation], _ = related(lines(tmp_path / "claims.jsonl", *rows))
    assert relation.verdict is Verdict.CONTRADICTION


def test_axes_and_their_values_are_spelt_alike_too(tmp_path: Path) -> None:
    rows = [{**TEA, "scope": {"Age": ["very old"]}}, {**LOUD, "scope": {"age": ["Very  Old"]}}]
    [relation], _ = related(lines(tmp_path / "claims.jsonl", *rows))
    assert (relation.verdict, relation.decided_by) == (Verdict.CONTRADICTION, ())
    rows[1]["scope"] = {"AGE": ["young"]}
    [relation], _ = related(lines(tmp_path / "claims.jsonl", *rows))
    assert (relation.verdict, relation.decided_by) == (Verdict.SCOPE_DIFFERENCE, ("Age",))


def test_what_is_counted_is_spelt_alike_too(tmp_path: Path) -> None:
    often = {"printed": "always", "of": "Tea drinker"}
    rows = [{**TEA, "frequency": often}, {**LOUD, "frequency": {"printed": "never", "of": "tea  drinker"}}]
    [relation], _ = related(lines(tmp_path / "claims.jsonl", *rows))
    assert relation.verdict is Verdict.CONTRADICTION


def test_a_table_that_is_spelt_alike_is_not_written_again(tmp_path: Path) -> None:
    source = written(tmp_path, "parquet", TEA, {**TEA, "id": "b1", "document": "B"})
    assert spelt_alike(source, OPEN, tmp_path / "spelt.parquet") == source
    assert not (tmp_path / "spelt.parquet").exists()


def test_columns_that_number_their_texts_are_read_and_those_of_other_kinds_left_to_the_engine(tmp_path: Path) -> None:
    table = pyarrow.Table.from_pylist([TEA, {**LOUD, "object": "sleep"}])
    subjects = table["subject"].dictionary_encode()
    parquet.write_table(table.set_column(2, "subject", subjects), tmp_path / "claims.parquet")
    assert len(related(tmp_path / "claims.parquet")[0]) == 1
    parquet.write_table(pyarrow.table({"id": ["a"], "subject": [["tea"]]}), tmp_path / "claims.parquet")
    assert spelt_alike(tmp_path / "claims.parquet", OPEN, tmp_path / "spelt.parquet") == tmp_path / "claims.parquet"
    (tmp_path / "claims.parquet").write_text("no Parquet", encoding="utf-8")
    assert spelt_alike(tmp_path / "claims.parquet", OPEN, tmp_path / "spelt.parquet") == tmp_path / "claims.parquet"


@settings(max_examples=20)
@given(some.data())
def test_a_table_in_any_spelling_gives_the_relations_of_one_in_a_single_spelling(
    tmp_path_factory: pytest.TempPathFactory, data: some.DataObject
) -> None:
    names = some.sampled_from(["tea", "coffee", "warm  milk"])
    rows, wild = [], []
    for number in range(data.draw(some.integers(2, 12))):
        row: dict[str, Any] = {
            "id": f"c{number}",
            "document": data.draw(some.sampled_from("abc")),
            "subject": data.draw(names),
            "predicate": "helps",
            "object": data.draw(names),
            "stance": data.draw(some.sampled_from(["affirms", "denies"])),
            "scope": {"age": [data.draw(some.sampled_from(["old", "young"]))]},
        }
        rows.append(row)
        change: Callable[[str], str] = data.draw(some.sampled_from(CHANGES))
        respelt = {name: change(row[name]) for name in ("subject", "predicate", "object")}
        wild.append({**row, **respelt, "scope": {change("age"): [change(row["scope"]["age"][0])]}})
    folder = tmp_path_factory.mktemp("spelt")
    plain, _ = related(lines(folder / "plain.jsonl", *rows))
    found, _ = related(lines(folder / "wild.jsonl", *wild))
    told = [(relation.verdict, relation.a, relation.b) for relation in plain]
    assert sorted((relation.verdict, relation.a, relation.b) for relation in found) == sorted(told)


def test_a_closed_vocabulary_reads_names_to_the_letter(tmp_path: Path) -> None:
    source = written(tmp_path, "parquet", TEA, LOUD)
    assert spelt_alike(source, replace(VOCABULARY, open=True), tmp_path / "spelt.parquet") != source
    with pytest.raises(Exception, match="is not in the ontology"):
        related(source, VOCABULARY)
