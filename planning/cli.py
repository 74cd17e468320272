"""The commands: planning new, check, report, import, export.

Exit 0: done. Exit 1: the plan or a file has problems, all listed. Exit 2: the command was used
wrongly, with the nearest right word. Never a traceback for a user's mistake.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planning.model.errors import PlanningError, PlanProblems, UsageError
from planning.show.language import say

SHOWN = 5  # rows that are named of each kind of change
STOPPED = 130  # what typer returns after Ctrl+C
Misuse = typer.BadParameter.__base__  # typer's own UsageError; it keeps no public name for it
app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, context_settings={"help_option_names": ["--help", "-h"]}, pretty_exceptions_enable=False,
                  help="The open planning suite for libraries: start a plan, check it, turn it into a report.")


bring = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Bring a file into a plan: the file is kept untouched, with a receipt.")
app.add_typer(bring, name="import")
send = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Write a plan in a form in which others can edit it.")
app.add_typer(send, name="export")
Files = Annotated[list[Path], typer.Argument(metavar="FILE …", help="The file, or several of the same kind.")]
Into = Annotated[Path, typer.Option("--into", metavar="DIR", help="Folder of the plan.")]


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


@bring.command("pls")
def bring_pls(files: Files, into: Into, library: Annotated[str, typer.Option("--library", metavar="FSCSKEY", help="The library's key in the survey, such as WA0059.")]) -> None:
    """The library's yearly figures and its peers out of the Public Libraries Survey: CSV or zip, one file a year."""
    from planning import begin

    taken(into, begin.arrival(files, library))


@bring.command("series")
def bring_series(files: Files, into: Into,
                 to: Annotated[str, typer.Option("--to", metavar="TABLE:ID", help="Where the figures go: usage:S01, kpi:K07 or statistics:visits.")],
                 only: Annotated[list[str] | None, typer.Option("--only", metavar="NAME", help="Take this row only, such as one branch; may be given more than once.")] = None,
                 year: Annotated[int | None, typer.Option("--year", min=1900, max=2100, help="The year of months that name none.")] = None,
                 value: Annotated[str, typer.Option("--value", metavar="COLUMN", help="The column of figures, where there are several.")] = "",
                 label: Annotated[str, typer.Option("--label", metavar="COLUMN", help="The column that says whose figures they are, such as the branch.")] = "") -> None:
    """Figures over time out of CSV or Excel sheets: months across or down, one row a branch, one file a year."""
    from planning.model.plan import open_plan
    from planning.sources import series

    taken(into, series.arrival(open_plan(into), files, to=to, only=only or (), year=year, value=value, label=label))


