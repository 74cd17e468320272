"""Posts that are open or will be: for how long, what is missing meanwhile, and what waits for them."""

from __future__ import annotations

import datetime as dt

import pandas as pd

UNDER_WAY = ("chosen", "running")
MONTH = 365.25 / 12
LONG = 6
COLUMNS = ["vacancy", "role", "role_name", "status", "state", "fte", "since", "months", "hours_year", "hours_lost", "expected", "applied", "initiatives", "waiting", "services", "served"]


def posts(vacancies: pd.DataFrame, roles: pd.DataFrame, *, as_of: dt.date, hours_per_fte: float, small_group: int = 5) -> pd.DataFrame:
    """Posts open today or expected to be, the longest open first: vacancy, role, role_name, status, state, fte, since, months (open so far;
    missing while it is not open yet), hours_year (fte × `hours_per_fte`), hours_lost (hours not worked so far), expected (day it
    is thought to be filled; missing when nobody said), applied (people; missing for fewer than `small_group`, but not for nobody).

    state: frozen, late (the day on which it was to be filled has passed), open, or coming (not open yet). Filled posts are
    left out. Misleads where others fill in meanwhile: hours lost to the post are not always lost to the patrons.

    >>> vacancies = pd.DataFrame({"vacancy": ["VA1"], "role": ["R1"], "fte": [0.5], "since": [pd.Timestamp("2025-07-01")], "status": ["frozen"],
    ...                           "filled": [pd.NaT], "applied": [None]})
    >>> found = posts(vacancies, pd.DataFrame({"role": ["R1"], "name": ["Desk"]}), as_of=dt.date(2026, 7, 1), hours_per_fte=1600)
    >>> found[["state", "hours_year"]].values.tolist(), found["months"].round(1).tolist()
    ([['frozen', 800.0]], [12.0])
    """
    day = pd.Timestamp(as_of)
    found = vacancies[vacancies["status"] != "filled"].merge(roles[["role", "name"]].rename(columns={"name": "role_name"}), on="role", how="left")
    since, filled = pd.to_datetime(found["since"]), pd.to_datetime(found["filled"])
    found["months"] = ((day - since).dt.days / MONTH).where(since <= day)
    found["hours_year"] = found["fte"].astype(float) * hours_per_fte
    found["hours_lost"] = found["hours_year"] * found["months"] / 12
    found["expected"] = filled
    found["applied"] = found["applied"].mask(found["applied"].gt(0) & found["applied"].lt(small_group))
    coming = since > day
    found["state"] = pd.Series("open", index=found.index, dtype="str").mask(filled < day, "late").mask(found["status"] == "frozen", "frozen").mask(coming, "coming")
    return found.sort_values(["months", "vacancy"], ascending=[False, True], na_position="last", ignore_index=True)[COLUMNS[:12]]


def waiting(posts: pd.DataFrame, initiatives: pd.DataFrame, initiative_hours: pd.DataFrame) -> pd.DataFrame:
    """`posts` with what waits: initiatives (number of chosen and running initiatives that the role leads or gives hours to), waiting (their
    names, semicolons between).

    A role that still has people in it may do them all the same, only later: waiting is a question to
    ask, not a stop.

    >>> posts = pd.DataFrame({"vacancy": ["VA1"], "role": ["R1"], "status": ["frozen"]})
    >>> started = pd.DataFrame({"initiative": ["I1", "I2"], "name": ["Signs", "Hub"], "status": ["chosen", "candidate"], "owner": ["R1", "R1"]})
    >>> waiting(posts, started, pd.DataFrame({"initiative": [], "role": [], "hours": []}))[["initiatives", "waiting"]].values.tolist()
    [[1, 'Signs']]
    """
    taken = initiatives[initiatives["status"].isin(UNDER_WAY)]
    pairs = pd.concat([taken[["initiative", "owner"]].rename(columns={"owner": "role"}), initiative_hours.loc[initiative_hours["initiative"].isin(taken["initiative"]), ["initiative", "role"]]])
    return _listed(posts, pairs.rename(columns={"initiative": "id"}), dict(zip(taken["initiative"], taken["name"])), "initiatives", "waiting")


def served(posts: pd.DataFrame, services: pd.DataFrame, role_services: pd.DataFrame) -> pd.DataFrame:
    """`posts` with the services that lean on the role: services (number that it owns or gives hours to), served (their names).

    >>> posts = pd.DataFrame({"vacancy": ["VA1"], "role": ["R1"]})
    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Storytime"], "status": ["running"], "owner": ["R2"]})
    >>> served(posts, services, pd.DataFrame({"role": ["R1"], "service": ["S1"], "hours": [90.0]}))[["services", "served"]].values.tolist()
    [[1, 'Storytime']]
    """
    running = services[services["status"] != "ended"]
    pairs = pd.concat([running[["service", "owner"]].rename(columns={"owner": "role"}), role_services.loc[role_services["service"].isin(running["service"]), ["service", "role"]]])
    return _listed(posts, pairs.rename(columns={"service": "id"}), dict(zip(running["service"], running["name"])), "services", "served")


def _listed(posts: pd.DataFrame, pairs: pd.DataFrame, names: dict[str, str], number: str, told: str) -> pd.DataFrame:
    by_role = pairs.dropna(subset=["role"]).drop_duplicates().sort_values("id").groupby("role")["id"].apply(list).to_dict() if len(pairs) else {}
    own = [by_role.get(role, []) for role in posts["role"]]
    return posts.assign(**{number: pd.Series([len(ids) for ids in own], index=posts.index, dtype=int),
                           told: pd.Series(["; ".join(names[one] for one in ids) for ids in own], index=posts.index, dtype="str")})
