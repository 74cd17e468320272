"""Partners: how well each fits, how much power and interest it has, and what next with it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planning.methods import distance, scoring

KINDS = ("internal department", "education", "government", "technology", "business", "community", "funder")
STATUSES = ("active", "prospect", "ended")
WEIGHTS = {"mission": 0.20, "goals": 0.20, "audiences": 0.15, "resources": 0.15,
           "capacity": 0.10, "history": 0.10, "effort": 0.05, "risk": 0.05}
MEANINGS = {
    "mission": ("Mission overlap", "how far its mission and the library's overlap"),
    "goals": ("Support of our goals", "strength times weight over the goals in force; 1 is as much as a partner that exists for the heaviest goal"),
    "audiences": ("Audiences reached", "the shares of audiences that it can reach, added up; 1 is as much as one whole audience"),
    "resources": ("Complementary resources", "how much it has that the library lacks"),
    "capacity": ("Capacity", "whether it has people and money to do its part"),
    "history": ("History", "how well working together has gone"),
    "effort": ("Little effort", "what it takes to keep up, turned round: 1 is little"),
    "risk": ("Little risk", "what could go wrong, turned round: 1 is little"),
}
QUADRANTS = {(True, True): "work closely", (True, False): "keep satisfied", (False, True): "keep informed", (False, False): "keep in view"}
COURSES = ("leave", "talk first", "start", "grow", "hold", "wait")
GOOD, POOR = 0.6, 0.4
ONE_SIDED = "the library gives far more"
UNKNOWN = ("not recorded", "only the library's side is recorded", "only the partner's side is recorded", "recorded for different years")
WELL, FAIR = 3.5, 3.0


def kinds(partners: pd.DataFrame) -> pd.DataFrame:
    """The partners of each of the seven kinds: kind, active, prospect, ended, all (numbers of partners), active_names,
    prospect_names.

    A kind without a partner is listed too, since it may be one that nobody thought of. A prospect with an
    ethics veto is counted and not named. Empty without partners.

    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Club"], "kind": ["education", "education"], "status": ["active", "ended"],
    ...                          "ethics": ["clear", "clear"]})
    >>> kinds(partners).query("kind == 'education'").values.tolist()
    [['education', 1, 0, 1, 2, 'School', '']]
    """
    if partners.empty:
        return pd.DataFrame(columns=["kind", *STATUSES, "all", "active_names", "prospect_names"])
    found = pd.crosstab(partners["kind"], partners["status"]).reindex(index=list(KINDS), columns=list(STATUSES), fill_value=0)
    found["all"] = found.sum(axis=1)
    for status in ("active", "prospect"):
        named = partners[(partners["status"] == status) & ((status == "active") | (partners["ethics"] != "veto"))].sort_values("name")
        found[f"{status}_names"] = ["; ".join(named.loc[named["kind"] == kind, "name"]) for kind in found.index]
    return found.rename_axis(columns=None).reset_index()


def criteria(fit: pd.DataFrame, weights: Mapping[str, float] = WEIGHTS) -> pd.DataFrame:
    """What counts in the fit score: criterion, criterion_name, weight (share 0-1), meaning (of the value from 0 to 1), known, of
    (number of partners and prospects for which it is known, and of all in `fit`).

    The weights are a starting point and add up to 1; those who decide may set others. Takes `fit`; empty where nothing has a fit.

    >>> criteria(pd.DataFrame(0.5, index=[0, 1], columns=list(MEANINGS)))["weight"].sum().round(6)
    np.float64(1.0)
    """
    columns = ["criterion", "criterion_name", "weight", "meaning", "known", "of"]
    if fit.empty:
        return pd.DataFrame(columns=columns)
    found = scoring.shares(pd.Series(dict(weights), dtype=float)).rename_axis("criterion").rename("weight").reset_index()
    found["criterion_name"] = [MEANINGS[name][0] for name in found["criterion"]]
    found["meaning"] = [MEANINGS[name][1] for name in found["criterion"]]
    found["known"] = [int(fit[name].notna().sum()) for name in found["criterion"]]
    found["of"] = len(fit)
    return found[columns]


def support(goals: pd.DataFrame, partner_goals: pd.DataFrame) -> pd.DataFrame:
    """How far each partner supports the goals in force: partner, overlap (share 0-1), shared (share 0-1), main_goal, main_goal_name.

    Overlap = sum over goals of weight × strength, divided by the weight of the heaviest goal, at
    most 1: a partner that exists for the heaviest goal has 1, whatever other partners do. A partner
    that supports only goals that have ended has 0; one without any row was not rated and is not
    listed. Shared = goals in force that it is tagged with, divided by all goals in force or tagged (Jaccard), whatever their weight.
    Takes the goals in force (`plan.goals_in_force`); without them nothing can be said.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.8, 0.2]})
    >>> pairs = pd.DataFrame({"partner": ["P1", "P2"], "goal": ["G1", "G0"], "strength": [0.5, 1.0]})
    >>> support(goals, pairs)[["partner", "overlap", "shared", "main_goal_name"]].values.tolist()
    [['P1', 0.5, 0.5, 'Read'], ['P2', 0.0, 0.0, nan]]
    """
    columns = ["partner", "overlap", "shared", "main_goal", "main_goal_name"]
    if goals.empty or partner_goals.empty or not goals["weight"].max() > 0:
        return pd.DataFrame(columns=columns)
    rated = partner_goals.merge(goals[["goal", "name", "weight"]], on="goal", how="left")
    rated["part"] = (rated["weight"].fillna(0.0) * rated["strength"]).round(12)
    found = (rated.groupby("partner")["part"].sum() / goals["weight"].max()).clip(upper=1).round(12).rename("overlap").reset_index()
    tagged = rated[rated["strength"] > 0].groupby("partner")["goal"].agg(set)
    found["shared"] = [distance.jaccard(tagged.get(partner, set()), goals["goal"]) for partner in found["partner"]]
    top = rated[rated["part"] > 0].sort_values(["part", "goal"], ascending=[False, True]).drop_duplicates("partner")
    found = found.merge(top[["partner", "goal", "name"]].rename(columns={"goal": "main_goal", "name": "main_goal_name"}), on="partner", how="left")
    return found[columns].sort_values(["overlap", "partner"], ascending=[False, True], ignore_index=True)


def fit(partners: pd.DataFrame, support: pd.DataFrame, partner_audiences: pd.DataFrame, *, weights: Mapping[str, float] = WEIGHTS) -> pd.DataFrame:
    """How well each active partner and prospect fits, best first: partner, partner_name, kind, status, ethics (clear or
    concern), main_goal_name, shared (share 0-1, see `support`), one column a criterion (0-1, where 1 is good), rated (number of criteria of 8), score (0-1),
    low and high (0-1, the score if every criterion that is not rated were at its worst, or at its best).

    The veto comes first: a partner with an ethics veto is not scored and not listed (see `ethics`),
    and one that has ended is left out. Ratings from 1 to 5 become 0 to 1, effort and risk turned
    round. The score is the weighted sum over the criteria that are rated, with their weights brought
    to 1. A partner for which none is rated is left out too. `support` is the result of the function of that name;
    `weights` are brought to 1. Source: the additive value model; Keeney and Raiffa 1976.

    Misleads when few criteria are rated, and where one bad value should not be made up for by good
    ones. Raises ValueError when the weights do not name the eight criteria.

    >>> partners = pd.DataFrame({"partner": ["P1"], "name": ["School"], "kind": ["education"], "status": ["active"], "ethics": ["clear"],
    ...     "mission": [5.0], "resources": [3.0], "capacity": [3.0], "history": [None], "effort": [1.0], "risk": [5.0]})
    >>> nothing = pd.DataFrame(columns=["partner", "overlap", "shared", "main_goal_name", "audience", "reach"])
    >>> fit(partners, nothing, nothing)[["rated", "score", "low", "high"]].round(3).values.tolist()
    [[5.0, 0.682, 0.375, 0.825]]
    """
    columns = ["partner", "partner_name", "kind", "status", "ethics", "main_goal_name", "shared", *MEANINGS, "rated", "score", "low", "high"]
    open_ones = partners[(partners["status"] != "ended") & (partners["ethics"] != "veto")]
    if open_ones.empty:
        return pd.DataFrame(columns=columns)
    parts = _parts(open_ones, support, partner_audiences)
    share = scoring.shares(pd.Series(dict(weights), dtype=float))
    found = open_ones[["partner", "name", "kind", "status", "ethics"]].rename(columns={"name": "partner_name"}).join(parts)
    for name in ("main_goal_name", "shared"):
        found[name] = found["partner"].map(support.drop_duplicates("partner").set_index("partner")[name])
    found["rated"] = parts.notna().sum(axis=1)
    found["low"] = scoring.weighted_sum(parts, share, missing=0)
    known = scoring.weighted_sum(parts.notna().astype(float), share)
    found["high"] = (found["low"] + 1 - known).clip(0, 1)
    found["score"] = (found["low"] / known.where(known > 0)).round(12)
    found = found[found["score"].notna()]
    return found[columns].sort_values(["score", "partner"], ascending=[False, True], ignore_index=True)


def rated(partners: pd.DataFrame, *, partner: str, **cells: object) -> pd.DataFrame:
    """The partners with one of them rated otherwise: the same columns; None takes a rating away.

    Raises KeyError for a column that partners do not have. A partner that is not there changes nothing.

    >>> rated(pd.DataFrame({"partner": ["P1", "P2"], "risk": [5.0, 1.0]}), partner="P1", risk=2)["risk"].tolist()
    [2.0, 1.0]
    """
    found = partners.copy()
    for name, value in cells.items():
        found[name] = found[name].mask(found["partner"] == partner, value)
    return found


def _parts(partners: pd.DataFrame, support: pd.DataFrame, partner_audiences: pd.DataFrame) -> pd.DataFrame:
    overlap = support.drop_duplicates("partner").set_index("partner")["overlap"]
    reach = partner_audiences.groupby("partner")["reach"].sum(min_count=1).clip(upper=1)
    found = pd.DataFrame({"goals": partners["partner"].map(overlap), "audiences": partners["partner"].map(reach)}, index=partners.index)
    for name in ("mission", "resources", "capacity", "history"):
        found[name] = scoring.rescaled(partners[name].astype(float), low=1, high=5)
    for name in ("effort", "risk"):
        found[name] = scoring.rescaled(partners[name].astype(float), low=5, high=1)
    return found[list(MEANINGS)].astype(float)


def ethics(partners: pd.DataFrame) -> pd.DataFrame:
    """Partners that the library's values rule out, or that raise a concern: partner, partner_name, kind, status, ethics.

    A veto stands above every score. Vetoes first, active partners first among them.

    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Lender"], "kind": ["education", "business"],
    ...                          "status": ["active", "prospect"], "ethics": ["clear", "veto"]})
    >>> ethics(partners)[["partner_name", "ethics"]].values.tolist()
    [['Lender', 'veto']]
    """
    found = partners.loc[partners["ethics"].isin(["veto", "concern"]) & (partners["status"] != "ended"), ["partner", "name", "kind", "status", "ethics"]]
    found = found.rename(columns={"name": "partner_name"})
    return found.sort_values(["ethics", "status", "partner"], ascending=[False, True, True], ignore_index=True)


def influence(partners: pd.DataFrame, *, high: int = 4) -> pd.DataFrame:
    """Power and interest of each active partner and prospect, greatest power first: partner, partner_name, status, power,
    interest (points 1-5), quadrant (in words).

    A rating of `high` or more counts as high. High power and interest: work closely; power alone:
    keep satisfied; interest alone: keep informed; neither: keep in view. Vetoed and ended partners
    are left out, and those for which one of the two is not rated. The common form of the grid of
    Mendelow 1981, who set power against how fast things move. Misleads as a lasting judgement:
    interest changes with the question at hand.

    >>> partners = pd.DataFrame({"partner": ["P1"], "name": ["School"], "status": ["active"], "ethics": ["clear"], "power": [4.0], "interest": [3.0]})
    >>> influence(partners)["quadrant"].tolist()
    ['keep satisfied']
    """
    columns = ["partner", "name", "status", "power", "interest"]
    asked = (partners["status"] != "ended") & (partners["ethics"] != "veto") & partners["power"].notna() & partners["interest"].notna()
    found = partners.loc[asked, columns].rename(columns={"name": "partner_name"})
    words = [QUADRANTS[bool(power >= high), bool(interest >= high)] for power, interest in zip(found["power"], found["interest"])]
    found["quadrant"] = pd.Series(words, index=found.index, dtype="str")
    return found.sort_values(["power", "interest", "partner"], ascending=[False, False, True], ignore_index=True)


def courses(fit: pd.DataFrame, balance: pd.DataFrame, terms: pd.DataFrame, *, additions: pd.DataFrame, coverage: pd.DataFrame | None = None,
            health: pd.DataFrame | None = None) -> pd.DataFrame:
    """What the figures suggest for each active partner and prospect, as a start for talking: partner, partner_name, status,
    score (0-1), rated (criteria of 8), balance (in words), agreements (number that run), overdue (number of them past their
    review), incomplete (number of them that lack a point), ours, theirs (latest mean rating of each side, points 1-5), course
    (leave, talk first, start, grow, hold, wait), reasons (in words, what decided first), alone (names of the audiences that it alone
    reaches), missing (in words, what is not recorded, or not lately: fit, fairness, reach, health).

    The first rule that applies. An ethics concern: *talk first*. A prospect: *start* with a fit of 0.6, or of 0.4 when it reaches an
    audience that no active partner reaches; else *wait*. An active partner with a fit under 0.4, or to which the library gives three
    times what it gets: *leave* when also a side rated it under 2.5 in each of its last two reviews, the last is no older than a
    year, the sides do not differ by 2 points, and it is not the only one that reaches an inclusion group; else *talk first*. Rated so low twice,
    worse than at first, or differently by 2 points: *talk first*. A fit of 0.6 and no side's latest mean under 3: *grow*. All others: *hold*.

    Takes `fit`, `contributions.balance`, `agreements.register`, `audiences.additions`, `audiences.coverage` and `health.standing`.
    A rule of thumb: what a partnership means to those whom it reaches stands in none of these figures.

    >>> fitting = pd.DataFrame({"partner": ["P1"], "partner_name": ["Society"], "status": ["active"], "ethics": ["clear"], "score": [0.7], "rated": [8], "audiences": [0.4]})
    >>> given = pd.DataFrame({"partner": ["P1"], "balance": ["the library gives far more"]})
    >>> terms, nothing = pd.DataFrame(columns=["partner", "state", "attention", "complete"]), pd.DataFrame(columns=["partner", "newly_count"])
    >>> courses(fitting, given, terms, additions=nothing)[["course", "reasons", "missing"]].values.tolist()
    [['talk first', 'the library gives far more; good fit', 'health']]
    """
    columns = ["partner", "partner_name", "status", "score", "rated", "balance", "agreements", "overdue", "incomplete", "ours", "theirs", "course",
               "reasons", "alone", "missing"]
    if fit.empty:
        return pd.DataFrame(columns=columns)
    found = fit.merge(balance[["partner", "balance"]], on="partner", how="left")
    found["balance"] = found["balance"].astype(object).mask(found["balance"].isna() & (found["status"] == "active"), "not recorded")
    running = terms[terms["state"] == "running"]
    numbers = {"agreements": running, "overdue": running[running["attention"] == "overdue"], "incomplete": running[~running["complete"].astype(bool)]}
    for name, rows in numbers.items():
        found[name] = found["partner"].map(rows["partner"].value_counts()).fillna(0).astype(int)
    found["brings"] = found["partner"].isin(additions.loc[additions["newly_count"] > 0, "partner"])
    found = _with_reach(_with_health(found, health), coverage)
    found["course"] = [_course(row) for row in found.itertuples()]
    for name, words in (("reasons", _reasons), ("missing", _missing)):
        found[name] = ["; ".join(word for word, there in words(row).items() if there) for row in found.itertuples()]
    order = found["course"].map({word: place for place, word in enumerate(COURSES)})
    return found.assign(order=order).sort_values(["order", "score", "partner"], ascending=[True, False, True], ignore_index=True)[columns]


def _with_health(found: pd.DataFrame, health: pd.DataFrame | None) -> pd.DataFrame:
    columns = ["partner", "ours", "theirs", "age", "heading", "differ", "weak"]
    found = found.merge(pd.DataFrame(columns=columns) if health is None else health[columns], on="partner", how="left")
    found[["ours", "theirs"]] = found[["ours", "theirs"]].astype(float)
    found["least"] = found[["ours", "theirs"]].min(axis=1)
    return found.assign(differ=found["differ"].eq(True), weak=found["weak"].eq(True))


def _with_reach(found: pd.DataFrame, coverage: pd.DataFrame | None) -> pd.DataFrame:
    if coverage is None or coverage.empty:
        return found.assign(alone="", needed=False)
    sole = coverage[(coverage["partners"] == 1) & coverage["reached"].astype(bool)]
    names = ["; ".join(sole.loc[sole["best_partner"] == name, "audience_name"]) for name in found["partner_name"]]
    return found.assign(alone=names, needed=found["partner_name"].isin(sole.loc[sole["inclusion"].astype(bool), "best_partner"]))


def _course(row: tuple) -> str:
    if row.ethics == "concern":
        return "talk first"
    if row.status == "prospect":
        return "start" if row.score >= (POOR if row.brings else GOOD) else "wait"
    troubled = row.score < POOR or row.balance == ONE_SIDED
    if troubled and row.weak and row.age == "recent" and not (row.differ or row.needed):
        return "leave"
    if troubled or row.weak or row.differ or row.heading == "worse":
        return "talk first"
    return "grow" if row.score >= GOOD and not row.least < FAIR else "hold"


def _reasons(row: tuple) -> dict[str, bool]:
    return {"an ethics concern": row.ethics == "concern", "rated low twice in a row": row.weak, "the two sides see it differently": row.differ,
            "rated worse than at first": row.heading == "worse", ONE_SIDED: row.balance == ONE_SIDED, "low fit": row.score < POOR,
            "it alone reaches an audience": bool(row.alone), "it reaches an audience that is missed": row.brings, "good fit": row.score >= GOOD,
            "middling fit": POOR <= row.score < GOOD, "rated better than at first": row.heading == "better",
            "rated well by each side that rated it": row.least >= WELL, "its last review is over a year old": row.age == "old"}


def _missing(row: tuple) -> dict[str, bool]:
    active = row.status == "active"
    return {"fit": row.rated < (8 if active else 7), "fairness": active and row.balance in UNKNOWN, "reach": pd.isna(row.audiences),
            "health": active and (pd.isna(row.least) or row.age == "old")}


def reconciled(partners: pd.DataFrame, by_kind: pd.DataFrame) -> pd.DataFrame:
    """The sum that partners by kind and status must have: check, expected, found; empty without partners. Takes `kinds`."""
    columns = ["check", "expected", "found"]
    if partners.empty:
        return pd.DataFrame(columns=columns)
    return pd.DataFrame([["Partners by status add up to all partners", len(partners), by_kind[list(STATUSES)].to_numpy().sum()]], columns=columns)
