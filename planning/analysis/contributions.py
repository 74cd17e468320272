"""What the library and its partners give to each other: the two sides of each partnership, in money's worth."""

from __future__ import annotations

import pandas as pd

SIDES = ("library", "partner")
KINDS = ("cash", "in kind", "time")
FAR, LITTLE = 3.0, 1.25
SUMS = ["library_gives", "partner_gives"]
HOURS = ["library_hours", "partner_hours"]


def balance(contributions: pd.DataFrame, partners: pd.DataFrame, *, last_year: int, years: int = 3) -> pd.DataFrame:
    """What each side gave to each partnership, the one in which the library gave most beyond what it got first: partner,
    partner_name, status, first_year and last_year (fiscal years with a row), library_gives, partner_gives (currency, added
    up over the years), net (partner − library, currency), leverage (all that the partner gave, cash, goods and time ÷ all
    that the library gave), reciprocity (smaller side ÷ larger side, 0 one-sided to 1 even), balance (in words),
    library_hours, partner_hours (hours of work, missing where none is recorded), change (share by which the partner gave
    more or less in the last fiscal year than in the one before).

    Counts the `years` fiscal years up to `last_year`. A side without a row is missing, not zero:
    then, and where the two sides are recorded for different years, they are not compared. Leverage
    is missing when the library gave nothing, reciprocity when neither side gave. In words: *about even* from four fifths to one and a
    quarter, *far more* from three times on.

    Misleads when time and goods were valued by one side only, and for a partner whose worth is not
    in money. A partner that has ended is in the sums too.

    >>> contributions = pd.DataFrame({"partner": ["P1", "P1"], "fiscal_year": [2026, 2026], "given_by": ["library", "partner"], "amount": [900.0, 100.0], "hours": [30.0, None]})
    >>> partners = pd.DataFrame({"partner": ["P1"], "name": ["Society"], "status": ["active"]})
    >>> balance(contributions, partners, last_year=2026)[["net", "leverage", "reciprocity", "library_hours", "balance"]].round(2).values.tolist()
    [[-800.0, 0.11, 0.11, 30.0, 'the library gives far more']]
    """
    columns = ["partner", "partner_name", "status", "first_year", "last_year", *SUMS, "net", "leverage", "reciprocity", "balance", *HOURS, "change"]
    counted = _window(contributions, last_year, years)
    if counted.empty:
        return pd.DataFrame(columns=columns)
    found = counted.groupby("partner")["fiscal_year"].agg(first_year="min", last_year="max").join(_sums(counted, "partner", "amount"))
    found["net"] = found["partner_gives"] - found["library_gives"]
    uneven = found.index.isin(_recorded_unevenly(counted))
    found["leverage"] = (found["partner_gives"] / found["library_gives"].where(found["library_gives"] > 0)).mask(uneven)
    found["reciprocity"] = _reciprocity(found).mask(uneven)
    found = found.join(_sums(counted, "partner", "hours").set_axis(HOURS, axis=1))
    found["balance"] = [_words(row, different) for row, different in zip(found.itertuples(), uneven)]
    found["change"] = _change(counted, last_year)
    names = partners[["partner", "name", "status"]].rename(columns={"name": "partner_name"})
    found = names.merge(found.reset_index(), on="partner")
    return found[columns].sort_values(["net", "partner"], ignore_index=True)


def forms(contributions: pd.DataFrame, *, last_year: int, years: int = 3) -> pd.DataFrame:
    """In which form each side gave: kind (cash, in kind, time), library_gives, partner_gives (currency), library_hours,
    partner_hours (hours, missing where none are recorded). All three kinds are listed; empty without contributions.

    Counts the `years` fiscal years up to `last_year`. Cash can be spent on anything; goods and time
    can not, and their worth depends on who valued them.

    >>> contributions = pd.DataFrame({"partner": ["P1"], "fiscal_year": [2026], "given_by": ["partner"], "kind": ["cash"], "amount": [50.0], "hours": [None]})
    >>> forms(contributions, last_year=2026)[["kind", "partner_gives"]].values.tolist()
    [['cash', 50.0], ['in kind', nan], ['time', nan]]
    """
    counted = _window(contributions, last_year, years)
    if counted.empty:
        return pd.DataFrame(columns=["kind", *SUMS, *HOURS])
    hours = _sums(counted, "kind", "hours").set_axis(HOURS, axis=1)
    return _sums(counted, "kind", "amount").join(hours).reindex(list(KINDS)).rename_axis("kind").reset_index()


