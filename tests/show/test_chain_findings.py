"""Sentences, charts and tables of the chain."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import ROOT, SAMPLES
from matplotlib.text import Text

from planning.analysis import chain
from planning.model.plan import open_plan
from planning.show import charts, language, tables
from planning.show.charts import canvas
from planning.show.findings import chain as said

REACH = ["kind", "items", "reached", "firm", "lacking", "orphans"]


@pytest.fixture(autouse=True)
def english() -> None:
    language.use("en", "USD")


def reached(message: list[object] | None) -> pd.DataFrame:
    return pd.DataFrame([["goal", 2, 1.0, 1.0, "", 0], *([["message", 3, *message, 0]] if message else [])], columns=REACH)


def standing(*rows: tuple[object, ...]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["key", "kind", "id", "name", "part", "goal_names"])
    goals = [len(names.split("; ")) if names else 0 for names in found["goal_names"]]
    return found.assign(state="", in_place=True, goals=goals, orphan=[n == 0 for n in goals])


ENDS = pd.DataFrame([["goal:G3", "goal", "G3", "Newcomers belong here", "service", 0.22], ["service:S5", "service", "S5", "Homework help", "kpi", 0.047]],
                    columns=["key", "kind", "id", "name", "lacks", "part"])
NOTHING = pd.DataFrame(columns=["side", "depth", "key", "kind", "id", "name", "state", "in_place", "under", "share", "part"])


def test_the_share_that_reaches_a_public_sentence_is_said_with_the_goals_that_lack_it() -> None:
    found = said.reach(reached([1.0, 0.6, "Work"]))

    assert found.text == "60% of leadership's weight clearly reaches a public sentence that is approved or sent; that of “Work” does not."
    assert (found.tone, found.grade) == ("bad", "estimated")


def test_what_reaches_not_even_a_draft_is_told_apart() -> None:
    assert said.reach(reached([0.9, 0.6, "Work; Read"])).text.endswith("that of “Work” and “Read” does not; 10% reaches no message at all, not even a draft.")
    assert said.reach(reached([1.0, 0.0, "Work; Read"])).text == "None of leadership's weight clearly reaches a public sentence that is approved or sent."


def test_a_chain_that_arrives_whole_is_good_news_and_one_without_messages_is_not_known() -> None:
    assert said.reach(reached([1.0, 1.0, ""])).tone == "good"
    assert said.reach(reached(None)).tone == "unknown"
    assert said.reach(reached(None).head(0)) is None


def test_the_heaviest_dead_end_says_how_much_weight_stops_there_and_why() -> None:
    assert said.dead_end(ENDS).text == ("The heaviest dead end: 22% of leadership's weight rests on the goal “Newcomers belong here”, and no service clearly supports it; "
                                        "1 other thing stops short too.")
    assert said.dead_end(ENDS.tail(1), step=1).text == "The heaviest dead end: 4.7% of leadership's weight rests on the service “Homework help”, and no KPI measures it."
    assert said.dead_end(ENDS, step=7) is None


def test_orphans_are_named_and_counted() -> None:
    rows = standing(("service:S1", "service", "S1", "Storytime", 0.5, "Read"), ("service:S2", "service", "S2", "Shelf", 0.0, ""))

    assert said.orphans(rows).text == "1 thing that this step is about hangs on no goal in force: “Shelf” (service)."
    assert said.orphans(rows.head(1)).tone == "good"
    assert said.orphans(rows.tail(1)) is None, "where no goal reaches anything, all would be orphans"


def test_an_item_is_told_with_its_weight_its_goals_and_what_hangs_on_it() -> None:
    rows = standing(("kpi:K1", "kpi", "K1", "Visits", 0.047, "Read; Work"), ("kpi:K2", "kpi", "K2", "Loans", 0.0, ""))
    below = pd.DataFrame({"side": ["down"], "kind": ["message"]})

    assert said.traced(below, rows, item="kpi:K1").text == "4.7% of leadership's weight rests on “Visits” (KPI), most of it for “Read”; 1 message hangs on it."
    assert said.alone(NOTHING, rows, item="kpi:K2").text == "No goal in force reaches “Loans” (KPI); nothing hangs on it."
    assert said.alone(NOTHING, rows, item="") is None


def test_what_has_ended_is_said_to_stand_outside() -> None:
    rows = standing(("service:S4", "service", "S4", "Film", 0.0, "")).assign(state="has ended")

    assert said.traced(NOTHING, rows, item="service:S4").text == "“Film” (service) has ended, so it stands outside the chain."


def test_every_kind_has_a_name_and_every_expected_link_a_sentence() -> None:
    assert set(said.KINDS) == set(chain.KINDS)
    assert set(said.LACKS) == set(chain.EXPECTED)


@pytest.fixture(scope="module", params=SAMPLES)
def worked(request: pytest.FixtureRequest) -> dict[str, object]:
    plan = open_plan(ROOT / "data" / request.param)
    items = chain.items(plan.tables, as_of=plan.as_of)
    links = chain.links(plan.tables, items)
    flows = chain.flows(plan.tables, items, links)
    return {"items": items, "links": links, "flows": flows, "standing": chain.standing(items, flows), "ends": chain.dead_ends(plan.tables, items, links, flows)}


@pytest.mark.parametrize("step", range(1, 8))
def test_every_step_draws_a_chain_whose_texts_are_readable_and_lie_inside(worked: dict[str, object], step: int) -> None:
    item = chain.chosen(worked["standing"], step=step)
    ways = chain.ways(worked["items"], worked["links"], worked["flows"], item=item)
    chart = charts.chain.traced(chain.trace(worked["items"], ways, item=item), ways, worked["standing"], item=item, step=step)
    canvas.png(chart.figure)
    page, texts = chart.figure.bbox, [text for text in chart.figure.findobj(Text) if text.get_text()]

    assert [text.get_text() for text in texts if text.get_fontsize() < 8] == []
    assert [text.get_text() for text in texts if not (page.x0 - 1 <= (box := text.get_window_extent()).x0 and box.x1 <= page.x1 + 1 and box.y1 <= page.y1 + 1)] == []
    assert "nan" not in chart.alt and any(mark in chart.alt for mark in ("Above it", "Below it"))


def test_the_reach_of_a_sample_is_drawn_with_its_step_marked(worked: dict[str, object]) -> None:
    rows = chain.reach(worked["items"], worked["flows"])
    chart = charts.chain.reach(rows, step=7)
    marked = [label.get_text() for label in chart.figure.axes[0].get_yticklabels() if "▸" in label.get_text()]

    assert [text.split()[-1] for text in marked] == ["stories", "messages", "audiences"]
    assert chart.finding == said.reach(rows)


def test_the_table_of_a_step_says_what_rests_on_each_thing_and_where_it_stops(worked: dict[str, object]) -> None:
    own = chain.standing(worked["items"], worked["flows"], step=1)
    shown = tables.chain.step(own, worked["ends"])

    assert shown.rows["stops"].notna().any() and (own["state"] == "").all()
    assert shown.rows.loc[shown.rows["orphan"], "weight"].isna().all()
