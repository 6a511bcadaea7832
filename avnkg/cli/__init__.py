"""The command line: parse, call one function, print. It owns logging and exit codes."""

import os
import sys

EXIT_CODES = """Exit codes: 0 done; 1 nothing found, or a check failed; 2 wrong input; 3 an optional part is missing;
4 the graph or a store cannot be used; 130 interrupted; 141 whoever read the output left before its end."""

INTERRUPTED = 130
READER_GONE = 141
"""What a shell reports of a program whose reader left, as `cat`: 128 and the number of the signal SIGPIPE."""


def main() -> None:
    """Run the command line; errors that avnkg raises on purpose are told in words, never as a traceback."""
    try:
        code = _run()
        # A short answer is still in the buffer; at exit it would be too late to tell that nobody took it.
        sys.stdout.flush()
    except BrokenPipeError:
        code = READER_GONE
        _drop_what_is_left()
    sys.exit(code)


def _run() -> int:
    """Run the command; return its exit code.

    Raises:
        BrokenPipeError: whoever read the output is gone.
    """
    from avnkg.cli.app import app
    from avnkg.errors import AvnkgError
    from avnkg.views.words import plain

    try:
        app(prog_name="avnkg")
    except SystemExit as leaving:
        # typer leaves with 1, as for nothing found, where it meets a pipe that nobody reads.
        if isinstance(leaving.__context__, BrokenPipeError):
            raise leaving.__context__ from None
        return int(leaving.code or 0)
    except AvnkgError as error:
        sys.stdout.flush()
        print(f"avnkg: {plain(str(error))}", file=sys.stderr)  # noqa: T201
        return exit_code(error)
    except KeyboardInterrupt:
        print("avnkg: interrupted", file=sys.stderr)  # noqa: T201
        return INTERRUPTED
    return 0


def _drop_what_is_left() -> None:
    """Let what is still in the buffers go nowhere: at exit Python would try, and complain, again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.__stdout__, sys.__stderr__)):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())


def exit_code(error: Exception) -> int:
    """Return the exit code that stands for an error."""
    from avnkg.errors import GraphError, MissingPartError, NotFoundError

    codes = {NotFoundError: 1, MissingPartError: 3, GraphError: 4}
    return next((code for kind, code in codes.items() if isinstance(error, kind)), 2)
