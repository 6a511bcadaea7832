"""The table of judged pairs, what the engine says of them, and how well the two agree.

`python -m tests.analysis.judging` prints precision and recall per verdict.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

import yaml

from avnkg.analysis.independence import voices
from avnkg.analysis.relations.relations import relate
from avnkg.claims.reading import Corpus, read_corpus
from avnkg.documents.library import open_library
from avnkg.ontology.reading import read_ontology
from avnkg.resources import folder

TABLE = Path(__file__).with_name("judged.yaml")


@dataclass(frozen=True)
class Judged:
    """A pair with the readers' verdict, and what the engine is known to say."""

    ids: frozenset[str]
    told: str
    verdict: str
    expected: str
    same_subject_and_object: bool


def embedded_corpus() -> Corpus:
    """Return the embedded corpus; no texts are needed."""
    return read_corpus((folder("corpus"),), read_ontology().vocabulary, open_library(None))


def judged_pairs(corpus: Corpus) -> tuple[Judged, ...]:
    """Return the pairs of the table, their claims found by document and wording."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    by_words = {(claim.document, claim.says): claim for claim in corpus.claims}
    found = []
    for row in table["pairs"]:
        one, other = (by_words[tuple(row[side])] for side in ("a", "b"))
        assert ("engine" in row) == ("cause" in row), row
        assert row.get("cause") in {None, *table["causes"]}, row
        assert row.get("engine") != row["verdict"], row
        said = [
            (claim.proposition.subject, claim.proposition.object or claim.proposition.comparator)
            for claim in (one, other)
        ]
        found.append(
            Judged(
                frozenset({one.id, other.id}),
                f"{one.says} | {other.says}",
                row["verdict"],
                row.get("engine", row["verdict"]),
                said[0] == said[1],
            )
        )
    return tuple(found)


def engine_verdicts(corpus: Corpus) -> dict[frozenset[str], str]:
    """Return the engine's verdict on each pair of claims that it relates."""
    found: dict[frozenset[str], str] = {}
    for relation in relate(corpus.claims, read_ontology().vocabulary, voices(corpus.documents)):
        sides = combinations(relation.a, 2) if relation.a == relation.b else product(relation.a, relation.b)
        for pair in sides:
            assert frozenset(pair) not in found, pair
            found[frozenset(pair)] = relation.verdict.value
    return found


def figures(pairs: Iterable[Judged]) -> Mapping[str, tuple[float, float, int]]:
    """Return precision, recall and the readers' count for each verdict; `None` is that there is no relation."""
    counted = Counter((pair.verdict, pair.expected) for pair in pairs)
    told: dict[str, tuple[float, float, int]] = {}
    for verdict in sorted({name for pair in counted for name in pair}):
        both = counted[verdict, verdict]
        engine = sum(count for (_, said), count in counted.items() if said == verdict)
        readers = sum(count for (said, _), count in counted.items() if said == verdict)
        told[verdict] = (both / engine if engine else 0.0, both / readers if readers else 0.0, readers)
    return told


def main() -> None:
    """Print the figures."""
    corpus = embedded_corpus()
    for verdict, (precision, recall, count) in figures(judged_pairs(corpus)).items():
        print(f"{verdict:16} readers {count:4}   precision {precision:.2f}   recall {recall:.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
