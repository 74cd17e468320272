"""Messages: gaps by audience, channel and goal; what needs attention; the calendar."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import messages

DAY = dt.date(2026, 6, 30)
AUDIENCES = pd.DataFrame({"audience": ["A1", "A2", "A3", "A4"], "name": ["Readers", "Newcomers", "Teachers", "Council"],
                          "kind": ["patrons", "community", "education", "government and funders"], "inclusion": [False, True, False, False],
                          "people": [900.0, 300.0, None, 9.0]})
GOALS = pd.DataFrame({"goal": ["G0", "G1", "G2"], "name": ["Culture", "Read", "Work"], "weight": [0.2, 0.6, 0.4],
                      "valid_from": pd.to_datetime(["2021-07-01"] * 3), "valid_to": pd.to_datetime(["2025-06-30", None, None])})
ROLES = pd.DataFrame({"role": ["R1"], "name": ["Librarian"]})
TOLD = pd.DataFrame({"story": ["ST1"], "name": ["A job"]})
EVENTS = pd.DataFrame({"event": ["E1"], "date": [pd.Timestamp(2025, 10, 1)], "name": ["New counters"], "kpi": ["K3"], "changes_process": [True]})
PROGRESS = pd.DataFrame({
    "kpi": ["K1", "K2", "K3", "K4", "K5"], "name": ["Storytime", "Wait", "Visits", "Belonging", "Cards"],
    "unit": ["people a month", "days", "visits a month", "% of those asked", "cards a month"], "frequency": ["monthly"] * 5,
    "baseline": [657.0, 9.7, 1000.0, None, 14.0], "baseline_period": ["2023-06", "2023-06", "2025-06", None, "2024-01"],
    "target": [1050.0, 4.0, 1500.0, 60.0, 40.0], "target_low": None, "target_high": None,
    "value": [960.0, 8.9, 1200.0, None, 17.0], "period": ["2026-06", "2026-06", "2026-06", None, "2025-11"],
    "year_before": [834.0, 8.4, 1000.0, None, 19.0], "status": ["on target", "behind", "near", "no data", "stale"]})
VALUES = pd.DataFrame({"kpi": ["K1", "K1"], "period": ["2026-05", "2026-06"], "value": [812.0, 960.0]})
NO_EVENTS = EVENTS[:0]


def table(*rows):
    columns = ["message", "audience", "text", "channel", "goal", "kpi", "story", "owner", "date", "status"]
    found = pd.DataFrame(rows, columns=columns)
    return found.assign(date=pd.to_datetime(found["date"]))


def message(**given):
    usual = {"message": "M1", "audience": "A1", "text": "Come and see", "channel": "poster", "goal": "G1", "kpi": None, "story": None, "owner": "R1",
             "date": "2026-07-15", "status": "draft"}
    return list((usual | given).values())


def register(rows):
    return messages.register(rows, AUDIENCES, GOALS, progress=PROGRESS, roles=ROLES, told=TOLD, as_of=DAY)


def matters(events=NO_EVENTS, **given):
    found = messages.checks(register(table(message(**given))), PROGRESS, VALUES, events=events, as_of=DAY)
    return found["matter"].tolist()


def test_the_register_names_what_the_ids_stand_for():
    row = register(table(message(kpi="K1", status="sent"))).iloc[0]
    assert [row["audience_name"], row["goal_name"], row["kpi_name"], row["owner_name"]] == ["Readers", "Read", "Storytime", "Librarian"]
    assert row["going"] and row["backed"] and row["goal_stands"]


def test_a_message_on_a_kpi_without_a_value_is_not_backed():
    assert not register(table(message(kpi="K4")))["backed"].iloc[0]


def test_the_text_of_a_message_whose_story_may_not_be_told_is_held_back():
    rows = register(table(message(story="ST9", text="The boatyard photograph"), message(message="M2", story="ST1", text="A first job")))
    assert rows["text"].tolist() == [messages.HELD, "A first job"]
    assert not rows.astype(str).apply(lambda column: column.str.contains("boatyard")).any(axis=None)


def test_audiences_with_a_gap_come_first_and_inclusion_groups_before_others():
    rows = register(table(message(), message(message="M2", audience="A3", status="sent"), message(message="M3", audience="A4", kpi="K1", status="approved")))
    found = messages.coverage(AUDIENCES, rows)
    assert found[["audience_name", "messages", "going", "backed", "gap"]].values.tolist() == [
        ["Newcomers", 0, 0, 0, "no message"], ["Readers", 1, 0, 0, "none approved or sent"],
        ["Teachers", 1, 1, 0, "none with a number behind it"], ["Council", 1, 1, 1, ""]]


def test_the_grid_adds_up_to_all_messages_and_holds_every_pair():
    rows = register(table(message(), message(message="M2"), message(message="M3", audience="A2", channel="press", status="sent")))
    found = messages.grid(AUDIENCES, rows)
    assert len(found) == 4 * 2
    assert (found["messages"].sum(), found["going"].sum()) == (3, 1)


def test_a_goal_that_no_message_speaks_for_has_none():
    found = messages.by_goal(GOALS[GOALS["goal"] != "G0"], register(table(message())))
    assert found[["goal_name", "messages"]].values.tolist() == [["Read", 1], ["Work", 0]]


@pytest.mark.parametrize(("given", "matter"), [
    ({"story": "ST9"}, "its story may not be told"),
    ({"kpi": "K5"}, "rests on a KPI that is out of date"),
    ({"kpi": "K4"}, "rests on a KPI without a value"),
    ({"kpi": "K2"}, "rests on a KPI that is behind its target"),
    ({"goal": "G0"}, "speaks for a goal that has ended"),
    ({"goal": None}, "speaks for no goal"),
    ({"owner": None}, "no owner"),
    ({"date": None}, "no day"),
    ({"date": "2026-06-01"}, "its day has passed"),
    ({"date": "2026-06-01", "status": "approved"}, "its day has passed"),
    ({"text": "One loan cost 2.36 dollars"}, "a figure, but no KPI behind it"),
    ({"kpi": "K1", "text": "Storytime had 999 visits"}, "check the number"),
    ({"kpi": "K1", "text": "Storytime had 812 visits in May"}, "the figure is not the latest"),
    ({"kpi": "K1", "text": "Many came", "status": "sent", "date": "2025-03-01"}, "sent more than a year ago"),
])
def test_each_matter_is_found_alone(given, matter):
    assert matters(**given) == [matter]


@pytest.mark.parametrize("given", [
    {},
    {"date": "2026-06-30"},
    {"date": "2026-06-01", "status": "sent", "owner": None, "goal": None},
    {"story": "ST1"},
    {"text": "From 18:00 on 2026-07-15, as in 2025"},
    {"kpi": "K1", "text": "Storytime had 960 visits in June, up from 657 three years before"},
    {"kpi": "K1", "text": "From 657 visits we want to come to 1,050"},
    {"kpi": "K1", "text": "Nearly a thousand came"},
    {"kpi": "K2", "text": "The wait was 8.9 days; the target is 4"},
    {"kpi": "K1", "text": "Storytime had 812 visits in May", "status": "sent", "date": "2026-06-03"},
])
def test_a_message_in_order_raises_nothing(given):
    assert matters(**given) == []


def test_a_comparison_across_a_change_of_counting_is_found():
    text = "1,200 visits in June, up from 1,000 a year ago"
    assert matters(EVENTS, kpi="K3", text=text) == ["set beside a figure counted in another way"]
    assert matters(EVENTS, kpi="K3", text="1,200 visits in June") == []
    assert matters(NO_EVENTS, kpi="K3", text=text) == []


def test_a_number_to_check_says_what_was_found_and_what_is_latest():
    rows = register(table(message(kpi="K1", text="Storytime had 999 visits")))
    found = messages.checks(rows, PROGRESS, VALUES, events=NO_EVENTS, as_of=DAY).iloc[0]
    assert [found["figures"], found["latest"], found["latest_period"], found["stops"]] == ["999", 960.0, "2026-06", True]


def test_matters_that_stop_a_message_come_first():
    rows = register(table(message(date=None), message(message="M2", story="ST9")))
    found = messages.checks(rows, PROGRESS, VALUES, events=NO_EVENTS, as_of=DAY)
    assert found[["message", "stops"]].values.tolist() == [["M2", True], ["M1", False]]


def test_the_calendar_tells_late_coming_later_sent_and_no_day_apart():
    days = ["2026-06-29", "2026-06-30", "2026-09-28", "2026-09-29", "2026-06-01", None]
    rows = [message(message=f"M{place}", date=day, status="sent" if place == 4 else "draft") for place, day in enumerate(days)]
    found = messages.calendar(register(table(*rows)), as_of=DAY, ahead=90).set_index("message")["when"]
    assert found.loc[[f"M{place}" for place in range(6)]].tolist() == ["late", "coming", "coming", "later", "sent", "no day"]


def test_without_messages_every_result_is_an_empty_table_or_counts_nothing():
    none = register(table())
    assert messages.coverage(AUDIENCES, none)["gap"].tolist() == ["no message"] * 4
    assert messages.checks(none, PROGRESS, VALUES, events=EVENTS, as_of=DAY).columns.tolist() == messages.MATTERS
    assert messages.grid(AUDIENCES, none).empty and messages.by_channel(none).empty
    assert messages.calendar(none, as_of=DAY, ahead=90).empty and messages.reconciled(none, AUDIENCES).empty


def test_messages_add_up_by_channel_and_by_audience():
    rows = register(table(message(), message(message="M2", channel="press", audience="A3")))
    assert messages.reconciled(rows, AUDIENCES)[["expected", "found"]].values.tolist() == [[2, 2], [2, 2]]
