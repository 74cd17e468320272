"""The table of step 2's control on an order of wishes, and the words beside each initiative and each ceiling."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, money, number, say
from planning.show.meters import meter
from planning.show.records import Column, Table

FIXED = {"running": "runs already", "must do": "must be done", "cost or hours not known": "cost or hours not known"}


def order(rows: pd.DataFrame) -> Table:
    """The order of wishes, what of it fits, and each one's value for money."""
    shown = rows.assign(first=[say(FIXED[part]) if absent(place) else number(place) for place, part in zip(rows["place"], rows["part"])])
    columns = (Column("first", "Place"), Column("initiative_name", "Initiative"), Column("chosen", "Fits"), Column("cost", "Cost", "money"), Column("hours", "Hours", "whole"),
               Column("rate", "Value for each 1,000 of money", "number", 3), Column("rate_place", "Place by value for money", "whole"))
    return Table("try_order", shown, columns, say("The order, and how far money and hours reach"),
                 "What must be done or runs already comes first. One that does not fit is passed over, and the next is tried.", most=60)


def label(row: dict[str, object]) -> str:
    """An initiative with its cost, its hours and what is fixed about it.

    >>> label({"initiative_name": "Tutors", "cost": 1200.0, "hours": 80.0, "part": "must do"})
    'Tutors: $1,200, 80 h (must be done)'
    """
    cost, hours = (say("not known") if absent(row[name]) else form(row[name]) for name, form in (("cost", money), ("hours", number)))
    text = say("{name}: {cost}, {hours} h", name=row["initiative_name"], cost=cost, hours=hours)
    return say("{text} ({fixed})", text=text, fixed=say(FIXED[str(row["part"])])) if row["part"] in FIXED else text


def meters(used: pd.DataFrame) -> str:
    """A meter for money, one for staff hours, and one for each role that is asked for, as HTML; those of the roles are folded away."""
    whole = "".join(_meter(row) for row in used.to_dict("records") if row["ceiling"] in ("money", "hours"))
    roles = used[~used["ceiling"].isin(["money", "hours"]) & used["asked"]].sort_values("left", kind="stable")
    if roles.empty:
        return whole
    over = int(roles["over"].sum())
    head = say("Hours of each role: {over} of {n} asked for too much", over=number(over), n=number(len(roles))) if over else say(
        "Hours of each role: none of {n} asked for too much", n=number(len(roles)))
    return f'{whole}<details{" open" if over else ""}><summary>{head}</summary>{"".join(_meter(row) for row in roles.to_dict("records"))}</details>'


def _meter(row: dict[str, object]) -> str:
    label, form = {"money": (say("Money"), money), "hours": (say("Staff hours"), _hours)}.get(row["ceiling"], (row["ceiling_name"], _hours))
    if absent(row["limit"]):
        return meter(label, row["used"], row["limit"], say("{used}; the plan names no ceiling", used=form(row["used"])))
    rest = say("{over} too much", over=form(-row["left"])) if row["over"] else say("{left} left", left=form(row["left"]))
    return meter(label, row["used"], row["limit"], say("{used} of {limit}, {rest}", used=form(row["used"]), limit=form(row["limit"]), rest=rest))


def _hours(value: float) -> str:
    return say("{n} h", n=number(round(value)))
