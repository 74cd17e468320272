"""Why a result of steps 3 to 7 moved: the figure, day or link behind it, computed from both plans."""

from __future__ import annotations

import pandas as pd

from planning.analysis import futures, initiatives, partners
from planning.analysis.compare.reasons import Both, Reason, Told, exchange, parts
from planning.analysis.compare.results import goal_of_kpi
from planning.methods import scoring


def _rows(both: Both, frame: str, key: str, item: str) -> tuple[pd.Series, pd.Series]:
    return tuple(getattr(reading, frame).drop_duplicates(key).set_index(key).loc[item] for reading in both[:2])


def _pair(old: pd.Series, new: pd.Series, *names: str) -> Told:
    return {name: (old[name], new[name]) for name in names}


def _lists(old: object, new: object) -> Told:
    """Texts with semicolons between, as those that are new, gone and still there."""
    one, other = ([part for part in str("" if pd.isna(text) else text).split("; ") if part] for text in (old, new))
    return {"new": [part for part in other if part not in one], "gone": [part for part in one if part not in other], "still": [part for part in other if part in one]}


def fit(both: Both, partner: str) -> Reason:
    """A partner fits better or worse: which criteria, and behind the support of goals, which goal against the heaviest one."""
    old, new = _rows(both, "fitting", "partner", partner)
    share = scoring.shares(pd.Series(dict(partners.WEIGHTS), dtype=float))
    known = [share[[name for name in share.index if not pd.isna(row[name])]].sum() for row in (old, new)]
    moved = {name: share[name] * (new[name] / known[1] - old[name] / known[0]) for name in share.index if not pd.isna(old[name]) and not pd.isna(new[name]) and new[name] != old[name]}
    first = sorted(moved, key=lambda name: (-abs(moved[name]), name))[:2]
    criteria = [{"criterion": partners.MEANINGS[name][0], "before": old[name], "after": new[name]} for name in first]
    return "fit", {"criteria": criteria, "goal": _relative(both, partner) if "goals" in first else None}


def _relative(both: Both, partner: str) -> Told | None:
    """The goal whose weight against the heaviest goal moved the partner's support most."""
    heaviest = [reading.goals["weight"].max() for reading in both[:2]]
    rows = [{**row, "weight": row["weight"] / heaviest[0], "weight_after": row["weight_after"] / heaviest[1]} for row in parts(both, "partner_goals", "partner", partner, "strength")]
    for row in rows:
        row["part"] = row["weight_after"] * row["strength_after"] - row["weight"] * row["strength"]
    best = max(rows, key=lambda row: abs(row["part"]), default=None)
    first = [reading.goals.sort_values(["weight", "goal"], ascending=[False, True])["name"].iloc[0] for reading in both[:2]]
    return best | {"heaviest_before": first[0], "heaviest": first[1]} if best else None


def course(both: Both, partner: str) -> Reason:
    """Another course with a partner is suggested: which of the rule's reasons are new or gone, and the fit."""
    old, new = _rows(both, "courses", "partner", partner)
    return "course", _lists(old["reasons"], new["reasons"]) | _pair(old, new, "score")


def agreed(both: Both, agreement: str) -> Reason:
    """An agreement gained or lost its goal: the goal of its KPI, and when it is in force."""
    table = both.after["agreements"].set_index("agreement")
    return "goal", _goal(both, goal_of_kpi(both.after).get(table["kpi"][agreement]))


def behind(both: Both, kpi: str) -> Reason:
    """A KPI gained or lost its goal: which goal, and when it is in force."""
    old, new = (goal_of_kpi(reading).get(kpi) for reading in both[:2])
    return "goal", _goal(both, new or old)


def _goal(both: Both, goal: str | None) -> Told:
    rows = both.after["goals"].set_index("goal")
    if goal not in rows.index:
        return {"goal": None}
    return {"goal": rows["name"][goal], "valid_from": rows["valid_from"][goal], "valid_to": rows["valid_to"][goal]}


def terms(both: Both, agreement: str) -> Reason:
    """An agreement came to another state: its end and its review."""
    old, new = _rows(both, "terms", "agreement", agreement)
    return "terms", {"day": (both.before.as_of, both.after.as_of)} | _pair(old, new, "start", "end", "review")


