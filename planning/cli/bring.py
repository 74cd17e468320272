"""The commands `planning import …`: files that others wrote, brought into a plan."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path
from typing import Annotated

import typer

from planning.cli.app import bring
from planning.model.errors import UsageError
from planning.show.language import say

SHOWN = 5  # rows that are named of each kind of change
Files = Annotated[list[Path], typer.Argument(metavar="FILE …", help="The file, or several of the same kind.")]
Into = Annotated[Path, typer.Option("--into", metavar="DIR", help="Folder of the plan.")]


@bring.command("pls")
def bring_pls(files: Files, into: Into, library: Annotated[str, typer.Option("--library", metavar="FSCSKEY", help="The library's key in the survey, such as WA0059.")]) -> None:
    """The library's yearly figures and its peers out of the Public Libraries Survey: CSV or zip, one file a year."""
    from planning import begin

    taken(into, begin.arrival(files, library))


@bring.command("series")
def bring_series(files: Files, into: Into,
                 to: Annotated[str, typer.Option("--to", metavar="TABLE:ID", help="Where the figures go: usage:S01, kpi:K07, statistics:visits, or branches:Loans to keep every branch.")],
                 only: Annotated[list[str] | None, typer.Option("--only", metavar="NAME", help="Take this row only, such as one branch; may be given more than once.")] = None,
                 year: Annotated[int | None, typer.Option("--year", min=1900, max=2100, help="The year of months that name none.")] = None,
                 value: Annotated[str, typer.Option("--value", metavar="COLUMN", help="The column of figures, where there are several.")] = "",
                 label: Annotated[str, typer.Option("--label", metavar="COLUMN", help="The column that says whose figures they are, such as the branch.")] = "",
               names: Annotated[Path | None, typer.Option("--names", metavar="CSV", help="A sheet that names the branches, where the figures hold codes only.")] = None,
               branch: Annotated[list[str] | None, typer.Option("--branch", metavar="LABEL=B02", help="Which branch a row is, or LABEL=new; may be given more than once.")] = None) -> None:
    """Figures over time out of CSV or Excel sheets: months across or down, one row a branch, one file a year."""
    from planning.model.plan import open_plan
    from planning.sources import series

    taken(into, series.arrival(open_plan(into), files, to=to, only=only or (), year=year, value=value, label=label, names=names, same=branch or ()))


