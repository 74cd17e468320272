"""What changed for whom, in statements that say no more than the data carry, and the stories that may be told."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from planning.methods import periods, swing

CHANGED = ("better", "mixed", "worse")
LEVELS = ("impact", "outcome", "output")
SEASON = {"monthly": 12, "quarterly": 4}
PLACES = ["kpi", "name", "level", "unit", "goal", "goal_name", "weight", "service_name", "counted_of", "limits", "sampled"]
CHANGES = ["kpi", "value", "period", "value_from", "period_from", "year_before", "change", "usual", "verdict", "band_low",
           "band_high", "inside", "measured", "since", "note"]
STATEMENTS = [*PLACES, *CHANGES[1:], "n", "low", "high", "hidden", "grade", "stands", "lacks"]
STORIES = ["story", "name", "text", "service_name", "goal", "goal_name", "audience", "audience_name", "collected", "expires", "days_left"]
SAMPLED = r"\b(?:survey|sample|estimate|asked|those reached)\b"


def places(kpis: pd.DataFrame, objectives: pd.DataFrame, goals: pd.DataFrame, *, services: pd.DataFrame) -> pd.DataFrame:
    """Where each KPI of level output, outcome or impact belongs: kpi, name, level, unit, goal, goal_name, weight (share 0-1),
    service_name, counted_of (whom or what the unit counts a share of, as in "% of newcomers"), limits (what the figure cannot
    show), sampled (true when it rests on people who were asked, a sample or an estimate, as its definition, source, limits
    or unit say).

    Takes the goals in force; a KPI without one of them has no goal. Inputs and
    activities are left out: they say what the library does, not what it changed.

    >>> kpis = pd.DataFrame({"kpi": ["K1"], "name": ["Newcomers with a card"], "level": ["outcome"], "unit": ["% of newcomers"], "objective": ["O1"],
    ...     "service": ["S1"], "definition": ["Cards"], "source": ["Library system"], "limits": ["The estimate is old"]})
    >>> objectives, goals = pd.DataFrame({"objective": ["O1"], "goal": ["G1"]}), pd.DataFrame({"goal": ["G1"], "name": ["Belong"], "weight": [0.2]})
    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Welcome desk"]})
    >>> places(kpis, objectives, goals, services=services)[["goal_name", "counted_of", "sampled"]].values.tolist()
    [['Belong', 'newcomers', True]]
    """
    found = kpis[kpis["level"].isin(LEVELS)].copy()
    own = found["objective"].map(dict(zip(objectives["objective"], objectives["goal"])))
    found["goal"] = own.where(own.isin(goals["goal"])).astype(object)
    found["goal_name"] = found["goal"].map(dict(zip(goals["goal"], goals["name"]))).astype(object)
    found["weight"] = found["goal"].map(dict(zip(goals["goal"], goals["weight"]))).astype(float)
    found["service_name"] = found["service"].map(dict(zip(services["service"], services["name"]))).astype(object)
    found["counted_of"] = found["unit"].astype("str").str.extract(r"^% of (.+)$", expand=False).astype(object)
    words = found[["definition", "source", "limits", "unit"]].fillna("").astype(str)
    found["sampled"] = words.agg(" ".join, axis=1).str.contains(SAMPLED, case=False, regex=True) if len(found) else False
    return found[PLACES].reset_index(drop=True)


def changes(progress: pd.DataFrame, values: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """What changed in each KPI: kpi, value and period (the latest), value_from and period_from (what it is set beside), year_before,
    change (value − value_from), usual (the difference that chance alone exceeds once in twenty), verdict, band_low and band_high,
    inside and measured (how many values of the past year were in the band, of how many), since (name of the change of counting
    that forbids a comparison), note (of the latest value). Values in the KPI's unit.

    Takes `kpis.progress`. The latest value is set beside the baseline when both are of the same part
    of the year and no change of counting lies between; else beside the same period a year earlier,
    under the same condition; else beside nothing. verdict, the first that holds: *no data*; *stale*;
    *held* for a band
    that all values of the past year kept to, else *outside*; *not comparable*; *same* (no larger than usual, or no change);
    *worse*; *mixed* (better than then, but worse than a year before); *better*. usual is missing
    for fewer than eight values since the last change of counting: the change then counts as it
    stands.

    Misleads when the one period set beside was an odd one. A change says nothing of its cause.
    """
    rows = [_change(about, values[values["kpi"] == about.kpi], events) for about in progress.itertuples()]
    found = pd.DataFrame(rows, columns=CHANGES)
    numbers = ["value", "value_from", "year_before", "change", "usual", "band_low", "band_high", "inside", "measured"]
    return found.astype(dict.fromkeys(numbers, float)).astype({name: object for name in CHANGES if name not in numbers})


def _change(about: object, values: pd.DataFrame, events: pd.DataFrame) -> list[object]:
    if pd.isna(about.value):
        return [about.kpi, *[None] * 7, "no data", *[None] * 4, "", ""]
    own = events[(events["kpi"].isna() | (events["kpi"] == about.kpi)) & events["changes_process"].astype(bool)]
    breaks = own[own["date"] <= periods.last_day(about.period)].sort_values("date")
    value_from, period_from = _beside(about, breaks)
    year = about.year_before if _same_way(_year_ago(about), breaks) else np.nan
    usual, band = _usual(about, values, breaks), _band(about, values)
    verdict = _verdict(about, value_from, year, usual, band)
    since = breaks.iloc[-1]["name"] if verdict == "not comparable" and len(breaks) else ""
    noted = values.loc[values["period"] == about.period, "note"].dropna()
    return [about.kpi, about.value, about.period, value_from, period_from, year, about.value - value_from, usual, verdict, *band, since,
            noted.iloc[0] if len(noted) else ""]


def _band(about: object, values: pd.DataFrame) -> list[float]:
    """The ends of the band, how many values of the past year lie in it, and of how many; missing without a band."""
    if about.direction != "band" or pd.isna(about.target_low) or pd.isna(about.target_high):
        return [np.nan] * 4
    days = pd.Series([periods.last_day(period) for period in values["period"]], index=values.index)
    end = periods.last_day(about.period)
    year = values.loc[(days > end - pd.DateOffset(years=1)) & (days <= end), "value"]
    return [about.target_low, about.target_high, int(year.between(about.target_low, about.target_high).sum()), len(year)]


def _beside(about: object, breaks: pd.DataFrame) -> tuple[float, str | None]:
    """The value and period to set the latest beside: the baseline, a year before, or nothing."""
    if pd.notna(about.baseline) and pd.notna(about.baseline_period):
        then, now = pd.Period(about.baseline_period), pd.Period(about.period)
        if then.freqstr == now.freqstr and then < now and (now.year - then.year) * SEASON.get(about.frequency, 1) == (now - then).n and _same_way(about.baseline_period, breaks):
            return about.baseline, about.baseline_period
    if pd.notna(about.year_before) and _same_way(_year_ago(about), breaks):
        return about.year_before, _year_ago(about)
    return np.nan, None


def _year_ago(about: object) -> str:
    return f"{int(about.period[:4]) - 1}{about.period[4:]}"


def _same_way(period: str, breaks: pd.DataFrame) -> bool:
    return not (breaks["date"] > periods.first_day(period)).any()


def _usual(about: object, values: pd.DataFrame, breaks: pd.DataFrame) -> float:
    if about.frequency not in SEASON:
        return np.nan
    every = periods.every(list(values["period"]))
    start = sum(periods.first_day(period) < breaks["date"].max() for period in every) if len(breaks) else 0
    return swing.usual_difference(values.set_index("period")["value"].reindex(every), SEASON[about.frequency], start=start)


def _verdict(about: object, value_from: float, year: float, usual: float, band: list[float]) -> str:
    if about.status == "stale":
        return "stale"
    if pd.notna(band[0]):
        return "held" if band[2] == band[3] else "outside"
    if pd.isna(value_from) or about.direction == "band":
        return "not comparable"
    sign, room = (-1 if about.direction == "down" else 1), (0 if pd.isna(usual) else usual)
    gain = sign * (about.value - value_from)
    if abs(gain) <= room:
        return "same"
    if gain < 0:
        return "worse"
    return "mixed" if sign * (about.value - year) < -room else "better"


def statements(places: pd.DataFrame, changes: pd.DataFrame, surveyed: pd.DataFrame) -> pd.DataFrame:
    """One statement a KPI, those that stand first: the columns of `places` and `changes`, n, low, high and hidden of `backing.surveyed`,
    grade (of the evidence), stands (true when it can be told as a success) and lacks (which of the parts of a whole statement it has
    not, semicolons between: who, goal, earlier figure, range, limits). The note of a value that comes from a survey
    question only names the question, and is left out. Where too few answered for the KPI's latest value, the row is hidden and holds no figure.

    A statement stands when its verdict is *better* or *held*. A survey share is *same*, for it may have changed
    by chance, unless it lies further from the value it is set beside than √2 times the reach of its interval to that
    side: the other value comes from a survey too, and as many are taken to have answered then (Newcombe 1998). What rests on a survey, sample or
    estimate is *unsure* when neither an interval nor the usual difference is known. grade: *associated* for an
    outcome or impact that changed, since a figure beside a service does not show what caused it;
    *estimated* for what rests on a survey, sample or estimate; else *counted*. Order: those that stand, by the
    goal's weight, then impact before outcome before output.
    """
    few = set(surveyed.loc[surveyed["hidden"].astype(bool) & surveyed["newest"].astype(bool), "kpi"])
    sure = surveyed.loc[~surveyed["hidden"].astype(bool), ["kpi", "period", "n", "low", "high"]]
    found = places.merge(changes, on="kpi", how="left").merge(sure, on=["kpi", "period"], how="left")
    found["hidden"] = found["kpi"].isin(few)
    found["sampled"] = found["sampled"].astype(bool) | found["n"].notna() | found["hidden"]
    reach = (found["value"] - found["low"]).where(found["value_from"] <= found["value"], found["high"] - found["value"])
    within = (found["value"] - found["value_from"]).abs() <= np.sqrt(2) * reach
    found["verdict"] = found["verdict"].where(~(within & found["verdict"].isin(CHANGED)), "same")
    unsure = found["sampled"] & found["n"].isna() & found["usual"].isna() & found["verdict"].isin(CHANGED)
    found["verdict"] = found["verdict"].mask(unsure, "unsure")
    found["grade"] = np.select([found["level"].isin(["impact", "outcome"]) & found["verdict"].isin(CHANGED), found["sampled"]], ["associated", "estimated"], "counted")
    found["stands"] = found["verdict"].isin(["better", "held"])
    found.loc[found["hidden"], ["value", "value_from", "year_before", "change", "usual", "n", "low", "high"]] = np.nan
    found.loc[found["hidden"], "stands"] = False
    found["lacks"] = ["; ".join(_lacking(row)) for row in found.itertuples()]
    found["note"] = found["note"].where(found["n"].isna() & ~found["hidden"], "")
    order = found["level"].map({level: place for place, level in enumerate(LEVELS)})
    found = found.assign(order=order).sort_values(["stands", "weight", "order", "kpi"], ascending=[False, False, True, True], ignore_index=True)
    return found[STATEMENTS]


def _lacking(row: object) -> list[str]:
    ranged = not row.sampled or pd.notna(row.n)
    parts = {"who": pd.isna(row.counted_of) and pd.isna(row.service_name), "goal": pd.isna(row.goal_name), "earlier figure": pd.isna(row.value_from) and pd.isna(row.band_low),
             "range": not ranged, "limits": pd.isna(row.limits)}
    return [part for part, lacking in parts.items() if lacking]


def fitting(statements: pd.DataFrame, register: pd.DataFrame, told: pd.DataFrame, *, audience: str) -> pd.DataFrame:
    """The statements that stand for the goals of which an audience hears; all that stand when it hears of none.

    An audience hears of a goal when a message or a story for it speaks for that goal. Takes
    `statements`, `messages.register` and `stories`; returns rows of `statements`.
    """
    heard = set(register.loc[register["audience"] == audience, "goal"].dropna()) | set(told.loc[told["audience"] == audience, "goal"].dropna())
    standing = statements[statements["stands"]]
    return (standing[standing["goal"].isin(heard)] if heard else standing).reset_index(drop=True)


def stories(stories: pd.DataFrame, audiences: pd.DataFrame, goals: pd.DataFrame, *, services: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Stories that may be told, newest first: story, name, text, service_name, goal, goal_name, audience, audience_name, collected,
    expires, days_left (until it expires; missing without a day).

    A story may be told when consent is given and as_of is not after its last day. No other story is
    in the result. One story shows what can happen, not how often it does.

    >>> told = pd.DataFrame({"story": ["ST1", "ST2"], "name": ["A job", "A password"], "text": ["…", "…"], "service": [None, None], "goal": ["G1", "G1"],
    ...     "audience": ["A1", "A1"], "consent": ["given", "refused"], "collected": [pd.Timestamp(2026, 1, 2)] * 2, "expires": [pd.NaT] * 2})
    >>> names = {key: pd.DataFrame({key: [f"{key[0].upper()}1"], "name": ["Work"]}) for key in ("audience", "goal", "service")}
    >>> stories(told, names["audience"], names["goal"], services=names["service"], as_of=dt.date(2026, 6, 30))["name"].tolist()
    ['A job']
    """
    found = stories[_reasons(stories, as_of) == ""].copy()
    for own, rows in (("audience", audiences), ("goal", goals), ("service", services)):
        found[f"{own}_name"] = found[own].map(dict(zip(rows[own], rows["name"]))).astype(object)
    found["days_left"] = (pd.to_datetime(found["expires"]) - pd.Timestamp(as_of)).dt.days
    return found.sort_values(["collected", "story"], ascending=[False, True], ignore_index=True)[STORIES]


