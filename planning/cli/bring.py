"""The commands `planning import …`: files that others wrote, brought into a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planning.cli.app import bring
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
