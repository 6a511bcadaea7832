"""The shape of a claim where it enters: in a corpus file, or as a line of the portable table.

The two differ only in how they carry their words, so they share all other fields.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    field_validator,
    model_validator,
)

from avnkg.claims.kinds import Basis, Force, Manner, Stance, Standing, TimeRelation, Verification
from avnkg.documents.model import Document, DocumentId, Print, Unit

Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Place = Annotated[int, Field(ge=0)]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,6}$")]
# What a claim cites is an address or a DOI: characters that no IRI may hold are refused with it.
Source = Annotated[str, StringConstraints(pattern=r"^(https?://|doi:)[^\s<>\"{}|\\^`\x00-\x20]+$", max_length=2000)]


def _plain_digits(value: Any) -> Any:
    """Refuse what Decimal would take for a number though a reader may not: other scripts' digits, `1_000`."""
    if isinstance(value, str) and not (value.isascii() and "_" not in value):
        raise ValueError("expected a number in the digits 0 to 9")
    return value


_Digits = BeforeValidator(_plain_digits)
Share = Annotated[Decimal, Field(ge=0, le=1, allow_inf_nan=False, max_digits=18), _Digits]
Amount = Annotated[Decimal, Field(ge=0, allow_inf_nan=False, max_digits=18), _Digits]


def _listed(value: Any) -> Any:
    """Take one value for a list of one."""
    return value if isinstance(value, list | tuple) or value is None else [value]


Names = Annotated[tuple[Name, ...], BeforeValidator(_listed, json_schema_input_type=tuple[Name, ...] | Name)]
Sources = Annotated[tuple[Source, ...], BeforeValidator(_listed, json_schema_input_type=tuple[Source, ...] | Source)]
Quotes = Annotated[tuple[Text, ...], BeforeValidator(_listed, json_schema_input_type=tuple[Text, ...] | Text)]
Places = Annotated[tuple[Place, ...], BeforeValidator(_listed, json_schema_input_type=tuple[Place, ...] | Place)]

_STRICT = ConfigDict(extra="forbid", frozen=True)


class FrequencyEntry(BaseModel):
    """The share of cases in which the proposition holds, as printed; its bounds come from the hedge or are given."""

    model_config = _STRICT

    printed: Text
    hedge: Name | None = Field(default=None, description="the known hedge that the printed words are read as")
    low: Share | None = None
    high: Share | None = None
    low_open: bool = Field(default=False, alias="lowOpen")
    high_open: bool = Field(default=False, alias="highOpen")
    of: Name | None = Field(default=None, description="what is counted: Patient, Procedure, Surgeon …")


class QuantityEntry(BaseModel):
    """An amount; a bound left out is open."""

    model_config = _STRICT

    printed: Text
    low: Amount | None = None
    high: Amount | None = None
    unit: Name
    of: Text | None = Field(default=None, description="of what it is the amount, as 'average price'")
    basis: Name | None = Field(default=None, description="on which terms: OutOfPocket, WithInsurance")
    relation: TimeRelation | None = None


class DegreeEntry(BaseModel):
    """How well, how much or how severe."""

    model_config = _STRICT

    value: Name
    printed: Text


class AllEntry(BaseModel):
    """Several printed conditions on one axis: they intersect."""

    model_config = _STRICT

    all: tuple["AxisEntry", ...] = Field(min_length=2)


class ConditionEntry(BaseModel):
    """A condition written out, as the portable table has it."""

    model_config = _STRICT

    any: Names = ()
    measured: QuantityEntry | None = None
    standing: Literal[Standing.STATED, Standing.INHERITED] = Standing.STATED

    @model_validator(mode="after")
    def _says_something(self) -> "ConditionEntry":
        if bool(self.any) == bool(self.measured):
            raise ValueError("expected either `any` (names) or `measured` (an amount)")
        return self


def _axis_form(value: Any) -> str:
    """Tell the forms of a value on an axis apart, so that a fault is told of the form that was meant."""
    if isinstance(value, AllEntry) or (isinstance(value, dict) and "all" in value):
        return "several"
    if isinstance(value, ConditionEntry) or (isinstance(value, dict) and value.keys() & {"any", "measured"}):
        return "condition"
    return "amount" if isinstance(value, QuantityEntry | dict) else "names"


AxisEntry = Annotated[
    Annotated[AllEntry, Tag("several")]
    | Annotated[ConditionEntry, Tag("condition")]
    | Annotated[QuantityEntry, Tag("amount")]
    | Annotated[Names, Field(min_length=1), Tag("names")],
    Discriminator(_axis_form),
]
ScopeEntry = dict[Name, AxisEntry]


class ClaimFields(BaseModel):
    """What a claim says, however its words are carried."""

    model_config = _STRICT

    says: Text = Field(description="our own wording in plain English, one line")
    subject: Name
    predicate: Name
    object: Text | None = None
    except_: Names = Field(default=(), alias="except", description="what a general object leaves out")
    subject_except: Names = Field(default=(), alias="subjectExcept", description="what a general subject leaves out")
    comparator: Name | None = None
    endpoint: Name | None = None
    stance: Stance = Stance.AFFIRMS
    force: Force
    manner: Manner = Manner.STATED
    frequency: FrequencyEntry | None = None
    quantity: QuantityEntry | None = None
    degree: DegreeEntry | None = None
    scope: ScopeEntry = Field(default_factory=dict, description="axis -> value(s), stated by the words")
    inherited: ScopeEntry = Field(
        default_factory=dict, description="axis -> value(s), from the heading, the section or the document"
    )
    basis: Basis | None = None
    appeal: Text | None = Field(default=None, description="words that lean on a source without naming it")
    cites: Sources = Field(default=(), description="http, https or doi: addresses of the words' sources")
    note: Text | None = None
    withdrawn: Text | None = Field(default=None, description="why the claim no longer counts; it stays all the same")


class ClaimEntry(ClaimFields):
    """A claim in a corpus file. `at` is filled by `avnkg documents anchor`, never typed."""

    id: Number
    quote: Quotes = Field(min_length=1)
    at: Places = ()

    @field_validator("withdrawn", mode="before")
    @classmethod
    def _gives_its_reason(cls, value: Any) -> Any:
        if value is None or not str(value).strip():  # left out it is absent; written down it says something
            raise ValueError("a withdrawn claim needs its reason")
        return value


class PassageLine(BaseModel):
    """Exact words and where they stand."""

    model_config = _STRICT

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(gt=0)]
    quote: Text


class ClaimLine(ClaimFields):
    """A claim as a line of the portable table: complete in itself but for the document's record."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[0-9]{3,6}$")]
    document: DocumentId
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(gt=0)]
    quote: Text
    passages: tuple[PassageLine, ...] = ()
    verification: Verification | None = None


class CorpusFile(BaseModel):
    """One file of the corpus: a document's record, its claims in reading order, its units, its fingerprints."""

    model_config = _STRICT

    document: Document
    claims: tuple[ClaimEntry, ...] = ()
    units: tuple[Unit, ...] = ()
    passages: tuple[Print, ...] = ()
