"""Sentences of step 4: where KPIs are heading, whom the library reaches and hears, and the director's three measures."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.evaluation import figure, measure
from planning.show.language import absent, count, inside, listed, money, number, period, quoted, say, share, signed
from planning.show.records import Finding

KPIS = ("kpis", "kpi_values", "events")
NEVER = 0.05
STAYED = 0.01
FEWEST_VOICES = 30
METHODS = {"last value": "the last value again", "same season": "the value of a year before again", "damped trend": "a trend that fades",
           "straight line": "a straight line"}
MEASURES = {"visits_per_head": "Visits per person", "attendance_per_head": "Programme attendance per person", "registered_share": "Registered patrons per person",
            "active_share": "People who used the library in the past year", "goal_share": "Money of services that serve goals",
            "followed_share": "Money for goals that follows their weights", "cost_per_visit": "Spending per visit", "cost_per_loan": "Spending per loan",
            "active_partners": "Active partners"}
BLIND = {"visits_per_head": "how many different people come, and what for", "attendance_per_head": "how many different people came, and what it changed for them",
         "registered_share": "whether the cards are used, and cards of people from elsewhere", "active_share": "how often they came, and years before",
         "goal_share": "what the money achieved, and costs that all services share", "followed_share": "which goal costs more to serve",
         "cost_per_visit": "loans and use away from the building", "cost_per_loan": "everything but loans", "active_partners": "what each partnership brings"}


def chance(value: float) -> str:
    """A chance as a share, never as certainty: near the ends, a forecast from one series cannot tell chances apart.

    >>> chance(0.354), chance(0.0), chance(0.9999)
    ('35%', 'under 5%', 'over 95%')
    """
    if absent(value):
        return say("not available")
    return say("under {limit}", limit=share(NEVER)) if value < NEVER else say("over {limit}", limit=share(1 - NEVER)) if value > 1 - NEVER else share(value)


def overall(outlook: pd.DataFrame) -> Finding | None:
    """How many KPIs are likely to meet their target when it is due, how many are open, how many unlikely."""
    if outlook.empty:
        return None
    told = outlook[outlook["chance"].notna()]
    if told.empty:
        return Finding(say("No KPI can be forecast yet. A forecast needs eight values since the last change of the process, a target and a due day ahead."), "unknown",
                       "counted", KPIS)
    n = told["word"].value_counts()
    words = {"likely": ("{n} is likely to meet its target", "{n} are likely to meet their targets"), "open": ("{n} is open", "{n} are open"),
             "unlikely": ("{n} is unlikely to meet it", "{n} are unlikely to meet theirs")}
    parts = listed(count(one, many, int(n[word])) for word, (one, many) in words.items() if n.get(word, 0))
    text = count("Of {n} KPI that can be forecast, {parts}, if things go on as they have.", "Of {n} KPIs that can be forecast, {parts}, if things go on as they have.",
                 len(told), parts=parts)
    bad, good = n.get("unlikely", 0), n.get("likely", 0)
    return Finding(text, "bad" if bad > good else "good" if good == len(told) else "plain", "estimated", KPIS)


def disagree(outlook: pd.DataFrame) -> Finding | None:
    """For which KPIs today's status and the chance of meeting the target say different things."""
    both = outlook[outlook["agrees"].notna()]
    if both.empty:
        return None
    apart = both[~both["agrees"].astype(bool)]
    flattered, underrated = apart[apart["status"] == "on target"], apart[apart["status"] == "behind"]
    parts = []
    if len(flattered):
        parts.append(count("{n} KPI is on target today and yet more likely than not to miss its target when it is due: {names}.",
                           "{n} KPIs are on target today and yet more likely than not to miss their targets when they are due: {names}.",
                           len(flattered), names=_with_chance(flattered)))
    if len(underrated):
        parts.append(count("{n} KPI is behind today and yet has an even chance or better: {names}.",
                           "{n} KPIs are behind today and yet have an even chance or better: {names}.",
                           len(underrated), names=_with_chance(underrated.iloc[::-1])))
    text = " ".join(parts) or say("Wherever a KPI is on target or behind and can be forecast, status and chance say the same.")
    return Finding(text, "bad" if len(flattered) else "plain", "estimated", KPIS)


def _with_chance(rows: pd.DataFrame) -> str:
    return listed((say("{name} (chance {chance})", name=row.name, chance=chance(row.chance)) for row in rows[["name", "chance"]].itertuples(index=False)), most=2)


