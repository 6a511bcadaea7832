"""Where each page lies: the same relative addresses on a disk, on any static host, and in the live service.

An address has no slash at its beginning, and only characters that mean nothing to a file system or in a link. So it is
the file's name and the end of the link alike, and nothing has to be decoded. What may not stand in it, stands as `~`
and its bytes in hexadecimal digits.
"""

import re
from functools import cache
from urllib.parse import quote

from avnkg import vocab

OVERVIEW = "index.html"
DISPUTES = "disputes.html"
DOCUMENTS = "documents.html"
CONCEPTS = "concepts.html"
CLAIMS = "claims.html"
COMPARISON = "comparison.html"
OUTCOMES = "outcomes.html"
STAGES = "stages.html"
ONTOLOGY = "ontology.html"
QUERIES = "queries.html"
VERDICTS = "verdicts.html"
CITING = "citing.html"
GRAPHS = "graphs.html"
DOWNLOADS = "downloads.html"
STYLE = "style.css"

# Only a server has these.
SEARCH = "search.html"
SPARQL = "sparql.html"
API = "api.html"
SCRIPTS = "scripts"
"""The folder of what pages of a server run in the browser."""

_SAFE = re.compile(r"[^A-Za-z0-9_.-]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.|$", re.IGNORECASE)
"""Names that a system keeps for itself, that lead elsewhere, or are none."""


def dispute(identity: str) -> str:
    """Return the address of a dispute's page."""
    return f"dispute/{named(identity)}.html"


def relation(identity: str) -> str:
    """Return the address of a relation's page."""
    return f"relation/{named(identity)}.html"


def claim(identity: str) -> str:
    """Return the address of a claim's page.

    >>> claim("a-document/001")
    'claim/a-document/001.html'
    """
    document, slash, number = identity.rpartition("/")
    return f"claim/{named(document)}/{named(number)}.html" if slash else f"claim/{named(number)}.html"


def document(identity: str, number: int = 1) -> str:
    """Return the address of a document's page, or of a further part of it."""
    return _part(f"document/{named(identity)}", number)


def concept(address: str, number: int = 1) -> str:
    """Return the address of a concept's page, by the concept's IRI or its name in the ontology.

    >>> concept("https://w3id.org/avnkg/ontology#CoreDecompression"), concept("https://w3id.org/avnkg/open/Tea")
    ('concept/CoreDecompression.html', 'concept/open~2f~54ea.html')
    """
    if address.startswith(vocab.AVN):
        return _part(f"concept/{named(address.removeprefix(vocab.AVN))}", number)
    # Two names of the ontology never differ by case alone; names from elsewhere may.
    local = address.removeprefix(vocab.THING)
    return _part(f"concept/{named(local, keep_case=local.isidentifier())}", number)


def claims(number: int = 1) -> str:
    """Return the address of the list of claims, or of a further part of it."""
    return _part("claims", number)


def query(name: str) -> str:
    """Return the address of a query's page, by its name in the library (`folder/stem`)."""
    return f"query/{'/'.join(map(named, name.split('/')))}.html"


def graph(name: str) -> str:
    """Return the address of an interactive graph: `disputes/ID`, `documents/ID`, `all`."""
    return f"graphs/{'-'.join(map(named, name.split('/')))}.html"


def download(name: str) -> str:
    """Return the address of a file to download."""
    return f"downloads/{named(name)}"


@cache
def link(origin: str, target: str) -> str:
    """Return a link from one page to another. A part of a page, `#side-1`, may end the target.

    >>> link("claim/a/001.html", "document/a.html"), link("index.html", "style.css"), link("a/b.html", "a/c.html#d")
    ('../../document/a.html', 'style.css', 'c.html#d')
    """
    here, there = origin.split("/")[:-1], target.split("/")
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])


def fragment(words: str) -> str:
    """Return an id for a part of a page that a link may end with."""
    return named(words)


@cache
def named(words: str, *, keep_case: bool = True) -> str:
    """Return a name as a part of an address: it is a file's name on every system, and no two names become one.

    >>> named("a-document"), named("../x"), named("con"), named("Tea", keep_case=False)
    ('a-document', '~2e.~2fx', '~63on', '~54ea')
    """
    kept = _SAFE if keep_case else re.compile(r"[^a-z0-9_.-]")
    safe = kept.sub(_escaped, words)
    while found := _RESERVED.match(safe):
        if not safe:
            return "~"
        safe = _escaped(found) + safe[1:] if found[0] == "." else f"~{ord(safe[0]):02x}{safe[1:]}"
    return safe


def read_name(part: str) -> str:
    """Return the name that a part of an address stands for; the words themselves where they stand for none."""
    if part == "~":
        return ""
    try:
        return re.sub(r"((?:~[0-9a-f]{2})+)", lambda run: bytes.fromhex(run[1].replace("~", "")).decode("utf-8"), part)
    except UnicodeDecodeError:
        return part


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"~{byte:02x}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _part(stem: str, number: int) -> str:
    """Return the address of a page, or of a further part of it, counted from 2."""
    return f"{stem}.html" if number == 1 else f"{stem}/{number}.html"


def outside(address: str) -> str:
    """Return an address of the web as a link may hold it, or nothing where it is none."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]") if address.startswith(("http://", "https://")) else ""
