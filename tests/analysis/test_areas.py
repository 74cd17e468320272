"""The seven key areas, each with what the library's own tables say of it."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.analysis import areas

DAY = dt.date(2026, 6, 30)


def found(**tables: dict[str, list[object]]) -> pd.DataFrame:
    return areas.strategies({name: pd.DataFrame(table) for name, table in tables.items()}, as_of=DAY).set_index("area")


def test_the_seven_areas_stand_in_the_order_of_the_steps_also_for_an_empty_plan() -> None:
    rows = found()

    assert rows.index.tolist() == ["Assessment", "Implementation", "Partnerships", "Evaluation", "Flexibility", "Resources", "Communication"]
    assert rows["doing_count"].tolist() == rows["decided_count"].tolist() == [0] * 7


def test_decisions_stand_in_their_area_until_a_later_one_revokes_them() -> None:
    rows = found(decisions={"decision": ["D1", "D2"], "step": [5, 5], "what": ["Try", "End"], "date": pd.to_datetime(["2024-01-01", "2026-01-01"]), "revokes": [None, "D1"]})

    assert rows.loc["Flexibility", ["decided", "decided_count"]].tolist() == ["End", 1]


def test_goals_that_have_ended_are_no_longer_in_force() -> None:
    rows = found(goals={"goal": ["G0", "G1"], "name": ["Old", "New"], "weight": [0.5, 0.5], "valid_from": pd.to_datetime(["2020-01-01"] * 2),
                        "valid_to": pd.to_datetime(["2026-06-29", None]), "horizon": pd.to_datetime([None, "2028-06-30"])})

    assert rows.loc["Assessment", ["doing", "next", "next_day"]].tolist() == ["New", "New", pd.Timestamp(2028, 6, 30)]


def test_what_was_learnt_more_than_a_year_ago_is_not_under_way() -> None:
    rows = found(learning_sources={"source": ["L1", "L2"], "name": ["Fair", "Journal"]},
                 learning_log={"source": ["L1", "L2"], "date": pd.to_datetime(["2025-06-30", "2025-07-01"])})

    assert rows.loc["Resources", "doing"] == "Journal"


def test_messages_are_named_by_their_audiences_since_a_text_may_tell_a_story() -> None:
    rows = found(audiences={"audience": ["A1", "A2"], "name": ["Families", "Donors"]},
                 messages={"message": ["M1", "M2"], "audience": ["A1", "A2"], "text": ["Secret", "Draft"], "status": ["sent", "draft"], "channel": ["poster", "press"],
                           "date": pd.to_datetime(["2026-05-01", "2026-08-01"])})

    assert rows.loc["Communication", ["doing", "next"]].tolist() == ["Families", "press"]
    assert not rows.astype(str).apply(lambda column: column.str.contains("Secret")).any().any()


def test_a_change_that_is_done_is_no_longer_under_way_nor_next() -> None:
    rows = found(changes={"change": ["C1", "C2"], "name": ["Done", "Begun"], "start": pd.to_datetime(["2026-01-01"] * 2), "due": pd.to_datetime(["2026-07-15", "2026-08-01"]),
                          "done": pd.to_datetime(["2026-06-01", None])})

    assert rows.loc["Flexibility", ["doing", "next"]].tolist() == ["Begun", "Begun"]
