"""Draws of figures that are known as a range only: lowest, likeliest, highest."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from planning.methods.intervals import wilson

SHAPES = ("pert", "triangular")
PERT = 4.0


class Pert(NamedTuple):
    """Mean and standard deviation of a PERT distribution, and the two shapes of the beta distribution under it."""

    mean: float
    deviation: float
    alpha: float
    beta: float


class Share(NamedTuple):
    """The share of draws in which something came true, 0 to 1, with the interval that the number of draws leaves."""

    share: float
    low: float
    high: float


def pert(low: float, likely: float, high: float) -> Pert:
    """Return mean, standard deviation and shapes of the PERT distribution with these three figures.

    mean = (low + 4 likely + high) / 6. Beneath it lies a beta distribution on low to high with
    alpha = 1 + 4 (likely - low) / (high - low) and beta = 1 + 4 (high - likely) / (high - low); its
    standard deviation is the root of (mean - low)(high - mean) / 7. Where low equals high the figure
    is certain: deviation 0 and no shapes. Sources: Malcolm, Roseboom, Clark and Fazar 1959 (the
    mean); the package mc2d of Pouillot and Wiener (the shapes).

    Misleading when lowest and highest are not the ends of what is thinkable but what usually
    happens: the tails beyond them are then left out. The old rule (high - low) / 6 for the deviation
    is an approximation to this one.

    Raises ValueError when a figure is missing or the three are out of order.

    >>> pert(4, 6, 14).mean, pert(0, 50, 100).alpha
    (7.0, 3.0)
    """
    _ordered(low, likely, high)
    mean = (low + PERT * likely + high) / (PERT + 2)
    if low == high:
        return Pert(float(mean), 0.0, float("nan"), float("nan"))
    alpha, beta = (1 + PERT * side / (high - low) for side in (likely - low, high - likely))
    return Pert(mean, float(np.sqrt((mean - low) * (high - mean) / (PERT + 3))), alpha, beta)


def drawn(low: float, likely: float, high: float, *, draws: int, seed: int, label: str = "", shape: str = "pert") -> NDArray[np.float64]:
    """Return so many draws of a figure known by its lowest, likeliest and highest value.

    pert: the beta distribution of `pert`. triangular: straight lines from both ends to the likeliest
    value, with mean (low + likely + high) / 3 and more weight in the tails. The same seed and label
    give the same draws, whatever else is drawn; another label gives draws that do not depend on
    them. Sources: as for `pert`.

    Misleading when figures move together, as prices do: draws of different labels are independent,
    so their sum varies less than it would. The shape is a choice too: where ranges lie to one side, a chance
    of 12 % by pert was one of 3 % by triangular, and one of 34 % when all figures moved as one.

    Raises ValueError when the three are out of order, when the shape is not known, or without a draw.

    >>> found = drawn(4, 6, 14, draws=20_000, seed=1)
    >>> round(float(found.mean()), 1), bool(found.min() >= 4), bool(found.max() <= 14)
    (7.0, True, True)
    """
    if shape not in SHAPES:
        raise ValueError(f"Shape: found {shape}. It is one of {', '.join(SHAPES)}. Choose one of them.")
    if draws < 1:
        raise ValueError(f"Draws: found {draws}. At least one is needed. Give 1,000 or more.")
    known = pert(low, likely, high)
    chance = np.random.default_rng([seed, *label.encode()])
    if low == high:
        return np.full(draws, float(low))
    if shape == "triangular":
        return chance.triangular(low, likely, high, draws)
    return low + (high - low) * chance.beta(known.alpha, known.beta, draws)


def share_of_draws(came_true: ArrayLike) -> Share:
    """Return the share of draws in which something came true, with a 95 % interval for the luck of drawing.

    came_true: true or false, one a draw. The interval is Wilson's; more draws make it narrower.
    Source: Wilson 1927.

    Misleading when the interval is read as how sure the forecast is: it says only how far another
    seed would have moved the share. What the ranges leave out is in neither.

    Raises ValueError without a draw.

    >>> found = share_of_draws([True] * 900 + [False] * 100)
    >>> found.share, round(found.low, 3), round(found.high, 3)
    (0.9, 0.88, 0.917)
    """
    hits = np.asarray(came_true, dtype=bool)
    if not hits.size:
        raise ValueError("Draws: found none. A share needs at least one. Draw first.")
    low, high = wilson(int(hits.sum()), int(hits.size))
    return Share(float(hits.mean()), float(low), float(high))


def _ordered(low: float, likely: float, high: float) -> None:
    if not low <= likely <= high:
        raise ValueError(f"Range: found lowest {low:g}, likeliest {likely:g}, highest {high:g}. They stand in this order. Correct the three figures.")
