"""`avnkg relate`, as a person types it."""

import json
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from tests.cli.shell import Done, avnkg

TEA = {"id": "a1", "document": "a", "subject": "tea", "predicate": "helps", "object": "sleep"}
NO_TEA = {**TEA, "id": "b1", "document": "b", "stance": "denies"}


@pytest.fixture
def claims(home: Path, tmp_path: Path) -> Path:
    """Return a table of two claims and a line that is none."""
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(map(json.dumps, [TEA, NO_TEA, {"id": "c1"}])), encoding="utf-8")
    return path


def test_bad_lines_are_put_aside_and_counted(claims: Path) -> None:
    out, aside = claims.with_name("out.jsonl"), claims.with_name("aside.jsonl")
    done = avnkg("relate", claims, "--open", "--skip-bad", aside, "-o", out)
    assert (done.code, done.out, done.err) == (0, "", f"avnkg: 1 bad line put aside in {aside}\n")
    [relation] = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert relation["says"] == "a and b contradict each other on whether tea helps sleep."
    assert json.loads(aside.read_text(encoding="utf-8"))["line"] == 3


def test_a_bad_line_is_an_error_and_nothing_is_written(claims: Path) -> None:
    out = claims.with_name("out.parquet")
    done = avnkg("relate", claims, "--open", "-o", out)
    assert (done.code, done.out) == (2, "")
    assert f"{claims}:3: document: claim c1: the field 'document' is missing" in done.err
    assert not out.exists()


def test_names_are_those_of_the_ontology_unless_they_are_open(claims: Path) -> None:
    done = avnkg("relate", claims, "-o", claims.with_name("out.jsonl"))
    assert done.code == 2
    assert "'helps' is not in the ontology" in done.err


def test_the_exported_corpus_is_related_as_it_is(home: Path, tmp_path: Path) -> None:
    assert avnkg("claims", "export", "-o", tmp_path / "ours.jsonl").code == 0
    done = avnkg("relate", tmp_path / "ours.jsonl", "-o", tmp_path / "out.jsonl")
    assert (done.code, done.err) == (0, "")
    relations = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {"Contradiction", "Agreement"} <= {relation["verdict"] for relation in relations}


def test_another_ontology_is_read(claims: Path) -> None:
    other = claims.with_name("other.ttl")
    other.write_text("no Turtle", encoding="utf-8")
    done = avnkg("relate", claims, "--ontology", other, "-o", claims.with_name("out.jsonl"))
    assert done.code == 2
    assert "expected Turtle" in done.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--engine", "hadoop"), "expected one of the engines duckdb, spark"),
        (("--master", "spark://x:1"), "`--master` names Spark's master; add `--engine spark`"),
    ],
)
def test_wrong_words_are_told(claims: Path, words: tuple[str, ...], told: str) -> None:
    done = avnkg("relate", claims, "-o", claims.with_name("out.jsonl"), *words)
    assert done.code == 2
    assert told in done.err


def test_files_that_cannot_be_are_told(claims: Path) -> None:
    for target in (claims, claims.with_name("out.txt"), claims.parent):
        done = avnkg("relate", claims, "--open", "-o", target)
        assert done.code == 2
    assert avnkg("relate", claims.with_name("none.jsonl"), "-o", claims.with_name("out.jsonl")).code == 1


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="no folder that nobody can write into")
def test_a_folder_that_nobody_can_write_into_is_told(claims: Path) -> None:
    done = avnkg("relate", claims, "--open", "-o", "/proc/out.jsonl")
    assert done.code == 4
    assert "/proc: cannot write into the folder" in done.err


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_an_empty_table_is_told(home: Path, tmp_path: Path, ending: str) -> None:
    source, out = tmp_path / f"none.{ending}", tmp_path / "out.jsonl"
    source.write_text("id,document,subject,predicate,object\n" if ending == "csv" else "", encoding="utf-8")
    if ending == "parquet":
        parquet.write_table(pyarrow.table({"id": pyarrow.array([], pyarrow.string())}), source)
    done = avnkg("relate", source, "--open", "-o", out)
    assert (done.code, done.out) == (1, "")
    assert done.err == f"avnkg: {source} holds no claims, so {out} holds no relations\n"
    assert out.read_bytes() == b""


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_a_field_that_is_almost_one_is_an_error_and_others_are_passed_over(
    home: Path, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / "out.jsonl"

    def related(**more: str) -> Done:
        source = tmp_path / f"claims.{ending}"
        row = {**TEA, **more}
        if ending == "parquet":
            parquet.write_table(pyarrow.Table.from_pylist([row]), source)
        else:
            head = "" if ending == "jsonl" else ",".join(row) + "\n"
            source.write_text(head + (json.dumps(row) if not head else ",".join(row.values())), encoding="utf-8")
        return avnkg("relate", source, "--open", "-o", out)

    for name, meant in (("stanse", "stance"), ("Scope", "scope"), ("inherit", "inherited")):
        done = related(**{name: "denies"})
        assert (done.code, done.out) == (2, "")
        assert f"{name}: there is no such field; did you mean `{meant}`?" in done.err
        assert f"claims.{ending}:" in done.err
        assert not out.exists()
    for name in ("address", "year", "subject_id", "notes", "confidence", "says"):
        assert related(**{name: "x"}).code == 0, name


def test_a_line_with_a_field_that_is_almost_one_can_be_put_aside(claims: Path) -> None:
    with claims.open("a", encoding="utf-8") as out:
        out.write("\n" + json.dumps({**TEA, "id": "d1", "stanse": "denies"}))
    aside = claims.with_name("aside.jsonl")
    done = avnkg("relate", claims, "--open", "--skip-bad", aside, "-o", claims.with_name("out.jsonl"))
    assert (done.code, done.err) == (0, f"avnkg: 2 bad lines put aside in {aside}\n")
    assert "stanse" in aside.read_text(encoding="utf-8")
