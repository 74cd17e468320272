"""Sentences of step 1: goals, alignment, needs, ratings."""

from __future__ import annotations

import pandas as pd

from planning.analysis import ratings as rated
from planning.show.language import count, inside, listed, number, quoted, say, share, signed
from planning.show.records import Finding


def in_brief(*found: Finding | None) -> list[Finding]:
    """The findings of the page, those that call for a decision first; the sixth place is kept for good news where there is any."""
    known = [one for one in found if one]
    good = [one for one in known if one.tone == "good"]
    rest = [one for one in known if one.tone == "bad"] + [one for one in known if one.tone not in ("good", "bad")]
    return [*rest[:5], *good[:1], *rest[5:], *good[1:]]


def coverage(coverage: pd.DataFrame) -> Finding | None:
    """Whether every goal is carried by at least one service."""
    if coverage.empty:
        return None
    left = coverage[~coverage["served"]]
    if left.empty:
        text = count("The one goal in force has at least one service that clearly supports it.",
                     "Each of the {n} goals has at least one service that clearly supports it.", len(coverage))
        return Finding(text, "good", "counted", ("goals", "services", "alignment"))
    text = say("{goals}, with {share} of the weight, {has} no service that clearly supports {it}.",
               goals=quoted(left["goal_name"]), share=share(left["weight"].sum()),
               has=say("has") if len(left) == 1 else say("have"), it=say("it") if len(left) == 1 else say("them"))
    return Finding(text, "bad", "counted", ("goals", "services", "alignment"))


def goalless(contribution: pd.DataFrame) -> Finding | None:
    """Which services support no goal."""
    if contribution.empty:
        return None
    alone = contribution[contribution["goalless"]]
    if alone.empty:
        return Finding(say("Every service supports at least one goal."), "good", "counted", ("services", "alignment"))
    text = count("{names} supports none of the goals in force.", "{names} support none of the goals in force.",
                 len(alone), names=listed(alone["service_name"], most=3))
    return Finding(text, "bad", "counted", ("services", "alignment"))


def added(contribution: pd.DataFrame) -> Finding | None:
    """Which service adds most that no other does, and how many add nothing of their own."""
    if contribution.empty:
        return None
    rests, alike = ("goals", "services", "alignment"), int((contribution["added"] <= 0).sum())
    first = contribution.sort_values(["added", "service"], ascending=[False, True]).iloc[0]
    if first["added"] <= 0:
        return Finding(say("No service adds support that another does not give as well: any one of them could go without a goal losing its best "
                           "service."), "plain", "counted", rests)
    points = 100 * first["added"]
    text = say("{service} adds most that no other service does: without it, the best support of the weighted goals would fall by {points} percentage points.",
               service=first["service_name"], points=number(points, 0 if points >= 1.5 else 1))
    if alike:
        text += " " + count("{n} service of {all} adds nothing that another does not give as well.",
                            "{n} services of {all} add nothing that another does not give as well.",
                            alike, all=len(contribution))
    return Finding(text, "plain", "counted", rests)


def most_support(contribution: pd.DataFrame, *, goal: str, weight: float) -> Finding | None:
    """Which services give most to the goals once one goal has been given another weight."""
    if contribution.empty:
        return None
    top = listed(say("{service} ({value})", service=row.service_name, value=share(row.value)) for row in contribution.head(2).itertuples())
    text = say("With {goal} at {weight} of the weight, most weighted support comes from {services}.", goal=quoted([goal]), weight=share(weight), services=top)
    return Finding(text, "plain", "counted", ("goals", "services", "alignment"))


def unmet(needs: pd.DataFrame) -> Finding | None:
    """The need that is greatest and least met."""
    if needs.empty:
        return None
    first = needs.iloc[0]
    if first["score"] <= 0:
        return Finding(say("Every need on record is met for all who have it."), "good", "estimated", ("needs", "segments"))
    who = "" if pd.isna(first["segment_name"]) else say(", among {segment}", segment=inside(first["segment_name"]))
    text = say("The greatest unmet need is {need}{who}: {reach} have it, and it is met for {met} of them.",
               need=quoted([first["name"]]), who=who, reach=share(first["reach"]), met=share(first["met"]))
    return Finding(text, "bad", "estimated", ("needs", "segments"))


