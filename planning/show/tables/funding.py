"""Tables of step 6 about who gets the money."""

from __future__ import annotations

import pandas as pd

from planning.show.language import say
from planning.show.records import Column, Table

SHARED = {"staff": "People who work for all services", "space": "Buildings: heat, cleaning, upkeep", "technology": "Computer systems that all services use", "collection": "Books and licences for all services",
          "programmes": "Events for all services", "other": "Insurance, training, travel and the like"}

NOTE = ("Amounts are whole units of money and shares tenths of a percent, rounded so that they add up exactly; amounts for each person are rounded one by one. "
        "A service stands with the money that is its own; what all services share stands below.")
PLANNED_NOTE = ("Amounts are whole units of money and shares tenths of a percent, rounded so that they add up exactly; amounts for each person are rounded one by one. "
                "A service stands with the money that is its own; what all services share stands below. Where spending is not known yet, the plan stands.")


def swings(rows: pd.DataFrame) -> Table:
    """What a heavier factor would move."""
    columns = (Column("factor_name", "Factor"), Column("weight", "Weight", "share"), Column("heavier", "Instead", "share"), Column("moved", "Changes hands", "money", 0),
               Column("gains", "Gains most"), Column("gain", "Gain", "money", 0), Column("loses", "Loses most"), Column("loss", "Loss", "money", 0))
    return Table("fund_swings", rows, columns, say("What would move if one factor weighed more"), "One factor at a time; the others shrink in proportion, and floors and caps hold.")


def fairness(rows: pd.DataFrame) -> Table:
    """What each rule gives to each group's ballots."""
    shown = rows[~rows["hidden"].astype(bool)]
    named = shown.assign(rule=[say(rule) for rule in shown["rule"]], group=[say(group) for group in shown["group"]])
    columns = (Column("rule", "Rule"), Column("group", "Ballots of"), Column("n", "Ballots", "whole"), Column("something", "Get something", "share"), Column("met", "Of their points met", "share"),
               Column("initiatives", "Initiatives taken", "whole"), Column("cost", "For", "money", 0))
    note = "Get something: gave points to at least one initiative that is taken. Groups with too few ballots are left out."
    return Table("ballots_met", named, columns, say("What the ballots get under each rule"), note, most=20)


def groups(rows: pd.DataFrame) -> Table:
    """Mean points by group."""
    shown = rows[~rows["hidden"].astype(bool)]
    wide = shown.pivot(index="initiative", columns="group", values="points").reindex(shown["initiative"].unique()).reset_index()
    wide["initiative_name"] = wide["initiative"].map(dict(zip(shown["initiative"], shown["initiative_name"])))
    order = [group for group in ("everyone", "patrons", "leadership", "staff", "partners") if group in wide]
    columns = (Column("initiative_name", "Initiative"), *(Column(group, group.capitalize(), "number", 1) for group in order))
    return Table("wishes_by_group", wide, columns, say("Mean points out of 100, by group"), "Groups with too few ballots are left out.", most=40)


def levels(rows: pd.DataFrame) -> Table:
    """The levels of money and time side by side."""
    named = rows.assign(out=rows["drops_out"].where(rows["drops_out"] != "", None), into=rows["comes_in"].where(rows["comes_in"] != "", None))
    columns = (Column("level", "Money and time", "share"), Column("money", "Money", "money", 0), Column("hours", "Hours", "whole"), Column("initiatives", "Chosen", "whole"),
               Column("kept", "Value, against the plan's", "share"), Column("out", "Drops out"), Column("into", "Comes in"))
    return Table("levels", named, columns, say("What each level would change"), "The hours of single roles stay as they are.")


def income(rows: pd.DataFrame) -> Table:
    """The sources of income of a year."""
    columns = (Column("name", "Source"), Column("kind", "Kind"), Column("amount", "Money", "money", 0), Column("share", "Share", "share", 1), Column("gap", "Received less planned", "money", 0),
               Column("change", "On the year before", "share"), Column("bound", "Bound to one purpose"), Column("until", "Ends", "day"))
    named = rows.assign(kind=[say(kind) for kind in rows["kind"]], bound=[say(bound) for bound in rows["bound"]])
    return Table("income_sources", named, columns, say("Where the money comes from"), "A dash: no end is known, or there is nothing to compare with.")


def public(rows: pd.DataFrame, *, year: int) -> Table:
    """The budget in plain words, for everybody."""
    plain = [say("All together") if row.kind == "all" else say(SHARED.get(row.what, row.what)) if row.kind == "shared" else row.what for row in rows.itertuples()]
    columns = [Column("pays_for", "What it pays for"), Column("about", "What that is"), Column("amount", "Money", "money", 0), Column("share", "Share of all", "share", 1),
               Column("per_head", "For each person served", "money", 2), Column("before", "The year before", "money", 0), Column("change", "Change", "share", 1)]
    shown = [column for column in columns if column.name not in ("about", "per_head", "before", "change") or rows[column.name].notna().any()]
    note = PLANNED_NOTE if rows["planned"].any() else NOTE
    return Table("public_budget", rows.assign(pays_for=plain), tuple(shown), say("What the library's money paid for in fiscal year {year}", year=year), note, most=60)
