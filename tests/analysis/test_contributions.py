import pandas as pd
import pytest

from planning.analysis import contributions

PARTNERS = pd.DataFrame({"partner": ["P1", "P2"], "name": ["Society", "Friends"], "status": ["active", "ended"]})


def given(*rows: tuple) -> pd.DataFrame:
    """Rows of partner, fiscal year, given by, kind, amount, hours."""
    return pd.DataFrame(rows, columns=["partner", "fiscal_year", "given_by", "kind", "amount", "hours"]).astype({"amount": float, "hours": float, "fiscal_year": int})


def sides(library: float, partner: float) -> pd.DataFrame:
    return given(("P1", 2026, "library", "cash", library, None), ("P1", 2026, "partner", "cash", partner, None))


def test_both_sides_are_added_up_over_the_years_asked_for():
    rows = given(("P1", 2024, "library", "cash", 999, None), ("P1", 2025, "library", "cash", 100, None), ("P1", 2026, "library", "time", 300, 10),
                 ("P1", 2025, "partner", "cash", 40, None), ("P1", 2026, "partner", "cash", 60, None))

    found = contributions.balance(rows, PARTNERS, last_year=2026, years=2).iloc[0]

    assert found[["library_gives", "partner_gives", "net", "leverage", "first_year", "last_year"]].tolist() == [400, 100, -300, 0.25, 2025, 2026]
    assert found["change"] == pytest.approx(0.5)


@pytest.mark.parametrize(("library", "partner", "words"), [
    (300, 100, "the library gives far more"), (299, 100, "the library gives more"), (100, 79, "the library gives more"), (100, 80, "about even"),
    (100, 125, "about even"), (100, 126, "the partner gives more"), (100, 300, "the partner gives far more"), (0, 5, "the partner gives all"),
    (0, 0, "neither side gave"), (5, 0, "the library gives far more"),
])
def test_the_balance_in_words(library, partner, words):
    assert contributions.balance(sides(library, partner), PARTNERS, last_year=2026)["balance"].tolist() == [words]


def test_leverage_is_missing_when_the_library_gave_nothing():
    assert contributions.balance(sides(0, 5), PARTNERS, last_year=2026)["leverage"].isna().all()


def test_a_side_without_a_row_is_missing_and_not_zero():
    found = contributions.balance(given(("P1", 2026, "library", "cash", 100, None)), PARTNERS, last_year=2026).iloc[0]

    assert found["balance"] == "only the library's side is recorded"
    assert pd.isna(found["partner_gives"]) and pd.isna(found["net"]) and pd.isna(found["leverage"])


def test_sides_recorded_for_different_years_are_not_compared():
    rows = given(("P1", 2025, "library", "cash", 100, None), ("P1", 2026, "library", "cash", 100, None), ("P1", 2026, "partner", "cash", 100, None))

    found = contributions.balance(rows, PARTNERS, last_year=2026).iloc[0]

    assert found["balance"] == "recorded for different years"
    assert pd.isna(found["leverage"])


def test_the_most_one_sided_partnership_comes_first_and_ended_ones_are_kept():
    rows = pd.concat([sides(100, 200), sides(50, 10).assign(partner="P2")])

    assert contributions.balance(rows, PARTNERS, last_year=2026)[["partner_name", "status"]].values.tolist() == [["Friends", "ended"], ["Society", "active"]]


def test_forms_list_all_three_kinds_and_leave_gaps_where_nothing_is_recorded():
    found = contributions.forms(given(("P1", 2026, "library", "time", 300, 10), ("P1", 2026, "library", "time", 200, None)), last_year=2026).set_index("kind")

    assert found.loc["time", ["library_gives", "library_hours"]].tolist() == [500, 10]
    assert found.loc["time", "partner_gives":].isna().tolist() == [True, False, True]
    assert found.loc["cash"].isna().all()


def test_sums_by_partner_and_by_form_agree_with_the_whole():
    rows = given(("P1", 2026, "library", "cash", 100, None), ("P2", 2026, "partner", "in kind", 30, None), ("P1", 2020, "library", "cash", 7, None))
    balance, forms = contributions.balance(rows, PARTNERS, last_year=2026), contributions.forms(rows, last_year=2026)

    assert contributions.reconciled(rows, balance, forms, last_year=2026)[["expected", "found"]].values.tolist() == [[100, 100], [100, 100], [30, 30], [30, 30]]


