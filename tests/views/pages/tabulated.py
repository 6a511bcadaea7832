"""What tests of tables share: readings made up by hand, and a page's elements without a browser."""

from collections.abc import Iterator
from html.parser import HTMLParser

from avnkg import vocab
from avnkg.claims.vocabulary import Vocabulary
from avnkg.views.claimcards import Term
from avnkg.views.pages import addresses as at
from avnkg.views.pages.lines import Line
from avnkg.views.pages.procedures import term_of
from avnkg.views.pages.readings import Limit, Proposition, Reading


def name_of(term: Term) -> str:
    """Return a term's name in the ontology."""
    return term.address.removeprefix(vocab.AVN)


def reading(
    vocabulary: Vocabulary,
    number: int,
    said: str,
    *,
    document: str = "a-document",
    stance: str = "affirms",
    force: str = "asserts",
    under: str = "",
    standing: str = "stated",
) -> Reading:
    """Return the reading of `subject predicate object`, under conditions such as `stage=Stage1|Stage2, guidance=…`."""
    subject, predicate, object_ = (term_of(name, vocabulary) for name in said.split())
    return Reading(
        Line(f"{document}/{number:03}", document, said, said, stance, force),
        Proposition(f"{vocab.THING}proposition/{said.replace(' ', '-')}", subject, predicate, object_),
        limits=tuple(_limits(under, standing, vocabulary)),
    )


def _limits(under: str, standing: str, vocabulary: Vocabulary) -> Iterator[Limit]:
    for condition in filter(None, under.split(", ")):
        axis, _, values = condition.partition("=")
        yield Limit(axis, tuple(term_of(value, vocabulary) for value in values.split("|")), standing)


def frame(address: str) -> dict[str, object]:
    """Return what every template is given beside what its page shows."""
    return {
        "title": "A page",
        "here": address,
        "section": address,
        "live": False,
        "policy": "",
        "navigation": (),
        "further": (),
        "link": lambda target: at.link(address, target),
    }


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, markup: str) -> None:
        """Read a page."""
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text += data

    def of(self, attribute: str) -> list[str]:
        """Return the values of an attribute."""
        return [attributes[attribute] for _, attributes in self.found if attribute in attributes]


def assert_inert(markup: str) -> None:
    """Make sure that hostile words are shown as text: nothing runs, nothing is loaded, no link leads out."""
    page = Elements(markup)
    assert {tag for tag, _ in page.found} & {"script", "img", "iframe", "object", "embed", "svg"} == set()
    assert not [name for _, attributes in page.found for name in attributes if name.startswith("on")]
    assert not [link for link in page.of("href") if link.lower().startswith(("javascript:", "data:text", "//"))]
    assert "OWNED" in page.text, "the hostile words are nowhere: this test would see nothing"
    assert not set("\u202e\u202c\u2066\u2028\u2029") & set(page.text), "marks that turn or break the writing are bare"
