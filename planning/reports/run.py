"""Running one notebook. The one place that knows an engine; a faster one can take its place.

papermill runs the cells, but its own word is not enough: it calls a run complete after a dead
kernel or an early exit. Here a notebook is done when every code cell has run and none failed.
"""

from __future__ import annotations

import os
import re
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat

from planning.model.errors import PlanningError, UsageError

LIMIT_SECONDS = 600


@dataclass(frozen=True)
class Run:
    """An executed notebook, and how long it took."""

    notebook: nbformat.NotebookNode
    seconds: float


def run(notebook: Path, parameters: dict[str, object], *, folder: Path, saved_in: Path | None = None, limit: float = LIMIT_SECONDS,
        after_cell: Callable[[], None] | None = None) -> Run:
    """Run a notebook in a clean folder; raises PlanningError that names the cell when it does not get to its end.

    The kernel works in `folder`; the engine's own file lies in `saved_in`, or there too. `limit` is
    the wall-clock time in seconds for the whole notebook. The executed notebook is returned.
    """
    started = time.monotonic()
    target = (saved_in or folder) / "executed.ipynb"
    try:
        _execute(notebook, target, parameters, folder, started + limit, after_cell)
    except Exception as error:  # an engine can fail in any way; what went wrong is read from its text
        kind = UsageError if getattr(error, "ename", "") == "UsageError" else PlanningError
        raise kind("{name}: {why}", name=notebook.name, why=_why(error, target, limit)) from error
    done = nbformat.read(target, as_version=4)
    if missed := unfinished(done):
        raise PlanningError("{name}: the run ended before the cell that begins with «{cell}». "
                            "Something in the cell before it stopped the kernel.", name=notebook.name, cell=missed)
    return Run(done, time.monotonic() - started)


def _execute(notebook: Path, target: Path, parameters: dict[str, object], folder: Path, deadline: float,
             after_cell: Callable[[], None] | None) -> None:
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    import papermill
    from traitlets.config import Config

    quiet = Config({"KernelManager": {"transport_encryption": "auto"}})
    hooks = {"on_cell_executed": lambda **_: after_cell()} if after_cell else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        papermill.execute_notebook(
            _literal(notebook), _literal(target), parameters=parameters, cwd=str(folder), kernel_name="python3", progress_bar=False,
            request_save_on_cell_execute=False, timeout_func=lambda cell: max(1, int(deadline - time.monotonic())), config=quiet, extra_arguments=["--IPKernelApp.log_level=50"], **hooks)


def _literal(path: Path) -> str:
    # papermill puts parameters into paths with str.format: braces in a folder's name must be doubled.
    return str(path).replace("{", "{{").replace("}", "}}")


def unfinished(notebook: nbformat.NotebookNode) -> str | None:
    """The first line of the first code cell that did not run or that failed; None when all is done."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip():
            failed = any(output.output_type == "error" for output in cell.outputs)
            if cell.execution_count is None or failed:
                return cell.source.strip().splitlines()[0]
    return None


def _why(error: Exception, target: Path, limit: float) -> str:
    kind = type(error).__name__
    if kind == "CellTimeoutError":
        return f"it ran longer than {limit:g} seconds and was stopped."
    if kind == "DeadKernelError":
        return "the kernel died; perhaps the machine ran out of memory."
    if target.exists():
        for cell in nbformat.read(target, as_version=4).cells:
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    return _failed(cell.source, output)
    return re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip() or kind


def _failed(source: str, output: nbformat.NotebookNode) -> str:
    if output.ename in ("PlanningError", "PlanProblems", "UsageError"):
        return output.evalue
    first = source.strip().splitlines()[0]
    return f"the cell that begins with «{first}» stopped with {output.ename}: {output.evalue}"
