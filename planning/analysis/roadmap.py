"""Which initiative starts in which of the coming years, within each year's money, hours and hours by role."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import programme, selection
from planning.methods.conditions import Infeasible

BY_ROLE = "hours of "
TIGHT = 0.9


def ceilings(limits: pd.DataFrame, years_given: pd.DataFrame, *, fiscal_year: int, hours_per_fte: float, years: int = 3) -> pd.DataFrame:
    """Ceilings year by year: year (1 the first), fiscal_year, ceiling and ceiling_name (as in `limits`), limit (currency or hours;
    missing limits nothing), since (the fiscal year that the figure was given for), carried (true where that is an earlier year).

    The first year, `fiscal_year`, takes `limits`; where these are silent, the table of ceilings. A later
    year takes its own row of the table, in which an empty figure means no limit; without a row, the
    last known figure is carried on. The hours of a role are the same every year. What is set aside in
    `limits` is taken off every year. Takes initiatives.ceilings and the table of ceilings.

    >>> limits = pd.DataFrame({"ceiling": ["money"], "ceiling_name": ["money"], "limit": [900.0], "set_aside": [0.0]})
    >>> given = pd.DataFrame({"fiscal_year": [2028], "money": [700.0], "fte": [1.0]})
    >>> found = ceilings(limits, given, fiscal_year=2027, hours_per_fte=1600)
    >>> found[["fiscal_year", "limit", "since", "carried"]].values.tolist()
    [[2027, 900.0, 2027, False], [2028, 700.0, 2028, False], [2029, 700.0, 2028, True]]
    """
    rows, table = [], years_given.astype({"money": float, "fte": float}).sort_values("fiscal_year").set_index("fiscal_year")
    for row in limits.to_dict("records"):
        known = table if row["ceiling"] in ("money", "hours") else table.head(0)
        limit, since = row["limit"], fiscal_year
        if pd.isna(limit) and len(past := known[known.index <= fiscal_year]):
            limit, since = _given(past.iloc[-1], row, hours_per_fte), int(past.index[-1])
        for year in range(years):
            if year and fiscal_year + year in known.index:
                limit, since = _given(known.loc[fiscal_year + year], row, hours_per_fte), fiscal_year + year
            rows.append([year + 1, fiscal_year + year, row["ceiling"], row["ceiling_name"], limit, since])
    found = pd.DataFrame(rows, columns=["year", "fiscal_year", "ceiling", "ceiling_name", "limit", "since"]).astype({"limit": float})
    found["carried"] = (found["since"] < found["fiscal_year"]) & ~found["ceiling"].str.startswith(BY_ROLE)
    return found.sort_values("year", kind="stable", ignore_index=True)


def _given(row: pd.Series, ceiling: dict[str, object], hours_per_fte: float) -> float:
    return float(np.maximum(row["money"] - ceiling["set_aside"], 0) if ceiling["ceiling"] == "money" else row["fte"] * hours_per_fte)


def _asked(valued: pd.DataFrame, links: pd.DataFrame, yearly: pd.DataFrame) -> tuple[selection.Question, dict[str, object]]:
    """The question of the first year, and what a programme needs beside it."""
    first, years = yearly[yearly["year"] == 1], int(yearly["year"].max())
    question = selection.question(valued, links, first)
    limits = np.array([yearly.loc[yearly["year"] == year + 1, "limit"].fillna(np.inf).to_numpy(float) for year in range(years)])
    return question, question.terms | {"later": _later(question.items, first["ceiling"].tolist()), "ceilings": limits}


def _later(items: pd.DataFrame, ceilings_asked: list[str]) -> np.ndarray:
    """What each item needs of each ceiling in a year after its first; not known counts as nothing. Roles share later hours as they share the first."""
    cost, hours = (items[column].astype(float).fillna(0.0) for column in ("cost_later", "hours_later"))
    share = hours / items["hours"].astype(float).where(items["hours"] > 0)
    columns = {"money": cost, "hours": hours}
    return np.column_stack([columns[name] if name in columns else (items.get(name, 0.0) * share.fillna(0.0)).to_numpy(float) for name in ceilings_asked])


def conflicts(valued: pd.DataFrame, links: pd.DataFrame, yearly: pd.DataFrame) -> pd.DataFrame:
    """Every reason why no programme is possible; empty when one is: kind, year (1 the first), fiscal_year, ceiling, ceiling_name, limit, excess, names.

    As initiatives.conflicts, with the ceilings of every year: what must be done and what runs
    already can also break a later year's ceiling; where nothing is open that could be chosen, kind is
    nothing to choose. Takes initiatives.values, links and `ceilings`.
    """
    columns = ["kind", "year", "fiscal_year", "ceiling", "ceiling_name", "limit", "excess", "names"]
    if valued.empty:
        return pd.DataFrame(columns=columns)
    question, terms = _asked(valued, links, yearly)
    if not len(question.items) and not question.shut:
        return pd.DataFrame([["nothing to choose", 1, int(yearly["fiscal_year"].min()), "", "", np.nan, np.nan, ""]], columns=columns)
    try:
        programme.check(**terms)
        found = ()
    except Infeasible as problem:
        found = problem.conflicts
    rows = selection.reasons(question, yearly, found)
    return rows.assign(fiscal_year=rows["year"] + int(yearly["fiscal_year"].min()), year=rows["year"] + 1)[columns]


def spread(valued: pd.DataFrame, links: pd.DataFrame, yearly: pd.DataFrame) -> pd.DataFrame:
    """The year in which each initiative starts, one row an initiative: all columns of initiatives.values, year (1 the first; missing
    when it does not start), fiscal_year, works (years in which it works), gained (value × works ÷ years), gap (0 when proven best).

    The programme of greatest value over the years, exactly where gap is 0: an initiative gives its value in
    the year of its start and in each year after, so an early start gives more. It uses its cost and
    hours in the first year and those of later years after that; later ones that are not known count
    as nothing. What must be done and what runs already is in from year 1; a needed one starts no
    later; those that exclude each other never both start. Roles share later hours as they share the
    first year's. gap: the part of the value by which a better programme could still beat this one,
    when the search was stopped: after a number of branches, not a time, so that every machine gives
    the same. Empty when no programme is possible (see `conflicts`). Costs and values of
    later years are the least known. First year first, then by value. Takes initiatives.values, links and `ceilings`.
    """
    columns = [*valued.columns, "year", "fiscal_year", "works", "gained", "gap"]
    question, terms = _asked(valued, links, yearly) if len(valued) else (None, {})
    if question is None or len(conflicts(valued, links, yearly)) or not (len(question.items) or question.shut):
        return pd.DataFrame(columns=columns)
    years, found = int(yearly["year"].max()), programme.best_programme(**terms)
    begun = dict(zip(question.items["initiative"], found.start))
    rows = valued.assign(year=valued["initiative"].map(lambda one: begun.get(one, programme.NEVER)).astype(float) + 1)
    rows["works"] = np.where(rows["year"] > 0, years - rows["year"] + 1, 0).astype(int)
    rows["gained"] = (rows["value"] * rows["works"] / years).round(9)
    rows["year"] = rows["year"].where(rows["year"] > 0)
    rows["fiscal_year"], rows["gap"] = rows["year"] + int(yearly["fiscal_year"].min()) - 1, found.gap
    return rows[columns].sort_values(["year", "value", "initiative"], ascending=[True, False, True], ignore_index=True)


def years(planned: pd.DataFrame, yearly: pd.DataFrame) -> pd.DataFrame:
    """What each year takes up and uses, one row a year and ceiling: fiscal_year, starts (number), names (of those that start, semicolons
    between), working (number, those begun earlier among them), value (of all that work then, 0-1 each), ceiling, ceiling_name,
    limit, since, carried (as in `ceilings`), used, left, share (used, 0-1), tight (nine tenths are used, or more).

    left, share and tight are missing, or false, where there is no ceiling. Takes `spread` and `ceilings`.
    """
    columns = ["fiscal_year", "starts", "names", "working", "value", "ceiling", "ceiling_name", "limit", "since", "carried", "used", "left", "share", "tight"]
    if planned.empty:
        return pd.DataFrame(columns=columns)
    rows = []
    for year, asked in yearly.groupby("year"):
        new, old = planned[planned["year"] == year], planned[planned["year"] < year]
        used = selection.needed(new, asked).sum(axis=0) + _later(old, asked["ceiling"].tolist()).sum(axis=0)
        rows.append(asked.assign(starts=len(new), names="; ".join(new["initiative_name"]), working=len(new) + len(old),
                                 value=new["value"].sum() + old["value"].sum(), used=used))
    found = pd.concat(rows, ignore_index=True)
    found["left"], found["share"] = found["limit"] - found["used"], found["used"] / found["limit"].where(found["limit"] > 0)
    return found.assign(tight=found["share"] >= TIGHT)[columns]


def roles(planned: pd.DataFrame, role_table: pd.DataFrame, yearly: pd.DataFrame) -> pd.DataFrame:
    """Hours that each role gives in each year, and has: role_name, fiscal_year, needed (hours), free (hours a year; missing when
    not set), share (needed ÷ free), tight (nine tenths of the free hours, or more), asked (hours that all initiatives in play would need
    of the role in a first year, chosen or not).

    Only roles that some initiative asks for. Hours that are not split by role are not in here. Later
    years are split as the first. The tightest role first, those without free hours last. Takes `spread`, roles and `ceilings`.
    """
    columns = ["role_name", "fiscal_year", "needed", "free", "share", "tight", "asked"]
    named = role_table.drop_duplicates("role").set_index("role")
    asked = [column for column in planned.columns if column.startswith(BY_ROLE) and column.removeprefix(BY_ROLE) in named.index]
    if planned.empty or not asked:
        return pd.DataFrame(columns=columns)
    play, rows = planned[planned["part"].isin([selection.FREE, selection.MUST, selection.RUNNING])], []
    for year, fiscal_year in yearly[["year", "fiscal_year"]].drop_duplicates().itertuples(index=False):
        needed = planned.loc[planned["year"] == year, asked].sum().to_numpy(float) + _later(planned[planned["year"] < year], asked).sum(axis=0)
        for column, hours in zip(asked, needed):
            role = named.loc[column.removeprefix(BY_ROLE)]
            rows.append([role["name"], fiscal_year, hours, role["free_hours"], play[column].sum()])
    found = pd.DataFrame(rows, columns=["role_name", "fiscal_year", "needed", "free", "asked"]).astype({"free": float})
    found["share"] = found["needed"] / found["free"].where(found["free"] > 0)
    found["tight"], found["most"] = found["share"] >= TIGHT, found.groupby("role_name")["share"].transform("max")
    return found.sort_values(["most", "role_name", "fiscal_year"], ascending=[False, True, True], ignore_index=True)[columns]
