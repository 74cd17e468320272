"""From goal to objective to KPI to initiative: the tree, its loose ends, and how sound each objective is."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd

from planning.methods import wording

ACTING = ("candidate", "chosen", "running")
PERSPECTIVES = ("patrons", "process", "finance", "learning")
CHECKS = ("opens with a verb", "number from and to", "date", "owner", "outcome, not output", "2 to 5 KPIs", "leading and lagging KPIs", "goal in force")
BALANCE = "all four sides"
MISSING_SIDE = {"patrons": "Add a KPI that shows what patrons get.", "process": "Add a KPI that shows how work is done.",
                "finance": "Add a KPI that shows what it costs.", "learning": "Add a KPI that shows what staff learn."}
STRONG, FAIR = 0.75, 0.45
WORTH = {"pass": 1.0, "warn": 0.5, "fail": 0.0}


def tree(goals: pd.DataFrame, objectives: pd.DataFrame, kpis: pd.DataFrame, initiatives: pd.DataFrame,
         initiative_kpis: pd.DataFrame) -> pd.DataFrame:
    """Every path from a goal down, one row a path: goal, goal_name, weight (share 0-1), objective, statement, kpi,
    kpi_name, initiative, initiative_name, status, expected_change (in the KPI's unit).

    Takes the goals in force. What is missing on a path is missing in its row: a goal without an
    objective has one row with nothing after it; an objective whose goal is not in force, a KPI
    without an objective and an initiative without a KPI have rows with nothing before them. Done
    and rejected initiatives are left out. Heaviest goal first, then by id.

    >>> goals = pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [1.0]})
    >>> objectives = pd.DataFrame({"objective": ["O1"], "goal": ["G1"], "statement": ["Raise loans"]})
    >>> kpis = pd.DataFrame({"kpi": ["K1"], "name": ["Loans"], "objective": ["O1"]})
    >>> initiatives = pd.DataFrame({"initiative": ["I1"], "name": ["Storytime"], "status": ["candidate"]})
    >>> moved = pd.DataFrame({"initiative": ["I1"], "kpi": ["K1"], "expected_change": [40.0]})
    >>> tree(goals, objectives, kpis, initiatives, moved)[["goal_name", "kpi_name", "initiative_name"]].values.tolist()
    [['Read', 'Loans', 'Storytime']]
    """
    acting = initiatives.loc[initiatives["status"].isin(ACTING), ["initiative", "name", "status"]].rename(columns={"name": "initiative_name"})
    moved = initiative_kpis[["initiative", "kpi", "expected_change"]].merge(acting, on="initiative")
    paths = goals[["goal", "name", "weight"]].rename(columns={"name": "goal_name"})
    paths = _branched(paths, objectives[["objective", "goal", "statement"]], "goal")
    paths = _branched(paths, kpis[["kpi", "name", "objective"]].rename(columns={"name": "kpi_name"}), "objective")
    paths = _branched(paths, moved, "kpi")
    alone = acting[~acting["initiative"].isin(paths["initiative"])]
    columns = ["goal", "goal_name", "weight", "objective", "statement", "kpi", "kpi_name", "initiative", "initiative_name", "status", "expected_change"]
    paths = pd.concat([frame for frame in (paths, alone) if len(frame)] or [paths], ignore_index=True).reindex(columns=columns)
    order = paths.assign(heavy=-paths["weight"].astype(float))
    return order.sort_values(["heavy", "goal", "objective", "kpi", "initiative"], ignore_index=True)[columns]


def _branched(paths: pd.DataFrame, below: pd.DataFrame, key: str) -> pd.DataFrame:
    """Paths with one more level: `below` hung under its `key`, and what hangs under nothing at the end."""
    known = below[below[key].isin(paths[key].dropna())]
    loose = below.drop(known.index).assign(**{key: None})
    joined = paths.merge(known, on=key, how="left")
    return pd.concat([joined, loose], ignore_index=True) if len(loose) else joined


def loose_ends(paths: pd.DataFrame) -> pd.DataFrame:
    """Where the tree breaks off, one row an end: kind, id, name.

    kind is one of: goals without an objective, objectives without a goal in force, objectives
    without a KPI, KPIs without an objective, KPIs without an initiative, initiatives without a KPI.
    Takes `tree`; kinds in this order, then by the order of the tree.

    >>> paths = pd.DataFrame({"goal": ["G1"], "goal_name": ["Read"], "objective": [None], "statement": [None], "kpi": [None],
    ...                       "kpi_name": [None], "initiative": [None], "initiative_name": [None]})
    >>> loose_ends(paths).values.tolist()
    [['goals without an objective', 'G1', 'Read']]
    """
    has = {name: paths[name].notna() for name in ("goal_name", "objective", "kpi", "initiative")}
    kinds = [
        ("goals without an objective", "goal", "goal_name", has["goal_name"] & ~has["objective"]),
        ("objectives without a goal in force", "objective", "statement", has["objective"] & ~has["goal_name"]),
        ("objectives without a KPI", "objective", "statement", has["objective"] & ~has["kpi"]),
        ("KPIs without an objective", "kpi", "kpi_name", has["kpi"] & ~has["objective"]),
        ("KPIs without an initiative", "kpi", "kpi_name", has["kpi"] & ~has["initiative"]),
        ("initiatives without a KPI", "initiative", "initiative_name", has["initiative"] & ~has["kpi"]),
    ]
    rows = [[kind, *found] for kind, id, name, here in kinds
            for found in paths.loc[here, [id, name]].drop_duplicates().values.tolist()]
    return pd.DataFrame(rows, columns=["kind", "id", "name"])


def ladder(paths: pd.DataFrame) -> pd.DataFrame:
    """How far each goal in force is carried down: goal, goal_name, weight, objectives, kpis, initiatives (numbers),
    unbroken (true when at least one path runs from the goal to an initiative).

    Takes `tree`. Heaviest goal first. An initiative that moves two KPIs of a goal counts once.

    >>> paths = pd.DataFrame({"goal": ["G1"], "goal_name": ["Read"], "weight": [1.0], "objective": ["O1"], "kpi": ["K1"], "initiative": [None]})
    >>> ladder(paths)[["objectives", "kpis", "initiatives", "unbroken"]].values.tolist()
    [[1, 1, 0, False]]
    """
    columns = ["goal", "goal_name", "weight", "objectives", "kpis", "initiatives", "unbroken"]
    rooted = paths[paths["goal_name"].notna()]
    if rooted.empty:
        return pd.DataFrame(columns=columns)
    found = rooted.groupby("goal", sort=False).agg(
        goal_name=("goal_name", "first"), weight=("weight", "first"), objectives=("objective", "nunique"),
        kpis=("kpi", "nunique"), initiatives=("initiative", "nunique")).reset_index()
    found["unbroken"] = found["initiatives"] > 0
    return found[columns].sort_values(["weight", "goal"], ascending=[False, True], ignore_index=True)


def outline(paths: pd.DataFrame) -> pd.DataFrame:
    """The tree as an outline, one row a goal, objective or KPI: place (such as 2.1.3), depth (0 to 2), level, id, name, below
    (initiatives that move a KPI, semicolons between), missing (what should hang there and does not).

    Takes `tree`. An objective or KPI that hangs under nothing comes last, under a row named for
    what is missing above it.

    >>> paths = pd.DataFrame({"goal": ["G1"], "goal_name": ["Read"], "objective": ["O1"], "statement": ["Raise loans"], "kpi": ["K1"],
    ...                       "kpi_name": ["Loans"], "initiative": ["I1"], "initiative_name": ["Storytime"]})
    >>> outline(paths)[["place", "level", "name", "below"]].values.tolist()
    [['1', 'goal', 'Read', ''], ['1.1', 'objective', 'Raise loans', ''], ['1.1.1', 'KPI', 'Loans', 'Storytime']]
    """
    rows = []
    known = paths.assign(goal=paths["goal"].where(paths["goal_name"].notna()))
    for goal, under_goal in known.groupby("goal", sort=False, dropna=False):
        objectives = under_goal.groupby("objective", sort=False, dropna=False)
        inner = [row for objective, under in objectives for row in _objective_rows(objective, under)]
        head = ["goal", goal, under_goal["goal_name"].iloc[0], "", "" if under_goal["objective"].notna().any() else "no objective"]
        if pd.notna(goal):
            rows += [[0, *head], *inner]
        elif inner:
            rows += [[0, "goal", None, "Without a goal in force", "", "no goal"], *inner]
    return pd.DataFrame([[place, *row] for place, row in zip(_places(rows), rows)], columns=["place", "depth", "level", "id", "name", "below", "missing"])


def _places(rows: list[list[object]]) -> list[str]:
    found, at = [], [0, 0, 0]
    for depth, *_ in rows:
        at = [*at[:depth], at[depth] + 1, *[0] * (2 - depth)]
        found.append(".".join(str(number) for number in at[: depth + 1]))
    return found


def _objective_rows(objective: object, under: pd.DataFrame) -> list[list[object]]:
    kpis = [[2, "KPI", kpi, moved["kpi_name"].iloc[0], "; ".join(moved["initiative_name"].dropna()),
             "" if moved["initiative"].notna().any() else "no initiative"]
            for kpi, moved in under.groupby("kpi", sort=False)]
    if pd.isna(objective):
        return [[1, "objective", None, "Without an objective", "", "no objective"], *kpis] if kpis else []
    return [[1, "objective", objective, under["statement"].iloc[0], "", "" if kpis else "no KPI"], *kpis]


def checks(objectives: pd.DataFrame, kpis: pd.DataFrame, goals: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Eight named checks of each objective and one of the plan as a whole: objective, statement, goal_name (all three
    missing for the plan as a whole), check, result (pass, warn, fail or not checked), mend (what to do; empty after a pass).

    Takes the goals in force. The rules:
    *opens with a verb*: a clear verb of our short English list passes, anything else is a warning
    and a hint only. *number from and to*: two figures pass, one warns, and so do figures that are
    not the start and target (or the band) of any of its KPIs. *date*: a due day that lies ahead and not after the goal's own
    day passes; words that name another month or year to come warn. *owner*: a role; that it exists
    is checked when the plan is read. *outcome, not output*: outcome
    or impact passes, output warns, input and activity fail. *2 to 5 KPIs*: one or more than five
    warns, none fails. *leading and lagging KPIs*: both pass, one kind warns. *goal in force*: the
    goal is in force on the day looked from. *all four sides*, of the plan as a whole because one objective rightly looks at
    one or two: patrons, process, finance and learning each have a KPI; one side without warns, more fail (Kaplan and Norton
    1992). Not checked: what rests on an empty table or an entry that is left open.

    Checks look at how an objective is put, not at whether it is the right one, nor at whether it can be reached: step 4
    sets the target against what the process can do. Source: Doran 1981 for the idea, in our own
    rules. Objectives in the order of their table, the plan as a whole last; empty without objectives.
    """
    rows = []
    for row in objectives.to_dict("records"):
        measured = kpis[kpis["objective"] == row["objective"]] if pd.notna(row["objective"]) else kpis.head(0)
        parent = goals[goals["goal"] == row["goal"]]
        answers = [_verb(row), _figures(row, measured), _day(row, parent, as_of), _owner(row), _level(row), _number(measured, kpis),
                   _timing(measured), _goal(parent, goals)]
        name = parent["name"].iloc[0] if len(parent) else None
        rows += [[row["objective"], row["statement"], name, check, *answer] for check, answer in zip(CHECKS, answers)]
    rows += [[None, None, None, BALANCE, *_balance(kpis)]] if rows else []
    return pd.DataFrame(rows, columns=["objective", "statement", "goal_name", "check", "result", "mend"])


