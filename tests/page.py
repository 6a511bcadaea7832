"""An invented page with its corpus file: what tests break in a hundred ways."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from avnkg.claims.reading import Corpus, read_corpus
from avnkg.claims.vocabulary import Vocabulary
from avnkg.documents.library import Library
from avnkg.documents.text import fingerprint

TEXT = """What is osteonecrosis?

Osteonecrosis is a disease caused by reduced blood flow. It hurts. It can be painful.

Does it work?

No. Stem cells are almost always given with core decompression. Prices range from $8,000 to $15,000. It hurts.
"""


@dataclass(frozen=True)
class Page:
    """A text and its corpus file in a folder; the claims are given when the file is written."""

    folder: Path
    text: str = TEXT
    identity: str = "a-page"

    @property
    def corpus(self) -> Path:
        """The folder of corpus files."""
        return self.folder / "corpus"

    @property
    def texts(self) -> Path:
        """The folder of texts."""
        return self.folder / "texts"

    @property
    def path(self) -> Path:
        """The corpus file."""
        return self.corpus / f"{self.identity}.yaml"

    @property
    def library(self) -> Library:
        """The folder of texts as a library, read anew."""
        return Library((self.texts,))

    @property
    def record(self) -> dict[str, Any]:
        """The document's record."""
        return {
            "id": self.identity,
            "title": "What is osteonecrosis?",
            "publisher": "A Clinic",
            "kind": "clinic-blog",
            "licence": "copyright of the publisher",
            "sha256": fingerprint(self.text),
            "length": len(self.text),
        }

    def write(self, *claims: str, passages: str = "passages: []\n", units: str = "units: []\n", **record: Any) -> Path:
        """Write the text and the corpus file; return the file."""
        self.corpus.mkdir(parents=True, exist_ok=True)
        self.texts.mkdir(parents=True, exist_ok=True)
        (self.texts / f"{self.identity}.txt").write_text(self.text, encoding="utf-8", newline="")
        fields = {name: value for name, value in {**self.record, **record}.items() if value is not None}
        head = "document:\n" + "".join(f"  {name}: {as_yaml(value)}\n" for name, value in fields.items())
        body = "claims:\n" + "".join(claims) if claims else "claims: []\n"
        self.path.write_text(f"{head}{body}{units}{passages}", encoding="utf-8", newline="")
        return self.path

    def claim(self, number: str = "001", quote: str = "It can be painful", at: Any = ..., **fields: Any) -> str:
        """Return a claim as it stands in the file; a field that is None is left out."""
        if at is ... and isinstance(quote, str):
            at = self.text.find(quote)
        whole = {
            "id": number,
            "quote": quote,
            "at": None if at is ... else at,
            "says": "Osteonecrosis can be painful.",
            "subject": "Osteonecrosis",
            "predicate": "hasSymptom",
            "object": "Pain",
            "force": "asserts",
            **fields,
        }
        lines = [f"{name.rstrip('_')}: {as_yaml(value)}" for name, value in whole.items() if value is not None]
        return "  - " + "\n    ".join(lines) + "\n"

    def read(self, vocabulary: Vocabulary, *, with_text: bool = True) -> Corpus:
        """Return what the folder of corpus files holds."""
        return read_corpus((self.corpus,), vocabulary, self.library if with_text else Library())


def as_yaml(value: Any) -> str:
    """Return a value as YAML on one line: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)
