"""Sentences of step 2 about the years ahead: what starts when, which role is short, what more money buys, with what to begin."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, listed, money, number, period, quoted, say, share
from planning.show.records import Finding

YEARS = ("initiatives", "initiative_goals", "goals", "initiative_links", "initiative_hours", "ceilings", "roles")
CHOICE = ("initiatives", "initiative_goals", "goals", "initiative_links", "initiative_hours", "roles")
PLAY = ("free", "must do", "running")


def _names(text: str, most: int = 3) -> str:
    return quoted(text.split("; "), most)


def amount(ceiling: str, value: float) -> str:
    """Money, or hours, in words."""
    return money(value) if ceiling == "money" else count("{n} hour", "{n} hours", round(value))


def ceiling(name: str, title: str) -> str:
    """What a ceiling is about: money, staff time, or the hours of one role."""
    return {"money": say("money"), "hours": say("staff time")}.get(name) or say("the hours of “{role}”", role=title)


def spread(planned: pd.DataFrame) -> Finding | None:
    """How many initiatives start in which year, and how many find no room."""
    if planned.empty:
        return None
    play = planned[planned["part"].isin(PLAY)]
    begun = play[play["year"].notna()]
    if begun.empty:
        return Finding(say("No initiative fits into any of the years."), "bad", "estimated", YEARS)
    by_year = begun.groupby("fiscal_year").size()
    parts = listed(say("{n} in {year}", n=number(n), year=str(int(year))) for year, n in by_year.items())
    left = len(play) - len(begun)
    rest = count("; {n} finds no room in any year", "; {n} find no room in any year", left) if left else ""
    text = count("Of {n} initiative, {begun} can start: {parts}{rest}.", "Of {n} initiatives, {begun} can start: {parts}{rest}.",
                 len(play), begun=number(len(begun)), parts=parts, rest=rest)
    return Finding(text, "plain" if left else "good", "estimated", YEARS)


def start(planned: pd.DataFrame, chosen: pd.DataFrame) -> Finding | None:
    """Whether looking years ahead changes what starts in the first year."""
    if planned.empty or chosen.empty:
        return None
    return changed(planned, chosen) or Finding(say("Looking further ahead leaves the choice of the first year as it is."), "good", "estimated", YEARS)


def changed(planned: pd.DataFrame, chosen: pd.DataFrame) -> Finding | None:
    """How looking years ahead changes the first year; nothing where it does not."""
    if planned.empty or chosen.empty:
        return None
    first, alone = planned[planned["year"] == 1], chosen[chosen["chosen"].astype(bool)]
    new, gone = (one.loc[~one["initiative"].isin(other["initiative"]), "initiative_name"] for one, other in ((first, alone), (alone, first)))
    if new.empty and gone.empty:
        return None
    parts = [say("{names} would start in the first year", names=quoted(new, 3)) if len(new) else "", say("{names} would not", names=quoted(gone, 3)) if len(gone) else ""]
    text = say("Looking further ahead changes the first year, since later money and hours count too: {parts}. The roadmap follows this first year.",
               parts=say(", and ").join(part for part in parts if part))
    return Finding(text, "plain", "estimated", YEARS)


def proven(planned: pd.DataFrame) -> Finding | None:
    """What is said when the best spread was not proven."""
    if planned.empty or planned["gap"].iloc[0] <= 1e-9:
        return None
    text = say("The search was stopped before this spread was proven to be the best: a better one could give up to {gap} more value.",
               gap=share(planned["gap"].iloc[0], 1))
    return Finding(text, "unknown", "estimated", YEARS)


def carried(yearly: pd.DataFrame, planned: pd.DataFrame) -> Finding | None:
    """Years whose ceilings are carried on from an earlier one, and years without any."""
    whole = yearly[yearly["ceiling"].isin(["money", "hours"])]
    if whole.empty or planned.empty:
        return None
    open_ones, old = whole[whole["limit"].isna()], whole[whole["carried"] & whole["limit"].notna()]
    parts = [say("{what} of {year} is carried on to {years}", what=ceiling(name, name), year=str(since),
                 years=listed(str(year) for year in rows["fiscal_year"]))
             for (name, since), rows in old.groupby(["ceiling", "since"], sort=False)]
    parts += [say("{what} has no ceiling in {years}", what=ceiling(name, name), years=listed(str(year) for year in rows["fiscal_year"]))
              for name, rows in open_ones.groupby("ceiling", sort=False)]
    if not parts:
        return None
    return Finding(say("Not every year has ceilings of its own (ceilings.csv): {parts}.", parts="; ".join(parts)), "unknown", "counted", ("ceilings",))


def later(planned: pd.DataFrame) -> Finding | None:
    """Initiatives that start although what they need in later years is not known."""
    if planned.empty:
        return None
    open_ones = planned[planned["year"].notna() & (planned["works"] > 1) & (planned["cost_later"].isna() | planned["hours_later"].isna())]
    if open_ones.empty:
        return None
    text = say("For {names}, cost or hours after the first year are not known and counted as nothing: later years show more room than there is.",
               names=quoted(open_ones["initiative_name"], 4))
    return Finding(text, "unknown", "counted", ("initiatives",))


def conflicts(problems: pd.DataFrame) -> list[Finding]:
    """Why no spread over the years is possible: what breaks later years; the first year's conflicts are told with the choice."""
    if problems.empty:
        return []
    later_ones = problems[problems["year"] > 1]
    if (problems["kind"] == "nothing to choose").any():
        return [Finding(say("Nothing can be spread over the years, since nothing can be chosen; the reason is named above."), "unknown", "counted",
                        YEARS, conflict=True)]
    if later_ones.empty:
        return [Finding(say("No spread over the years is possible, since the first year already has a conflict; it is named with the choice above."),
                        "bad", "counted", YEARS, conflict=True)]
    return [Finding(_over(rows), "bad", "counted", YEARS, conflict=True) for _, rows in later_ones.groupby("ceiling", sort=False)]


