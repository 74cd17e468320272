"""Sentences of step 1: which services stay first when the weights of the goals move."""

from __future__ import annotations

import math

import pandas as pd

from planning.analysis import priorities
from planning.show.language import count, listed, number, quoted, say, share
from planning.show.records import Finding

ORDER = ("goals", "services", "alignment")
DRAWN = (*ORDER, "goal_votes", "goal_pairs")
SAFE = 0.95
"""A service is called safe when it is among the first in at least 95% of the draws."""
CLOSE, FAR = 0.02, 0.1
"""A weight that decides when it moves by less than 2 points is bad news; one that may move by 10 or more is good news."""


def how_many(first: int) -> str:
    """The first services in words, as in "the first three"."""
    words = {1: say("one"), 2: say("two"), 3: say("three"), 4: say("four"), 5: say("five")}
    return words.get(first, number(first))


def often(part: float) -> str:
    """A share of draws that never rounds to all or nothing unless it is."""
    if 0 < part < 0.005:
        return say("less than 1%")
    return say("more than 99%") if 0.995 <= part < 1 else share(part)


def unsaid(pairs: pd.DataFrame, *, first: int = 3) -> list[Finding]:
    """What stands in the way of testing an order of services, and goals that have no weight in it."""
    services = pairs["service"].nunique() if len(pairs) else 0
    word = priorities.obstacle(pairs)
    if word == "all alike" and not (pairs["strength"] * pairs["weight"] > 0).any():
        word = "no support"
    texts = {
        "one service": say("The plan holds one service that has not ended, so there is no order of services to test. With a second one in "
                           "services.csv there is."),
        "one goal": say("One goal is in force, so there are no weights to move: the services stand in the order of their strength for it."),
        "no weight": say("No goal in force has a weight above 0, so the services cannot be put in an order. Weights in goals.csv would give one."),
        "all alike": say("The services support every goal that has weight equally strongly, so all are level. Strengths in alignment.csv that tell "
                         "them apart would give an order."),
        "no support": say("No service supports a goal that has weight, so the services cannot be put in an order. Strengths in alignment.csv would give one."),
    }
    if word:
        return [Finding(texts[word], "unknown", "counted", ORDER)] if word in texts else []
    small = say("The plan has {n} services, so all of them are among the first {first}; only their order can be tested.", n=services, first=how_many(first))
    return ([Finding(small, "unknown", "counted", ORDER)] if services <= first else []) + _weightless(pairs)


def _weightless(pairs: pd.DataFrame) -> list[Finding]:
    idle = pairs[~(pairs["weight"] > 0)].drop_duplicates("goal")
    if idle.empty:
        return []
    text = count("{names} has the weight 0: it plays no part in the plan's own order, and counts here only where weights are tried.",
                 "{names} have the weight 0: they play no part in the plan's own order, and count here only where weights are tried.", len(idle),
                 names=quoted(idle["goal_name"]))
    return [Finding(text, "plain", "counted", ("goals",))]


def safe(rows: pd.DataFrame) -> Finding | None:
    """Which services stay among the first whatever the weights, and who competes for the other places."""
    if rows.empty or len(rows) <= rows["first"].iloc[0]:
        return None
    row, ranked = rows.iloc[0], rows.sort_values(["among", "place", "service"], ascending=[False, True, True])
    sure, others = ranked[ranked["among"] >= SAFE], ranked[(ranked["among"] < SAFE) & (ranked["among"] > 0)]
    places = int(row["first"]) - len(sure)
    head = _sure(sure, row) if len(sure) else _nearest(others.iloc[0], row)
    near = others.head(2) if len(sure) else others.iloc[1:3]
    if places > 0 and len(near):
        names = listed(say("{service} ({part})", service=one.service_name, part=often(one.among)) for one in near.itertuples())
        tail = (count("{names} comes next.", "Next come {names}.", len(near), names=names) if not len(sure)
                else say("For the other place, {names} come nearest.", names=names) if places == 1
                else say("For the other {n} places, {names} come nearest.", n=places, names=names))
        head = say("{head} {tail}", head=head, tail=tail)
    why = {priorities.ANY: say("Without enough votes on the goals, any weights at all were tried."),
           priorities.NONE_FIT: say("The votes on the goals leave no weights that add up to 100%, so any weights at all were tried.")}.get(row["weights"], "")
    return Finding(say("{why} {head}", why=why, head=head) if why else head, "good" if places <= 0 else "plain", "estimated",
                   ORDER if row["weights"] == priorities.ANY else DRAWN)


def _sure(sure: pd.DataFrame, row: pd.Series) -> str:
    values = {"names": listed(sure["service_name"]), "first": how_many(row["first"]), "draws": number(row["draws"]), "among": _among(row["weights"]),
              "least": share(math.floor(sure["among"].min() * 100 + 1e-9) / 100)}
    if sure["among"].min() >= 1:
        return count("{names} stays among the first {first} whatever weights are taken {among} ({draws} draws).",
                     "{names} stay among the first {first} whatever weights are taken {among} ({draws} draws).", len(sure), **values)
    return count("{names} is among the first {first} in {part} of {draws} draws of weights {among}.",
                 "{names} are among the first {first} in at least {least} of {draws} draws of weights {among}.", len(sure),
                 part=often(sure["among"].min()), **values)


def _nearest(best: pd.Series, row: pd.Series) -> str:
    return say("No service is safe among the first {first} when weights are taken {among}; {name} comes nearest, in {part} of {draws} draws.",
               first=how_many(row["first"]), among=_among(row["weights"]), name=best["service_name"], part=often(best["among"]), draws=number(row["draws"]))


def _among(weights: str) -> str:
    return say("between the lowest and the highest vote on each goal") if weights == priorities.ACCEPTED else say("from 0% to 100%")


