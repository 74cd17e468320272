"""What the library and its partners have promised each other: whether it is complete, when it is due, whether it works."""

from __future__ import annotations

import datetime as dt

import pandas as pd

SHARED = {"aim": "a shared aim", "library_expects": "what the library expects", "partner_expects": "what the partner expects"}
GIVEN = {"library_gives": "what the library gives", "partner_gives": "what the partner gives"}
SUCCESS = {"success": "what success means", "partner_success": "what success means to the partner", "kpi": "a KPI"}
CARE = {"owner": "an owner", "partner_post": "a post at the partner", "contact": "how both sides talk", "review": "a review date",
        "answered": "somebody who answers for each task"}
ENDING = {"ending": "an end date or a way to end it"}
GROUPS = {"expectations": SHARED, "given": GIVEN, "measures": SUCCESS, "care": CARE, "close": ENDING}
POINTS = {point: words for group in GROUPS.values() for point, words in group.items()}
EVER_ASKED = ("library_gives", "partner_gives", "success", "kpi", "owner", "review", "ending")
ATTENTION = ("overdue", "due soon", "no date", "later")


def register(agreements: pd.DataFrame, partners: pd.DataFrame, *, as_of: dt.date, soon: int = 90, tasks: pd.DataFrame | None = None) -> pd.DataFrame:
    """Each agreement as it stands on a day, those to act on first: agreement, agreement_name, partner, partner_name, start,
    end, review, kpi, state (running, not begun, ended), points (number of points that it states), asked (number of points
    asked for), share (points ÷ asked, 0-1), lacks (the others, in words), not_asked (points not counted, in words, the same
    in each row), complete, attention (overdue, due soon, no date, later; missing when it has ended), days (until the review,
    below 0 when overdue), days_left (until its end; missing when open-ended or ended).

    Up to fourteen points: a shared aim, what each side expects and gives, what success means to each, a KPI, an owner,
    a post at the partner, how both sides talk, a review date, somebody who answers for each task of `tasks`, and an end
    date or a way to end it. Seven of them (both sides' gifts, success, KPI, owner, review, end) are always asked for; each
    of the others as soon as one agreement of the plan states it: what nobody was asked to write is not lacking. An
    agreement without a task lacks somebody who answers, once `tasks` has rows. A review is *due soon* within `soon` days.
    A statement that is there may still be vague: the check sees that something is written, not what.

    >>> agreements = pd.DataFrame({"agreement": ["AG1"], "name": ["Class visits"], "partner": ["P1"], "start": pd.to_datetime(["2024-09-01"]),
    ...     "end": pd.to_datetime([None]), "review": pd.to_datetime(["2026-05-31"]), "library_gives": ["Cards"], "partner_gives": ["Time in class"],
    ...     "success": [None], "kpi": ["K1"], "owner": ["R1"], "aim": ["Every child reads"]})
    >>> partners = pd.DataFrame({"partner": ["P1"], "name": ["School"]})
    >>> register(agreements, partners, as_of=dt.date(2026, 6, 30))[["points", "asked", "lacks", "attention", "days"]].values.tolist()
    [[6, 8, 'what success means; an end date or a way to end it', 'overdue', -30.0]]
    """
    columns = ["agreement", "agreement_name", "partner", "partner_name", "start", "end", "review", "kpi", "state",
               "points", "asked", "share", "lacks", "not_asked", "complete", "attention", "days", "days_left"]
    if agreements.empty:
        return pd.DataFrame(columns=columns)
    day = pd.Timestamp(as_of)
    found = agreements.rename(columns={"name": "agreement_name"})
    found["partner_name"] = found["partner"].map(partners.set_index("partner")["name"])
    found = found.join(_stated(agreements, tasks))
    found["state"] = [_state(row.start, row.end, day) for row in found.itertuples()]
    over = found["state"] == "ended"
    found["days"] = (found["review"] - day).dt.days.astype(float).mask(over)
    found["days_left"] = (found["end"] - day).dt.days.astype(float).mask(over)
    found["attention"] = pd.Series([_attention(days, soon) for days in found["days"]], index=found.index, dtype="str").mask(over)
    order = found["attention"].map({word: place for place, word in enumerate(ATTENTION)})
    return found.assign(order=order).sort_values(["order", "days", "agreement"], ignore_index=True)[columns]


