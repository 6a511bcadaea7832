"""The layout of the ontology file, as the folder's README describes it."""

import re
from collections.abc import Iterator
from itertools import pairwise

_ORDER = (
    r"a",
    r"rdfs:label",
    r"skos:altLabel",
    r"rdfs:sub(Class|Property)Of",
    r"owl:\w+",
    r"rdfs:range",
    r"avn:\w+",
    r"skos:definition",
    r"dcterms:source",
    r"skos:exactMatch",
    r"skos:closeMatch",
    r"skos:relatedMatch",
    r"rdfs:comment",
)
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
_PROPERTY = re.compile(r"    (\w+:\w+) ")


def untidy(text: str) -> list[str]:
    """Return where the file does not have the layout that the folder's README describes."""
    return [*_untidy_lines(text), *_untidy_sections(text)]


def _untidy_lines(text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if "\t" in line:
            yield f"line {number} holds a tab"
        if line != line.rstrip():
            yield f"line {number} ends in blanks"
        if len(_LITERAL.sub('""', line)) > 160:
            yield f"line {number} is longer than 160 characters"
        if not re.match(r"(    |        )?\S|$", line):
            yield f"line {number} is not indented by 0, 4 or 8 spaces"
    if "\n\n\n" in text or not text.endswith("\n") or text.endswith("\n\n"):
        yield "expected one blank line between blocks and one line end at the end"


def _untidy_sections(text: str) -> Iterator[str]:
    head, *sections = re.split(r"^#### ", text, flags=re.MULTILINE)
    prefixes = head.partition("\n\n")[0].splitlines()
    if prefixes != sorted(prefixes) or not all(line.startswith("@prefix ") for line in prefixes):
        yield "expected the prefixes first, in the order of their names"
    seen: set[str] = set()
    for section in sections:
        title, *blocks = section.strip("\n").split("\n\n")
        subjects = [re.sub(r"^#.*\n", "", block).partition(" ")[0] for block in blocks]
        if "\n" in title or not blocks:
            yield f"{title!r}: expected a section's name on a line, and blocks after a blank line"
        for before, after in pairwise(subjects):
            if after <= before:
                yield f"{title}: {after} stands after {before}"
        for subject, block in zip(subjects, blocks, strict=True):
            if subject in seen:
                yield f"{subject} has two blocks"
            seen.add(subject)
            yield from _untidy_block(subject, block, in_axioms=title == "Axioms")


def _untidy_block(subject: str, block: str, *, in_axioms: bool) -> Iterator[str]:
    lines = block.splitlines()
    if in_axioms != lines[0].startswith("# "):
        yield f"{subject}: expected a comment over axioms, and over nothing else"
    lines = [line for line in lines if not line.startswith("#")]
    if not re.match(r"\w+:\w+ a \S+", lines[0]) or any(not line.startswith(" ") for line in lines[1:]):
        yield f"{subject}: expected one statement of a term, with its type first"
    if not lines[-1].endswith(" .") or any(line.endswith(" .") for line in lines[:-1]):
        yield f"{subject}: expected one full stop, after a blank at the end"
    if in_axioms:
        return
    names = ["a", *(match[1] for line in lines if (match := _PROPERTY.match(line)))]
    places = [next((at for at, name_is in enumerate(_ORDER) if re.fullmatch(name_is, name)), -1) for name in names]
    if -1 in places or places != sorted(places) or len(set(names)) != len(names):
        yield f"{subject}: expected each property once, in the order of the README, got {', '.join(names)}"
