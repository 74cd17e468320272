"""Which columns of the Public Libraries Survey hold which measure, and what its codes mean.

Columns come and go between years. A measure lists its possible columns in order; names joined by
`+` are added up. The first that a year's file has, and that holds a figure, counts.
"""

from __future__ import annotations

import pandas as pd

STATISTICS: dict[str, tuple[str, ...]] = {
    "population": ("POPU_LSA",),
    "visits": ("VISITS",),
    "circulation": ("TOTCIR",),
    "physical_circulation": ("PHYSCIR",),
    "electronic_circulation": ("ELMATCIR",),
    "programs": ("TOTPRO",),
    "program_attendance": ("TOTATTEN",),
    "registered_patrons": ("REGBOR",),
    "reference_questions": ("REFERENC",),
    "computer_sessions": ("PITUSR",),
    "wifi_sessions": ("WIFISESS",),
    "hours_open": ("HRS_OPEN",),
    "outlets": ("CENTLIB+BRANLIB+BKMOB",),
    "staff_fte": ("TOTSTAFF",),
    "librarians_fte": ("LIBRARIA",),
    "income_local": ("LOCGVT",),
    "income_state": ("STGVT",),
    "income_federal": ("FEDGVT",),
    "income_other": ("OTHINCM",),
    "income_total": ("TOTINCM",),
    "spending_staff": ("STAFFEXP",),
    "spending_salaries": ("SALARIES",),
    "spending_collection": ("TOTEXPCO",),
    "spending_print": ("PRMATEXP",),
    "spending_electronic": ("ELMATEXP",),
    "spending_other": ("OTHOPEXP",),
    "spending_total": ("TOTOPEXP",),
    "print_materials": ("BKVOL",),
    "ebooks": ("EBOOK",),
    "interlibrary_loans_received": ("LOANFM",),
    "interlibrary_loans_provided": ("LOANTO",),
}
"""The measures of a plan's statistics table, in its words and order."""

FURTHER: dict[str, tuple[str, ...]] = {
    "children_programs": ("KIDPRO", "K0_5PRO+K6_11PRO"),
    "children_program_attendance": ("KIDATTEN", "K0_5ATTEN+K6_11ATTEN"),
    "computers": ("GPTERMS",),
}
"""Measures that are read but have no place in the statistics table."""

MEASURES: dict[str, tuple[str, ...]] = {**STATISTICS, **FURTHER}

TEXTS: dict[str, str] = {
    "key": "FSCSKEY",
    "name": "LIBNAME",
    "state": "STABR",
    "city": "CITY",
    "county": "CNTY",
    "zip": "ZIP",
    "library_id": "LIBID",
    "structure_change": "STATSTRU",
    "meets_definition": "C_FSCS",
}
"""Text columns: what we call them, and what the survey does."""

PLACES: dict[str, str] = {"longitude": "LONGITUD", "latitude": "LATITUDE"}

FLAGS: dict[str, str] = {
    "POPU_LSA": "F_POPLSA",
    "VISITS": "F_VISITS",
    "TOTCIR": "F_TOTCIR",
    "PHYSCIR": "F_PHYSCR",
    "ELMATCIR": "F_EMTCIR",
    "TOTPRO": "F_TOTPRO",
    "TOTATTEN": "F_TOTATT",
    "REGBOR": "F_REGBOR",
    "REFERENC": "F_REFER",
    "PITUSR": "F_PITUSR",
    "WIFISESS": "F_WIFISS",
    "HRS_OPEN": "F_HRS_OP",
    "CENTLIB": "F_CENLIB",
    "BRANLIB": "F_BRLIB",
    "BKMOB": "F_BKMOB",
    "TOTSTAFF": "F_TOTSTF",
    "LIBRARIA": "F_LIBRAR",
    "LOCGVT": "F_LOCGVT",
    "STGVT": "F_STGVT",
    "FEDGVT": "F_FEDGVT",
    "OTHINCM": "F_OTHINC",
    "TOTINCM": "F_TOTINC",
    "STAFFEXP": "F_TOSTFX",
    "SALARIES": "F_SALX",
    "TOTEXPCO": "F_TOCOLX",
    "PRMATEXP": "F_PRMATX",
    "ELMATEXP": "F_ELMATX",
    "OTHOPEXP": "F_OTHOPX",
    "TOTOPEXP": "F_TOTOPX",
    "BKVOL": "F_BKVOL",
    "EBOOK": "F_EBOOK",
    "LOANFM": "F_LOANFM",
    "LOANTO": "F_LOANTO",
    "KIDPRO": "F_KIDPRO",
    "KIDATTEN": "F_KIDATT",
    "GPTERMS": "F_GPTERM",
}
"""The flag beside a column. A flag that begins with I means that the survey estimated the figure."""

CODES: dict[float, str] = {
    -1: "not reported",
    -3: "closed",
    -4: "not applicable",
    -9: "suppressed",
}
"""Numbers that are no figures, in count and money columns only: longitudes are rightly negative."""

WORDS: dict[str, str] = {"": "left blank", "M": "not reported"}

NOT_IN_FILE = "not in this year's file"

EXPLANATIONS: dict[str, str] = {
    "not reported": "The library did not report it.",
    "closed": "The library was closed for the year.",
    "not applicable": "The question does not apply to this library.",
    "suppressed": (
        "The survey withholds it: staff costs of libraries with about 2 full-time staff or fewer, "
        "and populations of some law libraries."
    ),
    "left blank": "The cell is blank: not reported, or withheld; the file does not say which.",
    NOT_IN_FILE: "This year's file has no such column.",
}

BREAKS: tuple[tuple[str, int, str], ...] = (
    ("wifi_sessions", 2018, "From FY2018 the survey estimates figures that libraries left out."),
    ("programs", 2021, "From FY2021 only live sessions count, in person or virtual."),
    ("program_attendance", 2021, "From FY2021 only live sessions count, in person or virtual."),
)


def series_breaks(statistics: pd.DataFrame) -> pd.DataFrame:
    """Places where a measure changed its meaning, so that a jump there is no trend.

    A break is listed when `statistics` (fiscal_year, measure) holds the measure both before and
    from the break on.

    Returns one row a break: measure, fiscal_year (the first year in the new sense), note.

    It misleads when read as a full list: it holds the known breaks of the survey, not those of one
    library, such as a new door counter.

    >>> wifi = pd.DataFrame({"fiscal_year": [2017, 2018], "measure": "wifi_sessions"})
    >>> series_breaks(wifi)["note"].item()
    'From FY2018 the survey estimates figures that libraries left out.'
    """
    breaks = pd.DataFrame(BREAKS, columns=["measure", "fiscal_year", "note"])
    years = statistics.groupby("measure")["fiscal_year"].agg(["min", "max"])
    first, last = (breaks["measure"].map(years[edge]) for edge in ("min", "max"))
    crossed = (first < breaks["fiscal_year"]) & (last >= breaks["fiscal_year"])
    return breaks[crossed].reset_index(drop=True)
