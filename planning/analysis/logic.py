"""Logic models of services: from what is put in to what changes, what stands alone in them, and what each step rests on."""

from __future__ import annotations

import pandas as pd

from planning.methods import flow

STAGES = ("input", "activity", "output", "outcome", "impact")
KINDS = ("no arrow", *(f"no {stage}" for stage in STAGES), "circle", "arrow to another service", "arrow to itself", "arrow that goes back", "stands alone",
         "nothing leads to it", "leads nowhere", "outcome without a KPI", "arrow that passes over a stage", "outcome with a KPI of an earlier stage")
HINTS = KINDS[-2:]
BOXES = ["service", "service_name", "node", "name", "stage", "order", "kpi", "kpi_name", "kpi_level", "leads_in", "leads_out", "comes_from",
         "leads_to", "orphan"]
ARROWS = ["service", "service_name", "node", "name", "stage", "order", "leads_to", "to_name",
          "to_stage", "to_order", "to_service", "to_service_name", "assumption", "told"]
FAULTS = ["service", "service_name", "kind", "hint", "node", "name", "stage", "to_name", "to_stage", "to_service_name", "kpi_name"]


def models(nodes: pd.DataFrame, links: pd.DataFrame, services: pd.DataFrame, kpis: pd.DataFrame) -> pd.DataFrame:
    """Every box of every logic model, one row a box: service, service_name, node, name (its text), stage, order (0 input to 4 impact),
    kpi, kpi_name, kpi_level, leads_in, leads_out (number of arrows from and to other boxes), comes_from, leads_to (their texts,
    semicolons between), orphan (stands alone, nothing leads to it, leads nowhere, or empty).

    A box is an orphan when nothing leads to it and it is no input, or when it leads nowhere and is no impact; an arrow to itself
    counts neither way. The stages are those of library evaluation: an input is a resource put in; an activity what is done
    with it (ISO 16439 says process); an output what comes out of it; an outcome the effect that was planned for; an impact the
    wider influence on people and society. Sources: W.K. Kellogg Foundation 2004, Logic Model Development Guide; ISO 16439:2014.
    Boxes of services that have ended are left out. Misleads when a box was written into the wrong stage: only its place is
    looked at, not its sense. By service, stage and the order of the table.

    >>> nodes = pd.DataFrame({"node": ["L1", "L2"], "service": ["S1", "S1"], "stage": ["input", "outcome"], "name": ["Books", "They read"],
    ...                       "kpi": [None, "K1"]})
    >>> links = pd.DataFrame({"node": ["L1"], "leads_to": ["L2"], "assumption": [None]})
    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Storytime"], "status": ["running"]})
    >>> kpis = pd.DataFrame({"kpi": ["K1"], "name": ["Parents who read"], "level": ["outcome"]})
    >>> models(nodes, links, services, kpis)[["name", "leads_out", "kpi_name", "orphan"]].values.tolist()
    [['Books', 1, None, ''], ['They read', 0, 'Parents who read', 'leads nowhere']]
    """
    named = _renamed(services[services["status"] != "ended"], service="service", name="service_name")
    measured = _renamed(kpis, kpi="kpi", name="kpi_name", level="kpi_level")
    found = nodes.astype({"kpi": object}).merge(named, on="service").merge(measured, on="kpi", how="left")
    found = found.assign(order=found["stage"].map(STAGES.index).astype(int), place=range(len(found)))
    known = links[links["node"].isin(found["node"]) & links["leads_to"].isin(found["node"]) & (links["node"] != links["leads_to"])]
    text = found.set_index("node")["name"]
    for end, other, number, names in (("leads_to", "node", "leads_in", "comes_from"), ("node", "leads_to", "leads_out", "leads_to")):
        joined = {box: [text[one] for one in rows[other]] for box, rows in known.groupby(end)}
        found[number] = [len(joined.get(box, [])) for box in found["node"]]
        found[names] = ["; ".join(joined.get(box, [])) for box in found["node"]]
    found["orphan"] = [_orphan(*row) for row in found[["order", "leads_in", "leads_out"]].itertuples(index=False)]
    found[["kpi", "kpi_name", "kpi_level"]] = found[["kpi", "kpi_name", "kpi_level"]].astype(object).where(found["kpi_name"].notna(), None)
    return found.sort_values(["service", "order", "place"], ignore_index=True)[BOXES]


