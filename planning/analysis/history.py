"""The library's own yearly figures over the years: what rose, what fell, and where a jump is no trend."""

from __future__ import annotations

import pandas as pd

SHOWN = ("visits", "circulation", "electronic_circulation", "program_attendance", "staff_fte", "income_total", "spending_total")
COLUMNS = ["measure", "fiscal_year", "value", "first_year", "last_year", "first", "last", "change", "broken", "note"]


def yearly(statistics: pd.DataFrame, breaks: pd.DataFrame, *, measures: tuple[str, ...] = SHOWN) -> pd.DataFrame:
    """The chosen measures year by year, with what changed from the first year to the last: measure, fiscal_year, value,
    first_year, last_year, first, last, change (share of the first value, missing where that is 0), broken (true when the
    measure changed its meaning in between, so that the change is no trend), note (how).

    `breaks` has measure, fiscal_year and note, as sources.pls_columns.series_breaks gives them. A
    measure with a single year stays, without a change. Measures keep the order of
    `measures`. A change from one year to another says nothing of the years between: look at the line.

    >>> statistics = pd.DataFrame({"measure": ["visits", "visits"], "fiscal_year": [2024, 2025], "value": [200.0, 150.0]})
    >>> breaks = pd.DataFrame(columns=["measure", "fiscal_year", "note"])
    >>> yearly(statistics, breaks)[["fiscal_year", "value", "change", "broken"]].values.tolist()
    [[2024, 200.0, -0.25, False], [2025, 150.0, -0.25, False]]
    """
    rows = statistics[statistics["measure"].isin(measures)].sort_values(["measure", "fiscal_year"])
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    ends = rows.groupby("measure").agg(first_year=("fiscal_year", "first"), last_year=("fiscal_year", "last"), first=("value", "first"), last=("value", "last"))
    ends["change"] = (ends["last"] / ends["first"].where(ends["first"] != 0) - 1).where(ends["first_year"] < ends["last_year"])
    notes = breaks.groupby("measure")["note"].agg(" ".join) if len(breaks) else pd.Series(dtype="object")
    ends["note"] = [notes.get(measure, "") for measure in ends.index]
    ends["broken"] = ends["note"] != ""
    found = rows[["measure", "fiscal_year", "value"]].merge(ends.reset_index(), on="measure")
    order = found["measure"].map({measure: place for place, measure in enumerate(measures)})
    return found.assign(order=order).sort_values(["order", "fiscal_year"], ignore_index=True)[COLUMNS]
