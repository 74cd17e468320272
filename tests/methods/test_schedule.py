import numpy as np
import pytest

from planning.methods.schedule import Wait, chains, starts

GRAHAM = [3, 2, 2, 2, 4, 4, 4, 4, 9]
GRAHAM_WAITS = [Wait(8, 0), Wait(4, 3), Wait(5, 3), Wait(6, 3), Wait(7, 3)]


@pytest.mark.parametrize("durations, machines, waits, ends", [
    (GRAHAM, 3, GRAHAM_WAITS, 12),
    (GRAHAM, 4, GRAHAM_WAITS, 15),
    ([one - 1 for one in GRAHAM], 3, GRAHAM_WAITS, 13),
    (GRAHAM, 3, [wait for wait in GRAHAM_WAITS if wait.one not in (4, 5)], 16),
], ids=["as it is", "one machine more", "all shorter", "fewer waits"])
def test_grahams_nine_jobs_and_their_anomalies_1969(durations, machines, waits, ends):
    found = starts(durations, ["all"] * 9, most=machines, priority=range(9), waits=waits)
    assert max(start + months for start, months in zip(found, durations)) == ends


def test_the_longest_chain_counts_what_waits_until_it_is_finished():
    assert chains([2, 3, 1, 5], [Wait(1, 0), Wait(2, 1), Wait(3, 0, whole=False)]) == [6, 4, 1, 5]


@pytest.mark.parametrize("seed", range(20))
def test_no_rule_is_broken_in_a_random_calendar(seed):
    chance = np.random.default_rng(seed)
    size, most = 12, int(chance.integers(1, 4))
    durations, leads = chance.integers(1, 9, size).tolist(), [None if one == 3 else int(one) for one in chance.integers(0, 4, size)]
    waits = [Wait(one, int(chance.integers(0, one)), bool(chance.integers(0, 2))) for one in range(1, size, 2)]
    earliest = chance.integers(0, 12, size).tolist()
    found = starts(durations, leads, most=most, priority=chance.permutation(size).tolist(), waits=waits, earliest=earliest)
    assert all(start >= first for start, first in zip(found, earliest))
    assert all(found[wait.one] >= found[wait.other] + durations[wait.other] * wait.whole for wait in waits)
    for month in range(max(found) + 10):
        led = [leads[one] for one in range(size) if found[one] <= month < found[one] + durations[one] and leads[one] is not None]
        assert all(led.count(owner) <= most for owner in led)


def test_what_keeps_its_date_takes_up_its_owner_even_later():
    assert starts([4, 2, 3], ["Ann", "Ann", "Bo"], most=1, priority=[0, 1, 2], fixed=[None, 3, -2]) == [5, 3, -2]


def test_circles_and_less_than_one_at_once_are_refused():
    with pytest.raises(ValueError, match="circle of pieces 0, 1"):
        starts([1, 1], ["a", "b"], most=1, priority=[0, 1], waits=[Wait(0, 1), Wait(1, 0)])
    with pytest.raises(ValueError, match="At least 1"):
        starts([1], ["a"], most=0, priority=[0])
