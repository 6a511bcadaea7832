"""The command line: parse, call one function, print. It owns logging and exit codes."""

import os
import sys

EXIT_CODES = """Exit codes: 0 done; 1 nothing found, or a check failed; 2 wrong input; 3 an optional part is missing;
4 the graph or a store cannot be used; 130 interrupted."""


def main() -> None:
    """Run the command line; errors that avnkg raises on purpose are told in words, never as a traceback."""
    from avnkg.cli.app import app
    from avnkg.errors import AvnkgError
    from avnkg.views.words import plain

    try:
        app(prog_name="avnkg")
    except AvnkgError as error:
        sys.stdout.flush()
        print(f"avnkg: {plain(str(error))}", file=sys.stderr)  # noqa: T201
        sys.exit(exit_code(error))
    except KeyboardInterrupt:
        print("avnkg: interrupted", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    except BrokenPipeError:
        # The reader of the pipe has enough; what is left in the buffer must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def exit_code(error: Exception) -> int:
    """Return the exit code that stands for an error."""
    from avnkg.errors import GraphError, MissingPartError, NotFoundError

    codes = {NotFoundError: 1, MissingPartError: 3, GraphError: 4}
    return next((code for kind, code in codes.items() if isinstance(error, kind)), 2)
