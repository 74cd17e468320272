"""Where skills fall short, what hangs on one person, and which training closes which gap."""

from __future__ import annotations

import pandas as pd

from planning.methods import portfolio

UNDER_WAY = ("chosen", "running")


def gaps(role_skills: pd.DataFrame, skills: pd.DataFrame, roles: pd.DataFrame) -> pd.DataFrame:
    """Needed against present level of each role's skills, largest score first: role, role_name, skill, skill_name,
    critical (1-3), required, current (levels 0-4), gap (levels), score (0-12), people (at the needed level), short (people below it).

    gap = max(0, required − current), so that a strength in one skill hides no gap in another;
    score = gap × criticality. A level that was not assessed stays missing, and so do its gap and
    score. short = people of the role − people at the level, at least 1 where there is a gap;
    missing where either is not known. Levels are judgements, mostly of those concerned.

    >>> role_skills = pd.DataFrame({"role": ["R1"], "skill": ["SK1"], "required": [3], "current": [1.0], "people": [0.0]})
    >>> skills = pd.DataFrame({"skill": ["SK1"], "name": ["Mediation"], "critical": [2]})
    >>> roles = pd.DataFrame({"role": ["R1"], "name": ["Desk"], "people": [4.0]})
    >>> gaps(role_skills, skills, roles)[["gap", "score", "short"]].values.tolist()
    [[2.0, 4.0, 4.0]]
    """
    names = roles[["role", "name", "people"]].rename(columns={"name": "role_name", "people": "headcount"})
    found = role_skills.merge(skills.rename(columns={"name": "skill_name"}), on="skill").merge(names, on="role")
    found["gap"] = (found["required"] - found["current"]).clip(lower=0)
    found["score"] = found["gap"] * found["critical"]
    missing = (found["headcount"] - found["people"]).clip(lower=1)
    found["short"] = missing.where(found["gap"] > 0, 0.0).where(found["gap"].notna())
    columns = ["role", "role_name", "skill", "skill_name", "critical", "required", "current", "gap", "score", "people", "short"]
    return found[columns].sort_values(["score", "critical", "role", "skill"], ascending=[False, False, True, True], na_position="last", ignore_index=True)


def coverage(gaps: pd.DataFrame, skills: pd.DataFrame) -> pd.DataFrame:
    """How many people can do what is needed: skill, skill_name, critical (1-3), roles (that need it), people (at the level
    that their role needs), highest (best level today, 0-4), held_by (the role that has it), unassessed (roles), state.

    Takes `gaps`. The best level is a role's own, or the needed one where at least one person has it.
    state is "nobody" (no one at the needed level in any role), "one person" (a single point of
    failure), "several", "not counted" (some role has no count, and the others have one person at
    most), or "not needed" (no role needs it). Most critical first, fewest people first; empty when no
    role's skills are known. Counts the level, not the time: a person may have no hours for the work.

    >>> rows = pd.DataFrame({"role": ["R1"], "role_name": ["Desk"], "skill": ["SK1"], "required": [3], "current": [3.0], "people": [1.0]})
    >>> coverage(rows, pd.DataFrame({"skill": ["SK1"], "name": ["Mediation"], "critical": [2]}))[["people", "state"]].values.tolist()
    [[1.0, 'one person']]
    """
    needed = gaps[gaps["required"] > 0]
    grouped = needed.groupby("skill")
    found = skills.head(len(skills) if len(gaps) else 0)[["skill", "name", "critical"]].rename(columns={"name": "skill_name"})
    found["roles"] = found["skill"].map(grouped.size()).fillna(0).astype(int)
    found["people"] = found["skill"].map(grouped["people"].sum(min_count=1)).astype(float)
    uncounted = found["skill"].map(needed["people"].isna().groupby(needed["skill"]).sum()).fillna(0)
    held = gaps.assign(level=gaps[["current"]].join(gaps["required"].where(gaps["people"] > 0)).max(axis=1))
    best = held.dropna(subset=["level"]).sort_values(["level", "people", "role"], ascending=[False, False, True])
    best = best.drop_duplicates("skill").set_index("skill")
    found["highest"] = found["skill"].map(best["level"]).astype(float)
    found["held_by"] = found["skill"].map(best["role_name"]).where(found["highest"] > 0)
    found["unassessed"] = found["skill"].map(gaps["current"].isna().groupby(gaps["skill"]).sum()).fillna(0).astype(int)
    found["state"] = [_state(*row) for row in zip(found["roles"], found["people"], uncounted)]
    columns = ["skill", "skill_name", "critical", "roles", "people", "highest", "held_by", "unassessed", "state"]
    return found[columns].sort_values(["critical", "people", "skill"], ascending=[False, True, True], na_position="last", ignore_index=True)


