"""Sentences of step 3: partners, contributions, agreements, audiences."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, for_each, listed, money, number, say, share
from planning.show.records import Finding

UNCOMPARED = ("only the library's side is recorded", "only the partner's side is recorded", "recorded for different years")


def kinds(kinds: pd.DataFrame) -> Finding | None:
    """Kinds of partner among which the library has none."""
    if kinds.empty:
        return None
    none = kinds[kinds["active"] == 0]
    if none.empty:
        return Finding(say("Active partners come from all {n} kinds.", n=len(kinds)), "good", "counted", ("partners",))
    if len(none) == len(kinds):
        return Finding(say("No partner is active today, so none of the {n} kinds of partner has one.", n=len(kinds)), "plain", "counted", ("partners",))
    text = count("Of the {all} kinds of partner, {n} has no active partner: {names}.", "Of the {all} kinds of partner, {n} have no active partner: {names}.",
                 len(none), all=len(kinds), names=listed(say(kind) for kind in none["kind"]))
    return Finding(text, "plain", "counted", ("partners",))


def fit(fit: pd.DataFrame) -> Finding | None:
    """The best fit among partners and among prospects."""
    if fit.empty:
        return None
    best = fit.drop_duplicates("status").set_index("status")
    active, prospect = ((best.loc[status, "partner_name"], _score(best.loc[status])) if status in best.index else ("", "") for status in ("active", "prospect"))
    if active[0] and prospect[0]:
        text = say("Among active partners, {one} fits best ({score}); among prospects, {other} ({second}).", one=active[0], score=active[1], other=prospect[0], second=prospect[1])
    elif active[0]:
        text = say("Among active partners, {one} fits best ({score}).", one=active[0], score=active[1])
    else:
        text = say("Among prospects, {one} fits best ({score}).", one=prospect[0], score=prospect[1])
    return Finding(text, "plain", "estimated", ("partners", "partner_goals", "partner_audiences"))


def rated(now: pd.DataFrame, then: pd.DataFrame, *, partner: str, name: str) -> Finding:
    """How well one partner fits with other ratings, its place, and how it was."""
    rests_on = ("partners", "partner_goals", "partner_audiences")
    before, after = (rows[rows["partner"] == partner] for rows in (now, then))
    if after.empty:
        return Finding(say("{name} is not scored: it has an ethics veto, or nothing of it is rated.", name=name), "plain", "counted", rests_on)
    place = list(then["partner"]).index(partner) + 1
    text = say("{name} fits with {score}, place {place} of {n}", name=name, score=_score(after.iloc[0]), place=place, n=len(then))
    if before.empty:
        return Finding(say("{text}; it was not scored before.", text=text), "plain", "estimated", rests_on)
    old = before.iloc[0]["score"]
    if abs(old - after.iloc[0]["score"]) < 0.005:
        return Finding(say("{text}, as before.", text=text), "plain", "estimated", rests_on)
    return Finding(say("{text}; before, {old} and place {was}.", text=text, old=number(old, 2), was=list(now["partner"]).index(partner) + 1), "plain", "estimated", rests_on)


def _score(row: pd.Series) -> str:
    parts = [say("{score} of 1", score=number(row["score"], 2))]
    if row["high"] - row["low"] >= 0.005:
        parts.append(say("from {low} to {high} once all is rated", low=number(row["low"], 2), high=number(row["high"], 2)))
    if row["ethics"] == "concern":
        parts.append(say("with an ethics concern"))
    return ", ".join(parts)


def ethics(flags: pd.DataFrame, partners: pd.DataFrame) -> Finding | None:
    """Partners ruled out by the library's values, and those that raise a concern."""
    if partners.empty:
        return None
    if flags.empty:
        return Finding(say("No active partner and no prospect raises an ethics concern."), "good", "counted", ("partners",))
    veto, concern = flags[flags["ethics"] == "veto"], flags[flags["ethics"] == "concern"]
    parts = []
    if len(veto):
        parts.append(count("{names} has an ethics veto and is not scored, whatever it offers.", "{names} have an ethics veto and are not scored, whatever they offer.",
                           len(veto), names=listed(veto["partner_name"], most=5)))
    still = veto[veto["status"] == "active"]
    if len(still):
        parts.append(count("{names} is an active partner all the same.", "{names} are active partners all the same.", len(still), names=listed(still["partner_name"], most=5)))
    if len(concern):
        parts.append(count("{names} raises an ethics concern that is to be talked about first.", "{names} raise an ethics concern that is to be talked about first.",
                           len(concern), names=listed(concern["partner_name"], most=5)))
    active = (flags["status"] == "active").any()
    return Finding(" ".join(parts), "bad" if active else "plain", "counted", ("partners",))


