"""The commands `planning export …`: a plan, or a part of it, in a form in which others can use it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planning.cli.app import send
from planning.show.language import say


@send.command("workbook")
def send_workbook(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the plan.")],
                  file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook to write.")],
                  over: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False) -> None:
    """The whole plan as one Excel workbook: a sheet a table, with drop-downs and notes, to be edited and brought back."""
    from planning import begin
    from planning.model.plan import find

    print(say("The workbook is {file}.", file=begin.workbook(find(folder), file, over=over)))
    print(say("When it comes back: planning import workbook {file} --into {folder} --dry-run", file=file, folder=folder))