def _stated(agreements: pd.DataFrame, tasks: pd.DataFrame | None) -> pd.DataFrame:
    """How many points each agreement states, of those asked for, and which it lacks."""
    there = agreements.reindex(columns=list(POINTS)).notna()
    there["ending"] |= agreements["end"].notna()
    if tasks is not None and len(tasks):
        answered = tasks["accountable"].notna().groupby(tasks["agreement"]).all()
        there["answered"] = agreements["agreement"].map(answered).eq(True)
    asked = [point for point in POINTS if point in EVER_ASKED or there[point].any() or (point == "answered" and tasks is not None and len(tasks))]
    stated = there[asked]
    found = pd.DataFrame({"points": stated.sum(axis=1), "asked": len(asked), "complete": stated.all(axis=1)})
    found["share"] = found["points"] / found["asked"]
    found["lacks"] = ["; ".join(POINTS[point] for point in asked if not row[point]) for row in stated.to_dict("records")]
    found["not_asked"] = "; ".join(words for point, words in POINTS.items() if point not in asked)
    return found


def _state(start: pd.Timestamp, end: pd.Timestamp, day: pd.Timestamp) -> str:
    if start > day:
        return "not begun"
    return "ended" if end < day else "running"


def _attention(days: float, soon: int) -> str:
    if pd.isna(days):
        return "no date"
    return "overdue" if days < 0 else "due soon" if days <= soon else "later"


def lacking(register: pd.DataFrame) -> pd.DataFrame:
    """How many running agreements lack each point asked for, most often lacking first: group (expectations, given, measures,
    care, close), point, point_name, lacking, of (numbers).

    Takes `register`. Empty when no agreement runs.

    >>> rows = pd.DataFrame({"state": ["running"], "lacks": ["a KPI; an owner"], "not_asked": ["a shared aim"]})
    >>> lacking(rows).head(2)[["point_name", "lacking", "of"]].values.tolist()
    [['a KPI', 1, 1], ['an owner', 1, 1]]
    """
    columns = ["group", "point", "point_name", "lacking", "of"]
    running = register[register["state"] == "running"]
    if running.empty:
        return pd.DataFrame(columns=columns)
    lists = [set(text.split("; ")) for text in running["lacks"]]
    spared = set(running["not_asked"].iloc[0].split("; "))
    found = pd.DataFrame([[group, point, words, sum(words in one for one in lists), len(lists)] for group, points in GROUPS.items()
                          for point, words in points.items() if words not in spared], columns=columns)
    return found.sort_values("lacking", ascending=False, kind="stable", ignore_index=True)


def completeness(register: pd.DataFrame) -> pd.DataFrame:
    """What each running agreement lacks, group by group, the one that states least first: agreement, agreement_name, partner,
    partner_name, points, asked (numbers), share (points ÷ asked, 0-1), and for each group of points the ids of those that
    lack, with semicolons between, empty where none does: expectations (shared aim, what each side expects), given (what
    each side gives), measures (what success means to each, the KPI), care (owner, partner's post, contact, review, tasks
    answered for), close (end date or way to end it).

    Takes `register`. Misleads as a mark for a partnership: a handshake can work for years, and a full form can lie in a
    drawer.

    >>> rows = pd.DataFrame({"agreement": ["AG1"], "agreement_name": ["Visits"], "partner": ["P1"], "partner_name": ["School"], "state": ["running"],
    ...                      "points": [12], "asked": [14], "share": [12 / 14], "lacks": ["a KPI; an owner"]})
    >>> completeness(rows)[["expectations", "measures", "care"]].values.tolist()
    [['', 'kpi', 'owner']]
    """
    front = ["agreement", "agreement_name", "partner", "partner_name", "points", "asked", "share"]
    running = register[register["state"] == "running"]
    found = running[front].assign(**{
        group: pd.Series(["; ".join(point for point, words in points.items() if words in text.split("; ")) for text in running["lacks"]], index=running.index, dtype="str")
        for group, points in GROUPS.items()})
    return found.sort_values(["share", "agreement"], ignore_index=True)


