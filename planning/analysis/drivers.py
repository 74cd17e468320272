"""What moves the future and is not in our hands, and which scenarios are built from it."""

from __future__ import annotations

from itertools import combinations, product

import pandas as pd

HEAVY = 4
ENDS = ("low", "high")


def register(drivers: pd.DataFrame, scenario_drivers: pd.DataFrame) -> pd.DataFrame:
    """Each driver with its weight and the scenarios that move it: driver, name, kind, low, high (what its ends look like),
    impact, uncertainty (points 1-5), weight (impact × uncertainty, 1-25), decisive (both 4 or more), at_low, at_high (number
    of scenarios in which it stands there), moved (both ways, one way or never).

    What weighs most and is least settled comes first: scenarios are built from the decisive drivers
    (Schwartz 1991), and one that no scenario moves is a future that nobody looked at. Points are
    judgements, and their product only orders them. Drivers that no row names count as never moved.

    >>> drivers = pd.DataFrame({"driver": ["D1"], "name": ["City money"], "kind": ["money"], "low": ["cut"], "high": ["grows"], "impact": [4], "uncertainty": [5]})
    >>> register(drivers, pd.DataFrame({"scenario": ["SC1"], "driver": ["D1"], "end": ["low"]}))[["weight", "decisive", "moved"]].values.tolist()
    [[20, True, 'one way']]
    """
    columns = ["driver", "name", "kind", "low", "high", "impact", "uncertainty", "weight", "decisive", "at_low", "at_high", "moved"]
    found = drivers.copy()
    found["weight"] = found["impact"] * found["uncertainty"]
    found["decisive"] = (found["impact"] >= HEAVY) & (found["uncertainty"] >= HEAVY)
    for end in ENDS:
        times = scenario_drivers.loc[scenario_drivers["end"] == end, "driver"].value_counts()
        found[f"at_{end}"] = found["driver"].map(times).fillna(0).astype(int)
    sides = (found[["at_low", "at_high"]] > 0).sum(axis=1)
    found["moved"] = sides.map({0: "never", 1: "one way", 2: "both ways"})
    return found.sort_values(["weight", "driver"], ascending=[False, True], ignore_index=True).reindex(columns=columns)


def differences(scenarios: pd.DataFrame, scenario_drivers: pd.DataFrame, drivers: pd.DataFrame) -> pd.DataFrame:
    """How far each two scenarios lie apart: scenario, scenario_name, other, other_name, drivers (number for which both say where
    they stand), differ (of these), share (0-1; missing without one), names (of those that differ, semicolons between).

    Most alike first: two scenarios that differ in no driver are one story told twice. A driver at
    its low end in one and at its high end in the other counts as one difference, as does a driver
    that moves in one only. What a scenario says nothing about is not compared.

    >>> scenarios = pd.DataFrame({"scenario": ["SC1", "SC2"], "name": ["Lean", "Rich"]})
    >>> ends = pd.DataFrame({"scenario": ["SC1", "SC2"], "driver": ["D1", "D1"], "end": ["low", "high"]})
    >>> differences(scenarios, ends, pd.DataFrame({"driver": ["D1"], "name": ["City money"]}))[["drivers", "differ", "share", "names"]].values.tolist()
    [[1, 1, 1.0, 'City money']]
    """
    columns = ["scenario", "scenario_name", "other", "other_name", "drivers", "differ", "share", "names"]
    stands = {scenario: dict(zip(rows["driver"], rows["end"])) for scenario, rows in scenario_drivers.groupby("scenario")}
    names, rows = dict(zip(drivers["driver"], drivers["name"])), []
    for (one, first), (two, second) in combinations(zip(scenarios["scenario"], scenarios["name"]), 2):
        left, right = stands.get(one, {}), stands.get(two, {})
        both = sorted(set(left) & set(right))
        apart = [driver for driver in both if left[driver] != right[driver]]
        share = len(apart) / len(both) if both else float("nan")
        rows.append([one, first, two, second, len(both), len(apart), share, "; ".join(names.get(driver, driver) for driver in apart)])
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(["share", "scenario", "other"], kind="stable", ignore_index=True)


def corners(register: pd.DataFrame, scenarios: pd.DataFrame, scenario_drivers: pd.DataFrame) -> pd.DataFrame:
    """The four corners of the two heaviest drivers that any scenario moves, and the scenarios that stand in each: first, second (names of the drivers),
    first_end, second_end (low or high), first_story, second_story (what these ends look like), scenarios (names, semicolons between), empty.

    Takes `register`. A corner without a scenario is a future that nobody looked at (the two-by-two of
    Schwartz 1991); it may be one that cannot be. Empty with fewer than two such drivers.
    """
    columns = ["first", "second", "first_end", "second_end", "first_story", "second_story", "scenarios", "empty"]
    moved = register[register["moved"] != "never"]
    if len(moved) < 2:
        return pd.DataFrame(columns=columns)
    first, second = (moved.iloc[place] for place in (0, 1))
    stands = scenario_drivers.set_index(["scenario", "driver"])["end"].to_dict()
    rows = []
    for here, there in product(ENDS, ENDS):
        names = [name for key, name in zip(scenarios["scenario"], scenarios["name"])
                 if (stands.get((key, first["driver"])), stands.get((key, second["driver"]))) == (here, there)]
        rows.append([first["name"], second["name"], here, there, first[here], second[there], "; ".join(names), not names])
    return pd.DataFrame(rows, columns=columns)
