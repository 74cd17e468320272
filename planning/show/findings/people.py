"""Sentences of step 6 about people: workload, open posts, competencies, training that was held, learning, service standards."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, listed, money, number, period, quoted, say, share
from planning.show.records import Finding

NAMED = 3


def load(load: pd.DataFrame, total: pd.DataFrame) -> Finding | None:
    """Roles that are asked for more hours than they have, beside those with room."""
    if load.empty:
        return None
    tables = ("roles", "role_services", "initiatives", "initiative_hours")
    if total.empty:
        return Finding(say("What services ask of the roles is not known for any role."), "unknown", "estimated", tables)
    over, room, known = load[load["state"] == "over"], load[load["state"] == "room"], total.iloc[0]
    spare = count("{n} role has room, {hours} hours a year", "{n} roles have room, {hours} hours a year together", len(room), hours=number(room["room"].sum(), 0)) if len(room) else ""
    if over.empty:
        text = count("The role whose hours are known is not asked for clearly more than it has", "None of {n} roles whose hours are known is asked for clearly more than it has", int(known["roles"]))
        return Finding(say("{text}; {room}.", text=text, room=spare) if spare else say("{text}.", text=text), "good", "estimated", tables)
    told = listed((say("{role} {share} (range {low} to {high})", role=row.role_name, share=share(row.share), low=share(row.low), high=share(row.high)) for row in over.itertuples()), most=NAMED)
    text = count("{n} of {all} roles is asked for more hours than it has: {told}.", "{n} of {all} roles are asked for more hours than they have: {told}.", len(over), all=number(known["roles"]), told=told)
    text += " " + say("That is {hours} hours too many a year.", hours=number(over["over"].sum(), 0))
    return Finding(text + (" " + say("Meanwhile {room}.", room=spare) if spare else ""), "bad", "estimated", tables)


def unknown_load(load: pd.DataFrame, unsplit: pd.DataFrame) -> Finding | None:
    """Roles and initiatives whose hours are not known, so that no workload can be told."""
    none = load[load["state"] == "not known"] if len(load) else load
    parts = []
    if len(none):
        parts.append(count("What services ask of {n} role is not known ({names}); it is left open and not taken for free time.", "What services ask of {n} roles is not known ({names}); it is left open and not taken for free time.",
                           len(none), names=listed(none["role_name"], most=NAMED)))
    if len(load) and len(unsplit):
        hours = unsplit["open"].sum()
        parts.append(count("Of {n} started initiative {hours} hours are given to no role, and burden nobody here.", "Of {n} started initiatives {hours} hours are given to no role, and burden nobody here.",
                           len(unsplit), hours=number(hours, 0)))
    return Finding(" ".join(parts), "unknown", "counted", ("role_services", "initiative_hours")) if parts else None


def relief(relief: pd.DataFrame) -> Finding | None:
    """What would have to wait so that the fullest roles fit again."""
    if relief.empty:
        return None
    waits, stuck = relief[relief["names"] != ""], relief[relief["left"] > 0]
    parts = [say("For the {role} to fit again, {names} would have to wait.", role=row.role_name, names=quoted(row.names.split("; "), most=2)) for row in waits.head(NAMED).itertuples()]
    if len(stuck):
        parts.append(count("For the {names} no initiative that could wait is enough: services and must-dos alone ask {hours} hours too many, so a service or a post has to change.",
                           "For {names} no initiative that could wait is enough: services and must-dos alone ask {hours} hours too many together, so services or posts have to change.",
                           len(stuck), names=listed(stuck["role_name"], most=NAMED), hours=number(stuck["left"].sum(), 0)))
    return Finding(" ".join(parts), "bad", "estimated", ("role_services", "initiative_hours", "roles"))


def promised(load: pd.DataFrame) -> Finding | None:
    """Roles that promise more hours to initiatives than their services leave them."""
    known = load.dropna(subset=["free_hours", "services"]) if len(load) else load
    if known.empty:
        return None
    known = known.assign(left=(known["hours"] - known["services"]).clip(lower=0))
    more = known[known["free_hours"] > known["left"]]
    if more.empty:
        return Finding(say("Every role has the hours that it promises to initiatives, as far as its services are known."), "good", "estimated", ("roles", "role_services"))
    worst = more.assign(lacking=more["free_hours"] - more["left"]).sort_values(["lacking", "role"], ascending=[False, True]).iloc[0]
    text = count("{n} of {all} roles promises more hours to initiatives than its services leave it", "{n} of {all} roles promise more hours to initiatives than their services leave them", len(more), all=len(known))
    example = say("{role}, with {free} hours promised and {left} left", role=worst["role_name"], free=number(worst["free_hours"]), left=number(worst["left"]) if worst["left"] else say("none"))
    return Finding(say("{text}: {example}. Step 2 chooses by what is promised.", text=text, example=example) if len(more) == 1 else
                   say("{text}; most of all, {example}. Step 2 chooses by what is promised.", text=text, example=example), "bad", "estimated", ("roles", "role_services"))


def posts(posts: pd.DataFrame) -> Finding | None:
    """Open posts: how many, how long, which are frozen or late."""
    if posts.empty:
        return None
    now, coming = posts[posts["state"] != "coming"], posts[posts["state"] == "coming"]
    soon = count("{n} more post will come open.", "{n} more posts will come open.", len(coming)) if len(coming) else ""
    if now.empty:
        return Finding(say("No post is open today. {soon}", soon=soon), "plain", "counted", ("vacancies",))
    longest = now.iloc[0]
    text = count("{n} post is open, {fte} FTE or {hours} hours a year", "{n} posts are open, {fte} FTE or {hours} hours a year together", len(now), fte=number(now["fte"].sum()), hours=number(now["hours_year"].sum(), 0))
    months = count("{n} month", "{n} months", round(longest["months"]))
    text += "; " + (say("{role} for {months}", role=longest["role_name"], months=months) if len(now) == 1 else say("the one open longest is {role}, for {months}", role=longest["role_name"], months=months))
    text += say(", and frozen.") if longest["state"] == "frozen" else "."
    late = now[now["state"] == "late"]
    if len(late):
        text += " " + count("For {names} the day on which it was to be filled has passed.", "For {names} the days on which they were to be filled have passed.", len(late), names=listed(late["role_name"], most=NAMED))
    return Finding(" ".join([text, soon]).strip(), "bad" if len(late) or (now["state"] == "frozen").any() else "plain", "counted", ("vacancies", "roles"))


def waiting(posts: pd.DataFrame) -> Finding | None:
    """Started initiatives that wait for open posts."""
    now = posts[posts["state"] != "coming"] if len(posts) else posts
    if now.empty:
        return None
    held = now[now["initiatives"] > 0]
    if held.empty:
        return Finding(say("No initiative that was chosen or is running waits for an open post."), "good", "counted", ("vacancies", "initiative_hours"))
    told = [say("{role}{frozen}: {names}.", names=quoted(row.waiting.split("; "), most=2), role=row.role_name, frozen=say(" (frozen)") if row.state == "frozen" else "") for row in held.head(NAMED).itertuples()]
    more = [count("So does {n} more.", "So do {n} more.", len(held) - NAMED)] if len(held) > NAMED else []
    return Finding(" ".join([count("Chosen or running initiatives lean on {n} open post.", "Chosen or running initiatives lean on {n} open posts.", len(held)), *told, *more]), "bad" if (held["state"] == "frozen").any() else "plain", "counted", ("vacancies", "initiative_hours", "initiatives"))


def competencies(rows: pd.DataFrame) -> Finding | None:
    """Competencies of the suite's list that no skill of the plan covers, and those that are thin."""
    if rows.empty:
        return None
    none, thin, missing = (rows[rows["state"] == state] for state in ("not covered", "thin", "missing"))
    if len(none):
        text = count("{n} of {all} competencies that library directors are asked for is covered by no skill of this plan: {names}.",
                     "{n} of {all} competencies that library directors are asked for are covered by no skill of this plan: {names}.", len(none), all=len(rows), names=quoted(map(say, none["competency_name"]), most=NAMED))
    else:
        text = say("Each of the {all} competencies that library directors are asked for is covered by a skill of this plan.", all=len(rows))
    if len(missing):
        text += " " + say("In {names} nobody has the needed level.", names=quoted(map(say, missing["competency_name"]), most=NAMED))
    if len(thin):
        text += " " + say("In {names} a skill is held by one person or by nobody.", names=quoted(map(say, thin["competency_name"]), most=NAMED))
    return Finding(text, "bad" if len(none) or len(missing) else "plain" if len(thin) else "good", "told", ("skills", "role_skills"))


