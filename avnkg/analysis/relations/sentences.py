"""Relations in one English sentence each, put together from parts so that an engine can do it for millions."""

from collections.abc import Iterable, Sequence

from avnkg.analysis.questions import ADVICE, CLASS, COMPARISON, KINDS, OPPOSED, SHARE, Link, Mode
from avnkg.analysis.verdicts import EXTRA, Bits, Verdict
from avnkg.claims.kinds import Takes
from avnkg.claims.model import Proposition
from avnkg.claims.vocabulary import Vocabulary

Parts = tuple[str, str, str, str]
"""What stands after the first voice, after the second, after the issue, and after the axes. One voice has no second."""

TWO, ONE, SEVERAL = 0, 1, 2
"""Two sides, one voice on both, or several voices that hold one position."""

_PARTS: dict[tuple[Verdict, int], Parts] = {
    (Verdict.SCOPE_DIFFERENCE, TWO): (
        " and ",
        " answer differently on ",
        ", but not of the same case (",
        "): both may hold",
    ),
    (Verdict.SCOPE_DIFFERENCE, ONE): (
        " answers differently in two places on ",
        "",
        ", but not of the same case (",
        "): both may hold",
    ),
    (Verdict.QUALIFICATION, TWO): (
        " and ",
        " answer differently on ",
        ", but one may be an exception to the other: the cases differ in ",
        "",
    ),
    (Verdict.QUALIFICATION, ONE): (
        " answers differently in two places on ",
        "",
        ", but one may be an exception to the other: the cases differ in ",
        "",
    ),
    (Verdict.TENSION, TWO): (
        " and ",
        " are in tension on ",
        ": they clash only if a hedge is read as all or none",
        "",
    ),
    (Verdict.TENSION, ONE): (
        " is in tension with itself on ",
        "",
        ": it clashes only if a hedge is read as all or none",
        "",
    ),
    (Verdict.RIVAL, TWO): (" and ", " each offer another answer to ", "", ""),
    (Verdict.RIVAL, ONE): (" offers two answers to ", "", "", ""),
    (Verdict.CONTRADICTION, TWO): (" and ", " contradict each other on ", "", ""),
    (Verdict.CONTRADICTION, ONE): (" contradicts itself on ", "", "", ""),
    (Verdict.PARALLEL, TWO): (
        " and ",
        " say the same on ",
        ", but not of the same case (",
        "): neither supports the other",
    ),
    (Verdict.PARALLEL, ONE): (
        " says the same twice on ",
        "",
        ", but not of the same case (",
        "): neither supports the other",
    ),
    (Verdict.REFINEMENT, TWO): (" says for a narrower case what ", " says on ", ": it is narrower in ", ""),
    (Verdict.REFINEMENT, ONE): (" says also for a narrower case what it says on ", "", ": it is narrower in ", ""),
    (Verdict.AGREEMENT, TWO): (" and ", " agree on ", "", ""),
    (Verdict.AGREEMENT, ONE): (" says it more than once: ", "", "", ""),
    (Verdict.AGREEMENT, SEVERAL): (" agree on ", "", "", ""),
}
_PARTS_OF_KIND: dict[tuple[Verdict, int, int], Parts] = {
    (Verdict.TENSION, TWO, ADVICE): (
        " and ",
        " are in tension on ",
        ": what is done stands against what is advised",
        "",
    ),
    **{
        (Verdict.TENSION, alike, SHARE): (*before, ": their shares differ in degree, or count other things", "")
        for alike, before in (
            (TWO, (" and ", " are in tension on ")),
            (ONE, (" is in tension with itself on ", "")),
        )
    },
    # Who reports what others do and advises against it stands on one side.
    (Verdict.TENSION, ONE, ADVICE): (" tells of a practice at odds with its own advice: ", "", "", ""),
    **{
        (Verdict.AGREEMENT, alike, kind): (
            *before,
            ": the one is affirmed, and the other, which it rules out, denied",
            "",
        )
        for alike, before in (
            (TWO, (" and ", " answer in the same sense on ")),
            (ONE, (" answers in the same sense on ", "")),
        )
        for kind in (CLASS, OPPOSED, COMPARISON)
    },
}
"""Where a kind has a sentence of its own."""