@bring.command("counter")
def bring_counter(files: Files, into: Into,
                  service: Annotated[str, typer.Option("--service", metavar="ID", help="The service to which all platforms belong, such as S02.")] = "",
                  mapping: Annotated[Path | None, typer.Option("--map", metavar="CSV", help="A file with the columns platform and service; kept, so that it is given once.")] = None,
                  to: Annotated[str, typer.Option("--to", metavar="TABLE", help="usage: the services, month by month. subscriptions: each subscription, year by year, by its own metric and report.")] = "usage",
                  subscription: Annotated[str, typer.Option("--subscription", metavar="ID", help="With --to subscriptions: the one to which all platforms belong, such as SU3.")] = "",
                  metric: Annotated[str, typer.Option("--metric", metavar="NAME", help="Another metric, such as Searches_Regular for databases.")] = "",
                  sheet: Annotated[str, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook; otherwise every one that holds a report.")] = "") -> None:
    """The use of electronic resources out of COUNTER 5 and 5.1 reports: TSV, CSV, Excel or SUSHI JSON, never counted twice."""
    from planning.model.plan import open_plan
    from planning.sources import counter, counter_subscriptions

    if to not in ("usage", "subscriptions"):
        raise UsageError("--to {to}: allowed are usage and subscriptions.", to=to)
    odd = {"--subscription": subscription} if to == "usage" else {"--service": service, "--metric": metric}
    for name in (name for name, value in odd.items() if value):
        raise UsageError("{name} does not go with --to {to}.", name=name, to=to)
    if to == "subscriptions":
        return taken(into, counter_subscriptions.arrival(open_plan(into), files, subscription=subscription, mapping=mapping, sheet=sheet))
    taken(into, counter.arrival(open_plan(into), files, service=service, mapping=mapping, metric=metric, sheet=sheet))


@bring.command("survey")
def bring_survey(files: Files, into: Into,
                 mapping: Annotated[Path | None, typer.Option("--mapping", metavar="TOML", help="The mapping to use; or, where there is no such file yet, where to put the proposal.")] = None,
                 accept: Annotated[bool, typer.Option("--accept", help="Take the proposed mapping as it is.")] = False,
                 group: Annotated[str, typer.Option("--group", metavar="WHO", help="Who was asked: patrons, staff, leadership or partners.")] = "",
                 survey: Annotated[list[str] | None, typer.Option("--survey", metavar="ID|NAME", help="The survey; once for all files, or once for each. Otherwise one for each file.")] = None,
                 date: Annotated[str, typer.Option("--date", metavar="DAY", help="The day of answers that name none, such as 2026-05-17.")] = "",
                 people: Annotated[int | None, typer.Option("--people", min=1, help="How many people the survey speaks for.")] = None,
                 invited: Annotated[int | None, typer.Option("--invited", min=1, help="How many were asked.")] = None,
                 chosen: Annotated[str, typer.Option("--chosen", metavar="HOW", help="How they were chosen: everyone, chance or open.")] = "",
                 over: Annotated[bool, typer.Option("--replace", help="Let answers leave the plan whose rows are no longer in the file.")] = False,
                 keep: Annotated[bool | None, typer.Option("--keep-file/--leave-file", help="Keep the file in evidence/, or only its fingerprint; otherwise only when it points to nobody.")] = None) -> None:
    """Answers out of any survey tool's export, CSV or Excel, through a mapping that is proposed, shown and kept."""
    from planning.model import arrival as door
    from planning.model.plan import open_plan
    from planning.sources import survey as surveys
    from planning.sources.survey_surveys import About

    plan = open_plan(into)
    found = surveys.reading(plan, files, mapping=mapping if mapping and mapping.exists() else None, group=group)
    if mapping and not mapping.exists() and (accept or not found.proposed):
        raise UsageError("There is no file {file}. Check the spelling; without --mapping the mapping is taken that was kept, or proposed with --accept.", file=mapping)
    if found.proposed and (not accept or found.asks):
        options = [("--survey", name) for name in survey or ()] + [(name, value) for name, value in (("--date", date), ("--people", people), ("--invited", invited), ("--chosen", chosen)) if value]
        command = ["planning", "import", "survey", *files, "--into", into, *(part for pair in options for part in pair)]
        raise proposed(found, mapping or files[0].with_name(f"{files[0].stem}.mapping.toml"), shlex.join(map(str, command)))
    made = surveys.arrival(plan, found, About(survey or (), people, invited, chosen), date=day(date), over=over, keep=keep)
    if made.files:
        return taken(into, made)
    rows = door.take(plan.folder, made).rows.itertuples()
    for line in (*made.told, *(say("{table}: {new} rows new, {changed} changed, {same} as they were.", table=f"{row.table}.csv", new=row.new, changed=row.changed, same=row.same) for row in rows)):
        print(line)


def proposed(found: object, place: Path, command: str) -> UsageError:
    """What is told when a mapping is proposed, once it has been written beside the export."""
    from planning.model.files import write_together
    from planning.sources import survey_map, survey_shown

    text = survey_map.text(found.proposed)
    if place.exists() and place.read_text(encoding="utf-8", errors="replace") != text:
        raise UsageError("{place} is there already, and was left as it is. To use it, add --mapping {place}; for a new proposal, remove it or name another place with --mapping.", place=place)
    write_together({place: text.encode("utf-8")})
    return UsageError("{text}", text=survey_shown.whole(found, place, command))


def day(text: str) -> dt.date | None:
    """The day that an option names; None for nothing."""
    from planning.model.cells import day_of

    found = day_of(text) if text else None
    if text and not found:
        raise UsageError("--date {found}: write year, month and day, such as 2026-05-17.", found=text)
    return found


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