def _state(roles: int, people: float, uncounted: float) -> str:
    if roles == 0:
        return "not needed"
    if people > 1:
        return "several"
    if pd.isna(people) or uncounted > 0:
        return "not counted"
    return "one person" if people == 1 else "nobody"


def closures(gaps: pd.DataFrame, trainings: pd.DataFrame) -> pd.DataFrame:
    """Each gap with the cheapest training that closes it: the columns of `gaps`, training, training_name, provider, level (0-4),
    cost (fee a person), hours (a person), cost_all, hours_all (for all who are short), covered.

    covered is "closed" (a training reaches the needed level), "narrowed" (none does, but the one
    that gets furthest lies above today's level), or "open". Ties go to fewer hours, then to the id.
    Fees are a person's, so the cheapest training for each gap is the cheapest for all of them.
    A course does not make a practitioner: levels reached are what the provider says.

    >>> rows = pd.DataFrame({"role": ["R1"], "skill": ["SK1"], "required": [3], "current": [1.0], "gap": [2.0], "short": [4.0], "score": [4.0]})
    >>> trainings = pd.DataFrame({"training": ["T1", "T2"], "name": ["Full course", "Taster"], "provider": ["State", "State"],
    ...                           "skill": ["SK1", "SK1"], "level": [3, 2], "cost": [90.0, 20.0], "hours": [12.0, 3.0]})
    >>> closures(rows, trainings)[["training_name", "cost_all", "covered"]].values.tolist()
    [['Full course', 360.0, 'closed']]
    """
    open_gaps = gaps[gaps["gap"] > 0]
    offers = trainings.rename(columns={"name": "training_name"})[["training", "training_name", "provider", "skill", "level", "cost", "hours"]]
    pairs = open_gaps[["role", "skill", "required", "current"]].merge(offers, on="skill")
    pairs = pairs[pairs["level"] > pairs["current"]]
    pairs["reached"] = pairs["level"].clip(upper=pairs["required"])
    best = pairs.sort_values(["reached", "cost", "hours", "training"], ascending=[False, True, True, True]).drop_duplicates(["role", "skill"])
    found = open_gaps.merge(best.drop(columns=["required", "current", "reached"]), on=["role", "skill"], how="left")
    found["cost_all"], found["hours_all"] = found["cost"] * found["short"], found["hours"] * found["short"]
    full = pd.Series("closed", index=found.index, dtype="str").where(found["level"] >= found["required"], "narrowed")
    return found.assign(covered=full.where(found["level"].notna(), "open"))


def plan(closures: pd.DataFrame, *, money: float = 0.0) -> pd.DataFrame:
    """Gaps to close within a sum of money: the gaps that a training closes, with taken (true or false), taken first.

    Takes `closures`. Chosen are the gaps with the greatest total score (levels × criticality) whose
    fees for all who are short stay within `money`; 0 sets no ceiling. Solved exactly. A gap whose
    number of people is not known has no cost and is not taken under a ceiling. Fees are not the whole
    price: hours away from the desk stand beside them.

    >>> rows = pd.DataFrame({"role": ["R1", "R2"], "skill": ["A", "B"], "score": [6.0, 4.0], "cost_all": [900.0, 300.0], "covered": ["closed", "closed"]})
    >>> plan(rows, money=500)[["role", "taken"]].values.tolist()
    [['R2', True], ['R1', False]]
    """
    found = closures[closures["covered"] == "closed"].reset_index(drop=True)
    found["taken"] = found["cost_all"].notna() | (money <= 0)
    priced = found.index[found["cost_all"].notna()]
    if money > 0 and len(priced):
        chosen = portfolio.best_choice(found.loc[priced, "score"].to_numpy(), found.loc[priced, ["cost_all"]].to_numpy(), [float(money)]).chosen
        found.loc[priced, "taken"] = chosen
    return found.sort_values(["taken", "score", "role", "skill"], ascending=[False, False, True, True], ignore_index=True)


