"""Documents, their verification and their account."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from avnkg.claims.kinds import Verification
from avnkg.claims.model import Claim
from avnkg.claims.reading import Source, corpus_files, read_claims, read_source
from avnkg.documents.account import QUOTED_AT_MOST, Account
from avnkg.documents.library import Library
from avnkg.documents.skeleton import check_units
from avnkg.errors import AvnkgError, DriftError, SeveralErrors
from avnkg.graph.build import Inputs, vocabulary_of
from avnkg.views.words import counted, plain


@dataclass(frozen=True)
class Finding:
    """What came of holding a document's quotes against its text or its fingerprints."""

    document: str
    claims: int
    anchored: int
    fingerprinted: int
    problems: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Return it ready for JSON."""
        return asdict(self)


def verify_documents(given: Inputs) -> list[Finding]:
    """Return a finding for each corpus file; a problem in one does not keep the others from being verified."""
    vocabulary = vocabulary_of(given)
    findings = []
    for path in corpus_files(given.corpora):
        problems: list[AvnkgError] = []
        claims: tuple[Claim, ...] = ()
        try:
            source = read_source(path, given.library)
        except DriftError as drift:
            problems.append(drift)
            source = read_source(path, Library())
        except AvnkgError as error:
            findings.append(Finding(path.stem, 0, 0, 0, _told(error)))
            continue
        if source.gate.text is not None:
            problems += check_units(source.gate)
        try:
            claims = read_claims(source, vocabulary)
        except AvnkgError as error:
            problems.append(error)
        anchored = sum(claim.verification is Verification.ANCHORED for claim in claims)
        told = tuple(line for problem in problems for line in _told(problem))
        findings.append(Finding(source.file.document.id, len(claims), anchored, len(claims) - anchored, told))
    return findings


def verification_table(findings: Sequence[Finding]) -> RenderableType:
    """Return the findings as a table, problems below it."""
    table = Table(box=None, title="Quotes against their documents", title_justify="left")
    table.add_column("document", no_wrap=True)
    for name in ("claims", "anchored", "fingerprinted", "problems"):
        table.add_column(name, justify="right")
    for each in findings:
        table.add_row(
            each.document, str(each.claims), str(each.anchored), str(each.fingerprinted), str(len(each.problems))
        )
    problems = [Text(plain(problem)) for each in findings for problem in each.problems]
    return Group(table, Text(f"\n{STRENGTHS}"), *problems)


STRENGTHS = (
    "anchored: the text is at hand and the words stand at their place. "
    "fingerprinted: the text is not at hand; the words match what was recorded when it was."
)


def document_list(sources: Sequence[Source]) -> RenderableType:
    """Return the documents with who speaks, what the speaker sells, and whether the text is at hand."""
    return Group(*map(_document, sources), Text(counted(len(sources), "document"), style="dim"))


def _document(source: Source) -> Text:
    document = source.file.document
    speakers = [document.publisher, *document.authors, *(f"reviewed by {name}" for name in document.reviewers)]
    date = document.modified or document.published
    facts = (
        f"dated {date}" if date else "without a date",
        counted(len(source.file.claims), "claim"),
        "text at hand" if source.gate.text is not None else "text not here",
    )
    block = Text()
    block.append(document.id, style="bold")
    block.append(f"  {plain(', '.join(facts))}\n", style="dim")
    block.append(f"  {plain(document.title)}\n")
    block.append(f"  who speaks: {plain('; '.join(speakers))}\n")
    block.append(f"  interest: {plain(document.interest.says) if document.interest else 'none known'}\n")
    return block


def documents_json(sources: Sequence[Source]) -> str:
    """Return the documents' records as JSON."""
    records = [
        {
            **source.file.document.model_dump(mode="json"),
            "claims": len(source.file.claims),
            "textAtHand": source.gate.text is not None,
        }
        for source in sources
    ]
    return json.dumps(records, indent=2, ensure_ascii=False) + "\n"


def account_view(accounts: Sequence[Account]) -> RenderableType:
    """Return the account of documents: units with claims, without and why, and the share that is quoted."""
    table = Table(title="The account of every unit", title_justify="left", box=None)
    table.add_column("document", no_wrap=True)
    for name in ("units", "with claims", "with a reason", "unaccounted", "quoted"):
        table.add_column(name, justify="right", min_width=max(map(len, name.split())))
    notes: list[Text] = []
    for each in accounts:
        table.add_row(
            each.document,
            str(len(each.units)),
            str(len(each.carrying)),
            str(len([index for index in each.silent if index not in each.carrying])),
            str(len(each.unaccounted)),
            f"{each.share:.0%}",
        )
        reasons = ", ".join(f"{reason} {count}" for reason, count in each.reasons.most_common())
        if reasons:
            notes.append(Text(f"  {each.document}: no claims because {reasons}"))
        notes += [Text(f"  UNACCOUNTED: unit {index + 1} of {each.document}") for index in each.unaccounted]
        notes += [
            Text(f"  IN NO UNIT: characters {start:,} to {end:,} of {each.document}") for start, end in each.missing
        ]
        notes += [
            Text(f"  BOTH CLAIMS AND A REASON: unit {index + 1} of {each.document}") for index in each.contradictory
        ]
        if not each.share_held:
            notes.append(Text(f"  TOO MUCH QUOTED: {each.document}: {each.share:.1%}, at most {QUOTED_AT_MOST:.1%}"))
    return Group(table, Text(""), *notes)


def account_units(account: Account, text: str | None) -> RenderableType:
    """Return every unit with its claims or its reason, and its words where the text is at hand."""
    table = Table(title=account.document, title_justify="left", box=None)
    for name in ("unit", "kind", "claims or reason", "words"):
        table.add_column(name)
    for index, unit in enumerate(account.units):
        claims = ", ".join(name.rpartition("/")[2] for name in account.carrying.get(index, ()))
        words = text[unit.at : unit.end] if text is not None else unit.words or "(the text is not at hand)"
        table.add_row(
            str(index + 1),
            unit.kind,
            Text(claims or (unit.none.value if unit.none else "UNACCOUNTED")),
            Text(plain(words)),
        )
    return table


def account_json(accounts: Sequence[Account]) -> str:
    """Return the account as JSON, units counted from 1."""
    found = [
        {
            "document": each.document,
            "units": len(each.units),
            "carrying": {str(index + 1): claims for index, claims in each.carrying.items()},
            "reasons": {str(index + 1): unit.none.value for index, unit in enumerate(each.units) if unit.none},
            "unaccounted": [index + 1 for index in each.unaccounted],
            "missing": [list(stretch) for stretch in each.missing],
            "contradictory": [index + 1 for index in each.contradictory],
            "quotedShare": round(each.share, 4),
            "shareHeld": each.share_held,
            "complete": each.complete,
        }
        for each in accounts
    ]
    return json.dumps(found, indent=2) + "\n"


def _told(error: AvnkgError) -> tuple[str, ...]:
    return tuple(str(each) for each in error.errors) if isinstance(error, SeveralErrors) else (str(error),)
