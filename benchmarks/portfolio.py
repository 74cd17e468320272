"""How long it takes to spread 200 initiatives with 300 dependencies over 5 years, beside the choice of one year.

    python benchmarks/portfolio.py [ROUNDS]

- one year: the best choice of the same 200 in the first year, proven.
- 3 years, 24: a plan of the usual size (24 initiatives, 8 dependencies), proven.
- 5 years, 200: the programme over 5 years, which ends after a number of branches; the gap is what a
  better programme could still give, as a share of the value (0 when proven best).

The initiatives are drawn with a seed. Ratios to the one-year choice are what travels from machine to machine.
"""

from __future__ import annotations

import json
import statistics
import sys
import time

import numpy as np

from planning.methods.portfolio import best_choice
from planning.methods.programme import best_programme


def drawn(items: int, years: int, dependencies: int, seed: int) -> dict[str, object]:
    """Values, first-year and later costs and hours, ceilings of each year, dependencies and exclusions."""
    chance = np.random.default_rng(seed)
    costs = np.column_stack([chance.lognormal(9.8, 0.8, items).round(-2), chance.lognormal(5.8, 0.6, items).round(-1)])
    needs: set[tuple[int, int]] = set()
    while len(needs) < dependencies:
        one, other = sorted(int(item) for item in chance.choice(items, 2, replace=False))
        needs.add((other, one))
    return {"value": chance.beta(2, 4, items).round(3), "costs": costs, "later": costs * chance.uniform(0, 0.6, (items, 1)), "needs": sorted(needs),
            "ceilings": costs.sum(axis=0) * 0.12 * (1 + 0.1 * np.arange(years))[:, None], "excludes": [(5 * k, 5 * k + 1) for k in range(items // 10)]}


def one_year(question: dict[str, object]) -> float:
    """The best choice of the first year; the gap."""
    return best_choice(question["value"], question["costs"], question["ceilings"][0], needs=question["needs"], excludes=question["excludes"]).gap


def programme(question: dict[str, object]) -> float:
    """The best programme over all years; the gap."""
    return best_programme(**question).gap


def main(rounds: int) -> None:
    """Time every way in turn on new draws, and print medians, ratios and gaps."""
    ways = {"one year": (one_year, 200, 5, 300), "3 years, 24": (programme, 24, 3, 8), "5 years, 200": (programme, 200, 5, 300)}
    times: dict[str, list[float]] = {name: [] for name in ways}
    gaps: dict[str, list[float]] = {name: [] for name in ways}
    for seed in range(rounds):
        for name, (way, items, years, dependencies) in ways.items():
            question = drawn(items, years, dependencies, seed)
            started = time.perf_counter()
            gaps[name].append(way(question))
            times[name].append(time.perf_counter() - started)
    base = statistics.median(times["one year"])
    for name, values in times.items():
        middle = statistics.median(values)
        print(f"{name:13} {middle:6.2f} s   {middle / base:7.1f} times one year   gap {max(gaps[name]):.2%} at the most")
    print(json.dumps({"rounds": rounds, "seconds": {name: [round(value, 3) for value in values] for name, values in times.items()},
                      "gaps": {name: [round(value, 5) for value in values] for name, values in gaps.items()}}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
