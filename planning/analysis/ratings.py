"""How patrons, leadership and staff rate the services, where they differ, and what matters most and does worst."""

from __future__ import annotations

import pandas as pd

from planning.methods import agreement, comparisons, intervals

GROUPS = ("patrons", "leadership", "staff")
QUADRANTS = ("concentrate here", "keep up", "low priority", "possible overkill")
CHANCE = 0.05


def summary(ratings: pd.DataFrame, services: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Mean ratings by service and group: service, service_name, group, n (raters), quality, relevance (points 1-5), hidden.

    A group with fewer raters than `small_group` is hidden: its means are missing and `hidden` is
    true. A mean is missing too where fewer than that answered its question. Means of a rating scale
    treat its steps as equal; they are for ordering, not for arithmetic.

    >>> ratings = pd.DataFrame({"rater": ["P1", "P2"], "service": ["S1", "S1"], "group": ["patrons", "patrons"],
    ...                         "quality": [4.0, 5.0], "relevance": [3.0, 2.0]})
    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Storytime"]})
    >>> summary(ratings, services, small_group=2)[["n", "quality", "relevance", "hidden"]].values.tolist()
    [[2.0, 4.5, 2.5, False]]
    """
    columns = ["service", "service_name", "group", "n", "quality", "relevance", "hidden"]
    if ratings.empty:
        return pd.DataFrame(columns=columns)
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


def gaps(ratings: pd.DataFrame, services: pd.DataFrame, *, of: str = "relevance", small_group: int, seed: int) -> pd.DataFrame:
    """Patrons' mean minus leadership's mean for each service, largest difference first: service, service_name,
    patrons, leadership (points 1-5), n_patrons, n_leadership, difference, low, high (points, 95 % bootstrap interval of
    this service alone), delta (-1 to 1, Cliff's), chance (0-1, how often chance alone parts the two so far), hidden, size
    (in a word), clear.

    `of` is quality or relevance. `clear` is true when the interval leaves 0 out and chance, by the Mann-Whitney
    test with Holm's correction for all services compared, is under 0.05: of 20 services that do not differ,
    one would have an interval beside 0 by chance. Where either side has fewer answers than `small_group` the row is
    hidden and its figures are missing. The two sides are different people; with seven trustees the
    interval is wide, and it holds only the error of chance.
    """
    rows = [_gap(service, rated, of, small_group, seed) for service, rated in ratings.groupby("service", sort=True)]
    columns = ["service", "patrons", "leadership", "n_patrons", "n_leadership", "difference", "low", "high", "delta", "chance", "hidden"]
    found = pd.DataFrame(rows, columns=columns).merge(services[["service", "name"]].rename(columns={"name": "service_name"}), on="service")
    found[columns[1:-1]] = found[columns[1:-1]].astype(float)
    found["chance"] = comparisons.holm(found["chance"])
    found["size"] = [agreement.delta_words(delta) for delta in found["delta"]]
    found["clear"] = ((found["low"] > 0) | (found["high"] < 0)) & (found["chance"] < CHANCE)
    order = found["difference"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
    front = ["service", "service_name"]
    return found.loc[order, front + [name for name in found.columns if name not in front]].reset_index(drop=True)


def _gap(service: str, rated: pd.DataFrame, of: str, small_group: int, seed: int) -> list[object]:
    sides = [rated.loc[rated["group"] == group, of].dropna() for group in ("patrons", "leadership")]
    if min(len(side) for side in sides) < small_group:
        return [service, *[None] * 9, True]
    patrons, leadership = sides
    difference = intervals.mean_difference(patrons, leadership, seed=seed)
    return [service, patrons.mean(), leadership.mean(), len(patrons), len(leadership), *difference,
            agreement.cliffs_delta(patrons, leadership), comparisons.rank_test(patrons, leadership), False]


def rank_agreement(gaps: pd.DataFrame) -> float:
    """How far patrons and leadership put the services in the same order, -1 to 1 (Kendall's tau-b); missing under 3 services.

    >>> rank_agreement(pd.DataFrame({"patrons": [1.0, 2.0, 3.0], "leadership": [2.0, 3.0, 4.0]}))
    1.0
    """
    known = gaps.dropna(subset=["patrons", "leadership"])
    return float("nan") if len(known) < 3 else agreement.rank_agreement(known["patrons"], known["leadership"])


def importance_performance(ratings: pd.DataFrame, services: pd.DataFrame, *, group: str = "patrons", small_group: int, seed: int) -> pd.DataFrame:
    """Relevance against quality of each service as one group rates them: service, service_name, n, relevance, quality
    (points 1-5), gap (relevance − quality), quadrant, sure (share of 1,000 bootstrap draws in that quadrant, 0-1).

    The cuts are the means over all services (`attrs["cuts"]`: relevance, quality): above the first
    and below the second a service is where to *concentrate*. Quadrants are unstable near the cuts;
    `sure` says how unstable, and `gap` does not depend on the cuts at all. Source: Martilla and
    James 1977. Only raters who answered both questions count. Largest gap first.
    """
    columns = ["service", "service_name", "n", "relevance", "quality", "gap", "quadrant", "sure"]
    rated = ratings[ratings["group"] == group].dropna(subset=["quality", "relevance"])
    rated = rated[rated.groupby("service")["rater"].transform("nunique") >= small_group]
    if rated.empty:
        return pd.DataFrame(columns=columns)
    means = rated.groupby("service").agg(n=("rater", "nunique"), relevance=("relevance", "mean"), quality=("quality", "mean")).reset_index()
    cuts = means["relevance"].mean(), means["quality"].mean()
    draws = {service: intervals.bootstrap_quadrants(one["relevance"], one["quality"], importance_cut=cuts[0], performance_cut=cuts[1], draws=1000, seed=seed)
             for service, one in rated.groupby("service")}
    means["gap"] = means["relevance"] - means["quality"]
    means["quadrant"] = [_quadrant(row.relevance, row.quality, cuts) for row in means.itertuples()]
    means["sure"] = [float(draws[row.service][row.quadrant]) for row in means.itertuples()]
    found = means.merge(services[["service", "name"]].rename(columns={"name": "service_name"}), on="service")
    found = found[columns].sort_values(["gap", "service"], ascending=[False, True], ignore_index=True)
    found.attrs["cuts"] = cuts
    return found


def _quadrant(relevance: float, quality: float, cuts: tuple[float, float]) -> str:
    important, good = relevance >= cuts[0], quality >= cuts[1]
    return QUADRANTS[1 if important and good else 0 if important else 3 if good else 2]
