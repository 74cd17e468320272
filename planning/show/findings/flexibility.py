"""Sentences of step 5: a shift of goals, a cut, all futures, the sunset review, past decisions."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planning.show.findings.evaluation import measure
from planning.show.findings.roadmap import amount
from planning.show.language import count, day, listed, money, number, period, say, share
from planning.show.records import Finding

CHOICE = ("initiatives", "initiative_goals", "goals", "initiative_links")
FUTURES = ("scenarios", "scenario_changes", *CHOICE)
VERDICTS = {"stop": "stop it", "transfer": "pass it on to a partner", "merge": "merge it with another service", "improve": "improve it", "keep": "keep it as it is"}
REVIEW = ("services", "alignment", "usage", "budget", "ratings", "exits")
PAST = ("decisions", "goals", "kpis", "kpi_values")
ENDINGS = {"stop": "stop {names}", "transfer": "transfer {names}", "merge": "merge {names}"}
HEAVY = 0.10


def named(names: Iterable[str], most: int = 0) -> str:
    """Names in quotation marks, as a list in a sentence."""
    return listed((say("“{name}”", name=name) for name in names), most)


def unusable(register: pd.DataFrame) -> list[Finding]:
    """Scenarios that cannot be computed, each with the reason."""
    found = []
    for row in register[~register["usable"].astype(bool)].to_dict("records"):
        if row["unknown"]:
            text = count("The scenario “{name}” is left out: it changes {n} row that the plan does not have on this day.",
                         "The scenario “{name}” is left out: it changes {n} rows that the plan does not have on this day.",
                         int(row["unknown"]), name=row["name"])
        else:
            text = say("The scenario “{name}” is left out: its weights of goals add up to {sum}, not to 1. Correct scenario_changes.csv.",
                       name=row["name"], sum=number(row["weights"], 2))
        found.append(Finding(text, "unknown", "counted", ("scenarios", "scenario_changes")))
    return found


def _name(register: pd.DataFrame, scenario: str) -> str:
    return str(register.set_index("scenario")["name"][scenario])


def moves(rows: pd.DataFrame, register: pd.DataFrame, *, scenario: str) -> Finding | None:
    """Which services gain and lose most when the weights move."""
    if rows.empty:
        return None
    rests_on = ("scenarios", "scenario_changes", "goals", "services", "alignment")
    up, down = rows[rows["change"] > 0].head(1), rows[rows["change"] < 0].head(1)
    if up.empty and down.empty:
        text = say("“{scenario}” moves no weight of a goal, so no service gives more or less than today.", scenario=_name(register, scenario))
        return Finding(text, "plain", "estimated", rests_on)
    parts = [say(words, name=row["service_name"], before=share(row["before"]), after=share(row["after"]))
             for words, one in (("{name} gains most, from {before} to {after} of the weighted goals", up), ("{name} loses most, from {before} to {after}", down))
             for row in one.to_dict("records")]
    text = say("Under “{scenario}”, {parts}.", scenario=_name(register, scenario), parts=_and(parts))
    return Finding(text, "plain", "estimated", rests_on)


def shift(rows: pd.DataFrame, register: pd.DataFrame, *, scenario: str) -> Finding | None:
    """What a scenario does to the choice of initiatives, and what staying would cost."""
    if rows.empty:
        return None
    name, lost = _name(register, scenario), _lost(rows)
    if (rows["before"] == rows["after"]).all():
        return Finding(say("Should “{scenario}” come true, the best choice of initiatives stays as it is today.", scenario=name), "good", "estimated", FUTURES)
    text = say("Should “{scenario}” come true, {changes}; staying with today's choice would forgo {lost} of the value.",
               scenario=name, changes=_changes(rows), lost=share(lost))
    return Finding(text, "bad" if lost >= HEAVY else "plain", "estimated", FUTURES)


def _lost(rows: pd.DataFrame) -> float:
    best = rows.loc[rows["after"], "value"].sum()
    return 1 - rows.loc[rows["kept"], "value"].sum() / best if best > 0 else 0.0


def _changes(rows: pd.DataFrame) -> str:
    out, into = (rows.loc[rows["what"] == what, "initiative_name"] for what in ("drops out", "comes in"))
    parts = [count("{names} drops out of the best choice", "{names} drop out of the best choice", len(out), names=named(out, 2)) if len(out) else "",
             count("{names} comes in", "{names} come in", len(into), names=named(into, 2)) if len(into) else ""]
    return _and(parts)


def _and(parts: list[str]) -> str:
    """Clauses as one sentence, each with lists of its own."""
    *first, last = [part for part in parts if part]
    return say("{first}, and {last}", first=", ".join(first), last=last) if first else last


def cut(rows: pd.DataFrame, clash: pd.DataFrame, limits: pd.DataFrame, *, cut: float) -> Finding | None:
    """What drops out of the choice when money and staff time are cut."""
    if len(clash):
        over = clash[clash["kind"] == "over the ceiling"]
        parts = [say("{excess} more than the {limit} left", excess=amount(row["ceiling"], row["excess"]), limit=amount(row["ceiling"], row["limit"]))
                 if row["ceiling"] in ("money", "hours") else say("{excess} more of “{role}” than the {limit} there are", role=row["ceiling_name"],
                                                                  excess=amount(row["ceiling"], row["excess"]), limit=number(row["limit"]))
                 for row in over.to_dict("records")]
        text = (say("With {cut} less, no choice is possible: what must be done or already runs needs {parts}.", cut=share(cut), parts=listed(parts)) if parts
                else say("No choice of initiatives is possible, with or without a cut: step 2 says why."))
        return Finding(text, "bad", "counted", CHOICE)
    if rows.empty:
        return None
    if limits["limit"].isna().all():
        return Finding(say("The plan names no ceiling of money or staff time (in plan.toml), so a cut changes nothing here."), "unknown", "counted", CHOICE)
    before, after = (rows.loc[rows[column], "value"].sum() for column in ("before", "after"))
    if (rows["before"] == rows["after"]).all():
        return Finding(say("With {cut} less money and staff time, the best choice of initiatives stays as it is.", cut=share(cut)), "good", "estimated", CHOICE)
    text = say("With {cut} less money and staff time, {changes}; the choice keeps {kept} of its value.",
               cut=share(cut), changes=_changes(rows), kept=share(after / before) if before > 0 else share(None))
    return Finding(text, "bad", "estimated", CHOICE)


def across(rows: pd.DataFrame) -> Finding | None:
    """Which initiatives are chosen whatever happens."""
    if rows.empty or rows["scenario"].nunique() < 2:
        return None
    futures, free = rows["scenario"].nunique(), rows[rows["part"] == "free"].drop_duplicates("initiative")
    safe, some, none = (free[free["place"] == place] for place in ("in every future", "in some", "in none"))
    rest = [count("{n} other depends on the future", "{n} others depend on the future", len(some)) if len(some) else "",
            count("{n} is chosen in none", "{n} are chosen in none", len(none)) if len(none) else ""]
    tail = listed(part for part in rest if part)
    if safe.empty:
        depend = count("{n} depends on the future", "{n} depend on the future", len(some)) if len(some) else say("none is chosen in any")
        text = say("Besides what must be done, no initiative is chosen in each of the {futures} futures; {depend}.", futures=futures, depend=depend)
        return Finding(text, "bad", "estimated", FUTURES)
    head = count("{names} is chosen in each of the {futures} futures", "{names} are chosen in each of the {futures} futures", len(safe),
                 names=named(safe["initiative_name"], 2), futures=futures)
    return Finding(say("{head}; {tail}.", head=head, tail=tail) if tail else say("{head}.", head=head), "good", "estimated", FUTURES)


def one_future() -> Finding:
    """What is said where only one future can be looked at."""
    return Finding(say("Only the plan as it is today can be looked at: scenarios are missing, or none of them can be computed."), "unknown", "counted", FUTURES)


def impossible(outlook: pd.DataFrame) -> Finding | None:
    """Futures in which no choice is possible."""
    stuck = outlook[~outlook["possible"]] if len(outlook) else outlook
    if stuck.empty:
        return None
    text = say("No choice of initiatives is possible in {names}: what must be done or already runs needs more than there is, or cannot go together, or no initiative has both a cost and hours.", names=named(stuck["scenario_name"]))
    return Finding(text, "bad", "counted", FUTURES)


def regrets(rows: pd.DataFrame) -> Finding | None:
    """The plan whose worst loss is smallest, and what today's choice could lose."""
    if rows.empty or rows["plan"].nunique() < 2:
        return None
    first = rows[rows["least"]].iloc[0]
    today = rows[(rows["scenario"] == "") & (rows["lost"] == 0)]
    if len(today) and first["plan"] == today["plan"].iloc[0]:
        worst = rows[rows["plan"] == first["plan"]].sort_values("lost", ascending=False, kind="stable").iloc[0]
        text = say("Of all plans, today's choice has the smallest worst loss: in no future does it forgo more than {lost} of what the best choice there would bring; "
                   "the worst for it is “{future}”.", lost=share(first["largest"]), future=worst["scenario_name"])
        return Finding(text, "good", "estimated", FUTURES)
    head = say("A plan made for “{plan}” has the smallest worst loss: it never forgoes more than {lost}", plan=first["plan_name"].split("; ")[0], lost=share(first["largest"]))
    text = say("{head}, where today's choice could forgo {today}.", head=head, today=share(today["largest"].iloc[0])) if len(today) else say("{head}.", head=head)
    return Finding(text, "plain", "estimated", FUTURES)


