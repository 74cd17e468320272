"""Sentences about agreements with partners: what they state, who does what, what is shared and who is sent where."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, for_each, listed, money, number, quoted, say, share
from planning.show.records import Finding

NAMED = 3


def unasked(register: pd.DataFrame) -> Finding | None:
    """Points that no agreement of the plan states, so that none is said to lack them."""
    if register.empty or not register["not_asked"].iloc[0]:
        return None
    points = register["not_asked"].iloc[0].split("; ")
    text = count("One point is not asked for yet, since no agreement states it: {names}.", "{n} points are not asked for yet, since no agreement states them: {names}.",
                 len(points), names=listed(say(point) for point in points))
    return Finding(text, "unknown", "counted", ("agreements",))


def answered(matrix: pd.DataFrame) -> Finding | None:
    """Tasks under agreements for which nobody in the library answers."""
    if matrix.empty:
        return None
    every = count("{n} task under agreements", "{n} tasks under agreements", len(matrix))
    none = matrix[matrix["gap"] != ""]
    if none.empty:
        return Finding(say("Of {tasks}, each has one role in the library that answers for it.", tasks=every), "good", "counted", ("agreement_tasks",))
    text = count("Of {tasks}, {n} has nobody in the library who answers for it: {names}.", "Of {tasks}, {n} have nobody in the library who answers for them: {names}.",
                 len(none), tasks=every, names=quoted(none["task_name"], most=2))
    theirs = int((none["done_by"] == "partner").sum())
    if theirs:
        text += " " + (say("The partner does all of the work.") if len(none) == 1 else count("In {n} of them the partner does all of the work.", "In {n} of them the partner does all of the work.", theirs))
    return Finding(text, "bad", "counted", ("agreement_tasks", "agreements"))


def late(matrix: pd.DataFrame) -> Finding | None:
    """Tasks that are overdue, and how those that are done were done."""
    if matrix.empty:
        return None
    n, overdue = matrix["state"].value_counts(), matrix[matrix["state"] == "overdue"]
    done, late = int(n.get("done", 0) + n.get("done late", 0)), int(n.get("done late", 0))
    parts = [count("{n} is done", "{n} are done", done) + (count(" ({n} of them late)", " ({n} of them late)", late) if late else "")] if done else []
    if len(overdue):
        worst = overdue.sort_values("days", ascending=False, kind="stable").iloc[0]
        days = count("{n} day", "{n} days", int(worst["days"]))
        parts.append(count("{n} is overdue (“{name}”, by {days})", "{n} are overdue (longest “{name}”, by {days})", len(overdue), name=worst["task_name"], days=days))
    rest = len(matrix) - done - len(overdue)
    if rest:
        parts.append(count("{n} is still to come or comes back all the time", "{n} are still to come or come back all the time", rest))
    every = count("{n} task under agreements", "{n} tasks under agreements", len(matrix))
    return Finding(say("Of {tasks}, {parts}.", tasks=every, parts=listed(parts)), "bad" if len(overdue) else "plain" if late else "good", "counted", ("agreement_tasks",))


def load(load: pd.DataFrame) -> Finding | None:
    """The roles that answer for most of what is not done."""
    if load.empty or not load["answers"].sum():
        return None
    most = load[load["answers"] == load["answers"].max()]
    every = count("{n} open task that a role answers for", "{n} open tasks that a role answers for", int(load["answers"].sum()))
    text = count("Of {tasks}, {names} answers for {most}.", "Of {tasks}, {names} answer for {most} each.", len(most), tasks=every, most=number(most["answers"].iloc[0]),
                 names=listed((say("the {role}", role=name) for name in most["role_name"]), most=NAMED))
    return Finding(text, "plain", "counted", ("agreement_tasks", "roles"))


def untasked(without: pd.DataFrame, matrix: pd.DataFrame) -> Finding | None:
    """Running agreements for which no task is written down."""
    if matrix.empty or (without.empty and not (matrix["agreement_state"] == "running").any()):
        return None
    if without.empty:
        return Finding(say("Every running agreement has at least one task."), "good", "counted", ("agreements", "agreement_tasks"))
    text = count("{n} running agreement has no task written down: {names}.", "{n} running agreements have no task written down: {names}.", len(without),
                 names=listed((say("“{name}” ({partner})", name=row.agreement_name, partner=row.partner_name) for row in without.itertuples()), most=NAMED))
    return Finding(text, "bad", "counted", ("agreements", "agreement_tasks"))


def ledger(by_year: pd.DataFrame) -> Finding | None:
    """What partners gave for each unit of the library's in the last year, and how both sides changed."""
    if by_year.empty or absent(by_year["leverage"].iloc[-1]):
        return None
    last = by_year.iloc[-1]
    text = say("In fiscal year {year}, active partners gave {ratio} of the library's.", year=int(last["fiscal_year"]), ratio=for_each(last["leverage"]))
    ours, theirs = last["library_change"], last["partner_change"]
    if not absent(ours) and not absent(theirs):
        among = count("in the {n} partnership recorded in both", "in the {n} partnerships recorded in both", int(last["alike"]))
        text += " " + say("Against the year before, and {among}, the library gave {ours} and the partners {theirs}.", among=among, ours=_moved(ours), theirs=_moved(theirs))
    worse = not absent(ours) and not absent(theirs) and ours > 0 > theirs
    return Finding(text, "bad" if worse else "plain", "counted", ("contributions", "partners"))


