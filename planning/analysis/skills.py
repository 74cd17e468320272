"""Where skills fall short, what hangs on one person or on nobody, and which training closes which gap."""

from __future__ import annotations

import datetime as dt

import pandas as pd

UNDER_WAY = ("chosen", "running")
THIN = ("nobody", "one person")


def gaps(role_skills: pd.DataFrame, skills: pd.DataFrame, roles: pd.DataFrame) -> pd.DataFrame:
    """Needed against present level of each role's skills, largest score first: role, role_name, skill, skill_name,
    critical (1-3), required, current (levels 0-4), gap (levels), score (0-12), people (at the needed level), short (people below it), headcount.

    gap = max(0, required − current), so that a strength in one skill hides no gap in another;
    score = gap × criticality. A level that was not assessed stays missing, and so do its gap and
    score. short = people of the role − people at the level, at least 1 where there is a gap;
    missing where either is not known. Levels are judgements, mostly of those concerned. Not for showing: a level of
    a role that one person holds is that person's level. Show `by_role`.

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
    columns = ["role", "role_name", "skill", "skill_name", "critical", "required", "current", "gap", "score", "people", "short", "headcount"]
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


def initiative_needs(initiatives: pd.DataFrame, initiative_skills: pd.DataFrame, coverage: pd.DataFrame, *, status: tuple[str, ...] = UNDER_WAY) -> pd.DataFrame:
    """Skills that initiatives of a `status` (chosen and running ones) need against the best level in any role: initiative, initiative_name, status,
    skill, skill_name, required, highest (levels 0-4), held_by (role), state.

    Takes `coverage`. state is "met" (some role has the level), "short" (every role was assessed and
    none has it), or "not known". Short first. The one who has the level may be busy elsewhere.

    >>> initiatives = pd.DataFrame({"initiative": ["I1"], "name": ["Evening desk"], "status": ["chosen"]})
    >>> wanted = pd.DataFrame({"initiative": ["I1"], "skill": ["SK1"], "required": [3]})
    >>> held = pd.DataFrame({"skill": ["SK1"], "skill_name": ["Mediation"], "highest": [2.0], "held_by": ["Desk"], "unassessed": [0]})
    >>> initiative_needs(initiatives, wanted, held)[["initiative_name", "state"]].values.tolist()
    [['Evening desk', 'short']]
    """
    taken = initiatives.loc[initiatives["status"].isin(status), ["initiative", "name", "status"]].rename(columns={"name": "initiative_name"})
    found = taken.merge(initiative_skills, on="initiative").merge(coverage[["skill", "skill_name", "highest", "held_by", "unassessed"]], on="skill")
    found = found[found["required"] > 0].copy()
    order = ["short", "not known", "met"]
    unknown = found["highest"].isna() | (found["unassessed"] > 0)
    words = pd.Series("short", index=found.index, dtype="str").mask(unknown, "not known").mask(found["highest"] >= found["required"], "met")
    found = found.assign(state=words, place=words.map(order.index))
    columns = ["initiative", "initiative_name", "status", "skill", "skill_name", "required", "highest", "held_by", "state"]
    return found.sort_values(["place", "initiative", "skill"], ignore_index=True)[columns]


def by_role(closures: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Gaps as they may be shown, the most critical first: role, role_name, skill, skill_name, critical (1-3), required (level 0-4), current, gap,
    score (as in `gaps`), short (people), training, training_name, covered, hidden.

    The rule for posts that few people hold: what a role needs, that somebody in it has to learn, and the training that reaches
    the needed level are a plan for the post, and are shown. How far it is from there is a judgement of the people in it: with fewer than
    `small_group` of them, or where their number is not known, level today, gap and score are missing, `hidden` is true, and a training that
    only narrows the gap is left out, since it would tell the level; so are a need of level 1, below which there is only none, and the order by score.
    Takes `closures`.

    >>> rows = pd.DataFrame({"role": ["R1"], "role_name": ["Desk"], "skill": ["SK1"], "skill_name": ["Mediation"], "critical": [2], "required": [3], "current": [1.0],
    ...                      "gap": [2.0], "score": [4.0], "short": [1.0], "headcount": [1.0], "training": ["T2"], "training_name": ["Taster"], "covered": ["narrowed"]})
    >>> by_role(rows, small_group=5)[["required", "gap", "covered", "hidden"]].values.tolist()
    [[3, nan, 'open', True]]
    """
    columns = ["role", "role_name", "skill", "skill_name", "critical", "required", "current", "gap", "score", "short", "training", "training_name", "covered", "hidden"]
    hidden = ~(closures["headcount"] >= small_group)
    shown = closures.assign(hidden=hidden, **{name: closures[name].where(~hidden) for name in ("current", "gap", "score")})
    partly = hidden & (shown["covered"] == "narrowed")
    shown = shown.assign(covered=shown["covered"].mask(partly, "open"), training=shown["training"].mask(partly), training_name=shown["training_name"].mask(partly))
    told = shown[~(hidden & (shown["required"] <= 1))]
    return told[columns].sort_values(["critical", "skill", "role"], ascending=[False, True, True], ignore_index=True)


