"""What hangs on what, from a goal's weight to a public sentence: how much reaches each thing, where it stops, what hangs on nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from planning.analysis import asks, budget, ethics, impact, messages, skills
from planning.analysis.alignment import CLEAR
from planning.methods import chains
from planning.model import named

Tables = Mapping[str, pd.DataFrame]

# kind: (table, column that names it, stage from left to right); a kind has the name of its id's column
KINDS = {
    "goal": ("goals", "name", 0), "need": ("needs", "name", 1), "service": ("services", "name", 1), "partner": ("partners", "name", 1),
    "objective": ("objectives", "statement", 1), "initiative": ("initiatives", "name", 2), "agreement": ("agreements", "name", 2),
    "kpi": ("kpis", "name", 3), "line": ("budget", "name", 3), "role": ("roles", "name", 3), "assumption": ("assumptions", "name", 3),
    "grant": ("grants", "name", 3), "pilot": ("pilots", "name", 3), "story": ("stories", "name", 3), "skill": ("skills", "name", 4),
    "standard": ("standards", "name", 4), "trigger": ("triggers", "name", 4), "decision": ("decisions", "what", 4), "ask": ("asks", "name", 4),
    "subscription": ("subscriptions", "name", 4), "proxy": ("proxies", "name", 4), "message": ("messages", "text", 4), "training": ("trainings", "name", 5),
    "source": ("learning_sources", "name", 5), "change": ("changes", "name", 5), "audience": ("audiences", "name", 5),
}
# (table, kinds above, kind below, column of strength): every link runs from an earlier stage to a later one, so none leads round
LINKS = (
    ("needs", "goal", "need", ""), ("alignment", "goal", "service", "strength"), ("partner_goals", "goal", "partner", "strength"),
    ("objectives", "goal", "objective", ""), ("initiative_goals", "goal", "initiative", "contribution"), ("agreements", "partner service", "agreement", ""),
    ("kpis", "objective service", "kpi", ""), ("initiative_kpis", "initiative", "kpi", ""), ("agreements", "agreement", "kpi", ""),
    ("assumptions", "goal service initiative", "assumption", ""), ("grants", "goal initiative", "grant", ""), ("pilots", "initiative", "pilot", ""),
    ("stories", "goal service", "story", ""), ("role_skills", "role", "skill", ""), ("initiative_skills", "initiative", "skill", ""),
    ("standards", "service kpi", "standard", ""), ("triggers", "initiative kpi", "trigger", ""), ("decisions", "goal service kpi", "decision", ""),
    ("asks", "goal service initiative kpi", "ask", ""), ("subscriptions", "service line", "subscription", ""), ("proxies", "service kpi", "proxy", ""),
    ("messages", "goal kpi story", "message", ""), ("trainings", "skill", "training", ""), ("learning_sources", "goal skill", "source", ""),
    ("changes", "goal service kpi decision", "change", ""), ("messages", "message", "audience", ""),
)
# (kind, kind that should hang on it): see `dead_ends`
EXPECTED = (("goal", "service"), ("goal", "kpi"), ("goal", "message"), ("service", "kpi"), ("service", "line"), ("objective", "kpi"), ("initiative", "role"),
            ("initiative", "kpi"), ("partner", "agreement"), ("kpi", "message"), ("skill", "training"))
STEPS = {1: ("goal", "need", "service"), 2: ("initiative", "objective", "kpi"), 3: ("partner", "agreement"), 4: ("kpi", "standard"),
         5: ("decision", "trigger", "assumption", "change"), 6: ("line", "skill", "training"), 7: ("message", "story", "audience")}
FOLLOWED = {1: "goal", 2: "initiative", 3: "partner", 4: "kpi", 5: "service", 6: "initiative", 7: "message"}
SPINE = ("goal", "service", "initiative", "kpi", "message", "audience")  # what a reader looks for first
ITEMS = ["key", "kind", "id", "name", "state", "in_place"]
OUT = {"services": {"ended": "has ended"}, "initiatives": {"done": "is done", "rejected": "was rejected"}, "grants": {"lost": "was lost"},
       "pilots": {"dropped": "was dropped"}, "partners": {"ended": "has ended"}}
IN_PLACE = {"initiatives": ("chosen", "running"), "partners": ("active",), "grants": ("won",), "messages": messages.GOING}


def items(tables: Tables, *, as_of: dt.date) -> pd.DataFrame:
    """Everything that can stand in the chain: key (such as "kpi:K07"), kind, id, name, state, in_place.

    Takes all tables of a plan. state is empty for what stands in the chain and says in words why something does not: it has ended,
    is done, was rejected, lost, dropped or revoked, is vetoed, may not be told, or is a cost that all services share. in_place is
    false for what is only planned: a candidate, a prospect, a KPI without a value, a message that is not approved or sent or
    was not cleared, a change that is not done. Of the budget only the newest year with an amount counts. A story that may not
    be told, for want of consent or since it points to a person, has no name here, nor has anything that tells it again, nor a message that
    could point to a person.
    """
    day, parts = pd.Timestamp(as_of), []
    for kind, (table, column, _) in KINDS.items():
        rows = _lines(tables["budget"]) if kind == "line" else tables[table].drop_duplicates(kind)
        found = pd.DataFrame({"key": kind + ":" + rows[kind].astype(str), "kind": kind, "id": rows[kind], "name": rows[column].fillna(rows[kind])})
        parts.append(found.assign(state=_state(kind, rows, tables, day), in_place=_in_place(kind, rows, tables)))
    found = pd.concat(parts, ignore_index=True).astype({"in_place": bool})
    closed = tables["stories"][~tables["stories"]["story"].isin(_told(tables, as_of)["story"])]
    found["name"] = found["name"].mask(asks.retelling(found["name"], closed), asks.HELD)
    for kind, ids, words in (("story", set(closed["story"]), "A story that may not be told"), *_held(tables, closed)):
        here = (found["kind"] == kind) & found["id"].isin(ids)
        found.loc[here, ["name", "in_place"]] = [words, False]
        found.loc[here & (kind == "story"), "state"] = "may not be told"
    return found[ITEMS]


def _told(tables: Tables, as_of: dt.date) -> pd.DataFrame:
    given = impact.stories(tables["stories"], tables["audiences"], tables["goals"], services=tables["services"], as_of=as_of)
    return ethics.tellable(given, tables["clearances"])


def _held(tables: Tables, closed: pd.DataFrame) -> list[tuple[str, set[str], str]]:
    """The messages whose text is held back, as on the page of messages: they could point to a person, or tell a story that may not be told."""
    said = tables["messages"]
    untold = said["story"].isin(closed["story"]) | asks.retelling(said["text"], closed)
    return [("message", ethics.pointing(said, tables["clearances"], known=tuple(tables["partners"]["name"])), ethics.HELD),
            ("message", set(said.loc[untold, "message"]), messages.HELD)]


def _lines(rows: pd.DataFrame) -> pd.DataFrame:
    """The budget's lines of the newest year with an amount, largest first where a line stands twice."""
    known = budget.amounts(rows)
    known = known[known["amount"] > 0]
    newest = known[known["fiscal_year"] == known["fiscal_year"].max()]
    return newest.sort_values("amount", ascending=False, kind="stable").drop_duplicates("line").sort_index()


