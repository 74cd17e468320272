import numpy as np
import pandas as pd
import pytest

from planning.methods.regret import expected, good_enough_share, regret

RETURNS = pd.DataFrame(
    {"rise": [-4, -2, 3], "still": [4, 3, 2], "fall": [12, 8, 1]}, index=["stocks", "bonds", "money market"]
)


def test_regret_of_the_interest_rate_example_of_wikipedias_article_on_regret():
    found = regret(RETURNS)
    assert found.table.loc["stocks"].tolist() == [7, 0, 0]
    assert found.table.loc["bonds"].tolist() == [5, 1, 4]
    assert found.table.loc["money market"].tolist() == [0, 2, 11]
    assert found.largest.to_dict() == {"stocks": 7, "bonds": 5, "money market": 11}
    assert found.minimax == ("bonds",)


def test_options_that_tie_are_all_minimax():
    assert regret([[1, 0], [0, 1]]).minimax == (0, 1)


def test_a_missing_value_leaves_the_options_largest_regret_missing():
    found = regret(pd.DataFrame({"now": [5, 9], "later": [np.nan, 1]}, index=["A", "B"]))
    assert np.isnan(found.largest["A"])
    assert found.minimax == ("B",)
    assert regret([[np.nan, 1]]).minimax == ()


def test_good_enough_share_counts_the_futures_at_or_above_the_threshold():
    found = good_enough_share(RETURNS, threshold=3)
    assert found.round(3).to_dict() == {"stocks": 0.667, "bonds": 0.667, "money market": 0.333}


def test_each_future_may_have_its_own_threshold():
    found = good_enough_share(RETURNS, pd.Series({"fall": 8, "still": 3, "rise": 0}))
    assert found.round(3).to_dict() == {"stocks": 0.667, "bonds": 0.667, "money market": 0.333}
    assert good_enough_share(RETURNS, pd.Series({"fall": 9, "still": 3, "rise": 0}))["bonds"] == 1 / 3


def test_an_option_with_a_missing_value_has_no_share():
    assert good_enough_share([[5, np.nan], [5, 1]], threshold=3).isna().tolist() == [True, False]


MARKET = pd.DataFrame({"growing": [40, 70, 53], "stable": [45, 30, 45], "declining": [5, -13, -5]}, index=["bonds", "stocks", "mutual funds"])


def test_regret_of_the_published_table_of_bonds_stocks_and_mutual_funds():
    found = regret(MARKET)
    assert found.largest.to_dict() == {"bonds": 30, "stocks": 18, "mutual funds": 17}
    assert found.minimax == ("mutual funds",)


def test_perfect_information_in_the_published_table_of_bonds_stocks_and_mutual_funds_is_worth_six():
    found = expected(MARKET, [0.2, 0.5, 0.3])
    assert found.best == ("bonds",)
    assert found.information == pytest.approx(6)
    assert (MARKET.loc["bonds"] * [0.2, 0.5, 0.3]).sum() == pytest.approx(32)


def test_perfect_information_in_the_example_of_wikipedias_article_on_it_is_worth_350():
    payoffs = pd.DataFrame({"up": [1500, 900, 500], "still": [300, 600, 500], "down": [-800, -200, 500]}, index=["stock", "fund", "certificate"])
    found = expected(payoffs, pd.Series({"down": 0.2, "up": 0.5, "still": 0.3}))
    assert (found.best, found.information) == (("stock",), pytest.approx(350))
    assert found.regret.round(6).to_dict() == {"stock": 350, "fund": 440, "certificate": 530}


def test_chances_that_do_not_fit_are_refused():
    for chances in ([0.5, 0.4, 0.3], [0.5, 0.5], [1.2, -0.2, 0.0], [0.5, 0.5, np.nan]):
        with pytest.raises(ValueError, match="add up to 1"):
            expected(MARKET, chances)


def test_an_option_with_a_gap_has_no_expected_regret():
    found = expected(pd.DataFrame({"now": [5, 9], "later": [np.nan, 1]}, index=["A", "B"]), [0.5, 0.5])
    assert np.isnan(found.regret["A"]) and found.best == ("B",)
