"""YAML in which every value knows the line it stands on.

Scalars are read as text: `no`, `012` and `2025-10-22` stay what was typed, and the model decides what
they are. An alias or a key given twice is refused: in reviewable data both hide something.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from avnkg.errors import AvnkgError, ClaimError, DocumentError

Place = tuple[str | int, ...]

_DEEPEST = 100
"""Structures within structures. A corpus file needs eight."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Located:
    """The data of a YAML file, with the line (from 1) of every value by its place in the data."""

    data: Any
    path: Path | None
    lines: dict[Place, int] = field(repr=False)

    def line(self, place: Place) -> int | None:
        """Return the line of a place, or of the nearest one around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)


def read_yaml(text: str, path: Path | None = None) -> Located:
    """Return the data of a YAML text.

    Raises:
        DocumentError: it is not YAML; the message has the line.
        ClaimError: it holds an alias or a key twice.

    >>> found = read_yaml("a: 012\\nb: [no, x]\\n")
    >>> found.data, found.line(("b", 1))
    ({'a': '012', 'b': ['no', 'x']}, 2)
    """
    lines: dict[Place, int] = {}
    try:
        loader = _LOADER(text)
        try:
            _check_events(text, path)
            node = loader.get_single_node()
        finally:
            loader.dispose()
        data = None if node is None else _value(node, (), lines, path)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise DocumentError(
            f"expected YAML, got: {fault.problem or fault.context}",
            path=path,
            line=mark.line + 1 if mark else None,
            hint="put words that hold a colon or a hash between double quotes",
        ) from fault
    except yaml.reader.ReaderError as fault:
        line = text.partition(chr(fault.character))[0].count("\n") + 1
        problem = f"expected YAML, got the character U+{fault.character:04X}"
        raise DocumentError(problem, path=path, line=line, hint="remove it, or write it as an escape") from fault
    except RecursionError as fault:
        raise DocumentError("expected YAML, got structures nested too deeply", path=path) from fault
    if node is None:
        raise DocumentError("expected a document's record and claims, got an empty file", path=path)
    return Located(data, path, lines)


def _check_events(text: str, path: Path | None) -> None:
    """Refuse aliases, and nesting so deep that composing it would overflow the stack of the C loader."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else None
            hint = f"{_DEEPEST} levels are the most"
            raise DocumentError("expected YAML, got structures nested too deeply", path=path, line=line, hint=hint)
        if isinstance(event, yaml.AliasEvent):
            raise ClaimError(
                f"expected plain values, got the alias *{event.anchor}",
                path=path,
                line=event.start_mark.line + 1 if event.start_mark else None,
                hint="write the value out, or put words that begin with an asterisk between quotes",
            )


def _value(node: yaml.Node, place: Place, lines: dict[Place, int], path: Path | None) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise ClaimError(
                    "expected a name as key, got a structure", path=path, line=key_node.start_mark.line + 1
                )
            key = key_node.value
            if key in found:
                raise ClaimError(f"the key {key!r} is given twice", path=path, line=key_node.start_mark.line + 1)
            found[key] = _value(value_node, (*place, key), lines, path)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, index), lines, path) for index, item in enumerate(node.value)]
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    return None if plain and node.value in ("", "~", "null") else node.value


def place_name(place: Place) -> str:
    """Return a place as a person would write it.

    >>> place_name(("claims", 3, "scope", "stage"))
    'claims[3].scope.stage'
    """
    written = ""
    for step in place:
        written += f"[{step}]" if isinstance(step, int) else (f".{step}" if written else step)
    return written


def located_error(
    kind: type[AvnkgError], problem: str, at: Located, place: Place, hint: str | None = None
) -> AvnkgError:
    """Return an error that carries file, line and field of a place."""
    return kind(problem, path=at.path, line=at.line(place), field=place_name(place) or None, hint=hint)
