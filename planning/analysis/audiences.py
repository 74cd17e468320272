"""Audiences: whom active partners reach, whom they miss, who could reach those, and how few partners would do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pandas as pd

from planning.methods import coverage as covers

KINDS = ("patrons", "staff", "community", "education", "government and funders")
LEAST = 0.1


def coverage(audiences: pd.DataFrame, partner_audiences: pd.DataFrame, partners: pd.DataFrame, *,
             adding: Collection[str] = (), least: float = LEAST) -> pd.DataFrame:
    """Whom active partners reach, audience by audience, kind by kind and the best reached first: audience, audience_name,
    kind, inclusion, people, partners (number of active partners with any reach), best (share 0-1, the best single partner),
    best_partner (name), combined (share 0-1), people_reached (people × combined; missing when the size is), reached.

    Combined reach = 1 − Π(1 − reach): whom at least one partner reaches, on the assumption that
    partners reach people independently of one another. Where they reach the same people it is too
    high, where they divide a town among them too low; it is never below `best`. An audience is
    *reached* when one partner alone reaches the share `least` of it. `adding` names partners (ids)
    to count as if they were active. Empty when no partner's reach is recorded at all.

    >>> audiences = pd.DataFrame({"audience": ["A1"], "name": ["Newcomers"], "kind": ["community"], "inclusion": [True], "people": [1000.0]})
    >>> reach = pd.DataFrame({"partner": ["P1", "P2"], "audience": ["A1", "A1"], "reach": [0.5, 0.2]})
    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Clinic"], "status": ["active", "active"]})
    >>> coverage(audiences, reach, partners)[["partners", "best_partner", "combined", "people_reached"]].values.tolist()
    [[2, 'School', 0.6, 600.0]]
    """
    columns = ["audience", "audience_name", "kind", "inclusion", "people", "partners", "best", "best_partner", "combined", "people_reached", "reached"]
    if audiences.empty or partner_audiences.empty or partners.empty:
        return pd.DataFrame(columns=columns)
    counted = partners[(partners["status"] == "active") | partners["partner"].isin(list(adding))]
    pairs = _pairs(partner_audiences, counted)
    found = audiences[["audience", "name", "kind", "inclusion", "people"]].rename(columns={"name": "audience_name"})
    found = found.merge(_combined(pairs), on="audience", how="left")
    found[["partners", "best", "combined"]] = found[["partners", "best", "combined"]].fillna(0)
    found["partners"] = found["partners"].astype(int)
    found["people_reached"] = (found["people"] * found["combined"]).round()
    found["reached"] = found["best"] >= least
    order = found["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    return found.assign(order=order).sort_values(["order", "combined", "audience"], ascending=[True, False, True], ignore_index=True)[columns]


def _pairs(partner_audiences: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    pairs = partner_audiences[partner_audiences["reach"] > 0]
    return pairs.merge(partners.rename(columns={"name": "partner_name"}), on="partner").sort_values(
        ["audience", "reach", "partner"], ascending=[True, False, True], ignore_index=True)


def _combined(pairs: pd.DataFrame) -> pd.DataFrame:
    missed = (1 - pairs["reach"]).groupby(pairs["audience"]).prod()
    grouped = pairs.groupby("audience")
    found = grouped.agg(partners=("partner", "nunique"), best=("reach", "first"), best_partner=("partner_name", "first"))
    return found.assign(combined=(1 - missed).round(12)).reset_index()


def kinds(coverage: pd.DataFrame) -> pd.DataFrame:
    """How the five kinds of audience stand: kind, audiences, reached, inclusion, inclusion_reached (numbers of audiences),
    unreached (names of those that no active partner reaches).

    Takes `coverage`. All five kinds are listed, since a kind without any audience may have been
    forgotten. People are not added up: a person can belong to several audiences. Empty without coverage.

    >>> reached = pd.DataFrame({"audience_name": ["Newcomers"], "kind": ["community"], "inclusion": [True], "reached": [False]})
    >>> kinds(reached).query("kind == 'community'").values.tolist()
    [['community', 1, 0, 1, 0, 'Newcomers']]
    """
    columns = ["kind", "audiences", "reached", "inclusion", "inclusion_reached", "unreached"]
    if coverage.empty:
        return pd.DataFrame(columns=columns)
    rows = []
    for kind in KINDS:
        own = coverage[coverage["kind"] == kind]
        reached, inclusion = own["reached"].astype(bool), own["inclusion"].astype(bool)
        rows.append([kind, len(own), reached.sum(), inclusion.sum(), (reached & inclusion).sum(), "; ".join(own.loc[~reached, "audience_name"])])
    return pd.DataFrame(rows, columns=columns)


def benefits(audiences: pd.DataFrame, partner_audiences: pd.DataFrame, partners: pd.DataFrame, *, least: float = LEAST) -> pd.DataFrame:
    """Which active partners serve which of the five kinds of audience, kind by kind, the one that reaches most first: kind,
    partner, partner_name, reached (number of audiences of the kind that it reaches), names (theirs), inclusion (number of
    inclusion groups among them).

    Reached means at least the share `least` of an audience, by that partner alone. A pair that does not serve is not listed.

    >>> audiences = pd.DataFrame({"audience": ["A1"], "name": ["Newcomers"], "kind": ["community"], "inclusion": [True], "people": [1000.0]})
    >>> reach = pd.DataFrame({"partner": ["P1"], "audience": ["A1"], "reach": [0.5]})
    >>> partners = pd.DataFrame({"partner": ["P1"], "name": ["School"], "status": ["active"]})
    >>> benefits(audiences, reach, partners).values.tolist()
    [['community', 'P1', 'School', 1, 'Newcomers', 1]]
    """
    columns = ["kind", "partner", "partner_name", "reached", "names", "inclusion"]
    pairs = _pairs(partner_audiences, partners.loc[partners["status"] == "active", ["partner", "name"]])
    pairs = pairs[pairs["reach"] >= least].merge(audiences[["audience", "name", "kind", "inclusion"]], on="audience")
    rows = [[kind, partner, own["partner_name"].iloc[0], len(own), "; ".join(own["name"]), int(own["inclusion"].astype(bool).sum())]
            for (kind, partner), own in pairs.groupby(["kind", "partner"], sort=True)]
    found = pd.DataFrame(rows, columns=columns)
    order = found["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    return found.assign(order=order).sort_values(["order", "reached", "partner"], ascending=[True, False, True], ignore_index=True)[columns]


def purposes(kinds: pd.DataFrame, benefits: pd.DataFrame, agreements: pd.DataFrame, services: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Who serves each of the five kinds of audience, and for what: the columns of `kinds`, partners (number of active ones
    that reach an audience of the kind), partner_names, services (names of what running agreements with them are for).

    Takes `kinds` and `benefits`. An agreement does not say whom it is for: the services are those of the partners, and one of them may be meant
    for another audience. Empty without coverage.

    >>> kind = pd.DataFrame({"kind": ["community"], "audiences": [1], "reached": [1], "inclusion": [1], "inclusion_reached": [1], "unreached": [""]})
    >>> served = pd.DataFrame({"kind": ["community"], "partner": ["P1"], "partner_name": ["School"]})
    >>> terms = pd.DataFrame({"partner": ["P1"], "service": ["S1"], "start": pd.to_datetime(["2025-01-01"]), "end": pd.to_datetime([None])})
    >>> purposes(kind, served, terms, pd.DataFrame({"service": ["S1"], "name": ["Storytime"]}), as_of=dt.date(2026, 6, 30))[["partner_names", "services"]].values.tolist()
    [['School', 'Storytime']]
    """
    day = pd.Timestamp(as_of)
    running = agreements[(agreements["start"] <= day) & ~(agreements["end"] < day)]
    running = running.assign(name=running["service"].map(dict(zip(services["service"], services["name"])))).dropna(subset=["name"])
    own = {kind: benefits[benefits["kind"] == kind] for kind in kinds["kind"]}
    return kinds.assign(
        partners=[len(own[kind]) for kind in kinds["kind"]], partner_names=["; ".join(own[kind]["partner_name"]) for kind in kinds["kind"]],
        services=["; ".join(running.loc[running["partner"].isin(own[kind]["partner"]), "name"].drop_duplicates()) for kind in kinds["kind"]])


