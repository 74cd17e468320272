"""A plan's report: seven notebooks run, seven pages, results, figures and a manifest; whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat

import planning
from planning.model.errors import PlanningError
from planning.model.files import write_text
from planning.model.plan import Plan
from planning.reports import front, manifest, moved, pages, parameters, run
from planning.show import language
from planning.show.language import say

Progress = Callable[[str], None]


def notebooks(steps: list[int] | None = None) -> list[Path]:
    """The notebooks of the suite in order, or those of the given steps."""
    found = sorted(folder().glob("0[1-7]_*.ipynb"))
    return [path for path in found if steps is None or int(path.name[:2]) in steps]


def folder() -> Path:
    """The folder of the notebooks, beside the package."""
    place = Path(planning.__file__).resolve().parents[1] / "notebooks"
    if not place.is_dir():
        raise PlanningError("The folder notebooks is not beside the package. Get the whole project, and install it with: python3 start.py report")
    return place


def target(plan: Plan, out: Path | None) -> Path:
    """Where a report goes: reports/<plan>/<as of> under the given folder, or under the current one."""
    return (out or Path("reports")) / plan.folder.name / plan.as_of.isoformat()


def write(plan: Plan, *, given: str, out: Path | None = None, steps: list[int] | None = None, settings: list[str] | None = None,
          limit: float = run.LIMIT_SECONDS, progress: Progress = lambda line: None, after_cell: Callable[[], None] | None = None) -> Path:
    """Run the notebooks on a plan and put the report in place; returns its folder.

    `given` is the plan's folder as the person typed it, for the notebooks that are kept. A failed
    run leaves the last good report as it was and raises PlanningError naming the cell.
    """
    chosen = notebooks(steps)
    known = {name: one for path in chosen for name, one in parameters.declared(path).items()}
    values = parameters.parsed(settings or [], known)
    goal = target(plan, out)
    new = [folder for folder in (goal.parent, *goal.parent.parents) if not folder.exists()]
    work = _work_folder(goal)
    try:
        runs = _run_all(plan, given, chosen, values, work, limit, progress, after_cell)
        told = manifest.of(plan, given, values, runs, work)
        told["moved"] = moved.since(goal, told)
        _pages(plan, chosen, work, moved.told(told["moved"]))
        write_text(work / "manifest.json", json.dumps(told, indent=1, ensure_ascii=False) + "\n")
        shutil.rmtree(work / "record")
        _put_in_place(work, goal)
    except OSError as error:
        raise _not_written(goal, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
        _clear_empty(new)
    return goal


def _clear_empty(folders: list[Path]) -> None:
    """Take away the folders that were made for a report and stayed empty, innermost first."""
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _work_folder(goal: Path) -> Path:
    """A folder beside the goal, in which the report is made; raises PlanningError where none can be."""
    if goal.exists() and not goal.is_dir():
        raise PlanningError("{folder} is a file, so no report can be put there. Move it, or name another folder with --out DIR.", folder=goal)
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=goal.parent, prefix=f".{goal.name}."))
    except OSError as error:
        raise _not_written(goal, error) from error


def _not_written(goal: Path, error: OSError) -> PlanningError:
    return PlanningError("The report cannot be written to {folder}: {why}. See that you may write there and that the disk has room, "
                         "or name another folder with --out DIR.", folder=goal, why=error.strerror or error)


def _run_all(plan: Plan, given: str, chosen: list[Path], values: dict[str, object], work: Path, limit: float, progress: Progress,
             after_cell: Callable[[], None] | None) -> dict[str, float]:
    seconds = {}
    for path in chosen:
        progress(path.stem)
        own = {name: value for name, value in values.items() if name in parameters.declared(path)}
        common = {"plan": str(plan.folder), "as_of": plan.as_of.isoformat(), "output": str(work.resolve())}
        with tempfile.TemporaryDirectory(prefix="planning-") as clean:
            done = run.run(path, own | common, folder=Path(clean), limit=limit, after_cell=after_cell)
        shown = own | {"plan": given, "as_of": plan.as_of.isoformat(), "output": ""}
        write_text(work / path.name, nbformat.writes(_as_kept(done.notebook, shown)) + "\n")
        seconds[path.stem] = done.seconds
    return seconds


def _as_kept(notebook: nbformat.NotebookNode, shown: dict[str, object]) -> nbformat.NotebookNode:
    """The executed notebook with the parameters as the person gave them, and without run metadata."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.source = "\n".join(["# Parameters", *(f"{name} = {value!r}" for name, value in shown.items())])
    return notebook


def steps_of(chosen: list[Path]) -> list[dict[str, str]]:
    """The pages of the chosen notebooks: number, file, short name and the question each answers."""
    found = []
    for path in chosen:
        first = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0]
        short = path.stem[3:].replace("_", " ").capitalize()
        found.append({"number": str(int(path.name[:2])), "file": f"{path.stem}.html", "short": say(short), "title": say(first.lstrip("# "))})
    return found


def _pages(plan: Plan, chosen: list[Path], work: Path, since: str) -> None:
    language.use(str(plan.facts["language"]), str(plan.facts["currency"]))
    steps = steps_of(chosen)
    footer = footer_of(plan)
    for path, step in zip(chosen, steps):
        notebook = nbformat.read(work / path.name, as_version=4)
        code = pages.page(notebook, title=step["title"], library=plan.library, figures=work / "figures", steps=steps, here=step["file"], footer=footer)
        write_text(work / step["file"], code)
    if (sheet := work / "figures" / "7_one_sheet.svg").exists():
        write_text(work / front.SHEET, sheet.read_text(encoding="utf-8"))
    write_text(work / "index.html", front.page(plan, steps, work / "record", footer, since))


def footer_of(plan: Plan) -> str:
    """The line under every page: library, day, version, and whether the library is invented."""
    parts = [say("{library}, as of {day}.", library=plan.library, day=language.day(plan.as_of)), say("Made with planning {version}.", version=planning.__version__)]
    if plan.facts["invented"]:
        parts.append(say("This library is invented; so is every figure about it."))
    return " ".join(parts)


def _put_in_place(work: Path, goal: Path) -> None:
    work.chmod(0o755)
    aside = Path(tempfile.mkdtemp(dir=goal.parent, prefix=f".{goal.name}.old."))
    earlier: list[Path] = []
    try:
        while not _took(goal, work):
            earlier.append(aside / str(len(earlier)))
            goal.replace(earlier[-1])
    except BaseException:
        if earlier and earlier[-1].exists() and not goal.exists():
            earlier[-1].replace(goal)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _took(goal: Path, work: Path) -> bool:
    """Whether the finished report took its place; not when an earlier one, or one made at the same time, stands there."""
    if goal.exists():
        return False
    try:
        work.replace(goal)
    except OSError:
        if not goal.exists():
            raise
        return False
    return True
