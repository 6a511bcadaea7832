"""The graph as a person uses it: ask, look a claim up, ask why a triple is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from avnkg import vocab
from avnkg.claims.kinds import Takes
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import NotFoundError, QueryError
from avnkg.graph.build import build_memory, inputs, refresh
from avnkg.graph.names import compact, lookup
from avnkg.graph.queries import Query, find_query, read_query
from avnkg.graph.querytext import WHOLE, Page, paged, unordered, with_prefixes
from avnkg.graph.rows import Rows, record_html, rows_of
from avnkg.graph.store import EndpointStore, Store, open_store
from avnkg.ontology.reading import read_ontology

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True)
class ClaimRecord:
    """One claim whole: its own row, its passages, and its conditions.

    Attributes:
        claim: the row of the query `provenance/claim`: document, stance, force, proposition, says and so on.
        passages: rows with quote, start, end, heading and hashes, in the order of the text.
        conditions: rows with axis, value and standing.
        withdrawn: why the claim no longer counts, or None.

    >>> record = load().claim("regenexx-avn-hip/045")
    >>> record.claim[0].publisher, record.withdrawn is None
    ('Regenexx', True)
    """

    id: str
    claim: Rows
    passages: Rows
    conditions: Rows
    withdrawn: str | None = None

    def _repr_html_(self) -> str:
        """Return the claim for a notebook: itself, its passages, its conditions; text from documents is escaped."""
        parts = [record_html(self.claim)]
        for rows in (self.passages, self.conditions):
            if rows:
                parts.append(rows.select(*(name for name in rows.columns if name != "claim"))._repr_html_())
        return "".join(parts)


@dataclass(frozen=True)
class ClaimsGraph:
    """A graph of claims in a store.

    Wherever an IRI is expected, a label, a synonym or a name of the ontology will do.

    >>> graph = load()
    >>> graph.label(graph.resolve("BMAC"))
    'bone marrow aspirate concentrate'
    >>> {row.stance for row in graph.claims(about="lesion injection", stance="denies")}
    {'denies'}
    """

    store: Store
    vocabulary: Vocabulary = field(repr=False)

    def query(self, question: str | Path, /, *, limit: int | None = None, offset: int = 0, **parameters: str) -> Rows:
        """Return the answer to a query of the library (by name), of a file, or written out.

        Parameters are bound as data. A query written out may use the prefixes of avnkg without declaring them.

        The whole answer comes, unless a page is asked for: at most `limit` rows, after the first `offset`. Then
        `more` of the rows tells whether there are further ones.

        Raises:
            NotFoundError: there is no query of this name.
            QueryError: it cannot be parsed or answered, has no such parameter, or has no such page.
            UnknownTermError: a parameter names nothing in the ontology; the message has the nearest.

        >>> graph = load()
        >>> rows = graph.query("claims/by-procedure", procedure="core decompression")
        >>> len(rows) > 0
        True
        >>> page = graph.query("claims/listing", limit=10, offset=20)
        >>> len(page), page.more
        (10, True)
        """
        return self._asked(question, parameters, Page(limit, offset))

    def unordered(self, question: str, /, *, limit: int | None = None, **parameters: str) -> Rows:
        """Return the answer to a query of the library in no order: to sort a million names takes a store minutes.

        With a limit: at most so many of its rows, whichever the store has at hand first.

        Raises:
            NotFoundError, QueryError, UnknownTermError: as `query`.
        """
        page = Page(limit)
        return self._answer(paged(unordered(find_query(question).bound(parameters, self.vocabulary)), page), page)

    def _asked(self, question: str | Path, parameters: Mapping[str, str], page: Page = WHOLE) -> Rows:
        if not _written_out(question):
            return self._answer(_named(question).bound(parameters, self.vocabulary, page), page)
        if parameters:
            raise QueryError("parameters go with a query of the library or a file", hint="write the values in")
        return self._answer(paged(str(question), page), page)

    def _answer(self, text: str, page: Page) -> Rows:
        rows = rows_of(self.store.query(with_prefixes(text)))
        more = page.limit is not None and len(rows) > page.limit
        return rows if page.whole else Rows(rows.columns, rows.terms[: page.limit], page.offset, more)

    def title(self, question: str | Path) -> str:
        """Return the question that a query of the library or a file asks, in words; empty for one written out."""
        return "" if _written_out(question) else " ".join(_named(question).head.question.split())

    def find(self, words: str) -> Rows:
        """Return the claims whose quote or wording holds all of some words, in any case."""
        parts = sorted(words.split(), key=len, reverse=True) or [words]
        rows = self.query("claims/search", words=parts[0])
        held = [f"{row.quote}\n{row.says}".casefold() for row in rows]
        kept = [all(part.casefold() in text for part in parts) for text in held]
        return Rows(rows.columns, tuple(row for row, keep in zip(rows.terms, kept, strict=True) if keep))

    def claims(
        self,
        *,
        document: str | None = None,
        about: str | None = None,
        stance: str | None = None,
        force: str | None = None,
    ) -> Rows:
        """Return claims in reading order: of a document, about a concept or a kind of it, with a stance, a force.

        Raises:
            QueryError: the stance or the force is none of the known ones.
        """
        given = {
            "document": document,
            "about": None if about is None else self.resolve(about),
            "withStance": _chosen(stance, vocab.STANCES, "stance"),
            "withForce": _chosen(force, vocab.FORCES, "force"),
        }
        if document is not None and not (document and self.query("provenance/documents", document=document)):
            known = ", ".join(str(row.document).rpartition("/")[2] for row in self.query("provenance/documents"))
            raise NotFoundError(f"there is no document {document!r}", hint=f"there are {known}")
        question = "claims/listing" if about is None else "claims/about"
        return self._asked(question, {name: value for name, value in given.items() if value is not None})

    def claim(self, identity: str) -> ClaimRecord:
        """Return one claim whole.

        Raises:
            NotFoundError: there is no such claim.
        """
        identity = identity.removeprefix(vocab.THING).removeprefix("claim/")
        found = self.query("provenance/claim", claim=identity) if identity else None
        if not found:
            raise NotFoundError(f"there is no claim {identity!r}", hint=self._meant(identity))
        passages = self.query("provenance/claim-passages", claim=identity)
        conditions = self.query("provenance/claim-conditions", claim=identity)
        reasons = {row.claim: row.reason for row in self.query("provenance/withdrawn")}
        return ClaimRecord(identity, found, passages, conditions, reasons.get(found[0].claim))

    def _meant(self, number: str) -> str:
        """Return what to do about an id that no claim has: it may lack its document."""
        documents = (row.document.rpartition("/")[2] for row in self.query("provenance/documents"))
        meant = [f"{document}/{number}" for document in documents] if number.isdecimal() else []
        found = [each for each in meant if self.query("provenance/claim", claim=each)][:3]
        return f"did you mean {' or '.join(found)}?" if found else "`avnkg claims list` lists them"

    def why(self, subject: str, predicate: str, object_: str | None = None) -> Rows:
        """Return the claims that put a triple, or its denial, into the graph, with their quotes.

        Without an object: all triples of the subject with the predicate.

        Raises:
            UnknownTermError: a word names nothing in the ontology.
        """
        return self._asked("provenance/why", self._triple(subject, predicate, object_))

    def about(self, subject: str, predicate: str, object_: str | None = None) -> Rows:
        """Return the claims about a proposition, those included that assert no triple: reports, goals, advice."""
        return self._asked("provenance/sources-of-a-proposition", self._triple(subject, predicate, object_))

    def _triple(self, subject: str, predicate: str, object_: str | None) -> dict[str, str]:
        """Return a triple as parameters; what stands at the end of a predicate that takes words is words."""
        given = {"subject": self.resolve(subject), "predicate": self.resolve(predicate)}
        if object_ is None:
            return given
        known = self.vocabulary.predicates.get(given["predicate"].removeprefix(vocab.AVN))
        words = known is not None and known.takes is Takes.TEXT
        return {**given, "object": f'"{object_}"' if words else object_}

    def resolve(self, words: str) -> str:
        """Return the IRI that some words mean."""
        return lookup(words, self.vocabulary)

    def label(self, iri: str) -> str:
        """Return what a person calls an IRI: its label where the ontology has one, else its short form."""
        term = self.vocabulary.terms.get(iri.removeprefix(vocab.AVN))
        return term.label if term else compact(iri)

    @cached_property
    def dataset(self) -> "rdflib.Dataset":
        """The whole graph as an rdflib Dataset, for programs that use rdflib; made on first use."""
        import rdflib

        dataset = rdflib.Dataset(default_union=False)
        for prefix, space in vocab.PREFIXES.items():
            dataset.bind(prefix, space)
        dataset.parse(data="".join(self.store.lines()), format="nquads")
        return dataset


def load(
    *,
    corpora: Sequence[Path] = (),
    embedded: bool = True,
    documents: Path | None = None,
    store: str | None = None,
) -> ClaimsGraph:
    """Return the graph of claims.

    Without arguments it is the one on disk, built again when what it was built from has changed (the embedded
    corpus, unless `avnkg build` was given another). With `corpora` or `documents`
    it is built in memory; with `store` it is a SPARQL endpoint loaded with our N-Quads.

    Raises:
        GraphError: it cannot be built, opened or reached.
        ClaimError, DocumentError, SeveralErrors: the inputs are wrong.

    >>> len(load().query("provenance/documents"))
    3
    """
    vocabulary = read_ontology().vocabulary
    if store is not None:
        return ClaimsGraph(EndpointStore(store), vocabulary)
    if corpora or not embedded or documents is not None:
        given = inputs(corpora, embedded=embedded, documents=documents)
        return ClaimsGraph(build_memory(given), vocabulary)
    return ClaimsGraph(open_store(refresh().store), vocabulary)


def _written_out(question: str | Path) -> bool:
    return isinstance(question, str) and "{" in question


def _named(question: str | Path) -> Query:
    """Return the query of a file, or of the library."""
    path = Path(question)
    return read_query(path) if path.suffix == ".rq" and path.is_file() else find_query(str(question))


def _chosen(word: str | None, known: dict[str, str], what: str) -> str | None:
    if word is None:
        return None
    if word.lower() not in known:
        raise QueryError(f"expected a {what} ({', '.join(known)}), got {word!r}")
    return known[word.lower()]
