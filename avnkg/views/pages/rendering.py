"""From a page to HTML: Jinja with every word escaped, one style sheet, and a policy that lets nothing in from outside.

Every word that a template shows goes through `plain`: marks that turn the direction of writing are made visible.
"""

import re
from collections.abc import Callable
from functools import cache
from html import escape
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from avnkg import vocab
from avnkg.errors import MissingPartError
from avnkg.views.claimcards import publishers
from avnkg.views.graphs.network import LEGEND
from avnkg.views.pages import addresses
from avnkg.views.pages.page import Page
from avnkg.views.words import counted, plain

if TYPE_CHECKING:
    from jinja2 import Environment

NAVIGATION = (
    (addresses.OVERVIEW, "Overview"),
    (addresses.DISPUTES, "Disputes"),
    (addresses.CLAIMS, "Claims"),
    (addresses.DOCUMENTS, "Documents"),
    (addresses.CONCEPTS, "Concepts"),
    (addresses.COMPARISON, "Compared"),
    (addresses.GRAPHS, "Graphs"),
    (addresses.QUERIES, "Queries"),
)
"""The pages that every page leads to."""

FURTHER = (
    (addresses.OUTCOMES, "Treatment by outcome"),
    (addresses.STAGES, "Stage by treatment"),
    (addresses.ONTOLOGY, "Ontology"),
    (addresses.VERDICTS, "How to read a verdict"),
    (addresses.CITING, "How to cite a claim"),
    (addresses.DOWNLOADS, "Downloads"),
)
"""Further pages that every page leads to, at its foot."""

LIVE_NAVIGATION = (
    (addresses.SEARCH, "Search"),
    (addresses.SPARQL, "SPARQL"),
    (addresses.API, "For programs"),
)
"""Pages that only a server has."""

STANDINGS = {str(each): told.partition(":")[0] for each, told in LEGEND.items()}
"""How a claim stands among the voices, in a word or two."""

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
LIVE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'"
)
"""A server sends the policy as a header too."""


def render(page: Page, *, live: bool = False) -> str:
    """Return a page as HTML.

    Args:
        page: what to show.
        live: whether a server answers: only then are there search and the page for SPARQL.

    Raises:
        MissingPartError: Jinja is not installed.
    """
    if page.whole is not None:
        return page.whole
    address = page.address
    return (
        environment()
        .get_template(page.template)
        .render(
            page.context,
            title=page.title,
            section=page.section or address,
            here=address,
            live=live,
            policy=LIVE_POLICY if live else POLICY,
            further=FURTHER,
            navigation=NAVIGATION + (LIVE_NAVIGATION if live else ()),
            link=lambda target: addresses.link(address, target),
        )
    )


def style() -> str:
    """Return the style sheet of all pages."""
    sheets = files("avnkg.views.pages") / "templates"
    return "".join((sheets / name).read_text(encoding="utf-8") for name in (addresses.STYLE, "tables.css"))


def required() -> None:
    """Make sure that what writes pages is there.

    Raises:
        MissingPartError: a part is not installed.
    """
    for part in ("jinja2", "pyvis", "numpy"):
        if find_spec(part) is None:
            raise MissingPartError(f"pages need {part}", hint="pip install 'avnkg[web]'")


@cache
def environment() -> "Environment":
    """Return the environment of all templates: an unknown name is an error, and every word is escaped."""
    required()
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=FileSystemLoader(str(files("avnkg.views.pages") / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shower(Markup),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(at=addresses, counted=counted, avn=vocab.AVN, base=vocab.THING, standings=STANDINGS)
    made.filters.update(outside=addresses.outside, worded=worded, publishers=publishers, coded=_coder(Markup))
    return made


_LAYOUT = re.compile("[\\n\\t]")


def worded(name: str) -> str:
    """Return a name of the ontology in words.

    >>> worded("ScopeDifference"), worded("scope difference")
    ('scope difference', 'scope difference')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _coder(markup: type[str]) -> Callable[[str], str]:
    """Return what shows words between backticks, as in our hints, as code; all else in them is escaped.

    `markup` are strings that are escaped already.
    """

    def coded(words: str) -> str:
        return markup(re.sub("`([^`]+)`", r"<code>\1</code>", escape(plain(words), quote=True)))

    return coded


def _shower(markup: type[str]) -> Callable[[Any], Any]:
    """Return what is done to each value before it is shown; `markup` are strings that are escaped already.

    Words of documents go without the marks that would turn the writing around. Most have nothing to be made visible,
    and looking at each character takes long.
    """

    def shown(value: Any) -> Any:
        if not isinstance(value, str) or value.isprintable() or isinstance(value, markup):
            return value
        return value if _LAYOUT.sub("", value).isprintable() else plain(value)

    return shown
