"""From pydantic's faults to ours: one a field, with file, line and field."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from avnkg.documents.located import Located, Place, located_error
from avnkg.errors import AvnkgError

_LOOK_UP = "CONTRIBUTING.md describes the field"
_LONGEST_SHOWN = 80


def faults(fault: ValidationError, located: Located, kind: Callable[[Place], type[AvnkgError]]) -> list[AvnkgError]:
    """Return what a model refuses, alternatives of a value told as one; `kind` picks the error for a place."""
    found: dict[Place, AvnkgError] = {}
    for error in fault.errors(include_url=False):
        loc = tuple(error["loc"])
        place = _known(loc, located.data)
        told = place
        if error["type"] == "extra_forbidden":
            problem, hint = "unknown field", f"remove it; {_LOOK_UP}"
        elif error["type"] == "missing":
            problem, hint = f"the field {loc[-1]!r} is missing", f"add it; {_LOOK_UP}"
            told = loc  # two missing fields have one place, that of what should hold them
        else:
            problem, hint = f"{_lower(error['msg'])}, got {_shown(error['input'])}", f"correct it; {_LOOK_UP}"
        found.setdefault(told, located_error(kind(place), problem, located, place, hint))
    return list(found.values())


def _known(place: Place, data: Any) -> Place:
    """Return the part of a place that exists in the data: pydantic adds the names of alternatives to it."""
    known: list[str | int] = []
    for step in place:
        if isinstance(data, dict | list) and _has(data, step):
            data = data[step]  # type: ignore[index]
            known.append(step)
    return tuple(known)


def _has(data: dict[str, Any] | list[Any], step: str | int) -> bool:
    return step in data if isinstance(data, dict) else isinstance(step, int) and step < len(data)


def _lower(message: str) -> str:
    return message[0].lower() + message[1:]


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "a structure"
    written = repr(value)
    return written if len(written) <= _LONGEST_SHOWN else f"{written[:_LONGEST_SHOWN]}…"
