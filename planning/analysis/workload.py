"""Whether the hours asked of each role fit the hours that it can give: services, initiatives, what would have to go."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import portfolio

UNDER_WAY = ("chosen", "running")
SPAN = 0.05
ROOMY = 0.9
STATES = ("over", "full", "room", "not known")
COLUMNS = ["role", "role_name", "fte", "hours", "services", "initiatives", "asked", "share", "low", "high", "over", "room", "candidates", "free_hours", "state"]


def by_role(roles: pd.DataFrame, role_services: pd.DataFrame, initiatives: pd.DataFrame, initiative_hours: pd.DataFrame, *, hours_per_fte: float) -> pd.DataFrame:
    """Hours asked of each role against the hours it can give in a year, the fullest first: role, role_name, fte, hours (fte × `hours_per_fte`),
    services, initiatives (hours a year asked by services; by chosen and running initiatives in their first year), asked (their sum),
    share (asked ÷ hours; 1 is full), low, high (the share if the productive hours were 5 % more, or fewer), over, room (hours),
    candidates (hours that initiatives not yet decided would ask), free_hours (what the role says it can give to initiatives), state.

    state: over (too much even with 5 % more hours), room (under nine tenths even with 5 % fewer), full (between), or
    not known. Services of a role without any row in the table of hours are not known, and neither is what is asked of it: a
    time sheet that is missing is not a day off. An initiative that nobody split over roles asks of no role here, see `unsplit`.
    Empty without hours by service. Source of the comparison: hours asked ÷ productive hours, as in staffing by workload.
    Misleads where peaks matter: a role with room over the year can be too full in every week of term.

    >>> roles = pd.DataFrame({"role": ["R1"], "name": ["Desk"], "fte": [1.0], "free_hours": [200.0]})
    >>> given = pd.DataFrame({"role": ["R1", "R1"], "service": ["S1", "S2"], "hours": [1000.0, 500.0]})
    >>> started = pd.DataFrame({"initiative": ["I1"], "status": ["running"]})
    >>> asked = pd.DataFrame({"initiative": ["I1"], "role": ["R1"], "hours": [300.0]})
    >>> by_role(roles, given, started, asked, hours_per_fte=1600)[["asked", "share", "over", "state"]].values.tolist()
    [[1800.0, 1.125, 200.0, 'over']]
    """
    if role_services.empty or roles.empty:
        return pd.DataFrame(columns=COLUMNS)
    found = roles[["role", "name", "fte", "free_hours"]].rename(columns={"name": "role_name"}).reset_index(drop=True)
    found["hours"] = found["fte"].astype(float) * hours_per_fte
    found["services"] = found["role"].map(role_services.groupby("role")["hours"].sum(min_count=1)).astype(float)
    status = initiative_hours["initiative"].map(initiatives.set_index("initiative")["status"])
    for name, words in (("initiatives", UNDER_WAY), ("candidates", ("candidate",))):
        found[name] = found["role"].map(initiative_hours[status.isin(words)].groupby("role")["hours"].sum()).astype(float).fillna(0.0)
    found["asked"] = found["services"] + found["initiatives"]
    base = found["hours"].where(found["hours"] > 0)
    found["share"] = found["asked"] / base
    found["low"], found["high"] = found["share"] / (1 + SPAN), found["share"] / (1 - SPAN)
    found["over"], found["room"] = (found["asked"] - found["hours"]).clip(lower=0), (found["hours"] - found["asked"]).clip(lower=0)
    found["state"] = np.select([found["share"].isna(), found["low"] > 1, found["high"] < ROOMY], ["not known", "over", "room"], "full")
    order = found["state"].eq("not known")
    return found.assign(order=order).sort_values(["order", "share", "role"], ascending=[True, False, True], ignore_index=True)[COLUMNS]


def total(load: pd.DataFrame) -> pd.DataFrame:
    """All roles whose hours are known, together, in one row: roles, hours, asked, share, over, room (hours a year), unknown (roles).

    over and room are added up role by role: hours that one role has to spare do not help another
    that cannot do its work. Takes `by_role`.

    >>> load = pd.DataFrame({"hours": [1600.0, 800.0], "asked": [1800.0, 500.0], "over": [200.0, 0.0], "room": [0.0, 300.0]})
    >>> total(load)[["hours", "asked", "over", "room", "unknown"]].values.tolist()
    [[2400.0, 2300.0, 200.0, 300.0, 0.0]]
    """
    columns = ["roles", "hours", "asked", "share", "over", "room", "unknown"]
    known = load[load["asked"].notna()]
    if known.empty:
        return pd.DataFrame(columns=columns)
    sums = known[["hours", "asked", "over", "room"]].sum()
    share = sums["asked"] / sums["hours"] if sums["hours"] > 0 else np.nan
    return pd.DataFrame([[len(known), sums["hours"], sums["asked"], share, sums["over"], sums["room"], len(load) - len(known)]], columns=columns)


def relief(load: pd.DataFrame, initiatives: pd.DataFrame, initiative_hours: pd.DataFrame) -> pd.DataFrame:
    """What would have to wait so that each role that is over fits again: role, role_name, over (hours), names (initiatives that would
    have to wait, semicolons between), freed (hours that this gives), left (hours still too many), must (hours of its must-dos).

    Of the role's chosen and running initiatives that are not a must-do, as many hours are kept as fit beside services and
    must-dos (solved exactly); the others are named. left is above 0 where services and must-dos alone are too
    much: then a service, or a post, has to change. Most hours over first. Takes `by_role`.

    >>> load = pd.DataFrame({"role": ["R1"], "role_name": ["Desk"], "hours": [1600.0], "services": [1500.0], "over": [200.0], "state": ["over"]})
    >>> started = pd.DataFrame({"initiative": ["I1", "I2"], "name": ["Signs", "Entrance"], "status": "chosen", "must_do": [False, True]})
    >>> asked = pd.DataFrame({"initiative": ["I1", "I2"], "role": "R1", "hours": [220.0, 80.0]})
    >>> relief(load, started, asked)[["names", "freed", "left"]].values.tolist()
    [['Signs', 220.0, 0.0]]
    """
    columns = ["role", "role_name", "over", "names", "freed", "left", "must"]
    taken = initiatives.loc[initiatives["status"].isin(UNDER_WAY), ["initiative", "name", "must_do"]].merge(initiative_hours, on="initiative")
    rows = [_relief(row, taken[taken["role"] == row["role"]]) for row in load[load["state"] == "over"].to_dict("records")]
    return pd.DataFrame(rows, columns=columns).sort_values(["over", "role"], ascending=[False, True], ignore_index=True)


def _relief(row: dict[str, object], own: pd.DataFrame) -> list[object]:
    must = own["must_do"].fillna(False).astype(bool)
    fixed, free = own.loc[must, "hours"].sum(), own[~must]
    fits = max(row["hours"] - row["services"] - fixed, 0.0)
    kept = portfolio.best_choice(free["hours"], free[["hours"]].to_numpy(float), [fits]).chosen if len(free) else np.zeros(0, bool)
    gone = free[~kept]
    freed = float(gone["hours"].sum())
    return [row["role"], row["role_name"], row["over"], "; ".join(gone["name"]), freed, max(row["over"] - freed, 0.0), float(fixed)]


def unsplit(initiatives: pd.DataFrame, initiative_hours: pd.DataFrame) -> pd.DataFrame:
    """Chosen and running initiatives whose hours are not all given to roles: initiative, initiative_name, hours (whole), given (by role),
    open (hours of no role; missing where the whole is not known). Most open hours first, those not known before all.

    >>> started = pd.DataFrame({"initiative": ["I1"], "name": ["Signs"], "status": ["chosen"], "hours": [300.0]})
    >>> unsplit(started, pd.DataFrame({"initiative": ["I1"], "role": ["R1"], "hours": [220.0]}))[["given", "open"]].values.tolist()
    [[220.0, 80.0]]
    """
    found = initiatives.loc[initiatives["status"].isin(UNDER_WAY), ["initiative", "name", "hours"]].rename(columns={"name": "initiative_name"})
    found["given"] = found["initiative"].map(initiative_hours.groupby("initiative")["hours"].sum()).astype(float).fillna(0.0)
    found["open"] = (found["hours"].astype(float) - found["given"]).round(6)
    found = found[~(found["open"] <= 0)]
    return found.sort_values(["open", "initiative"], ascending=[False, True], na_position="first", ignore_index=True)


def reconciled(load: pd.DataFrame, role_services: pd.DataFrame) -> pd.DataFrame:
    """Hours by role and by service that must agree: check, expected, found; empty without hours by service."""
    if load.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    return pd.DataFrame([["Hours asked by services are the same by role and by service", role_services["hours"].sum(), load["services"].sum()]], columns=["check", "expected", "found"])
