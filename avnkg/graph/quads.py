"""From claims to quads, written as N-Quads lines one claim at a time, so that memory does not grow.

The default graph holds everything, each triple once. A claim's assertion graph holds its plain triple or its
denial, and nothing else: `GRAPH ?g { ?s ?p ?o }` with `?claim avn:assertionGraph ?g` leads from a triple to
who says it. Shared nodes (propositions, scopes, amounts) may be written more than once; a store keeps one.
"""

import re
from collections.abc import Iterable, Iterator

from avnkg import vocab
from avnkg.claims.kinds import ADVISORY, Force, Stance, Standing
from avnkg.claims.model import Claim, Condition, Frequency, Proposition, Quantity, Scope, key
from avnkg.claims.scope import definitional
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.model import Document, Passage
from avnkg.graph.literals import boolean, iri, number, text
from avnkg.graph.names import namer, thing

_REMEMBERED = 50_000
"""Shared nodes remembered as written. A bound, so that memory does not grow; writing one again is harmless."""


class QuadWriter:
    """Writes documents and claims as N-Quads lines with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Store the vocabulary."""
        self._vocabulary = vocabulary
        self._name = namer(vocabulary)
        self._written: set[str] = set()

    def document(self, document: Document) -> list[str]:
        """Return the lines of a document's record, its speakers, and the activity that encoded it."""
        node = thing("document", document.id)
        activity = thing("activity", document.id)
        lines = _lines(
            node,
            (vocab.TYPE, iri(vocab.DOCUMENT)),
            (vocab.TYPE, iri(vocab.ENTITY)),
            (vocab.LABEL, text(document.title, document.language)),
            (vocab.TITLE, text(document.title, document.language)),
            (vocab.IDENTIFIER, text(document.id)),
            (vocab.DOCUMENT_KIND, iri(vocab.DOCUMENT_KINDS[document.kind])),
            (vocab.LANGUAGE, text(document.language)),
            (vocab.RIGHTS, text(document.licence, "en")),
            (vocab.COPYING, iri(vocab.COPYINGS[document.copying])),
            (vocab.SHA256, text(document.sha256)),
            (vocab.LENGTH, number(document.length)),
        )
        optional = (
            (vocab.SOURCE, document.address, text),
            (vocab.CREATED, document.published, text),
            (vocab.PROVENANCE, document.collected, text),
            (vocab.REPLACES, document.replaces, lambda name: iri(thing("document", name))),
            (vocab.REVISION_OF, document.replaces, lambda name: iri(thing("document", name))),
        )
        lines += _lines(node, *((predicate, write(value)) for predicate, value, write in optional if value))
        if document.modified:
            lines += _lines(node, (vocab.MODIFIED, f'"{document.modified}"^^<{vocab.XSD_DATE}>'))
        if document.interest:
            lines += _lines(node, (vocab.INTEREST, text(document.interest.says, "en")))
            lines += _lines(node, *((vocab.SELLS, iri(self._name(name))) for name in document.interest.sells))
        roles = (
            ((document.publisher,), (vocab.PUBLISHER, vocab.SPEAKER)),
            (document.authors, (vocab.CREATOR, vocab.SPEAKER)),
            (document.reviewers, (vocab.REVIEWER,)),
        )
        for names, predicates in roles:
            for name in names:
                agent = self.agent(name)
                lines += _lines(node, *((predicate, iri(agent)) for predicate in predicates))
                lines += _lines(agent, (vocab.TYPE, iri(vocab.AGENT)))
                if not agent.startswith(vocab.AVN):
                    lines += _lines(agent, (vocab.LABEL, text(name, document.language)))
        lines += _lines(
            activity,
            (vocab.TYPE, iri(vocab.ACTIVITY)),
            (vocab.LABEL, text(f"encoding of {document.id} as claims", "en")),
            (vocab.USED, iri(node)),
        )
        return lines

    def agent(self, name: str) -> str:
        """Return the IRI of a person or organisation: the ontology's where it knows the name."""
        known = self._vocabulary.find(name)
        if known and self._vocabulary.is_a(known, "Agent"):
            return vocab.AVN + known
        short = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
        # A name that loses more than capitals, spaces, stops and commas may be another's: Müller and Möller, C and C++.
        whole = short == "-".join(re.sub(r"[.,]", " ", name.casefold()).split())
        return thing("agent", short if whole else f"{short}-{key(name)}".strip("-"))

    def claims(self, claims: Iterable[Claim], documents: Iterable[Document]) -> Iterator[str]:
        """Yield the lines of claims, a chunk a claim."""
        speakers = {document.id: self.agent(document.publisher) for document in documents}
        for order, claim in enumerate(claims, 1):
            yield "".join(self.claim(claim, order, speakers[claim.document]))

    def claim(self, claim: Claim, order: int, speaker: str) -> list[str]:
        """Return the lines of one claim with all that it points to."""
        node = thing("claim", claim.id)
        document = thing("document", claim.document)
        proposition = thing("proposition", claim.proposition.key)
        lines: list[str] = []
        facts: list[tuple[str, str]] = [
            (vocab.TYPE, iri(vocab.WITHDRAWN_CLAIM if claim.withdrawn else vocab.CLAIM)),
            (vocab.IDENTIFIER, text(claim.id)),
            (vocab.NUMBER, number(order)),
            (vocab.IN_DOCUMENT, iri(document)),
            (vocab.HAS_PROPOSITION, iri(proposition)),
            (vocab.STANCE, iri(vocab.STANCES[claim.stance])),
            (vocab.FORCE, iri(vocab.FORCES[claim.force])),
            (vocab.MANNER, iri(vocab.MANNERS[claim.manner])),
            (vocab.BASIS, iri(vocab.BASES[claim.basis])),
            (vocab.SAYS, text(claim.says, "en")),
            # The words whole, and below the hedge and the scope as a person reads them: so that a query that lists
            # claims needs no joins over passages, frequencies and conditions.
            (vocab.QUOTE, text(" … ".join(passage.exact for passage in claim.passages))),
            (vocab.UNDER_CONDITIONS, boolean(claim.under_conditions)),
            (vocab.ATTRIBUTED_TO, iri(speaker)),
            (vocab.GENERATED_BY, iri(thing("activity", claim.document))),
        ]
        if claim.verification:
            facts.append((vocab.VERIFICATION, iri(vocab.VERIFICATIONS[claim.verification])))
        for passage in claim.passages:
            place = thing("passage", f"{claim.document}/{passage.start}-{passage.end}")
            facts.append((vocab.HAS_PASSAGE, iri(place)))
            if self._first(place):
                lines += _passage(passage, place, document)
        if claim.frequency:
            share = thing("frequency", key("frequency", *_frequency_parts(claim.frequency)))
            facts.append((vocab.HAS_FREQUENCY, iri(share)))
            facts.append((vocab.FREQUENCY_PRINTED, text(claim.frequency.printed)))
            if self._first(share):
                lines += self._frequency(claim.frequency, share)
        if claim.proposition.quantity:
            facts.append((vocab.HAS_QUANTITY, iri(self._quantity_iri(claim.proposition.quantity))))
            facts.append((vocab.QUANTITY_PRINTED, text(claim.proposition.quantity.printed)))
        if claim.degree:
            facts.append((vocab.HAS_DEGREE, iri(self._name(claim.degree.value))))
            facts.append((vocab.DEGREE_PRINTED, text(claim.degree.printed)))
        for predicate, words in ((vocab.APPEAL, claim.appeal), (vocab.NOTE, claim.note)):
            if words:
                facts.append((predicate, text(words)))
        if claim.withdrawn:
            facts.append((vocab.WITHDRAWN, text(claim.withdrawn, "en")))
        facts.extend((vocab.REFERENCES, iri(self._name(source))) for source in claim.cites)
        scope = (*claim.scope, *definitional(claim.proposition, self._vocabulary))
        if scope:
            conditions = thing("scope", key(*(_condition_parts(condition) for condition in scope)))
            facts.append((vocab.HAS_SCOPE, iri(conditions)))
            told = self._scope_told(scope)
            if told:
                facts.append((vocab.SCOPE_TOLD, text(told, "en")))
            if self._first(conditions):
                lines += self._scope(scope, conditions)
        if self._first(proposition):
            lines += self._proposition(claim.proposition, proposition)
        if claim.triple_bearing:
            graph = thing("assertion", claim.id)
            facts.append((vocab.ASSERTION_GRAPH, iri(graph)))
            for line in self._assertion(claim):
                lines += (f"{line} .\n", f"{line} <{graph}> .\n")
        lines += _lines(node, *facts)
        return lines

    def _assertion(self, claim: Claim) -> Iterator[str]:
        """Yield the plain triple of a claim, or its denial, without the final dot."""
        said = claim.proposition
        subject = self._subject(said)
        target = self._target(said)
        predicate = self._name(said.predicate)
        denies = claim.stance is Stance.DENIES
        if claim.force in ADVISORY:
            # Advice against has a property of its own; only "need not" denies one.
            predicate = self._name(self._vocabulary.advice_for(said.predicate, claim.force, claim.stance))
            denies = denies and claim.force is Force.PERMITS
        if not denies:
            yield f"<{subject}> <{predicate}> {target}"
            return
        denial = thing("denial", key(subject, predicate, target))
        whole = vocab.TARGET_VALUE if target.startswith('"') else vocab.TARGET_INDIVIDUAL
        for name, value in (
            (vocab.TYPE, iri(vocab.DENIAL)),
            (vocab.SOURCE_INDIVIDUAL, iri(subject)),
            (vocab.ASSERTION_PROPERTY, iri(predicate)),
            (whole, target),
        ):
            yield f"<{denial}> <{name}> {value}"

    def _proposition(self, said: Proposition, node: str) -> list[str]:
        lines: list[str] = []
        facts = [
            (vocab.TYPE, iri(vocab.PROPOSITION)),
            (vocab.SUBJECT, iri(self._subject(said))),
            (vocab.PREDICATE, iri(self._name(said.predicate))),
        ]
        if said.subject_excludes:
            lines += self._residual(said.subject, said.subject_excludes)
        if said.excludes:
            lines += self._residual(said.object or said.comparator or "", said.excludes)
        if said.object is not None or said.quantity:
            facts.append((vocab.OBJECT, self._target(said)))
        if said.comparator is not None:
            compared = self._other(said.comparator, () if said.object is not None else said.excludes)
            facts.append((vocab.COMPARATOR, iri(compared)))
        if said.endpoint is not None:
            facts.append((vocab.ENDPOINT, iri(self._name(said.endpoint))))
        if said.quantity:
            value = self._quantity_iri(said.quantity)
            if self._first(value):
                lines += self._quantity(said.quantity, value)
        lines += _lines(node, *facts)
        return lines

    def _subject(self, said: Proposition) -> str:
        return self._other(said.subject, said.subject_excludes)

    def _target(self, said: Proposition) -> str:
        """Return what the plain triple points to: object, amount, words, or what the subject is compared with."""
        if said.quantity:
            return iri(self._quantity_iri(said.quantity))
        if said.object is None:
            return iri(self._other(said.comparator or "", said.excludes))
        known = self._vocabulary.predicates.get(said.predicate)
        if known and known.takes == "text":
            return text(said.object)
        return iri(self._other(said.object, said.excludes))

    def _other(self, name: str, excluded: tuple[str, ...]) -> str:
        return thing("concept", key("residual", name, excluded)) if excluded else self._name(name)

    def _residual(self, name: str, excluded: tuple[str, ...]) -> list[str]:
        """Return a concept that is any other than some: what "only" denies of the rest."""
        kept = [self._label(part) for part in excluded]
        return _lines(
            self._other(name, excluded),
            (vocab.TYPE, iri(vocab.RESIDUAL)),
            (vocab.LABEL, text(f"any other {self._label(name)} than {' or '.join(kept)}", "en")),
            (vocab.BROADER, iri(self._name(name))),
            *((vocab.EXCLUDES, iri(self._name(part))) for part in excluded),
        )

    def _label(self, name: str) -> str:
        term = self._vocabulary.terms.get(name)
        return term.label if term else name

    def _quantity_iri(self, quantity: Quantity) -> str:
        return thing("value", key("quantity", *quantity.parts))

    def _quantity(self, quantity: Quantity, node: str) -> list[str]:
        facts = [(vocab.TYPE, iri(vocab.QUANTITY)), (vocab.LABEL, text(_amount_label(quantity)))]
        facts += [(vocab.UNIT, text(quantity.unit))]
        facts += [(vocab.LOW, number(quantity.low))] if quantity.low is not None else []
        facts += [(vocab.HIGH, number(quantity.high))] if quantity.high is not None else []
        facts += [(vocab.MEASURES, text(quantity.measures, "en"))] if quantity.measures else []
        facts += [(vocab.AMOUNT_BASIS, iri(self._name(quantity.basis)))] if quantity.basis else []
        facts += [(vocab.TIME_RELATION, text(quantity.relation))] if quantity.relation else []
        return _lines(node, *facts)

    def _frequency(self, frequency: Frequency, node: str) -> list[str]:
        facts = [
            (vocab.TYPE, iri(vocab.FREQUENCY)),
            (vocab.PRINTED, text(frequency.printed)),
            (vocab.LOW, number(frequency.low)),
            (vocab.HIGH, number(frequency.high)),
            (vocab.LOW_OPEN, boolean(frequency.low_open)),
            (vocab.HIGH_OPEN, boolean(frequency.high_open)),
        ]
        facts += [(vocab.READ_AS, iri(self._hedge(frequency.hedge)))] if frequency.hedge else []
        facts += [(vocab.COUNTED_OVER, iri(self._name(frequency.counted_over)))] if frequency.counted_over else []
        return _lines(node, *facts)

    def _hedge(self, words: str) -> str:
        known = self._vocabulary.hedges.get(words.casefold())
        return self._name(known.name if known else words)

    def _scope(self, scope: Scope, node: str) -> list[str]:
        lines = _lines(node, (vocab.TYPE, iri(vocab.SCOPE)))
        for condition in scope:
            part = thing("condition", key(*_condition_parts(condition)))
            lines += _lines(node, (vocab.CONDITION, iri(part)))
            if self._first(part):
                lines += self._condition(condition, part)
        return lines

    def _scope_told(self, scope: Scope) -> str:
        """Return a scope as a person reads it: what is stated, then what is inherited. What names mean they say."""
        spoken = [each for each in scope if each.standing is not Standing.DEFINITIONAL]
        parts = []
        for condition in sorted(spoken, key=lambda each: (each.standing is Standing.INHERITED, each.axis)):
            axis = self._vocabulary.axes.get(condition.axis)
            name = self._label(axis.name).removesuffix(" axis") if axis else condition.axis
            mark = " (inherited)" if condition.standing is Standing.INHERITED else ""
            if condition.measured:
                relation = f"{condition.measured.relation.value} " if condition.measured.relation else ""
                values = relation + _amount_label(condition.measured)
            else:
                values = " or ".join(self._label(value) for value in condition.any_of)
            parts.append(f"{name}: {values}{mark}")
        return "; ".join(parts)

    def _condition(self, condition: Condition, node: str) -> list[str]:
        axis = self._vocabulary.axes.get(condition.axis)
        lines = _lines(
            node,
            (vocab.TYPE, iri(vocab.SCOPE_CONDITION)),
            (vocab.ON, iri(vocab.AVN + axis.name if axis else self._name(condition.axis))),
            (vocab.STANDING, iri(vocab.STANDINGS[condition.standing])),
        )
        if condition.measured:
            value = self._quantity_iri(condition.measured)
            lines += self._quantity(condition.measured, value)
            lines += _lines(node, (vocab.VALUE, iri(value)))
        lines += _lines(node, *((vocab.VALUE, iri(self._name(value))) for value in condition.any_of))
        return lines

    def _first(self, node: str) -> bool:
        """Return whether a shared node has not been written a short while ago; from now on it has."""
        if node in self._written:
            return False
        if len(self._written) >= _REMEMBERED:
            self._written.clear()
        self._written.add(node)
        return True


