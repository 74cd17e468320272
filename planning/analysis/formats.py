"""Print against digital: how money, use, waiting and preference share each kind of material."""

from __future__ import annotations

import pandas as pd

from planning.methods import intervals

MEASURES = ("use", "waiting", "preference")
NEAR, SLIGHT = 0.05, 0.01
FEWEST_WAITING = 30


def shares(formats: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Digital's share of each material's money, use, waiting and preference: material, spent (currency, both forms), money, use, waiting, preference (shares
    of digital, 0-1), low and high (95 % interval of preference, 0-1), asked (people who named a form), hidden, per_use_physical and per_use_digital
    (currency a use), waiting_physical and waiting_digital (reservations a copy), least and most (floors of digital and physical as limits of digital's share).

    Every share is digital ÷ (digital + physical), and is missing when either figure is, or both are 0; of waiting also with fewer than 30 reservations in all. Preference is of the people who
    named one of the two forms, with the Wilson interval; fewer than small_group asked or naming a form are hidden, which is not 0. A material
    with one form only has no share of money. A digital loan and a printed one are not the same use, and people who wait are not all who would like to read. Most money first.

    >>> formats = pd.DataFrame({"material": ["Novels"] * 2, "form": ["physical", "digital"], "spent": [60.0, 40.0], "uses": [50.0, 50.0], "holds": [10.0, 30.0],
    ...                         "copies": [100.0, 60.0], "prefer": [20, 20], "asked": [44, 44], "floor": [0.3, None]})
    >>> shares(formats, small_group=5)[["money", "use", "waiting", "preference", "waiting_digital", "most"]].values.tolist()
    [[0.4, 0.5, 0.75, 0.5, 0.5, 0.7]]
    """
    columns = ["material", "spent", "money", "use", "waiting", "preference", "low", "high", "asked", "hidden", "per_use_physical", "per_use_digital",
               "waiting_physical", "waiting_digital", "least", "most"]
    wide = formats.set_index(["material", "form"])[["spent", "uses", "holds", "copies", "prefer", "asked", "floor"]].astype(float).unstack("form")
    print_, screen = ({name: wide[name, form] if (name, form) in wide else pd.Series(float("nan"), index=wide.index) for name in ("spent", "uses", "holds", "copies", "prefer", "asked", "floor")}
                      for form in ("physical", "digital"))
    found = pd.DataFrame({"spent": wide["spent"].sum(axis=1) if len(wide) else []}, index=wide.index)
    for name, source in (("money", "spent"), ("use", "uses"), ("waiting", "holds"), ("preference", "prefer")):
        both = print_[source] + screen[source]
        found[name] = screen[source] / both.where(both >= FEWEST_WAITING if name == "waiting" else both > 0)
    named = print_["prefer"] + screen["prefer"]
    found["hidden"] = (named < small_group) | (print_["asked"] < small_group) | (screen["asked"] < small_group)
    found["asked"], found["preference"] = named.mask(found["hidden"]), found["preference"].mask(found["hidden"])
    hits = (found["preference"] * found["asked"]).round().fillna(0.0)
    found["low"], found["high"] = intervals.wilson(hits.to_numpy(), found["asked"].fillna(0.0).to_numpy()) if len(found) else (None, None)
    for form, side in (("physical", print_), ("digital", screen)):
        found[f"per_use_{form}"] = side["spent"] / side["uses"].where(side["uses"] > 0)
        found[f"waiting_{form}"] = side["holds"] / side["copies"].where(side["copies"] > 0)
    found["least"], found["most"] = screen["floor"].fillna(0.0), 1 - print_["floor"].fillna(0.0)
    found = found[found["money"].notna()].rename_axis(index="material").reset_index()
    return found.sort_values(["spent", "material"], ascending=[False, True], ignore_index=True)[columns]


def split(shares: pd.DataFrame, *, by: str = "all") -> pd.DataFrame:
    """A proposed digital share of each material's money: material, spent (currency), money (today), proposed, low and high (shares of digital,
    0-1), move (currency to digital; below 0 to print), measures (number), state (fits, more digital, more print, depends, not known), binds (digital,
    print, or empty: whose floor holds the proposal), hidden.

    Takes `shares`. by: "all" takes the plain mean of the shares of use, waiting and preference that are known, or one of them alone. The proposal is kept within the floors of both
    forms. low to high: the range over the measures, within the floors, so that all can see how much hangs on which of them counts. depends: the
    measures lie more than 5 percentage points off today on both sides; fits: else, and the proposal lies within 5 points; more digital or more print: no measure speaks
    clearly against it, or a floor is broken today.
    The share of use is not the share of cost: where one form costs more a use, a split by use gives it too little.
    Raises ValueError for another measure. The largest move first, what is not known last.

    >>> rows = pd.DataFrame({"material": ["Novels"], "spent": [100.0], "money": [0.4], "use": [0.5], "waiting": [0.75], "preference": [0.55], "least": [0.0], "most": [0.55], "hidden": [False]})
    >>> split(rows)[["proposed", "move", "state", "binds"]].round(2).values.tolist()
    [[0.55, 15.0, 'more digital', 'print']]
    """
    if by not in ("all", *MEASURES):
        raise ValueError(f'The measure is "{by}". There are all, {", ".join(MEASURES)}. Name one of them.')
    columns = ["material", "spent", "money", "proposed", "low", "high", "move", "measures", "state", "binds", "hidden"]
    counted = shares[list(MEASURES) if by == "all" else [by]].astype(float)
    raw = counted.mean(axis=1)
    within = counted.clip(lower=shares["least"], upper=shares["most"], axis=0)
    found = shares[["material", "spent", "money", "hidden", "least", "most"]].assign(proposed=raw.clip(lower=shares["least"], upper=shares["most"]), low=within.min(axis=1), high=within.max(axis=1))
    found["move"], found["measures"] = (found["proposed"] - found["money"]) * found["spent"], counted.notna().sum(axis=1)
    found["binds"] = ["digital" if mean < least - SLIGHT else "print" if mean > most + SLIGHT else "" for mean, least, most in zip(raw, shares["least"], shares["most"])]
    found["state"] = [_state(row) for row in found.itertuples()]
    found["size"] = found["move"].abs()
    return found.sort_values(["size", "material"], ascending=[False, True], na_position="last", ignore_index=True)[columns]


def _state(row: tuple) -> str:
    if pd.isna(row.proposed):
        return "not known"
    if row.binds and abs(row.proposed - row.money) > SLIGHT and not row.least <= row.money <= row.most:
        return "more digital" if row.binds == "digital" else "more print"
    if row.low < row.money - NEAR and row.high > row.money + NEAR:
        return "depends"
    return "fits" if abs(row.proposed - row.money) < NEAR else "more digital" if row.proposed > row.money else "more print"


def sensitivity(shares: pd.DataFrame) -> pd.DataFrame:
    """What would move under each measure, for all materials together: by (all, use, waiting, preference), to_digital and to_print (currency), materials
    (number with this measure), digital_share (0-1, of their money, as proposed).

    Takes `shares`. Rows without any material are left out.

    >>> rows = pd.DataFrame({"material": ["Novels"], "spent": [100.0], "money": [0.4], "use": [0.5], "waiting": [None], "preference": [None], "least": [0.0], "most": [1.0], "hidden": [False]})
    >>> sensitivity(rows)[["by", "to_digital"]].round(2).values.tolist()
    [['all', 10.0], ['use', 10.0]]
    """
    rows = []
    for by in ("all", *MEASURES):
        known = split(shares, by=by).dropna(subset=["proposed"])
        if len(known):
            rows.append([by, known["move"].clip(lower=0).sum(), (-known["move"]).clip(lower=0).sum(), len(known), (known["proposed"] * known["spent"]).sum() / known["spent"].sum()])
    return pd.DataFrame(rows, columns=["by", "to_digital", "to_print", "materials", "digital_share"])