def _moved(change: float) -> str:
    if round(abs(change), 2) == 0:
        return say("as much")
    return say("{share} more", share=share(change)) if change > 0 else say("{share} less", share=share(-change))


def pooling(savings: pd.DataFrame) -> Finding | None:
    """What sharing with partners saved, what costs more than it would alone, and what nobody knows."""
    if savings.empty:
        return None
    known, unknown = savings[savings["saved"].notna()], savings[savings["saved"].isna()]
    more = [] if unknown.empty else [count("For {n} thing nobody knows what it would cost alone; it is not counted.", "For {n} things nobody knows what they would cost alone; they are not counted.", len(unknown))]
    year = int(savings["fiscal_year"].iloc[0])
    if known.empty:
        return Finding(" ".join([say("Nobody can say what sharing with partners saved in fiscal year {year}.", year=year), *more]), "unknown", "counted", ("shared_costs",))
    saved, guessed = known["saved"].sum(), known.loc[known["basis"].isin(["estimate", "not stated"]), "saved"].sum()
    things = count("{n} thing shared with partners", "{n} things shared with partners", len(known))
    basis = say(", {sum} of it by estimate only", sum=money(guessed)) if saved > 0 and guessed > 0 else ""
    gain = say("{sum} less", sum=money(saved)) if saved > 0 else say("nothing saved") if saved == 0 else say("{sum} more", sum=money(-saved))
    told = say("In fiscal year {year}, {things} cost the library {paid}, where it would have paid {alone} alone: {saved}{basis}.", year=year, things=things, paid=money(known["paid"].sum()),
               alone=money(known["alone"].sum()), saved=gain, basis=basis)
    parts = [told]
    dearer = known[known["saved"] < 0].sort_values("saved", kind="stable")
    parts += [count("{n} costs more than alone (“{name}”, by {sum}).", "{n} cost more than alone (most of all “{name}”, by {sum}).", len(dearer), name=dearer["name"].iloc[0],
                    sum=money(-dearer["saved"].iloc[0]))] if len(dearer) else []
    return Finding(" ".join([*parts, *more]), "bad" if saved < 0 else "plain" if len(dearer) or saved == 0 else "good", "estimated", ("shared_costs",))


