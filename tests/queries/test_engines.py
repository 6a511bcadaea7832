"""Every query of the library has the same rows on every engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Dataset

from avnkg.claims.vocabulary import Vocabulary
from avnkg.graph.queries import Query, find_query, query_library
from avnkg.graph.rows import rows_of
from avnkg.graph.store import EmbeddedStore, EndpointStore
from tests.queries.cases import Case, addressed, golden
from tests.queries.engines import bag, oxigraph_server, rdflib_graph, rdflib_rows

LIBRARY = tuple(query_library().values())


@pytest.fixture(scope="module")
def rdflib_mini(mini_quads: tuple[str, ...]) -> Dataset:
    """Return the tiny world in rdflib."""
    return rdflib_graph(mini_quads)


@pytest.fixture(scope="module")
def mini_endpoint(mini_quads: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[EndpointStore]:
    """Serve the tiny world."""
    with oxigraph_server(mini_quads, _folder(tmp_path_factory)) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def corpus_endpoint(corpus_quads: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[EndpointStore]:
    """Serve the embedded corpus."""
    with oxigraph_server(corpus_quads, _folder(tmp_path_factory)) as endpoint:
        yield endpoint


@pytest.mark.parametrize("case", golden(), ids=str)
class TestCaseOnMini:
    """With the parameters of each worked-out case, on the tiny world."""

    def test_rdflib_answers_alike(
        self, case: Case, mini_store: EmbeddedStore, rdflib_mini: Dataset, vocabulary: Vocabulary
    ) -> None:
        text = find_query(case.query).bound(addressed(case, mini_store), vocabulary)
        ours, theirs = rows_of(mini_store.query(text)), rdflib_rows(rdflib_mini, text)
        assert theirs.columns == ours.columns
        assert bag(theirs) == bag(ours)

    def test_a_server_answers_alike(
        self, case: Case, mini_store: EmbeddedStore, mini_endpoint: EndpointStore, vocabulary: Vocabulary
    ) -> None:
        text = find_query(case.query).bound(addressed(case, mini_store), vocabulary)
        ours, theirs = rows_of(mini_store.query(text)), rows_of(mini_endpoint.query(text))
        assert theirs.columns == ours.columns
        assert theirs.terms == ours.terms, "same rows, same order"


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
class TestQuery:
    """With default parameters."""

    def test_rdflib_answers_alike_without_its_parameters(
        self, query: Query, mini_store: EmbeddedStore, rdflib_mini: Dataset
    ) -> None:
        if "words" in query.head.parameters:
            return  # words to look for are no variable that data could bind
        assert bag(rdflib_rows(rdflib_mini, query.text)) == bag(rows_of(mini_store.query(query.text)))

    def test_a_server_answers_alike_on_the_embedded_corpus(
        self, query: Query, corpus_store: EmbeddedStore, corpus_endpoint: EndpointStore, vocabulary: Vocabulary
    ) -> None:
        text = query.bound({}, vocabulary)
        assert rows_of(corpus_endpoint.query(text)).terms == rows_of(corpus_store.query(text)).terms


def _folder(factory: pytest.TempPathFactory) -> Path:
    folder = factory.mktemp("server") / "store"
    folder.mkdir()
    return folder