def test_a_partner_that_is_lost_on_the_way_shows_in_the_check():
    rows = sides(100, 50)
    balance, forms = contributions.balance(rows, PARTNERS[PARTNERS["partner"] != "P1"], last_year=2026), contributions.forms(rows, last_year=2026)

    assert contributions.reconciled(rows, balance, forms, last_year=2026)["found"].tolist() == [0, 100, 0, 50]


def test_no_contributions_in_the_window_give_empty_results():
    old = sides(1, 1).assign(fiscal_year=2010)
    for rows in (old, old.iloc[:0]):
        balance, forms = contributions.balance(rows, PARTNERS, last_year=2026), contributions.forms(rows, last_year=2026)

        assert (len(balance), len(forms), len(contributions.reconciled(rows, balance, forms, last_year=2026))) == (0, 0, 0)
        assert "leverage" in balance


def two_years(*rows: tuple) -> pd.DataFrame:
    """Rows of partner, fiscal year, what the library gave, what the partner gave; None is not recorded."""
    both = [(partner, year, side, "cash", amount, None) for partner, year, *amounts in rows for side, amount in zip(("library", "partner"), amounts) if amount is not None]
    return given(*both)


BOTH_ACTIVE = PARTNERS.assign(status="active")


@pytest.mark.parametrize(("library", "partner", "reciprocity"), [(100, 50, 0.5), (50, 100, 0.5), (70, 70, 1), (0, 5, 0)])
def test_reciprocity_is_the_smaller_side_over_the_larger(library, partner, reciprocity):
    assert contributions.balance(sides(library, partner), PARTNERS, last_year=2026)["reciprocity"].tolist() == [reciprocity]


def test_reciprocity_is_missing_when_a_side_is_or_when_neither_gave():
    one = given(("P1", 2026, "library", "cash", 100, None))

    assert contributions.balance(one, PARTNERS, last_year=2026)["reciprocity"].isna().all()
    assert contributions.balance(sides(0, 0), PARTNERS, last_year=2026)["reciprocity"].isna().all()


def test_hours_of_both_sides_are_added_up_and_missing_where_none_is_recorded():
    rows = given(("P1", 2026, "library", "time", 300, 10), ("P1", 2025, "library", "time", 200, 6), ("P1", 2026, "partner", "cash", 100, None), ("P1", 2025, "partner", "cash", 100, None))

    found = contributions.balance(rows, PARTNERS, last_year=2026).iloc[0]

    assert found["library_hours"] == 16
    assert pd.isna(found["partner_hours"])


def test_years_compare_only_partnerships_that_are_in_both():
    rows = two_years(("P1", 2025, 100, 50), ("P1", 2026, 110, 40), ("P2", 2026, 1000, 2000))

    found = contributions.by_year(rows, BOTH_ACTIVE, last_year=2026)

    assert found[["fiscal_year", "partnerships", "library_gives", "partner_gives"]].values.tolist() == [[2025, 1, 100, 50], [2026, 2, 1110, 2040]]
    assert found.loc[1, ["alike", "library_change", "partner_change"]].tolist() == pytest.approx([1, 0.1, -0.2])
    assert found.loc[0, ["alike", "library_change", "partner_change"]].isna().all()
    assert found["leverage"].tolist() == pytest.approx([0.5, 2040 / 1110])


def test_a_partnership_recorded_from_one_side_is_in_no_sum_of_that_year():
    found = contributions.by_year(two_years(("P1", 2026, 100, 50), ("P2", 2026, None, 900)), BOTH_ACTIVE, last_year=2026)

    assert found[["partnerships", "left_out", "library_gives", "partner_gives", "reciprocity"]].values.tolist() == [[1, 1, 100, 50, 0.5]]


def test_a_year_with_one_side_only_has_no_sums():
    found = contributions.by_year(two_years(("P1", 2026, 100, None)), BOTH_ACTIVE, last_year=2026).iloc[0]

    assert found["left_out"] == 1
    assert found[["library_gives", "partner_gives", "leverage", "reciprocity"]].isna().all()


def test_partners_of_the_past_are_not_in_the_years():
    assert contributions.by_year(two_years(("P2", 2026, 100, 50)), PARTNERS, last_year=2026).empty
    assert contributions.by_year(two_years(("P1", 2026, 100, 50)).head(0), PARTNERS, last_year=2026).empty
