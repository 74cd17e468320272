"""Charts of step 1 on ratings and peers: what they draw and what they say in words."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import ratings
from planning.show import charts, language, tables
from planning.show.charts import canvas

SERVICES = pd.DataFrame({"service": ["S1", "S2"], "name": ["Van", "Desk"]})
ROWS = [[f"{group[0]}{place}", group, service, base + place % 2, 5 - place % 3] for group, base in (("patrons", 4.0), ("staff", 2.0), ("leadership", 3.0))
        for service in ("S1", "S2") for place in range(6)]
RATED = pd.DataFrame(ROWS, columns=["rater", "group", "service", "quality", "relevance"])


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


@pytest.mark.parametrize("goals", [["Every child reads by eight"] * 6, ["New researchers productive in three months", "Competitor moves known"] * 4, ["Internationalisation"] * 12])
def test_goals_over_a_grid_of_services_never_run_into_one_another(goals: list[str]):
    pairs = pd.DataFrame([[f"G{n}", f"{name} {n}", 0.1, f"Service {s}", 0.5] for n, name in enumerate(goals) for s in range(12)],
                         columns=["goal", "goal_name", "weight", "service_name", "strength"])
    figure = charts.needs.matrix(pairs).figure
    canvas.png(figure)
    boxes = [label.get_window_extent(figure.canvas.get_renderer()) for label in figure.axes[0].get_xticklabels()]

    assert all(left.x1 <= right.x0 for left, right in zip(boxes, boxes[1:]))
    assert max(box.y1 for box in boxes) <= figure.bbox.y1


def test_a_body_that_set_every_goal_is_named_once_under_the_table():
    rows = pd.DataFrame({"name": ["Read", "Work"], "weight": [0.6, 0.4], "set_by": "Board", "valid_from": pd.NaT, "horizon": pd.NaT, "replaces_name": None})
    same, apart = tables.needs.goals(rows), tables.needs.goals(rows.assign(set_by=["Board", "Mayor"], replaces_name=["Old", None]))

    assert same.note == "Set by: Board." and apart.note == ""
    assert [column.title for column in same.columns] == ["Goal", "Weight", "In force since", "To be reached by"]
    assert [column.title for column in apart.columns] == ["Goal", "Weight", "Set by", "In force since", "To be reached by", "Replaces"]


def test_the_diagonal_crosses_the_chart_without_moving_its_limits():
    placed = ratings.importance_performance(RATED.assign(quality=RATED["quality"].where(RATED["service"] == "S1", 1.0)), SERVICES, small_group=5, seed=1)
    chart = charts.needs.importance_performance(placed)
    axes = chart.figure.axes[0]
    broken = next(line for line in axes.lines if line.is_dashed())

    assert list(broken.get_xdata()) == list(broken.get_ydata())
    assert broken.get_xdata()[0] <= min(axes.get_xlim()[0], axes.get_ylim()[0]) and broken.get_xdata()[1] >= max(axes.get_xlim()[1], axes.get_ylim()[1])
    assert axes.get_xlim()[1] < 5.5
    assert "above the diagonal: 1 of 2" in chart.alt


def test_peers_over_the_years_say_the_first_and_the_last_year():
    rows = pd.DataFrame({"measure": "visits_per_head", "fiscal_year": [2016, 2017, 2018], "own": [2.0, 2.1, 2.4], "median": 2.0, "relative": [1.0, 1.05, 1.2], "below": [0.5, 0.6, 0.8], "n": 15,
                         "first_year": 2016, "last_year": 2018, "first": 1.0, "last": 1.2, "moved": 0.2})
    chart = charts.needs.beside_peers(rows)

    assert chart.alt.endswith("Visits per person 1.00 in 2016, 1.20 in 2018")
    assert len(chart.table.rows) == 3 and chart.basis == "15 peers"


def test_columns_that_no_peer_reports_are_left_out_of_the_list():
    rows = pd.DataFrame({"peer": [None, "A"], "name": [None, "Ash"], "distance": [None, 0.1], "fiscal_year": 2018, "population": [900.0, 800.0], "spending_total": [None, None],
                         "staff_fte": [2.0, 3.0], "outlets": [1.0, None]})
    table = tables.needs.peers(rows)

    assert table.rows["name"].tolist() == ["This library", "Ash"]
    assert [column.name for column in table.columns] == ["name", "distance", "population", "staff_fte", "outlets", "fiscal_year"]
