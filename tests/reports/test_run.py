"""A notebook is done when every code cell has run and none failed; the engine's own word is not enough."""

from __future__ import annotations

import os
import time
from pathlib import Path

import nbformat
import pytest

from planning.model.errors import PlanningError
from planning.reports import run


def notebook(folder: Path, *sources: str) -> Path:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    made.cells[0].metadata["tags"] = ["parameters"]
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, folder / "page.ipynb")
    return folder / "page.ipynb"


def test_a_run_that_gets_to_its_end_returns_the_executed_notebook(tmp_path: Path) -> None:
    done = run.run(notebook(tmp_path, "n = 1", "print(n + 1)"), {"n": 41}, folder=tmp_path)

    assert done.notebook.cells[-1].outputs[0].text == "42\n"


def test_a_failed_cell_is_named_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match=r"page\.ipynb: the cell that begins with «weights = \{\}» stopped with KeyError: 'G1'"):
        run.run(notebook(tmp_path, "n = 1", "weights = {}\nweights['G1']", "n"), {}, folder=tmp_path)


def test_leaving_early_is_not_success(tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match=r"page\.ipynb: .*"):
        run.run(notebook(tmp_path, "n = 1", "import sys; sys.exit(0)", "print('never')"), {}, folder=tmp_path)


def test_a_dead_kernel_is_not_success(tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match="the kernel died"):
        run.run(notebook(tmp_path, "n = 1", "import os; os._exit(1)", "print('never')"), {}, folder=tmp_path)


def test_a_notebook_has_a_limit_on_the_clock(tmp_path: Path) -> None:
    started = time.monotonic()

    with pytest.raises(PlanningError, match="it ran longer than 4 seconds and was stopped"):
        run.run(notebook(tmp_path, "n = 1", "import time; time.sleep(2)", "time.sleep(600)"), {}, folder=tmp_path, limit=4)

    assert time.monotonic() - started < 60


def test_a_folder_with_braces_in_its_name_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "a {n} b"
    folder.mkdir()

    done = run.run(notebook(folder, "n = 1", "import os; print(os.path.basename(os.getcwd()))"), {"n": "../out"}, folder=folder)

    assert done.notebook.cells[-1].outputs[0].text == "a {n} b\n"
    assert sorted(os.listdir(tmp_path)) == ["a {n} b"]


def test_every_cell_is_told_as_it_is_done(tmp_path: Path) -> None:
    told = []

    run.run(notebook(tmp_path, "n = 1", "n", "n"), {}, folder=tmp_path, after_cell=lambda: told.append(1))

    assert len(told) == 3


def test_a_cell_that_did_not_run_is_found(tmp_path: Path) -> None:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("a = 1", execution_count=1), nbformat.v4.new_code_cell("b = 2\nc = 3")])

    assert run.unfinished(made) == "b = 2"