def demand(rows: pd.DataFrame) -> Finding | None:
    """Where a shift of demand makes one use much dearer."""
    known = rows.dropna(subset=["dearer"]) if len(rows) else rows
    if known.empty:
        return None
    rests_on, first = ("scenarios", "scenario_changes", "usage", "budget"), known.sort_values("dearer", ascending=False, kind="stable").iloc[0]
    if first["dearer"] <= 0:
        return Finding(say("In none of the scenarios would one use of a service cost more than today."), "good", "estimated", rests_on)
    why = say("falls by {change}", change=share(-first["change"])) if first["change"] < 0 else say("rises by {change} and its budget by more", change=share(first["change"]))
    text = say("Under “{scenario}”, one use of {service} would cost {dearer} more ({then} instead of {now}), as its use {why}.", scenario=first["scenario_name"],
               service=first["service_name"], dearer=share(first["dearer"]), then=money(first["per_use_then"]), now=money(first["per_use"]), why=why)
    return Finding(text, "bad" if first["dearer"] >= 0.2 else "plain", "estimated", rests_on)


def sunset(rows: pd.DataFrame) -> Finding | None:
    """What the sunset review proposes."""
    if rows.empty:
        return None
    if rows["fit"].isna().all():
        return Finding(say("No support of goals is rated, so the review cannot say which service fits, and proposes to end none."), "unknown", "counted", REVIEW)
    ending = [say(words, names=listed(_whither(row) for row in rows[rows["proposal"] == proposal].to_dict("records")))
              for proposal, words in ENDINGS.items() if (rows["proposal"] == proposal).any()]
    better, kept = ((rows["proposal"] == proposal).sum() for proposal in ("improve", "keep"))
    rest = listed(part for part in (count("{n} service should be improved", "{n} services should be improved", int(better)) if better else "",
                                    count("{n} is kept", "{n} are kept", int(kept)) if kept else "") if part)
    if not rows["reviewed"].any():
        text = say("The sunset review can propose to end no service yet, since exits.csv does not say where patrons could go instead; {rest}.", rest=rest)
        return Finding(text, "unknown", "counted", REVIEW)
    if not ending:
        return Finding(say("The sunset review proposes to end no service; {rest}.", rest=rest), "good", "estimated", REVIEW)
    head = say("The sunset review proposes to {ending}", ending=_and(ending))
    return Finding(say("{head}; {rest}.", head=head, rest=rest) if rest else say("{head}.", head=head), "bad", "estimated", REVIEW)


