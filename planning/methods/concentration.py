"""How far a sum rests on few parts."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Concentration(NamedTuple):
    """The Herfindahl-Hirschman index (0 to 1), the effective number of parts, and the largest part's share (0 to 1)."""

    index: float
    effective: float
    largest: float


def concentration(amounts: ArrayLike) -> Concentration:
    """Return how concentrated a sum is over its parts.

    index = sum of squared shares: 1 when one part is all, 1/n when n parts are equal. effective = 1 / index:
    as many equal parts would be as concentrated. largest: share of the largest part. Missing parts are
    left out; all three are missing when nothing is above 0. The US Department of Justice writes the
    index with shares in per cent, which is 10,000 times this one. Sources: Herfindahl 1950, Hirschman 1945.

    Misleading when parts hang together: three programmes of one giver are three parts and one decision.

    Raises ValueError when a part is below 0.

    >>> found = concentration([30, 30, 20, 20])
    >>> round(found.index, 2), round(found.effective, 2), found.largest
    (0.26, 3.85, 0.3)
    """
    given = np.asarray(amounts, dtype=float)
    given = given[~np.isnan(given)]
    if (given < 0).any():
        raise ValueError(f"Parts: found {given[given < 0][0]:g}. A part of a sum is 0 or more. Correct it.")
    if not given.sum() > 0:
        return Concentration(np.nan, np.nan, np.nan)
    share = given / given.sum()
    index = float((share**2).sum())
    return Concentration(index, 1 / index, float(share.max()))
