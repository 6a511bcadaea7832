"""Relations in words: every one is a sentence that names its voices, what is at issue, and what led to it."""

import re
from decimal import Decimal

import pytest

from avnkg.analysis.questions import CLASS, KINDS, ONE_ANSWER, STANCE, Link, Mode
from avnkg.analysis.relations.relations import relate
from avnkg.analysis.relations.sentences import ONE, SEVERAL, TWO, issue, sentences, words
from avnkg.analysis.verdicts import Bits, Verdict
from avnkg.claims.kinds import Force
from avnkg.claims.model import Claim, Proposition, Quantity
from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.relation_records import relations
from avnkg.graph.store import EmbeddedStore
from tests.analysis.made import ALMOST_ALWAYS, always, claim, never

HEARD = {"one": "Alpha Travel", "two": "Beta Clinic", "three": "Gamma"}
HOSTILE = (
    'A "clinic" } <x>',
    "\u202egnirts\x1b[31m",
    "[red]a[/red]",
    "’ \U0001d11e",
    "'; DROP TABLE claims; --",
    "%s {0}",
)


def told(vocabulary: Vocabulary, *claims: Claim, heard: dict[str, str] | None = None) -> list[tuple[Verdict, str]]:
    """Return the relations of some claims in words."""
    return [(each.verdict, each.says) for each in relate(claims, vocabulary, heard or HEARD)]


def asked(vocabulary: Vocabulary, one: Proposition, other: Proposition, mode: Mode, kind: int) -> str:
    """Return what is at issue between two propositions."""
    return issue(Link(0, 1, mode, kind), (one, other), vocabulary)


def test_every_verdict_and_kind_has_words_for_one_voice_and_two() -> None:
    rows = sentences()
    found = {(row[0], row[1], row[2]) for row in rows}
    assert len(found) == len(rows)
    assert found >= {(v.row, kind, alike) for v in Verdict for kind in range(len(KINDS)) for alike in (ONE, TWO)}
    assert {row[2] for row in rows if row[0] != Verdict.AGREEMENT.row} == {ONE, TWO}
    assert {row[2] for row in rows if row[0] == Verdict.AGREEMENT.row} == {ONE, TWO, SEVERAL}
    for row, kind, _, verdict, name, rule, *_ in rows:
        assert (verdict, name) == (list(Verdict)[row - 1], KINDS[kind])
        assert re.fullmatch(r"[1-8]-[a-z]+(-[a-z]+)*", rule)
        assert rule == f"{row}-{name.replace(' ', '-')}"


@pytest.mark.parametrize("world", ["mini_store", "corpus_store"])
def test_every_relation_is_one_sentence(world: str, vocabulary: Vocabulary, request: pytest.FixtureRequest) -> None:
    store: EmbeddedStore = request.getfixturevalue(world)
    graph = ClaimsGraph(store, vocabulary)
    publishers = {row.publisher for row in graph.query("documents")}
    for each in relations(graph):
        says = each.relation.says
        assert says.endswith(".")
        assert not re.search(r"  | [.,:)]|\(\)|None|\bself\b|\n|,,|\.\.", says), says
        named = [name for name in publishers if name in says]
        assert named or re.match(r"\d voices ", says), says
        if not each.across:
            assert len(named) == 1, says


class TestSentence:
    """Of some claims."""

    def test_names_both_voices_and_the_question(self, vocabulary: Vocabulary) -> None:
        a, b = always("CellTherapy heals Osteonecrosis"), never("CellTherapy heals Osteonecrosis")
        assert told(vocabulary, a, b) == [
            (
                Verdict.CONTRADICTION,
                "Alpha Travel and Beta Clinic contradict each other on whether cell therapy heals osteonecrosis.",
            )
        ]

    def test_of_one_voice_with_itself(self, vocabulary: Vocabulary) -> None:
        a, b = always("CellTherapy heals Osteonecrosis"), never("CellTherapy heals Osteonecrosis", "one")
        [(verdict, says)] = told(vocabulary, a, b)
        assert verdict is Verdict.CONTRADICTION
        assert says == "Alpha Travel contradicts itself on whether cell therapy heals osteonecrosis."

    def test_names_the_axis_that_keeps_them_apart(self, vocabulary: Vocabulary) -> None:
        a = always("CellTherapy heals Osteonecrosis", under="stage=Stage1")
        b = never("CellTherapy heals Osteonecrosis", under="stage=Stage4")
        [(verdict, says)] = told(vocabulary, a, b)
        assert verdict is Verdict.SCOPE_DIFFERENCE
        assert "(stage): both may hold." in says

    def test_names_the_narrower_case_first(self, vocabulary: Vocabulary) -> None:
        a = always("CellTherapy heals Osteonecrosis")
        b = always("CellTherapy heals Osteonecrosis", "two", under="anatomy=Hip")
        [(verdict, says)] = told(vocabulary, a, b)
        assert verdict is Verdict.REFINEMENT
        assert says.startswith("Beta Clinic says for a narrower case what Alpha Travel says on ")
        assert says.endswith(": it is narrower in anatomy.")

    def test_tells_practice_against_advice(self, vocabulary: Vocabulary) -> None:
        said = "CellTherapy isPerformedWith CoreDecompression"
        a = claim(said, share=ALMOST_ALWAYS, force=Force.REPORTS)
        b = claim(said, "two", denies=True, force=Force.REQUIRES)
        [(verdict, says)] = told(vocabulary, a, b)
        assert verdict is Verdict.TENSION
        assert says.endswith(": what is done stands against what is advised.")

    def test_an_agreement_of_several_counts_them_once(self, vocabulary: Vocabulary) -> None:
        three = [always("CellTherapy heals Osteonecrosis", document) for document in HEARD]
        [(verdict, says)] = told(vocabulary, *three)
        assert verdict is Verdict.AGREEMENT
        assert says == "3 voices agree on whether cell therapy heals osteonecrosis."

    @pytest.mark.parametrize("name", HOSTILE)
    def test_hostile_names_stay_words(self, vocabulary: Vocabulary, name: str) -> None:
        a, b = always("CellTherapy heals Osteonecrosis"), never("CellTherapy heals Osteonecrosis")
        [(_, says)] = told(vocabulary, a, b, heard={"one": name, "two": "Beta Clinic"})
        assert f"{name} and Beta Clinic contradict" in says or f"Beta Clinic and {name} contradict" in says
        c = always("CellTherapy heals Osteonecrosis")
        d = claim("CellTherapy alsoCalled X", says=name)
        assert told(vocabulary, c, d) == []


