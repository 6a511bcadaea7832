"""Claims as entries of a corpus file, in the house's layout: short, one field a line, in one order."""

from typing import Any

import yaml

from avnkg.claims.kinds import Manner, Stance, Standing
from avnkg.claims.model import Claim, Scope, default_basis
from avnkg.claims.portable import line_of
from avnkg.claims.scope import written

_SAME = ("subject", "subjectExcept", "predicate", "object", "except", "comparator", "endpoint")
_AFTER = ("frequency", "quantity", "degree")
_LAST = ("appeal", "cites", "note", "withdrawn")


def entry_text(claim: Claim) -> str:
    """Return a claim as an entry of the `claims` list; the defaults that a reader fills in are left out."""
    line = line_of(claim)
    quotes = [passage.exact for passage in claim.passages]
    places = [passage.start for passage in claim.passages]
    fields: dict[str, Any] = {
        "id": claim.id.rpartition("/")[2],
        "quote": quotes[0] if len(quotes) == 1 else quotes,
        "at": places[0] if len(places) == 1 else places,
        "says": claim.says,
    }
    fields.update({name: line[name] for name in _SAME})
    fields["stance"] = None if claim.stance is Stance.AFFIRMS else claim.stance.value
    fields["force"] = claim.force.value
    fields["manner"] = None if claim.manner is Manner.STATED else claim.manner.value
    fields.update({name: line[name] for name in _AFTER})
    fields["scope"] = written(_of(claim.scope, Standing.STATED))
    fields["inherited"] = _plain(written(_of(claim.scope, Standing.INHERITED)))
    fields["basis"] = None if claim.basis is default_basis(claim.force) else claim.basis.value
    fields.update({name: line[name] for name in _LAST})
    lines = [f"{name}: {_inline(value)}" for name, value in fields.items() if value not in (None, [], {})]
    return "  - " + "\n    ".join(lines) + "\n"


def _of(scope: Scope, standing: Standing) -> Scope:
    return tuple(condition for condition in scope if condition.standing is standing)


def _plain(axes: dict[str, Any]) -> dict[str, Any]:
    """Return an inherited scope without the word that says so: the field's name does."""
    return {axis: _bare(entry) for axis, entry in axes.items()}


def _bare(entry: Any) -> Any:
    if isinstance(entry, dict) and "all" in entry:
        return {"all": [_bare(part) for part in entry["all"]]}
    if isinstance(entry, dict):
        return entry.get("any") or entry["measured"]
    return entry


class _Dumper(yaml.SafeDumper):
    """Writes text between double quotes, where any character can be escaped; names go without."""

    def text(self, words: str) -> yaml.ScalarNode:
        """Return the node of some words."""
        return self.represent_scalar("tag:yaml.org,2002:str", words, style=None if words.isidentifier() else '"')


_Dumper.add_representer(str, _Dumper.text)


def _inline(value: Any) -> str:
    """Return a value on one line."""
    text = yaml.dump(value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False)
    return text.removesuffix("\n...\n").strip()
