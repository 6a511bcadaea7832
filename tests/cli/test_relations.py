"""Relations and disputes on the command line: what is listed, in which form, and with which exit code."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from avnkg.analysis.verdicts import Verdict
from avnkg.graph.build import build, inputs
from tests.cli.shell import Done, avnkg
from tests.page import Page
from tests.queries.engines import oxigraph_server

FIELDS = ["id", "verdict", "kind", "a", "b", "decidedBy", "narrowedBy", "assumes", "rule", "says"]
LISTS = ("a", "b", "decidedBy", "narrowedBy", "assumes")
# As they were worked out for the tiny world: tests/mini/README.md.
VERDICTS = {verdict.value: 1 for verdict in Verdict} | {"Agreement": 3, "Contradiction": 2, "ScopeDifference": 2}
ACTING = "\x1b\x07\x08\u202e\u202c\u2066\u2028\u2029\u200f"
HOSTILE = f"[red]\u202egnirts\u202c\x1b[31m \u2066<script> {ACTING}"


def lines(*words: str) -> list[dict[str, Any]]:
    """Return what `avnkg relations` gives to programs."""
    found = avnkg("relations", *words, "--format", "jsonl")
    assert not found.err
    assert found.code == (0 if found.out else 1)
    return [json.loads(line) for line in found.out.splitlines()]


def sides(line: dict[str, Any]) -> str:
    """Return a relation's name by its sides."""
    return " : ".join(" ".join(line[side]) for side in ("a", "b"))


