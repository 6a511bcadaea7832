"""What leaves as a file is whole; claims come in all together or not at all."""

import json
from pathlib import Path

import pytest

from avnkg.claims.reading import read_source
from avnkg.documents.anchor import anchor
from avnkg.documents.library import Library
from avnkg.errors import AvnkgError, ClaimError, GraphError, NotFoundError
from avnkg.graph.build import Inputs
from avnkg.graph.publishing import publish_claim, publish_claims, take_in
from tests.page import Page


@pytest.fixture
def given(page: Page) -> Inputs:
    """Return the invented page with two claims."""
    page.write(page.claim(), page.claim("003", quote="It hurts. It can"))
    return Inputs((page.corpus,), page.library)


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_claims_that_a_file_has_already_are_passed_over(form: str, given: Inputs, page: Page) -> None:
    table = page.folder / f"claims.{form}"
    publish_claims(given, form, table)
    before = page.path.read_bytes()
    assert take_in(Inputs(given.corpora, given.library, table)) == {}
    assert page.path.read_bytes() == before


def test_a_claim_is_taken_in_at_its_place_and_the_rest_stays(given: Inputs, page: Page) -> None:
    table = page.folder / "claims.jsonl"
    publish_claims(given, "jsonl", table)
    lines = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
    further = {**lines[0], "id": "a-page/002"}
    table.write_text(json.dumps(further) + "\n", encoding="utf-8")
    assert take_in(Inputs(given.corpora, given.library, table)) == {page.path: 1}
    ids = [line.strip() for line in page.path.read_text(encoding="utf-8").splitlines() if "- id:" in line]
    assert ids == ['- id: "001"', '- id: "002"', '- id: "003"']


def test_one_wrong_claim_keeps_all_out(given: Inputs, page: Page) -> None:
    table = page.folder / "claims.jsonl"
    publish_claims(given, "jsonl", table)
    lines = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
    right, wrong = {**lines[0], "id": "a-page/004"}, {**lines[0], "id": "a-page/005", "subject": "Nothing"}
    table.write_text(f"{json.dumps(right)}\n{json.dumps(wrong)}\n", encoding="utf-8")
    before = page.path.read_bytes()
    with pytest.raises(AvnkgError, match="Nothing"):
        take_in(Inputs(given.corpora, given.library, table))
    assert page.path.read_bytes() == before


def test_claims_are_taken_in_only_where_the_text_is(given: Inputs, page: Page) -> None:
    table = page.folder / "claims.jsonl"
    publish_claims(given, "jsonl", table)
    line = json.loads(table.read_text(encoding="utf-8").splitlines()[0])
    table.write_text(json.dumps({**line, "id": "a-page/002"}) + "\n", encoding="utf-8")
    gate = read_source(page.path, page.library).gate
    written = anchor(page.path.read_text(encoding="utf-8"), gate, page.path).text
    page.path.write_text(written, encoding="utf-8")
    with pytest.raises(NotFoundError, match="the text of a-page is not at hand"):
        take_in(Inputs(given.corpora, Library(), table))


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_left(given: Inputs, page: Page) -> None:
    (page.folder / "taken").mkdir()
    before = sorted(page.folder.iterdir())
    for output in (page.folder / "taken", page.folder / "no" / "file"):
        with pytest.raises(GraphError, match="cannot write the file"):
            publish_claims(given, "jsonl", output)
        with pytest.raises(GraphError, match="cannot write the file"):
            publish_claim(given, "a-page/001", output)
    assert sorted(page.folder.iterdir()) == before


def test_a_claim_that_is_not_there_leaves_no_file(given: Inputs, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no claim 'a-page/999'"):
        publish_claim(given, "a-page/999", tmp_path / "out.trig")
    assert not (tmp_path / "out.trig").exists()


def test_a_withdrawn_claim_is_not_published(page: Page) -> None:
    page.write(page.claim(withdrawn="the words say another thing"))
    given = Inputs((page.corpus,), page.library)
    with pytest.raises(ClaimError, match=r"a-page/001 is withdrawn and is not published: the words say another thing"):
        publish_claim(given, "a-page/001", page.folder / "np.trig")
    assert not (page.folder / "np.trig").exists()
