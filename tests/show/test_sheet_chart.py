"""The plan on one sheet: what stands on it, that nothing runs over the foot, and that what is missing leaves no heading."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.show import charts, language
from planning.show.charts import canvas
from planning.show.records import Chart, Finding


@pytest.fixture(autouse=True)
def english() -> None:
    language.use("en", "USD")


LONG = "The share of people who found what they came for rose from 40% to 52%, more than chance would move it, and nobody knows yet whether it lasts. " * 3


def sheet(goals: int = 6, changed: int = 2, asks: int = 2, ahead: int = 3, text: str = "Visits rose from 10 to 20.") -> Chart:
    weights = pd.DataFrame({"goal": [f"G{n}" for n in range(goals)], "name": [f"Goal number {n} of the board" for n in range(goals)], "weight": [1 / goals] * goals if goals else []})
    progress = pd.DataFrame({"status": ["on target", "behind", "behind", "stale"]})
    asked = pd.DataFrame({"open": True, "when": "later", "name": [f"Approve {n}" for n in range(asks)], "by": pd.to_datetime(["2026-08-31", None][:asks] + [None] * (asks - 2))})
    nxt = pd.DataFrame({"step": [1, 2, 7][:ahead], "next": ["Board meets", "Desk opens", "press"][:ahead], "next_day": pd.to_datetime(["2026-09-02", "2026-08-01", "2026-07-01"][:ahead])})
    return charts.sheet.one_sheet(progress, weights, changed=[Finding(text)] * changed, against=[Finding("Cards fell.", "bad")], asks=asked, ahead=nxt,
                                  library="Mill Library", foot="As of 30 June 2026.")


def test_the_sheet_says_weights_statuses_changes_asks_and_what_comes_next() -> None:
    found = sheet()
    rows = found.table.rows

    assert found.finding.text == "6 goals, 1 of 4 KPIs on target: the plan on one sheet."
    assert rows.loc[rows["part"] == "status", ["text", "figure"]].values.tolist() == [["behind", "2"], ["on target", "1"], ["stale", "1"]]
    assert rows.loc[rows["part"] == "asked", "text"].tolist() == ["Approve 0 (answer by 31 August 2026)", "Approve 1"]
    assert rows.loc[rows["part"] == "ahead", "text"].tolist() == ["1 August 2026: “Desk opens” begins", "2 September 2026: the goal “Board meets” is due"]
    assert "Visits rose from 10 to 20." in found.alt


def test_what_is_missing_leaves_no_heading() -> None:
    texts = [text.get_text() for text in sheet(changed=0, asks=0, ahead=0).figure.axes[0].texts]

    assert "What did not go as we wished" in texts
    assert [heading for heading in ("What changed", "What we ask for", "What comes next") if heading in texts] == []


@pytest.mark.parametrize("goals", [0, 6, 9])
def test_long_statements_crowd_no_part_off_the_sheet(goals: int) -> None:
    rows = sheet(goals=goals, changed=3, asks=3, text=LONG).table.rows

    assert set(rows["part"]) == {"goal", "status", "changed", "against", "asked", "ahead"} - ({"goal"} if not goals else set())


def test_without_goals_the_sheet_says_so_and_shows_the_rest() -> None:
    found = sheet(goals=0)

    assert found.finding.text == "No goal is written down; 1 of 4 KPIs on target: the plan on one sheet."
    assert "not written down yet: no goals, no weights" in [text.get_text() for text in found.figure.axes[0].texts]


@pytest.mark.parametrize("goals", [1, 6, 14])
def test_nothing_runs_over_the_foot_or_the_edges_however_much_there_is_to_say(goals: int) -> None:
    figure = sheet(goals=goals, changed=3, asks=3, text=LONG).figure
    canvas.png(figure)
    renderer = figure.canvas.get_renderer()
    boxes = {text.get_text(): text.get_window_extent(renderer) for text in figure.axes[0].texts}
    foot = boxes.pop("As of 30 June 2026.")

    assert min(box.y0 for box in boxes.values()) >= foot.y1
    assert min(box.x0 for box in boxes.values()) >= 0 and max(box.x1 for box in boxes.values()) <= figure.bbox.x1
