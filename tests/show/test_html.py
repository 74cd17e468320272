"""Findings and tables as HTML: escaped, with scope and caption, missing as a dash."""

from __future__ import annotations

import pandas as pd

from planning.show import html
from planning.show.records import Column, Finding, Table

TABLE = Table("goals", pd.DataFrame({"name": ["A <b> & c", "Work"], "weight": [0.25, None]}), (Column("name", "Goal"), Column("weight", "Weight", "share")), "Goals")


def test_text_is_escaped_and_missing_is_a_dash() -> None:
    code = html.table(TABLE)

    assert "A &lt;b&gt; &amp; c" in code
    assert '<td class="num">25%</td>' in code and '<td class="num">–</td>' in code


def test_a_table_has_a_caption_column_headings_and_row_headings() -> None:
    code = html.table(TABLE)

    assert "<caption><span>Goals</span></caption>" in code
    assert '<th scope="col">Goal</th><th scope="col" class="num">Weight</th>' in code
    assert code.count('<th scope="row">') == 2


def test_a_long_table_says_how_many_rows_there_are_and_where_they_are() -> None:
    rows = pd.DataFrame({"name": [str(n) for n in range(30)]})

    code = html.table(Table("1_many", rows, (Column("name", "Name"),), "Many", most=10))

    assert code.count("<tr>") == 11
    assert "The first 10 of 30 rows; all of them are in results/1_many.csv." in code


def test_a_finding_says_in_words_whether_it_is_good_and_how_sure() -> None:
    code = html.findings([Finding("Visits <rose>", "good", "associated")])

    assert "Going well" in code and "Visits &lt;rose&gt;" in code and "associated, not shown to be a cause" in code


def test_true_and_false_are_words() -> None:
    assert [html.cell(value, Column("x", "X")) for value in (True, False)] == ["yes", "no"]