def verdict(rows: pd.DataFrame, *, service: str) -> Finding | None:
    """A room's verdict on one service beside what the rule proposes; takes `reviews.judged`."""
    own = rows[rows["service"] == service]
    if own.empty:
        return None
    row = own.iloc[0]
    words = {word: say(text) for word, text in VERDICTS.items()}
    if row["proposal"] == row["rule"]:
        text = say("For {service} the rule proposes the same: to {verdict}.", service=row["service_name"], verdict=words[row["rule"]])
    else:
        text = say("For {service} the rule proposes to {rule}; your verdict is to {verdict}.", service=row["service_name"], rule=words[row["rule"]], verdict=words[row["proposal"]])
    if row["first"]:
        text += " " + say("Those concerned have not been heard: consult them first.")
    return Finding(text, "bad" if row["first"] else "plain", "estimated", REVIEW)


def _whither(row: dict[str, object]) -> str:
    """The service, with the partner or the service that would take it over."""
    if row["proposal"] == "transfer":
        return say("{service} to {partner}", service=row["service_name"], partner=row["partner_name"])
    return say("{service} with {other}", service=row["service_name"], other=row["merge_name"]) if row["proposal"] == "merge" else row["service_name"]


def not_looked_into(rows: pd.DataFrame) -> Finding | None:
    """Services that fit little, and of whose end nothing is known."""
    open_ones = rows[rows["unknown_end"].astype(bool)] if len(rows) else rows
    if open_ones.empty:
        return None
    text = count("{names} fits little, and exits.csv says nothing of what ending it would mean: it is not proposed to end.",
                 "{names} fit little, and exits.csv says nothing of what ending them would mean: they are not proposed to end.",
                 len(open_ones), names=listed(open_ones["service_name"], 3))
    return Finding(text, "unknown", "counted", ("exits",))


