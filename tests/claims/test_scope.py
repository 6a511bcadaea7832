"""Scopes: written, read and written again; and what a name carries by definition."""

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from avnkg.claims.entry import ScopeEntry
from avnkg.claims.kinds import Standing
from avnkg.claims.model import Condition
from avnkg.claims.scope import definitional, scope_of, written
from avnkg.claims.vocabulary import Vocabulary
from tests.claims.reader import meant
from tests.claims.strategies import scopes

ENTRY: TypeAdapter[ScopeEntry] = TypeAdapter(ScopeEntry)


@given(scopes(), scopes())
def test_any_scope_written_out_reads_as_the_same_scope(stated: dict[str, object], inherited: dict[str, object]) -> None:
    scope = scope_of(ENTRY.validate_python(stated), ENTRY.validate_python(inherited))
    assert scope_of(ENTRY.validate_python(written(scope)), {}) == scope
    assert all(condition.any_of or condition.measured for condition in scope), "every condition says something"


@given(st.permutations(["5 to 10 years", "5-10 years", "five to ten years"]))
def test_equal_amounts_in_other_words_stand_in_one_order(printed: list[str]) -> None:
    amounts = [{"printed": words, "low": "5", "high": "10", "unit": "year"} for words in printed]
    scope = scope_of(ENTRY.validate_python({"time": {"all": amounts}}), {})
    assert [condition.measured and condition.measured.printed for condition in scope] == [
        "5 to 10 years",
        "5-10 years",
        "five to ten years",
    ]


def test_a_defined_name_carries_its_values_whichever_way_the_predicate_points(vocabulary: Vocabulary) -> None:
    carried = (
        Condition("deliveryAccess", Standing.DEFINITIONAL, ("Needle",)),
        Condition("deliveryTarget", Standing.DEFINITIONAL, ("OsteonecroticLesion",)),
    )
    straight = meant(vocabulary, subject="LesionInjection", predicate="usedFor", object="Osteonecrosis")
    inverse = meant(vocabulary, subject="Osteonecrosis", predicate="treatedBy", object="LesionInjection")
    assert definitional(straight.proposition, vocabulary) == carried
    assert definitional(inverse.proposition, vocabulary) == carried
    assert definitional(meant(vocabulary).proposition, vocabulary) == ()
