"""The commands `planning export …`: a plan, or a part of it, in a form in which others can use it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planning.cli.app import send
from planning.model.errors import UsageError
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


class Form(StrEnum):
    """Forms that are ready: a survey for each group that is asked, and one for feedback."""

    patrons = "patrons"
    staff = "staff"
    leadership = "leadership"
    partners = "partners"
    feedback = "feedback"


@send.command("forms")
def send_forms(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the plan.")],
               out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder that the forms go into.")],
               form: Annotated[list[Form] | None, typer.Option("--form", help="Write this form only; may be given more than once.")] = None,
               over: Annotated[bool, typer.Option("--force", help="Write over forms that are there.")] = False) -> None:
    """Survey and feedback forms for a screen and for paper, with a sheet to type paper forms into; the answers import straight back."""
    from planning.model.plan import open_plan
    from planning.reports import forms

    chosen = [one.value for one in form or Form]
    for path in forms.write(open_plan(folder), out, groups=chosen, over=over):
        print(path)
    print(say("When answers are there: planning import survey FILE --into {folder}", folder=folder))


@send.command("agreement")
def send_agreement(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the plan.")],
                   words: Annotated[list[str], typer.Argument(metavar="[AGREEMENT] FILE.html", help="Id of the agreement, such as AG01, and the page to write; without an id the form is empty.")],
                   blank: Annotated[bool, typer.Option("--blank", help="An empty form, to be filled in by hand.")] = False,
                   over: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False) -> None:
    """An agreement with a partner on one printed page, both sides beside each other, with lines for what is still to be agreed."""
    from planning.model.plan import open_plan
    from planning.reports import agreement_form

    *ids, file = words
    if len(ids) > 1:
        raise UsageError("planning export agreement takes one agreement and one file, and found {found}. Write the file last, such as {example}.", found=" ".join(words), example="AG01 agreement.html")
    if blank and ids:
        raise UsageError("--blank writes an empty form: leave out {found}, or leave out --blank.", found=ids[0])
    print(say("The page is {file}. It prints on one sheet.", file=agreement_form.write(open_plan(folder), Path(file), agreement="".join(ids), over=over)))
