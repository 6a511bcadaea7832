"""What is not ours is what its record says, with its licence."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

import avnkg.views

VENDOR = Path(avnkg.views.__file__).parent / "vendor"
_LINE = re.compile(r"^\| `(?P<file>[^`]+)` \| (?P<what>.+?) \| (?P<licence>.+?) \| `(?P<hash>[0-9a-f]{64})` \|$", re.M)
RECORDED = {line["file"]: line for line in _LINE.finditer((VENDOR / "README.md").read_text(encoding="utf-8"))}


def test_every_script_and_style_is_recorded() -> None:
    assert {path.name for path in VENDOR.iterdir() if path.suffix in (".js", ".css")} == set(RECORDED)


@pytest.mark.parametrize("name", RECORDED)
def test_it_is_the_recorded_file(name: str) -> None:
    assert sha256((VENDOR / name).read_bytes()).hexdigest() == RECORDED[name]["hash"]


@pytest.mark.parametrize("name", RECORDED)
def test_its_licence_lies_beside_it_and_its_version_is_told(name: str) -> None:
    assert list(VENDOR.glob(f"{name.partition('.')[0]}.LICENSE*"))
    assert re.search(r" \d+\.\d+\.\d+|of the same", RECORDED[name]["what"])
