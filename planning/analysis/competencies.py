"""The eight competencies of those who lead library services, against the skills that the plan names."""

from __future__ import annotations

import pandas as pd

COLUMNS = ["competency", "competency_name", "skills", "skill_names", "needing", "people", "nobody", "single", "best", "gap", "hidden", "state"]


def coverage(catalogue: pd.DataFrame, skills: pd.DataFrame, gaps: pd.DataFrame, people: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Each competency of the suite's list with the plan's skills in it: competency, competency_name, skills (number), skill_names (semicolons
    between), needing (people in roles that need one of them), people (at the needed level, counted by skill and added up), nobody, single
    (skills that nobody, or one person, has), best (highest level, 0-4), gap (mean of the levels missing, over
    its pairs of role and skill), hidden, state.

    state: not covered (no skill of the plan belongs to it), missing (nobody has any of its skills), thin (a skill that nobody or
    one person has), or held. best and gap are hidden, and `hidden` is true, where no role that needs it holds
    `small_group` people, since a level would then point to somebody; else they are of roles that hold so many
    people each, so that no level of a smaller role is left when theirs are taken out. Those not covered first.
    Takes skills.gaps and skills.coverage. Source of the list: the eight skills that directors of library services are asked for.
    Misleads where a skill was put under one competency and belongs to two.

    >>> catalogue = pd.DataFrame({"competency": ["projects", "law_ethics"], "name": ["Projects", "Law"]})
    >>> skills = pd.DataFrame({"skill": ["SK1"], "name": ["Leading projects"], "competency": ["projects"]})
    >>> gaps = pd.DataFrame({"role": ["R1"], "skill": ["SK1"], "required": [3], "current": [2.0], "gap": [1.0], "people": [0.0], "headcount": [6.0]})
    >>> people = pd.DataFrame({"skill": ["SK1"], "people": [0.0], "state": ["nobody"]})
    >>> coverage(catalogue, skills, gaps, people, small_group=5)[["competency_name", "skills", "best", "state"]].values.tolist()
    [['Law', 0, nan, 'not covered'], ['Projects', 1, 2.0, 'missing']]
    """
    if skills["competency"].notna().sum() == 0:
        return pd.DataFrame(columns=COLUMNS)
    rows = [_row(row["competency"], row["name"], skills[skills["competency"] == row["competency"]], gaps, people, small_group) for row in catalogue.to_dict("records")]
    found = pd.DataFrame(rows, columns=COLUMNS).astype({"needing": float, "people": float, "best": float, "gap": float})
    order = found["state"].map({"not covered": 0, "missing": 1, "thin": 2, "not known": 3, "held": 4})
    return found.assign(order=order).sort_values(["order", "nobody", "single"], ascending=[True, False, False], kind="stable", ignore_index=True)[COLUMNS]


def _row(competency: str, name: str, own: pd.DataFrame, gaps: pd.DataFrame, people: pd.DataFrame, small_group: int) -> list[object]:
    pairs = gaps[gaps["skill"].isin(own["skill"]) & (gaps["required"] > 0)]
    held = people[people["skill"].isin(own["skill"])]
    heads = pairs.drop_duplicates("role")["headcount"].sum(min_count=1)
    hidden = bool(len(pairs)) and not (pairs["headcount"] >= small_group).any()
    nobody, single = int((held["state"] == "nobody").sum()), int((held["state"] == "one person").sum())
    known = held[held["state"].isin(["nobody", "one person", "several"])]
    state = "not covered" if own.empty else "not known" if known.empty else "missing" if nobody == len(known) else "thin" if nobody + single else "held"
    told = pairs[pairs["headcount"] >= small_group]
    best, gap = (None, None) if hidden else (told["current"].max(), told["gap"].mean())
    return [competency, name, len(own), "; ".join(own["name"]), heads, held["people"].sum(min_count=1), nobody, single, best, gap, hidden, state]
