"""Days of answers as survey tools write them: American, European and ISO forms, with or without a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from planning.sources.series_periods import month

TIME = r"(?:[T ,]+(?:at |um |o )?\d{1,2}[:.hH]\d{2}.*)?"
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?:Z)?{TIME}")
FIGURES = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})[-/.](\d{{4}}|\d{{2}})\.?{TIME}")
DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|\.|er)?[ -]+(?:de )?([^\W\d_]+)\.?[ ,-]+(?:de )?(\d{{4}}){TIME}")
MONTH_FIRST = re.compile(rf"([^\W\d_]+)\.? +(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}}){TIME}")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
ORDERS = ("month first", "day first")


class Order(NamedTuple):
    """Whether month or day stands first in a column, and what told it; no order where nothing does."""

    order: str
    why: str


def day(text: str, order: str = "") -> dt.date | None:
    """The day that a cell names; None where it names none, or where only an order would tell which.

    >>> day("2021-08-27T11:08:56Z"), day("8/27/2021 11:08:56", "month first"), day("27.08.21, 9:05", "day first"), day("27 sierpnia 2021")
    (datetime.date(2021, 8, 27), datetime.date(2021, 8, 27), datetime.date(2021, 8, 27), datetime.date(2021, 8, 27))
    >>> day("13/13/2021", "day first"), day("soon"), day("Aug 5, 2021 4:03 PM")
    (None, None, datetime.date(2021, 8, 5))
    """
    text = re.sub(r"^[^\W\d_]+\.?,\s+", "", " ".join(text.split()))
    if found := ISO.fullmatch(text):
        return _day(*found.groups()[:3])
    if found := FIGURES.fullmatch(text):
        first, _, second, year = found.groups()
        year = year if len(year) == 4 else f"20{year}"
        return _day(year, first, second) if order == "month first" else _day(year, second, first) if order == "day first" else None
    if found := DAY_FIRST.fullmatch(text):
        return _day(found[3], month(found[2]), found[1])
    if found := MONTH_FIRST.fullmatch(text):
        return _day(found[3], month(found[1]), found[2])
    if SERIAL.fullmatch(text) and 36526 <= int(text[:5]) <= 55153:
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(text[:5]))
    return None


def _day(year: str | int, number: str | int | None, day: str | int) -> dt.date | None:
    try:
        return dt.date(int(year), int(number or 0), int(day))
    except ValueError:
        return None


def is_date(text: str) -> bool:
    """Whether a cell names a day in some order; a bare number does not.

    >>> is_date("8/27/2021"), is_date("44435"), is_date("Agree")
    (True, False, False)
    """
    return not SERIAL.fullmatch(text.strip()) and any(day(text, order) for order in ORDERS)


def order_of(texts: Iterable[str], as_of: dt.date) -> Order:
    """The order of day and month in a whole column, and what told it.

    A figure above 12 tells it; else days after `as_of`, or days out of their order; else the points or the
    AM and PM that stand with them. Nothing is decided where none of these does. ISO days need no order.

    >>> order_of(["8/9/2021", "8/27/2021"], dt.date(2022, 1, 1))
    Order(order='month first', why='8/27/2021 has no other reading')
    >>> order_of(["3/4/2021"], dt.date(2022, 1, 1)).order
    ''
    """
    cells = [text for text in (" ".join(text.split()) for text in texts) if FIGURES.fullmatch(text)]
    if not cells:
        return Order("month first", "")
    only = {order: next((text for text in cells if day(text, order) and not day(text, other)), "") for order, other in (ORDERS, ORDERS[::-1])}
    told = [order for order in ORDERS if only[order]]
    if len(told) == 1:
        return Order(told[0], f"{only[told[0]].split()[0]} has no other reading")
    if told:
        return Order("", f"{only['month first'].split()[0]} has the month first and {only['day first'].split()[0]} the day")
    return _from_course(cells, as_of)


def _from_course(cells: list[str], as_of: dt.date) -> Order:
    days = {order: [day(text, order) for text in cells] for order in ORDERS}
    if all(days["month first"][place] == one for place, one in enumerate(days["day first"])):
        return Order("month first", "both readings are the same")
    past = [order for order in ORDERS if all(one and one <= as_of for one in days[order])]
    if len(past) == 1:
        return Order(past[0], f"read the other way, some lie after {as_of}")
    rising = [order for order in ORDERS if days[order] in (sorted(days[order]), sorted(days[order], reverse=True)) and len(set(days[order])) > 2]
    if len(rising) == 1:
        return Order(rising[0], "read so, the days follow one another")
    if all("." in FIGURES.fullmatch(text)[2] for text in cells):
        return Order("day first", "figures parted by points")
    if all(re.search(r"[AP]\.?M", text, re.IGNORECASE) for text in cells):
        return Order("month first", "written with AM and PM")
    return Order("", "each day can be read in two ways")
