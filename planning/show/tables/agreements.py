"""Tables of agreements with partners: what they state, who does what, what is given and shared, who tells of whom."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, day, listed, number, say, signed
from planning.show.records import Column, Table

SHORT = {"aim": "shared aim", "library_expects": "the library's", "partner_expects": "the partner's", "library_gives": "the library's", "partner_gives": "the partner's",
         "success": "the library's", "partner_success": "the partner's", "kpi": "KPI", "owner": "owner", "partner_post": "post at the partner", "contact": "how both talk",
         "review": "review date", "answered": "who answers for each task", "ending": "end date or way to end"}
GROUPS = {"expectations": "expectations", "given": "what is given", "measures": "success", "care": "looking after it", "close": "ending"}


def completeness(rows: pd.DataFrame) -> Table:
    """What each running agreement lacks, the one that states least first."""
    columns = (Column("agreement_name", "Agreement"), Column("partner_name", "Partner"), Column("states", "States", "points"), Column("lacks", "Lacks"))
    states = [say("{n} of {all}", n=number(row.points), all=number(row.asked)) for row in rows.itertuples()]
    lacks = [_lacks(row) or say("nothing") for row in rows.to_dict("records")]
    note = "“The library's” and “the partner's” is what that side expects, gives, or means by success."
    return Table("agreement_points", rows.assign(states=states, lacks=lacks), columns, say("What running agreements lack, those that state least first"), note, most=6)


def _lacks(row: dict[str, str]) -> str:
    groups = [say("{group}: {points}", group=say(title), points=listed(say(SHORT[point]) for point in row[group].split("; "))) for group, title in GROUPS.items() if row[group]]
    return "; ".join(groups)


def tasks(rows: pd.DataFrame) -> Table:
    """Who does what under agreements, those to act on first."""
    columns = (Column("task_name", "Task"), Column("agreement_name", "Agreement"), Column("work", "Does it"), Column("answers", "Answers for it"),
               Column("others", "Asked before, told after"), Column("stands", "Stands"))
    work = [_work(row) for row in rows.itertuples()]
    answers = [say("nobody") if absent(name) else name for name in rows["accountable_name"]]
    others = [_others(row) for row in rows.itertuples()]
    stands = [_stands(row) for row in rows.itertuples()]
    note = "As in a responsibility matrix: responsible, accountable, consulted, informed. Exactly one role in the library answers for each task."
    return Table("agreement_tasks", rows.assign(work=work, answers=answers, others=others, stands=stands), columns, say("Who does what, those to act on first"), note, most=8)


def _work(row: tuple) -> str:
    if row.done_by == "partner":
        return row.partner_name
    own = say("the library") if absent(row.responsible_name) else row.responsible_name
    return own if row.done_by == "library" else say("{role} with {partner}", role=own, partner=row.partner_name)


def _others(row: tuple) -> str | None:
    asked = [] if absent(row.consulted) else [say("asked: {names}", names=row.consulted)]
    told = [] if absent(row.informed) else [say("told: {names}", names=row.informed)]
    return "; ".join([*asked, *told]) or None


def _stands(row: tuple) -> str:
    if row.state == "overdue":
        return say("due {day}, overdue by {days}", day=day(row.due), days=count("{n} day", "{n} days", int(row.days)))
    if row.state == "open":
        return say("due {day}", day=day(row.due))
    return say("no due day") if row.state == "no date" else say("done on {day}, late" if row.state == "done late" else "done on {day}", day=day(row.done))


def load(rows: pd.DataFrame) -> Table:
    """What each role carries of the tasks that are not done."""
    columns = (Column("role_name", "Role"), Column("answers", "Answers for", "whole"), Column("overdue", "Of them overdue", "whole"), Column("does", "Does", "whole"), Column("next_due", "First due", "day"))
    return Table("agreement_load", rows, columns, say("Tasks under agreements that are not done, by role"), "Tasks are counted, whether small or large.", most=6)


def ledger(rows: pd.DataFrame) -> Table:
    """What both sides gave, year by year."""
    columns = (Column("fiscal_year", "Fiscal year", "id"), Column("partnerships", "Partnerships", "whole"), Column("library_gives", "Library gave", "money"), Column("partner_gives", "Partners gave", "money"),
               Column("leverage", "Partners' for 1 of the library's", "number", 2), Column("reciprocity", "Smaller side ÷ larger", "number", 2), Column("hours", "Hours, library and partners"),
               Column("moved", "Against the year before"))
    note = "Active partners with both sides recorded in the year. The year before: only partnerships recorded in both. Smaller ÷ larger: 1 is even, 0 is one-sided. A dash: not recorded."
    left = int(rows["left_out"].sum())
    if left:
        note = say(note) + " " + count("Left out: {n} year of a partnership of which one side is not recorded.", "Left out: {n} years of partnerships of which one side is not recorded.", left)
    moved = [_moved(row.library_change, row.partner_change) for row in rows.itertuples()]
    hours = [say("{ours} and {theirs}", ours=_hours(row.library_hours), theirs=_hours(row.partner_hours)) for row in rows.itertuples()]
    return Table("contributions_by_year", rows.assign(fiscal_year=rows["fiscal_year"].astype(int).astype(str), moved=moved, hours=hours), columns, say("What both sides gave, year by year"), note)


def _hours(hours: float) -> str:
    return say("none recorded") if absent(hours) else number(hours, 0)


def _moved(ours: float, theirs: float) -> str | None:
    if absent(ours) or absent(theirs):
        return None
    return say("library {ours}%, partners {theirs}%", ours=signed(100 * ours, 0), theirs=signed(100 * theirs, 0))


def pooling(rows: pd.DataFrame) -> Table:
    """What is shared with partners, what it cost and what it would have cost alone."""
    columns = (Column("name", "Shared"), Column("partner_name", "With"), Column("paid", "Paid", "money"), Column("alone", "Alone it would cost", "money"), Column("saved", "Saved", "money"),
               Column("share", "Saved of it", "share"), Column("basis", "Cost alone from"), Column("saved_before", "Saved the year before", "money"))
    note = "Below zero: sharing costs more than doing it alone. A dash: nobody knows what it would cost alone; that is not zero, and not counted."
    return Table("shared_costs", rows, columns, say("Costs shared with partners in fiscal year {year}", year=int(rows["fiscal_year"].iloc[0])), note, most=10)


def promotions(rows: pd.DataFrame) -> Table:
    """Who told others about whom."""
    columns = (Column("partner_name", "Partner"), Column("way", "Who tells of the other"), Column("ours", "The library told through"), Column("theirs", "The partner told through"))
    told = {side: [_through(*one) for one in zip(rows[f"by_{name}"], rows[f"{name}_channels"], rows[f"{name}_reached"])] for side, name in (("ours", "library"), ("theirs", "partner"))}
    note = "In brackets the most people that one of them reached, as far as the channel counts them."
    return Table("promotions", rows.assign(**told), columns, say("Who told others about whom in the last twelve months"), note, most=6)


def _through(times: int, channels: str, reached: float) -> str | None:
    if not times:
        return None
    names = listed(channels.split("; ")) + ("" if absent(reached) else say(" ({people})", people=number(reached, 0)))
    return names if times == 1 else say("{channels}, {n} times", channels=names, n=number(times))
