"""Whole yes-or-no questions solved exactly, the same on every machine, and in silence."""

import ctypes
import os
import sys
import threading
from math import isqrt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

WORK = 5_000_000
"""How far a search goes: so many branches, divided by the unknowns to the power of 1.5, as a branch takes longer the more there are."""
_STANDARD_OUTPUT = threading.Lock()


class Answer(NamedTuple):
    """The answer, 0 or 1 for each unknown, and the gap to a proven best (0 when proven)."""

    whole: NDArray[np.int_]
    gap: float


def best_and_least(
    value: ArrayLike, thrift: ArrayLike, bounds: Bounds, rows: Sequence[LinearConstraint], *, branches: int | None = None, seconds: float = 300.0
) -> Iterator[Answer]:
    """Yield answers that keep to `rows` and have the greatest value, the preferred one first.

    Every unknown is 0 or 1. The first answer has, among those of greatest value, the least
    thrift; the second has the greatest value only, and is there in case rounding spoils the
    first. gap: by which part of the value a better answer could still beat these, when the search
    was stopped before the best was proven; then thrift is not looked at.

    The search stops after a number of branches (by default WORK over the unknowns to the power of
    1.5: 8,680 for 72 unknowns, 161 for 1,000), not after a time: with the same release of scipy the
    answer is the same however fast or busy the machine. `seconds` are only a net under it, for
    each of the two searches, far beyond what the branches usually take: where the clock stops one,
    the answer still keeps to `rows` and its gap is still true, but another run may give another.
    Source: branch and cut by HiGHS, as scipy carries it; its authors ask that Huangfu and Hall 2018
    be named for it.

    Misleading when values are guesses: a small lead proves little.

    Raises TimeoutError when no answer was found before the search stopped, ValueError when none exists.

    >>> rows = [LinearConstraint([[10, 20, 30]], -np.inf, 50)]
    >>> [answer.whole.tolist() for answer in best_and_least([60, 100, 120], [0, 0, 0], Bounds(0, 1), rows)]
    [[0, 1, 1], [0, 1, 1]]
    """
    worth, cost = np.asarray(value, dtype=float), np.asarray(thrift, dtype=float)
    # HiGHS stops at an absolute gap of 1e-6: values are brought to a size at which that is nothing.
    worth = worth * (1000 / (np.abs(worth).max() or 1))
    options = {"node_limit": branches or most_branches(worth.size), "time_limit": seconds}
    first = _solved(-worth, bounds, rows, options)
    if first.x is None:
        raise (ValueError if first.status == 2 else TimeoutError)(_nothing(first.status, options))
    gap = float(first.mip_gap or 0.0)
    if gap <= 1e-9:
        as_good = LinearConstraint(worth[None, :], -first.fun - 1e-6, np.inf)
        second = _solved(cost / (np.abs(cost).max() or 1), bounds, [*rows, as_good], options)
        if second.x is not None:
            yield Answer(np.round(second.x).astype(int), gap)
    yield Answer(np.round(first.x).astype(int), gap)


def most_branches(unknowns: int) -> int:
    """Return after how many branches a search among so many unknowns stops: WORK / unknowns^1.5, in whole numbers.

    Misleading as a time: a branch of a tangled question takes several times as long as one of a plain one.

    >>> most_branches(72), most_branches(1000)
    (8680, 161)
    """
    return max(1, WORK // (max(unknowns, 1) * max(isqrt(unknowns), 1)))


def _nothing(status: int, options: dict[str, float]) -> str:
    if status == 2:
        return "Choice: no set keeps to the conditions. Check ceilings, must-dos, needs and exclusions."
    stopped = f"{options['time_limit']:g} seconds" if status == 1 else f"{options['node_limit']:,} branches"
    return f"Choice: no set was found in {stopped}. Larger questions take longer. Allow more, or leave items out."


def _solved(objective: NDArray[np.float64], bounds: Bounds, rows: Sequence[LinearConstraint], options: dict[str, float]) -> object:
    with _silence():
        return milp(objective, integrality=np.ones(objective.size), bounds=bounds, constraints=rows, options={**options, "mip_rel_gap": 0})


@contextmanager
def _silence() -> Iterator[None]:
    # Some releases of HiGHS write a stray line to standard output whatever `disp` says. A command
    # that prints JSON prints nothing else. The lock keeps two threads from restoring each other's.
    with _STANDARD_OUTPUT:
        sys.stdout.flush()
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            yield
        finally:
            _flush()
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)


def _flush() -> None:
    # The stray line waits in the buffer of the C runtime, and would come out at the end of the program.
    with suppress(OSError, AttributeError):
        (ctypes.cdll.msvcrt if os.name == "nt" else ctypes.CDLL(None)).fflush(None)