def silent(outlook: pd.DataFrame) -> Finding | None:
    """How many KPIs have no forecast, and why."""
    without = outlook[outlook["chance"].isna()]
    if without.empty:
        return None
    n = without["reason"].value_counts().rename_axis("reason").reset_index(name="n").sort_values(["n", "reason"], ascending=[False, True])
    reasons = listed(say("{reason} ({n})", reason=say(row.reason), n=number(row.n)) for row in n.itertuples())
    return Finding(count("{n} KPI has no forecast. Why: {reasons}.", "{n} KPIs have no forecast. Why: {reasons}.", len(without), reasons=reasons), "unknown", "counted", KPIS)


def one(outlook: pd.DataFrame, kpi: str) -> Finding | None:
    """What to expect of one KPI when its target is due; why not, where there is no forecast."""
    rows = outlook[outlook["kpi"] == kpi]
    if rows.empty:
        return None
    row = rows.iloc[0]
    if absent(row["chance"]):
        return Finding(say("{name} has no forecast: {reason}.", name=quoted([row["name"]]), reason=say(row["reason"])), "unknown", "counted", KPIS)
    text = say("If things go on as they have, {name} will stand at about {expected} in {period}, with a range from {low} to {high}. "
               "The chance of meeting the target of {goal} is {chance}: {word}.",
               name=quoted([row["name"]]), expected=figure(row["expected"], row["unit"]), period=period(row["by"]), low=figure(row["low"], row["unit"]),
               high=figure(row["high"], row["unit"]), goal=target(row), chance=chance(row["chance"]), word=say(row["word"]))
    if not row["better"]:
        text += " " + say("No method would have done better in the past than to take {method}, so this is no better than that.", method=say(METHODS[row["method"]]))
    return Finding(text, {"likely": "good", "unlikely": "bad"}.get(row["word"], "plain"), "estimated", KPIS)


def target(row: pd.Series) -> str:
    """A KPI's target or band, as its due month has it."""
    if row["direction"] == "band":
        return measure_between(row["goal_low"], row["goal_high"], row["unit"])
    return measure(row["goal"], row["unit"])


def measure_between(low: float, high: float, unit: str) -> str:
    """A band with its unit.

    >>> measure_between(70, 85, "% of half hours")
    '70% to 85% of half hours'
    """
    return say("{low} to {high}", low=figure(low, unit), high=measure(high, unit))


def around(events: pd.DataFrame) -> Finding | None:
    """What moved clearly where an event was recorded."""
    real = events[~events["counted_anew"].astype(bool)]
    if real.empty:
        return None
    clear = real[real["clear"]]
    if clear.empty:
        text = count("Around the one recorded event with enough values on both sides, its KPI made no clear move.",
                     "Around the {n} recorded events with enough values on both sides, no KPI made a clear move.", len(real))
        return Finding(text, "plain", "associated", KPIS)
    first = clear.iloc[0]
    text = count("One recorded event goes together with a clear move of its KPI: {event}. {moved}",
                 "{n} recorded events go together with a clear move of their KPI, the latest of them {event}. {moved}",
                 len(clear), event=quoted([first["event_name"]]), moved=_around(first))
    return Finding(text + " " + say("That is association, not proof of a cause."), "plain" if absent(first["good"]) else "good" if first["good"] else "bad", "associated", KPIS)


def _around(row: pd.Series) -> str:
    if row["jumped"]:
        text = say("{name} moved by {change} at that point (between {low} and {high})", name=quoted([row["name"]]), change=signed(row["level"]),
                   low=signed(row["low"]), high=signed(row["high"]))
    else:
        text = say("{name} did not jump, but from then on it moved by {change} a period against its earlier course (between {low} and {high})", name=quoted([row["name"]]), change=signed(row["slope"]),
                   low=signed(row["slope_low"]), high=signed(row["slope_high"]))
    if absent(row["against"]):
        return text + "."
    return text + say("; against the use of the other services it moved by {change}.", change=signed(row["against"] * 100, 0) + "%")


def reached(reach: pd.DataFrame) -> Finding | None:
    """How many groups are reached clearly less than the whole, and how many people that leaves out."""
    known = reach[reach["parity"].notna()]
    if known.empty:
        return None
    below, whole = known[known["below"]], known["whole"].iloc[0]
    if below.empty:
        text = say("No group of patrons uses the library less than four fifths as often as all together, {whole} of whom did in the past year.", whole=share(whole))
        return Finding(text, "good", "counted", ("segments",))
    text = count("{n} of {all} groups is reached clearly less than all together, {whole} of whom used the library in the past year: {names}.",
                 "{n} of {all} groups are reached clearly less than all together, {whole} of whom used the library in the past year; least {names}.", len(below), all=number(len(known)),
                 whole=share(whole), names=listed((say("{name} ({share})", name=inside(row.segment_name), share=share(row.share)) for row in below.head(3).itertuples())))
    missed = below[below["inclusion"].fillna(False).astype(bool)]
    if len(missed):
        text += " " + count("{n} of them is often missed when libraries plan.", "{n} of them are often missed when libraries plan.", len(missed))
    return Finding(text, "bad", "counted", ("segments",))


