"""The closed lists that a claim draws from. Each value is what stands in a file."""

from enum import StrEnum


class Stance(StrEnum):
    """For or against the proposition: the one place where polarity stands."""

    AFFIRMS = "affirms"
    DENIES = "denies"


class Force(StrEnum):
    """What the words do."""

    DEFINES = "defines"
    ASSERTS = "asserts"
    DESCRIBES = "describes"
    RECOMMENDS = "recommends"
    REQUIRES = "requires"
    PERMITS = "permits"
    AIMS = "aims"
    REPORTS = "reports"
    RECOUNTS = "recounts"
    ADVERTISES = "advertises"


class Manner(StrEnum):
    """Whether the words say it or take it for granted."""

    STATED = "stated"
    PRESUPPOSED = "presupposed"


class Basis(StrEnum):
    """On what the statement rests, as far as the document shows."""

    UNTRACEABLE = "untraceable"
    TRACEABLE = "traceable"
    PROCEDURE = "procedure"
    CASE = "case"
    PRICE_LIST = "price-list"
    LEGAL_NOTICE = "legal-notice"


class Standing(StrEnum):
    """Where a condition of the scope comes from."""

    STATED = "stated"
    INHERITED = "inherited"
    DEFINITIONAL = "definitional"


class Verification(StrEnum):
    """How strongly the quote gate held: against the text itself, or against its recorded fingerprints."""

    ANCHORED = "anchored"
    FINGERPRINTED = "fingerprinted"


class Takes(StrEnum):
    """What a predicate takes beside its subject."""

    RELATION = "relation"
    TEXT = "text"
    AMOUNT = "amount"
    COMPARISON = "comparison"


class TimeRelation(StrEnum):
    """How a measured stretch of time lies to what the claim is about."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    AT = "at"


FACTUAL = frozenset({Force.DEFINES, Force.ASSERTS, Force.DESCRIBES})
"""Forces that commit the speaker to how things are: affirmed, they give a plain triple."""

ADVISORY = frozenset({Force.RECOMMENDS, Force.REQUIRES, Force.PERMITS})
"""Forces that say how things should be done: they give a triple with a predicate of advice."""
