"""Sentences about branches: the whole, who moves unlike the others, who was closed, how use is spread."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.show.language import absent, count, inside, listed, number, period, say, share
from planning.show.records import Finding

TABLES = ("branches", "branch_values")
MOST, FEW = 3, 8
STEADY = 0.005


def whole(standing: pd.DataFrame, *, measure: str) -> Finding | None:
    """What all branches counted in the latest year, and the change over those that can be compared."""
    if standing.empty or standing["value"].isna().all():
        return None
    counted, like = standing[standing["value"].notna()], standing[standing["compared"].astype(bool)]
    text = count("In {year}, {n} branch counted {amount} {measure}.", "In {year}, {n} branches counted {amount} {measure}.", len(counted), year=year(standing["until"].iloc[0]),
                 amount=number(counted["value"].sum()), measure=inside(measure))
    if like.empty:
        return Finding(say("{text} No branch was counted in every period of this year and of the year before, so nothing is compared.", text=text), "unknown", "counted", TABLES)
    than = _than(like["value"].sum() / like["before"].sum() - 1)
    more = say("That is {than}.", than=than) if len(like) == len(counted) else count(
        "The one of them that was counted in every period of both years has {than}.", "The {n} of them that were counted in every period of both years have {than}.", len(like), than=than)
    return Finding(say("{text} {more}", text=text, more=more), "plain", "counted", TABLES)


def year(until: str) -> str:
    """The year that ends in a period, inside a sentence."""
    return period(until) if len(str(until)) == 4 else say("the year to {month}", month=period(until))


def _than(change: float) -> str:
    if abs(change) < STEADY:
        return say("about as many as the year before")
    if change >= 1:
        return say("{times} times as many as the year before", times=number(1 + change, 1))
    return say("{share} more than the year before", share=share(change)) if change > 0 else say("{share} fewer than the year before", share=share(-change))


def percent(value: float, digits: int = 0) -> str | None:
    """A change as a percentage with its sign; None where it is not known."""
    if absent(value):
        return None
    size = share(abs(value), digits)
    return size if abs(value) < STEADY / 10**digits else say("+{size}", size=size) if value > 0 else say("−{size}", size=size)


def changed(standing: pd.DataFrame) -> Finding | None:
    """Which branches changed more than is usual among them, from the year before."""
    like = standing[standing["compared"].astype(bool)].sort_values(["change", "branch"])
    if like.empty:
        return None
    outside = like[like["outside"] != ""]
    if len(like) == 1:
        text = say("{name} changed by {change} from the year before; no other branch can be compared.", name=like["branch_name"].iloc[0], change=percent(like["change"].iloc[0]))
    elif percent(like["change"].iloc[0]) == percent(like["change"].iloc[-1]):
        text = say("All {n} branches compared changed alike from the year before: {change}.", n=number(len(like)), change=percent(like["change"].iloc[0]))
    elif absent(like["band_low"].iloc[0]):
        text = say("Against the year before, branches changed by {low} ({lowest}) to {high} ({highest}).", low=percent(like["change"].iloc[0]), lowest=like["branch_name"].iloc[0],
                   high=percent(like["change"].iloc[-1]), highest=like["branch_name"].iloc[-1])
    else:
        band = say("Of {n} branches compared, most changed by {low} to {high} from the year before.", low=percent(like["band_low"].iloc[0]),
                   high=percent(like["band_high"].iloc[0]), n=number(len(like)))
        size = np.log1p(outside["change"].clip(lower=-0.999)).sub(np.log1p(like["change"].clip(lower=-0.999)).median()).abs()
        furthest = outside.loc[size.sort_values(ascending=False, kind="stable").index]
        names = [_with(name, percent(change)) for name, change in zip(furthest["branch_name"], furthest["change"])]
        more = say("Outside this range: {names}.", names=listed(names, MOST)) if names else say("None lies outside this range.")
        text = say("{band} {more}", band=band, more=more)
    return Finding(text, "bad" if (outside["outside"] == "below").any() else "plain", "counted", TABLES)


def _with(name: str, figure: str | None) -> str:
    return say("{name} ({figure})", name=name, figure=figure)


def unlike(moves: pd.DataFrame) -> Finding | None:
    """Which branches left the course of the others and stay off it, and since when."""
    if moves.empty:
        return None
    lasting = moves[moves["lasting"].astype(bool)]
    watched, chance = int(moves["watched"].iloc[0]), float(moves["by_chance"].iloc[0])
    if lasting.empty:
        return Finding(count("Branches move together: the one watched does not stay off the course of the others.",
                             "Branches move together: none of the {n} watched stays off the course that the others share.", watched), "good", "estimated", TABLES)
    if watched == 2:
        return _pair(moves, lasting)
    text = _mirrored(lasting, watched) if watched < FEW else _apart(lasting, watched, chance)
    return Finding(text, "bad" if (lasting["moved"] == "down").any() else "plain", "estimated", TABLES)


def _mirrored(lasting: pd.DataFrame, watched: int) -> str:
    """The one furthest off among a few branches, whose moves mirror one another."""
    row, left = lasting.iloc[0], len(lasting) - 1
    way = say("above") if row["moved"] == "up" else say("below")
    text = say("Of {n} branches, {name} stands furthest off the course of the others: {gap} {way} its earlier place beside them since {since}.", n=number(watched),
               name=row["branch_name"], gap=share(abs(row["gap"])), way=way, since=period(row["since"]))
    if not left:
        return text
    return say("{text} {more}", text=text, more=count("{n} other branch is off it too; with so few, one may be the mirror of the other.",
                                                      "{n} other branches are off it too; with so few, one may be the mirror of another.", left))


def _apart(lasting: pd.DataFrame, watched: int, chance: float) -> str:
    """How many of many branches left the course, and the furthest on either side."""
    said = {"all": number(watched), "chance": _about(chance)}
    if 2 * len(lasting) > watched:
        text = say("Branches share no common course: {n} of {all} watched stay off what the others do; by chance {chance} would signal.", n=number(len(lasting)), **said)
    else:
        text = count("{n} of {all} branches watched has left the course of the others and stays off it; by chance {chance} would signal.",
                     "{n} of {all} branches watched have left the course of the others and stay off it; by chance {chance} would signal.", len(lasting), **said)
    down, up = (lasting[lasting["moved"] == way] for way in ("down", "up"))
    parts = [text, count("Below: {names}.", "{n} stand below, furthest {names}.", len(down), names=_furthest(down)) if len(down) else "",
             count("Above: {names}.", "{n} stand above, furthest {names}.", len(up), names=_furthest(up)) if len(up) else ""]
    return " ".join(part for part in parts if part)


def _about(chance: float) -> str:
    return say("fewer than one") if chance < 1 else say("about {n}", n=number(round(chance)))


def _furthest(rows: pd.DataFrame) -> str:
    row = rows.iloc[0]
    return say("{name} (by {gap} since {since})", name=row["branch_name"], gap=share(abs(row["gap"])), since=period(row["since"]))


def _pair(moves: pd.DataFrame, lasting: pd.DataFrame) -> Finding:
    row = lasting.iloc[0]
    other = next(name for name in moves["branch_name"] if name != row["branch_name"])
    way = say("above") if row["moved"] == "up" else say("below")
    text = say("Since {since}, {name} stands {gap} {way} its earlier place beside {other}. With two branches the figures cannot say which of them moved.", since=period(row["since"]),
               name=row["branch_name"], gap=share(abs(row["gap"])), way=way, other=other)
    return Finding(text, "plain", "estimated", TABLES)


def closed(closures: pd.DataFrame, standing: pd.DataFrame) -> Finding | None:
    """Which branches are closed, back, new or no longer counted, and how many are not compared because of it."""
    if standing.empty:
        return None
    now = closures[closures["now"].astype(bool)]
    words = {"closed": say("Closed now"), "closed and back": say("Closed within the last two years and back"), "new": say("New"), "closed for good": say("Closed for good"),
             "no longer counted": say("No longer counted"), "not counted": say("Without figures for a time within the last two years")}
    parts = []
    for kind, word in words.items():
        rows = now[now["kind"] == kind].drop_duplicates("branch")
        if len(rows):
            names = [_since(row) for row in rows.to_dict("records")]
            parts.append(say("{word}: {names}.", word=word, names=listed(names) if len(names) <= 2 else count("{n} branch", "{n} branches", len(names))))
    left = int((~standing["compared"].astype(bool)).sum())
    if left and left < len(standing):
        parts.append(count("{n} of {all} branches was not counted in every period of both years and is named, not compared.",
                           "{n} of {all} branches were not counted in every period of both years and are named, not compared.", left, all=number(len(standing))))
    return Finding(" ".join(parts), "plain", "counted", TABLES) if parts else None


def _since(row: dict[str, object]) -> str:
    for_a_time = row["kind"] in ("closed and back", "not counted")
    if for_a_time and row["since"] != row["until"]:
        return say("{name} ({since} to {until})", name=row["branch_name"], since=period(row["since"]), until=period(row["until"]))
    if for_a_time:
        return say("{name} ({period})", name=row["branch_name"], period=period(row["since"]))
    return say("{name} (since {period})", name=row["branch_name"], period=period(row["since"]))


def concentrated(concentration: pd.DataFrame) -> Finding | None:
    """How many branches carry half of the use."""
    if concentration.empty or concentration["branches"].iloc[0] < 2:
        return None
    row = concentration.iloc[0]
    text = (say("{name} alone carries {share} of the use of {n} branches.", name=row["largest"], share=share(row["largest_share"]), n=number(row["branches"])) if row["half"] == 1 else
            say("{half} of {n} branches carry half of the use; the largest, {name}, carries {share}.", half=number(row["half"]), n=number(row["branches"]),
                name=row["largest"], share=share(row["largest_share"])))
    return Finding(text, "plain", "counted", TABLES)


def recovered(standing: pd.DataFrame) -> Finding | None:
    """How much of an earlier year's figures the branches have again."""
    like = standing[standing["since_compared"].astype(bool)].sort_values(["recovered", "branch"])
    if like.empty:
        return None
    text = count("The one branch counted in every period of {then} and of the latest year has {share} of what it had then.",
                 "The {n} branches counted in every period of {then} and of the latest year have {share} of what they had then.", len(like), then=year(like["base_until"].iloc[0]),
                 share=share(like["value"].sum() / like["base"].sum()))
    return Finding(" ".join([text, *(_ends(like) if len(like) > 1 else [])]), "plain", "counted", TABLES)