def evaluation(reach: pd.DataFrame, evaluated: pd.DataFrame) -> Finding | None:
    """How far the evidence of trainings goes, and which changed nothing at work."""
    if reach.empty:
        return None
    full, only = int((reach["measured"] == 4).sum()), reach[reach["highest"] == "reaction"]
    text = count("Of {n} training that was measured, {full} on all four levels", "Of {n} trainings that were measured, {full} on all four levels", len(reach), full=say("one") if full == 1 else number(full) if full else say("none"))
    text += count("; for {n} only whether it was liked is known.", "; for {n} only whether they were liked is known.", len(only)) if len(only) else "."
    for state, words in (("changed nothing at work", "“{name}” changed little at work: done there by {good} of {n} people ({share}, range {low} to {high}){liked}."),
                         ("proven to results", "“{name}” is done at work by {good} of {n} people ({share}, range {low} to {high}) and shows in what patrons notice.")):
        for row in reach[reach["state"] == state].head(2).itertuples():
            found = evaluated[(evaluated["training"] == row.training) & (evaluated["level"] == "behaviour")].iloc[0]
            liked = say(", though {share} liked it", share=share(row.liked)) if row.liked >= 0.8 else ""
            text += " " + say(words, name=row.training_name, good=number(round(found["share"] * found["people"])) if found["share"] > 0 else say("none"), n=number(found["people"]), share=share(found["share"]), low=share(found["low"]), high=share(found["high"]), liked=liked)
    return Finding(text, "bad" if (reach["state"] == "changed nothing at work").any() else "good" if full == len(reach) else "plain", "counted", ("training_results", "trainings"))


