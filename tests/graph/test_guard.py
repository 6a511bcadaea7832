"""The guard: a query asks no other server, whatever it is written like, and ordinary queries pass."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avnkg.errors import QueryError
from avnkg.graph.dataset import Dataset, ask
from avnkg.graph.guard import dataset_of, guarded
from avnkg.graph.queries import query_library
from avnkg.graph.querytext import with_prefixes
from avnkg.graph.store import EmbeddedStore


class Trap:
    """A server that counts who calls it, and answers nobody."""

    def __init__(self) -> None:
        """Listen on a free port of this machine."""
        self.calls = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}/"
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    def _answer(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                called, _ = self._listening.accept()
                self.calls += 1
                called.close()

    def close(self) -> None:
        """Stop listening."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    """Return a server that must not be called."""
    trap = Trap()
    yield trap
    trap.close()


STORE = ox.Store()
STORE.add(ox.Quad(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p"), ox.Literal("1")))
STORE.add(ox.Quad(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/q"), ox.NamedNode("http://a:")))

# How a query may call for another server; each goes out when it is given to the engine unguarded.
GOING_OUT = [
    "SELECT * { SERVICE <{}> { ?s ?p ?o } }",
    "select * {service silent<{}>{}}",
    "SELECT * { SERVICESILENT<{}>{ ?s ?p ?o } }",
    "PREFIX x: <{}> SELECT * { SERVICEx:y { ?s ?p ?o } }",
    "PREFIX service: <{}> SELECT * { SERVICE service:y { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . VALUES ?o { '1' } FILTER(1<?o||1>2||true)SERVICE<{}>{ ?a ?b ?c } }",
    'SELECT * { ?s ?p ?o FILTER(1<2#c> """\n) SERVICE <{}> { ?a ?b ?c } #"""\n}',
    "SELECT * { BIND(1 AS ?x)SERVICE<{}>{ ?a ?b ?c } }",
    "ASK { ?s ?p '1'SERVICE<{}>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <{}> { ?a ?b ?c } } }",
    "SELECT * { { SELECT * { SERVICE <{}> { ?a ?b ?c } } } }",
    "CONSTRUCT { ?a ?b ?c } WHERE { SERVICE <{}> { ?a ?b ?c } }",
    "DESCRIBE ?a { SERVICE <{}> { ?a ?b ?c } }",
    # The engine takes `p:` for a name: with any letter behind it, it would be no address.
    "PREFIX p: <http://a:> SELECT * { ?s ?p p:SERVICE <{}> { ?a ?b ?c } }",
]


# What the engine does not do today.
NEVER_OUT = [
    "SELECT * { ?s ?p 1SERVICE<{}>{ ?a ?b ?c } }",
    "SELECT * { VALUES ?place { <{}> } SERVICE ?place { ?s ?p ?o } }",
    "SELECT * { VALUES ?s { <http://a/s> } ?s <http://a/p>?trueSERVICE <{}> { ?a ?b ?c } }",
]


@pytest.mark.parametrize("text", [*GOING_OUT, *NEVER_OUT])
def test_service_is_refused(text: str, trap: Trap) -> None:
    before = trap.calls
    with pytest.raises(QueryError, match=r"SERVICE is refused|expected SPARQL"):
        EmbeddedStore(STORE).query(text.replace("{}>", f"{trap.address}>"))
    assert trap.calls == before


@pytest.mark.parametrize("text", GOING_OUT)
def test_the_engine_alone_would_go_out(text: str, trap: Trap) -> None:
    before = trap.calls
    with contextlib.suppress(OSError):
        answer = STORE.query(text.replace("{}>", f"{trap.address}>"))
        if not isinstance(answer, ox.QueryBoolean):
            list(answer)
    assert trap.calls > before


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p 'SERVICE' } # SERVICE",
        'SELECT * { ?s ?p """a"SERVICE""" }',
        "SELECT * { ?s <http://a/SERVICE> ?o ; avn:service ?o }",
        "SELECT ?a_service $myService { ?a_service ?p $myService }",
        "# what is this service? \n SELECT * { ?s ?p '''service''' , \"Service\" }",
        "SELECT * { ?éservice ?p ?o . _:service ?p ?o }",
    ],
)
def test_the_word_elsewhere_is_not(text: str) -> None:
    EmbeddedStore(STORE).query(with_prefixes(text))


@pytest.mark.parametrize(
    ("declared", "name", "meant"),
    [
        ("ex: <http://a/>", "ex:web-service", "http://a/web-service"),
        ("ex: <http://a/>", "ex:a.Service", "http://a/a.Service"),
        ("ex: <http://a/>", "ex:%41:service", "http://a/%41:service"),
        ("ex: <http://a/>", "ex:a\\/service", "http://a/a/service"),
        ("ex: <http://a/> PREFIX ex: <http://service/>", "ex:serviceÉ", "http://service/serviceÉ"),
        ("service: <http://a/>", "service:x", "http://a/x"),
        ("my-service: <http://a/>", "my-service:", "http://a/"),
        (": <http://a#>", ":service", "http://a#service"),
    ],
)
def test_a_name_that_holds_the_word_means_the_same(declared: str, name: str, meant: str) -> None:
    text = f"PREFIX {declared} SELECT ({name} AS ?found) {{}}"
    for asked in (text, guarded(text)):
        [row] = STORE.query(asked)  # type: ignore[misc]
        assert row["found"] == ox.NamedNode(meant)