def apart(rows: pd.DataFrame) -> Finding | None:
    """Where the votes seldom bear out the place that a service has by the plan's own weights."""
    if rows.empty or rows["weights"].iloc[0] != priorities.ACCEPTED or len(rows) <= rows["first"].iloc[0]:
        return None
    inside = rows["place"] <= rows["first"]
    seldom, mostly = rows[inside & (rows["among"] < 0.5)], rows[~inside & (rows["among"] >= 0.5)]
    if seldom.empty:
        return None
    named = {"first": how_many(rows["first"].iloc[0]), "names": listed(seldom["service_name"]), "parts": listed(often(part) for part in seldom["among"])}
    text = count("By the plan's own weights {names} is among the first {first}; by weights within the votes it seldom is (in {parts} of draws).",
                 "By the plan's own weights {names} are among the first {first}; by weights within the votes they seldom are (in {parts} of draws).",
                 len(seldom), **named)
    if len(mostly):
        text = say("{text} More often it is {names}.", text=text,
                   names=listed(say("{service} ({part})", service=row.service_name, part=often(row.among)) for row in mostly.itertuples()))
    return Finding(text, "bad", "estimated", DRAWN)


def hold(rows: pd.DataFrame) -> Finding | None:
    """The least move of a weight that changes the first services."""
    if rows.empty:
        return None
    row, first = rows.iloc[0], how_many(rows["first"].iloc[0])
    if row["first"] == 1:
        return leader(rows)
    if not row["nearest"]:
        return Finding(say("No single weight, moved anywhere from 0% to 100%, changes which services are the first {first}.", first=first), "good",
                       "counted", ORDER)
    out, into, now, turn = _turn(row)
    if abs(row["change"]) < 1e-6:
        text = say("{out} and {into} are level for the last of the first {first} places: the smallest move of the weight of {goal} decides between them.",
                   out=out, into=into, first=first, goal=quoted([row["goal_name"]]))
        return Finding(text, "bad", "counted", ORDER)
    forms = {True: say("The first {first} change once the weight of {goal} rises from {now} to more than {turn}: then {into} takes the place of {out}.",
                       first=first, goal=quoted([row["goal_name"]]), now=now, turn=turn, into=into, out=out),
             False: say("The first {first} change once the weight of {goal} falls from {now} to less than {turn}: then {into} takes the place of {out}.",
                        first=first, goal=quoted([row["goal_name"]]), now=now, turn=turn, into=into, out=out)}
    size = abs(row["change"])
    return Finding(forms[bool(row["change"] > 0)], "bad" if size < CLOSE else "good" if size >= FAR else "plain", "counted", ORDER)


def leader(rows: pd.DataFrame) -> Finding | None:
    """On which weight the first place hangs. Takes `stable` with first=1."""
    if rows.empty or abs(rows["change"].iloc[0]) < 1e-6:
        return None
    row = rows.iloc[0]
    if not row["nearest"]:
        return Finding(say("No single weight, moved anywhere from 0% to 100%, changes which service comes first."), "good", "counted", ORDER)
    out, into, now, turn = _turn(row)
    forms = {True: say("Whether {out} or {into} comes first hangs on the weight of {goal}: above {turn} it is {into} (now the weight is {now}).",
                       out=out, into=into, goal=quoted([row["goal_name"]]), turn=turn, now=now),
             False: say("Whether {out} or {into} comes first hangs on the weight of {goal}: below {turn} it is {into} (now the weight is {now}).",
                        out=out, into=into, goal=quoted([row["goal_name"]]), turn=turn, now=now)}
    return Finding(forms[bool(row["change"] > 0)], "plain", "counted", ORDER)


def _turn(row: pd.Series) -> tuple[str, str, str, str]:
    """The service that goes, the one that comes, the weight now and where it turns, with as many decimals as tell the two apart."""
    above = pd.notna(row["in_above"]) and abs(row["high"] - row["weight"] - row["change"]) < 1e-9
    side, turn = ("above", row["high"]) if above else ("below", row["low"])
    digits = 0 if abs(row["change"]) >= 0.05 else 1 if abs(row["change"]) >= 0.001 else 2
    return row[f"out_{side}"], row[f"in_{side}"], share(row["weight"], digits), share(turn, digits)


def other_method(rows: pd.DataFrame) -> Finding | None:
    """What TOPSIS would put first."""
    if rows.empty or len(rows) <= rows["first"].iloc[0]:
        return None
    first = rows["first"].iloc[0]
    ours, theirs = rows["place"] <= first, rows["other_place"] <= first
    leads = rows[rows["other_place"] == 1]
    into, out = rows[theirs & ~ours].sort_values(["other_place", "service"]), rows[ours & ~theirs]
    if into.empty and out.empty:
        same = set(leads["service"]) == set(rows.loc[rows["place"] == 1, "service"])
        text = (say("Another method (TOPSIS) names the same first {first}, and the same one at the top.", first=how_many(first)) if same
                else say("Another method (TOPSIS) names the same first {first}, but puts {lead} at the top.", first=how_many(first),
                         lead=listed(leads["service_name"])))
        return Finding(text, "good" if same else "plain", "estimated", ORDER)
    text = say("Another method (TOPSIS), which rewards a service that stands out on a single goal, would put {into} among the first {first}",
               into=listed(into["service_name"]), first=how_many(first))
    text = say("{text} in place of {out}", text=text, out=listed(out["service_name"])) if len(out) else text
    top = say(" {lead} would come first.", lead=listed(leads["service_name"])) if set(leads["service"]) != set(rows.loc[rows["place"] == 1, "service"]) else ""
    return Finding(say("{text}.{top}", text=text, top=top), "plain", "estimated", ORDER)
