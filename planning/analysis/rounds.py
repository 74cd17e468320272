"""What a room said in one round of voting: the spread of answers, what to talk about, and what moved between two rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planning.methods import agreement, bundles, spread, suppression

SHARED_OUT = ("points", "dots")
ADDING_UP = (*SHARED_OUT, "ranks")
ORDERED = ("scales", "statements")
MEANT = ("points", "dots", "statements")
SETTLED = 0.25
STILL = 0.1
MINORITY, APART = 1 / 3, 0.5
DIVIDED, FEW_VOTES, ONE_ROUND = 0.3, 0.5, 0.03
REASONS = ("two camps", "divided", "wide spread", "minority", "few votes")


class Order(NamedTuple):
    """How far voters agree on an order (0 to 1), how often chance gives as much (0 to 1), and how many voters."""

    w: float
    chance: float
    voters: int


def scale(options: pd.DataFrame, *, form: str, settings: Mapping[str, object] | None = None) -> tuple[float, ...]:
    """The steps at which answers of one form are counted: each step of scales, statements, dots and ranks; the upper ends of bands for points, swings
    and pairs (a ratio: how many times as much). An answer counts at the first step that is not below it, or at the last.

    The first band of points is nothing at all, the others are as wide as half an equal share, rounded up to 1, 2 or 5 times a power of ten, and the last one is
    open. Where only the first places are given, the last step of ranks is "not placed".

    >>> scale(pd.DataFrame({"option": ["G1", "G2", "G3"]}), form="points"), scale(pd.DataFrame({"option": ["S1"]}), form="scales", settings={"high": 4})
    ((0, 20, 40, 60, 80, 100), (1, 2, 3, 4))
    """
    given, size = dict(settings or {}), max(len(options), 1)
    if form == "points":
        total = int(given.get("total", 100))
        width = next((ten * times for ten in 10 ** np.arange(7) for times in (1, 2, 5) if ten * times >= total / size / 2), total)
        return tuple(int(end) for end in range(0, 6 * width, width) if end < total + width)
    if form == "scales":
        return tuple(range(int(given.get("low", 1)), int(given.get("high", 5)) + 1))
    if form == "ranks":
        first = min(int(given.get("first", size)), size)
        return (*_at_most_ten(first), *([first + 1] if first < size else []))
    most = int(given.get("most", given.get("dots", 5)))
    return {"swing": (20, 40, 60, 80, 100), "dots": (0, *_at_most_ten(most)), "pairs": (1 / 4.5, 1 / 1.5, 1.5, 4.5, 9), "statements": (-1, 0, 1)}[form]


def _at_most_ten(places: int) -> tuple[int, ...]:
    """1 to `places`, or the upper ends of bands."""
    width = -(-places // 10)
    return tuple(min(end, places) for end in range(width, places + width, width))


def distribution(votes: pd.DataFrame, options: pd.DataFrame, *, form: str, steps: Sequence[float], small_group: int) -> pd.DataFrame:
    """How many chose each step, for every option and question: option, name, asked, step, votes, share (0-1, of those who answered), n, hidden.

    One row an option, question and step (see `scale`), in the order of `options`. Where fewer than `small_group` people answered an option, it is
    hidden and its figures are missing. Who shared out points or dots gave none to what was left out; who ranked some options put the others on the last step.

    >>> votes = pd.DataFrame({"voter": ["V1", "V2"], "option": ["S1", "S1"], "asked": ["", ""], "value": [4.0, 5.0]})
    >>> found = distribution(votes, pd.DataFrame({"option": ["S1"], "label": ["Storytime"]}), form="scales", steps=(1, 2, 3, 4, 5), small_group=2)
    >>> found["votes"].tolist(), found["n"].tolist()[:1]
    ([0.0, 0.0, 0.0, 1.0, 1.0], [2.0])
    """
    rows = []
    for (option, name, asked), values in _by_option(votes, options, form, unplaced=np.inf):
        places = np.searchsorted(np.asarray(steps) + 1e-9, values).clip(max=len(steps) - 1)
        counted = np.bincount(places, minlength=len(steps)).astype(float)
        hidden = values.size < max(small_group, 1)
        told = np.full(len(steps), np.nan) if hidden else counted
        rows += [(option, name, asked, step, here, here / max(values.size, 1), np.nan if hidden else float(values.size), hidden) for step, here in zip(steps, told)]
    return pd.DataFrame(rows, columns=["option", "name", "asked", "step", "votes", "share", "n", "hidden"])


def summary(votes: pd.DataFrame, options: pd.DataFrame, *, form: str, small_group: int, steps: Sequence[float] = ()) -> pd.DataFrame:
    """What the room said of each option and question: option, name, asked, n, voters (in the round), mean, median, low, high (the middle half), spread (0-1),
    settled, agreement (-1 to 1), low_n, low_mean, high_n, high_mean, camps, minority_n, minority_share (0-1), minority_side (higher, lower or ""), hidden.

    spread: how far two people lie apart on average, 1 with half of them on each end. settled: the middle half is no wider than a
    quarter of the scale, one step on a scale of five. agreement: van der Eijk's A, for scales and statements only. low_n to camps: the two
    sides into which answers part best, and whether they are camps beyond what chance gives in three rounds of a hundred; for statements
    those who disagree and who agree. The minority stands half of the scale from the median or further, on the side where more do, and is at least two people and at most a third.
    Points are measured against the most that anyone gave, swings against 100, dots against the most allowed. An option that a voter did not rank shares the places left.
    Pairs are ratios; their mean is the geometric one. Hidden with fewer than `small_group` answers.
    In the order of `options`; `steps` of a scale that is not 1 to 5.

    >>> votes = pd.DataFrame({"voter": ["V1", "V2", "V3"], "option": "S1", "asked": "", "value": [4.0, 5.0, 5.0]})
    >>> summary(votes, pd.DataFrame({"option": ["S1"], "label": ["Storytime"]}), form="scales", small_group=3)[["n", "median", "settled", "agreement"]].values.tolist()
    [[3.0, 5.0, True, 0.833333333333]]
    """
    places = tuple(steps) or scale(options, form=form)
    parts = _by_option(votes, options, form)
    return _summed(parts, form, places, _ends(form, places, parts), _voters(votes), small_group)


def to_discuss(summary: pd.DataFrame, *, form: str) -> pd.DataFrame:
    """What to talk about, in order: option, name, asked, reason, and the figures of `summary` behind it. Each option and question once, by its first reason.

    Reasons in order: "two camps" (the answers part into two beyond chance), for statements "divided" (at least three in ten on either side),
    "wide spread" (the middle half is not settled), "minority" (a few see it clearly otherwise than a settled room), "few votes" (fewer than half
    of those who voted answered it, or too few to be shown). Within a reason the widest spread first. Where all agree there is nothing to list.
    """
    told = summary.assign(reason=[_reason(row, form) for row in summary.to_dict("records")])
    told = told[told["reason"] != ""]
    order = told.assign(place=[REASONS.index(reason) for reason in told["reason"]], wide=-told["spread"].fillna(-1)).sort_values(["place", "wide"], kind="stable").index
    return told.loc[order, ["option", "name", "asked", "reason", *summary.columns[3:]]].reset_index(drop=True)


def order_agreement(votes: pd.DataFrame, options: pd.DataFrame, *, form: str) -> Order:
    """How far voters agree on the order of the options: w (Kendall's W, 0 to 1), chance (0-1, how often voters without any order in mind agree as far), voters.

    Only voters who answered for every option count. Missing for pairs and statements, where two questions were asked of each option, with fewer than
    three options or two voters, and where nobody tells options apart.

    >>> votes = pd.DataFrame([(voter, option, "", value) for voter in ("V1", "V2") for option, value in (("A", 3.0), ("B", 2.0), ("C", 1.0))], columns=["voter", "option", "asked", "value"])
    >>> order_agreement(votes, pd.DataFrame({"option": ["A", "B", "C"], "label": ["A", "B", "C"]}), form="swing").w
    1.0
    """
    if form in ("pairs", "statements", "ideas") or votes.empty or votes["asked"].nunique() > 1:
        return Order(float("nan"), float("nan"), 0)
    table = next(_tables(votes, options, form))[1].dropna()
    w = agreement.kendalls_w(table.to_numpy()) if table.shape[1] > 2 else float("nan")
    return Order(w, spread.concordance_chance(w, raters=len(table), items=table.shape[1]) if w == w else float("nan"), len(table))


def by_group(votes: pd.DataFrame, options: pd.DataFrame, *, form: str, small_group: int) -> pd.DataFrame:
    """What those who speak as patrons, leadership, staff or partners said: option, name, asked, group, n, mean, median, hidden; and apart (the distance of
    the highest and lowest shown mean of the option and question). Furthest apart first.

    A group with fewer than `small_group` answers to an option is hidden there, and others with it where its answers could be worked out from
    the room's. Points, dots and ranks add up to the same for everybody, so there a group hidden on one option is hidden on all. Who did not say
    is a group of its own (""). Empty where the round did not ask who one speaks as.
    """
    columns = ["option", "name", "asked", "group", "n", "mean", "median", "hidden", "apart"]
    if votes.empty or votes["group"].fillna("").nunique() < 2:
        return pd.DataFrame(columns=columns)
    rows, names = [], _names(options, form)
    groups = votes.drop_duplicates("voter").set_index("voter")["group"].fillna("")
    for asked, table in _tables(votes, options, form):
        masks = pd.DataFrame({option: _small(table[option].dropna(), groups, small_group) for option in table})
        masks = masks.apply(lambda own: masks.any(axis=1)) if form in ADDING_UP else masks
        for option in table:
            rows += _groups_said(table[option].dropna(), groups, form, masks[option].dropna().astype(bool), (option, names[option], asked))
    found = pd.DataFrame(rows, columns=columns)
    return found.loc[(-found["apart"]).sort_values(kind="stable", na_position="last").index].reset_index(drop=True)


def moved(before: pd.DataFrame, after: pd.DataFrame, options: pd.DataFrame, *, form: str, small_group: int, steps: Sequence[float] = ()) -> pd.DataFrame:
    """What changed between two rounds of one question: option, name, asked, n_before, n_after, before, after (the middle: the median; the mean of points, dots
    and statements), shift, wide_before, wide_after (width of the middle half), spread_before, spread_after (0-1), became (closer, wider, as before), settled,
    again (whether another round is worth it), hidden.

    closer and wider: the spread fell or rose by a tenth of the most possible or more. again: the answers are not settled yet and are still moving, the middle by a
    tenth of the scale or the spread by as much; what is settled or stands still is not asked again, as in Delphi studies (Dalkey and
    Helmer 1963; the limits are a habit). Largest shift first. Who took part may differ between the rounds, which moves figures too.
    """
    places = tuple(steps) or scale(options, form=form)
    parts = [_by_option(votes, options, form) for votes in (before, after)]
    low, high = _ends(form, places, [*parts[0], *parts[1]])
    one, two = (_summed(part, form, places, (low, high), _voters(votes), small_group) for part, votes in zip(parts, (before, after)))
    both = one.merge(two, on=["option", "name", "asked"], suffixes=("_before", "_after"))
    hidden = both["hidden_before"] | both["hidden_after"]
    middle = "mean" if form in MEANT else "median"
    found = both[["option", "name", "asked", "n_before", "n_after"]].assign(
        before=both[f"{middle}_before"], after=both[f"{middle}_after"], shift=both[f"{middle}_after"] - both[f"{middle}_before"],
        wide_before=both["high_before"] - both["low_before"], wide_after=both["high_after"] - both["low_after"],
        spread_before=both["spread_before"], spread_after=both["spread_after"])
    change = (found["spread_after"] - found["spread_before"]).round(9)
    found["became"] = np.select([change <= -STILL, change >= STILL], ["closer", "wider"], "as before")
    found["settled"] = both["settled_after"] & ~both["camps_after"]
    still = found["shift"].abs() / ((high - low) or 1)
    found["again"] = ~found["settled"] & ((still >= STILL) | (change.abs() >= STILL)) & ~hidden
    found["hidden"] = hidden
    found.loc[hidden, [*found.columns[3:12]]] = np.nan
    found.loc[hidden, "became"] = ""
    return found.loc[(-found["shift"].abs()).sort_values(kind="stable", na_position="last").index].reset_index(drop=True)


def ideas(votes: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """The ideas as they were written, those with like words beside each other: kind, near (number of the bundle), like (ideas in it), text.

    By kind, larger bundles first, then by letters, so that nothing tells who wrote what or when. Two ideas of a kind are put beside each
    other when they share half of their words that say something; one written the same twice is there twice. Empty while fewer than
    `small_group` people wrote. Words are looked at, not what is meant: nothing is merged or left out.

    >>> votes = pd.DataFrame({"voter": ["V1", "V2", "V3"], "text": ["Open on Sundays", "More chairs", "open Sunday"], "kind": ["strength"] * 3})
    >>> ideas(votes, small_group=3)[["near", "text"]].values.tolist()
    [[1, 'Open on Sundays'], [1, 'open Sunday'], [2, 'More chairs']]
    """
    columns = ["kind", "near", "like", "text"]
    if votes.empty or _voters(votes) < max(small_group, 1):
        return pd.DataFrame(columns=columns)
    rows, number = [], 0
    for kind, written in votes.assign(kind=votes["kind"].fillna("")).groupby("kind", sort=True)["text"]:
        for bundle in bundles.bundles(sorted(written, key=str.casefold)):
            number += 1
            rows += [(kind, number, len(bundle), text) for text in bundle]
    return pd.DataFrame(rows, columns=columns)


def _voters(votes: pd.DataFrame) -> int:
    return int(votes["voter"].nunique())


def _names(options: pd.DataFrame, form: str) -> dict[str, str]:
    """What each thing that is voted on is called; a pair by both names."""
    names = dict(zip(options["option"], options["label"]))
    return {f"{one}|{other}": f"{names[one]} / {names[other]}" for one, other in combinations(names, 2)} if form == "pairs" else names


def _tables(votes: pd.DataFrame, options: pd.DataFrame, form: str, unplaced: float | None = None) -> Iterator[tuple[str, pd.DataFrame]]:
    """For each question its answers, one row a voter and one column an option, points and dots of nothing and shared last places filled in."""
    names = _names(options, form)
    for asked in dict.fromkeys(votes["asked"].fillna("")) or [""]:
        own = votes[votes["asked"].fillna("") == asked]
        table = own.pivot_table(index="voter", columns="option", values="value", aggfunc="last", dropna=False).reindex(columns=list(names)).astype(float)
        table = table[table.notna().any(axis=1)]
        if form in SHARED_OUT:
            table = table.fillna(0.0)
        if form == "ranks":
            left = (table.notna().sum(axis=1) + 1 + table.shape[1]) / 2 if unplaced is None else pd.Series(unplaced, index=table.index)
            table = table.where(table.notna(), left, axis=0)
        yield asked, table


def _by_option(votes: pd.DataFrame, options: pd.DataFrame, form: str, unplaced: float | None = None) -> list[tuple[tuple[str, str, str], NDArray[np.float64]]]:
    names, tables = _names(options, form), dict(_tables(votes, options, form, unplaced))
    return [((option, names[option], asked), table[option].dropna().to_numpy()) for option in names for asked, table in tables.items()]


def _ends(form: str, steps: Sequence[float], parts: list) -> tuple[float, float]:
    """The two ends of the scale that spreads are measured against; for pairs as logarithms."""
    if form == "points":
        return 0.0, max((float(values.max(initial=0.0)) for _, values in parts), default=0.0)
    if form == "ranks":
        return 1.0, float(max(len(parts), 1))
    return {"swing": (0.0, 100.0), "pairs": (-np.log(9), np.log(9))}.get(form, (float(steps[0]), float(steps[-1])))


def _summed(parts: list, form: str, steps: Sequence[float], ends: tuple[float, float], voters: int, small_group: int) -> pd.DataFrame:
    tested = max(sum(values.size >= max(small_group, 1) for _, values in parts), 1)
    columns = ["option", "name", "asked", "n", "mean", "median", "low", "high", "spread", "settled", "agreement", "low_n", "low_mean", "high_n", "high_mean", "camps",
               "minority_n", "minority_share", "minority_side", "hidden"]
    found = pd.DataFrame([(*key, *_said(values, form, steps, ends, tested, small_group)) for key, values in parts], columns=columns)
    found.insert(4, "voters", float(voters))
    figures = [name for name in columns[3:-1] if name not in ("settled", "camps", "minority_side")]
    return found.astype({**dict.fromkeys(figures, float), "settled": bool, "camps": bool, "hidden": bool})


def _said(values: NDArray[np.float64], form: str, steps: Sequence[float], ends: tuple[float, float], tested: int, small_group: int) -> tuple:
    if values.size < max(small_group, 1):
        return (*[np.nan] * 6, False, *[np.nan] * 5, False, np.nan, np.nan, "", True)
    reach, back = ends[1] - ends[0], np.exp if form == "pairs" else lambda value: value
    told = np.log(values) if form == "pairs" else values
    low, high = (np.quantile(told, share, method="inverted_cdf") for share in (0.25, 0.75))
    sides = _sides(told, form, steps, reach, tested)
    settled = bool(high - low <= SETTLED * reach + 1e-9)
    few = _minority(told, form, reach) if settled else (0, "")
    agreed = spread.ordered_agreement(np.bincount(np.searchsorted(steps, told), minlength=len(steps))) if form in ORDERED and len(steps) > 2 else np.nan
    return (values.size, back(told.mean()), back(np.median(told)), back(low), back(high), spread.mean_distance(told, reach), settled, agreed,
            sides.low_n, back(sides.low_mean), sides.high_n, back(sides.high_mean), sides.camps, few[0], few[0] / values.size, few[1], False)


def _sides(told: NDArray[np.float64], form: str, steps: Sequence[float], reach: float, tested: int) -> spread.Camps:
    if form == "statements":
        against, agree = int((told < 0).sum()), int((told > 0).sum())
        return spread.Camps(against, -1.0, agree, 1.0, np.nan, False)
    places = dict.fromkeys(("scales", "ranks", "dots"), round(reach) + 1).get(form, 0)
    return spread.camps(told, reach=reach, steps=places, top=1 / tested if form == "swing" else 0.0, chance=ONE_ROUND / tested)


def _minority(told: NDArray[np.float64], form: str, reach: float) -> tuple[int, str]:
    """How many stand clearly off the median, and on which side; nobody where it is one person, or more than a third."""
    off = told - np.median(told)
    far = APART * reach * (2 if form == "statements" else 1) - 1e-9
    above, below = int((off >= far).sum()), int((off <= -far).sum())
    number, side = max((below, "lower"), (above, "higher"))
    return (number, side) if reach > 0 and 2 <= number <= MINORITY * told.size else (0, "")


def _reason(row: Mapping[str, object], form: str) -> str:
    if row["hidden"] or row["n"] < FEW_VOTES * row["voters"]:
        return "few votes"
    if row["camps"]:
        return "two camps"
    if form == "statements" and min(row["low_n"], row["high_n"]) >= DIVIDED * row["n"]:
        return "divided"
    return "wide spread" if not row["settled"] else "minority" if row["minority_n"] else ""


def _small(values: pd.Series, groups: pd.Series, small_group: int) -> pd.Series:
    """Which groups are hidden on one option."""
    own = groups.reindex(values.index)
    counts = values.groupby(own).count()
    return suppression.hidden(counts, max(small_group, 1), answers=pd.crosstab(own, values).reindex(counts.index).to_numpy())


def _groups_said(values: pd.Series, groups: pd.Series, form: str, mask: pd.Series, key: tuple[str, str, str]) -> list[tuple]:
    own = groups.reindex(values.index)
    told, back = (np.log(values), np.exp) if form == "pairs" else (values, lambda value: value)
    counts = values.groupby(own).count()
    means, medians = (told.groupby(own).agg(way).where(~mask) for way in ("mean", "median"))
    apart = float(back(means.max() - means.min())) if means.notna().sum() > 1 else np.nan
    return [(*key, group, np.nan if mask[group] else float(counts[group]), back(means[group]), back(medians[group]), bool(mask[group]), apart) for group in counts.index]
