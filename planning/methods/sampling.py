"""How many must answer for a share to be known to a margin, and the margin that so many answers give."""

import math

import numpy as np
from scipy.special import ndtri


def answers_needed(margin: float, *, people: float = math.inf, share: float = 0.5, confidence: float = 0.95) -> int:
    """Return how many people drawn by chance must answer, so that a share is known to within the margin.

    n0 = z^2 p (1 - p) / e^2 for margin e (0 to 1) and expected share p; for a group of N people
    n = n0 / (1 + (n0 - 1) / N), rounded up. A share of one half needs most answers, so it is what is
    taken where nothing is known. Source: Cochran 1977.

    Misleading as a promise: it counts the error of chance alone. Twice as many answers from the same
    half of the people do not make up for the half that stayed away. Parts of the sample that are read on
    their own each need as many.

    Raises ValueError when margin, share or confidence does not lie between 0 and 1, or there are fewer
    than 1 people.

    >>> answers_needed(0.05), answers_needed(0.05, people=1000), answers_needed(0.05, people=12)
    (385, 278, 12)
    """
    for name, value in (("Margin", margin), ("Share", share), ("Confidence", confidence)):
        if not 0 < value < 1:
            raise ValueError(f"{name}: found {value:g}. It lies between 0 and 1. Write 5 points as 0.05.")
    if not people >= 1:
        raise ValueError(f"People: found {people:g}. At least one person is asked. Give their number, or leave it out.")
    first = _z(confidence) ** 2 * share * (1 - share) / margin**2
    # A hair less than a whole number is that number: 384.0000000001 answers are 384.
    return math.ceil(round(first / (1 + (first - 1) / people), 9))


def margin(n: float, *, people: float = math.inf, share: float = 0.5, confidence: float = 0.95) -> float:
    """Return the margin of a share from n answers drawn by chance, 0 to 1 on either side.

    e = z sqrt(p (1 - p) / n x (N - n) / (N - 1)): the second factor is the correction for a group of N
    people, of which a good part answered. When everybody answered the margin is 0. Missing when n is
    0 or missing. It is `answers_needed` the other way round. Source: Cochran 1977.

    Misleading when people were not drawn by chance and not all were asked: then nothing says how far off
    the share is, and no margin should be given. Near 0 or 1 it is too wide with the share of one half,
    and an interval after Wilson is better.

    Raises ValueError when n is larger than the number of people.

    >>> round(margin(385), 3), round(margin(28, people=31), 3), margin(31, people=31)
    (0.05, 0.059, 0.0)
    """
    if n > people:
        raise ValueError(f"Answers: found {n:g} of {people:g} people. No more can answer than there are. Correct one of the two.")
    if not n > 0:
        return math.nan
    left = 1.0 if math.isinf(people) else (people - n) / max(people - 1, 1)
    return float(_z(confidence) * np.sqrt(share * (1 - share) / n * left))


def _z(confidence: float) -> float:
    return float(ndtri((1 + confidence) / 2))
