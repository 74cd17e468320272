"""How a plan begins: empty templates, a copy of a sample, or a real library's figures from the Public Libraries Survey."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pandas as pd

import planning
from planning.analysis import peers
from planning.model import create
from planning.model.errors import PlanningError
from planning.model.files import write_text
from planning.sources import pls

SAMPLES = {"public": "riverbend_public", "academic": "northfield_university", "corporate": "calder_research"}
LEADERSHIP = {"public": "Board of Trustees", "academic": "Provost", "corporate": "Executive committee"}
RATIOS = {
    "visits_per_head": ("Visits per person", "visits per person", "patrons", "output"),
    "circulation_per_head": ("Loans per person", "loans per person", "patrons", "output"),
    "attendance_per_1000": ("Programme attendance per 1,000 people", "people per 1,000", "patrons", "output"),
    "registered_share": ("Registered patrons per person", "share 0-1", "patrons", "outcome"),
    "computer_sessions_per_head": ("Computer sessions per person", "sessions per person", "patrons", "output"),
    "electronic_share": ("Digital share of loans", "share 0-1", "process", "output"),
    "staff_fte_per_10000": ("Staff per 10,000 people", "FTE per 10,000 people", "learning", "input"),
    "cost_per_visit": ("Spending per visit", "currency per visit", "finance", "output"),
}
LINES = (("B1", "Staff", "spending_staff", "staff", None), ("B2", "Print materials", "spending_print", "collection", "physical"),
         ("B3", "Electronic materials", "spending_electronic", "collection", "digital"), ("B4", "Other spending", "spending_other", "other", None))
DOWN = ("cost_per_visit",)
PEERS = 15


def empty(folder: Path, kind: str) -> Path:
    """Start a plan of empty templates, with a plan.toml to fill in."""
    facts = {"library": "Name of the library", "kind": kind, "leadership": LEADERSHIP[kind], "as_of": dt.date.today(), "currency": "USD"}
    return create.new_plan(folder, facts)


def sample(folder: Path, kind: str) -> Path:
    """Start a plan as a copy of the invented sample of this kind."""
    source = Path(planning.__file__).resolve().parents[1] / "data" / SAMPLES[kind]
    if not source.is_dir():
        raise PlanningError("The sample {name} is not beside the package. Get the whole project.", name=SAMPLES[kind])
    return create.copied_plan(source, folder)


def from_survey(folder: Path, files: list[Path], key: str) -> Path:
    """Start a plan from a library's figures in the Public Libraries Survey, several years at once."""
    create.refuse_taken(folder)
    frames = [pls.read(path) for path in files]
    found = pls.library(frames, key)
    fullest = max(frames, key=lambda frame: (frame["spending_total"].notna().any(), frame["fiscal_year"].max()))
    made = create.new_plan(folder, facts_of(found), tables_of(found, frames, fullest))
    write_text(made / "evidence" / "receipt.txt", receipt(found, files))
    for path in files:
        shutil.copyfile(path, made / "evidence" / path.name)
    return made


def facts_of(found: pls.Library) -> dict[str, object]:
    """The facts of plan.toml for a library of the survey."""
    years = sorted(set(found.statistics["fiscal_year"]))
    end = found.year_end or dt.date(years[-1], 12, 31)
    return {
        "library": titled(found.name), "kind": "public", "leadership": LEADERSHIP["public"], "as_of": end, "currency": "USD",
        "fiscal_year_start": end.month % 12 + 1, "population": int(found.population) if found.population else None,
        "source": f"{pls.SOURCE}, FY{years[0]}" + (f" to FY{years[-1]}" if len(years) > 1 else ""),
    }


