"""How a sentence of intent is worded: the verb it opens with, the figures and the months it names."""

import re
from collections.abc import Iterable
from typing import Literal

CLEAR = frozenset(
    "add bring close cut decrease deliver double end expand extend finish grow halve hold increase keep lift lower move "
    "open publish raise reach reduce replace shorten start teach train triple widen win".split()
)
VAGUE = frozenset(
    "become continue develop encourage enhance ensure explore facilitate focus foster help improve make promote provide "
    "strengthen strive support try work".split()
)
_DAYS = re.compile(r"\b\d{4}-\d{2}(-\d{2})?\b")
_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = re.compile(rf"\b(\d{{4}})-(\d{{2}})\b|\b({'|'.join(_NAMES)})\s+(\d{{4}})\b|(?<![\w.,])((?:19|20)\d{{2}})(?![\w.,]*\d)", re.IGNORECASE)
_FIGURES = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|(?<![\w.])\d+(?:\.\d+)?")


def opening(sentence: str) -> Literal["clear", "vague", "unknown"]:
    """Return what kind of word an English sentence opens with: a clear verb, a vague one, or neither on our lists.

    Only the first word is looked at, against two short lists (CLEAR and VAGUE in this module).

    Misleading outside English, and for the many good verbs that are on no list: "unknown" is no
    verdict. Treat the answer as a hint.

    >>> opening("Raise loans to 400"), opening("Improve communication"), opening("A better service")
    ('clear', 'vague', 'unknown')
    """
    words = re.findall(r"[^\W\d_]+", sentence)
    first = words[0].lower() if words else ""
    return "clear" if first in CLEAR else "vague" if first in VAGUE else "unknown"


def figures(sentence: str, known: Iterable[float] = ()) -> list[float]:
    """Return the figures that a sentence names, in their order, without days and years.

    A whole number from 1900 to 2100 without a thousands separator is taken for a year, unless it
    is among `known`, the figures that the sentence is expected to name.

    Misleading when an amount looks like a year and is not known, and where a comma marks decimals.

    >>> figures("Raise visits from 11,748 a month in June 2025 to 13800 by 2027-06-30")
    [11748.0, 13800.0]
    >>> figures("Raise loans from 1950 to 2050 by 2027", known=[1950, 2050])
    [1950.0, 2050.0]
    """
    expected = {float(number) for number in known}
    found = []
    for text in _FIGURES.findall(_DAYS.sub(" ", sentence)):
        value = float(text.replace(",", ""))
        year = len(text) == 4 and text.isdigit() and 1900 <= value <= 2100
        if not year or value in expected:
            found.append(value)
    return found


def months(sentence: str) -> list[str]:
    """Return the months and years that an English sentence names, in their order, as 2027-06 or 2027.

    Read are days and months in figures (2027-06-30, 2027-06), months in words with their year, and
    single years from 1900 to 2099.

    Misleading outside English, for seasons and quarters (only their year is read), and where an
    amount looks like a year.

    >>> months("Cut it from 9 days in June 2025 to 4 by 2026-12-31, and to 3 in 2027")
    ['2025-06', '2026-12', '2027']
    """
    found = []
    for year, month, name, year_of_name, alone in _MONTHS.findall(sentence):
        number = _NAMES.index(name.lower()) + 1 if name else int(month or 0)
        found.append(f"{year or year_of_name}-{number:02d}" if number else alone)
    return found