def offers(plan: pd.DataFrame) -> pd.DataFrame:
    """Trainings of the plan, most gap closed first: training, training_name, provider, skill_name, level (0-4), roles (names),
    gaps (number closed), score (their sum), people, cost, hours (for all who are short; missing where people are not known).

    Takes `plan`; only gaps that were taken count.

    >>> rows = pd.DataFrame({"training": ["T1"], "training_name": ["Full course"], "provider": ["State"], "skill_name": ["Mediation"], "level": [3.0],
    ...                      "role_name": ["Desk"], "score": [4.0], "short": [4.0], "cost_all": [360.0], "hours_all": [48.0], "taken": [True]})
    >>> offers(rows)[["training_name", "roles", "gaps", "cost"]].values.tolist()
    [['Full course', 'Desk', 1, 360.0]]
    """
    taken = plan[plan["taken"].astype(bool)]
    grouped = taken.groupby("training", sort=True)
    found = grouped.agg(training_name=("training_name", "first"), provider=("provider", "first"), skill_name=("skill_name", "first"), level=("level", "first"),
                        roles=("role_name", ", ".join), gaps=("score", "size"), score=("score", "sum"))
    for name, source in (("people", "short"), ("cost", "cost_all"), ("hours", "hours_all")):
        found[name] = grouped[source].sum().where(grouped[source].count() == grouped.size())
    return found.reset_index().sort_values(["score", "training"], ascending=[False, True], ignore_index=True)


def initiative_needs(initiatives: pd.DataFrame, initiative_skills: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Skills that chosen and running initiatives need against the best level in any role: initiative, initiative_name, status,
    skill, skill_name, required, highest (levels 0-4), held_by (role), state.

    Takes `coverage`. state is "met" (some role has the level), "short" (every role was assessed and
    none has it), or "not known". Short first. The one who has the level may be busy elsewhere.

    >>> initiatives = pd.DataFrame({"initiative": ["I1"], "name": ["Evening desk"], "status": ["chosen"]})
    >>> wanted = pd.DataFrame({"initiative": ["I1"], "skill": ["SK1"], "required": [3]})
    >>> held = pd.DataFrame({"skill": ["SK1"], "skill_name": ["Mediation"], "highest": [2.0], "held_by": ["Desk"], "unassessed": [0]})
    >>> initiative_needs(initiatives, wanted, held)[["initiative_name", "state"]].values.tolist()
    [['Evening desk', 'short']]
    """
    taken = initiatives.loc[initiatives["status"].isin(UNDER_WAY), ["initiative", "name", "status"]].rename(columns={"name": "initiative_name"})
    found = taken.merge(initiative_skills, on="initiative").merge(coverage[["skill", "skill_name", "highest", "held_by", "unassessed"]], on="skill")
    found = found[found["required"] > 0].copy()
    order = ["short", "not known", "met"]
    unknown = found["highest"].isna() | (found["unassessed"] > 0)
    words = pd.Series("short", index=found.index, dtype="str").mask(unknown, "not known").mask(found["highest"] >= found["required"], "met")
    found = found.assign(state=words, place=words.map(order.index))
    columns = ["initiative", "initiative_name", "status", "skill", "skill_name", "required", "highest", "held_by", "state"]
    return found.sort_values(["place", "initiative", "skill"], ignore_index=True)[columns]


def reconciled(gaps: pd.DataFrame, coverage: pd.DataFrame, closures: pd.DataFrame) -> pd.DataFrame:
    """Two counts that must agree: check, expected, found; empty without skills of roles."""
    if gaps.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    rows = [["People at the needed level are the same by role and by skill", gaps.loc[gaps["required"] > 0, "people"].sum(), coverage["people"].sum()],
            ["Every gap is closed, narrowed or left open by training", int((gaps["gap"] > 0).sum()), closures["covered"].isin(["closed", "narrowed", "open"]).sum()]]
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