def without(partners: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Active partners with no running agreement, the longest-standing first: partner, partner_name, kind, since, last_ended
    (day on which the latest agreement ended; missing when there was none).

    >>> partners = pd.DataFrame({"partner": ["P1"], "name": ["School"], "kind": ["education"], "status": ["active"], "since": pd.to_datetime(["2019-09-01"])})
    >>> without(partners, pd.DataFrame(columns=["partner", "state", "end"]))["partner_name"].tolist()
    ['School']
    """
    running = register.loc[register["state"] == "running", "partner"]
    found = partners.loc[(partners["status"] == "active") & ~partners["partner"].isin(running), ["partner", "name", "kind", "since"]]
    found = found.rename(columns={"name": "partner_name"})
    ended = register[register["state"] == "ended"]
    latest = ended.assign(last_ended=pd.to_datetime(ended["end"])).groupby("partner")["last_ended"].max()
    found = found.join(latest, on="partner")
    return found.sort_values(["since", "partner"], ignore_index=True)


def working(register: pd.DataFrame, progress: pd.DataFrame) -> pd.DataFrame:
    """How the KPI that each running agreement names is doing: agreement, agreement_name, partner, partner_name, kpi, kpi_name,
    unit, value, period, target, target_low, target_high, status (on target, near, behind, stale, no data, no target, no KPI named).

    Takes `register` and `kpis.progress`. Agreements whose KPI needs a look come first. A KPI moves
    for many reasons, so this says whether the hoped-for change is there, not whether the partner
    brought it about.

    >>> terms = pd.DataFrame({"agreement": ["AG1"], "agreement_name": ["Visits"], "partner": ["P1"], "partner_name": ["School"], "kpi": [None], "state": ["running"]})
    >>> nothing = pd.DataFrame(columns=["kpi", "name", "unit", "value", "period", "target", "target_low", "target_high", "status"])
    >>> working(terms, nothing)[["agreement_name", "status"]].values.tolist()
    [['Visits', 'no KPI named']]
    """
    front = ["agreement", "agreement_name", "partner", "partner_name", "kpi"]
    figures = ["kpi_name", "unit", "value", "period", "target", "target_low", "target_high", "status"]
    running = register.loc[register["state"] == "running", front]
    if running.empty:
        return pd.DataFrame(columns=[*front, *figures])
    known = progress.rename(columns={"name": "kpi_name"})[["kpi", *figures]].astype({"kpi": object})
    found = running.astype({"kpi": object}).merge(known, on="kpi", how="left")
    found["status"] = found["status"].astype(object).where(found["status"].notna(), "no data").mask(found["kpi"].isna(), "no KPI named")
    order = found["status"].map({"behind": 0, "stale": 1, "no data": 2, "no target": 3, "no KPI named": 4, "near": 5, "on target": 6})
    return found.assign(order=order).sort_values(["order", "agreement"], ignore_index=True)[[*front, *figures]]


def reconciled(agreements: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """The sum that agreements by state must have: check, expected, found; empty without agreements."""
    columns = ["check", "expected", "found"]
    if agreements.empty:
        return pd.DataFrame(columns=columns)
    states = register["state"].isin(["running", "not begun", "ended"]).sum()
    return pd.DataFrame([["Agreements by state add up to all agreements", len(agreements), int(states)]], columns=columns)
