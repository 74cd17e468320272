"""Periods as people write them: months by name in many languages, month and year in many orders, quarters, years."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from babel.dates import get_month_names

LANGUAGES = ("en", "pl", "de", "fr", "es", "it", "nl", "pt", "cs", "sk", "sv", "da", "nb", "fi", "hu", "ro", "uk", "tr")
YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")


@cache
def month_names() -> dict[str, int]:
    """The number of each month by its name, full and short, in small letters without a stop."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(name.lower().strip("."), number)
    return found | {"sept": 9}


def month(text: str) -> int | None:
    """The month that a name means, 1 to 12; None for any other text.

    >>> month("January"), month("Sept."), month("październik"), month("März"), month("total")
    (1, 9, 10, 3, None)
    """
    return month_names().get(text.lower().strip(" ."))


def period(text: str, year: int | None = None) -> str | None:
    """The period that a heading or a cell means: 2022-01, 2022-Q1 or 2022; None where it means none.

    A month or quarter without a year takes `year`, and is None where that is not given.

    >>> period("Jan-2022"), period("Feb 19"), period("2022-01"), period("01/2022"), period("2022-01-15 00:00:00")
    ('2022-01', '2019-02', '2022-01', '2022-01', '2022-01')
    >>> period("March", 2020), period("Q3 2021"), period("2021"), period("March"), period("ytd", 2020)
    ('2020-03', '2021-Q3', '2021', None, None)
    """
    words = text.strip().lower()
    if re.fullmatch(r"(19|20)\d\d(\.0)?", words):
        return words[:4]
    for pattern, build in FORMS:
        if found := re.fullmatch(pattern, words):
            return build(*found.groups())
    return _named(words, year)


def _month_of(year: str, number: str) -> str | None:
    return f"{year}-{int(number):02}" if 1 <= int(number) <= 12 else None


def _quarter_of(year: str, number: str) -> str:
    return f"{year}-Q{number}"


FORMS = (
    (r"((?:19|20)\d\d)[-/.]?(\d\d?)(?:[-/.]\d\d?(?:[t ].*)?)?", _month_of),
    (r"(\d\d?)[-/.]((?:19|20)\d\d)", lambda number, year: _month_of(year, number)),
    (r"((?:19|20)\d\d)[-/ ]?q([1-4])", _quarter_of),
    (r"q([1-4])[-/ ]?((?:19|20)\d\d)", lambda number, year: _quarter_of(year, number)),
)


def _named(words: str, year: int | None) -> str | None:
    """A month by its name with a year of four or two figures, or without one; a quarter without a year."""
    if found := re.fullmatch(r"([^\W\d_]+)\.?[\s\-/,']*(\d{4}|\d{2})?", words):
        number = month(found[1])
        of = (int(found[2]) + (2000 if len(found[2]) == 2 else 0)) if found[2] else year
        return f"{of}-{number:02}" if number and of else None
    if found := re.fullmatch(r"q([1-4])", words):
        return f"{year}-Q{found[1]}" if year else None
    return None


def nameless(text: str) -> bool:
    """Whether a text names a month or quarter without its year.

    >>> nameless("March"), nameless("March 2020"), nameless("Q2"), nameless("Branch")
    (True, False, True, False)
    """
    return period(text) is None and period(text, 2000) is not None


def year_in(name: str, last: int | None = None) -> int | None:
    """The one year in a file's name; None where there is none, or more than one.

    >>> year_in("2011_circ.csv"), year_in("visits-2012-2022.csv"), year_in("visits.csv")
    (2011, None, None)
    """
    years = {int(found) for found in YEAR.findall(name) if int(found) <= (last or dt.date.max.year)}
    return years.pop() if len(years) == 1 else None
