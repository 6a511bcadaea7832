"""A claim written as an entry of a corpus file reads as the same claim."""

from typing import Any

import pytest
from hypothesis import given

from avnkg.claims.entry import ClaimEntry
from avnkg.claims.meaning import Meaning
from avnkg.claims.reading import Corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.claims.writing import entry_text
from avnkg.documents.located import read_yaml
from avnkg.ontology.reading import read_ontology
from tests.claims.reader import meant, refuse
from tests.claims.strategies import Found, claims


@given(claims())
def test_any_claim_written_as_an_entry_reads_as_the_same_claim(found: Found) -> None:
    [data] = read_yaml(entry_text(found.claim)).data
    entry = ClaimEntry.model_validate(data)
    assert entry.quote == tuple(passage.exact for passage in found.claim.passages)
    passages = tuple(found.gate.passage(quote, start) for quote, start in zip(entry.quote, entry.at, strict=True))
    vocabulary = read_ontology().vocabulary
    assert Meaning(vocabulary, refuse).claim(entry, found.claim.id, found.claim.document, passages) == found.claim


@pytest.mark.parametrize("words", ["next\x85line", "a\u2028b\u2029", "*not* x", "null", "no", "a: b # c", "\ttab "])
def test_words_that_yaml_would_fold_or_read_otherwise_are_kept(vocabulary: Vocabulary, words: str) -> None:
    degree = {"value": "Excellent", "printed": words}
    claim = meant(vocabulary, words, says=words, degree=degree, predicate="alsoCalled", object=words)
    [data] = read_yaml(entry_text(claim)).data
    assert (data["quote"], data["says"], data["object"], data["degree"]) == (words, words, words, degree)


def test_the_claims_of_the_embedded_corpus_are_written_as_they_mean(embedded: Corpus, vocabulary: Vocabulary) -> None:
    for claim in embedded.claims:
        [data] = read_yaml(entry_text(claim)).data
        entry = ClaimEntry.model_validate(data)
        again = Meaning(vocabulary, refuse).claim(entry, claim.id, claim.document, claim.passages)
        assert again == claim


def test_an_entry_is_one_field_a_line_and_leaves_defaults_out(embedded: Corpus) -> None:
    lines = entry_text(embedded.claims[0]).splitlines()
    names: list[Any] = [line.split(":")[0].strip(" -") for line in lines]
    assert names[:4] == ["id", "quote", "at", "says"]
    assert "stance" not in names
    assert "withdrawn" not in names
