"""Feedback: how far the loop is closed, tones, and what was said and done."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import feedback

DAY = dt.date(2026, 6, 30)
THEMES = pd.DataFrame({"theme": ["T1", "T2", "T3"], "name": ["Seats", "Hours", "Books"]})
ROLES = pd.DataFrame({"role": ["R1"], "name": ["Caretaker"]})


def entry(place, **changes):
    return {"feedback": f"F{place:02}", "date": pd.Timestamp("2026-05-01"), "channel": "online form", "group": "patrons", "segment": "A", "theme": "T1",
            "tone": "wish", "severity": "medium", "comment": f"Comment {place}", "confirmed": True, "owner": "R1", "response": None, "closed": None} | changes


def log(*rows):
    frame = pd.DataFrame([entry(place, **row) for place, row in enumerate(rows)], columns=list(entry(0)))
    return frame.assign(closed=pd.to_datetime(frame["closed"]), date=pd.to_datetime(frame["date"]))


def answered(days, **more):
    return {"closed": pd.Timestamp("2026-05-01") + pd.Timedelta(days=days), "response": "Done"} | more


def closure(rows, by="channel", small_group=1):
    return feedback.closure(rows, THEMES, by=by, as_of=DAY, small_group=small_group, days=30).set_index("part")


def test_shares_medians_and_waits_by_hand():
    row = closure(log(answered(4), answered(10), answered(40), {}, {"date": "2026-06-20"})).loc["online form"]

    assert (row["entries"], row["closed"], row["share"]) == (5, 3, 0.6)
    assert row["median_days"] == 10
    assert row["in_time"] == 0.5, "two of the four that are at least 30 days old were answered within 30 days"
    assert (row["open"], row["old"], row["oldest"]) == (2, 1, 60)


def test_least_answered_comes_first_and_a_channel_with_no_answer_has_no_median():
    rows = closure(log(answered(4, channel="in person"), {}, {}))

    assert rows.index.tolist() == ["online form", "in person"]
    assert pd.isna(rows.loc["online form", "median_days"])
    assert pd.isna(rows.loc["in person", "oldest"])


def test_a_small_theme_is_hidden_with_the_next_smallest_and_the_sum_still_holds():
    rows = log(*[{}] * 8, *[{"theme": "T2"}] * 5, *[{"theme": "T3"}] * 2)
    found = feedback.closure(rows, THEMES, by="theme", as_of=DAY, small_group=4)
    check = feedback.reconciled(rows, THEMES, found, by="theme").iloc[0]

    assert found.set_index("part")["hidden"].to_dict() == {"Seats": False, "Books": True, "Hours": True}
    assert found.loc[found["hidden"], feedback.FIGURES].isna().all().all()
    assert (check["expected"], check["found"]) == (15, 15)


def test_an_entry_without_a_theme_counts_as_not_coded_and_is_no_group_to_hide():
    rows = log({"theme": None}, *[{}] * 6, *[{"theme": "T2"}] * 2, *[{"theme": "T3"}] * 4)
    found = closure(rows, by="theme", small_group=3)

    assert found["hidden"].to_dict() == {"Not coded": False, "Seats": False, "Hours": True, "Books": True}
    assert found.loc["Not coded", "entries"] == 1


def test_of_equal_themes_every_table_hides_the_same_one():
    names = pd.DataFrame({"theme": ["T1", "T2", "T3", "T4"], "name": ["Zoo", "Yard", "Books", "Hours"]})
    rows = log(*[{}] * 6, *[{"theme": "T2"}] * 6, *[{"theme": "T3"}] * 2)
    found = feedback.closure(rows, names, by="theme", as_of=DAY, small_group=3).set_index("part")["hidden"]

    assert found.to_dict() == {"Zoo": True, "Yard": False, "Books": True}
    assert set(feedback.waiting(rows, names, ROLES, as_of=DAY, small_group=3)["theme_name"]) == {"Yard"}


def test_half_of_all_counts_those_that_wait_while_the_median_does_not():
    row = closure(log(answered(4), answered(10), answered(12), {}, {}, {})).loc["online form"]

    assert row["median_days"] == 10
    assert row["half"] == 12
    assert pd.isna(closure(log(answered(4), {}, {})).loc["online form", "half"])


def test_a_breakdown_by_anything_else_is_refused():
    with pytest.raises(ValueError, match="by: found owner. Feedback is broken down by channel or theme"):
        feedback.closure(log({}), THEMES, by="owner", as_of=DAY, small_group=1)


def test_tones_are_counted_and_a_missing_tone_is_not_a_complaint():
    row = feedback.tones(log({"tone": "praise"}, {"tone": "complaint"}, {"tone": "complaint"}, {"tone": None}), THEMES, small_group=1).iloc[0]

    assert row[["entries", "praise", "wish", "complaint", "not coded"]].tolist() == [4, 1, 0, 2, 1]


def test_said_and_done_leaves_out_praise_and_what_has_no_answer_newest_first():
    rows = log(answered(4), answered(9), answered(5, tone="praise"), {"closed": "2026-05-20"}, {})

    assert feedback.said_and_done(rows, THEMES, small_group=1)[["feedback", "days", "theme_name"]].values.tolist() == [["F01", 9, "Seats"], ["F00", 4, "Seats"]]


def test_waiting_names_the_role_that_should_answer_longest_wait_first():
    rows = log({"date": "2026-06-10"}, {"owner": None}, answered(3), {"tone": "praise"})
    found = feedback.waiting(rows, THEMES, ROLES, as_of=DAY, small_group=1)

    assert found["feedback"].tolist() == ["F01", "F00"]
    assert found["days"].tolist() == [60, 20]
    assert found["owner_name"].fillna("nobody").tolist() == ["nobody", "Caretaker"]


def test_lists_leave_out_entries_of_small_groups_and_segments():
    rows = log(*[{}] * 4, *[{"segment": "B"}] * 2, {"group": "partners", "segment": None})

    assert len(feedback.waiting(rows, THEMES, ROLES, as_of=DAY, small_group=3)) == 4


def test_lists_leave_out_the_themes_that_the_table_hides():
    rows = log(*[{}] * 8, *[{"theme": "T2"}] * 5, *[{"theme": "T3"}] * 2)

    assert set(feedback.waiting(rows, THEMES, ROLES, as_of=DAY, small_group=4)["theme_name"]) == {"Seats"}


def test_an_empty_log_gives_empty_tables():
    rows = log()

    for by in ("channel", "theme"):
        found = feedback.closure(rows, THEMES, by=by, as_of=DAY, small_group=5)
        assert list(found.columns) == feedback.CLOSURE and found.empty
        assert feedback.reconciled(rows, THEMES, found, by=by).empty
    assert feedback.overall(rows, as_of=DAY).empty
    assert feedback.tones(rows, THEMES, small_group=5).empty
    assert feedback.said_and_done(rows, THEMES, small_group=5).empty
    assert feedback.quotes(rows, THEMES, small_group=5).empty and feedback.clearance(rows).empty
    assert feedback.severity(rows, as_of=DAY).empty and feedback.quarters(rows, as_of=DAY).empty
    assert feedback.channels(rows, as_of=DAY).empty and feedback.load(rows, ROLES, as_of=DAY).empty
    assert feedback.waiting(rows, THEMES, ROLES, as_of=DAY, small_group=5).empty


def test_a_comment_that_nobody_confirmed_is_never_shown():
    rows = log(answered(4), answered(5, confirmed=None), answered(6, confirmed=False), {"confirmed": None})

    assert feedback.said_and_done(rows, THEMES, small_group=1)["feedback"].tolist() == ["F00"]
    assert feedback.waiting(rows, THEMES, ROLES, as_of=DAY, small_group=1)["comment"].isna().tolist() == [True]


def test_a_plan_that_has_no_such_column_shows_no_comment():
    rows = log(answered(4), {}).assign(confirmed=pd.array([None, None], dtype="boolean"))

    assert feedback.said_and_done(rows, THEMES, small_group=1).empty
    assert feedback.quotes(rows, THEMES, small_group=1).empty
    assert feedback.clearance(rows)["state"].tolist() == ["not confirmed"] * 2


def test_a_confirmed_comment_and_its_answer_are_cleaned_on_the_way_and_known_names_stay():
    rows = log(answered(4, comment="Ask for Farida at Meadow Vale Reach", response="Mrs Halloran called 555 0142"))
    found = feedback.said_and_done(rows, THEMES, small_group=1, known=["Meadow Vale Reach"]).iloc[0]

    assert (found["comment"], found["response"]) == ("Ask for [name] at Meadow Vale Reach", "Mrs [name] called [number]")


def test_clearance_names_what_to_look_at_again_first_and_never_the_comment():
    rows = log({"comment": "Open on Sunday"}, {"confirmed": None, "comment": "Call 555 0142"}, {"comment": "Ask for Farida"}, {"comment": None})
    found = feedback.clearance(rows)

    assert found[["feedback", "found", "state"]].values.tolist() == [["F02", "name", "look again"], ["F01", "number", "not confirmed"], ["F00", "", "shown"]]
    assert "comment" not in found


def test_high_severity_comes_first_among_what_waits():
    rows = log({"date": "2026-04-01"}, {"severity": "high"}, {"severity": None, "date": "2026-03-01"})

    assert feedback.waiting(rows, THEMES, ROLES, as_of=DAY, small_group=1)["feedback"].tolist() == ["F01", "F02", "F00"]


def test_severity_leaves_praise_out_and_counts_what_nobody_judged():
    rows = log({"severity": "high"}, answered(3, severity="high"), {"tone": "praise", "severity": None}, {"severity": None})
    found = feedback.severity(rows, as_of=DAY)

    assert found["severity"].fillna("none").tolist() == ["high", "none"]
    assert found[["entries", "closed", "open", "old"]].values.tolist() == [[2, 1, 1, 1], [1, 0, 1, 1]]


def test_quarters_add_up_and_a_running_one_is_marked():
    rows = log({"date": "2026-01-05", "closed": "2026-05-02"}, {"date": "2026-02-05"}, {"date": "2026-05-20", "closed": "2026-05-25"})
    found = feedback.quarters(rows, as_of=dt.date(2026, 6, 10), days=30)

    assert found[["period", "came_in", "answered", "open"]].values.tolist() == [["2026-Q1", 2, 0, 2], ["2026-Q2", 1, 2, 1]]
    assert found["whole"].tolist() == [True, False]
    assert found["in_time"].iloc[0] == 0 and pd.isna(found["in_time"].iloc[1]), "the newest entry is not yet 30 days old"


def test_a_channel_without_an_entry_for_half_a_year_is_silent():
    found = feedback.channels(log({"date": "2025-12-01", "channel": "interview"}, {"channel": "in person"}), as_of=DAY).set_index("channel")

    assert found["silent"].to_dict() == {"focus group": True, "online form": True, "staff": True, "suggestion box": True, "interview": True, "in person": False}
    assert found.loc["interview", "last"] == pd.Timestamp("2025-12-01")


def test_load_counts_what_is_open_by_role_and_what_nobody_owns():
    found = feedback.load(log({}, {"severity": "high"}, answered(3), {"owner": None}), ROLES, as_of=DAY)

    assert found[["entries", "open", "old", "high"]].values.tolist() == [[3, 2, 2, 1], [1, 1, 1, 0]]
    assert found["owner_name"].fillna("nobody").tolist() == ["Caretaker", "nobody"]


def test_a_quote_is_the_most_central_comment_without_a_cut_of_themes_large_enough():
    texts = ("Cold room", "The room is cold and loud", "More chairs", "Ask for Farida in the cold room")
    rows = log(*({"comment": text} for text in texts), *({"theme": "T2", "comment": "Open late"} for _ in range(2)))

    assert feedback.quotes(rows, THEMES, small_group=2)[["theme_name", "comment", "comments"]].values.tolist() == [["Seats", "Cold room", 3], ["Hours", "Open late", 2]]
    assert feedback.quotes(rows, THEMES, small_group=3).empty, "the theme with two entries is hidden, and the other with it"


def test_the_known_names_of_a_plan_stay_in_a_comment():
    names = feedback.known_names(pd.DataFrame({"name": ["Seed Swap", None]}), library="Mill Library")
    rows = log(answered(4, comment="We like the Seed Swap of Dunmore Public Library"))

    assert feedback.said_and_done(rows, THEMES, small_group=1, known=names)["comment"].tolist() == ["We like the Seed Swap of Dunmore Public Library"]


def test_entries_from_an_interview_or_a_talk_with_few_stand_in_no_list():
    rows = log({"consultation": "CN1"}, {"consultation": "CN2", "channel": "focus group"}, {"channel": "interview"}, {}).assign(consultation=["CN1", "CN2", None, None])
    rooms = pd.DataFrame({"consultation": ["CN1", "CN2"], "people": [8.0, 2.0]})

    assert feedback.waiting(rows, THEMES, ROLES, as_of=DAY, small_group=1, consultations=rooms)["feedback"].tolist() == ["F00", "F01", "F03"]
    rows = pd.concat([rows, rows.assign(feedback=rows["feedback"] + "b")])
    assert feedback.waiting(rows, THEMES, ROLES, as_of=DAY, small_group=2, consultations=rooms.assign(people=[8.0, 1.0]))["feedback"].tolist() == ["F00", "F00b", "F03", "F03b"]
    assert feedback.waiting(rows, THEMES, ROLES, as_of=DAY, small_group=2)["feedback"].tolist() == ["F03", "F03b"], "nobody told how many sat there"


def test_themes_are_hidden_so_that_those_hidden_are_not_all_answered_or_all_open():
    rows = log(*[{"theme": "T1"}] * 3, *[{"theme": "T2"}] * 6, *[answered(4, theme="T3")] * 9, *[{"theme": "T3"}] * 2)

    assert closure(rows, "theme", 5)["hidden"].to_dict() == {"Seats": True, "Hours": True, "Books": True}
    assert closure(rows.assign(closed=pd.NaT), "theme", 5)["hidden"].to_dict() == {"Seats": True, "Hours": True, "Books": False}, "that nothing is answered, the total tells"
