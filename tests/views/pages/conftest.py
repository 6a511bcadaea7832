"""Sites of the tiny world and of the embedded corpus, written once."""

from pathlib import Path

import pytest

from avnkg.graph.claimsgraph import ClaimsGraph
from avnkg.views.pages.site import write_site


@pytest.fixture(scope="session")
def mini_site(mini_graph: ClaimsGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site of the tiny world."""
    folder = tmp_path_factory.mktemp("mini") / "site"
    write_site(mini_graph, folder)
    return folder


@pytest.fixture(scope="session")
def our_site(our_graph: ClaimsGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site of the embedded corpus."""
    folder = tmp_path_factory.mktemp("ours") / "site"
    write_site(our_graph, folder)
    return folder