def _passage(passage: Passage, node: str, document: str) -> list[str]:
    quote, position = f"{node}#quote", f"{node}#position"
    lines = _lines(
        node,
        (vocab.TYPE, iri(vocab.PASSAGE)),
        (vocab.TYPE, iri(vocab.SPECIFIC_RESOURCE)),
        (vocab.HAS_SOURCE, iri(document)),
        (vocab.QUOTED_FROM, iri(document)),
        (vocab.HAS_SELECTOR, iri(quote)),
        (vocab.HAS_SELECTOR, iri(position)),
        (vocab.SHA256, text(passage.sha256)),
        (vocab.PREFIX_HASH, text(passage.before)),
        (vocab.SUFFIX_HASH, text(passage.after)),
    )
    if passage.heading:
        lines += _lines(node, (vocab.HEADING, text(passage.heading)))
    lines += _lines(quote, (vocab.TYPE, iri(vocab.QUOTE_SELECTOR)), (vocab.EXACT, text(passage.exact)))
    lines += _lines(
        position,
        (vocab.TYPE, iri(vocab.POSITION_SELECTOR)),
        (vocab.START, number(passage.start)),
        (vocab.END, number(passage.end)),
    )
    return lines


def _lines(subject: str, *facts: tuple[str, str]) -> list[str]:
    return [f"<{subject}> <{predicate}> {value} .\n" for predicate, value in facts]


def _frequency_parts(frequency: Frequency) -> tuple[object, ...]:
    return (
        frequency.printed,
        format(frequency.low.normalize(), "f"),
        format(frequency.high.normalize(), "f"),
        frequency.low_open,
        frequency.high_open,
        frequency.hedge,
        frequency.counted_over,
    )


def _condition_parts(condition: Condition) -> tuple[object, ...]:
    measured = condition.measured.parts if condition.measured else None
    return (condition.axis, condition.standing, condition.any_of, measured)


def _amount_label(quantity: Quantity) -> str:
    low = format(quantity.low.normalize(), "f") if quantity.low is not None else ""
    high = format(quantity.high.normalize(), "f") if quantity.high is not None else ""
    if low == high:
        span = low
    elif not high:
        span = f"at least {low}"
    else:
        span = f"{low} to {high}" if low else f"at most {high}"
    return f"{span} {quantity.unit}"
