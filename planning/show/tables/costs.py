"""Tables of step 6 about what things cost."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.costs import KINDS
from planning.show.language import between, money, say, share
from planning.show.records import Column, Table

VERDICTS = {"not used": "Not used", "dearer": "Dearer than one by one", "about even": "About even", "pays": "Worth its price", "no price elsewhere": "No price elsewhere",
            "uses not counted": "Uses not counted", "price not known": "Price not known"}
LOST = {"unused": "Nothing that was used", "dearer than one by one": "Access at once: one use then takes days and a request", "under plan": "Room for a year that needs it",
        "ending": "The service, for those who are not served elsewhere", "grown dearer": "Perhaps nothing, perhaps hours or quality", "shared dearer": "The tie to the partner"}
ASKED = {"unused": "Did anybody know of it? Is the notice period still open?", "dearer than one by one": "Would the seller take less, and who needs it at once?",
         "under plan": "Who could not be spared, or what was not bought?", "ending": "Have those who lose been heard? Do pay and rooms find other work?",
         "grown dearer": "Is it the money, or do fewer people come?", "shared dearer": "What else does the partnership bring?"}


def full(rows: pd.DataFrame) -> Table:
    """What each service costs, own and with its part of shared money."""
    columns = (Column("service_name", "Service"), Column("own", "By its own lines", "money", 0), Column("shared", "Its part of shared money", "money", 0), Column("total", "In full", "money", 0),
               Column("share", "Share of the year", "share"), Column("more", "More than its own lines", "share"), Column("per_use_own", "One use, own lines", "money"), Column("per_use", "One use, in full", "money"))
    return Table("full_costs", rows, columns, say("What each service costs in full"), "The last row is what stays shared. A dash: no full year of uses was counted, or no money of its own.", most=40)


def clock(rows: pd.DataFrame) -> Table:
    """Staff time against booked pay, where they differ most."""
    far = rows[rows["difference"].abs() >= 0.005].reset_index(drop=True)
    columns = (Column("service_name", "Service"), Column("hours", "Staff hours a year", "whole"), Column("time_share", "Share of staff time", "share", 1), Column("pay_share", "Share of booked pay", "share", 1))
    return Table("time_and_pay", far, columns, say("Where people work and where their pay is booked"), "Services whose two shares differ by at least half a percentage point. Time counts at each role's cost an hour.")


def subscriptions(rows: pd.DataFrame) -> Table:
    """Each subscription with its price, use and break-even."""
    shown = rows.assign(said=[say(VERDICTS[verdict]) for verdict in rows["verdict"]], needed=rows["needed"].apply(lambda value: -(-value // 1)))
    columns = (Column("name", "Subscription"), Column("cost", "Price", "money", 0), Column("uses", "Uses", "whole"), Column("per_use", "One use", "money"), Column("change", "Against the year before", "share"),
               Column("elsewhere", "One use elsewhere", "money"), Column("needed", "Uses to break even", "whole"), Column("said", "That is"), Column("metric", "Counted as"), Column("report", "From"),
               Column("must_keep", "Must be kept"), Column("renews", "Renews", "day"))
    return Table("subscriptions", shown, columns, say("Subscriptions, those that cost most above their uses first"), "A dash under Uses: not counted, which is not 0.", most=40)


def categories(rows: pd.DataFrame) -> Table:
    """What each category cost at first and costs now."""
    shown = rows.assign(category=[say(name) for name in rows["category"]])
    columns = (Column("category", "Category"), Column("first", "First year", "money", 0), Column("last", "Last year", "money", 0), Column("share", "Share of the last year", "share"), Column("rate", "Change a year, as paid", "share", 1), Column("real_rate", "In real terms", "share", 1))
    return Table("categories_real", shown, columns, say("What each category cost at first and costs now"), "In real terms: with the rise in prices between the two years taken out.")


def split(rows: pd.DataFrame, shares: pd.DataFrame) -> Table:
    """Digital's share of money, use, waiting and preference, and what is proposed."""
    found = rows.merge(shares[["material", "use", "waiting", "preference", "asked", "per_use_physical", "per_use_digital"]].assign(sure=[between(low, high, share) for low, high in zip(shares["low"], shares["high"])]), on="material")
    said = {"fits": say("Fits"), "more digital": say("More digital"), "more print": say("More print"), "depends": say("Depends on the measure"), "not known": say("Not known")}
    columns = (Column("material", "Material"), Column("spent", "Money", "money", 0), Column("money", "Digital share of money", "share"), Column("use", "of use", "share"), Column("waiting", "of the waiting", "share"), Column("preference", "of those who prefer one", "share"),
               Column("sure", "Range of that"), Column("per_use_physical", "One print use", "money"), Column("per_use_digital", "One digital use", "money"), Column("proposed", "Proposed", "share"), Column("move", "To digital (minus: to print)", "money", 0), Column("said", "That is"))
    note = "The range is where the share of all such people lies with 95% confidence, had they been asked by chance. A dash: not known, or too few to show."
    return Table("print_and_digital", found.assign(said=found["state"].map(said)), columns, say("Print and digital, material by material"), note)


def sensitivity(rows: pd.DataFrame) -> Table:
    """What would move, by the measure that counts."""
    words = {"all": say("All measures alike"), "use": say("Only use"), "waiting": say("Only waiting"), "preference": say("Only preference")}
    columns = (Column("counts", "What counts"), Column("materials", "Materials", "whole"), Column("to_digital", "To digital", "money", 0), Column("to_print", "To print", "money", 0), Column("digital_share", "Digital share of their money", "share"))
    return Table("split_by_measure", rows.assign(counts=rows["by"].map(words)), columns, say("What would move, by the measure that counts"))


def savings(rows: pd.DataFrame) -> Table:
    """Possibilities to free money, with what would be lost and what to ask first."""
    records = rows.to_dict("records")
    shown = rows.assign(what=[say(KINDS[row["kind"]]) for row in records], lost=[say(LOST[row["kind"]]) for row in records], ask=[say(ASKED[row["kind"]]) for row in records],
                        sum=[money(row["money"], 0) if row["counted"] else say("({money})", money=money(row["money"], 0)) for row in records])
    columns = (Column("name", "What"), Column("what", "Why"), Column("sum", "Money a year", "money"), Column("sure", "How sure"), Column("once", "Costs once", "money", 0), Column("lost", "What would be lost"), Column("ask", "Ask first"))
    note = "Firm: in the books. Likely: rests on one estimate. Open: much has to come true. In brackets: lies within another possibility, and is not added again."
    return Table("savings", shown, columns, say("Where money could be freed"), note)
