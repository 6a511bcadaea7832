"""Wrong words: one readable message on standard error, nothing on standard output, the exit code that is documented."""

import os
from pathlib import Path

import pytest

from tests.cli.shell import avnkg
from tests.page import Page

DEAD = "http://127.0.0.1:9/query"

WRONG = [
    # command, exit code, what the message says
    ("query nosuch", 1, "there is no query 'nosuch'; did you mean "),
    ("query nosuch.rq", 1, "there is no query 'nosuch.rq', and no file of this name"),
    ("query {folder}", 1, "there is no query '{folder}'"),
    ("query ''", 1, "there is no query ''; `avnkg queries` lists them"),
    ("query -", 2, "expected a query on standard input, got none"),
    ("query {binary}.rq", 2, "{binary}.rq: cannot read the query"),
    ("query 'SELECT ?x {{'", 2, "expected SPARQL, got: error at 1:12: expected"),
    ("query 'CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}'", 2, "expected a SELECT or ASK query"),
    ("query documents --format xml", 2, "expected one of the formats table, csv, tsv, json, got 'xml'"),
    ("query documents --param x", 2, "expected NAME=VALUE, got 'x'; as --param stage=Stage1"),
    ("query by-procedure --param x=1", 2, "claims/by-procedure has no parameter 'x'; it has: procedure"),
    (
        "query by-procedure --param procedure=osteonecrosi",
        2,
        "the ontology has no term 'osteonecrosi'; the nearest are ",
    ),
    ("query by-document --param 'document=a b'", 2, "expected a document, got 'a b'"),
    ("claims show nope/001", 1, "there is no claim 'nope/001'; `avnkg claims list` lists them"),
    ("claims show 001", 1, "there is no claim '001'; did you mean alpha-travel/001 or beta-clinic/001 or "),
    ("claims show 999", 1, "there is no claim '999'; `avnkg claims list` lists them"),
    ("relations c2899d97", 2, "`avnkg relations` has no command 'c2899d97'; try `avnkg relations show c2899d97`"),
    ("relations shw", 2, "No such command 'shw'. Did you mean 'show'?"),
    ("claims show ''", 1, "there is no claim ''"),
    ("claims show 'a b'", 1, "there is no claim 'a b'"),
    (
        "claims list --document nope",
        1,
        "there is no document 'nope'; there are alpha-travel, beta-clinic, gamma-institute",
    ),
    ("claims list --document ''", 1, "there is no document ''"),
    ("claims list --stance maybe", 2, "expected a stance (affirms, denies), got 'maybe'"),
    ("claims list --force shouts", 2, "expected a force (defines, "),
    ("claims list --about zzz", 2, "the ontology has no term 'zzz'"),
    ("claims list --about ''", 2, "the ontology has no term ''"),
    ("relations --verdict maybe", 2, "expected a verdict (ScopeDifference, "),
    ("relations --about zzz", 2, "the ontology has no term 'zzz'"),
    ("relations --format xml", 2, "expected one of the formats table, jsonl, csv, got 'xml'"),
    ("relations show zzz", 1, "there is no relation 'zzz'; `avnkg relations` lists them"),
    ("relations show", 2, "Missing argument"),
    ("relations --store {dead}", 4, "cannot reach the SPARQL endpoint {dead}: "),
    ("disputes zzz", 1, "there is no dispute 'zzz'; `avnkg disputes` lists them"),
    ("disputes --store {dead}", 4, "cannot reach the SPARQL endpoint {dead}: "),
    ("query relation-sides --param 'relation=a<b'", 2, "expected a relation, got 'a<b'"),
    (
        "query by-procedure --procedure x",
        2,
        "there is no option --procedure; a parameter of the query is given as",
    ),
    (
        "query --stage=early by-procedure",
        2,
        "a parameter of the query is given as --param stage=early",
    ),
    ("query by-procedure core", 2, "expected one question, got 'by-procedure' and 'core' after it; write it in quotes"),
    ("query", 2, "Missing argument"),
    ("query by-procedure --param limit=3", 2, "limit is no parameter of a query; write --limit 3"),
    ("graph -o x.html --query by-procedure --param offset=3", 2, "offset is no parameter of a query; write"),
    ("find zzzqqq", 1, "no claim holds 'zzzqqq'; try a single, shorter word"),
    ("find ''", 1, "no claim holds ''"),
    ("find", 2, "Missing argument"),
    ("why zzz isKindOf knee", 2, "the ontology has no term 'zzz'"),
    ("why knee zzz", 2, "the ontology has no term 'zzz'"),
    ("why knee isKindOf zzz", 2, "the ontology has no term 'zzz'"),
    ("why '' isKindOf", 2, "the ontology has no term ''"),
    ("stats --store {dead}", 4, "cannot reach the SPARQL endpoint {dead}: "),
    ("validate --store {dead}", 4, "is it running? `avnkg doctor --store URL` tries it"),
    ("claims show beta-clinic/001 --store {dead}", 4, "cannot reach"),
    ("stats --store nonsense", 4, "expected the http(s) address of a SPARQL endpoint, got 'nonsense'"),
    ("stats --store 'http://[bad'", 4, "expected the http(s) address of a SPARQL endpoint, got 'http://[bad'"),
    ("stats --store 'http://a b/'", 4, "cannot reach the SPARQL endpoint"),
    ("stats --store http://", 4, "cannot reach the SPARQL endpoint"),
    ("queries --tag nope", 1, "no query has the tag 'nope'; the tags are "),
    ("export --format xml", 2, "expected one of the formats nquads, trig, turtle, jsonld, graphml, got 'xml'"),
    ("export --claim nope/001", 1, "there is no claim 'nope/001'"),
    ("export --claim regenexx-avn-hip/035 --format turtle", 2, "one claim is written in TriG, got --format turtle"),
    ("export --format nquads -o {folder}", 4, "{folder}: cannot write the file: "),
    ("export --format nquads -o {folder}/no/a.nq", 4, "no/a.nq: cannot write the file: "),
    ("claims export --format xml", 2, "expected one of the formats jsonl, csv, parquet, got 'xml'"),
    ("claims export --format parquet", 2, "Parquet is no text to print; name a file with `-o FILE`"),
    (
        "claims import {folder}/no.jsonl --into {corpus}",
        1,
        "no.jsonl: expected a table of claims; name an existing file",
    ),
    ("claims import {folder} --into {corpus}", 1, "{folder}: expected a table of claims"),
    (
        "claims import {text} --into {corpus} --documents {folder}/texts",
        2,
        "expected a file ending in .jsonl, .csv, .parquet, got .txt",
    ),
    ("claims import {text} --into {folder}/no", 1, "expected a folder of corpus files"),
    ("build --claims {folder}/no.jsonl", 1, "no.jsonl: expected a table of claims; name an existing file"),
    ("build --claims {text}", 2, "expected a file ending in .jsonl, .csv, .parquet, got .txt"),
    ("build --corpus {folder}/no", 1, "expected a folder of corpus files; name an existing folder"),
    ("build --corpus {text}", 1, "expected a folder of corpus files; name an existing folder"),
    ("build --corpus {empty}", 1, "{empty}: the folder holds no corpus file (*.yaml)"),
    ("build --without-embedded", 4, "expected a corpus to build from, got none; name one with `--corpus DIR`"),
    ("build --documents {folder}/no", 1, "no: expected a folder of texts; name an existing folder"),
    ("documents list --corpus {folder}/no", 1, "expected a folder of corpus files"),
    ("documents verify --documents {text}", 1, "expected a folder of texts"),
    ("documents new {folder}/no.txt", 2, "no.txt: cannot read the text: No such file"),
    ("documents new {folder}", 2, "{folder}: expected a text file, got a folder; name the file inside it"),
    ("documents new {binary}.rq", 2, "expected UTF-8 text, got byte 0xff at byte 0"),
    ("documents new {text} --into {binary}.rq", 2, "{binary}.rq: expected a folder to write into: "),
    ("documents new {text} --into {corpus}", 2, "a-page.yaml: the corpus file is already there"),
    ("documents new {text} --into {empty} --replaces a-page", 2, "a-page cannot replace itself"),
    ("documents anchor {folder}/no.yaml", 2, "no.yaml: cannot read the corpus file: No such file"),
    ("documents anchor {folder}", 2, "cannot read the corpus file: Is a directory"),
    ("documents anchor {text}", 2, "{text}:1: "),
    (
        "documents anchor {corpus}/a-page.yaml",
        1,
        "the text of a-page is not at hand; keep it with `avnkg documents add",
    ),
    ("documents add {folder}/no.txt", 2, "no.txt: cannot read the text: No such file"),
    ("documents add {text}", 2, "no document has recorded this text"),
    ("documents coverage nope", 1, "there is no document 'nope'; there are "),
    ("nonsense", 2, "No such command 'nonsense'"),
    ("--nonsense", 2, "No such option: --nonsense"),
]


