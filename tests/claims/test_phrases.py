"""The reviewed table of phrases: what each means, and what the graph makes of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from avnkg import vocab
from avnkg.claims.entry import ClaimFields
from avnkg.claims.kinds import Force, Stance
from avnkg.claims.meaning import Meaning
from avnkg.claims.model import Claim, Frequency
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.located import read_yaml
from avnkg.graph.names import thing
from avnkg.graph.quads import QuadWriter
from tests.claims.reader import passage, refuse

SUBJECT, PREDICATE, OBJECT = "LesionInjection", "heals", "Osteonecrosis"


@dataclass(frozen=True)
class Row:
    """A phrase, the fields that it is encoded with, and what they mean."""

    phrase: str
    claim: dict[str, Any]
    means: dict[str, str]


ROWS = [Row(**row) for row in read_yaml((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8")).data]


@pytest.fixture(params=ROWS, ids=lambda row: row.phrase)
def row(request: pytest.FixtureRequest) -> Row:
    """Return a row of the table."""
    found: Row = request.param
    return found


@pytest.fixture
def claim(row: Row, vocabulary: Vocabulary) -> Claim:
    """Return the claim that a row's fields mean."""
    given = {"says": row.phrase, "subject": SUBJECT, "predicate": PREDICATE, "object": OBJECT, **row.claim}
    fields = ClaimFields.model_validate(given)
    found = Meaning(vocabulary, refuse).claim(fields, "a-page/001", "a-page", (passage(row.phrase),))
    assert found is not None
    return found


def test_stance_and_force_are_what_the_words_do(row: Row, claim: Claim) -> None:
    assert claim.stance is Stance(row.claim.get("stance", "affirms"))
    assert claim.force is Force(row.claim["force"])


def test_the_share_is_the_reviewed_interval(row: Row, claim: Claim) -> None:
    assert (claim.frequency and interval(claim.frequency)) == row.means.get("interval")


def test_the_claims_graph_holds_the_reviewed_triple(row: Row, claim: Claim, vocabulary: Vocabulary) -> None:
    written = "".join(QuadWriter(vocabulary).claim(claim, 1, thing("agent", "a-clinic")))
    graph = ox.NamedNode(thing("assertion", claim.id))
    quads = list(ox.parse(written.encode(), ox.RdfFormat.N_QUADS))
    asserted = {quad.triple for quad in quads if quad.graph_name == graph}
    assert asserted <= {quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph()}
    subject = ox.NamedNode(vocab.AVN + SUBJECT)
    predicate = ox.NamedNode(vocab.AVN + row.means.get("property", row.claim.get("predicate", PREDICATE)))
    target = ox.NamedNode(vocab.AVN + OBJECT)
    if row.means["graph"] in ("plain", "advice"):
        assert asserted == {ox.Triple(subject, predicate, target)}
    elif row.means["graph"] == "denial":
        [denial] = {triple.subject for triple in asserted}
        assert {(triple.predicate.value, triple.object) for triple in asserted} == {
            (vocab.TYPE, ox.NamedNode(vocab.DENIAL)),
            (vocab.SOURCE_INDIVIDUAL, subject),
            (vocab.ASSERTION_PROPERTY, predicate),
            (vocab.TARGET_INDIVIDUAL, target),
        }
        assert isinstance(denial, ox.NamedNode), "a denial has an IRI"
    else:
        assert row.means["graph"] == "nothing"
        assert not asserted


def test_the_table_is_as_long_as_a_review_needs_and_has_no_phrase_twice() -> None:
    assert len({row.phrase for row in ROWS}) == len(ROWS) >= 40


def test_every_force_and_every_hedge_of_the_ontology_is_in_the_table(vocabulary: Vocabulary) -> None:
    assert {row.claim["force"] for row in ROWS} == set(Force)
    read = {
        (frequency.get("hedge") or frequency["printed"]).casefold()
        for row in ROWS
        if (frequency := row.claim.get("frequency"))
    }
    unused = {hedge.label for hedge in vocabulary.hedges.values()} - {
        vocabulary.hedges[words].label for words in read if words in vocabulary.hedges
    }
    assert not unused, "a new hedge needs a row"


def interval(share: Frequency) -> str:
    """Return a share as it is written in mathematics."""
    low, high = "(" if share.low_open else "[", ")" if share.high_open else "]"
    return f"{low}{share.low.normalize():f}, {share.high.normalize():f}{high}"
