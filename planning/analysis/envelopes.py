"""The planned money of a year, service by service: as it stands, as it is tried, and the budget lines that carry it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planning.methods import shares

SHARED = "Shared by all services"
ROWS = ["line", "fiscal_year", "name", "service", "category", "form", "planned"]


def years(budget: pd.DataFrame, *, last_full_year: int) -> list[int]:
    """The fiscal years that can be planned: the first two after the last full one, the one that has no planned line yet first.

    >>> years(pd.DataFrame({"fiscal_year": [2026, 2027], "planned": [9.0, 9.0]}), last_full_year=2026)
    [2028, 2027]
    """
    planned = set(budget.loc[budget["planned"].notna(), "fiscal_year"])
    ahead = [last_full_year + 1, last_full_year + 2]
    return sorted(ahead, key=lambda year: (year in planned, year))


def standing(budget: pd.DataFrame, services: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """The planned money of each service in one year, the largest first: service (empty for what all share, which stands last), service_name, lines (number),
    before (currency, the newest year before that has lines; missing without one), planned (currency).

    A year without lines stands as the year before it, line by line. A line without a plan stands with what was spent. Services without a line of their own are not in it.

    >>> budget = pd.DataFrame({"line": ["B1", "B2"], "fiscal_year": 2026, "service": ["S1", None], "planned": [80.0, 20.0], "actual": None})
    >>> standing(budget, pd.DataFrame({"service": ["S1"], "name": ["Desk"]}), fiscal_year=2027)[["service_name", "before", "planned"]].values.tolist()
    [['Desk', 80.0, 80.0], ['Shared by all services', 20.0, 20.0]]
    """
    own = _lines(budget, fiscal_year)
    earlier = _lines(budget, fiscal_year - 1)
    found = own.groupby("service").agg(lines=("line", "size"), planned=("planned", "sum")).reset_index()
    found["before"] = found["service"].map(earlier.groupby("service")["planned"].sum()).astype(float)
    found["service_name"] = found["service"].map(dict(zip(services["service"], services["name"]))).fillna(found["service"]).mask(found["service"] == "", SHARED)
    found = found.assign(shared=found["service"] == "").sort_values(["shared", "planned", "service"], ascending=[True, False, True], ignore_index=True)
    return found[["service", "service_name", "lines", "before", "planned"]]


def tried(standing: pd.DataFrame, wanted: Mapping[str, float]) -> pd.DataFrame:
    """`standing` with the wanted amounts (by service) as planned, and what that changes: difference (currency, against before), change (share of before; missing where
    that is 0 or not known).

    >>> rows = pd.DataFrame({"service": ["S1", ""], "before": [80.0, 20.0], "planned": [80.0, 20.0]})
    >>> tried(rows, {"S1": 60.0})[["planned", "difference", "change"]].values.tolist()
    [[60.0, -20.0, -0.25], [20.0, 0.0, 0.0]]
    """
    planned = standing["service"].map(wanted).fillna(standing["planned"]).astype(float)
    difference = planned - standing["before"]
    return standing.assign(planned=planned, difference=difference, change=difference / standing["before"].where(standing["before"] > 0))


def room(tried: pd.DataFrame, *, total: float, ceiling: float = float("nan")) -> pd.DataFrame:
    """What the planned money leaves of a total, one row: planned, total, left (currency; below 0 when more is planned than there is), initiatives (currency: a ceiling for
    initiatives with what is left added, or what lacks taken off, 0 at least; missing without a ceiling).

    >>> room(pd.DataFrame({"planned": [60.0, 50.0]}), total=100.0, ceiling=30.0).values.tolist()
    [[110.0, 100.0, -10.0, 20.0]]
    """
    planned = round(float(tried["planned"].sum()), 2)
    left = round(total - planned, 2)
    return pd.DataFrame([[planned, total, left, max(0.0, ceiling + left) if pd.notna(ceiling) else float("nan")]], columns=["planned", "total", "left", "initiatives"])


def fitted(tried: pd.DataFrame, *, total: float, unit: float = 0.01) -> dict[str, float]:
    """The planned amounts by service, all made larger or smaller by the same share and rounded so that they add up to the total; unchanged where nothing is planned.

    >>> fitted(pd.DataFrame({"service": ["S1", ""], "planned": [80.0, 40.0]}), total=100.0)
    {'S1': 66.67, '': 33.33}
    """
    planned = tried["planned"].to_numpy(dtype=float)
    parts = np.round(shares.rounded(total * planned / planned.sum(), unit=unit), 6) if planned.sum() > 0 else planned
    return dict(zip(tried["service"], parts.tolist()))


def moved(standing: pd.DataFrame, *, source: str, target: str, part: float) -> dict[str, float]:
    """The amounts of two services (by id) after a part (share 0-1) of one's money went to the other, to the cent; none where they are the same. Money moved on paper
    does not move people: posts and leases bind. Raises ValueError for another part.

    >>> moved(pd.DataFrame({"service": ["S1", "S2"], "planned": [100.0, 50.0]}), source="S1", target="S2", part=0.2)
    {'S1': 80.0, 'S2': 70.0}
    """
    if not 0 <= part <= 1:
        raise ValueError(f"The part to move is {part}. It is a share from 0 to 1. Give such a share.")
    planned = standing.set_index("service")["planned"]
    amount = round(part * float(planned[source]), 2)
    return {} if source == target else {source: round(float(planned[source]) - amount, 2), target: round(float(planned[target]) + amount, 2)}


def fallen(base: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
    """What parts two choices of initiatives, one row: possible (the second could be made), drops_out and comes_in (names, semicolons between).

    >>> base = pd.DataFrame({"initiative_name": ["Tutors", "Desk"], "chosen": [True, False]})
    >>> fallen(base, base.assign(chosen=[False, True])).values.tolist()
    [[True, 'Tutors', 'Desk']]
    """
    if base.empty or then.empty:
        return pd.DataFrame([[False, "", ""]] if len(base) else [], columns=["possible", "drops_out", "comes_in"])
    one, other = (list(rows.loc[rows["chosen"].astype(bool), "initiative_name"]) for rows in (base, then))
    names = ["; ".join(name for name in own if name not in rest) for own, rest in ((one, other), (other, one))]
    return pd.DataFrame([[True, *names]], columns=["possible", "drops_out", "comes_in"])


def rows(budget: pd.DataFrame, wanted: Mapping[str, float], *, fiscal_year: int, unit: float = 0.01) -> pd.DataFrame:
    """The rows of the budget that carry the wanted amounts (by service, empty for what all share): line, fiscal_year, name, service, category, form, planned.

    The lines of a service grow or shrink in proportion, evenly where all are 0, and are rounded to `unit` so that they add up to the amount to the last one. A year without
    lines gets all lines of the newest year before it, also those of services without a wanted amount; of a year that has lines only those that change.

    >>> budget = pd.DataFrame({"line": ["B1", "B2"], "fiscal_year": 2026, "name": ["Staff", "Books"], "service": "S1", "category": "staff", "form": None, "planned": [60.0, 30.0], "actual": None})
    >>> rows(budget, {"S1": 100.0}, fiscal_year=2027)[["line", "fiscal_year", "planned"]].values.tolist()
    [['B1', 2027, 66.67], ['B2', 2027, 33.33]]
    """
    own = _lines(budget, fiscal_year)
    planned = own["planned"].copy()
    for service, amount in wanted.items():
        here = own["service"] == service
        old = own.loc[here, "planned"].to_numpy(dtype=float)
        if here.any() and abs(amount - old.sum()) > unit / 2:
            parts = old / old.sum() if old.sum() > 0 else np.full(len(old), 1 / len(old))
            planned[here] = np.round(shares.rounded(amount * parts, unit=unit), 6)
    other = (planned - own["planned"]).abs().gt(1e-9) | (own["from_year"] != fiscal_year)
    changed = own.assign(planned=planned, fiscal_year=fiscal_year)[other]
    return changed.assign(service=changed["service"].replace("", None))[ROWS].reset_index(drop=True)


def merged(budget: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The budget with `rows` in it: in the place of those of the same line and year, else beside them; what was spent stays.

    >>> budget = pd.DataFrame({"line": ["B1"], "fiscal_year": [2026], "planned": [60.0], "actual": [55.0]})
    >>> merged(budget, pd.DataFrame({"line": ["B1", "B1"], "fiscal_year": [2026, 2027], "planned": [70.0, 80.0]}))[["fiscal_year", "planned", "actual"]].values.tolist()
    [[2026.0, 70.0, 55.0], [2027.0, 80.0, nan]]
    """
    if rows.empty:
        return budget
    spent = rows.merge(budget[["line", "fiscal_year", "actual"]], on=["line", "fiscal_year"], how="left")
    keys = set(zip(rows["line"], rows["fiscal_year"]))
    rest = budget[[key not in keys for key in zip(budget["line"], budget["fiscal_year"])]]
    spent = spent.astype({"actual": float})
    return pd.concat([rest.astype({"actual": float}), spent.reindex(columns=budget.columns)], ignore_index=True) if len(rest) else spent.reindex(columns=budget.columns)


def _lines(budget: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """The lines of a year, or of the newest year before it that has any: with a plan, else with what was spent."""
    known = budget.assign(planned=budget["planned"].astype(float).fillna(budget["actual"].astype(float)), from_year=budget["fiscal_year"], service=budget["service"].astype(object).fillna(""))
    known = known[known["planned"].notna() & (known["fiscal_year"] <= fiscal_year)]
    return known[known["fiscal_year"] == known["fiscal_year"].max()].reset_index(drop=True)
