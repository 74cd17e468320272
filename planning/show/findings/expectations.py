"""Sentences of step 1 on how services are seen: ratings by three groups, and what patrons accept, wish for and find."""

from __future__ import annotations

import pandas as pd

from planning.analysis.expectations import PLACES
from planning.analysis.ratings import GROUPS, QUESTIONS
from planning.show.language import count, inside, listed, number, say, share, signed
from planning.show.records import Finding

RATED = ("ratings",)
ASKED = ("expectations",)


def groups(ratings: pd.DataFrame, *, of: str = "relevance") -> Finding | None:
    """Where the groups that can be shown lie furthest apart."""
    means = by_group(ratings, of)
    if len(means) == 0 or means.notna().sum(axis=1).max() < 2:
        return None
    spread = (means.max(axis=1) - means.min(axis=1)).where(means.notna().sum(axis=1) > 1)
    if spread.max() < 0.05:
        return Finding(say("The groups give each service the same mean {what}: nothing parts them.", what=say(of)), "plain", "estimated", RATED)
    top = means.loc[spread.idxmax()].dropna().sort_values(ascending=False, kind="stable")
    text = say("The groups lie furthest apart on the {what} of {service}: {means}.", what=say(of), service=spread.idxmax(),
               means=listed(say("{group} {mean}", group=say(group), mean=number(mean, 1)) for group, mean in top.items()))
    return Finding(text, "plain", "estimated", RATED)


def staff(ratings: pd.DataFrame, *, of: str = "relevance") -> Finding | None:
    """On how many services staff stand nearer to patrons than to leadership."""
    means = by_group(ratings, of)
    three = means.dropna() if set(GROUPS) <= set(means) else means.head(0)
    if len(three) < 2:
        return None
    nearer = int(((three["staff"] - three["patrons"]).abs() < (three["staff"] - three["leadership"]).abs()).sum())
    text = say("In what they say of {what}, staff stand nearer to patrons than to leadership on {n} of {all} services.", what=say(of),
               n=number(nearer) if nearer else say("none"), all=len(three))
    return Finding(text, "plain", "estimated", RATED)


def by_group(ratings: pd.DataFrame, of: str) -> pd.DataFrame:
    """The means that can be shown, one row a service and one column a group; services that none can be shown for are left out."""
    known = ratings.dropna(subset=[of]) if len(ratings) else ratings
    return known.pivot(index="service_name", columns="group",
                       values=of).reindex(columns=[group for group in GROUPS if group in set(known["group"])]).astype(float)


def pairs(pairs: pd.DataFrame, *, of: str = "relevance", told: str = "") -> Finding | None:
    """On how many services each two groups clearly differ, and where most; on the question `told`, where patrons and leadership do has been said already."""
    asked = pairs[(pairs["of"] == of) & (pairs["compared"] > 0)] if len(pairs) else pairs
    if asked.empty:
        return None
    parts = [say("{one} and {other} on {n} of {all}", one=say(row.one), other=say(row.other), n=number(row.clear) if row.clear else say("none"),
                 all=number(row.compared))
             for row in asked.itertuples()]
    clear = asked[asked["clear"] > 0]
    if asked["low"].isna().all():
        return Finding(say("In what they say of {what}, no range can be given for any two groups, so chance cannot be told from difference.",
                           what=say(of)), "unknown", "estimated", RATED)
    if clear.empty:
        text = count("In what they say of {what}, no two groups differ on the one service compared by more than chance could explain.",
                     "In what they say of {what}, no two groups differ on any of {n} services by more than chance could explain.",
                     int(asked["compared"].max()), what=say(of))
        return Finding(text, "good", "estimated", RATED)
    text = say("In what they say of {what}, groups clearly differ: {parts} services.", what=say(of), parts=listed(parts))
    fresh = clear[(clear["one"] != "patrons") | (clear["other"] != "leadership")] if told == of else clear
    if len(fresh):
        text += " " + _widest(fresh.loc[fresh["difference"].abs().astype(float).idxmax()])
    return Finding(text, "plain", "estimated", RATED)


def _widest(row: pd.Series) -> str:
    high, low = (row["one"], row["other"]) if row["difference"] > 0 else (row["other"], row["one"])
    named = {"service": row["service_name"], "high": say(high), "low": say(low), "points": number(abs(row["difference"]), 1)}
    if "staff" in (high, low):
        return say("Staff differ most on {service}, which {high} put {points} points above {low}.", **named)
    return say("Widest apart is {service}, which {high} put {points} points above {low}.", **named)


