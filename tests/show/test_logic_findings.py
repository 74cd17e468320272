"""Sentences, tables and the picture of logic models."""

import pandas as pd
import pytest

from planning.analysis import logic as models
from planning.show import html, language
from planning.show.charts import canvas
from planning.show.charts import logic as charts
from planning.show.findings import logic
from planning.show.tables import logic as tables

SERVICES = pd.DataFrame({"service": ["S1", "S2", "S3"], "name": ["Storytime", "Desk", "Copier"], "status": "running"})
KPIS = pd.DataFrame({"kpi": ["K1", "K2"], "name": ["Storytime attendance", "Parents who read"], "level": ["output", "outcome"]})
SUPPORT = pd.DataFrame({"service": ["S1", "S2", "S3"], "value": [0.3, 0.15, 0.05]})
NODES = [("L1", "S1", "input", "Books", None), ("L2", "S1", "activity", "Reading hour", None), ("L3", "S1", "output", "Families at storytime", "K1"),
         ("L4", "S1", "outcome", "Parents read at home", "K2"), ("L5", "S1", "impact", "Every child reads by eight", None)]
LINKS = [("L1", "L2", None), ("L2", "L3", None), ("L3", "L4", "They have books"), ("L4", "L5", None)]


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def results(nodes: list[tuple] = NODES, links: list[tuple] = LINKS, support: pd.DataFrame = SUPPORT) -> tuple[pd.DataFrame, ...]:
    rows, arrows = pd.DataFrame(nodes, columns=["node", "service", "stage", "name", "kpi"]), pd.DataFrame(links, columns=["node", "leads_to", "assumption"])
    boxes = models.models(rows, arrows, SERVICES, KPIS)
    rests = models.assumptions(boxes, arrows)
    faults = models.faults(boxes, rests)
    return boxes, rests, faults, models.overview(boxes, faults, SERVICES, support=support)


SHEETS = ("L6", "S1", "output", "Sheets handed out", None)
SINGING = ("L7", "S1", "outcome", "Parents sing", None)
COUNTED = ("L8", "S1", "outcome", "Children know rhymes", "K1")
BROKEN = results([*NODES, SHEETS, SINGING, COUNTED], [*LINKS, ("L2", "L6", None), ("L3", "L7", None), ("L7", "L5", None), ("L3", "L8", None), ("L8", "L5", None)])


def test_services_with_a_model_are_counted_and_those_that_the_goals_rest_on_are_named():
    assert logic.coverage(results()[3]).text == (
        "1 of 3 services has a logic model; it gives 60% of what all services give to the goals. Of those without one, “Desk” and “Copier” support the goals most.")
    assert logic.coverage(results(support=SUPPORT.head(0))[3]).text == "1 of 3 services has a logic model."
    assert logic.coverage(results([], [])[3]).text == (
        "No service has a logic model yet, so nobody can see how it is meant to lead to change. Begin with Storytime, which supports the goals most.")
    assert logic.coverage(results([], [])[3].head(0)) is None


def test_faults_are_counted_by_kind_and_hints_are_not():
    _, _, faults, overview = BROKEN

    assert logic.faults(faults, overview).text == "The one logic model is not complete; to mend: a box that leads nowhere and an outcome without a KPI."
    assert logic.faults(results()[2], results()[3]).text == "The one logic model is complete: every box leads on to an impact, and every outcome has a KPI."
    assert logic.faults(results([], [])[2], results([], [])[3]) is None


def test_many_kinds_of_fault_end_in_how_many_others_there_are():
    nodes = [(node, "S1", stage, f"Box {node}", None) for node, stage in zip("abcdefg", ["input", "activity", "output", "output", "outcome", "outcome", "impact"])]
    _, _, faults, overview = results(nodes, [("a", "a", None), ("b", "c", None), ("e", "g", None), ("f", "c", None)])

    assert logic.faults(faults, overview).text == (
        "The one logic model is not complete; to mend: 3 boxes to which nothing leads, 2 boxes that stand alone, 2 outcomes without a KPI and 3 other faults.")


def test_outcomes_that_nobody_can_see_are_named_and_kpis_of_outputs_counted():
    boxes, _, faults, _ = BROKEN

    assert logic.outcomes(boxes, faults).text == ("2 of 3 outcomes in these models have a KPI; nobody can tell whether the others come about: “Parents sing”. "
                                                  "1 of these KPIs counts what the library does or gives out, not what changes for people.")
    assert logic.outcomes(results()[0], results()[2]).text == "The one outcome in these models has a KPI."
    assert logic.outcomes(boxes[boxes["stage"] == "input"], faults) is None


def test_steps_that_say_nothing_are_counted_from_outputs_on():
    boxes, arrows, faults, _ = BROKEN

    assert logic.assumptions(arrows).text == ("5 of 6 arrows from outputs and outcomes on do not say what must hold for them, "
                                              "among them the one from “Parents read at home” to “Every child reads by eight”.")
    assert logic.assumptions(arrows[arrows["stage"] == "input"]) is None
    assert logic.assumptions(arrows[arrows["told"]]).tone == "good"


def test_the_model_that_is_drawn_says_what_it_lacks():
    boxes, _, faults, _ = BROKEN

    assert logic.model(boxes, faults).text == "In the logic model of Storytime, “Sheets handed out” leads nowhere; “Parents sing” has no KPI."
    assert logic.model(results()[0], results()[2]).tone == "good"
    assert logic.model(boxes.head(0), faults) is None


