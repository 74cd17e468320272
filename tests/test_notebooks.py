"""The seven notebooks: their shape, that they are not stale, and that they run with other plans and parameters."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from conftest import ROOT, SAMPLES

from planning.reports import parameters, refresh, run

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = ["01_needs_assessment", "02_service_design", "03_partnerships", "04_evaluation", "05_flexibility", "06_resources", "07_communication"]
ids = [path.stem for path in NOTEBOOKS]
every = pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)


def cells(path: Path, kind: str = "code") -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def tags(path: Path) -> list[str]:
    return [tag for cell in nbformat.read(path, as_version=4).cells for tag in cell.metadata.get("tags", [])]


def test_the_seven_notebooks_and_nothing_else_are_there() -> None:
    assert [path.stem for path in sorted((ROOT / "notebooks").iterdir()) if not path.name.startswith(".")] == NAMES


@every
def test_a_page_is_of_readable_size(path: Path) -> None:
    code, prose = cells(path), cells(path, "markdown")

    assert 25 <= len(code) + len(prose) <= 140
    assert len(prose) >= len(code)
    assert sum(len(cell.source.splitlines()) for cell in code) <= 230
    assert path.stat().st_size < 720_000


@every
def test_code_cells_only_narrate_and_call(path: Path) -> None:
    forbidden = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.Try, ast.If, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)
    found = [type(node).__name__ for cell in cells(path) for node in ast.walk(ast.parse(cell.source)) if isinstance(node, forbidden)]
    imports = [cell for cell in cells(path) if "import " in cell.source]

    assert found == []
    assert len(imports) == 1
    assert [cell.source for cell in cells(path) if len(cell.source.splitlines()) > (16 if cell in imports else 12)] == []


@every
def test_every_code_cell_stands_under_prose(path: Path) -> None:
    order = [cell.cell_type for cell in nbformat.read(path, as_version=4).cells]
    parameters_at = [place for place, cell in enumerate(nbformat.read(path, as_version=4).cells) if "parameters" in cell.metadata.get("tags", [])]

    assert order[0] == "markdown"
    assert [place for place, kind in enumerate(order) if kind == "code" and order[place - 1] == "code" and place not in parameters_at] == []


@every
def test_the_first_cell_asks_the_question_and_every_section_has_a_heading(path: Path) -> None:
    prose = [cell.source for cell in cells(path, "markdown")]
    headings = [line for text in prose for line in text.splitlines() if line.startswith("## ")]

    assert prose[0].startswith("# ") and prose[0].splitlines()[0].endswith("?")
    assert [name for name in ("## In brief", "## Try it", "## Decide together", "## Checks", "## Keep the results", "## Where this leads") if name not in headings] == []
    assert sum(line.endswith("?") for line in headings) >= 4


@every
def test_prose_holds_no_figure_from_the_data(path: Path) -> None:
    library = [text for cell in cells(path, "markdown") for text in re.findall(r"Riverbend|\$\s?\d|\d+ ?%", cell.source)]

    assert library == []


@every
def test_tags_are_those_that_the_machinery_knows(path: Path) -> None:
    found = tags(path)

    assert set(found) <= {"parameters", "nbval-check-output", "interactive", "live"}
    assert found.count("parameters") == 1
    assert found.count("interactive") >= 4
    assert found.count("nbval-check-output") >= 2


@every
def test_parameters_are_simple_explained_and_begin_with_the_common_three(path: Path) -> None:
    declared = parameters.declared(path)

    assert list(declared)[:3] == ["plan", "as_of", "output"]
    assert 3 <= len(declared) <= 9
    assert [one.name for one in declared.values() if one.type not in parameters.KINDS or not one.help] == []


@every
def test_outputs_are_committed_in_order_and_without_run_metadata(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]

    assert counts == list(range(1, len(counts) + 1))
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert [cell.id for cell in notebook.cells if set(cell.metadata) - {"tags"}] == []
    assert str(ROOT) not in path.read_text(encoding="utf-8")


@every
def test_committed_outputs_are_not_stale(path: Path) -> None:
    assert refresh.notebook(path) == path.read_text(encoding="utf-8")


def test_what_is_made_from_the_schema_is_not_stale() -> None:
    stale = [path.relative_to(ROOT).as_posix() for path, text in refresh.made_files(ROOT).items() if not path.exists() or path.read_text(encoding="utf-8") != text]

    assert stale == [], "run: python -m planning.reports.refresh"


OTHER = {
    "01_needs_assessment": {"rated": "quality"}, "02_service_design": {"money": 90000.0, "fte": 1.0}, "03_partnerships": {"years": 1},
    "04_evaluation": {"kpi": "K01", "days": 14}, "05_flexibility": {"cut": 0.25}, "06_resources": {"fiscal_year": 2024, "training_money": 900.0},
    "07_communication": {"ahead": 30},
}


@every
@pytest.mark.parametrize("plan", SAMPLES[1:])
def test_a_notebook_runs_with_another_plan_and_parameters(path: Path, plan: str, tmp_path: Path) -> None:
    given = {"plan": str(ROOT / "data" / plan), "as_of": "2026-03-31", "output": str(tmp_path / "kept")} | OTHER.get(path.stem, {})

    run.run(path, given, folder=tmp_path)

    assert sorted(child.name for child in (tmp_path / "kept").iterdir()) == ["figures", "record", "results"]


def computed(name: str, plan: str, *, until: str) -> dict[str, object]:
    """What a notebook's code cells have computed for a plan, up to the cell that makes one name."""
    made: dict[str, object] = {}
    for cell in cells(ROOT / "notebooks" / f"{name}.ipynb"):
        exec(cell.source, made)
        if "parameters" in cell.metadata.get("tags", []):
            made["plan"] = str(ROOT / "data" / plan)
        if until in made:
            break
    return made


@pytest.mark.parametrize("plan", SAMPLES)
def test_the_choice_that_step_5_holds_for_today_is_the_choice_of_step_2(plan: str) -> None:
    second, fifth = (computed(name, plan, until=until) for name, until in (("02_service_design", "used"), ("05_flexibility", "regrets")))
    chosen, across = second["chosen"], fifth["across"]
    today = across[(across["scenario"] == "") & across["chosen"]]
    asked = fifth["futures"].asked(fifth["worlds"][""], chooser=fifth["initiatives"])

    assert sorted(today["initiative"]) == sorted(chosen.loc[chosen["chosen"].astype(bool), "initiative"]) != []
    pd.testing.assert_frame_equal(asked.limits, second["limits"])
    pd.testing.assert_frame_equal(asked.valued, second["valued"])


@every
def test_a_notebook_runs_on_a_plan_without_rows_and_says_what_is_missing(path: Path, empty_plan: Path, tmp_path: Path) -> None:
    done = run.run(path, {"plan": str(empty_plan)}, folder=tmp_path).notebook
    text = "\n".join(output.get("data", {}).get("text/plain", "") for cell in done.cells for output in cell.get("outputs", []))

    assert "is empty or missing. With it, this section would say" in text
    assert not re.search(r"\bnan\b|\bNaN\b|\bNone\b|\bNaT\b|<NA>|\binf\b", text)