def way(both: Both, kpi: str) -> Reason:
    """A KPI has another status: its latest value, target, day and where the straight line stands."""
    old, new = _rows(both, "progress", "kpi", kpi)
    names = ("value", "period", "target", "target_low", "target_high", "baseline", "due", "share_done", "expected", "days", "status")
    return "way", {"unit": new["unit"], "moved": [name for name in names[:7] if not (old[name] == new[name] or (pd.isna(old[name]) and pd.isna(new[name])))]} | _pair(old, new, *names)


def chance(both: Both, kpi: str) -> Reason:
    """A KPI has another chance: what to expect of it when the target is due, or why nothing can be."""
    old, new = _rows(both, "forecast", "kpi", kpi)
    return "chance", {"unit": new["unit"], "by": new["by"]} | _pair(old, new, "expected", "goal", "points", "reason", "value", "period")


def proposal(both: Both, service: str) -> Reason:
    """The sunset review proposes something else: which signs are new or gone, and the fit with the goals behind it."""
    old, new = _rows(both, "sunset", "service", service)
    against, speaks = _lists(old["against"], new["against"]), _lists(old["speaks_for"], new["speaks_for"])
    told = {"new": [*against["new"], *speaks["new"]], "gone": [*against["gone"], *speaks["gone"]]}
    return "proposal", told | _pair(old, new, "fit") | {"parts": parts(both, "alignment", "service", service, "strength")}


def decision(both: Both, item: str) -> Reason:
    """A past decision came to another state: which grounds are new or gone, with the goal, event, figure or day behind them."""
    old, new = _rows(both, "past", "decision", item)
    return "decision", _lists(old["reasons"], new["reasons"]) | {name: new[name] for name in ("goal_name", "goal_ended", "broken_by", "kpi_name", "unit", "before", "now", "moved", "review")}


def staying(both: Both, scenario: str) -> Reason:
    """Staying with today's choice costs more or less in a scenario: who would come in and drop out there."""
    registers = [reading.scenarios.set_index("scenario").loc[scenario] for reading in both[:2]]
    if not all(row["usable"] for row in registers):
        return "unusable", {name: tuple(row[name] for row in registers) for name in ("usable", "weights", "unknown")}
    old, new = _rows(both, "outlook", "scenario", scenario)
    return "staying", {**{name: (_split(old[name]), _split(new[name])) for name in ("comes_in", "drops_out")}, "possible": (bool(old["possible"]), bool(new["possible"])),
                       "today": bool(set(both.before.taken) ^ set(both.after.taken))}


def _split(text: object) -> list[str]:
    return [part for part in str(text or "").split("; ") if part]


def against_weight(both: Both, goal: str) -> Reason:
    """A goal's money moved against its weight: by the weight, by the money, or by both."""
    old, new = _rows(both, "money", "goal", goal)
    return "against_weight", _pair(old, new, "share", "weight") | {"year": (both.before.year, both.after.year)}


def money(both: Both, goal: str) -> Reason:
    """More or less money reaches a goal: through which services."""
    splits = [_by_service(reading, goal) for reading in both[:2]]
    names = {one: name for reading in both[:2] for one, name in zip(reading["services"]["service"], reading["services"]["name"])}
    moved = {one: splits[1].get(one, 0.0) - splits[0].get(one, 0.0) for one in {**splits[0], **splits[1]}}
    first = sorted((one for one in moved if abs(moved[one]) > 0.005), key=lambda one: (-abs(moved[one]), one))
    return "money", {"services": [{"service": names[one], "before": splits[0].get(one, 0.0), "after": splits[1].get(one, 0.0)} for one in first],
                     "year": (both.before.year, both.after.year)}


def _by_service(reading: object, goal: str) -> dict[str, float]:
    """The money of each service that reaches a goal, split as budget.by_goal splits it."""
    pairs = reading["alignment"]
    pairs = pairs[pairs["goal"].isin(reading.goals["goal"]) & (pairs["strength"] > 0)]
    part = pairs["strength"] / pairs.groupby("service")["strength"].transform("sum")
    year = reading.spending[(reading.spending["fiscal_year"] == reading.year) & reading.spending["service"].notna()]
    amount = dict(zip(year["service"], year["amount"]))
    return {row.service: amount[row.service] * row.part for row in pairs.assign(part=part).itertuples() if row.goal == goal and row.service in amount}


