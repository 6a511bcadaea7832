"""From names in claims to IRIs, and from IRIs to what a person reads."""

from collections.abc import Callable
from urllib.parse import quote

import pyoxigraph as ox

from avnkg import vocab
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import UnknownTermError

_KINDS = (
    *("activity", "agent", "assertion", "claim", "concept", "condition", "denial", "dispute", "document", "expression"),
    *("frequency", "open", "passage", "proposition", "relation", "scope", "value"),
)


def thing(kind: str, name: str) -> str:
    """Return the IRI of a thing of the data, as `claim`, `a-document/001`."""
    return f"{vocab.THING}{kind}/{name}"


def claim_iri(identity: str) -> str:
    """Return the IRI of a claim by its id.

    >>> claim_iri("a-document/001")
    'https://w3id.org/avnkg/claim/a-document/001'
    """
    return thing("claim", identity)


def namer(vocabulary: Vocabulary) -> Callable[[str], str]:
    """Return a function from a claim's names to IRIs.

    A name of the ontology is in its namespace; an address of the web is itself; in an open vocabulary anything else
    stands for itself, escaped.
    """
    known: dict[str, str] = {}

    def name_iri(name: str) -> str:
        iri = known.get(name)
        if iri is None:
            if len(known) > 200_000:  # open vocabularies have no bound of their own
                known.clear()
            iri = known[name] = _iri(name, vocabulary)
        return iri

    return name_iri


def compact(iri: str) -> str:
    """Return an IRI the short way: `avn:CoreDecompression`, `claim/a-document/001`.

    >>> compact("https://w3id.org/avnkg/ontology#Knee"), compact("https://w3id.org/avnkg/claim/a/001")
    ('avn:Knee', 'claim/a/001')
    """
    for prefix, space in vocab.PREFIXES.items():
        if iri.startswith(space) and iri != space:
            return f"{prefix}:{iri[len(space) :]}"
    return iri.removeprefix(vocab.THING)


def lookup(words: str, vocabulary: Vocabulary) -> str:
    """Return the IRI that a person's words mean: an IRI, a compact one, a name, a label or a synonym.

    Raises:
        UnknownTermError: nothing has this name; the message has the nearest.
    """
    text = words.strip().strip("<>")
    if text.startswith(("http://", "https://")):
        return text
    prefix, _, name = text.partition(":")
    if name and prefix in vocab.PREFIXES:
        return vocab.PREFIXES[prefix] + name
    if text.partition("/")[0] in _KINDS and "/" in text:
        return vocab.THING + text
    found = vocabulary.find(text)
    if found is not None:
        return vocab.AVN + found
    near = vocabulary.nearest(text)
    shown = ", ".join(f"{vocabulary.terms[name].label!r} ({name})" for name in near)
    raise UnknownTermError(
        f"the ontology has no term {words!r}",
        hint=f"the nearest are {shown}" if near else "`avnkg find WORDS` searches the claims",
    )


def _iri(name: str, vocabulary: Vocabulary) -> str:
    if name in vocabulary.terms:
        return vocab.AVN + name
    return name if _is_address(name) else thing("open", quote(name, safe=""))


def _is_address(name: str) -> bool:
    """Return whether a name is an address of the web that may stand in the graph as it is.

    Ours may not, nor those of the vocabularies that the graph is written in: a name in a claim must not become a
    word about another claim, a type, or an axiom.
    """
    reserved = name.startswith((vocab.THING, *vocab.PREFIXES.values()))
    if reserved or not name.startswith(("http://", "https://")) or not name.isprintable():
        return False
    try:
        ox.NamedNode(name)
    except ValueError:
        return False
    return True