@pytest.mark.usefixtures("mini")
class TestList:
    """`avnkg relations`."""

    def test_lines_for_programs_have_these_fields(self) -> None:
        found = lines()
        assert Counter(line["verdict"] for line in found) == VERDICTS
        for line in found:
            assert list(line) == FIELDS
            assert all(isinstance(line[name], list if name in LISTS else str) for name in FIELDS)
            assert all(line[name] == sorted(line[name]) for name in LISTS)
            assert line["a"]
            assert line["b"]
        assert len({line["id"] for line in found}) == len(found)

    def test_a_line_says_all_of_a_relation(self) -> None:
        [line] = lines("--verdict", "refinement")
        assert line == {
            "id": line["id"],
            "verdict": "Refinement",
            "kind": "advice",
            "a": ["beta-clinic/011"],
            "b": ["alpha-travel/002"],
            "decidedBy": [],
            "narrowedBy": ["subject"],
            "assumes": ["anatomy"],
            "rule": "7-advice",
            "says": line["says"],
        }
        assert line["says"].startswith("Beta Clinic says for a narrower case what Alpha Travel says")
        [apart] = lines("--verdict", "Parallel")
        assert apart["decidedBy"] == ["deliveryAccess", "time"]

    def test_csv_has_the_same(self) -> None:
        found = avnkg("relations", "--format", "csv")
        assert found.data.count(b"\r\n") == len(lines()) + 1
        read = list(csv.DictReader(io.StringIO(found.out, newline="")))
        wanted = [
            {name: " ".join(value) if isinstance(value, list) else value for name, value in line.items()}
            for line in lines()
        ]
        assert read == wanted

    def test_the_table_shows_the_words_of_both_sides(self) -> None:
        found = avnkg("relations", "--verdict", "contradiction", "--across").out
        [line] = lines("--verdict", "contradiction", "--across")
        assert found.splitlines()[0] == f"Contradiction  {line['id']}  class, 2 independent voices"
        assert "  A alpha-travel/005, + says so: “The operation with cells is minimally invasive surgery”" in found
        assert "  B beta-clinic/005, + says so: “the operation with cells, which is invasive surgery”" in found
        assert "under: anatomy: hip (inherited)" in found
        assert found.splitlines()[-1] == "1 relation"

    def test_a_side_that_is_the_same_is_shown_once(self) -> None:
        found = avnkg("relations", "--verdict", "agreement", "--within").out
        assert [line[:20] for line in found.splitlines() if line.startswith("  A ")] == ["  A gamma-institute/"] * 2
        assert "  B " not in found

    @pytest.mark.parametrize("verdict", [*Verdict, "scope difference", "SCOPE-DIFFERENCE"])
    def test_by_verdict_in_any_spelling(self, verdict: str) -> None:
        bare = verdict.casefold().replace("-", "").replace(" ", "")
        [told] = [each for each in VERDICTS if each.casefold() == bare]
        assert [line["verdict"] for line in lines("--verdict", verdict)] == [told] * VERDICTS[told]

    def test_across_and_within_are_all(self) -> None:
        across, within = lines("--across"), lines("--within")
        assert {sides(line) for line in within} == {
            "gamma-institute/011 : gamma-institute/012",
            "gamma-institute/006 gamma-institute/010 : gamma-institute/006 gamma-institute/010",
        }
        assert sorted(line["id"] for line in (*across, *within)) == sorted(line["id"] for line in lines())

    def test_about_a_concept(self) -> None:
        assert {sides(line) for line in lines("--about", "osteonecrosis", "--verdict", "rival")} == {
            "alpha-travel/001 gamma-institute/001 : beta-clinic/013"
        }
        assert {sides(line) for line in lines("--about", "LesionInjection")} == {
            "alpha-travel/006 : beta-clinic/002",
            "alpha-travel/010 : beta-clinic/012",
            "beta-clinic/011 : alpha-travel/002",
        }
        assert len(lines("--about", "cell therapy")) > 3

    @pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
    def test_nothing_found_is_exit_code_1(self, form: str) -> None:
        found = avnkg("relations", "--about", "knee", "--format", form)
        assert (found.code, found.err) == (1, "")
        assert found.out == {"table": "0 relations\n", "jsonl": "", "csv": ",".join(FIELDS) + "\r\n"}[form]
        assert avnkg("relations", "--verdict", "rival", "--within").code == 1

    def test_the_answer_is_the_same_each_time(self) -> None:
        assert avnkg("relations").out == avnkg("relations").out

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["--verdict", "maybe"], "expected a verdict (ScopeDifference, "),
            (["--verdict", ""], "expected a verdict"),
            (["--about", "zzz"], "the ontology has no term 'zzz'"),
            (["--format", "json"], "expected one of the formats table, jsonl, csv, got 'json'"),
            (["--format", "xml"], "expected one of the formats"),
        ],
    )
    def test_wrong_words_are_exit_code_2(self, words: list[str], told: str) -> None:
        found = avnkg("relations", *words)
        assert (found.code, found.out) == (2, "")
        assert found.err.startswith(f"avnkg: {told}")


@pytest.mark.usefixtures("mini")
class TestShow:
    """`avnkg relations show`."""

    def test_tells_what_led_to_the_verdict(self) -> None:
        [line] = lines("--verdict", "qualification")
        found = avnkg("relations", "show", line["id"]).out
        assert found.splitlines()[0] == f"Qualification  {line['id']}  advice, 2 independent voices"
        assert "what it means: a general statement and its exception" in found
        assert "narrower in: stage" in found
        assert "rule: 2-advice (docs/relations.md, row 2 of the table)" in found
        assert "decided by" not in found

    def test_every_relation_can_be_shown_by_enough_of_its_id(self) -> None:
        found = lines()
        for line in found:
            names = [each["id"] for each in found]
            short = next(n for n in range(1, 30) if sum(name.startswith(line["id"][:n]) for name in names) == 1)
            for name in (line["id"][:short], f"relation/{line['id']}"):
                shown = avnkg("relations", "show", name, "--json")
                assert shown.code == 0
                assert json.loads(shown.out) == line

    @pytest.mark.parametrize("name", ["zzz", "", "relation/", "'", "../x"])
    def test_an_unknown_one_is_exit_code_1(self, name: str) -> None:
        found = avnkg("relations", "show", name)
        assert (found.code, found.out) == (1, "")
        assert found.err.startswith(f"avnkg: there is no relation {name.removeprefix('relation/')!r}")
        assert "`avnkg relations` lists them" in found.err

    def test_a_beginning_of_several_is_told(self) -> None:
        first = Counter(line["id"][0] for line in lines()).most_common(1)[0]
        assert first[1] > 1
        found = avnkg("relations", "show", first[0])
        assert (found.code, found.out) == (1, "")
        assert found.err.startswith(f"avnkg: {first[1]} relations begin with {first[0]!r}")


