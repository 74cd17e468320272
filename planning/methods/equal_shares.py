"""What a group's ballots choose for a sum of money: by most points, and so that every part of the group gets its part."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

RAISE = 0.01


class Funded(NamedTuple):
    """Items in the order in which they were taken, what each voter paid for each, and how each came in.

    order: places of the items; payments: rows voters, columns items; how: "shares" (paid for by
    the voters' equal shares of the money), "raised" (by shares that were raised) or "filled" (by most utility for the cost, with what was left).
    """

    order: list[int]
    payments: NDArray[np.float64]
    how: list[str]


def equal_shares(utilities: ArrayLike, costs: ArrayLike, budget: float, *, completion: bool = True) -> Funded:
    """Return what the Method of Equal Shares chooses from additive ballots (rows voters, columns items).

    The money is divided equally among the voters. An item is affordable at rate rho when its supporters can
    pay its cost, each min(what the voter has left, rho × utility). The item with the smallest rho is taken,
    its supporters pay, and so on until none is affordable. For approval ballots counted by cost give
    utility = cost where approved. Source: Peters, Pierczyński and Skowron 2021.
    The method can leave money. completion: shares are raised by one hundredth at a time while the choice
    costs no more than there is, up to the last such choice; then what is left goes to further items, first to
    those that give most utility for their cost, which is by most points where utility is points times cost (the completion
    called Add1U). Items that are level are taken in the order of the columns.

    Misleading when few vote: a part of the group too small to pay for any item gets nothing by any rule.
    Conditions between items are not known to it.

    Raises ValueError when a utility is missing or below 0, a cost is not above 0, or the money is below 0.

    >>> two_groups = [[1, 1, 0], [1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]]
    >>> equal_shares(two_groups, [50, 50, 40], 100, completion=False).order, most_points(two_groups, [50, 50, 40], 100)
    ([0, 2], [0, 1])
    """
    given, price = _checked(utilities, costs, budget)
    share = budget / max(len(given), 1)
    order, payments = _round(given, price, share)
    how = ["shares"] * len(order)
    if not completion or not len(given):
        return Funded(order, payments, how)
    first, raised = set(order), share
    while not _full(order, price, budget) and raised < budget + share:
        raised += share * RAISE
        more, paid = _round(given, price, raised)
        if price[more].sum() > budget + 1e-9:
            break
        order, payments = more, paid
    how = ["shares" if item in first else "raised" for item in order]
    rest = [item for item in most_points(given / price, price, budget, taken=order) if item not in order]
    return Funded([*order, *rest], payments, [*how, *["filled"] * len(rest)])


def most_points(utilities: ArrayLike, costs: ArrayLike, budget: float, *, taken: list[int] | None = None) -> list[int]:
    """Return the items that plain counting takes, in that order: by most points, each if the money left still pays for it.

    Items without a point are not taken; `taken` are those that are in already. Most cities count so.

    Misleading as the will of all: where one part of the group is larger by a little, it decides everything.

    Raises ValueError when a utility is missing or below 0, a cost is not above 0, or the money is below 0.

    >>> most_points([[60, 40, 0], [70, 0, 30]], [80, 30, 20], 100)
    [0, 2]
    """
    given, price = _checked(utilities, costs, budget)
    found = list(taken or [])
    points = given.sum(axis=0)
    for item in np.argsort(-np.round(points, 9), kind="stable"):
        if item not in found and points[item] > 0 and price[found].sum() + price[item] <= budget + 1e-9:
            found.append(int(item))
    return found


def _checked(utilities: ArrayLike, costs: ArrayLike, budget: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    price = np.asarray(costs, dtype=float)
    given = np.asarray(utilities, dtype=float).reshape(-1, price.size)
    if not np.isfinite(given).all() or (given < 0).any():
        raise ValueError("Ballots: found a gap or points below 0. Points are 0 or more. Put 0 where nothing was given.")
    if not (price > 0).all() or not budget >= 0:
        raise ValueError("Costs: found one that is not above 0, or money below 0. Correct the figure, or leave the item out.")
    return given, price


def _full(order: list[int], price: NDArray[np.float64], budget: float) -> bool:
    """Whether no further item could be paid for."""
    others = np.delete(price, order)
    return not others.size or others.min() > budget - price[order].sum() + 1e-9


def _round(given: NDArray[np.float64], price: NDArray[np.float64], share: float) -> tuple[list[int], NDArray[np.float64]]:
    left, payments, order = np.full(len(given), share), np.zeros_like(given), []
    while True:
        rates = [np.inf if item in order else _rate(given[:, item], left, price[item]) for item in range(price.size)]
        if not rates or not np.isfinite(min(rates)):
            return order, payments
        item = next(place for place, rate in enumerate(rates) if rate <= min(rates) * (1 + 1e-9))
        payments[:, item] = np.minimum(left, rates[item] * given[:, item])
        left = np.maximum(left - payments[:, item], 0.0)
        order.append(item)


def _rate(utility: NDArray[np.float64], left: NDArray[np.float64], price: float) -> float:
    """The smallest rho at which the supporters' payments reach the price; infinite when they cannot."""
    backs = utility > 0
    have, wish = left[backs], utility[backs]
    if have.sum() < price - 1e-9:
        return np.inf
    order = np.argsort(have / wish)
    have, wish = have[order], wish[order]
    before = np.concatenate([[0.0], np.cumsum(have)[:-1]])
    rates = (price - before) / np.cumsum(wish[::-1])[::-1]
    fits = rates <= have / wish + 1e-12
    return float(rates[fits][0]) if fits.any() else float((have / wish).max())
