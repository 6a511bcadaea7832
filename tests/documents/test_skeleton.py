"""The skeleton of a new document: a file that an editor can fill in, whatever the text is."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from avnkg.claims.entry import CorpusFile
from avnkg.documents.gate import Gate
from avnkg.documents.located import read_yaml
from avnkg.documents.skeleton import check_units, prints_text, skeleton
from avnkg.documents.text import fingerprint
from tests.documents.test_text import PAGES
from tests.page import TEXT


def filled(written: str) -> CorpusFile:
    """Return a skeleton's file once a person has filled it in."""
    data = read_yaml(written).data
    data["document"] |= {"publisher": "A Clinic", "kind": "other", "licence": "none"}
    return CorpusFile.model_validate(data)


def test_the_record_is_filled_in_as_far_as_the_text_shows() -> None:
    identity, written = skeleton(Path("A Page (2).txt"), TEXT, replaces="a-page")
    record = filled(written).document
    assert (identity, record.id, record.replaces) == ("a-page-2", "a-page-2", "a-page")
    assert (record.title, record.length) == ("What is osteonecrosis?", len(TEXT))
    assert record.sha256 == fingerprint(TEXT)
    assert written.count("FILL IN: ") == 3
    assert written.startswith("# yaml-language-server: $schema=")


@pytest.mark.parametrize("name", ["äöü.txt", "🦴.txt", "-.txt", "x" * 200 + ".txt", ("y" * 79) + "-z.txt"])
def test_any_file_name_gives_an_id_that_the_record_takes(name: str) -> None:
    identity, written = skeleton(Path(name), TEXT)
    assert filled(written).document.id == identity


@given(PAGES.filter(str.strip))
def test_any_text_gives_a_file_that_reads_and_whose_units_are_what_the_text_has(text: str) -> None:
    file = filled(skeleton(Path("a-page.txt"), text)[1])
    gate = Gate(file.document, file.units, (), text)
    assert check_units(gate) == []
    assert all(unit.words is None or unit.words == text[unit.at : unit.end] for unit in file.units)


def test_a_very_long_line_without_a_full_stop_gives_a_file_that_reads() -> None:
    assert filled(skeleton(Path("a.txt"), "bone " * 5000)[1]).units[0].words is None


def test_units_that_the_text_does_not_have_are_told() -> None:
    file = filled(skeleton(Path("a-page.txt"), TEXT)[1])
    moved = file.units[1].model_copy(update={"at": file.units[1].at + 1})
    fault, *_ = check_units(replace(Gate(file.document, file.units, (), TEXT), units=(file.units[0], moved)))
    assert str(fault).startswith("units[1]: the unit at 25 is not what the text has there: 'steonecrosis is")


def test_a_stretch_that_no_unit_holds_is_told() -> None:
    file = filled(skeleton(Path("a-page.txt"), TEXT)[1])
    [fault] = check_units(Gate(file.document, file.units[1:], (), TEXT))
    assert str(fault).startswith("units: no unit holds 0-22: 'What is osteonecrosis?'; add its unit")


def test_a_text_of_a_list_mark_alone_gives_a_file_that_reads() -> None:
    written = skeleton(Path("a-page.txt"), "1. ")[1]
    assert "\nunits: []\n" in written
    assert filled(written).units == ()


def test_fingerprints_are_written_once_in_the_order_of_the_text() -> None:
    file = filled(skeleton(Path("a-page.txt"), TEXT)[1])
    gate = Gate(file.document, file.units, (), TEXT)
    late, early = gate.taken(30, 40), gate.taken(0, 4)
    rows = prints_text([late, early, late]).splitlines()
    assert [row[:14] for row in rows] == ["passages:", "  - {at: 0, en", "  - {at: 30, e"]
    assert prints_text([]) == "passages: []\n"
