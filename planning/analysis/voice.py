"""Staff's own voice: the support they get, the room they have to decide, and whether they can keep the service standards."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import comparisons, intervals

TOPICS = ("support", "autonomy", "service standards")
CHANCE = 0.05
VOICE = ["topic", "question", "text", "n", "agree", "low", "high", "before", "change", "change_low", "change_high", "clear", "hidden"]
BESIDE = ["who", "entries", "closed", "share", "low", "high", "complaints", "theme_name", "theme_entries", "hidden"]


def answers(counted: pd.DataFrame, questions: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Agreement of staff with each statement on support, autonomy and service standards, least agreed first within each: topic, question,
    text, n (answers), agree (0-1, answers 4 and 5 of 5, or yes) with low and high (95 % Wilson interval), before (0-1, the survey before, where
    the question names the one it repeats, or the same question was asked in two surveys), change (agree − before, −1 to 1) with change_low and
    change_high (95 % interval), clear (Fisher's exact test, with Holm's correction for all statements compared, gives less than 0.05), hidden.

    Takes `surveys.counted`, so that the same answers count as in every other table and no few of them follow from two. Rows with
    fewer answers than `small_group`, or with so few before, are hidden or have no comparison. Staff who fear for
    their place do not answer, or answer kindly. In a small staff the interval is wide, though nearly all answered.

    >>> asked = pd.DataFrame({"question": ["Q1"], "text": ["I may decide"], "scale": ["agree 1-5"], "group": ["staff"], "topic": ["autonomy"], "before": [None]})
    >>> counted = pd.DataFrame({"question": "Q1", "answer": [5.0, 4.0, 2.0, 4.0], "wave": "2026", "date": pd.Timestamp("2026-05-01"), "newest": True})
    >>> answers(counted, asked, small_group=3)[["topic", "n", "agree", "hidden"]].values.tolist()
    [['autonomy', 4.0, 0.75, False]]
    """
    own = questions[(questions["group"] == "staff") & questions["topic"].isin(TOPICS) & questions["scale"].isin(["agree 1-5", "yes no"])]
    own = own[~own["question"].isin(own["before"].dropna())]
    rows = []
    for asked in own.itertuples():
        now, before = _two(counted, asked)
        n, hits = len(now), int((now >= _least(asked.scale)).sum())
        if n:
            rows.append([asked.topic, asked.question, asked.text, n, hits / n, *intervals.wilson(hits, n), *_compared(hits, n, before, _least(asked.scale), small_group)])
    found = pd.DataFrame(rows, columns=[*VOICE[:-2], "chance"])
    found["hidden"] = (found["n"] < small_group).astype(bool)
    figures = [*VOICE[3:-2], "chance"]
    found[figures] = found[figures].astype(float).mask(found["hidden"])
    found["clear"] = comparisons.holm(found["chance"]).fillna(1) < CHANCE
    order = found["topic"].map({topic: place for place, topic in enumerate(TOPICS)})
    return found.assign(order=order).sort_values(["order", "hidden", "agree", "question"], ignore_index=True)[VOICE]


def beside(feedback: pd.DataFrame, themes: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """What staff told the library in feedback, beside all others: who (staff, others), entries, closed, share answered (0-1) with low and high (95 %
    Wilson interval), complaints, theme_name and theme_entries (what staff say most about; missing where that is fewer than
    `small_group`, and for the others), hidden.

    Where either side has fewer entries than `small_group`, both are hidden. Empty without feedback.
    """
    names = dict(zip(themes["theme"], themes["name"]))
    staff = feedback["group"] == "staff"
    rows = []
    for who, entries in (("staff", feedback[staff]), ("others", feedback[~staff])) if len(feedback) else ():
        closed, sizes = int(entries["closed"].notna().sum()), entries.loc[entries["group"] == "staff", "theme"].map(names).value_counts()
        loud = sizes[sizes >= max(small_group, 1)].sort_index().sort_values(ascending=False, kind="stable").head(1)
        share = closed / len(entries) if len(entries) else np.nan
        rows.append([who, len(entries), closed, share, *intervals.wilson(closed, len(entries)), int((entries["tone"] == "complaint").sum()),
                     loud.index[0] if len(loud) else None, float(loud.iloc[0]) if len(loud) else np.nan])
    found = pd.DataFrame(rows, columns=BESIDE[:-1])
    found["hidden"] = bool((found["entries"] < small_group).any())
    figures = [name for name in BESIDE[1:-1] if name != "theme_name"]
    found[figures] = found[figures].astype(float).mask(found["hidden"])
    return found.assign(theme_name=found["theme_name"].mask(found["hidden"], None))[BESIDE]


def _least(scale: str) -> int:
    return 4 if scale == "agree 1-5" else 1


def _two(counted: pd.DataFrame, asked: object) -> tuple[pd.Series, pd.Series]:
    """The newest answers to a question, and those of the time before."""
    own = counted[counted["question"] == asked.question]
    newest = own["newest"].astype(bool)
    past = own[~newest].groupby("wave")["date"].max().sort_values(kind="stable")
    if len(past):
        return own.loc[newest, "answer"], own.loc[own["wave"] == past.index[-1], "answer"]
    earlier = counted[(counted["question"] == asked.before) & counted["newest"].astype(bool)] if isinstance(asked.before, str) else counted.head(0)
    return own["answer"], earlier["answer"]


def _compared(hits: int, n: int, before: pd.Series, least: int, small_group: int) -> list[object]:
    if len(before) < max(small_group, 1):
        return [np.nan] * 5
    earlier = int((before >= least).sum())
    chance = comparisons.exact_test([[hits, n - hits], [earlier, len(before) - earlier]])
    return [earlier / len(before), *comparisons.share_difference(hits, n, earlier, len(before)), chance]