def gaps(coverage: pd.DataFrame, partner_audiences: pd.DataFrame, partners: pd.DataFrame, *, least: float = LEAST) -> pd.DataFrame:
    """What active partners miss of each audience, and which prospect could help: audience, audience_name, kind, inclusion,
    people, combined (share 0-1 that active partners reach), reached, prospects (number of prospects with any reach),
    prospect (name of the one with the widest reach), reach (its share 0-1), concern (true when its ethics raise one),
    would_reach (true when its reach is at least `least`).

    Takes `coverage`. Partners with an ethics veto and those that have ended are no prospects.
    Audiences that no active partner reaches come first, inclusion groups first among them, then the
    least reached.

    >>> missed = pd.DataFrame({"audience": ["A1"], "audience_name": ["Newcomers"], "kind": ["community"], "inclusion": [True], "people": [900.0],
    ...                        "combined": [0.0], "reached": [False]})
    >>> reach = pd.DataFrame({"partner": ["P2"], "audience": ["A1"], "reach": [0.3]})
    >>> partners = pd.DataFrame({"partner": ["P2"], "name": ["Clinic"], "status": ["prospect"], "ethics": ["clear"]})
    >>> gaps(missed, reach, partners)[["audience_name", "prospect", "reach"]].values.tolist()
    [['Newcomers', 'Clinic', 0.3]]
    """
    front = ["audience", "audience_name", "kind", "inclusion", "people", "combined", "reached"]
    columns = [*front, "prospects", "prospect", "reach", "concern", "would_reach"]
    if coverage.empty:
        return pd.DataFrame(columns=columns)
    pairs = _pairs(partner_audiences, partners[(partners["status"] == "prospect") & (partners["ethics"] != "veto")])
    pairs["concern"] = pairs["ethics"] == "concern"
    best = pairs.groupby("audience").agg(prospects=("partner", "nunique"), prospect=("partner_name", "first"), reach=("reach", "first"),
                                         concern=("concern", "first")).reset_index()
    found = coverage[front].merge(best, on="audience", how="left")
    found["prospects"] = found["prospects"].fillna(0).astype(int)
    found["concern"] = found["concern"].eq(True)
    found["would_reach"] = found["reach"].ge(least)
    order = found["inclusion"].astype(bool) & ~found["reached"].astype(bool)
    return found[columns].assign(order=~order).sort_values(["reached", "order", "combined", "audience"], ignore_index=True)[columns]