@pytest.mark.usefixtures("mini")
@pytest.mark.parametrize(("line", "code", "message"), WRONG, ids=[line for line, _, _ in WRONG])
def test_what_is_wrong_is_told_in_one_message(line: str, code: int, message: str, page: Page) -> None:
    import shlex

    page.write(page.claim())
    (page.folder / "binary.rq").write_bytes(b"\xff\xfe")
    (page.folder / "empty").mkdir()
    names = {
        "folder": page.folder,
        "empty": page.folder / "empty",
        "binary": page.folder / "binary",
        "corpus": page.corpus,
        "text": page.texts / "a-page.txt",
        "dead": DEAD,
    }
    found = avnkg(*shlex.split(line.format(**names)))
    assert found.code == code, found
    assert found.out == ""
    assert message.format(**names) in found.err
    assert "Traceback" not in found.err
    assert len(found.err) < 700
    assert "\x1b" not in found.err


@pytest.mark.parametrize("field", ["publisher", "kind", "licence"])
def test_what_nobody_filled_in_is_told(field: str, page: Page) -> None:
    page.write(page.claim(), **{field: "FILL IN: something"})
    found = avnkg("build", "--corpus", page.corpus)
    assert found.code == 2
    assert f"document.{field}: " in found.err
    assert "a-page.yaml:" in found.err
    assert "FILL IN" in found.err


