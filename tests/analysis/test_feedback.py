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
            "tone": "wish", "comment": f"Comment {place}", "owner": "R1", "response": None, "closed": None} | changes


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


def test_an_entry_without_a_theme_counts_as_not_coded():
    rows = log({"theme": None}, {})
    found = closure(rows, by="theme")

    assert set(found.index) == {"Not coded", "Seats"}


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
    assert feedback.waiting(rows, THEMES, ROLES, as_of=DAY, small_group=5).empty
