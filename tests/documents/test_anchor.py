"""Anchoring fills in places and fingerprints, changes nothing else, and never guesses."""

import errno
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from avnkg.claims.reading import read_source
from avnkg.documents.anchor import Anchored, anchor, with_entries, write_safely
from avnkg.documents.gate import Gate
from avnkg.documents.located import read_yaml
from avnkg.documents.model import Document
from avnkg.errors import DocumentError, QuoteError, SeveralErrors
from tests.page import Page

HEAD = "document: {id: a-page}\nclaims:\n"
TAIL = "units: []\npassages: []\n"
PATH = Path("a-page.yaml")


def gate(text: str) -> Gate:
    """Return the gate of a text that is at hand."""
    record = {**Page(Path(), text).record}
    return Gate(Document.model_validate(record), (), (), text)


def anchored(written: str, text: str = "One bone. Two bones. Three bones.") -> Anchored:
    """Return what anchoring makes of a file."""
    return anchor(written, gate(text), PATH)


def test_places_are_filled_in_below_the_quote_and_fingerprints_at_the_end() -> None:
    done = anchored(f'{HEAD}  - id: "001"\n    quote: Two bones\n    says: x\n{TAIL}')
    lines = done.text.splitlines()
    assert lines[3:6] == ["    quote: Two bones", "    at: 10", "    says: x"]
    assert lines[-1].startswith("  - {at: 10, end: 19, sha256: ")
    assert (done.claims, done.moved) == (1, 1)


def test_a_file_that_is_anchored_stays_byte_for_byte(page: Page) -> None:
    page.write(page.claim(), page.claim("002", ["Does it work?", "No."], at=None))  # type: ignore[arg-type]
    source = read_source(page.path, page.library)
    once = anchor(page.path.read_text(encoding="utf-8"), source.gate, page.path)
    again = anchor(once.text, source.gate, page.path)
    assert (again.text, again.moved) == (once.text, 0)


@pytest.mark.parametrize(
    "entry",
    [
        "  - quote:\n      - One\n      - Two\n    # a remark\n    says: x\n",
        "  - quote: [One, Two]\n    at:\n      - 3\n      - 4\n    # a remark\n    says: x\n",
        "  - quote: >-\n      Two\n      bones\n    # a remark\n    says: x\n",
        "  - quote: |-\n      Two bones\n    at: [7]\n    # a remark\n    says: x\n",
        '  - quote: "Two\n      bones" # said aloud\n    # a remark\n    says: x\n',
        "  - says: x\n    # a remark\n    quote: Two bones\n",
        "  -\n    at: 99\n    # a remark\n    quote: Two bones\n",
    ],
)
def test_only_the_place_and_the_fingerprints_change(entry: str) -> None:
    written = f"# kept\n{HEAD}{entry}\n# kept too\n{TAIL}"
    done = anchored(written).text
    assert [line for line in done.splitlines() if not _placed(line)] == [
        line for line in written.splitlines() if not _placed(line)
    ]
    data = read_yaml(done).data
    quotes = data["claims"][0]["quote"]
    places = data["claims"][0]["at"]
    if isinstance(quotes, str):
        assert places == "10"
    else:
        assert places == ["0", "10"]


def _placed(line: str) -> bool:
    return line.strip().startswith(("at:", "- 3", "- 4", "- {at", "passages:"))


def test_a_last_line_without_a_line_end_is_no_trap() -> None:
    done = anchored(f"{HEAD}  - id: a\n    quote: Two bones")
    assert "    quote: Two bones\n    at: 10\npassages:\n  - {at: 10" in done.text


