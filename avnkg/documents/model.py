"""What a document, its units and its passages are."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from avnkg.documents.kinds import Copying, DocumentKind, Reason, UnitKind

DocumentId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ShortHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
# Language, script and region: more of BCP 47 would let through tags that no RDF store takes.
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")]


def _filled_in(words: str) -> str:
    if words.lstrip().startswith(FILL_IN):
        raise ValueError(f"{FILL_IN} is still there")
    return words


FILL_IN = "FILL IN"
"""Begins what a new document's file leaves to a person."""

Printed = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Words = Annotated[Printed, AfterValidator(_filled_in)]

_STRICT = ConfigDict(extra="forbid", frozen=True)


class Interest(BaseModel):
    """What the speaker earns from what the document says: absent means that none is known."""

    model_config = _STRICT

    sells: tuple[Words, ...] = Field(default=(), description="ontology names of what the speaker sells")
    says: Words = Field(description="the interest in our own words")


class Document(BaseModel):
    """A text at a moment. A changed page is a new document that `replaces` the old one.

    `length` counts Unicode code points of the text whose SHA-256 is recorded. Dates are those that the
    document itself prints; an absent date means that it prints none.

    >>> page = {"id": "a-page", "title": "A page", "publisher": "A clinic", "kind": "clinic-blog", "length": 9}
    >>> Document(**page, licence="copyright of the publisher", sha256="0" * 64).published is None
    True
    """

    model_config = _STRICT

    id: DocumentId
    title: Words
    publisher: Words
    authors: tuple[Words, ...] = ()
    reviewers: tuple[Words, ...] = ()
    address: Words | None = Field(default=None, description="where the page was published")
    published: Words | None = Field(default=None, description="the date as printed: a year, or year-month-day")
    modified: date | None = None
    collected: Words | None = Field(default=None, description="through which collection the text came, if any")
    kind: DocumentKind
    language: Language = "en"
    interest: Interest | None = None
    licence: Words
    copying: Copying = Copying.RESTRICTED
    sha256: Sha256
    length: Annotated[int, Field(gt=0)]
    replaces: DocumentId | None = None


class Unit(BaseModel):
    """A heading, sentence, list item or table row: its place, its hash, and why it carries no claim."""

    model_config = _STRICT

    at: Annotated[int, Field(ge=0)]
    length: Annotated[int, Field(gt=0)]
    kind: UnitKind
    sha256: ShortHash = Field(description="the first 16 digits of the hash of its words")
    words: Printed | None = Field(default=None, description="the words, of headings only")
    none: Reason | None = Field(default=None, description="why it carries no claim")
    of: str | None = Field(default=None, description="the claim that it repeats")

    @model_validator(mode="after")
    def _repeats_something(self) -> "Unit":
        if (self.none is Reason.REPETITION) != (self.of is not None):
            raise ValueError("`none: repetition` and `of` (the claim that is repeated) go together")
        return self

    @property
    def end(self) -> int:
        """Where the unit ends (code points, excluded)."""
        return self.at + self.length


class Print(BaseModel):
    """What was recorded of a passage while the text was at hand."""

    model_config = _STRICT

    at: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(gt=0)]
    sha256: Sha256
    before: ShortHash = Field(description="of the 32 characters before: the first 16 digits of their hash")
    after: ShortHash = Field(description="of the 32 characters after")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document: its exact words, and where they stand.

    `start` and `end` count Unicode code points over the stored text, end excluded. `before` and `after` are
    hashes of the 32 characters around it; `heading` is the heading it stands under, empty when there is none.

    >>> passage = Passage("a-page", 0, 9, "It hurts.", "0" * 64, "", "")
    >>> passage.end - passage.start == len(passage.exact)
    True
    """

    document: str
    start: int
    end: int
    exact: str
    sha256: str
    before: str
    after: str
    heading: str = ""
