"""The command `planning export agenda`: the timed agenda of a workshop, to be printed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planning.cli.app import send
from planning.show.language import say


@send.command("agenda")
def send_agenda(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the plan.")],
                file: Annotated[Path, typer.Argument(metavar="FILE.html", help="The page to write.")],
                path: Annotated[str, typer.Option("--path", metavar="PATH", help="half-day, full-day, four-meetings, or step-1 to step-7 for one step alone.")] = "half-day",
                start: Annotated[str, typer.Option("--start", metavar="HH:MM", help="When each meeting begins.")] = "09:00",
                room: Annotated[bool, typer.Option("--room", help="One sheet for the wall and the tables, without the facilitator's notes.")] = False,
                over: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False) -> None:
    """The timed agenda of a planning workshop: what the facilitator does and says, what to prepare and decide, with a break in time."""
    from planning.model.plan import open_plan
    from planning.reports import agenda_page

    made = agenda_page.write(open_plan(folder), file, path=path, start=start, room=room, over=over)
    print(say("The agenda is {file}. It prints on one sheet.", file=made) if room else say("The agenda is {file}. For one sheet for the room, add --room.", file=made))
