"""Tables of claims: what goes out comes back unchanged, and what is wrong is told with file, line and field."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avnkg.claims.model import Claim
from avnkg.claims.portable import (
    COLUMNS,
    NESTED,
    line_of,
    read_lines,
    read_table,
    write_csv,
    write_jsonl,
    write_parquet,
)
from avnkg.claims.reading import Corpus, Source
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.gate import Gate
from avnkg.documents.located import Located
from avnkg.errors import AvnkgError, ClaimError, QuoteError, SeveralErrors, UnknownTermError
from avnkg.ontology.reading import read_ontology
from tests.claims.strategies import Found, claims
from tests.page import TEXT, Page

WRITERS: dict[str, Callable[[list[Claim], IO[bytes]], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
}


def table(path: Path, found: list[Claim]) -> Path:
    """Write claims in the format that a file's ending names."""
    with path.open("wb") as out:
        WRITERS[path.suffix[1:]](found, out)
    return path


def knowing(gate: Gate) -> Corpus:
    """Return a corpus that has a document and no claims."""

    class File:
        document = gate.document

    source = Source(Path("a-page.yaml"), File(), Located(None, None, {}), gate)  # type: ignore[arg-type]
    return Corpus((source,), ())


@pytest.fixture
def corpus(page: Page, vocabulary: Vocabulary) -> Corpus:
    """Return a corpus with the invented page and no claims."""
    page.write()
    return page.read(vocabulary)


@pytest.fixture
def line() -> dict[str, Any]:
    """Return a line that is right."""
    quote = "It can be painful"
    return {
        "id": "a-page/001",
        "document": "a-page",
        "start": TEXT.index(quote),
        "end": TEXT.index(quote) + len(quote),
        "quote": quote,
        "says": "Osteonecrosis can be painful.",
        "subject": "Osteonecrosis",
        "predicate": "hasSymptom",
        "object": "Pain",
        "force": "asserts",
    }


