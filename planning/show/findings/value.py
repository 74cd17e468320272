"""Sentences of step 7 on worth: what is given back for each unit of money, how far it may be off, and what was left out."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, for_each, listed, money, number, quoted, say, share, unit_of_money
from planning.show.records import Finding

RESTS = ("proxies", "usage", "budget")
OFF = {"deadweight": "deadweight", "attribution": "attribution", "displacement": "displacement", "drop_off": "drop-off"}
WIDE = 3.0


def rough(value: float) -> str:
    """An estimated amount without more figures than it can carry: three.

    >>> rough(1342284.4), rough(30476.25), rough(4.5)
    ('$1,340,000', '$30,500', '$4.50')
    """
    return money(value) if absent(value) else money(float(f"{value:.3g}"))


def left(row: object) -> str:
    """What is left of a proxy once all is taken off: a range, or one amount that has none."""
    low, high = rough(row.adjusted_low), rough(row.adjusted_high)
    return say("{low}, no range", low=low) if low == high else say("{low} to {high}", low=low, high=high)


def returned(total: pd.DataFrame, *, year: int) -> Finding | None:
    """What the valued services may give back for each unit of all spending, beside the plain figure that takes nothing off."""
    if total.empty:
        return None
    row = total.iloc[0]
    if absent(row["returned"]):
        text = say("What was valued may be worth {low} to {high} (middle {middle}) a year to those who use it; this is worth to people, not income. With nothing taken off the figure would be {classic}. The plan holds no spending of fiscal {year}, so nothing can be said for each unit of money.",
                   low=rough(row["low"]), high=rough(row["high"]), middle=rough(row["middle"]), classic=rough(row["classic"]), year=year)
        return Finding(text, "unknown", "estimated", RESTS)
    one = unit_of_money()
    ends = say("{low} to {high} (middle {middle})", low=money(one * row["returned_low"], 2), high=money(one * row["returned_high"], 2), middle=money(one * row["returned"], 2))
    text = say("What was valued is estimated to be worth {ends} to those who use it, for each {one} of all spending in fiscal {year}. This is worth to people, not income. "
               "With nothing taken off, as calculators do, the figure would be {classic}.",
               one=money(one, 2), year=year, ends=ends, classic=money(one * row["classic_returned"], 2))
    return Finding(text, "plain", "estimated", RESTS)


def valued_alone(total: pd.DataFrame) -> Finding | None:
    """The same against the own spending of the valued services, and why that looks better than it is."""
    rows = total[total["basis"] == "valued services"]
    if rows.empty or absent(rows["returned"].iloc[0]):
        return None
    row, everything = rows.iloc[0], total.iloc[0]
    text = count("Against the own spending of the {n} valued service alone ({money}) the worth to people would be {ends}; that leaves out the roof, the staff and the services that were not valued.",
                 "Against the own spending of the {n} valued services alone ({money}) the worth to people would be {ends}; that leaves out the roof, the staff and the services that were not valued.",
                 int(row["services"]), money=money(row["money"], 0), ends=each(row["returned_low"], row["returned_high"]))
    covered = say("The valued services take {share} of all spending.", share=share(everything["covered"]))
    return Finding(f"{text} {covered}", "plain", "estimated", RESTS)


def not_considered(worth: pd.DataFrame) -> Finding | None:
    """For which counted proxies nobody considered what must be taken off, and what that does."""
    own = worth[worth["counted"].astype(bool)]
    if own.empty:
        return None
    open_ones = own[own["not_considered"] != ""]
    if open_ones.empty:
        return Finding(count("For the {n} counted proxy, all that must be taken off was considered.", "For all {n} counted proxies, all that must be taken off was considered.", len(own)), "good", "counted", RESTS[:1])
    names = [say("“{name}” ({parts})", name=row.name, parts=listed(say(OFF[part]) for part in row.not_considered.split("; "))) for row in open_ones.itertuples()]
    text = count("For {n} of {all} counted proxies nobody considered what must be taken off: {names}. Each such share may be anything from 0% to 100%, and the range above holds that.",
                 "For {n} of {all} counted proxies nobody considered what must be taken off: {names}. Each such share may be anything from 0% to 100%, and the range above holds that.",
                 len(open_ones), all=number(len(own)), names=listed(names, most=3))
    return Finding(text, "bad", "counted", RESTS[:1])


def without_range(worth: pd.DataFrame) -> Finding | None:
    """Which counted proxies give no lowest and highest value, so that their range is too narrow."""
    own = worth[worth["counted"].astype(bool) & ~worth["ranged"].astype(bool)]
    if own.empty:
        return None
    text = count("{names} has no lowest and highest value; the value of one is taken as exact there, so the range is too narrow.",
                 "{names} have no lowest and highest value; the value of one is taken as exact there, so the range is too narrow.", len(own), names=quoted(own["name"], most=3))
    return Finding(text, "bad", "counted", RESTS[:1])


def left_out(worth: pd.DataFrame) -> Finding | None:
    """Which proxies are not in the total, and why: valued twice, or without a number."""
    double, without = worth[worth["double"].notna()], worth[(worth["state"] != "") & worth["state"].notna()]
    parts = [say("“{name}” values the same uses as “{other}” and would count them twice", name=row.name, other=row.double) for row in double.itertuples()]
    parts += [say("“{name}” has no number ({why})", name=row.name, why=say(row.state)) for row in without.itertuples()]
    if not parts:
        return None
    rest = [say("{n} more", n=len(parts) - 3)] if len(parts) > 4 else []
    return Finding(say("Not in the total: {parts}.", parts="; ".join([*parts[:3 if rest else 4], *rest])), "bad", "counted", RESTS[:2])


def overlaps(worth: pd.DataFrame) -> Finding | None:
    """Counted proxies of one service that may value in part the same."""
    own = worth[worth["counted"].astype(bool) & (worth["beside"] != "")]
    groups = [quoted(part["name"]) for _, part in own.groupby("service_name", sort=True)]
    if not groups:
        return None
    text = count("In {n} service more than one thing was valued ({groups}); check that no person is counted for both.",
                 "In {n} services more than one thing was valued ({groups}); check that no person is counted for both.", len(groups), groups="; ".join(groups))
    return Finding(text, "plain", "counted", RESTS[:1])


def incomplete(worth: pd.DataFrame) -> Finding | None:
    """Counted proxies whose uses were not counted all year, so that the worth is too small."""
    own = worth[worth["counted"].astype(bool) & (worth["months"] < 12)]
    if own.empty:
        return None
    return Finding(count("The uses behind {names} were not counted in every month of the year; the worth is too small there.",
                         "The uses behind {names} were not counted in every month of the year; the worth is too small there.", len(own), names=quoted(own["name"], most=3)), "plain", "counted", RESTS[:2])


def largest(worth: pd.DataFrame) -> Finding | None:
    """Which proxies carry most of the total."""
    own = worth[worth["share"].notna()]
    if own.empty:
        return None
    top = own.iloc[0]
    text = say("“{name}” carries {share} of the estimated worth: {number} times {worth}, of which {left} remains once deadweight and the rest are taken off.", name=top["name"], share=share(top["share"]),
               number=number(top["number"], 0), worth=money(top["unit_value"]), left=left(top))
    return Finding(text, "plain", "estimated", RESTS)


def most_moving(sensitivity: pd.DataFrame, total: pd.DataFrame) -> Finding | None:
    """Which assumption moves the result most."""
    if sensitivity.empty or total.empty:
        return None
    row, spent = sensitivity.iloc[0], total.iloc[0]["money"]
    ends = sorted((row["at_from"], row["at_to"]))
    reach = say("{low} to {high}", low=rough(ends[0]), high=rough(ends[1])) if absent(spent) else each(ends[0] / spent, ends[1] / spent)
    text = say("Nothing moves the result as much as {what}: between {start} and {stop} the estimated worth is {reach}, all else as it stands.", what=assumption(row),
               start=in_words(row["assumption"], row["from_value"]), stop=in_words(row["assumption"], row["to_value"]), reach=reach)
    return Finding(text, "plain", "estimated", RESTS)


def each(low: float, high: float) -> str:
    """Two ends of what is given back for each unit of money.

    >>> each(0.76, 1.324)
    '$0.76 to $1.32 for each $1.00'
    """
    return say("{low} to {high}", low=money(unit_of_money() * low, 2), high=for_each(high))


def assumption(row: pd.Series) -> str:
    """An assumption in words."""
    texts = {"unit_value": "the value of one in “{name}”", "number": "the number in “{name}”", "deadweight": "the deadweight of “{name}”", "attribution": "the attribution of “{name}”",
             "displacement": "the displacement of “{name}”", "drop_off": "the drop-off of “{name}”", "discount rate": "the discount rate"}
    return say(texts[row["assumption"]], name=row["name"])


def in_words(kind: str, value: float) -> str:
    """The value of an assumption: money, a number, or a share.

    >>> in_words("unit_value", 4.5), in_words("deadweight", 0.55), in_words("number", 1200.0)
    ('$4.50', '55%', '1,200')
    """
    return money(value) if kind == "unit_value" else number(value, 0) if kind == "number" else share(value, 1 if kind == "discount rate" else 0)


def per_proxy(worth: pd.DataFrame) -> Finding | None:
    """How much of the plain figure is left once the rest is taken off."""
    own = worth[worth["counted"].astype(bool) & worth["adjusted"].notna()]
    if own.empty or not own["classic"].sum():
        return None
    wide = own[own["adjusted_high"] > WIDE * own["adjusted_low"].clip(lower=1e-9)]
    text = count("Of an estimated worth of {classic} ({n} value proxy, nothing taken off), about {share} is left once deadweight and the rest are taken off.",
                 "Of an estimated worth of {classic} ({n} value proxies, nothing taken off), about {share} is left once deadweight and the rest are taken off.", len(own),
                 classic=rough(own["classic"].sum()), share=share(own["adjusted"].sum() / own["classic"].sum()))
    more = count(" For {n} the highest is more than three times the lowest.", " For {n} the highest is more than three times the lowest.", len(wide)) if len(wide) else ""
    return Finding(text + more, "plain", "estimated", RESTS)
