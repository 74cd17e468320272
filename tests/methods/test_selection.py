import pandas as pd

from planning.methods.selection import chosen, exchanged, needed, question, reasons

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


def test_what_runs_already_needs_nothing_more_and_one_rejected_excludes_nothing():
    asked = question(items(("A", "running", 1, 1, 1), ("B", "rejected", 1, 1, 1), ("C", "free", 1, 1, 1)), links(("A", "needs", "B"), ("C", "excludes", "B"), ("A", "needs", "C")), LIMITS)
    assert asked.items["initiative"].tolist() == ["A", "C"]
    assert (asked.shut, asked.terms["needs"]) == ({}, [])


def test_what_needs_one_that_is_shut_out_is_shut_out_too_and_so_is_what_excludes_one_that_is_done():
    rows = items(("A", "free", 1, 1, 1), ("B", "free", 1, 1, 1), ("C", "cost or hours not known", 1, 1, 1), ("D", "free", 1, 1, 1), ("E", "done", 1, 1, 1))
    found = question(rows, links(("A", "needs", "B"), ("B", "needs", "C"), ("E", "excludes", "D")), LIMITS)
    assert found.shut == {"A": "needs what cannot be had", "B": "needs what cannot be had", "D": "excluded by one that is done"}


def test_every_conflict_names_its_rows():
    rows = items(("A", "must do", 6, 1, 4), ("B", "must do", 6, 1, 0), ("C", "free", 1, 1, 1), ("D", "free", 1, 1, 1), ("E", "must do", 1, 1, 1), ("F", "rejected", 1, 1, 1))
    asked = question(rows, links(("C", "needs", "D"), ("D", "needs", "C"), ("A", "excludes", "B"), ("E", "needs", "F")), LIMITS)
    found = reasons(asked, LIMITS, asked.conflicts)
    assert found[["kind", "ceiling_name", "names"]].values.tolist() == [
        ["needs what cannot be had", "", "Name E"], ["needs run in a circle", "", "Name C; Name D"], ["exclude each other", "", "Name A; Name B"],
        ["over the ceiling", "money", "Name A; Name B"], ["over the ceiling", "Clerk", "Name A"]]
    assert found["excess"].tolist()[3:] == [2.0, 1.0]
    assert not asked.possible


def test_one_moved_ceiling_gives_another_choice_and_what_no_longer_fits_gives_none():
    rows = items(("A", "must do", 6, 1, 1), ("B", "free", 4, 1, 2), ("C", "free", 4, 1, 0)).assign(value=[1.0, 5.0, 2.0])
    found = [chosen(rows, links(), LIMITS, ceiling=ceiling, limit=limit) for ceiling, limit in ((0, 14.0), (0, 5.0), (2, 2.0))]
    assert [None if one is None else one["initiative"].tolist() for one in found] == [["A", "B", "C"], None, ["A", "C"]]
    assert exchanged(rows[:2], found[2]) == ("Name C", "Name B")


def test_an_exclusion_given_from_both_sides_is_one_conflict():
    asked = question(items(("A", "must do", 1, 1, 1), ("B", "must do", 1, 1, 1)), links(("A", "excludes", "B"), ("B", "excludes", "A")), LIMITS)
    assert len(reasons(asked, LIMITS, asked.conflicts)) == 1


def test_a_must_do_that_cannot_be_had_names_the_end_of_its_chain_of_needs_and_why():
    rows = items(("A", "must do", 1, 1, 1), ("B", "free", 1, 1, 1), ("C", "rejected", 1, 1, 1), ("D", "must do", 1, 1, 1), ("E", "cost or hours not known", None, 1, 1),
                 ("F", "must do", 1, 1, 1), ("G", "free", 1, 1, 1), ("H", "done", 1, 1, 1))
    asked = question(rows, links(("A", "needs", "B"), ("B", "needs", "A"), ("B", "needs", "C"), ("D", "needs", "E"), ("F", "needs", "G"), ("G", "excludes", "H")), LIMITS)
    assert reasons(asked, LIMITS, ())[["names", "lacks", "state"]].values.tolist() == [
        ["Name A", "Name C", "rejected"], ["Name D", "Name E", "cost or hours not known"], ["Name F", "Name G", "excluded by one that is done"]]
