"""Reads claims' fields without a file: for tests of what they mean."""

from typing import Any, NoReturn

from avnkg.claims.entry import ClaimFields
from avnkg.claims.meaning import Meaning
from avnkg.claims.model import Claim
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.located import Place, place_name
from avnkg.documents.model import Passage
from avnkg.documents.text import fingerprint
from avnkg.errors import ClaimError

PLAIN = {
    "says": "Stem cells heal the disease.",
    "subject": "CellTherapy",
    "predicate": "heals",
    "object": "Osteonecrosis",
    "force": "asserts",
}


def passage(words: str, start: int = 0, document: str = "a-page") -> Passage:
    """Return the passage of some words."""
    return Passage(document, start, start + len(words), words, fingerprint(words), "0" * 16, "0" * 16)


def refuse(kind: type[ClaimError], problem: str, field: Place, hint: str | None) -> NoReturn:
    """Raise what a reading complains of."""
    raise kind(problem, field=place_name(field), hint=hint)


def meant(vocabulary: Vocabulary, words: str = "words", **fields: Any) -> Claim:
    """Return the claim of a plain entry with some fields changed; one that is None is left out."""
    given = {name.rstrip("_"): value for name, value in {**PLAIN, **fields}.items() if value is not None}
    claim = Meaning(vocabulary, refuse).claim(
        ClaimFields.model_validate(given), "a-page/001", "a-page", (passage(words),)
    )
    assert claim is not None
    return claim


def complaints(vocabulary: Vocabulary, words: str = "words", **fields: Any) -> list[str]:
    """Return all that is wrong with such an entry."""
    found: list[str] = []

    def note(kind: type[ClaimError], problem: str, field: Place, hint: str | None) -> None:
        found.append(f"{kind.__name__}: {kind(problem, field=place_name(field), hint=hint)}")

    given = {name.rstrip("_"): value for name, value in {**PLAIN, **fields}.items() if value is not None}
    Meaning(vocabulary, note).claim(ClaimFields.model_validate(given), "a-page/001", "a-page", (passage(words),))
    return found