class TestIssue:
    """What is at issue."""

    HEALS = Proposition("CellTherapy", "heals", "Osteonecrosis")

    def test_one_question_is_said_once(self, vocabulary: Vocabulary) -> None:
        found = asked(vocabulary, self.HEALS, self.HEALS, Mode.SAME, STANCE)
        assert found == "whether cell therapy heals osteonecrosis"

    def test_two_questions_are_both_said(self, vocabulary: Vocabulary) -> None:
        other = Proposition("LesionInjection", "heals", "Osteonecrosis")
        first = "whether cell therapy heals osteonecrosis"
        second = "whether injection of cells into the lesion heals osteonecrosis"
        assert asked(vocabulary, self.HEALS, other, Mode.SAME, STANCE) == f"{first}, and {second}"

    def test_answers_that_shut_each_other_out_are_two(self, vocabulary: Vocabulary) -> None:
        a = Proposition("CoreDecompression", "isKindOf", "MajorSurgery")
        b = Proposition("CoreDecompression", "isKindOf", "MinimallyInvasiveSurgery")
        assert asked(vocabulary, a, b, Mode.EXCLUSIVE, CLASS) == (
            "whether core decompression is a kind of major surgery, "
            "or core decompression is a kind of minimally invasive surgery"
        )

    def test_rivals_leave_the_answer_open(self, vocabulary: Vocabulary) -> None:
        a, b = (Proposition("Osteonecrosis", "hasMechanism", name) for name in ("ReducedBloodFlow", "BonePressure"))
        assert asked(vocabulary, a, b, Mode.RIVAL, ONE_ANSWER) == "“osteonecrosis comes about by …”"

    def test_an_amount_names_whose_it_is(self, vocabulary: Vocabulary) -> None:
        price = Quantity("$8,000", Decimal(8000), Decimal(8000), "USD")
        a, b = (Proposition(name, "price", quantity=price) for name in ("CellTherapy", "LesionInjection"))
        assert asked(vocabulary, a, a, Mode.SAME, STANCE) == "the amount (price) of cell therapy"
        assert asked(vocabulary, a, b, Mode.SAME, STANCE) == (
            "the amount (price) of cell therapy and injection of cells into the lesion"
        )

    @pytest.mark.parametrize(
        ("said", "words_of_it"),
        [
            (Proposition("Osteonecrosis", "alsoCalled", 'bone "rot"'), 'osteonecrosis is also called “bone "rot"”'),
            (
                Proposition("LesionInjection", "lessInvasiveThan", comparator="CoreDecompression"),
                "injection of cells into the lesion is less invasive than core decompression",
            ),
            (
                Proposition("LesionInjection", "moreEffectiveThan", comparator="Surgery", endpoint="Pain"),
                "injection of cells into the lesion is more effective than surgery in respect of pain",
            ),
            (
                Proposition("Treatment", "heals", "Osteonecrosis", subject_excludes=("JointReplacement", "Medication")),
                "any other treatment than joint replacement or medication heals osteonecrosis",
            ),
            (
                Proposition("LesionInjection", "isSubstituteFor", "Surgery", excludes=("JointReplacement",)),
                "injection of cells into the lesion is substitute for any other surgery than joint replacement",
            ),
            (Proposition("a new thing", "heals", "[red]x"), "a new thing heals [red]x"),
        ],
    )
    def test_a_proposition_is_said_with_all_its_roles(
        self, vocabulary: Vocabulary, said: Proposition, words_of_it: str
    ) -> None:
        assert asked(vocabulary, said, said, Mode.SAME, STANCE) == f"whether {words_of_it}"


def test_names_of_a_mask_are_told_as_a_list(vocabulary: Vocabulary) -> None:
    bits = Bits(("anatomy", "deliveryTarget", "stage"))
    masks = [0, 1, bits.bit("stage"), bits.bit("stage") | bits.bit("deliveryTarget") | 1]
    found = {mask: (names, plain) for mask, names, plain, _ in words(masks, bits, vocabulary)}
    assert found == {
        0: ([], ""),
        1: (["subject"], "subject"),
        masks[2]: (["stage"], "stage"),
        masks[3]: (["deliveryTarget", "stage", "subject"], "delivery target, stage and subject"),
    }
    assert [granted for *_, granted in words([0], bits, vocabulary)] == [""]
