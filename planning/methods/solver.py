"""Whole yes-or-no questions solved exactly, and in silence."""

import ctypes
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

_STANDARD_OUTPUT = threading.Lock()


class Answer(NamedTuple):
    """The answer, 0 or 1 for each unknown, and the gap to a proven best (0 when proven)."""

    whole: NDArray[np.int_]
    gap: float


def best_and_least(
    value: ArrayLike, thrift: ArrayLike, bounds: Bounds, rows: Sequence[LinearConstraint], *, seconds: float = 30.0
) -> Iterator[Answer]:
    """Yield answers that keep to `rows` and have the greatest value, the preferred one first.

    Every unknown is 0 or 1. The first answer has, among those of greatest value, the least
    thrift; the second has the greatest value only, and is there in case rounding spoils the
    first. gap: by which part of the value a better answer could still beat these, when `seconds`
    ran out before the best was proven; then thrift is not looked at.
    Source: branch and cut as in scipy's HiGHS (Huangfu and Hall 2018).

    Misleading when values are guesses: a small lead proves little.

    Raises TimeoutError when no answer was found in time, ValueError when none exists.

    >>> rows = [LinearConstraint([[10, 20, 30]], -np.inf, 50)]
    >>> [answer.whole.tolist() for answer in best_and_least([60, 100, 120], [0, 0, 0], Bounds(0, 1), rows)]
    [[0, 1, 1], [0, 1, 1]]
    """
    worth, cost = np.asarray(value, dtype=float), np.asarray(thrift, dtype=float)
    # HiGHS stops at an absolute gap of 1e-6: values are brought to a size at which that is nothing.
    worth = worth * (1000 / (np.abs(worth).max() or 1))
    ends = time.perf_counter() + seconds
    first = _solved(-worth, bounds, rows, seconds)
    if first.x is None:
        raise (ValueError if first.status == 2 else TimeoutError)(_nothing(first.status, seconds))
    gap = float(first.mip_gap or 0.0)
    if gap <= 1e-9:
        as_good = LinearConstraint(worth[None, :], -first.fun - 1e-6, np.inf)
        second = _solved(cost / (np.abs(cost).max() or 1), bounds, [*rows, as_good], max(1.0, ends - time.perf_counter()))
        if second.x is not None:
            yield Answer(np.round(second.x).astype(int), gap)
    yield Answer(np.round(first.x).astype(int), gap)


def _nothing(status: int, seconds: float) -> str:
    if status == 2:
        return "Choice: no set keeps to the conditions. Check ceilings, must-dos, needs and exclusions."
    return (
        f"Choice: no set was found in {seconds:g} seconds. Larger questions take longer. "
        "Allow more seconds, or leave items out."
    )


def _solved(objective: NDArray[np.float64], bounds: Bounds, rows: Sequence[LinearConstraint], seconds: float) -> object:
    with _silence():
        return milp(
            objective,
            integrality=np.ones(objective.size),
            bounds=bounds,
            constraints=rows,
            options={"time_limit": seconds, "mip_rel_gap": 0},
        )


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
