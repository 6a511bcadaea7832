"""A document is added as CONTRIBUTING.md says, by somebody who follows it to the letter."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Done, avnkg

SAID = "almost always performed in combination with a procedure called core decompression"
TEXT = f"""Stem cells for the hip

Our clinic treats osteonecrosis of the hip. Stem cell therapy is {SAID}.
"""
# The example of CONTRIBUTING.md.
CLAIM = """claims:
  - id: "001"
    quote: "almost always performed in combination with a procedure called core decompression"
    says: Stem cell therapy for osteonecrosis is almost always done together with core decompression.
    subject: CellTherapy
    predicate: isPerformedWith
    object: CoreDecompression
    force: reports
    frequency: {printed: almost always, of: Procedure}
"""
CORPUS = ("--corpus", "my-corpus", "--without-embedded")
FILE = Path("my-corpus/clinic-hip-page.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of one's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ok(*words: str) -> Done:
    """Run a command that must do its work."""
    found = avnkg(*words)
    assert (found.code, found.err) == (0, ""), found
    return found


def edit(old: str, new: str) -> None:
    """Replace some words of the corpus file, as in an editor."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    FILE.write_text(text.replace(old, new), encoding="utf-8")


def begin() -> None:
    """Do the steps 1 to 4."""
    Path("clinic-hip-page.txt").write_text(TEXT, encoding="utf-8")
    told = ok("documents", "new", "clinic-hip-page.txt", "--into", "my-corpus").out
    assert "FILL IN" in told
    assert avnkg("documents", "add", "clinic-hip-page.txt", *CORPUS[:2]).code == 2
    edit("'FILL IN: who publishes it'", "A Clinic")
    lines = FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    kind = next(line for line in lines if line.startswith("  kind: 'FILL IN"))
    edit(kind, "  kind: clinic-blog\n  interest: {sells: [LesionInjection], says: a clinic that sells the treatment}\n")
    edit("'FILL IN: as ''copyright of the publisher'''", "copyright of the publisher")
    assert "FILL IN" not in FILE.read_text(encoding="utf-8")
    ok("documents", "add", "clinic-hip-page.txt", *CORPUS[:2])


def finish() -> None:
    """Do the steps 5 to 9."""
    seen = avnkg("documents", "coverage", *CORPUS, "--units")
    assert seen.code == 1
    assert "Our clinic treats osteonecrosis of the hip." in seen.out
    edit("claims: []\n", CLAIM)
    edit("words: Stem cells for the hip}", "words: Stem cells for the hip, none: title}")
    edit("length: 43, kind: sentence,", "length: 43, kind: sentence, none: advert,")
    done = ok("documents", "anchor", str(FILE)).out
    assert done == f"{FILE}: 1 claim anchored, 1 with a new place\n"
    ok("documents", "coverage", *CORPUS)
    ok("documents", "verify", *CORPUS)
    ok("build", *CORPUS)


def test_a_document_is_added_as_the_page_says() -> None:
    begin()
    finish()
    listed = ok("claims", "list", "--document", "clinic-hip-page").out
    assert listed.startswith("clinic-hip-page/001  + reports of others\n")
    assert "how often or how far: almost always" in listed
    assert ok("claims", "show", "clinic-hip-page/001").out.count("anchored") == 1
    assert "a clinic that sells the treatment" in ok("documents", "list", *CORPUS).out
    beside = ok("query", "documents", "--format", "json", "--corpus", "my-corpus").out
    assert len(json.loads(beside)) == 4
    assert "3 documents" in ok("build").out


