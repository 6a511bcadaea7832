"""Corpus files: every fault with file, line and field, all of them, and never a claim less in silence."""

from pathlib import Path
from typing import Any

import pytest

from avnkg.claims.kinds import Verification
from avnkg.claims.reading import Corpus, corpus_files, read_corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.anchor import anchor
from avnkg.documents.gate import Gate
from avnkg.documents.library import Library
from avnkg.documents.model import Document
from avnkg.documents.text import LARGEST_TEXT
from avnkg.errors import AvnkgError, ClaimError, DocumentError, DriftError, NotFoundError, QuoteError, SeveralErrors
from tests.page import Page


def faults(page: Page, vocabulary: Vocabulary, *, with_text: bool = True) -> list[str]:
    """Return all that is wrong with a page's corpus, as told."""
    with pytest.raises(AvnkgError) as caught:
        page.read(vocabulary, with_text=with_text)
    error = caught.value
    assert all(str(one) in str(error) for one in getattr(error, "errors", ())), "several errors are all listed"
    return [str(one) for one in getattr(error, "errors", (error,))]


def test_a_claim_is_read_with_its_passage(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim())
    corpus = page.read(vocabulary)
    [claim] = corpus.claims
    assert (claim.id, claim.document, claim.verification) == ("a-page/001", "a-page", Verification.ANCHORED)
    assert claim.passages[0].exact == "It can be painful"
    assert [document.id for document in corpus.documents] == ["a-page"]


def test_without_the_text_fingerprints_decide_and_with_drift_nothing(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim())
    gate = Gate(Document.model_validate(page.record), (), (), page.text)
    page.path.write_text(anchor(page.path.read_text(encoding="utf-8"), gate, page.path).text, encoding="utf-8")
    anchored = page.read(vocabulary)
    printed = page.read(vocabulary, with_text=False)
    assert printed.claims == anchored.claims
    assert [claim.verification for claim in printed.claims] == [Verification.FINGERPRINTED]
    (page.texts / "a-page.txt").write_text(page.text + " ", encoding="utf-8")
    with pytest.raises(DriftError):
        page.read(vocabulary)


def test_without_text_and_fingerprint_a_claim_is_refused(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim())
    [fault] = faults(page, vocabulary, with_text=False)
    assert "claims[0].quote: claim 001: no fingerprint is recorded for 'It can be painful'" in fault
    assert fault.startswith(f"{page.path}:11: ")


@pytest.mark.parametrize(
    ("changed", "line", "message"),
    [
        ({"colour": "red"}, 18, "claims[0].colour: unknown field; remove it"),
        ({"stance": "maybe"}, 18, "claims[0].stance: input should be 'affirms' or 'denies', got 'maybe'"),
        ({"force": "claims"}, 17, "claims[0].force: input should be 'defines', 'asserts'"),
        (
            {"subject": "Osteonecrosi"},
            14,
            "claims[0].subject: claim 001: 'Osteonecrosi' is not in the ontology; did you",
        ),
        ({"says": None}, 10, "claims[0]: the field 'says' is missing; add it"),
        ({"id": "1"}, 10, "claims[0].id: string should match pattern"),
        ({"quote": "It can be painless", "at": 91}, 11, "claims[0].quote: claim 001: "),
        (
            {"at": 92},
            11,
            "claims[0].quote: claim 001: expected 'It can be painful' at 92, got 't can be painful.'; the",
        ),
        ({"at": 10**9}, 11, "past the end of the document at 237; run `avnkg documents anchor`"),
        ({"at": None}, 10, "claims[0].at: claim 001: expected a place for each of 1 quotes, got 0; run `avnkg documen"),
        ({"at": [91, 92]}, 12, "claims[0].at: claim 001: expected a place for each of 1 quotes, got 2"),
        ({"at": -1}, 12, "claims[0].at: input should be greater than or equal to 0, got '-1'"),
        ({"says": "x" * 5000}, 13, "claims[0].says: string should have at most 4000 characters, got 'xxxx"),
        ({"scope": {"stage": []}}, 18, "claims[0].scope.stage: "),
        (
            {"scope": {"time": {"printed": "1", "low": 1, "unit": "week", "nix": 1}}},
            18,
            "claims[0].scope.time.nix: unk",
        ),
        ({"scope": {"time": {"low": 1, "unit": "week"}}}, 18, "claims[0].scope.time: the field 'printed' is missing"),
        ({"scope": {"stage": {"all": ["Stage1"]}}}, 18, "claims[0].scope.stage.all: "),
        ({"frequency": {"printed": "90%", "low": 0.8}}, 18, "claims[0].frequency"),
        ({"quantity": {"printed": "x", "low": "1e999", "unit": "USD"}}, 18, "claims[0].quantity.low: "),
    ],
)
def test_a_wrong_claim_is_told_with_file_line_and_field(
    page: Page, vocabulary: Vocabulary, changed: dict[str, Any], line: int, message: str
) -> None:
    page.write(page.claim(**changed))
    found = faults(page, vocabulary)
    assert [fault for fault in found if fault.startswith(f"{page.path}:{line}: ") and message in fault], found
    assert all("; " in fault for fault in found), "each says what to do"


