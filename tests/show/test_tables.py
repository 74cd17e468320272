"""Tables of steps 5 to 7 fit a page: long lists are cut, columns that belong together are one."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.show import language
from planning.show.tables import communication, flexibility, people

NONE = float("nan")


def test_what_changes_in_a_future_names_two_initiatives_and_counts_the_rest():
    rows = pd.DataFrame({"scenario_name": ["Work first", "As today"], "money": [10.0, 10.0], "hours": [5.0, 5.0], "lost": [0.1, 0.0],
                         "drops_out": ["A; B; C; D", ""], "comes_in": ["E", ""]})
    found = flexibility.outlook(rows)
    assert found.columns[-1].name == "changes"
    assert found.rows["changes"].fillna("").tolist() == ["out: A, B and 2 more; in: E", ""]


def test_services_to_keep_stand_in_the_file_and_not_on_the_page():
    about = {"against": "", "speaks_for": "", "consulted": pd.NaT, "fit": 0.3, "yearly_change": 0.0, "dearer": 0.0, "quality": 4.0, "relevance": 3.5, "elsewhere": NONE,
             "only_here": None, "segment_name": None, "partner_name": None, "merge_name": None}
    rows = pd.DataFrame([{"service_name": name, "proposal": proposal, "first": first} | about for name, proposal, first in
                         (("A", "stop", "consult first"), ("B", "improve", ""), ("C", "improve", ""), ("D", "improve", ""), ("E", "keep", ""))])
    rows.loc[1, "consulted"] = pd.Timestamp(2026, 5, 12)
    found = flexibility.sunset(rows)
    assert (found.most, len(found.rows)) == (4, 5)
    assert found.rows["heard"].fillna("").tolist()[:3] == ["consult first", "heard on 12 May 2026", ""]


def test_a_gap_says_whether_its_training_closes_narrows_or_is_missing_and_keeps_no_score():
    rows = pd.DataFrame({"role_name": ["R"] * 3, "skill_name": ["S"] * 3, "critical": [2] * 3, "required": [3.0, 4.0, 2.0], "current": [1.0, 1.0, None], "score": [6.0, 6.0, 2.0], "short": [1.0] * 3,
                         "training_name": ["Course", "Course", None], "covered": ["closed", "narrowed", "open"]})
    found = people.gaps(rows)
    assert found.rows["help"].fillna("").tolist() == ["Course", "Course (narrows the gap)", ""]
    assert "score" not in found.rows


def test_the_calendar_says_where_a_message_stands_and_whether_it_is_late():
    language.use("en", "USD")
    rows = pd.DataFrame({"date": [dt.date(2026, 6, 1), dt.date(2026, 8, 1)], "when": ["late", "coming"], "status": ["draft", "approved"], "audience_name": "Readers",
                         "channel": "poster", "owner_name": "Librarian", "text": "One"})
    assert communication.calendar(rows).rows["stands"].tolist() == ["draft, late", "approved"]
