"""People whom the library and its partners send to each other, and what each tells others about the other."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.methods import intervals, periods, suppression

DIRECTIONS = ("to the library", "to the partner")
SIDES = ("library", "partner")
UNEVEN = 3.0


def flows(referrals: pd.DataFrame, partners: pd.DataFrame, *, as_of: dt.date, small_group: int, fiscal_year_start: int = 1) -> pd.DataFrame:
    """How many people were sent each way in the twelve months before a day, by partner and direction: partner, partner_name,
    direction (to the library, to the partner), people (number), counted (those of them whose arrival was counted), arrived
    (number), share (arrived ÷ counted, 0-1), low, high (its 95 % Wilson interval), hidden, arrival_hidden.

    Counts periods that began in these twelve months. A direction without a row is not listed: it is not recorded, not zero.
    Hidden (people missing) is a partner that fewer than `small_group` people were sent to or from, and with it the next
    smallest, until the total of the direction no longer tells it. The arrival is hidden too where the arrived, those who did
    not arrive, or those whose arrival nobody counted are between 1 and `small_group`. Partners with most people first,
    hidden ones last. Sent is not served: the interval holds only the error of chance, and those who arrived somewhere else
    are counted as lost.

    >>> sent = pd.DataFrame({"partner": ["P1"], "period": ["2026-Q2"], "direction": ["to the library"], "people": [34], "arrived": [21.0]})
    >>> partners = pd.DataFrame({"partner": ["P1"], "name": ["School"]})
    >>> flows(sent, partners, as_of=dt.date(2026, 6, 30), small_group=5)[["people", "share", "low", "high"]].round(2).values.tolist()
    [[34.0, 0.62, 0.45, 0.76]]
    """
    columns = ["partner", "partner_name", "direction", "people", "counted", "arrived", "share", "low", "high", "hidden", "arrival_hidden"]
    recent = _recent(referrals, as_of, fiscal_year_start)
    if recent.empty:
        return pd.DataFrame(columns=columns)
    known = recent.assign(counted=recent["people"].where(recent["arrived"].notna()), people=recent["people"].astype(float))
    found = known.groupby(["partner", "direction"])[["people", "counted", "arrived"]].sum(min_count=1).reset_index()
    found["partner_name"] = found["partner"].map(partners.set_index("partner")["name"])
    found["hidden"] = found.groupby("direction")["people"].transform(lambda people: suppression.hidden(people, small_group))
    found["arrival_hidden"] = found["arrived"].notna() & (found["hidden"] | _tells_few(found, small_group))
    found.loc[found["hidden"], "people"] = None
    found.loc[found["arrival_hidden"] | found["hidden"], ["counted", "arrived"]] = None
    found["share"] = found["arrived"] / found["counted"].where(found["counted"] > 0)
    found["low"], found["high"] = intervals.wilson(found["arrived"].fillna(0), found["counted"])
    most = found.groupby("partner")["people"].transform("sum")
    return found.assign(most=most).sort_values(["most", "partner", "direction"], ascending=[False, True, True], ignore_index=True)[columns]


def _recent(referrals: pd.DataFrame, as_of: dt.date, start: int) -> pd.DataFrame:
    began = pd.to_datetime(referrals["period"].map(lambda period: periods.first_day(period, start)))
    day = pd.Timestamp(as_of)
    return referrals[(began > day - pd.DateOffset(months=12)) & (began <= day)]


def _tells_few(found: pd.DataFrame, small_group: int) -> pd.Series:
    """Whether the arrived, those who did not arrive or those whom nobody counted are so few that they are to be hidden."""
    parts = (found["arrived"], found["counted"] - found["arrived"], found["people"] - found["counted"])
    return pd.concat([(part > 0) & (part < small_group) for part in parts], axis=1).any(axis=1)


def totals(referrals: pd.DataFrame, flows: pd.DataFrame, *, as_of: dt.date, small_group: int, fiscal_year_start: int = 1) -> pd.DataFrame:
    """People sent each way by all partners together: direction, partners (number with a record), people (missing when under
    `small_group`), hidden (number of partners hidden), arrived, counted (over the partners whose arrival is shown), share
    (arrived ÷ counted, 0-1), low, high (its 95 % Wilson interval). Takes `flows`.

    The shares are over what is shown, so that nothing hidden follows from them.

    >>> sent = pd.DataFrame({"partner": ["P1", "P2"], "period": ["2026", "2026"], "direction": ["to the library"] * 2, "people": [3, 9], "arrived": [None, None]})
    >>> rows = flows(sent, pd.DataFrame({"partner": ["P1"], "name": ["School"]}), as_of=dt.date(2026, 6, 30), small_group=5)
    >>> totals(sent, rows, as_of=dt.date(2026, 6, 30), small_group=5)[["direction", "partners", "people", "hidden"]].values.tolist()
    [['to the library', 2, 12.0, 2]]
    """
    columns = ["direction", "partners", "people", "hidden", "arrived", "counted", "share", "low", "high"]
    if flows.empty:
        return pd.DataFrame(columns=columns)
    recent = _recent(referrals, as_of, fiscal_year_start)
    groups = flows.groupby("direction")
    found = groups.agg(partners=("partner", "size"), hidden=("hidden", "sum"))
    people = recent.groupby("direction")["people"].sum().astype(float)
    found["people"] = people.where((people >= small_group) | (people == 0))
    found = found.join(groups[["arrived", "counted"]].sum(min_count=1))
    found["share"] = found["arrived"] / found["counted"].where(found["counted"] > 0)
    found["low"], found["high"] = intervals.wilson(found["arrived"].fillna(0), found["counted"])
    return found.reindex([one for one in DIRECTIONS if one in found.index]).rename_axis("direction").reset_index()[columns]


def ways(flows: pd.DataFrame) -> pd.DataFrame:
    """Whether people are sent both ways, one row a partner: partner, partner_name, to_library, to_partner (number), way (both
    ways, mostly to the library, mostly to the partner, only to the library, only to the partner, only one way is recorded,
    nobody was sent, too few to show).

    *Mostly*: at least three times as many one way as the other. *Only*: the other way is recorded, with nobody. A way that
    nobody recorded is not an empty one. One-way streets come first. A partner can have good reason to send nobody: ask.

    >>> rows = pd.DataFrame({"partner": ["P1", "P1"], "partner_name": ["School", "School"], "direction": ["to the library", "to the partner"],
    ...                      "people": [30.0, 10.0], "hidden": [False, False]})
    >>> ways(rows)["way"].tolist()
    ['mostly to the library']
    """
    columns = ["partner", "partner_name", "to_library", "to_partner", "way"]
    if flows.empty:
        return pd.DataFrame(columns=columns)
    wide = flows.pivot(index=["partner", "partner_name"], columns="direction", values=["people", "hidden"])
    found = pd.DataFrame({name: wide["people"].get(direction) for name, direction in zip(("to_library", "to_partner"), DIRECTIONS)}, index=wide.index).astype(float)
    small = wide["hidden"].eq(True).any(axis=1)
    found["way"] = ["too few to show" if few else _way(row.to_library, row.to_partner) for few, row in zip(small, found.itertuples())]
    order = found["way"].map(lambda way: 0 if way.startswith("only to") else 1 if way.startswith("mostly") else 2 if way == "only one way is recorded" else 3)
    most = found[["to_library", "to_partner"]].sum(axis=1)
    return found.assign(order=order, most=most).reset_index().sort_values(["order", "most", "partner"], ascending=[True, False, True], ignore_index=True)[columns]


def _way(here: float, there: float) -> str:
    if pd.isna(here) or pd.isna(there):
        return "only one way is recorded"
    if here == there == 0:
        return "nobody was sent"
    if 0 in (here, there):
        return "only to the library" if here else "only to the partner"
    return "mostly to the library" if here >= UNEVEN * there else "mostly to the partner" if there >= UNEVEN * here else "both ways"


def promotions(promotions: pd.DataFrame, partners: pd.DataFrame, *, as_of: dt.date, small_group: int) -> pd.DataFrame:
    """Who told others about whom in the twelve months before a day, one row an active partner: partner, partner_name,
    by_library, by_partner (times), library_channels, partner_channels (in words), library_reached, partner_reached (people,
    in the widest of those times whose reach is known; missing where none is, or under `small_group`), way (both, only the
    library, only the partner, neither).

    Only the library first, then neither, the oldest id first; empty when nothing was written down at all, since then it is
    not known. Reach is what each channel counts, and the same people read it month after month: it is never added up.

    >>> told = pd.DataFrame({"partner": ["P1"], "date": pd.to_datetime(["2026-05-02"]), "by": ["library"], "channel": ["Newsletter"], "reached": [1400.0]})
    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Clinic"], "status": ["active", "active"]})
    >>> promotions(told, partners, as_of=dt.date(2026, 6, 30), small_group=5)[["partner_name", "by_library", "by_partner", "way"]].values.tolist()
    [['School', 1, 0, 'only the library'], ['Clinic', 0, 0, 'neither']]
    """
    columns = ["partner", "partner_name", "by_library", "by_partner", "library_channels", "partner_channels", "library_reached", "partner_reached", "way"]
    if promotions.empty:
        return pd.DataFrame(columns=columns)
    day = pd.Timestamp(as_of)
    recent = promotions[(promotions["date"] > day - pd.DateOffset(months=12)) & (promotions["date"] <= day)]
    found = partners.loc[partners["status"] == "active", ["partner", "name"]].rename(columns={"name": "partner_name"})
    for side in SIDES:
        own = recent[recent["by"] == side].groupby("partner")
        found[f"by_{side}"] = found["partner"].map(own.size()).fillna(0).astype(int)
        found[f"{side}_channels"] = found["partner"].map({partner: "; ".join(dict.fromkeys(names)) for partner, names in own["channel"]}).astype(object).fillna("")
        reached = found["partner"].map(own["reached"].max()).astype(float)
        found[f"{side}_reached"] = reached.where((reached >= small_group) | (reached == 0))
    words = {(True, True): "both", (True, False): "only the library", (False, True): "only the partner", (False, False): "neither"}
    found["way"] = pd.Series([words[bool(ours), bool(theirs)] for ours, theirs in zip(found["by_library"], found["by_partner"])], index=found.index, dtype="str")
    order = found["way"].map({"only the library": 0, "neither": 1, "only the partner": 2, "both": 3})
    return found.assign(order=order).sort_values(["order", "partner"], ignore_index=True)[columns]
