"""Tables of how the goals were weighed."""

from __future__ import annotations

import pandas as pd

from planning.show.findings import weighing as said
from planning.show.language import number, say, share
from planning.show.records import Column, Table

GROUPS = {"leadership": "Leadership", "staff": "Staff", "patrons": "Patrons", "partners": "Partners"}


def by_method(rows: pd.DataFrame) -> Table:
    """Goals against each group's way of weighing, beside the plan."""
    wide = rows.drop_duplicates("goal")[["goal", "goal_name", "plan"]].reset_index(drop=True)
    columns = [Column("goal_name", "Goal"), Column("plan", "Plan", "share")]
    for (group, method), own in rows.groupby(["group", "method"], sort=False):
        if own["hidden"].any():
            continue
        wide[f"{group}_{method}"] = wide["goal"].map(own.set_index("goal")["share"])
        title = say("{group}, {method} ({n})", group=say(GROUPS[group]), method=said.method_words(method), n=number(own["voters"].iloc[0]))
        columns.append(Column(f"{group}_{method}", title, "share"))
    return Table("weights_by_method", wide, tuple(columns), say("Each goal's weight by who weighed it and how; in brackets how many people"), _note(rows))


def _note(rows: pd.DataFrame) -> str:
    hidden = rows[rows["hidden"].astype(bool)].drop_duplicates(["group", "method"])
    note = say("Ranks alone give the first goals much weight; points keep goals closer together.") if (rows["method"] == "ranks").any() else ""
    if len(hidden):
        names = ", ".join(say("{group} ({method})", group=say(GROUPS[row.group]), method=said.method_words(row.method)) for row in hidden.itertuples())
        note = f"{note} {say('Too few people to show: {names}.', names=names)}".strip()
    return note


def rules(rows: pd.DataFrame) -> Table:
    """The goals' places by five voting rules, beside the plan's order."""
    forms = {"share": share, "borda": _halves, "copeland": _halves, "first": _halves, "approval": _halves}
    shown = rows.assign(plan_shown=[_placed(row.plan_place, (rows["plan_place"] == row.plan_place).sum(), share(row.plan)) for row in rows.itertuples()], **{
        f"{rule}_shown": [_placed(place, (rows[f"{rule}_place"] == place).sum(), form(value)) for place, value in zip(rows[f"{rule}_place"], rows[rule])]
        for rule, form in forms.items()})
    columns = (Column("goal_name", "Goal"), Column("plan_shown", "Plan", "points"), Column("share_shown", "Mean share", "points"),
               Column("borda_shown", "Borda count", "points"),
               Column("copeland_shown", "Duels won", "points"), Column("first_shown", "First places", "points"), Column("approval_shown", "Approval", "points"))
    note = ("A place and, in brackets, what it rests on; = marks a shared place. Borda count: goals put below, summed over voters. Duels won: "
            "goals that more voters put below it "
            "than above, half for a draw. Approval: voters who give it at least an equal share. A shared first place is split.")
    caption = say("Places of the goals by voting rule, as {who} weighed them", who=said.voters(rows["group"].iloc[0], int(rows["voters"].iloc[0])))
    return Table("voting_rules", shown, columns, caption, note)


def _placed(place: float, sharing: int, value: str) -> str:
    return say("{place}{tie} ({value})", place=number(place), tie="=" if sharing > 1 else "", value=value)


def _halves(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 1)
