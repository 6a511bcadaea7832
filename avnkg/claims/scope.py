"""Under which conditions a claim speaks: from the written scope to conditions on axes, and back."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from avnkg.claims.entry import AllEntry, AxisEntry, ConditionEntry, QuantityEntry, ScopeEntry
from avnkg.claims.kinds import Standing
from avnkg.claims.model import Condition, Proposition, Quantity, Scope, plain
from avnkg.claims.vocabulary import Vocabulary


def scope_of(stated: ScopeEntry, inherited: ScopeEntry) -> Scope:
    """Return the conditions of a written scope, sorted by axis so that equal scopes are equal values."""
    return in_order(
        condition
        for entries, standing in ((stated, Standing.STATED), (inherited, Standing.INHERITED))
        for axis, entry in entries.items()
        for condition in _conditions(axis, entry, standing)
    )


def in_order(conditions: Iterable[Condition]) -> Scope:
    """Return conditions as a scope: each once, sorted by axis."""
    return tuple(sorted(set(conditions), key=_order))


def definitional(proposition: Proposition, vocabulary: Vocabulary) -> Scope:
    """Return the conditions that the subject's name carries by definition.

    A lesion injection is, by its name, a cell therapy with the lesion as target and a needle as access.
    """
    known = vocabulary.defined.get(proposition.subject)
    values = known.values if known else {}
    return tuple(Condition(axis, Standing.DEFINITIONAL, any_of=(value,)) for axis, value in sorted(values.items()))


def written(scope: Scope) -> dict[str, Any]:
    """Return a scope as the portable table has it: axis -> names, or a list of conditions written out."""
    axes: dict[str, list[Condition]] = {}
    for condition in scope:
        axes.setdefault(condition.axis, []).append(condition)
    return {axis: _written(conditions) for axis, conditions in axes.items()}


def _conditions(axis: str, entry: AxisEntry, standing: Standing) -> Iterator[Condition]:
    if isinstance(entry, AllEntry):
        for part in entry.all:
            yield from _conditions(axis, part, standing)
    elif isinstance(entry, QuantityEntry):
        yield Condition(axis, standing, measured=quantity_of(entry))
    elif isinstance(entry, ConditionEntry):
        measured = quantity_of(entry.measured) if entry.measured else None
        yield Condition(axis, entry.standing, tuple(sorted(set(entry.any))), measured)
    else:
        yield Condition(axis, standing, any_of=tuple(sorted(set(entry))))


def quantity_of(entry: QuantityEntry) -> Quantity:
    """Return the amount that an entry gives."""
    return Quantity(entry.printed, entry.low, entry.high, entry.unit, entry.of, entry.basis, entry.relation)


def written_quantity(quantity: Quantity) -> dict[str, Any]:
    """Return an amount as files have it, without what is absent."""
    fields: Mapping[str, Any] = {
        "printed": quantity.printed,
        "low": plain(quantity.low),
        "high": plain(quantity.high),
        "unit": quantity.unit,
        "of": quantity.measures,
        "basis": quantity.basis,
        "relation": quantity.relation.value if quantity.relation else None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _written(conditions: list[Condition]) -> Any:
    if len(conditions) == 1 and conditions[0].any_of and conditions[0].standing is Standing.STATED:
        return list(conditions[0].any_of)
    parts = [_written_out(condition) for condition in conditions]
    return parts[0] if len(parts) == 1 else {"all": parts}


def _written_out(condition: Condition) -> dict[str, Any]:
    words: dict[str, Any] = {"standing": condition.standing.value}
    if condition.measured:
        words["measured"] = written_quantity(condition.measured)
    else:
        words["any"] = list(condition.any_of)
    return words


def _order(condition: Condition) -> tuple[str, str, tuple[str, ...], str, str]:
    measured = repr(condition.measured.parts) if condition.measured else ""
    printed = condition.measured.printed if condition.measured else ""
    return (condition.axis, condition.standing.value, condition.any_of, measured, printed)
