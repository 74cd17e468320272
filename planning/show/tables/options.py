"""Tables of step 2 on what could be done, and with what."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, inside, listed, money, number, quoted, say, signed
from planning.show.records import Column, Table

INDENT = "\u2003"
CARDS = 8
"""So many cards are shown; all of them are in the file."""
ACCESS = {"yes": "Accessible as planned.", "partly": "Accessible in part.", "no": "Not accessible as planned.", "not checked": "Accessibility not checked."}


def cards(rows: pd.DataFrame) -> Table:
    """Each initiative as a card of some lines: what it is, for whom, what it gives, what it takes, and what could go wrong."""
    lines = [(row["initiative"], row["initiative_name"], *line) for row in rows.to_dict("records") for line in _lines(row)]
    parts = pd.DataFrame(lines, columns=["initiative", "initiative_name", "line", "text"])
    columns = (Column("line", "Initiative"), Column("text", "What it is, what it gives, what it takes"))
    note = "Value: the sum over goals of weight times contribution, 0 to 1. Behind each goal stands the contribution, behind each KPI the change hoped for."
    shown = set(rows["initiative"].head(CARDS))
    return Table("initiative_cards", parts, columns, say("Initiatives to choose from, most valuable first"), note,
                 most=int(parts["initiative"].isin(shown).sum()))


def _lines(row: dict[str, object]) -> list[tuple[str, str]]:
    """The lines of one card: what each is about, and its text; the first under the initiative's own name."""
    group = (say("{group}, an inclusion group", group=row["made_for"]) if row["inclusion"] else row["made_for"]) or say("all")
    parts = [("for whom", say("{group}. {access}", group=group[:1].upper() + group[1:], access=say(ACCESS[row["accessible"]]))),
             ("gives", _gives(row)), ("moves", _moves(row)),
             ("takes", _takes(row)), ("skills", row["skills"]), ("tied to", _tied(row)), ("risk", _wrong(row))]
    what = say("Not described yet.") if absent(row["description"]) else say("{text}.", text=str(row["description"]).rstrip("."))
    return [(row["initiative_name"], what), *((INDENT + say(about), text) for about, text in parts if text)]


def _gives(row: dict[str, object]) -> str:
    goals = [say("“{goal}” {part}", goal=goal, part=_part(float(part)))
             for goal, part in zip(row["goals"].split("; "), row["contributions"].split("; ")) if goal]
    return say("Value {value}: {goals}", value=number(row["value"], 2), goals=listed(goals)) if goals else say("Nothing to a goal in force")


def _moves(row: dict[str, object]) -> str:
    moved = [_moved(*one) for one in zip(row["kpis"].split("; "), row["changes"].split("; "), row["units"].split("; ")) if one[0]]
    return "; ".join(moved) if moved else say("No KPI, so its effect will not be seen")


def _part(contribution: float) -> str:
    return number(contribution, 1 if abs(contribution * 10 - round(contribution * 10)) < 1e-9 else 2)


def _moved(kpi: str, change: str, unit: str) -> str:
    if not change:
        return say("{kpi} (by how much is not known)", kpi=kpi)
    if unit.startswith("%"):
        return say("{kpi} {change} points", kpi=kpi, change=signed(float(change)))
    return say("{kpi} {change} {unit}", kpi=kpi, change=signed(float(change)), unit=unit)


def _takes(row: dict[str, object]) -> str:
    first = say("First year {cost}, {hours}", cost=_cost(row["cost"]), hours=_hours(row["hours"]))
    if row["cost_later"] == 0 and row["hours_later"] == 0:
        return say("{first}; nothing after that", first=first)
    return say("{first}; each later year {cost}, {hours}", first=first, cost=_cost(row["cost_later"]), hours=_hours(row["hours_later"]))


def _tied(row: dict[str, object]) -> str:
    parts = [say("Only together with {names}", names=quoted(row["needs"].split("; ")))] if row["needs"] else []
    parts += [say("Never together with {names}", names=quoted(row["excludes"].split("; ")))] if row["excludes"] else []
    return "; ".join(parts)


def _cost(value: float) -> str:
    return say("cost not known") if absent(value) else money(value)


def _hours(value: float) -> str:
    return say("hours not known") if absent(value) else count("{n} hour", "{n} hours", round(value))


def _wrong(row: dict[str, object]) -> str:
    if absent(row["risk"]):
        return say("Not rated") if absent(row["risks"]) else say("Not rated: {words}", words=_small(row["risks"]))
    if absent(row["risks"]):
        return say("{points} of 5", points=number(row["risk"]))
    return say("{points} of 5: {words}", points=number(row["risk"]), words=_small(row["risks"]))


def _small(words: str) -> str:
    return inside(words).rstrip(".")


def ideas(rows: pd.DataFrame) -> Table:
    """Cards of the suite's list that no initiative started from."""
    columns = (Column("option_name", "Option"), Column("what", "What it is"), Column("for_whom", "For whom"), Column("first_step", "Smallest start"),
               Column("effort", "Effort"))
    note = "Effort in the first year: small up to 100 staff hours, middle up to 500, large above. Cards are for thought; what fits is for the library to say."
    return Table("option_cards", rows, columns, say("Options that no initiative started from"), note, most=6)


def inventory(rows: pd.DataFrame) -> Table:
    """What the library already has to start from."""
    after = [looked or (say("lent by {partner}", partner=lent) if lent else None) for looked, lent in zip(rows["looked_after_by"], rows["lent_by"])]
    shown = rows.assign(after=after, used=rows["used_by"].where(rows["used_by"] != "", say("no initiative")),
                        about=rows["note"].where(rows["note"] != "", None))
    columns = (Column("asset_name", "What is there"), Column("kind", "Kind"), Column("ready", "Ready"), Column("after", "Looked after by"),
               Column("used", "Used by"),
               Column("about", "To know before using it"))
    return Table("assets", shown, columns, say("What is there to start from"), most=14)


def floors(rows: pd.DataFrame) -> Table:
    """Essential services and their least money."""
    columns = (Column("service_name", "Essential service"), Column("floor", "Floor", "money"), Column("planned", "Planned", "money"),
               Column("short", "Short by", "money"))
    year = rows["fiscal_year"].iloc[0]
    note = "" if absent(year) else say("Planned in fiscal year {year}, in lines of the budget that name the service; shared costs are not in it.",
                                       year=str(int(year)))
    return Table("floors", rows, columns, say("Essential services and the least money they must keep"), note)


def reach(rows: pd.DataFrame) -> Table:
    """For whom each initiative is made and who can use it, chosen or not."""
    whom = [name or say("all") for name in rows["made_for"]]
    columns = (Column("initiative_name", "Initiative"), Column("chosen", "Chosen"), Column("whom", "Made for"),
               Column("inclusion", "Inclusion group"), Column("accessible", "Accessible"))
    return Table("choice_reach", rows.assign(whom=whom), columns, say("For whom the choice is made, and who can use it"), most=12)
