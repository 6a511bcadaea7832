"""A record takes what it names and nothing else."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from avnkg.documents.kinds import UnitKind
from avnkg.documents.model import Document, Unit
from tests.page import Page

RECORD = Page(Path()).record


@pytest.mark.parametrize("identity", ["A-Page", "a_page", "-a", "a--b", "a/b", "../a", "a b", "", "a" * 81, "ä", "a\n"])
def test_an_id_is_small_letters_digits_and_single_hyphens(identity: str) -> None:
    with pytest.raises(ValidationError):
        Document.model_validate(RECORD | {"id": identity})


@pytest.mark.parametrize("language", ["en-abcdefghij", "en-a", "EN", "english", "en-", "e"])
def test_a_language_that_no_store_takes_is_refused(language: str) -> None:
    with pytest.raises(ValidationError):
        Document.model_validate(RECORD | {"language": language})


@given(st.from_regex(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", fullmatch=True))
def test_a_language_that_is_taken_is_a_language_tag(language: str) -> None:
    taken = Document.model_validate(RECORD | {"language": language}).language
    assert ox.Literal("words", language=taken)


@pytest.mark.parametrize("field", ["title", "publisher", "licence", "published", "authors", "interest"])
def test_what_is_left_to_a_person_is_filled_in(field: str) -> None:
    left = " FILL IN: what"
    value = {"authors": [left], "interest": {"says": "x", "sells": [left]}}.get(field, left)
    with pytest.raises(ValidationError, match="FILL IN is still there"):
        Document.model_validate(RECORD | {field: value})


def test_a_heading_of_the_text_may_say_fill_in() -> None:
    assert Unit(at=0, length=16, kind=UnitKind.HEADING, sha256="0" * 16, words="FILL IN THE FORM")


@pytest.mark.parametrize("field", [{"id": "page-٣"}, {"language": "es-٤١٩"}, {"sha256": "٣" * 64}])
def test_digits_are_0_to_9(field: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Document.model_validate(RECORD | field)


def test_a_record_is_hashable_and_frozen() -> None:
    document = Document.model_validate(RECORD)
    assert hash(document) == hash(Document.model_validate(RECORD))
    with pytest.raises(ValidationError):
        document.title = "another"
