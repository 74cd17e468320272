import numpy as np
import pandas as pd

from planning.methods.regret import good_enough_share, regret

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
