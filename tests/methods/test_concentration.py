"""How far a sum rests on few parts."""

from __future__ import annotations

import numpy as np
import pytest

from planning.methods.concentration import concentration


def test_the_example_of_the_us_department_of_justice_gives_2600() -> None:
    found = concentration([30, 30, 20, 20])

    assert round(found.index * 10_000, 6) == 2600
    assert found.largest == 0.3


@pytest.mark.parametrize(("parts", "effective"), [([5, 5, 5, 5], 4.0), ([10], 1.0), ([10, 0, np.nan], 1.0)])
def test_equal_parts_count_in_full_and_empty_ones_not_at_all(parts: list[float], effective: float) -> None:
    assert concentration(parts).effective == pytest.approx(effective)


def test_nothing_above_zero_has_no_concentration_and_a_negative_part_is_refused() -> None:
    assert np.isnan(concentration([0, 0])).all() and np.isnan(concentration([])).all()
    with pytest.raises(ValueError, match="found -1"):
        concentration([3, -1])
