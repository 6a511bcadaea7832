"""Each invariant holds in a sound graph, and tells when it does not."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from avnkg.graph.queries import Query
from avnkg.graph.rows import rows_of, shown
from avnkg.graph.store import EmbeddedStore, memory_store
from tests.queries.cases import checks

Quads = tuple[str, ...]

AVN = "https://w3id.org/avnkg/ontology#"
THING = "https://w3id.org/avnkg/"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
FIRST = f"<{THING}claim/alpha-travel/001>"  # osteonecrosis comes about by reduced blood flow, affirmed and bare
HEDGED = f"<{THING}claim/alpha-travel/003>"  # a report: almost always, in the hip
SCOPED = f"<{THING}claim/alpha-travel/008>"  # a recommendation at the early stage
WITHDRAWN = f"<{THING}claim/gamma-institute/003>"
PLAIN = f"<{AVN}Osteonecrosis> <{AVN}hasMechanism> <{AVN}ReducedBloodFlow>"
ADVISED = f"<{AVN}CoreDecompressionWithCells> <{AVN}recommendedFor> <{AVN}Osteonecrosis>"
DENYING = f"<{THING}assertion/alpha-travel/006>"  # injecting into the joint does not heal the lesion
DENIED = f"<{AVN}JointInjectionOfCells> <{AVN}heals> <{AVN}OsteonecroticLesion>"
WORDS = f"<{THING}passage/alpha-travel/75-130"  # what the first claim rests on
RELATION = f"<{THING}relation/"
DISPUTE = f"<{THING}dispute/"


def avn(name: str) -> str:
    """Return a term of the ontology as N-Quads has it."""
    return f"<{AVN}{name}>"


def without(*parts: str) -> Callable[[Quads], Quads]:
    """Return a change that takes out every line that holds all parts; there must be one."""

    def change(quads: Quads) -> Quads:
        left = tuple(line for line in quads if not all(part in line for part in parts))
        assert len(left) < len(quads), f"no line holds {parts}"
        return left

    return change


def and_also(*triples: str) -> Callable[[Quads], Quads]:
    """Return a change that adds lines that are not there yet."""

    def change(quads: Quads) -> Quads:
        added = tuple(f"{triple} .\n" for triple in triples)
        assert not set(added) & set(quads)
        return (*quads, *added)

    return change


def instead(old: str, new: str, *parts: str) -> Callable[[Quads], Quads]:
    """Return a change that writes other words into the lines that hold all parts; there must be one."""

    def change(quads: Quads) -> Quads:
        changed = tuple(line.replace(old, new) if all(part in line for part in parts) else line for line in quads)
        assert changed != quads, f"no line holds {parts} and {old}"
        return changed

    return change


def doubled(old: str, new: str, *parts: str) -> Callable[[Quads], Quads]:
    """Return a change that adds, to the lines that hold all parts, the same lines in other words."""

    def change(quads: Quads) -> Quads:
        return (*quads, *(line for line in instead(old, new, *parts)(quads) if line not in quads))

    return change


def numbered(number: str, *parts: str) -> Callable[[Quads], Quads]:
    """Return a change that writes one number into the lines that hold all parts; there must be two or more."""

    def change(quads: Quads) -> Quads:
        changed = tuple(
            re.sub('"[0-9]+"', f'"{number}"', line) if all(part in line for part in parts) else line for line in quads
        )
        assert sum(old != new for old, new in zip(quads, changed, strict=True)) > 1
        return changed

    return change


@dataclass(frozen=True)
class Broken:
    """A way to break the tiny world, the check that must tell, and what it must name."""

    check: str
    change: Callable[[Quads], Quads]
    names: str


BROKEN = (
    Broken("asserted-triple-is-in-default-graph", without(f"{PLAIN} ."), "avn:Osteonecrosis"),
    Broken("asserted-triple-is-in-default-graph", without(f"{ADVISED} ."), "avn:recommendedFor"),
    Broken("asserted-triple-is-in-default-graph", without(f"<{THING}denial/", f"{avn('heals')} ."), "denial/"),
    Broken(
        "asserted-triple-is-in-default-graph", without(f"<{THING}denial/", "NegativePropertyAssertion> ."), "denial/"
    ),
    Broken(
        "assertion-graph-has-one-claim",
        and_also(f"{avn('Knee')} {avn('heals')} {avn('Hip')} <{THING}assertion/nobody>"),
        "assertion/nobody",
    ),
    Broken(
        "assertion-graph-has-one-claim",
        and_also(f"{HEDGED} {avn('assertionGraph')} {DENYING}"),
        "assertion/alpha-travel/006",
    ),
    Broken(
        "claim-has-hashed-document", without(f"<{THING}document/alpha-travel>", avn("sha256")), "claim/alpha-travel/001"
    ),
    Broken("claim-has-hashed-document", without(FIRST, avn("document")), "claim/alpha-travel/001"),
    Broken("claim-has-passage", without(FIRST, avn("passage")), "claim/alpha-travel/001"),
    Broken("claim-has-passage", without(WITHDRAWN, avn("passage")), "claim/gamma-institute/003"),
    Broken("claim-has-words", without(f"{WORDS}#quote> <http://www.w3.org/ns/oa#exact>"), "claim/alpha-travel/001"),
    Broken("claim-has-words", without(f"{WORDS}>", "hasSelector", "#quote>"), "claim/alpha-travel/001"),
    Broken("claim-has-words", instead(f"{WORDS}>", f"{WORDS}0>", FIRST, avn("passage")), "claim/alpha-travel/001"),
    Broken("claim-has-place", without(f"{WORDS}#position> <http://www.w3.org/ns/oa#start>"), "claim/alpha-travel/001"),
    Broken("claim-has-place", without(f"{WORDS}#position> <http://www.w3.org/ns/oa#end>"), "claim/alpha-travel/001"),
    Broken("claim-has-place", without(f"{WORDS}>", "hasSelector", "#position>"), "claim/alpha-travel/001"),
    *(
        Broken("claim-is-single-valued", without(FIRST, avn(name)), "claim/alpha-travel/001")
        for name in ("stance", "force", "manner", "basis")
    ),
    *(
        Broken("claim-is-single-valued", and_also(f"{FIRST} {avn(name)} {avn(value)}"), "claim/alpha-travel/001")
        for name, value in (
            ("stance", "Denies"),
            ("force", "Reports"),
            ("manner", "Presupposed"),
            ("basis", "SingleCase"),
        )
    ),
    Broken("claim-is-single-valued", without(WITHDRAWN, avn("stance")), "claim/gamma-institute/003"),
    *(
        Broken(check, change, "claim/alpha-travel/001")
        for check, names in (
            ("claim-says-one-thing", ("proposition", "document")),
            ("claim-is-worded-once", ("says", "quote")),
        )
        for name in names
        for change in (without(FIRST, avn(name)), and_also(f"{FIRST} {avn(name)} {avn('Knee')}"))
    ),
    Broken(
        "conditions-are-marked", instead('"true"', '"false"', HEDGED, avn("underConditions")), "claim/alpha-travel/003"
    ),
    Broken("conditions-are-marked", without(SCOPED, avn("underConditions")), "claim/alpha-travel/008"),
    Broken("denial-has-assertion", without(DENYING, f"<{OWL}NegativePropertyAssertion>"), "denial/"),
    Broken("denial-is-not-asserted", and_also(f"{DENIED} {DENYING}"), "assertion/alpha-travel/006"),
    Broken(
        "only-committed-claims-assert", instead("Defines", "Reports", FIRST, avn("force")), "claim/alpha-travel/001"
    ),
    Broken("only-committed-claims-assert", without(FIRST, avn("assertionGraph")), "claim/alpha-travel/001"),
    Broken("place-matches-address", instead('"130"', '"131"', f"{WORDS}#position>"), "passage/alpha-travel/75-130"),
    Broken("place-matches-address", instead('"75"', '"76"', f"{WORDS}#position>"), "passage/alpha-travel/75-130"),
    *(
        Broken(check, instead(f"{WORDS}>", f"<{THING}passage/alpha-travel/{place}>"), f"passage/alpha-travel/{place}")
        for check in ("place-matches-address", "place-matches-words")
        for place in ("75-131", "somewhere")
    ),
    Broken("place-matches-words", instead("blood flow", "bloodflow", f"{WORDS}#quote>"), "passage/alpha-travel/75-130"),
    Broken(
        "place-is-within-document",
        instead('"815"', '"100"', f"<{THING}document/alpha-travel>"),
        "document/alpha-travel",
    ),
    Broken("place-is-within-document", instead('"75"', '"-75"', f"{WORDS}#position>"), "document/alpha-travel"),
    Broken("plain-triple-has-assertion", and_also(f"{avn('Knee')} {avn('heals')} {avn('Hip')}"), "avn:Knee"),
    Broken("plain-triple-has-assertion", and_also(f"{avn('Knee')} {avn('recommendedFor')} {avn('Hip')}"), "avn:Knee"),
    Broken("plain-triple-has-assertion", and_also(DENIED), "avn:JointInjectionOfCells"),
    Broken("proposition-is-complete", without(f"{avn('object')} {avn('ReducedBloodFlow')}"), "proposition/"),
    Broken(
        "proposition-is-complete", without(f"{avn('comparator')} {avn('CoreDecompressionWithCells')}"), "proposition/"
    ),
    Broken("proposition-is-complete", without(f"{avn('subject')} {avn('HealthInsurer')}"), "proposition/"),
    Broken("proposition-is-complete", without(f"{avn('predicate')} {avn('paysFor')}"), "proposition/"),
    *(
        Broken("relation-has-two-sides", without(RELATION, avn(name)), f"avn:{name}")
        for name in ("firstSide", "secondSide", "verdict", "issue", "rule", "says", "voices", "acrossVoices")
    ),
    Broken("relation-has-two-sides", doubled(avn("Tension"), avn("Rival"), RELATION, avn("verdict")), "avn:verdict"),
    Broken("relation-has-two-sides", doubled('"3-advice"', '"1-stance"', RELATION, avn("rule")), "avn:rule"),
    Broken("related-claim-counts", instead(FIRST, WITHDRAWN, avn("firstSide")), "claim/gamma-institute/003"),
    Broken("related-claim-counts", instead(FIRST, WITHDRAWN, avn("secondSide")), "claim/gamma-institute/003"),
    Broken("related-claim-counts", instead(FIRST, WITHDRAWN, avn("sideClaim")), "claim/gamma-institute/003"),
    Broken("contradiction-contests", without(avn("contestedIn")), "relation/"),
    Broken("contradiction-contests", numbered("0", avn("contestedIn")), "relation/"),
    Broken("contradiction-has-number", without(RELATION, avn("contestNumber")), "relation/"),
    Broken("contradiction-has-number", instead(avn("Contradiction"), avn("Rival"), RELATION), "relation/"),
    Broken("contradiction-has-number", instead(avn("Agreement"), avn("Contradiction"), RELATION), "relation/"),
    Broken("contradiction-has-number", numbered("0", avn("contestNumber")), "relation/"),
    Broken("contest-has-contradiction", without(RELATION, avn("contestNumber")), "proposition/"),
    Broken("contest-has-contradiction", without(RELATION, avn("firstSide")), "proposition/"),
    Broken("contest-has-contradiction", without(RELATION, avn("secondSide")), "proposition/"),
    Broken("verdict-matches-respects", without(RELATION, avn("decidedBy")), "avn:decidedBy"),
    Broken("verdict-matches-respects", without(RELATION, avn("narrowedBy")), "avn:narrowedBy"),
    Broken("verdict-matches-respects", instead(avn("assumes"), avn("decidedBy"), RELATION), "avn:decidedBy"),
    Broken("verdict-matches-respects", instead(avn("assumes"), avn("narrowedBy"), RELATION), "avn:narrowedBy"),
    Broken("dispute-has-sides", without(DISPUTE, avn("clash")), "no clash"),
    Broken("dispute-has-sides", instead(avn("strain"), avn("clash"), DISPUTE), "a clash that is none"),
    Broken("dispute-has-sides", without("/side-2>", avn("sideOf")), "fewer than two sides"),
    Broken("dispute-has-sides", without("/side-2>", avn("sideClaim")), "a side without claims"),
    Broken("stance-matches-assertion", instead("Affirms", "Denies", FIRST, avn("stance")), "claim/alpha-travel/001"),
    Broken(
        "stance-matches-assertion",
        instead("Denies", "Affirms", f"<{THING}claim/alpha-travel/006>", avn("stance")),
        "claim/alpha-travel/006",
    ),
    Broken("terms-are-declared", without(f"{avn('ReducedBloodFlow')} {LABEL}"), "avn:ReducedBloodFlow"),
    Broken("terms-are-declared", without(f"{avn('paysFor')} {LABEL}"), "avn:paysFor"),
    Broken(
        "withdrawn-claim-asserts-nothing",
        and_also(f"{WITHDRAWN} {avn('assertionGraph')} {DENYING}"),
        "claim/gamma-institute/003",
    ),
    Broken("withdrawn-claim-asserts-nothing", without(WITHDRAWN, avn("withdrawn")), "claim/gamma-institute/003"),
)


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.stem)
class TestSoundGraph:
    """Nothing is found where nothing is wrong."""

    def test_mini_is_sound(self, check: Query, mini_store: EmbeddedStore) -> None:
        assert rows_of(mini_store.query(check.text)).to_dicts() == []

    def test_the_embedded_corpus_is_sound(self, check: Query, corpus_store: EmbeddedStore) -> None:
        assert rows_of(corpus_store.query(check.text)).to_dicts() == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.check)
def test_a_broken_graph_is_told(broken: Broken, mini_quads: Quads) -> None:
    check = next(check for check in checks() if check.stem == broken.check)
    rows = rows_of(memory_store(broken.change(mini_quads)).query(check.text))
    named = [shown(term) for row in rows.terms for term in row]
    assert any(name.startswith(broken.names) for name in named), f"{broken.names} is not in {named}"


def test_every_check_has_a_graph_in_which_it_fires() -> None:
    assert {broken.check for broken in BROKEN} == {check.stem for check in checks()}


def test_an_open_name_needs_no_label(mini_quads: Quads) -> None:
    check = next(check for check in checks() if check.stem == "terms-are-declared")
    opened = instead(avn("ReducedBloodFlow"), f"<{THING}open/thick%20blood>", avn("object"))
    assert len(rows_of(memory_store(opened(mini_quads)).query(check.text))) == 0
