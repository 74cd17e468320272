"""Sentences of step 1 on the library beside others of its size, and over the years."""

from __future__ import annotations

import pandas as pd

from planning.show import measures
from planning.show.language import count, inside, listed, number, say, share
from planning.show.records import Finding


def standing(rows: pd.DataFrame, *, whose: str) -> Finding | None:
    """Where the library is far from the libraries like it."""
    if rows.empty:
        return None
    year = int(rows["fiscal_year"].max())
    high = rows[rows["own"] > rows["upper_quartile"]]
    low = rows[rows["own"] < rows["lower_quartile"]].iloc[::-1]
    names = [listed((inside(measures.name(one)) for one in side["measure"]), most=2) for side in (high, low)]
    forms = {(True, True): say("Among {whose}, the library's figures of {year} are in the highest quarter for {high}; they are in the lowest "
                               "quarter for {low}.", year=year, whose=whose, high=names[0], low=names[1]),
             (True, False): say("Among {whose}, the library's figures of {year} are in the highest quarter for {high}.", year=year, whose=whose, high=names[0]),
             (False, True): say("Among {whose}, the library's figures of {year} are in the lowest quarter for {low}.", year=year, whose=whose, low=names[1]),
             (False, False): say("Among {whose}, the library's figures of {year} are in the middle half on every measure compared.", year=year, whose=whose)}
    text = forms[len(high) > 0, len(low) > 0]
    return Finding(text, "plain", "counted", ("statistics", "peers"))


def band(rows: pd.DataFrame) -> str:
    """Which libraries the shipped band figures stand for, in words."""
    if rows.empty:
        return say("public libraries of its size")
    first = rows.iloc[0]
    return say("US public libraries that serve {band} people ({source})", band=first["band"], source=first["source"])


def counted(peers: pd.DataFrame) -> str:
    """Which peer libraries the library is set beside, in words."""
    return count("{n} peer", "{n} peers", peers["peer"].nunique())


def beside_peers(rows: pd.DataFrame) -> Finding | None:
    """Which ratio rose and which fell furthest against the same peers."""
    if rows.empty:
        return None
    ends = rows.drop_duplicates("measure")
    tops = [ends[ends["moved"] > 0].head(1), ends[ends["moved"] < 0].head(1)]
    parts = [say("{name} rose furthest, from {first} to {last} times the median" if up else "{name} fell furthest, from {first} to {last} times the median",
                 name=inside(measures.name(row.measure)), first=number(row.first, 2), last=number(row.last, 2))
             for up, rows in zip((True, False), tops) for row in rows.itertuples() if number(row.first, 2) != number(row.last, 2)]
    years = say("from {first} to {last}", first=int(ends["first_year"].min()), last=int(ends["last_year"].max()))
    if not parts:
        return Finding(_sentence(say("against the same peers the library's figures stood still {years}", years=years)), "plain", "counted",
                       ("statistics", "peers"))
    text = say("against the same {peers}, {years}: {moves}", peers=same_peers(rows), years=years, moves="; ".join(parts))
    return Finding(_sentence(text), "plain", "counted", ("statistics", "peers"))


def same_peers(rows: pd.DataFrame) -> str:
    """How many peers each measure is set against, in words."""
    low, high = int(rows["n"].min()), int(rows["n"].max())
    return count("{n} peer", "{n} peers", high) if low == high else say("{low} to {high} peers", low=low, high=high)


def use_among_peers(rows: pd.DataFrame) -> Finding | None:
    """The library's place among its peers in use per person."""
    if rows.empty:
        return None
    first, last = rows.iloc[0], rows.iloc[-1]
    names = listed(inside(measures.name(measure)) for measure in last["measures"].split(", "))
    text = say("Taken together, {names} put the library in place {place} of {all} in {year}, itself among them",
               names=names, place=int(last["place"]), all=int(last["libraries"]), year=int(last["fiscal_year"]))
    if len(rows) > 1:
        text += say("; in {year} it held place {place}" if first["place"] != last["place"] else "; so it did in {year}",
                    year=int(first["fiscal_year"]), place=int(first["place"]))
    return Finding(_sentence(text), "plain", "counted", ("statistics", "peers"))


def history(rows: pd.DataFrame) -> Finding | None:
    """What rose and fell most over the years; the figures themselves where there is one year only."""
    if len(rows) and len({*rows["first_year"], *rows["last_year"]}) == 1:
        return _one_year(rows)
    ends = rows.drop_duplicates("measure") if len(rows) else rows
    known = ends[ends["change"].notna() & ~ends["broken"].astype(bool)] if len(ends) else ends
    if known.empty:
        return None
    order = known.sort_values("change", kind="stable")
    low, high = order.iloc[0], order.iloc[-1]
    ends = [high, low] if len(order) > 1 else [low]
    spans = [say("from {first} to {last}", first=int(row["first_year"]), last=int(row["last_year"])) for row in ends]
    moved = [say("{name} {moved}", name=inside(measures.name(row["measure"])), moved=_moved(row["change"])) for row in ends]
    if len(set(spans)) > 1:
        moved = [say("{moved} {span}", moved=one, span=span) for one, span in zip(moved, spans)]
        return Finding(_sentence(listed(moved)), "plain", "counted", ("statistics",))
    return Finding(_sentence(say("{span} {moved}", span=spans[0], moved=listed(moved))), "plain", "counted", ("statistics",))


def _one_year(rows: pd.DataFrame) -> Finding:
    told = [say("{name} {figure}", name=inside(measures.name(row.measure)), figure=measures.figure(row.measure, row.last)) for row in rows.itertuples()]
    text = say("Of fiscal year {year} the plan holds {figures}; without a second year nobody can say what moved.",
               year=int(rows["last_year"].iloc[0]), figures=listed(told, most=4))
    return Finding(text, "plain", "counted", ("statistics",))


def _sentence(text: str) -> str:
    return say("{sentence}.", sentence=text[:1].upper() + text[1:])


def _moved(change: float) -> str:
    if abs(change) < 0.01:
        return say("stayed the same")
    return say("rose by {share}", share=share(change)) if change > 0 else say("fell by {share}", share=share(-change))
