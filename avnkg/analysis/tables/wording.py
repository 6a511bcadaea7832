"""What the cells of a table mean: each distinct wording read once, into numbers or into faults."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, partial
from operator import itemgetter
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from avnkg.analysis.answers import Share
from avnkg.analysis.relations.coding import Codebook
from avnkg.analysis.tables.tables import GIVEN, SAID
from avnkg.claims.entry import AxisEntry, ClaimFields, FrequencyEntry, Names, QuantityEntry
from avnkg.claims.faults import faults
from avnkg.claims.kinds import Force, Stance
from avnkg.claims.meaning import Meaning
from avnkg.claims.model import Condition, Proposition, Scope
from avnkg.claims.spelling import Spellings, alike
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.located import Located, Place, place_name
from avnkg.errors import AvnkgError, ClaimError

Row = tuple[Any, ...]
Kind = TypeVar("Kind", bound=StrEnum)
_NAMES: TypeAdapter[tuple[str, ...]] = TypeAdapter(Names)
_QUANTITY: TypeAdapter[QuantityEntry] = TypeAdapter(QuantityEntry)
_FREQUENCY: TypeAdapter[FrequencyEntry] = TypeAdapter(FrequencyEntry)
_AXIS: TypeAdapter[Any] = TypeAdapter(AxisEntry)
_LONGEST_NAME, _LONGEST_TEXT = 300, 4000
SAYING, GIVING, UNDER = range(3)
"""Parts of a line, as faults are told of."""


@dataclass
class Wording:
    """Reads wordings with one vocabulary. `wrong` holds the faults of a part, by the first line that has them."""

    book: Codebook
    wrong: dict[tuple[int, int], list[AvnkgError]] = field(default_factory=dict)
    _said: dict[int, Proposition] = field(default_factory=dict)
    _scopes: dict[int, Scope] = field(default_factory=dict)
    _written: dict[tuple[str, str, str], Scope] = field(default_factory=dict)

    @property
    def _vocabulary(self) -> Vocabulary:
        return self.book.vocabulary

    @cached_property
    def _spellings(self) -> Spellings:
        return Spellings(self._vocabulary)

    @property
    def hangs_together(self) -> bool:
        """Whether there is anything of which `bound` has to tell."""
        return bool(self._said)

    def said(self, rows: Sequence[Row]) -> Iterator[tuple[int, int, int]]:
        """Yield numbers of propositions by first line, and whether the subject hangs together with conditions.

        What only one line says, and what meets nothing else, is left out: no relation comes of it.
        """
        strangers = self._strangers(rows)
        for row in rows:
            subject, _, predicate, target, _, comparator, endpoint, quantity, first, lines = row
            strange = subject in strangers and predicate in strangers and target in strangers
            if strange and not (comparator or endpoint or quantity):
                if lines > 1:
                    yield first, self.book.lone(Proposition(subject, predicate, target)), 0
                continue
            found = self._whole(SAYING, first, partial(self._proposition, dict(zip(SAID, row, strict=False))))
            if found is None:
                continue
            bound = self.book.is_defined(found.subject)
            if bound:
                self._said[first] = found
            yield first, -1 if bound else self.book.propositions.of(found), int(bound)

    def _strangers(self, rows: Iterable[Row]) -> set[str]:
        """Return the names that stand for themselves: a wording of three of them is what it says, and meets no other.

        One that stands beside a nested cell is not among them: something may be left out of it.
        """
        names: set[str] = set()
        beside: set[str] = set()
        for subject, subject_except, predicate, target, left_out, _, _, quantity, _, _ in rows:
            (beside if subject_except or left_out or quantity else names).update((subject, predicate, target))
        is_stranger = self.book.concepts.is_stranger
        return {name for name in names - beside if 0 < len(name) <= _LONGEST_NAME and is_stranger(name)}

    def given(self, rows: Iterable[Row]) -> Iterator[tuple[int, int]]:
        """Yield numbers of answers by first line; what answers nothing is left out."""
        for *cells, first, _ in rows:
            found = self._whole(GIVING, first, partial(self._answer, dict(zip(GIVEN, cells, strict=True))))
            if found is not None and found >= 0:
                yield first, found

    def under(self, rows: Iterable[Row]) -> Iterator[tuple[int, int]]:
        """Yield numbers of scopes by first line."""
        # An open axis is called as it is where it first stands.
        for stated, inherited, first, _ in sorted(rows, key=itemgetter(2)) if self._vocabulary.open else rows:
            found = self._whole(UNDER, first, partial(self._conditions, stated, inherited))
            if found is not None:
                self._scopes[first] = found
                yield first, self.book.scope(found)

    def bound(self, rows: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
        """Yield numbers of propositions and scopes for what is only known together."""
        for said, under in rows:
            if said in self._said and under in self._scopes:
                code = self.book.code(self._said[said], 0, self._scopes[under])
                yield said, under, code.prop, code.scope

    def _whole(self, part: int, first: int, read: Callable[["_Faults"], Any]) -> Any:
        """Return what is read, None when anything in it is wrong."""
        found = _Faults()
        read_cells = read(found)
        if found.errors:
            self.wrong[part, first] = found.errors
            return None
        return read_cells

    def _proposition(self, cells: Mapping[str, str], found: "_Faults") -> Proposition | None:
        for name in ("subject", "predicate"):
            if not cells[name]:
                found.complain(ClaimError, f"the field {name!r} is missing", (name,), "add it")
        for name in ("subject", "predicate", "comparator", "endpoint", "object"):
            most = _LONGEST_TEXT if name == "object" else _LONGEST_NAME
            if len(cells[name]) > most:
                found.complain(ClaimError, f"expected at most {most} characters", (name,), "shorten it")
        fields = _Saying(
            subject=cells["subject"],
            predicate=cells["predicate"],
            object=cells["object"] or None,
            comparator=cells["comparator"] or None,
            endpoint=cells["endpoint"] or None,
            subject_except=found.read("subjectExcept", cells["subjectExcept"], _NAMES, ()),
            except_=found.read("except", cells["except"], _NAMES, ()),
            quantity=found.read("quantity", cells["quantity"], _QUANTITY, None),
        )
        if found.errors:
            return None
        return Meaning(self._vocabulary, found.complain).proposition(cast(ClaimFields, fields))

    def _answer(self, cells: Mapping[str, str], found: "_Faults") -> int | None:
        """Return the number of an answer, -1 when it answers nothing."""
        force = found.one_of("force", cells["force"] or Force.ASSERTS, Force)
        stance = found.one_of("stance", cells["stance"] or Stance.AFFIRMS, Stance)
        entry = found.read("frequency", cells["frequency"], _FREQUENCY, None)
        if found.errors:
            return None
        meaning = Meaning(self._vocabulary, found.complain)
        given = meaning.frequency(entry, stance) if entry else None
        if given and given.counted_over and not self._vocabulary.knows(given.counted_over):
            near = ", ".join(self._vocabulary.nearest(given.counted_over))
            problem = f"{given.counted_over!r} is not in the ontology"
            found.complain(ClaimError, problem, ("frequency", "of"), f"did you mean {near}?" if near else None)
        shared = (
            Share(given.low, given.high, given.low_open, given.high_open, self._alike(given.counted_over or ""))
            if given
            else None
        )
        known = self._vocabulary.predicates.get(cells["predicate"])
        written = known.written_as if known and known.written_as else cells["predicate"]
        answer = self.book.answer(force, stance, written, shared)
        return -1 if answer is None else answer

    def _conditions(self, stated: str, inherited: str, found: "_Faults") -> Scope | None:
        scope: list[Condition] = []
        for name, text in (("scope", stated), ("inherited", inherited)):
            if not text:
                continue
            axes = found.json(name, text)
            if not isinstance(axes, dict):
                if not found.errors:
                    found.complain(ClaimError, "expected axis -> values", (name,), 'as {"stage": ["Stage1"]}')
                continue
            for axis, entry in axes.items():
                scope.extend(self._on_axis(name, axis, entry, found))
        return tuple(scope)

    def _on_axis(self, name: str, axis: str, entry: Any, found: "_Faults") -> Scope:
        """Return the conditions on one axis: the same few words stand in many scopes."""
        key = (name, axis, repr(entry))
        known = self._written.get(key)
        if known is not None:
            return known
        before = len(found.errors)
        read = found.validate((name, axis), entry, _AXIS)
        if len(found.errors) > before:
            return ()
        stated, inherited = ({axis: read} if each == name else {} for each in ("scope", "inherited"))
        fields = ClaimFields.model_construct(scope=stated, inherited=inherited)
        scope = tuple(map(self._spelt_alike, Meaning(self._vocabulary, found.complain).scope(fields)))
        if len(found.errors) == before:
            self._written[key] = scope
        return scope

    def _spelt_alike(self, condition: Condition) -> Condition:
        """Return a condition whose open names differ from others' in more than case and spaces."""
        if not self._vocabulary.open:
            return condition
        axis = self._spellings.axis(condition.axis)
        return replace(condition, axis=axis, any_of=tuple(sorted({self._alike(name) for name in condition.any_of})))

    def _alike(self, name: str) -> str:
        """Return a name that is compared and not shown."""
        return alike(name, self._vocabulary.terms)


