"""A claim in a list of a page, in one line."""

from dataclasses import dataclass
from typing import Any

from avnkg.views.claimcards import ClaimCard
from avnkg.views.terminal.listing import claim_id, voice


@dataclass(frozen=True, slots=True)
class Line:
    """A claim in a list: whose it is, our wording, the exact words, and their conditions."""

    id: str
    document: str
    says: str
    quote: str
    stance: str
    force: str
    how_often: str | None = None
    scope: str | None = None

    @property
    def denies(self) -> bool:
        """Whether it denies its proposition."""
        return self.stance == "denies"

    @property
    def voice(self) -> str:
        """What its speaker does, in words."""
        return voice(self.stance, self.force)


@dataclass(frozen=True, slots=True)
class Lines:
    """Claims of a list, and whether there are more of them after these."""

    rows: tuple[Line, ...]
    more: bool = False


def line_of(row: Any) -> Line:
    """Return the claim of a row as a line of a list."""
    document = row.document.rpartition("/")[2]
    return Line(claim_id(row.claim), document, row.says, row.quote, row.stance, row.force, row.hedge, row.scope)


def line_of_card(card: ClaimCard) -> Line:
    """Return a claim that is known whole as a line of a list."""
    quote = " … ".join(each.words for each in card.quotes)
    return Line(card.id, card.document, card.says, quote, card.stance, card.force, card.how_often, card.scope)