def by_year(contributions: pd.DataFrame, partners: pd.DataFrame, *, last_year: int, years: int = 3) -> pd.DataFrame:
    """What both sides gave in each fiscal year, oldest first: fiscal_year, partnerships (number recorded from both sides),
    left_out (number recorded from one side only), library_gives, partner_gives (currency), leverage (partner ÷ library),
    reciprocity (smaller ÷ larger side, 0-1), library_hours, partner_hours (missing where none is recorded), alike
    (partnerships recorded from both sides in this year and in the one before), library_change, partner_change (share by
    which each side gave more or less than in the year before, over those alike).

    Counts partners that are active today, in the `years` fiscal years up to `last_year`. A partnership recorded from one
    side only is in no sum of that year: half of it would look like a gift. Changes compare the same partnerships in both
    years, so that a new one does not look like growth.

    >>> contributions = pd.DataFrame({"partner": ["P1", "P1", "P2"], "fiscal_year": [2026, 2026, 2026], "given_by": ["library", "partner", "library"],
    ...                               "amount": [100.0, 50.0, 900.0], "hours": [4.0, None, 20.0]})
    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["Society", "School"], "status": ["active", "active"]})
    >>> by_year(contributions, partners, last_year=2026)[["partnerships", "left_out", "library_gives", "partner_gives", "leverage", "library_hours"]].values.tolist()
    [[1.0, 1.0, 100.0, 50.0, 0.5, 4.0]]
    """
    columns = ["fiscal_year", "partnerships", "left_out", *SUMS, "leverage", "reciprocity", *HOURS, "alike", "library_change", "partner_change"]
    active = partners.loc[partners["status"] == "active", "partner"]
    counted = _window(contributions, last_year, years)
    counted = counted[counted["partner"].isin(active)]
    if counted.empty:
        return pd.DataFrame(columns=columns)
    amounts = _sums(counted, ["fiscal_year", "partner"], "amount")
    both = amounts.notna().all(axis=1)
    found = amounts[both].groupby("fiscal_year")[SUMS].sum().reindex(sorted(counted["fiscal_year"].unique()))
    found["partnerships"], found["left_out"] = both.groupby("fiscal_year").sum(), (~both).groupby("fiscal_year").sum()
    found["leverage"] = found["partner_gives"] / found["library_gives"].where(found["library_gives"] > 0)
    found["reciprocity"] = _reciprocity(found)
    hours = _sums(counted, ["fiscal_year", "partner"], "hours").set_axis(HOURS, axis=1)
    found = found.join(hours[both].groupby("fiscal_year").sum(min_count=1))
    return found.join(_like_for_like(amounts[both])).rename_axis("fiscal_year").reset_index()[columns]


def _reciprocity(sides: pd.DataFrame) -> pd.Series:
    larger = sides[SUMS].max(axis=1, skipna=False)
    return sides[SUMS].min(axis=1, skipna=False) / larger.where(larger > 0)


def _like_for_like(amounts: pd.DataFrame) -> pd.DataFrame:
    """By fiscal year, over partnerships that are there in the year before too: their number, and how far each side's sum changed."""
    before = amounts.rename(index=lambda year: year + 1, level="fiscal_year").add_suffix("_before")
    pairs = amounts.join(before, how="inner")
    sums = pairs.groupby("fiscal_year").sum()
    changes = {f"{side}_change": sums[gives] / sums[f"{gives}_before"].where(sums[f"{gives}_before"] > 0) - 1 for side, gives in zip(SIDES, SUMS)}
    return pd.DataFrame({"alike": pairs.groupby("fiscal_year").size(), **changes})


def reconciled(contributions: pd.DataFrame, balance: pd.DataFrame, forms: pd.DataFrame, *, last_year: int, years: int = 3) -> pd.DataFrame:
    """The sums that both sides' contributions must have, by partner and by form: check, expected, found; empty without any."""
    counted = _window(contributions, last_year, years)
    rows = []
    for side, column in zip(SIDES, SUMS):
        all_given = counted.loc[counted["given_by"] == side, "amount"].sum()
        by_side = "What the library gave" if side == "library" else "What the partners gave"
        rows += [[f"{by_side} adds up by partner", all_given, balance[column].sum()], [f"{by_side} adds up by form", all_given, forms[column].sum()]]
    return pd.DataFrame(rows if len(counted) else [], columns=["check", "expected", "found"])


def _window(contributions: pd.DataFrame, last_year: int, years: int) -> pd.DataFrame:
    return contributions[contributions["fiscal_year"].between(last_year - years + 1, last_year)]


def _sums(counted: pd.DataFrame, by: str | list[str], of: str) -> pd.DataFrame:
    """Sums of one column by side, missing where a side has no figure."""
    found = counted.assign(figure=counted[of].astype(float)).groupby([*([by] if isinstance(by, str) else by), "given_by"])["figure"].sum(min_count=1).unstack("given_by")
    found = found.reindex(columns=list(SIDES)).rename_axis(columns=None)
    return found.rename(columns=dict(zip(SIDES, SUMS)))


def _recorded_unevenly(counted: pd.DataFrame) -> list[str]:
    sides = counted.groupby(["partner", "fiscal_year"])["given_by"].nunique()
    return sorted(set(sides[sides < len(SIDES)].index.get_level_values("partner")))


def _words(row: tuple, uneven: bool) -> str:
    if pd.isna(row.partner_gives) or pd.isna(row.library_gives):
        return "only the library's side is recorded" if pd.isna(row.partner_gives) else "only the partner's side is recorded"
    if uneven:
        return "recorded for different years"
    if row.library_gives == 0:
        return "the partner gives all" if row.partner_gives > 0 else "neither side gave"
    steps = ((row.leverage <= 1 / FAR, "the library gives far more"), (row.leverage < 1 / LITTLE, "the library gives more"),
             (row.leverage <= LITTLE, "about even"), (row.leverage < FAR, "the partner gives more"), (True, "the partner gives far more"))
    return next(words for holds, words in steps if holds)


def _change(counted: pd.DataFrame, last_year: int) -> pd.Series:
    given = counted[counted["given_by"] == "partner"].groupby(["partner", "fiscal_year"])["amount"].sum().unstack("fiscal_year")
    given = given.reindex(columns=[last_year - 1, last_year])
    before = given[last_year - 1]
    return (given[last_year] / before.where(before > 0) - 1).rename("change")
