"""What documents claim about avascular necrosis: who says what, in which exact words, under which conditions.

>>> import avnkg
>>> graph = avnkg.load()
>>> rows = graph.query("claims/by-procedure", procedure="core decompression")
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from avnkg.claims.model import Claim, Condition, Frequency, Proposition, Quantity
    from avnkg.claims.vocabulary import Vocabulary
    from avnkg.documents.model import Document, Passage
    from avnkg.errors import AvnkgError
    from avnkg.graph.claimsgraph import ClaimRecord, ClaimsGraph, load
    from avnkg.graph.rows import Rows

__all__ = [
    "AvnkgError",
    "Claim",
    "ClaimRecord",
    "ClaimsGraph",
    "Condition",
    "Document",
    "Frequency",
    "Passage",
    "Proposition",
    "Quantity",
    "Rows",
    "Vocabulary",
    "__version__",
    "load",
]

_HOMES = {
    "AvnkgError": "avnkg.errors",
    "Claim": "avnkg.claims.model",
    "ClaimRecord": "avnkg.graph.claimsgraph",
    "ClaimsGraph": "avnkg.graph.claimsgraph",
    "Condition": "avnkg.claims.model",
    "Document": "avnkg.documents.model",
    "Frequency": "avnkg.claims.model",
    "Passage": "avnkg.documents.model",
    "Proposition": "avnkg.claims.model",
    "Quantity": "avnkg.claims.model",
    "Rows": "avnkg.graph.rows",
    "Vocabulary": "avnkg.claims.vocabulary",
    "load": "avnkg.graph.claimsgraph",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use: `avnkg --help` must not wait for a store."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'avnkg' has no attribute {name!r}")
