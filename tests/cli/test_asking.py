"""The commands that ask the graph: what they print, and with which exit code they leave."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.shell import Done, avnkg

pytestmark = pytest.mark.usefixtures("mini")

ASKING = [
    "build --without-embedded --corpus {mini}/corpus --documents {mini}/documents --json",
    "find marrow --json",
    "query by-document --param document=alpha-travel --format json",
    "queries --json",
    "why osteonecrosis hasMechanism --json",
    "validate --json",
    "stats --json",
    "claims list --json",
    "disputes --json",
    "claims show beta-clinic/008 --json",
    "documents list --without-embedded --corpus {mini}/corpus --json",
    "documents verify --without-embedded --corpus {mini}/corpus --json",
    "documents coverage --without-embedded --corpus {mini}/corpus --json",
    "documents schema",
]


def done(line: str) -> Done:
    """Run a command of the tiny world."""
    place = Path(__file__).resolve().parent.parent / "mini"
    found = avnkg(*line.format(mini=place).split())
    assert not found.err, found.err
    return found


@pytest.mark.parametrize("line", ASKING)
def test_what_is_for_programs_is_json(line: str) -> None:
    found = done(line)
    assert found.code == 0
    assert json.loads(found.out)


@pytest.mark.parametrize("line", [line.replace(" --json", "").replace(" --format json", "") for line in ASKING])
def test_what_is_piped_has_no_codes_for_terminals(line: str) -> None:
    found = done(line)
    assert found.code == 0
    assert found.out.strip()
    assert "\x1b" not in found.out
    assert max(map(len, found.out.splitlines())) <= 160 or line == "documents schema"


def test_the_first_run_shows_both_sides_and_what_to_try(mini: Path) -> None:
    found = avnkg("run")
    assert found.code == 0
    lines = found.out.splitlines()
    assert lines[0] == "3 documents, 39 claims: 39 anchored in their texts, 0 fingerprinted."
    assert "WITH SURGERY" in found.out
    assert "BY INJECTION ALONE" in found.out
    assert "Nothing here says who is right." in found.out
    ways = [line for line in lines if line.startswith("  avnkg ")]
    assert any(line.startswith("  avnkg claims show beta-clinic/008  ") for line in ways)


def test_each_command_the_first_run_proposes_works(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    proposed = [line.split() for line in avnkg("run").out.splitlines() if line.startswith("  avnkg ")]
    assert [line[1] for line in proposed] == ["graph", "query", "claims", "serve"]
    for line, words in zip(proposed, (4, 3, 4, 2), strict=True):
        # What serves would not come back.
        asked = [*line[1:words], "--help"] if line[1] == "serve" else line[1:words]
        assert avnkg(*asked).code == 0, line
    assert (tmp_path / "dispute.html").is_file()


def test_claims_are_shown_with_voice_wording_quote_and_conditions() -> None:
    found = avnkg("claims", "show", "alpha-travel/008")
    assert found.out.startswith(
        "alpha-travel/008\nPeople in the early stage should have core decompression with cells.\n"
    )
    assert "“Who should have it?”" in found.out
    assert "under  " in found.out
    assert "stage: early stage (stated)" in found.out
    listed = avnkg("claims", "list", "--document", "alpha-travel", "--stance", "denies").out
    assert listed.splitlines() == [
        "alpha-travel/006  − denies it",
        "  In the hip, injecting cells into the joint does not heal the lesion.",
        "  “A pure injection into the joint does not heal the lesion”",
        "  under: anatomy: hip (inherited)",
        "",
        "1 claim",
    ]


@pytest.mark.parametrize("name", ["lesion injection", "LesionInjection", "avn:LesionInjection", "LESION  injection"])
def test_a_concept_is_known_by_label_name_and_either_without_case(name: str) -> None:
    assert "beta-clinic/001" in avnkg("claims", "list", "--about", name).out


def test_a_withdrawn_claim_is_not_listed_but_shown_when_asked_for() -> None:
    assert "gamma-institute/003" not in avnkg("claims", "list").out
    assert "gamma-institute/004" in avnkg("claims", "list").out
    shown = avnkg("claims", "show", "gamma-institute/003")
    assert shown.code == 0
    assert shown.out.splitlines()[1] == "WITHDRAWN, it no longer counts: the words name a risk factor, not a cause"
    assert json.loads(avnkg("claims", "show", "gamma-institute/003", "--json").out)["withdrawn"]
    assert "gamma-institute/003" in avnkg("query", "withdrawn").out
    assert avnkg("why", "osteonecrosis", "hasCause", "steroids").code == 1


def test_why_tells_who_put_a_triple_there_and_who_spoke_of_it_without() -> None:
    found = avnkg("why", "osteonecrosis", "hasMechanism", "reduced blood flow")
    assert [line for line in found.out.splitlines() if line[:1].isalpha() and "/0" in line] == [
        "alpha-travel/001  + defines",
        "gamma-institute/001  + defines",
    ]
    spoken = avnkg("why", "cell therapy", "isPerformedWith", "core decompression")
    assert spoken.code == 1
    assert "No claim asserts or denies" in spoken.out
    assert "alpha-travel/003  + reports of others" in spoken.out
    assert "Nor does any claim speak of it" in avnkg("why", "knee", "isKindOf", "hip").out


def test_rows_are_csv_and_tsv_with_the_same_cells() -> None:
    as_json = json.loads(avnkg("query", "documents", "--format", "json").out)
    for form, mark in (("csv", ","), ("tsv", "\t")):
        read = list(csv.DictReader(io.StringIO(avnkg("query", "documents", "--format", form).out), delimiter=mark))
        assert read == [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in as_json]


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json"])
def test_no_rows_are_told_by_the_exit_code_in_every_format(form: str) -> None:
    found = avnkg("query", "by-document", "--param", "document=nope", "--format", form)
    assert found.code == 1
    assert found.out.strip()


def test_a_page_is_told_as_such_in_every_format() -> None:
    whole = avnkg("query", "listing", "--format", "csv")
    assert not whole.err
    lines = whole.out.splitlines()
    cut = avnkg("query", "listing", "--limit", "2", "--format", "csv")
    assert (cut.code, cut.out.splitlines(), cut.err) == (
        0,
        lines[:3],
        "avnkg: the first 2 rows; more with --offset 2\n",
    )
    later = avnkg("query", "listing", "--limit", "2", "--offset", "2", "--format", "tsv")
    assert later.err == "avnkg: rows 3 to 4; more with --offset 4\n"
    last = avnkg("query", "listing", "--limit", "99", "--offset", "37", "--format", "json")
    assert (len(json.loads(last.out)), last.err) == (1, "avnkg: without the first 37 rows\n")
    assert avnkg("query", "listing", "--limit", "2").out.endswith(
        "\n2 claims\nthe first 2 rows; more with --offset 2\n"
    )
    assert avnkg("query", "documents", "--limit", "1").out.endswith("\n1 row\nthe first 1 row; more with --offset 1\n")
    assert avnkg("query", "documents", "--limit", "3").out.endswith("\n3 rows\n")
    own = avnkg("query", "-", "--limit", "1", "--format", "csv", stdin="SELECT ?c { ?c a avn:Claim } ORDER BY ?c")
    assert own.out.endswith("/alpha-travel/001\n")
    assert own.err == "avnkg: the first 1 row; more with --offset 1\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("--limit 0", "--limit"),
        ("--offset -1", "--offset"),
        ("--limit many", "--limit"),
        ("--param limit=5", "write --limit 5"),
    ],
)
def test_what_is_no_page_is_refused(line: str, told: str) -> None:
    found = avnkg("query", "listing", *line.split())
    assert found.code == 2
    assert told in found.err


def test_a_query_of_your_own_comes_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    text = "SELECT (COUNT(?c) AS ?n) { ?c a avn:Claim }"
    (tmp_path / "my-question.rq").write_text(text, encoding="utf-8")
    from_file = avnkg("query", tmp_path / "my-question.rq", "--format", "csv")
    from_input = avnkg("query", "-", "--format", "csv", stdin=text)
    assert from_file.data == from_input.data == b"n\n38\n"
    assert avnkg("query", tmp_path / "my-question.rq").out.startswith("A query of your own.\n")
    assert avnkg("query", "-", stdin="ASK { ?c a avn:Claim }").out.splitlines()[1:4] == [
        "┃ answer ┃",
        "┡━━━━━━━━┩",
        "│ true   │",
    ]


def test_many_columns_are_shown_as_records_and_few_as_a_table() -> None:
    wide = "SELECT " + " ".join(f"(1 AS ?c{number})" for number in range(20)) + " {}"
    assert avnkg("query", "-", stdin=wide).out.splitlines()[:2] == ["c0   1", "c1   1"]
    assert "┃ c0 ┃" in avnkg("query", "-", stdin="SELECT (1 AS ?c0) {}").out


def test_the_library_is_listed_with_parameters() -> None:
    found = avnkg("queries")
    assert "--param procedure (core decompression)" in found.out
    assert [line.strip() for line in found.out.splitlines() if line.isupper()] == [
        "CLAIMS",
        "AGREEMENT",
        "CONTRADICTION",
        "PROVENANCE",
        "CHECKS",
    ]
    page = avnkg("queries", "--markdown").out
    assert page.startswith("# The query library\n")
    assert "[by-procedure](claims/by-procedure.rq)" in page
    tagged = json.loads(avnkg("queries", "--tag", "check", "--json").out)
    assert all(query["name"].startswith("checks/") for query in tagged)


def test_counts_add_up() -> None:
    counts = json.loads(avnkg("stats", "--json").out)
    assert {name: sum(found.values()) for name, found in counts.items()} == dict.fromkeys(counts, 38)
    assert counts["document"] == {"alpha-travel": 13, "beta-clinic": 14, "gamma-institute": 11}
    assert avnkg("stats").out.startswith("38 claims\n")


def test_a_sound_graph_is_called_sound() -> None:
    assert avnkg("validate").out == "The graph is sound: every invariant and every shape holds.\n"


def test_the_doctor_looks_at_everything() -> None:
    found = avnkg("doctor")
    assert found.code == 0
    assert "BAD" not in found.out
    assert "graph: 39 claims" in found.out
    sick = avnkg("doctor", "--store", "http://127.0.0.1:9/query")
    assert sick.code == 1
    assert "BAD store: cannot reach" in sick.out


def test_finding_needs_all_words_in_any_order_and_case() -> None:
    assert avnkg("find", "MARROW", "patient").out.splitlines()[0] == "alpha-travel/002  + describes its own way"
    missed = avnkg("find", "marrow", "lesion-free")
    assert (missed.code, missed.out) == (1, "")
    assert "no claim holds 'marrow lesion-free'" in missed.err