def test_several_faults_are_all_told_a_line_each(page: Page) -> None:
    page.write(page.claim(subject="Nothing"), page.claim("002", predicate="nothing"))
    found = avnkg("build", "--corpus", page.corpus, "--documents", page.texts)
    assert found.code == 2
    assert ["claims[0].subject" in line for line in found.err.splitlines()] == [True, False]
    assert ["claims[1].predicate" in line for line in found.err.splitlines()] == [False, True]


def test_a_build_that_fails_leaves_the_old_graph_and_the_way_back(page: Page) -> None:
    page.write(page.claim())
    assert avnkg("build", "--corpus", page.corpus, "--without-embedded", "--documents", page.texts).code == 0
    assert avnkg("stats").out.startswith("1 claim\n")
    os.rename(page.corpus, page.folder / "moved")
    gone = avnkg("stats")
    assert (gone.code, gone.out) == (4, "")
    assert f"the graph was last built from {page.corpus}, which has changed and cannot be built now" in gone.err
    assert "plain `avnkg build` to go back to the embedded corpus" in gone.err
    assert avnkg("build").code == 0
    assert avnkg("stats").code == 0


def test_a_table_that_is_gone_is_told_with_the_way_back(page: Page, tmp_path: Path) -> None:
    page.write(page.claim())
    table = tmp_path / "more.jsonl"
    table.write_text("", encoding="utf-8")
    given = ("--corpus", page.corpus, "--without-embedded", "--documents", page.texts, "--claims", table)
    assert avnkg("build", *given).code == 0
    table.unlink()
    gone = avnkg("claims", "list")
    assert gone.code == 4
    assert "plain `avnkg build` to go back" in gone.err
