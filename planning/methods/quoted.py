"""Whether a figure that a sentence states is the measured value."""

CLOSE = 0.02


def agrees(figure: float, value: float | None) -> bool:
    """Return whether a figure is the value as a person would write it.

    It is when the value, rounded to the figure's decimals, equals it; when a round figure (8,200)
    lies within half of its last place and within 2 % of the value; and when it is the percentage
    of a value from 0 to 1. A missing value agrees with nothing.

    Misleading when a figure means something else and equals the value by chance.

    >>> agrees(70, 70.2), agrees(8200, 8205), agrees(200, 170), agrees(41, 0.41)
    (True, True, False, True)
    """
    if value is None or value != value:
        return False
    return _near(figure, value) or (0 < value <= 1 < figure and _near(figure, value * 100))


def _near(figure: float, value: float) -> bool:
    gap = abs(figure - value)
    written = f"{figure:.6f}".rstrip("0").rstrip(".")
    whole, _, part = written.partition(".")
    if gap <= 0.5 * 10 ** -len(part) + 1e-9:
        return True
    zeros = len(whole) - len(whole.rstrip("0"))
    return not part and gap <= 0.5 * 10**zeros and gap <= CLOSE * abs(value)
