"""The closed lists that a document's record and units draw from."""

from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit of a text is on the page."""

    HEADING = "heading"
    SENTENCE = "sentence"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"


class Reason(StrEnum):
    """Why a unit carries no claim. The list is closed: a unit that fits none carries a claim."""

    TITLE = "title"
    QUESTION_HEADING = "question-heading"
    TOPIC_HEADING = "topic-heading"
    NAVIGATION = "navigation"
    ADVERT = "advert"
    METAPHOR = "metaphor"
    RHETORIC = "rhetoric"
    LEAD_IN = "lead-in"
    LEGAL_NOTICE = "legal-notice"
    METADATA = "metadata"
    CONTACT = "contact"
    CAPTION = "caption"
    REPETITION = "repetition"


class DocumentKind(StrEnum):
    """What sort of text a document is."""

    PATIENT_GUIDE = "patient-guide"
    CLINIC_BLOG = "clinic-blog"
    GOVERNMENT_INFORMATION = "government-information"
    RESEARCH_ARTICLE = "research-article"
    GUIDELINE = "guideline"
    NEWS = "news"
    OTHER = "other"


class Copying(StrEnum):
    """Whether the whole text may be copied; a restricted one may only be quoted briefly."""

    RESTRICTED = "restricted"
    FREE = "free"
