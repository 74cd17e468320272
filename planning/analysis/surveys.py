"""What patrons, staff, leadership and partners answered, and how sure their answers are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import disclosure, intervals, reliability

AGREE, RECOMMEND, YES_NO, STEPS = "agree 1-5", "recommend 0-10", "yes no", "steps"
NOT_STATED = "Not stated"
ASKED = ["question", "text", "scale", "group", "service", "topic", "before", "block"]
COUNTED = ["respondent", *ASKED, "segment", "survey", "wave", "date", "answer", "good", "newest"]
SHARES = ["n", "agree", "neutral", "disagree", "low", "high"]
STRENGTH = ["strongly_agree", "strongly_disagree", "median", "mean"]
AGREEMENT = ["question", "text", "group", "service", *SHARES, *STRENGTH, "last", "hidden"]
SCORES = ["question", "text", "group", "n", "score", "margin", "low", "high", "promoters", "detractors", "last", "hidden"]
SEGMENTS = ["question", "text", "segment", "segment_name", *SHARES, "everyone", "clear", "hidden"]
GOOD = ["question", "text", "group", "scale", "n", "good", "low", "high", "counts", "hidden"]
TICKED = ["block", "question", "text", "group", "n", "share", "low", "high", "hidden"]
TOGETHER = ["group", "topic", "n", "items", "alpha", "low", "high", "weakest", "weakest_total", "enough", "hidden"]


def counted(answers: pd.DataFrame, questions: pd.DataFrame, options: pd.DataFrame | None = None, *, small_group: int) -> pd.DataFrame:
    """Every answer that counts, with its question, one a respondent, question and wave: respondent, question, text, scale,
    group, service, topic, before, block, segment, survey, wave (the survey's id, or the year where none is named), date,
    answer, good (true, false, or missing), newest.

    good: 4 or 5 of 5; 9 or 10 of 10; yes; a step that `options` (question, code, good) calls good. newest: given in the
    survey of the question's newest answer or, where answers name no survey, in the year up to that day. Skipped questions have no row. Where fewer than
    `small_group` answered only one of two questions that ask the same before and after, those few are left out, since
    the pairs and the totals together would tell what they said. Rows are respondents: nothing of this table is shown.

    >>> questions = pd.DataFrame({"question": ["Q1"], "text": ["It opened"], "scale": ["yes no"], "group": ["patrons"]})
    >>> answers = pd.DataFrame({"respondent": ["A", "B"], "date": pd.Timestamp("2026-05-04"), "question": "Q1", "answer": [1, 0]})
    >>> counted(answers, questions, small_group=5)[["wave", "good", "newest"]].values.tolist()
    [['2026', True, True], ['2026', False, True]]
    """
    given = answers.reindex(columns=["respondent", "date", "segment", "question", "answer", "survey"]).dropna(subset=["answer"])
    given = given.merge(questions.reindex(columns=ASKED), on="question").sort_values(["question", "date", "respondent"], kind="stable", ignore_index=True)
    given["answer"] = given["answer"].astype(float)
    named = given["survey"].notna()
    given["wave"] = given["survey"].where(named, pd.to_datetime(given["date"]).dt.year.astype(str)).astype(object)
    last = given.groupby("question")[["date", "survey"]].transform("last") if len(given) else given[["date", "survey"]]
    at_end = given.groupby("question")["wave"].transform("last") if len(given) else given["wave"]
    unnamed = ~at_end.isin(set(given.loc[named, "survey"]))
    recent = given["date"] > last["date"] - pd.DateOffset(years=1)
    given["newest"] = ((given["wave"] == at_end) & ~unnamed) | (recent & unnamed & ~named)
    given["good"] = _good(given, options)
    # A year's answers that run over the turn of a calendar year are one wave, in which a person counts once.
    given["wave"] = given["wave"].mask(given["newest"], at_end)
    given = given.drop_duplicates(["question", "respondent", "wave"], keep="last")
    return _without_strays(given, small_group)[COUNTED].reset_index(drop=True)


def _good(given: pd.DataFrame, options: pd.DataFrame | None) -> pd.Series:
    found = pd.Series(pd.NA, index=given.index, dtype="boolean")
    for scale, least in ((AGREE, 4), (RECOMMEND, 9), (YES_NO, 1)):
        found = found.mask(given["scale"] == scale, given["answer"] >= least)
    if options is None or options.empty:
        return found
    named = options.dropna(subset=["good"])
    good = {(row.question, float(row.code)) for row in named[named["good"].astype(bool)].itertuples()}
    steps = (given["scale"] == STEPS) & given["question"].isin({question for question, _ in good})
    return found.mask(steps, pd.Series([pair in good for pair in zip(given["question"], given["answer"])], index=given.index, dtype="boolean"))


def _without_strays(given: pd.DataFrame, small_group: int) -> pd.DataFrame:
    links = given.dropna(subset=["before"]).drop_duplicates("question")[["question", "before"]].values.tolist()
    size = -1
    while links and size != len(given):
        size = len(given)
        for after, before in links:
            first, second = (set(given.loc[given["question"] == question, "respondent"]) for question in (before, after))
            for question, people, others in ((before, first, second), (after, second, first)):
                both = given["respondent"].isin(others)
                for _, part in given[given["question"] == question].groupby("wave"):
                    stray = part.index[~both.loc[part.index]]
                    if 0 < len(stray) < small_group and len(stray) < len(part):
                        given = given.drop(index=stray)
    return given


def agreement(answers: pd.DataFrame, questions: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Share who agree with each statement, the least agreed first: question, text, group, service, n (answers), agree (share
    0-1 of answers 4 and 5), neutral (3), disagree (1 and 2), low, high (95 % Wilson interval of agree), strongly_agree (5),
    strongly_disagree (1), median, mean (points 1-5), last (day of the newest answer), hidden.

    Counted are the answers of the question's newest survey or, where none is named, of the year up to its newest answer,
    one a respondent. With fewer answers than `small_group` the row is hidden and its figures are missing. The interval holds
    only the error of chance: it says nothing of those who were not asked or did not answer. The mean takes the steps of
    the scale as equally wide, which nobody knows; it is for comparing with others who report one.

    >>> questions = pd.DataFrame({"question": ["Q1"], "text": ["I found it"], "scale": ["agree 1-5"], "group": ["patrons"], "service": [None]})
    >>> answers = pd.DataFrame({"respondent": list("ABCDE"), "date": pd.Timestamp("2026-05-04"), "question": "Q1", "answer": [5, 4, 4, 3, 1]})
    >>> agreement(answers, questions, small_group=5)[["n", "agree", "disagree", "strongly_agree", "median", "hidden"]].values.tolist()
    [[5.0, 0.6, 0.2, 0.2, 4.0, False]]
    """
    given = _given(answers, questions, AGREE, small_group)
    rows = [[*_about(one), *_shares(one["answer"]), *_strength(one["answer"]), one["date"].max()] for _, one in given.groupby("question", sort=True)]
    found = pd.DataFrame(rows, columns=[name for name in AGREEMENT if name != "hidden"])
    found["hidden"] = found["n"] < small_group
    found = _blank(found, [*SHARES, *STRENGTH])
    return found.sort_values(["hidden", "agree", "question"], ignore_index=True)[AGREEMENT]


def shares(counted: pd.DataFrame, options: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Share whose answer counts as good, for questions answered by yes or no or by steps in words, lowest first: question,
    text, group, scale, n, good (share 0-1), low, high (95 % Wilson), counts (the words that count as good; empty for yes no
    and where none is marked), hidden.

    Takes `counted` and question_options. Options of one question (a block) are left to `ticked`. Where no step is marked as
    good the share is missing. With fewer answers than `small_group` the row is hidden.
    """
    own = counted[counted["newest"].astype(bool) & counted["scale"].isin([YES_NO, STEPS]) & counted["block"].isna()]
    words = options[options["good"].fillna(False).astype(bool)].sort_values("code").groupby("question")["label"].agg("; ".join)
    rows = []
    for question, one in own.groupby("question", sort=True):
        good, n = one["good"].sum() if one["good"].notna().all() else np.nan, len(one)
        low, high = intervals.wilson(good, n) if good == good else (np.nan, np.nan)
        rows.append([question, *one[["text", "group", "scale"]].iloc[0], float(n), good / n, low, high, words.get(question, ""), n < small_group])
    found = _blank(pd.DataFrame(rows, columns=GOOD), ["n", "good", "low", "high"])
    return found.sort_values(["hidden", "good", "question"], ignore_index=True)


def ticked(counted: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """How many ticked each option of a question with several, most first: block (the question), question, text (the option),
    group, n (who answered the block), share (0-1), low, high (95 % Wilson), hidden.

    Takes `counted`. Somebody who ticked any option, or left one without a tick on record, answered the block. Shares add up
    to more than 1 where several could be ticked. With fewer than `small_group` who answered, the whole block is hidden.
    """
    own = counted[counted["newest"].astype(bool) & (counted["scale"] == YES_NO) & counted["block"].notna()]
    rows = []
    for (block, group), part in own.groupby(["block", "group"], sort=True):
        n = part["respondent"].nunique()
        for question, one in part.groupby("question", sort=True):
            hits = int(one["good"].sum())
            rows.append([block, question, one["text"].iloc[0], group, float(n), hits / n, *intervals.wilson(hits, n), n < small_group])
    found = _blank(pd.DataFrame(rows, columns=TICKED), ["n", "share", "low", "high"])
    return found.sort_values(["block", "group", "hidden", "share", "question"], ascending=[True, True, True, False, True], ignore_index=True)


def unanswered(answers: pd.DataFrame, questions: pd.DataFrame) -> pd.DataFrame:
    """Questions that nobody has ever answered: question, text, group.

    >>> questions = pd.DataFrame({"question": ["Q1", "Q2"], "text": ["It opened", "It closed"], "group": "patrons"})
    >>> unanswered(pd.DataFrame({"question": ["Q1", "Q2"], "answer": [1.0, None]}), questions)["text"].tolist()
    ['It closed']
    """
    known = set(answers.loc[answers["answer"].notna(), "question"])
    return questions.loc[~questions["question"].isin(known), ["question", "text", "group"]].reset_index(drop=True)


def together(counted: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Whether the statements on one topic measure one thing, least so first: group, topic, n (who answered all), items,
    alpha (Cronbach's, up to 1), low, high (95 %), weakest (the statement that goes least with the others), weakest_total
    (its correlation with their sum, -1 to 1), enough (alpha is .7 or more), hidden.

    Takes `counted`; only topics with three statements or more. With fewer than `small_group` who answered all, hidden.
    """
    own = counted[counted["newest"].astype(bool) & (counted["scale"] == AGREE) & counted["topic"].notna()]
    rows = []
    for (group, topic), part in own.groupby(["group", "topic"], sort=True):
        if part["question"].nunique() < 3:
            continue
        table = part.pivot(index="respondent", columns="question", values="answer")
        found, totals = reliability.cronbach_alpha(table), pd.Series(reliability.item_total(table), index=table.columns)
        weakest = totals.idxmin() if totals.notna().any() else None
        text = part.loc[part["question"] == weakest, "text"].iloc[0] if weakest else None
        rows.append([group, topic, float(found.n), float(found.items), found.alpha, found.low, found.high, text, totals.min(), round(found.alpha, 2) >= reliability.ENOUGH, found.n < small_group])
    blank = _blank(pd.DataFrame(rows, columns=TOGETHER), ["n", "alpha", "low", "high", "weakest_total"])
    return blank.sort_values(["hidden", "alpha", "group", "topic"], ignore_index=True)


def promoter_scores(answers: pd.DataFrame, questions: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Promoter score of each question on recommending: question, text, group, n, score (-100 to 100), margin (points), low,
    high (95 %), promoters (share 0-1 of answers 9 and 10), detractors (0 to 6), last, hidden.

    Counted as in `agreement`. A score from a few dozen answers moves by tens of points by chance: the margin says how far.

    >>> questions = pd.DataFrame({"question": ["Q8"], "text": ["Recommend"], "scale": ["recommend 0-10"], "group": ["patrons"], "service": [None]})
    >>> answers = pd.DataFrame({"respondent": list("ABCD"), "date": pd.Timestamp("2026-05-04"), "question": "Q8", "answer": [10, 9, 8, 3]})
    >>> promoter_scores(answers, questions, small_group=4)[["n", "score", "promoters", "detractors"]].values.tolist()
    [[4.0, 25.0, 0.5, 0.25]]
    """
    given = _given(answers, questions, RECOMMEND, small_group)
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
    given = _given(answers, questions, AGREE, small_group)
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


def _given(answers: pd.DataFrame, questions: pd.DataFrame, scale: str, small_group: int) -> pd.DataFrame:
    """The newest answers to the questions of one scale."""
    every = counted(answers, questions, small_group=small_group)
    return every[every["newest"].astype(bool) & (every["scale"] == scale)]


def _about(one: pd.DataFrame) -> list[object]:
    return list(one[["question", "text", "group", "service"]].iloc[0])


def _shares(given: pd.Series) -> list[float]:
    agree, disagree, n = int((given >= 4).sum()), int((given <= 2).sum()), len(given)
    low, high = intervals.wilson(agree, n)
    return [float(n), agree / n, (n - agree - disagree) / n, disagree / n, low, high]


def _strength(given: pd.Series) -> list[float]:
    return [float((given == 5).mean()), float((given == 1).mean()), float(given.median()), float(given.mean())]


def _split(one: pd.DataFrame, small_group: int) -> list[list[object]]:
    agree = one["answer"] >= 4
    kinds = np.column_stack([np.where(agree, 1, np.where(one["answer"] <= 2, -1, 0)), agree])
    hide = disclosure.hidden_groups(one[["segment_name"]], small_group, kinds=kinds)["segment_name"]
    everyone = (one["answer"] >= 4).mean() if len(one) >= small_group else np.nan
    return [[*_about(one)[:2], part["segment"].iloc[0], name, *_shares(part["answer"]), everyone, name in hide]
            for name, part in one.groupby("segment_name", sort=True)]


def _blank(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The rows with the figures of hidden groups taken out."""
    hidden = rows["hidden"].astype(bool)
    return rows.assign(hidden=hidden, **{name: rows[name].astype(float).mask(hidden) for name in columns})
