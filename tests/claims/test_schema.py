"""The schema takes what the reader takes, and underlines a wrong name or field."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from avnkg.claims.schema import corpus_schema, schema_text
from avnkg.claims.vocabulary import Vocabulary
from avnkg.resources import folder
from tests.conftest import ROOT

FILES = [*sorted(folder("corpus").glob("*.yaml")), *sorted((ROOT / "tests/mini/corpus").glob("*.yaml"))]


class _Plain(yaml.SafeLoader):
    """Reads dates as text, as an editor's program does."""


_Plain.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for key, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def data(path: Path = ROOT / "tests/mini/corpus/alpha-travel.yaml") -> Any:
    """Return what a corpus file holds."""
    return yaml.load(path.read_text(encoding="utf-8"), _Plain)


@pytest.fixture(scope="module")
def validator(vocabulary: Vocabulary) -> Draft202012Validator:
    """Return the schema, itself checked."""
    schema = corpus_schema(vocabulary)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_corpus_file_is_valid(path: Path, validator: Draft202012Validator) -> None:
    found = [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in validator.iter_errors(data(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "Nothing"},
        {"predicate": "nothing"},
        {"comparator": "Nothing"},
        {"force": "shouts"},
        {"stance": "maybe"},
        {"scope": {"nothing": "Hip"}},
        {"inherited": {"nothing": "Hip"}},
        {"nothing": "x"},
        {"says": None},
        {"quote": 3},
    ],
    ids=str,
)
def test_a_wrong_name_or_field_is_underlined(wrong: dict[str, Any], validator: Draft202012Validator) -> None:
    whole = data()
    whole["claims"][3].update(wrong)
    errors = list(validator.iter_errors(whole))
    assert errors
    assert all(list(error.absolute_path)[:2] == ["claims", 3] for error in errors)


def test_a_field_that_is_needed_is_missed(validator: Draft202012Validator) -> None:
    whole = data()
    del whole["claims"][0]["quote"], whole["document"]["publisher"]
    assert {tuple(error.absolute_path) for error in validator.iter_errors(whole)} == {("claims", 0), ("document",)}


def test_the_text_is_the_schema_the_same_each_time(vocabulary: Vocabulary) -> None:
    assert json.loads(schema_text(vocabulary)) == corpus_schema(vocabulary)
    assert schema_text(vocabulary) == schema_text(vocabulary)