def jsonl(path: Path, *lines: Any) -> Path:
    """Write lines, one JSON value each unless it is text already."""
    written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("".join(f"{line}\n" for line in written), encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("form", WRITERS)
@given(data=st.data())
def test_any_claim_comes_back_the_same_and_goes_out_again_the_same(
    form: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    vocabulary = read_ontology().vocabulary
    found: Found = data.draw(claims())
    folder = tmp_path_factory.mktemp("table")
    first = table(folder / f"first.{form}", [found.claim])
    [again] = read_table(first, knowing(found.gate), vocabulary)
    assert again == found.claim
    assert table(folder / f"second.{form}", [again]).read_bytes() == first.read_bytes()


@pytest.mark.parametrize("form", WRITERS)
def test_the_embedded_corpus_comes_back_unchanged(
    form: str, embedded: Corpus, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    first = table(tmp_path / f"first.{form}", list(embedded.claims))
    without = Corpus(embedded.sources, ())
    again = list(read_table(first, without, vocabulary))
    assert again == list(embedded.claims)
    assert [claim.verification for claim in again] == [claim.verification for claim in embedded.claims]
    assert table(tmp_path / f"second.{form}", again).read_bytes() == first.read_bytes()


@pytest.mark.parametrize("form", WRITERS)
def test_claims_that_the_corpus_has_already_are_passed_over(
    form: str, embedded: Corpus, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    written = table(tmp_path / f"all.{form}", list(embedded.claims))
    assert list(read_table(written, embedded, vocabulary)) == []


def test_all_columns_are_always_there(embedded: Corpus) -> None:
    for claim in embedded.claims:
        assert tuple(line_of(claim)) == COLUMNS
    assert set(NESTED) < set(COLUMNS)


def test_a_minimal_line_is_enough_and_blank_lines_are_passed_over(
    corpus: Corpus, vocabulary: Vocabulary, line: dict[str, Any], tmp_path: Path
) -> None:
    path = jsonl(tmp_path / "a.jsonl", line, "", line | {"id": "a-page/002"})
    assert [claim.id for claim in read_table(path, corpus, vocabulary)] == ["a-page/001", "a-page/002"]


@pytest.mark.parametrize(
    ("changed", "kind", "message"),
    [
        ({"subjects": "x"}, ClaimError, "subjects: unknown field; remove it"),
        ({"stance": "maybe"}, ClaimError, "stance: input should be 'affirms' or 'denies', got 'maybe'; correct it"),
        ({"says": None}, ClaimError, "says: input should be a valid string, got None"),
        ({"says": "\ud800"}, ClaimError, "says: input should be a valid string"),
        ({"start": "x"}, ClaimError, "start: input should be a valid integer"),
        ({"start": -1}, ClaimError, "start: input should be greater than or equal to 0, got -1"),
        ({"id": "a-page/1"}, ClaimError, "id: string should match pattern"),
        ({"id": "b-page/001"}, ClaimError, "id: claim b-page/001: the id does not begin with the document 'a-page'"),
        (
            {"document": "b-page"},
            ClaimError,
            "document: claim a-page/001: no record of the document 'b-page'; known: a",
        ),
        ({"subject": "Osteonecrosiss"}, UnknownTermError, "subject: claim a-page/001: 'Osteonecrosiss' is not in the"),
        ({"predicate": "hasSymptoms"}, UnknownTermError, "did you mean hasSymptom"),
        ({"quote": "It can be sinful!"}, QuoteError, "quote: claim a-page/001: expected 'It can be sinful!' at"),
        ({"quote": "It can"}, QuoteError, "characters, the quote 6; start and end count Unicode code points"),
        ({"start": 10**9, "end": 10**9 + 17}, QuoteError, "past the end of the document at"),
        ({"passages": [{"start": 0, "end": 4, "quote": "What"}]}, QuoteError, "are not those of the first passage"),
        (
            {"frequency": {"printed": "80%", "low": 0.8}},
            ClaimError,
            "frequency.printed: claim a-page/001: the quote do",
        ),
        (
            {"quote": "It can be painfu", "end": 107},
            QuoteError,
            "quote: claim a-page/001: the quote 'It can be painfu' cuts",
        ),
        ({"cites": ["Smith 2012"], "basis": "traceable"}, ClaimError, "cites[0]: string should match pattern"),
        ({"frequency": {"printed": "can", "low": "NaN"}}, ClaimError, "frequency.low: "),
        ({"frequency": {"printed": "can", "low": 1.5}}, ClaimError, "frequency.low: input should be less than or equ"),
        ({"scope": {"stage": []}}, ClaimError, "scope.stage: "),
        ({"scope": {"stage": {"any": ["Stage1"], "standing": "definitional"}}}, ClaimError, "scope.stage.standing: "),
        ({"scope": {"time": {"low": 1, "unit": "week"}}}, ClaimError, "scope.time: the field 'printed' is missing"),
        (
            {"scope": {"time": {"printed": "1", "low": 1, "unit": "week", "x": 1}}},
            ClaimError,
            "scope.time.x: unknown f",
        ),
    ],
)
def test_a_wrong_line_is_told_with_file_line_field_and_what_came(
    corpus: Corpus,
    vocabulary: Vocabulary,
    line: dict[str, Any],
    tmp_path: Path,
    changed: dict[str, Any],
    kind: type[AvnkgError],
    message: str,
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(line)}\n{json.dumps(line | {'id': 'a-page/002'} | changed)}\n", encoding="utf-8")
    with pytest.raises(AvnkgError) as caught:
        list(read_table(path, corpus, vocabulary))
    error = caught.value
    assert not isinstance(error, SeveralErrors), error
    assert isinstance(error, kind)
    assert str(error).startswith(f"{path}:2: ")
    assert message.replace("a-page/001", "a-page/002") in str(error)
    assert error.hint


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{", "expected a JSON object, got: Expecting property name"),
        ('["a"]', "input should be a valid dictionary or instance of ClaimLine, got a structure"),
        ("1", "input should be a valid dictionary or instance of ClaimLine, got 1"),
        ("1" * 5000, "expected a JSON object, got: Exceeds the limit"),
        ("[" * 100_000, "expected a JSON object, got: maximum recursion depth exceeded"),
        ('{"id": "a", "id": "b"}', "expected a JSON object, got: a key given twice among id, id"),
    ],
)
def test_a_line_that_is_no_object_is_told(
    corpus: Corpus, vocabulary: Vocabulary, tmp_path: Path, written: str, message: str
) -> None:
    path = jsonl(tmp_path / "a.jsonl", "", written)
    with pytest.raises(ClaimError) as caught:
        list(read_table(path, corpus, vocabulary))
    assert str(caught.value).startswith(f"{path}:2: ")
    assert message in str(caught.value)


def test_faults_before_a_line_that_cannot_be_read_are_told_too(
    corpus: Corpus, vocabulary: Vocabulary, line: dict[str, Any], tmp_path: Path
) -> None:
    path = jsonl(tmp_path / "a.jsonl", line | {"stance": "x", "force": "y"}, line | {"object": "Painn"}, "{", line)
    with pytest.raises(SeveralErrors) as caught:
        list(read_table(path, corpus, vocabulary))
    assert [(error.line, error.field) for error in caught.value.errors] == [
        (1, "stance"),
        (1, "force"),
        (2, "object"),
        (3, None),
    ]


def test_a_number_given_twice_is_refused(
    corpus: Corpus, vocabulary: Vocabulary, line: dict[str, Any], tmp_path: Path
) -> None:
    with pytest.raises(
        ClaimError, match=r"a\.jsonl:2: id: claim a-page/001: the id is already used by another claim; id"
    ):
        list(read_table(jsonl(tmp_path / "a.jsonl", line, line | {"says": "x"}), corpus, vocabulary))


def test_a_number_of_the_corpus_with_other_contents_is_refused(
    page: Page, vocabulary: Vocabulary, line: dict[str, Any], tmp_path: Path
) -> None:
    page.write(page.claim())
    corpus = page.read(vocabulary)
    assert list(read_table(jsonl(tmp_path / "a.jsonl", line), corpus, vocabulary)) == []
    with pytest.raises(ClaimError, match="the id is already used by another claim"):
        list(read_table(jsonl(tmp_path / "a.jsonl", line | {"stance": "denies"}), corpus, vocabulary))


def test_no_more_than_twenty_faults_are_collected(
    corpus: Corpus, vocabulary: Vocabulary, line: dict[str, Any], tmp_path: Path
) -> None:
    wrong = [line | {"id": f"a-page/{number:03}", "stance": "x"} for number in range(1, 99)]
    with pytest.raises(SeveralErrors) as caught:
        list(read_table(jsonl(tmp_path / "a.jsonl", *wrong), corpus, vocabulary))
    assert len(caught.value.errors) == 20


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "a.jsonl",
            b'{"says": "x"}\n{"says": "\xe9"}\n',
            ":2: expected UTF-8 text, got byte 0xe9; save the table as UTF-8",
        ),
        ("a.csv", b"id,says\n" + b"a,b\n" * 9999 + b"a,\xe9\n", ":10001: expected UTF-8 text, got byte 0xe9"),
        ("a.csv", b"id,id\n1,2\n", ":1: the head names a column twice"),
        ("a.csv", b"id,says\na,b,c\n", ":2: the row has more cells than the head's 2"),
        ("a.csv", b"id,says\na\n", ":2: the row has fewer cells than the head's 2"),
        ("a.csv", b'id,says\na,"b\n', ":2: expected CSV, got: unexpected end of data"),
        ("a.csv", b"id,scope\na,{\n", ":2: scope: expected JSON text, got: Expecting property name"),
        ("a.parquet", b"PAR1 no", ": expected Parquet, got: "),
        ("a.txt", b"", ": expected a file ending in .jsonl, .csv, .parquet, got .txt"),
        ("claims", b"", ": expected a file ending in .jsonl, .csv, .parquet, got no ending"),
    ],
)
def test_a_file_that_is_not_of_its_format_is_told_with_its_line(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ClaimError) as caught:
        list(read_lines(path))
    assert str(caught.value).startswith(f"{path}{message}")


def test_a_folder_or_nothing_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name in ("folder.csv", "none.jsonl"):
        with pytest.raises(ClaimError, match="expected a table of claims, got a folder or nothing"):
            list(read_lines(tmp_path / name))


def test_a_parquet_file_with_numbers_where_json_text_belongs_is_told(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.table({"id": ["a"], "scope": [1.5]}), tmp_path / "a.parquet")
    with pytest.raises(ClaimError, match=r"a\.parquet:1: scope: expected JSON text"):
        list(read_lines(tmp_path / "a.parquet"))


def test_a_table_from_a_spreadsheet_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfid,says\r\na,b\r\n")
    assert list(read_lines(path)) == [(2, {"id": "a", "says": "b"})]


def test_a_cell_may_hold_any_line_end(embedded: Corpus) -> None:
    from dataclasses import replace

    claim = replace(embedded.claims[0], note="one\rtwo\nthree\r\nfour")
    out = io.BytesIO()
    write_csv([claim], out)
    [row] = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    assert row["note"] == claim.note
