"""Sentences of step 5 on change: the change plan, policies, readiness, strategy or rhythm, and what endings mean."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.flexibility import named
from planning.show.language import absent, count, day, listed, number, say, share
from planning.show.records import Finding

PLAN = ("changes",)
CHAIN = ("dialogues", "decisions", "changes", "kpi_values")
REVIEW = ("services", "alignment", "usage", "budget", "ratings", "exits")
SIDES = {"change: needed": "the change is needed", "change: we can": "they can do it", "change: we are backed": "leadership backs it", "change: good for me": "it is good for them"}
LIMITS = {"little fit": "what counts as little fit", "falls": "what counts as falling use", "dearer": "what counts as dearer", "middle": "what counts as rated low",
          "elsewhere": "how many must be served elsewhere"}
ENDING = ("stop", "transfer", "merge")


def plan(rows: pd.DataFrame) -> Finding | None:
    """How many changes that were due are done, and which are late."""
    if rows.empty:
        return None
    due, late = rows[rows["state"].isin(["late", "done"])], rows[rows["state"] == "late"]
    if due.empty:
        return Finding(count("The one change in the plan is not due yet.", "None of the {n} changes in the plan is due yet.", len(rows)), "plain", "counted", PLAN)
    if late.empty:
        return Finding(count("The one change that was due is done.", "All {n} changes that were due are done.", len(due)), "good", "counted", PLAN)
    first = late.sort_values(["days_late", "change"], ascending=[False, True]).iloc[0]
    text = count("Of {all} that were due, {n} is late: “{name}”, by {days}.", "Of {all} that were due, {n} are late, longest “{name}”, by {days}.", len(late),
                 all=count("{n} change", "{n} changes", len(due)), name=first["change_name"], days=count("{n} day", "{n} days", int(first["days_late"])))
    return Finding(text, "bad", "counted", PLAN)


def lacking(rows: pd.DataFrame) -> Finding | None:
    """Open changes that nobody owns, that have no day, or that nothing would show."""
    live = rows[rows["state"] != "done"] if len(rows) else rows
    if live.empty:
        return None
    words = {"owner": "nobody owns {names}", "due day": "no day is set for {names}", "sign": "nothing would show whether {names} works"}
    parts = [say(text, names=named(hit["change_name"], 2)) for lack, text in words.items() if len(hit := live[[lack in has.split("; ") for has in live["lacks"]]])]
    if not parts:
        return Finding(count("The one open change has an owner, a day and a sign.", "Each of the {n} open changes has an owner, a day and a sign.", len(live)), "good", "counted", PLAN)
    return Finding(_sentence(parts), "bad", "counted", PLAN)


def _sentence(parts: list[str]) -> str:
    """Clauses with lists of their own, as one sentence."""
    text = "; ".join(part for part in parts if part)
    return say("{text}.", text=text[:1].upper() + text[1:])


def told(rows: pd.DataFrame) -> Finding | None:
    """Changes of which those concerned heard too late."""
    asked = rows[rows["concerns"].notna() & (rows["start"].notna() | rows["done"].notna())] if len(rows) else rows
    if asked.empty:
        return None
    late = asked[asked["told_late"]]
    if late.empty:
        return Finding(say("No change began before those concerned were told."), "good", "counted", PLAN)
    never = int(late["told"].isna().sum())
    parts = [say("“{name}” ({who})", name=row.change_name, who=row.concerns) for row in late.itertuples()]
    text = count("{n} change began before those concerned were told: {names}.", "{n} changes began before those concerned were told: {names}.", len(late), names=listed(parts, 2))
    more = (count(" Nobody has told them to this day.", " For none of these has anybody told them to this day.", len(late)) if never == len(late)
            else count(" For {n} of these, nobody has told them to this day.", " For {n} of these, nobody has told them to this day.", never) if never else "")
    return Finding(text + more, "bad", "counted", PLAN)


def unseen(rows: pd.DataFrame) -> Finding | None:
    """Changes that are done and not measured since."""
    known = rows[rows["seen"].notna()] if len(rows) else rows
    blind = known[~known["seen"].astype(bool)] if len(known) else known
    if blind.empty:
        return None
    parts = [say("“{name}” ({kpi})", name=row.change_name, kpi=row.kpi_name) for row in blind.itertuples()]
    text = count("{n} change is done, and the KPI that should show it was not measured since: {names}.", "{n} changes are done, and the KPIs that should show them were not measured since: {names}.",
                 len(blind), names=listed(parts, 2))
    return Finding(text, "bad", "counted", ("changes", "kpi_values"))


def undone(rows: pd.DataFrame, past: pd.DataFrame) -> Finding | None:
    """Decisions that nothing on record carries out."""
    if past.empty or not (past["state"] != "no longer holds").any():
        return None
    if rows.empty:
        return Finding(say("A change, a pilot or an initiative carries out each decision on services that still stands."), "good", "counted", ("decisions", "changes", "dialogues"))
    text = count("Nothing on record carries out {n} decision that still stands: {names}.", "Nothing on record carries out {n} decisions that still stand: {names}.", len(rows), names=named(rows["what"], 2))
    return Finding(text, "bad", "counted", ("decisions", "changes", "dialogues"))


def links(rows: pd.DataFrame) -> Finding | None:
    """Where the way from a talk to a sign breaks off most often."""
    if rows.empty:
        return None
    parts = [say("{stage} ({n} of {of})", n=number(row.n), of=number(row.of), stage=say(row.stage)) for row in rows.itertuples()]
    weakest = rows.sort_values(["share", "stage"]).iloc[0]
    text = say("From talk to sign: {parts}.", parts=listed(parts))
    return Finding(text, "bad" if weakest["share"] < 0.5 else "good" if weakest["share"] == 1 else "plain", "counted", CHAIN)


def stuck(rows: pd.DataFrame) -> Finding | None:
    """What holds most open changes back."""
    if rows.empty or not rows["changes"].sum():
        return None
    most = rows[rows["changes"] == rows["changes"].max()]
    text = count("What holds open changes back most often is {names}: {n} of {all}.", "What holds open changes back most often is {names}: {n} of {all}.", int(most["changes"].iloc[0]),
                 names=say(" or ").join(say(name) for name in most["barrier"]), all=number(rows["changes"].sum()))
    return Finding(text if len(most) == 1 else say("No one thing holds open changes back: {names} each hold back {n} of {all}.", names=listed(say(name) for name in most["barrier"]),
                                                   n=number(most["changes"].iloc[0]), all=number(rows["changes"].sum())), "plain", "told", PLAN)


def policies(rows: pd.DataFrame) -> Finding | None:
    """Policies that are overdue for a look, and subjects without any."""
    if rows.empty:
        return None
    over, bare, dayless = (rows[rows["state"] == state] for state in ("overdue", "no policy", "no day of review"))
    first = over.sort_values(["review", "policy"]).iloc[0] if len(over) else None
    parts = [count("1 policy is overdue for a look, “{name}”, since {day}", "{n} policies are overdue for a look, longest “{name}”, since {day}", len(over), name=first["policy_name"], day=day(first["review"]))
             if first is not None else "",
             count("{n} has no day of review", "{n} have no day of review", len(dayless)) if len(dayless) and len(over) else
             count("{n} policy has no day of review", "{n} policies have no day of review", len(dayless)) if len(dayless) else "",
             say("these subjects have no policy: {subjects}", subjects=listed((say(name) for name in bare["subject"]), 2)) if len(bare) else ""]
    if not any(parts):
        return Finding(say("There is a policy on each of the ten subjects, and none is overdue for a look."), "good", "counted", ("policies",))
    return Finding(_sentence(parts), "bad" if len(over) or len(bare) else "plain", "counted", ("policies",))


def ready(rows: pd.DataFrame) -> Finding:
    """On which side staff are least ready, and on which most."""
    rests_on = ("questions", "answers")
    known = rows[rows["agree"].notna()].sort_values(["agree", "side"])
    if known.empty:
        hidden = rows["hidden"].any()
        text = (say("Too few staff answered for their readiness to be shown without pointing to a person.") if hidden
                else say("Nobody asked staff whether they are ready for change: add questions whose topic begins with change to questions.csv."))
        return Finding(text, "unknown", "estimated", rests_on)
    low, top = known.iloc[0], known.iloc[-1]
    text = say("The fewest staff say that {side}: {share} of {n}, between {low} and {high}.", **_side(low))
    if share(low["agree"]) != share(top["agree"]):
        text += " " + say("The most say that {side}: {share} of {n}, between {low} and {high}.", **_side(top))
    words = set(known["word"])
    return Finding(text, "bad" if "not ready" in words else "good" if words == {"ready"} else "plain", "estimated", rests_on)


def _side(row: pd.Series) -> dict[str, object]:
    return {"side": say(SIDES[row["side"]]), "share": share(row["agree"]), "n": number(row["n"]), "low": share(row["low"]), "high": share(row["high"])}


def rhythm(rows: pd.DataFrame) -> Finding | None:
    """How many objectives have a strategy problem, and how many a rhythm problem first."""
    rests_on = ("objectives", "kpis", "kpi_values", "dialogues")
    known = rows[rows["kind"] != "cannot be told"] if len(rows) else rows
    if known.empty:
        return Finding(say("No objective has both a score and a rhythm, so strategy and rhythm cannot be told apart."), "unknown", "counted", rests_on) if len(rows) else None
    hard, loose, lucky, well = (known[known["kind"] == kind] for kind in ("strategy problem", "rhythm problem first", "luck, or not known", "on its way"))
    parts = [count("{n} is followed steadily and yet far behind, so the work itself is in question", "{n} are followed steadily and yet far behind, so the work itself is in question", len(hard)) if len(hard) else "",
             count("{n} is behind and followed loosely, so the rhythm comes first", "{n} are behind and followed loosely, so the rhythm comes first", len(loose)) if len(loose) else "",
             count("{n} does well but is followed loosely", "{n} do well but are followed loosely", len(lucky)) if len(lucky) else "",
             count("{n} is on its way", "{n} are on their way", len(well)) if len(well) else ""]
    text = say("Of {all}, {parts}.", all=count("{n} objective", "{n} objectives", len(known)), parts="; ".join(part for part in parts if part))
    return Finding(text, "bad" if len(hard) or len(loose) else "plain" if len(lucky) else "good", "estimated", rests_on)


def firm(rows: pd.DataFrame) -> Finding | None:
    """Whether the proposals to end a service stand when the limits of the rule move."""
    ending = rows[rows["proposal"].isin(list(ENDING))] if len(rows) else rows
    if ending.empty:
        return None
    weak = ending[~ending["stands"].astype(bool)]
    if weak.empty:
        return Finding(count("The one proposal to end a service stands under all {all} sets of limits tried.", "All {n} proposals to end a service stand under all {all} sets of limits tried.",
                             len(ending), all=number(ending["tried"].iloc[0])), "plain", "estimated", REVIEW)
    parts = [say("{service} ({proposal}) holds in {same} of them and hangs on {limit}", service=row.service_name, proposal=say(row.proposal), same=share(row.same),
                 limit=listed(say(LIMITS[name]) for name in row.turned_by.split("; ")) if row.turned_by else say("more than one limit")) for row in weak.itertuples()]
    text = say("Of {all}, {n} under all {tried} sets of limits tried; {parts}.", all=count("{n} proposal to end a service", "{n} proposals to end a service", len(ending)),
               n=count("{n} stands", "{n} stand", len(ending) - len(weak)) if len(ending) > len(weak) else say("none stands"), tried=number(ending["tried"].iloc[0]), parts="; ".join(parts[:3]))
    return Finding(text, "plain", "estimated", REVIEW)


def losers(rows: pd.DataFrame) -> Finding | None:
    """Who would lose what is proposed to end."""
    ending = rows[rows["proposal"].isin(list(ENDING))] if len(rows) else rows
    known = ending[ending["people"].notna()]
    if known.empty:
        return None
    parts = [say("{about}{people}{group} for {service}", service=row.service_name, about="" if row.counted else say("up to "), people=number(row.people),
                 group=say(" of “{segment}”", segment=row.segment_name) if isinstance(row.segment_name, str) else "") for row in known.itertuples()]
    return Finding(say("With these services ended, these patrons have nowhere else to go: {parts}.", parts="; ".join(parts[:3])), "bad" if known["inclusion"].any() else "plain", "estimated", ("exits", "segments", "budget"))


def years(amount: float) -> str:
    """A time to wait, in months up to two years."""
    months = max(1, round(amount * 12))
    return count("about {n} month", "about {n} months", months) if months < 24 else count("about {n} year", "about {n} years", round(amount))


def heard(rows: pd.DataFrame) -> Finding | None:
    """Consultations that came after the decision, or that are not on record."""
    ending = rows[rows["proposal"].isin(list(ENDING)) | (rows["hearing"] == "heard after it was decided")] if len(rows) else rows
    after, loose = (ending[ending["hearing"] == word] for word in ("heard after it was decided", "heard, not on record"))
    parts = [say("for {names}, those concerned were heard only after a decision on it was carried out", names=listed(after["service_name"], 2)) if len(after) else "",
             say("for {names}, a day is written down on which those concerned were heard, but no record of who was asked and how", names=listed(loose["service_name"], 2)) if len(loose) else ""]
    return Finding(_sentence(parts), "bad", "counted", ("exits", "consultations", "decisions", "changes")) if any(parts) else None
