"""Learning: what came back from each source, and where none is listed."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.analysis import learning

SOURCES = pd.DataFrame([["LS1", "Fair", "conference", None, "G1", 900.0], ["LS2", "Circle", "network", "SK1", None, 0.0], ["LS3", "Letter", "publication", "SK2", None, None], ["LS4", "Visit", "visit", None, None, 50.0], ["LS5", "Course", "course", None, None, 80.0]],
                       columns=["source", "name", "kind", "skill", "goal", "cost"]).assign(next=pd.NaT)
LOG = pd.DataFrame([["LS1", "2024-10-01", "R1", 14.0, "One", None, None], ["LS1", "2025-10-01", "R2", 16.0, "Two", None, None], ["LS2", "2026-01-01", "R1", 2.0, "Three", "2026-01-11", "I1"],
                    ["LS2", "2026-02-01", "R1", None, "Four", "2026-03-01", None], ["LS3", "2026-02-01", "R1", 1.0, None, None, None], ["LS4", "2026-05-01", "R2", 6.0, "Five", "2026-05-03", None]],
                   columns=["source", "date", "role", "hours", "learnt", "passed_on", "initiative"]).assign(date=lambda rows: pd.to_datetime(rows["date"]), passed_on=lambda rows: pd.to_datetime(rows["passed_on"]))
COVERAGE = pd.DataFrame({"skill": ["SK1", "SK2", "SK3", "SK4"], "skill_name": ["Talks", "Law", "Latin", "Maps"], "critical": [2, 3, 1, 3], "state": ["one person", "several", "nobody", "nobody"]})
GOALS = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.6, 0.4]})
INITIATIVES = pd.DataFrame({"initiative": ["I1"], "name": ["Signs"]})


def test_what_was_learnt_and_kept_stands_first_and_each_source_says_how_far_it_came():
    found = learning.sources(SOURCES, LOG, COVERAGE, GOALS, INITIATIVES)

    assert found[["source_name", "state"]].values.tolist() == [["Fair", "kept to themselves"], ["Letter", "nothing written down"], ["Visit", "passed on"], ["Circle", "used"], ["Course", "never visited"]]
    first = found.iloc[0]
    assert first[["visits", "years", "hours", "learnt", "passed_on"]].tolist() == [2, 2, 30, 2, 0]


def test_days_until_colleagues_heard_are_the_median_and_used_entries_name_the_initiative():
    circle = learning.sources(SOURCES, LOG, COVERAGE, GOALS, INITIATIVES).set_index("source_name").loc["Circle"]

    assert circle[["days", "used", "initiative_names", "thin", "hours"]].tolist() == [19, 1, "Signs", True, 2]


def test_no_post_stands_in_what_is_shown():
    assert not any("role" in column for column in learning.sources(SOURCES, LOG, COVERAGE, GOALS, INITIATIVES))


def test_thin_skills_and_goals_without_a_source_are_named_the_most_critical_first():
    found = learning.uncovered(SOURCES, pd.DataFrame({"skill": ["SK3"]}), COVERAGE, GOALS)

    assert found[["kind", "name", "training"]].values.tolist() == [["skill", "Maps", False], ["skill", "Latin", True], ["goal", "Work", False]]


def test_the_last_twelve_months_are_counted_from_the_day_after():
    found = learning.yearly(LOG, SOURCES, as_of=dt.date(2026, 10, 1)).iloc[0]

    # The entry of 1 October 2025 is a year old on 1 October 2026 and no longer counts.
    assert found[["entries", "hours", "sources", "passed_on", "used", "cost", "unpriced"]].tolist() == [4, 9, 3, 3, 1, 1030, 1]


def test_nothing_is_told_without_sources_and_log():
    none = learning.sources(SOURCES.head(0), LOG.head(0), COVERAGE, GOALS, INITIATIVES)

    assert none.empty and list(none.columns) == learning.COLUMNS
    assert learning.uncovered(SOURCES.head(0), pd.DataFrame({"skill": []}), COVERAGE, GOALS).empty
    assert learning.yearly(LOG.head(0), SOURCES.head(0), as_of=dt.date(2026, 6, 30)).empty
    assert learning.sources(SOURCES, LOG.head(0), COVERAGE, GOALS, INITIATIVES)["state"].unique().tolist() == ["never visited"]
