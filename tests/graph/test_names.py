"""Names become IRIs that nobody can break or forge, and IRIs become what a person reads and types."""

from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from avnkg import vocab
from avnkg.claims.reading import Corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.errors import UnknownTermError
from avnkg.graph.names import compact, lookup, namer, thing
from avnkg.graph.quads import QuadWriter
from avnkg.ontology.reading import read_ontology

HOSTILE = [
    "a b",
    'say "x"',
    "<http://a/b>",
    "a> <b> <c> .\n<d",
    "line\nbreak",
    "\u202eright\u200f to left",
    "rdf:type#x#y",
    "rdf:%zz",
    "skos:a b",
    "http://a b",
    "http://a/%zz",
    "http://[x",
    "https://a/#b#c",
    "http://a/\u00a0b",
    "http://a/\u200fb",
    ":",
    "a:",
    "\x00",
    "🦴",
]
ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.builds(
    "{}{}".format,
    st.sampled_from(["rdf:", "avn:", "skos:", "http://", "https://a/", vocab.AVN, vocab.THING, "claim/"]),
    st.text(st.characters(exclude_categories=["Cs"])),
)


def test_a_name_of_the_ontology_is_in_its_namespace(vocabulary: Vocabulary) -> None:
    assert namer(vocabulary)("CoreDecompression") == f"{vocab.AVN}CoreDecompression"


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("skos:Concept", thing("open", "skos%3AConcept")),
        (vocab.TYPE, thing("open", "http%3A%2F%2Fwww.w3.org%2F1999%2F02%2F22-rdf-syntax-ns%23type")),
        (vocab.OWL + "sameAs", thing("open", "http%3A%2F%2Fwww.w3.org%2F2002%2F07%2Fowl%23sameAs")),
        ("https://doi.org/10.1000/xyz", "https://doi.org/10.1000/xyz"),
        ("http://purl.obolibrary.org/obo/MONDO_1#a", "http://purl.obolibrary.org/obo/MONDO_1#a"),
        ("https://de.wikipedia.org/wiki/Hüftkopf", "https://de.wikipedia.org/wiki/Hüftkopf"),
        ("My therapy", thing("open", "My%20therapy")),
        ("ftp://a/b", thing("open", "ftp%3A%2F%2Fa%2Fb")),
        ("skos:", thing("open", "skos%3A")),
    ],
)
def test_other_names_are_written_out_or_stand_for_themselves(vocabulary: Vocabulary, name: str, iri: str) -> None:
    assert namer(vocabulary)(name) == iri


@pytest.mark.parametrize("name", ["avn:stance", f"{vocab.AVN}stance", f"{vocab.THING}claim/a-page/001", "avn:Unknown"])
def test_an_open_name_is_never_one_of_ours(vocabulary: Vocabulary, name: str) -> None:
    assert namer(replace(vocabulary, open=True))(name).startswith(thing("open", ""))


@example("rdf:type#x#y")
@example("http://a/\u00a0b")
@given(ANY)
def test_any_name_gives_an_iri_that_stores_take_unchanged(name: str) -> None:
    iri = namer(replace(read_ontology().vocabulary, open=True))(name)
    [quad] = ox.parse(f"<{iri}> <{iri}> <{iri}> <{iri}> .\n".encode(), ox.RdfFormat.N_QUADS)
    assert isinstance(quad.subject, ox.NamedNode)
    assert quad.subject.value == iri
    assert iri.isprintable()


@given(st.lists(st.sampled_from(HOSTILE) | ANY, min_size=2, max_size=2, unique=True))
def test_names_that_stand_for_themselves_are_told_apart(names: list[str]) -> None:
    name_iri = namer(read_ontology().vocabulary)
    one, other = (name_iri(name) for name in names)
    if one.startswith(thing("open", "")) and other.startswith(thing("open", "")):
        assert one != other


def test_every_iri_of_a_graph_is_looked_up_from_its_short_form(embedded: Corpus, vocabulary: Vocabulary) -> None:
    writer = QuadWriter(vocabulary)
    lines = [line for document in embedded.documents for line in writer.document(document)]
    lines += writer.claims(embedded.claims, embedded.documents)
    quads = ox.parse("".join(lines).encode(), ox.RdfFormat.N_QUADS)
    iris = {
        term.value
        for quad in quads
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, ox.NamedNode)
    }
    ours = {iri for iri in iris if iri.startswith((vocab.THING, *vocab.PREFIXES.values()))}
    assert len(ours) > 1000
    assert [iri for iri in ours if lookup(compact(iri), vocabulary) != iri] == []


@pytest.mark.parametrize(
    "words", ["core decompression", "CoreDecompression", "avn:CoreDecompression", f"<{vocab.AVN}CoreDecompression>"]
)
def test_a_term_is_looked_up_by_any_of_its_names(vocabulary: Vocabulary, words: str) -> None:
    assert lookup(words, vocabulary) == f"{vocab.AVN}CoreDecompression"


def test_an_unknown_name_is_told_with_the_nearest(vocabulary: Vocabulary) -> None:
    with pytest.raises(UnknownTermError) as caught:
        lookup("core decompresion", vocabulary)
    assert "the ontology has no term 'core decompresion'; the nearest are 'core decompression' (CoreD" in str(
        caught.value
    )
    with pytest.raises(UnknownTermError, match="`avnkg find WORDS` searches the claims"):
        lookup("qqqqqqqq", vocabulary)


def test_a_namespace_itself_has_no_short_form() -> None:
    assert compact(vocab.AVN) == "ontology#"
    assert compact("http://elsewhere/x") == "http://elsewhere/x"
