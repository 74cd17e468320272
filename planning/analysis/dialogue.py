"""What staff, leadership and partners talk about, what is promised there, and what comes of it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from planning.methods import intervals

INSIDE, OUTSIDE = "staff and leadership", "library and partner"
KINDS = ("objectives", "projects", "collaboration", "services", "policies", "resources", "staff")
RHYTHM = ["form", "talks", "topics", "first", "last", "gap", "gap_from", "gap_to", "since"]
TOPICS = ["kind", "topics", "promised", "led", "nothing"]
PROMISES = ["dialogue", "date", "topic", "commitment", "with_name", "owner_name", "due", "kept", "late", "state"]
STATES = ("overdue", "no day set", "open", "kept late", "kept")
KEPT = ["promised", "due", "kept", "share", "low", "high", "in_time", "overdue", "open", "no_day"]
OUTCOMES = ["dialogue", "date", "form", "kind", "topic", "outcome", "decision_name", "initiative_name"]
UNSPOKEN = ["goal", "goal_name", "weight", "topics", "last", "never"]


def rhythm(dialogues: pd.DataFrame, *, between: str, as_of: dt.date) -> pd.DataFrame:
    """How often two sides talk, formally, informally and in all: form (all, formal, informal), talks (days with that form), topics, first,
    last (days), gap (longest time between two talks, or since the last, in days), gap_from, gap_to, since (days since the last).

    `between` is one of `INSIDE` and `OUTSIDE`. Talks that nobody wrote down are not in it, informal ones above all. Forms
    that never occur have 0 talks; empty where there is no entry.

    >>> talks = pd.DataFrame({"date": pd.to_datetime(["2026-01-05", "2026-03-06"]), "form": ["formal", "informal"], "between": INSIDE})
    >>> rhythm(talks, between=INSIDE, as_of=dt.date(2026, 4, 5))[["form", "talks", "gap", "since"]].values.tolist()
    [['all', 2, 60.0, 30.0], ['formal', 1, 90.0, 90.0], ['informal', 1, 30.0, 30.0]]
    """
    own = dialogues[dialogues["between"] == between]
    parts = [("all", own), *((form, own[own["form"] == form]) for form in ("formal", "informal"))] if len(own) else []
    return pd.DataFrame([_rhythm(form, entries, pd.Timestamp(as_of)) for form, entries in parts], columns=RHYTHM)


def _rhythm(form: str, entries: pd.DataFrame, day: pd.Timestamp) -> list[object]:
    days = entries["date"].drop_duplicates().sort_values()
    talks = int(entries[["date", "form"]].drop_duplicates().shape[0])
    if not talks:
        return [form, 0, 0, pd.NaT, pd.NaT, np.nan, pd.NaT, pd.NaT, np.nan]
    ends = [*days.iloc[1:], day]
    gaps = [(end - start).days for start, end in zip(days, ends)]
    widest = int(np.argmax(gaps))
    return [form, talks, len(entries), days.iloc[0], days.iloc[-1], float(gaps[widest]), days.iloc[widest], ends[widest], float(gaps[-1])]


def topics(dialogues: pd.DataFrame, *, between: str) -> pd.DataFrame:
    """What the talks are about, most often first: kind (missing where nobody put it down), topics, promised (with a commitment), led
    (to a decision or an initiative), nothing (no commitment, outcome, decision or initiative). Kinds never talked about have 0.
    """
    own = dialogues[dialogues["between"] == between]
    led = own["decision"].notna() | own["initiative"].notna()
    marked = own.assign(promised=own["commitment"].notna(), led=led, nothing=~led & own["commitment"].isna() & own["outcome"].isna())
    kinds = [*KINDS, *([None] if own["kind"].isna().any() else [])] if len(own) else []
    parts = [(kind, marked[marked["kind"] == kind] if kind else marked[marked["kind"].isna()]) for kind in kinds]
    rows = [[kind, len(part), *(int(part[name].sum()) for name in ("promised", "led", "nothing"))] for kind, part in parts]
    return pd.DataFrame(rows, columns=TOPICS).sort_values(["topics", "kind"], ascending=[False, True], ignore_index=True)


def promises(dialogues: pd.DataFrame, roles: pd.DataFrame, partners: pd.DataFrame, *, between: str, as_of: dt.date) -> pd.DataFrame:
    """Every commitment, overdue ones first: dialogue, date, topic, commitment, with_name (partner), owner_name (role that promised; missing
    where leadership or the partner did), due, kept, late (days after the due day that it was done, or that it is overdue),
    state (overdue, no day set, open, kept late, kept).

    A commitment without a day cannot be overdue; it is listed right after those that are.
    """
    own = dialogues[(dialogues["between"] == between) & dialogues["commitment"].notna()]
    day = pd.Timestamp(as_of)
    late = (own["kept"].fillna(day) - own["due"]).dt.days
    conditions = [own["kept"].notna() & (late > 0), own["kept"].notna(), own["due"].isna(), late > 0]
    state = np.select(conditions, ["kept late", "kept", "no day set", "overdue"], "open")
    found = own.assign(state=pd.Series(state, index=own.index, dtype=object), late=late.where(late > 0).astype(float),
                       owner_name=own["owner"].map(dict(zip(roles["role"], roles["name"]))), with_name=own["partner"].map(dict(zip(partners["partner"], partners["name"]))))
    order = found["state"].map({word: place for place, word in enumerate(STATES)})
    return found.assign(order=order).sort_values(["order", "due", "dialogue"], ignore_index=True)[PROMISES]


def kept(promises: pd.DataFrame) -> pd.DataFrame:
    """How far commitments are kept, in one row: promised, due (whose day has come, or that were kept before it), kept, share (0-1, kept ÷
    due) with low and high (95 % Wilson interval), in_time (0-1, of those due, kept by their day), overdue, open, no_day.

    Takes `promises`. Commitments without a day count as due only once they are kept, which flatters: so they are counted beside it.
    Empty without commitments.

    >>> made = pd.DataFrame({"state": ["overdue", "kept", "kept", "kept late", "open"]})
    >>> kept(made)[["due", "kept", "share", "in_time", "overdue", "open"]].values.tolist()
    [[4.0, 3.0, 0.75, 0.5, 1.0, 1.0]]
    """
    if promises.empty:
        return pd.DataFrame(columns=KEPT)
    n = promises["state"].value_counts()
    overdue, late, done = (int(n.get(word, 0)) for word in ("overdue", "kept late", "kept"))
    due = overdue + late + done
    share = (late + done) / due if due else np.nan
    row = [len(promises), due, late + done, share, *intervals.wilson(late + done, due), done / due if due else np.nan, overdue, int(n.get("open", 0)), int(n.get("no day set", 0))]
    return pd.DataFrame([row], columns=KEPT)


def outcomes(dialogues: pd.DataFrame, decisions: pd.DataFrame, initiatives: pd.DataFrame, *, between: str) -> pd.DataFrame:
    """What came of the talks, newest first: dialogue, date, form, kind, topic, outcome, decision_name, initiative_name. Only topics of which
    something came.
    """
    own = dialogues[(dialogues["between"] == between) & dialogues[["outcome", "decision", "initiative"]].notna().any(axis=1)]
    found = own.assign(decision_name=own["decision"].map(dict(zip(decisions["decision"], decisions["what"]))),
                       initiative_name=own["initiative"].map(dict(zip(initiatives["initiative"], initiatives["name"]))))
    return found.sort_values(["date", "dialogue"], ascending=[False, True], ignore_index=True)[OUTCOMES]


def unspoken(goals: pd.DataFrame, dialogues: pd.DataFrame, *, between: str) -> pd.DataFrame:
    """How often each goal was talked about, least first, the heaviest first among those: goal, goal_name, weight, topics, last (day), never.

    A topic bears on a goal when the log says so; empty where no talk is on record.
    """
    own = dialogues[dialogues["between"] == between]
    if own.empty:
        return pd.DataFrame(columns=UNSPOKEN)
    found = goals.rename(columns={"name": "goal_name"})
    times, last = own["goal"].value_counts().to_dict(), own.groupby("goal")["date"].max().to_dict()
    found = found.assign(topics=[times.get(goal, 0) for goal in found["goal"]], last=pd.to_datetime(pd.Series([last.get(goal) for goal in found["goal"]], index=found.index)))
    found["never"] = found["topics"] == 0
    return found.sort_values(["topics", "weight", "goal"], ascending=[True, False, True], ignore_index=True)[UNSPOKEN]


def reconciled(dialogues: pd.DataFrame, *results: pd.DataFrame) -> pd.DataFrame:
    """The sum that the topics of both kinds of talk must have: check, expected, found; empty without entries. Takes results of `topics`."""
    if dialogues.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    row = ["Topics by kind add up to the dialogue log", len(dialogues), sum(int(rows["topics"].sum()) for rows in results)]
    return pd.DataFrame([row], columns=["check", "expected", "found"])
