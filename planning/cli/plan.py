"""Commands on a plan: new, check, report."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planning.cli.app import app
from planning.model.errors import PlanProblems, UsageError
from planning.show.language import say


class Kind(StrEnum):
    """Kinds of library."""

    public = "public"
    academic = "academic"
    corporate = "corporate"


@app.command()
def new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the new plan; it must not exist yet or be empty.")],
        kind: Annotated[Kind, typer.Option(help="Kind of library.")] = Kind.public,
        sample: Annotated[bool, typer.Option("--sample", help="Fill the plan with the invented sample of this kind.")] = False,
        pls: Annotated[list[Path] | None, typer.Option("--pls", metavar="FILE …", help="Library files of the Public Libraries Survey, CSV or zip, one a year.")] = None,
        library: Annotated[str, typer.Option("--library", metavar="FSCSKEY", help="The library's key in the survey, such as WA0059.")] = "") -> None:
    """Start a plan: empty templates, a filled sample, or a real library's figures."""
    from planning import begin

    if bool(pls) != bool(library):
        raise UsageError("--pls and --library go together: the survey's files, and the key of the library in them.")
    if pls and (sample or kind is not Kind.public):
        raise UsageError("--pls brings in a real public library; leave out --sample and --kind.")
    made = begin.from_survey(folder, pls, library) if pls else begin.sample(folder, kind.value) if sample else begin.empty(folder, kind.value)
    print(say("A new plan is in {folder}.", folder=made))
    print(say("Next: planning check {folder}, then planning report {folder}", folder=made))


@app.command()
def check(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the plan.")],
          as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False) -> None:
    """Tell every problem of a plan: file, row, column, what was found, what is allowed, what to do."""
    from planning.model import check as checks
    from planning.model.plan import find

    place = find(folder)
    problems = PlanProblems(str(folder), checks.problems(place)).problems
    if as_json:
        print(json.dumps({"plan": str(folder), "problems": [problem.record() for problem in problems]}, indent=1))
        raise typer.Exit(1 if problems else 0)
    if problems:
        raise PlanProblems(str(folder), problems)
    print(say("{folder}: no problems.", folder=folder))


@app.command()
def report(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the plan.")],
           out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where reports go; otherwise reports/ here.")] = None,
           steps: Annotated[str, typer.Option(metavar="1-7", help="Steps to run, such as 1-3 or 1,4.")] = "1-7",
           as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Day to look from, such as 2026-06-30.")] = "",
           setting: Annotated[list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help="A parameter of a notebook.")] = None,
           limit: Annotated[float, typer.Option(metavar="SECONDS", min=1, max=86400, help="Longest time for one notebook.")] = 600) -> None:
    """Run the seven notebooks on a plan and put the report in place, whole or not at all."""
    from planning.model.plan import open_plan
    from planning.reports import moved, progress
    from planning.reports import report as reports

    chosen = numbers(steps)
    plan = open_plan(folder, as_of or None)
    with progress.bar(reports.notebooks(chosen)) as bar:
        made = reports.write(plan, given=str(folder), out=out, steps=chosen, settings=setting, limit=limit, progress=bar.step, after_cell=bar.cell)
    print(say("The report is in {folder}.", folder=made))
    if since := moved.of(made):
        print(since)
    print(say("Open this page in a browser: {page}", page=(made / "index.html").resolve()))


def numbers(steps: str) -> list[int]:
    """The steps meant by a text such as 1-3 or 1,4; raises UsageError for anything else.

    >>> numbers("1-3"), numbers("4,1")
    ([1, 2, 3], [1, 4])
    """
    if not re.fullmatch(r"[1-7](-[1-7])?(,[1-7](-[1-7])?)*", steps):
        raise UsageError("--steps {found}: write steps from 1 to 7, such as 1-3 or 1,4.", found=steps)
    reaches = [range(int(first), int(last or first) + 1) for first, _, last in (part.partition("-") for part in steps.split(","))]
    if not all(reaches):
        raise UsageError("--steps {found}: the first step of a range comes first, such as 1-3.", found=steps)
    return sorted(set().union(*reaches))
