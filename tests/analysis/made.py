"""Made claims and made ontologies: each planted conflict comes with just the claims that make it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from random import Random

from avnkg.claims.kinds import Force, Stance, Standing
from avnkg.claims.model import Claim, Condition, Frequency, Proposition
from avnkg.documents.model import Passage
from avnkg.ontology.reading import Ontology, read_ontology
from avnkg.resources import folder

ALWAYS = Frequency("always", Decimal(1), Decimal(1))
ALMOST_ALWAYS = Frequency("almost always", Decimal("0.9"), Decimal(1))
NEVER = Frequency("never", Decimal(0), Decimal(0))
OFTEN = Frequency("often", Decimal("0.5"), Decimal(1))


def claim(
    words: str,
    document: str = "one",
    *,
    denies: bool = False,
    share: Frequency | None = None,
    force: Force = Force.ASSERTS,
    says: str | None = None,
    endpoint: str | None = None,
    under: str = "",
) -> Claim:
    """Return a claim from `subject predicate object`, or `subject predicate > comparator`.

    `under` gives stated conditions: `stage=Stage1|Stage2 anatomy=Hip`.
    """
    subject, predicate, *rest = words.split()
    said = Proposition(
        subject,
        predicate,
        object=None if rest[0] == ">" else rest[0],
        comparator=rest[1] if rest[0] == ">" else None,
        endpoint=endpoint,
    )
    stance = Stance.DENIES if denies else Stance.AFFIRMS
    pairs = sorted(condition.split("=") for condition in under.split())
    conditions = tuple(Condition(axis, Standing.STATED, tuple(value.split("|"))) for axis, value in pairs)
    told = says or words
    number = sha256(repr((words, document, denies, share, conditions, endpoint, told)).encode()).hexdigest()[:8]
    passage = Passage(document, 0, len(told), told, sha256(told.encode()).hexdigest(), "0" * 16, "0" * 16)
    return Claim(
        f"{document}/{number}", document, (passage,), said, told, force, stance, frequency=share, scope=conditions
    )


def always(words: str, document: str = "one", under: str = "") -> Claim:
    """Return a claim that something is so in all cases."""
    return claim(words, document, share=ALWAYS, under=under)


def never(words: str, document: str = "two", under: str = "") -> Claim:
    """Return a claim that something is so in no case."""
    return claim(words, document, denies=True, share=NEVER, under=under)


def extended(path: Path, turtle: str) -> Ontology:
    """Return our ontology with more axioms, written to a file."""
    ours = (folder("ontology") / "avnkg.ttl").read_text(encoding="utf-8")
    path.write_text(f"{ours}\n{turtle}\n", encoding="utf-8")
    return read_ontology(path)


@dataclass(frozen=True)
class World:
    """An ontology, claims over it, and the sets of claims that clash, by id."""

    ontology: Ontology
    claims: tuple[Claim, ...]
    planted: frozenset[frozenset[str]]


Made = tuple[list[str], list[Claim]]


def world(path: Path, count: int, seed: int) -> World:
    """Return a world with so many conflicts that share no concept, among peaceful claims, in a random order."""
    random = Random(seed)
    turtle: list[str] = []
    claims: list[Claim] = []
    planted = []
    kinds = [_KINDS[number % len(_KINDS)] for number in range(count)]
    random.shuffle(kinds)
    for number, kind in enumerate(kinds):
        axioms, clashing = kind(f"Made{number}")
        turtle += axioms
        claims += clashing
        planted.append(frozenset(each.id for each in clashing))
        turtle.append(f"avn:Made{number}Calm a owl:Class ; rdfs:subClassOf avn:Made{number} .")
        claims += [always(f"Made{number}Calm occursIn Knee"), never(f"Made{number}Calm occursIn Shoulder")]
    random.shuffle(claims)
    return World(extended(path, "\n".join(turtle)), tuple(claims), frozenset(planted))


def _classes(*names: str) -> list[str]:
    return [f"avn:{name} a owl:Class ." for name in names]


def _disjoint(n: str) -> Made:
    """A general statement against a special one: their classes are disjoint two steps up."""
    axioms = [
        *_classes(n, f"{n}Big", f"{n}Small"),
        f"avn:{n}Sub a owl:Class ; rdfs:subClassOf avn:{n} .",
        f"avn:{n}Bigger a owl:Class ; rdfs:subClassOf avn:{n}Big .",
        f"avn:{n}Big owl:disjointWith avn:{n}Small .",
    ]
    return axioms, [claim(f"{n} isKindOf {n}Bigger"), claim(f"{n}Sub isKindOf {n}Small", "two")]


def _chain(n: str) -> Made:
    """Three claims: a kind, what holds of all of the kind, and a denial of something broader."""
    axioms = [*_classes(n, f"{n}Kind", f"{n}Harm"), f"avn:{n}Pain a owl:Class ; rdfs:subClassOf avn:{n}Harm ."]
    return axioms, [
        claim(f"{n} isKindOf {n}Kind"),
        always(f"{n}Kind leadsTo {n}Pain", "two"),
        never(f"{n} leadsTo {n}Harm", "three"),
    ]


def _opposed(n: str) -> Made:
    """Opposed predicates, at a class and at its kind."""
    axioms = [*_classes(n, f"{n}End"), f"avn:{n}Sub a owl:Class ; rdfs:subClassOf avn:{n} ."]
    return axioms, [always(f"{n} leadsTo {n}End"), always(f"{n}Sub prevents {n}End", "two")]


def _defined(n: str) -> Made:
    """Four claims and a definition: who meets the definition has what is said of the name."""
    axioms = [
        *_classes(n, f"{n}Kind", f"{n}Place", f"{n}Feature"),
        f"avn:{n}Name a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( avn:{n}Kind",
        f"  [ a owl:Restriction ; owl:onProperty avn:occursIn ; owl:hasValue avn:{n}Place ] ) ] .",
    ]
    return axioms, [
        claim(f"{n} isKindOf {n}Kind"),
        always(f"{n} occursIn {n}Place", "two"),
        always(f"{n}Name hasFeature {n}Feature", "three"),
        never(f"{n} hasFeature {n}Feature", "four"),
    ]


def _hybrid(n: str) -> Made:
    """Two classes that have nothing to do with each other but for a kind of both, of which nobody speaks."""
    axioms = [
        *_classes(n, f"{n}Other", f"{n}Kind"),
        f"avn:{n}Both a owl:Class ; rdfs:subClassOf avn:{n}, avn:{n}Other .",
    ]
    return axioms, [claim(f"{n} isKindOf {n}Kind"), claim(f"{n}Other isKindOf {n}Kind", "two", denies=True)]


_KINDS: tuple[Callable[[str], Made], ...] = (_disjoint, _chain, _opposed, _defined, _hybrid)
