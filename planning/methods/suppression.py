"""Which groups are too small to be shown."""

from collections.abc import Collection, Hashable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


def hidden(counts: ArrayLike | pd.Series, smallest: int, *, answers: ArrayLike | None = None) -> pd.Series | NDArray[np.bool_]:
    """Return which groups to hide, true or false, so that none can be worked out from their total.

    Hidden: a group with fewer than `smallest` people, or with an unknown number. What is hidden
    can be worked out together, as the total less what is shown. So while the hidden groups hold
    fewer than `smallest` people together, which is always so for one alone, the next smallest
    group is hidden too. An empty group (0) holds nobody's answers: it is not hidden and hides
    nothing. answers: how many of each group (row) gave each kind of answer (column), where those are
    shown too. If all that is hidden were of one kind, the total would tell what each of them
    answered; then the next smallest group is hidden with them as well.

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
            if np.nansum(sizes[mask]) >= smallest and not _alike(mask, answers):
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


def _alike(mask: NDArray[np.bool_], answers: ArrayLike | None) -> bool:
    """Whether all that is hidden gave one kind of answer."""
    return answers is not None and np.count_nonzero(np.asarray(answers, dtype=float)[mask].sum(axis=0)) <= 1
