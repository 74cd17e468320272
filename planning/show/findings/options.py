"""Sentences of step 2 on what could be done: cards of initiatives, the smallest start, floors, and whom the choice is for."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planning.analysis.assets import NOT_READY, NOW, UNLISTED, WAITS
from planning.show.language import absent, count, inside, listed, money, number, quoted, say
from planning.show.records import Finding

CARDS = ("initiatives", "initiative_goals", "goals")
STARTS = ("initiatives", "initiative_assets", "assets", "initiative_links")
FLOORS = ("services", "budget")
REACH = ("initiatives", "initiative_goals", "goals", "segments")


def known(cards: pd.DataFrame) -> Finding | None:
    """How many initiatives there are to choose from, and how complete their cards are."""
    if cards.empty:
        return None
    full = int(cards[["cost", "hours", "cost_later", "hours_later"]].notna().all(axis=1).sum())
    text = count("{n} initiative could be taken up or runs already.", "{n} initiatives could be taken up or run already.", len(cards))
    if full == len(cards):
        return Finding(say("{text} Every card names what the first year and later years take.", text=text), "good", "counted", CARDS)
    rest = (count("Cost and hours of the first year and of later ones are known for {n} of them.",
                  "Cost and hours of the first year and of later ones are known for {n} of them.", full)
            if full else say("None of the cards names cost and hours of both the first year and later ones."))
    return Finding(say("{text} {rest}", text=text, rest=rest), "plain", "counted", CARDS)


def unlisted(cards: pd.DataFrame) -> list[Finding]:
    """Initiatives that name a card which the suite's list does not hold, one sentence a card."""
    return [Finding(_unlisted(rows), "unknown", "counted", ("initiatives",)) for _, rows in cards.groupby("option", sort=False)]


def _unlisted(rows: pd.DataFrame) -> str:
    option, nearest = rows["option"].iloc[0], rows["nearest"].iloc[0]
    text = count("{names} names the option card “{option}”, which the suite's list does not hold.",
                 "{names} name the option card “{option}”, which the suite's list does not hold.",
                 len(rows), names=quoted(rows["initiative_name"], 3), option=option)
    return say("{text} Is “{nearest}” meant?", text=text, nearest=nearest) if nearest else text


def ideas(cards: pd.DataFrame) -> Finding | None:
    """Cards of the suite's list that no initiative started from."""
    if cards.empty:
        return None
    text = count("No initiative started from one card of the suite's list: {names}.",
                 "No initiative started from {n} cards of the suite's list, among them {names}."
                 if len(cards) > 3 else "No initiative started from {n} cards of the suite's list: {names}.",
                 len(cards), names=listed(say("“{name}”", name=say(name)) for name in cards["option_name"].head(3)))
    return Finding(text, "plain", "counted", ("initiatives",))


def ready(starts: pd.DataFrame) -> Finding | None:
    """How many first steps could be made now with what is there."""
    if starts.empty:
        return None
    n = int((starts["state"] == NOW).sum())
    text = (count("The one first step could be made now with what is there.", "Each of the {n} first steps could be made now with what is there.", n)
            if n == len(starts)
            else count("{n} of {all} first steps could be made now with what is there.",
                       "{n} of {all} first steps could be made now with what is there.", n, all=number(len(starts))) if n
            else count("Of the one first step, it cannot be said that it could be made now.",
                       "Of none of the {n} first steps can it be said that it could be made now.", len(starts)))
    return Finding(text, "plain" if n else "unknown", "counted", STARTS)


def smallest(starts: pd.DataFrame, planned: pd.DataFrame) -> Finding | None:
    """The smallest start that could be made now with what is there; where its initiative is not of the first year, that too."""
    if starts.empty:
        return None
    now = starts[starts["state"] == NOW]
    if now.empty and (starts[["assets", "missing"]] == "").all(axis=None):
        text = say("It cannot be said what could start now: what the first steps need is not listed. List it in assets.csv and initiative_assets.csv.")
        return Finding(text, "unknown", "counted", STARTS)
    if now.empty:
        text = count("The one first step cannot be made with what is there; it waits for something.",
                     "None of the {n} first steps can be made with what is there; each waits for something, or does not list what it needs.", len(starts))
        return Finding(text, "bad", "counted", STARTS)
    first = now.iloc[0].to_dict()
    return Finding(_start(first) + _when(first["initiative"], planned), "unknown" if now["hours"].isna().all() else "good", "estimated", STARTS)


