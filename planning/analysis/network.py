"""The network of partners: who works with whom, who bridges, and what the departure of one would cost."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.methods import networks

LEAST, CLEAR, BRIDGE = 0.1, 0.5, 0.2
BRIDGES = ["partner", "partner_name", "kind", "links", "linked", "betweenness", "bridge", "constraint", "group", "group_size", "density", "cut", "parted", "parted_count"]
JOINING = ["partner", "partner_name", "kind", "ethics", "links", "linked", "groups", "joins", "relieves", "relieves_count"]
LOSSES = ["audiences", "audience_count", "inclusion", "inclusion_count", "goals", "goal_share", "agreements", "agreement_count", "services", "amount", "hours", "roles"]


def links(partners: pd.DataFrame, partner_links: pd.DataFrame) -> pd.DataFrame:
    """Which active partners and prospects work with one another: partner, partner_name, other, other_name, through,
    prospect (true when at least one of the two is a prospect).

    Each pair stands once, in the order of the table of partners, however often and whichever way round
    it was entered; links to oneself, to partners that have ended and to prospects with an ethics veto are left out. The
    library itself is no part of the network: it works with all of them and would be the centre of everything.

    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Clinic"], "status": ["active", "prospect"], "ethics": ["clear", "clear"]})
    >>> pairs = pd.DataFrame({"partner": ["P2", "P1"], "other": ["P1", "P2"], "through": ["Vaccination days", None]})
    >>> links(partners, pairs)[["partner_name", "other_name", "prospect"]].values.tolist()
    [['School', 'Clinic', True]]
    """
    columns = ["partner", "partner_name", "other", "other_name", "through", "prospect"]
    known = partners[(partners["status"] == "active") | ((partners["status"] == "prospect") & (partners["ethics"] != "veto"))]
    place = {partner: number for number, partner in enumerate(known["partner"])}
    names, status = (dict(zip(known["partner"], known[column])) for column in ("name", "status"))
    rows: dict[tuple[str, str], list[object]] = {}
    for one, other, through in zip(partner_links["partner"], partner_links["other"], partner_links["through"]):
        if one not in place or other not in place or one == other:
            continue
        first, second = sorted((one, other), key=place.__getitem__)
        rows.setdefault((first, second), [first, names[first], second, names[second], through, "prospect" in (status[first], status[second])])
    found = pd.DataFrame(list(rows.values()), columns=columns)
    return found.assign(order=found["partner"].map(place), then=found["other"].map(place)).sort_values(["order", "then"], ignore_index=True)[columns]


def bridges(partners: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Where each active partner stands in the network, those whose loss would part most others first: partner,
    partner_name, kind, links (number of active partners it works with), linked (their names), betweenness (share 0-1 of
    the pairs of others that it stands between), bridge (true from a fifth on), constraint (how far those it works with work
    with one another; missing without a link), group (number of its group, 1 the largest), group_size (partners), density (share 0-1 of all pairs of
    active partners that work with one another, the same on each row), cut (true when its group would fall apart without
    it), parted (names that would lose touch with most of the group), parted_count.

    Takes `links`; only links between active partners count. Betweenness after Freeman 1977, constraint after Burt 1992;
    `methods.networks` says how. Where the group would fall into parts of one size, the part with the partner that stands first
    in the table counts as the rest. Empty when no active partner is linked with another. Misleads where links are not on
    record: a partner that seems alone may only not have been asked.

    >>> partners = pd.DataFrame({"partner": ["P1", "P2", "P3"], "name": ["School", "Job office", "Pantry"], "kind": "community", "status": "active"})
    >>> pairs = pd.DataFrame({"partner": ["P1", "P2"], "other": ["P2", "P3"], "prospect": [False, False]})
    >>> bridges(partners, pairs)[["partner_name", "betweenness", "parted"]].head(1).values.tolist()
    [['Job office', 1.0, 'Pantry']]
    """
    active = partners[partners["status"] == "active"]
    pairs = _pairs(links, active)
    if not pairs:
        return pd.DataFrame(columns=BRIDGES)
    order = list(active["partner"])
    parts, together = networks.cut_points(order, pairs), networks.groups(order, pairs)
    group = {partner: number for number, members in enumerate(together, start=1) for partner in members}
    found = active[["partner", "name", "kind"]].rename(columns={"name": "partner_name"}).reset_index(drop=True)
    names = dict(zip(found["partner"], found["partner_name"]))
    near = [[other for other in order if (one, other) in pairs or (other, one) in pairs] for one in order]
    lost = [[other for part in parts.get(one, ())[1:] for other in part] for one in order]
    found = found.assign(links=[len(some) for some in near], linked=[_named(some, names) for some in near],
                         betweenness=found["partner"].map(networks.betweenness(order, pairs)), constraint=found["partner"].map(networks.constraint(order, pairs)),
                         group=found["partner"].map(group), group_size=[len(together[group[one] - 1]) for one in order],
                         density=networks.density(order, pairs), cut=[one in parts for one in order], parted=[_named(some, names) for some in lost], parted_count=[len(some) for some in lost])
    found["bridge"] = found["betweenness"] >= BRIDGE
    return found[BRIDGES].sort_values(["parted_count", "betweenness", "partner"], ascending=[False, False, True], ignore_index=True)