def test_a_refused_quote_brings_no_further_complaint_about_its_words(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim(at=3, frequency={"printed": "can"}))
    assert len(faults(page, vocabulary)) == 1


def test_all_faults_of_all_files_are_listed(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim(object="Painn", at=3), page.claim("002", endpoint="X"))
    other = Page(page.folder, "Another text. It can be painful", "b-page")
    other.write(other.claim(says=None, subject=None, stance="no"))
    (page.corpus / "c-page.yaml").write_text("a: [", encoding="utf-8")
    found = faults(page, vocabulary)
    places = [fault.split(": ")[:2] for fault in found]
    assert [(Path(place.rpartition(":")[0]).name, field) for place, field in places] == [
        ("a-page.yaml", "claims[0].quote"),
        ("a-page.yaml", "claims[0].object"),
        ("a-page.yaml", "claims[1].endpoint"),
        ("b-page.yaml", "claims[0]"),
        ("b-page.yaml", "claims[0]"),
        ("b-page.yaml", "claims[0].stance"),
        ("c-page.yaml", "expected YAML, got"),
    ]


def test_a_number_that_is_used_again_is_told_with_the_first_place(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim(), page.claim(says="Another."))
    [fault] = faults(page, vocabulary)
    assert fault == (
        f"{page.path}:18: claims[1].id: claim 001: the id is already used in line 10; ids are never reused"
    )


@pytest.mark.parametrize(
    ("first", "second", "after"), [("002", "001", "002"), ("1000", "999", "1000"), ("001", "0001", "001")]
)
def test_claims_stand_in_the_order_of_their_numbers(
    page: Page, vocabulary: Vocabulary, first: str, second: str, after: str
) -> None:
    page.write(page.claim(first), page.claim(second))
    [fault] = faults(page, vocabulary)
    assert f"claims[1].id: claim {second}: stands after {after}; claims stand in the order" in fault


def test_the_thousandth_claim_stands_after_the_one_before(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim("999"), page.claim("1000"))
    assert [claim.id for claim in page.read(vocabulary).claims] == ["a-page/999", "a-page/1000"]


def test_a_withdrawn_claim_stays_and_still_passes_the_gate(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim(withdrawn="read wrongly"))
    assert page.read(vocabulary).claims[0].withdrawn == "read wrongly"
    page.write(page.claim(withdrawn="read wrongly", at=3))
    assert len(faults(page, vocabulary)) == 1


def test_an_empty_value_is_an_absent_one(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim() + "    note:\n    appeal: ~\n")
    assert page.read(vocabulary).claims[0].note is None


@pytest.mark.parametrize(
    ("record", "line", "message"),
    [
        ({"kind": "blog"}, 5, "document.kind: input should be 'patient-guide', 'clinic-blog'"),
        ({"sha256": "0"}, 7, "document.sha256: string should match pattern"),
        ({"length": "x"}, 8, "document.length: input should be a valid integer"),
        ({"length": 5}, None, "the record of a-page says 5 characters, its text has 237"),
        ({"title": None}, 2, "document: the field 'title' is missing"),
        ({"id": "b-page"}, 2, "document.id: expected the file to be named b-page.yaml, got a-page.yaml"),
        ({"replaces": "a-page"}, 9, "document.replaces: a document cannot replace itself; give the new text an id"),
        (
            {"replaces": "c-page"},
            9,
            "document.replaces: replaces 'c-page', which is not in the corpus; keep the old fi",
        ),
        ({"language": "en-toolongforatag"}, 9, "document.language: string should match pattern"),
    ],
)
def test_a_wrong_record_is_told_with_file_line_and_field(
    page: Page, vocabulary: Vocabulary, record: dict[str, Any], line: int | None, message: str
) -> None:
    page.write(**record)
    [fault] = faults(page, vocabulary)
    assert message in fault
    assert line is None or fault.startswith(f"{page.path}:{line}: "), fault