def influence(placed: pd.DataFrame) -> Finding | None:
    """Who has both power and interest, and who has power alone."""
    if placed.empty:
        return None
    close, quiet = (placed[placed["quadrant"] == words] for words in ("work closely", "keep satisfied"))
    parts = []
    if len(close):
        parts.append(count("{names} has much power and much interest: work closely with it.",
                           "{names} have much power and much interest: work closely with them.", len(close), names=listed(close["partner_name"], most=3)))
    if len(quiet):
        parts.append(count("{names} has much power and less interest: keep it satisfied.", "{names} have much power and less interest: keep them satisfied.", len(quiet), names=listed(quiet["partner_name"], most=3)))
    if not parts:
        parts.append(say("No active partner and no prospect has much power over the plan."))
    return Finding(" ".join(parts), "plain", "estimated", ("partners",))


def total(balance: pd.DataFrame) -> Finding | None:
    """What active partners and the library gave each other in sum."""
    active = balance[balance["status"] == "active"]
    known = active[~active["balance"].isin(UNCOMPARED)]
    ours, theirs = known["library_gives"].sum(), known["partner_gives"].sum()
    if known.empty or not ours > 0:
        return None
    where = "" if len(known) == len(active) else say(" where both sides are recorded")
    text = say("Over {years}, active partners gave {theirs} and the library {ours}{where}: {ratio} of the library's.", years=_years(known),
               theirs=money(theirs), ours=money(ours), where=where, ratio=for_each(theirs / ours))
    return Finding(text, "good" if theirs >= ours else "plain", "counted", ("contributions",))


def _years(balance: pd.DataFrame) -> str:
    first, last = int(balance["first_year"].min()), int(balance["last_year"].max())
    return say("fiscal year {first}", first=first) if first == last else say("fiscal years {first} to {last}", first=first, last=last)


def one_sided(balance: pd.DataFrame) -> Finding | None:
    """Active partnerships to which the library gives at least three times what it gets."""
    active = balance[balance["status"] == "active"]
    known = active[~active["balance"].isin(UNCOMPARED)]
    if balance.empty:
        return None
    if active.empty:
        return Finding(say("Nothing is recorded of what active partners and the library gave each other."), "unknown", "counted", ("contributions",))
    unknown = len(active) - len(known)
    more = "" if not unknown else " " + count("{n} cannot be compared, since one side or a year is not recorded.", "{n} cannot be compared, since one side or a year is not recorded.", unknown)
    if known.empty:
        return Finding(say("No active partnership can be compared: one side or a year is not recorded."), "unknown", "counted", ("contributions",))
    far = known[known["balance"] == "the library gives far more"]
    if far.empty:
        return Finding(say("In no active partnership does the library give three times what it gets, or more.") + more, "good", "counted", ("contributions",))
    names = listed([say("{name} ({ours} against {theirs})", name=row.partner_name, ours=money(row.library_gives), theirs=money(row.partner_gives))
                    for row in far.itertuples()], most=2)
    text = count("In {n} of {all} the library gives at least three times what it gets: {names}.", "In {n} of {all} the library gives at least three times what it gets: {names}.",
                 len(far), all=count("{n} active partnership", "{n} active partnerships", len(known)), names=names)
    return Finding(text + more, "bad", "counted", ("contributions", "partners"))


def due(register: pd.DataFrame) -> Finding | None:
    """Reviews of running agreements that are overdue, due soon or not set."""
    running = register[register["state"] == "running"]
    if running.empty:
        return None
    late, soon, undated = (running[running["attention"] == words] for words in ("overdue", "due soon", "no date"))
    parts = []
    if len(late):
        parts.append(count("{n} is overdue for review ({names})", "{n} are overdue for review ({names})", len(late), names=listed((say("“{name}”", name=name) for name in late["agreement_name"]), most=3)))
    if len(soon):
        parts.append(count("{n} falls due soon", "{n} fall due soon", len(soon)))
    if len(undated):
        parts.append(count("{n} has no review date", "{n} have no review date", len(undated)))
    every = count("{n} running agreement", "{n} running agreements", len(running))
    if not parts:
        return Finding(say("Of {agreements}, none is overdue for review or falls due soon.", agreements=every), "good", "counted", ("agreements",))
    return Finding(say("Of {agreements}, {parts}.", agreements=every, parts=listed(parts)), "bad" if len(late) or len(undated) else "plain", "counted", ("agreements",))


