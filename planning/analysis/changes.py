"""The change plan for services and policies: who does what by when, how we know, and what was decided but not carried out."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.methods import periods

STATES = ("late", "under way", "not begun", "no day", "done")
SUBJECTS = ("privacy", "intellectual freedom", "accessibility", "copyright", "access", "conduct", "collection", "money", "staff", "partners")
BARRIERS = ("awareness", "desire", "knowledge", "ability", "reinforcement")
PLAN = ["change", "change_name", "kind", "about", "goal_name", "decision_name", "owner_name", "start", "due", "done", "concerns", "told", "how", "kpi_name",
        "barrier", "state", "days_late", "lacks", "told_late", "seen"]
LINKS = ["stage", "n", "of", "share", "broken"]
POLICIES = ["policy", "policy_name", "subject", "adopted_by", "adopted", "review", "public", "days_over", "state", "change_name"]
OPEN = ["decision", "what", "date", "decided_by", "goal_name", "days", "from_talk"]


def plan(changes: pd.DataFrame, values: pd.DataFrame, *, services: pd.DataFrame, policies: pd.DataFrame, decisions: pd.DataFrame, goals: pd.DataFrame,
         roles: pd.DataFrame, kpis: pd.DataFrame, as_of: dt.date, fiscal_year_start: int = 1) -> pd.DataFrame:
    """Every change with who, what, by when and how we know, late ones first: change, change_name, kind (service, policy), about (the service or
    policy), goal_name, decision_name, owner_name, start, due, done, concerns, told (days), how (kpi, sign, or empty when nothing would show it),
    kpi_name, barrier, state (late, under way, not begun, no day, done), days_late (past due, or done after it; 0 or more, missing without
    a due day), lacks (owner, due day, sign; separated by "; "), told_late (begun before those concerned were told), seen (its KPI was measured
    for a period that began after it was done; missing when it is not done or has no KPI).

    Takes the values of the KPIs. Late: the due day has passed and it is not done. Not begun: its start lies ahead. A change without a KPI can be
    seen by its sign only, and nobody writes that down here, so `seen` is missing for it. A value after a change does not show that the change made it.
    """
    day, found = pd.Timestamp(as_of), changes.rename(columns={"name": "change_name"})
    rooms = ((policies, "policy"), (services, "service"), (goals, "goal"), (roles, "role"), (kpis, "kpi"))
    names = {key: dict(zip(table[key], table["name"])) for table, key in rooms}
    found["about"] = found["service"].map(names["service"]).where(found["kind"] == "service", found["policy"].map(names["policy"]))
    found["goal_name"], found["owner_name"], found["kpi_name"] = found["goal"].map(names["goal"]), found["owner"].map(names["role"]), found["kpi"].map(names["kpi"])
    found["decision_name"] = found["decision"].map(dict(zip(decisions["decision"], decisions["what"])))
    for column in ("start", "due", "done", "told"):
        found[column] = pd.to_datetime(found[column])
    found["how"] = ["kpi" if isinstance(one.kpi_name, str) else "sign" if isinstance(one.sign, str) else "" for one in found.itertuples()]
    found["state"] = [_state(one, day) for one in found.itertuples()]
    found["days_late"] = (found["done"].fillna(day) - found["due"]).dt.days.clip(lower=0).astype(float)
    found["lacks"] = pd.Series(["; ".join(_lacks(one)) for one in found.itertuples()], index=found.index, dtype="str")
    begun = found["start"].fillna(found["done"])
    found["told_late"] = ((begun <= day) & (found["told"].isna() | (found["told"] > begun)) & found["concerns"].notna()).astype(bool)
    newest = _begun(values, fiscal_year_start)
    found["seen"] = (pd.to_datetime(found["kpi"].map(newest)) > found["done"]).astype("boolean").mask(found["done"].isna() | (found["how"] != "kpi"))
    order = found["state"].map({state: place for place, state in enumerate(STATES)})
    return found.assign(order=order).sort_values(["order", "due", "change"], ignore_index=True)[PLAN]


def _state(one: tuple, day: pd.Timestamp) -> str:
    if pd.notna(one.done):
        return "done"
    if pd.notna(one.due) and one.due < day:
        return "late"
    if pd.isna(one.start):
        return "no day" if pd.isna(one.due) else "not begun"
    return "under way" if one.start <= day else "not begun"


def _lacks(one: tuple) -> list[str]:
    facts = {"owner": not isinstance(one.owner_name, str), "due day": pd.isna(one.due) and pd.isna(one.done), "sign": not one.how}
    return [word for word, lacking in facts.items() if lacking]


def _begun(values: pd.DataFrame, start: int) -> dict[str, pd.Timestamp]:
    """The first day of the newest measured period of each KPI."""
    known = values.dropna(subset=["value"])
    days = pd.to_datetime(known["period"].map(lambda period: periods.first_day(period, start)))
    return days.groupby(known["kpi"]).max().to_dict()


def barriers(plan: pd.DataFrame) -> pd.DataFrame:
    """Where open changes are stuck, in the order in which people get past it: barrier (awareness, desire, knowledge, ability, reinforcement),
    changes (number, all five rows), late (how many of them), names (separated by "; ").

    Takes `plan`. Only changes that are not done and name a barrier. The five stand one after the other: somebody who does not want a change gains
    nothing from a course. Source: Hiatt 2006 (ADKAR). One person's view of what holds a change back; ask those who are to change. Empty when none names one.
    """
    held = plan[(plan["state"] != "done") & plan["barrier"].notna()]
    rows = [[name, int((held["barrier"] == name).sum()), int(((held["barrier"] == name) & (held["state"] == "late")).sum()),
             "; ".join(held.loc[held["barrier"] == name, "change_name"])] for name in BARRIERS if len(held)]
    return pd.DataFrame(rows, columns=["barrier", "changes", "late", "names"])


def undone(past: pd.DataFrame, changes: pd.DataFrame, *, dialogues: pd.DataFrame, pilots: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Decisions that still stand and that nothing on record carries out, the oldest first: decision, what, date, decided_by, goal_name, days
    (since it was taken), from_talk (a talk led to it).

    Takes `decisions.revalidated` as `past`: what no longer holds is left out, and so are decisions of steps 1 and 3, since goals and agreements have tables of
    their own. Carried out: a change names it, or a pilot does, or the talk that led to it
    also led to an initiative. A decision to leave things as they are needs no change; the rule cannot tell it from one that was forgotten.
    """
    carried = set(changes["decision"].dropna()) | set(pilots["decision"].dropna()) | set(dialogues.loc[dialogues["initiative"].notna(), "decision"].dropna())
    found = _standing(past)
    found = found[~found["decision"].isin(carried)].copy()
    found["days"] = (pd.Timestamp(as_of) - pd.to_datetime(found["date"])).dt.days.astype(float)
    found["from_talk"] = found["decision"].isin(dialogues["decision"].dropna()).astype(bool)
    return found.sort_values(["date", "decision"], ignore_index=True)[OPEN]


