"""The steps as SQL. Translating them takes longer than relating a small corpus, so what came of it is kept."""

import os
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from avnkg.resources import home

Step = Callable[..., Any]


@cache
def statement(step: Step, dialect: str, *settings: Any) -> str:
    """Return a step as the SQL of an engine.

    It is kept in the user's folder, under a name made from the code of all steps and the version of Ibis: when
    either changes, it is translated anew.
    """
    name = sha256(repr((step.__module__, step.__name__, dialect, settings)).encode()).hexdigest()[:16]
    path = home() / "sql" / _version() / f"{name}.sql"
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        text = _translated(step, dialect, *settings)
    _keep(path, text)
    return text


def _translated(step: Step, dialect: str, *settings: Any) -> str:
    import ibis

    return str(ibis.to_sql(step(*settings), dialect=dialect))


@cache
def _version() -> str:
    """Return a name for the steps as they are: for all code that they are made of."""
    digest = sha256(version("ibis-framework").encode())
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _keep(path: Path, text: str) -> None:
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