def joining(partners: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """What each prospect would join in the network, the one that would join most groups first: partner, partner_name, kind, ethics,
    links (number of active partners it works with already), linked (their names), groups (number of groups among
    them), joins (true when it would link groups that do not meet today), relieves (names of active partners whose loss
    would no longer part the same others), relieves_count.

    Takes `links`. A prospect that works with no active partner is listed with 0 links.

    >>> partners = pd.DataFrame({"partner": ["P1", "P2", "P3"], "name": ["School", "Pantry", "Clinic"], "kind": "community", "ethics": "clear",
    ...                          "status": ["active", "active", "prospect"]})
    >>> pairs = pd.DataFrame({"partner": ["P1", "P2"], "other": ["P3", "P3"], "prospect": [True, True]})
    >>> joining(partners, pairs)[["partner_name", "links", "joins"]].values.tolist()
    [['Clinic', 2, True]]
    """
    active = partners[partners["status"] == "active"]
    open_ones = partners[(partners["status"] == "prospect") & (partners["ethics"] != "veto")]
    if links.empty or open_ones.empty:
        return pd.DataFrame(columns=JOINING)
    order, pairs, names = list(active["partner"]), _pairs(links, active), dict(zip(active["partner"], active["name"]))
    group = {partner: number for number, members in enumerate(networks.groups(order, pairs)) for partner in members}
    rows = []
    for one in open_ones.itertuples():
        every = _pairs(links, pd.concat([active, partners[partners["partner"] == one.partner]]))
        near = [other for other in order if (one.partner, other) in every or (other, one.partner) in every]
        spared = _spared(order, pairs, one.partner, every)
        together = len({group[other] for other in near})
        rows.append([one.partner, one.name, one.kind, one.ethics, len(near), _named(near, names), together, together > 1, _named(spared, names), len(spared)])
    return pd.DataFrame(rows, columns=JOINING).sort_values(["groups", "relieves_count", "links", "partner"], ascending=[False, False, False, True], ignore_index=True)


def _spared(order: list[str], pairs: set[tuple[str, str]], prospect: str, every: set[tuple[str, str]]) -> list[str]:
    """The partners whose loss would leave fewer parts of the active partners with the prospect than without it."""
    after = {one: sum(set(part) != {prospect} for part in parts) for one, parts in networks.cut_points([*order, prospect], every).items()}
    return [one for one, parts in networks.cut_points(order, pairs).items() if after.get(one, 1) < len(parts)]


def audiences_lost(audiences: pd.DataFrame, partner_audiences: pd.DataFrame, partners: pd.DataFrame, *, least: float = LEAST) -> pd.DataFrame:
    """The audiences that only one active partner reaches, partner by partner: partner, audiences (names), audience_count,
    inclusion (names of the inclusion groups among them), inclusion_count.

    Reached means at least the share `least` by that partner alone, as in `audiences.coverage`. A partner without any reach on record
    is not listed: nobody knows.

    >>> audiences = pd.DataFrame({"audience": ["A1"], "name": ["Newcomers"], "inclusion": [True]})
    >>> reach = pd.DataFrame({"partner": ["P1", "P2"], "audience": ["A1", "A1"], "reach": [0.5, 0.05]})
    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "status": ["active", "active"]})
    >>> audiences_lost(audiences, reach, partners)[["partner", "inclusion"]].values.tolist()
    [['P1', 'Newcomers'], ['P2', '']]
    """
    known = partner_audiences.merge(audiences, on="audience").merge(partners.loc[partners["status"] == "active", ["partner"]], on="partner")
    strong = known[known["reach"] >= least]
    only = strong[~strong["audience"].duplicated(keep=False)]
    rows = []
    for partner in _listed(partners, known):
        own = only[only["partner"] == partner]
        missed = own.loc[own["inclusion"].astype(bool), "name"]
        rows.append([partner, "; ".join(own["name"]), len(own), "; ".join(missed), len(missed)])
    return pd.DataFrame(rows, columns=["partner", *LOSSES[:4]])


def goals_lost(goals: pd.DataFrame, partner_goals: pd.DataFrame, partners: pd.DataFrame, *, clear: float = CLEAR) -> pd.DataFrame:
    """The goals that only one active partner clearly supports, partner by partner: partner, goals (names), goal_share (share
    0-1 of the weight of all goals in force).

    Clearly means with a strength of `clear` or more, as for services. Takes the goals in force. A partner without any strength on
    record is not listed.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.6, 0.4]})
    >>> pairs = pd.DataFrame({"partner": ["P1", "P1", "P2"], "goal": ["G1", "G2", "G2"], "strength": [0.9, 0.5, 0.7]})
    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "status": ["active", "active"]})
    >>> goals_lost(goals, pairs, partners).values.tolist()
    [['P1', 'Read', 0.6], ['P2', '', 0.0]]
    """
    known = partner_goals.merge(partners.loc[partners["status"] == "active", ["partner"]], on="partner")
    strong = known[known["strength"] >= clear].merge(goals[["goal", "name", "weight"]], on="goal")
    only = strong[~strong["goal"].duplicated(keep=False)]
    whole = goals["weight"].sum()
    rows = [[partner, "; ".join(own["name"]), own["weight"].sum() / whole] for partner in _listed(partners, known)
            for own in [only[only["partner"] == partner]] if whole > 0]
    return pd.DataFrame(rows, columns=["partner", "goals", "goal_share"])


def terms_lost(agreements: pd.DataFrame, services: pd.DataFrame, partners: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """The running agreements and the services that rest on each active partner: partner, agreements (names), agreement_count,
    services (names of those the agreements are for).

    Empty without agreements; a partner with none that runs has 0.

    >>> agreements = pd.DataFrame({"partner": ["P1"], "name": ["Class visits"], "service": ["S1"], "start": pd.to_datetime(["2024-09-01"]), "end": pd.to_datetime([None])})
    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Storytime"]})
    >>> terms_lost(agreements, services, pd.DataFrame({"partner": ["P1"], "status": ["active"]}), as_of=dt.date(2026, 6, 30)).values.tolist()
    [['P1', 'Class visits', 1, 'Storytime']]
    """
    day = pd.Timestamp(as_of)
    running = agreements[(agreements["start"] <= day) & ~(agreements["end"] < day)]
    served = running["service"].map(dict(zip(services["service"], services["name"])))
    rows = [[partner, "; ".join(running.loc[own, "name"]), int(own.sum()), "; ".join(served[own].dropna().drop_duplicates())]
            for partner in partners.loc[partners["status"] == "active", "partner"] for own in [running["partner"] == partner] if len(agreements)]
    return pd.DataFrame(rows, columns=["partner", "agreements", "agreement_count", "services"])


def gifts_lost(contributions: pd.DataFrame, partners: pd.DataFrame, *, last_year: int) -> pd.DataFrame:
    """What each active partner gave in one fiscal year: partner, amount (currency, cash, goods and time together), hours (missing
    where none are on record).

    A partner without a row for that year is not listed: nobody wrote down what it gave.

    >>> contributions = pd.DataFrame({"partner": ["P1", "P1"], "fiscal_year": [2026, 2026], "given_by": ["partner", "library"], "amount": [900.0, 50.0], "hours": [30.0, None]})
    >>> gifts_lost(contributions, pd.DataFrame({"partner": ["P1"], "status": ["active"]}), last_year=2026).values.tolist()
    [['P1', 900.0, 30.0]]
    """
    given = contributions[(contributions["fiscal_year"] == last_year) & (contributions["given_by"] == "partner")].astype({"amount": float, "hours": float})
    sums = given.groupby("partner")[["amount", "hours"]].sum(min_count=1).reset_index()
    return partners.loc[partners["status"] == "active", ["partner"]].merge(sums, on="partner")


def roles_lost(partner_roles: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """The roles that only one active partner plays, partner by partner: partner, roles (in words).

    A partner without any role on record is not listed.

    >>> played = pd.DataFrame({"partner": ["P1", "P1", "P2"], "role": ["mentor", "hosts", "hosts"]})
    >>> roles_lost(played, pd.DataFrame({"partner": ["P1", "P2"], "status": ["active", "active"]})).values.tolist()
    [['P1', 'mentor'], ['P2', '']]
    """
    known = partner_roles[partner_roles["partner"].isin(partners.loc[partners["status"] == "active", "partner"])].drop_duplicates(["partner", "role"])
    only = known[~known["role"].duplicated(keep=False)]
    rows = [[partner, "; ".join(only.loc[only["partner"] == partner, "role"])] for partner in _listed(partners, known)]
    return pd.DataFrame(rows, columns=["partner", "roles"])


def departures(partners: pd.DataFrame, *lost: pd.DataFrame) -> pd.DataFrame:
    """What the departure of each active partner would cost, the one that would hurt most first: partner, partner_name, kind,
    audiences, audience_count, inclusion, inclusion_count, goals, goal_share, agreements, agreement_count, services, amount,
    hours, roles (all as in the results taken), parted, parted_count (partners that would lose touch with most of their group).

    Takes `bridges`, `audiences_lost`, `goals_lost`, `terms_lost`, `gifts_lost` and `roles_lost`, or some of them; what is not on
    record for a partner is missing, not zero. The order is no score: first by the number of inclusion groups that nobody
    else reaches, then of audiences, then by the weight of the goals that nobody else clearly supports, then by what it gave. What is
    missing comes last at each step. Misleads as a forecast: others may step in, and some of what a partner
    gives stands in no table.

    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Clinic"], "kind": "education", "status": "active"})
    >>> gifts = pd.DataFrame({"partner": ["P2"], "amount": [900.0], "hours": [30.0]})
    >>> departures(partners, gifts)[["partner_name", "amount"]].values.tolist()
    [['Clinic', 900.0], ['School', nan]]
    """
    found = partners.loc[partners["status"] == "active", ["partner", "name", "kind"]].rename(columns={"name": "partner_name"})
    for frame in lost:
        found = found.merge(frame.drop(columns=["partner_name", "kind"], errors="ignore"), on="partner", how="left")
    columns = ["partner", "partner_name", "kind", *LOSSES, "parted", "parted_count"]
    found = found.reindex(columns=columns)
    order = ["inclusion_count", "audience_count", "goal_share", "amount"]
    found[order] = found[order].astype(float)
    return found.sort_values([*order, "partner"], ascending=[False] * 4 + [True], ignore_index=True)


def _pairs(links: pd.DataFrame, members: pd.DataFrame) -> set[tuple[str, str]]:
    known = set(members["partner"])
    return {(one, other) for one, other in zip(links["partner"], links["other"]) if one in known and other in known}


def _named(partners: list[str], names: dict[str, str]) -> str:
    return "; ".join(names[partner] for partner in partners)


def _listed(partners: pd.DataFrame, known: pd.DataFrame) -> list[str]:
    """The active partners that stand in a table, in the order of the table of partners."""
    return [partner for partner in partners.loc[partners["status"] == "active", "partner"] if partner in set(known["partner"])]
