"""What patrons, staff, leadership and partners answered, and how sure their answers are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import intervals, suppression

AGREE, RECOMMEND = "agree 1-5", "recommend 0-10"
NOT_STATED = "Not stated"
SHARES = ["n", "agree", "neutral", "disagree", "low", "high"]
AGREEMENT = ["question", "text", "group", "service", *SHARES, "last", "hidden"]
SCORES = ["question", "text", "group", "n", "score", "margin", "low", "high", "promoters", "detractors", "last", "hidden"]
SEGMENTS = ["question", "text", "segment", "segment_name", *SHARES, "everyone", "clear", "hidden"]


def agreement(answers: pd.DataFrame, questions: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Share who agree with each statement, the least agreed first: question, text, group, service, n (answers), agree (share
    0-1 of answers 4 and 5), neutral (3), disagree (1 and 2), low, high (95 % Wilson interval of agree), last (day of the
    newest answer), hidden.

    Counted are the answers of the year up to the question's newest answer, one a respondent. With fewer answers than
    `small_group` the row is hidden and its figures are missing. The interval holds only the error of chance: it says
    nothing of those who were not asked or did not answer.

    >>> questions = pd.DataFrame({"question": ["Q1"], "text": ["I found it"], "scale": ["agree 1-5"], "group": ["patrons"], "service": [None]})
    >>> answers = pd.DataFrame({"respondent": list("ABCDE"), "date": pd.Timestamp("2026-05-04"), "question": "Q1", "answer": [5, 4, 4, 3, 1]})
    >>> agreement(answers, questions, small_group=5)[["n", "agree", "disagree", "hidden"]].values.tolist()
    [[5.0, 0.6, 0.2, False]]
    """
    given = _given(answers, questions, AGREE)
    rows = [[*_about(one), *_shares(one["answer"]), one["date"].max()] for _, one in given.groupby("question", sort=True)]
    found = pd.DataFrame(rows, columns=[name for name in AGREEMENT if name != "hidden"])
    found["hidden"] = found["n"] < small_group
    found = _blank(found, SHARES)
    return found.sort_values(["hidden", "agree", "question"], ignore_index=True)[AGREEMENT]


