"""Worlds with all their doors open: built once for all tests of the doors."""

from collections.abc import Iterator

import pytest

from avnkg.graph.build import inputs
from tests.doors.world import World, mini, opened


@pytest.fixture(scope="session", params=["mini", "ours"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Open the tiny world, then the embedded corpus."""
    with opened(mini() if request.param == "mini" else inputs(), tmp_path_factory.mktemp(request.param)) as found:
        yield found