def cost(both: Both, service: str) -> Reason:
    """One use costs more or less: money, uses or the year."""
    old, new = _rows(both, "costs", "service", service)
    return "cost", _pair(old, new, "spent", "uses", "state") | {"year": (both.before.year, both.after.year)}


def needed(both: Both, item: str) -> Reason:
    """A skill is short for the best choice, or no longer: the initiative came in or dropped out, or the level moved. No level is told: one person may hold it."""
    initiative, skill = item.split(" ", 1)
    ids = [initiative in reading.taken for reading in both[:2]]
    names = dict(zip(both.after["initiatives"]["initiative"], both.after["initiatives"]["name"])) | dict(zip(both.before["initiatives"]["initiative"], both.before["initiatives"]["name"]))
    held = [reading.held.set_index("skill")["highest"].get(skill) for reading in both[:2]]
    told = {"initiative": names.get(initiative), "in": tuple(ids)}
    wanted = [reading.staffed[(reading.staffed["initiative"] == initiative) & (reading.staffed["skill"] == skill)]["required"] for reading in both[:2]]
    required = next((float(one.iloc[0]) for one in reversed(wanted) if len(one)), float("nan"))
    return "needed", told | {"met": None if pd.isna(held[1]) else bool(held[1] >= required), "trainings": _trainings(both, skill, wanted)}


def _trainings(both: Both, skill: str, wanted: list[pd.Series]) -> list[str]:
    """Trainings that reach the level which an initiative needs."""
    offers = both.after["trainings"]
    level = next((one.iloc[0] for one in reversed(wanted) if len(one)), 0)
    return list(offers.loc[(offers["skill"] == skill) & (offers["level"] >= level), "name"])


def message(both: Both, item: str) -> Reason:
    """Something else is the matter with a message: with which KPI, goal or event, and what moved in it."""
    found = []
    for reading in both[:2]:
        rows = reading.matters[reading.matters["message"] == item]
        found.append(rows.iloc[0][["matter", "about", "figures", "stops", "to_do"]].to_dict() if len(rows) else None)
    own = both.after.said.set_index("message").loc[item]
    told = {"before": found[0], "after": found[1], "goal": own["goal_name"], "kpi": own["kpi_name"], "status": own["status"]}
    if pd.isna(own["kpi"]) or own["kpi"] not in set(both.before.progress["kpi"]):
        return "message", told
    return "message", told | {"way": way(both, own["kpi"])[1]}


def statement(both: Both, kpi: str) -> Reason:
    """A statement stands or falls: its latest value and what it is set beside."""
    old, new = _rows(both, "statements", "kpi", kpi)
    return "statement", {"unit": new["unit"]} | _pair(old, new, "verdict", "value_from", "period_from", "goal_name", "inside", "measured") | {
        name: tuple(reading.progress.set_index("kpi")[name][kpi] for reading in both[:2]) for name in ("value", "period")}


def heard(both: Both, item: str, *, column: str) -> Reason:
    """A goal or an audience gained or lost messages: how many, and how many of them go out."""
    counts = [reading.said[reading.said[column] == item] for reading in both[:2]]
    return "heard", {"messages": tuple(len(rows) for rows in counts), "going": tuple(int(rows["going"].sum()) for rows in counts), "backed": tuple(int(rows["backed"].sum()) for rows in counts)}


def regret(both: Both) -> Told | None:
    """What the former best choice would forgo by the new figures: best, kept (values), lost (how many of it no longer fit), what comes in and drops out; None where no choice is possible."""
    worlds = {"": both.before.world, "after": both.after.world._replace(scenario="after")}
    rows = futures.shift(worlds, scenario="after", chooser=initiatives)
    if rows.empty:
        return None
    told = {"best": float(rows.loc[rows["after"], "value"].sum()), "kept": float(rows.loc[rows["kept"], "value"].sum()), "lost": int((rows["before"] & ~rows["kept"]).sum())}
    return told | {name: value for name, value in exchange(both).items() if name in ("ins", "outs")}

