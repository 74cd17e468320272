"""What the library saves by buying and running things together with partners."""

from __future__ import annotations

import pandas as pd

BASES = ("offer", "last price paid", "estimate")
UNSAID = "not stated"
UNKNOWN = "not known"


def savings(shared_costs: pd.DataFrame, partners: pd.DataFrame, *, last_year: int) -> pd.DataFrame:
    """What each thing that is shared cost and saved in the latest year on record, the one that saves least first: partner,
    partner_name, name, fiscal_year, paid, alone, saved (currency: cost alone − paid; below 0 where sharing costs more),
    share (saved ÷ cost alone), basis (offer, last price paid, estimate, not stated; not known without a cost alone),
    saved_before (currency, in the fiscal year before).

    The latest year is the newest fiscal year up to `last_year` with a row; what was shared only in earlier years is left
    out. Where nobody knows what it would cost alone, nothing is saved or lost: the saving is missing, not zero. What it
    would cost alone was never paid: a saving rests on an offer, an old price or a guess, and a library alone might have
    done without.

    >>> shared = pd.DataFrame({"partner": ["P1"], "fiscal_year": [2026], "name": ["Catalogue"], "paid": [18500.0], "alone": [41000.0], "basis": ["offer"]})
    >>> savings(shared, pd.DataFrame({"partner": ["P1"], "name": ["Consortium"]}), last_year=2026)[["saved", "share"]].round(2).values.tolist()
    [[22500.0, 0.55]]
    """
    columns = ["partner", "partner_name", "name", "fiscal_year", "paid", "alone", "saved", "share", "basis", "saved_before"]
    known = shared_costs[shared_costs["fiscal_year"] <= last_year]
    if known.empty:
        return pd.DataFrame(columns=columns)
    latest = known["fiscal_year"].max()
    known = known.assign(saved=known["alone"] - known["paid"], partner_name=known["partner"].map(partners.set_index("partner")["name"]))
    before = known[known["fiscal_year"] == latest - 1].set_index(["partner", "name"])["saved"].rename("saved_before")
    found = known[known["fiscal_year"] == latest].join(before, on=["partner", "name"])
    found["share"] = found["saved"] / found["alone"].where(found["alone"] > 0)
    found["basis"] = found["basis"].astype(object).fillna(UNSAID).mask(found["alone"].isna(), UNKNOWN)
    return found.sort_values(["saved", "partner", "name"], ignore_index=True)[columns]


def by_basis(savings: pd.DataFrame) -> pd.DataFrame:
    """The savings added up by what they rest on, the firmest first: basis (offer, last price paid, estimate, not stated, not
    known), things (number), paid, alone, saved (currency; alone and saved are missing where the cost alone is not known).

    Takes `savings`.

    >>> rows = pd.DataFrame({"basis": ["estimate", "offer", "offer"], "paid": [5.0, 1.0, 2.0], "alone": [9.0, 4.0, 1.0], "saved": [4.0, 3.0, -1.0]})
    >>> by_basis(rows)[["basis", "things", "saved"]].values.tolist()
    [['offer', 2, 2.0], ['estimate', 1, 4.0]]
    """
    order = [basis for basis in (*BASES, UNSAID, UNKNOWN) if (savings["basis"] == basis).any()]
    groups = savings.groupby("basis")
    sums = groups[["paid", "alone", "saved"]].sum(min_count=1)
    return groups.size().rename("things").to_frame().join(sums).reindex(order).rename_axis("basis").reset_index()


def reconciled(shared_costs: pd.DataFrame, savings: pd.DataFrame, by_basis: pd.DataFrame) -> pd.DataFrame:
    """The sums that what was paid must have, thing by thing and by basis: check, expected, found; empty without any."""
    columns = ["check", "expected", "found"]
    if savings.empty:
        return pd.DataFrame(columns=columns)
    paid = shared_costs.loc[shared_costs["fiscal_year"] == savings["fiscal_year"].iloc[0], "paid"].sum()
    return pd.DataFrame([["What was paid for shared things adds up thing by thing", paid, savings["paid"].sum()],
                         ["What was paid for shared things adds up by basis", paid, by_basis["paid"].sum()]], columns=columns)
