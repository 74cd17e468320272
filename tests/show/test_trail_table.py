"""What each decision changed is told by name, newest decision first."""

from __future__ import annotations

import pandas as pd

from planning.show.tables import trail

DECISIONS = pd.DataFrame({"decision": ["D1", "D2"], "what": ["Weigh reading more", "Ask the room"], "date": pd.to_datetime(["2026-01-10", "2026-03-01"]), "decided_by": ["Board", "Director"]})
TABLES = {"goals": pd.DataFrame({"goal": ["G1"], "name": ["Every child reads"], "weight": [0.3]})}


def kept(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["decision", "table", "row", "column", "what", "before", "after"])


def test_cells_and_rows_are_told_by_name_and_many_rows_are_counted() -> None:
    rows = kept(("D1", "goals", "G1", "weight", "changed", "0.26", "0.3"), ("D1", "goals", "G9", "*", "removed", "Culture", None),
                ("D2", "goal_votes", "*", "*", "new", None, "42"), ("D2", "swot", "SW7", "*", "new", None, "Quiet rooms"))
    shown = trail.cells(rows, DECISIONS, TABLES).rows

    assert shown["change"].tolist() == ["Votes on goals: 42 new rows.", "Strengths, weaknesses, opportunities, threats: “Quiet rooms” is new.",
                                        "Goals: “Every child reads”: weight from 0.26 to 0.30.", "Goals: “Culture” is taken out."]
    assert shown["decided"].tolist() == ["Ask the room", "Ask the room", "Weigh reading more", "Weigh reading more"]


def test_a_column_that_no_longer_exists_and_a_decision_that_is_not_known_yet_break_nothing() -> None:
    rows = kept(("D1", "goals", "G1", "colour", "changed", "red", "blue"), ("D9", "goals", "G1", "weight", "changed", "0.2", "0.3"))

    assert trail.cells(rows, DECISIONS, TABLES).rows["change"].tolist() == ["Goals: “Every child reads” is changed."]
