"""How patrons, leadership and staff rate the services, where they differ, and what matters most and does worst."""

from __future__ import annotations

import pandas as pd

from planning.methods import agreement, comparisons, intervals

GROUPS = ("patrons", "leadership", "staff")
QUADRANTS = ("concentrate here", "keep up", "low priority", "possible overkill")
QUESTIONS = ("relevance", "quality")
PAIRS = (("patrons", "leadership"), ("patrons", "staff"), ("staff", "leadership"))
CHANCE = 0.05


def summary(ratings: pd.DataFrame, services: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Mean ratings by service and group: service, service_name, group, n (raters), quality, relevance (points 1-5), hidden.

    A group with fewer raters than `small_group` is hidden: its means are missing and `hidden` is
    true. A mean is missing too where fewer than that answered its question. Where a few of a group left one of the two
    questions out, their answer to the other is not used, here and in the other tables, since two means together
    would tell it. Means of a rating scale treat its steps as equal; they are for ordering, not for arithmetic.

    >>> ratings = pd.DataFrame({"rater": ["P1", "P2"], "service": ["S1", "S1"], "group": ["patrons", "patrons"],
    ...                         "quality": [4.0, 5.0], "relevance": [3.0, 2.0]})
    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Storytime"]})
    >>> summary(ratings, services, small_group=2)[["n", "quality", "relevance", "hidden"]].values.tolist()
    [[2.0, 4.5, 2.5, False]]
    """
    columns = ["service", "service_name", "group", "n", "quality", "relevance", "hidden"]
    if ratings.empty:
        return pd.DataFrame(columns=columns)
    ratings = _evened(ratings, small_group)
    found = ratings.groupby(["service", "group"], sort=True).agg(
        n=("rater", "nunique"), quality=("quality", "mean"), relevance=("relevance", "mean")).reset_index()
    found["n"] = found["n"].astype(float)
    found["hidden"] = found["n"] < small_group
    found.loc[found["hidden"], ["n", "quality", "relevance"]] = None
    for question in ("quality", "relevance"):
        answered = ratings.groupby(["service", "group"], sort=True)[question].count().to_numpy()
        found[question] = found[question].where(answered >= small_group)
    found = found.merge(services[["service", "name"]].rename(columns={"name": "service_name"}), on="service")
    return found[columns]


def gaps(ratings: pd.DataFrame, services: pd.DataFrame, *, of: str = "relevance", between: tuple[str, str] = ("patrons", "leadership"),
         small_group: int, seed: int) -> pd.DataFrame:
    """Mean of one group minus mean of another for each service, largest difference first: service, service_name, the two
    groups' means under their own names (such as patrons, leadership; points 1-5), their raters (such as n_patrons,
    n_leadership), difference, low, high (points, 95 % bootstrap interval of this service alone), delta (-1 to 1, Cliff's),
    chance (0-1, how often chance alone parts the two so far), hidden, size (in a word), clear.

    `of` is quality or relevance, `between` two of `GROUPS`, the first minus the second. `clear` is true when the interval
    leaves 0 out and chance, by the Mann-Whitney test with Holm's correction for all services compared, is under 0.05: of
    20 services that do not differ, one would have an interval beside 0 by chance. Where either side has fewer answers than
    `small_group` the row is hidden and its figures are missing. Where nobody differs within either side there is no
    interval, and the row is not clear. The two sides are different people; with seven trustees the
    interval is wide, and it holds only the error of chance.
    """
    rows = [_gap(service, rated, of, between, small_group, seed) for service, rated in _evened(ratings, small_group).groupby("service", sort=True)]
    columns = ["service", *between, *(f"n_{group}" for group in between), "difference", "low", "high", "delta", "chance", "hidden"]
    found = pd.DataFrame(rows, columns=columns).merge(services[["service", "name"]].rename(columns={"name": "service_name"}), on="service")
    found[columns[1:-1]] = found[columns[1:-1]].astype(float)
    found["chance"] = comparisons.holm(found["chance"])
    found["size"] = [agreement.delta_words(delta) for delta in found["delta"]]
    found["clear"] = ((found["low"] > 0) | (found["high"] < 0)) & (found["chance"] < CHANCE)
    order = found["difference"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
    front = ["service", "service_name"]
    return found.loc[order, front + [name for name in found.columns if name not in front]].reset_index(drop=True)


def _evened(ratings: pd.DataFrame, small_group: int) -> pd.DataFrame:
    """The ratings without the answers of the few in a group who rated a service on one of the two questions only."""
    given, by = ratings[list(QUESTIONS)].notna(), [ratings["service"], ratings["group"]]
    both = given.all(axis=1).groupby(by).transform("sum") if len(ratings) else 0
    kept = ratings.copy()
    for question, other in (QUESTIONS, QUESTIONS[::-1]):
        alone = given[question] & ~given[other]
        stray = alone & (alone.groupby(by).transform("sum") < small_group) & (both >= small_group)
        kept[question] = kept[question].mask(stray)
    return kept


def _gap(service: str, rated: pd.DataFrame, of: str, between: tuple[str, str], small_group: int, seed: int) -> list[object]:
    first, second = (rated.loc[rated["group"] == group, of].dropna() for group in between)
    if min(len(first), len(second)) < max(small_group, 1):
        return [service, *[None] * 9, True]
    difference = intervals.mean_difference(first, second, seed=seed)
    return [service, first.mean(), second.mean(), len(first), len(second), *difference,
            agreement.cliffs_delta(first, second), comparisons.rank_test(first, second), False]


def rank_agreement(gaps: pd.DataFrame, *, between: tuple[str, str] = ("patrons", "leadership")) -> float:
    """How far two groups put the services in the same order, -1 to 1 (Kendall's tau-b); missing under 3 services, or
    where a group rates all alike.

    >>> rank_agreement(pd.DataFrame({"patrons": [1.0, 2.0, 3.0], "leadership": [2.0, 3.0, 4.0]}))
    1.0
    """
    known = gaps.dropna(subset=list(between))
    return float("nan") if len(known) < 3 else agreement.rank_agreement(known[between[0]], known[between[1]])


def pairs(ratings: pd.DataFrame, services: pd.DataFrame, *, small_group: int, seed: int) -> pd.DataFrame:
    """Every two of the three groups beside each other, on relevance and on quality: of, one, other (groups), compared (number
    of services), clear (number on which they clearly differ), service_name (the largest clear difference; the largest one
    where none is clear), difference, low, high (points, one minus other), agreement (rank agreement of the order, -1 to 1).

    The differences are those of `gaps`; with fewer than `small_group` answers on either side a service is not compared.
    Where nothing can be compared, the figures are missing, and so is the service where no two means differ. Three groups make three pairs that hang
    together: where two pairs differ, the third often does. Empty without ratings.
    """
    columns = ["of", "one", "other", "compared", "clear", "service_name", "difference", "low", "high", "agreement"]
    if ratings.empty:
        return pd.DataFrame(columns=columns)
    asked = [(of, between) for of in QUESTIONS for between in PAIRS]
    rows = [[of, *between, *_widest(gaps(ratings, services, of=of, between=between, small_group=small_group, seed=seed), between)]
            for of, between in asked]
    return pd.DataFrame(rows, columns=columns)


def _widest(compared: pd.DataFrame, between: tuple[str, str]) -> list[object]:
    known = compared[~compared["hidden"].astype(bool)]
    if known.empty:
        return [0, 0, None, None, None, None, None]
    first = known.sort_values("clear", ascending=False, kind="stable").iloc[0]
    where = first["service_name"] if abs(first["difference"]) > 1e-9 else None
    return [len(known), int(known["clear"].sum()), where, *first[["difference", "low", "high"]], rank_agreement(known, between=between)]


def importance_performance(ratings: pd.DataFrame, services: pd.DataFrame, *, group: str = "patrons", small_group: int, seed: int) -> pd.DataFrame:
    """Relevance against quality of each service as one group rates them: service, service_name, n, relevance, quality
    (points 1-5), gap (relevance − quality), quadrant, sure (share of 1,000 bootstrap draws in that quadrant, 0-1),
    above (share of 1,000 draws in which relevance exceeds quality, 0-1).

    The cuts are the means over all services (`attrs["cuts"]`: relevance, quality): above the first
    and below the second a service is where to *concentrate*. Quadrants are unstable near the cuts;
    `sure` says how unstable. `gap` and `above` do not depend on the cuts at all: they set each service
    against the diagonal, where it is as good as it is relevant. Sources: Martilla and James 1977 for the
    quadrants; Bacon 2003 for the diagonal. Only raters who answered both questions count. Largest gap first.
    """
    columns = ["service", "service_name", "n", "relevance", "quality", "gap", "quadrant", "sure", "above"]
    rated = ratings[ratings["group"] == group].dropna(subset=["quality", "relevance"])
    rated = rated[rated.groupby("service")["rater"].transform("nunique") >= small_group]
    if rated.empty:
        return pd.DataFrame(columns=columns)
    means = rated.groupby("service").agg(n=("rater", "nunique"), relevance=("relevance", "mean"), quality=("quality", "mean")).reset_index()
    cuts = means["relevance"].mean(), means["quality"].mean()
    draws = {service: intervals.bootstrap_quadrants(one["relevance"], one["quality"], importance_cut=cuts[0], performance_cut=cuts[1], draws=1000, seed=seed)
             for service, one in rated.groupby("service")}
    means["gap"] = means["relevance"] - means["quality"]
    means["above"] = [intervals.bootstrap_above(one["relevance"], one["quality"], draws=1000, seed=seed) for _, one in rated.groupby("service")]
    means["quadrant"] = [_quadrant(row.relevance, row.quality, cuts) for row in means.itertuples()]
    means["sure"] = [float(draws[row.service][row.quadrant]) for row in means.itertuples()]
    found = means.merge(services[["service", "name"]].rename(columns={"name": "service_name"}), on="service")
    found = found[columns].sort_values(["gap", "service"], ascending=[False, True], ignore_index=True)
    found.attrs["cuts"] = cuts
    return found


def _quadrant(relevance: float, quality: float, cuts: tuple[float, float]) -> str:
    important, good = relevance >= cuts[0], quality >= cuts[1]
    return QUADRANTS[1 if important and good else 0 if important else 3 if good else 2]
