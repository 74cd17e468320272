"""Ratings by three groups: means, differences, quadrants, and groups too small to show."""

from __future__ import annotations

import pandas as pd

from planning.analysis import ratings

SERVICES = pd.DataFrame({"service": ["S1", "S2", "S3"], "name": ["Storytime", "Desk", "Copier"]})


def rows(service: str, group: str, quality: list[float], relevance: list[float]) -> pd.DataFrame:
    raters = [f"{group[0]}{place}" for place in range(len(quality))]
    return pd.DataFrame({"rater": raters, "group": group, "service": service, "quality": quality, "relevance": relevance})


RATED = pd.concat([
    rows("S1", "patrons", [2, 2, 3, 2, 2], [5, 5, 5, 4, 5]), rows("S1", "leadership", [4, 4, 4, 4, 5], [2, 1, 2, 2, 1]),
    rows("S2", "patrons", [5, 5, 4, 5, 5], [2, 3, 2, 2, 2]), rows("S2", "leadership", [5, 5, 5, 5, 4], [2, 3, 2, 2, 3]),
    rows("S3", "patrons", [3, 3], [3, 3]), rows("S3", "leadership", [3, 3, 3, 3, 3], [3, 3, 3, 3, 3]),
], ignore_index=True)


def test_a_group_below_the_threshold_is_hidden_with_all_its_figures() -> None:
    found = ratings.summary(RATED, SERVICES, small_group=5).set_index(["service", "group"])

    assert bool(found.loc[("S3", "patrons"), "hidden"]) is True
    assert found.loc[("S3", "patrons"), ["n", "quality", "relevance"]].isna().all()
    assert found.loc[("S1", "patrons"), "quality"] == 2.2


def test_the_largest_difference_comes_first_with_an_interval_and_its_size_in_words() -> None:
    first = ratings.gaps(RATED, SERVICES, small_group=5, seed=1).iloc[0]

    assert first["service_name"] == "Storytime"
    assert round(first["difference"], 6) == 3.2
    assert first["low"] > 2.5 and first["high"] < 4
    assert first["delta"] == 1.0 and first["size"] == "large" and bool(first["clear"])


def test_a_difference_that_chance_explains_is_not_clear() -> None:
    found = ratings.gaps(RATED, SERVICES, small_group=5, seed=1).set_index("service")

    assert not found.loc["S2", "clear"]


def test_a_difference_clear_by_itself_is_not_clear_among_many_services() -> None:
    patrons, leadership = [4, 4, 5, 3, 4, 4, 5, 4, 4, 3], [3, 3, 4, 3, 3]
    level = pd.concat([rows(f"S{place}", group, [3] * 5, [3, 4, 3, 4, 3]) for place in range(2, 17) for group in ("patrons", "leadership")])
    one = pd.concat([rows("S1", "patrons", patrons, patrons), rows("S1", "leadership", leadership, leadership)])
    services = pd.DataFrame({"service": [f"S{place}" for place in range(1, 17)], "name": [f"Service {place}" for place in range(1, 17)]})

    alone = ratings.gaps(one, services, small_group=5, seed=1).iloc[0]
    among = ratings.gaps(pd.concat([one, level]), services, small_group=5, seed=1).iloc[0]

    assert alone["low"] > 0 and bool(alone["clear"])
    assert among["low"] > 0 and not among["clear"]
    assert among["chance"] == min(1.0, 16 * alone["chance"])


def test_a_mean_on_which_too_few_answered_is_missing_though_the_group_is_large_enough() -> None:
    few = rows("S1", "patrons", [5, None, None, None, None, None], [4, 4, 4, 4, 4, 4])
    found = ratings.summary(few, SERVICES, small_group=5).iloc[0]

    assert pd.isna(found["quality"])
    assert found["relevance"] == 4.0 and not found["hidden"]


def test_a_service_rated_by_too_few_is_hidden_in_the_comparison_too() -> None:
    found = ratings.gaps(RATED, SERVICES, small_group=5, seed=1).set_index("service")

    assert bool(found.loc["S3", "hidden"]) is True
    assert found.loc["S3", ["patrons", "leadership", "n_patrons", "n_leadership", "difference"]].isna().all()
    assert not found.loc["S3", "clear"]


def test_quadrants_are_cut_at_the_means_over_services() -> None:
    found = ratings.importance_performance(RATED, SERVICES, small_group=5, seed=1)

    assert found[["service_name", "quadrant"]].values.tolist() == [["Storytime", "concentrate here"], ["Desk", "possible overkill"]]
    assert found.attrs["cuts"] == (3.5, 3.5)
    assert (found["sure"] > 0.95).all()


STAFF = pd.concat([RATED, rows("S1", "staff", [3, 3, 4, 3, 3], [3, 3, 3, 4, 3]), rows("S2", "staff", [5, 4, 5, 5, 5], [3, 3, 3, 2, 3])])


def test_any_two_groups_can_be_set_beside_each_other_under_their_own_names() -> None:
    found = ratings.gaps(STAFF, SERVICES, of="quality", between=("staff", "leadership"), small_group=5, seed=1).set_index("service")

    assert round(found.loc["S1", "staff"] - found.loc["S1", "leadership"], 6) == round(found.loc["S1", "difference"], 6) == -1.0
    assert found.loc["S1", ["n_staff", "n_leadership"]].tolist() == [5, 5]
    assert "patrons" not in found