def _state(kind: str, rows: pd.DataFrame, tables: Tables, day: pd.Timestamp) -> pd.Series:
    table = KINDS[kind][0]
    found = rows["status"].map(OUT[table]).fillna("") if table in OUT else pd.Series("", index=rows.index)
    found = found.astype(object)
    if kind == "goal":
        return found.mask(rows["valid_to"] < day, "has ended").mask(rows["valid_from"] > day, "is not yet in force")
    if kind == "agreement":
        return found.mask(rows["end"] < day, "has ended")
    if kind == "partner":
        return found.mask((rows["ethics"] == "veto") & (found == ""), "is vetoed")
    if kind == "line":
        return found.mask(rows["service"].isna(), "is shared by all services")
    if kind == "decision":
        return found.mask(rows["decision"].isin(rows["revokes"].dropna()), "was revoked")
    return found


def _in_place(kind: str, rows: pd.DataFrame, tables: Tables) -> pd.Series:
    table, cleared = KINDS[kind][0], tables["clearances"]
    found = rows["status"].isin(IN_PLACE[table]) if table in IN_PLACE else pd.Series(True, index=rows.index)
    if kind == "kpi":
        return rows["kpi"].isin(tables["kpi_values"].dropna(subset=["value"])["kpi"])
    if kind == "change":
        return rows["done"].notna()
    if kind == "message":
        return found & ~rows["message"].isin(cleared.loc[~cleared["cleared"].astype(bool), "item"])
    return found


