"""The engine says of every two claims just what the rule, read aloud, says of them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from avnkg.analysis.relations.relations import relate
from avnkg.claims.kinds import Standing
from avnkg.claims.model import Claim, Condition
from tests.analysis.claimsets import WORLD, Claims, claim_fields, claim_sets, numbered, voices
from tests.analysis.differences import differences, expanded, judged
from tests.analysis.test_oracle import CASES


@settings(max_examples=20)
@given(claim_sets(40, 60), voices())
def test_engine_and_oracle_agree_on_random_claims(claims: tuple[Claim, ...], voices: dict[str, str]) -> None:
    assert not differences(claims, WORLD, voices)


@settings(max_examples=30)
@given(claim_sets(2, 6), voices())
def test_engine_and_oracle_agree_on_few_claims(claims: tuple[Claim, ...], voices: dict[str, str]) -> None:
    assert not differences(claims, WORLD, voices)


def test_engine_and_oracle_agree_on_the_pairs_by_hand() -> None:
    """All pairs at once, each about an endpoint of its own, so that no two of them meet."""
    for one_voice in (False, True):
        claims = [_apart(claim, number) for number, case in enumerate(CASES) for claim in (case.a, case.b)]
        voices = {claim.document: "x" if one_voice else claim.document for claim in claims}
        assert not differences(claims, WORLD, voices)


def _apart(claim: Claim, number: int) -> Claim:
    said = claim.proposition
    return replace(
        claim, id=f"{claim.id}-{number}", proposition=replace(said, endpoint=f"{said.endpoint or 'pair'} {number}")
    )


def test_without_claims_there_is_no_relation() -> None:
    assert differences((), WORLD, {}) == []


@settings(max_examples=15)
@given(st.lists(claim_fields(("heals", "cures", "helps", "harms")), min_size=1, max_size=8), st.data())
def test_folding_loses_no_pair(said: list[Claim], data: st.DataObject) -> None:
    """However often the same is said, and by whoever, every two claims that the rule relates are related once."""
    documents = st.sampled_from(["one-page", "another-page", "third-page"])
    repeated = st.lists(st.tuples(st.sampled_from(said), documents), min_size=2, max_size=30)
    claims = numbered([replace(claim, document=document) for claim, document in data.draw(repeated)])
    heard = data.draw(voices())
    covered = expanded(relate(claims, WORLD, heard))
    assert set(covered) == set(judged(claims, WORLD, heard))


@settings(max_examples=10)
@given(claim_sets(20, 40), voices())
def test_encoding_by_class_and_by_axis_gives_equal_relations(claims: Claims, voices: dict[str, str]) -> None:
    spelled = [_spelled_out(claim) for claim in claims]
    assert relate(spelled, WORLD, voices) == relate(claims, WORLD, voices)


def _spelled_out(claim: Claim) -> Claim:
    """Return a claim that names the kind of its subject, and states on the axes what the subject's name means."""
    known = WORLD.defined.get(claim.proposition.subject)
    if known is None:
        return claim
    stated = tuple(Condition(axis, Standing.STATED, (value,)) for axis, value in known.values.items())
    return replace(
        claim, proposition=replace(claim.proposition, subject=known.kind), scope=tuple({*claim.scope, *stated})
    )