def _when(initiative: str, planned: pd.DataFrame) -> str:
    """Why a step comes before its initiative, where that would start later or not at all."""
    row = planned[planned["initiative"] == initiative].head(1) if len(planned) else planned
    if row.empty or row["year"].iloc[0] == 1:
        return ""
    if pd.isna(row["year"].iloc[0]):
        return " " + say("The whole initiative finds no room in the coming years; the step would show whether it should.")
    return " " + say("The whole initiative would start only in fiscal year {year}; the step would show before then whether it is wanted.",
                     year=str(int(row["fiscal_year"].iloc[0])))


def _start(row: dict[str, object]) -> str:
    there = quoted(str(row["assets"]).split("; "))
    step = str(row["first_step"]).rstrip(".")
    if absent(row["hours"]):
        return say("“{name}” could start now with {assets}: “{step}”. Nobody has estimated its hours yet, so it cannot be said whether it is the "
                   "smallest start.",
                   name=row["initiative_name"], assets=there, step=step)
    hours = count("{n} hour", "{n} hours", round(row["hours"]))
    whose = say("{hours} of the {role}", hours=hours,
                role=inside(row["role"])) if row["role"] else say("{hours}, and an owner, whom nobody has named yet", hours=hours)
    return say("The smallest start is that of “{name}”: “{step}”. It takes {whose}; all it needs is there: {assets}.",
               name=row["initiative_name"], step=step, whose=whose, assets=there)


def waiting(starts: pd.DataFrame) -> list[Finding]:
    """First steps that cannot be made yet and why; those of which it cannot be said."""
    if starts.empty:
        return []
    held, listed_any = starts[starts["state"].isin([WAITS, NOT_READY])], (starts[["assets", "missing"]] != "").any(axis=None)
    unsaid = starts.loc[starts["state"] == UNLISTED, "initiative_name"]
    unhoured = starts.loc[starts["hours"].isna() & (starts["state"] == NOW), "initiative_name"]
    found = []
    if len(held):
        names = [_waits(row) for row in held.to_dict("records")]
        more = say("; and {n} more", n=number(len(names) - 4)) if len(names) > 4 else ""
        found.append(Finding(count("{n} first step waits: {names}{more}.", "{n} first steps wait: {names}{more}.", len(held),
                                   names="; ".join(names[:4]), more=more), "plain", "counted", STARTS))
    if len(unsaid) and listed_any:
        text = count("What the first step of {names} needs is not listed in initiative_assets.csv.",
                     "What the first steps of {names} need is not listed in initiative_assets.csv.",
                     len(unsaid), names=quoted(unsaid, 3))
        found.append(Finding(text, "unknown", "counted", STARTS))
    if len(unhoured) and len(unhoured) < len(starts):
        text = count("Nobody has estimated the hours of the first step of {names}.", "Nobody has estimated the hours of the first steps of {names}.",
                     len(unhoured), names=quoted(unhoured, 3))
        found.append(Finding(text, "unknown", "counted", ("initiatives",)))
    return found


def _waits(row: dict[str, str]) -> str:
    return say("“{name}” for {what}", name=row["initiative_name"],
               what=quoted([name for name in [*row["waits_for"].split("; "), *row["missing"].split("; ")] if name]))


def unused(inventory: pd.DataFrame) -> Finding | None:
    """What is there and used by no initiative."""
    if inventory.empty:
        return None
    ready, every = int(inventory["ready"].sum()), count("{n} asset", "{n} assets", len(inventory))
    idle = inventory[(inventory["uses"] == 0) & inventory["ready"].astype(bool)]
    tables = ("assets", "initiative_assets")
    if not ready:
        return Finding(say("Of {all}, none is ready to be used.", all=every), "bad", "counted", tables)
    head = count("Of {all}, {n} is ready to be used", "Of {all}, {n} are ready to be used", ready, all=every)
    tail = say("no initiative builds on {names}", names=quoted(idle["asset_name"], 3)) if len(idle) else say("initiatives build on all that is ready")
    return Finding(say("{head}; {tail}.", head=head, tail=tail), "plain", "counted", tables)


def floors(services: pd.DataFrame) -> list[Finding]:
    """Essential services that the budget leaves less than their floor."""
    if services.empty:
        return []
    if services["floor"].isna().all():
        text = say("No essential service has a floor (column floor in services.csv), so the choice of initiatives keeps no money for any of them.")
        return [Finding(text, "unknown", "counted", FLOORS)]
    found = shortfalls(services)
    known = services.dropna(subset=["short"])
    if len(known) and not found:
        text = count("{n} essential service keeps its floor in the budget of fiscal year {year}.",
                     "{n} essential services keep their floor in the budget of fiscal year {year}.",
                     len(known), year=str(int(known["fiscal_year"].iloc[0])))
        found.append(Finding(text, "good", "counted", FLOORS))
    return found + _unsaid(services)


