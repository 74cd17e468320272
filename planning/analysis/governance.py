"""Who may decide what, and whether decisions were taken by those who may take them."""

from __future__ import annotations

import datetime as dt

import pandas as pd

KINDS = ("direction", "money", "policy", "service", "staff", "partners", "public words")
LEVELS = ("staff", "management", "board")
TAKEN = ["decision", "date", "what", "decided_by", "matter", "kind", "body", "decides", "verdict"]
VERDICTS = ("below its level", "above its level", "matter not named", "level not written down", "as laid down")
MATTERS = ["matter", "kind", "decides", "prepares", "heard", "told", "policy_name", "policy_due", "decisions", "last"]


def taken(decisions: pd.DataFrame, mandates: pd.DataFrame) -> pd.DataFrame:
    """Each decision against the level that may take it: decision, date, what, decided_by, matter, kind, body (level at which it was
    taken), decides (level that may), verdict.

    verdict: *matter not named*, so that nobody can say whose it was; *level not written down*; *below
    its level* when a lower level took what a higher one decides; *above its level* when a higher one
    did, which is allowed and takes its time; else *as laid down*. Levels rise from staff over
    management to the board. What needs a talk first, then the newest. Nothing here says that a decision was wrong.

    >>> decisions = pd.DataFrame({"decision": ["D1"], "date": [pd.Timestamp(2026, 3, 1)], "what": ["Close on Mondays"], "decided_by": ["Head"],
    ...     "mandate": ["MA1"], "body": ["management"]})
    >>> mandates = pd.DataFrame({"mandate": ["MA1"], "name": ["Opening hours"], "kind": ["service"], "decides": ["board"]})
    >>> taken(decisions, mandates)["verdict"].tolist()
    ['below its level']
    """
    found = decisions.merge(mandates[["mandate", "name", "kind", "decides"]].rename(columns={"name": "matter"}), on="mandate", how="left")
    place = {level: rank for rank, level in enumerate(LEVELS)}
    step = found["body"].map(place).astype(float) - found["decides"].map(place).astype(float)
    found["verdict"] = "as laid down"
    found.loc[step < 0, "verdict"], found.loc[step > 0, "verdict"] = VERDICTS[0], VERDICTS[1]
    found.loc[found["body"].isna(), "verdict"] = VERDICTS[3]
    found.loc[found["decides"].isna(), "verdict"] = VERDICTS[2]
    order = found["verdict"].map({verdict: rank for rank, verdict in enumerate(VERDICTS)})
    return found.assign(order=order).sort_values(["order", "date", "decision"], ascending=[True, False, True], ignore_index=True)[TAKEN]


def matters(mandates: pd.DataFrame, decisions: pd.DataFrame, policies: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Who decides what: matter, kind, decides, prepares, heard, told, policy_name, policy_due (the policy's day of review has
    passed; missing without a policy), decisions (number taken), last (day of the newest).

    In the order of the kinds (direction, money, policy, service, staff, partners, public words), then of the table.

    >>> mandates = pd.DataFrame({"mandate": ["MA1"], "name": ["Budget"], "kind": ["money"], "decides": ["board"], "prepares": ["management"], "heard": [None], "told": [None], "policy": [None]})
    >>> decisions = pd.DataFrame({"mandate": ["MA1"], "date": [pd.Timestamp(2026, 5, 1)]})
    >>> matters(mandates, decisions, pd.DataFrame(columns=["policy", "name", "review"]), as_of=dt.date(2026, 6, 30))[["matter", "decisions"]].values.tolist()
    [['Budget', 1]]
    """
    found = mandates.rename(columns={"name": "matter"})
    found["policy_name"] = found["policy"].map(dict(zip(policies["policy"], policies["name"]))).astype(object)
    late = dict(zip(policies["policy"], pd.to_datetime(policies["review"]) < pd.Timestamp(as_of)))
    found["policy_due"] = found["policy"].map(late).astype("boolean")
    own = decisions.dropna(subset=["mandate"])
    found["decisions"] = found["mandate"].map(own["mandate"].value_counts().to_dict()).fillna(0).astype(int)
    found["last"] = pd.to_datetime(found["mandate"].map(own.groupby("mandate")["date"].max().to_dict()))
    order = found["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    return found.assign(order=order).sort_values("order", kind="stable", ignore_index=True)[MATTERS]


def unruled(mandates: pd.DataFrame) -> pd.DataFrame:
    """Kinds of decision of which nothing says who takes them: kind. Empty when no mandate is written down at all.

    >>> unruled(pd.DataFrame({"kind": ["money", "staff", "policy", "service", "partners", "direction"]}))["kind"].tolist()
    ['public words']
    """
    ruled = set(mandates["kind"])
    return pd.DataFrame({"kind": [kind for kind in KINDS if ruled and kind not in ruled]}, dtype=object)


def reconciled(taken: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """The sum that verdicts must have: check, expected, found; empty without decisions."""
    rows = [["Verdicts on who decided add up to all decisions", len(decisions), taken["verdict"].value_counts().sum()]] if len(decisions) else []
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