def _renamed(rows: pd.DataFrame, **names: str) -> pd.DataFrame:
    return rows[list(names)].rename(columns=names).astype(object)


def _orphan(order: int, leads_in: int, leads_out: int) -> str:
    begins, ends = leads_in == 0 and order > 0, leads_out == 0 and order < len(STAGES) - 1
    if leads_in == leads_out == 0:
        return "stands alone"
    return "nothing leads to it" if begins else "leads nowhere" if ends else ""


def assumptions(boxes: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Every arrow and what must hold for it, one row an arrow: service, service_name, node, name, stage, order (of the box it
    leaves), leads_to, to_name, to_stage, to_order, to_service, to_service_name (of the box it reaches), assumption (text), told.

    Takes `models`. told is true when the arrow names an assumption. Arrows from outputs and outcomes on come first, since from
    there it is no longer the library alone that makes the next step happen; there those without an assumption come first.

    >>> boxes = pd.DataFrame({"service": "S1", "service_name": "Storytime", "node": ["L1", "L2"], "name": ["Families come", "They read"],
    ...                       "stage": ["output", "outcome"], "order": [2, 3]})
    >>> assumptions(boxes, pd.DataFrame({"node": ["L1"], "leads_to": ["L2"], "assumption": [None]}))[["name", "to_name", "told"]].values.tolist()
    [['Families come', 'They read', False]]
    """
    start = boxes[["service", "service_name", "node", "name", "stage", "order"]]
    end = start.rename(columns={"node": "leads_to"} | {name: f"to_{name}" for name in ("name", "stage", "order", "service", "service_name")})
    found = links[["node", "leads_to", "assumption"]].merge(start, on="node").merge(end, on="leads_to")
    found["told"] = found["assumption"].notna()
    found["assumption"] = found["assumption"].astype(object).where(found["told"], None)
    order = found.assign(late=found["order"] < STAGES.index("output"), near=-found["order"])
    return order.sort_values(["late", "told", "near", "service", "node", "leads_to"], ignore_index=True)[ARROWS]


def faults(boxes: pd.DataFrame, arrows: pd.DataFrame) -> pd.DataFrame:
    """What is to be mended in the models, one row a fault: service, service_name, kind, hint (true when it is only a hint),
    node, name, stage (of the box), to_name, to_stage, to_service_name (where an arrow is meant), kpi_name.

    Takes `models` and `assumptions`. Kinds: a model without arrows; a stage without a box; boxes that lead back to themselves in
    a circle (name holds all of them, node is the one whose arrow closes it); an arrow to another service, to the box itself, or
    back to an earlier stage; a box that stands alone, to which nothing leads (inputs excepted) or that leads nowhere (impacts
    excepted); an outcome without a KPI. Hints: an arrow that passes over a stage; an outcome whose KPI counts inputs, activities
    or outputs. What one mistake brings about is told once: boxes are not told one by one in a model without arrows, nor where no
    stage before or after them has a box, and an arrow back is not told beside the circle that it closes. Misleads as a grade of the service: a model
    can be sound and its service poor. Faults before hints, the model with the most of them first.

    >>> boxes = pd.DataFrame({"service": "S1", "service_name": "Storytime", "node": ["L1", "L2", "L3"], "name": ["Books", "Sheets", "They read"],
    ...                       "stage": ["input", "output", "outcome"], "order": [0, 2, 3], "kpi_name": None, "kpi_level": None,
    ...                       "orphan": ["", "leads nowhere", ""]})
    >>> faults(boxes, pd.DataFrame({"node": ["L1"], "leads_to": ["L2"], "service": "S1", "to_service": "S1", "order": 0, "to_order": 2,
    ...        "service_name": "Storytime", "name": "Books", "stage": "input", "to_name": "Sheets", "to_stage": "output",
    ...        "to_service_name": "Storytime"}))["kind"].tolist()
    ['no activity', 'no impact', 'leads nowhere', 'outcome without a KPI', 'arrow that passes over a stage']
    """
    parts = [_of_stages(boxes, arrows), _of_circles(boxes, arrows), _of_arrows(boxes, arrows), _of_boxes(boxes, arrows)]
    found = pd.concat([part.astype(object) for part in parts if len(part)] or [pd.DataFrame(columns=FAULTS)], ignore_index=True).reindex(columns=FAULTS)
    found = found.assign(hint=found["kind"].isin(HINTS)).astype({column: object for column in FAULTS if column != "hint"})
    found = found.where(found.notna(), None).astype({"hint": bool})
    weight = -(~found["hint"]).groupby(found["service"]).transform("sum").astype(int)
    order = found.assign(weight=weight, rank=found["kind"].map(KINDS.index), place=found["node"].fillna(""))
    return order.sort_values(["hint", "weight", "service", "rank", "place", "to_name"], ignore_index=True, na_position="first")[FAULTS]


def _of_stages(boxes: pd.DataFrame, arrows: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for (service, name), own in boxes.groupby(["service", "service_name"]):
        kinds = [] if service in set(arrows["service"]) else ["no arrow"]
        rows += [[service, name, kind] for kind in kinds + [f"no {stage}" for stage in STAGES if stage not in set(own["stage"])]]
    return pd.DataFrame(rows, columns=FAULTS[:3])


def _circles(boxes: pd.DataFrame, arrows: pd.DataFrame) -> list[list[str]]:
    """Circles as their boxes in the order of the way round, turned so that the last arrow goes back the furthest."""
    order = boxes.set_index("node")["order"]
    turns = [[[*circle[place:], *circle[:place]] for place in range(len(circle))] for circle in flow.circles(zip(arrows["node"], arrows["leads_to"]))]
    return [max(ways, key=lambda way: order[way[-1]] - order[way[0]]) for ways in turns]


def _of_circles(boxes: pd.DataFrame, arrows: pd.DataFrame) -> pd.DataFrame:
    by_node = boxes.set_index("node")
    rows = []
    for circle in _circles(boxes, arrows):
        names = by_node.loc[circle, "name"].tolist()
        rows.append(by_node.loc[circle[-1:]].reset_index().assign(kind="circle", name="; ".join(names), to_name=names[0], kpi_name=None))
    return pd.concat(rows) if rows else pd.DataFrame(columns=FAULTS)


def _of_arrows(boxes: pd.DataFrame, arrows: pd.DataFrame) -> pd.DataFrame:
    closing = {pair for circle in _circles(boxes, arrows) for pair in zip(circle, [*circle[1:], circle[0]])}
    step, abroad, itself = arrows["to_order"] - arrows["order"], arrows["service"] != arrows["to_service"], arrows["node"] == arrows["leads_to"]
    round_again = pd.Series([pair in closing for pair in zip(arrows["node"], arrows["leads_to"])], index=arrows.index, dtype=bool)
    parts = [arrows[here].assign(kind=kind) for kind, here in (
        ("arrow to another service", abroad), ("arrow to itself", itself), ("arrow that goes back", ~abroad & ~round_again & (step < 0)),
        ("arrow that passes over a stage", ~abroad & (step > 1)))]
    return pd.concat(parts)


def _of_boxes(boxes: pd.DataFrame, arrows: pd.DataFrame) -> pd.DataFrame:
    first, last = (boxes.groupby("service")["order"].transform(end) for end in ("min", "max"))
    linked = boxes["service"].isin(arrows["service"])
    told = linked & ((boxes["orphan"] == "stands alone") | ((boxes["orphan"] == "nothing leads to it") & (boxes["order"] > first))
                     | ((boxes["orphan"] == "leads nowhere") & (boxes["order"] < last)))
    outcome, known = boxes["stage"] == "outcome", boxes["kpi_name"].notna()
    below = known & boxes["kpi_level"].isin(STAGES[:STAGES.index("outcome")])
    return pd.concat([boxes[told].assign(kind=boxes.loc[told, "orphan"]), boxes[outcome & ~known].assign(kind="outcome without a KPI"),
                      boxes[outcome & below].assign(kind="outcome with a KPI of an earlier stage")])


def overview(boxes: pd.DataFrame, faults: pd.DataFrame, services: pd.DataFrame, *, support: pd.DataFrame) -> pd.DataFrame:
    """Every service that has not ended and its model: service, service_name, value (its weighted support for the goals, share 0-1), input,
    activity, output, outcome, impact, boxes (numbers of boxes), measured (share of outcomes with a KPI, 0-1), faults, hints (numbers), state.

    Takes `models` and `faults`; `support` holds service and value, as `alignment.contribution` gives them. state is "complete" (no
    fault), "to mend" or "no model". measured is missing where there is no outcome, value where support does not name the
    service. Not every small service needs a model; value says for which the lack weighs most. Greatest value first.

    >>> services = pd.DataFrame({"service": ["S1", "S2"], "name": ["Copier", "Storytime"], "status": ["running", "pilot"]})
    >>> boxes = pd.DataFrame({"service": ["S2"], "stage": ["outcome"], "kpi_name": ["Parents who read"]})
    >>> faults = pd.DataFrame({"service": ["S2"], "hint": [False]})
    >>> support = pd.DataFrame({"service": ["S1", "S2"], "value": [0.1, 0.4]})
    >>> overview(boxes, faults, services, support=support)[["service_name", "value", "boxes", "measured", "faults", "state"]].values.tolist()
    [['Storytime', 0.4, 1, 1.0, 1, 'to mend'], ['Copier', 0.1, 0, nan, 0, 'no model']]
    """
    found = services.loc[services["status"] != "ended", ["service", "name"]].rename(columns={"name": "service_name"})
    found["value"] = found["service"].map(support.drop_duplicates("service").set_index("service")["value"]).astype(float)
    for stage in STAGES:
        found[stage] = found["service"].map(boxes.loc[boxes["stage"] == stage, "service"].value_counts()).fillna(0).astype(int)
    found["boxes"] = found[list(STAGES)].sum(axis=1).astype(int)
    outcomes = boxes[boxes["stage"] == "outcome"]
    found["measured"] = found["service"].map(outcomes["kpi_name"].notna().groupby(outcomes["service"]).mean()).astype(float)
    for name, here in (("faults", ~faults["hint"].astype(bool)), ("hints", faults["hint"].astype(bool))):
        found[name] = found["service"].map(faults.loc[here, "service"].value_counts()).fillna(0).astype(int)
    found["state"] = ["no model" if not boxes else "to mend" if wrong else "complete" for boxes, wrong in zip(found["boxes"], found["faults"])]
    return found.sort_values(["value", "service"], ascending=[False, True], ignore_index=True)


def model(boxes: pd.DataFrame, overview: pd.DataFrame, *, service: str = "") -> pd.DataFrame:
    """The boxes of one model, as `models` gives them: of the service named, or else of the one with a model that supports the goals most.

    Takes `models` and `overview`. The model on which the goals rest most is worth a look before the one with the most faults, which
    may be of a service that hardly matters. Empty where there is no such model.

    >>> boxes = pd.DataFrame({"service": ["S1", "S2"], "name": ["Paper", "They read"]})
    >>> overview = pd.DataFrame({"service": ["S2", "S3", "S1"], "boxes": [1, 0, 1]})
    >>> model(boxes, overview)["name"].tolist(), model(boxes, overview, service="S1")["name"].tolist()
    (['They read'], ['Paper'])
    """
    drawn = [service] if service else overview.loc[overview["boxes"] > 0, "service"].head(1).tolist()
    return boxes[boxes["service"].isin(drawn)].reset_index(drop=True)


def reconciled(boxes: pd.DataFrame, arrows: pd.DataFrame, overview: pd.DataFrame) -> pd.DataFrame:
    """Sums that must agree: check, expected, found. Takes `models`, `assumptions` and `overview`; empty without boxes."""
    if boxes.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    other = (arrows["node"] != arrows["leads_to"]).sum()
    rows = [["Boxes of logic models are the same one by one and by stage", len(boxes), overview[list(STAGES)].to_numpy().sum()],
            ["Arrows between boxes are the same where they leave and where they arrive", 2 * other, boxes["leads_out"].sum() + boxes["leads_in"].sum()]]
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
