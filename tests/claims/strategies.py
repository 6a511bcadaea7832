"""Any claim that the model allows, over any text: for tests of what must hold for all of them."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from avnkg.claims.entry import ClaimFields
from avnkg.claims.kinds import Basis, Force, Manner, Stance, Takes, TimeRelation, Verification
from avnkg.claims.meaning import Meaning
from avnkg.claims.model import Claim
from avnkg.documents.gate import Gate
from avnkg.ontology.reading import read_ontology
from tests.claims.reader import refuse
from tests.documents.test_gate import gate

WORDS = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("\x00\x85\u2028\u2029\r\n\t\"'#:,[]{}*&!|>%@`\ufeff\u202e\u00a0🦴"),
    min_size=1,
    max_size=30,
)
SOURCES = st.from_regex(r"\A(https?://|doi:)[a-z0-9./#?=é-]{1,30}\Z")
AXES = {
    "stage": ["Stage1", "Stage2", "EarlyStage", "LateStage", "PreCollapse"],
    "deliveryTarget": ["JointSpace", "OsteonecroticLesion"],
    "guidance": ["NoGuidance", "XRayGuidance"],
}
AMOUNTS = st.builds(
    lambda printed, low, more, unit, of, relation: {
        "printed": f"{low} to {low + more} {unit} {printed}",
        "low": str(low),
        "high": str(low + more),
        "unit": unit,
        **({"of": of} if of else {}),
        **({"relation": relation.value} if relation else {}),
    },
    WORDS.filter(lambda words: not set(words) & set("$€£%")),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(["USD", "week", "year", "count"]),
    st.none() | WORDS,
    st.none() | st.sampled_from(TimeRelation),
)


@dataclass(frozen=True)
class Found:
    """A claim, the fields it was read from, and the gate that its quotes passed."""

    claim: Claim
    fields: dict[str, Any]
    gate: Gate


@st.composite
def scopes(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a scope: one value, several, conditions that intersect, measured ones."""
    scope: dict[str, Any] = {}
    for axis in draw(st.lists(st.sampled_from(sorted(AXES)), unique=True)):
        names = st.lists(st.sampled_from(AXES[axis]), min_size=1, max_size=3)
        several = st.lists(names, min_size=2, max_size=3).map(lambda parts: {"all": parts})
        scope[axis] = draw(st.sampled_from(AXES[axis]) | names | several)
    if draw(st.booleans()):
        scope["time"] = draw(AMOUNTS)
    return scope


@st.composite
def claims(draw: st.DrawFn) -> Found:
    """Draw a claim of one or two passages."""
    vocabulary = read_ontology().vocabulary
    fields: dict[str, Any] = {
        "says": draw(WORDS),
        "subject": draw(st.sampled_from(["LesionInjection", "CellTherapy", "CoreDecompression"])),
        "force": draw(st.sampled_from(Force)),
        "stance": draw(st.sampled_from(Stance)),
        "manner": draw(st.sampled_from(Manner)),
        "scope": draw(scopes()),
        "inherited": draw(scopes()),
    }
    fields |= draw(_predicate())
    for name in ("note", "withdrawn"):
        if draw(st.booleans()):
            fields[name] = draw(WORDS.filter(str.strip))  # a blank reason is none
    if draw(st.booleans()):
        fields |= {"basis": Basis.TRACEABLE, "cites": draw(st.lists(SOURCES, min_size=1, max_size=2))}
    elif draw(st.booleans()):
        fields["basis"] = draw(st.sampled_from([basis for basis in Basis if basis is not Basis.TRACEABLE]))
    if draw(st.booleans()):
        fields["frequency"] = draw(_frequency(fields["stance"]))
    if draw(st.booleans()):
        fields["degree"] = {"value": "Excellent", "printed": draw(WORDS)}
    if draw(st.booleans()):
        fields["appeal"] = draw(WORDS)
    printed = [fields[name]["printed"] for name in ("frequency", "quantity", "degree") if name in fields]
    if "time" in fields["scope"]:
        printed.append(fields["scope"]["time"]["printed"])
    if vocabulary.predicates[fields["predicate"]].takes is Takes.TEXT:
        printed.append(fields["object"])
    # Words of the text stand apart, so that no quote and nothing that is printed is a stretch of a longer word.
    quotes = [" ".join(["So", draw(WORDS), *printed, fields.get("appeal", "")])]
    quotes += [f"and {words}" for words in draw(st.lists(WORDS, max_size=1))]
    text = "\n".join([draw(WORDS), *quotes])
    asked = gate(text)
    start = len(text) - len("\n".join(quotes))
    starts = [start, start + len(quotes[0]) + 1]
    passages = tuple(asked.passage(quote, at) for quote, at in zip(quotes, starts, strict=False))
    claim = Meaning(vocabulary, refuse).claim(ClaimFields.model_validate(fields), "a-page/001", "a-page", passages)
    assert claim is not None
    object.__setattr__(claim, "verification", Verification.ANCHORED)
    return Found(claim, fields, asked)


@st.composite
def _predicate(draw: st.DrawFn) -> dict[str, Any]:
    vocabulary = read_ontology().vocabulary
    predicate = vocabulary.predicates[draw(st.sampled_from(sorted(vocabulary.predicates)))]
    other = draw(st.sampled_from(["Osteonecrosis", "Pain", "JointReplacement", "BoneCollapse"]))
    fields: dict[str, Any] = {"predicate": predicate.name}
    if predicate.takes is Takes.AMOUNT:
        fields["quantity"] = draw(AMOUNTS)
    elif predicate.takes is Takes.TEXT:
        fields["object"] = draw(WORDS)
    else:
        fields["comparator" if predicate.takes is Takes.COMPARISON else "object"] = other
        if draw(st.booleans()):
            fields["except"] = ["CellTherapy", "CoreDecompression"]
    if draw(st.booleans()):
        fields |= {"endpoint": "Pain", "subjectExcept": "CoreDecompression"}
    return fields


@st.composite
def _frequency(draw: st.DrawFn, stance: Stance) -> dict[str, Any]:
    vocabulary = read_ontology().vocabulary
    impossible = {Stance.AFFIRMS: "never", Stance.DENIES: "always"}[stance]
    hedges = sorted({hedge.label for hedge in vocabulary.hedges.values()} - {impossible})
    hedge = draw(st.sampled_from(hedges))
    low, more = draw(st.integers(0, 90)), draw(st.integers(1, 10))
    bounds = {
        "both": {"printed": f"{low}-{low + more}%", "low": low / 100, "high": (low + more) / 100},
        "low": {"printed": f"more than {low}%", "low": low / 100, "lowOpen": True},
        "high": {"printed": f"under {low + 1}%", "high": (low + 1) / 100, "highOpen": True},
    }
    forms: list[dict[str, Any]] = [{"printed": hedge}, {"printed": draw(WORDS), "hedge": hedge}, *bounds.values()]
    counted = draw(st.sampled_from([{}, {"of": "Patient"}]))
    return {**draw(st.sampled_from(forms)), **counted}
