"""The register of partners: what each does, when its entry was last checked, and how the number of partners grew."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.methods import periods

ROLES = ("mentor", "round table", "referral", "delivers", "hosts", "promotes", "funds", "advises")
CHECKS = ("never checked", "stale", "checked", "ended")


def entries(partners: pd.DataFrame, partner_roles: pd.DataFrame, *, as_of: dt.date, stale: int = 365) -> pd.DataFrame:
    """Each entry of the register, those to look at first: partner, partner_name, kind, status, since, until (days), years (for
    how long it is or was a partner; missing without a first day, and for an ended one without a last), roles (in words),
    roles_count, checked (day), days (since then), check (never checked, stale, checked, ended).

    An active partner or prospect that nobody ever checked comes first, then those last checked more
    than `stale` days ago, the longest ago first. A partner that has ended needs no check and stands
    last. A check says that somebody looked at the entry, not that the partnership works.

    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Clinic"], "kind": ["education", "government"], "status": ["active", "prospect"],
    ...     "since": pd.to_datetime(["2024-07-01", None]), "until": pd.to_datetime([None, None]), "checked": pd.to_datetime(["2025-01-01", None])})
    >>> roles = pd.DataFrame({"partner": ["P1"], "role": ["hosts"]})
    >>> entries(partners, roles, as_of=dt.date(2026, 6, 30))[["partner_name", "years", "roles", "check"]].round(1).values.tolist()
    [['Clinic', nan, '', 'never checked'], ['School', 2.0, 'hosts', 'stale']]
    """
    columns = ["partner", "partner_name", "kind", "status", "since", "until", "years", "roles", "roles_count", "checked", "days", "check"]
    if partners.empty:
        return pd.DataFrame(columns=columns)
    day = pd.Timestamp(as_of)
    found = partners.rename(columns={"name": "partner_name"})
    over = found["status"] == "ended"
    last = pd.to_datetime(found["until"]).where(found["until"].le(day) | over, day)
    found["years"] = ((last - pd.to_datetime(found["since"])).dt.days / 365.25).where(lambda years: years >= 0)
    played = partner_roles.assign(place=partner_roles["role"].map({role: place for place, role in enumerate(ROLES)})).sort_values("place")
    found["roles"] = ["; ".join(played.loc[played["partner"] == partner, "role"]) for partner in found["partner"]]
    found["roles_count"] = found["partner"].map(partner_roles["partner"].value_counts().to_dict()).fillna(0).astype(int)
    found["days"] = (day - pd.to_datetime(found["checked"])).dt.days.astype(float)
    found["check"] = ["ended" if ended else "never checked" if pd.isna(days) else "stale" if days > stale else "checked"
                      for ended, days in zip(over, found["days"])]
    order = found["check"].map({word: place for place, word in enumerate(CHECKS)})
    return found.assign(order=order).sort_values(["order", "days", "status", "partner"], ascending=[True, False, True, True], ignore_index=True)[columns]


def roles(partners: pd.DataFrame, partner_roles: pd.DataFrame) -> pd.DataFrame:
    """Who plays each of the eight roles, those that nobody plays first: role, players (number of active partners), names,
    rests (nobody, one partner, several), prospects (number that would play it), prospect_names, recorded (number of
    active partners for which any role is recorded), active (number of active partners).

    Prospects with an ethics veto are left out. Empty while no role of an active partner is recorded,
    since then nothing says that nobody plays one. Where `recorded` is below `active`, a role that
    nobody seems to play may only be unrecorded.

    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Clinic"], "status": ["active", "prospect"], "ethics": ["clear", "clear"]})
    >>> pairs = pd.DataFrame({"partner": ["P1", "P2"], "role": ["hosts", "mentor"]})
    >>> roles(partners, pairs).query("role in ['hosts', 'mentor']")[["role", "rests", "names", "prospect_names"]].values.tolist()
    [['mentor', 'nobody', '', 'Clinic'], ['hosts', 'one partner', 'School', '']]
    """
    columns = ["role", "players", "names", "rests", "prospects", "prospect_names", "recorded", "active"]
    pairs = partner_roles[["partner", "role"]].merge(partners[["partner", "name", "status", "ethics"]], on="partner").sort_values(["partner", "role"])
    today = pairs[pairs["status"] == "active"]
    could = pairs[(pairs["status"] == "prospect") & (pairs["ethics"] != "veto")]
    if today.empty:
        return pd.DataFrame(columns=columns)
    rows = []
    for role in ROLES:
        players, others = today.loc[today["role"] == role, "name"], could.loc[could["role"] == role, "name"]
        rests = "nobody" if players.empty else "one partner" if len(players) == 1 else "several"
        counted = today["partner"].nunique(), int((partners["status"] == "active").sum())
        rows.append([role, len(players), "; ".join(players), rests, len(others), "; ".join(others), *counted])
    return pd.DataFrame(rows, columns=columns).sort_values("players", kind="stable", ignore_index=True)


def growth(partners: pd.DataFrame, *, as_of: dt.date, fiscal_year_start: int, years: int = 6) -> pd.DataFrame:
    """How many partners were active at the end of each of the last `years` fiscal years, oldest first: fiscal_year, end (its
    last day, or `as_of` while it runs), complete (the year has ended), active (number; missing when it cannot be counted),
    low, high (numbers between which it lies), started, ended (numbers in the year, of those whose days are known), change
    (active less the year before), growth (change ÷ the year before, share), unclear (names of those that cannot be placed).

    A partner counts from `since` to `until`, both days included; a prospect never counts. One that
    has ended without a last day, or without a first, or that has no first day although it is active,
    leaves the year-ends open in which it may have counted. Then `active` is missing and lies from
    `low` to `high`. A count says nothing of how much is done together: ten quiet partners are not
    more than three busy ones. Empty when no partner was ever active.

    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Cinema"], "status": ["active", "ended"],
    ...     "since": pd.to_datetime(["2025-09-01", "2020-01-01"]), "until": pd.to_datetime([None, "2025-03-31"])})
    >>> growth(partners, as_of=dt.date(2026, 6, 30), fiscal_year_start=7, years=3)[["fiscal_year", "active", "started", "ended"]].values.tolist()
    [[2024.0, 1.0, 0.0, 0.0], [2025.0, 0.0, 0.0, 1.0], [2026.0, 1.0, 1.0, 0.0]]
    """
    columns = ["fiscal_year", "end", "complete", "active", "low", "high", "started", "ended", "change", "growth", "unclear"]
    counted = partners[partners["status"] != "prospect"]
    if counted.empty:
        return pd.DataFrame(columns=columns)
    day = pd.Timestamp(as_of)
    year = day.year if periods.last_day(str(day.year), fiscal_year_start) >= day else day.year + 1
    spans = _spans(counted, day)
    rows, before = [], min(periods.last_day(str(year - years), fiscal_year_start), day)
    for one in range(year - years + 1, year + 1):
        end = min(periods.last_day(str(one), fiscal_year_start), day)
        rows.append([one, end, end < day or end == periods.last_day(str(one), fiscal_year_start), *_at(spans, before, end)])
        before = end
    found = pd.DataFrame(rows, columns=["fiscal_year", "end", "complete", "low", "high", "started", "ended", "unclear"])
    found["active"] = found["low"].astype(float).where(found["low"] == found["high"])
    found["change"] = found["active"].diff()
    found["growth"] = found["change"] / found["active"].shift().where(lambda count: count > 0)
    return found[columns]


def _spans(counted: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """First and last day on which each partner surely counted and on which it may have counted."""
    since, until = pd.to_datetime(counted["since"]), pd.to_datetime(counted["until"])
    wrong = until < since
    since, until = since.mask(wrong), until.mask(wrong)
    over = counted["status"] == "ended"
    latest, earliest = pd.Timestamp.max.normalize(), pd.Timestamp.min.ceil("D")
    open_end = until.isna() & over
    return pd.DataFrame({
        "name": counted["name"], "since": since, "until": until,
        "may_from": since.fillna(earliest), "may_to": until.fillna(latest).mask(open_end, day - pd.Timedelta(days=1)),
        "sure_from": since.mask(since.isna() & ~over, day).fillna(latest), "sure_to": until.fillna(latest).mask(open_end, since.fillna(earliest)),
    })


def _at(spans: pd.DataFrame, before: pd.Timestamp, end: pd.Timestamp) -> list[object]:
    """The count at one year-end: low, high, started and ended since the year-end before, names of those that may or may not count."""
    sure = (spans["sure_from"] <= end) & (spans["sure_to"] >= end)
    may = (spans["may_from"] <= end) & (spans["may_to"] >= end)
    started = spans["since"].gt(before) & spans["since"].le(end)
    ended = spans["until"].ge(before) & spans["until"].lt(end)
    return [int(sure.sum()), int((sure | may).sum()), int(started.sum()), int(ended.sum()), "; ".join(spans.loc[may & ~sure, "name"])]


def reconciled(growth: pd.DataFrame) -> pd.DataFrame:
    """The sum that starts and ends must have from the first to the last year-end: check, expected, found; empty where a
    year-end cannot be counted. Takes `growth`.

    >>> rows = pd.DataFrame({"active": [3.0, 4.0], "started": [0, 2], "ended": [0, 1]})
    >>> reconciled(rows)[["expected", "found"]].values.tolist()
    [[4.0, 4.0]]
    """
    columns = ["check", "expected", "found"]
    if growth.empty or growth["active"].isna().any():
        return pd.DataFrame(columns=columns)
    after = growth.iloc[1:]
    total = growth["active"].iloc[0] + after["started"].sum() - after["ended"].sum()
    return pd.DataFrame([["Partners at the first year-end, with starts and without ends, make those at the last", total, growth["active"].iloc[-1]]], columns=columns)
