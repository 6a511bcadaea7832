"""A build in a process of its own, for tests that kill it, starve it or run it beside another.

Arguments: the folder of graphs, the corpus, the texts, and how often to build (`0` is: until killed). Prints a line
when it is ready to begin, and one for each build.
"""

import sys
from itertools import count
from pathlib import Path

from avnkg.documents.library import Library
from avnkg.errors import AvnkgError
from avnkg.graph.build import Inputs, build


def say(words: str) -> None:
    """Tell the test what happened, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(root: str, corpus: str, texts: str, times: str) -> int:
    """Build, and say so; return 0, or 3 when it failed as it should: with an error of ours."""
    given = Inputs((Path(corpus),), Library((Path(texts),)))
    say("ready")
    for number in count(1):
        try:
            say(build(given, Path(root), again=True).folder)
        except AvnkgError as error:
            say(f"{type(error).__name__} {error}")
            return 3
        if number == int(times):
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