def shortfalls(services: pd.DataFrame) -> list[Finding]:
    """The essential services that are below their floor, and by how much."""
    below = services[services["short"] > 0] if len(services) else services
    return [Finding(_short(row), "bad", "counted", FLOORS) for row in below.to_dict("records")]


def _short(row: dict[str, object]) -> str:
    return say("The budget of fiscal year {year} plans {planned} for “{name}”, {short} less than its floor of {floor}. This sum is set aside "
               "before anything is chosen.",
               year=str(int(row["fiscal_year"])), planned=money(row["planned"]), name=row["service_name"], short=money(row["short"]), floor=money(row["floor"]))


def _unsaid(services: pd.DataFrame) -> list[Finding]:
    nameless, unplanned = services[services["floor"].isna()], services[services["floor"].notna() & services["planned"].isna()]
    found = []
    if len(nameless):
        found.append(count("The essential service {names} has no floor.", "These {n} essential services have no floor: {names}.", len(nameless),
                           names=quoted(nameless["service_name"], 3)))
    if len(unplanned):
        found.append(say("The budget plans nothing for {names}, so it cannot be said whether the floor is kept.", names=quoted(unplanned["service_name"], 3)))
    return [Finding(text, "unknown", "counted", FLOORS) for text in found]


def inclusion(groups: pd.DataFrame, reached: pd.DataFrame) -> Finding | None:
    """Whether the choice holds something for each inclusion group."""
    if reached.empty:
        return None
    if groups.empty:
        text = say("No group of patrons is marked as an inclusion group (column inclusion in segments.csv), so it cannot be said whom the choice leaves out.")
        return Finding(text, "unknown", "counted", REACH)
    if (reached["made_for"] == "").all():
        text = say("No initiative names the group that it is made for (column segment in initiatives.csv), so it cannot be said whom the choice leaves out.")
        return Finding(text, "unknown", "counted", REACH)
    n, every = int(groups["chosen"].sum()), int(reached["chosen"].sum())
    none = groups[groups["chosen"] == 0]
    head = (count("{n} of the {all} chosen initiatives is made for an inclusion group.",
                  "{n} of the {all} chosen initiatives are made for an inclusion group.", n, all=number(every))
            if n else say("No chosen initiative is made for an inclusion group."))
    if none.empty:
        return Finding(say("{head} Each of these groups has at least one.", head=head), "good", "counted", REACH)
    missed, unthought = none[none["left_out"] > 0], none.loc[none["left_out"] == 0, "segment_name"]
    parts = [head, *_those((_group(row) for row in missed.to_dict("records")), "{names} gets none.", "{names} get none.")]
    parts += [say("No initiative to choose from is made for {names}.", names=quoted(unthought))] if len(unthought) else []
    return Finding(" ".join(parts), "bad", "counted", REACH)


def _group(row: dict[str, object]) -> str:
    return say("“{group}” (left out: {names})", group=row["segment_name"], names=quoted(row["left_names"].split("; "), 2))


def accessible(reached: pd.DataFrame) -> Finding | None:
    """Whether people with disabilities can use what is chosen, and what is left out."""
    if reached.empty or not reached["chosen"].any():
        return None
    chosen, left = reached[reached["chosen"]], reached[~reached["chosen"].astype(bool)]
    states = chosen["accessible"].value_counts()
    if states.get("not checked", 0) == len(chosen):
        return Finding(say("Nobody has checked whether people with disabilities can use what is chosen (column accessible in initiatives.csv)."),
                       "unknown", "counted", REACH)
    parts = [say("Of the {all} chosen initiatives, {yes} can be used by people with disabilities as planned, and {partly} in part.", all=number(len(chosen)),
                 yes=_some(states.get("yes", 0)), partly=_some(states.get("partly", 0)))]
    for state, one, many in (("no", "{names} cannot.", "{names} cannot."), ("not checked", "{names} was not checked.", "{names} were not checked.")):
        parts += _those((say("“{name}”", name=name) for name in chosen.loc[chosen["accessible"] == state, "initiative_name"]), one, many)
    if len(left):
        parts.append(say("Of the {all} left out, {yes} can.", all=number(len(left)), yes=_some(int((left["accessible"] == "yes").sum()))))
    tone = "bad" if states.get("no", 0) else "good" if states.get("yes", 0) == len(chosen) else "plain"
    return Finding(" ".join(parts), tone, "counted", REACH)


def _some(n: int) -> str:
    return number(n) if n else say("none")


def _those(names: Iterable[str], one: str, many: str) -> list[str]:
    given = list(names)
    return [count(one, many, len(given), names=listed(given, 3))] if given else []
