"""Weights that make a sample look like the whole that it stands for."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

CLOSE = 1e-8
SUM = 0.005


class Raked(NamedTuple):
    """Weights with a mean of 1, what they cost, how many were cut, and how far the margins are missed (share, 0 to 1)."""

    weights: NDArray[np.float64]
    design_effect: float
    effective_n: float
    cut: int
    missed: float


class CannotWeigh(ValueError):
    """A sample that cannot be weighted: `reason` in a word or two, with the trait, the value and the figure it is about."""

    def __init__(self, text: str, reason: str, trait: str = "", value: str = "", found: float = float("nan")) -> None:
        super().__init__(text)
        self.reason, self.trait, self.value, self.found = reason, trait, value, found


def raked(sample: pd.DataFrame, targets: Mapping[str, Mapping[str, float]], *, most: float = 5.0, rounds: int = 500) -> Raked:
    """Return weights under which each trait of the sample has its known shares, with their design effect.

    sample: one row a person, one column a trait. targets: for each trait the known share of each value,
    adding up to 1. The weights are multiplied trait by trait so that its shares come out, again and again,
    until all do at once. A weight above `most` times the mean is then cut to that, and the raking is
    repeated with the cut in each round; `missed` says how far a margin stays off after that. Source: Deming
    and Stephan 1940; design effect Kish 1965.

    Misleading when those who answered differ from the others in their group in more than the traits:
    weights make the shares of groups right, not the answers in them. They also make the interval wider.

    Raises CannotWeigh, a ValueError, with its reason: "missing trait" (not in the sample, or unknown for
    somebody), "sum" (targets that do not add up to 1), "unknown value" (in the sample and not in the
    targets), "empty cell" (a target for which the sample has nobody), "no convergence".

    >>> sample = pd.DataFrame({"age": ["old"] * 6 + ["young"] * 2})
    >>> found = raked(sample, {"age": {"old": 0.5, "young": 0.5}})
    >>> found.weights.round(3).tolist(), round(found.design_effect, 3), round(found.effective_n, 2)
    ([0.667, 0.667, 0.667, 0.667, 0.667, 0.667, 2.0, 2.0], 1.333, 6.0)
    """
    parts = [_indicators(sample, trait, shares) for trait, shares in targets.items()]
    weights, missed = _fitted(parts, len(sample), np.inf, rounds)
    if missed > 1e-4:
        raise CannotWeigh("Raking: the margins cannot be met together. Some values never stand together in the sample. "
                          "Merge values, or leave a trait out.", "no convergence", found=missed)
    cut = int((weights > most).sum())
    if cut:
        weights, missed = _fitted(parts, len(sample), most, rounds)
        cut = int((weights >= most - CLOSE).sum())
    effect = design_effect(weights)
    return Raked(weights, effect, len(sample) / effect, cut, missed)


def design_effect(weights: ArrayLike) -> float:
    """Return by how much weights widen the error: 1 with equal weights, 2 when half of the answers are lost to them.

    deff = n sum of w^2 / (sum of w)^2. The effective number of answers is n / deff. Source: Kish 1965.

    Misleading as an exact figure: it takes weights to have nothing to do with the answers, so it is
    somewhat too strict where weights remove a real skew.

    Raises ValueError when there is no weight, or when one is below zero.

    >>> design_effect([1, 1, 1, 1]), design_effect([3, 1])
    (1.0, 1.25)
    """
    given = np.asarray(weights, dtype=float)
    if not given.sum() > 0 or (given < 0).any():
        raise ValueError("Weights: found none above 0, or one below 0. Weights are 0 or more. Correct them.")
    return float(given.size * (given**2).sum() / given.sum() ** 2)


def _indicators(sample: pd.DataFrame, trait: str, shares: Mapping[str, float]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Who has which value of a trait (values by people), and the known shares, both in the order of the targets."""
    if trait not in sample or sample[trait].isna().any():
        raise CannotWeigh(f"Trait {trait}: not known for everybody in the sample. Each person needs a value. "
                          "Leave those without one out, or leave the trait out.", "missing trait", trait)
    total = float(sum(shares.values()))
    if abs(total - 1) > SUM:
        raise CannotWeigh(f"Trait {trait}: found shares that add up to {total:.3g}. They add up to 1. Correct the shares.", "sum", trait, found=total)
    strange = sorted(set(map(str, sample[trait])) - set(map(str, shares)))
    if strange:
        raise CannotWeigh(f"Trait {trait}: found {strange[0]}, which has no known share. Every value in the sample needs one. "
                          "Add its share, or correct the value.", "unknown value", trait, strange[0])
    who = np.array([(sample[trait].astype(str) == str(value)).to_numpy(dtype=float) for value in shares])
    known = np.array(list(shares.values()), dtype=float) / total
    for value, people, share in zip(shares, who.sum(axis=1), known):
        if share > 0 and people == 0:
            raise CannotWeigh(f"Trait {trait}: the known share of {value} is {share:.3g}, and nobody in the sample has it. "
                              "Merge it with another value, or leave the trait out.", "empty cell", trait, str(value), share)
    return who, known


def _fitted(parts: list[tuple[NDArray[np.float64], NDArray[np.float64]]], n: int, most: float, rounds: int) -> tuple[NDArray[np.float64], float]:
    """Weights after raking with no weight above `most`, and the largest distance of a margin from its target."""
    weights = np.ones(n)
    for _ in range(rounds):
        before = weights
        for who, known in parts:
            held = who @ weights
            weights = weights * (np.divide(known * n, held, out=np.zeros_like(held), where=held > 0) @ who)
        weights = _cut(weights, most)
        if np.abs(weights - before).max() < CLOSE:
            break
    missed = max((np.abs(who @ weights / n - known).max() for who, known in parts), default=0.0)
    return weights, float(missed)


def _cut(weights: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    """The weights with none above `most`; what is cut off goes to the others, so that the mean stays 1."""
    held = np.zeros(weights.size, dtype=bool)
    while (weights[~held] > most + CLOSE).any():
        held |= weights > most
        rest = weights[~held].sum()
        weights = np.where(held, most, weights * ((weights.size - most * held.sum()) / rest if rest > 0 else 1))
    return weights