def links(tables: Tables, items: pd.DataFrame) -> pd.DataFrame:
    """What hangs on what: above, below (keys of `items`), strength (above 0, up to 1); one row a pair.

    The strength is what a table says (alignment, contribution, a partner's support of a goal) and 1 where a table only names the
    pair. Budget lines of a service, and roles of a service or an initiative, count by size: 1 for the largest amount, or the most
    hours, and in proportion for the others; where nobody wrote hours down, the owner stands for them. A service leads to an
    initiative for it with what that initiative gives to a goal at most, or 1. Items with a state have no links.
    """
    parts = [_pairs(tables[table], above, below, column) for table, kinds, below, column in LINKS for above in kinds.split()]
    most = tables["initiative_goals"].groupby("initiative")["contribution"].max().astype(float)
    known = tables["initiatives"].assign(most=tables["initiatives"]["initiative"].map(most).astype(float).fillna(1.0))
    amounts = _lines(tables["budget"])
    parts += [_pairs(known, "service", "initiative", "most"), _pairs(amounts.assign(size=_sized(amounts, "service", "amount")), "service", "line", "size")]
    for kind, hours in (("service", "role_services"), ("initiative", "initiative_hours")):
        given, owned = tables[hours], tables[KINDS[kind][0]].rename(columns={"owner": "role"})
        given = given[given["hours"] > 0]
        parts += [_pairs(given.assign(size=_sized(given, kind, "hours")), kind, "role", "size"), _pairs(owned[~owned[kind].isin(given[kind])], kind, "role", "")]
    found = pd.concat(parts, ignore_index=True)
    stands = set(items.loc[items["state"] == "", "key"])
    found = found[found["above"].isin(stands) & found["below"].isin(stands) & (found["strength"] > 0)]
    return found.sort_values(["strength", "above", "below"], ascending=[False, True, True]).drop_duplicates(["above", "below"]).sort_index().reset_index(drop=True)


def _pairs(rows: pd.DataFrame, above: str, below: str, column: str) -> pd.DataFrame:
    if "required" in rows:
        rows = rows[rows["required"] > 0]
    both = rows[rows[above].notna() & rows[below].notna()]
    strength = both[column].astype(float).clip(upper=1.0) if column else 1.0
    return pd.DataFrame({"above": above + ":" + both[above].astype(str), "below": below + ":" + both[below].astype(str), "strength": strength}).astype({"strength": float})


def _sized(rows: pd.DataFrame, by: str, column: str) -> pd.Series:
    return rows[column] / rows.groupby(by)[column].transform("max")