def additions(audiences: pd.DataFrame, partner_audiences: pd.DataFrame, partners: pd.DataFrame, *, least: float = LEAST) -> pd.DataFrame:
    """What each prospect would add to the coverage, the one that reaches most new audiences first: partner, partner_name,
    ethics, newly (names of audiences that nobody active reaches), newly_count, inclusion (number of inclusion groups among
    them), raised (number of audiences whose combined reach grows).

    Prospects with an ethics veto are left out.

    >>> audiences = pd.DataFrame({"audience": ["A1"], "name": ["Newcomers"], "kind": ["community"], "inclusion": [True], "people": [1000.0]})
    >>> reach = pd.DataFrame({"partner": ["P1"], "audience": ["A1"], "reach": [0.5]})
    >>> partners = pd.DataFrame({"partner": ["P1"], "name": ["Clinic"], "status": ["prospect"], "ethics": ["clear"]})
    >>> additions(audiences, reach, partners)[["partner_name", "newly", "raised"]].values.tolist()
    [['Clinic', 'Newcomers', 1]]
    """
    columns = ["partner", "partner_name", "ethics", "newly", "newly_count", "inclusion", "raised"]
    now = coverage(audiences, partner_audiences, partners, least=least)
    if now.empty:
        return pd.DataFrame(columns=columns)
    rows = []
    for prospect in partners[(partners["status"] == "prospect") & (partners["ethics"] != "veto")].itertuples():
        moved = change(now, coverage(audiences, partner_audiences, partners, adding=[prospect.partner], least=least))
        new = moved[moved["newly"]]
        rows.append([prospect.partner, prospect.name, prospect.ethics, "; ".join(new["audience_name"]), len(new), int(new["inclusion"].sum()), len(moved)])
    return pd.DataFrame(rows, columns=columns).sort_values(["newly_count", "raised", "partner"], ascending=[False, False, True], ignore_index=True)