def test_a_replaced_document_that_cannot_be_read_is_one_fault(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim(says=None))
    new = Page(page.folder, "New text.", "b-page")
    new.write(replaces="a-page")
    assert len(faults(page, vocabulary)) == 1


@pytest.mark.parametrize(
    ("units", "message"),
    [
        (
            "units:\n  - {at: 0, length: 999, kind: sentence, sha256: 0123456789abcdef}\n",
            "past the end of the document",
        ),
        (
            "units:\n  - {at: 0, length: 9, kind: sentence, sha256: 0123456789abcdef}\n"
            "  - {at: 8, length: 9, kind: sentence, sha256: 0123456789abcdef}\n",
            "units[1].at: the unit begins at 8, before the one before it ends at 9",
        ),
        (
            "units:\n  - {at: 0, length: 9, kind: sentence, sha256: 0123456789abcdef, none: repetition, of: '009'}\n",
            "units[0].of: the unit repeats claim '009', which the file does not have",
        ),
        (
            "units:\n  - {at: 0, length: 9, kind: sentence, sha256: 0123456789abcdef, none: dull}\n",
            "units[0].none: inp",
        ),
    ],
)
def test_units_that_cannot_be_are_told(page: Page, vocabulary: Vocabulary, units: str, message: str) -> None:
    page.write(units=units)
    [fault] = faults(page, vocabulary)
    assert message in fault
    assert fault.startswith(f"{page.path}:1")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", ": expected a document's record and claims, got an empty file"),
        (b"document: [\n", ":2: expected YAML, got: "),
        (b"- a\n", ":1: input should be a valid dictionary or instance of CorpusFile, got a structure"),
        (b"words\n", ":1: input should be a valid dictionary or instance of CorpusFile, got 'words'"),
        (b"document:\n  id: \xe9\n", ":2: expected UTF-8 text, got byte 0xe9 at byte 16; save the file as UTF-8"),
        (b"claims: []\nclaims: []\n", ":2: the key 'claims' is given twice"),
    ],
)
def test_a_file_that_is_no_corpus_file_is_told(
    page: Page, vocabulary: Vocabulary, content: bytes, message: str
) -> None:
    page.write()
    page.path.write_bytes(content)
    assert faults(page, vocabulary)[0].startswith(f"{page.path}{message}")


def test_a_folder_instead_of_a_corpus_file_is_told(page: Page, vocabulary: Vocabulary) -> None:
    page.path.mkdir(parents=True)
    assert faults(page, vocabulary) == [f"{page.path}: cannot read the corpus file: Is a directory"]


def test_a_huge_corpus_file_is_refused_before_it_is_read(page: Page, vocabulary: Vocabulary) -> None:
    page.write()
    with page.path.open("wb") as file:
        file.truncate(50_000_000)
    [fault] = faults(page, vocabulary)
    assert f"expected a corpus file of at most {LARGEST_TEXT:,} bytes, got 50,000,000; record the" in fault


def test_a_huge_text_is_refused_before_it_is_read(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim())
    with (page.texts / "a-page.txt").open("wb") as file:
        file.truncate(50_000_000)
    [fault] = faults(page, vocabulary)
    assert "a-page.txt: expected a text of at most 20,000,000 bytes, got 50,000,000; cut the document" in fault


def test_a_document_in_two_folders_is_told_once(page: Page, vocabulary: Vocabulary, tmp_path: Path) -> None:
    page.write()
    again = Page(tmp_path / "again")
    again.write()
    with pytest.raises(
        DocumentError, match=r"again.*a-page\.yaml:2: document\.id: the document id 'a-page' is already"
    ):
        read_corpus((page.corpus, again.corpus), vocabulary, Library())


def test_a_folder_that_is_missing_or_without_corpus_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="expected a folder of corpus files; name an existing folder"):
        corpus_files((tmp_path / "none",))
    with pytest.raises(NotFoundError, match=r"the folder holds no corpus file \(\*\.yaml\)"):
        corpus_files((tmp_path,))


