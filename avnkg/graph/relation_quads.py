"""Relations and disputes as quads of the default graph: derived from claims, each with its premises and its rule."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from avnkg import vocab
from avnkg.analysis.disputes import Dispute, Issue
from avnkg.analysis.independence import Source, independent
from avnkg.analysis.relations.relations import Relation
from avnkg.analysis.verdicts import Verdict
from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.literals import boolean, iri, number, text
from avnkg.graph.names import claim_iri, namer, thing

MOST_ISSUES = 2
"""How many questions of a dispute its title tells."""


class RelationWriter:
    """Writes relations and disputes as N-Quads lines."""

    def __init__(self, sources: Mapping[str, Source], heard: Mapping[str, str], vocabulary: Vocabulary) -> None:
        """Store where each claim comes from, by its id, and whose voice each document is."""
        self._sources = sources
        self._heard = heard
        self._vocabulary = vocabulary
        self._name = namer(vocabulary)

    def relations(self, relations: Iterable[Relation]) -> Iterator[str]:
        """Yield the lines of relations, a chunk a relation."""
        for relation in relations:
            yield "".join(self._relation(relation))

    def disputes(self, disputes: Iterable[Dispute]) -> Iterator[str]:
        """Yield the lines of disputes, a chunk a dispute, in their order."""
        for place, dispute in enumerate(disputes, 1):
            yield "".join(self._dispute(dispute, place))

    def _relation(self, relation: Relation) -> Iterator[str]:
        node = thing("relation", relation.id)
        heard = [{self._voice(claim) for claim in side} for side in (relation.a, relation.b)]
        facts = [
            (vocab.TYPE, iri(vocab.RELATION)),
            (vocab.IDENTIFIER, text(relation.id)),
            (vocab.VERDICT, iri(vocab.VERDICTS[relation.verdict.value])),
            (vocab.ISSUE, text(relation.kind)),
            (vocab.RULE, text(relation.rule)),
            (vocab.SAYS, text(relation.says, "en")),
            # With one voice on both sides, and no other, it speaks with itself.
            (vocab.ACROSS_VOICES, boolean(len(heard[0] | heard[1]) > 1)),
            (vocab.VOICES, number(self._independent({*relation.a, *relation.b}))),
        ]
        facts += [(vocab.FIRST_SIDE, iri(claim_iri(claim))) for claim in relation.a]
        facts += [(vocab.SECOND_SIDE, iri(claim_iri(claim))) for claim in relation.b]
        if relation.verdict is Verdict.CONTRADICTION:
            facts.append((vocab.CONTEST_NUMBER, number(contest_number(relation.id))))
        for predicate, names in (
            (vocab.DECIDED_BY, relation.decided_by),
            (vocab.NARROWED_BY, relation.narrowed_by),
            (vocab.ASSUMES, relation.assumes),
        ):
            facts += [(predicate, iri(self._respect(name))) for name in names]
        yield from _lines(node, facts)
        if relation.verdict is Verdict.CONTRADICTION:
            yield from self._contested(relation)

    def _contested(self, relation: Relation) -> Iterator[str]:
        """Yield the number of a contradiction at the propositions that it contests.

        So those about a concept are found and sorted without reading a relation: an engine has a number at hand, but
        looks an address up for each comparison.
        """
        told = [(vocab.CONTESTED_IN, number(contest_number(relation.id)))]
        for key in sorted({self._sources[claim].proposition for claim in (*relation.a, *relation.b)}):
            yield from _lines(thing("proposition", key), told)

    def _dispute(self, dispute: Dispute, place: int) -> Iterator[str]:
        node = thing("dispute", dispute.id)
        facts = [
            (vocab.TYPE, iri(vocab.DISPUTE)),
            (vocab.IDENTIFIER, text(dispute.id)),
            (vocab.ORDER, number(place)),
            (vocab.LABEL, text(self.title(dispute), "en")),
        ]
        for predicate, relations in (
            (vocab.CLASH, dispute.clashes),
            (vocab.STRAIN, dispute.tensions),
            (vocab.COMMON_GROUND, dispute.common),
            (vocab.DISSOLVED, dispute.dissolved),
        ):
            facts += [(predicate, iri(thing("relation", each.id))) for each in relations]
        facts += [(vocab.ASSUMES, iri(self._respect(name))) for name in dispute.settling]
        yield from _lines(node, facts)
        for number_of_side, side in enumerate(dispute.sides, 1):
            told = [
                (vocab.TYPE, iri(vocab.SIDE)),
                (vocab.SIDE_OF, iri(node)),
                (vocab.ORDER, number(number_of_side)),
                (vocab.LABEL, text(" and ".join(side.voices))),
                (vocab.VOICES, number(side.independent)),
                *((vocab.SIDE_CLAIM, iri(claim_iri(claim))) for claim in side.claims),
            ]
            yield from _lines(f"{node}/side-{number_of_side}", told)

    def title(self, dispute: Dispute) -> str:
        """Return what is answered differently in a dispute, and who holds against whom."""
        asked = [self._asked(issue) for issue in dispute.issues[:MOST_ISSUES]]
        left = len(dispute.issues) - MOST_ISSUES
        more = [f"{left} further question{'s' * (left > 1)}"] if left > 0 else []
        sides = [" and ".join(side.voices) for side in dispute.sides]
        against = f"{sides[0]} against itself" if len(dispute.voices) == 1 else " against ".join(sides)
        return f"{_listed([*asked, *more], ', and ')}: {against}"

    def _asked(self, issue: Issue) -> str:
        """Return a question in words: `whether cell therapy heals osteonecrosis`, `the price of cell therapy`."""
        terms = self._vocabulary.terms
        names = (*issue.subjects, issue.predicate, *issue.objects)
        named = {name: terms[name].label if name in terms else name for name in names}
        subjects = _listed([named[name] for name in issue.subjects], " and ")
        if not issue.objects:
            return f"the {named[issue.predicate]} of {subjects}"
        return f"whether {subjects} {named[issue.predicate]} {_listed([named[name] for name in issue.objects], ' or ')}"

    def _respect(self, name: str) -> str:
        axis = self._vocabulary.axes.get(name)
        return vocab.RESPECTS.get(name) or (vocab.AVN + axis.name if axis else self._name(name))

    def _independent(self, claims: Iterable[str]) -> int:
        return independent((self._sources[claim] for claim in claims), self._heard)

    def _voice(self, claim: str) -> str:
        return self._heard[self._sources[claim].document]


def contest_number(identity: str) -> int:
    """Return the number of a contradiction: sixty bits of its id, from both ends, so that it stays as the id does.

    An id may begin with what its first side has in common with other relations: the end tells them apart.

    >>> contest_number("c2899d97e88dd4d7802f509b")
    876119286692663451
    """
    return int(identity[:8] + identity[-7:], 16)


def _listed(words: Sequence[str], last: str) -> str:
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _lines(subject: str, facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f"<{subject}> <{predicate}> {value} .\n" for predicate, value in facts)
