"""Periods written as text (2026, 2026-Q2, 2026-05): their days, and series without a period left out."""

import pandas as pd


def last_day(period: str, start: int = 1) -> pd.Timestamp:
    """Return the last day of a period; a year is one that begins in month `start` and is named after its end.

    >>> str(last_day("2026-Q2").date()), str(last_day("2026").date()), str(last_day("2026", start=7).date())
    ('2026-06-30', '2026-12-31', '2026-06-30')
    """
    end = pd.Period(period).end_time.normalize()
    return end if len(period) > 4 or start == 1 else end - pd.DateOffset(months=13 - start) + pd.offsets.MonthEnd(0)


def first_day(period: str, start: int = 1) -> pd.Timestamp:
    """Return the first day of a period; a year is one that begins in month `start` and is named after its end.

    >>> str(first_day("2026-Q2").date()), str(first_day("2026", start=7).date())
    ('2026-04-01', '2025-07-01')
    """
    begin = pd.Period(period).start_time
    return begin if len(period) > 4 or start == 1 else begin - pd.DateOffset(months=13 - start)


def middle(period: str) -> pd.Timestamp:
    """Return the moment in the middle of a period.

    >>> str(middle("2026-05").date())
    '2026-05-16'
    """
    moment = pd.Period(period)
    return moment.start_time + (moment.end_time - moment.start_time) / 2


def every(periods: list[str]) -> list[str]:
    """Return all periods from the first to the last of those given, those that are left out among them.

    The periods given are of one length; the result is in time order.

    >>> every(["2026-Q3", "2026-Q1"]), every(["2025-12", "2026-01"]), every([])
    (['2026-Q1', '2026-Q2', '2026-Q3'], ['2025-12', '2026-01'], [])
    """
    moments = [pd.Period(period) for period in periods]
    if not moments:
        return []
    quarters = moments[0].freqstr.startswith("Q")
    return [f"{moment.year}-Q{moment.quarter}" if quarters else str(moment) for moment in pd.period_range(min(moments), max(moments))]


def starts(periods: list[str], days: list[pd.Timestamp]) -> list[int]:
    """Return the places (first period 0) at which something new begins on each of the days, in order; none for the first.

    A day in the first half of a period starts with it, one in the second half with the next; a day
    after the middle of the last period starts nothing yet.

    >>> months = ["2026-01", "2026-02", "2026-03"]
    >>> starts(months, [pd.Timestamp("2026-02-03")]), starts(months, [pd.Timestamp("2026-02-20")]), starts(months, [pd.Timestamp("2026-03-31")])
    ([1], [2], [])
    """
    middles = [middle(period) for period in periods]
    return sorted({next((place for place, moment in enumerate(middles) if moment >= day), 0) for day in days} - {0})


def ended_by(day: pd.Timestamp, months: int, start: int = 1) -> str:
    """Return the last period of so many months (1, 3 or 12) that has ended by a day; a year is one that begins in month `start`.

    >>> ended_by(pd.Timestamp("2026-12-31"), 1), ended_by(pd.Timestamp("2026-05-15"), 3), ended_by(pd.Timestamp("2026-12-31"), 12, start=7)
    ('2026-12', '2026-Q1', '2026')
    """
    tomorrow = pd.Timestamp(day) + pd.Timedelta(days=1)
    if months == 12:
        return str(tomorrow.year - 1 + (1 if 1 < start <= tomorrow.month else 0))
    last = pd.Period(tomorrow, "M" if months == 1 else "Q") - 1
    return str(last) if months == 1 else f"{last.year}-Q{last.quarter}"