@bring.command("counter")
def bring_counter(files: Files, into: Into,
                  service: Annotated[str, typer.Option("--service", metavar="ID", help="The service to which all platforms belong, such as S02.")] = "",
                  mapping: Annotated[Path | None, typer.Option("--map", metavar="CSV", help="A file with the columns platform and service; kept, so that it is given once.")] = None,
                  metric: Annotated[str, typer.Option("--metric", metavar="NAME", help="Another metric, such as Searches_Regular for databases.")] = "",
                  sheet: Annotated[str, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook; otherwise every one that holds a report.")] = "") -> None:
    """The use of electronic resources out of COUNTER 5 and 5.1 reports: TSV, CSV, Excel or SUSHI JSON, never counted twice."""
    from planning.model.plan import open_plan
    from planning.sources import counter

    taken(into, counter.arrival(open_plan(into), files, service=service, mapping=mapping, metric=metric, sheet=sheet))


@bring.command("workbook")
def bring_workbook(file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook that export workbook wrote, edited.")], into: Into,
                   trial: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False) -> None:
    """The whole plan out of the workbook that export workbook wrote: rows removed there are removed."""
    from planning.model import arrival as door
    from planning.model.plan import find
    from planning.sources import workbook_in

    place = find(into)
    arrival = workbook_in.arrival(file, place)
    found = door.take(place, arrival, trial=trial)
    for line in (*arrival.told, *edits(found)):
        print(line)
    if trial:
        print(say("Nothing was written. Without --dry-run it is brought in."))
    else:
        print(say("Kept untouched: {files}.", files=", ".join(f"{path.parent.name}/{path.name}" for path in found.kept)))


def edits(found: object) -> list[str]:
    """What a workbook changes, table by table, with the rows."""
    lines = [say("plan.toml: {fields} changed.", fields=", ".join(found.facts))] if found.facts else []
    for row in found.rows.itertuples():
        mine = found.touched[found.touched["table"] == row.table]
        named = {what: list(rows["row"]) for what, rows in mine.groupby("what")}
        parts = {what: f"{len(rows)} ({'; '.join(rows[:SHOWN])}{' …' if len(rows) > SHOWN else ''})" for what, rows in named.items()}
        lines.append(say("{table}: new {new}, changed {changed}, removed {removed}, as they were {same}.", table=f"{row.table}.csv", same=row.same,
                         **{what: parts.get(what, 0) for what in ("new", "changed", "removed")}))
    return [*lines, say("Every other table is as it was.")] if lines else [say("The workbook changes nothing.")]


@send.command("workbook")
def send_workbook(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the plan.")],
                  file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook to write.")],
                  over: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False) -> None:
    """The whole plan as one Excel workbook: a sheet a table, with drop-downs and notes, to be edited and brought back."""
    from planning import begin
    from planning.model.plan import find

    print(say("The workbook is {file}.", file=begin.workbook(find(folder), file, over=over)))
    print(say("When it comes back: planning import workbook {file} --into {folder} --dry-run", file=file, folder=folder))


def taken(into: Path, arrival: object) -> None:
    """Take an arrival into the plan and tell what it changed."""
    from planning.model import arrival as door
    from planning.model.plan import find

    found = door.take(find(into), arrival)
    for line in arrival.told:
        print(line)
    for row in found.rows.itertuples():
        print(say("{table}: {new} rows new, {changed} changed, {same} as they were.", table=f"{row.table}.csv", new=row.new, changed=row.changed, same=row.same))
    print(say("Kept untouched: {files}.", files=", ".join(f"{path.parent.name}/{path.name}" for path in found.kept)))


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


def spread(arguments: list[str]) -> list[str]:
    """The arguments with `--pls A B C` written as `--pls A --pls B --pls C`.

    >>> spread(["new", "d", "--pls", "a.csv", "b.csv", "--library", "WA0059"])
    ['new', 'd', '--pls', 'a.csv', '--pls', 'b.csv', '--library', 'WA0059']
    """
    found, many = [], False
    for place, word in enumerate(arguments):
        if word.startswith("-"):
            many = word == "--pls"
        elif many and arguments[place - 1] != "--pls":
            found.append("--pls")
        found.append(word)
    return found


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter shows its code
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a request to end clears up as Ctrl+C does
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run a command; returns its exit code, with what went wrong on standard error."""
    try:
        code = app(spread(arguments), prog_name="planning", standalone_mode=False) or 0
    except Misuse as error:
        print(misuse(error), file=sys.stderr)
        return 2
    except PlanningError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # what reads our output, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(say("{file} cannot be read or written: {why}. See that it is there, that you may use it, and that the disk has room.",
                  file=error.filename or say("A file"), why=error.strerror or error), file=sys.stderr)
        return 1
    except (KeyboardInterrupt, typer.Abort):
        code = STOPPED
    if code == STOPPED:
        print(say("Stopped; nothing was changed."), file=sys.stderr)
    return code


def misuse(error: Exception) -> str:
    """What was wrong with the command's words, with the nearest right one."""
    where = error.ctx.command_path if error.ctx else "planning"
    text = error.format_message()
    if "No such command" in text or "No such option" in text:
        text += say(" Allowed: {words}.", words=", ".join(words(error.ctx)))
    return text if text.startswith("Usage") else f"{text}\n" + say("Help: {where} --help", where=where)


def words(context: typer.Context) -> list[str]:
    """The commands, or the options, that can stand at this place."""
    commands = sorted(getattr(context.command, "commands", {}))
    return commands or sorted(name for one in context.command.params for name in one.opts if name.startswith("-"))
