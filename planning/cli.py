"""The commands: planning new, check, report.

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

STOPPED = 130  # what typer returns after Ctrl+C
Misuse = typer.BadParameter.__base__  # typer's own UsageError; it keeps no public name for it
app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, context_settings={"help_option_names": ["--help", "-h"]}, pretty_exceptions_enable=False,
                  help="The open planning suite for libraries: start a plan, check it, turn it into a report.")


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
