"""What leadership is asked to decide: why, for how much, until when, what otherwise, and what each request still lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd

from planning.methods import retold

SOON = 30
FAST, PAST = ("must do", "running"), ("done", "rejected")
HELD = "Text held back: it tells a story that may not be told"
TEXTS = ["name", "otherwise", "option"]
BRIEF = ["ask", *TEXTS, "matter", "decides", "prepares", "goal", "goal_name", "weight", "initiative_name", "state", "service_name", "kpi", "kpi_name", "money", "hours",
         "money_left", "hours_left", "fits", "value", "risk", "risks", "by", "days", "when", "open", "lacks"]
PARTS = {"goal": "goal_name", "figure": "kpi_name", "money or hours": "binds", "last day": "by", "what happens otherwise": "otherwise", "another way": "option", "who decides": "decides"}


def brief(tables: Mapping[str, pd.DataFrame], goals: pd.DataFrame, valued: pd.DataFrame, *, limits: pd.DataFrame, told: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Each decision asked for, what is late first, then by its day: ask, name, otherwise, option, matter, decides and prepares (level), goal, goal_name,
    weight (share 0-1), initiative_name, state (of the initiative), service_name, kpi, kpi_name, money (currency), hours, money_left and
    hours_left (what the ceilings leave once what must be done and what runs is paid), fits, value (of the initiative for the goals, 0-1), risk (1-5), risks, by, days
    (from as_of), when (late, soon, later, no day), open (false when its initiative is done or rejected, so that there is nothing to decide), lacks
    (semicolons between).

    Takes the tables of a plan (asks, mandates, initiatives, services, kpis, stories), the goals in force, `initiatives.values`, `initiatives.ceilings` and
    `impact.stories`. Money and hours are the request's own, else those of its initiative. fits is missing where money and hours, or both ceilings, are not known; each
    request is held against the whole rest, not beside the others (see `together`). soon: within thirty days. lacks: goal in force, figure,
    money or hours, last day, what happens otherwise, another way, who decides. A text that tells again a story that may not be told is held back.
    """
    found = tables["asks"].assign(by=pd.to_datetime(tables["asks"]["by"]))
    for own, rows, key in (("goal", goals, "goal"), ("service", tables["services"], "service"), ("kpi", tables["kpis"], "kpi"), ("initiative", tables["initiatives"], "initiative")):
        found[f"{own}_name"] = found[own].map(dict(zip(rows[key], rows["name"]))).astype(object)
    for name, key, rows, column in (("weight", "goal", goals, "weight"), ("value", "initiative", valued, "value"), ("risk", "initiative", tables["initiatives"], "risk"),
                                    ("risks", "initiative", tables["initiatives"], "risks"), ("state", "initiative", tables["initiatives"], "status"),
                                    ("matter", "mandate", tables["mandates"], "name"), ("decides", "mandate", tables["mandates"], "decides"), ("prepares", "mandate", tables["mandates"], "prepares")):
        found[name] = found[key].map(dict(zip(rows[key], rows[column])))
    for name, column in (("money", "cost"), ("hours", "hours")):
        found[name] = found[name].astype(float).fillna(found["initiative"].map(dict(zip(tables["initiatives"]["initiative"], tables["initiatives"][column]))).astype(float))
    found = _fitted(found.astype({"weight": float, "value": float, "risk": float}), valued, limits)
    closed = tables["stories"].loc[~tables["stories"]["story"].isin(told["story"]), ["name", "text"]]
    for text in TEXTS:
        found[text] = found[text].mask(retelling(found[text], closed), HELD)
    return _ordered(found, pd.Timestamp(as_of))


def _fitted(found: pd.DataFrame, valued: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """What the ceilings leave for each request, and whether it fits."""
    fixed = valued[valued["part"].isin(FAST)]
    ends = dict(zip(limits["ceiling"], limits["limit"].astype(float)))
    for name, column in (("money", "cost"), ("hours", "hours")):
        own = found["initiative"].map(dict(zip(fixed["initiative"], fixed[column]))).astype(float).fillna(0.0)
        found[f"{name}_left"] = ends.get(name, np.nan) - float(fixed[column].astype(float).sum()) + own
    known = [found[f"{name}_left"].notna() & found[name].notna() for name in ("money", "hours")]
    over = [(found[name] > found[f"{name}_left"]) & one for name, one in zip(("money", "hours"), known)]
    found["fits"] = (~(over[0] | over[1])).astype("boolean").mask(~(known[0] | known[1]))
    return found.assign(binds=found["money"].fillna(found["hours"]))


def retelling(texts: pd.Series, closed: pd.DataFrame) -> pd.Series:
    """Which texts tell again one of the stories that may not be told (`closed`: name, text), true or false.

    >>> retelling(pd.Series(["A reader came six times and now works", None]), pd.DataFrame({"name": ["A job"], "text": ["One reader came six times and now works again"]})).tolist()
    [True, False]
    """
    stories = list(closed[["name", "text"]].itertuples(index=False))
    return pd.Series([pd.notna(text) and any(retold.retells(text, *story) for story in stories) for text in texts], index=texts.index, dtype=bool)


def _ordered(found: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    found["days"] = (found["by"] - day).dt.days.astype(float)
    found["when"] = np.select([found["by"].isna(), found["days"] < 0, found["days"] <= SOON], ["no day", "late", "soon"], "later")
    found["open"] = ~found["state"].isin(PAST)
    found["lacks"] = ["; ".join(part for part, column in PARTS.items() if pd.isna(row[column])) for row in found.to_dict("records")]
    return found.assign(closed=~found["open"]).sort_values(["closed", "by", "weight", "ask"], ascending=[True, True, False, True], na_position="last", ignore_index=True)[BRIEF]


def together(brief: pd.DataFrame) -> pd.DataFrame:
    """What all open requests need beside what the ceilings leave: what (money or hours), asked, left, over (by how much they need more; 0 when they do
    not; missing without a ceiling), requests (number with a figure).

    Takes `brief`. Requests whose money or hours are not known are left out, so the need is at least this.

    >>> rows = pd.DataFrame({"open": [True, True], "money": [60.0, 50.0], "hours": [None, 8.0], "money_left": [100.0] * 2, "hours_left": [40.0] * 2})
    >>> together(rows).values.tolist()
    [['money', 110.0, 100.0, 10.0, 2], ['hours', 8.0, 40.0, 0.0, 1]]
    """
    own = brief[brief["open"].astype(bool)]
    rows = []
    for name in ("money", "hours") if len(own) else ():
        asked, left = own[name].astype(float), own[f"{name}_left"].astype(float).min()
        rows.append([name, asked.sum(), left, max(asked.sum() - left, 0.0) if left == left else np.nan, int(asked.notna().sum())])
    return pd.DataFrame(rows, columns=["what", "asked", "left", "over", "requests"])