def unevaluated(none: pd.DataFrame, reach: pd.DataFrame) -> Finding | None:
    """Trainings of the list of which nothing was measured."""
    if reach.empty or none.empty:
        return None
    return Finding(count("Of {n} other training on the list nothing was measured; it may not have been held.", "Of {n} other trainings on the list nothing was measured; some may not have been held.", len(none)),
                   "unknown", "counted", ("trainings", "training_results"))


def kept_back(sources: pd.DataFrame, yearly: pd.DataFrame) -> Finding | None:
    """What was learnt and never passed on, and what of the last year was."""
    if sources.empty:
        return None
    tables = ("learning_sources", "learning_log")
    if not sources["visits"].sum():
        return Finding(count("{n} source of learning is listed, and the log says nothing of what came back.", "{n} sources of learning are listed, and the log says nothing of what came back.", len(sources)), "unknown", "counted", tables)
    parts, kept = [], sources[sources["state"] == "kept to themselves"]
    if len(kept):
        one = kept.iloc[0]
        cost = "" if absent(one["cost"]) else say(", at {money} a year", money=money(one["cost"]))
        times = count("in {n} year", "in {n} years", int(one["years"]))
        parts.append(count("“{name}” was visited {times}{cost}; {n} lesson was written down and never passed on.", "“{name}” was visited {times}{cost}; {n} lessons were written down and none was passed on.",
                           int(one["learnt"]), name=one["source_name"], times=times, cost=cost))
    if len(yearly) and yearly["entries"].iloc[0]:
        last = yearly.iloc[0]
        parts.append(count("Of {n} entry in the past year, {passed} was passed on and {used} used in an initiative.", "Of {n} entries in the past year, {passed} were passed on and {used} used in an initiative.",
                           int(last["entries"]), passed=number(last["passed_on"]), used=number(last["used"])))
    return Finding(" ".join(parts), "bad" if len(kept) else "good", "counted", tables) if parts else None


