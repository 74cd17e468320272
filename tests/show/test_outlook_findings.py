"""Sentences, charts and tables on the four lists, the moves, trends and cases."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import scan, swot
from planning.show import language
from planning.show.charts import canvas
from planning.show.charts import outlook as charts
from planning.show.findings import outlook
from planning.show.records import Table
from planning.show.tables import outlook as tables

AS_OF = dt.date(2026, 6, 30)
GOALS = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Every child reads", "Nobody is left offline"], "weight": [0.6, 0.4]})
ROLES = pd.DataFrame({"role": ["R1"], "name": ["Director"]})
INITIATIVES = pd.DataFrame({"initiative": ["I1"], "name": ["Paid hosts"], "status": ["candidate"]})


@pytest.fixture(autouse=True)
def english() -> None:
    language.use("en", "USD")


def lists(*rows: tuple[str, str, str, float | None]) -> pd.DataFrame:
    written = pd.DataFrame(rows, columns=["item", "kind", "name", "weight"]).assign(goal="G2", basis="A count", date=pd.NaT)
    return swot.items(written.astype({"weight": float}), GOALS)


FOUR = lists(("S1", "strength", "Job desk", 5), ("W1", "weakness", "Long waits", 4), ("O1", "opportunity", "Plants hire", 3), ("T1", "threat", "Flood", 4))


def moves(items: pd.DataFrame, *rows: tuple[str, str, str, str | None, str | None]) -> pd.DataFrame:
    planned = pd.DataFrame(rows, columns=["move", "inside", "outside", "owner", "due"]).assign(initiative=None)
    planned = planned.assign(name="Do " + planned["move"], due=pd.to_datetime(planned["due"]))
    return swot.moves(planned, items, roles=ROLES, initiatives=INITIATIVES, as_of=AS_OF)


def open_ends(items: pd.DataFrame, made: pd.DataFrame) -> list[str]:
    return [finding.text for finding in outlook.gaps(swot.gaps(items, made), swot.cells(items, made))]


def changes(*rows: tuple[str, float | None, float | None, float | None, str | None]) -> pd.DataFrame:
    written = pd.DataFrame(rows, columns=["trend", "impact", "certainty", "years", "date"]).assign(kind="society", goal="G1", means=None, effect="hinders", source=None)
    written = written.assign(name="Change " + written["trend"], date=pd.to_datetime(written["date"])).astype({"impact": float, "certainty": float, "years": float})
    return scan.trends(written, GOALS, as_of=AS_OF)


def elsewhere(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    written = pd.DataFrame(rows, columns=["case", "outcome", "lesson"]).assign(library="Mill Library", name="Hosts by the hour", goal="G1", initiative="I1", source=None, date=pd.NaT)
    return scan.cases(written, GOALS, initiatives=INITIATIVES)


def test_heavy_items_are_counted_and_the_goal_on_which_they_gather_is_named() -> None:
    assert outlook.weights(FOUR).text == "Of 4 items, 3 weigh 4 or 5 of 5: 1 helps and 2 hinder. Those that hinder bear most often on “Nobody is left offline” (2 times)."
    assert outlook.weights(lists(("S1", "strength", "Desk", 5))).text == "Of 1 item, 1 weighs 4 or 5 of 5: 1 helps and none hinders."
    assert outlook.weights(lists(("S1", "strength", "Desk", 2))).text == "The one item that is written down weighs less than 4 of 5, or has no weight."


def test_only_strengths_are_told_with_what_would_help() -> None:
    told = outlook.lists(lists(("S1", "strength", "Desk", 5), ("S2", "strength", "Staff", None)))

    assert told[0].text.startswith("There is no weakness, no opportunity and no threat on the lists, so no move can be paired with it.")
    assert told[0].tone == "unknown"
    assert told[1].text == "“Staff” has no weight, so nobody can say how much it matters."
    assert told[2].text == "Each of the 2 items says what it rests on."


def test_moves_are_told_by_kind_of_pair_in_the_grammar_of_one_and_many() -> None:
    made = moves(FOUR, ("M1", "S1", "O1", "R1", "2026-09-01"), ("M2", "W1", "T1", "R1", None), ("M3", "W1", "T1", "R1", None))

    assert outlook.moves(swot.cells(FOUR, made)).text == "Of 3 moves, 1 uses a strength for an opportunity and 2 keep a weakness from meeting a threat. 1 has both an owner and a date."
    assert outlook.moves(swot.cells(FOUR, made.iloc[:1])).text == "There is one move: it uses a strength for an opportunity. It has an owner and a date."


def test_what_is_open_is_told_with_owners_and_dates_in_one_sentence() -> None:
    made = moves(FOUR, ("M1", "S1", "O1", None, "2026-09-01"), ("M2", "S1", "O1", "R1", None))

    assert open_ends(FOUR, made) == [
        "“Flood” and “Long waits” matter much (4 or 5 of 5), and no move takes them up.", "1 move has no owner (“Do M1”); 1 move has no date (“Do M2”).",
        "3 kinds of pair have no move, though both lists hold items: a threat guarded against with a strength, a weakness mended to take an opportunity and a weakness kept from meeting a threat."]


def test_moves_of_one_side_are_told_with_what_to_do() -> None:
    made = moves(FOUR, ("M1", "S1", "W1", "R1", "2026-09-01"))

    assert open_ends(FOUR, made)[0] == "“Do M1” does not pair an inner with an outer item. Name one strength or weakness, and one opportunity or threat."


def test_an_owner_of_many_moves_is_named() -> None:
    made = moves(FOUR, *((f"M{n}", "S1", "O1", "R1", "2026-09-01") for n in range(4)))

    assert "1 owner holds more than 3 moves: Director (4)." in open_ends(FOUR, made)
    assert outlook.carried(made).text == "4 of 4 moves have no initiative, so no money and no hours are set aside for them: “Do M0”, “Do M1” and 2 more."


def test_the_first_changes_are_named_with_their_parts() -> None:
    rows = changes(("A", 5, 3, 0, "2026-05-01"), ("B", 2, 2, 3, "2026-05-01"))

    assert outlook.trends(rows).text == "Of 2 changes outside, “Change A” (impact 5 of 5, under way, felt now) comes first; 1 is felt within a year."


def test_changes_without_impact_or_certainty_are_told_and_not_ordered() -> None:
    rows = changes(("A", None, 3, 0, "2025-01-01"), ("B", 2, None, None, None))

    assert outlook.trends(rows).tone == "unknown"
    assert [finding.text for finding in outlook.trend_limits(rows)] == [
        "1 trend has not been looked at for more than a year: “Change A” (last in January 2025).",
        "“Change B” has no date, so nobody can tell whether it was looked at of late.",
        "“Change A” and “Change B” cannot be weighed, because impact or certainty is missing."]


def test_a_goal_that_nobody_looked_out_for_is_named() -> None:
    rows = changes(("A", 5, 3, 0, "2026-05-01"), ("B", 2, 2, 3, "2026-05-01"))
    told = outlook.scanned(scan.by_goal(GOALS, rows, elsewhere(("C1", "worked", None))))

    assert [finding.text for finding in told] == ["Nobody looked outside for “Nobody is left offline”: it has no trend and no case.",
                                                  "Trends stand most against “Every child reads” (2 hinder, none helps)."]
    assert outlook.scanned(scan.by_goal(GOALS, rows.iloc[:0], elsewhere())) == []


def test_failures_are_counted_and_a_list_of_successes_is_doubted() -> None:
    assert outlook.failures(scan.outcomes(elsewhere(("C1", "failed", None), ("C2", "worked", None), ("C3", "worked", None)))).text == (
        "Of 3 cases from other libraries, 1 failed (33%) and none was mixed.")
    assert outlook.failures(scan.outcomes(elsewhere(("C1", "worked", None), ("C2", "worked", None)))).text.endswith("Failures are told less readily: ask for some.")


def test_what_failed_elsewhere_is_said_with_its_reason() -> None:
    warned = scan.warnings(elsewhere(("C1", "failed", "Nobody had time for them."), ("C2", "failed", None), ("C3", "worked", None)))

    assert [finding.text for finding in outlook.warnings(warned)] == [
        "The like of “Paid hosts” failed elsewhere: “Hosts by the hour” (Mill Library). The lesson noted: Nobody had time for them. It also worked in 1 case.",
        "The like of “Paid hosts” failed elsewhere: “Hosts by the hour” (Mill Library). Nobody noted why; ask them. It also worked in 1 case."]
    assert outlook.warned(warned).text == "1 initiative on the list failed in a like form in another library: “Paid hosts”."


def test_cases_say_where_they_were_heard_and_which_of_ours_they_are_like() -> None:
    rows = elsewhere(("C1", "failed", None), ("C2", "worked", None)).assign(initiative_name=["Paid hosts", None], source=["A visit", None], date=pd.to_datetime(["2026-03-12", None]))

    assert tables.cases(rows).rows[["tried", "ours"]].values.tolist() == [["Hosts by the hour (Mill Library)", "Paid hosts"], ["Hosts by the hour (Mill Library)", "“Every child reads”"]]
    assert tables.heard("Letter of March 2026", pd.Timestamp("2026-03-12")) == "Letter of March 2026" and tables.heard(None, pd.NaT) is None
    assert tables.cases(rows).rows["heard"].tolist()[0] == "A visit, March 2026" and tables.cases(rows).rows["heard"].isna().tolist() == [False, True]


def test_the_boxes_hold_every_word_inside_and_name_what_is_left_for_the_table() -> None:
    long = "A very long name of an item that goes on and on until it has to be broken into several lines of the box"
    chart = charts.lists(lists(*((f"S{n}", "strength", long, 5) for n in range(7)), ("T1", "threat", "Flood", None)))
    canvas.png(chart.figure)
    renderer = chart.figure.canvas.get_renderer()

    for axes in chart.figure.axes:
        box = axes.get_window_extent(renderer)
        assert all(box.x0 <= one.x0 and one.x1 <= box.x1 and box.y0 <= one.y0 for one in (text.get_window_extent(renderer) for text in axes.texts))
    assert "and 2 more in the table" in [text.get_text() for text in chart.figure.axes[0].texts]
    assert "Weaknesses: none is written down." in chart.alt and "Flood (no weight)" in chart.alt


def test_changes_without_years_effect_or_impact_are_drawn_and_said_in_words() -> None:
    chart = charts.trends(changes(("A", 5, 3, 0.5, "2026-05-01"), ("B", None, None, None, None)).assign(effect=["helps", None]))

    assert [text.get_text() for text in chart.figure.axes[0].texts] == ["impact 5, under way", "impact not given, certainty not given; not said when"]
    assert chart.alt.endswith("Change A: helps, impact 5, under way, felt within the year; Change B: effect not said, impact not given, certainty not given, not said when")


def test_where_no_trend_says_when_the_chart_is_a_table() -> None:
    assert isinstance(charts.trends(changes(("A", 5, 3, None, None))), Table)


def test_a_move_without_an_owner_shows_that_nobody_holds_it() -> None:
    made = moves(FOUR, ("M1", "S1", "O1", None, None))

    assert tables.moves(made).rows[["words", "who"]].values.tolist() == [["Use “Job desk” for “Plants hire”", "nobody yet, no date"]]
    assert tables.moves(moves(FOUR, ("M1", "W1", "T1", "R1", "2026-09-01"))).rows[["words", "who"]].values.tolist() == [["Avoid that “Long waits” meets “Flood”", "Director, 1 September 2026"]]
    assert tables.gaps(swot.gaps(FOUR, made)).rows["kind"].tolist() == ["threat", "weakness", "use: strength and opportunity", "use: strength and opportunity"]