def missed(checked: pd.DataFrame) -> pd.DataFrame:
    """The checks that were not passed, with what mends them: the columns and the order of `checks`, which it takes.

    >>> missed(pd.DataFrame({"check": ["owner", "date"], "result": ["pass", "warn"], "mend": ["", "Set a new day"]})).values.tolist()
    [['date', 'warn', 'Set a new day']]
    """
    return checked[checked["result"] != "pass"].reset_index(drop=True)


def strength(checked: pd.DataFrame) -> pd.DataFrame:
    """How well each objective is put: objective, statement, goal_name, passed, warned, failed (numbers), checked,
    strength (share 0-1), band (strong, fair or weak), mend (what to do first).

    Takes `checks`. strength = (passed + 0.5 × warned) ÷ checked, missing when nothing was checked;
    strong from 0.75 without a failed check, weak below 0.45, fair between. All checks count the
    same, so a missing owner weighs as much as a missing KPI: read the checks, not only the sum. The check of the plan as a
    whole is left out. Weakest first, then by id.

    >>> checked = pd.DataFrame({"objective": ["O1"] * 3, "statement": ["Raise loans"] * 3, "goal_name": ["Read"] * 3,
    ...                         "result": ["pass", "warn", "fail"], "mend": ["", "Write the number", "Name an owner"]})
    >>> strength(checked)[["strength", "band", "mend"]].values.tolist()
    [[0.5, 'fair', 'Name an owner']]
    """
    columns = ["objective", "statement", "goal_name", "passed", "warned", "failed", "checked", "strength", "band", "mend"]
    rows = []
    for objective, answers in checked.groupby("objective", sort=True):
        counted = answers["result"].value_counts()
        passed, warned, failed = (int(counted.get(result, 0)) for result in WORTH)
        total = passed + warned + failed
        worth = (passed + 0.5 * warned) / total if total else float("nan")
        worst = answers[answers["result"] == ("fail" if failed else "warn")]
        first = answers.iloc[0]
        rows.append([objective, first["statement"], first["goal_name"], passed, warned, failed, total, worth, _band(worth, failed),
                     worst["mend"].iloc[0] if len(worst) else ""])
    return pd.DataFrame(rows, columns=columns).sort_values(["strength", "objective"], ignore_index=True)


