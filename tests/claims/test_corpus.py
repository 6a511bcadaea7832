"""The embedded corpus itself: whole, anchored where the texts are, and readable where they are not."""

from avnkg.claims.kinds import Verification
from avnkg.claims.reading import Corpus, read_corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.library import Library
from avnkg.resources import folder


def test_every_unit_is_accounted_for_and_the_quoted_share_holds(embedded: Corpus) -> None:
    for account in embedded.accounts:
        assert account.complete, account
        assert account.share_held, account


def test_every_quote_has_its_fingerprint_so_that_the_corpus_reads_without_the_texts(
    embedded: Corpus, vocabulary: Vocabulary
) -> None:
    alone = read_corpus((folder("corpus"),), vocabulary, Library())
    assert {claim.verification for claim in alone.claims} == {Verification.FINGERPRINTED}
    assert alone.claims == embedded.claims


def test_every_quote_is_anchored_where_the_texts_are(embedded: Corpus, texts: object) -> None:
    strength = Verification.ANCHORED if texts else Verification.FINGERPRINTED
    assert {claim.verification for claim in embedded.claims} == {strength}


def test_no_fingerprint_is_left_over(embedded: Corpus) -> None:
    for source in embedded.sources:
        used = {
            (passage.start, passage.end)
            for claim in embedded.claims
            if claim.document == source.file.document.id
            for passage in claim.passages
        }
        assert {(row.at, row.end) for row in source.file.passages} == used
