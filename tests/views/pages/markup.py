"""A page as a browser reads it: elements with attributes, and the words that it shows."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

EMPTY = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Element:
    """An element: its name, its attributes, its place in the tree, and the words directly in it and below."""

    tag: str
    attributes: dict[str, str | None]
    above: tuple[str, ...]
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, with single spaces."""
        return " ".join("".join(self.words).split())


class Markup(HTMLParser):
    """Reads a page; tags that do not fit are kept as faults."""

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        made = Element(tag, dict(attrs), tuple(each.tag for each in self.open))
        self.elements.append(made)
        if tag not in EMPTY:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if not self.open or self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> in {[each.tag for each in self.open]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Keep words with all elements that they stand in."""
        for each in self.open:
            each.words.append(data)

    def found(self, tag: str, **attributes: str) -> list[Element]:
        """Return elements of a name, with some attributes; `class_` holds one of the classes."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            each
            for each in self.elements
            if each.tag == tag
            and all(value in (each.attributes.get(name) or "").split() for name, value in wanted.items())
        ]


def links(site: Path, page: Path) -> list[tuple[Path, str]]:
    """Return where the links of a page lead inside its site: the file and the part of it.

    Links to elsewhere are left out.
    """
    found = []
    for each in Markup(page.read_text(encoding="utf-8")).elements:
        href = each.attributes.get("href") or each.attributes.get("src")
        if href is None or href.startswith(("http://", "https://", "data:")):
            continue
        parts = urlsplit(href)
        assert not parts.scheme, f"{page}: {href}"
        assert not parts.path.startswith("/"), f"{page}: {href} hangs on where the site lies"
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        assert target.is_relative_to(site.resolve()), f"{page}: {href} leads out of the site"
        found.append((target, unquote(parts.fragment)))
    return found