@pytest.mark.usefixtures("mini")
class TestDisputes:
    """`avnkg disputes`."""

    def disputes(self, *words: str) -> list[dict[str, Any]]:
        """Return disputes as programs read them."""
        found = avnkg("disputes", *words, "--json")
        assert (found.code, found.err) == (0, "")
        read = json.loads(found.out)
        assert isinstance(read, list)
        return read

    def test_json_has_sides_and_relations(self) -> None:
        found = self.disputes()
        assert [each["title"] for each in found] == [
            "whether core decompression with cells is a kind of invasive surgery or minimally invasive surgery, "
            "and whether cell therapy is performed with core decompression: Alpha Travel against Beta Clinic",
            "whether osteonecrosis comes about by pressure in the bone or reduced blood flow: "
            "Alpha Travel and Gamma Institute against Beta Clinic",
            "the price of joint replacement: Gamma Institute against itself",
        ]
        assert found[0]["sides"] == [
            {"voices": "Alpha Travel", "independent": 1, "claims": ["alpha-travel/003", "alpha-travel/005"]},
            {"voices": "Beta Clinic", "independent": 1, "claims": ["beta-clinic/005", "beta-clinic/009"]},
        ]
        parts = {name: [line["verdict"] for line in kept] for name, kept in found[0]["relations"].items()}
        assert parts == {
            "clash": ["Contradiction"],
            "strain": ["Tension"],
            "common ground": ["Refinement"],
            "dissolved": ["Qualification", "ScopeDifference"],
        }
        assert list(found[0]["relations"]["clash"][0]) == FIELDS
        assert found[1]["sides"][0]["independent"] == 2
        for each in found:
            assert list(each) == ["id", "title", "sides", "relations"]

    def test_the_screen_has_both_sides_what_dissolves_and_what_would_settle_it(self) -> None:
        found = avnkg("disputes").out
        for words in (
            "Alpha Travel (2 claims, 1 independent voice)",
            "Interest: an invented clinic that sells the treatment it describes",
            "What they clash on",
            "Where they strain against each other",
            "On what they agree all the same",
            "Apparent conflicts that dissolve, and why",
            "by delivery target: 1",
            "Whether both sides mean the same anatomy",
            "1 clash rests on no such assumption.",
            "Nothing here says who is right.",
        ):
            assert words in found
        assert found.count("What would settle it") == 3
        assert found.index("Alpha Travel against Beta Clinic") < found.index("against itself")

    def test_one_is_shown_by_its_id_or_a_beginning(self) -> None:
        for each in self.disputes():
            for name in (each["id"], each["id"][:8], f"dispute/{each['id']}"):
                assert self.disputes(name) == [each]
            shown = avnkg("disputes", each["id"]).out
            assert each["title"] in " ".join(shown.split())
            assert shown.count("What they clash on") == 1
            assert f"avnkg disputes {each['id']} --all" in shown

    def test_an_unknown_one_is_exit_code_1(self) -> None:
        for more in ((), ("--json",), ("--all",)):
            found = avnkg("disputes", "zzz", *more)
            assert (found.code, found.out) == (1, "")
            assert found.err.startswith("avnkg: there is no dispute 'zzz'; `avnkg disputes` lists them")

    def test_the_first_run_ends_with_the_dispute_on_delivery(self) -> None:
        found = " ".join(avnkg("run").out.split())
        told = f"The dispute: {self.disputes()[0]['title']}"
        assert found.index("WITH SURGERY") < found.index(told) < found.index("What they clash on")
        assert found.index("What would settle it") < found.index("Try next")
        assert avnkg("disputes").code == 0