def bank(told: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """What stands behind each story that may be told, those that lack most first: story, name, goal_name, audience_name, expires,
    days_left, beside (names of the KPIs of the same service, those that can be told as a success first, else of the same goal; semicolons
    between), stands (true when one of them can be told as a success), lacks (goal, audience, last day, figure beside it; semicolons between).

    Takes `stories` and `statements`. A figure beside a story says how often, which the story cannot. It says nothing of that one person.

    >>> told = pd.DataFrame({"story": ["ST1"], "name": ["A job"], "service_name": ["Desk"], "goal": ["G1"], "goal_name": ["Work"], "audience_name": [None], "expires": [pd.NaT], "days_left": [None]})
    >>> statements = pd.DataFrame({"name": ["Sessions"], "service_name": ["Desk"], "goal": ["G1"], "stands": [True], "hidden": [False], "verdict": ["better"]})
    >>> bank(told, statements)[["beside", "stands", "lacks"]].values.tolist()
    [['Sessions', True, 'audience; last day']]
    """
    known = statements[~statements["hidden"].astype(bool) & ~statements["verdict"].isin(["stale", "no data"])]
    rows = []
    for row in told.itertuples():
        own = known[known["service_name"] == row.service_name]
        own = own if len(own) else known[known["goal"] == row.goal]
        empty = {"goal": row.goal_name, "audience": row.audience_name, "last day": row.expires, "figure beside it": own["name"].iloc[0] if len(own) else None}
        rows.append(["; ".join(own["name"].head(2)), bool(own["stands"].any()), "; ".join(part for part, cell in empty.items() if pd.isna(cell))])
    found = told[["story", "name", "goal_name", "audience_name", "expires", "days_left"]].assign(**{name: [row[place] for row in rows] for place, name in enumerate(("beside", "stands", "lacks"))})
    order = [-len(lacks.split("; ")) if lacks else 0 for lacks in found["lacks"]]
    return found.assign(order=order).sort_values(["order", "story"], ignore_index=True).drop(columns="order")


def left_out(stories: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """How many stories are left out and why, without anything of what they tell: reason (in words), stories; most first.

    >>> told = pd.DataFrame({"consent": ["given", "refused", "asked"], "expires": [pd.Timestamp(2026, 3, 5), pd.NaT, pd.NaT]})
    >>> left_out(told, as_of=dt.date(2026, 6, 30)).values.tolist()
    [['consent asked for, not given yet', 1], ['consent has run out', 1], ['consent refused', 1]]
    """
    reasons = _reasons(stories, as_of)
    counts = reasons[reasons != ""].value_counts().rename_axis("reason").rename("stories").reset_index()
    return counts.sort_values(["stories", "reason"], ascending=[False, True], ignore_index=True)


def _reasons(stories: pd.DataFrame, as_of: dt.date) -> pd.Series:
    expired = pd.to_datetime(stories["expires"]) < pd.Timestamp(as_of)
    words = {"asked": "consent asked for, not given yet", "refused": "consent refused", "withdrawn": "consent withdrawn"}
    other = stories["consent"].map(words).astype(object)
    given = stories["consent"] == "given"
    return other.mask(given, "").mask(given & expired, "consent has run out").fillna("no word on consent")


def reconciled(stories: pd.DataFrame, told: pd.DataFrame, left_out: pd.DataFrame) -> pd.DataFrame:
    """The sum that stories must have: check, expected, found; empty without stories."""
    row = ["Stories that may be told and stories left out add up to all stories", len(stories), len(told) + left_out["stories"].sum()]
    return pd.DataFrame([row] if len(stories) else [], columns=["check", "expected", "found"])
