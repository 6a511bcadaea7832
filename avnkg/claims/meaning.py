"""From a claim's written fields to what they mean: names known, hedges read, one way of saying one thing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from avnkg.claims.amounts import UNITS, missing_numbers, printed_shares, unit_fault
from avnkg.claims.entry import ClaimFields, FrequencyEntry
from avnkg.claims.kinds import Basis, Stance, Standing, Takes
from avnkg.claims.model import Claim, Degree, Frequency, Proposition, Quantity, Scope, default_basis
from avnkg.claims.printed import holds, names
from avnkg.claims.scope import quantity_of, scope_of
from avnkg.claims.vocabulary import Hedge, Predicate, Vocabulary
from avnkg.documents.gate import NEGATION
from avnkg.documents.located import Place
from avnkg.documents.model import Passage
from avnkg.errors import ClaimError, UnknownTermError

Complaint = Callable[[type[ClaimError], str, Place, str | None], None]
"""Takes note of something wrong: kind, what was required and what came, the field, what to do next."""


_NONE, _ALL = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Meaning:
    """Reads claims' fields with one vocabulary; what is wrong goes to `complain`, and reading goes on."""

    vocabulary: Vocabulary
    complain: Complaint

    def claim(self, fields: ClaimFields, identity: str, document: str, passages: tuple[Passage, ...]) -> Claim | None:
        """Return the claim that some fields mean, or None when they cannot mean one."""
        words = "\n".join(passage.exact for passage in passages)
        predicate = self._predicate(fields.predicate)
        if predicate is None or not self._fits(fields, predicate):
            return None
        self._check_names(fields, predicate)
        if passages:  # else the gate has refused them, and said so
            self._check_printed(fields, predicate, words)
        scope = self._scope(fields, words if passages else None)
        quantity = self._quantity(fields)
        frequency = self.frequency(fields.frequency, fields.stance) if fields.frequency else None
        basis = fields.basis or default_basis(fields.force)
        if (basis is Basis.TRACEABLE) != bool(fields.cites):
            problem = "a traceable basis and `cites` go together"
            self.complain(ClaimError, problem, ("basis",), "give both or neither")
        return Claim(
            id=identity,
            document=document,
            passages=passages,
            proposition=self._proposition(fields, predicate, quantity),
            says=fields.says,
            force=fields.force,
            stance=fields.stance,
            manner=fields.manner,
            frequency=frequency,
            degree=Degree(fields.degree.value, fields.degree.printed) if fields.degree else None,
            scope=scope,
            basis=basis,
            appeal=fields.appeal,
            cites=fields.cites,
            note=fields.note,
            withdrawn=fields.withdrawn,
        )

    def proposition(self, fields: ClaimFields) -> Proposition | None:
        """Return what some fields say, without who says it and under which conditions; None when that is nothing."""
        predicate = self._predicate(fields.predicate)
        if predicate is None or not self._fits(fields, predicate):
            return None
        self._check_names(fields, predicate)
        return self._proposition(fields, predicate, self._quantity(fields))

    def scope(self, fields: ClaimFields) -> Scope:
        """Return the conditions that some fields name, without asking whether a quote holds them."""
        return self._scope(fields, None)

    def frequency(self, entry: FrequencyEntry, stance: Stance) -> Frequency:
        """Return the share that an entry gives."""
        found = self._frequency(entry, stance)
        self._check_polarity(stance, found)
        return found

    def _quantity(self, fields: ClaimFields) -> Quantity | None:
        if fields.quantity is None:
            return None
        found = quantity_of(fields.quantity)
        self._check_amount(found, ("quantity",))
        return found

    def _predicate(self, name: str) -> Predicate | None:
        known = self.vocabulary.predicates.get(name)
        if known:
            return known
        if self.vocabulary.open and name not in self.vocabulary.terms:
            return Predicate(name, Takes.RELATION, "Most")
        kind = "is not a predicate" if name in self.vocabulary.terms else "is not in the ontology"
        self.complain(
            UnknownTermError, f"{name!r} {kind}", ("predicate",), self._suggest(name, self.vocabulary.predicates)
        )
        return None

    def _fits(self, fields: ClaimFields, predicate: Predicate) -> bool:
        """Check that the predicate has what it takes, and nothing that it does not."""
        wanted = {Takes.AMOUNT: "quantity", Takes.COMPARISON: "comparator"}.get(predicate.takes, "object")
        fine = True
        for name in ("object", "quantity", "comparator"):
            given = getattr(fields, name) is not None
            # A relation may be compared ("increases the chances more than …"), so it may have a comparator.
            extra = name == "comparator" and predicate.takes is Takes.RELATION
            if given != (name == wanted) and not (given and extra):
                fine = False
                problem = f"{predicate.name} takes `{wanted}`" + (f", not `{name}`" if given else "")
                self.complain(ClaimError, problem, (name,), f"remove `{name}`" if given else f"give `{wanted}`")
        if fields.except_ and predicate.takes in (Takes.TEXT, Takes.AMOUNT):
            fine = False
            problem = f"{predicate.name} takes no concept that could leave something out"
            self.complain(ClaimError, problem, ("except",), "remove `except`")
        return fine

    def _check_names(self, fields: ClaimFields, predicate: Predicate) -> None:
        for place, name in _names(fields, predicate):
            if not self.vocabulary.knows(name):
                self.complain(UnknownTermError, f"{name!r} is not in the ontology", place, self._suggest(name))
            elif name in self.vocabulary.predicates:
                self.complain(ClaimError, f"{name!r} is a predicate, not a concept", place, "name what it joins")
            elif name in self.vocabulary.model and place not in _MODEL_PLACES:
                problem = f"{name!r} is a term of the model, not a concept"
                self.complain(ClaimError, problem, place, "name what the words speak of")
            elif place == ("degree", "value") and not (self.vocabulary.open or self.vocabulary.is_a(name, "Degree")):
                self.complain(ClaimError, f"{name!r} is not a degree", place, "one of the ontology's section *Degrees*")

    def _check_printed(self, fields: ClaimFields, predicate: Predicate, words: str) -> None:
        """Check that what is said to be printed is printed in the quote."""
        if predicate.takes is Takes.TEXT and fields.object is not None and not names(words, fields.object):
            problem = f"the quote does not hold {fields.object!r}"
            self.complain(ClaimError, problem, ("object",), "give the words as printed, or quote them")
        printed = {
            ("frequency", "printed"): fields.frequency.printed if fields.frequency else None,
            ("quantity", "printed"): fields.quantity.printed if fields.quantity else None,
            ("degree", "printed"): fields.degree.printed if fields.degree else None,
            ("appeal",): fields.appeal,
        }
        for place, part in printed.items():
            if part is not None and not holds(words, part):
                self.complain(ClaimError, f"the quote does not hold {part!r}", place, "give the words as printed")

    def _check_amount(self, quantity: Quantity, place: Place) -> None:
        if quantity.unit not in UNITS and not self.vocabulary.open:
            self.complain(
                ClaimError, f"{quantity.unit!r} is not a unit", (*place, "unit"), f"one of {', '.join(UNITS)}"
            )
        if quantity.low is None and quantity.high is None:
            self.complain(ClaimError, "an amount needs `low`, `high` or both", place, "give the printed number")
        if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
            self.complain(ClaimError, f"low {quantity.low} is above high {quantity.high}", place, "swap them")
        missing = missing_numbers(quantity.printed, quantity.low, quantity.high)
        if missing:
            problem = f"the printed words {quantity.printed!r} do not hold {_shown(missing)}"
            self.complain(ClaimError, problem, place, "number and print must agree")
        fault = unit_fault(quantity.printed, quantity.unit) if quantity.unit in UNITS else None
        if fault:
            problem = f"the printed words {quantity.printed!r} {fault}"
            self.complain(ClaimError, problem, (*place, "unit"), "unit and print must agree")

    def _check_polarity(self, stance: Stance, frequency: Frequency) -> None:
        """Check that what holds in no case is denied, and what holds in every case is not."""
        if frequency.high == _NONE and stance is Stance.AFFIRMS:
            self.complain(
                ClaimError,
                f"affirms what holds in no case ({frequency.printed!r})",
                ("stance",),
                "write `stance: denies`",
            )
        if frequency.low == _ALL and stance is Stance.DENIES:
            problem = f"denies what holds in every case ({frequency.printed!r})"
            self.complain(
                ClaimError, problem, ("frequency",), "the share is that of the proposition, negation worked in"
            )

    def _scope(self, fields: ClaimFields, words: str | None) -> Scope:
        """Return the written scope, checked; `words` are the quote's, None where the gate refused them."""
        for axis in {**fields.scope, **fields.inherited}:
            place = ("scope" if axis in fields.scope else "inherited", axis)
            if axis not in self.vocabulary.axes and not self.vocabulary.open:
                known = ", ".join(self.vocabulary.axes)
                self.complain(UnknownTermError, f"{axis!r} is not an axis of scope", place, f"one of {known}")
        scope = scope_of(fields.scope, fields.inherited)
        for condition in scope:
            inherited = condition.standing is Standing.INHERITED and condition.axis in fields.inherited
            place = ("inherited" if inherited else "scope", condition.axis)
            if condition.measured:
                self._check_amount(condition.measured, place)
                stated = condition.standing is Standing.STATED
                if stated and words is not None and not holds(words, condition.measured.printed):
                    problem = f"the quote does not hold {condition.measured.printed!r}"
                    self.complain(ClaimError, problem, place, "give the words as printed, or write it as inherited")
            for value in condition.any_of:
                self._check_value(condition.axis, value, place)
        return scope

    def _check_value(self, axis: str, value: str, place: Place) -> None:
        if self.vocabulary.open:
            return
        if value not in self.vocabulary.terms:
            self.complain(UnknownTermError, f"{value!r} is not in the ontology", place, self._suggest(value))
        elif value in self.vocabulary.model:
            problem = f"{value!r} is a term of the model, not a concept"
            self.complain(ClaimError, problem, place, "name what the words speak of")
        elif axis in self.vocabulary.axes and not self.vocabulary.is_a(value, self.vocabulary.axes[axis].range):
            kind = self.vocabulary.axes[axis].range
            problem = f"{value} is no value of the axis {axis}: it is not a {kind}"
            self.complain(ClaimError, problem, place, "name one, or choose the axis that it belongs to")

    def _frequency(self, entry: FrequencyEntry, stance: Stance) -> Frequency:
        hedge = self._hedge(entry)
        if hedge and entry.hedge:
            self._check_reading(entry, hedge, stance)
        if entry.low is None and entry.high is None:
            if entry.low_open or entry.high_open:
                problem = "`lowOpen` and `highOpen` say of a bound that it is left out itself, and there is none"
                self.complain(ClaimError, problem, ("frequency",), "give `low` or `high`, or remove them")
            if hedge is None:
                return Frequency(entry.printed, _NONE, _ALL)
            return Frequency(
                entry.printed, hedge.low, hedge.high, hedge.low_open, hedge.high_open, hedge.label, entry.of
            )
        low, high = entry.low or _NONE, _ALL if entry.high is None else entry.high
        self._check_share(entry, low, high, hedge)
        return Frequency(entry.printed, low, high, entry.low_open, entry.high_open, entry.hedge, entry.of)

    def _hedge(self, entry: FrequencyEntry) -> Hedge | None:
        """Return the known hedge that an entry names, or that its printed words are; none is needed with bounds."""
        words = entry.hedge or entry.printed
        known = self.vocabulary.hedges.get(words.casefold())
        if known is None and (entry.hedge or (entry.low is None and entry.high is None)):
            self.complain(
                ClaimError,
                f"{words!r} is not a known hedge",
                ("frequency", "hedge" if entry.hedge else "printed"),
                f"add `hedge:` with one of {', '.join(sorted(self.vocabulary.hedges))}, or give `low` and `high`",
            )
        return known

    def _check_share(self, entry: FrequencyEntry, low: Decimal, high: Decimal, hedge: Hedge | None) -> None:
        place: Place = ("frequency",)
        if low > high or (low == high and (entry.low_open or entry.high_open)):
            self.complain(ClaimError, f"no share lies between low {low} and high {high}", place, "swap or widen them")
        if hedge and (low, high, entry.low_open, entry.high_open) != hedge.interval:
            problem = f"{hedge.label!r} is read as {hedge.low} to {hedge.high}, not as {low} to {high}"
            self.complain(ClaimError, problem, place, "give the hedge or the bounds, not both")
        if hedge or entry.hedge:
            return
        shares = printed_shares(entry.printed)
        # A bound at the very end bounds nothing, so it need not be printed.
        missing = tuple(bound * 100 for bound in {low, high} - {_NONE, _ALL} if bound * 100 not in shares)
        if missing or not shares:
            what = f"do not hold {_shown(sorted(missing), '%')}" if missing else "hold no share"
            problem = f"the printed words {entry.printed!r} {what}"
            self.complain(ClaimError, problem, place, "number and print must agree: a percentage, or 4 of 5")

    def _check_reading(self, entry: FrequencyEntry, hedge: Hedge, stance: Stance) -> None:
        """Check that words which are a hedge are not read as another one.

        Only the rest is left to a denial: "most insurers do not" denies in most cases that they do.
        """
        printed = self.vocabulary.hedges.get(entry.printed.casefold())
        if printed is None or hedge.interval == printed.interval:
            return
        if stance is Stance.DENIES and hedge.interval == printed.rest:
            return
        problem = f"{entry.printed!r} is itself a hedge, read as {printed.label!r}, not as {hedge.label!r}"
        self.complain(ClaimError, problem, ("frequency", "hedge"), "leave `hedge` out")

    def _proposition(self, fields: ClaimFields, predicate: Predicate, quantity: Quantity | None) -> Proposition:
        """Return the proposition in its one normal form: the inverse of a predicate swaps what it joins."""
        said = Proposition(
            subject=fields.subject,
            predicate=predicate.written_as or predicate.name,
            object=fields.object,
            comparator=fields.comparator,
            endpoint=fields.endpoint,
            excludes=tuple(sorted(set(fields.except_))),
            subject_excludes=tuple(sorted(set(fields.subject_except))),
            quantity=quantity,
        )
        if not predicate.swapped:
            return said
        said = replace(said, excludes=said.subject_excludes, subject_excludes=said.excludes)
        if predicate.takes is Takes.COMPARISON:
            return replace(said, subject=fields.comparator or "", comparator=fields.subject)
        return replace(said, subject=fields.object or "", object=fields.subject)

    def _suggest(self, name: str, among: object = None) -> str:
        near = self.vocabulary.nearest(name, among if isinstance(among, dict) else None)
        return f"did you mean {' or '.join(near)}?" if near else "add it to ontology/avnkg.ttl, or use `--open`"