def released(rows: pd.DataFrame) -> Finding | None:
    """What ending services would release."""
    if rows.empty or rows[["money", "hours"]].iloc[-1].isna().all():
        return None
    total, own = rows.iloc[-1], rows.iloc[:-1]
    parts = [say("{money} a year", money=money(total["money"])) if pd.notna(total["money"]) else "",
             count("about {n} staff hour", "about {n} staff hours", int(round(total["hours"], -1))) if pd.notna(total["hours"]) and total["hours"] >= 5 else ""]
    once = say(", at a cost of {cost} once", cost=money(total["exit_cost"])) if pd.notna(total["exit_cost"]) else ""
    text = count("Ending or transferring {names} would release {parts}{once}.", "Ending or transferring {names} would release {parts}{once}.", len(own),
                 names=listed(own["service_name"]), parts=listed(part for part in parts if part), once=once)
    return Finding(text, "plain", "estimated", ("budget", "exits", "roles"))


def paths(rows: pd.DataFrame) -> Finding | None:
    """Which services are used less than some years ago."""
    if rows.empty:
        return None
    ends = rows.drop_duplicates("service")
    fallen, first = ends[ends["change"] < -0.005], ends.iloc[0]
    if fallen.empty:
        return Finding(say("No service is used less than in its first year here."), "good", "counted", ("usage", "services"))
    text = count("Of {all}, {n} is used less than at the start: {first} lost {lost} of its use since {year}.",
                 "Of {all}, {n} are used less than at the start, most of all {first}, which lost {lost} of its use since {year}.", len(fallen),
                 all=count("{n} service", "{n} services", len(ends)), first=first["service_name"], lost=share(-first["change"]), year=int(first["first_year"]))
    return Finding(text, "bad" if first["change"] <= -0.2 else "plain", "counted", ("usage", "services"))


def decisions(rows: pd.DataFrame) -> Finding | None:
    """How many past decisions hold, and which do not."""
    if rows.empty:
        return None
    gone, again, holds = (rows[rows["state"] == state] for state in ("no longer holds", "look again", "holds"))
    if len(holds) == len(rows):
        return Finding(count("The one past decision still holds.", "All {n} past decisions still hold.", len(rows)), "good", "counted", PAST)
    parts = [count("{n} no longer holds ({names})", "{n} no longer hold ({names})", len(gone), names=named(gone["what"], 2)) if len(gone) else "",
             count("{n} should be looked at again", "{n} should be looked at again", len(again)) if len(again) else "",
             count("{n} holds", "{n} hold", len(holds)) if len(holds) else say("none holds without doubt")]
    text = say("Of {all}, {parts}.", all=count("{n} past decision", "{n} past decisions", len(rows)), parts=listed(part for part in parts if part))
    return Finding(text, "bad", "counted", PAST)


def evidence(rows: pd.DataFrame) -> Finding | None:
    """The decision whose figure moved most."""
    live = rows[(rows["state"] != "no longer holds") & rows["moved"].notna()] if len(rows) else rows
    if live.empty:
        return None
    first = live.loc[live["moved"].abs().idxmax()]
    if "evidence moved" not in first["reasons"]:
        return Finding(say("No figure behind a decision that stands has moved by a quarter of the way to its target."), "good", "counted", PAST)
    way = say("towards its target") if first["moved"] > 0 else say("away from its target")
    text = say("The figure behind “{what}” moved most, {way}: {kpi} went from {before} in {then} to {now} in {period}.", what=first["what"], way=way, kpi=first["kpi_name"],
               before=number(first["before"]), now=measure(first["now"], first["unit"]), then=period(first["before_period"]), period=period(first["now_period"]))
    return Finding(text, "plain", "counted", PAST)


def overdue(rows: pd.DataFrame) -> Finding | None:
    """Decisions whose day of review has come."""
    late = rows[(rows["state"] != "no longer holds") & rows["overdue"]] if len(rows) else rows
    if late.empty:
        return None
    first = late.sort_values(["review", "decision"]).iloc[0]
    text = count("{n} decision is due for the review that was promised with it: “{what}”, since {day}.",
                 "{n} decisions are due for the review that was promised with them, longest “{what}”, since {day}.", len(late), what=first["what"], day=day(first["review"]))
    return Finding(text, "bad", "counted", ("decisions",))
