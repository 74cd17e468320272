"""What came of messages: rates with ranges, small groups hidden, what was not counted left out."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import channels

REGISTER = pd.DataFrame({"message": ["M1", "M2", "M3", "M4"], "text": list("abcd"), "audience_name": ["All"] * 4, "channel": ["poster", "poster", "press", "intranet"],
                         "status": ["sent", "sent", "sent", "draft"]})


def counted(*rows: list[object]) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=["message", "date", "reached", "acted", "hours"])
    return found.assign(date=pd.to_datetime(found["date"])).astype({"reached": "Int64", "acted": "Int64", "hours": float})


def test_the_rate_has_wilsons_interval_as_in_newcombe_1998_example_a() -> None:
    found = channels.results(counted(["M1", "2026-05-01", 263, 81, None]), REGISTER, small_group=5).iloc[0]

    assert (round(found["rate"], 4), round(found["low"], 4), round(found["high"], 4)) == (0.3080, 0.2553, 0.3662)


def test_the_newest_count_of_a_message_stands() -> None:
    found = channels.results(counted(["M1", "2026-05-01", 100, 10, None], ["M1", "2026-06-01", 200, 50, None]), REGISTER, small_group=5)

    assert found["rate"].tolist() == [0.25]


@pytest.mark.parametrize(("reached", "acted", "hidden"), [(4, 0, True), (40, 4, True), (40, 36, True), (40, 35, False), (40, 37, True), (40, 0, False), (40, 40, False), (40, 5, False)])
def test_small_groups_are_hidden_those_who_acted_those_who_did_not_and_those_reached(reached: int, acted: int, hidden: bool) -> None:
    found = channels.results(counted(["M1", "2026-05-01", reached, acted, None]), REGISTER, small_group=5).iloc[0]

    assert found["hidden"] == hidden
    assert pd.isna(found["reached"]) == pd.isna(found["rate"]) == hidden


def test_a_channel_adds_up_what_was_counted_and_says_what_was_not() -> None:
    found = channels.results(counted(["M1", "2026-05-01", 100, 10, 2], ["M2", "2026-05-01", 300, 30, None], ["M3", "2026-05-01", 50, None, 1]), REGISTER, small_group=5)
    rows = channels.by_channel(found, REGISTER).set_index("channel")

    assert rows.loc["poster", ["sent", "counted", "reached", "acted", "rate", "per_hour"]].tolist() == [2, 2, 400, 40, 0.1, 5.0]
    assert rows.loc["press", ["sent", "counted"]].tolist() == [1, 0] and pd.isna(rows.loc["press", "rate"])
    assert "intranet" not in rows.index


def test_nothing_sent_and_nothing_counted_gives_empty_tables() -> None:
    none = channels.results(counted(), REGISTER.head(0), small_group=5)

    assert none.empty and channels.by_channel(none, REGISTER.head(0)).empty
