"""The names of figures and ratios, as people read them."""

from __future__ import annotations

from planning.show.language import money, number, say, share

NAMES = {
    "visits_per_head": "Visits per person", "circulation_per_head": "Loans per person", "registered_share": "Registered patrons per person",
    "programs_per_1000": "Programmes per 1,000 people", "attendance_per_1000": "Programme attendance per 1,000 people",
    "attendance_per_program": "People at a programme", "computer_sessions_per_head": "Computer sessions per person",
    "electronic_share": "Digital share of loans", "hours_per_outlet": "Opening hours of a building in a year",
    "staff_fte_per_10000": "Staff (FTE) per 10,000 people", "spending_per_head": "Spending per person",
    "collection_spending_per_head": "Collection spending per person", "collection_share": "Collection share of spending",
    "staff_share": "Staff share of spending", "cost_per_visit": "Spending per visit",
    "population": "People served", "visits": "Visits", "circulation": "Loans", "physical_circulation": "Loans of physical items",
    "electronic_circulation": "Loans of digital items", "programs": "Programmes", "program_attendance": "Programme attendance",
    "registered_patrons": "Registered patrons", "reference_questions": "Reference questions", "computer_sessions": "Computer sessions",
    "wifi_sessions": "Wi-Fi sessions", "hours_open": "Opening hours", "outlets": "Buildings", "staff_fte": "Staff (FTE)",
    "librarians_fte": "Librarians (FTE)", "income_local": "Local income", "income_state": "State income", "income_federal": "Federal income",
    "income_other": "Other income", "income_total": "Income", "spending_staff": "Spending on staff", "spending_salaries": "Spending on salaries",
    "spending_collection": "Spending on the collection", "spending_print": "Spending on print", "spending_electronic": "Spending on digital content",
    "spending_other": "Other spending", "spending_total": "Spending", "print_materials": "Print items", "ebooks": "E-books",
    "interlibrary_loans_received": "Interlibrary loans received", "interlibrary_loans_provided": "Interlibrary loans provided",
}


MONEY = ("income_", "spending_", "cost_per_visit", "collection_spending_per_head")


def figure(measure: str, value: float) -> str:
    """A figure or a ratio in its own form: money as money, shares as per cent, the rest as numbers.

    >>> figure("spending_per_head", 78.23), figure("staff_share", 0.63), figure("visits", 9932331)
    ('$78.23', '63%', '9,932,331')
    """
    if measure.startswith(MONEY):
        return money(value)
    return share(value) if measure.endswith("_share") else number(value)


def name(measure: str) -> str:
    """The name of a figure or a ratio in the language in use.

    >>> name("visits_per_head")
    'Visits per person'
    """
    return say(NAMES[measure])
