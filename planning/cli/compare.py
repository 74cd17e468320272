"""The command `planning compare`: two states of a plan, or two plans, step by step."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Annotated

import typer

from planning.cli.app import app
from planning.model.errors import UsageError
from planning.show.language import say

WIDEST = 110


@app.command()
def compare(folders: Annotated[list[Path], typer.Argument(metavar="DIR [DIR_B]", help="Folder of the plan; a second one compares two plans.")],
            setting: Annotated[list[str] | None, typer.Option("--set", metavar="TABLE.ROW.COLUMN=VALUE", help="A number to change, such as goals.G2.weight=0.4, usage.S03.uses=*0.8, "
                                                              "budget.*.planned=*0.9 or plan.money_ceiling=+5000; may be given more than once.")] = None,
            days: Annotated[list[str] | None, typer.Option("--as-of", metavar="DATE", help="Day to look from; given twice, it compares the plan on two days.")] = None,
            out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write the page, the table and the JSON there.")] = None,
            as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False) -> None:
    """Change weights, money, demand or goals, or give two plans or two dates, and see what moves in every step, and why."""
    from planning.reports import comparison

    folder = comparison.place(out) if out else None
    found = _compared(folders, setting or [], days or [])
    written = comparison.write(found, folder) if folder else []
    if as_json:
        print(json.dumps(comparison.record(found), indent=1, ensure_ascii=False))
        return
    print(comparison.text(found, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)))
    for path in written:
        print(say("Written: {path}", path=path))


def _compared(folders: list[Path], settings: list[str], days: list[str]) -> object:
    """The comparison that the words of the command ask for; raises UsageError where they ask for none, or for two."""
    from planning.model.plan import open_plan
    from planning.model.settings import applied, opened_on
    from planning.reports import comparison
    from planning.show import language
    from planning.show.whys import Sides

    _asked(folders, settings, days)
    if len(folders) == 2:
        first, second = (opened_on(open_plan(folder, days[0] if days else None)) for folder in folders)
        return comparison.of(first, second, sides=Sides("plans", say("the first plan"), say("the second plan")))
    first = opened_on(open_plan(folders[0], days[0] if days else None))
    if settings:
        second, made = applied(first, settings)
        named = {goal for one in made if (one.table, one.column.name) == ("goals", "weight") for goal in first.goals_in_force["goal"] if one.row in ("*", goal)}
        return comparison.of(first, second, sides=Sides("set", say("the plan"), say("the plan as changed"), tuple(sorted(named))), settings=tuple(settings))
    second = opened_on(open_plan(folders[0], days[1]))
    return comparison.of(first, second, sides=Sides("dates", language.day(first.as_of), language.day(second.as_of)))


def _asked(folders: list[Path], settings: list[str], days: list[str]) -> None:
    example = "planning compare DIR --set goals.G2.weight=0.4"
    if len(folders) > 2:
        raise UsageError("planning compare takes one plan or two, and found {n}.", n=len(folders))
    if len(folders) == 2 and settings:
        raise UsageError("Give a second plan or --set, not both: --set changes numbers of one plan.")
    if len(days) > 2 or (len(days) == 2 and (settings or len(folders) == 2)):
        raise UsageError("--as-of is given once, or twice with one plan and without --set: then the plan is compared on two days.")
    if len(folders) == 1 and not settings and len(days) < 2:
        raise UsageError("Nothing is asked: name a second plan, give --set, or --as-of twice, such as {example}.", example=example)