def unasked(segments: pd.DataFrame) -> Finding | None:
    """Which groups of patrons have no need on record."""
    if segments.empty:
        return None
    silent = segments[segments["needs"] == 0]
    if silent.empty:
        return Finding(count("The one group of patrons has a need on record.", "Each of the {n} groups of patrons has at least one need on record.",
                             len(segments)), "good", "counted", ("segments", "needs"))
    text = count("{n} group of {all} has no need on record, and perhaps nobody asked: {names}.",
                 "{n} groups of {all} have no need on record, and perhaps nobody asked: {names}.",
                 len(silent), all=len(segments), names=listed(silent["segment_name"], most=3))
    return Finding(text, "unknown", "counted", ("segments", "needs"))


def reached(segments: pd.DataFrame) -> Finding | None:
    """Which group of patrons uses the library least, which most, and what the first misses."""
    known = segments.dropna(subset=["active_share"]) if len(segments) else segments
    if len(known) < 2:
        return None
    order = known.sort_values(["active_share", "segment"])
    low, high = order.iloc[0], order.iloc[-1]
    text = say("Least reached are {low}: {share} of them used the library in the past year, against {most} of {high}.",
               low=inside(low["segment_name"]), share=share(low["active_share"]), most=share(high["active_share"]), high=inside(high["segment_name"]))
    if not pd.isna(low["greatest"]):
        text += " " + say("What they miss most: {need}.", need=quoted([low["greatest"]]))
    often_missed = not pd.isna(low["inclusion"]) and bool(low["inclusion"])
    return Finding(text, "bad" if often_missed else "plain", "counted", ("segments", "needs"))


def nobodys(unmet: pd.DataFrame) -> Finding | None:
    """How many needs belong to no group of patrons, so that nobody can say how many people have them."""
    alone = unmet[unmet["segment_name"].isna()] if len(unmet) else unmet
    if alone.empty:
        return None
    text = count("{n} need stands with no group of patrons, so nobody can say how many people have it: {names}. Name its group in needs.csv.",
                 "{n} needs stand with no group of patrons, so nobody can say how many people have them: {names}. Name their groups in needs.csv.",
                 len(alone), names=quoted(alone["name"], most=3))
    return Finding(text, "unknown", "counted", ("needs", "segments"))


def one_source(needs: pd.DataFrame) -> Finding | None:
    """How many needs rest on a single kind of source."""
    if needs.empty:
        return None
    thin = needs[needs["sources"] <= 1]
    if thin.empty:
        return Finding(say("Every need shows in at least two kinds of source."), "good", "counted", ("needs", "need_evidence"))
    text = count("{n} need of {all} rests on one kind of source or none: {names}.", "{n} needs of {all} rest on one kind of source or none: {names}.",
                 len(thin), all=len(needs), names=quoted(thin["name"], most=3))
    return Finding(text, "plain", "counted", ("needs", "need_evidence"))


def gaps(gaps: pd.DataFrame, *, of: str = "relevance", between: tuple[str, str] = ("patrons", "leadership")) -> Finding | None:
    """Where two groups clearly differ; `of` is what was rated, relevance or quality."""
    known = gaps[~gaps["hidden"].astype(bool)] if len(gaps) else gaps
    if known.empty:
        return None
    one, other = (say(group) for group in between)
    if known["low"].isna().all():
        text = say("Within each side the ratings of {what} are all alike, or one person's, so no range can be given: chance cannot be told from "
                   "difference. Ask more people, or for points to share out.", what=say(of))
        return Finding(text, "unknown", "estimated", ("ratings",))
    clear = known[known["clear"]]
    if clear.empty:
        text = say("{one} and {other} differ on the {what} of no service by more than chance could explain.", one=one[:1].upper() + one[1:],
                   other=other, what=say(of))
        return Finding(text, "good", "estimated", ("ratings",))
    first = clear.iloc[0]
    high, low = (one, other) if first["difference"] > 0 else (other, one)
    text = say("{one} and {other} clearly differ on the {what} of {n} of {all} services, most on {service}: {high} put it {points} points above "
               "{low} (between {least} and {most}).",
               one=one[:1].upper() + one[1:], other=other, what=say(of), n=len(clear), all=len(known), service=first["service_name"], high=high, low=low,
               points=number(abs(first["difference"]), 1), least=number(min(abs(first["low"]), abs(first["high"])), 1),
               most=number(max(abs(first["low"]), abs(first["high"])), 1))
    return Finding(text, "bad", "estimated", ("ratings",))


