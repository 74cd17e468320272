"""Dialogue: rhythm, commitments, what came of it, and goals that nobody talks about."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import dialogue

DAY = dt.date(2026, 6, 30)
ROLES = pd.DataFrame({"role": ["R1"], "name": ["Director"]})
PARTNERS = pd.DataFrame({"partner": ["P1"], "name": ["School"]})
GOALS = pd.DataFrame({"goal": ["G1", "G2", "G3"], "name": ["Read", "Work", "Save"], "weight": [0.3, 0.5, 0.2]})


def talks(*rows):
    plain = {"date": "2026-01-05", "form": "formal", "between": dialogue.INSIDE, "partner": None, "kind": "projects", "topic": "Sunday", "goal": None, "commitment": None, "owner": "R1", "due": None,
             "kept": None, "outcome": None, "decision": None, "initiative": None}
    frame = pd.DataFrame([{"dialogue": f"DL{place}"} | plain | row for place, row in enumerate(rows, start=1)], columns=["dialogue", *plain])
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("date", "due", "kept")})


def promise(due=None, kept=None, **more):
    return {"commitment": "Costs", "due": due, "kept": kept} | more


def promised(*rows, between=dialogue.INSIDE):
    return dialogue.promises(talks(*rows), ROLES, PARTNERS, between=between, as_of=DAY)


def test_a_day_with_two_topics_is_one_talk_and_the_longest_gap_is_between_days():
    found = dialogue.rhythm(talks({}, {}, {"date": "2026-04-15", "form": "informal"}, {"date": "2026-05-01"}), between=dialogue.INSIDE, as_of=DAY).set_index("form")

    assert found.loc["all", ["talks", "topics", "gap", "since"]].tolist() == [3, 4, 100, 60]
    assert found.loc["all", "gap_from"] == pd.Timestamp("2026-01-05")
    assert found.loc["formal", "talks"] == 2


def test_the_time_since_the_last_talk_counts_as_a_gap_and_a_form_that_never_occurs_has_none():
    found = dialogue.rhythm(talks({}, {"date": "2026-01-20"}), between=dialogue.INSIDE, as_of=DAY).set_index("form")

    assert (found.loc["all", "gap"], found.loc["all", "since"]) == (161, 161)
    assert found.loc["informal", "talks"] == 0 and pd.isna(found.loc["informal", "gap"])


def test_partners_are_another_conversation():
    assert dialogue.rhythm(talks({"between": dialogue.OUTSIDE}), between=dialogue.INSIDE, as_of=DAY).empty
    assert promised(promise("2026-05-01", between=dialogue.OUTSIDE, partner="P1", owner=None), between=dialogue.OUTSIDE)["with_name"].tolist() == ["School"]


def test_commitments_are_overdue_open_late_or_kept_and_the_day_itself_is_in_time():
    found = promised(promise("2026-05-31"), promise("2026-06-30"), promise("2026-07-01"), promise("2026-05-01", "2026-05-01"), promise("2026-05-01", "2026-05-04"), promise(), promise(kept="2026-05-02"), {})

    assert found[["dialogue", "state"]].values.tolist() == [["DL1", "overdue"], ["DL6", "no day set"], ["DL2", "open"], ["DL3", "open"], ["DL5", "kept late"], ["DL4", "kept"], ["DL7", "kept"]]
    assert found.set_index("dialogue")["late"].dropna().to_dict() == {"DL1": 30.0, "DL5": 3.0}


def test_the_share_kept_counts_what_is_due_with_a_wilson_interval():
    row = dialogue.kept(promised(promise("2026-05-31"), promise("2026-05-01", "2026-05-01"), promise("2026-05-01", "2026-05-04"), promise("2026-05-01", "2026-04-04"), promise("2026-09-01"), promise())).iloc[0]

    assert row[["promised", "due", "kept", "share", "in_time", "overdue", "open", "no_day"]].tolist() == [6, 4, 3, 0.75, 0.5, 1, 1, 1]
    assert (row["low"], row["high"]) == pytest.approx((0.301, 0.954), abs=0.001)


def test_without_a_day_that_has_come_no_share_is_given():
    row = dialogue.kept(promised(promise("2026-09-01"))).iloc[0]

    assert row["due"] == 0 and pd.isna(row["share"]) and pd.isna(row["low"])


def test_topics_by_kind_count_what_led_somewhere_and_what_led_nowhere():
    found = dialogue.topics(talks({}, {"initiative": "I1"}, {"kind": "staff", "commitment": "x"}, {"kind": None, "outcome": "y"}), between=dialogue.INSIDE).set_index(pd.Index(range(8)))

    assert found.iloc[0].tolist() == ["projects", 2, 0, 1, 1]
    assert found["topics"].sum() == 4 and found["kind"].isna().sum() == 1
    assert found[found["kind"] == "staff"].iloc[0, 1:].tolist() == [1, 1, 0, 0]


def test_goals_never_talked_about_come_first_the_heaviest_before_the_others():
    found = dialogue.unspoken(GOALS, talks({"goal": "G1"}), between=dialogue.INSIDE)

    assert found[["goal_name", "topics", "never"]].values.tolist() == [["Work", 0, True], ["Save", 0, True], ["Read", 1, False]]


def test_outcomes_name_the_decision_and_the_initiative():
    decisions, initiatives = pd.DataFrame({"decision": ["D1"], "what": ["Open on Sunday"]}), pd.DataFrame({"initiative": ["I1"], "name": ["Sunday pilot"]})
    found = dialogue.outcomes(talks({}, {"decision": "D1", "initiative": "I1"}, {"outcome": "A letter", "date": "2026-02-01"}), decisions, initiatives, between=dialogue.INSIDE)

    assert found["dialogue"].tolist() == ["DL3", "DL2"]
    assert found.loc[1, ["decision_name", "initiative_name"]].tolist() == ["Open on Sunday", "Sunday pilot"]


def test_topics_of_both_sides_add_up():
    rows = talks({}, {"between": dialogue.OUTSIDE}, {"kind": None})
    check = dialogue.reconciled(rows, dialogue.topics(rows, between=dialogue.INSIDE), dialogue.topics(rows, between=dialogue.OUTSIDE)).iloc[0]

    assert (check["expected"], check["found"]) == (3, 3)


def test_an_empty_log_gives_empty_tables():
    none = talks()

    assert list(dialogue.rhythm(none, between=dialogue.INSIDE, as_of=DAY).columns) == dialogue.RHYTHM
    assert dialogue.topics(none, between=dialogue.INSIDE).empty and dialogue.unspoken(GOALS, none, between=dialogue.INSIDE).empty
    assert promised().empty and dialogue.kept(promised()).empty and dialogue.reconciled(none).empty
    assert dialogue.outcomes(none, pd.DataFrame(columns=["decision", "what"]), pd.DataFrame(columns=["initiative", "name"]), between=dialogue.INSIDE).empty
