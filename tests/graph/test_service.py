"""A query asks no other server: SERVICE is refused, and nothing else is taken for it."""

import pytest

from avnkg.errors import QueryError
from avnkg.graph.querytext import refuse_service


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "select * {service silent<http://127.0.0.1/>{}}",
        "SELECT * { FILTER(1 < 2) SERVICE ?place {} FILTER(3 > 2) }",
        "SELECT * { ?s ?p 'it\\'s' . Service <h:a> {} }",
        'SELECT * { ?s ?p """ \' """ SERVICE <h:a> {} }',
    ],
)
def test_service_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        refuse_service(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p 'SERVICE' } # SERVICE",
        'SELECT * { ?s ?p """a"SERVICE""" }',
        "SELECT * { ?s <http://a/SERVICE> ?o ; avn:service ?o }",
    ],
)
def test_the_word_elsewhere_is_not(text: str) -> None:
    refuse_service(text)
