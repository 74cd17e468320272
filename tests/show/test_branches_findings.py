"""Sentences, charts and tables of branches: what they say for three branches, for many, for two, for one and for none."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from matplotlib.text import Text

from planning.analysis import branches as analysis
from planning.show import language
from planning.show.charts import branches as charts
from planning.show.charts import canvas
from planning.show.findings import branches
from planning.show.records import Chart, Table
from planning.show.tables import branches as tables

DATA = ROOT.parent / "shared" / "data" / "series"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the real series are not beside the project")
EVENTS = pd.DataFrame({"event": [], "date": pd.to_datetime([]), "name": [], "kpi": []})


@pytest.fixture(autouse=True)
def english() -> None:
    language.use("en", "USD")


def standing(*rows: tuple[str, float, float], **columns: object) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["branch_name", "value", "before"])
    made = found.assign(branch=[f"B{n}" for n in range(len(found))], first="2025-07", until="2026-06", share=found["value"] / found["value"].sum(), change=found["value"] / found["before"] - 1,
                        others=0.0, against=0.0, compared=True, small=False, why="", outside="", band_low=np.nan, band_high=np.nan, base_until="2019-06", base=found["before"],
                        recovered=found["value"] / found["before"], since_compared=True, trend=np.nan, trend_low=np.nan, trend_high=np.nan, points=24)
    return made.assign(**columns)


def moves(*rows: tuple[str, str, str | None, bool, float], watched: int = 4, by_chance: float = 0.3) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["branch_name", "moved", "since", "lasting", "gap"])
    return found.assign(branch=[f"B{n}" for n in range(len(found))], until="2026-06", periods=9, share=0.2, event="", own="", own_since=None, watched=watched, by_chance=by_chance)


def test_the_whole_is_told_with_the_change_over_the_branches_that_can_be_compared() -> None:
    assert branches.whole(standing(("East", 110, 100), ("West", 90, 100)), measure="Loans").text == "In the year to June 2026, 2 branches counted 200 loans. That is about as many as the year before."
    part = branches.whole(standing(("East", 110, 100), ("West", 90, 100), compared=[True, False]), measure="Print loans")
    assert part.text == "In the year to June 2026, 2 branches counted 200 print loans. The one of them that was counted in every period of both years has 10% more than the year before."
    none = branches.whole(standing(("East", 110, 100), until="2026", compared=False), measure="Visits")
    assert none.text == "In 2026, 1 branch counted 110 visits. No branch was counted in every period of this year and of the year before, so nothing is compared."
    assert none.tone == "unknown"


def test_a_usual_range_is_told_only_where_there_is_one() -> None:
    few = branches.changed(standing(("East", 110, 100), ("West", 80, 100), ("Van", 100, 100)))
    many = branches.changed(standing(("East", 110, 100), ("West", 60, 100), outside=["", "below"], band_low=-0.1, band_high=0.2))

    assert few.text == "Against the year before, branches changed by −20% (West) to +10% (East)."
    assert many.text == "Of 2 branches compared, most changed by −10% to +20% from the year before. Outside this range: West (−40%)." and many.tone == "bad"
    assert branches.changed(standing(("East", 110, 100), compared=False)) is None
    assert branches.changed(standing(("East", 110, 100), ("West", 1, 1), compared=[True, False])).text == "East changed by +10% from the year before; no other branch can be compared."


def test_who_left_the_course_is_told_with_month_and_size_and_with_how_many_chance_would_give() -> None:
    some = branches.unlike(moves(("West", "down", "2025-01", True, -0.28), ("East", "up", "2025-03", True, 0.17), ("Van", "", None, False, np.nan), ("Hall", "up", "2026-01", False, 0.1)))
    none = branches.unlike(moves(("West", "", None, False, np.nan), ("East", "up", "2025-03", False, 0.17), watched=2))

    assert some.text == ("Of 4 branches, West stands furthest off the course of the others: 28% below its earlier place beside them since January 2025. "
                         "1 other branch is off it too; with so few, one may be the mirror of the other.")
    assert (some.tone, some.grade) == ("bad", "estimated")
    assert none.text == "Branches move together: none of the 2 watched stays off the course that the others share." and none.tone == "good"
    assert branches.unlike(moves(("West", "up", "2025-01", True, 0.28), watched=82, by_chance=5.7)).text == (
        "1 of 82 branches watched has left the course of the others and stays off it; by chance about 6 would signal. Above: West (by 28% since January 2025).")


def test_where_most_branches_are_off_there_is_no_common_course_to_be_off() -> None:
    found = branches.unlike(moves(*((name, "down", "2025-01", True, -0.28) for name in "ABCDE"), watched=9))

    assert found.text == ("Branches share no common course: 5 of 9 watched stay off what the others do; by chance fewer than one would signal. "
                          "5 stand below, furthest A (by 28% since January 2025).")


def test_of_two_branches_nobody_is_said_to_be_the_one_that_moved() -> None:
    found = branches.unlike(moves(("West", "down", "2025-01", True, -0.28), ("East", "up", "2025-01", True, 0.39), watched=2))

    assert found.text == "Since January 2025, West stands 28% below its earlier place beside East. With two branches the figures cannot say which of them moved."
    assert found.tone == "plain"


def closures(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["branch_name", "kind", "since", "until"]).assign(branch=[f"B{n}" for n in range(len(rows))], periods=3, now=True)


def test_closed_back_and_new_branches_are_named_with_their_months() -> None:
    told = closures(("Hall", "closed", "2026-02", "2026-06"), ("West", "closed and back", "2025-02", "2025-04"), ("Van", "closed and back", "2025-05", "2025-05"), ("Mill", "new", "2025-09", "2025-09"))
    found = branches.closed(told, standing(("East", 110, 100), ("West", 90, 100), compared=[True, False]))

    assert found.text == ("Closed now: Hall (since February 2026). Closed within the last two years and back: West (February 2025 to April 2025) and Van (May 2025). New: Mill (since September 2025). "
                          "1 of 2 branches was not counted in every period of both years and is named, not compared.")
    assert branches.closed(told.head(0), standing(("East", 110, 100))) is None


def test_concentration_reads_for_one_large_branch_and_for_many() -> None:
    one = pd.DataFrame({"branches": [3], "half": [1], "largest": ["East"], "largest_share": [0.6]})

    assert branches.concentrated(one).text == "East alone carries 60% of the use of 3 branches."
    assert branches.concentrated(one.assign(half=2)).text == "2 of 3 branches carry half of the use; the largest, East, carries 60%."
    assert branches.concentrated(one.assign(branches=1)) is None and branches.concentrated(one.head(0)) is None


def test_what_came_back_is_set_against_the_year_looked_back_to() -> None:
    found = branches.recovered(standing(("East", 110, 100), ("West", 60, 100), ("Van", 90, 100)))

    assert found.text == "The 3 branches counted in every period of the year to June 2019 and of the latest year have 87% of what they had then. 1 of them has as much or more: East (110%). Least has West (60%)."
    assert branches.recovered(standing(("East", 110, 100), since_compared=False)) is None
    assert branches.recovered(standing(("East", 60, 100))).text == "The one branch counted in every period of the year to June 2019 and of the latest year has 60% of what it had then."


def test_the_trend_gives_the_interval_and_says_where_nothing_is_clear() -> None:
    rows = standing(("East", 1, 1), ("West", 1, 1), ("Van", 1, 1), trend=[0.02, -0.09, 0.01], trend_low=[0.01, -0.11, -0.01], trend_high=[0.03, -0.07, 0.02])

    assert branches.trend(rows).text == ("Over the whole time 1 branch falls steadily: West, by 9.0% (95% interval 7.0% to 11.0%) a year. "
                                         "1 rises: East, by 2.0% (95% interval 1.0% to 3.0%) a year. For 1 no steady rise or fall is clear.")
    assert branches.trend(standing(("East", 1, 1))) is None


def test_the_chart_is_the_table_where_no_branch_can_be_compared() -> None:
    assert isinstance(charts.change(standing(("East", 110, 100), compared=False), moves().head(0), measure="Loans"), Table)


def test_few_branches_are_all_named_and_of_many_only_the_outstanding() -> None:
    few = charts.change(standing(("East", 110, 100), ("West", 80, 100)), moves(("East", "", None, False, np.nan)), measure="Loans")
    many = standing(*((f"Branch {n}", 1000 + n, 1000) for n in range(60)), outside=["below"] + [""] * 58 + ["above"], band_low=-0.01, band_high=0.055)
    chart = charts.change(many, moves(("Branch 1", "", None, False, np.nan)), measure="Loans")
    said = [text.get_text() for text in chart.figure.axes[0].texts]

    assert [label.get_text() for label in few.figure.axes[0].get_yticklabels()] == ["West", "East"]
    assert few.alt.endswith("all together −5%. West −20%; East +10%")
    assert len(said) == 6 and "Branch 59 +6%" in said
    assert chart.basis == "60 branches compared"


def test_no_names_of_a_hundred_branches_lie_on_one_another_or_outside_the_picture() -> None:
    rng = np.random.default_rng(3)
    rows = standing(*((f"Branch with a rather long name {n}", 1000 * np.exp(change), 1000) for n, change in enumerate(rng.standard_t(2, 100) / 8)), band_low=-0.3, band_high=0.3)
    rows["outside"] = np.select([rows["change"] > 0.3, rows["change"] < -0.3], ["above", "below"], "")

    chart = charts.change(rows, moves(("East", "", None, False, np.nan)), measure="Loans")
    canvas.png(chart.figure)
    boxes = [Text.get_window_extent(text) for text in chart.figure.axes[0].texts]
    edge = chart.figure.bbox

    assert 6 <= len(boxes) <= 12
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[place + 1:])
    assert all(box.x0 >= edge.x0 - 1 and box.x1 <= edge.x1 + 1 for box in boxes)


def test_the_table_names_why_a_branch_is_not_compared_and_marks_small_bases() -> None:
    rows = standing(("East", 110, 100), ("West", 30, 20), ("Van", 5, 0), small=[False, True, True], compared=[True, True, False], why=["", "", "closed all year"])
    table = tables.standing(rows, moves(("East", "down", "2025-01", True, -0.28), ("West", "up", "2026-01", False, 0.2)), measure="Loans")

    assert table.rows["note"].astype(object).where(table.rows["note"].notna(), None).tolist() == [None, "fewer than 100 the year before: percentages say little", "closed all year"]
    assert table.rows["unlike"].tolist()[:2] == ["28% below since January 2025", "for a time 20% above, from January 2026"]
    assert table.columns[1].title == "Year to June 2026"


def test_a_move_is_tabled_with_the_branchs_own_figures_and_the_event_beside_it() -> None:
    rows = moves(("East", "down", "2025-01", True, -0.28), ("West", "", None, False, np.nan)).assign(own=["down", ""], own_since=["2024-11", None], event=["Flood", ""])

    assert tables.moves(rows).rows[["off", "itself", "beside"]].astype(object).values.tolist()[0] == ["28% below since January 2025", "down since November 2024", "Flood"]
    assert tables.moves(rows).rows[["off", "itself", "beside"]].iloc[1].isna().all()


def test_closures_of_most_branches_have_a_name_too() -> None:
    table = tables.closures(closures(("Hall", "closed", "2026-02", "2026-06"), (None, "closed together", "2020-04", "2020-05")))

    assert table.rows["name"].tolist() == ["Hall", "Most branches"]


@pytest.mark.parametrize("name", ["riverbend_public", "northfield_university", "calder_research"])
def test_every_sample_and_measure_can_be_told_drawn_and_tabled(name: str) -> None:
    from planning.model.plan import open_plan

    plan = open_plan(ROOT / "data" / name)
    for measure in plan.branch_values["measure"].unique():
        rows = analysis.course(plan.branch_values, plan.branches, measure=measure, as_of=plan.as_of, fiscal_year_start=plan.facts["fiscal_year_start"])
        place, lines = analysis.standing(rows), analysis.distances(rows)
        moved = analysis.moves(lines, place, plan.events)
        told = [branches.whole(place, measure=measure), branches.changed(place), branches.unlike(moved), branches.closed(analysis.closures(rows, plan.branches), place),
                branches.concentrated(analysis.concentration(place)), branches.recovered(place), branches.trend(place)]
        assert all("nan" not in one.text and "not available" not in one.text for one in told if one)
        assert isinstance(charts.change(place, moved, measure=measure), Chart if place["compared"].any() else Table)
        assert moved.empty or "nan" not in charts.unlike(moved, lines).alt


def test_riverbends_west_branch_fades_while_the_whole_holds_and_the_van_is_visited_more() -> None:
    from planning.model.plan import open_plan

    plan = open_plan(ROOT / "data" / "riverbend_public")
    told = {}
    for measure in ("Loans", "Visits"):
        rows = analysis.course(plan.branch_values, plan.branches, measure=measure, as_of=plan.as_of, fiscal_year_start=7)
        told[measure] = analysis.moves(analysis.distances(rows), analysis.standing(rows), plan.events).set_index("branch_name")

    assert told["Loans"].loc["West branch", ["moved", "lasting", "since"]].tolist() == ["down", True, "2025-01"]
    assert told["Visits"].loc["Mobile library", ["moved", "lasting"]].tolist() == ["up", True]


@real
def test_toronto_reads_with_a_hundred_branches() -> None:
    toronto = pd.read_csv(DATA / "toronto" / "tpl-visits-annual-by-branch-2012-2022.csv").rename(columns={"BranchCode": "branch", "Year": "period", "Visits": "value"}).astype({"period": str})
    names = pd.DataFrame({"branch": toronto["branch"].unique()}).assign(name=lambda rows: rows["branch"], closed=pd.NaT)
    rows = analysis.course(toronto.assign(measure="Visits", value=toronto["value"].astype(float)), names, measure="Visits", as_of=dt.date(2022, 12, 31))
    place, lines = analysis.standing(rows), analysis.distances(rows)
    moved = analysis.moves(lines, place, EVENTS)
    chart = charts.unlike(moved, lines)

    assert branches.whole(place, measure="Visits").text == "In 2022, 103 branches counted 9,566,486 visits. The 95 of them that were counted in every period of both years have 2.3 times as many as the year before."
    assert branches.concentrated(analysis.concentration(place)).text == "20 of 103 branches carry half of the use; the largest, CL, carries 9%."
    # Years resemble one another here by some tenths, so that more than fewer than one signals by chance.
    assert "by chance about 2 would signal" in branches.unlike(moved).text
    assert len([axes for axes in chart.figure.axes if axes.lines]) == 9
    assert len(charts.change(place, moved, measure="Visits").table.rows) == 104
