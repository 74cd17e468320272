"""Charts and tables about surveys say in words what they show, and give way to a table where every group is hidden."""

import pandas as pd

from planning.analysis import surveys as answered, waves
from planning.show.charts import surveys
from planning.show.records import Chart, Table
from planning.show.tables import surveys as tables

QUESTIONS = pd.DataFrame({"question": ["Q1", "Q2"], "text": ["It is warm", "It is quiet"], "scale": "agree 1-5", "group": ["patrons", "staff"], "service": None})


def answers(question, values, survey="SV2", date="2026-05-04"):
    return pd.DataFrame({"respondent": [f"{survey}{question}{i}" for i in range(len(values))], "date": pd.Timestamp(date), "segment": None, "question": question, "answer": [float(v) for v in values], "survey": survey})


def agreement(small_group=5):
    given = pd.concat([answers("Q1", [5, 5, 4, 3, 2, 1, 1, 4]), answers("Q2", [4, 4, 4])])
    return answered.agreement(given, QUESTIONS, small_group=small_group)


def test_where_every_answer_is_hidden_the_chart_is_a_table():
    rows = pd.DataFrame({"question": ["Q1"], "text": ["It is warm"], "group": ["staff"], "low": [None], "high": [None], "hidden": [True]})

    assert isinstance(surveys.agreement(agreement(small_group=9)), Table)
    assert isinstance(surveys.promoters(rows), Table)
    assert isinstance(surveys.segments(rows, ""), Table)


def test_hidden_segments_are_neither_drawn_nor_told():
    rows = pd.DataFrame({"question": "Q1", "text": "It is warm", "segment_name": ["Families", "Teens", "Seniors"], "n": [40.0, None, None], "agree": [0.5, None, None],
                         "low": [0.4, None, None], "high": [0.6, None, None], "everyone": 0.5, "clear": False, "hidden": [False, True, True]})

    chart = surveys.segments(rows, "Q1")

    assert "Families: 50%" in chart.alt
    assert "Teens" not in chart.alt
    assert chart.basis == "40 answers"


def test_agreement_leans_right_disagreement_left_and_neither_stands_aside():
    chart = surveys.agreement(agreement())
    axes, aside = chart.figure.axes
    reach = sorted(round(bar.get_x() + bar.get_width(), 3) for bar in axes.patches)

    assert "It is warm: 50% agree, 22% to 78%, 25% strongly; 38% disagree" in chart.alt
    assert (reach[0], reach[-1]) == (-0.375, 0.5)
    assert [round(bar.get_width(), 3) for bar in aside.patches] == [0.125]
    assert "It is quiet" not in chart.alt and "1 row has too few answers and is not shown." in chart.table.note
    assert "Mean" in [column.title for column in chart.table.columns] and "nobody knows" in chart.table.note


def test_a_change_is_drawn_as_two_dots_and_told_with_its_verdict():
    given = pd.concat([answers("Q1", [4] * 5 + [1] * 35, "SV1", "2025-05-04"), answers("Q1", [4] * 30 + [1] * 10)])
    rows = waves.changes(answered.counted(given, QUESTIONS, small_group=5), pd.DataFrame({"survey": ["SV1", "SV2"], "name": ["Spring 2025", "Spring 2026"]}), small_group=5)
    chart = surveys.changes(rows)

    assert chart.alt.endswith("It is warm: 13% to 75%, more than chance")
    assert [text.get_text() for text in chart.figure.axes[0].texts] == ["13% to 75%\nmore than chance"]
    assert isinstance(surveys.changes(rows.assign(hidden=True)), Table)


def test_pairs_whose_steps_are_not_marked_as_good_are_a_table():
    rows = pd.DataFrame({"text": ["How sure"], "n": [9.0], "before_good": [None], "after_good": [None], "rose": [5.0], "fell": [1.0], "stayed": [3.0], "difference": [0.5], "low": [0.1], "high": [0.9],
                         "gap_days": [7.0], "clear": [False], "hidden": [False]})
    assert isinstance(surveys.pairs(rows), Table)


def test_the_chart_of_groups_shows_the_surest_difference_and_the_table_all():
    shares = pd.DataFrame({"question": "Q1", "trait": "Age", "value": ["old", "young", "tiny"], "n": [20.0, 30.0, None], "good": [0.2, 0.6, None], "low": [0.1, 0.4, None], "high": [0.4, 0.8, None],
                           "everyone": 0.4, "hidden": [False, False, True]})
    rows = pd.DataFrame({"question": ["Q1", "Q2"], "text": ["It is warm", "It is quiet"], "scale": "yes no", "trait": "Age", "n": 50.0, "lowest": "old", "lowest_n": 20.0, "lowest_good": 0.2, "highest": "young", "highest_n": 30.0, "highest_good": 0.6,
                         "size": "medium", "clear": [True, False], "hidden": False})
    chart = surveys.groups(shares, rows)

    assert isinstance(chart, Chart) and chart.alt == "“It is warm” by Age, everyone 40%. old: 20%, 10% to 40%; young: 60%, 40% to 80%"
    assert chart.table.rows["high"].tolist() == ["young, 60% of 30"] * 2 and chart.table.note.startswith("2 comparisons were made")
    assert isinstance(surveys.groups(shares, rows.assign(hidden=True)), Table)


def test_the_table_of_response_says_where_no_margin_can_be_given():
    row = {"survey_name": "Spring", "group": "patrons", "end": pd.Timestamp("2026-05-12"), "people": 1000.0, "invited": 400.0, "answered": 100.0, "rate": 0.25}
    rows = pd.DataFrame([row | {"chosen": "chance", "claim": "chance", "margin": 0.093}, row | {"chosen": "open", "claim": "open", "margin": None},
                         row | {"chosen": "everyone", "claim": "chance", "margin": 0.0}, row | {"chosen": None, "claim": "not told", "margin": None}])

    assert tables.response(rows).rows["within"].tolist() == ["±9 points", "whoever wanted to: no margin", "everyone answered", "not put down how: no margin"]
    assert tables.response(rows).rows["who"].tolist() == ["patrons, drawn by lot", "patrons, open to all", "patrons, everyone asked", "patrons"]
