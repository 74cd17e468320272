"""Readiness for change: whether staff hold it to be needed, within their power, backed, and good for themselves."""

from __future__ import annotations

import pandas as pd

from planning.methods import intervals

SIDES = ("change: needed", "change: we can", "change: we are backed", "change: good for me")
AGREES = 3.5
READINESS = ["side", "questions", "texts", "n", "agree", "low", "high", "word", "hidden"]


def sides(counted: pd.DataFrame, questions: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """How many of staff are ready on each of four sides, all four rows: side, questions (number asked), texts (separated by "; "), n (people who
    answered), agree (0-1, whose mean answer to its statements is 3.5 of 5 or more; for a single statement that is agree or strongly agree) with
    low and high (95 % Wilson interval), word (ready: the interval lies above one half; not ready: below; open: it holds one half; not asked, not
    shown), hidden (fewer than `small_group` people).

    Takes `surveys.counted`, so that the same answers count as in every other table; the newest ones. The four sides: the change is
    needed (appropriateness), we can do it (efficacy), leadership backs it, it is good for me (personal benefit). Source: Holt, Armenakis, Feild
    and Harris 2007; the statements are the library's own, so the figures cannot be set beside those of that scale. A statement that
    fewer than `small_group` answered is left out of a side that has others. Never by team: in a small
    staff that would point to people. Those who fear a change most may not answer.

    >>> asked = pd.DataFrame({"question": ["Q1"], "text": ["We can do this"], "group": ["staff"], "scale": ["agree 1-5"], "topic": ["change: we can"]})
    >>> counted = pd.DataFrame({"respondent": list("abcd"), "question": "Q1", "answer": [5.0, 4.0, 2.0, 4.0], "newest": True})
    >>> sides(counted, asked, small_group=3)[["side", "n", "agree", "word"]].values.tolist()[1]
    ['change: we can', 4.0, 0.75, 'open']
    """
    own = questions[(questions["group"] == "staff") & (questions["scale"] == "agree 1-5")]
    given = counted[counted["newest"].astype(bool) & counted["question"].isin(own["question"])]
    enough = given.groupby("question")["respondent"].nunique()
    alone = own.groupby("topic")["question"].transform("size") == 1
    given = given[given["question"].isin(enough.index[enough >= small_group]) | given["question"].isin(own.loc[alone, "question"])]
    rows = []
    for side in SIDES:
        asked = own[own["topic"] == side]
        means = given[given["question"].isin(asked["question"])].groupby("respondent")["answer"].mean()
        n, hits = len(means), int((means >= AGREES).sum())
        rows.append([side, len(asked), "; ".join(asked["text"]), n, hits / n if n else float("nan"), *intervals.wilson(hits, n)])
    found = pd.DataFrame(rows, columns=READINESS[:-2]).astype({name: float for name in ("n", "agree", "low", "high")})
    found["hidden"] = found["n"].between(1, small_group, inclusive="left").astype(bool)
    found[["n", "agree", "low", "high"]] = found[["n", "agree", "low", "high"]].mask(found["hidden"])
    found["word"] = [_word(one) for one in found.itertuples()]
    return found[READINESS]


def _word(one: tuple) -> str:
    if one.hidden:
        return "not shown"
    if not one.n > 0:
        return "not asked"
    return "ready" if one.low > 0.5 else "not ready" if one.high < 0.5 else "open"
