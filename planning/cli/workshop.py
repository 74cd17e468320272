"""The command `planning workshop`: the seven steps as an app for a room, with a page for phones."""

from __future__ import annotations

import datetime as dt
import signal
import threading
import webbrowser
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planning.cli.app import app
from planning.model.errors import PlanningError
from planning.show.language import say

if TYPE_CHECKING:
    from planning.model.plan import Plan
    from planning.workshop.app.launch import Asked, Pages, Workshop


class Way(StrEnum):
    """Ready-made ways through the steps."""

    half_day = "half-day"
    full_day = "full-day"
    four_meetings = "four-meetings"


class Ended(PlanningError):
    """The workshop was ended with Ctrl+C or by the system, as every workshop is."""

    exit_code = 130


@app.command()
def workshop(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the plan.")],
             network: Annotated[bool, typer.Option("--network", help="Let phones on the same network join; otherwise only this computer can.")] = False,
             address: Annotated[str, typer.Option("--address", metavar="HOST", help="With --network: the name or address under which phones find this computer.")] = "",
             port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port that phones join at; 0 takes the usual one, or a free one where that is taken.")] = 0,
             hours: Annotated[float, typer.Option("--hours", min=0.1, max=72, help="How long the join code holds.")] = 12.0,
             path: Annotated[Way, typer.Option("--path", help="The agenda.")] = Way.half_day,
             start: Annotated[str, typer.Option("--start", metavar="HH:MM", help="When the meeting begins; otherwise now, at the next full 5 minutes.")] = "",
             no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address and open no browser.")] = False) -> None:
    """Lead a room through the seven steps: pages with controls for the facilitator, a ballot for phones, a page for the projector."""
    from planning.model.plan import open_plan
    from planning.workshop.app import launch

    plan = open_plan(folder)
    asked = launch.Asked(network, address, port, hours, path.value, start or begins(plan, path.value))
    room = launch.Workshop(plan, pages(plan), asked)
    try:
        print(say("The workshop is being started."), flush=True)
        with room:
            tell(room, asked)
            if not no_browser:
                threading.Thread(target=webbrowser.open, args=(room.home,), daemon=True).start()
            held(room)
    except KeyboardInterrupt:
        raise Ended("The workshop has ended. Votes and kept decisions are in {folder}. Within {hours} hours of its start the same command takes it up again, with the same code.",
                    folder=folder, hours=f"{hours:g}") from None


def held(room: Workshop) -> None:
    """Wait until the workshop is to end; from then on a second Ctrl+C does not disturb the clearing up."""
    try:
        room.wait()
    finally:
        for end in (signal.SIGINT, signal.SIGTERM):
            signal.signal(end, signal.SIG_IGN)


def begins(plan: Plan, path: str) -> str:
    """The next full 5 minutes; the morning where a meeting that begins now would go past midnight.

    The time of day is the room's own and never stands in a result.
    """
    from planning.model.errors import UsageError
    from planning.workshop import agenda

    now = dt.datetime.now() + dt.timedelta(minutes=4)
    soon = f"{now:%H}:{now.minute // 5 * 5:02}"
    try:
        agenda.timed(plan, path, soon)
    except UsageError:
        return agenda.START
    return soon


def pages(plan: Plan) -> Pages:
    """What the step pages are made of: the same notebooks and the same style as a report's."""
    from planning.reports import pages as drawn
    from planning.reports import report
    from planning.workshop.app import launch

    notebooks = report.notebooks()
    return launch.Pages(notebooks, report.steps_of(notebooks), drawn.style(), report.footer_of(plan))


def tell(room: Workshop, asked: Asked) -> None:
    """Say where everything is and how to end."""
    join = room.serving.participants_url
    print(say("The facilitator's page, for this computer only: {address}", address=room.home))
    print(say("To join: {address} with the code {code}", address=join, code=room.serving.code))
    if room.moved:
        print(say("The usual port {port} was taken by another program, so this address differs from the last one.", port=room.usual))
    if not asked.network:
        print(say("Only this computer can join. For phones on the same network, add --network."))
    print(say("To end the workshop: Ctrl+C. Votes and kept decisions stay in the plan."), flush=True)