@dataclass(frozen=True, slots=True)
class _Saying:
    """The fields that make up what is said. There are many, and a model of pydantic takes ten times as long to make."""

    subject: str
    predicate: str
    object: str | None
    comparator: str | None
    endpoint: str | None
    subject_except: tuple[str, ...]
    except_: tuple[str, ...]
    quantity: QuantityEntry | None
    frequency: None = None
    degree: None = None


@dataclass
class _Faults:
    """Collects what is wrong with one part of a line."""

    errors: list[AvnkgError] = field(default_factory=list)

    def complain(self, kind: type[ClaimError], problem: str, place: Place, hint: str | None) -> None:
        self.errors.append(kind(problem, field=place_name(place) or None, hint=hint))

    def json(self, name: str, text: str) -> Any:
        try:
            return json.loads(text, object_pairs_hook=_object)
        except (ValueError, RecursionError) as fault:
            self.complain(ClaimError, f"expected JSON text, got: {fault}", (name,), "write it as an export does")
            return None

    def read(self, name: str, text: str, model: TypeAdapter[Any], absent: Any) -> Any:
        """Return what a cell of JSON text holds."""
        if not text:
            return absent
        before = len(self.errors)
        data = self.json(name, text)
        if data is None or data == [] or len(self.errors) > before:
            return absent
        return self.validate((name,), data, model)

    def validate(self, place: Place, data: Any, model: TypeAdapter[Any]) -> Any:
        try:
            return model.validate_python(data)
        except ValidationError as fault:
            for error in faults(fault, Located(data, None, {}), lambda _: ClaimError):
                within = f"{place_name(place)}.{error.field}" if error.field else place_name(place)
                self.errors.append(ClaimError(error.problem, field=within, hint=error.hint))
            return None

    def one_of(self, name: str, word: str, kinds: type[Kind]) -> Kind:
        try:
            return kinds(word)
        except ValueError:
            known = ", ".join(kinds)
            self.complain(ClaimError, f"expected one of {known}, got {word!r}", (name,), "write one of them")
            return next(iter(kinds))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"a key given twice among {', '.join(name for name, _ in pairs)}")
    return found