def _over(rows: pd.DataFrame) -> str:
    """What breaks one ceiling, in whichever years: the year when most is too much tells how much."""
    worst = rows.sort_values("excess", ascending=False, kind="stable").iloc[0]
    of = "" if worst["ceiling"] in ("money", "hours") else say(" of “{role}”", role=worst["ceiling_name"])
    what = {"excess": amount(worst["ceiling"], worst["excess"]), "limit": amount(worst["ceiling"], worst["limit"]),
            "names": _names(worst["names"], 6), "of": of}
    if len(rows) == 1:
        return say("No spread over the years is possible: in {year}, what must be done or already runs needs {excess} more{of} than the ceiling of "
                   "{limit}. Raise that ceiling, or look again at {names}.",
                   year=str(worst["fiscal_year"]), **what)
    return say("No spread over the years is possible: in {years}, what must be done or already runs needs more{of} than there is, most in {year}: "
               "{excess} more than the ceiling of {limit}. "
               "Raise these ceilings, or look again at {names}.", years=listed(str(year) for year in rows["fiscal_year"]),
               year=str(worst["fiscal_year"]), **what)


def roles(rows: pd.DataFrame) -> list[Finding]:
    """Roles with hardly an hour left, and the role of which most is asked."""
    if rows.empty:
        return []
    rests_on, tight = ("initiative_hours", "roles", "initiatives"), rows[rows["tight"].astype(bool)]
    known = rows.dropna(subset=["free"])
    if known.empty:
        return [Finding(say("No role has hours for initiatives set (free_hours in roles.csv), so no role limits the choice."), "unknown", "counted",
                        ("roles",))]
    once = known.drop_duplicates("role_name")
    asked = once.loc[(once["asked"] / once["free"].where(once["free"] > 0)).sort_values(ascending=False, kind="stable").index[0]]
    found = []
    if asked["asked"] > asked["free"]:
        text = say("All initiatives together would ask {asked} of “{role}” in their first year; the role has {free} a year.",
                   asked=amount("hours", asked["asked"]), role=asked["role_name"], free=number(asked["free"]))
        found.append(Finding(text, "plain", "estimated", rests_on))
    if tight.empty:
        return [*found, Finding(say("With this spread, every role keeps more than a tenth of its hours."), "good", "estimated", rests_on)]
    by_role = [say("“{role}” in {years}", role=role, years=listed(str(year) for year in one["fiscal_year"]))
               for role, one in tight.groupby("role_name", sort=False)]
    text = count("{n} role would have less than a tenth of its hours left: {names}.",
                 "{n} roles would have less than a tenth of their hours left: {names}.", len(by_role), names="; ".join(by_role))
    return [*found, Finding(text, "bad", "estimated", rests_on)]