def test_a_guarded_query_means_the_same() -> None:
    text = "SELECT ('sErvice' AS ?a) (<http://a/service> AS ?service) {} # Service"
    [row] = STORE.query(guarded(text))  # type: ignore[misc]
    assert (row["a"], row["service"]) == (ox.Literal("sErvice"), ox.NamedNode("http://a/service"))


@pytest.mark.parametrize("text", ["SELECT * { \\u0053ERVICE <http://a> {} }", "SELECT * { SERVIC\\u0045 ?x {} }"])
def test_an_escape_is_no_keyword_for_the_engine(text: str) -> None:
    # The guard stands on this: were it otherwise, an escaped word could be a keyword.
    with pytest.raises(SyntaxError):
        STORE.query(text)


PIECES = [
    "SERVICE",
    "service",
    "SILENT",
    "<{}>",
    "?x",
    "$x",
    "?",
    "<",
    ">",
    "#",
    "\n",
    '"""',
    "'",
    '"',
    "\\",
    "{",
    "}",
    "{ ?a ?b ?c }",
    " ",
    "1",
    "true",
    "FILTER(",
    ")",
    "x:",
    "VALUES ?x { <{}> }",
    ".",
    "'1'@en",
    "<http://a/p>",
    "?s ?p ?o",
    "BIND(1 AS ?y)",
    "\\u0053",
]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_nothing_goes_out_whatever_is_written(trap: Trap, pieces: list[str]) -> None:
    text = f"PREFIX x: <{trap.address}> SELECT * {{ {''.join(pieces)} }}".replace("{}>", f"{trap.address}>")
    before = trap.calls
    with contextlib.suppress(QueryError):
        answer = EmbeddedStore(STORE).query(text)
        assert isinstance(answer, ox.QuerySolutions)
        list(answer)
    assert trap.calls == before


def test_the_library_passes_as_it_is() -> None:
    for query in query_library().values():
        guarded(query.text)
        assert dataset_of(query.text) is None


def test_from_names_the_dataset() -> None:
    text = "PREFIX x: <http://x/> SELECT * FROM x:a FROM <http://b> FROM NAMED x:c { ?from ?p 'FROM' }"
    assert dataset_of(text) == Dataset(("http://x/a", "http://b"), ("http://x/c",))
    assert dataset_of("SELECT ?from { ?from ?p 'from' } # FROM <http://b>") is None


def test_from_that_cannot_be_understood_is_refused() -> None:
    with pytest.raises(QueryError, match="FROM and a query"):
        dataset_of("SELECT * FROM <http://b> {{{")


def graphs() -> ox.Store:
    """Return a store with a triple in two named graphs, and another one in the default graph."""
    store = ox.Store()
    s, p = ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p")
    for name in ("1", "2"):
        store.add(ox.Quad(s, p, ox.Literal("both"), ox.NamedNode(f"http://g/{name}")))
        store.add(ox.Quad(s, p, ox.Literal(name), ox.NamedNode(f"http://g/{name}")))
    store.add(ox.Quad(s, p, ox.Literal("default")))
    return store


def values(store: ox.Store, text: str, dataset: Dataset | None = None) -> list[str]:
    """Return the values of ?o in their order."""
    answer = EmbeddedStore(store).query(text, dataset)
    assert isinstance(answer, ox.QuerySolutions)
    return sorted(str(row["o"].value) for row in answer)


def test_a_triple_in_two_graphs_counts_once() -> None:
    both = Dataset(("http://g/1", "http://g/2"))
    assert values(graphs(), "SELECT ?o { ?s ?p ?o }", both) == ["1", "2", "both"]
    assert values(graphs(), "SELECT ?o FROM <http://g/1> FROM <http://g/2> { ?s ?p ?o }") == ["1", "2", "both"]


def test_graphs_beside_a_query_outweigh_those_in_it() -> None:
    found = values(graphs(), "SELECT ?o FROM <http://g/1> { ?s ?p ?o }", Dataset(("http://g/2",)))
    assert found == ["2", "both"]


def test_only_the_named_graphs_are_found_by_graph() -> None:
    asked = "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
    assert values(graphs(), asked, Dataset((), ("http://g/1",))) == ["1", "both"]
    assert values(graphs(), asked, Dataset(("http://g/1",))) == []
    merged = Dataset(("http://g/1", "http://g/2"), ("http://g/2",))
    assert values(graphs(), asked, merged) == ["2", "both"]
    assert values(graphs(), "SELECT ?o { ?s ?p ?o }", Dataset((), ("http://g/1",))) == []


@pytest.mark.parametrize("iri", ["http://g/3", "file:///etc/passwd", "no iri", ""])
def test_a_graph_that_is_not_there_is_refused(iri: str) -> None:
    for dataset in (Dataset((iri,)), Dataset((), (iri,))):
        with pytest.raises(QueryError, match=r"there is no graph|expected the IRI"):
            ask(graphs(), "ASK {}", dataset)
