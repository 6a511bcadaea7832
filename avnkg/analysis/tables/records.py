"""The records of documents that are at hand, for tables of claims that may be about some of them."""

from collections.abc import Mapping

from avnkg.analysis.independence import voices
from avnkg.claims.reading import corpus_files, read_source
from avnkg.documents.library import open_library
from avnkg.resources import folder


def recorded() -> frozenset[str]:
    """Return the ids of the embedded corpus's documents, without reading them."""
    return frozenset(path.stem for path in corpus_files((folder("corpus"),)))


def voices_of_records() -> Mapping[str, str]:
    """Return whose voice each document of the embedded corpus is, by its id."""
    library = open_library()
    return voices(read_source(path, library).file.document for path in corpus_files((folder("corpus"),)))
