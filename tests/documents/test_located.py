"""YAML is read as text with lines; what hides something is refused."""

from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from avnkg.documents.located import located_error, place_name, read_yaml
from avnkg.errors import AvnkgError, ClaimError, DocumentError

PATH = Path("a.yaml")


@pytest.mark.parametrize("word", ["no", "012", "2025-10-22", "1e3", "0x10", "Yes", "1_000", "12:30"])
def test_a_scalar_stays_what_was_typed(word: str) -> None:
    assert read_yaml(f"a: {word}\n").data == {"a": word}


@pytest.mark.parametrize(("written", "value"), [("", None), ("~", None), ("null", None), ("'null'", "null")])
def test_a_plain_null_is_absent_and_a_quoted_one_a_word(written: str, value: str | None) -> None:
    assert read_yaml(f"a: {written}\n").data == {"a": value}


def test_every_value_knows_its_line() -> None:
    found = read_yaml("a: 1\nb:\n  - c: |\n      words\n      more\n    d: [x,\n        y]\n")
    assert [found.line(place) for place in [("a",), ("b", 0, "c"), ("b", 0, "d", 1), ("b", 0, "d", 9), ("z",)]] == [
        1,
        3,
        7,
        6,
        1,
    ]


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ("a: b: c\n", DocumentError, "a.yaml:1: expected YAML, got: mapping values are not allowed"),
        ("a: 1\nb: [1,\n", DocumentError, "a.yaml:3: expected YAML, got: "),
        ("a: 1\n b: 2\n", DocumentError, "a.yaml:2: expected YAML, got: "),
        ('a: 1\nb: "x\n', DocumentError, "a.yaml:3: expected YAML, got: found unexpected end of stream"),
        ("a: 1\n---\nb: 1\n", DocumentError, "a.yaml:2: expected YAML, got: "),
        ("a: é🦴\nb: \x07\n", DocumentError, "a.yaml:2: expected YAML, got the character U+0007; remove it"),
        ("", DocumentError, "a.yaml: expected a document's record and claims, got an empty file"),
        ("# nothing\n", DocumentError, "a.yaml: expected a document's record and claims, got an empty file"),
        ("a: 1\nb: 2\na: 3\n", ClaimError, "a.yaml:3: the key 'a' is given twice"),
        ("a: &x 1\nb: *x\n", ClaimError, "a.yaml:2: expected plain values, got the alias *x; write the value out"),
        ("? [a]\n: 1\n", ClaimError, "a.yaml:1: expected a name as key, got a structure"),
        ("a: " + "[" * 900 + "]" * 900, DocumentError, "a.yaml:1: expected YAML, got structures nested too deeply"),
        ("[" * 200_000, DocumentError, "a.yaml:1: expected YAML, got structures nested too deeply"),
        ("- " * 200_000, DocumentError, "a.yaml:1: expected YAML, got structures nested too deeply"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_line(text: str, kind: type[AvnkgError], message: str) -> None:
    with pytest.raises(kind) as caught:
        read_yaml(text, PATH)
    assert str(caught.value).startswith(message)


def test_emphasis_between_quotes_is_no_alias() -> None:
    assert read_yaml('a: "*not* typically"\nb: 2 * 3\n').data == {"a": "*not* typically", "b": "2 * 3"}


VALUES = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_any_words_written_as_yaml_come_back(value: object) -> None:
    written = yaml.dump({"a": value}, allow_unicode=True, sort_keys=False, default_style='"')
    assert read_yaml(written).data == {"a": value}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_whatever_a_file_holds_the_answer_is_data_or_an_error_of_ours(text: str) -> None:
    with suppress(AvnkgError):
        assert read_yaml(text, PATH).path == PATH


def test_a_place_is_written_as_a_person_would() -> None:
    assert place_name(("claims", 3, "scope", "stage", 0)) == "claims[3].scope.stage[0]"
    assert place_name(()) == ""


def test_an_error_carries_file_line_field_and_what_to_do() -> None:
    found = read_yaml("claims:\n  - scope:\n      stage: x\n", PATH)
    error = located_error(ClaimError, "wrong", found, ("claims", 0, "scope", "stage"), "right it")
    assert str(error) == "a.yaml:3: claims[0].scope.stage: wrong; right it"
