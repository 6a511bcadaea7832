"""Stage by treatment: in which part of the disease's course each treatment is said to be meant, used, or to work.

Staging systems divide the course differently, so the rows are the pieces into which the ontology translates them all.
"""

from collections.abc import Iterator
from functools import partial

from avnkg.claims.vocabulary import Vocabulary
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.librarypages import page_of
from avnkg.views.pages.page import Kind, Options, Page
from avnkg.views.pages.procedures import local, procedures, table
from avnkg.views.pages.readings import Reading, Readings, readings, room
from avnkg.views.pages.tallies import Entry, Tallies, tallied, treatment

AXIS = "stage"


def by_stage(found: Readings, vocabulary: Vocabulary) -> Tallies:
    """Return the table of stages by treatment."""
    named = {
        atom: (vocabulary.terms[atom].label.removeprefix("stage atom "), vocabulary.terms[atom].definition)
        for atom in atoms(vocabulary)
        if atom in vocabulary.terms
    }
    return tallied(_entries(found, vocabulary), named, found, vocabulary)


def atoms(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the pieces of the course that stages are translated into, in its order."""
    return tuple(sorted({atom for cover in vocabulary.competition.covers.values() for atom in cover.possible}))


def _entries(found: Readings, vocabulary: Vocabulary) -> Iterator[tuple[str, Entry]]:
    columns = procedures(vocabulary)
    for reading in found.claims:
        against = table().stages.get(local(reading.proposition.predicate.address))
        if against is None:
            continue
        spoken = treatment(reading, columns, vocabulary)
        if spoken is None:
            continue
        for atom in sorted(covered(reading, vocabulary)):
            yield atom, (spoken, reading, reading.line.denies is not against)


def covered(reading: Reading, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the pieces of the course that a claim may speak of: all of its conditions on the stage admit them.

    It is empty where no stage is given: such a claim is not of every stage, it does not say of which.
    """
    conditions = [each.values for each in reading.limits if each.axis == AXIS]
    covers = vocabulary.competition.covers
    found: frozenset[str] | None = None
    for values in conditions:
        admitted = frozenset(
            atom for value in values if (cover := covers.get(local(value.address))) for atom in cover.possible
        )
        found = admitted if found is None else found & admitted
    return found or frozenset()


def stages_page(archive: Archive, address: str, options: Options) -> Page:
    """Return the page of stages by treatment."""
    context = {
        "table": archive.kept(_stages),
        "objections": readings(archive).objections,
        "documents": archive.documents,
        "most_claims": room(archive).claims,
        "page_of": partial(page_of, archive),
    }
    return Page(address, "Stage by treatment", "stages.html", context, section=at.COMPARISON)


def _stages(archive: Archive) -> Tallies:
    return by_stage(readings(archive), archive.graph.vocabulary)


STAGES = Kind(lambda archive: [at.STAGES], stages_page)