def _band(worth: float, failed: int) -> str:
    return "" if pd.isna(worth) else "strong" if worth >= STRONG and not failed else "fair" if worth >= FAIR else "weak"


def _verb(row: dict[str, object]) -> tuple[str, str]:
    mends = {"clear": "", "vague": "Open with what will change, such as raise, cut or reach.",
             "unknown": "See whether the first word says what will change. This is a hint: our list of verbs is short."}
    kind = wording.opening(str(row["statement"]))
    return ("pass" if kind == "clear" else "warn"), mends[kind]


def _figures(row: dict[str, object], measured: pd.DataFrame) -> tuple[str, str]:
    ends = measured[["baseline", "target", "target_low", "target_high"]]
    named = wording.figures(str(row["statement"]), ends.to_numpy(dtype=float).ravel())
    if len(named) < 2:
        return ("warn", "Say where it starts as well as where it should go.") if named else ("fail", "Say from which number to which number.")
    known = [pair for start, goal, low, high in ends.itertuples(index=False)
             for pair in ((start, goal), (low, high)) if pd.notna(pair[0]) and pd.notna(pair[1])]
    told = [all(any(math.isclose(figure, end, rel_tol=1e-3) for figure in named) for end in pair) for pair in known]
    return ("pass", "") if any(told) or not told else ("warn", "Its numbers are not the start and target of any of its KPIs: put the same in both.")


