"""The account of a document: what each unit carries, and how much of the text is quoted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from avnkg.documents.kinds import Copying
from avnkg.documents.model import Document, Unit
from avnkg.documents.text import uncovered

QUOTED_AT_MOST = 2 / 3
"""Share of a text that may not be copied which all its quotes and kept headings together may reach."""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of each unit of a document.

    Attributes:
        document: the document's id.
        carrying: units with claims, and the ids of their claims.
        silent: units without, all of which give a reason.
        unaccounted: units with neither claims nor a reason.
        contradictory: units with both.
        quoted: characters that quotes and kept headings cover, each counted once.
        length: characters of the document.
        share_held: whether the quoted share is within what is allowed.
        missing: stretches (start, end) that no unit holds, as far as the text is at hand; the whole text where a
            file has claims and no units.
    """

    document: str
    units: tuple[Unit, ...]
    carrying: Mapping[int, tuple[str, ...]]
    silent: tuple[int, ...]
    unaccounted: tuple[int, ...]
    contradictory: tuple[int, ...]
    quoted: int
    length: int
    share_held: bool
    missing: tuple[tuple[int, int], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the units hold the whole text, and every unit is accounted for, once."""
        return not self.unaccounted and not self.contradictory and not self.missing

    @property
    def share(self) -> float:
        """The quoted share of the text, 0 to 1."""
        return self.quoted / self.length

    @property
    def reasons(self) -> Counter[str]:
        """How many units give which reason."""
        return Counter(unit.none.value for unit in self.units if unit.none)


def account(
    document: Document,
    units: tuple[Unit, ...],
    quotes: Iterable[tuple[str, Iterable[tuple[int, int]]]],
    text: str | None = None,
) -> Account:
    """Return the account of a document from its units and its claims' places.

    `quotes` holds, for each claim, its id and the (start, end) of its passages; `text` is the document's, where it
    is at hand. A lead-in or heading that gives
    its reason may be quoted beside the item or answer below it, so a reason and a claim exclude each other only
    where the unit is the one the claim's last passage stands in.
    """
    carrying: dict[int, list[str]] = {}
    main: set[int] = set()
    covered = bytearray(document.length)
    claimed = False
    for claim, places in quotes:
        claimed = True
        spans = list(places)
        for start, end in spans:
            covered[start:end] = b"\1" * (min(end, document.length) - start)
            for index in _touched(units, start, end):
                carrying.setdefault(index, []).append(claim)
                if (start, end) == spans[-1]:
                    main.add(index)
    for unit in units:
        if unit.words:
            covered[unit.at : unit.end] = b"\1" * unit.length
    quoted = covered.count(1)
    missing: tuple[tuple[int, int], ...] = ()
    if claimed and not units:
        missing = ((0, document.length),)
    elif text is not None and units:
        missing = uncovered(text, ((unit.at, unit.end) for unit in units))
    silent = tuple(index for index, unit in enumerate(units) if unit.none)
    return Account(
        document.id,
        units,
        {index: tuple(dict.fromkeys(claims)) for index, claims in sorted(carrying.items())},
        silent,
        tuple(index for index, unit in enumerate(units) if not unit.none and index not in carrying),
        tuple(index for index in silent if index in main),
        quoted,
        document.length,
        document.copying is Copying.FREE or quoted <= QUOTED_AT_MOST * document.length,
        missing,
    )


def _touched(units: tuple[Unit, ...], start: int, end: int) -> list[int]:
    return [index for index, unit in enumerate(units) if unit.at < end and start < unit.end]