@pytest.mark.usefixtures("ours")
class TestOurs:
    """The embedded corpus: longer than a screen."""

    def test_all_shows_more(self) -> None:
        short, whole = avnkg("disputes").out, avnkg("disputes", "--all").out
        assert "and 1 more" in short or " more" in short
        assert len(whole) > len(short)
        assert not [line for line in whole.splitlines() if line.strip().startswith("and ") and line.endswith(" more")]
        for line in lines("--verdict", "contradiction"):
            assert line["id"] in whole

    def test_no_line_is_wider_than_the_screen(self) -> None:
        for command in (["relations"], ["disputes"], ["disputes", "--all"], ["run"]):
            assert max(map(len, avnkg(*command).out.splitlines())) <= 160, command

    def test_the_first_run_names_both_publishers_of_the_dispute(self) -> None:
        _, told = " ".join(avnkg("run").out.split()).split("The dispute: ")
        assert told.partition(" What they clash on")[0].endswith("PlacidWay against Regenexx")


class TestElsewhere:
    """Other corpora and other stores."""

    def test_where_nothing_clashes_there_is_no_dispute(self, page: Page) -> None:
        page.write(page.claim())
        given = ("--corpus", page.corpus, "--without-embedded", "--documents", page.texts)
        assert avnkg("build", *given).code == 0
        found = avnkg("disputes")
        assert (found.code, found.out) == (1, "No claims contradict each other, and none are rivals.\n")
        assert avnkg("disputes", "--json").out == "[]\n"
        assert avnkg("relations").out == "0 relations\n"

    def test_an_endpoint_answers_alike(self, mini: Path, mini_quads: tuple[str, ...], tmp_path: Path) -> None:
        (tmp_path / "served").mkdir()
        with oxigraph_server(mini_quads, tmp_path / "served") as endpoint:
            at = ("--store", endpoint.address)
            for command in (["relations"], ["relations", "--format", "jsonl"], ["disputes"], ["disputes", "--json"]):
                assert avnkg(*command, *at).data == avnkg(*command).data

    def test_hostile_words_are_shown_as_text_and_kept_for_programs(self, page: Page) -> None:
        bad = Page(page.folder, text=f"{HOSTILE} hurts.\n\n{HOSTILE} is painful.\n")
        kind = {"subject": "CoreDecompression", "predicate": "isKindOf", "object": "MajorSurgery"}
        bad.write(
            bad.claim("001", quote=f"{HOSTILE} hurts", says=HOSTILE, **kind),
            bad.claim("002", quote=f"{HOSTILE} is painful", says=HOSTILE, stance="denies", **kind),
            title=HOSTILE,
            publisher=HOSTILE,
        )
        build(inputs((bad.corpus,), embedded=False, documents=bad.texts))
        exact: Done = avnkg("relations", "--format", "jsonl")
        told = json.loads(exact.out)
        assert HOSTILE in told["says"]
        commands = ("relations", f"relations show {told['id']}", "disputes", "disputes --all", "conflicts", "run")
        for command in commands:
            found = avnkg(*command.split())
            assert found.code == 0
            assert not set(ACTING) & set(found.out + found.err), command
            assert "[red]<U+202E>gnirts" in "".join(found.out.split()) or command == "run", command
        written = json.dumps(HOSTILE, ensure_ascii=False)[1:-1]
        for command in ("conflicts --json", "disputes --json"):
            assert written in json.dumps(json.loads(avnkg(*command.split()).out), ensure_ascii=False)

    def test_a_folder_without_documents_is_told(self, tmp_path: Path) -> None:
        for command in ("relations", "disputes", "conflicts", "stats"):
            found = avnkg(command, "--corpus", tmp_path, "--without-embedded")
            assert (found.code, found.out) == (1, "")
            assert "the folder holds no corpus file (*.yaml)" in found.err
