"""Words of documents may be hostile: they are shown as text, everywhere, and stored as they are."""

import json
from pathlib import Path

import pytest

from avnkg.graph.build import Inputs, build_memory
from avnkg.graph.claimsgraph import ClaimsGraph, load
from tests.cli.shell import avnkg
from tests.page import Page

QUOTE = "[red]\u202egnirts\u202c\x1b[31m \u2066<script>alert(1)</script> [/nothing] [link=http://a]x[/link] :smile:"
SHOWN = (
    "[red]<U+202E>gnirts<U+202C><U+001B>[31m <U+2066><script>alert(1)</script> [/nothing] "
    "[link=http://a]x[/link] :smile:"
)


@pytest.fixture
def hostile(page: Page) -> tuple[object, ...]:
    """Write a page with a hostile quote, title and publisher; return the options that ask it."""
    bad = Page(page.folder, text=f"What?\n\n{QUOTE} hurts.\n")
    bad.write(bad.claim(quote=QUOTE, says=f"It says {QUOTE}", note=QUOTE), title=f"T {QUOTE}", publisher=f"P {QUOTE}")
    return ("--corpus", bad.corpus, "--without-embedded")


@pytest.mark.parametrize(
    "line", ["claims list", "claims show a-page/001", "find gnirts", "query by-document", "query quotes", "run"]
)
def test_hostile_words_are_shown_as_text(line: str, hostile: tuple[object, ...], page: Page) -> None:
    given = ("--corpus", page.corpus, "--without-embedded", "--documents", page.texts)
    assert avnkg("build", *given).code == 0
    found = avnkg(*line.split(), *(["--param", "document=a-page"] if line.startswith("query") else []))
    assert found.code == 0, found
    assert not {"\x1b", "\u202e", "\u2066"} & set(found.out)
    assert "[red]<U+202E>gnirts" in " ".join(found.out.split()) or line == "run"


def test_the_documents_are_shown_as_text_too(hostile: tuple[object, ...], page: Page) -> None:
    for command in ("list", "coverage --units", "verify"):
        found = avnkg("documents", *command.split(), *hostile, "--documents", page.texts)
        assert not {"\x1b", "\u202e", "\u2066"} & set(found.out + found.err)
    assert f"T {SHOWN}" in avnkg("documents", "list", *hostile, "--documents", page.texts).out


def test_errors_that_hold_words_of_a_text_are_shown_as_text(page: Page) -> None:
    bad = Page(page.folder, text=f"What?\n\n{QUOTE} hurts.\n")
    bad.write(bad.claim(quote=QUOTE + "!", at=7))
    found = avnkg("documents", "anchor", bad.path, "--documents", bad.texts)
    assert found.code == 2
    assert not {"\x1b", "\u202e", "\u2066"} & set(found.err)


def test_programs_get_the_exact_words(hostile: tuple[object, ...], page: Page) -> None:
    avnkg("build", *hostile, "--documents", page.texts)
    [row] = json.loads(avnkg("claims", "list", "--json").out)
    assert row["quote"] == QUOTE


def test_a_notebook_shows_them_as_text(hostile: tuple[object, ...], page: Page) -> None:
    graph = ClaimsGraph(build_memory(Inputs((page.corpus,), page.library)), load().vocabulary)
    rows = graph.query("quotes", document="a-page")
    html = rows._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert rows[0].quote == QUOTE


def test_what_a_person_typed_is_shown_as_text(tmp_path: Path) -> None:
    for words in (["find", "\x1b[31m"], ["query", "\u202ex"], ["claims", "list", "--about", "\x1b]0;x\x07"]):
        found = avnkg(*words)
        assert not {"\x1b", "\u202e"} & set(found.out + found.err)