def flows(tables: Tables, items: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """How much of each goal's weight rests on each item: key, kind, goal, goal_name, weight, support, firm, part (shares 0-1).

    support is the strongest way from the goal to the item, its links multiplied; firm is the same for ways through nothing that
    is only planned, 0 without such a way. part: the goal's weight is divided over the
    items of one kind in proportion to their support, so that for every kind the parts add up to the weights of the goals that
    reach it. Only goals in force, and only pairs with a way between them; the goal itself stands among them. In the order of `items`.
    Misleads as a measure of worth: an item that shares a goal with many others of its kind holds little of it.
    """
    standing = items[(items["kind"] == "goal") & (items["state"] == "")]
    weights = standing["id"].map(tables["goals"].drop_duplicates("goal").set_index("goal")["weight"]).astype(float).set_axis(standing["key"])
    support = chains.support(links, list(standing["key"]))
    planned = items.loc[~items["in_place"], "key"]
    firm = chains.support(links[~links["above"].isin(planned) & ~links["below"].isin(planned)], list(standing["key"])).reindex(support.index, fill_value=0.0)
    part = chains.shared(support, weights, items.set_index("key")["kind"])
    found = pd.concat([_long(frame, name) for name, frame in (("support", support), ("firm", firm), ("part", part))], axis=1).reset_index()
    found = found[found["support"] > 0]
    kinds, names, order = items.set_index("key")["kind"], items.set_index("key")["name"], {key: place for place, key in enumerate(items["key"])}
    found = found.assign(kind=found["key"].map(kinds), goal_name=found["goal"].map(names), weight=found["goal"].map(weights), order=found["key"].map(order))
    columns = {"key": object, "kind": object, "goal": object, "goal_name": object, "weight": float, "support": float, "firm": float, "part": float}
    return found.sort_values(["order", "part", "goal"], ascending=[True, False, True], ignore_index=True)[list(columns)].astype(columns)


def _long(frame: pd.DataFrame, name: str) -> pd.Series:
    places = pd.MultiIndex.from_product([frame.index, frame.columns], names=["key", "goal"])
    return pd.Series(frame.to_numpy(dtype=float).ravel(), index=places, name=name)


def standing(items: pd.DataFrame, flows: pd.DataFrame, *, step: int = 0) -> pd.DataFrame:
    """How much of leadership's weight rests on each item: the columns of `items`, part (share 0-1), goals (number), goal_names (most first), orphan.

    Takes `flows`. An orphan stands in the chain, and no goal in force reaches it. With `step`, only the kinds of that step and only what
    stands in the chain. In the order of the kinds, heaviest first.
    """
    by = flows.groupby("key")
    found = items.assign(part=items["key"].map(by["part"].sum()).fillna(0.0).astype(float), goals=items["key"].map(by.size()).fillna(0).astype(int),
                         goal_names=items["key"].map(by["goal_name"].agg("; ".join)).astype(object).fillna(""))
    found["orphan"] = (found["state"] == "") & (found["goals"] == 0)
    kinds = list(STEPS.get(step, KINDS))
    found = found[found["kind"].isin(kinds) & ((found["state"] == "") | (step == 0))]
    order = found["kind"].map({kind: place for place, kind in enumerate(kinds)})
    return found.assign(order=order).sort_values(["order", "part", "id"], ascending=[True, False, True], ignore_index=True).drop(columns="order")


def reach(items: pd.DataFrame, flows: pd.DataFrame) -> pd.DataFrame:
    """How far leadership's weight gets, one row a kind that the plan has: kind, items (number), reached, firm (shares 0-1), lacking (names of goals), orphans (number).

    reached: the weights of the goals from which some way leads to that kind, added up. firm: the same for ways of 0.5 or more
    through nothing that is only planned. lacking: the goals in force that are not among the firm ones,
    heaviest first. In the order from the goal to those who hear of it; empty without a goal in force.
    """
    standing_items = items[items["state"] == ""]
    goals = standing_items.loc[standing_items["kind"] == "goal", ["key", "name"]].merge(flows.loc[flows["kind"] == "goal", ["key", "weight"]], on="key")
    goals = goals.sort_values(["weight", "key"], ascending=[False, True])
    sure = flows[flows["firm"] >= CLEAR]
    weights = goals.set_index("key")["weight"]
    rows = []
    for kind, own in standing_items.head(len(standing_items) if len(goals) else 0).groupby("kind"):
        any_way, firm = (set(part.loc[part["kind"] == kind, "goal"]) for part in (flows, sure))
        lacking = goals.loc[~goals["key"].isin(firm), "name"]
        bare = ~own["key"].isin(flows["key"])
        rows.append([kind, len(own), weights[weights.index.isin(any_way)].sum(), weights[weights.index.isin(firm)].sum(), "; ".join(lacking), int(bare.sum())])
    found = pd.DataFrame(rows, columns=["kind", "items", "reached", "firm", "lacking", "orphans"])
    return found.sort_values("kind", key=lambda kinds: kinds.map(list(KINDS).index), ignore_index=True).astype({"reached": float, "firm": float})


def dead_ends(tables: Tables, items: pd.DataFrame, links: pd.DataFrame, flows: pd.DataFrame) -> pd.DataFrame:
    """Where the weight stops: key, kind, id, name, lacks (a kind), part (share 0-1 of leadership's weight that stops there); heaviest first.

    Goals should have a service, a KPI and a message; services a KPI and a budget line; objectives a KPI; initiatives
    that are chosen or run hours of a role and a KPI; active partners an agreement; KPIs of level output, outcome or impact a message;
    skills in which some role falls short a training. A goal's way to them must be 0.5 strong or more. What an item lacks is looked for only where the plan has any of that kind. Items on which no weight rests are orphans, not dead ends.
    """
    part = flows.groupby("key")["part"].sum()
    known = items[(items["state"] == "") & items["key"].isin(part.index)].assign(part=lambda rows: rows["key"].map(part))
    present = set(items["kind"])
    below = links.assign(kind=links["below"].str.split(":").str[0])
    clear = flows.loc[flows["support"] >= CLEAR, ["goal", "kind"]]
    rows = []
    for kind, child in (pair for pair in EXPECTED if pair[1] in present):
        has = clear.loc[clear["kind"] == child, "goal"] if kind == "goal" else below.loc[below["kind"] == child, "above"]
        rows.append(_asked(kind, known[known["kind"] == kind], tables, child).loc[lambda own: ~own["key"].isin(has)].assign(lacks=child))
    found = pd.concat(rows) if rows else known.assign(lacks="")
    return found.sort_values(["part", "key"], ascending=[False, True], kind="stable", ignore_index=True)[["key", "kind", "id", "name", "lacks", "part"]]


def _asked(kind: str, own: pd.DataFrame, tables: Tables, child: str) -> pd.DataFrame:
    """Those of a kind that should have something hanging on them."""
    if kind in ("initiative", "partner"):
        return own[own["in_place"]]
    if (kind, child) == ("kpi", "message"):
        return own[own["id"].isin(tables["kpis"].loc[tables["kpis"]["level"].isin(impact.LEVELS), "kpi"])]
    if kind == "skill":
        short = skills.gaps(tables["role_skills"], tables["skills"], tables["roles"])
        return own[own["id"].isin(short.loc[short["gap"] > 0, "skill"])]
    return own


def chosen(standing: pd.DataFrame, *, item: str = "", step: int = 0) -> str:
    """The key of the item to follow: the one with that id, kind:ID or name; without one, the heaviest of a kind that leads far from the step; empty for an empty plan.

    Takes `standing` of all kinds. Without a step it is the heaviest goal. Raises UsageError for an item that the plan does not have, with
    the nearest, and for an id that several kinds share.
    """
    if item:
        return named.key_of(standing[standing["state"] != "may not be told"], item)
    known = standing[standing["state"] == ""]
    kinds = [kind for kind in (FOLLOWED.get(step, "goal"), "goal", "service") if (known["kind"] == kind).any()]
    own = known[known["kind"].isin(kinds[:1])].sort_values(["part", "id"], ascending=[False, True])
    return str(own["key"].iloc[0]) if len(own) else ""


def ways(items: pd.DataFrame, links: pd.DataFrame, flows: pd.DataFrame, *, item: str) -> pd.DataFrame:
    """The links above and below one item that its weight takes: side (up or down), above, below (keys), share (of the item's weight, 0-1),
    part (of leadership's weight).

    Takes the key of the item. Upwards, what rests on the item is divided over the links to it by support of what stands above
    times strength, and so on up to the goals. Downwards it is divided anew over the items of each kind, as in `flows`. For an
    orphan no weight is to be followed: the links above it stand there with a share that is missing, those below it with their share. Empty without an item.
    """
    if not item:
        return pd.DataFrame(columns=["side", "above", "below", "share", "part"])
    own = flows[flows["key"] == item].set_index("goal")["part"]
    total = float(own.sum())
    up = _above(links, flows, own.rename(item)) if total > 0 else _bare(links, item)
    support = chains.support(links, [item])
    held = chains.shared(support, pd.Series({item: 1.0}), items.set_index("key")["kind"])[item]
    down = chains.downward(links, support[item], held.drop(item)).rename(columns={"amount": "share"})
    found = pd.concat([up.assign(side="up"), down.assign(side="down")], ignore_index=True).astype({"share": float})
    return found.assign(part=found["share"] * total)[["side", "above", "below", "share", "part"]]


def _above(links: pd.DataFrame, flows: pd.DataFrame, own: pd.Series) -> pd.DataFrame:
    if own.name in own.index:
        return pd.DataFrame(columns=["above", "below", "share"])
    support = flows.pivot(index="key", columns="goal", values="support").fillna(0.0)
    found = chains.upward(links, support, own).groupby(["above", "below"], sort=True)["amount"].sum()
    return (found / own.sum()).rename("share").reset_index()


def _bare(links: pd.DataFrame, item: str) -> pd.DataFrame:
    """The links above an item that no goal reaches, however far up they lead."""
    turned = links.rename(columns={"above": "below", "below": "above"})
    support = chains.support(turned, [item])[item]
    return links.loc[links["below"].isin(support.index[support > 0]), ["above", "below"]].assign(share=float("nan"))


def trace(items: pd.DataFrame, ways: pd.DataFrame, *, item: str) -> pd.DataFrame:
    """What stands above and below one item as indented lists: side (up or down), depth (1 or more), the columns of `items`, under (key), share, part.

    Takes `ways`. Each thing stands once, under the one through which most of the weight comes; share and part are those of all its links.
    Heaviest first.
    """
    parts = []
    for side, (parent, child) in (("up", ("below", "above")), ("down", ("above", "below"))):
        own = ways[ways["side"] == side].rename(columns={parent: "parent", child: "child"}).assign(amount=lambda rows: rows["share"].fillna(0.0))
        found = chains.outline(own, item).rename(columns={"item": "key", "amount": "share"}).assign(side=side).astype({"key": object})
        parts.append(found if own["share"].notna().all() else found.assign(share=float("nan")))
    found = pd.concat(parts, ignore_index=True).astype({"share": float}).merge(items, on="key")
    whole = ways.loc[ways["share"] > 0]
    total = float((whole["part"] / whole["share"]).max()) if len(whole) else 0.0
    return found.assign(part=found["share"] * total)[["side", "depth", *ITEMS, "under", "share", "part"]]


def reconciled(items: pd.DataFrame, flows: pd.DataFrame) -> pd.DataFrame:
    """For every kind, what rests on its items against the weights of the goals that reach it: check, expected, found; empty without goals in force."""
    rows = []
    for kind, own in flows.groupby("kind", sort=False):
        rows.append([kind, own.drop_duplicates("goal")["weight"].sum(), own["part"].sum()])
    found = pd.DataFrame(rows, columns=["kind", "expected", "found"])
    total = [["Weights that rest on things add up to the weights of the goals that reach them, kind by kind", found["expected"].sum(), found["found"].sum()]]
    return pd.DataFrame(total if len(found) else [], columns=["check", "expected", "found"])
