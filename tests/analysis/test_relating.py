"""Tables of claims, related: ours give what the corpus gives, anybody's need few fields, wrong lines are told."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import IO, Any

import pytest

from avnkg.analysis.concepts import Concepts
from avnkg.analysis.independence import voices
from avnkg.analysis.relations.engines import DuckEngine
from avnkg.analysis.relations.relations import Relation, relate
from avnkg.analysis.tables.records import recorded, voices_of_records
from avnkg.analysis.tables.relating import COLUMNS, Done, Task, relate_table
from avnkg.analysis.verdicts import Verdict
from avnkg.claims.model import Claim
from avnkg.claims.portable import write_csv, write_jsonl, write_parquet
from avnkg.claims.reading import read_corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.library import open_library
from avnkg.errors import AvnkgError, ClaimError, NotFoundError, QueryError, SeveralErrors
from avnkg.ontology.reading import read_ontology
from avnkg.resources import folder
from tests.analysis.made import claim
from tests.benchmarks.generator import ClaimSet

WRITERS: dict[str, Callable[[Iterable[Claim], IO[bytes]], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
}
VOCABULARY = read_ontology().vocabulary
OPEN = replace(VOCABULARY, open=True)
TEA: dict[str, Any] = {"id": "a1", "document": "a", "subject": "tea", "predicate": "helps", "object": "sleep"}


def related(
    source: Path, vocabulary: Vocabulary = OPEN, ending: str = "jsonl", **more: Any
) -> tuple[list[Relation], Done]:
    """Return the relations of a table, sorted by id."""
    target = source.with_name(f"relations.{ending}")
    engine = DuckEngine()
    done = relate_table(Task(source, target, Concepts(vocabulary), **more), engine)
    engine.close()
    return sorted(read(target), key=lambda relation: relation.id), done


def read(path: Path) -> list[Relation]:
    """Return the relations of a file."""
    if path.suffix == ".parquet":
        import pyarrow.parquet

        rows = pyarrow.parquet.read_table(path).to_pylist()
    else:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(tuple(row) == COLUMNS for row in rows)
    return [_relation(*row.values()) for row in rows]


def _relation(identity: str, verdict: str, kind: str, *rest: Any) -> Relation:
    a, b, decided, narrowed, assumes = map(tuple, rest[:5])
    return Relation(identity, Verdict(verdict), kind, a, b, decided, narrowed, assumes, *rest[5:])


def lines(path: Path, *rows: Any) -> Path:
    """Write lines of a table."""
    path.write_text("".join(f"{json.dumps(row) if isinstance(row, dict) else row}\n" for row in rows), encoding="utf-8")
    return path


def faults(source: Path, **more: Any) -> list[str]:
    """Return what is said of a table that is refused."""
    with pytest.raises(AvnkgError) as caught:
        related(source, **more)
    assert not source.with_name("relations.jsonl").exists()
    errors = caught.value.errors if isinstance(caught.value, SeveralErrors) else [caught.value]
    return [str(error).replace(f"{source.parent}/", "") for error in errors]


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_the_exported_corpus_gives_the_relations_of_the_corpus(tmp_path: Path, form: str, ending: str) -> None:
    corpus = read_corpus((folder("corpus"),), VOCABULARY, open_library())
    source = tmp_path / f"claims.{form}"
    with source.open("wb") as out:
        WRITERS[form](corpus.claims, out)
    found, _ = related(source, VOCABULARY, ending, recorded=recorded(), voices=voices_of_records)
    assert found == list(relate(corpus.claims, VOCABULARY, voices(corpus.documents)))
    assert found


def test_many_claims_in_any_order_give_the_relations_that_they_give_one_by_one(tmp_path: Path) -> None:
    made = ClaimSet(VOCABULARY, 600, voices=9)
    source = tmp_path / "claims.parquet"
    with source.open("wb") as out:
        write_parquet(list(made)[::-1], out)
    found, _ = related(source, VOCABULARY)
    heard = {document.id: document.id for document in made.documents}
    assert found == list(relate(made, VOCABULARY, heard))


def test_lines_come_in_the_same_order_on_each_run(tmp_path: Path) -> None:
    source = tmp_path / "claims.parquet"
    with source.open("wb") as out:
        write_parquet(list(ClaimSet(VOCABULARY, 600, voices=9)), out)
    related(source, VOCABULARY)
    ids = [relation.id for relation in read(source.with_name("relations.jsonl"))]
    assert len(ids) > 100
    # First those of whole positions, then those of positions that were taken apart by voice.
    assert sum(before > after for before, after in pairwise(ids)) <= 1


def test_relations_written_in_parts_name_the_same_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import parquet

    source = tmp_path / "claims.parquet"
    with source.open("wb") as out:
        write_parquet(ClaimSet(VOCABULARY, 900, voices=9), out)
    whole, _ = related(source, VOCABULARY)
    monkeypatch.setattr("avnkg.analysis.relations.engines.ROWS", 2048)
    parts, _ = related(source, VOCABULARY, "parquet")
    assert parquet.ParquetFile(tmp_path / "relations.parquet").num_row_groups > 1
    assert parts == whole


def test_few_fields_are_enough_where_names_are_open(tmp_path: Path) -> None:
    rows = [TEA, {**TEA, "id": "b1", "document": "b", "stance": "denies"}]
    [relation], _ = related(lines(tmp_path / "claims.jsonl", *rows))
    assert (relation.verdict, relation.a, relation.b) == (Verdict.CONTRADICTION, ("a1",), ("b1",))
    assert relation.says == "a and b contradict each other on whether tea helps sleep."


def test_names_that_nobody_knows_meet_the_same_ones_and_no_others(tmp_path: Path) -> None:
    """Unread in a table, where a wording of such names is what it says; read, one by one, as claims."""
    draw = Random(7)
    names = ("tea", "sleep", "rest", "CoreDecompression", "SurgicalProcedure")
    found = 0
    for turn in range(16):
        made: dict[str, Claim] = {}
        for _ in range(draw.randrange(5, 40)):
            subject, target = draw.choice(names), draw.choice(names)
            words = f"{subject} {draw.choice(('helps', 'helps', 'prevents', 'leadsTo'))} {target}"
            each = claim(
                words, draw.choice("ab"), denies=draw.random() < 0.5, endpoint=draw.choice((None, None, None, "tea"))
            )
            left_out = ("tea",) if turn % 2 and draw.random() < 0.1 else ()
            said = replace(each.proposition, excludes=left_out, comparator=draw.choice((None, None, None, "tea")))
            made[each.id] = replace(each, proposition=said)
        source = tmp_path / "claims.jsonl"
        with source.open("wb") as out:
            write_jsonl(made.values(), out)
        relations, _ = related(source)
        assert relations == list(relate(made.values(), OPEN, {"a": "a", "b": "b"}))
        found += len(relations)
    assert found > 30


def test_a_scope_of_open_names_sets_claims_apart(tmp_path: Path) -> None:
    rows = [{**TEA, "scope": {"age": ["old"]}}, {**TEA, "id": "b1", "document": "b", "stance": "denies"}]
    rows[1]["scope"] = {"age": ["young"]}
    [relation], _ = related(lines(tmp_path / "claims.jsonl", *rows))
    assert (relation.verdict, relation.decided_by) == (Verdict.SCOPE_DIFFERENCE, ("age",))


def test_inherited_conditions_are_read_and_do_not_narrow(tmp_path: Path) -> None:
    source = tmp_path / "claims.csv"
    head = "id,document,subject,predicate,object,stance,inherited"
    rows = ['a1,a,tea,helps,sleep,,"{""age"": [""old""]}"', "b1,b,tea,helps,sleep,denies,"]
    source.write_text("\n".join([head, *rows]), encoding="utf-8")
    [relation], _ = related(source)
    assert (relation.verdict, relation.assumes) == (Verdict.CONTRADICTION, ("age",))


def test_a_document_without_a_record_is_a_voice_of_its_own(tmp_path: Path) -> None:
    rows = [{**TEA, "scope": {"age": ["old"]}}, {**TEA, "id": "b1", "stance": "denies"}]
    always = {"printed": "always", "hedge": "always"}
    rows = [{**row, "frequency": always} if "stance" not in row else row for row in rows]
    [same], _ = related(lines(tmp_path / "claims.jsonl", *rows))
    rows[1]["document"] = "b"
    [other], _ = related(lines(tmp_path / "claims.jsonl", *rows))
    known: dict[str, Any] = {"recorded": ("a", "b"), "voices": lambda: {"a": "Ann", "b": "Ann"}}
    [one], _ = related(lines(tmp_path / "claims.jsonl", *rows), **known)
    assert (same.verdict, one.verdict) == (Verdict.QUALIFICATION, Verdict.QUALIFICATION)
    assert one.says.startswith("Ann ")
    assert other.a != same.a or other.says != same.says


def test_a_table_in_which_nothing_is_related_gives_an_empty_file(tmp_path: Path) -> None:
    for ending in ("jsonl", "parquet"):
        assert related(lines(tmp_path / "claims.jsonl", TEA), ending=ending)[0] == []
    assert related(lines(tmp_path / "claims.jsonl", {**TEA, "withdrawn": "a slip"}))[0] == []
    assert related(lines(tmp_path / "claims.jsonl"))[0] == []


def test_a_predicate_that_is_written_as_another_is_that_one(tmp_path: Path) -> None:
    inverse = next(each for each in VOCABULARY.predicates.values() if each.swapped and each.takes == "comparison")
    given = {"document": "a", "subject": "CoreDecompression", "comparator": "JointReplacement"}
    turned = {"document": "b", "subject": "JointReplacement", "comparator": "CoreDecompression"}
    rows = [
        {**given, "id": "a1", "predicate": inverse.name},
        {**turned, "id": "b1", "predicate": inverse.written_as, "stance": "denies"},
    ]
    [relation], _ = related(lines(tmp_path / "claims.jsonl", *rows), VOCABULARY)
    assert relation.verdict is Verdict.CONTRADICTION


WRONG = {
    "no id": ({**TEA, "id": None}, "claims.jsonl:1: id: the field 'id' is missing; add it"),
    "no document": ({**TEA, "document": ""}, "document: claim a1: the field 'document' is missing; add it"),
    "no subject": ({**TEA, "subject": None}, "subject: claim a1: the field 'subject' is missing; add it"),
    "no predicate": ({**TEA, "predicate": ""}, "predicate: claim a1: the field 'predicate' is missing; add it"),
    "nothing related": ({**TEA, "object": None}, "object: claim a1: helps takes `object`; give `object`"),
    "a stance": ({**TEA, "stance": "doubts"}, "stance: claim a1: expected one of affirms, denies, got 'doubts'"),
    "a force": ({**TEA, "force": "shouts"}, "force: claim a1: expected one of defines, asserts"),
    "a scope": ({**TEA, "scope": ["old"]}, "scope: claim a1: expected axis -> values"),
    "an axis": ({**TEA, "scope": {"age": {"any": []}}}, "scope.age: claim a1: "),
    "a structure": ({**TEA, "subject": ["tea"]}, "claims.jsonl:1: subject: expected text, got a structure"),
    "a list": ("[1]", "claims.jsonl:1: expected a JSON object; one claim a line"),
    "no JSON": ("{", "claims.jsonl:1: expected a JSON object, got: "),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_line_is_told_with_line_and_field(tmp_path: Path, name: str) -> None:
    row, told = WRONG[name]
    [fault] = faults(lines(tmp_path / "claims.jsonl", row))
    assert told in fault


def test_unknown_names_are_told_with_the_nearest_ones(tmp_path: Path) -> None:
    row = {
        **TEA,
        "subject": "CoreDecompresion",
        "predicate": "heals",
        "object": "Collapse",
        "scope": {"stage": ["Old"]},
    }
    told = faults(lines(tmp_path / "claims.jsonl", row), vocabulary=VOCABULARY)
    assert any(
        "subject: claim a1: 'CoreDecompresion' is not in the ontology; did you mean Core" in fault for fault in told
    )
    assert any("scope.stage: claim a1: 'Old' is not in the ontology" in fault for fault in told)


def test_an_id_given_twice_is_told(tmp_path: Path) -> None:
    [fault] = faults(lines(tmp_path / "claims.jsonl", TEA, {**TEA, "document": "b"}))
    assert fault.startswith("claims.jsonl:2: id: claim a1: the id 'a1' is already that of line 1")


def test_malformed_json_in_a_nested_column_is_told(tmp_path: Path) -> None:
    source = tmp_path / "claims.csv"
    source.write_text("id,document,subject,predicate,object,scope\na1,a,tea,helps,sleep,{age\n", encoding="utf-8")
    [fault] = faults(source)
    assert fault.startswith("claims.csv:2: scope: ")


def test_at_most_twenty_faults_are_listed(tmp_path: Path) -> None:
    rows = [{**TEA, "id": f"a{place}", "stance": "doubts"} for place in range(50)]
    told = faults(lines(tmp_path / "claims.jsonl", *rows))
    assert len(told) == 21
    assert "and 30 more" in told[-1]


def test_bad_lines_are_put_aside_and_the_rest_is_related(tmp_path: Path) -> None:
    rows = [TEA, "{", {**TEA, "id": "b1", "document": "b", "stance": "denies"}, {**TEA, "id": "b2", "stance": "doubts"}]
    aside = tmp_path / "aside.jsonl"
    [relation], done = related(lines(tmp_path / "claims.jsonl", *rows), aside=aside)
    assert relation.verdict is Verdict.CONTRADICTION
    assert done.aside == 2
    bad = [json.loads(line) for line in aside.read_text(encoding="utf-8").splitlines()]
    assert [each["line"] for each in bad] == [2, 4]
    assert bad[1]["problem"].startswith("stance: expected one of")


def test_a_column_that_is_no_text_is_refused(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    source = tmp_path / "claims.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"id": ["a"], "scope": [["x"]]}), source)
    with pytest.raises(ClaimError, match="scope: expected a column of text"):
        related(source)
    source.write_bytes(b"no Parquet at all")
    with pytest.raises(ClaimError, match="expected Parquet, got"):
        related(source)


def test_files_that_cannot_be_what_they_are_named_for_are_refused(tmp_path: Path) -> None:
    source = lines(tmp_path / "claims.jsonl", TEA)
    cases: list[tuple[Path, Path, Path | None, type[AvnkgError]]] = [
        (source, source, None, QueryError),
        (source, tmp_path / "out.csv", None, QueryError),
        (source, tmp_path / "none" / "out.jsonl", None, QueryError),
        (source, tmp_path / "out.jsonl", source, QueryError),
        (tmp_path / "claims.txt", tmp_path / "out.jsonl", None, QueryError),
        (tmp_path / "none.jsonl", tmp_path / "out.jsonl", None, NotFoundError),
    ]
    (tmp_path / "folder.jsonl").mkdir()
    cases.append((source, tmp_path / "folder.jsonl", None, QueryError))
    for given, target, aside, kind in cases:
        with pytest.raises(kind):
            relate_table(Task(given, target, Concepts(OPEN), aside=aside), DuckEngine())
    assert source.read_text(encoding="utf-8") == json.dumps(TEA) + "\n"


def test_a_file_that_is_there_stays_when_lines_are_wrong(tmp_path: Path) -> None:
    source = lines(tmp_path / "claims.jsonl", {**TEA, "stance": "doubts"})
    target = tmp_path / "out.jsonl"
    target.write_text("before", encoding="utf-8")
    with pytest.raises(ClaimError):
        relate_table(Task(source, target, Concepts(OPEN)), DuckEngine())
    assert target.read_text(encoding="utf-8") == "before"
    assert {path.name for path in tmp_path.iterdir()} == {"claims.jsonl", "out.jsonl"}


@pytest.mark.parametrize("row", [{"subject": "\ud800"}, {"scope": {"\ud800": ["old"]}}, {"id": "\udfff"}])
def test_half_a_character_is_told(tmp_path: Path, row: dict[str, Any]) -> None:
    [fault] = faults(lines(tmp_path / "claims.jsonl", {**TEA, **row}))
    assert "half of a character" in fault


def test_bad_lines_go_where_nothing_else_goes(tmp_path: Path) -> None:
    source = lines(tmp_path / "claims.jsonl", TEA, "{")
    assert related(source, aside=Path("/dev/null"))[1].aside == 1
    assert Path("/dev/null").is_char_device()
    assert {path.name for path in tmp_path.iterdir()} == {"claims.jsonl", "relations.jsonl"}
