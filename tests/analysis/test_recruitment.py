"""Open posts: how long, what is missed, what waits."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import recruitment

DAY = dt.date(2026, 6, 30)
ROLES = pd.DataFrame({"role": ["R1", "R2"], "name": ["Desk", "Van"]})
ROWS = pd.DataFrame([["VA1", "R1", 0.5, "2025-06-30", "frozen", None, None], ["VA2", "R2", 1.0, "2026-01-01", "advertised", "2026-06-01", 4], ["VA3", "R1", 1.0, "2026-04-01", "chosen", "2026-09-01", 9],
                     ["VA4", "R2", 0.5, "2026-12-01", "expected", None, None], ["VA5", "R2", 0.5, "2024-01-01", "filled", "2024-05-01", 7]], columns=["vacancy", "role", "fte", "since", "status", "filled", "applied"])
POSTS = ROWS.assign(since=pd.to_datetime(ROWS["since"]), filled=pd.to_datetime(ROWS["filled"]))


def posts() -> pd.DataFrame:
    return recruitment.posts(POSTS, ROLES, as_of=DAY, hours_per_fte=1600)


def test_filled_posts_are_left_out_and_the_longest_open_stands_first():
    assert posts()[["vacancy", "state"]].values.tolist() == [["VA1", "frozen"], ["VA2", "late"], ["VA3", "open"], ["VA4", "coming"]]


def test_a_half_post_frozen_for_a_year_has_missed_eight_hundred_hours():
    first = posts().iloc[0]

    assert first["months"] == pytest.approx(12.0, abs=0.02)
    assert first[["hours_year", "hours_lost"]].astype(float).tolist() == pytest.approx([800, 799.5], abs=1)


def test_a_post_that_is_not_open_yet_has_missed_nothing():
    last = posts().iloc[-1]

    assert pd.isna(last["months"]) and pd.isna(last["hours_lost"])


def test_a_frozen_post_that_is_not_open_yet_is_still_to_come():
    later = POSTS.head(1).assign(since=pd.Timestamp("2027-01-01"))

    assert recruitment.posts(later, ROLES, as_of=DAY, hours_per_fte=1600)["state"].tolist() == ["coming"]


def test_started_initiatives_wait_for_those_who_lead_them_or_give_hours():
    started = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "name": ["Signs", "Hub", "Fair"], "status": ["chosen", "candidate", "running"], "owner": ["R1", "R1", "R2"]})
    asked = pd.DataFrame({"initiative": ["I3", "I3", "I1"], "role": ["R1", "R2", "R1"], "hours": [10.0, 5.0, 90.0]})
    found = recruitment.waiting(posts(), started, asked).set_index("vacancy")

    assert found.loc["VA1", ["initiatives", "waiting"]].tolist() == [2, "Signs; Fair"]
    assert found.loc["VA2", ["initiatives", "waiting"]].tolist() == [1, "Fair"]


def test_services_lean_on_owners_and_on_those_who_give_hours_but_not_when_ended():
    services = pd.DataFrame({"service": ["S1", "S2", "S3"], "name": ["Loans", "Clips", "Van"], "status": ["running", "ended", "pilot"], "owner": ["R1", "R1", "R2"]})
    found = recruitment.served(posts(), services, pd.DataFrame({"role": ["R1"], "service": ["S3"], "hours": [9.0]})).set_index("vacancy")

    assert found.loc["VA1", ["services", "served"]].tolist() == [2, "Loans; Van"]


def test_without_posts_or_initiatives_nothing_waits():
    none = recruitment.posts(POSTS.head(0), ROLES, as_of=DAY, hours_per_fte=1600)
    started = pd.DataFrame(columns=["initiative", "name", "status", "owner"])

    assert recruitment.waiting(none, started, pd.DataFrame(columns=["initiative", "role"])).empty
    assert recruitment.waiting(posts(), started, pd.DataFrame(columns=["initiative", "role"]))["initiatives"].tolist() == [0] * 4
    services = pd.DataFrame(columns=["service", "name", "status", "owner"])
    assert recruitment.served(posts(), services, pd.DataFrame(columns=["service", "role"]))["served"].tolist() == [""] * 4
