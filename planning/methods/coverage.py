"""A small set of options that together reach everything."""

from collections.abc import Collection, Mapping
from typing import NamedTuple


class Cover(NamedTuple):
    """The options in the order taken, what each one added, and what no option reaches."""

    chosen: tuple[str, ...]
    added: tuple[tuple[str, ...], ...]
    unreached: tuple[str, ...]


def smallest_cover(
    reach: Mapping[str, Collection[str]],
    weights: Mapping[str, float] | None = None,
    wanted: Collection[str] | None = None,
) -> Cover:
    """Return a small set of options that together reach all that any of them reaches.

    Greedy weighted set cover: again and again the option with the lowest weight (its cost or
    effort, 1 when not given) for each newly reached element, until nothing new can be reached.
    Ties go to the option that adds more, then to the one that stands first. wanted: what should
    be reached, when that is not simply everything in `reach`; what no option reaches is listed as
    unreached. Elements are listed in the order of the alphabet. Source: Chvátal 1979.

    Misleading as "the smallest": greedy sets can be larger than the very smallest one. Reached
    means reached at all, not often or well.

    Raises ValueError when an option has no weight, or one that is not above 0.

    >>> found = smallest_cover({"P1": ["a", "b", "c"], "P2": ["a", "d"], "P3": ["d"]}, {"P1": 1, "P2": 2, "P3": 1})
    >>> found.chosen, found.added
    (('P1', 'P3'), (('a', 'b', 'c'), ('d',)))
    """
    cost = {option: 1.0 if weights is None else weights.get(option, float("nan")) for option in reach}
    unusable = [option for option, weight in cost.items() if not weight > 0]
    if unusable:
        raise ValueError(
            f"Weights: found none, or none above 0, for {unusable[0]}. Each option needs one above 0. Add it."
        )
    left = set(wanted) if wanted is not None else set().union(*reach.values())
    steps: list[tuple[str, tuple[str, ...]]] = []
    while new := {option: left.intersection(elements) for option, elements in reach.items() if left & set(elements)}:
        best = min(new, key=lambda option: (cost[option] / len(new[option]), -len(new[option])))
        steps.append((best, tuple(sorted(new[best]))))
        left -= new[best]
    return Cover(tuple(step[0] for step in steps), tuple(step[1] for step in steps), tuple(sorted(left)))