def test_line_ends_of_windows_stay_and_are_anchored_once() -> None:
    written = f"{HEAD}  - id: a\n    quote: Two bones\n    at: 10\n{TAIL}".replace("\n", "\r\n")
    done = anchored(written)
    assert done.moved == 0
    assert done.text.startswith(written.partition("passages")[0])


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(str.strip)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_anchoring_twice_is_anchoring_once_and_other_values_stay(entries: list[tuple[str, str]]) -> None:
    text = "".join(f"«{number}» {quote} " for number, (quote, _) in enumerate(entries))
    claims = [{"id": str(n), "quote": f"«{n}» {quote}", "note": note} for n, (quote, note) in enumerate(entries)]
    data = {"document": "a", "claims": claims, "units": []}
    written = yaml.dump(data, sort_keys=False, allow_unicode=True, width=40, default_style='"')
    once = anchored(written, text)
    assert anchored(once.text, text) == Anchored(once.text, len(entries), 0)
    found = read_yaml(once.text).data
    for number, claim in enumerate(found["claims"]):
        place = int(claim.pop("at"))
        assert text[place : place + len(claim["quote"])] == claim["quote"] == claims[number]["quote"]
    assert found["claims"] == claims


def test_all_quotes_that_are_wrong_are_told_with_their_lines_and_nothing_is_written() -> None:
    written = f'{HEAD}  - id: "001"\n    quote: Three bonds\n  - id: "002"\n    quote: bones\n{TAIL}'
    with pytest.raises(SeveralErrors) as caught:
        anchored(written)
    first, second = caught.value.errors
    assert isinstance(first, QuoteError)
    assert str(first).startswith("a-page.yaml:4: claim 001: the document does not say 'Three bonds'; the nearest words")
    assert str(second).startswith("a-page.yaml:6: claim 002: the document says 'bones' 2 times, first at 14 and 27")


def test_a_claim_on_one_line_is_refused_because_a_line_would_break_it() -> None:
    with pytest.raises(DocumentError, match=r"a-page\.yaml:3: expected a claim written over several lines"):
        anchored(f"{HEAD}  - {{id: a, quote: Two bones}}\n{TAIL}")


def test_fingerprints_that_are_not_last_are_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        anchored(f"{HEAD}  - id: a\n    quote: Two bones\npassages: []\nunits: []\n")
    assert str(caught.value) == (
        "a-page.yaml:5: passages: expected `passages` to be the last block of the file; move it to the end"
    )


def test_a_quote_that_looks_like_the_block_of_fingerprints_is_left_alone() -> None:
    written = f'{HEAD}  - id: a\n    quote: Two bones\n    says: "x\n      passages: y"\n{TAIL}'
    assert 'says: "x\n      passages: y"' in anchored(written).text


def test_further_claims_go_where_their_number_belongs() -> None:
    written = f'{HEAD}  - id: "001"\n    quote: a\n  - id: "999"\n    quote: b\n# kept\n{TAIL}'
    added = {name: f'  - id: "{name}"\n    quote: c\n' for name in ("1000", "002", "1001")}
    done = with_entries(written, added)
    assert [entry["id"] for entry in read_yaml(done).data["claims"]] == ["001", "002", "999", "1000", "1001"]
    assert "# kept\n" in done


def test_the_first_claims_replace_an_empty_list() -> None:
    done = with_entries("document: a\nclaims: []\nunits: []\n", {"002": "  - id: b\n", "001": "  - id: a\n"})
    assert done == "document: a\nclaims:\n  - id: a\n  - id: b\nunits: []\n"


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(DocumentError, match=r"a\.yaml: cannot write the file: No space left on device; is the disk"):
        write_safely(path, "new")
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [("a.yaml", "old")]


def test_a_link_stays_a_link_to_the_file(tmp_path: Path) -> None:
    path, link = tmp_path / "kept" / "a.yaml", tmp_path / "a.yaml"
    path.parent.mkdir()
    path.write_text("old", encoding="utf-8")
    link.symlink_to(path)
    write_safely(link, "new")
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "new"


def test_a_file_is_written_character_for_character(tmp_path: Path) -> None:
    write_safely(tmp_path / "a.yaml", "a\r\nb\u2028🦴\n")
    assert (tmp_path / "a.yaml").read_bytes() == "a\r\nb\u2028🦴\n".encode()
