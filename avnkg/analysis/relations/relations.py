"""Relations between claims: where they agree, differ in scope, or contradict each other, and why."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from avnkg.analysis.concepts import Concepts
from avnkg.analysis.relations import answering, joining, parting, telling
from avnkg.analysis.relations.arrow import Columns
from avnkg.analysis.relations.coding import Codebook, columns
from avnkg.analysis.relations.engines import DuckEngine, Engine
from avnkg.analysis.relations.sentences import WORDS, words
from avnkg.analysis.relations.sql import Step
from avnkg.analysis.scopes import defining_axes
from avnkg.analysis.verdicts import Verdict
from avnkg.claims.model import Claim
from avnkg.claims.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Relation:
    """What some claims are to some others.

    Attributes:
        id: made from what is said, so that it stays when claims are added.
        verdict: see `docs/relations.md`.
        kind: what is at issue: stance, share, advice, class, opposed, comparison, amount, one answer,
            presumption.
        a, b: ids of the claims on both sides, sorted; where the two are the same list, each claim with each other one.
            In a Refinement and a Qualification the special case is `a`.
        decided_by, narrowed_by, assumes: axes, and `subject`, `predicate`, `object`, `countedOver`.
        rule: the row of the table of verdicts, and the kind.
        says: it all in one sentence.

    >>> import avnkg
    >>> found = avnkg.relations(avnkg.load(), verdict="Contradiction", across=True)[0].relation
    >>> set(found.a) & set(found.b)
    set()
    """

    id: str
    verdict: Verdict
    kind: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    decided_by: tuple[str, ...]
    narrowed_by: tuple[str, ...]
    assumes: tuple[str, ...]
    rule: str
    says: str


def relate(
    claims: Iterable[Claim],
    vocabulary: Vocabulary,
    voices: Mapping[str, str],
    ancestors: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Relation, ...]:
    """Return the relations of some claims, sorted by id.

    Args:
        claims: any number; one that answers nothing (a goal, an advert) has none.
        vocabulary: what the ontology says.
        voices: for each document's id, whose voice it is.
        ancestors: for names, all above them as a reasoner classified them; without it, as the ontology says.

    >>> from avnkg.ontology.reading import read_ontology
    >>> relate([], read_ontology().vocabulary, {})
    ()
    """
    gathered = Gathered(Concepts(vocabulary, ancestors or {}), voices)
    for claim in claims:
        gathered.take(claim)
    return tuple(sorted(gathered.relations(DuckEngine()), key=lambda relation: relation.id))


class Gathered:
    """Claims taken in one at a time, of each only some numbers and its id; and their relations, some at a time."""

    def __init__(self, concepts: Concepts, voices: Mapping[str, str]) -> None:
        """Store what names mean, and for each document's id whose voice it is."""
        self._book = Codebook(concepts)
        self._voices = voices
        self._heard = {name: number for number, name in enumerate(sorted(set(voices.values())))}
        self._ids: list[str] = []
        self._numbers = {name: array("q") for name in ("voice", "prop", "answer", "scope")}

    def take(self, claim: Claim) -> None:
        """Take a claim in; one that answers nothing is passed over."""
        code = self._book.claim(claim)
        if code:
            self._ids.append(claim.id)
            numbers = (self._heard[self._voices[claim.document]], code.prop, code.answer, code.scope)
            for column, value in zip(self._numbers.values(), numbers, strict=True):
                column.append(value)

    def relations(self, engine: Engine) -> Iterator[Relation]:
        """Yield the relations of all that was taken in, in no order."""
        if not self._ids:
            return
        steps = run(engine, {"id": self._ids, **self._numbers}, self._book, tuple(self._heard))
        for rows in engine.batches(steps):
            yield from map(_relation, rows)


def run(engine: Engine, claims: Columns | None, book: Codebook, voices: Sequence[str] | None) -> Sequence[Step]:
    """Have an engine find the relations of coded claims; return the steps that tell them.

    Without `claims` and `voices` the engine has these tables already, with claims numbered (`n`) from 0 in the order of
    their ids.
    """
    bits, links = book.bits(), book.links()
    if claims is not None:
        engine.put("claims", {**claims, "n": _places(claims["id"])})
    if voices is not None:
        engine.put("voices", columns(("voice", "name"), list(enumerate(voices))))
    for name, table in book.tables(bits, links).items():
        engine.put(name, table)
    defining = sum(bits.bit(axis) for axis in defining_axes(book.vocabulary) if axis in bits.axes)
    engine.keep("positions", joining.positions)
    engine.keep("outcomes", answering.outcomes)
    engine.keep("pairs", joining.pairs)
    engine.keep("scope_pairs", joining.scope_pairs)
    engine.keep("found", joining.judged, defining)
    engine.drop("pairs", "scope_pairs")
    mentioned: dict[int, list[int]] = {part: [] for part in telling.PARTS}
    for part, number in engine.ask(telling.mentioned):
        mentioned[part].append(number)
    engine.put("words", columns(WORDS, words(mentioned[telling.MASK], bits, book.vocabulary)))
    engine.put("issues", book.issues({number: links[number] for number in mentioned[telling.LINK]}))
    engine.keep("placed_claims", joining.placed_claims)
    engine.keep("members", telling.members)
    if 1 not in mentioned[telling.BY_VOICE]:
        return (telling.whole_relations,)
    _part(engine)
    return telling.settled_relations, telling.voiced_relations


def _places(ids: Sequence[str]) -> Sequence[int]:
    """Return the place of each id in their order."""
    places = [0] * len(ids)
    for place, number in enumerate(sorted(range(len(ids)), key=ids.__getitem__)):
        places[number] = place
    return places


def _part(engine: Engine) -> None:
    """Take positions apart by voice, where it takes that."""
    engine.put("levels", columns(("span", "half"), parting.LEVELS))
    engine.keep("position_voices", joining.position_voices)
    engine.keep("shared_voices", parting.shared_voices)
    engine.keep("parted", parting.parted)
    engine.keep("spoken", parting.spoken)
    engine.keep("blocks", parting.blocks)
    engine.keep("voiced", parting.voiced)


def _relation(row: tuple[Any, ...]) -> Relation:
    identity, verdict, kind, a, b, decided, narrowed, assumes, rule, says = row
    sides = tuple(a), tuple(b)
    return Relation(
        identity, Verdict(verdict), kind, *sides, tuple(decided), tuple(narrowed), tuple(assumes), rule, says
    )
