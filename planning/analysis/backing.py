"""Which KPI values rest on answers to a survey, on how many, and which of them are not shown since too few answered."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from planning.methods import intervals, periods, wording

NEAR = 0.5
NEWEST = 2
RECOMMEND = "recommend 0-10"
SURVEYED = ["kpi", "period", "question", "n", "low", "high", "hidden", "newest"]
HELD = "Text held back: its figure rests on too few answers"
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
NAMES_A_QUESTION = r"\b({})\b"


def surveyed(kpis: pd.DataFrame, values: pd.DataFrame, counted: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """How many answers stand behind each KPI value that comes from a survey question: kpi, period, question, n (answers), low, high (95 %
    interval in the KPI's unit, per cent), hidden, newest (true for the KPI's latest value).

    Takes `surveys.counted`, and looks at baselines too. A KPI comes from a question when its definition, its source or the note of the value
    names the question by its id. The answers are those of the whole survey whose last answer lies in the period, the same that the pages
    of surveys show, and only of the two newest surveys, since those are shown there: so no set of people is told of that
    was not told of before. n is given when the share whose answer counts as good is the value to within half a point; the interval is Wilson's and holds
    only the error of chance. hidden: fewer than `small_group` answered in that survey, or, where its share is another, in
    that period; then the value itself is not for showing either. A value whose question nobody answered then has no row.

    Misleads where a KPI is made from a part of the answers without saying so: the plan does not tell which.
    """
    rows = _named(kpis, values, sorted(counted["question"].unique()))
    given = {question: one for question, one in counted[counted["good"].notna()].groupby("question")}
    found = [_behind(row, given[row.question], small_group) for row in rows.itertuples() if row.question in given]
    found = pd.DataFrame([row for row in found if row], columns=SURVEYED[:-1])
    last = values.sort_values("period", key=lambda names: names.map(periods.last_day)).drop_duplicates("kpi", keep="last")
    newest = set(zip(last["kpi"], last["period"]))
    found["newest"] = [pair in newest for pair in zip(found["kpi"], found["period"])]
    return found.astype({"n": float, "low": float, "high": float, "hidden": bool, "newest": bool}).sort_values(["kpi", "period"], ignore_index=True)


def _named(kpis: pd.DataFrame, values: pd.DataFrame, questions: list[str]) -> pd.DataFrame:
    """Every value and baseline whose KPI or note names a question."""
    bases = kpis.reindex(columns=["kpi", "baseline_period", "baseline"]).dropna().set_axis(["kpi", "period", "value"], axis=1)
    every = pd.concat([part for part in (values.reindex(columns=["kpi", "period", "value", "note"]), bases) if len(part)] or [values]).drop_duplicates(["kpi", "period"])
    about = every.dropna(subset=["value"]).merge(kpis[["kpi", "definition", "source"]], on="kpi")
    words = about.reindex(columns=["definition", "source", "note"]).fillna("").astype(str).agg(" ".join, axis=1) if len(about) else pd.Series(dtype=str)
    return about.assign(question=words.str.extract(NAMES_A_QUESTION.format("|".join(questions) or r"(?!)"), expand=False)).dropna(subset=["question"])


def _behind(row: object, given: pd.DataFrame, small_group: int) -> list[object] | None:
    moment = pd.Period(row.period.replace("-Q", "Q"))
    during = given[given["date"].between(moment.start_time, moment.end_time)]
    ends = given.groupby("wave")["date"].max().sort_values(kind="stable").index
    waves = [wave for wave in ends if wave in set(during["wave"]) and (given.loc[given["wave"] == wave, "date"].max() <= moment.end_time)]
    whole = given[given["wave"] == waves[-1]] if waves else during
    n, good = len(whole), int(whole["good"].sum())
    if not n:
        return None
    fits = abs(100 * good / n - row.value) <= NEAR
    if n < small_group or (not fits and len(during) < small_group):
        return [row.kpi, row.period, row.question, None, None, None, True]
    if not fits or not waves or waves[-1] not in _told_of(given, ends, small_group):
        return None
    low, high = intervals.wilson(good, n)
    return [row.kpi, row.period, row.question, n, 100 * low, 100 * high, False]


def _told_of(given: pd.DataFrame, ends: pd.Index, small_group: int) -> list[str]:
    """The surveys of a question that the pages of surveys show: the newest, and the one before where both are large enough; the newest only of a score."""
    sizes = given["wave"].value_counts()
    older = [] if given["scale"].iloc[0] == RECOMMEND or (sizes[ends[-NEWEST:]] < small_group).any() else list(ends[-NEWEST:-1])
    return [*older, ends[-1]]


def shown_values(values: pd.DataFrame, surveyed: pd.DataFrame) -> pd.DataFrame:
    """The KPI values that may be shown: the table of values without those on which too few answered.

    Takes `surveyed`. Everything on a page that shows a KPI starts from here, so that no chart, table or sentence shows
    what another hides.

    >>> values = pd.DataFrame({"kpi": ["K1", "K1"], "period": ["2025", "2026"], "value": [60.0, 66.7]})
    >>> shown_values(values, pd.DataFrame({"kpi": ["K1"], "period": ["2026"], "hidden": [True]}))["value"].tolist()
    [60.0]
    """
    return values[~_few(values["kpi"], values["period"], surveyed)].reset_index(drop=True)


def shown_kpis(kpis: pd.DataFrame, surveyed: pd.DataFrame) -> pd.DataFrame:
    """The KPIs with the baselines left empty on which too few answered; takes `surveyed`.

    >>> kpis = pd.DataFrame({"kpi": ["K1"], "baseline": [66.7], "baseline_period": ["2025"]})
    >>> shown_kpis(kpis, pd.DataFrame({"kpi": ["K1"], "period": ["2025"], "hidden": [True]}))["baseline"].isna().tolist()
    [True]
    """
    return kpis.assign(baseline=kpis["baseline"].mask(_few(kpis["kpi"], kpis["baseline_period"], surveyed)))


def shown_tables(tables: Mapping[str, pd.DataFrame], surveyed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of a plan in which a figure from too few answers may stand, without it: kpis, kpi_values, decisions (without the figure that was written down when
    they were taken), messages (the text held back where it states a figure); takes `surveyed`.

    A decision or a message on a KPI counts as stating such a figure when any value of that KPI is hidden: a figure in words is not found.

    >>> tables = {"kpis": pd.DataFrame({"kpi": ["K1"], "baseline": [50.0], "baseline_period": ["2025"]}), "kpi_values": pd.DataFrame({"kpi": ["K1"], "period": ["2026"]}),
    ...           "decisions": pd.DataFrame({"kpi": ["K1"], "kpi_then": [66.7]}), "messages": pd.DataFrame({"kpi": ["K1"], "text": ["66.7% of you agree"]})}
    >>> shown = shown_tables(tables, pd.DataFrame({"kpi": ["K1"], "period": ["2026"], "hidden": [True]}))
    >>> shown["decisions"]["kpi_then"].isna().tolist(), shown["messages"]["text"].tolist()
    ([True], ['Text held back: its figure rests on too few answers'])
    """
    few = set(surveyed.loc[surveyed["hidden"].astype(bool), "kpi"])
    taken, said = tables["decisions"], tables["messages"]
    stated = said["kpi"].isin(few) & pd.Series([bool(wording.figures(CLOCK.sub(" ", text))) for text in said["text"]], index=said.index, dtype=bool)
    return {"kpis": shown_kpis(tables["kpis"], surveyed), "kpi_values": shown_values(tables["kpi_values"], surveyed),
            "decisions": taken.assign(kpi_then=taken["kpi_then"].mask(taken["kpi"].isin(few))), "messages": said.assign(text=said["text"].mask(stated, HELD))}


def _few(kpis: pd.Series, periods_of: pd.Series, surveyed: pd.DataFrame) -> pd.Series:
    few = surveyed[surveyed["hidden"].astype(bool)]
    pairs = set(zip(few["kpi"], few["period"]))
    return pd.Series([pair in pairs for pair in zip(kpis, periods_of)], index=kpis.index, dtype=bool)
