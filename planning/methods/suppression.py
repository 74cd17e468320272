"""Which groups are too small to be shown, and what would give them away."""

from collections.abc import Collection, Hashable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


def hidden(counts: ArrayLike | pd.Series, smallest: int, *, answers: ArrayLike | None = None) -> pd.Series | NDArray[np.bool_]:
    """Return which groups to hide, true or false, so that none can be worked out from their total.

    Hidden: a group with fewer than `smallest` people, or with an unknown number. What is hidden
    can be worked out together, as the total less what is shown. So while the hidden groups hold
    fewer than `smallest` people together, which is always so for one alone, the next smallest
    group is hidden too; and where each of them holds one, so that their number tells it. An empty group (0) holds nobody's answers: it is not hidden and hides
    nothing. answers: how many of each group (row) gave each kind of answer (column), where those are
    shown too. If all that is hidden were of one kind, the total would tell what each of them
    answered; then the next smallest group is hidden with them as well. Where everybody gave one
    kind of answer, the total alone tells it, and nothing more is hidden.

    Misleading in a table with totals both ways, or when the same people are counted in two
    tables: this rule sees one row of groups and one total. When all groups are hidden and the
    total itself is small, hide the total too.

    Raises ValueError when a count or `smallest` is below zero.

    >>> hidden([3, 9, 20], smallest=5)
    array([ True,  True, False])
    >>> hidden([9, 20], smallest=5)
    array([False, False])
    >>> hidden([3, 4, 9, 20], smallest=5, answers=[[3, 0], [4, 0], [5, 4], [10, 10]])
    array([ True,  True,  True, False])
    """
    sizes = np.asarray(counts, dtype=float)
    if smallest < 0 or (sizes < 0).any():
        raise ValueError("Counts: found one below 0. Counts and the smallest group are 0 or more. Correct it.")
    mask = np.isnan(sizes) | ((sizes > 0) & (sizes < smallest))
    if mask.any():
        for group in np.argsort(np.where(mask | (sizes == 0), np.inf, sizes), kind="stable"):
            together = np.nansum(sizes[mask])
            if together >= smallest and together > np.count_nonzero(sizes[mask] > 0) and not _alike(mask, answers):
                break
            mask[group] = mask[group] or sizes[group] > 0
    return pd.Series(mask, index=counts.index) if isinstance(counts, pd.Series) else mask


def hidden_parts(members: Mapping[str, Collection[Hashable]], smallest: int) -> set[str]:
    """Return the names of the parts of one whole to hide, where the same member can be in several parts.

    Hidden: a part with fewer than `smallest` members. Where the whole is shown beside the parts, the
    members that are in hidden parts only could be worked out from what is left of it: while there are
    such members, and fewer than `smallest`, the next smallest part is hidden too (of equal ones the
    one that stands first). For parts that share nobody this is the rule of `hidden`.

    Misleading when the whole counts each member once for every part: then use `hidden` on the counts.

    >>> sorted(hidden_parts({"points": "abcdefg", "ranks": "hi"}, 3)), hidden_parts({"points": "abcdefg", "pairs": "ab"}, 3)
    (['points', 'ranks'], {'pairs'})
    """
    everyone = set().union(*members.values())
    shown = sorted((part for part in members if len(set(members[part])) >= smallest), key=lambda part: len(set(members[part])))
    while shown and 0 < len(everyone.difference(*(members[part] for part in shown))) < smallest:
        shown.pop(0)
    return set(members) - set(shown)


def hidden_values(groups: pd.Series, smallest: int, *, kinds: pd.DataFrame | None = None) -> set[Hashable]:
    """Return the values of a column whose rows are to be hidden, by the rule of `hidden`; rows without a value are no group.

    kinds: columns that say of what kind each row is in several ways, such as tone and state; the rule on hidden
    groups that are all of one kind holds for each of them. Every table of the same rows has to hide the same
    values, so ask with the same kinds each time.

    Misleading as in `hidden`: it sees one breakdown.

    >>> sorted(hidden_values(pd.Series([*"aaabbbbbbccccccc", None]), 5, kinds=pd.DataFrame({"tone": ["good"] * 9 + ["bad", "good"] * 4})))
    ['a', 'b', 'c']
    """
    sizes = groups.value_counts().sort_index()
    tables = [None] if kinds is None else [pd.crosstab(groups, kinds[name].astype(object).fillna("")).reindex(sizes.index) for name in kinds]
    masks = [hidden(sizes.to_numpy(), smallest, answers=table) for table in tables]
    return set(sizes.index[np.logical_or.reduce(masks)])


def hidden_shares(whole: ArrayLike | pd.Series, part: ArrayLike | pd.Series, smallest: int) -> NDArray[np.bool_]:
    """Return which groups to hide whose share is shown beside that of all: true where the group, the part of it that is
    counted or the rest is small, and where hiding one takes hiding another (see `hidden`).

    A number that is not known counts as 0, and so does the rest where the part is more than the whole.

    Misleading as in `hidden`: it sees one breakdown.

    >>> hidden_shares([100, 40, 60], [97, 20, 30], 5)
    array([ True,  True, False])
    """
    everyone, counted = (np.nan_to_num(np.asarray(numbers, dtype=float)) for numbers in (whole, part))
    rest = np.where(np.isnan(np.asarray(part, dtype=float)), 0, (everyone - counted).clip(min=0))
    return np.logical_or.reduce([hidden(numbers, smallest) for numbers in (everyone, counted, rest)])


def apart_by_few(one: Collection[Hashable], others: Collection[Collection[Hashable]], smallest: int) -> bool:
    """Return whether a set holds all members of another and a few more, or lacks only a few of them.

    Where a figure is shown for both sets, the figure of those few is the difference. Few: at least one, and fewer
    than `smallest`. Sets that each hold members which the other lacks give no such difference.

    Misleading when more than two sets are shown: then look at all of them with `disclosure.hidden_groups`.

    >>> apart_by_few("abcdefg", ["abcde"], 5), apart_by_few("abc", ["abc", "xyz", "abdefg"], 5)
    (True, False)
    """
    own = set(one)
    return any(0 < len(own ^ other) < smallest and (own < other or own > other) for other in map(set, others))


def _alike(mask: NDArray[np.bool_], answers: ArrayLike | None) -> bool:
    """Whether all that is hidden gave one kind of answer."""
    given = None if answers is None else np.asarray(answers, dtype=float)
    return given is not None and np.count_nonzero(given.sum(axis=0)) > 1 and np.count_nonzero(given[mask].sum(axis=0)) <= 1
