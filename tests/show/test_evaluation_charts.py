"""Charts of step 4 say in words what they show, and give way to a table where every group is hidden."""

import pandas as pd

from planning.show.charts import evaluation
from planning.show.records import Table


def test_where_every_answer_is_hidden_the_chart_is_a_table():
    rows = pd.DataFrame({"question": ["Q1"], "text": ["It is warm"], "group": ["staff"], "low": [None], "high": [None], "hidden": [True]})
    parts = pd.DataFrame({"part": ["in person"], "hidden": [True]})

    assert isinstance(evaluation.agreement(rows), Table)
    assert isinstance(evaluation.promoters(rows), Table)
    assert isinstance(evaluation.segments(rows, ""), Table)
    assert isinstance(evaluation.closure(parts, parts, days=30), Table)


def test_hidden_segments_are_neither_drawn_nor_told():
    rows = pd.DataFrame({"question": "Q1", "text": "It is warm", "segment_name": ["Families", "Teens", "Seniors"], "n": [40.0, None, None], "agree": [0.5, None, None],
                         "low": [0.4, None, None], "high": [0.6, None, None], "everyone": 0.5, "clear": False, "hidden": [False, True, True]})

    chart = evaluation.segments(rows, "Q1")

    assert "Families: 50%" in chart.alt
    assert "Teens" not in chart.alt
    assert chart.basis == "40 answers"


def test_a_status_is_a_sign_and_a_word_and_not_a_colour_alone():
    rows = pd.DataFrame({"name": ["Visits", "Loans"], "status": ["behind", "no data"], "share_done": [0.0, None], "raw": [-0.2, None], "expected": [0.5, None],
                         "direction": "up", "value": [8.0, None], "unit": "visits", "period": ["2026-06", None], "target": 20.0, "target_low": None, "target_high": None, "achieved": pd.array([False, None], dtype="boolean")})

    chart = evaluation.status(rows)
    words = [text.get_text() for text in chart.figure.axes[0].texts]

    assert words == ["▲ behind, went backwards", "○ no data"]
    assert chart.alt.endswith("Visits: behind, 0% of the way, line at 50%; Loans: no data")