def test_a_circle_and_an_arrow_to_another_service_read_as_sentences():
    other = [(f"M{node}", "S2", *rest) for node, _, *rest in NODES]
    boxes, _, faults, _ = results([*NODES, *other], [*LINKS, ("L4", "L2", None), ("L4", "ML4", None), *[(f"M{a}", f"M{b}", None) for a, b, _ in LINKS]])

    assert logic.model(boxes[boxes["service"] == "S1"], faults).text == (
        "In the logic model of Storytime, “Reading hour”, “Families at storytime” and “Parents read at home” lead round in a circle; “Parents read at home” leads to a box of Desk.")


def test_a_service_asked_for_that_has_no_model_is_said():
    overview = results()[3]

    assert logic.undrawn(results()[0].head(0), overview, service="S2").text == "Desk, which this page was asked to draw, has no logic model yet. There is a model of Storytime."
    assert logic.undrawn(results()[0].head(0), overview, service="S9").text.startswith("The service that this page was asked to draw has ended.")
    assert logic.undrawn(results()[0], overview, service="S1") is None


def test_every_fault_says_where_it_is_and_how_to_mend_it():
    other = [(f"M{node}", "S2", *rest) for node, _, *rest in NODES]
    links = [*LINKS, ("L4", "L2", None), ("L4", "ML4", None), ("L3", "L3", None), ("L1", "L3", None), *[(f"M{a}", f"M{b}", None) for a, b, _ in LINKS]]
    shown = tables.faults(results([*NODES, *other, COUNTED], [*links, ("L8", "L5", None), ("L3", "L8", None)])[2]).rows

    assert shown["where"].tolist() == ["Reading hour → Families at storytime → Parents read at home → Reading hour", "Parents read at home → Parents read at home",
                                       "Families at storytime", "Books → Families at storytime", "Children know rhymes"]
    assert shown["mend"].iloc[1] == "Add that step to this model too, or drop the arrow: “Parents read at home” belongs to Desk."
    assert shown["what"].iloc[-1] == "hint: outcome with a KPI of an earlier stage"
    assert set(tables.MEND) == set(models.KINDS)


def test_services_without_a_model_show_dashes_and_not_zeros():
    text = html.records(tables.overview(results()[3]).rows, tables.overview(results()[3]).columns).splitlines()

    assert text[1] == "Storytime | 30% | 1 | 1 | 1 | 1 | 1 | 100% | complete"
    assert text[2] == "Desk | 15% | – | – | – | – | – | – | no model"


def test_of_a_plan_without_models_only_the_services_and_their_support_are_listed():
    assert [column.name for column in tables.overview(results([], [])[3]).columns] == ["service_name", "value", "word"]


def test_what_must_hold_is_a_dash_where_nothing_is_said():
    table = tables.assumptions(results()[1])

    assert html.records(table.rows, table.columns).splitlines()[1:3] == ["Storytime | Parents read at home | Every child reads by eight | –",
                                                                         "Storytime | Families at storytime | Parents read at home | They have books"]


def test_a_fault_is_marked_by_a_word_and_not_by_colour_alone():
    boxes, arrows, faults, _ = BROKEN
    chart = charts.model(boxes, arrows, faults)
    drawn = [text.get_text().replace("\n", " ") for text in chart.figure.axes[0].texts]

    assert "leads nowhere" in drawn and "no KPI" in drawn
    assert "KPI of an output: Storytime attendance" in drawn
    assert chart.alt.startswith("A logic model in five columns, with 8 boxes and 9 arrows; 2 boxes are marked. Inputs (1): Books. ")
    assert "Sheets handed out (leads nowhere)" in chart.alt


@pytest.mark.parametrize("boxes", [5, 25, 40])
def test_boxes_never_overlap_and_no_text_leaves_its_box_or_is_small(boxes):
    stages = [models.STAGES[place % 5] for place in range(boxes)]
    nodes = [(f"L{place:02}", "S1", stage, f"Box {place} says information-literacy and Informationskompetenzvermittlung", "K1") for place, stage in enumerate(stages)]
    links = [(f"L{a:02}", f"L{b:02}", None) for a in range(boxes) for b in (a + 1, a + 3, a - 4) if 0 <= b < boxes]
    rows, arrows, faults, _ = results(nodes, links)
    made = charts.model(rows, arrows, faults).figure
    canvas.png(made)
    draw = made.canvas.get_renderer()
    frames = [patch.get_window_extent(draw) for patch in made.axes[0].patches if type(patch).__name__ == "FancyBboxPatch"]
    texts = [text for text in made.axes[0].texts if text.get_text() and text.get_zorder() == 4]

    assert len(frames) == boxes
    assert not any(one.overlaps(other) for place, one in enumerate(frames) for other in frames[place + 1:])
    assert min(text.get_fontsize() for text in texts) >= 8
    for text in texts:
        inner = text.get_window_extent(draw)
        assert any(frame.x0 <= inner.x0 and inner.x1 <= frame.x1 and frame.y0 <= inner.y0 + 1 and inner.y1 <= frame.y1 for frame in frames), text.get_text()


def test_a_stage_without_a_box_says_so():
    rows, arrows, faults, _ = results(NODES[:3], LINKS[:2])
    drawn = [text.get_text() for text in charts.model(rows, arrows, faults).figure.axes[0].texts]

    assert drawn.count("no box yet") == 2
