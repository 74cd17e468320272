"""Needed levels of skills as they are tried, without telling anything new of posts that few people hold, and places in trainings."""

from __future__ import annotations

import pandas as pd

LEVELS = {0: "none", 1: "aware", 2: "with help", 3: "alone", 4: "teaches others"}


def open_roles(roles: pd.DataFrame, *, small_group: int) -> set[str]:
    """The roles that so many people hold that a level points to nobody.

    >>> sorted(open_roles(pd.DataFrame({"role": ["R1", "R2", "R3"], "people": [6.0, 1.0, None]}), small_group=5))
    ['R1']
    """
    return set(roles.loc[roles["people"] >= small_group, "role"])


def guarded(role_skills: pd.DataFrame, kept: pd.DataFrame, roles: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """The skills of roles as a live answer may use them: of roles that enough people hold as they are tried, of all others as they stand in the plan (`kept`).

    Whoever moves the needed level of a post and sees a gap come and go has read the level of the one who holds it. So the answers rest on the plan there, whatever is tried.

    >>> roles = pd.DataFrame({"role": ["R1", "R2"], "people": [6.0, 1.0]})
    >>> kept = pd.DataFrame({"role": ["R1", "R2"], "skill": "A", "required": [2, 2]})
    >>> guarded(kept.assign(required=[4, 4]), kept, roles, small_group=5)["required"].tolist()
    [4, 2]
    """
    free = open_roles(roles, small_group=small_group)
    return pd.concat([role_skills[role_skills["role"].isin(free)], kept[~kept["role"].isin(free)]], ignore_index=True)


def changed(role_skills: pd.DataFrame, kept: pd.DataFrame, *, role: str, required: dict[str, int]) -> pd.DataFrame:
    """The rows of role_skills that other needed levels (by skill) of one role make: role, skill, required, people.

    How many people have the needed level was counted for the level in the plan (`kept`): for another level it is not known, and is left empty; back at the plan's it
    stands again. Rows that say what stands already are left out.

    >>> kept = pd.DataFrame({"role": "R1", "skill": ["A", "B"], "required": [2, 3], "people": [4.0, 1.0]})
    >>> changed(kept, kept, role="R1", required={"A": 3, "B": 3}).values.tolist()
    [['R1', 'A', 3, None]]
    """
    own = role_skills[(role_skills["role"] == role) & role_skills["skill"].isin(required)]
    before = kept[kept["role"] == role].set_index("skill")
    rows = []
    for row in own.itertuples():
        wanted = int(required[row.skill])
        if wanted == row.required:
            continue
        same = row.skill in before.index and before.loc[row.skill, "required"] == wanted
        people = before.loc[row.skill, "people"] if same else None
        rows.append([role, row.skill, wanted, None if pd.isna(people) else int(people)])
    return pd.DataFrame(rows, columns=["role", "skill", "required", "people"], dtype=object)


def merged(role_skills: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The skills of roles with the rows of `changed` in them.

    >>> own = pd.DataFrame({"role": ["R1"], "skill": ["A"], "required": [2], "people": [4.0]})
    >>> merged(own, pd.DataFrame([["R1", "A", 3, None]], columns=["role", "skill", "required", "people"]))[["required", "people"]].values.tolist()
    [[3.0, nan]]
    """
    new = {(row.role, row.skill): row for row in rows.itertuples()}
    pairs = list(zip(role_skills["role"], role_skills["skill"]))
    needed = [new[pair].required if pair in new else old for pair, old in zip(pairs, role_skills["required"])]
    people = [new[pair].people if pair in new else old for pair, old in zip(pairs, role_skills["people"])]
    return role_skills.assign(required=pd.Series(needed, index=role_skills.index, dtype=int), people=pd.to_numeric(pd.Series(people, index=role_skills.index, dtype=object)).astype(float))


def ways(trainings: pd.DataFrame, skills: pd.DataFrame, required: dict[str, int]) -> pd.DataFrame:
    """The trainings that reach a needed level (by skill), the cheapest of each skill first: skill, skill_name, required, training_name, level (0-4), cost and hours (a person);
    training_name missing where none does. Says nothing of who needs one.

    >>> trainings = pd.DataFrame({"training": ["T1", "T2"], "name": ["Taster", "Course"], "skill": "A", "level": [2, 3], "cost": [20.0, 90.0], "hours": [3.0, 12.0]})
    >>> ways(trainings, pd.DataFrame({"skill": ["A"], "name": ["Mediation"]}), {"A": 3})[["skill_name", "training_name", "cost"]].values.tolist()
    [['Mediation', 'Course', 90.0]]
    """
    asked = skills[skills["skill"].isin([skill for skill, level in required.items() if level > 0])].rename(columns={"name": "skill_name"})[["skill", "skill_name"]]
    asked = asked.assign(required=asked["skill"].map(required).astype(int))
    offered = trainings.rename(columns={"name": "training_name"})[["training", "training_name", "skill", "level", "cost", "hours"]]
    pairs = asked.merge(offered, on="skill")
    best = pairs[pairs["level"] >= pairs["required"]].sort_values(["cost", "hours", "training"]).drop_duplicates("skill")
    found = asked.merge(best.drop(columns=["skill_name", "required"]), on="skill", how="left")
    return found[["skill", "skill_name", "required", "training_name", "level", "cost", "hours"]].sort_values("skill", ignore_index=True)


def places(closures: pd.DataFrame, trainings: pd.DataFrame) -> pd.DataFrame:
    """What each training would take if everybody whose gap it closes went, as far as seats go: training, training_name, skill_name, needed (people; missing where not counted),
    seats (missing: not limited), going, waiting (people), cost (currency) and hours of those who go. Trainings that close no gap are in it with 0.

    Each gap is given to the cheapest training that reaches the needed level. Takes skills.closures. Most waiting first, then most needed.

    >>> gaps = pd.DataFrame({"training": ["T1", "T1"], "skill_name": "Mediation", "short": [4.0, 1.0], "covered": "closed"})
    >>> trainings = pd.DataFrame({"training": ["T1"], "name": ["Course"], "skill": ["A"], "cost": [90.0], "hours": [12.0], "seats": [3.0]})
    >>> places(gaps, trainings)[["needed", "going", "waiting", "cost", "hours"]].values.tolist()
    [[5.0, 3.0, 2.0, 270.0, 36.0]]
    """
    own = closures[closures["covered"] == "closed"]
    found = trainings[["training", "name", "cost", "hours", "seats"]].rename(columns={"name": "training_name"})
    people = own.groupby("training")["short"].agg(lambda short: short.sum(skipna=False))
    found["skill_name"] = found["training"].map(own.groupby("training")["skill_name"].first())
    found["needed"] = found["training"].map(people).where(found["training"].isin(own["training"]), 0.0).astype(float)
    found["seats"] = found["seats"].astype(float)
    found["going"] = found["needed"].where(found["seats"].isna() | (found["needed"] <= found["seats"]) | found["needed"].isna(), found["seats"])
    found["waiting"] = found["needed"] - found["going"]
    found["cost"], found["hours"] = found["cost"] * found["going"], found["hours"] * found["going"]
    columns = ["training", "training_name", "skill_name", "needed", "seats", "going", "waiting", "cost", "hours"]
    return found.sort_values(["waiting", "needed", "training"], ascending=[False, False, True], ignore_index=True)[columns]


def seated(trainings: pd.DataFrame, seats: dict[str, int]) -> pd.DataFrame:
    """The trainings with other places (by training; below 0: not limited).

    >>> seated(pd.DataFrame({"training": ["T1", "T2"], "seats": [6, 4]}), {"T1": 8, "T2": -1})["seats"].tolist()
    [8.0, nan]
    """
    wanted = trainings["training"].map(seats).astype(float)
    return trainings.assign(seats=wanted.where(wanted >= 0).astype(float))


def seats_changed(trainings: pd.DataFrame, tried: pd.DataFrame) -> pd.DataFrame:
    """The rows of trainings whose places differ: training, seats (None where not limited). Takes the table and `seated`.

    >>> own = pd.DataFrame({"training": ["T1", "T2"], "seats": [6, 4]})
    >>> seats_changed(own, seated(own, {"T1": 8, "T2": 4})).values.tolist()
    [['T1', 8]]
    """
    old, new = trainings["seats"].astype(float).fillna(-1), tried["seats"].fillna(-1)
    rows = [[training, None if seats < 0 else int(seats)] for training, seats, here in zip(trainings["training"], new, old != new) if here]
    return pd.DataFrame(rows, columns=["training", "seats"], dtype=object)