def heard(voice: pd.DataFrame) -> Finding | None:
    """Whose voice is clearly under-represented among those who answered and spoke, and whose is over-represented."""
    shown = voice[~voice["hidden"].astype(bool)]
    if shown.empty:
        return None
    rests = ("segments", "answers", "ratings", "feedback")
    alone = say(shown["source"].iloc[0]) if shown["source"].nunique() == 1 else ""
    less, more = (_ordered_names(shown[shown["heard"] == word], sources=not alone) for word in ("less", "more"))
    where = say("In {source}", source=alone) if alone else say("Among those who answered and spoke")
    if not less and not more and shown.groupby("source")["n"].sum().max() < FEWEST_VOICES:
        return Finding(say("Too few people answered or spoke to say whether a group of patrons is heard less than its share of people."), "unknown", "estimated", rests)
    if not less and not more:
        return Finding(say("{where}, no group of patrons is clearly more or less heard than its share of people.", where=where), "good", "estimated", rests)
    if less and more:
        text = say("{where}, clearly less heard than their share of people: {less}. Clearly more heard: {more}.", where=where, less=listed(less, most=2), more=listed(more, most=2))
    elif less:
        text = say("{where}, clearly less heard than their share of people: {less}.", where=where, less=listed(less, most=3))
    else:
        text = say("{where}, clearly more heard than their share of people: {more}.", where=where, more=listed(more, most=3))
    return Finding(text, "bad" if less else "plain", "estimated", rests)


def _ordered_names(rows: pd.DataFrame, *, sources: bool) -> list[str]:
    found = rows.groupby("segment_name", sort=False)["source"].agg(list)
    names = [f"“{inside(name)}”" if "," in name else inside(name) for name in found.index]
    if not sources:
        return names
    return [say("{name} (in {sources})", name=name, sources=listed(say(source) for source in places)) for name, places in zip(names, found)]


def unnamed(groups: pd.DataFrame) -> Finding | None:
    """Which groups nobody named when answering or speaking."""
    if groups.empty:
        return None
    text = count("{n} group is named in no answer, rating or feedback, so nobody can say whether it is heard: {names}. Offer it on the forms.",
                 "{n} groups are named in no answer, rating or feedback, so nobody can say whether they are heard: {names}. Offer them on the forms.",
                 len(groups), names=listed((inside(name) for name in groups["segment_name"]), most=3))
    return Finding(text, "unknown", "counted", ("segments", "answers", "ratings", "feedback"))


def value(measure: str, amount: float, unit: str) -> str:
    """A director's measure in its own form.

    >>> value("cost_per_visit", 14.083, "money"), value("active_share", 0.3206, "share"), value("visits_per_head", 3.387, "visits per person")
    ('$14.08', '32%', '3.39')
    """
    if unit == "money":
        return money(amount, 2)
    return share(amount) if unit == "share" else number(amount, None if absent(amount) or float(amount).is_integer() else 2)


def moved(changes: pd.DataFrame) -> Finding | None:
    """How many of the figures behind the director's three measures moved for the better and how many for the worse; spending, as paid, counts as neither."""
    known = changes[changes["relative"].notna()]
    spent = known["measure"].str.startswith("cost")
    judged, paid = known[~spent], known[spent & (known["relative"].abs() >= STAYED)]
    if judged.empty:
        return None
    way = judged["relative"].map(lambda amount: 0 if abs(amount) < STAYED else 1 if amount > 0 else -1)
    better, worse, same = (int((way == sign).sum()) for sign in (1, -1, 0))
    fell = listed((inside(say(MEASURES[name])) for name in judged.loc[way == -1, "measure"]), most=3)
    parts = [count("{n} rose", "{n} rose", better) if better else "", count("{n} fell ({names})", "{n} fell ({names})", worse, names=fell) if worse else "",
             count("{n} stayed about the same", "{n} stayed about the same", same) if same else ""]
    text = count("Of {n} figure of engagement, allocation and partnership, {parts}.", "Of {n} figures of engagement, allocation and partnership, {parts}.", len(judged),
                 parts=listed(part for part in parts if part))
    if len(paid):
        names = listed(say("{name} ({change})", name=inside(say(MEASURES[row.measure])), change=signed(row.relative * 100, 0) + "%") for row in paid.itertuples())
        text += " " + say("Spending as paid: {names}.", names=names)
    return Finding(text, "bad" if worse > better else "good" if better and not worse else "plain", "counted", ("statistics", "budget", "partners"))
