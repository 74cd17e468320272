"""The docs name every command, option, table and column, and every link leads somewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT

from planning import cli
from planning.model import catalogues, schema

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "reports" / "README.md", *(ROOT / "data").glob("*/README.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not link.startswith("http") and not (page.parent / link).exists()] == []


def test_the_readme_names_every_notebook_with_its_question() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        question = json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"][0].strip("# \n")
        assert f"| [{path.stem}](notebooks/{path.name}) | {question} |" in readme


def test_the_readme_names_every_room_and_both_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = [path.name for path in (ROOT / "planning").iterdir() if path.is_dir() and (path / "__init__.py").exists()]

    assert [room for room in rooms if f"  {room}/" not in readme] == []
    assert "python3 start.py report\npython3 start.py test\n" in readme


def test_docs_name_every_command_and_option() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for command in cli.app.registered_commands:
        name = command.callback.__name__
        assert f"planning {name}" in text, name
    for option in ("--kind", "--sample", "--pls", "--library", "--json", "--out", "--steps", "--as-of", "-p NAME=VALUE", "--limit"):
        assert option in text, option


def test_the_data_dictionary_names_every_table_and_column() -> None:
    text = (ROOT / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    for table in schema.tables().values():
        section = text.split(f"## `{table.file}`")[1].split("\n## ")[0]
        assert [column for column in table.columns if f"| `{column}` |" not in section] == []


@pytest.mark.parametrize("name", ["indicators", "options"])
def test_the_docs_say_how_many_rows_each_list_has(name: str) -> None:
    told = {page: (ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "CHANGELOG.md", "docs/catalogues.md")}
    rows, words = len(getattr(catalogues, name)()), {"indicators": "KPIs", "options": "cards of service options"}[name]

    assert [page for page, text in told.items() if not re.search(rf"\b{rows} {words}", " ".join(text.split()))] == []


def test_every_reference_in_the_schema_points_to_a_table_with_one_id() -> None:
    for table in schema.tables().values():
        for field in table.fields:
            assert not field.refers or schema.tables()[field.refers].id, (table.name, field.name)


def test_no_file_names_a_machine_or_an_index() -> None:
    kinds = (".py", ".md", ".toml", ".yml", ".lock", ".cff", ".ipynb", ".csv", ".json", "")
    files = [path for folder in ("planning", "notebooks", "tests", "docs", "data", "benchmarks", ".ci") for path in (ROOT / folder).rglob("*")]
    files += [path for path in ROOT.iterdir() if path.is_file()]
    named = [path.relative_to(ROOT).as_posix() for path in files
             if path.is_file() and path.suffix in kinds and "__pycache__" not in path.parts and str(ROOT) + "/" in path.read_text(encoding="utf-8", errors="replace")]

    assert named == []
