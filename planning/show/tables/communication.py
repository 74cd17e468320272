"""Tables of step 7."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.communication import amount, decimals, who
from planning.show.language import absent, day, listed, period, say
from planning.show.records import Column, Table


def checks(rows: pd.DataFrame) -> Table:
    """Messages that need attention, with what to do."""
    shown = rows.assign(found=[_found(row) for row in rows.itertuples()])
    shown["wrong"] = [say(row.matter) if absent(row.found) else say("{matter} ({found})", matter=say(row.matter), found=row.found) for row in shown.itertuples()]
    shown["sender"] = [_sender(row) for row in rows.itertuples()]
    columns = (Column("text", "Message"), Column("audience_name", "To"), Column("sender", "Owner and day"), Column("to_do", "What to do"), Column("wrong", "What is the matter"))
    note = "Those that should not be told as they stand come first. A message whose story may not be told is shown without its text."
    return Table("message_checks", shown, columns, say("Messages that need attention"), note, most=30)


def _sender(row: object) -> str:
    owner = say("nobody") if absent(row.owner_name) else row.owner_name
    return say("{owner}, no day", owner=owner) if absent(row.date) else say("{owner}, {day}", owner=owner, day=day(row.date))


def _found(row: object) -> str | None:
    value = "" if absent(row.latest) else amount(row.latest, "")
    target = "" if absent(row.target) else amount(row.target, "")
    words = {"about": row.about, "target": target, "figures": row.figures, "value": value, "when": period(row.latest_period), "then": period(row.period) if row.period else ""}
    texts = {
        "check the number": "{figures} in the text; {about} was {value} in {when}",
        "the figure is not the latest": "{figures} in the text, measured for {then}; {about} was {value} in {when}",
        "set beside a figure counted in another way": "{figures} is from {then}; since then: {about}",
        "rests on a KPI that is out of date": "{about}, last measured for {when}",
        "rests on a KPI that is behind its target": "{about}: {value} in {when}" + ("" if absent(row.target) else "; target {target}"),
        "sent more than a year ago": "{about} was {value} in {when}",
    }
    return say(texts[row.matter], **words) if row.matter in texts else row.about or None


def statements(rows: pd.DataFrame) -> Table:
    """What changed, for whom, how sure, and within which limits."""
    shown = rows.assign(who=[who(row) for row in rows.itertuples()], then=[_measured(row.value_from, row.period_from, row) for row in rows.itertuples()],
                        now=[_measured(row.value, row.period, row) for row in rows.itertuples()], sure=[_sure(row) for row in rows.itertuples()],
                        lacking=[listed(say(part) for part in row.lacks.split("; ")) if row.lacks else None for row in rows.itertuples()])
    columns = (Column("name", "What"), Column("goal_name", "Goal"), Column("who", "For whom"), Column("level", "Level"), Column("grade", "Evidence"), Column("sure", "How sure"), Column("lacking", "Lacks"))
    note = "The figures and their limits stand in the sentences above."
    return Table("impact_statements", shown, columns, say("What the figures carry, those that can be told as a success first"), note, most=40)


def _measured(value: float, when: object, row: object) -> str | None:
    unit = row.unit.split(" of ")[0] if row.unit.startswith("%") else row.unit
    return None if absent(value) else say("{amount} ({when})", amount=amount(value, unit, decimals(row.value, row.value_from)), when=period(when))


def _sure(row: object) -> str | None:
    if row.hidden:
        return say("too few answers to show")
    if not absent(row.n):
        return say("between {low} and {high}, {n} answers", low=amount(row.low, "%", 0), high=amount(row.high, "%", 0), n=int(row.n))
    words = {"no data": "not measured yet", "stale": "out of date", "held": "kept within its band all year", "outside": "not always within its band",
             "not comparable": "nothing to set it beside", "same": "within the usual ups and downs", "unsure": "not enough to tell it from chance"}
    if row.verdict in words:
        return say(words[row.verdict])
    return say("too few values to know the usual ups and downs") if absent(row.usual) else say("more than the usual ups and downs")


def stories(rows: pd.DataFrame, bank: pd.DataFrame) -> Table:
    """Stories that may be told, with the figures that stand beside them."""
    shown = rows.merge(bank[["story", "beside"]], on="story", how="left").assign(beside=lambda found: found["beside"].replace("", None))
    columns = (Column("name", "Story"), Column("goal_name", "Goal"), Column("audience_name", "Meant for"), Column("expires", "May be told until", "day"),
               Column("beside", "Figures beside it"), Column("text", "What was told"))
    return Table("stories", shown, columns, say("Stories that may be told"), "One story shows what can happen, not how often it does.")


def calendar(rows: pd.DataFrame) -> Table:
    """When messages go out."""
    columns = (Column("date", "Day", "day"), Column("stands", "Stands"), Column("audience_name", "To"), Column("channel", "Channel"), Column("owner_name", "Owner"),
               Column("text", "Message"))
    stands = [say("{status}, late", status=say(row.status)) if row.when == "late" else row.status for row in rows.itertuples()]
    return Table("calendar", rows.assign(stands=stands), columns, say("When messages go out"), most=30)


def messages(rows: pd.DataFrame) -> Table:
    """The messages of one audience."""
    columns = (Column("text", "Message"), Column("channel", "Channel"), Column("goal_name", "Goal"), Column("kpi_name", "Rests on"), Column("date", "Day", "day"),
               Column("status", "Status"))
    return Table("messages", rows, columns, say("What it is told"))
