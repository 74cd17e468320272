"""docs/coverage.md: every row of the founding texts has a place, and every place is there."""

from __future__ import annotations

import re

import nbformat
import pytest
from conftest import ROOT
from typer.main import get_command

from planning.cli import app

PAGE = ROOT / "docs" / "coverage.md"
SHARED = ROOT.parent / "shared" / "coverage.md"
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d\.\d+ \|", line)]
PARTS = {"0": 28, "1": 19, "2": 33, "3": 14, "4": 18}
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
COMMAND = re.compile(r"`(planning [^`]+)`")
ids = [row[0].strip("| ") for row in ROWS]


def test_every_row_of_the_five_texts_stands_once_and_in_order() -> None:
    assert ids == [f"{part}.{n}" for part, most in PARTS.items() for n in range(1, most + 1)]


def test_the_rows_are_those_of_the_founding_texts() -> None:
    if not SHARED.exists():
        pytest.skip("../shared/coverage.md is not beside this checkout")
    assert ids == re.findall(r"^\| (\d\.\d+) \|", SHARED.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_every_row_has_a_place_and_every_place_is_there(row: list[str]) -> None:
    links, commands = LINK.findall(row[2]), COMMAND.findall(row[2])

    assert links or commands
    assert [text for text, target in links if not there(text, target)] == []
    assert [command for command in commands if not known(command)] == []


def there(text: str, target: str) -> bool:
    """Whether the file is there, and for a notebook whether it has the section of that name."""
    path = (PAGE.parent / (target.partition("#")[0] or PAGE.name)).resolve()
    if path.suffix != ".ipynb" or not path.exists():
        return path.exists()
    headings = [line[3:] for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown" for line in cell.source.splitlines() if line.startswith("## ")]
    return re.sub(r"^\d: ", "", text) in headings and path.name.startswith(f"0{text[0]}")


def known(command: str) -> bool:
    """Whether the words are a command of the suite, with an option that it has."""
    here = get_command(app)
    for word in command.split()[1:]:
        if word.startswith("--"):
            return word in {name for one in here.params for name in one.opts}
        here = getattr(here, "commands", {}).get(word)
        if here is None:
            return False
    return True