def test_turning_the_two_groups_round_turns_the_difference_round() -> None:
    one = ratings.gaps(RATED, SERVICES, small_group=5, seed=1)
    other = ratings.gaps(RATED, SERVICES, between=("leadership", "patrons"), small_group=5, seed=1)

    assert one["difference"].dropna().tolist() == (-other["difference"].dropna()).tolist()


def test_the_three_pairs_are_read_on_both_questions() -> None:
    found = ratings.pairs(STAFF, SERVICES, small_group=5, seed=1).set_index(["of", "one", "other"])

    assert len(found) == 6
    assert found.loc[("relevance", "patrons", "leadership"), ["compared", "clear", "service_name"]].tolist() == [2, 1, "Storytime"]
    assert round(found.loc[("quality", "patrons", "staff"), "difference"], 6) == -1.0


def test_of_two_groups_the_largest_clear_difference_is_named_even_where_a_larger_one_may_be_chance() -> None:
    wide = pd.concat([rows("S1", "patrons", [5, 5, 5, 1, 5], [5, 5, 5, 1, 5]), rows("S1", "leadership", [1, 1, 5, 1, 1], [1, 1, 5, 1, 1])])
    sure = pd.concat([rows("S2", "patrons", [4] * 9 + [5], [4] * 9 + [5]), rows("S2", "leadership", [2] * 9 + [3], [2] * 9 + [3])])
    found = ratings.pairs(pd.concat([wide, sure]), SERVICES, small_group=5, seed=1).iloc[0]

    assert found[["of", "one", "other", "compared", "clear", "service_name"]].tolist() == ["relevance", "patrons", "leadership", 2, 1, "Desk"]
    assert round(found["difference"], 6) == 2


def test_pairs_without_one_group_compare_nothing_there_and_keep_the_others() -> None:
    found = ratings.pairs(STAFF[STAFF["group"] != "leadership"], SERVICES, small_group=5, seed=1).set_index(["of", "one", "other"])

    assert found["compared"].tolist() == [0, 2, 0, 0, 2, 0]
    assert found.loc[("relevance", "patrons", "leadership"), ["service_name", "difference", "low", "high", "agreement"]].isna().all()


def test_one_rater_a_side_gives_a_difference_without_a_range_that_is_not_clear() -> None:
    one = pd.concat([rows("S1", "patrons", [5], [5]), rows("S1", "leadership", [1], [1])])
    found = ratings.gaps(one, SERVICES, small_group=1, seed=1).iloc[0]

    assert found["difference"] == 4 and pd.isna(found["low"]) and not found["clear"]


def test_the_share_above_the_diagonal_does_not_move_with_the_other_services() -> None:
    alone = ratings.importance_performance(RATED[RATED["service"] == "S1"], SERVICES, small_group=5, seed=1)
    among = ratings.importance_performance(RATED, SERVICES, small_group=5, seed=1)

    assert among["above"].tolist() == [1.0, 0.0]
    assert alone["above"].item() == among.set_index("service").loc["S1", "above"]


def test_ratings_of_equal_relevance_and_quality_lie_on_the_diagonal() -> None:
    equal = RATED.assign(quality=3.0, relevance=3.0)

    assert ratings.importance_performance(equal, SERVICES, small_group=5, seed=1)["above"].tolist() == [0.5, 0.5]


def test_no_leadership_ratings_hide_every_comparison_and_break_nothing() -> None:
    only = RATED[RATED["group"] == "patrons"]
    found = ratings.gaps(only, SERVICES, small_group=5, seed=1)

    assert found["hidden"].all()
    assert pd.isna(ratings.rank_agreement(found))


def test_answers_that_are_all_missing_or_all_equal_break_nothing() -> None:
    missing = RATED.assign(quality=None, relevance=None).astype({"quality": float, "relevance": float})
    equal = RATED.assign(quality=3.0, relevance=3.0)

    assert ratings.importance_performance(missing, SERVICES, small_group=5, seed=1).empty
    assert ratings.gaps(missing, SERVICES, small_group=5, seed=1)["hidden"].all()
    assert ratings.importance_performance(equal, SERVICES, small_group=5, seed=1)["quadrant"].tolist() == ["keep up", "keep up"]


def test_no_ratings_give_empty_results_with_their_columns() -> None:
    none = RATED.iloc[:0]

    assert list(ratings.gaps(none, SERVICES, small_group=5, seed=1)) == list(ratings.gaps(RATED, SERVICES, small_group=5, seed=1))
    assert ratings.summary(none, SERVICES, small_group=5).empty
    assert list(ratings.pairs(none, SERVICES, small_group=5, seed=1)) == list(ratings.pairs(RATED, SERVICES, small_group=5, seed=1))
    assert ratings.importance_performance(none, SERVICES, small_group=5, seed=1).empty


def test_the_few_who_left_one_question_out_cannot_be_told_from_two_means() -> None:
    few = pd.concat([rows("S1", "patrons", [4, 4, 4, 4, 4, 1], [3, 3, 3, 3, 3, None])], ignore_index=True)
    many = pd.concat([rows("S1", "patrons", [4] * 5 + [1] * 5, [3] * 5 + [None] * 5)], ignore_index=True)

    assert ratings.summary(few, SERVICES, small_group=5).loc[0, ["n", "quality"]].tolist() == [6, 4.0], "the one rating of 1 would follow from the mean of the five"
    assert ratings.summary(many, SERVICES, small_group=5).loc[0, "quality"] == 2.5, "five are a group of their own"
    assert ratings.summary(few, SERVICES, small_group=1).loc[0, "quality"] == 3.5
