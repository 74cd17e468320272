"""A message as it is typed, and which goals each audience hears of."""

from __future__ import annotations

import pandas as pd

from planning.analysis import message_plans

MESSAGES = pd.DataFrame({"message": ["M1", "M2"], "audience": "A1", "text": ["Come", "Go"], "goal": ["G1", None], "date": [pd.NaT, pd.NaT], "status": "draft"})


def test_a_new_message_has_what_is_typed_and_nothing_else_and_empty_cells_are_missing():
    row = message_plans.typed(MESSAGES, {"message": "", "text": "Stay", "goal": "", "date": "2026-07-01"}).iloc[0]

    assert row["text"] == "Stay" and row["goal"] is None and row["date"] == pd.Timestamp(2026, 7, 1) and row["status"] is None


def test_a_changed_message_keeps_its_other_cells_and_its_place():
    row = message_plans.typed(MESSAGES, {"message": "M1", "text": "Stay"})
    rows = message_plans.with_row(MESSAGES, row)

    assert rows["text"].tolist() == ["Stay", "Go"] and rows["goal"].iloc[0] == "G1"
    assert message_plans.with_row(MESSAGES, row.assign(message="M3"))["message"].tolist() == ["M1", "M2", "M3"]


def test_what_was_cleared_of_other_words_counts_no_more():
    cleared = pd.DataFrame({"item": ["M1", "M2"], "subject": "privacy"})

    assert message_plans.still(cleared, message="M1", changed=True)["item"].tolist() == ["M2"]
    assert len(message_plans.still(cleared, message="M1", changed=False)) == 2


def test_every_audience_stands_against_every_goal_and_messages_without_a_goal_count_for_none():
    goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"]})
    rows = message_plans.grid(pd.DataFrame({"audience": ["A1", "A2"], "name": ["Readers", "Newcomers"]}), goals, MESSAGES.assign(going=[True, False]))

    assert rows[["audience_name", "goal_name", "messages", "going"]].values.tolist() == [["Readers", "Read", 1, 1], ["Readers", "Work", 0, 0], ["Newcomers", "Read", 0, 0], ["Newcomers", "Work", 0, 0]]
