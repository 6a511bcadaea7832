"""`avnkg relate`, as a person types it."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import avnkg

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
