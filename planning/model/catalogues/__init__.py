"""Lists that every plan can start from: KPIs that libraries use, options for new services, competencies of those who lead.

Each list is a CSV file beside this module; its column `kinds` says for which kinds of library a row
is meant. They belong to the suite, not to a plan: a plan takes over what it can use.
"""

from __future__ import annotations

from importlib.resources import files

import pandas as pd


def indicators(kind: str = "") -> pd.DataFrame:
    """Library KPIs to start from, for one kind of library (public, academic, corporate) or for all."""
    return _rows("indicators.csv", kind)


def options(kind: str = "") -> pd.DataFrame:
    """Cards of service options to start from, for one kind of library (public, academic, corporate) or for all."""
    return _rows("options.csv", kind)


def forms(kind: str = "") -> pd.DataFrame:
    """Questions of ready-made survey forms for patrons, staff, leadership and partners, in the order in which they are asked."""
    return _rows("forms.csv", kind)


def partner_ideas(kind: str = "") -> pd.DataFrame:
    """Kinds of organisation to think of as partners, for one kind of library (public, academic, corporate) or for all; `inclusion` is true or false."""
    found = _rows("partner_ideas.csv", kind)
    return found.assign(inclusion=found["inclusion"] == "true")


def competencies(kind: str = "") -> pd.DataFrame:
    """The eight competencies of those who lead library services, each with what levels 1 to 4 look like, for one kind of library or for all."""
    return _rows("competencies.csv", kind)


def _rows(name: str, kind: str) -> pd.DataFrame:
    with (files(__package__) / name).open(encoding="utf-8") as file:
        rows = pd.read_csv(file, dtype="str", keep_default_na=False)
    meant = [not kind or kind in kinds.split() for kinds in rows["kinds"]]
    return rows[meant].reset_index(drop=True)
