"""Where the project's own data lie: in a checkout, or inside the installed package."""

import os
from pathlib import Path

from avnkg.errors import GraphError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder `ontology`, `queries` or `corpus`.

    A checkout is looked at first: an editable install has no copies inside the package.

    Raises:
        GraphError: neither place has it, so the installation is broken.

    >>> (folder("ontology") / "avnkg.ttl").is_file()
    True
    """
    for place in (_PACKAGE.parent / name, _PACKAGE / "_data" / name, _PACKAGE / name):
        if place.is_dir() and (place.parent != _PACKAGE.parent or (place.parent / "pyproject.toml").is_file()):
            return place
    raise GraphError(f"the folder {name!r} of avnkg is missing", path=_PACKAGE, hint="install avnkg again")


def home() -> Path:
    """Return the folder for built graphs and kept texts: `AVNKG_HOME`, else the user's data folder.

    Raises:
        GraphError: `AVNKG_HOME` begins with the home of a user whom nobody knows.
    """
    chosen = _chosen("AVNKG_HOME")
    if chosen:
        return chosen
    # Imported here: most commands never come this far, and start faster without it.
    from platformdirs import user_data_path

    return user_data_path("avnkg", appauthor=False)


def cache() -> Path:
    """Return the folder for what can be worked out again: `AVNKG_CACHE`, else the user's cache folder.

    It hangs on no graph and no text, so all homes of a user share it.

    Raises:
        GraphError: `AVNKG_CACHE` begins with the home of a user whom nobody knows.
    """
    chosen = _chosen("AVNKG_CACHE")
    if chosen:
        return chosen
    from platformdirs import user_cache_path

    return user_cache_path("avnkg", appauthor=False)


def _chosen(variable: str) -> Path | None:
    chosen = os.environ.get(variable)
    try:
        return Path(chosen).expanduser() if chosen else None
    except RuntimeError as fault:
        raise GraphError(f"{variable} names no folder: {chosen!r} ({fault})", hint="name it in full") from fault