def complete(register: pd.DataFrame, lacking: pd.DataFrame) -> Finding | None:
    """Running agreements that lack a point, and which points are lacking most often."""
    running = register[register["state"] == "running"]
    if running.empty:
        return None
    every = count("{n} running agreement", "{n} running agreements", len(running))
    thin = int((~running["complete"].astype(bool)).sum())
    if not thin:
        return Finding(say("Of {agreements}, none lacks a point that is asked for.", agreements=every),
                       "good", "counted", ("agreements",))
    points = listed(say("{point} ({n})", point=say(row.point_name), n=row.lacking) for row in lacking[lacking["lacking"] > 0].head(2).itertuples())
    text = count("Of {agreements}, {n} lacks something that it should state, most often {points}.", "Of {agreements}, {n} lack something that they should state, most often {points}.",
                 thin, agreements=every, points=points)
    least = running[running["points"] == running["points"].min()]
    text += " " + count("“{name}” states least: {points} of {asked} points.", "{n} state least: {points} of {asked} points each, “{name}” among them.", len(least),
                        name=least["agreement_name"].iloc[0], points=number(least["points"].iloc[0]), asked=number(least["asked"].iloc[0]))
    return Finding(text, "bad", "counted", ("agreements", "agreement_tasks"))


def without(alone: pd.DataFrame, register: pd.DataFrame) -> Finding | None:
    """Active partners with no running agreement."""
    if register.empty:
        return None
    if alone.empty:
        return Finding(say("Every active partner has a running agreement."), "good", "counted", ("partners", "agreements"))
    text = count("{n} active partner has no running agreement: {names}.", "{n} active partners have no running agreement: {names}.",
                 len(alone), names=listed(alone["partner_name"], most=3))
    return Finding(text, "bad", "counted", ("partners", "agreements"))


def working(working: pd.DataFrame) -> Finding | None:
    """How the KPIs that running agreements name are doing."""
    if working.empty:
        return None
    groups = {("on target", "near"): ("{n} has a KPI that is on its way to the target or near it", "{n} have a KPI that is on its way to the target or near it"),
              ("behind",): ("{n} has one that is behind", "{n} have one that is behind"),
              ("stale", "no data"): ("{n} has one without a recent value", "{n} have one without a recent value"),
              ("no target",): ("{n} has one without a target", "{n} have one without a target"),
              ("no KPI named",): ("{n} names no KPI", "{n} name no KPI")}
    found = {words: int(working["status"].isin(words).sum()) for words in groups}
    parts = [count(*groups[words], n) for words, n in found.items() if n]
    text = count("{n} agreement runs: {parts}.", "{n} agreements run: {parts}.", len(working), parts=listed(parts))
    well = found["on target", "near"]
    tone = "good" if well == len(working) else "bad" if 2 * well < len(working) else "plain"
    return Finding(text, tone, "associated", ("agreements", "kpis", "kpi_values"))


def gaps(gaps: pd.DataFrame, coverage: pd.DataFrame) -> Finding | None:
    """Audiences that no active partner reaches, and the prospect that could."""
    if coverage.empty:
        return None
    tables = ("audiences", "partner_audiences", "partners")
    every = count("{n} audience", "{n} audiences", len(coverage))
    gaps = gaps[~gaps["reached"].astype(bool)]
    if gaps.empty:
        return Finding(say("Of {audiences}, none is without an active partner that reaches it.", audiences=every), "good", "counted", tables)
    would = gaps["would_reach"].astype(bool)
    could, nobody = gaps[would], gaps[~would]
    if len(gaps) == len(coverage) and could.empty:
        return Finding(say("Of {audiences}, none is reached by an active partner, and no prospect reaches enough of any.", audiences=every), "bad", "estimated", tables)
    text = count("Of {audiences}, {n} is reached by no active partner: {names}.", "Of {audiences}, {n} are reached by no active partner: {names}.",
                 len(gaps), audiences=every, names=listed(gaps["audience_name"], most=4))
    if len(could):
        first = could.iloc[0]
        audience = say("this audience") if len(gaps) == 1 else first["audience_name"]
        text += " " + say("{partner}, {what}, could reach {reach} of {audience}.", partner=first["prospect"], reach=share(first["reach"]), audience=audience,
                          what=say("a prospect with an ethics concern") if first["concern"] else say("a prospect"))
    if len(nobody):
        text += " " + (say("No prospect reaches enough of it.") if len(gaps) == 1 else say("No prospect reaches enough of any of them.") if could.empty else say("No prospect reaches enough of {names}.", names=listed(nobody["audience_name"], most=4)))
    return Finding(text, "bad", "estimated", tables)


