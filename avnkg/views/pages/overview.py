"""The first page: what this is, the weightiest dispute with both sides' words, who speaks, and ways in."""

from avnkg.graph.relation_records import ungathered
from avnkg.views.pages import addresses as at
from avnkg.views.pages.archive import Archive
from avnkg.views.pages.disputes import split, told
from avnkg.views.pages.page import Kind, Options, Page

SHOWN = 3
"""Claims that the overview shows of each side."""
MOST = 8
"""Further disputes, and documents, that it names."""

WAYS = (
    (
        "You look",
        "Pictures and tables of who says what.",
        (
            (at.GRAPHS, "interactive graphs"),
            (at.COMPARISON, "the procedures compared"),
            (at.OUTCOMES, "treatment by outcome"),
            (at.STAGES, "stage by treatment"),
        ),
    ),
    (
        "You ask",
        "Questions in SPARQL, with their answers, and everything to take away.",
        ((at.QUERIES, "the query library"), (at.ONTOLOGY, "the ontology"), (at.DOWNLOADS, "downloads")),
    ),
    (
        "You audit",
        "From any statement to the exact words, their place, and how they were read.",
        ((at.CLAIMS, "all claims"), (at.DOCUMENTS, "the documents"), (at.VERDICTS, "how to read a verdict")),
    ),
)
"""Where an analyst, a researcher and an editor begin."""

LIVE_WAYS = {"You ask": (at.SPARQL, "ask in SPARQL"), "You audit": (at.SEARCH, "search the claims")}
"""The first of these ways where a server answers."""


def overview(archive: Archive, address: str, options: Options) -> Page:
    """Return the first page."""
    heads = list(archive.heads.values())
    context = {
        "documents": archive.documents,
        "counts": archive.counts,
        "total": archive.total,
        "disputes": len(heads),
        "gathered": bool(heads) or not ungathered(archive.graph),
        "first": told(archive, archive.dispute(heads[0].id), SHOWN) if heads else None,
        "others": [(each, *split(each.title)) for each in heads[1 : MOST + 1]],
        "shown": list(archive.documents.values())[:MOST],
        "ways": _ways(options),
        "drawn": archive.small,
    }
    return Page(address, "Who claims what about avascular necrosis", "overview.html", context)


def _ways(options: Options) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the ways in; a server has more."""
    more = LIVE_WAYS if options.live else {}
    return [(heading, text, [*([more[heading]] if heading in more else []), *ways]) for heading, text, ways in WAYS]


OVERVIEW = Kind(lambda archive: [at.OVERVIEW], overview)
