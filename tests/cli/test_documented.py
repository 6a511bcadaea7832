"""What is documented is there, and what is there is documented."""

import doctest
import importlib
import pkgutil
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

import avnkg as package
from avnkg.cli.app import app
from avnkg.graph.queries import query_library
from tests.cli.shell import avnkg

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/*.md")), ROOT / "avnkg/corpus/README.md"]


def commands() -> Iterator[tuple[tuple[str, ...], typer.core.TyperCommand | typer.core.TyperGroup]]:
    """Yield the words and the command of each command; a group that does something by itself is one too."""
    root = typer.main.get_command(app)
    assert isinstance(root, typer.core.TyperGroup)
    for name, command in root.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            if command.invoke_without_command:
                yield (name,), command
            for inner, below in command.commands.items():
                assert isinstance(below, typer.core.TyperCommand)
                yield (name, inner), below
        else:
            assert isinstance(command, typer.core.TyperCommand)
            yield (name,), command


COMMANDS = dict(commands())


def shown() -> Iterator[tuple[str, str]]:
    """Yield the page and the words of each command line that a page shows."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        fenced = re.findall(r"^ *avnkg (.+)$", "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL)), re.MULTILINE)
        inline = re.findall(r"`avnkg\s([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
        for line in [*fenced, *inline]:
            yield page.name, " ".join(line.replace("…", "DIR").split())


SHOWN = sorted(set(shown()))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_is_in_a_page_and_explains_itself(words: tuple[str, ...]) -> None:
    assert COMMANDS[words].help
    pages = " ".join(page.read_text(encoding="utf-8") for page in PAGES[:2])
    pages += (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"avnkg {' '.join(words)}\b", pages), f"no page shows `avnkg {' '.join(words)}`"
    found = avnkg(*words, "--help")
    assert found.code == 0
    assert found.out.lstrip().startswith(f"Usage: avnkg {' '.join(words)}")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_and_argument_explains_itself(words: tuple[str, ...]) -> None:
    for parameter in COMMANDS[words].params:
        assert getattr(parameter, "help", None), f"{parameter.name} of {' '.join(words)}"


def test_the_exit_codes_are_in_the_help() -> None:
    found = avnkg("--help")
    for code in (
        "0 done",
        "1 nothing found",
        "2 wrong input",
        "3 an optional part",
        "4 the graph",
        "130 interrupted",
        "141 whoever",
    ):
        assert code in " ".join(found.out.split())


def test_the_pages_show_many_commands() -> None:
    assert len(SHOWN) > 30


@pytest.mark.parametrize(("page", "line"), SHOWN)
def test_a_command_line_of_a_page_is_one(page: str, line: str) -> None:
    words = shlex.split(line, comments=True)
    name = tuple(words[:2]) if tuple(words[:2]) in COMMANDS else tuple(words[:1])
    if name == ("--help",):
        return
    assert name in COMMANDS, f"{page}: avnkg {line}"
    command = COMMANDS[name]
    rest = words[len(name) :]
    named = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in rest if word.startswith("-") and word != "-"} <= {*named, "--help"}
    if rest and not rest[-1].startswith("--"):  # else it is a mention
        command.make_context("avnkg", rest, resilient_parsing=False)
    if name == ("query",) and rest and not rest[0].endswith(".rq"):
        assert rest[0] in {query.stem for query in query_library().values()}
        known = next(query for query in query_library().values() if query.stem == rest[0]).head.parameters
        assert all(word.partition("=")[0] in known for word in rest if "=" in word)


# What reads and asks only; the others are walked through in `test_adding_a_document.py` and `test_tables.py`.
SAFE = (
    "queries",
    "query",
    "find",
    "relations",
    "claims list",
    "claims show",
    "why",
    "documents coverage",
    "documents verify",
)


@pytest.mark.usefixtures("ours")
def test_the_questions_of_the_readme_have_answers() -> None:
    lines = [
        line
        for page, line in SHOWN
        if page == "README.md" and line.startswith((*SAFE, "stats", "validate")) and "my-" not in line
        if "--store" not in line and line not in SAFE
    ]
    assert len(lines) >= 10
    for line in lines:
        found = avnkg(*shlex.split(line, comments=True))
        assert (found.code, found.err) == (0, ""), f"{line}: {found}"
        assert found.out.strip()


@pytest.mark.usefixtures("ours")
def test_the_python_of_the_readme_runs() -> None:
    [code] = re.findall(r"```python\n(.*?)```", PAGES[0].read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)
    assert names["rows"]


@pytest.mark.usefixtures("ours")
def test_the_sparql_of_the_readme_has_an_answer() -> None:
    [query] = re.findall(r"```sparql\n(.*?)```", PAGES[0].read_text(encoding="utf-8"), re.DOTALL)
    assert avnkg("query", "-", stdin=query).code == 0


def modules() -> list[str]:
    """Return the names of all modules of the package that can be imported without doing anything."""
    found = pkgutil.walk_packages(package.__path__, "avnkg.")
    return ["avnkg", *(each.name for each in found if each.name != "avnkg.__main__")]


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("name", modules())
def test_the_examples_of_a_module_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for name in modules() for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(found) > 10
