import random

import pytest

from planning.methods import held_back


def pictures(steps: list[int], fewest: int) -> list[int]:
    """The pictures after each step of votes that came in, and the one after closing."""
    shown, found = 0, [0]
    for cast in steps:
        shown = held_back.batch(shown, cast, fewest=fewest)
        found.append(shown)
    return [*found, steps[-1]]


def test_nothing_is_shown_before_twice_the_fewest_have_voted():
    assert [held_back.batch(0, cast, fewest=5) for cast in range(12)] == [0] * 10 + [5, 6]


def test_a_batch_waits_until_it_holds_the_fewest_and_as_many_stay_behind():
    assert pictures(list(range(1, 21)), 5) == [0] * 10 + [5] * 5 + [10] * 5 + [15, 20]


@pytest.mark.parametrize("fewest", [0, 1, 2, 5, 11])
def test_no_two_pictures_ever_differ_by_fewer_than_the_fewest(fewest):
    draw = random.Random(fewest)
    for _ in range(300):
        cast, steps = 0, []
        for _ in range(draw.randint(1, 40)):
            cast += draw.choice([0, 1, 1, 1, 2, 7])
            steps.append(cast)
        found = pictures(steps, fewest)

        assert all(later <= cast for later, cast in zip(found[1:], steps))
        assert found == sorted(found)
        apart = {b - a for a in found[:-1] for b in found if b > a}
        closing = found[-1] - found[-2]
        assert not {n for n in apart - {found[-1]} if 0 < n < fewest}
        assert closing >= fewest or found[-2] == 0


def test_a_picture_that_is_out_stays_when_the_threshold_is_raised():
    assert held_back.batch(6, 11, fewest=10) == 6


@pytest.mark.parametrize("shown, cast, fewest", [(-1, 4, 5), (5, 4, 5), (0, 4, -1)])
def test_numbers_that_cannot_be_are_refused(shown, cast, fewest):
    with pytest.raises(ValueError, match="Correct it"):
        held_back.batch(shown, cast, fewest=fewest)