def unsplit(planned: pd.DataFrame) -> Finding | None:
    """Initiatives that start though nobody said which role gives the hours."""
    split = [column for column in planned.columns if column.startswith("hours of ")]
    if planned.empty or not split:
        return None
    rows = planned[planned["year"].notna() & (planned["hours"] > 0) & (planned[split].sum(axis=1) <= 0)]
    if rows.empty:
        return None
    text = count("Nobody has said yet which role gives the hours of {names}, so it limits no role.",
                 "Nobody has said yet which roles give the hours of {names}, so they limit no role.",
                 len(rows), names=quoted(rows["initiative_name"], 3))
    return Finding(text, "unknown", "counted", ("initiative_hours",))


def late(rows: pd.DataFrame) -> list[Finding]:
    """What begins later than planned because of owners and needs, and what slips beyond its year."""
    if rows.empty:
        return []
    found, moved = slips(rows), rows[(rows["held"] != "") & ~rows["slips"].astype(bool)]
    for held, one, many in (("owner", "{names} begins later because its owner leads others until then.",
                             "{names} begin later because their owners lead others until then."),
                            ("waits", "{names} begins later because what it needs is not finished before.",
                             "{names} begin later because what they need is not finished before.")):
        if len(these := moved[moved["held"] == held]):
            found.append(Finding(count(one, many, len(these), names=_begins(these)), "plain", "estimated", YEARS))
    assumed = rows[rows["assumed"].astype(bool)]
    if len(assumed):
        found.append(Finding(count("{names} has no start and end; 12 months are assumed.",
                                   "{names} have no start and end; 12 months are assumed for each.", len(assumed),
                                   names=quoted(assumed["initiative_name"], 3)), "unknown", "counted", ("initiatives",)))
    return found or [Finding(say("Every initiative can begin when its year of start and its own dates say: no owner and no other initiative holds "
                                 "it up."), "good", "estimated", YEARS)]


SLIPS = {"owner": ("{names} slips beyond its year of start, because its owner leads others until then. Its money and hours are needed later, too.",
                   "{names} slip beyond their years of start, because their owners lead others until then. Their money and hours are needed later, too."),
         "waits": ("{names} slips beyond its year of start, because what it needs is not finished before. Its money and hours are needed later, too.",
                   "{names} slip beyond their years of start, because what they need is not finished before. Their money and hours are needed later, too."),
         "": ("{names} slips beyond its year of start. Its money and hours are needed later, too.",
              "{names} slip beyond their years of start. Their money and hours are needed later, too.")}


def slips(rows: pd.DataFrame) -> list[Finding]:
    """What cannot begin in the year that the spread gave it, and why."""
    over = rows[rows["slips"].astype(bool)] if len(rows) else rows
    return [Finding(count(*words, len(these), names=_begins(these)), "bad", "estimated", YEARS)
            for held, words in SLIPS.items() if len(these := over[over["held"] == held])] if len(over) else []


def _begins(rows: pd.DataFrame) -> str:
    return listed((say("“{name}” ({month})", name=row["initiative_name"], month=period(f"{row['begins']:%Y-%m}")) for row in rows.to_dict("records")), 3)