def test_the_schema_that_the_file_names_lies_beside_it() -> None:
    begin()
    assert FILE.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=document.schema.json\n")
    assert (FILE.parent / "document.schema.json").read_text(encoding="utf-8") == ok("documents", "schema").out


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("almost never performed", "the document does not say"),
        ("of the hip, never", "the nearest words are"),
        ("hip", "2 times"),
    ],
)
def test_a_quote_that_cannot_be_placed_is_listed_with_its_line(quote: str, told: str) -> None:
    begin()
    edit("claims: []\n", CLAIM.replace(SAID, quote))
    before = FILE.read_bytes()
    found = avnkg("documents", "anchor", str(FILE))
    assert found.code == 2
    line = FILE.read_text(encoding="utf-8").splitlines().index(f'    quote: "{quote}"') + 1
    assert f"{FILE}:{line}: claim 001: " in found.err
    assert told in found.err
    assert FILE.read_bytes() == before


def test_a_changed_page_is_a_new_document_and_the_old_one_stays(home: Path) -> None:
    begin()
    finish()
    kept = home / "documents" / "clinic-hip-page.txt"
    kept.write_text(TEXT + "\nMore.\n", encoding="utf-8")
    drifted = avnkg("documents", "verify", *CORPUS)
    assert drifted.code == 1
    assert "`avnkg documents new FILE --replaces clinic-hip-page`" in " ".join(drifted.out.split())
    assert "text not here" in ok("documents", "list", *CORPUS).out
    Path("clinic-hip-page-2026.txt").write_text(TEXT + "\nMore.\n", encoding="utf-8")
    ok("documents", "new", "clinic-hip-page-2026.txt", "--into", "my-corpus", "--replaces", "clinic-hip-page")
    new = FILE.with_name("clinic-hip-page-2026.yaml")
    assert "replaces: clinic-hip-page\n" in new.read_text(encoding="utf-8")
    assert FILE.exists()
    kept.write_text(TEXT, encoding="utf-8")
    filled = new.read_text(encoding="utf-8").replace("'FILL IN: who publishes it'", "A Clinic")
    filled = filled.replace("'FILL IN: as ''copyright of the publisher'''", "none")
    lines = ["  kind: clinic-blog" if line.startswith("  kind: 'FILL") else line for line in filled.splitlines()]
    new.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ok("build", *CORPUS)
    assert "clinic-hip-page/001" in ok("claims", "list").out


def test_claims_go_out_and_come_back_as_the_same_graph(tmp_path: Path) -> None:
    """Out as a table, into the bare record again or beside it: the same graph, to the byte."""
    begin()
    bare = FILE.read_text(encoding="utf-8")
    finish()
    whole = ok("export", "--format", "nquads", *CORPUS).data
    for form in ("jsonl", "csv", "parquet"):
        table = f"claims.{form}"
        edited = FILE.read_text(encoding="utf-8")
        ok("claims", "export", "--format", form, "-o", table, *CORPUS)
        FILE.write_text(bare, encoding="utf-8")
        built = ok("build", *CORPUS, "--claims", table)
        assert built.out.startswith("1 document, 1 claim: 1 anchored")
        assert json.loads(ok("claims", "show", "clinic-hip-page/001", "--json").out)["verification"] == "anchored"
        taken = ok("claims", "import", table, "--into", "my-corpus").out
        assert taken.endswith("1 claim in all\n")
        assert ok("export", "--format", "nquads", *CORPUS).data == whole
        assert ok("claims", "import", table, "--into", "my-corpus").out == "0 claims in all\n"
        FILE.write_text(edited, encoding="utf-8")


def test_a_claim_that_is_withdrawn_asserts_nothing_more() -> None:
    begin()
    finish()
    edit("    force: reports\n", "    force: reports\n    withdrawn: not what it says\n")
    ok("build", *CORPUS)
    assert avnkg("claims", "list").code == 1
    assert "WITHDRAWN, it no longer counts: not what it says" in ok("claims", "show", "clinic-hip-page/001").out
    assert "not what it says" in ok("query", "withdrawn").out


def test_an_open_build_takes_names_nobody_knows() -> None:
    begin()
    finish()
    edit("object: CoreDecompression", "object: magnet hat")
    assert avnkg("build", *CORPUS).code == 2
    ok("build", *CORPUS, "--open")
    assert ok("claims", "list").out.startswith("clinic-hip-page/001")
