"""Tables that count: treatments across, and in each cell how many claims affirm and deny, and in how many voices."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from avnkg.claims.vocabulary import Vocabulary
from avnkg.views.claimcards import Term
from avnkg.views.pages import addresses as at
from avnkg.views.pages.procedures import Procedure, Reach, local, procedures, reach, table, term_of
from avnkg.views.pages.readings import Reading, Readings

MOST_ROWS = 40
MOST_COLUMNS = 14
"""Rows and columns that a table has at most: those of most claims, the compared procedures before other treatments."""

ABREAST = 7
"""Columns that are readable beside each other on a screen; further ones stand in a table below."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What stands in a cell.

    Attributes:
        anchor: where its claims stand below the table.
        affirms, denies: its claims, by what they say of the row.
        voices: how many independent voices they have.
    """

    anchor: str
    affirms: tuple[Reading, ...]
    denies: tuple[Reading, ...]
    voices: int

    @property
    def claims(self) -> tuple[Reading, ...]:
        """All its claims, the affirming first."""
        return (*self.affirms, *self.denies)

    @property
    def goals(self) -> int:
        """How many of its claims only name a goal."""
        return sum(claim.line.force == "aims" for claim in self.claims)

    @property
    def contested(self) -> bool:
        """Whether a claim contradicts one of them, gives a rival answer, or is in tension with it."""
        return any(claim.contested for claim in self.claims)

    @property
    def apart(self) -> bool:
        """Whether an opposite claim stands against one of them, and both may hold."""
        return any(claim.apart for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Section:
    """The claims of a cell below the table; of several cells of a column where they are the same."""

    anchor: str
    labels: tuple[str, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is called, what that means, and a cell for each treatment; None where nobody says anything."""

    label: str
    meaning: str
    cells: tuple[Tally | None, ...]


@dataclass(frozen=True)
class Tallies:
    """A table: treatments across, and the rows.

    Attributes:
        columns: the treatments.
        rows: the rows, in each a cell for each treatment.
        complete: whether it is known who stands against a claim, and why.
        left: how many claims stand in rows and columns beyond the most that are shown.
    """

    columns: tuple[Term, ...]
    rows: tuple[Line, ...]
    complete: bool = True
    left: int = 0

    def sections(self, column: int) -> tuple[Section, ...]:
        """Return the claims of a column, cell by cell; cells with the same claims are one."""
        found: dict[str, tuple[list[str], Tally]] = {}
        for row in self.rows:
            cell = row.cells[column]
            if cell is not None:
                found.setdefault(cell.anchor, ([], cell))[0].append(row.label)
        return tuple(Section(anchor, tuple(labels), tally) for anchor, (labels, tally) in found.items())

    @property
    def panels(self) -> tuple["Tallies", ...]:
        """The table in pieces of so many columns as fit beside each other; rows without a claim are left out."""
        found = []
        for first in range(0, len(self.columns), ABREAST):
            part = slice(first, first + ABREAST)
            rows = (Line(row.label, row.meaning, row.cells[part]) for row in self.rows)
            found.append(Tallies(self.columns[part], tuple(row for row in rows if any(row.cells)), self.complete))
        return tuple(found)

    @property
    def count(self) -> int:
        """How many claims it counts, each once."""
        cells = (cell for row in self.rows for cell in row.cells if cell)
        return len({claim.id for cell in cells for claim in cell.claims})


Entry = tuple[Term, Reading, bool]
"""A treatment, a claim on it, and whether it speaks against the row."""


def treatment(reading: Reading, columns: Iterable[Procedure], vocabulary: Vocabulary) -> Term | None:
    """Return the treatment that a claim is about: one of those compared, else as it is named; None where it is none.

    Conditions that make up what a name means count as the name.
    """
    spoken = reading.proposition.subject
    for procedure in columns:
        if reach(reading, spoken, procedure, vocabulary) is Reach.OWN:
            return term_of(procedure.key, vocabulary)
    kind = local(reading.proposition.kind or spoken.address)
    return spoken if vocabulary.is_a(kind, table().root) else None


def tallied(
    keyed: Iterable[tuple[str, Entry]], named: Mapping[str, tuple[str, str]], found: Readings, vocabulary: Vocabulary
) -> Tallies:
    """Return a table of claims.

    Args:
        keyed: claims with the key of the row that each stands in.
        named: the rows in order: for each key its label and what it means.
        found: whose voices there are.
        vocabulary: gives the order of the treatments: those that are compared first.
    """
    cells: dict[tuple[str, Term], tuple[list[Reading], list[Reading]]] = defaultdict(lambda: ([], []))
    for key, (column, reading, against) in keyed:
        cells[key, column][against].append(reading)
    order = [term_of(each.key, vocabulary) for each in procedures(vocabulary)]
    counts = Counter({place: len(members[0]) + len(members[1]) for place, members in cells.items()})
    by_column: Counter[Term] = Counter()
    for (_, column), count in counts.items():
        by_column[column] += count
    others = sorted(
        by_column.keys() - set(order), key=lambda term: (-by_column[term], term.label.casefold(), term.address)
    )
    columns = (*(each for each in order if each in by_column), *others)[:MOST_COLUMNS]
    shown = [key for key in named if any((key, column) in cells for column in columns)][:MOST_ROWS]
    left = counts.total() - sum(counts[key, column] for key in shown for column in columns)
    rows = []
    anchors: dict[tuple[object, ...], str] = {}
    for key in shown:
        label, meaning = named[key]
        told = tuple(_tally(key, column, cells.get((key, column)), anchors, found) for column in columns)
        rows.append(Line(label, meaning, told))
    return Tallies(columns, tuple(rows), found.complete, left)


def _tally(
    key: str,
    column: Term,
    members: tuple[list[Reading], list[Reading]] | None,
    anchors: dict[tuple[object, ...], str],
    found: Readings,
) -> Tally | None:
    """Return a cell; its anchor is that of an earlier cell of the column with the same claims, if there is one."""
    if members is None:
        return None
    affirms, denies = map(tuple, members)
    same = (column, *(claim.id for claim in affirms), None, *(claim.id for claim in denies))
    anchor = anchors.setdefault(same, at.fragment(f"{local(column.address).rpartition('/')[2]}-{key}"))
    return Tally(anchor, affirms, denies, found.heard((*affirms, *denies)))
