"""Somebody who holds all published figures against one another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import disclosure


class Attack:
    """Unknown counts, the published figures about them, and the sums that are to stay hidden."""

    def __init__(self) -> None:
        self.unknown: dict[object, int] = {}
        self.facts: list[tuple[dict[int, float], float, float]] = []
        self.secrets: dict[tuple[object, object], dict[int, float]] = {}
        self.open_sizes: set[object] = set()

    def _row(self, parts: dict[object, float]) -> dict[int, float]:
        return {self.unknown.setdefault(name, len(self.unknown)): times for name, times in parts.items()}

    def secret(self, name: object, parts: dict[object, float]) -> None:
        """Keep a number secret."""
        self.secrets[name, "n"] = self._row(parts)

    def fact(self, parts: dict[object, float], low: float, high: float | None = None) -> None:
        """That a sum of unknown counts is `low`, or lies between `low` and `high`."""
        if parts:
            self.facts.append((self._row(parts), low, low if high is None else high))

    def group(self, name: object, parts: dict[object, dict[object, float]], *, size: bool = True) -> None:
        """Keep secret how many of a group are of each kind (kind: unknowns), that all are of one kind, and with `size` how many it has."""
        everyone = {unknown: times for rows in parts.values() for unknown, times in rows.items()}
        self.secrets[name, "n"] = self._row(everyone)
        self.fact(everyone, 1, np.inf)  # a group without anybody has no row
        self.open_sizes |= set() if size else {name}
        self.secrets |= {(name, kind): self._row(rows) for kind, rows in parts.items()}

    def found_out(self) -> list[str]:
        if not self.secrets:
            return []
        wide = lambda rows: np.array([[row.get(place, 0.0) for place in range(len(self.unknown))] for row in rows])
        ends = np.array([[low, high] for _, low, high in self.facts])
        told = disclosure.ranges(wide([row for row, *_ in self.facts]), ends, wide(list(self.secrets.values())))
        told.index = pd.MultiIndex.from_tuples(self.secrets)
        exact = [f"{group}: {kind} is {told.loc[(group, kind), 'lowest']}" for group, kind in told.index[told["found_out"]] if kind != "n" or group not in self.open_sizes]
        kinds = told.drop("n", level=1)
        possible = kinds[kinds["highest"] > 0].groupby(level=0, sort=False).size()
        return exact + [f"{group}: all alike" for group, number in possible.items() if number == 1 and (kinds.index.get_level_values(0) == group).sum() > 1]
