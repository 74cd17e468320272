"""Staged pilots: what each showed against criteria set beforehand, and whether it pays to try before the large step."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from planning.methods import waiting

RESULTS = ("failed", "not all measured", "no criteria", "passed", "running", "planned", "dropped")
FIGURES = {"cost": "price of the pilot", "full_cost": "cost of the whole", "worth": "worth when it works", "chance": "chance that it works",
           "hit": "how likely it passes when it works", "false_pass": "how likely it passes when it does not"}
CHANCE_OFF, WORTH_OFF = 0.15, 0.25
MARKS = ["pilot", "pilot_name", "criterion", "side", "mark", "unit", "must", "set", "result", "met", "late"]
VERDICTS = ["pilot", "pilot_name", "initiative_name", "status", "start", "end", "criteria", "musts", "met", "open", "late", "undated", "missed", "missed_must",
            "result", "verdict", "decision_name", "days_over", "against"]
WORTHS = ["pilot", "pilot_name", "status", "price", "full_cost", "worth", "chance", "now", "tried", "gain", "gain_low", "gain_high", "perfect", "passes",
          "from_chance", "to_chance", "best", "firm", "lacks"]


def marks(pilots: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """Every criterion of every pilot with its result, in the order of the pilots, musts first: pilot, pilot_name, criterion, side (at least, at
    most), mark and result (in unit), unit, must (the pilot fails without it), set (day), met (True, False; missing without a result), late
    (set after the first day of the pilot).

    A criterion that was set once results came in can be drawn around them: `late` says so, `met` does not change.

    >>> pilots = pd.DataFrame({"pilot": ["P1"], "name": ["Hall"], "start": [pd.Timestamp("2026-02-01")]})
    >>> criteria = pd.DataFrame({"pilot": ["P1"], "criterion": ["Families"], "side": ["at least"], "mark": [15.0], "unit": ["families"],
    ...                          "weight": [True], "set": [pd.Timestamp("2026-01-20")], "result": [19.0]})
    >>> marks(pilots, criteria)[["met", "late"]].values.tolist()
    [[True, False]]
    """
    about = pilots[["pilot", "name", "start"]].rename(columns={"name": "pilot_name"}).assign(order=range(len(pilots)))
    found = criteria.rename(columns={"weight": "must"}).merge(about, on="pilot")
    reached = np.where(found["side"] == "at most", found["result"] <= found["mark"], found["result"] >= found["mark"])
    found["met"] = pd.Series(reached, index=found.index).astype("boolean").mask(found["result"].isna())
    found["late"] = (pd.to_datetime(found["set"]) > pd.to_datetime(found["start"])).astype(bool)
    found["must"] = found["must"].eq(True)
    return found.sort_values(["order", "must", "criterion"], ascending=[True, False, True], ignore_index=True)[MARKS]


def verdicts(pilots: pd.DataFrame, marks: pd.DataFrame, *, initiatives: pd.DataFrame, decisions: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """What each pilot showed, one row a pilot, those that need a word first: pilot, pilot_name, initiative_name, status, start, end, criteria,
    musts, met, open (numbers of criteria; open: without a result), late and undated (criteria set after the start, and on no day), missed and missed_must
    (names, separated by "; "), result, verdict (what was decided), decision_name, days_over (days past its end without a verdict; missing when there
    are none), against (what was decided against the criteria, or empty).

    Takes `marks`. The result is read from the criteria alone:

      failed            it ended, and a criterion that must be met was not
      not all measured  it ended, and a result is missing
      passed            it ended, and every must is met; where nothing is a must, at least half of the criteria
      failed            it ended, nothing is a must, and more than half were missed
      no criteria       nothing was written down that it has to reach
      running, planned, dropped   as its status says; results so far decide nothing

    Criteria that were set late cannot turn a pass into a failure; they weaken it, and stand beside it. A pilot says what happened in one place
    at one time, with people who chose to take part.
    """
    rows = [[one.pilot, one.name, *_counts(marks[marks["pilot"] == one.pilot], one.status)] for one in pilots.itertuples()]
    found = pd.DataFrame(rows, columns=["pilot", "pilot_name", *VERDICTS[6:15]])
    found = found.merge(pilots[["pilot", "initiative", "status", "start", "end", "verdict", "decision"]], on="pilot")
    found["initiative_name"] = found["initiative"].map(dict(zip(initiatives["initiative"], initiatives["name"])))
    found["decision_name"] = found["decision"].map(dict(zip(decisions["decision"], decisions["what"])))
    over = (pd.Timestamp(as_of) - pd.to_datetime(found["end"])).dt.days
    found["days_over"] = over.where(found["verdict"].isna() & found["status"].isin(["running", "ended"]) & (over > 0)).astype(float)
    found["against"] = pd.Series([_against(one.result, one.verdict) for one in found.itertuples()], index=found.index, dtype="str")
    order = found["result"].map({word: place for place, word in enumerate(RESULTS)})
    loud = (found["against"] != "") | found["days_over"].notna()
    return found.assign(order=order, quiet=~loud).sort_values(["quiet", "order", "pilot"], ignore_index=True)[VERDICTS]


def _counts(own: pd.DataFrame, status: str) -> list[object]:
    met, missed = own["met"].fillna(False).astype(bool), own["met"].eq(False).fillna(False).astype(bool)
    names = ("; ".join(own.loc[missed, "criterion"]), "; ".join(own.loc[missed & own["must"], "criterion"]))
    return [len(own), int(own["must"].sum()), int(met.sum()), int(own["met"].isna().sum()), int(own["late"].sum()), int(own["set"].isna().sum()), *names,
            _result(own.assign(yes=met, no=missed), status)]


def _result(own: pd.DataFrame, status: str) -> str:
    if status != "ended" and (status in ("dropped", "planned") or len(own)):
        return status
    if own.empty:
        return "no criteria"
    if (own["no"] & own["must"]).any():
        return "failed"
    if own["met"].isna().any():
        return "not all measured"
    return "passed" if own["must"].any() or own["yes"].mean() >= 0.5 else "failed"


def _against(result: str, verdict: object) -> str:
    if verdict == "go on" and result in ("failed", "not all measured", "no criteria"):
        return {"failed": "went on though it failed", "not all measured": "went on before all was measured", "no criteria": "went on without criteria"}[result]
    return "stopped though it passed" if verdict == "stop" and result == "passed" else ""


def waited(pilots: pd.DataFrame, initiatives: pd.DataFrame) -> pd.DataFrame:
    """What trying first is worth, one row a pilot, the largest gain first: pilot, pilot_name, status, price, full_cost, worth (currency), chance
    (0-1), now (committing at once), tried (trying, then deciding), gain (tried less the better of committing at once and leaving it), perfect (the
    most that any pilot could be worth; all currency, expected), gain_low and gain_high (range of the gain), passes (chance that the pilot passes,
    0-1), from_chance and to_chance (between them trying pays; missing where it never does), best (try first, commit at once, leave it), firm (the
    gain keeps its sign in the whole range), lacks (figures that are not known, separated by "; ").

    Bayes' rule with the figures of leadership, see `methods.waiting`. The cost of the whole is that of the initiative where the pilot names
    none. The range: the chance moved by 15 percentage points and the worth by a quarter, both ways and together. Judged as before the pilot began, so
    one that has ended is judged as it should have been then. What waiting costs patrons is not in it, and worth is a judgement: what
    leadership would give at most.

    >>> pilots = pd.DataFrame({"pilot": ["P1"], "name": ["Hall"], "status": ["planned"], "initiative": [None], "cost": [30.0], "full_cost": [190.0],
    ...                        "worth": [800.0], "chance": [0.25], "hit": [0.6], "false_pass": [0.2]})
    >>> waited(pilots, pd.DataFrame({"initiative": [], "cost": []}))[["now", "tried", "gain", "best"]].round(6).values.tolist()
    [[10.0, 33.0, 23.0, 'try first']]
    """
    whole = pilots["initiative"].map(dict(zip(initiatives["initiative"], initiatives["cost"])))
    found = pilots.assign(full_cost=pilots["full_cost"].astype(float).fillna(whole.astype(float)))
    found["lacks"] = pd.Series(["; ".join(words for name, words in FIGURES.items() if pd.isna(row[name])) for row in found.to_dict("records")], index=found.index, dtype="str")
    found = found.rename(columns={"name": "pilot_name", "cost": "price"}).astype({name: float for name in ("price", "worth", "chance", "hit", "false_pass")})
    terms = {"hit": found["hit"], "false_pass": found["false_pass"], "price": found["price"]}
    told = waiting.outlook(found["worth"], found["full_cost"], found["chance"], **terms)
    low, high = waiting.bounds(found["worth"], found["full_cost"], **terms)
    found = found.assign(**told._asdict(), from_chance=low, to_chance=high)
    ends = [_range(one) for one in found.itertuples()]
    found["gain_low"], found["gain_high"] = [end[0] for end in ends], [end[1] for end in ends]
    found["best"] = np.select([found["gain"].isna(), found["gain"] > 0, found["now"] > 0], ["not known", "try first", "commit at once"], "leave it")
    found["firm"] = ((found["gain_low"] > 0) | (found["gain_high"] <= 0)).astype(bool)
    return found.sort_values(["gain", "pilot"], ascending=[False, True], ignore_index=True)[WORTHS].astype({"gain_low": float, "gain_high": float})


def _range(one: tuple) -> tuple[float, float]:
    """Lowest and highest gain when chance and worth are off: at the corners, or where the gain bends, which is where committing at once just pays."""
    if one.lacks:
        return float("nan"), float("nan")
    chances = np.clip([one.chance - CHANCE_OFF, one.chance + CHANCE_OFF], 0, 1)
    worths = one.worth * np.array([1 - WORTH_OFF, 1 + WORTH_OFF])
    bends = np.clip(one.full_cost / np.maximum(worths, 1e-9), *chances), np.clip(one.full_cost / np.maximum(chances, 1e-9), *worths)
    every = np.concatenate([chances, bends[0]])[:, None], np.concatenate([worths, bends[1]])[None, :]
    gains = waiting.outlook(every[1], one.full_cost, every[0], hit=one.hit, false_pass=one.false_pass, price=one.price).gain
    return float(gains.min()), float(gains.max())