def _ends(like: pd.DataFrame) -> list[str]:
    """Who has as much as then, and who is furthest from it."""
    enough = like["recovered"] >= 1 - STEADY
    back, least = like[enough].iloc[::-1], like[~enough]
    most, last = (_with(rows["branch_name"].iloc[0], share(rows["recovered"].iloc[0])) if len(rows) else "" for rows in (back, least))
    first = count("{n} of them has as much or more: {name}.", "{n} of them have as much or more, most of all {name}.", len(back), name=most) if len(back) else say("None of them has as much.")
    return [first, say("Least has {name}.", name=last)] if last else [first]


def trend(standing: pd.DataFrame) -> Finding | None:
    """How many branches fall or rise over the whole time, and which do so most steeply."""
    known = standing[standing["trend"].notna()].sort_values(["trend", "branch"])
    if known.empty:
        return None
    falls, rises = known[known["trend_high"] < 0], known[known["trend_low"] > 0].iloc[::-1]
    level = len(known) - len(falls) - len(rises)
    parts = [count("Over the whole time {n} branch falls steadily: {name}, by {rate} a year.", "Over the whole time {n} branches fall steadily, steepest {name}, by {rate} a year.", len(falls),
                   name=falls["branch_name"].iloc[0], rate=_rate(falls.iloc[0])) if len(falls) else say("Over the whole time no branch falls steadily.")]
    if len(rises):
        parts.append(count("{n} rises: {name}, by {rate} a year.", "{n} rise, steepest {name}, by {rate} a year.", len(rises),
                           name=rises["branch_name"].iloc[0], rate=_rate(rises.iloc[0])))
    if level:
        parts.append(count("For {n} no steady rise or fall is clear.", "For {n} no steady rise or fall is clear.", level))
    return Finding(" ".join(parts), "plain", "estimated", TABLES)


def _rate(row: pd.Series) -> str:
    ends = sorted(abs(row[end]) for end in ("trend_low", "trend_high"))
    return say("{rate} (95% interval {low} to {high})", rate=share(abs(row["trend"]), 1), low=share(ends[0], 1), high=share(ends[1], 1))