def promoter_scores(answers: pd.DataFrame, questions: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Promoter score of each question on recommending: question, text, group, n, score (-100 to 100), margin (points), low,
    high (95 %), promoters (share 0-1 of answers 9 and 10), detractors (0 to 6), last, hidden.

    Counted as in `agreement`. A score from a few dozen answers moves by tens of points by chance: the margin says how far.

    >>> questions = pd.DataFrame({"question": ["Q8"], "text": ["Recommend"], "scale": ["recommend 0-10"], "group": ["patrons"], "service": [None]})
    >>> answers = pd.DataFrame({"respondent": list("ABCD"), "date": pd.Timestamp("2026-05-04"), "question": "Q8", "answer": [10, 9, 8, 3]})
    >>> promoter_scores(answers, questions, small_group=4)[["n", "score", "promoters", "detractors"]].values.tolist()
    [[4.0, 25.0, 0.5, 0.25]]
    """
    given = _given(answers, questions, RECOMMEND)
    rows = []
    for _, one in given.groupby("question", sort=True):
        found = intervals.promoter_score(one["answer"])
        rows.append([*_about(one)[:3], float(found.n), found.score, found.margin, found.low, found.high, (one["answer"] >= 9).mean(),
                     (one["answer"] <= 6).mean(), one["date"].max(), found.n < small_group])
    scores = _blank(pd.DataFrame(rows, columns=SCORES), ["n", "score", "margin", "low", "high", "promoters", "detractors"])
    return scores.sort_values(["hidden", "score", "question"], ignore_index=True)


def by_segment(answers: pd.DataFrame, questions: pd.DataFrame, segments: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Agreement by segment for each statement, the furthest from everyone first: question, text, segment, segment_name, n,
    agree, neutral, disagree (shares 0-1), low, high (95 % Wilson), everyone (share of all who answered), clear, hidden.

    Counted as in `agreement`; those without a segment stand as "Not stated". A segment with fewer answers than
    `small_group` is hidden, and the next smallest with it where the hidden one, or what each in it answered, would follow
    from the total. `clear` is true when everyone's share lies outside the segment's interval, widened for the number of
    segments and questions that are compared, so that it is rarely chance. Statements to which nobody gave a segment are left out.
    """
    given = _given(answers, questions, AGREE)
    named = given.merge(segments[["segment", "name"]].rename(columns={"name": "segment_name"}), on="segment", how="left")
    named["segment_name"] = named["segment_name"].fillna(NOT_STATED)
    rows = [row for _, one in named.groupby("question", sort=True) if one["segment"].notna().any() for row in _split(one, small_group)]
    found = pd.DataFrame(rows, columns=[name for name in SEGMENTS if name != "clear"])
    shown = ~found["hidden"].astype(bool)
    agree, n = (found["agree"] * found["n"]).where(shown, 0).astype(float).round(), found["n"].where(shown, 0).astype(float)
    low, high = intervals.wilson(agree, n, confidence=1 - 0.05 / max(int(shown.sum()), 1))
    found["clear"] = shown & ((found["everyone"] < low) | (found["everyone"] > high))
    found = _blank(found, SHARES)
    distance = (found["agree"] - found["everyone"]).abs()
    return found.assign(distance=distance).sort_values(["hidden", "distance", "question", "segment_name"], ascending=[True, False, True, True],
                                                       ignore_index=True)[SEGMENTS]


def most_divided(by_segment: pd.DataFrame, *, chosen: str = "") -> str:
    """The id of the statement to look at segment by segment: the chosen one, else the one on which most segments clearly
    differ from everyone, else the one with the largest difference; empty when there is none.

    Raises ValueError when the chosen statement is not there.

    >>> rows = pd.DataFrame({"question": ["Q1", "Q2", "Q2"], "clear": [False, True, False], "hidden": False})
    >>> most_divided(rows)
    'Q2'
    """
    known = by_segment[~by_segment["hidden"].astype(bool)]
    if chosen and chosen not in set(by_segment["question"]):
        names = ", ".join(sorted(set(by_segment["question"]))) or "none"
        raise ValueError(f"question: found {chosen}. Statements with answers by segment: {names}. Name one of them, or leave it empty.")
    if chosen or known.empty:
        return chosen
    return str(known.groupby("question", sort=False)["clear"].sum().astype(int).idxmax())


def _given(answers: pd.DataFrame, questions: pd.DataFrame, scale: str) -> pd.DataFrame:
    """The newest answer of each respondent in the year up to the newest answer of each question."""
    asked = questions.loc[questions["scale"] == scale, ["question", "text", "group", "service"]]
    given = answers.dropna(subset=["answer"]).merge(asked, on="question")
    if "segment" not in given:
        given["segment"] = None
    newest = given.groupby("question")["date"].transform("max")
    recent = given[given["date"] > newest - pd.DateOffset(years=1)].sort_values(["question", "date", "respondent"], kind="stable")
    return recent.drop_duplicates(["question", "respondent"], keep="last")


def _about(one: pd.DataFrame) -> list[object]:
    return list(one[["question", "text", "group", "service"]].iloc[0])


def _shares(given: pd.Series) -> list[float]:
    agree, disagree, n = int((given >= 4).sum()), int((given <= 2).sum()), len(given)
    low, high = intervals.wilson(agree, n)
    return [float(n), agree / n, (n - agree - disagree) / n, disagree / n, low, high]


def _split(one: pd.DataFrame, small_group: int) -> list[list[object]]:
    parts = {name: part for name, part in one.groupby("segment_name", sort=True)}
    kinds = [[(given >= 4).sum(), ((given > 2) & (given < 4)).sum(), (given <= 2).sum()] for given in (part["answer"] for part in parts.values())]
    hide = suppression.hidden([len(part) for part in parts.values()], small_group, answers=kinds)
    everyone = (one["answer"] >= 4).mean() if len(one) >= small_group else np.nan
    return [[*_about(one)[:2], part["segment"].iloc[0], name, *_shares(part["answer"]), everyone, bool(mask)]
            for (name, part), mask in zip(parts.items(), hide)]


def _blank(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The rows with the figures of hidden groups taken out."""
    hidden = rows["hidden"].astype(bool)
    return rows.assign(hidden=hidden, **{name: rows[name].astype(float).mask(hidden) for name in columns})