@pytest.mark.parametrize(
    "quote",
    [
        "stage\u00a02",
        "🦴 bone",
        "\u202eright to left\u202c",
        "עברית",
        "a *b* \u201cc\u201d",
        "tab\there",
        "nel\x85 ls\u2028.",
    ],
)
def test_any_characters_are_quoted_as_they_stand(page: Page, vocabulary: Vocabulary, quote: str) -> None:
    odd = Page(page.folder, f"🦴 before {quote} after 🦴")
    escaped = "".join(f"\\u{ord(each):04x}" if each in "\x85\u2028\t" else each for each in quote)
    odd.write(odd.claim(quote=quote).replace(quote, escaped).replace("\\t", "\\u0009"))
    [claim] = odd.read(vocabulary).claims
    assert claim.passages[0].exact == quote
    assert claim.passages[0].start == len("🦴 before ")


def test_a_quote_that_stands_twice_needs_its_place_and_then_is_where_that_says(
    page: Page, vocabulary: Vocabulary
) -> None:
    page.write(page.claim(quote="It hurts", at=page.text.rindex("It hurts")))
    assert page.read(vocabulary).claims[0].passages[0].start == page.text.rindex("It hurts")
    with pytest.raises(QuoteError, match="2 times"):
        Gate(Document.model_validate(page.record), (), (), page.text).places(["It hurts"])


def test_the_account_counts_claims_that_are_not_withdrawn(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim(), page.claim("002", withdrawn="x", quote="It hurts", at=page.text.index("It hurts")))
    [account] = page.read(vocabulary).accounts
    assert account.quoted == len("It can be painful")


def test_the_embedded_corpus_passes_the_gate_anchored_where_its_texts_are_at_hand(
    embedded: Corpus, texts: Path | None
) -> None:
    strength = Verification.ANCHORED if texts else Verification.FINGERPRINTED
    assert {claim.verification for claim in embedded.claims} == {strength}
    assert len({claim.id for claim in embedded.claims}) == len(embedded.claims) > 0


def test_the_embedded_corpus_passes_the_gate_by_its_fingerprints_alone(
    embedded: Corpus, vocabulary: Vocabulary
) -> None:
    folders = tuple({source.path.parent for source in embedded.sources})
    printed = read_corpus(folders, vocabulary, Library())
    assert printed.claims == embedded.claims


def test_several_errors_are_one_error_with_all_of_them(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim(subject="X", object="Y"))
    with pytest.raises(SeveralErrors) as caught:
        page.read(vocabulary)
    assert len(str(caught.value).splitlines()) == 2
    assert all(isinstance(error, ClaimError) for error in caught.value.errors)


def test_a_withdrawn_claim_gives_its_reason(page: Page, vocabulary: Vocabulary) -> None:
    for reason in ("", " ~", " ' '"):
        page.write(page.claim() + f"    withdrawn:{reason}\n")
        assert "claims[0].withdrawn: value error, a withdrawn claim needs its reason" in faults(page, vocabulary)[0]


def test_documents_that_replace_each_other_in_a_circle_are_refused(page: Page, vocabulary: Vocabulary) -> None:
    for name, older in (("a-page", "b-page"), ("b-page", "c-page"), ("c-page", "a-page"), ("d-page", "a-page")):
        Page(page.folder, f"Text of {name}.", name).write(replaces=older)
    found = faults(page, vocabulary)
    assert len(found) == 3, "the one that only leads into the circle is no part of it"
    assert "document.replaces: replaces 'b-page', which in turn replaces it; only the newer replaces" in found[0]


def test_a_number_of_other_digits_is_no_id(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim("٠٠١"))
    assert "claims[0].id: string should match pattern" in faults(page, vocabulary)[0]


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ({"quote": "It can be pain"}, "the quote 'It can be pain' cuts a word; quote whole words"),
        ({"quote": "."}, "the quote '.' holds no word"),
    ],
)
def test_a_quote_that_is_cut_wrongly_is_told(
    page: Page, vocabulary: Vocabulary, claim: dict[str, str], message: str
) -> None:
    page.write(page.claim(**claim))
    assert message in faults(page, vocabulary)[0]


@pytest.mark.parametrize("wrong", [{"subject": "Osteonecrosi"}, {"says": None}, {"at": 1}])
def test_of_very_many_faults_the_first_are_told(page: Page, vocabulary: Vocabulary, wrong: dict[str, Any]) -> None:
    page.write(*(page.claim(f"{number:03}", **wrong) for number in range(1, 200)))
    found = faults(page, vocabulary)
    assert len(found) == 51
    assert found[-1].endswith("… and more; fix these first")


def test_the_account_tells_what_no_unit_holds(page: Page, vocabulary: Vocabulary) -> None:
    page.write(page.claim())
    [account] = page.read(vocabulary).accounts
    assert (account.complete, account.missing) == (False, ((0, len(page.text)),))