def exchange(totals: pd.DataFrame) -> Finding | None:
    """How many people were sent each way in twelve months, and how many of them arrived."""
    if totals.empty:
        return None
    rows = {row["direction"]: row for row in totals.to_dict("records")}
    here, there = rows.get("to the library"), rows.get("to the partner")
    parts = [_sent(here, say("to the library by partners")), _sent(there, say("to partners by the library"))]
    text = say("In the last twelve months, {parts}.", parts=say(", and ").join(parts))
    known = [row for row in (here, there) if row and not absent(row["share"])]
    if known:
        came = listed(say("{share} arrived at the library ({low} to {high})" if row is here else "{share} arrived at the partner ({low} to {high})",
                          share=share(row["share"]), low=share(row["low"]), high=share(row["high"])) for row in known)
        text += " " + say("Of those whose arrival was counted and can be shown, {came}.", came=came)
    return Finding(text, "plain", "estimated" if known else "counted", ("referrals", "partners"))


def _sent(row: dict[str, object] | None, whither: str) -> str:
    if row is None:
        return say("nobody wrote down who was sent {whither}", whither=whither)
    if absent(row["people"]):
        return say("too few people to show were sent {whither}", whither=whither)
    return count("{n} person was sent {whither}", "{n} people were sent {whither}", int(row["people"]), whither=whither)


def one_way(ways: pd.DataFrame) -> Finding | None:
    """Partners with which people are sent one way only, or nearly so."""
    if ways.empty:
        return None
    streets = ways[ways["way"].str.startswith(("only to", "mostly"))]
    unwritten, small = (ways[ways["way"] == words] for words in ("only one way is recorded", "too few to show"))
    shown = len(ways) - len(unwritten) - len(small)
    more = [count("For {n} partner only one way is written down.", "For {n} partners only one way is written down.", len(unwritten))] if len(unwritten) else []
    more += [count("With {n} partner too few people were sent to be shown.", "With {n} partners too few people were sent to be shown.", len(small))] if len(small) else []
    if not shown:
        return Finding(" ".join([say("With no partner can both ways be compared."), *more]), "unknown", "counted", ("referrals",))
    if not (ways[["to_library", "to_partner"]].fillna(0) > 0).any(axis=None):
        return Finding(" ".join([say("Where both ways are written down, nobody was sent either way in the last twelve months."), *more]), "plain", "counted", ("referrals",))
    every = count("{n} partner with which both ways can be compared", "{n} partners with which both ways can be compared", shown)
    if streets.empty:
        return Finding(say("Of {partners}, none is a one-way street.", partners=every), "good", "counted", ("referrals", "partners"))
    names = listed((say("{name} ({here} to the library, {there} to the partner)", name=row.partner_name, here=number(row.to_library), there=number(row.to_partner)) for row in streets.itertuples()), most=2)
    text = count("Of {partners}, {n} is a one-way street or nearly so: {names}.", "Of {partners}, {n} are one-way streets or nearly so: {names}.", len(streets), partners=every, names=names)
    return Finding(text, "bad", "counted", ("referrals", "partners"))


def promotions(rows: pd.DataFrame) -> Finding | None:
    """Active partners that never told others about the library, and those of whom the library never told."""
    if rows.empty:
        return None
    every = count("{n} active partner", "{n} active partners", len(rows))
    both = int((rows["way"] == "both").sum())
    if both == len(rows):
        return Finding(say("Of {partners}, each told others about the library in the last twelve months, and the library about each.", partners=every), "good", "counted", ("promotions", "partners"))
    parts = [count("Of {partners}, {n} told others about the library in the last twelve months and was told of in turn.",
                   "Of {partners}, {n} told others about the library in the last twelve months and were told of in turn.", both, partners=every) if both
             else say("Of {partners}, none told others about the library in the last twelve months and was told of in turn.", partners=every)]
    one, other, none = (rows.loc[rows["way"] == way, "partner_name"] for way in ("only the library", "only the partner", "neither"))
    rest = [count("{n} was only told of", "{n} were only told of", len(one))] if len(one) else []
    rest += [count("{n} only told others", "{n} only told others", len(other))] if len(other) else []
    rest += [count("{n} did neither", "{n} did neither", len(none))] if len(none) else []
    parts += [say("Of the rest, {rest}.", rest=listed(rest)) if both else say("Of these, {rest}.", rest=listed(rest))]
    return Finding(" ".join(parts), "bad" if 2 * both < len(rows) else "plain", "counted", ("promotions", "partners"))