def change(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The audiences whose combined reach differs between two coverages, newly reached ones first: audience, audience_name,
    kind, inclusion, people, before, after (combined reach, share 0-1), newly (true when reached only afterwards).

    Takes `coverage` twice. Empty when nothing differs.

    >>> rows = pd.DataFrame({"audience": ["A1"], "audience_name": ["Newcomers"], "kind": ["community"], "inclusion": [True], "people": [900.0],
    ...                      "combined": [0.0], "reached": [False]})
    >>> change(rows, rows.assign(combined=0.4, reached=True))[["before", "after", "newly"]].values.tolist()
    [[0.0, 0.4, True]]
    """
    front = ["audience", "audience_name", "kind", "inclusion", "people"]
    found = before[[*front, "combined", "reached"]].merge(after[["audience", "combined", "reached"]], on="audience", suffixes=("_before", "_after"))
    found = found.rename(columns={"combined_before": "before", "combined_after": "after"})
    found["newly"] = found["reached_after"].astype(bool) & ~found["reached_before"].astype(bool)
    found = found[found["before"] != found["after"]]
    return found[[*front, "before", "after", "newly"]].sort_values(["newly", "after", "audience"], ascending=[False, False, True], ignore_index=True)


def smallest_set(audiences: pd.DataFrame, partner_audiences: pd.DataFrame, partners: pd.DataFrame, *, least: float = LEAST) -> pd.DataFrame:
    """A small set of partners and prospects that reach every audience any of them reaches, in the order taken: place,
    partner, partner_name, status, ethics, effort (points 1-5), adds (names of newly reached audiences), added, covered
    (numbers of audiences), of (number of all audiences).

    Again and again the partner that reaches most audiences not reached yet; ties go to one that is
    active already, then to one without an ethics concern, then to the one with less effort. Reached means at least the share `least` by
    that partner alone. Vetoed and ended partners are left out. Source: greedy set cover, Chvátal
    1979. A slightly smaller set may exist; and a partner outside the set may matter for other reasons.

    >>> audiences = pd.DataFrame({"audience": ["A1", "A2"], "name": ["Children", "Newcomers"]})
    >>> reach = pd.DataFrame({"partner": ["P1", "P2", "P2"], "audience": ["A1", "A1", "A2"], "reach": [0.9, 0.2, 0.3]})
    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Clinic"], "status": ["active", "prospect"], "ethics": ["clear", "clear"], "effort": [1.0, 2.0]})
    >>> smallest_set(audiences, reach, partners)[["partner_name", "adds", "covered", "of"]].values.tolist()
    [['Clinic', 'Children; Newcomers', 2, 2]]
    """
    columns = ["place", "partner", "partner_name", "status", "ethics", "effort", "adds", "added", "covered", "of"]
    open_ones = partners[(partners["status"] != "ended") & (partners["ethics"] != "veto")].sort_values(["status", "ethics", "effort", "partner"])
    strong = partner_audiences[(partner_audiences["reach"] >= least) & partner_audiences["audience"].isin(audiences["audience"])]
    reach = {partner: set(strong.loc[strong["partner"] == partner, "audience"]) for partner in open_ones["partner"]}
    if not any(reach.values()):
        return pd.DataFrame(columns=columns)
    cover = covers.smallest_cover(reach)
    names = audiences.set_index("audience")["name"]
    found = pd.DataFrame({"place": range(1, len(cover.chosen) + 1), "partner": cover.chosen, "added": [len(new) for new in cover.added],
                          "adds": ["; ".join(names[list(new)]) for new in cover.added]})
    found["covered"] = found["added"].cumsum()
    found["of"] = len(audiences)
    about = open_ones[["partner", "name", "status", "ethics", "effort"]].rename(columns={"name": "partner_name"})
    return found.merge(about, on="partner")[columns].sort_values("place", ignore_index=True)