def _day(row: dict[str, object], parent: pd.DataFrame, as_of: dt.date) -> tuple[str, str]:
    if pd.isna(row["due"]):
        return "fail", "Set a day by which it should be met."
    if row["due"] < pd.Timestamp(as_of):
        return "warn", "Its day has passed: close it, or set a new day."
    if len(parent) and pd.notna(parent["horizon"].iloc[0]) and row["due"] > parent["horizon"].iloc[0]:
        return "warn", "It is due after its goal: bring one of the two days forward or back."
    ahead = [month for month in wording.months(str(row["statement"])) if month >= as_of.isoformat()[: len(month)]]
    if ahead and not any(row["due"].isoformat().startswith(month) for month in ahead):
        return "warn", "The day in its words is not its due day: put the same in both."
    return "pass", ""


def _owner(row: dict[str, object]) -> tuple[str, str]:
    return ("fail", "Name the role that answers for it.") if pd.isna(row["owner"]) else ("pass", "")


def _level(row: dict[str, object]) -> tuple[str, str]:
    if pd.isna(row["level"]):
        return "not checked", "Say whether it is an output or an outcome."
    if row["level"] in ("outcome", "impact"):
        return "pass", ""
    return (("warn", "Say what this will change, and for whom.") if row["level"] == "output"
            else ("fail", "Say what will be different in the end; keep this one as a KPI."))


def _number(measured: pd.DataFrame, kpis: pd.DataFrame) -> tuple[str, str]:
    if kpis.empty:
        return "not checked", "Fill the table of KPIs."
    if measured.empty:
        return "fail", "Add a KPI that shows whether it is met."
    if len(measured) == 1:
        return "warn", "Add a second KPI: one figure alone can mislead."
    return ("pass", "") if len(measured) <= 5 else ("warn", "Keep the five KPIs that tell most.")


def _timing(measured: pd.DataFrame) -> tuple[str, str]:
    kinds = set(measured["timing"].dropna())
    if len(kinds) in (0, 2):
        return ("pass", "") if kinds else ("not checked", "Say of each KPI whether it is leading or lagging.")
    return "warn", ("Add a KPI that shows the result itself (lagging)." if "leading" in kinds else "Add a KPI that moves early (leading).")


def _goal(parent: pd.DataFrame, goals: pd.DataFrame) -> tuple[str, str]:
    if goals.empty:
        return "not checked", "Fill the table of goals."
    return ("pass", "") if len(parent) else ("fail", "Tie it to a goal that is in force, or end it.")


def _balance(kpis: pd.DataFrame) -> tuple[str, str]:
    known = kpis["perspective"].dropna()
    if known.empty:
        return "not checked", "Say of each KPI at which side of the library it looks."
    left = [side for side in PERSPECTIVES if side not in set(known)]
    if len(left) > 1:
        return "fail", "Add KPIs for the sides of the library that none looks at."
    return ("warn", MISSING_SIDE[left[0]]) if left else ("pass", "")
