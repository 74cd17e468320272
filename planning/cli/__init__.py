"""The commands: planning new, check, report, trace, import, export.

Exit 0: done. Exit 1: the plan or a file has problems, all listed. Exit 2: the command was used
wrongly, with the nearest right word. Never a traceback for a user's mistake.
"""

from __future__ import annotations

import os
import signal
import sys

import typer

from planning.cli import agenda, ballots, bring, compare, plan, send, trace, workshop  # noqa: F401  (they add their commands to the app)
from planning.cli.app import app
from planning.model.errors import PlanningError
from planning.show.language import say

STOPPED = 130  # what typer returns after Ctrl+C
Misuse = typer.BadParameter.__base__  # typer's own UsageError; it keeps no public name for it


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
