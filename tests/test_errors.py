"""The tree of errors: drawn as it is, each raised somewhere, each telling all it knows."""

import ast
import pickle
import re
from pathlib import Path

import pytest

import avnkg
from avnkg import errors
from avnkg.errors import AvnkgError, ClaimError, QuoteError, SeveralErrors, raise_all

CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, AvnkgError) and value is not AvnkgError
}


def test_the_drawn_tree_is_the_tree() -> None:
    assert errors.__doc__
    drawn = re.findall(r"^ *(?:│ *)?[├└]── (\w+)", errors.__doc__, re.MULTILINE)
    assert set(drawn) == set(CLASSES)
    nested = re.findall(r"^    │   └── (\w+)|^    │   ├── (\w+)", errors.__doc__, re.MULTILINE)
    below = {name for names in nested for name in names if name}
    assert below == {name for name, kind in CLASSES.items() if kind.__base__ is not AvnkgError}


def test_every_class_is_made_somewhere_in_the_package() -> None:
    used = set()
    for path in Path(avnkg.__file__).parent.rglob("*.py"):
        if path.name == "errors.py" and path.parent.name == "avnkg":
            used |= {"SeveralErrors"}  # raise_all makes it
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                names = [node.func, *node.args]
                used |= {name.id for name in names if isinstance(name, ast.Name)}
    assert set(CLASSES) <= used


def test_a_message_has_file_line_field_problem_and_hint() -> None:
    whole = AvnkgError("expected a, got b", path=Path("f.yaml"), line=3, field="claims[0]", hint="do c")
    assert str(whole) == "f.yaml:3: claims[0]: expected a, got b; do c"
    assert str(AvnkgError("expected a")) == "expected a"
    assert str(AvnkgError("expected a", path=Path("f"))) == "f: expected a"


def test_none_one_and_several_errors() -> None:
    raise_all([])
    one, other = ClaimError("one"), QuoteError("other")
    with pytest.raises(ClaimError, match="one"):
        raise_all([one])
    with pytest.raises(SeveralErrors) as caught:
        raise_all([one, other])
    assert str(caught.value) == "one\nother"
    assert caught.value.errors == (one, other)


@pytest.mark.parametrize("kind", [kind for kind in CLASSES.values() if kind is not SeveralErrors])
def test_an_error_crosses_processes_whole(kind: type[AvnkgError]) -> None:
    error = kind("expected a", path=Path("f"), line=1, field="x", hint="do b")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    several = SeveralErrors([error, error])
    assert str(pickle.loads(pickle.dumps(several))) == str(several)
