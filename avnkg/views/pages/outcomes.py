"""Treatment by outcome: what each treatment is said to achieve, or not to, and in how many voices."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from avnkg.claims.vocabulary import Vocabulary
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.librarypages import page_of
from avnkg.views.pages.page import Kind, Options, Page
from avnkg.views.pages.procedures import local, procedures, table
from avnkg.views.pages.readings import Readings, readings, room
from avnkg.views.pages.tallies import Entry, Tallies, tallied, treatment


def by_outcome(found: Readings, vocabulary: Vocabulary) -> Tallies:
    """Return the table of treatments by outcome; what most claims speak of stands first."""
    named: dict[str, tuple[str, str]] = {}
    entries: list[tuple[str, Entry]] = []
    for key, label, meaning, entry in _entries(found, vocabulary):
        named[key] = (label, meaning)
        entries.append((key, entry))
    counts = Counter(key for key, _ in entries)
    ordered = sorted(named, key=lambda key: (-counts[key], named[key][0].casefold(), key))
    return tallied(entries, {key: named[key] for key in ordered}, found, vocabulary)


def _entries(found: Readings, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str, Entry]]:
    columns = procedures(vocabulary)
    for reading in found.claims:
        said = reading.proposition
        predicate = local(said.predicate.address)
        if predicate not in table().outcomes or said.object is None:
            continue
        spoken = treatment(reading, columns, vocabulary)
        if spoken is not None:
            name = local(said.object.address)
            known = vocabulary.terms.get(name)
            label = f"{said.predicate.label} {said.object.label}"
            yield (
                f"{predicate}-{name}",
                label,
                known.definition if known else "",
                (spoken, reading, reading.line.denies),
            )


def outcomes_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of treatments by outcome."""
    context = {
        "table": archive.kept(_outcomes),
        "objections": readings(archive).objections,
        "documents": archive.documents,
        "most_claims": room(archive).claims,
        "page_of": partial(page_of, archive),
    }
    return Page(address, "Treatment by outcome", "outcomes.html", context, section=at.COMPARISON)


def _outcomes(archive: Archive) -> Tallies:
    return by_outcome(readings(archive), archive.graph.vocabulary)


OUTCOMES = Kind(lambda archive: [at.OUTCOMES], outcomes_page)
