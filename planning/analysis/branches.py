"""Branch by branch: which one moves unlike the others, which was closed, and how use is spread over them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from planning.methods import control, panel, periods, season, trend

COURSE = ["branch", "branch_name", "period", "value", "state"]
STANDING = ["branch", "branch_name", "first", "until", "value", "share", "before", "change", "others", "against", "compared", "small", "why", "outside", "band_low", "band_high",
            "base_until", "base", "recovered", "since_compared", "trend", "trend_low", "trend_high", "points"]
DISTANCES = ["branch", "branch_name", "period", "distance", "mean", "low", "high", "moved", "own"]
MOVES = ["branch", "branch_name", "moved", "since", "until", "periods", "lasting", "gap", "share", "event", "own", "own_since", "watched", "by_chance"]
CLOSURES = ["branch", "branch_name", "kind", "since", "until", "periods", "now"]
SMALL = 100
USUAL, NEARLY_NOTHING = 10, 20
YEARS, POINTS = 5, 12
OPEN = ("counted", "part")


def most_counted(values: pd.DataFrame, *, chosen: str = "") -> str:
    """The measure to look at: the chosen one, else the one with most figures, the first in the table among equals; empty for none.

    Raises ValueError when the chosen measure is not there.

    >>> most_counted(pd.DataFrame({"measure": ["Visits", "Loans", "Loans"], "value": [1.0, 2.0, 3.0]}))
    'Loans'
    """
    counted = values.dropna(subset=["value"])["measure"]
    if chosen and chosen not in set(counted):
        raise ValueError(f"measure: found {chosen}. There are {', '.join(counted.unique())}. Name one of them, or leave it empty.")
    return chosen or str(next(iter(counted.value_counts(sort=True, ascending=False).index), ""))


def course(values: pd.DataFrame, branches: pd.DataFrame, *, measure: str, as_of: dt.date, fiscal_year_start: int = 1) -> pd.DataFrame:
    """Every branch in every period of one measure, oldest first: branch, branch_name, period, value (missing where there is none), state.

    state: *counted*; *closed* (a figure of at most a twentieth of the branch's median where that median is 10 or more, so mostly
    a 0: nobody could come, which is not the same as use of zero); *part* (a counted period beside a closed one; in yearly
    figures also one beside a year without a figure); *gap* (no figure between others); *not yet* and *stopped* (before the
    branch's first figure, after its last). Where the measure has periods of several lengths, the one with most figures is
    taken, the finer among equals. Periods that end after as_of are left out. A year is the fiscal year that begins in month `fiscal_year_start`.

    Misleads where a branch was open and counted nothing because its counter failed: leave such a cell empty.

    >>> values = pd.DataFrame({"branch": "B1", "measure": "Loans", "period": ["2026-01", "2026-02", "2026-03", "2026-04"], "value": [50.0, 0.0, 40.0, 60.0]})
    >>> course(values, pd.DataFrame({"branch": ["B1"], "name": ["East"]}), measure="Loans", as_of=dt.date(2026, 6, 30))["state"].tolist()
    ['part', 'closed', 'part', 'counted']
    """
    own = values[(values["measure"] == measure) & values["value"].notna()]
    own = own[[periods.last_day(period, fiscal_year_start) <= pd.Timestamp(as_of) for period in own["period"]]]
    if own.empty:
        return pd.DataFrame(columns=COURSE).astype({"value": float})
    own = own[own["period"].map(_in_a_year) == _kept(own["period"])]
    table = own.pivot(index="branch", columns="period", values="value").reindex(columns=periods.every(list(own["period"])))
    names = branches.set_index("branch")["name"]
    states = [_states(row, yearly=len(str(table.columns[0])) == 4) for _, row in table.iterrows()]
    found = table.rename_axis(columns="period").stack(future_stack=True).rename("value").reset_index().assign(state=np.concatenate(states))
    return found.assign(branch_name=found["branch"].map(names).fillna(found["branch"]))[COURSE]


def standing(course: pd.DataFrame, *, since: int = 0) -> pd.DataFrame:
    """Where each branch stands, one row a branch, largest first: branch, branch_name, first and until (periods of the latest whole
    year of the measure), value (in that year), share (of all branches, 0-1), before (the year before), change (share, −1 and up),
    others (change of the other compared branches together), against (how far it moved from them: (1 + change) ÷ (1 + others) − 1),
    compared, small (the base is under 100, so a percentage says little), why (why it is not compared), outside (above or below
    the usual range), band_low and band_high (that range of change), base_until and base (year of `since`), recovered (value ÷ base),
    since_compared, trend with trend_low and trend_high (share a year, 95 % interval), points.

    Takes `course`. A year is twelve months, four quarters or one year up to the latest period. Only a branch that was counted in
    every period of both years is compared; others are named with the reason, and so is their value. The usual range of change is
    that of panel.fences on logarithms, over branches whose base is not small; missing with fewer than eight. `since` is the year
    to look back to; 0 takes 2019 where figures reach so far, else the first whole year. The trend is trend.theil_sen on the
    logarithm of the counted periods, the season taken out where it is strong; missing with fewer than eight.

    Misleads where the way of counting changed at one branch. The interval of the trend is widened where neighbouring months resemble one another.
    """
    if course.empty:
        return pd.DataFrame(columns=STANDING).astype({"value": float, "compared": bool, "small": bool, "since_compared": bool})
    value, state = (course.pivot(index="branch", columns="period", values=name) for name in ("value", "state"))
    year = _in_a_year(value.columns[0])
    found = course.drop_duplicates("branch").set_index("branch")[["branch_name"]]
    now, then, base = (_year(value, state, len(value.columns) - year * back, year) for back in (0, 1, _back(list(value.columns), year, since)))
    found = found.assign(first=now.attrs["first"], until=now.attrs["until"], value=now["value"], share=now["value"] / now["value"].sum(), before=then["value"])
    found["compared"] = now["whole"] & then["whole"] & (then["value"] > 0)
    found["small"] = found["before"] < SMALL
    found["why"] = [_why(now["states"][branch], then["states"][branch], found["before"][branch]) for branch in found.index]
    found = _moved(found)
    found = found.assign(base_until=base.attrs["until"], base=base["value"], since_compared=now["whole"] & base["whole"] & (base["value"] > 0))
    found["recovered"] = (found["value"] / found["base"]).where(found["since_compared"])
    slopes = [_slope(value.loc[branch].where(state.loc[branch] == "counted"), year) for branch in found.index]
    found[["trend", "trend_low", "trend_high", "points"]] = slopes
    return found.reset_index().sort_values(["value", "branch"], ascending=[False, True], ignore_index=True)[STANDING].astype({"points": int})


def distances(course: pd.DataFrame) -> pd.DataFrame:
    """How far each branch stands from the movement that the others share, period by period: branch, branch_name, period, distance (share:
    −0.2 is a fifth below where it would be, had it moved as they did), mean, low, high (process limits of the distance), moved
    (1 up, −1 down, 0 no signal), own (the same for the branch's own figures, without regard to the others).

    Takes `course`; looks at the last five years, or twelve points where these are fewer. The distance is panel.apart on
    logarithms of the counted periods, so that a season, a closure or a long fall of all branches leaves nothing; what season
    a branch has beside that is taken out where it is strong and three years are there. Signals are points beyond the limits
    (mean ± 2.66 mean moving ranges) and eight or more in a row on one side of the mean. Branches with fewer than eight
    counted periods are left out. With two branches one is the mirror of the other.
    """
    table = course[course["state"] == "counted"].pivot(index="period", columns="branch", values="value") if len(course) else pd.DataFrame()
    year = _in_a_year(course["period"].iloc[0]) if len(course) else 1
    table = table.reindex(list(dict.fromkeys(course["period"]))).tail(max(YEARS * year, POINTS))
    table = np.log(table.where(table > 0)).dropna(axis=1, thresh=panel.FEWEST)
    if table.shape[1] < 2:
        return pd.DataFrame(columns=DISTANCES)
    away = pd.DataFrame(panel.apart(table), index=table.index, columns=table.columns)
    names = course.drop_duplicates("branch").set_index("branch")["branch_name"]
    rows = [_charted(away[branch], table[branch], year).assign(branch=branch, branch_name=names[branch]) for branch in table]
    return pd.concat(rows, ignore_index=True)[DISTANCES]


def moves(distances: pd.DataFrame, standing: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Which branches moved unlike the others, one row a branch watched, lasting moves first and the largest among them: branch,
    branch_name, moved (up, down, or empty), since, until (periods of the last signal), periods (in it), lasting (True when it reaches into the
    last quarter of a year and is at least as long), gap (share by which the branch then stood above or below its own earlier
    distance from the others, by medians), share (of all use), event (one that touches
    all, recorded in the first period or up to two months before), own (up, down or empty: what its own figures signal), own_since, watched (branches), by_chance
    (how many would signal if nothing happened anywhere).

    Takes `distances` and `standing`. A signal is a run of neighbouring points that all point one way; the last one counts if it
    began in the last five years and reaches into the latest one. by_chance is panel.false_alarms added up over the branches, in series whose months
    resemble one another as much as these do. An event beside a signal is not shown to be its cause.
    """
    if distances.empty:
        return pd.DataFrame(columns=MOVES)
    every = list(dict.fromkeys(distances["period"]))
    latest = every[-_in_a_year(every[0]):]
    share = standing.set_index("branch")["share"]
    whole = events[events["kpi"].isna()]
    rows = [[branch, own["branch_name"].iloc[0], *_run(own, latest, whole), share.get(branch)] for branch, own in distances.groupby("branch")]
    found = pd.DataFrame(rows, columns=[*MOVES[:8], "event", "own", "own_since", "share"])
    points = distances.groupby("branch")["distance"].count()
    alike = round(trend.likeness(np.log1p(distances.pivot(index="period", columns="branch", values="distance")).reindex(every)), 1)
    alarms = {n: panel.false_alarms(n, min(len(latest), n), alike=alike) for n in set(points)}
    found = found.assign(watched=len(found), by_chance=points.map(alarms).sum(), size=np.log1p(found["gap"].astype(float)).abs())
    return found.sort_values(["lasting", "size", "branch"], ascending=[False, False, True], na_position="last", ignore_index=True)[MOVES]


def closures(course: pd.DataFrame, branches: pd.DataFrame) -> pd.DataFrame:
    """When branches were closed, came or went, newest first: branch, branch_name (missing where most branches were closed
    together), kind, since, until, periods, now (True where it holds in the latest period, or did within the last two years).

    Takes `course`. kind: *closed* (still), *closed and back*, *not counted* (a gap), *new*, *closed for good* (a day is recorded in
    branches), *no longer counted*, or *closed together* (half of the branches or more). A closure is told from figures; see `course`.
    """
    if course.empty:
        return pd.DataFrame(columns=CLOSURES)
    state = course.pivot(index="branch", columns="period", values="state")
    every = list(state.columns)
    together = (state == "closed").sum() >= state.isin(["closed", *OPEN]).sum() / 2
    together &= (state == "closed").sum() > 1
    ended = set(branches.loc[branches["closed"].notna(), "branch"])
    names = course.drop_duplicates("branch").set_index("branch")["branch_name"]
    rows = [[None, None, "closed together", every[run[0]], every[run[-1]], len(run)] for run in panel.stretches(together.to_numpy())]
    for branch, own in state.iterrows():
        for word in ("closed", "gap", "not yet", "stopped"):
            runs = panel.stretches(((own == word) & ~(together & (word == "closed"))).to_numpy())
            rows += [[branch, names[branch], *_kind(word, run, every, branch in ended)] for run in runs]
    found = pd.DataFrame(rows, columns=CLOSURES[:-1])
    recent = every[-2 * _in_a_year(every[0]):][0]
    found["now"] = (found["until"] >= recent) & (found["kind"] != "closed together")
    return found.sort_values(["until", "since", "branch"], ascending=[False, False, True], ignore_index=True)


def concentration(standing: pd.DataFrame) -> pd.DataFrame:
    """How use is spread over branches in the latest year, one row: branches (with any use), half (how many of the largest carry half of
    the use), largest (name), largest_share (0-1). Takes `standing`; empty without use.

    >>> concentration(pd.DataFrame({"branch_name": ["A", "B", "C"], "value": [60.0, 30.0, 10.0], "share": [0.6, 0.3, 0.1]})).values.tolist()
    [[3, 1, 'A', 0.6]]
    """
    used = standing[standing["value"] > 0].sort_values("value", ascending=False, kind="stable")
    rows = [[len(used), int((used["share"].cumsum() < 0.5 - 1e-12).sum()) + 1, used["branch_name"].iloc[0], used["share"].iloc[0]]] if len(used) else []
    return pd.DataFrame(rows, columns=["branches", "half", "largest", "largest_share"])


def years(course: pd.DataFrame) -> list[int]:
    """The years that `standing` can look back to, by the year in which they end; none where one whole year is not followed by another.

    >>> years(pd.DataFrame({"period": ["2023", "2024", "2025"]}))
    [2023, 2024]
    """
    every = sorted(set(course["period"]))
    if not every:
        return []
    latest, reach = int(every[-1][:4]), len(every) // _in_a_year(every[0]) - 1
    return [latest - back for back in range(reach, 0, -1)]


def reconciled(standing: pd.DataFrame, values: pd.DataFrame, *, measure: str) -> pd.DataFrame:
    """The sum that branches must have: check, expected, found; empty without branches."""
    if standing.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    first, until = standing[["first", "until"]].iloc[0]
    if pd.isna(first):  # no whole year yet
        return pd.DataFrame(columns=["check", "expected", "found"])
    own = values[(values["measure"] == measure) & (values["period"].map(_in_a_year) == _in_a_year(until)) & values["period"].between(first, until)]
    return pd.DataFrame([["Branches add up to the figures of the latest year", own["value"].sum(), standing["value"].sum()]], columns=["check", "expected", "found"])


def _in_a_year(period: str) -> int:
    return 1 if len(period) == 4 else 4 if "Q" in period else 12


def _kept(found: pd.Series) -> int:
    counts = found.map(_in_a_year).value_counts()
    return int(max(counts.index, key=lambda length: (counts[length], length)))


def _states(row: pd.Series, *, yearly: bool) -> np.ndarray:
    usual = row[row > 0].median()
    closed = (row <= usual / NEARLY_NOTHING) & (usual >= USUAL)
    words = np.where(closed, "closed", np.where(row.notna(), "counted", "gap")).astype(object)
    places = np.flatnonzero(row.notna())
    words[:places[0]], words[places[-1] + 1:] = "not yet", "stopped"
    edge = np.isin(words, ["closed", "gap", "not yet", "stopped"] if yearly else ["closed"])
    beside = np.append(edge[1:], False) | np.append(False, edge[:-1])
    words[(words == "counted") & beside] = "part"
    return words


def _year(value: pd.DataFrame, state: pd.DataFrame, end: int, year: int) -> pd.DataFrame:
    """The year of periods that ends before a place: value, whole, states; all missing where the figures do not reach so far."""
    there = end - year >= 0
    span = slice(end - year, end) if there else slice(0, 0)
    states = state.iloc[:, span]
    found = pd.DataFrame({"value": value.iloc[:, span].sum(axis=1, min_count=1).astype(float), "whole": (states == "counted").all(axis=1) & there,
                          "states": [set(row) for row in states.to_numpy()]}, index=value.index)
    found.attrs = {"first": value.columns[end - year] if there else None, "until": value.columns[end - 1] if there else None}
    return found


def _back(every: list[str], year: int, since: int) -> int:
    """How many years the looked-back-to year lies before the latest."""
    latest, reach = int(every[-1][:4]), len(every) // year - 1
    if since:
        return latest - since if 0 < latest - since else len(every)
    return latest - 2019 if 1 < latest - 2019 <= reach else max(reach, 1)


def _why(now: set[str], then: set[str], before: float) -> str:
    if not now or not then:
        return "no whole year before"
    for states, shut, part, gone, gap in (
            (now, "closed all year", "open for part of the year", "no longer counted", "not counted in every period"),
            (then, "closed all the year before", "open for part of the year before", "not counted the year before", "not counted in every period of the year before")):
        if states <= {"closed"}:
            return shut
        if states <= {"stopped", "gap", "not yet"}:
            return gone
        if states & {"closed", "part", "not yet"}:
            return part
        if states & {"gap", "stopped"}:
            return gap
    return "" if before > 0 else "nothing counted the year before"


def _moved(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with change, others, against, and the usual range of change."""
    like = rows[["value", "before"]].where(rows["compared"], np.nan)
    rows["change"] = like["value"] / like["before"] - 1
    rest = like.sum() - like
    rows["others"] = (rest["value"] / rest["before"].where(rest["before"] > 0) - 1).where(rows["compared"])
    rows["against"] = (1 + rows["change"]) / (1 + rows["others"]).where(rows["others"] > -1) - 1
    steady = rows["compared"] & ~rows["small"] & (rows["value"] > 0)
    found = panel.fences(np.log1p(rows["change"].where(steady)))
    rows["band_low"], rows["band_high"] = np.expm1(found.low), np.expm1(found.high)
    rows["outside"] = np.select([steady & (rows["change"] > rows["band_high"]), steady & (rows["change"] < rows["band_low"])], ["above", "below"], "")
    return rows


def _slope(own: pd.Series, year: int) -> list[float]:
    factors = season.factors(own, year) if year > 1 else np.ones(1)
    level = own.where(own > 0) / factors[np.arange(len(own)) % year]
    points, logs = int(level.count()), np.log(level)
    found = [trend.theil_sen(logs).slope, *trend.slope_range(logs, alike=True)] if points >= panel.FEWEST else [np.nan] * 3
    return [*np.expm1(np.multiply(found, year)), points]


def _charted(away: pd.Series, logs: pd.Series, year: int) -> pd.DataFrame:
    """The control chart of one branch's distance, and the signals of its own figures."""
    line = panel.unseasonal(away, year)
    chart = control.segments(line)
    share = np.expm1(pd.DataFrame({"distance": line, "mean": chart["mean"], "low": chart["low"], "high": chart["high"]}))
    return share.assign(moved=panel.signs(line), own=panel.signs(panel.unseasonal(logs, year))).rename_axis("period").reset_index()


def _last_run(own: pd.DataFrame, name: str, latest: list[str]) -> pd.Series:
    """The last run of signals of one direction that reaches into the latest year and began in the last five, by period; empty for none."""
    signs = own.set_index("period")[name]
    places = signs.index[signs != 0]
    if not len(places) or places[-1] not in latest:
        return signs.head(0)
    run = (signs != signs.shift()).cumsum()
    found = signs[run == run[places[-1]]]
    return found if found.index[0] in signs.index[-YEARS * len(latest):] else signs.head(0)


def _run(own: pd.DataFrame, latest: list[str], events: pd.DataFrame) -> list[object]:
    alone = _last_run(own, "own", latest)
    itself = ["", None] if alone.empty else ["up" if alone.iloc[0] > 0 else "down", alone.index[0]]
    found = _last_run(own, "moved", latest)
    if found.empty:
        return ["", None, None, 0, False, np.nan, "", *itself]
    quarter = max(1, len(latest) // 4)
    logs = np.log1p(own.set_index("period")["distance"])
    earlier = logs.loc[:found.index[0]].iloc[:-1]
    gap = logs[found.index].median() - (earlier if earlier.count() else logs.drop(found.index)).median()
    first, last = periods.first_day(found.index[0]) - pd.DateOffset(months=2), periods.last_day(found.index[0])
    beside = "; ".join(events.loc[events["date"].between(first, last), "name"])
    lasting = found.index[-1] in latest[-quarter:] and len(found) >= quarter
    return ["up" if found.iloc[0] > 0 else "down", found.index[0], found.index[-1], len(found), lasting, float(np.expm1(gap)), beside, *itself]


def _kind(word: str, run: np.ndarray, every: list[str], ended: bool) -> list[object]:
    since, until = every[run[0]], every[run[-1]]
    if word == "not yet":
        return ["new", every[run[-1] + 1], every[run[-1] + 1], 1]
    last = run[-1] == len(every) - 1
    if word == "stopped" or (word == "closed" and last and ended):
        return ["closed for good" if ended else "no longer counted", since, until, len(run)]
    return [{"gap": "not counted", "closed": "closed" if last else "closed and back"}[word], since, until, len(run)]