def same_order(gaps: pd.DataFrame, *, of: str = "relevance", between: tuple[str, str] = ("patrons", "leadership")) -> Finding | None:
    """How far two groups put services in the same order of relevance or of quality."""
    if len(gaps) < 3:
        return None
    tau = rated.rank_agreement(gaps, between=between)
    if pd.isna(tau):
        return None
    words = say("largely agree") if tau >= 0.6 else say("partly agree") if tau >= 0.3 else say("hardly agree") if tau > -0.3 else say("disagree")
    text = say("On the order of services by {what}, {one} and {other} {words} (rank agreement {tau}, where 1 is the same order).",
               what=say(of), one=say(between[0]), other=say(between[1]), words=words, tau=signed(tau, 2))
    return Finding(text, "good" if tau >= 0.6 else "plain", "estimated", ("ratings",))


SURE = 0.8
"""A placing that holds in fewer redrawn surveys than this is called a close call."""


def concentrate(placed: pd.DataFrame) -> Finding | None:
    """Services that matter much and do less well."""
    if placed.empty:
        return None
    if len(placed[["relevance", "quality"]].round(9).drop_duplicates()) == 1:
        text = count("Ratings of one service only leave nothing to set it beside: ask patrons about more services.",
                     "Patrons rate all {n} services alike, so none stands out: ask for points to share out, or for an order.", len(placed))
        return Finding(text, "unknown", "estimated", ("ratings",))
    if placed["sure"].isna().all():
        return Finding(say("Each service was rated by one patron only, so nobody can say whether its place would hold. Ask more patrons before "
                           "acting on it."), "unknown", "estimated", ("ratings",))
    here = placed[placed["quadrant"] == "concentrate here"]
    if here.empty:
        return Finding(say("No service that matters more than most to patrons is rated below most."), "good", "estimated", ("ratings",))
    least = here.sort_values("sure", kind="stable").iloc[0]
    text = say("Concentrate on {names}: patrons find {them} more relevant than most services and rate the quality below most.",
               names=listed(here["service_name"], most=3), them=say("it") if len(here) == 1 else say("them"))
    if least["sure"] < SURE:
        text += " " + say("{name} is a close call: it stays there in {sure} of redrawn surveys.", name=least["service_name"], sure=share(least["sure"]))
    return Finding(text, "bad", "estimated", ("ratings",))


CERTAIN = 0.95


def above(placed: pd.DataFrame) -> Finding | None:
    """Which services patrons find more relevant than good, whatever the other services do."""
    if placed.empty or placed["above"].isna().all() or (placed["gap"] == 0).all():
        return None
    over = placed[placed["above"] >= CERTAIN].sort_values("gap", ascending=False, kind="stable")
    if over.empty:
        return Finding(say("No service is clearly more relevant to patrons than it is good."), "good", "estimated", ("ratings",))
    text = count("{n} service of {all} lies clearly above the diagonal, more relevant to patrons than it is good: {names}.",
                 "{n} services of {all} lie clearly above the diagonal, more relevant to patrons than they are good: {names}.",
                 len(over), all=len(placed), names=listed(over["service_name"], most=3))
    return Finding(text, "bad", "estimated", ("ratings",))


def breadth(pairs: pd.DataFrame) -> Finding | None:
    """How many services support each goal, at most and at least."""
    if pairs.empty:
        return None
    clear = pairs.assign(clear=pairs["strength"] >= 0.5).groupby("goal_name", sort=False)["clear"].sum()
    if clear.min() == clear.max():
        each = count("{n} service", "{n} services", int(clear.max())) if clear.max() else say("no service")
        text = (say("{goal} is clearly supported by {n}.", goal=quoted([clear.index[0]]), n=each) if len(clear) == 1
                else say("Each goal in force is clearly supported by {n}.", n=each) if clear.max()
                else say("No goal in force is clearly supported by a service."))
        return Finding(text, "plain", "counted", ("goals", "services", "alignment"))
    text = say("{most} is clearly supported by {high}, {least} by {low}.",
               most=quoted([clear.idxmax()]), high=count("{n} service", "{n} services", int(clear.max())), least=quoted([clear.idxmin()]),
               low=count("{n} service", "{n} services", int(clear.min())) if clear.min() else say("none"))
    return Finding(text, "plain", "counted", ("goals", "services", "alignment"))
