"""A conflict, and what a search for conflicts comes back with: values only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import networkx as nx

from avnkg.analysis.conflicts.repairs import hitting_sets
from avnkg.claims.model import Claim


@dataclass(frozen=True)
class Saying:
    """What is said on one side of a conflict: in words, as an axiom, and the claims that say so."""

    words: str
    axiom: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Between:
    """An axiom of the ontology that a conflict needs: in words, and as it stands there."""

    words: str
    axiom: str


@dataclass(frozen=True)
class Conflict:
    """Statements that cannot all hold of one case, of which none can be spared.

    Attributes:
        kind: `ontology`, or `cycle` for comparisons that lead back to where they began.
        about: the label of the concept of which there could be no case; None in a cycle.
        sayings: what is said; to give up any one of them ends the conflict.
        between: the axioms that make it a conflict, of which none can be spared.
        explained: whether `between` was worked out; the time may have been over before.
        assumes: the axes on which claims are taken to mean the same without saying so; `share` when an
            *almost always* is read as *always*.
        voices: how many voices take part: one that contradicts itself is a conflict too.
    """

    kind: str
    about: str | None
    sayings: tuple[Saying, ...]
    between: tuple[Between, ...]
    explained: bool
    assumes: tuple[str, ...]
    voices: int

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims that take part, each once."""
        return tuple(dict.fromkeys(claim for saying in self.sayings for claim in saying.claims))

    @property
    def repairs(self) -> tuple[tuple[Saying, ...], ...]:
        """The smallest sets of statements whose giving up ends this conflict: any one."""
        return tuple((saying,) for saying in self.sayings)


@dataclass(frozen=True)
class Knot:
    """Conflicts that share statements, by their places, and the smallest sets whose giving up ends all of them."""

    conflicts: tuple[int, ...]
    repairs: tuple[tuple[Saying, ...], ...]


@dataclass(frozen=True)
class Conflicts:
    """All that was found, and all that was not looked at.

    Attributes:
        conflicts: the conflicts, those of many voices first.
        knots: conflicts that hang together, and how to end them together.
        looked_at: how many claims became axioms, or steps that a cycle could have.
        left_out: how many claims did not become axioms, by reason.
        set_aside: how many sets of statements clash, but not as claims, by reason.
        not_taken: how many axioms of the ontology are of forms that are not taken, by form.
        clusters: how many clusters could have clashed and were asked about.
        caps: what was cut short, in words; empty when everything was looked at.
        reasoner: which reasoner answered, and in which version.
        runs, seconds: how often it ran, and how long all took.
    """

    conflicts: tuple[Conflict, ...]
    knots: tuple[Knot, ...] = ()
    looked_at: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict, hash=False)
    set_aside: Mapping[str, int] = field(default_factory=dict, hash=False)
    not_taken: Mapping[str, int] = field(default_factory=dict, hash=False)
    clusters: int = 0
    caps: tuple[str, ...] = ()
    reasoner: str = ""
    runs: int = 0
    seconds: float = field(default=0.0, compare=False)

    @property
    def complete(self) -> bool:
        """Whether nothing was cut short."""
        return not self.caps


def knots_of(conflicts: Sequence[Conflict], most: int) -> tuple[tuple[Knot, ...], bool]:
    """Return the conflicts that share statements, and whether all their repairs are told: so many a knot at most."""
    graph: nx.Graph[int] = nx.Graph()
    places: dict[str, list[int]] = defaultdict(list)
    claims: dict[str, dict[Claim, None]] = defaultdict(dict)
    words: dict[str, str] = {}
    for place, conflict in enumerate(conflicts):
        for saying in conflict.sayings:
            places[saying.axiom].append(place)
            claims[saying.axiom].update(dict.fromkeys(saying.claims))
            words[saying.axiom] = saying.words
    for shared in places.values():
        graph.add_edges_from(pairwise(shared))
    knots, whole = [], True
    for part in sorted(map(sorted, nx.connected_components(graph))):
        sets = [sorted(saying.axiom for saying in conflicts[place].sayings) for place in part]
        found, all_found = hitting_sets(sets, most)
        whole = whole and all_found
        repairs = (
            tuple(Saying(words[axiom], axiom, tuple(claims[axiom])) for axiom in sorted(chosen)) for chosen in found
        )
        knots.append(Knot(tuple(part), tuple(repairs)))
    return tuple(knots), whole
