"""Networks whose every word is hostile: markup, script, addresses, line separators, marks that turn the writing."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from avnkg.views.claimcards import Condition
from avnkg.views.graphs.network import Network, Node
from avnkg.views.pages.lines import Line

WORDS = (
    '</script><script>document.title="OWNED"</script><img src=x onerror=\'document.title="OWNED"\'>'
    '<a href="javascript:alert(1)">href</a> <!-- \u2028\u2029 \u202egnirts\u202c \u2066 {{ 7*7 }} ${7*7} " & \\ 𝛂'
)
"""What is added to each word. The sign at its end lies beyond the basic plane."""

# What the page goes by, not what it shows: a graph is built with these, nobody else writes them.
_KEPT = {(Node, "kind"), (Node, "looks"), (Node, "group"), (Network, "kind"), (Network, "forms"), (Condition, "axis")}
_KEPT |= {(Line, "stance"), (Line, "force")}


def hostile(value: Any) -> Any:
    """Return a value with `WORDS` at the end of each of its words, alike wherever the same word stands."""
    if isinstance(value, Enum) or value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return f"{value} {WORDS}"
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            each.name: hostile(getattr(value, each.name))
            for each in fields(value)
            if (type(value), each.name) not in _KEPT and each.name != "ask"
        }
        return replace(value, **changed)
    if isinstance(value, Mapping):
        return {hostile(key): hostile(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return frozenset(map(hostile, value))
    if isinstance(value, tuple):
        return tuple(map(hostile, value))
    raise TypeError(f"expected what networks are made of, got {type(value)}")
