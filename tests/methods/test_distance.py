import itertools
import random

import pytest
from scipy.spatial.distance import jaccard as scipy_jaccard

from planning.methods import distance

NONE = float("nan")


def test_distances_of_five_loans_as_published_by_bruce_bruce_and_gedeck_2020():
    loans = [(1.00, 2.39320, "RENT", "car"), (5.55, 4.57170, "OWN", "small_business"), (18.08, 9.71600, "RENT", "other"),
             (10.08, 12.21520, "RENT", "debt_consolidation"), (7.06, 3.90888, "RENT", "other")]
    rows = [dict(zip(("debt", "payment", "home", "purpose"), loan)) for loan in loans]
    ranges = {"debt": 18.08 - 1.00, "payment": 12.21520 - 2.39320}

    found = [round(distance.gower(one, other, ranges=ranges), 6) for one, other in itertools.combinations(rows, 2)]

    assert found == [0.622048, 0.686388, 0.632904, 0.377279, 0.814340, 0.760856, 0.538973, 0.430708, 0.309109, 0.505625]


def test_overlap_of_lists_is_that_of_scipy():
    draw = random.Random(7)
    for _ in range(50):
        one, other = ([draw.random() < 0.5 for _ in range(6)] for _ in range(2))
        if any(one) or any(other):
            lists = [{place for place, there in enumerate(row) if there} for row in (one, other)]
            assert distance.jaccard(*lists) == pytest.approx(1 - scipy_jaccard(one, other))


def test_the_same_thing_is_at_no_distance_and_one_with_nothing_in_common_at_one():
    one, other = {"kind": "a", "serves": {1, 2}}, {"kind": "b", "serves": {3}}

    assert (distance.gower(one, one), distance.gower(one, other), distance.gower(other, one)) == (0.0, 1.0, 1.0)


def test_a_trait_that_is_missing_or_empty_on_a_side_is_left_out():
    known = {"kind": "a", "serves": {1}, "size": 3.0}

    assert distance.gower(known, {"kind": "b", "serves": set(), "size": NONE}, ranges={"size": 4}) == 1.0
    assert distance.gower(known, {"kind": None, "serves": {1}}) == 0.0
    assert str(distance.gower(known, {"kind": None, "serves": []})) == "nan"


def test_lists_with_nothing_in_them_have_no_overlap_to_speak_of():
    assert str(distance.jaccard([], [])) == "nan"
    assert distance.jaccard([1], []) == 0.0
    assert distance.jaccard([1, 1], [1]) == 1.0


@pytest.mark.parametrize("ranges", [{}, {"size": 0}, {"size": 1}])
def test_a_number_without_a_range_that_holds_it_is_refused(ranges):
    with pytest.raises(ValueError, match="Trait size: found 1 and 3 with a range of .* Name it in ranges."):
        distance.gower({"size": 1}, {"size": 3}, ranges=ranges)
