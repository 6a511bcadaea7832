"""Words are shown as text whatever they hold."""

import io

import pytest
from hypothesis import given
from hypothesis.strategies import text
from rich.console import Console

from avnkg.graph.rows import rows_of
from avnkg.graph.store import memory_store
from avnkg.views.terminal.table import rows_text, rows_view
from avnkg.views.words import plain


@given(text())
def test_what_is_plain_moves_and_hides_nothing(words: str) -> None:
    shown = plain(words)
    assert all(character.isprintable() or character in "\n\t" for character in shown)
    assert plain(shown) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\u202eb", "a<U+202E>b"),
        ("\x1b[31m", "<U+001B>[31m"),
        ("a\u00a0b", "a b"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("\rover", "<U+000D>over"),
        ("Bücher 骨 🦴", "Bücher 骨 🦴"),
    ],
)
def test_what_would_act_on_a_terminal_is_told(words: str, shown: str) -> None:
    assert plain(words) == shown


@pytest.mark.parametrize("width", [40, 80, 160])
def test_rows_are_shown_whole_at_any_width(width: int) -> None:
    rows = rows_of(memory_store([]).query("SELECT " + " ".join(f"('[red]w{n}' AS ?c{n})" for n in range(7)) + "{}"))
    out = io.StringIO()
    Console(file=out, width=width, markup=False, highlight=False).print(rows_view(rows, "Which?"))
    assert all(f"[red]w{n}" in out.getvalue() for n in range(7))
    assert max(map(len, out.getvalue().splitlines())) <= width
    assert ("┃" in out.getvalue()) == (width == 160)
    assert out.getvalue().rstrip().endswith("1 row")


def test_cells_for_programs_are_the_values() -> None:
    rows = rows_of(memory_store([]).query('SELECT ("a,\\"b\\n" AS ?t) (true AS ?y) (1.50 AS ?d) ?none {}'))
    assert rows_text(rows, "csv") == 't,y,d,none\n"a,""b\n",true,1.5,\n'