def tables_of(found: pls.Library, frames: list[pd.DataFrame], fullest: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables that the survey can fill: statistics, peers, KPIs with values and baselines, spending, roles."""
    near = peers.nearest(fullest, found.key, k=PEERS)
    return {
        "statistics": found.statistics,
        "peers": pls.peer_rows(frames, list(near["peer"]), list(near["distance"])).assign(name=lambda rows: rows["name"].map(titled)),
        **kpi_tables(found.statistics),
        "budget": spending(found.statistics),
        "roles": roles(found.statistics),
    }


def kpi_tables(statistics: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Yearly KPIs of the survey's ratios, their first value as baseline; targets are left for leadership to set."""
    ratios = peers.per_head(statistics).dropna(subset=["value"])
    kpis, values = [], []
    for number, (measure, (name, unit, perspective, level)) in enumerate(RATIOS.items(), start=1):
        own = ratios[ratios["measure"] == measure].sort_values("fiscal_year")
        if own.empty:
            continue
        first, id = own.iloc[0], f"K{number:02d}"
        kpis.append({"kpi": id, "name": name, "unit": unit, "definition": f"{name}, from the yearly figures of the survey", "source": pls.SOURCE,
                     "limits": "Counts use, not what it changed for people", "level": level, "timing": "lagging", "perspective": perspective,
                     "direction": "down" if measure in DOWN else "up", "frequency": "yearly", "baseline": round(first["value"], 4),
                     "baseline_period": str(first["fiscal_year"])})
        values += [{"kpi": id, "period": str(row.fiscal_year), "value": round(row.value, 4)} for row in own.itertuples()]
    return {"kpis": pd.DataFrame(kpis), "kpi_values": pd.DataFrame(values)}


def spending(statistics: pd.DataFrame) -> pd.DataFrame:
    """The survey's kinds of spending as budget lines; what the survey withholds has no line."""
    by_measure = {measure: rows for measure, rows in statistics.groupby("measure")}
    lines = [{"line": id, "fiscal_year": row.fiscal_year, "name": name, "category": category, "form": form, "actual": row.value}
             for id, name, measure, category, form in LINES if measure in by_measure for row in by_measure[measure].itertuples()]
    return pd.DataFrame(lines, columns=["line", "fiscal_year", "name", "category", "form", "actual"])


def roles(statistics: pd.DataFrame) -> pd.DataFrame:
    """Librarians and other staff in full-time equivalents, from the latest year that has them."""
    staff = statistics[statistics["measure"].isin(["staff_fte", "librarians_fte"])]
    if staff.empty:
        return pd.DataFrame(columns=["role", "name", "fte"])
    latest = staff.sort_values("fiscal_year").drop_duplicates("measure", keep="last").set_index("measure")["value"]
    librarians = latest.get("librarians_fte")
    if librarians is None or "staff_fte" not in latest:
        return pd.DataFrame([["R1", "Staff", latest.iloc[0]]], columns=["role", "name", "fte"])
    return pd.DataFrame([["R1", "Librarians", librarians], ["R2", "Other staff", round(latest["staff_fte"] - librarians, 2)]], columns=["role", "name", "fte"])


def receipt(found: pls.Library, files: list[Path]) -> str:
    """What was brought in, from which files, and what the survey does not tell."""
    lines = [f"Brought in: {titled(found.name)} ({found.key}), {found.state}", f"From: {pls.SOURCE}", "Files, kept here untouched:"]
    lines += [f"  {path.name}" for path in files]
    lines += ["Figures that are missing, and why:"] if len(found.missing) else []
    lines += [f"  FY{row.fiscal_year} {row.measure}: {row.reason}" for row in found.missing.itertuples()]
    return "\n".join(lines) + "\n"


def titled(name: str) -> str:
    """A library's name out of the survey's capitals.

    >>> titled("ST. MARY'S COUNTY LIBRARY OF PARSIPPANY-TROY")
    "St. Mary's County Library of Parsippany-Troy"
    """
    small = {"of", "the", "and", "for", "in", "at", "on", "de", "la"}
    words = [word.lower() if word.lower() in small and place else "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
             for place, word in enumerate(name.split())]
    return " ".join(words)