def unheard(ratings: pd.DataFrame, *, small_group: int) -> list[Finding]:
    """Groups whose ratings are missing, too few to show, or all alike: what cannot be said, and what would help."""
    if ratings.empty:
        return []
    shown = {group: ratings.loc[ratings["group"] == group, list(QUESTIONS)] for group in GROUPS}
    absent = [say(group) for group, means in shown.items() if means.empty]
    few = [say(group) for group, means in shown.items() if len(means) and means.isna().all(axis=None)]
    alike = [say(group) for group, means in shown.items() if any(means[of].count() > 1 and means[of].round(9).nunique() == 1 for of in QUESTIONS)]
    found = []
    if absent:
        found.append(say("There are no ratings by {groups}, so nobody can say where they and the others differ. Ask them about the same services, "
                         "and add their answers to ratings.csv.", groups=listed(absent)))
    if few:
        found.append(say("Too few ratings by {groups} came in for any one service: it takes {n} to show them. Ask more people, or leave the "
                         "comparison out.", groups=listed(few), n=small_group))
    if alike:
        found.append(say("Ratings by {groups} give every service the same mean, so they put none before another. Ask for points to share out, or "
                         "for an order.", groups=listed(alike)))
    return [Finding(text, "unknown", "counted", RATED) for text in found]


def below(gaps: pd.DataFrame) -> Finding | None:
    """Which services patrons find below what they would still accept."""
    known = gaps[~gaps["hidden"].astype(bool)] if len(gaps) else gaps
    if known.empty:
        return None if gaps.empty else Finding(say("Too few patrons gave three levels that can be used for any one service; an answer with an "
                                                   "empty level, or with a minimum above the wish, cannot. Ask more of them about fewer services."), "unknown", "counted", ASKED)
    judged = known[known["place"] != PLACES[4]]
    if judged.empty:
        return Finding(say("On each service the answers lie equally far from the minimum, so no range can be given and nobody can say what chance "
                           "would change. Ask more patrons."), "unknown", "estimated", ASKED)
    under = judged[judged["place"] == PLACES[0]]
    if under.empty:
        text = count("On the one service judged, patrons do not find less than they would still accept by more than chance could explain.",
                     "On none of {n} services do patrons find less than they would still accept by more than chance could explain.", len(judged))
        return Finding(text, "good", "estimated", ASKED)
    told = [say("{service} ({gap} points, between {low} and {high})", service=row.service_name, gap=signed(row.adequacy, 1), low=signed(row.low, 1),
                high=signed(row.high, 1))
            for row in under.itertuples()]
    text = count("Patrons find {n} service of {all} below what they would still accept: {names}.",
                 "Patrons find {n} services of {all} below what they would still accept: {names}.",
                 len(under), all=len(judged), names=listed(told, most=3))
    return Finding(text, "bad", "estimated", ASKED)


def wished(gaps: pd.DataFrame) -> Finding | None:
    """Which service comes nearest to what patrons wish for."""
    known = gaps.dropna(subset=["zone"]) if len(gaps) else gaps
    if known.empty:
        return None
    reached = known[known["superiority"] >= 0]
    if len(reached):
        text = count("On {n} service patrons find, on average, all they wish for: {names}.",
                     "On {n} services patrons find, on average, all they wish for: {names}.", len(reached), names=listed(reached["service_name"], most=3))
        return Finding(text, "good", "estimated", ASKED)
    best = known.sort_values(["zone", "service"], ascending=[False, True]).iloc[0]
    if best["zone"] <= 0:
        return None
    text = say("No service is all that patrons wish for; nearest comes {service}, {share} of the way from the least they would accept to what they "
               "wish for.", service=best["service_name"], share=share(best["zone"]))
    return Finding(text, "plain", "estimated", ASKED)


def left_out(gaps: pd.DataFrame) -> Finding | None:
    """How many answers could not be used, and why."""
    known = gaps[~gaps["hidden"].astype(bool)] if len(gaps) else gaps
    empty, swapped = (int(known[name].sum()) if len(known) else 0 for name in ("blank", "reversed"))
    if not empty + swapped:
        return None
    parts = [count("{n} with a level left empty", "{n} with a level left empty", empty)] * (empty > 0)
    parts += [count("{n} with a minimum above the wish", "{n} with a minimum above the wish", swapped)] * (swapped > 0)
    text = count("{n} answer was left out: {why}.", "{n} answers were left out: {why}.", empty + swapped, why=listed(parts))
    return Finding(text, "unknown", "counted", ASKED)


def by_segment(segments: pd.DataFrame) -> Finding | None:
    """Which group of patrons finds least of what it would accept, beside others' answers on the same services."""
    known = segments[~segments["hidden"].astype(bool)] if len(segments) else segments
    hidden = len(segments) - len(known)
    if len(known) < 2 or known["beside"].round(2).nunique() == 1:
        return None
    first = known.sort_values(["beside", "segment_name"]).iloc[0]
    low, high = first["beside_low"], first["beside_high"]
    sure = say(", between {low} and {high}", low=signed(low, 1), high=signed(high, 1)) if pd.notna(low) else ""
    text = say("Measured by what they would accept, {group} come off worst: {points} points beside everyone's answers on the same services ({n} "
               "patrons{sure}).",
               group=inside(say(first["segment_name"])), points=signed(first["beside"], 1), n=number(first["n"]), sure=sure)
    if not high < 0:
        text += " " + say("Chance alone could explain that.")
    if hidden:
        text += " " + count("{n} group is too small to show.", "{n} groups are too small to show.", hidden)
    return Finding(text, "plain", "estimated", (*ASKED, "segments"))
