"""What changed from one survey to the next, and from before to after for the same people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import comparisons, intervals, pairs as paired, suppression

CHANCE = 0.05
SIDE = ["name", "day", "n", "share", "low", "high"]
EARLIER, LATER = [f"earlier_{name}" for name in SIDE], [f"later_{name}" for name in SIDE]
CHANGES = ["question", "text", "group", "scale", *EARLIER, *LATER, "difference", "low", "high", "chance", "same_people", "clear", "hidden"]
FIGURES = ["n", "before_good", "before_low", "before_high", "after_good", "after_low", "after_high", "rose", "fell", "stayed",
           "difference", "low", "high", "chance", "effect"]
PAIRS = ["question", "text", "before_text", "group", "day", "gap_days", *FIGURES, "clear", "hidden"]


def changes(counted: pd.DataFrame, surveys: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """What changed since the survey before, clear changes first, the largest first: question, text, group, scale, for
    both surveys (earlier_, later_) name, day (of the last answer), n, share (0-1 whose answer counts as good), low, high
    (95 % Wilson); difference (later − earlier, -1 to 1), low, high (95 %, Newcombe), chance (0-1), same_people (how many
    answered both), clear, hidden.

    Takes `surveys.counted` and the table of surveys; answers that name no survey are told apart by year. Compared are the
    two newest surveys in which a question was asked. The two sides are taken as different people, also where some answered
    both: then the interval is somewhat too wide. `clear`: Fisher's exact test, with Holm's correction for all questions that
    are compared, gives less than 0.05. Where either side has fewer answers than `small_group` the row is hidden. Questions on
    recommending are left out: their score has its own interval. A change in who answered looks the same as a change of mind.

    >>> one = {"question": "Q1", "text": "It opened", "group": "patrons", "scale": "yes no"}
    >>> rows = [{**one, "wave": str(y), "respondent": f"{y}{i}", "date": pd.Timestamp(y, 5, 4), "good": i < hits} for y, hits in ((2025, 4), (2026, 16)) for i in range(20)]
    >>> changes(pd.DataFrame(rows), pd.DataFrame(columns=["survey", "name"]), small_group=5)[["earlier_name", "clear"]].values.tolist()
    [['2025', True]]
    """
    names = dict(zip(surveys["survey"], surveys["name"]))
    own = counted[(counted["scale"] != "recommend 0-10") & counted["good"].notna()]
    rows = []
    for question, one in own.groupby("question", sort=True):
        order = one.groupby("wave")["date"].max().sort_values(kind="stable").index[-2:]
        if len(order) == 2:
            earlier, later = (one[one["wave"] == wave] for wave in order)
            rows.append([question, *one[["text", "group", "scale"]].iloc[0], *_side(earlier, names), *_side(later, names), *_apart(later, earlier),
                         len(set(earlier["respondent"]) & set(later["respondent"])), min(len(earlier), len(later)) < small_group])
    found = pd.DataFrame(rows, columns=[name for name in CHANGES if name != "clear"])
    return _cleared(found, [*EARLIER[2:], *LATER[2:], "difference", "low", "high", "chance", "same_people"], CHANGES)


def _side(part: pd.DataFrame, names: dict[str, str]) -> list[object]:
    hits, wave = int(part["good"].sum()), part["wave"].iloc[-1]
    return [names.get(wave, wave), part["date"].max(), float(len(part)), hits / len(part), *intervals.wilson(hits, len(part))]


def _apart(later: pd.DataFrame, earlier: pd.DataFrame) -> list[float]:
    new, old = int(later["good"].sum()), int(earlier["good"].sum())
    chance = comparisons.exact_test([[new, len(later) - new], [old, len(earlier) - old]])
    return [*comparisons.share_difference(new, len(later), old, len(earlier)), chance]


def pairs(counted: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """How the same people answered before and after, clear changes first, the largest first: question, text, before_text,
    group, day (of the last answer after), gap_days (median days between the two answers; 0: both on one day), n (pairs),
    before_good, after_good (share 0-1 whose answer counts as good) with their 95 % Wilson ends before_low, before_high,
    after_low, after_high, rose, fell, stayed (people), difference (mean, in steps of the scale, after − before), low, high
    (95 %), chance (0-1, Wilcoxon), effect (-1 to 1, rank-biserial), clear, hidden.

    Takes `surveys.counted`. A pair is one respondent's answers to a question and to the one named in its `before`, in the
    newest survey of the question for which there are pairs; the two need the same scale. A follow-up names the question after
    as its `before`, so it is compared with what people said at the end. `clear`: under 0.05 with Holm's correction for all pairs of
    questions compared. Fewer pairs than `small_group`: hidden, and so are pairs that hold all but a few of the answers of
    a whole survey or of other pairs. People who came to the end may be those whom it helped.
    """
    rows: list[list[object]] = []
    shown = {question: [set(part["respondent"] + part["wave"]) for _, part in own.groupby("wave")] for question, own in counted.groupby("question")}
    for question, after in counted.dropna(subset=["before"]).groupby("question", sort=True):
        before = counted[(counted["question"] == after["before"].iloc[0]) & (counted["scale"] == after["scale"].iloc[0])]
        both = after.merge(before.drop_duplicates("respondent", keep="last")[["respondent", "text", "wave", "date", "answer", "good"]], on="respondent", suffixes=("", "_before"))
        if not both.empty:
            newest = both.loc[both["date"].idxmax(), "wave"]
            both = both[both["wave"] == newest].drop_duplicates("respondent", keep="last")
            sides = {question: set(both["respondent"] + both["wave"]), before["question"].iloc[0]: set(both["respondent"] + both["wave_before"])}
            few = len(both) < small_group or any(suppression.apart_by_few(people, shown[name], small_group) for name, people in sides.items())
            rows.append([*_pair(question, both), few])
            for name, people in sides.items() if not few else ():
                shown[name].append(people)
    found = pd.DataFrame(rows, columns=[name for name in PAIRS if name != "clear"])
    return _cleared(found, [*FIGURES, "gap_days"], PAIRS)


def _pair(question: str, both: pd.DataFrame) -> list[object]:
    found, n = paired.change(both["answer_before"], both["answer"]), len(both)
    shares = [end for name in ("good_before", "good") for end in _share(both[name])]
    return [question, both["text"].iloc[0], both["text_before"].iloc[0], both["group"].iloc[0], both["date"].max(),
            float((both["date"] - both["date_before"]).dt.days.median()), float(n), *shares, float(found.rose), float(found.fell), float(found.stayed),
            found.mean, found.low, found.high, found.chance, found.effect]


def _share(good: pd.Series) -> list[float]:
    if good.isna().any():
        return [np.nan] * 3
    return [float(good.mean()), *intervals.wilson(int(good.sum()), len(good))]


def _cleared(found: pd.DataFrame, figures: list[str], columns: list[str]) -> pd.DataFrame:
    """The rows with hidden figures taken out and `clear` told, clear ones first, the largest difference first."""
    hidden = found["hidden"].astype(bool)
    found = found.assign(hidden=hidden, **{name: found[name].astype(float).mask(hidden) for name in figures})
    found["clear"] = comparisons.holm(found["chance"]).fillna(1) < CHANCE
    size = found["difference"].abs()
    found = found.assign(size=size, second=~found["clear"]).sort_values(["hidden", "second", "size", "question"], ascending=[True, True, False, True], ignore_index=True)
    return found[columns]
