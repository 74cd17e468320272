"""How a sum is divided by a formula that anybody can check: bases, weighted factors, floors and caps."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Division(NamedTuple):
    """What each party gets, what the formula alone would give, what binds each (floor, cap or nothing), and what is left over."""

    amounts: NDArray[np.float64]
    formula: NDArray[np.float64]
    binds: list[str]
    left: float


def division(
    total: float, figures: ArrayLike, weights: ArrayLike, *, base: ArrayLike = 0.0, least: ArrayLike = 0.0, most: ArrayLike = np.inf, unit: float = 0.01
) -> Division:
    """Return how a sum is divided among parties (rows of `figures`) by weighted factors (columns).

    Each party gets its base, and of what remains the part sum over k of w_k × its share of factor k.
    Floors and caps are then kept: what a cap cuts off, or a floor takes, is spread over the others in
    proportion to their parts, again and again until nothing moves. That is the one level L at which
    base + L × part, held within floor and cap, adds up to the sum. Amounts are rounded to `unit` so
    that they still add up exactly. left: what no party may take, since all are at their caps or have no part.
    The rule with a base, factors of fixed weight, a cap and the excess spread anew is that of the book
    allocation formula of the University of Dayton, Ohio.

    Misleading when a factor counts what the money itself brings about: what was bought is used, and
    gets more next year. A formula settles how to divide, not whether the sum is right.

    Raises ValueError when weights do not add up to 1, when a factor has no figure above 0, when a figure is
    missing or below 0, when a floor is above its cap, and when bases and floors need more than there is.

    >>> found = division(1000, [[10, 2], [30, 2], [60, 4]], [0.6, 0.4], base=50, most=[np.inf, np.inf, 400])
    >>> found.amounts.tolist(), found.formula.round(1).tolist(), found.binds
    ([231.82, 368.18, 400.0], [186.0, 288.0, 526.0], ['', '', 'cap'])
    """
    given, weight = np.asarray(figures, dtype=float), np.asarray(weights, dtype=float)
    bases, low, high = (np.broadcast_to(np.asarray(one, dtype=float), given.shape[:1]) for one in (base, least, most))
    _check(total, given, weight, low, high, bases)
    part = given / given.sum(axis=0) @ (weight / weight.sum())
    formula = bases + (total - bases.sum()) * part
    exact = _at(_level(total, bases, part, low, high), bases, part, low, high)
    binds = ["floor" if at <= floor + 1e-9 and by < floor - 1e-9 else "cap" if at >= cap - 1e-9 and by > cap - 1e-9 else ""
             for at, by, floor, cap in zip(exact, _unheld(total, bases, part, low, high), low, high)]
    left = max(0.0, total - exact.sum())
    left = 0.0 if left < unit / 2 else left
    return Division(rounded(exact, unit=unit), formula, binds, round(left, 9))


def rounded(amounts: ArrayLike, *, unit: float = 1.0) -> NDArray[np.float64]:
    """Return the amounts rounded to multiples of `unit` so that they add up to their rounded sum.

    Each is rounded down; the units that are still missing go to the largest remainders, of equal
    ones to the first (largest remainder method, Hamilton). Missing amounts stay missing.

    Misleading when one amount is looked at alone: it can be rounded up where its own remainder is below a half.

    Raises ValueError when the unit is not above 0.

    >>> rounded([33.4, 33.4, 33.2]).tolist(), rounded([0.345, 0.345, 0.31], unit=0.01).tolist()
    ([34.0, 33.0, 33.0], [0.35, 0.34, 0.31])
    """
    if not unit > 0:
        raise ValueError(f"Unit: found {unit:g}. A unit is above 0. Give the size of the step to round to.")
    steps = np.asarray(amounts, dtype=float) / unit
    down = np.floor(steps + 1e-7)
    short = int(round(np.nansum(steps)) - np.nansum(down)) if steps.size else 0
    order = np.argsort(-np.nan_to_num(np.round(steps - down, 7), nan=-1.0), kind="stable")
    down[order[:max(short, 0)]] += 1
    return np.round(down * unit, 9)


def _check(total: float, figures: NDArray, weights: NDArray, least: NDArray, most: NDArray, base: NDArray) -> None:
    if figures.ndim != 2 or weights.shape != figures.shape[1:] or abs(weights.sum() - 1) > 0.005 or (weights < 0).any():
        raise ValueError(f"Weights: found {weights.tolist()}. Each factor needs one weight, and weights add up to 1. Divide each weight by their sum.")
    if not np.isfinite(figures).all() or (figures < 0).any() or (figures.sum(axis=0) <= 0).any():
        raise ValueError("Figures: found one missing or below 0, or a factor without any above 0. Fill the gap, or take the factor out.")
    if (least > most).any():
        raise ValueError("Floors: found one above its cap. A floor is at most its cap. Correct one of the two.")
    needed = np.clip(base, least, most).sum()
    if needed > total + 1e-9:
        raise ValueError(f"Sum: found {total:g}, and bases and floors need {needed:g}. Lower them, or divide more.")


def _at(level: float, base: NDArray, part: NDArray, least: NDArray, most: NDArray) -> NDArray[np.float64]:
    return np.clip(base + level * part, least, most)


def _level(total: float, base: NDArray, part: NDArray, least: NDArray, most: NDArray) -> float:
    """The level at which the parties' amounts add up to the total; beyond the last bend when they cannot."""
    moving = part > 0
    bends = np.concatenate([(limit[moving] - base[moving]) / part[moving] for limit in (least, most)])
    bends = np.unique(np.concatenate([[0.0], bends[np.isfinite(bends) & (bends > 0)]]))
    sums = np.array([_at(bend, base, part, least, most).sum() for bend in bends])
    place = int(np.searchsorted(sums, total, side="right")) - 1
    open_part = part[moving & (_at(bends[place] + 1e-9, base, part, least, most) > _at(bends[place], base, part, least, most))].sum()
    return bends[place] + (total - sums[place]) / open_part if open_part > 0 else bends[place]


def _unheld(total: float, base: NDArray, part: NDArray, least: NDArray, most: NDArray) -> NDArray[np.float64]:
    return base + _level(total, base, part, least, most) * part