def unlearnt(uncovered: pd.DataFrame) -> Finding | None:
    """Thin skills and goals for which no source of learning is listed."""
    if uncovered.empty:
        return None
    skills, goals = (uncovered[uncovered["kind"] == kind] for kind in ("skill", "goal"))
    bare, parts = skills[~skills["training"].astype(bool)], []
    if len(skills):
        parts.append(count("{n} skill that nobody or one person has is without a source of learning: {names}.", "{n} skills that nobody or one person has are without a source of learning: {names}.",
                           len(skills), names=quoted(skills["name"], most=NAMED)))
    if len(bare):
        parts.append(say("No training is offered either for {names}.", names=quoted(bare["name"], most=NAMED)))
    if len(goals):
        parts.append(count("No source is named for the goal {names}.", "No source is named for the goals {names}.", len(goals), names=quoted(goals["name"], most=NAMED)))
    return Finding(" ".join(parts), "bad" if len(skills) else "plain", "counted", ("learning_sources", "skills", "goals"))


def standards(rows: pd.DataFrame) -> Finding | None:
    """Standards kept and missed over the last year, public promises first."""
    if rows.empty:
        return None
    broken = rows[rows["public"] & rows["state"].isin(["missed", "partly kept"])]
    n = rows["state"].value_counts()
    words = {"stale": "measured too long ago"}
    parts = [say("{n} {state}", n=n[state], state=say(words.get(state, state))) for state in ("kept", "partly kept", "missed", "stale", "not measured") if n.get(state)]
    text = count("Of {n} service standard over the last year: {parts}.", "Of {n} service standards over the last year: {parts}.", len(rows), parts=listed(parts))
    if len(broken):
        one = broken.iloc[0]
        kept = number(one["kept"]) if one["kept"] else say("none")
        text = say("“{name}” is promised publicly and was kept in {kept} of {n} periods.", name=one["name"], kept=kept, n=number(one["n"])) + " " + text
    good = rows["state"].eq("kept").all()
    return Finding(text, "bad" if len(broken) or n.get("missed") else "good" if good else "plain", "counted", ("standards", "kpi_values"))


def unmeasured(rows: pd.DataFrame, without: pd.DataFrame) -> Finding | None:
    """Standards that nobody measures, stale ones, and services without any."""
    if rows.empty:
        return None
    none, stale = rows[rows["state"] == "not measured"], rows[rows["state"] == "stale"]
    parts = []
    if len(none):
        parts.append(count("{n} standard is not measured: {names}.", "{n} standards are not measured: {names}.", len(none), names=quoted(none["name"], most=2)))
        public = int(none["public"].sum())
        parts += [say("It is promised publicly.") if len(none) == 1 else count("{n} of them is promised publicly.", "{n} of them are promised publicly.", public)] if public else []
    parts += [say("“{name}” was last measured in {period}.", name=row.name, period=period(row.period)) for row in stale[["name", "period"]].head(2).itertuples(index=False)]
    if len(without):
        parts.append(count("{n} running service has no standard", "{n} running services have no standard", len(without)) + _essential(without))
    return Finding(" ".join(parts), "unknown", "counted", ("standards", "services")) if parts else None


def _essential(without: pd.DataFrame) -> str:
    named = without.loc[without["essential"].fillna(False).astype(bool), "service_name"]
    return count(", among them {n} essential one: {names}.", ", among them {n} essential ones: {names}.", len(named), names=listed(named, most=NAMED)) if len(named) else "."
