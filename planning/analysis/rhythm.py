"""A strategy problem or a rhythm problem: how far each objective has come, beside how steadily it is measured and followed up."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from planning.methods import periods

LOW, STEADY = 0.70, 0.80
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
KINDS = ("strategy problem", "rhythm problem first", "luck, or not known", "on its way", "cannot be told")
RHYTHM = ["objective", "statement", "goal_name", "weight", "kpis", "scored", "score", "due", "made", "promised", "kept", "rhythm", "kind"]


def measured(kpis: pd.DataFrame, values: pd.DataFrame, *, as_of: dt.date, fiscal_year_start: int = 1) -> pd.DataFrame:
    """How steadily each KPI was measured over a year: kpi, due (periods that should have a value), made (those that have one).

    Due: the last 12 months, 4 quarters or 1 year that ended at least half a period before as_of, not before the KPI's baseline (values may
    come in until then). The table of values holds no day of entry, so a value that was put in late counts as made.

    >>> kpis = pd.DataFrame({"kpi": ["K1"], "frequency": ["quarterly"], "baseline_period": [None]})
    >>> values = pd.DataFrame({"kpi": ["K1", "K1"], "period": ["2025-Q3", "2026-Q1"], "value": [4.0, 5.0]})
    >>> measured(kpis, values, as_of=dt.date(2026, 6, 30)).values.tolist()
    [['K1', 4.0, 2.0]]
    """
    known = values.dropna(subset=["value"]).groupby("kpi")["period"].agg(set).to_dict()
    rows = []
    for one in kpis.itertuples():
        wanted = [period for period in _due(one.frequency, pd.Timestamp(as_of), fiscal_year_start) if pd.isna(one.baseline_period) or period >= one.baseline_period]
        rows.append([one.kpi, len(wanted), len(known.get(one.kpi, set()) & set(wanted))])
    return pd.DataFrame(rows, columns=["kpi", "due", "made"]).astype({"due": float, "made": float})


def _due(frequency: object, day: pd.Timestamp, start: int) -> list[str]:
    months = MONTHS.get(frequency)
    if not months:
        return []
    last = periods.ended_by(day - pd.DateOffset(days=round(months * 365.25 / 24)), months, start)
    if months == 12:
        return [last]
    moment = pd.Period(last.replace("-Q", "Q"))
    back = [moment - step for step in range(12 // months)]
    return [f"{one.year}-Q{one.quarter}" if months == 3 else str(one) for one in back]


def objectives(objectives: pd.DataFrame, progress: pd.DataFrame, measured: pd.DataFrame, *, goals: pd.DataFrame, dialogues: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """What holds each objective of a goal in force back, the heaviest goals first within each kind: objective, statement, goal_name, weight (0-1), kpis, scored
    (numbers: KPIs, and those with a score), score (0-1), due, made (measurements of a year), promised, kept (commitments on its goal that fell due in
    that year, and those kept by their day), rhythm (0-1, (made + kept) ÷ (due + promised)), kind.

    Takes `kpis.progress`, `measured` and the goals in force. Score: the mean over its KPIs of the way done ÷ the way that a straight line asks for by
    now, held to 0-1; 1 where the target is met, the way done where there is no line. A stale KPI has no score. The rule:

      score below 70 %, rhythm 80 % or more   strategy problem: the work is followed steadily and does not move the figure, so change what is done
      score below 70 %, rhythm below 80 %     rhythm problem first: measure and keep promises before judging what is done
      score 70 % or more, rhythm below 80 %   luck, or not known: nobody looks often enough to say why it goes well
      both high                               on its way
      either of them missing                  cannot be told

    One value decides the score, so ups and downs can name a problem that is none: of simulated monthly objectives exactly on their line, 9 of 100 came
    out as a strategy problem where chance moved a value by 15 % of the whole way, and 24 where it moved it by 30 %.
    A talk names a goal, not an objective, so its commitments count for each objective of the goal. A rhythm does not say that a talk about the
    figure was a good one, and many objectives move slowly with nothing wrong. The limits are a habit, not a law.
    """
    day = pd.Timestamp(as_of)
    own = progress.drop(columns="due").merge(measured, on="kpi", how="left")
    own["score"] = _score(own)
    said = dialogues[dialogues["commitment"].notna() & (dialogues["due"] > day - pd.DateOffset(years=1)) & (dialogues["due"] <= day)]
    said = said.assign(on_time=said["kept"] <= said["due"])
    rows = []
    for one in objectives[objectives["goal"].isin(goals["goal"])].itertuples():
        under, talks = own[own["objective"] == one.objective], said[said["goal"] == one.goal]
        rows.append([one.objective, one.statement, one.goal, len(under), int(under["score"].notna().sum()), under["score"].mean(), under["due"].sum(), under["made"].sum(),
                     len(talks), int(talks["on_time"].sum())])
    found = pd.DataFrame(rows, columns=["objective", "statement", "goal", *RHYTHM[4:11]]).merge(
        goals[["goal", "name", "weight"]].rename(columns={"name": "goal_name"}), on="goal")
    base = found["due"] + found["promised"]
    found["rhythm"] = ((found["made"] + found["kept"]) / base.where(base > 0)).astype(float)
    found["kind"] = np.select([found["score"].isna() | found["rhythm"].isna(), (found["score"] < LOW) & (found["rhythm"] >= STEADY), found["score"] < LOW,
                               found["rhythm"] < STEADY], [KINDS[4], KINDS[0], KINDS[1], KINDS[2]], KINDS[3])
    order = found["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    return found.assign(order=order).sort_values(["order", "weight", "objective"], ascending=[True, False, True], ignore_index=True)[RHYTHM].astype({"score": float})


def _score(own: pd.DataFrame) -> pd.Series:
    done, line = own["share_done"].astype(float), own["expected"].astype(float)
    ahead = (done / line.where(line > 0)).clip(0, 1).fillna(done)
    met = own["achieved"].fillna(False).astype(bool)
    return ahead.mask(met, 1.0).mask(own["status"].isin(["stale", "no data", "no target"]))
