"""The command `planning trace`: the chain up and down from one thing of a plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planning.cli.app import app
from planning.model.errors import UsageError
from planning.show.language import say

if TYPE_CHECKING:
    import pandas as pd

    from planning.model.plan import Plan

MOST = 18  # lines of each side
LONGEST = 76  # letters of a name


@app.command()
def trace(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the plan.")],
          item: Annotated[str, typer.Argument(metavar="ID", help="An id such as S03, kind:ID such as service:S03 where two tables use one id, or a name.")],
          as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
          whole: Annotated[bool, typer.Option("--all", help="Every line, however many.")] = False) -> None:
    """What stands above and below one thing, from leadership's goals to public sentences, with the share of weight that flows."""
    from planning.analysis import chain
    from planning.model.plan import open_plan
    from planning.show import findings

    if not item.strip():
        raise UsageError("Name what to follow: an id such as S03, kind:ID or a name.")
    tables = shown(plan := open_plan(folder))
    items = chain.items(tables, as_of=plan.as_of)
    links = chain.links(tables, items)
    flows = chain.flows(tables, items, links)
    key = chain.chosen(standing := chain.standing(items, flows), item=item)
    ways = chain.ways(items, links, flows, item=key)
    rows, ends = chain.trace(items, ways, item=key), chain.dead_ends(tables, items, links, flows)
    own = standing.set_index("key", drop=False).loc[key]
    told = findings.chain.traced(rows, standing, item=key)
    if as_json:
        print(json.dumps(record(own, flows[flows["key"] == key], rows, ways, ends, told.text), ensure_ascii=False, indent=1))
        return
    print(f"{own['name']} ({findings.chain.kind(own['kind'])} {own['id']})")
    print(told.text)
    if flows.empty:
        print(say("No goal is in force in this plan, so there is no weight that could flow."))
    for side, head in (("up", say("Above it, towards the goals:")), ("down", say("Below it, towards public sentences:"))):
        for line in outline(rows[rows["side"] == side], ends, head, whole=whole):
            print(line)


def shown(plan: Plan) -> dict[str, pd.DataFrame]:
    """The plan's tables without figures from too few answers, as on the pages."""
    from planning.analysis import backing, surveys

    small = plan.facts["small_group"]
    counted = surveys.counted(plan.answers, plan.questions, plan.question_options, small_group=small)
    return plan.tables | backing.shown_tables(plan.tables, backing.surveyed(plan.kpis, plan.kpi_values, counted, small_group=small))


def outline(rows: pd.DataFrame, ends: pd.DataFrame, head: str, *, whole: bool) -> list[str]:
    """One side as indented lines; of many the heaviest, with those above them, and the rest counted."""
    from planning.show import findings

    if rows.empty:
        return []
    kept = set(rows["key"]) if whole else heaviest(rows)
    stops = {one.key: say(findings.chain.LACKS[one.kind, one.lacks]) for one in ends.itertuples()}
    lines = ["", head]
    for row in rows[rows["key"].isin(kept)].to_dict("records"):
        name = row["name"] if len(row["name"]) <= LONGEST else f"{row['name'][:LONGEST - 1].rstrip()}…"
        share = findings.chain.part(row["part"]) if row["part"] > 0 else ""
        stop = say("stops here: {why}", why=stops[row["key"]]) if row["key"] in stops and row["kind"] != "goal" else ""
        planned = "" if row["in_place"] else say("planned")
        parts = [f"{findings.chain.kind(row['kind'])} {row['id']}", name, share, planned, stop]
        lines.append("  " * row["depth"] + "  ".join(part for part in parts if part))
    if len(rows) > len(kept):
        lines.append("  " + say("and {n} more; --all shows them.", n=len(rows) - len(kept)))
    return lines


def heaviest(rows: pd.DataFrame) -> set[str]:
    """The keys of the heaviest rows, each with those that it stands under, as many as there is room for; services, initiatives, KPIs and messages first."""
    from planning.analysis import chain

    weighed = rows.assign(order=rows["part"] * rows["kind"].isin(chain.SPINE).map({True: 3.0, False: 1.0}))
    under, kept = dict(zip(rows["key"], rows["under"])), set()
    for key in weighed.sort_values("order", ascending=False, kind="stable")["key"]:
        line = [key]
        while line[-1] in under and under[line[-1]] in under:
            line.append(under[line[-1]])
        if len(kept | set(line)) <= MOST:
            kept |= set(line)
    return kept


def record(own: pd.Series, flows: pd.DataFrame, rows: pd.DataFrame, ways: pd.DataFrame, ends: pd.DataFrame, told: str) -> dict[str, object]:
    """The trace as plain values, for JSON; a figure that is not known is null."""
    def plain(frame: pd.DataFrame, columns: list[str]) -> list[dict[str, object]]:
        return frame[columns].astype(object).where(frame[columns].notna(), None).to_dict("records")

    about = {name: own[name] for name in ("key", "kind", "id", "name", "state")}
    lines = ["depth", "key", "kind", "id", "name", "in_place", "under", "share", "part"]
    return {"item": about | {"in_place": bool(own["in_place"]), "part": float(own["part"])}, "told": told,
            "goals": plain(flows, ["goal", "goal_name", "weight", "support", "firm", "part"]),
            "up": plain(rows[rows["side"] == "up"], lines), "down": plain(rows[rows["side"] == "down"], lines),
            "links": plain(ways, ["side", "above", "below", "share", "part"]),
            "dead_ends": plain(ends[ends["key"].isin([own["key"], *rows["key"]])], ["key", "name", "lacks", "part"])}
