import pandas as pd
import pytest

from planning.analysis import pooling

PARTNERS = pd.DataFrame({"partner": ["P1", "P2"], "name": ["Consortium", "City"]})


def shared(*rows: tuple) -> pd.DataFrame:
    """Rows of partner, fiscal year, name, paid, alone, basis."""
    found = pd.DataFrame(rows, columns=["partner", "fiscal_year", "name", "paid", "alone", "basis"])
    return found.astype({"paid": float, "alone": float, "fiscal_year": int, "basis": "str"})


def savings(*rows: tuple, last_year: int = 2026) -> pd.DataFrame:
    return pooling.savings(shared(*rows), PARTNERS, last_year=last_year)


def test_the_saving_is_the_cost_alone_less_what_was_paid():
    found = savings(("P1", 2026, "Catalogue", 300, 400, "offer")).iloc[0]

    assert (found["partner_name"], found["saved"], found["share"]) == ("Consortium", 100, 0.25)


def test_a_thing_that_costs_more_together_has_a_saving_below_zero_and_comes_first():
    found = savings(("P1", 2026, "Catalogue", 300, 400, "offer"), ("P2", 2026, "Van", 55, 50, "last price paid"))

    assert found[["name", "saved"]].values.tolist() == [["Van", -5], ["Catalogue", 100]]
    assert found["share"].tolist() == pytest.approx([-0.1, 0.25])


def test_a_cost_alone_that_nobody_knows_saves_neither_nothing_nor_all_and_stands_last():
    found = savings(("P1", 2026, "Storage", 300, None, None), ("P2", 2026, "Van", 55, 50, "offer"))

    assert found["name"].tolist() == ["Van", "Storage"]
    assert found.loc[1, ["alone", "saved", "share"]].isna().all() and found.loc[1, "basis"] == "not known"


def test_a_basis_that_is_not_given_is_said_so():
    assert savings(("P1", 2026, "Van", 5, 6, None))["basis"].tolist() == ["not stated"]


def test_only_the_latest_year_counts_and_the_year_before_stands_beside_it():
    found = savings(("P1", 2024, "Old", 1, 2, "offer"), ("P1", 2025, "Catalogue", 300, 350, "offer"), ("P1", 2026, "Catalogue", 300, 400, "offer"),
                    ("P1", 2027, "Catalogue", 300, 900, "offer"))

    assert found[["name", "fiscal_year", "saved", "saved_before"]].values.tolist() == [["Catalogue", 2026, 100, 50]]


def test_a_cost_alone_of_zero_has_no_share():
    assert savings(("P1", 2026, "Gift", 5, 0, "offer"))["share"].isna().all()


def test_savings_add_up_by_what_they_rest_on_the_firmest_first():
    found = pooling.by_basis(savings(("P1", 2026, "A", 1, 3, "estimate"), ("P1", 2026, "B", 2, 9, "offer"), ("P2", 2026, "C", 4, None, None), ("P2", 2026, "D", 5, 6, "offer")))

    assert found["basis"].tolist() == ["offer", "estimate", "not known"]
    assert found["things"].tolist() == [2, 1, 1]
    assert found["saved"].head(2).tolist() == [8, 2] and pd.isna(found["saved"].iloc[2])


def test_what_was_paid_agrees_thing_by_thing_and_by_basis_and_a_lost_thing_shows():
    rows = shared(("P1", 2026, "A", 1, 3, "estimate"), ("P2", 2026, "C", 4, None, None))
    found = pooling.savings(rows, PARTNERS, last_year=2026)

    assert pooling.reconciled(rows, found, pooling.by_basis(found))[["expected", "found"]].values.tolist() == [[5, 5], [5, 5]]
    assert pooling.reconciled(rows, found.head(1), pooling.by_basis(found.head(1)))["found"].tolist() == [1, 1]


def test_no_shared_costs_give_empty_results():
    for rows in ((), (("P1", 2027, "A", 1, 2, "offer"),)):
        found = savings(*rows)

        assert [len(one) for one in (found, pooling.by_basis(found), pooling.reconciled(shared(*rows), found, pooling.by_basis(found)))] == [0, 0, 0]
