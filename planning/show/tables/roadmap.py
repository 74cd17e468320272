"""Tables of step 2 about the years ahead."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from planning.show.language import absent, number, say
from planning.show.language import money as money_words
from planning.show.records import Column, Table


def years(rows: pd.DataFrame) -> Table:
    """What starts in each year, and what all that works then uses."""
    money, hours = (rows[rows["ceiling"] == ceiling].set_index("fiscal_year") for ceiling in ("money", "hours"))
    found = money[["starts", "names", "working", "value"]].assign(money=money["used"], money_limit=money["limit"], hours=hours["used"],
                                                                  hours_limit=hours["limit"]).reset_index()
    found["names"] = found["names"].where(found["names"] != "", say("none"))
    found["year"] = [say("{year}: {n} at work", year=str(row["fiscal_year"]), n=number(row["working"])) for row in found.to_dict("records")]
    found["uses"] = [say("{money}; {hours} hours", money=_of(money_words, row["money"], row["money_limit"]), hours=_of(number, row["hours"], row["hours_limit"]))
                     for row in found.to_dict("records")]
    columns = (Column("year", "Fiscal year"), Column("names", "Would start"), Column("uses", "Uses, of that year's ceilings"), Column("value", "Value", "number", 2))
    note = ("An initiative uses its first-year money and hours in the year of its start and those of later years after that. "
            "Value: of all that is at work in the year.")
    return Table("programme_years", found, columns, say("What starts in which year"), note)


def _of(form: Callable[[float], str], used: float, limit: float) -> str:
    """What is used of a ceiling, in words; without a ceiling, what is used."""
    return form(used) if absent(limit) else say("{used} of {limit}", used=form(used), limit=form(limit))


def roles(rows: pd.DataFrame) -> Table:
    """Hours that each role would give and has, year by year; the tightest roles first."""
    wide = rows.pivot_table(index="role_name", columns="fiscal_year", values="needed", sort=False).rename(columns=str)
    found = rows.drop_duplicates("role_name").set_index("role_name")[["free", "asked"]].join(wide)
    found["most"] = rows.groupby("role_name")["share"].max()
    found = found[found[wide.columns].sum(axis=1) + found["asked"] > 0].reset_index()
    columns = (Column("role_name", "Role"), Column("free", "Has in a year", "whole"), *(Column(year, year, "whole") for year in wide.columns),
               Column("most", "Used at most", "share"),
               Column("asked", "All would ask", "whole"))
    note = "Hours a year. Under each fiscal year: what the spread would need of the role. The last column is what all initiatives in play would need of it in their first year."
    return Table("role_hours", found, columns, say("Hours that roles would give, and have"), note, most=10)


def first(rows: pd.DataFrame) -> Table:
    """The three tests of what to begin with."""
    columns = (Column("initiative_name", "Initiative"), Column("value", "Value", "number", 3), Column("ready", "Needs nothing first"),
               Column("risk", "Risk (1 to 5)", "points"),
               Column("owner_name", "Owner"), Column("owner_free", "Owner has no must-do or running one"))
    return Table("start_with_one", rows, columns, say("What could be begun first"),
                 "In the order of tests passed (nothing needed first, risk of 3 or less, a free owner), then of value.", most=6)


def load(rows: pd.DataFrame) -> Table:
    """Owners who would lead more than one initiative at once by the plan's own dates."""
    columns = (Column("owner_name", "Owner"), Column("most", "At once", "whole"), Column("since", "From", "day"), Column("until", "To", "day"),
               Column("names", "Which"),
               Column("over", "Too many"))
    return Table("owners_load", rows[rows["most"] > 1].reset_index(drop=True), columns,
                 say("Owners who would lead more than one at a time by the plan's own dates"), most=8)
