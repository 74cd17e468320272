import datetime as dt

import pandas as pd
import pytest

from planning.analysis import health

DAY = dt.date(2026, 6, 30)
PARTNERS = pd.DataFrame({"partner": ["P1", "P2", "P3"], "name": ["School", "Club", "Cinema"], "status": ["active", "active", "ended"]})
COLUMNS = ["partner", "date", "rated_by", "results", "trust", "contact", "depth", "note"]


def rated(*rows: tuple) -> pd.DataFrame:
    """Rows of partner, day, side, the three ratings and perhaps a level."""
    found = pd.DataFrame([(*row, *[None] * (8 - len(row))) for row in rows], columns=COLUMNS)
    return found.assign(date=pd.to_datetime(found["date"])).astype(dict.fromkeys(("results", "trust", "contact", "depth"), float))


def standing(*rows: tuple, **options: int) -> pd.DataFrame:
    return health.standing(health.reviews(rated(*rows), PARTNERS), PARTNERS, as_of=DAY, **options).set_index("partner")


def test_a_mean_rests_on_all_three_measures_or_is_missing():
    found = health.reviews(rated(("P1", "2026-01-01", "library", 4, 5, 3), ("P1", "2026-02-01", "library", 4, 5, None)), PARTNERS)

    assert found["mean"].fillna(-1).tolist() == [4.0, -1.0]


def test_reviews_of_ended_partnerships_are_left_out():
    assert health.reviews(rated(("P3", "2024-01-01", "library", 4, 5, 3)), PARTNERS).empty
    assert standing(("P3", "2024-01-01", "library", 4, 5, 3)).empty


def test_each_side_is_followed_from_its_first_review_to_its_latest():
    found = standing(("P1", "2026-03-01", "library", 2, 2, 2), ("P1", "2024-03-01", "library", 4, 4, 4), ("P1", "2025-03-01", "library", 3, 3, 3),
                     ("P1", "2026-03-08", "partner", 3, 3, 3)).loc["P1"]

    assert found[["ours", "ours_first", "ours_previous", "ours_change"]].tolist() == [2.0, 4.0, 3.0, -2.0]
    assert found["theirs"] == 3.0 and pd.isna(found["theirs_first"]) and pd.isna(found["theirs_change"])
    assert (found["reviews"], found["heading"], found["gap"]) == (3, "worse", -1.0)


@pytest.mark.parametrize(("ours", "theirs", "heading"), [
    ((3, 4), (3, 3), "better"), ((4, 3), (3, 3), "worse"), ((4, 3), (3, 4), "both ways"), ((3, 3), (4, 4), "steady")])
def test_the_heading_looks_at_both_sides(ours, theirs, heading):
    rows = [("P1", day, side, points, points, points) for side, pair in (("library", ours), ("partner", theirs)) for day, points in zip(("2025-01-01", "2026-01-01"), pair)]

    assert standing(*rows).loc["P1", "heading"] == heading


def test_one_measure_up_by_a_point_is_no_change_and_two_are():
    before = ("P1", "2025-01-01", "library", 3, 3, 3)

    assert standing(before, ("P1", "2026-01-01", "library", 4, 3, 3)).loc["P1", "heading"] == "steady"
    assert standing(before, ("P1", "2026-01-01", "library", 4, 4, 3)).loc["P1", "heading"] == "better"


def test_two_sides_differ_from_two_points_on_one_measure():
    apart = standing(("P1", "2026-01-01", "library", 2, 4, 4), ("P1", "2026-01-10", "partner", 4, 4, 4)).loc["P1"]
    close = standing(("P1", "2026-01-01", "library", 3, 4, 4), ("P1", "2026-01-10", "partner", 4, 4, 4)).loc["P1"]

    assert (apart["apart"], apart["apart_on"], apart["differ"]) == (2.0, "results", True)
    assert (close["apart"], close["differ"]) == (1.0, False)


def test_two_sides_that_rated_half_a_year_apart_are_not_compared():
    found = standing(("P1", "2025-01-01", "library", 1, 1, 1), ("P1", "2026-01-10", "partner", 5, 5, 5)).loc["P1"]

    assert pd.isna(found["apart"]) and pd.isna(found["gap"]) and not found["differ"]


def test_weak_is_a_side_under_two_and_a_half_twice_in_a_row():
    low, fair = (2, 2, 3), (3, 3, 3)

    assert standing(("P1", "2025-01-01", "partner", *low), ("P1", "2026-01-01", "partner", *low)).loc["P1", "weak"]
    assert not standing(("P1", "2025-01-01", "partner", *fair), ("P1", "2026-01-01", "partner", *low)).loc["P1", "weak"]
    assert not standing(("P1", "2026-01-01", "partner", *low)).loc["P1", "weak"]
    assert not standing(("P1", "2025-01-01", "library", *low), ("P1", "2026-01-01", "partner", *low)).loc["P1", "weak"]


def test_partnerships_never_reviewed_are_listed_last_and_old_reviews_are_called_old():
    found = standing(("P1", "2025-06-29", "library", 4, 4, 4))

    assert found["age"].to_dict() == {"P1": "old", "P2": "never"}
    assert found["heading"].tolist() == ["no comparison yet", "never reviewed"]
    assert standing(("P1", "2025-06-29", "library", 4, 4, 4), old=400)["age"].tolist() == ["recent", "never"]


def test_the_level_of_working_together_is_that_of_the_latest_review_that_names_one():
    found = standing(("P1", "2025-01-01", "library", 4, 4, 4, 2), ("P1", "2026-01-01", "library", 4, 4, 4, None), ("P1", "2026-01-01", "partner", 4, 4, 4, 3)).loc["P1"]

    assert (found["ours_depth"], found["theirs_depth"]) == (2.0, 3.0)


def test_nothing_reviewed_gives_empty_results_with_their_columns():
    none = health.reviews(rated(), PARTNERS)

    assert none.empty and "mean" in none
    assert health.standing(none, PARTNERS, as_of=DAY).empty
    assert "heading" in health.standing(none, PARTNERS.iloc[:0], as_of=DAY)


def test_a_review_without_any_figure_counts_as_a_review_and_says_nothing():
    found = standing(("P1", "2026-01-01", "library", None, None, None)).loc["P1"]

    assert (found["reviews"], found["heading"], found["age"]) == (1, "no comparison yet", "recent")
    assert pd.isna(found["ours"]) and pd.isna(found["ours_depth"])
