"""How many of those asked answered, what that allows to be said, and how many answers are needed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import sampling

RATES = ["survey", "survey_name", "group", "start", "end", "mode", "chosen", "people", "invited", "answered", "rate", "margin", "claim", "missing", "main"]
PLAN = ["survey", "survey_name", "group", "people", "answered", "rate", "claim", "within_3", "within_5", "within_10", "invite_5", "reached"]
MARGINS = {"within_3": 0.03, "within_5": 0.05, "within_10": 0.10}


def rates(surveys: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Each survey with what its answers allow, newest first: survey, survey_name, group, start, end, mode, chosen, people (for
    whom it speaks), invited, answered (people), rate (answered ÷ invited, 0-1), margin (0-1 on either side of a share of one
    half, 95 %), claim, missing (whom the way of asking leaves out), main (the group's newest
    survey among those that speak for at least half as many people as its largest).

    claim says what the margin rests on: "chance" (drawn by lot or everyone asked; the margin is corrected for the number of
    people), "open" (whoever wanted to answer: no margin, since nothing says how the others would have answered), "not told"
    (how people were chosen, or how many there are, is not known: no margin), "too many" (more answers than were invited, or
    than there are people: no rate and no margin), "no answers". The margin holds only the error of chance; where few of those asked
    answered, those who stayed away can move a share further than it says. A survey without a day has that of its last answer.

    >>> surveys = pd.DataFrame({"survey": ["SV1"], "name": ["Spring"], "group": ["staff"], "people": [31.0], "invited": [31.0], "chosen": ["everyone"]})
    >>> answers = pd.DataFrame({"survey": "SV1", "respondent": [f"W{i}" for i in range(28)], "answer": 4.0})
    >>> rates(surveys, answers)[["answered", "claim"]].values.tolist(), rates(surveys, answers)["margin"].round(3).tolist()
    ([[28.0, 'chance']], [0.059])
    """
    found = surveys.reindex(columns=["survey", "name", "group", "start", "end", "mode", "chosen", "people", "invited", "missing"])
    found = found.rename(columns={"name": "survey_name"})
    given = answers.reindex(columns=["survey", "respondent", "answer"]).dropna()
    found["answered"] = found["survey"].map(given.groupby("survey")["respondent"].nunique()).fillna(0).astype(float)
    # Everyone who was asked is everyone there is, where only one of the two numbers is known.
    everyone = found["chosen"] == "everyone"
    found["people"] = found["people"].astype(float).fillna(found["invited"].astype(float).where(everyone))
    found["invited"] = found["invited"].astype(float).fillna(found["people"].where(everyone))
    found["claim"] = [_claim(row) for row in found.to_dict("records")]
    right = ~found["claim"].isin(["too many", "no answers"])
    found["rate"] = (found["answered"] / found["invited"]).where(right & (found["chosen"] != "open"))
    found["margin"] = [sampling.margin(row.answered, people=row.people) if row.claim == "chance" else None for row in found.itertuples()]
    found["margin"] = found["margin"].astype(float)
    days = answers.reindex(columns=["survey", "date"]).dropna().groupby("survey")["date"].max().to_dict()
    last = pd.to_datetime(pd.Series([days.get(survey) for survey in found["survey"]], index=found.index, dtype=object))
    day = pd.to_datetime(found["end"]).fillna(pd.to_datetime(found["start"])).fillna(last)
    found = found.assign(day=day).sort_values(["day", "survey"], ascending=[False, True], na_position="last", ignore_index=True)
    small = found["people"] < found.groupby("group")["people"].transform("max") / 2
    found["main"] = ~small & ~found["group"].where(~small).duplicated()
    return found[RATES]


def _claim(row: dict[str, object]) -> str:
    if not row["answered"]:
        return "no answers"
    if row["answered"] > row["people"] or (row["answered"] > row["invited"] and row["chosen"] != "open"):
        return "too many"
    if row["chosen"] == "open":
        return "open"
    return "chance" if row["chosen"] in ("chance", "everyone") and row["people"] == row["people"] else "not told"


def planner(rates: pd.DataFrame) -> pd.DataFrame:
    """How many answers each group's main survey would need next time, most people first: survey, survey_name, group, people,
    answered, rate (0-1), claim (see `rates`), within_3, within_5, within_10 (answers for a margin of so many points), invite_5 (people to invite
    for a margin of 5 points at the last rate, at most all), reached (answered is enough for 5 points).

    Takes `rates`; only surveys whose number of people is known. The numbers hold when people are drawn by lot; they do
    not make up for people who never answer. Each group that is to be read on its own needs as many.

    >>> rows = pd.DataFrame({"survey": ["SV1"], "survey_name": ["Spring"], "group": ["patrons"], "people": [1000.0], "answered": [90.0], "rate": [0.3], "claim": ["chance"], "main": [True]})
    >>> planner(rows)[["within_3", "within_5", "within_10", "invite_5", "reached"]].values.tolist()
    [[517.0, 278.0, 88.0, 927.0, False]]
    """
    found = rates[rates["main"].astype(bool) & rates["people"].notna()].reset_index(drop=True)
    for name, margin in MARGINS.items():
        found[name] = [float(sampling.answers_needed(margin, people=people)) for people in found["people"]]
    asked = found["within_5"] / found["rate"].astype(float).where(found["rate"] > 0)
    found["invite_5"] = np.ceil(asked.round(6)).clip(upper=found["people"])
    found["reached"] = found["answered"] >= found["within_5"]
    return found.sort_values(["people", "survey"], ascending=[False, True], ignore_index=True)[PLAN]



def reconciled(rates: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """A sum that must agree: check, expected (people who answered, counted once a survey in the answers), found (added up over
    the surveys). Empty without surveys.
    """
    if rates.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    named = answers.reindex(columns=["survey", "respondent", "answer"]).dropna().drop_duplicates(["survey", "respondent"])
    return pd.DataFrame({"check": ["People who answered, over all surveys"], "expected": [float(len(named))], "found": [rates["answered"].sum()]})
