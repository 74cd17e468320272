"""Tables of step 5."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.evaluation import measure
from planning.show.language import absent, day, listed, number, period, say, share
from planning.show.records import Column, Table


def scenarios(rows: pd.DataFrame) -> Table:
    """The named futures."""
    columns = (Column("name", "Scenario"), Column("kind", "What moves"), Column("changes", "Numbers changed", "whole"), Column("usable", "Can be computed"),
               Column("story", "How it could come about"))
    shown = tuple(column for column in columns if column.name != "usable" or not rows["usable"].astype(bool).all())
    return Table("scenarios", rows, shown, say("The futures that the plan should survive"))


def moves(rows: pd.DataFrame) -> Table:
    """What each service gives before and after the weights move."""
    columns = (Column("service_name", "Service"), Column("before", "Today", "share"), Column("after", "Then", "share"), Column("change", "Change", "signed", 2),
               Column("rank_before", "Place today", "whole"), Column("rank_after", "Place then", "whole"))
    return Table("services_shift", rows, columns, say("Weighted support of each service, today and then"))


def shift(rows: pd.DataFrame, register: pd.DataFrame, *, scenario: str) -> Table:
    """The choice of initiatives before and after weights move."""
    columns = (Column("initiative_name", "Initiative"), Column("what", "What happens"), Column("value_before", "Value today", "number", 2), Column("value", "Value then", "number", 2),
               Column("rank_before", "Place today", "whole"), Column("rank", "Place then", "whole"), Column("part", "How it enters"))
    note = "Value is the sum over goals of weight times contribution. Free initiatives compete; what must be done and what runs is in anyway."
    caption = say("Initiatives today and under “{name}”", name=register.set_index("scenario")["name"][scenario])
    return Table("initiatives_shift", rows, columns, caption, note, most=max(int((rows["what"] != "stays out").sum()), 3))


def cut(rows: pd.DataFrame, name: str = "initiatives_cut") -> Table:
    """The initiatives that are chosen before or after a cut."""
    columns = (Column("initiative_name", "Initiative"), Column("what", "What happens"), Column("value", "Value", "number", 2), Column("cost", "Cost", "money"),
               Column("hours", "Hours", "whole"), Column("part", "How it enters"))
    shown = rows[rows["before"] | rows["after"]].reset_index(drop=True)
    return Table(name, shown, columns, say("The choice before and after the cut"), "What stays in stands last; what stays out in both is not listed.", most=max(int((shown["what"] != "stays").sum()), 3))


def outlook(rows: pd.DataFrame) -> Table:
    """The futures side by side."""
    columns = (Column("scenario_name", "Future"), Column("money", "Money for initiatives", "money"), Column("hours", "Hours for initiatives", "whole"),
               Column("lost", "Forgone by staying", "share"), Column("changes", "What changes in the choice"))
    shown = rows.assign(drops_out=_blank(rows["drops_out"]), comes_in=_blank(rows["comes_in"]), changes=[_changes(row) for row in rows.itertuples()])
    note = "Forgone by staying: the value that today's choice, less what no longer fits, lacks against the best choice there. A dash: none, or not known."
    return Table("futures", shown, columns, say("The futures side by side"), note)


def _changes(row: object) -> str | None:
    parts = [say(words, names=listed(names.split("; "), 2)) for words, names in (("out: {names}", row.drops_out), ("in: {names}", row.comes_in)) if names]
    return "; ".join(parts) or None


def _blank(texts: pd.Series) -> pd.Series:
    return texts.mask(texts == "")


def regrets(rows: pd.DataFrame) -> Table:
    """What each plan would forgo in each future."""
    names = rows.drop_duplicates("scenario").set_index("scenario")["scenario_name"]
    found = rows.pivot(index=["largest", "plan", "plan_name"], columns="scenario", values="lost").reset_index()
    found["plan_name"] = [listed(name.split("; ")) for name in found["plan_name"]]
    columns = (Column("plan_name", "Plan made for"), *(Column(key, name, "share") for key, name in names.items()), Column("largest", "At worst", "share"))
    note = "Each cell is the share of the best choice's value in that future that the plan forgoes. A plan drops what no longer fits and takes nothing new."
    return Table("regrets", found, columns, say("What a fixed plan would forgo in each future"), note)


def demand(rows: pd.DataFrame) -> Table:
    """Services whose use moves in a scenario."""
    columns = (Column("scenario_name", "Future"), Column("service_name", "Service"), Column("uses", "Uses, last full year", "whole"), Column("uses_then", "Uses then", "whole"),
               Column("per_use", "Cost of one use", "money"), Column("per_use_then", "Then", "money"), Column("dearer", "Change", "share"))
    note = "Planned money of the service's own lines, divided by its uses. Staff does not follow use by itself."
    return Table("demand", rows, columns, say("Use and the cost of one use, last full year and then"), note, most=12)


def sunset(rows: pd.DataFrame) -> Table:
    """What the review proposes for each service, and what speaks against and for it."""
    columns = (Column("service_name", "Service"), Column("asked", "Proposal"), Column("against_it", "Speaks against it"), Column("for_it", "Speaks for it"),
               Column("heard", "Those concerned"))
    records = rows.to_dict("records")
    shown = rows.assign(first=_blank(rows["first"]), heard=[_heard(row) for row in records], asked=[_proposal(row) for row in records],
                        against_it=[_told(row, row["against"]) for row in records], for_it=[_told(row, row["speaks_for"]) for row in records])
    return Table("sunset", shown, columns, say("What the sunset review proposes, and why"), "A dash: nothing that the rule looks at, or not known. Services to keep stand last.",
                 most=max(int((rows["proposal"] != "keep").sum()), 3))


def verdicts(rows: pd.DataFrame) -> Table:
    """The verdict on each service beside what the rule proposes; takes `reviews.judged`."""
    columns = (Column("service_name", "Service"), Column("proposal", "Verdict"), Column("rule", "The rule proposes"), Column("money", "Money a year", "money"),
               Column("hours", "Staff hours a year", "whole"))
    return Table("verdicts", rows, columns, say("Verdicts so far, the rule's where none was given"), "Money is what does not pay for people. Hours are time for other work, not cash.")


def _heard(row: dict[str, object]) -> str | None:
    if not absent(row["consulted"]):
        return say("heard on {day}", day=day(row["consulted"]))
    return say("consult first") if row["first"] == "consult first" else None


def _proposal(row: dict[str, object]) -> str:
    if row["proposal"] == "transfer":
        return say("transfer to {partner}", partner=row["partner_name"])
    return say("merge with {service}", service=row["merge_name"]) if row["proposal"] == "merge" else say(row["proposal"])


def _told(row: dict[str, object], facts: str) -> str | None:
    texts = {
        "supports no goal": say("supports no goal in force"), "fits little": say("gives little to the goals ({fit})", fit=share(row["fit"], 1)),
        "use falls": say("use falls by {fall} a year", fall=share(_fall(row["yearly_change"]))),
        "one use costs more": say("one use costs {dearer} more than at the start", dearer=share(row["dearer"])),
        "rated low": say("patrons rate its quality {points} of 5", points=number(row["quality"], 2)),
        "matters little": say("patrons rate its relevance {points} of 5", points=number(row["relevance"], 2)),
        "served elsewhere": say("{part} of its patrons would be served elsewhere", part=share(row["elsewhere"])),
        "essential": say("essential"), "alone carries a goal": say("alone carries {goals}", goals=_quoted(row["only_here"])),
        "fits": say("gives {fit} of the weighted goals", fit=share(row["fit"])),
        "use grows": say("use grows by {rise} a year", rise=share(row["yearly_change"])),
        "patrons value it": say("patrons rate its relevance {points} of 5", points=number(row["relevance"], 2)),
        "few served elsewhere": say("only {part} of its patrons would be served elsewhere", part=share(row["elsewhere"])),
        "would hurt a group often missed": say("its end would hit a group that services often miss: {group}", group=row["segment_name"]),
    }
    return "; ".join(texts[fact] for fact in facts.split("; ") if fact) or None


def _quoted(name: object) -> str:
    return "" if absent(name) else say("“{name}”", name=name)


def _fall(change: float) -> float | None:
    return None if absent(change) else -float(change)


def dossier(rows: pd.DataFrame) -> Table:
    """The figures behind the review."""
    columns = (Column("service_name", "Service"), Column("fit", "Weighted support", "share"), Column("yearly_change", "Use, change a year", "share"),
               Column("per_use", "Cost of one use", "money"), Column("dearer", "Change of it", "share"), Column("quality", "Quality (1 to 5)", "number", 1),
               Column("relevance", "Relevance (1 to 5)", "number", 1))
    note = "Cost is what was spent on the service's own lines in the last full year. Ratings are those of patrons. A dash: not known, or too few answers to show."
    return Table("sunset_evidence", rows, columns, say("What the review looks at"), note)


def released(rows: pd.DataFrame) -> Table:
    """What ending or passing on services would release."""
    columns = (Column("service_name", "Service"), Column("proposal", "Proposal"), Column("money", "Money a year", "money"), Column("hours", "Staff hours a year", "whole"),
               Column("exit_cost", "Cost of ending, once", "money"), Column("first", "Before that"))
    note = "Money is what does not pay for people. Hours are the staff lines divided by the mean cost of an hour: time for other work, not cash."
    return Table("released", rows.assign(first=_blank(rows["first"])), columns, say("What ending or transferring would release"), note)


def decisions(rows: pd.DataFrame) -> Table:
    """Which past decisions still hold, and why or why not."""
    columns = (Column("what", "Decision"), Column("taken", "Taken"), Column("state", "Today"), Column("review", "Look again", "day"), Column("because", "Why"))
    shown = rows.assign(because=[_grounds(row) for row in rows.to_dict("records")], taken=[_taken(row) for row in rows.itertuples()])
    return Table("decisions", shown, columns, say("Which past decisions still hold"), most=40)


def _taken(row: object) -> str:
    taken = day(row.date)
    return taken if absent(row.decided_by) else say("{day}, {by}", day=taken, by=row.decided_by)


def _grounds(row: dict[str, object]) -> str:
    """Why a decision is where it is; a figure is told even when it did not move."""
    reasons = row["reasons"].split("; ")
    parts = []
    if "revoked" in reasons:
        parts.append(say("It was revoked on {day} by {what}.", day=day(row["revoked_on"]), what=_quoted(row["revoked_by"])))
    if "goal ended" in reasons:
        ended = say("Its goal, {goal}, ended on {day}", goal=_quoted(row["goal_name"]), day=day(row["goal_ended"]))
        parts.append(say("{ended}; {new} took its place.", ended=ended, new=_quoted(row["replaced_by"])) if not absent(row["replaced_by"]) else say("{ended}.", ended=ended))
    parts += _figures(row, reasons)
    if "review is due" in reasons and row["state"] != "no longer holds":
        parts.append(say("Its review was due on {day}.", day=day(row["review"])))
    if "service has ended" in reasons:
        parts.append(say("The service, {service}, has ended since.", service=row["service_name"]))
    if row["state"] == "holds" and not absent(row["goal_name"]):
        parts.append(say("Its goal, {goal}, stands.", goal=_quoted(row["goal_name"])))
    return " ".join(parts) or say("Nothing speaks against it.")


def _figures(row: dict[str, object], reasons: list[str]) -> list[str]:
    if absent(row["kpi_name"]):
        return []
    now = measure(row["now"], row["unit"])
    if "series broken" in reasons:
        return [say("{kpi} cannot be set against the figure then, because of an event since: {event}.", kpi=row["kpi_name"], event=row["broken_by"])]
    if "not measured of late" in reasons:
        return [say("{kpi} was last measured in {period}.", kpi=row["kpi_name"], period=period(row["now_period"]))]
    if absent(row["now"]) or absent(row["before"]):
        return [say("“{kpi}” has no two figures that can be compared.", kpi=row["kpi_name"])]
    if row["before_period"] == row["now_period"]:
        return [say("{kpi} has not been due for a new figure yet.", kpi=row["kpi_name"])]
    values = {"kpi": row["kpi_name"], "before": number(row["before"]), "then": period(row["before_period"]), "now": now, "period": period(row["now_period"])}
    return [say("{kpi} went from {before} in {then} to {now} in {period}.", **values)]
