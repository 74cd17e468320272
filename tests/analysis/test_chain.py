"""The chain from a goal's weight to a public sentence, worked out by hand on a small plan."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from conftest import SAMPLES

from planning.analysis import chain
from planning.model import schema
from planning.model.errors import UsageError
from planning.model.plan import frame, open_plan

DAY = dt.date(2026, 6, 30)
NONE = {name: frame(table, None) for name, table in schema.tables().items()}


def table(of: str, /, **columns: list[object]) -> pd.DataFrame:
    """A table as the model reads it from these cells; None is an empty cell."""
    rows = [{name: "" if cell is None else str(cell) for name, cell in zip(columns, cells)} for cells in zip(*columns.values())]
    return frame(schema.tables()[of], SimpleNamespace(rows=rows))


def plan(**changed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """G1 (0.6) has two services of strength 0.9 and 0.3; the first has a KPI that a sent message tells. G2 (0.4) has a draft only."""
    goals = table("goals", goal=["G1", "G2", "G0"], name=["Read", "Work", "Old"], weight=[0.6, 0.4, 0.5],
                  valid_from=["2020-01-01"] * 3, valid_to=[None, None, "2025-06-30"])
    tables = {
        "goals": goals,
        "services": table("services", service=["S1", "S2", "S3", "S4"], name=["Storytime", "Copier", "Shelf", "Film"], status=["running", "running", "running", "ended"]),
        "alignment": table("alignment", service=["S1", "S2", "S4"], goal=["G1", "G1", "G1"], strength=[0.9, 0.3, 1.0]),
        "kpis": table("kpis", kpi=["K1"], name=["Visits"], service=["S1"], level=["output"]),
        "kpi_values": table("kpi_values", kpi=["K1"], period=["2026-05"], value=[3.0]),
        "audiences": table("audiences", audience=["A1", "A2"], name=["Families", "Firms"]),
        "messages": table("messages", message=["M1", "M2", "M3"], text=["Visits rose", "Come to work", "Hello"], audience=["A1"] * 3, kpi=["K1", None, None],
                          goal=[None, "G2", None], status=["sent", "draft", "sent"]),
    }
    return NONE | tables | changed


def worked(tables: dict[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    items = chain.items(tables, as_of=DAY)
    links = chain.links(tables, items)
    return items, links, chain.flows(tables, items, links)


def test_the_goals_weight_is_divided_over_its_services_by_strength() -> None:
    _, _, flows = worked(plan())

    parts = flows[flows["kind"] == "service"].set_index("key")["part"].to_dict()
    assert parts == pytest.approx({"service:S1": 0.45, "service:S2": 0.15})


def test_a_message_rests_on_the_goal_behind_its_figure() -> None:
    _, _, flows = worked(plan())

    row = flows[flows["key"] == "message:M1"].iloc[0]
    assert row[["goal", "support", "firm", "part"]].tolist() == ["goal:G1", 0.9, 0.9, 0.6]


def test_a_draft_is_reached_and_not_in_place() -> None:
    items, _, flows = worked(plan())

    rows = chain.reach(items, flows).set_index("kind")
    assert rows.loc["message", ["reached", "firm"]].tolist() == pytest.approx([1.0, 0.6])
    assert rows.loc["message", "lacking"] == "Work"
    assert rows.loc["service", "orphans"] == 1


def test_a_way_through_something_only_planned_is_not_firm() -> None:
    without = plan(kpi_values=NONE["kpi_values"])
    items, _, flows = worked(without)

    assert chain.reach(items, flows).set_index("kind").loc["message", "firm"] == 0.0


def test_ended_goals_and_services_stand_outside_with_the_reason() -> None:
    items, links, _ = worked(plan())

    states = items.set_index("key")["state"]
    assert states[["goal:G0", "service:S4", "service:S3"]].tolist() == ["has ended", "has ended", ""]
    assert "service:S4" not in set(links["below"])


def test_where_the_weight_stops_is_told_with_what_is_missing() -> None:
    tables = plan()
    found = chain.dead_ends(tables, *worked(tables))

    assert found[["key", "lacks"]].values.tolist() == [["goal:G2", "service"], ["goal:G2", "kpi"], ["service:S2", "kpi"]]
    assert found["part"].tolist() == pytest.approx([0.4, 0.4, 0.15])


def test_what_the_plan_has_nothing_of_is_not_missed() -> None:
    tables = plan()

    assert "line" not in set(chain.dead_ends(tables, *worked(tables))["lacks"])


def test_orphans_are_what_no_goal_in_force_reaches() -> None:
    items, _, flows = worked(plan())
    rows = chain.standing(items, flows)

    assert rows.loc[rows["orphan"], "key"].tolist() == ["service:S3", "message:M3", "audience:A2"]


def test_parts_of_every_kind_add_up_to_the_weights_that_reach_it() -> None:
    items, _, flows = worked(plan())
    check = chain.reconciled(items, flows).iloc[0]

    # goals 1.0, services 0.6, KPIs 0.6, messages 1.0, audiences 1.0
    assert (check["expected"], check["found"]) == pytest.approx((4.2, 4.2))


def test_budget_lines_share_by_amount_and_shared_ones_stand_outside() -> None:
    budget = table("budget", line=["B1", "B2", "B3", "B1"], fiscal_year=[2026, 2026, 2026, 2025], name=["Staff", "Books", "Heat", "Staff"], service=["S1", "S1", None, "S1"],
                   category=["staff", "collection", "space", "staff"], planned=[300.0, 100.0, 50.0, 900.0], actual=[None] * 4)
    items, _, flows = worked(plan(budget=budget))

    assert flows[flows["kind"] == "line"].set_index("key")["part"].to_dict() == pytest.approx({"line:B1": 0.45, "line:B2": 0.15})
    assert items.set_index("key").loc["line:B3", "state"] == "is shared by all services"


def test_the_owner_stands_in_where_no_hours_are_written_down() -> None:
    services = plan()["services"].assign(owner=["R1", "R2", None, None])
    hours = table("role_services", role=["R3", "R2"], service=["S1", "S1"], hours=[200.0, 50.0])
    roles = table("roles", role=["R1", "R2", "R3"], name=["Desk", "Youth", "Van"])
    _, links, _ = worked(plan(services=services, roles=roles, role_services=hours))

    own = links[links["below"].str.startswith("role:")]
    assert own[["above", "below", "strength"]].values.tolist() == [["service:S1", "role:R3", 1.0], ["service:S1", "role:R2", 0.25], ["service:S2", "role:R2", 1.0]]


def test_a_story_that_may_not_be_told_appears_nowhere() -> None:
    stories = table("stories", story=["ST1"], name=["A secret"], text=["Told in trust"], service=["S1"], goal=["G1"], consent=["refused"],
                    collected=["2026-01-01"], expires=[None])
    messages = plan()["messages"].assign(story=[None, "ST1", None])
    items, links, flows = worked(plan(stories=stories, messages=messages))

    told = items.set_index("key")
    assert not told["name"].str.contains("secret|trust|Come to work").any()
    assert "story:ST1" not in {*links["above"], *links["below"], *flows["key"]}
    assert not told.loc["message:M2", "in_place"]


def test_the_whole_weight_of_an_item_is_followed_up_to_its_goals() -> None:
    items, links, flows = worked(plan())
    ways = chain.ways(items, links, flows, item="audience:A1")
    rows = chain.trace(items, ways, item="audience:A1")

    goals = rows[rows["kind"] == "goal"].set_index("id")["part"]
    assert goals.to_dict() == pytest.approx({"G1": 0.6, "G2": 0.4})
    assert rows["side"].unique().tolist() == ["up"]


def test_below_a_goal_stands_what_gets_its_weight() -> None:
    items, links, flows = worked(plan())
    rows = chain.trace(items, chain.ways(items, links, flows, item="goal:G1"), item="goal:G1")

    assert rows[["depth", "key"]].values.tolist() == [[1, "service:S1"], [2, "kpi:K1"], [3, "message:M1"], [4, "audience:A1"], [1, "service:S2"]]
    assert rows["part"].tolist() == pytest.approx([0.45, 0.6, 0.6, 0.6, 0.15])


def test_above_an_orphan_stands_what_it_hangs_on_without_a_share() -> None:
    kpis = table("kpis", kpi=["K2"], name=["Shelf loans"], service=["S3"], level=["output"])
    items, links, flows = worked(plan(kpis=kpis))
    rows = chain.trace(items, chain.ways(items, links, flows, item="kpi:K2"), item="kpi:K2")

    assert rows["key"].tolist() == ["service:S3"]
    assert rows["share"].isna().all() and rows["part"].isna().all()


@pytest.mark.parametrize(("wanted", "key"), [("S1", "service:S1"), ("s1", "service:S1"), ("Service:s1", "service:S1"), ("storytime", "service:S1"), ("", "goal:G1")])
def test_an_item_is_found_by_id_kind_and_name(wanted: str, key: str) -> None:
    items, _, flows = worked(plan())

    assert chain.chosen(chain.standing(items, flows), item=wanted) == key


def test_an_id_of_two_tables_asks_for_the_kind_and_an_unknown_one_names_the_nearest() -> None:
    items, _, flows = worked(plan(audiences=table("audiences", audience=["S1"], name=["Seniors"])))
    standing = chain.standing(items, flows)

    with pytest.raises(UsageError, match="S1 stands in several tables: service:S1 “Storytime”, audience:S1 “Seniors”. Write the kind before it, such as service:S1."):
        chain.chosen(standing, item="S1")
    with pytest.raises(UsageError, match="Did you mean service:S1 “Storytime”"):
        chain.chosen(standing, item="Storytimes")


def test_links_run_from_earlier_to_later_stages_so_that_none_leads_round() -> None:
    pairs = [(above, below) for _, kinds, below, _ in chain.LINKS for above in kinds.split()]

    assert [pair for pair in pairs if chain.KINDS[pair[0]][2] >= chain.KINDS[pair[1]][2]] == []


def test_every_kind_and_link_stands_in_the_schema() -> None:
    tables = schema.tables()

    assert [kind for kind, (name, column, _) in chain.KINDS.items() if kind not in tables[name].columns or column not in tables[name].columns] == []
    assert [row for row in chain.LINKS if {*row[1].split(), row[2], *([row[3]] if row[3] else [])} - set(tables[row[0]].columns)] == []


def test_an_empty_plan_gives_empty_tables() -> None:
    items, links, flows = worked(NONE)

    assert items.empty and links.empty and flows.empty
    assert chain.reach(items, flows).empty and chain.dead_ends(NONE, items, links, flows).empty and chain.reconciled(items, flows).empty
    assert chain.chosen(chain.standing(items, flows), step=5) == ""
    assert chain.trace(items, chain.ways(items, links, flows, item=""), item="").empty


def test_tables_without_goals_are_no_orphans_of_a_chain_that_does_not_exist() -> None:
    items, _, flows = worked(plan(goals=NONE["goals"], alignment=NONE["alignment"]))

    assert chain.reach(items, flows).empty and len(items) > 0


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sums_of_the_samples_agree(root: Path, name: str) -> None:
    opened = open_plan(root / "data" / name)
    items = chain.items(opened.tables, as_of=opened.as_of)
    check = chain.reconciled(items, chain.flows(opened.tables, items, chain.links(opened.tables, items))).iloc[0]

    assert check["found"] == pytest.approx(check["expected"]) and check["found"] > 10
