"""The graph of a dispute: positions on two sides, what is contested between them, common ground below."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from avnkg import vocab
from avnkg.analysis.verdicts import Verdict
from avnkg.errors import NotFoundError
from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.graph.names import thing
from avnkg.graph.relation_records import DisputeRecord, RelationRecord
from avnkg.views.claimcards import Cards, ClaimCard
from avnkg.views.graphs.conceptnetwork import axis_labels
from avnkg.views.graphs.network import RELATIONS_FORM, Ask, Edge, Network, Node, Standing, form, standing
from avnkg.views.reading import Reading
from avnkg.views.terminal.disputes import interests_told
from avnkg.views.terminal.listing import claim_id
from avnkg.views.words import counted

MIDDLE = "between"
BELOW = "common ground"
DISSOLVED = "what dissolves"
REASONS = 6
"""Reasons for which conflicts dissolve that have a node of their own; the rest share one."""
_ANSWERS_APART = ("class", "one answer", "opposed", "comparison", "amount")
"""Kinds of relation whose sides say different things, not yes and no to the same."""

_POSITION = """?part avn:sideOf <{dispute}> ;
  avn:sideClaim ?claim .
?claim avn:document {{document}} ;
  avn:proposition {{proposition}} ;
  avn:stance {{stance}} ;
  avn:force {{force}} ."""
_SIDE = """?part avn:sideOf <{dispute}> ;
  avn:order {{number}} ;
  avn:sideClaim ?claim ."""


def dispute_network(graph: ClaimsGraph, identity: str | None = None, read: Reading | None = None) -> Network:
    """Return the graph of a dispute, by its id or a beginning of it; of the first, the weightiest, without one.

    `read` is what has been read of the graph already.

    Raises:
        NotFoundError: there is no dispute, or none or several of this name.
    """
    read = read or Reading(graph)
    found = read.disputes
    if identity is not None:
        beginning = identity.removeprefix(vocab.THING).removeprefix("dispute/")
        fitting = [each for each in found if beginning and each.id.startswith(beginning)]
        if len(fitting) != 1:
            many = f"{len(fitting)} disputes begin with" if fitting else "there is no dispute"
            known = ", ".join(each.id for each in found)
            raise NotFoundError(f"{many} {identity!r}", hint=f"there are {known}" if known else "there are none")
        found = tuple(fitting)
    if not found:
        raise NotFoundError("the claims hold no dispute", hint="`avnkg graph --all -o FILE` shows all claims")
    return _Picture(graph, found[0], read.cards).network()


@dataclass(frozen=True)
class _Picture:
    """A dispute on its way to a network."""

    graph: ClaimsGraph
    dispute: DisputeRecord
    known: Cards
    axes: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "axes", axis_labels(self.graph))

    def network(self) -> Network:
        """Return the network."""
        issues = self._issues()
        positions = self._positions(issues)
        nodes = [
            *self._sides(),
            *positions,
            *(self._issue(place, each) for place, each in enumerate(issues, 1)),
            *self._below(),
        ]
        edges = [edge for place, each in enumerate(issues, 1) for edge in self._joins(place, each, positions)]
        relations = {each.relation.id: each for found in self.dispute.parts.values() for each in found}
        spoken = {claim for each in relations.values() for claim in (*each.relation.a, *each.relation.b)}
        spoken |= {claim for node in nodes for claim in node.claims}
        shown = {name: card for name, card in self.known.claims.items() if name in spoken}
        address = thing("dispute", self.dispute.id)
        forms = {"position": _POSITION.format(dispute=address), "side": _SIDE.format(dispute=address)}
        clashes = len(self.dispute.parts.get("clash", ()))
        dissolved = len(self.dispute.parts.get("dissolved", ()))
        shared = len(self.dispute.parts.get("common ground", ()))
        about = self.dispute.title.rpartition(": ")[0]
        return Network(
            "dispute",
            self._title(),
            f"On {about}. {counted(clashes, 'clash', 'clashes')}, {counted(shared, 'point')} of common ground, "
            f"{counted(dissolved, 'apparent conflict')} that a condition explains.",
            tuple(nodes),
            tuple(edges),
            shown,
            {name: self.known.documents[name] for name in dict.fromkeys(card.document for card in shown.values())},
            relations,
            {**{name: form(pattern) for name, pattern in forms.items()}, "relations": RELATIONS_FORM},
            self.axes,
            frozenset(shown),
        )

    def _title(self) -> str:
        held = [each for each, _, _ in self.dispute.sides]
        return " against ".join(held) if len(set(held)) > 1 else f"{held[0]} against itself"

    def _sides(self) -> Iterable[Node]:
        for number, (held, voices, rows) in enumerate(self.dispute.sides, 1):
            claims = tuple(claim_id(row.claim) for row in rows)
            interests = interests_told(rows)
            label = "\n".join([held, *interests])
            given = (("number", str(number)),)
            yield Node(
                f"side:{number}",
                "side",
                label,
                held,
                "t" + "p" * len(interests),
                f"side {number}",
                voices=voices,
                claims=claims,
                ask=Ask("side", given),
            )

    def _positions(self, issues: Sequence[Sequence[RelationRecord]]) -> list[Node]:
        """Return the positions side by side, in the order of what they are at issue on."""
        at_issue = {claim: place for place, each in reversed([*enumerate(issues)]) for claim in _claims(each)}
        found = []
        for number, (_, _, rows) in enumerate(self.dispute.sides, 1):
            groups: dict[tuple[str, ...], list[ClaimCard]] = defaultdict(list)
            for row in rows:
                card = self.known.claims[claim_id(row.claim)]
                groups[card.document, card.proposition, card.stance, card.force].append(card)
            ordered = sorted(groups.items(), key=lambda group: min(at_issue.get(card.id, 99) for card in group[1]))
            found += [self._position(number, key, group) for key, group in ordered]
        return found

    def _position(self, number: int, key: tuple[str, ...], found: Sequence[ClaimCard]) -> Node:
        document, proposition, stance, force = key
        names = tuple(card.id for card in found)
        records = [each for part in ("clash", "strain") for each in self.dispute.parts.get(part, ())]
        own = [each for each in records if {*each.relation.a, *each.relation.b} & set(names)]
        lead = max(found, key=lambda card: (-len(card.conditions), bool(card.how_often)))
        given = {
            "document": f"<{thing('document', document)}>",
            "proposition": f"<{proposition}>",
            "stance": f"<{vocab.STANCES[stance]}>",
            "force": f"<{vocab.FORCES[force]}>",
        }
        return Node(
            f"position:{number}:{names[0]}",
            "position",
            self._position_label(lead, len(found)),
            lead.says,
            "sqf",
            f"side {number}",
            standing((each.relation.verdict for each in own), 1),
            self.known.heard(names),
            names,
            tuple(each.relation.id for each in own),
            Ask("position", tuple(given.items())),
        )

    def _position_label(self, lead: ClaimCard, count: int) -> str:
        stated = [each.value for each in lead.conditions if each.standing == "stated"]
        under = ", ".join([*([f"“{lead.how_often}”"] if lead.how_often else []), *dict.fromkeys(stated)])
        words = " … ".join(quote.words for quote in lead.quotes)
        more = f", {count} times" if count > 1 else ""
        foot = f"{self.known.documents[lead.document].publisher} {lead.voice[2:]}{more}"
        lines = [
            ("✕ " if lead.denies else "") + lead.says,
            f"“{shortened(words)}”",
            f"{foot} ({under})" if under else foot,
        ]
        return "\n".join(" ".join(line.split()) for line in lines)

    def _issues(self) -> list[list[RelationRecord]]:
        """Return what is contested: clashes and strains, those together that share claims and have one verdict."""
        graph: nx.Graph[int] = nx.Graph()
        records = [each for part in ("clash", "strain") for each in self.dispute.parts.get(part, ())]
        graph.add_nodes_from(range(len(records)))
        for one in range(len(records)):
            for other in range(one):
                a, b = records[one], records[other]
                if a.relation.verdict is b.relation.verdict and _claims([a]) & _claims([b]):
                    graph.add_edge(one, other)
        return [[records[place] for place in sorted(part)] for part in nx.connected_components(graph)]

    def _issue(self, place: int, found: Sequence[RelationRecord]) -> Node:
        names = tuple(name for name in self.known.claims if name in _claims(found))
        first = found[0].relation
        said = [[self.known.claims[name] for name in names if name in self._side(number)] for number in (0, 1)]
        question = _question(said, apart=first.kind in _ANSWERS_APART)
        assumed = sorted({axis for each in found for axis in each.relation.assumes})
        many = f" ({len(found)})" if len(found) > 1 else ""
        lines = [f"{_VERDICTS[first.verdict]}{many}", question]
        if assumed:
            lines.append(f"if both mean the same {self._named(assumed)}")
        ids = tuple(each.relation.id for each in found)
        looks = "t" + "s" * (question.count("\n") + 1) + ("f" if assumed else "")
        return Node(
            f"issue:{place}",
            "issue",
            "\n".join(lines),
            f"{first.verdict}: {question.replace(chr(10), ' ')}",
            looks,
            MIDDLE,
            standing([first.verdict], 2),
            self.known.heard(names),
            names,
            ids,
            Ask("relations", (("relations", _listed(ids)),)),
        )

    def _joins(self, place: int, found: Sequence[RelationRecord], positions: Iterable[Node]) -> Iterable[Edge]:
        verdict = found[0].relation.verdict
        for node in positions:
            own = [each for each in found if {*each.relation.a, *each.relation.b} & set(node.claims)]
            if own:
                ids = tuple(each.relation.id for each in own)
                yield Edge(
                    f"{node.id}>issue:{place}",
                    node.id,
                    f"issue:{place}",
                    "",
                    f"{verdict}: {node.told}",
                    standing([verdict], 2),
                    self.known.claims[node.claims[0]].denies,
                    node.voices,
                    node.claims,
                    ids,
                    Ask("relations", (("relations", _listed(ids)),)),
                )

    def _side(self, number: int) -> set[str]:
        sides = self.dispute.sides
        return {claim_id(row.claim) for row in sides[number][2]} if number < len(sides) else set()

    def _below(self) -> Iterable[Node]:
        """Yield common ground, a node for each thing said, and what dissolves, a node for each reason."""
        shared: dict[str, list[RelationRecord]] = defaultdict(list)
        for each in self.dispute.parts.get("common ground", ()):
            # The broader side of a refinement is what both say.
            shared[self.known.claims[each.relation.b[0]].says].append(each)
        if shared:
            yield Node("head:common", "head", "On what they agree all the same", looks="t", group=BELOW)
        for said, found in shared.items():
            yield self._common(said, found)
        reasons: dict[tuple[str, ...], list[RelationRecord]] = defaultdict(list)
        for each in self.dispute.parts.get("dissolved", ()):
            reasons[each.relation.decided_by or each.relation.narrowed_by].append(each)
        if reasons:
            yield Node(
                "head:dissolved", "head", "Apparent conflicts that dissolve: both may hold", looks="t", group=DISSOLVED
            )
        ordered = sorted(reasons.items(), key=lambda group: (-len(group[1]), group[0]))
        most = len(ordered) if len(ordered) <= REASONS else REASONS - 1
        for axes, found in ordered[:most]:
            yield self._dissolving("+".join(axes), self._named(axes), found)
        rest = [each for _, found in ordered[most:] for each in found]
        if rest:
            yield self._dissolving("others", "other conditions", rest)

    def _common(self, said: str, found: Sequence[RelationRecord]) -> Node:
        names = tuple(name for name in self.known.claims if name in _claims(found))
        ids = tuple(each.relation.id for each in found)
        refined = [claim for each in found if each.relation.verdict is Verdict.REFINEMENT for claim in each.relation.a]
        foot = self.known.speakers(names)
        if len(found) == sum(each.relation.verdict is Verdict.REFINEMENT for each in found):
            foot += f"; {self.known.speakers(refined)} of a narrower case"
        return Node(
            f"common:{ids[0]}",
            "common",
            f"{said}\n{foot}",
            f"{found[0].relation.verdict}: {said}",
            "sf",
            BELOW,
            Standing.AGREED,
            self.known.heard(names),
            names,
            ids,
            Ask("relations", (("relations", _listed(ids)),)),
        )

    def _dissolving(self, key: str, named: str, found: Sequence[RelationRecord]) -> Node:
        ids = tuple(each.relation.id for each in found)
        names = tuple(name for name in self.known.claims if name in _claims(found))
        return Node(
            f"dissolved:{key}",
            "dissolved",
            f"{len(found)} by {named}",
            f"{counted(len(found), 'apparent conflict')} explained by {named}",
            "p",
            DISSOLVED,
            Standing.SCOPE,
            self.known.heard(names),
            names,
            ids,
            Ask("relations", (("relations", _listed(ids)),)),
        )

    def _named(self, axes: Sequence[str]) -> str:
        named = [self.axes.get(axis, axis) for axis in axes]
        return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named)


_VERDICTS = {
    Verdict.CONTRADICTION: "CONTRADICTION",
    Verdict.RIVAL: "RIVAL ANSWERS",
    Verdict.TENSION: "TENSION",
}


def _question(sides: Sequence[Sequence[ClaimCard]], *, apart: bool) -> str:
    """Return what is at issue as a question: which of two answers, or whether it is so."""
    every = [card for side in sides for card in side]
    first = every[0]
    subjects = " / ".join(dict.fromkeys(card.subject.label for card in every))
    predicates = dict.fromkeys(card.predicate.label for card in every)
    if not apart:
        targets = dict.fromkeys(_said(card) for card in every)
        return f"{subjects}\n{' / '.join(predicates)} {' / '.join(targets)}?"
    if len(predicates) > 1 or first.object is None:
        return "\nor ".join(
            dict.fromkeys(f"{card.subject.label} {card.predicate.label} {_said(card)}" for card in every)
        )
    answers = [" / ".join(dict.fromkeys(_said(card) for card in side)) for side in sides]
    return f"{subjects}\n{first.predicate.label}\n" + "\nor ".join(each for each in answers if each) + "?"


def _said(card: ClaimCard) -> str:
    target = card.object or card.comparator or card.endpoint
    return target.label if target else ""


def shortened(words: str, most: int = 150) -> str:
    """Return words, cut at a space where they are too long for a picture; the panel has them whole."""
    if len(words) <= most:
        return words
    return f"{words[:most].rpartition(' ')[0] or words[:most]} …"


def _claims(found: Iterable[RelationRecord]) -> set[str]:
    return {claim for each in found for claim in (*each.relation.a, *each.relation.b)}


def _listed(ids: Iterable[str]) -> str:
    return " ".join(f"<{thing('relation', each)}>" for each in ids)
