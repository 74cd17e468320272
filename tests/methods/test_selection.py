import pandas as pd

from planning.methods.selection import needed, question, reasons

LIMITS = pd.DataFrame({"ceiling": ["money", "hours", "hours of R1"], "ceiling_name": ["money", "hours", "Clerk"], "limit": [10.0, None, 3.0]})


def items(*rows):
    found = pd.DataFrame(rows, columns=["initiative", "part", "cost", "hours", "hours of R1"])
    return found.assign(initiative_name="Name " + found["initiative"], value=1.0)


def links(*rows):
    return pd.DataFrame(rows, columns=["initiative", "link", "other"])


def test_hours_of_a_role_are_one_more_ceiling_and_a_missing_limit_is_none():
    asked = question(items(("A", "free", 1, 2, 3)), links(), LIMITS)
    assert asked.terms["costs"].tolist() == [[1, 2, 3]]
    assert asked.terms["ceilings"].tolist() == [10, float("inf"), 3]


def test_hours_that_nobody_split_need_nothing_of_a_role():
    assert needed(items(("A", "free", 1, 2, None)), LIMITS).tolist() == [[1, 2, 0]]


def test_every_conflict_names_its_rows():
    rows = items(("A", "must do", 6, 1, 4), ("B", "must do", 6, 1, 0), ("C", "free", 1, 1, 1), ("D", "free", 1, 1, 1), ("E", "must do", 1, 1, 1), ("F", "rejected", 1, 1, 1))
    asked = question(rows, links(("C", "needs", "D"), ("D", "needs", "C"), ("A", "excludes", "B"), ("E", "needs", "F")), LIMITS)
    found = reasons(asked, LIMITS, asked.conflicts)
    assert found[["kind", "ceiling_name", "names"]].values.tolist() == [
        ["needs what cannot be had", "", "Name E"], ["needs run in a circle", "", "Name C; Name D"], ["exclude each other", "", "Name A; Name B"],
        ["over the ceiling", "money", "Name A; Name B"], ["over the ceiling", "Clerk", "Name A"]]
    assert found["excess"].tolist()[3:] == [2.0, 1.0]
    assert not asked.possible
