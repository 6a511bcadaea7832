"""Disputes: which relations belong together, who stands on which side, what is common and what dissolves."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

import pytest

from avnkg.analysis.concepts import Concepts
from avnkg.analysis.disputes import Debate, Dispute, Issue
from avnkg.analysis.relations.relations import Relation
from avnkg.analysis.verdicts import Verdict
from avnkg.claims.model import Claim
from avnkg.claims.vocabulary import Vocabulary
from tests.analysis.made import claim

VOICES = {"one": "Alpha", "two": "Beta", "three": "Gamma", "four": "Alpha"}


def said(words: str, document: str = "one", at: int = 0) -> Claim:
    """Return a claim whose words stand at a place of their own."""
    made = claim(words, document, says=f"{words} at {at}")
    return replace(made, passages=tuple(replace(each, start=at, end=at + 10) for each in made.passages))


def between(a: Iterable[Claim], b: Iterable[Claim], verdict: Verdict, **fields: tuple[str, ...]) -> Relation:
    """Return a relation between some claims and some others."""
    sides = tuple(sorted(each.id for each in a)), tuple(sorted(each.id for each in b))
    name = sha256(repr((verdict, sides)).encode()).hexdigest()[:12]
    respects = {"decided_by": (), "narrowed_by": (), "assumes": (), **fields}
    return Relation(name, verdict, "class", *sides, **respects, rule=f"{verdict.row}-class", says="It is so.")


def clash(a: Claim, b: Claim, **fields: tuple[str, ...]) -> Relation:
    """Return a contradiction."""
    return between([a], [b], Verdict.CONTRADICTION, **fields)


@pytest.fixture
def disputed(vocabulary: Vocabulary) -> "Disputed":
    """Return a function that makes disputes of claims and relations."""
    return Disputed(vocabulary)


class Disputed:
    """Makes disputes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Keep the vocabulary."""
        self.concepts = Concepts(vocabulary, {})

    def __call__(
        self, claims: Iterable[Claim], relations: Iterable[Relation], heard: dict[str, str] | None = None
    ) -> tuple[Dispute, ...]:
        """Return the disputes."""
        ordered = sorted(relations, key=lambda each: each.id)
        return Debate({each.id: each for each in claims}, ordered, heard or VOICES, self.concepts).disputes()


def ids(*claims: Claim) -> tuple[str, ...]:
    """Return the ids of some claims."""
    return tuple(each.id for each in claims)


class TestSides:
    """Who stands where."""

    A = said("CoreDecompression isKindOf MajorSurgery", "one")
    B = said("CoreDecompression isKindOf MinimallyInvasiveSurgery", "two")

    def test_what_clashes_stands_apart(self, disputed: Disputed) -> None:
        [found] = disputed([self.A, self.B], [clash(self.A, self.B)])
        assert [side.claims for side in found.sides] == [ids(self.A), ids(self.B)]
        assert [side.voices for side in found.sides] == [("Alpha",), ("Beta",)]
        assert found.voices == ("Alpha", "Beta")
        kinds = ("MajorSurgery", "MinimallyInvasiveSurgery")
        assert found.issues == (Issue(("CoreDecompression",), "isKindOf", kinds),)

    def test_the_first_to_speak_is_on_the_first_side(self, disputed: Disputed) -> None:
        [found] = disputed([self.B, self.A], [clash(self.A, self.B)])
        assert [side.claims for side in found.sides] == [ids(self.B), ids(self.A)]

    def test_a_voice_stays_on_its_side(self, disputed: Disputed) -> None:
        c = said("CoreDecompressionWithCells heals Osteonecrosis", "two", at=20)
        d = said("CoreDecompressionWithCells heals Osteonecrosis", "four", at=40)
        [found] = disputed([self.A, self.B, c, d], [clash(self.A, self.B), clash(c, d)])
        assert {side.claims for side in found.sides} == {ids(self.A, d), ids(self.B, c)}
        assert {side.voices for side in found.sides} == {("Alpha",), ("Beta",)}

    def test_three_against_each_other_stand_on_three_sides(self, disputed: Disputed) -> None:
        c = said("CoreDecompression isKindOf Injection", "three")
        three = [self.A, self.B, c]
        [found] = disputed(three, [clash(self.A, self.B), clash(self.B, c), clash(self.A, c)])
        assert {name for side in found.sides for name in side.claims} == set(ids(*three))
        assert [side.voices for side in found.sides] == [("Alpha",), ("Beta",), ("Gamma",)]

    def test_three_of_one_voice_stand_on_more_than_one_side(self, disputed: Disputed) -> None:
        b = said("CoreDecompression isKindOf MinimallyInvasiveSurgery", "one", at=50)
        c = said("CoreDecompression isKindOf Injection", "one", at=90)
        [found] = disputed([self.A, b, c], [clash(self.A, b), clash(b, c), clash(self.A, c)])
        assert len(found.sides) > 1

    def test_several_claims_of_a_side_clash_with_all_of_the_other(self, disputed: Disputed) -> None:
        c = said("CoreDecompression isKindOf MinimallyInvasiveSurgery", "three")
        [found] = disputed([self.A, self.B, c], [between([self.A], [self.B, c], Verdict.CONTRADICTION)])
        assert [side.claims for side in found.sides] == [ids(self.A), ids(self.B, c)]
        assert [side.independent for side in found.sides] == [1, 2]

    def test_voices_that_cite_one_study_count_once(self, disputed: Disputed) -> None:
        b = replace(self.B, cites=("https://example.org/study",))
        c = replace(said("CoreDecompression isKindOf MinimallyInvasiveSurgery", "three"), cites=b.cites)
        [found] = disputed([self.A, b, c], [between([self.A], [b, c], Verdict.CONTRADICTION)])
        assert found.sides[1].voices == ("Beta", "Gamma")
        assert found.sides[1].independent == 1

    def test_a_voice_against_itself_has_two_sides(self, disputed: Disputed) -> None:
        b = said("CoreDecompression isKindOf MinimallyInvasiveSurgery", "one", at=50)
        [found] = disputed([self.A, b], [clash(self.A, b)])
        assert [side.claims for side in found.sides] == [ids(self.A), ids(b)]
        assert found.voices == ("Alpha",)

    @pytest.mark.parametrize("name", ['A "clinic" } <x>', "\u202egnirts\x1b[31m", "’ \U0001d11e"])
    def test_hostile_names_stay_as_they_are(self, disputed: Disputed, name: str) -> None:
        a, b = said(f"{name.replace(' ', '_')} isKindOf MajorSurgery"), self.B
        [found] = disputed([a, b], [clash(a, b)], {"one": name, "two": "Beta"})
        assert found.sides[0].voices == (name,)
        assert set(found.issues[0].subjects) == {name.replace(" ", "_"), "CoreDecompression"}


class TestBelongingTogether:
    """What makes two clashes one dispute."""

    A = said("CoreDecompression isKindOf MajorSurgery", "one", at=100)
    B = said("CoreDecompression isKindOf MinimallyInvasiveSurgery", "two", at=100)

    def test_a_claim_in_common(self, disputed: Disputed) -> None:
        c = said("Osteonecrosis hasSymptom Pain", "two", at=300)
        assert len(disputed([self.A, self.B, c], [clash(self.A, self.B), clash(self.A, c)])) == 1

    def test_a_sentence_in_common(self, disputed: Disputed) -> None:
        c = said("Osteonecrosis hasSymptom Pain", "one", at=105)
        d = said("Osteonecrosis hasSymptom LimitedMotion", "two", at=300)
        assert len(disputed([self.A, self.B, c, d], [clash(self.A, self.B), clash(c, d)])) == 1

    def test_neither_words_that_only_touch_nor_the_same_place_of_another_document(self, disputed: Disputed) -> None:
        for document, at in (("one", 110), ("four", 100)):
            c = said("Osteonecrosis hasSymptom Pain", document, at=at)
            d = said("Osteonecrosis hasSymptom LimitedMotion", "two", at=300)
            assert len(disputed([self.A, self.B, c, d], [clash(self.A, self.B), clash(c, d)])) == 2

    @pytest.mark.parametrize("subject", ["CoreDecompression", "CoreDecompressionWithCells", "Surgery"])
    def test_a_subject_in_common_or_one_within_the_other(self, disputed: Disputed, subject: str) -> None:
        c = said(f"{subject} heals Osteonecrosis", "one", at=300)
        d = said(f"{subject} heals Osteonecrosis", "two", at=300)
        assert len(disputed([self.A, self.B, c, d], [clash(self.A, self.B), clash(c, d)])) == 1

    def test_a_common_concept_alone_joins_nothing(self, disputed: Disputed) -> None:
        c = said("JointReplacement isKindOf MajorSurgery", "one", at=300)
        d = said("JointReplacement isKindOf MinimallyInvasiveSurgery", "two", at=300)
        e = said("Osteonecrosis treatedBy CoreDecompression", "two", at=400)
        f = said("Osteonecrosis treatedBy JointReplacement", "one", at=400)
        relations = [clash(self.A, self.B), clash(c, d), clash(e, f)]
        found = disputed([self.A, self.B, c, d, e, f], relations)
        assert sorted(each.issues[0].subjects for each in found) == [
            ("CoreDecompression",),
            ("JointReplacement",),
            ("Osteonecrosis",),
        ]

    def test_a_tension_between_voices_joins_and_alone_is_no_dispute(self, disputed: Disputed) -> None:
        c = said("CellTherapy isPerformedWith CoreDecompression", "one", at=300)
        d = said("CellTherapy isPerformedWith CoreDecompression", "two", at=300)
        e = said("CoreDecompressionWithCells isKindOf MajorSurgery", "two", at=400)
        f = said("CoreDecompressionWithCells isKindOf MinimallyInvasiveSurgery", "one", at=400)
        strain = between([c], [d], Verdict.TENSION)
        assert disputed([c, d], [strain]) == ()
        [found] = disputed([c, d, e, f, self.A, self.B], [strain, clash(e, f), clash(self.A, self.B)])
        assert found.tensions == (strain,)
        assert len(found.clashes) == 2

    def test_a_tension_of_one_voice_with_itself_is_no_part(self, disputed: Disputed) -> None:
        c = said("CoreDecompression heals Osteonecrosis", "one", at=300)
        d = said("CoreDecompression heals Osteonecrosis", "four", at=300)
        [found] = disputed([self.A, self.B, c, d], [clash(self.A, self.B), between([c], [d], Verdict.TENSION)])
        assert found.tensions == ()
        assert set(found.sides[0].claims) == {self.A.id}

    def test_the_one_of_most_claims_comes_first(self, disputed: Disputed) -> None:
        c = said("Osteonecrosis hasSymptom Pain", "two", at=300)
        d = said("Osteonecrosis hasSymptom LimitedMotion", "one", at=300)
        e = said("Osteonecrosis hasSymptom LimitedMotion", "three", at=300)
        found = disputed([self.A, self.B, c, d, e], [clash(self.A, self.B), clash(c, d), clash(c, e)])
        assert [each.issues[0].subjects for each in found] == [("Osteonecrosis",), ("CoreDecompression",)]

    def test_its_id_stays_when_others_come(self, disputed: Disputed) -> None:
        c = said("Osteonecrosis hasSymptom Pain", "two", at=300)
        d = said("Osteonecrosis hasSymptom LimitedMotion", "one", at=300)
        [alone] = disputed([self.A, self.B], [clash(self.A, self.B)])
        both = disputed([self.A, self.B, c, d], [clash(self.A, self.B), clash(c, d)])
        assert alone.id in {each.id for each in both}
        assert len({each.id for each in both}) == 2

    def test_without_relations_there_is_none(self, disputed: Disputed) -> None:
        assert disputed([self.A, self.B], []) == ()


class TestAround:
    """What else is said between its voices."""

    A = said("CoreDecompression isKindOf MajorSurgery", "one", at=100)
    B = said("CoreDecompression isKindOf MinimallyInvasiveSurgery", "two", at=100)

    @pytest.mark.parametrize(
        ("verdict", "part"),
        [
            (Verdict.AGREEMENT, "common"),
            (Verdict.REFINEMENT, "common"),
            (Verdict.SCOPE_DIFFERENCE, "dissolved"),
            (Verdict.QUALIFICATION, "dissolved"),
            (Verdict.PARALLEL, None),
        ],
    )
    def test_relations_on_what_it_is_about_are_common_ground_or_dissolve(
        self, disputed: Disputed, verdict: Verdict, part: str | None
    ) -> None:
        c = said("CoreDecompressionWithCells heals Osteonecrosis", "one", at=300)
        d = said("CoreDecompression heals Osteonecrosis", "two", at=300)
        near = between([c], [d], verdict)
        [found] = disputed([self.A, self.B, c, d], [clash(self.A, self.B), near])
        parts = {"common": found.common, "dissolved": found.dissolved}
        assert parts == {name: (near,) if name == part else () for name in parts}
        assert set(ids(c, d)) & {name for side in found.sides for name in side.claims} == set()

    def test_not_those_on_something_else_or_with_other_voices(self, disputed: Disputed) -> None:
        c, d = (
            said("Osteonecrosis hasSymptom Pain", "one", at=300),
            said("Osteonecrosis hasSymptom Pain", "two", at=300),
        )
        e = said("CoreDecompression heals Osteonecrosis", "one", at=400)
        f = said("CoreDecompression heals Osteonecrosis", "three", at=400)
        g = said("CoreDecompression heals Osteonecrosis", "four", at=400)
        others = [between([x], [y], Verdict.AGREEMENT) for x, y in ((c, d), (e, f), (e, g))]
        [found] = disputed([self.A, self.B, c, d, e, f, g], [clash(self.A, self.B), *others])
        assert found.common == ()

    def test_what_would_settle_it_is_what_its_clashes_assume(self, disputed: Disputed) -> None:
        relations = [clash(self.A, self.B, assumes=("place", "anatomy"))]
        [found] = disputed([self.A, self.B], relations)
        assert found.settling == ("anatomy", "place")

    def test_the_gravest_comes_first_then_what_assumes_least(self, disputed: Disputed) -> None:
        c = said("CoreDecompression isKindOf Injection", "two", at=300)
        d = said("CoreDecompression isKindOf Procedure", "two", at=400)
        sure, unsure = clash(self.A, c), clash(self.A, self.B, assumes=("place",))
        rival = between([self.A], [d], Verdict.RIVAL)
        [found] = disputed([self.A, self.B, c, d], [rival, unsure, sure])
        assert found.clashes == (sure, unsure, rival)