def load(rows: pd.DataFrame, *, most: int) -> Finding | None:
    """Owners who would lead too many at once by the plan's own dates."""
    if rows.empty:
        return None
    over = rows[rows["over"].astype(bool)]
    if over.empty:
        text = count("By the plan's own dates, nobody leads more than {n} initiative at a time.",
                     "By the plan's own dates, nobody leads more than {n} initiatives at a time.", most)
        return Finding(text, "good", "counted", ("initiatives", "roles"))
    parts = listed(say("“{owner}” {n} ({since} to {until})", owner=row["owner_name"], n=number(row["most"]), since=period(f"{row['since']:%Y-%m}"),
                       until=period(f"{row['until']:%Y-%m}"))
                   for row in over.to_dict("records"))
    text = count("By the plan's own dates, {n} owner would lead more than {most} at once: {parts}.",
                 "By the plan's own dates, {n} owners would lead more than {most} at once: {parts}.",
                 len(over), most=number(most), parts=parts)
    return Finding(text, "bad", "counted", ("initiatives", "roles"))


def begin(rows: pd.DataFrame) -> Finding | None:
    """With which initiative to begin, and why; where there is none, which test fails."""
    if rows.empty:
        return None
    first = rows.iloc[0]
    if first["first"]:
        text = count("Begin with “{name}”: the only initiative of the first year that needs nothing first, carries little risk and has an owner "
                     "with nothing else that must be done.",
                     "Begin with “{name}”: of the {n} that need nothing first, carry little risk and have an owner with nothing else that must be "
                     "done, it gives most.",
                     int((rows["passes"] == 3).sum()), name=first["initiative_name"])
        return Finding(text, "good", "estimated", YEARS)
    fails = [words for column, words in (("ready", say("it needs another one first")), ("low_risk", say("its risk is high or not known")),
                                         ("owner_free", say("its owner is not known or leads one that runs or must be done"))) if not first[column]]
    text = say("No initiative of the first year can simply be begun. “{name}” comes closest, but {fails}.", name=first["initiative_name"], fails=listed(fails))
    return Finding(text, "bad", "estimated", YEARS)


def next_amount(rows: pd.DataFrame) -> list[Finding]:
    """What a given amount of money more would buy, and what as much less would cost."""
    return [Finding(_more(row) if row["amount"] > 0 else _less(row), "plain" if row["possible"] else "bad", "estimated", CHOICE)
            for row in rows.to_dict("records")]


def _more(row: dict[str, object]) -> str:
    if row["gain"] > 1e-9:
        out = say(" in place of {names}", names=_names(row["drops_out"])) if row["drops_out"] else ""
        now = row["value"] - row["gain"]
        gain = say(", and raise the value by {gain}", gain=share(row["gain"] / now, 1)) if now > 1e-9 else ""
        return say("The next {amount} would bring in {names}{out}{gain}.", amount=money(row["amount"]), names=_names(row["comes_in"]), out=out, gain=gain)
    if row["binding"]:
        return say("The next {amount} would buy nothing; it takes a larger sum to change the choice.", amount=money(row["amount"]))
    return say("The next {amount} would buy nothing, and no larger sum would: money does not hold the choice back.", amount=money(row["amount"]))


def _less(row: dict[str, object]) -> str:
    amount_less = money(-row["amount"])
    if not row["possible"]:
        return say("With {amount} less, what must be done and what runs already no longer fits.", amount=amount_less)
    if row["gain"] > -1e-9:
        return say("{amount} less would cost nothing: the choice does not need it.", amount=amount_less)
    into = say(" and bring in {names}", names=_names(row["comes_in"])) if row["comes_in"] else ""
    return say("{amount} less would push out {names}{into}, and cost {lost} of the value.", amount=amount_less, names=_names(row["drops_out"]), into=into,
               lost=share(-row["gain"] / (row["value"] - row["gain"]), 1))


def set_aside(limits: pd.DataFrame) -> Finding | None:
    """Money that is kept from initiatives so that essential services keep their floors."""
    aside = limits["set_aside"].sum() if len(limits) else 0
    if not aside > 0:
        return None
    left = limits.loc[limits["ceiling"] == "money", "limit"].iloc[0]
    if pd.isna(left):
        return None
    text = say("{aside} is set aside so that essential services keep their floors; {left} is left for initiatives.", aside=money(aside), left=money(left))
    return Finding(text, "plain" if left > 0 else "bad", "counted", ("services", "budget"))