def _standing(past: pd.DataFrame) -> pd.DataFrame:
    """Decisions that hold and that are about what the library does."""
    return past[(past["state"] != "no longer holds") & ~past["step"].isin([1, 3])]


def links(dialogues: pd.DataFrame, plan: pd.DataFrame, *, changes: pd.DataFrame, past: pd.DataFrame, undone: pd.DataFrame) -> pd.DataFrame:
    """How far talks and decisions are carried on, one row a step: stage (talks that led to a decision, decisions that are carried out, changes that are
    done, changes done whose KPI was measured since), n, of, share (0-1), broken (names of where it breaks off, separated by "; ").

    Takes `plan`, `decisions.revalidated` as `past`, and `undone`. Talks: those on services and policies. Decisions: those of `undone` and those that are carried out. Done: of the changes
    whose due day has come or that are done. Each step counts its own rows, so the shares are not to be multiplied. Steps without rows are left out.
    """
    talks = dialogues[dialogues["kind"].isin(["services", "policies"])]
    led = talks["decision"].notna() | talks["dialogue"].isin(changes["dialogue"].dropna())
    stands = _standing(past)
    due, shown = plan[plan["state"].isin(["late", "done"])], plan[plan["seen"].notna()]
    rows = [["talks that led to a decision or a change", talks["topic"], led], ["decisions that are carried out", stands["what"], ~stands["decision"].isin(undone["decision"])],
            ["changes done of those due", due["change_name"], due["state"] == "done"],
            ["changes done whose KPI was measured since", shown["change_name"], shown["seen"].astype(bool)]]
    found = [[stage, int(holds.sum()), len(names), holds.mean(), "; ".join(names[~holds])] for stage, names, holds in rows if len(names)]
    return pd.DataFrame(found, columns=LINKS).astype({"share": float})


def rules(policies: pd.DataFrame, changes: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Every policy, and every subject that has none, those that need a look first: policy (missing for a subject without one), policy_name,
    subject, adopted_by, adopted, review (days), public, days_over (since its day of review; missing when that is ahead), state (no policy,
    overdue, no day of review, stands), change_name (an open change of it).

    The ten subjects are those of the table. Not every library needs a policy on each; the list asks, it does not judge. Empty without any policy.

    >>> rows = pd.DataFrame({"policy": ["P1"], "name": ["Rooms"], "subject": ["access"], "adopted_by": ["board"], "adopted": [None],
    ...                      "review": [pd.Timestamp("2026-01-31")], "public": [True]})
    >>> rules(rows, pd.DataFrame({"policy": [], "name": [], "done": []}), as_of=dt.date(2026, 6, 30))[["subject", "state"]].values.tolist()[-1]
    ['access', 'overdue']
    """
    if policies.empty:
        return pd.DataFrame(columns=POLICIES)
    found = policies.rename(columns={"name": "policy_name"})
    over = (pd.Timestamp(as_of) - pd.to_datetime(found["review"])).dt.days
    found["days_over"] = over.where(over >= 0).astype(float)
    found["state"] = ["no day of review" if pd.isna(days) else "overdue" if days >= 0 else "stands" for days in over]
    open_ones = changes[changes["done"].isna()]
    found["change_name"] = found["policy"].map(dict(zip(open_ones["policy"], open_ones["name"])))
    bare = pd.DataFrame({"subject": [subject for subject in SUBJECTS if subject not in set(found["subject"])]}).assign(state="no policy")
    found = pd.concat([found, bare], ignore_index=True).reindex(columns=POLICIES)
    order = found["state"].map({state: place for place, state in enumerate(("no policy", "overdue", "no day of review", "stands"))})
    return found.assign(order=order).sort_values(["order", "review", "policy", "subject"], ignore_index=True)[POLICIES]