def sentences() -> list[tuple[int, int, int, str, str, str, str, str, str, str]]:
    """Return, for each verdict, kind, and for one voice or two, their names, the rule's id, and a sentence's parts."""
    rows = []
    for (verdict, alike), (middle, before, after, closing) in _PARTS.items():
        for kind, name in enumerate(KINDS):
            parts = _PARTS_OF_KIND.get((verdict, alike, kind), (middle, before, after, closing))
            rule = f"{verdict.row}-{name.replace(' ', '-')}"
            rows.append((verdict.row, kind, alike, verdict.value, name, rule, *parts))
    return rows


WORDS = ("mask", "names", "told", "granted")


def words(masks: Iterable[int], bits: Bits, vocabulary: Vocabulary) -> list[tuple[int, list[str], str, str]]:
    """Return, for each mask, its names, how they are told, and how they are told when taken to be the same."""
    rows = []
    for mask in masks:
        names = list(bits.names(mask))
        told = _listed([_axis(name, vocabulary) for name in names])
        taken = f", if both mean the same {told}" if told else ""
        rows.append((mask, names, told, taken))
    return rows


def issue(link: Link, propositions: Sequence[Proposition], vocabulary: Vocabulary) -> str:
    """Return what is at issue between two propositions, in words."""
    one, other = propositions[link.first], propositions[link.second]
    first = _said(one, vocabulary)
    second = first if one is other else _said(other, vocabulary)
    if link.mode is Mode.RIVAL:
        return f"“{_label(one.subject, vocabulary)} {_label(one.predicate, vocabulary)} …”"
    if one.quantity:
        amount = _label(one.predicate, vocabulary)
        subjects = dict.fromkeys(_label(each.subject, vocabulary) for each in (one, other))
        return f"the amount ({amount}) of {' and '.join(subjects)}"
    if link.mode is Mode.EXCLUSIVE:
        return f"whether {first}, or {second}"
    return f"whether {first}" if first == second else f"whether {first}, and whether {second}"


def _said(said: Proposition, vocabulary: Vocabulary) -> str:
    takes = vocabulary.predicates[said.predicate].takes if said.predicate in vocabulary.predicates else Takes.RELATION
    subject = _other(said.subject, said.subject_excludes, vocabulary)
    excluded = () if said.object is None else said.excludes
    target = said.object or ""
    if takes is Takes.TEXT:
        target = f"“{target}”"
    elif target:
        target = _other(target, excluded, vocabulary)
    compared = ""
    if said.comparator is not None:
        named = _other(said.comparator, said.excludes if said.object is None else (), vocabulary)
        compared = f"than {named}" if takes is Takes.RELATION else named
    endpoint = f"in respect of {_label(said.endpoint, vocabulary)}" if said.endpoint else ""
    parts = (subject, _label(said.predicate, vocabulary), target, compared, endpoint)
    return " ".join(part for part in parts if part)


def _other(name: str, excluded: Sequence[str], vocabulary: Vocabulary) -> str:
    label = _label(name, vocabulary)
    if not excluded:
        return label
    return f"any other {label} than {' or '.join(_label(part, vocabulary) for part in excluded)}"


def _label(name: str, vocabulary: Vocabulary) -> str:
    term = vocabulary.terms.get(name)
    return term.label if term else name


def _axis(name: str, vocabulary: Vocabulary) -> str:
    axis = vocabulary.axes.get(name)
    if axis:
        return _label(axis.name, vocabulary).removesuffix(" axis")
    return "count" if name == EXTRA[3] else name


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
