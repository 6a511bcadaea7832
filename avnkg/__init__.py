"""What documents claim about avascular necrosis: who says what, in which exact words, under which conditions.

>>> import avnkg
>>> graph = avnkg.load()
>>> rows = graph.query("claims/by-procedure", procedure="core decompression")
>>> disputes = avnkg.disputes(graph)
>>> page = avnkg.draw(graph, about="core decompression")

`avnkg.relate` compares claims of your own. Each name has an example: `help(avnkg.relate)`.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from avnkg.analysis.relations.relations import Relation
    from avnkg.analysis.tables.face import relate
    from avnkg.claims.model import Claim, Condition, Frequency, Proposition, Quantity
    from avnkg.claims.vocabulary import Vocabulary
    from avnkg.documents.model import Document, Passage
    from avnkg.errors import AvnkgError
    from avnkg.graph.claimsgraph import ClaimRecord, ClaimsGraph, load
    from avnkg.graph.relation_records import DisputeRecord, RelationRecord, disputes, relations
    from avnkg.graph.rows import Rows
    from avnkg.views.graphs.graphpage import GraphPage, draw

__all__ = [
    "AvnkgError",
    "Claim",
    "ClaimRecord",
    "ClaimsGraph",
    "Condition",
    "DisputeRecord",
    "Document",
    "Frequency",
    "GraphPage",
    "Passage",
    "Proposition",
    "Quantity",
    "Relation",
    "RelationRecord",
    "Rows",
    "Vocabulary",
    "__version__",
    "disputes",
    "draw",
    "load",
    "relate",
    "relations",
]

_HOMES = {
    "AvnkgError": "avnkg.errors",
    "Claim": "avnkg.claims.model",
    "ClaimRecord": "avnkg.graph.claimsgraph",
    "ClaimsGraph": "avnkg.graph.claimsgraph",
    "Condition": "avnkg.claims.model",
    "DisputeRecord": "avnkg.graph.relation_records",
    "Document": "avnkg.documents.model",
    "Frequency": "avnkg.claims.model",
    "GraphPage": "avnkg.views.graphs.graphpage",
    "Passage": "avnkg.documents.model",
    "Proposition": "avnkg.claims.model",
    "Quantity": "avnkg.claims.model",
    "Relation": "avnkg.analysis.relations.relations",
    "RelationRecord": "avnkg.graph.relation_records",
    "Rows": "avnkg.graph.rows",
    "Vocabulary": "avnkg.claims.vocabulary",
    "disputes": "avnkg.graph.relation_records",
    "draw": "avnkg.views.graphs.graphpage",
    "load": "avnkg.graph.claimsgraph",
    "relate": "avnkg.analysis.tables.face",
    "relations": "avnkg.graph.relation_records",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use: `avnkg --help` must not wait for a store."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'avnkg' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names, for completion in a notebook."""
    return sorted({*globals(), *__all__})
