"""In which month each piece of work starts, when some wait for others and nobody leads too many at once."""

from collections.abc import Iterable, Sequence
from graphlib import TopologicalSorter
from typing import NamedTuple

from planning.methods.conditions import circles


class Wait(NamedTuple):
    """Piece `one` waits for piece `other`: until it is finished when `whole`, else until it has started."""

    one: int
    other: int
    whole: bool = True


def chains(durations: Sequence[int], waits: Iterable[Wait]) -> list[int]:
    """Return for each piece how long it and the longest chain of pieces that wait for it take, one after another.

    durations: months, one a piece. Only waits until another is finished make a chain longer.
    Source: the level of a task, Hu 1961.

    Misleading as an end date: who leads the work, and how many at once, is not looked at.

    Raises ValueError when waits run in a circle.

    >>> chains([2, 3, 1], [Wait(1, 0), Wait(2, 1)])
    [6, 4, 1]
    """
    waits = list(waits)
    _check(waits)
    order = TopologicalSorter({one: set() for one in range(len(durations))})
    for wait in waits:
        order.add(wait.other, wait.one)
    found = list(durations)
    for piece in order.static_order():
        found[piece] = max([durations[piece], *(found[wait.one] + durations[piece] * wait.whole for wait in waits if wait.other == piece)])
    return found


def starts(
    durations: Sequence[int],
    leads: Sequence[object],
    *,
    most: int,
    priority: Sequence[int],
    waits: Iterable[Wait] = (),
    earliest: Sequence[int] | None = None,
    fixed: Sequence[int | None] | None = None,
) -> list[int]:
    """Return the month in which each piece starts, 0 the first.

    List scheduling: month after month, the pieces are gone through in the order of `priority`
    (positions, first to be looked at first), and each starts when its earliest month has come, all
    that it waits for is finished or has started, and who leads it leads fewer than `most` in every
    month that it would take. leads: one mark a piece; None leads nothing, and does not limit. fixed:
    the month of a piece that keeps its date, which may be below 0; None for one that moves. It is
    kept even where it breaks a wait or makes somebody lead too many. Source: Graham 1969.

    Misleading as the shortest calendar: list scheduling is quick and easy to follow, and can end
    later than the best calendar; with more hands or fewer waits it can even end later than before.

    Raises ValueError when waits run in a circle, or `most` is below 1.

    >>> starts([2, 2, 2], ["Ann", "Ann", "Bo"], most=1, priority=[0, 1, 2], waits=[Wait(2, 0)])
    [0, 2, 2]
    """
    waits = list(waits)
    _check(waits)
    if most < 1:
        raise ValueError(f"Most at once: found {most}. At least 1 has to be led at a time. Give 1 or more.")
    begun = {piece: start for piece, start in enumerate(fixed or ()) if start is not None}
    month, wanted = 0, list(earliest or [0] * len(durations))
    while len(begun) < len(durations):
        for piece in _ready(month, priority, begun, waits, wanted, durations):
            if _free(piece, month, begun, durations, leads, most):
                begun[piece] = month
                break
        else:
            month += 1
    return [begun[piece] for piece in range(len(durations))]


def _check(waits: list[Wait]) -> None:
    if around := circles((wait.one, wait.other) for wait in waits):
        raise ValueError(f"Waits: found a circle of pieces {', '.join(map(str, around[0]))}. A piece cannot wait for itself. Drop one wait.")


def _ready(month: int, priority: Sequence[int], begun: dict[int, int], waits: list[Wait], earliest: Sequence[int], durations: Sequence[int]) -> Iterable[int]:
    for piece in priority:
        over = (begun.get(wait.other, month + 1) + (durations[wait.other] if wait.whole else 0) <= month for wait in waits if wait.one == piece)
        if piece not in begun and earliest[piece] <= month and all(over):
            yield piece


def _free(piece: int, month: int, begun: dict[int, int], durations: Sequence[int], leads: Sequence[object], most: int) -> bool:
    if leads[piece] is None:
        return True
    same = [other for other in begun if leads[other] == leads[piece]]
    return all(sum(begun[other] <= now < begun[other] + durations[other] for other in same) < most for now in range(month, month + durations[piece]))
