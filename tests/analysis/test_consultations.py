"""Consultations: what was said in rooms, how strong the evidence is, and what stays hidden."""

import pandas as pd

from planning.analysis import consultations

BOOK = pd.DataFrame({"theme": ["T1", "T2"], "name": ["Seats", "Hours"]})
PARTS = pd.DataFrame({"segment": ["A"], "name": ["Families"]})


def rooms(*rows):
    plain = {"date": pd.Timestamp("2026-03-01"), "kind": "focus group", "group": "patrons", "segment": "A", "people": 8.0, "guide": "What brings you? What stops you?", "notes": "In the evening"}
    return pd.DataFrame([{"consultation": f"CN{place}"} | plain | row for place, row in enumerate(rows, start=1)], columns=["consultation", *plain])


def log(*rows):
    plain = {"group": "patrons", "channel": "focus group", "theme": "T1", "consultation": None}
    return pd.DataFrame([plain | row for row in rows], columns=list(plain))


def test_strong_evidence_takes_three_rooms_and_three_channels_and_people_are_those_in_the_room():
    said = log({"consultation": "CN1"}, {"consultation": "CN1"}, {"consultation": "CN2"}, {"consultation": "CN3", "channel": "interview"}, {"channel": "online form"},
               {"theme": "T2", "consultation": "CN1"}, {"theme": "T2"})
    found = consultations.evidence(said, rooms({}, {}, {"people": 1.0}), BOOK, small_group=1)

    assert found[["theme_name", "consultations", "people", "channels", "strength"]].values.tolist() == [["Seats", 3, 17, 3, "strong"], ["Hours", 1, 8, 1, "thin"]]


def test_one_room_and_another_channel_are_some_evidence_and_partners_do_not_count():
    said = log({"consultation": "CN1"}, {"channel": "online form"}, {"group": "partners", "channel": "interview"})

    assert consultations.evidence(said, rooms({}), BOOK, small_group=1)[["channels", "strength"]].values.tolist() == [[2, "some"]]


def test_a_theme_that_other_tables_hide_is_hidden_here_and_no_strength_is_given():
    found = consultations.evidence(log(*[{}] * 8, *[{"theme": "T2"}] * 2), rooms({}), BOOK, small_group=3)

    assert found["hidden"].all()
    assert found[["consultations", "people", "channels", "strength"]].isna().all().all()


def test_a_talk_with_few_people_is_listed_without_day_segment_notes_and_content():
    said = log({"consultation": "CN1"}, {"consultation": "CN2"})
    found = consultations.held(rooms({}, {"people": 1.0, "kind": "interview"}, {"group": "leadership"}), said, PARTS, BOOK, small_group=5)

    assert found["hidden"].tolist() == [False, True]
    assert found.loc[0, ["segment_name", "entries", "theme_names"]].tolist() == ["Families", 1.0, "Seats"]
    assert found.loc[1, ["date", "segment_name", "theme_names", "notes"]].isna().all()
    assert found.loc[1, ["people", "entries"]].tolist() == [1, 1], "both would follow from other tables, and tell nothing of what was said"


def test_a_theme_of_every_small_talk_is_counted_once_less_so_that_nobody_is_told_by_the_number():
    said = log({"consultation": "CN1"}, {"consultation": "CN2", "channel": "interview"}, {"consultation": "CN3", "channel": "interview"}, {"theme": "T2", "consultation": "CN3"}, {"theme": "T2"})
    found = consultations.evidence(said, rooms({}, {"people": 1.0}, {"people": 2.0}), BOOK, small_group=2)

    assert found[["theme_name", "consultations", "people"]].values.tolist() == [["Seats", 2, 10], ["Hours", 1, 2]], "with 2 seats CN3 is no small talk"
    assert consultations.evidence(said, rooms({}, {"people": 1.0}, {"people": 1.0}), BOOK, small_group=2)["consultations"].tolist() == [2, 1]
    assert consultations.evidence(said, rooms({}, {}, {"people": 1.0}), BOOK, small_group=2)["consultations"].tolist() == [2, 0]


def test_notes_are_cleaned_and_the_guide_is_one_question_a_line():
    row = consultations.held(rooms({"notes": "Mrs Halloran took the minutes"}), log(), PARTS, BOOK, small_group=1).iloc[0]

    assert row["notes"] == "Mrs [name] took the minutes"
    assert row["questions"] == "What brings you?\nWhat stops you?"
    asked = consultations.held(rooms({"guide": "What stops you? Ask Mrs Halloran at halloran@example.org?"}), log(), PARTS, BOOK, small_group=1).iloc[0]["questions"]
    assert "Halloran" not in asked and "@" not in asked


def test_loose_entries_and_silent_rooms_are_counted():
    found = consultations.unlinked(log({"consultation": "CN1"}, {}, {"channel": "online form"}, {"group": "partners"}), rooms({}, {}))

    assert found.values.tolist() == [[2, 1, 2, 1]]


def test_empty_tables_give_empty_results_with_their_columns():
    assert list(consultations.held(rooms(), log(), PARTS, BOOK, small_group=5).columns) == consultations.HELD
    assert list(consultations.evidence(log(), rooms(), BOOK, small_group=5).columns) == consultations.EVIDENCE
    assert consultations.unlinked(log(), rooms()).empty