def inclusion(coverage: pd.DataFrame) -> Finding | None:
    """Whether active partners reach the inclusion groups."""
    groups = coverage[coverage["inclusion"].astype(bool)]
    if groups.empty:
        return None
    missed = groups[~groups["reached"].astype(bool)]
    every = count("{n} inclusion group", "{n} inclusion groups", len(groups))
    if missed.empty:
        weak = groups.sort_values("combined", kind="stable").iloc[0]
        text = say("Of {groups}, active partners reach each; least of all {name}, with {share}.", groups=every, name=weak["audience_name"], share=share(weak["combined"]))
        return Finding(text, "good", "estimated", ("audiences", "partner_audiences"))
    text = count("Of {groups}, {n} is reached by no active partner: {names}.", "Of {groups}, {n} are reached by no active partner: {names}.",
                 len(missed), groups=every, names=listed(missed["audience_name"], most=4))
    return Finding(text, "bad", "counted", ("audiences", "partner_audiences"))


def smallest(chosen: pd.DataFrame) -> Finding | None:
    """How few partners would reach all that anyone reaches."""
    if chosen.empty:
        return None
    covered, every = int(chosen["covered"].max()), int(chosen["of"].iloc[0])
    which = count("the one audience", "all {n} audiences", every) if covered == every else say("{n} of {all} audiences", n=covered, all=every)
    text = count("{n} partner would be enough to reach {which}", "{n} partners would be enough to reach {which}", len(chosen), which=which)
    new = chosen[chosen["status"] == "prospect"]
    if len(new) == len(chosen):
        text += count("; it is a prospect", "; all of them are prospects", len(new))
    elif len(new):
        text += count("; {names} among them is a prospect", "; {names} among them are prospects", len(new), names=listed(new["partner_name"], most=5))
    text += "." if covered == every else "; " + say("nobody in the plan reaches enough of the rest.")
    return Finding(text, "plain", "estimated", ("audiences", "partner_audiences", "partners"))


def courses(courses: pd.DataFrame) -> Finding | None:
    """What the figures suggest to leave, to talk about first, to start and to grow, and what is not recorded."""
    if courses.empty:
        return None
    words = {"leave": ("to leave {n} ({name})", "to leave {n} (first {name})"), "talk first": ("to talk first with {n} ({name})", "to talk first with {n} (most of all {name})"),
             "start": ("to start with {n} ({name})", "to start with {n} (first {name})"), "grow": ("to grow {n}", "to grow {n}")}
    named = {course: courses.loc[courses["course"] == course, "partner_name"] for course in words}
    parts = [count(*words[course], len(names), name=names.iloc[0]) for course, names in named.items() if len(names)]
    active = courses[courses["status"] == "active"]
    if not parts:
        text = say("The figures give no reason to start, grow, leave or talk over any partnership now.")
    else:
        every = [count("{n} active partner", "{n} active partners", len(active))] if len(active) else []
        every += [count("{n} prospect", "{n} prospects", len(courses) - len(active))] if len(courses) > len(active) else []
        text = say("Of {partners}, the figures suggest {parts}.", partners=listed(every), parts=listed(parts))
    gaps = pd.Series([word for text in active["missing"] for word in text.split("; ") if word], dtype="str").value_counts()
    thin = int((active["missing"] != "").sum())
    if thin:
        text += " " + count("For {n} active partner something is not recorded, or not lately: {what}.", "For {n} active partners something is not recorded, or not lately, most often {what}.",
                            thin, what=say(gaps.index[0]))
    act = len(named["leave"]) or len(named["talk first"])
    return Finding(text, "bad" if act else "plain", "estimated", ("partners", "contributions", "partner_audiences", "partner_reviews"))


def joined(name: str, moved: pd.DataFrame, after: pd.DataFrame) -> Finding:
    """What coverage would be with one more partner."""
    new, left = moved[moved["newly"]], after[~after["reached"].astype(bool)]
    parts = [count("one more audience would be reached ({names})", "{n} more audiences would be reached ({names})", len(new), names=listed(new["audience_name"]))
             if len(new) else say("no further audience would be reached")]
    rest = len(moved) - len(new)
    if rest:
        parts.append(count("the reach of {n} other would grow", "the reach of {n} others would grow", rest))
    text = say("With {name} as a partner, {parts}.", name=name, parts=say(", and ").join(parts))
    text += " " + (say("Nobody active would then reach {names}.", names=listed(left["audience_name"], most=4)) if len(left) else say("Every audience would then be reached."))
    return Finding(text, "good" if len(new) else "plain", "estimated", ("audiences", "partner_audiences"))