_MODEL_PLACES: tuple[Place, ...] = (("degree", "value"), ("quantity", "basis"))
"""Fields that draw from the model's own lists."""


def negated(fields: ClaimFields) -> bool:
    """Tell whether a claim carries its words' negation: it denies, or its share is that of a negated hedge."""
    share = fields.frequency
    return fields.stance is Stance.DENIES or bool(share and NEGATION.search(f"{share.printed} {share.hedge or ''}"))


def _shown(numbers: Iterable[Decimal], sign: str = "") -> str:
    return ", ".join(f"{number.normalize():f}{sign}" for number in numbers)


def _names(fields: ClaimFields, predicate: Predicate) -> Iterator[tuple[Place, str]]:
    yield ("subject",), fields.subject
    if fields.object is not None and predicate.takes is not Takes.TEXT:
        yield ("object",), fields.object
    if fields.comparator is not None:
        yield ("comparator",), fields.comparator
    if fields.endpoint is not None:
        yield ("endpoint",), fields.endpoint
    for name in fields.except_:
        yield ("except",), name
    for name in fields.subject_except:
        yield ("subjectExcept",), name
    if fields.frequency and fields.frequency.of:
        yield ("frequency", "of"), fields.frequency.of
    if fields.quantity and fields.quantity.basis:
        yield ("quantity", "basis"), fields.quantity.basis
    if fields.degree:
        yield ("degree", "value"), fields.degree.value
