"""The chosen initiatives put in months: who starts when, who would lead too many at once, and with which one to begin."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planning.methods import periods, schedule
from planning.methods.selection import DONE, FREE, MUST, RUNNING

ASSUMED = 12
LOW_RISK = 3


def months(planned: pd.DataFrame, links: pd.DataFrame, roles: pd.DataFrame, facts: Mapping[str, object]) -> pd.DataFrame:
    """The months of every initiative that starts, one row an initiative: initiative, initiative_name, part, owner_name, fiscal_year
    (in which it is to start), first (month, 0 is the first of the first coming year), months (number), assumed (true when the number
    is), begins and ends (days), late (months after the plan's own start; missing without one), slips (begins after its fiscal year),
    held (owner: leads too many before; waits: for what it needs; or empty), after (names that it waits for, semicolons between),
    fixed (keeps the plan's own dates).

    Months run from the plan's own start to its own end; without both, 12 are assumed. What runs
    already, and what must be done and starts before the first coming year, keeps its dates. The
    others may start in the month of their own start, or in the first of the year when they have none
    or it has passed. Month by month, those that must be done go first, then the one with the longest
    chain waiting for it, then the greatest value; one starts when what it needs is finished, and
    its owner leads fewer than `most_at_once` of the facts. Where the plan's own dates let two
    overlap, or a length is only assumed, it is enough that the needed one has started. An initiative
    without an owner waits for nobody. Source: list scheduling, Graham 1969. Other orders can end earlier.
    Empty without `roadmap.spread`. By first month, then by value.
    """
    columns = ["initiative", "initiative_name", "part", "owner_name", "fiscal_year", "first", "months", "assumed", "begins", "ends", "late", "slips",
               "held", "after", "fixed"]
    rows = planned[planned["year"].notna()].reset_index(drop=True)
    if rows.empty:
        return pd.DataFrame(columns=columns)
    opens = _opens(rows, facts)
    own = rows.assign(own=[_between(opens, start) for start in rows["start"]], own_end=[_between(opens, end) for end in rows["end"]])
    own["assumed"] = ~(own["own_end"] >= own["own"])
    own["months"] = (own["own_end"] - own["own"] + 1).where(~own["assumed"], ASSUMED).astype(int)
    own["fixed"] = own["own"].notna() & ((own["part"] == RUNNING) | ((own["part"] == MUST) & (own["own"] < 0)))
    own["earliest"] = [_earliest(row) for row in own.to_dict("records")]
    waits = _waits(own, links)
    own["first"] = schedule.starts(own["months"].tolist(), _leads(own), most=int(facts["most_at_once"]), priority=_priority(own, waits), waits=waits,
                                   earliest=own["earliest"].tolist(), fixed=[int(row.own) if row.fixed else None for row in own.itertuples()])
    found = _told(own, waits, roles, opens).sort_values(["first", "value", "initiative"], ascending=[True, False, True], ignore_index=True)
    return found[columns]


def _opens(planned: pd.DataFrame, facts: Mapping[str, object]) -> pd.Period:
    """The first month of the first coming fiscal year."""
    year = int((planned["fiscal_year"] - planned["year"]).iloc[0]) + 1
    return pd.Period(periods.first_day(str(year), int(facts["fiscal_year_start"])), "M")


def _between(opens: pd.Period, day: object) -> float:
    return float("nan") if pd.isna(day) else float((pd.Period(pd.Timestamp(day), "M") - opens).n)


def _earliest(row: dict[str, object]) -> int:
    start = 12 * (int(row["year"]) - 1)
    return start if pd.isna(row["own"]) or row["own"] < 0 else start + int(row["own"]) % 12


def _leads(own: pd.DataFrame) -> list[object]:
    return [None if pd.isna(owner) else owner for owner in own["owner"]]


def _waits(own: pd.DataFrame, links: pd.DataFrame) -> list[schedule.Wait]:
    place = {initiative: row for row, initiative in enumerate(own["initiative"])}
    found = []
    for one, other in links.loc[links["link"] == "needs", ["initiative", "other"]].itertuples(index=False):
        if one in place and other in place and one != other and own["part"].iloc[place[one]] != RUNNING:
            first, needed = own.iloc[place[one]], own.iloc[place[other]]
            overlap = first["assumed"] or needed["assumed"] or first["own"] <= needed["own_end"]
            found.append(schedule.Wait(place[one], place[other], not overlap))
    return found


def _priority(own: pd.DataFrame, waits: list[schedule.Wait]) -> list[int]:
    order = own.assign(must=own["part"] == FREE, chain=schedule.chains(own["months"].tolist(), waits))
    return order.sort_values(["must", "chain", "value", "initiative"], ascending=[True, False, False, True]).index.tolist()


def _told(own: pd.DataFrame, waits: list[schedule.Wait], roles: pd.DataFrame, opens: pd.Period) -> pd.DataFrame:
    names = roles.drop_duplicates("role").set_index("role")["name"]
    needs = [[wait for wait in waits if wait.one == row] for row in range(len(own))]
    free = [max([own["earliest"].iloc[row], *(own["first"].iloc[wait.other] + own["months"].iloc[wait.other] * wait.whole for wait in needs[row])])
            for row in range(len(own))]
    found = own.assign(owner_name=own["owner"].map(names), after=["; ".join(own["initiative_name"].iloc[wait.other] for wait in waited) for waited in needs])
    found["held"] = np.select([own["fixed"], own["first"] > free, np.array(free) > own["earliest"]], ["", "owner", "waits"], "")
    found["begins"] = [(opens + int(first)).start_time for first in own["first"]]
    found["ends"] = [(opens + int(first + length - 1)).end_time.normalize() for first, length in zip(own["first"], own["months"])]
    found["late"] = (own["first"] - own["own"]).where(~own["fixed"])
    found["slips"] = ~own["fixed"] & (own["first"] >= 12 * own["year"])
    return found.astype({"fiscal_year": int})


def load(planned: pd.DataFrame, roles: pd.DataFrame, facts: Mapping[str, object]) -> pd.DataFrame:
    """Owners by how many initiatives they would lead at once by the plan's own dates: owner_name, led (number in all), most (at once), since
    and until (first and last month with that many), names (led then, semicolons between), over (more than `most_at_once` of the facts).

    Only initiatives that start in one of the years or run, and that have both dates; months are counted
    whole. Most at once first. Takes `roadmap.spread`, roles and the facts.
    """
    columns = ["owner_name", "led", "most", "since", "until", "names", "over"]
    rows = planned[planned["year"].notna() & (planned["end"] >= planned["start"]) & planned["owner"].isin(roles["role"])] if len(planned) else planned
    names, found = roles.drop_duplicates("role").set_index("role")["name"], []
    for owner, led in rows.groupby("owner"):
        spans = [pd.period_range(row.start, row.end, freq="M") for row in led.itertuples()]
        at_once = pd.Series(np.concatenate([span.asi8 for span in spans])).value_counts().sort_index()
        peak = [pd.Period(ordinal=int(month), freq="M") for month in at_once[at_once == at_once.max()].index]
        then = [row.initiative_name for row, span in zip(led.itertuples(), spans) if peak[0] in span]
        found.append([names[owner], len(led), int(at_once.max()), peak[0].start_time, peak[-1].end_time.normalize(), "; ".join(then),
                      int(at_once.max()) > int(facts["most_at_once"])])
    return pd.DataFrame(found, columns=columns).sort_values(["most", "led", "owner_name"], ascending=[False, False, True], ignore_index=True)


def first(planned: pd.DataFrame, links: pd.DataFrame, roles: pd.DataFrame) -> pd.DataFrame:
    """With which initiative to begin, those that start in year 1 and are free to choose: initiative, initiative_name, value, risk (points 1-5),
    owner_name, ready (needs nothing that has still to be begun), low_risk (3 or less), owner_free (leads nothing that runs or must be
    done), passes (0-3), first (true for the one to begin with).

    The one of greatest value among those that pass all three; it fits by itself, since it is part of
    what fits together. None when no one passes all three. A risk that is not known, or an owner who is
    not, passes nothing. Takes `roadmap.spread`, links and roles. Most passes first, then by value.
    """
    columns = ["initiative", "initiative_name", "value", "risk", "owner_name", "ready", "low_risk", "owner_free", "passes", "first"]
    rows = planned[(planned["year"] == 1) & (planned["part"] == FREE)].copy() if len(planned) else planned
    if rows.empty:
        return pd.DataFrame(columns=columns)
    begun = planned.loc[planned["part"].isin([RUNNING, DONE]), "initiative"]
    waiting = links.loc[(links["link"] == "needs") & ~links["other"].isin(begun), "initiative"]
    busy = planned.loc[planned["part"].isin([RUNNING, MUST]), "owner"]
    rows["ready"], rows["low_risk"] = ~rows["initiative"].isin(waiting), rows["risk"].astype(float) <= LOW_RISK
    rows["owner_name"] = rows["owner"].map(roles.drop_duplicates("role").set_index("role")["name"])
    rows["owner_free"] = rows["owner_name"].notna() & ~rows["owner"].isin(busy)
    rows["passes"] = rows[["ready", "low_risk", "owner_free"]].sum(axis=1).astype(int)
    rows = rows.sort_values(["passes", "value", "initiative"], ascending=[False, False, True], ignore_index=True)
    return rows.assign(first=(rows.index == 0) & (rows["passes"] == 3))[columns]