def self_view(role_skills: pd.DataFrame, skills: pd.DataFrame, roles: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Own view of a role's level beside the assessed one, the widest apart first: role, role_name, skill, skill_name, critical (1-3), headcount,
    current, self_rated (levels 0-4), apart (self_rated − current, levels), hidden.

    Only pairs for which both are known. Roles with fewer than `small_group` people, or an unknown number, are hidden, and their
    levels missing. Neither of the two is the truth: an own view above the assessment can mean that the
    assessor has not seen the work.

    >>> rows = pd.DataFrame({"role": ["R1"], "skill": ["SK1"], "current": [2.0], "self_rated": [4.0]})
    >>> skills = pd.DataFrame({"skill": ["SK1"], "name": ["Mediation"], "critical": [2]})
    >>> self_view(rows, skills, pd.DataFrame({"role": ["R1"], "name": ["Desk"], "people": [9.0]}), small_group=5)[["apart", "hidden"]].values.tolist()
    [[2.0, False]]
    """
    both = role_skills.dropna(subset=["current", "self_rated"])
    found = both.merge(skills.rename(columns={"name": "skill_name"}), on="skill").merge(
        roles[["role", "name", "people"]].rename(columns={"name": "role_name", "people": "headcount"}), on="role", suffixes=("_there", ""))
    found["hidden"] = ~(found["headcount"] >= small_group)
    for name in ("current", "self_rated"):
        found[name] = found[name].astype(float).where(~found["hidden"])
    found["apart"] = found["self_rated"] - found["current"]
    columns = ["role", "role_name", "skill", "skill_name", "critical", "headcount", "current", "self_rated", "apart", "hidden"]
    return found.sort_values("apart", key=lambda levels: -levels.abs(), kind="stable", na_position="last", ignore_index=True)[columns]


def assessed(role_skills: pd.DataFrame, *, as_of: dt.date, years: int = 2) -> pd.DataFrame:
    """How fresh the assessed levels are, in one row: pairs (of role and skill), levels (that have one), dated, old (assessed more than
    `years` ago), undated, latest (day). Empty without skills of roles.

    >>> rows = pd.DataFrame({"current": [2.0, 1.0, None], "assessed": [pd.Timestamp("2023-05-01"), pd.NaT, pd.NaT]})
    >>> assessed(rows, as_of=dt.date(2026, 6, 30))[["pairs", "levels", "old", "undated"]].values.tolist()
    [[3, 2, 1, 1]]
    """
    columns = ["pairs", "levels", "dated", "old", "undated", "latest"]
    if role_skills.empty:
        return pd.DataFrame(columns=columns)
    days = pd.to_datetime(role_skills.loc[role_skills["current"].notna(), "assessed"])
    old = days < pd.Timestamp(as_of) - pd.DateOffset(years=years)
    return pd.DataFrame([[len(role_skills), len(days), int(days.notna().sum()), int(old.sum()), int(days.isna().sum()), days.max()]], columns=columns)


def hanging(coverage: pd.DataFrame, needs: pd.DataFrame, initiative_goals: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """Skills that nobody or one person has, with what hangs on them: skill, skill_name, critical (1-3), state, initiatives (number of those in `needs`),
    initiative_names, goals (number), goal_names (semicolons between), started (share 0-1: weight of the goals behind chosen and running
    initiatives), weight (the same behind all initiatives in `needs`).

    Skill → initiatives that need it → goals to which these contribute; each goal's weight counts once. The heaviest started first, then the
    heaviest, then the most critical. The whole weight does not fall with the skill: other work serves these goals too.
    Takes `coverage` and `initiative_needs`, best with candidates among them.

    >>> coverage = pd.DataFrame({"skill": ["SK1"], "skill_name": ["Mediation"], "critical": [2], "state": ["one person"]})
    >>> needs = pd.DataFrame({"initiative": ["I1"], "initiative_name": ["Evening desk"], "status": ["candidate"], "skill": ["SK1"]})
    >>> served = pd.DataFrame({"initiative": ["I1"], "goal": ["G1"], "contribution": [0.6]})
    >>> hanging(coverage, needs, served, pd.DataFrame({"goal": ["G1"], "name": ["Work"], "weight": [0.4]}))[["initiative_names", "started", "weight"]].values.tolist()
    [['Evening desk', 0.0, 0.4]]
    """
    found = coverage.loc[coverage["state"].isin(THIN), ["skill", "skill_name", "critical", "state"]]
    served = needs[["skill", "initiative", "status"]].merge(initiative_goals[initiative_goals["contribution"] > 0], on="initiative").merge(goals[["goal", "name", "weight"]], on="goal")
    carried = served.drop_duplicates(["skill", "goal"]).sort_values(["weight", "goal"], ascending=[False, True])
    started = served[served["status"].isin(UNDER_WAY)].drop_duplicates(["skill", "goal"])
    for name, rows, column in (("initiative", needs.drop_duplicates(["skill", "initiative"]), "initiative_name"), ("goal", carried, "name")):
        lists = found["skill"].map(rows.groupby("skill")[column].agg(list))
        kept = [names if isinstance(names, list) else [] for names in lists]
        found[f"{name}s"], found[f"{name}_names"] = [len(names) for names in kept], ["; ".join(names) for names in kept]
    for name, rows in (("started", started), ("weight", carried)):
        found[name] = found["skill"].map(rows.groupby("skill")["weight"].sum()).astype(float).fillna(0.0)
    columns = ["skill", "skill_name", "critical", "state", "initiatives", "initiative_names", "goals", "goal_names", "started", "weight"]
    return found[columns].sort_values(["started", "weight", "critical", "skill"], ascending=[False, False, False, True], ignore_index=True)


def single_points(coverage: pd.DataFrame, gaps: pd.DataFrame, roles: pd.DataFrame) -> pd.DataFrame:
    """Skills that one person has at the needed level, with who could stand in: skill, skill_name, critical (1-3), role, role_name (the post that
    has it), spare, spare_name (its deputy), cover, others (names of other posts that need the skill).

    cover: no deputy, deputy without it (the skill is not among those that the deputy's post needs) or deputy in training (it is, and
    nobody there has the needed level yet, else the skill would not hang on one person). The most critical first, those
    without a deputy before the others. Only what posts need is compared, no level. Takes `coverage` and `gaps`.

    >>> coverage = pd.DataFrame({"skill": ["SK1"], "skill_name": ["Driving"], "critical": [3], "state": ["one person"]})
    >>> gaps = pd.DataFrame({"role": ["R1"], "role_name": ["Driver"], "skill": ["SK1"], "required": [3], "people": [1.0]})
    >>> single_points(coverage, gaps, pd.DataFrame({"role": ["R1"], "name": ["Driver"], "spare": [None]}))[["role_name", "cover"]].values.tolist()
    [['Driver', 'no deputy']]
    """
    alone = coverage.loc[coverage["state"] == "one person", ["skill", "skill_name", "critical"]]
    needed = gaps[gaps["required"] > 0]
    found = alone.merge(needed.loc[needed["people"] == 1, ["skill", "role", "role_name"]], on="skill")
    found["spare"] = found["role"].map(roles.set_index("role")["spare"])
    found["spare_name"] = found["spare"].map(roles.set_index("role")["name"])
    asked = set(zip(needed["role"], needed["skill"]))
    found["cover"] = ["no deputy" if pd.isna(row.spare) else "deputy in training" if (row.spare, row.skill) in asked else "deputy without it" for row in found.itertuples()]
    found["others"] = ["; ".join(needed.loc[(needed["skill"] == row.skill) & (needed["role"] != row.role), "role_name"]) for row in found.itertuples()]
    order = found["cover"].map({"no deputy": 0, "deputy without it": 1, "deputy in training": 2}).astype(float)
    columns = ["skill", "skill_name", "critical", "role", "role_name", "spare", "spare_name", "cover", "others"]
    return found.assign(order=order).sort_values(["critical", "order", "skill"], ascending=[False, True, True], ignore_index=True)[columns]


def reconciled(gaps: pd.DataFrame, coverage: pd.DataFrame, closures: pd.DataFrame) -> pd.DataFrame:
    """Two counts that must agree: check, expected, found; empty without skills of roles."""
    if gaps.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    rows = [["People at the needed level are the same by role and by skill", gaps.loc[gaps["required"] > 0, "people"].sum(), coverage["people"].sum()],
            ["Every gap is closed, narrowed or left open by training", int((gaps["gap"] > 0).sum()), closures["covered"].isin(["closed", "narrowed", "open"]).sum()]]
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
