"""Who speaks, counted once: one publisher, one author, one cited study is one voice."""

from dataclasses import replace

import pytest

from avnkg.analysis.independence import independent, voices
from avnkg.claims.model import Claim
from avnkg.documents.kinds import DocumentKind
from avnkg.documents.model import Document
from tests.analysis.made import claim

HOSTILE = ('A "clinic" } <x>', "\u202egnirts\x1b[31m", "[red]a[/red]", "’ \U0001d11e", "a\tb")
HEARD = {"a": "Alpha", "b": "Beta", "c": "Gamma"}


def page(name: str, publisher: str, *authors: str) -> Document:
    """Return the record of a document."""
    return Document(
        id=name,
        title=name,
        publisher=publisher,
        authors=authors,
        kind=DocumentKind.CLINIC_BLOG,
        licence="invented",
        sha256="a" * 64,
        length=10,
    )


def citing(document: str, *studies: str) -> Claim:
    """Return a claim that cites some studies."""
    return replace(claim("CellTherapy heals Osteonecrosis", document), cites=studies)


class TestVoices:
    """Of documents."""

    def test_each_publisher_is_one(self) -> None:
        found = voices([page("a", "Alpha"), page("b", "Beta"), page("c", "Alpha")])
        assert found == {"a": "Alpha", "b": "Beta", "c": "Alpha"}

    @pytest.mark.parametrize("printed", ["alpha clinic", "ALPHA  CLINIC", " Alpha\u00a0Clinic ", "Alpha\nClinic"])
    def test_a_name_is_known_in_any_case_and_spacing(self, printed: str) -> None:
        assert voices([page("a", "Alpha Clinic"), page("b", printed)]) == {"a": "Alpha Clinic", "b": "Alpha Clinic"}

    def test_an_author_in_common_makes_them_one(self) -> None:
        found = voices([page("a", "Alpha", "Ann", "Bo"), page("b", "Beta", "BO"), page("c", "Gamma", "Cy")])
        assert found == {"a": "Alpha", "b": "Alpha", "c": "Gamma"}

    def test_it_goes_on_from_one_to_the_next(self) -> None:
        pages = [page("d", "Delta", "Cy"), page("a", "Alpha", "Ann"), page("b", "Beta", "Ann"), page("c", "Beta", "Cy")]
        assert set(voices(pages).values()) == {"Alpha"}

    def test_an_author_who_is_called_as_a_publisher_is_another(self) -> None:
        assert voices([page("a", "Alpha"), page("b", "Beta", "Alpha")]) == {"a": "Alpha", "b": "Beta"}

    def test_the_order_of_documents_does_not_matter(self) -> None:
        pages = [page("a", "Alpha", "Ann"), page("b", "Beta", "Ann"), page("c", "Gamma")]
        assert voices(pages) == voices(reversed(pages))

    @pytest.mark.parametrize("name", HOSTILE)
    def test_a_hostile_name_stays_as_it_is(self, name: str) -> None:
        assert voices([page("a", name), page("b", "Beta")]) == {"a": name, "b": "Beta"}


class TestIndependent:
    """Of claims."""

    def test_nobody_is_none(self) -> None:
        assert independent([], HEARD) == 0

    def test_a_voice_counts_once_however_often_it_speaks(self) -> None:
        assert independent([citing("a"), citing("a"), citing("b")], HEARD) == 2
        assert independent([citing("a"), citing("b")], {"a": "Alpha", "b": "Alpha"}) == 1

    def test_who_cites_the_same_study_counts_once(self) -> None:
        assert independent([citing("a", "study"), citing("b", "study")], HEARD) == 1
        assert independent([citing("a", "study"), citing("b", "other")], HEARD) == 2
        assert independent([citing("a", "study"), citing("b")], HEARD) == 2

    def test_studies_join_voices_in_a_row(self) -> None:
        assert independent([citing("a", "x"), citing("b", "x", "y"), citing("c", "y")], HEARD) == 1
        assert independent([citing("a", "x"), citing("a", "y"), citing("b", "x"), citing("c", "y")], HEARD) == 1

    def test_a_study_that_is_called_as_a_voice_is_another(self) -> None:
        assert independent([citing("a", "Beta"), citing("b")], HEARD) == 2
