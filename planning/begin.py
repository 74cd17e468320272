"""How a plan begins: empty templates, a copy of a sample, or a real library's figures from the Public Libraries Survey."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import planning
from planning.analysis import peers
from planning.methods import periods
from planning.model import create, files
from planning.model.arrival import Arrival
from planning.model.errors import PlanningError, UsageError
from planning.sources import pls, workbook_out

SAMPLES = {"public": "riverbend_public", "academic": "northfield_university", "corporate": "calder_research"}
LEADERSHIP = {"public": "Board of Trustees", "academic": "Provost", "corporate": "Executive committee"}
PEERS = 15
TYPICAL_WEEK = "Often an estimate from a typical week"


class Measure(NamedTuple):
    """A ratio of the survey as a KPI: `times` brings the ratio to the KPI's unit."""

    ratio: str
    name: str
    unit: str
    formula: str
    limits: str
    times: int = 1
    level: str = "output"
    perspective: str = "patrons"
    direction: str = "up"


MEASURES = (
    Measure("visits_per_head", "Visits per person", "visits per person", "Visits in the fiscal year ÷ people served",
            f"{TYPICAL_WEEK}; counts entries, not what they changed for people"),
    Measure("circulation_per_head", "Loans per person", "loans per person", "Loans and renewals, physical and digital, ÷ people served",
            "A loan is not always read, and use within the library is left out"),
    Measure("attendance_per_1000", "Programme attendance per 1,000 people", "attended per 1,000 people", "Attendance at all programmes ÷ people served × 1,000",
            "The same person may come many times"),
    Measure("registered_share", "Registered patrons per person", "% of people served", "Registered patrons ÷ people served",
            "Cards of people from elsewhere count, and old cards stay until they are cleared", times=100),
    Measure("computer_sessions_per_head", "Computer sessions per person", "sessions per person", "Sessions at the library's own computers ÷ people served",
            f"{TYPICAL_WEEK}; patrons' own devices are left out"),
    Measure("electronic_share", "Digital share of loans", "% digital", "Loans of digital items ÷ all loans",
            "Rises when print is borrowed less, too", times=100, perspective="process"),
    Measure("staff_fte_per_10000", "Staff per 10,000 people", "FTE per 10,000 people", "Paid staff in full-time equivalents ÷ people served × 10,000",
            "Volunteers are left out; more staff is a means, not an end", level="input", perspective="learning"),
    Measure("cost_per_visit", "Spending per visit", "USD per visit", "Operating spending ÷ visits",
            f"{TYPICAL_WEEK}; falls when service is cut, too", perspective="finance", direction="down"),
)
LINES = (("B1", "Staff", "spending_staff", "staff", None), ("B2", "Print materials", "spending_print", "collection", "physical"),
         ("B3", "Electronic materials", "spending_electronic", "collection", "digital"), ("B5", "Other spending", "spending_other", "other", None))


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
    found, frames = surveyed(files, key)
    near = nearest(frames, found.key)
    return create.new_plan(folder, facts_of(found), tables_of(found, frames, near), evidence=files, receipt=receipt(found, files, near))


def arrival(files: list[Path], key: str) -> Arrival:
    """A library's figures and peers out of the Public Libraries Survey, for a plan that stands already."""
    found, frames = surveyed(files, key)
    near = nearest(frames, found.key)
    tables = tables_of(found, frames, near)
    told = tuple(line.strip() for line in receipt(found, files, near).splitlines())
    return Arrival("pls", {name: tables[name] for name in ("statistics", "peers") if len(tables[name])}, tuple(files), told)


def surveyed(files: list[Path], key: str) -> tuple[pls.Library, list[pd.DataFrame]]:
    """A library in the survey's files, and all libraries of each; raises PlanningError when they tell nothing of it."""
    frames = [pls.read(path) for path in files]
    found = pls.library(frames, key)
    if found.statistics.empty:
        raise PlanningError("{name} ({key}) has no figures in {files}: {reasons}. Give the file of another year.", name=titled(found.name), key=found.key,
                            files=", ".join(path.name for path in files), reasons=", ".join(found.missing["reason"].unique()))
    return found, frames


def workbook(folder: Path, file: Path, *, over: bool = False) -> Path:
    """Write a plan as one workbook; a file that is there already is written over only when asked to."""
    if file.suffix.lower() != ".xlsx":
        raise UsageError("{file}: the workbook's name ends in .xlsx, such as {example}.", file=file, example=file.with_suffix(".xlsx").name)
    if file.is_dir() or (file.exists() and not over):
        raise PlanningError("{file} is there already, and was left as it is. Choose another name, or add --force to write over it.", file=file)
    files.write_bytes(file, workbook_out.book(folder))
    return file


def nearest(frames: list[pd.DataFrame], key: str) -> pd.DataFrame:
    """The peers of a library in the year in which most of what makes up its size is known, the latest of those.

    Returns what `peers.nearest` returns. Empty where no year tells people served or spending: staff
    and buildings alone would call very unlike libraries near.
    """
    sizes = [frame.loc[(frame["key"] == key) & ~frame["closed"].astype(bool), list(peers.SIZE)].notna() for frame in frames]
    known = [int(size.to_numpy().sum()) if size[["population", "spending_total"]].to_numpy().any() else 0 for size in sizes]
    best = max(range(len(frames)), key=lambda place: (known[place], frames[place]["fiscal_year"].max()))
    return peers.nearest(frames[best] if known[best] else frames[best].head(0), key, k=PEERS)


def facts_of(found: pls.Library) -> dict[str, object]:
    """The facts of plan.toml for a library of the survey; as_of is the end of its latest fiscal year, named as the survey does."""
    years = sorted(set(found.statistics["fiscal_year"]))
    start = found.year_end.month % 12 + 1 if found.year_end else 1
    end = periods.last_day(str(years[-1]), start).date()
    population = found.statistics.loc[found.statistics["measure"] == "population"].sort_values("fiscal_year")["value"]
    return {
        "library": titled(found.name), "kind": "public", "leadership": LEADERSHIP["public"], "as_of": max(end, found.year_end or end), "currency": "USD",
        "fiscal_year_start": start, "population": int(population.iloc[-1]) if len(population) else None,
        "source": f"{pls.SOURCE}, FY{years[0]}" + (f" to FY{years[-1]}" if len(years) > 1 else "") + withheld(found.missing),
    }


def withheld(missing: pd.DataFrame) -> str:
    """What the survey withholds of the library, as it stands after the source on every page."""
    held = set(missing.loc[missing["reason"] == "suppressed", "measure"])
    what = [text for measure, text in (("spending_staff", "what a staff of this size costs"), ("population", "how many people it serves")) if measure in held]
    return f"; the survey withholds {' and '.join(what)}" if what else ""


def tables_of(found: pls.Library, frames: list[pd.DataFrame], near: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables that the survey can fill: statistics, peers, KPIs with values and baselines, spending, roles."""
    named = pls.peer_rows(frames, list(near["peer"]), list(near["distance"])) if len(near) else pd.DataFrame(columns=["peer", "name"])
    return {
        "statistics": found.statistics,
        "peers": named.assign(name=named["name"].map(titled)),
        **kpi_tables(found.statistics),
        "budget": spending(found.statistics),
        "roles": roles(found.statistics),
    }


def kpi_tables(statistics: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Yearly KPIs of the survey's ratios, their first value as baseline; targets are left for leadership to set."""
    ratios = peers.per_head(statistics).dropna(subset=["value"])
    kpis, values = [], []
    for number, measure in enumerate(MEASURES, start=1):
        own = ratios[ratios["measure"] == measure.ratio].sort_values("fiscal_year")
        if own.empty:
            continue
        id, guessed = f"K{number:02d}", estimated(statistics, measure.ratio)
        series = [{"kpi": id, "period": str(row.fiscal_year), "value": round(row.value * measure.times, 4),
                   "note": "An estimate of IMLS: the library left a figure out" if row.fiscal_year in guessed else None} for row in own.itertuples()]
        kpis.append({"kpi": id, "name": measure.name, "unit": measure.unit, "definition": measure.formula.partition(" ÷ ")[0].rstrip(","), "formula": measure.formula,
                     "source": "Figures reported to IMLS each year", "limits": measure.limits + ("; some years are an estimate of IMLS" if guessed and TYPICAL_WEEK not in measure.limits else ""),
                     "level": measure.level, "timing": "lagging", "perspective": measure.perspective, "direction": measure.direction, "frequency": "yearly",
                     "baseline": series[0]["value"], "baseline_period": series[0]["period"]})
        values += series
    return {"kpis": pd.DataFrame(kpis), "kpi_values": pd.DataFrame(values)}


def estimated(statistics: pd.DataFrame, ratio: str) -> set[int]:
    """The fiscal years in which the survey estimated a figure that a ratio is made of."""
    parts = next((one.over, one.base) for one in peers.RATIOS if one.measure == ratio)
    rows = statistics[statistics["measure"].isin(parts) & statistics["source"].str.contains("estimated")]
    return set(rows["fiscal_year"])


def spending(statistics: pd.DataFrame) -> pd.DataFrame:
    """The survey's kinds of spending as budget lines that add up to its total, as far as the total is known.

    Other materials are the collection's total less print and electronic. What the total holds beyond
    the lines, because the survey withholds a kind, stands in one line of its own.
    """
    columns = ["line", "fiscal_year", "name", "category", "form", "actual"]
    money = statistics[statistics["measure"].str.startswith("spending_")]
    lines = []
    for year, rows in money.groupby("fiscal_year"):
        known = dict(zip(rows["measure"], rows["value"]))
        own = [[id, year, name, category, form, known[measure]] for id, name, measure, category, form in LINES if measure in known]
        if {"spending_collection", "spending_print", "spending_electronic"} <= set(known):
            rest = known["spending_collection"] - known["spending_print"] - known["spending_electronic"]
            own += [["B4", year, "Other materials", "collection", "physical", rest]] if rest >= 1 else []
        left = known.get("spending_total", 0) - sum(line[-1] for line in own)
        name = "Spending not told apart" if "spending_staff" in known else "Staff and other spending, not told apart"
        own += [["B6", year, name, "other", None, left]] if left >= 1 else []
        lines += sorted(own, key=lambda line: line[0])
    return pd.DataFrame(lines, columns=columns)


def roles(statistics: pd.DataFrame) -> pd.DataFrame:
    """Librarians and other staff in full-time equivalents in the latest year that tells staff; all staff as one where the year does not tell librarians."""
    staff = statistics[statistics["measure"].isin(["staff_fte", "librarians_fte"])].pivot(index="fiscal_year", columns="measure", values="value")
    staff = staff.reindex(columns=["staff_fte", "librarians_fte"]).dropna(subset=["staff_fte"])
    columns = ["role", "name", "fte"]
    if staff.empty or not staff["staff_fte"].iloc[-1]:
        return pd.DataFrame(columns=columns)
    every, librarians = staff.iloc[-1]
    if pd.isna(librarians) or librarians > every:
        return pd.DataFrame([["R1", "Staff", every]], columns=columns)
    return pd.DataFrame([["R1", "Librarians", librarians], ["R2", "Other staff", round(every - librarians, 2)]], columns=columns)


def receipt(found: pls.Library, files: list[Path], near: pd.DataFrame) -> str:
    """What was brought in, from which files, how peers were chosen, and what the survey does not tell."""
    lines = [f"Brought in: {titled(found.name)} ({found.key}), {found.state}", f"From: {pls.SOURCE}", "Files, kept here untouched:"]
    lines += [f"  {path.name}" for path in files]
    lines += fiscal_years(found) + chosen_peers(near)
    lines += ["Figures that are missing, and why:"] if len(found.missing) else []
    lines += [f"  FY{year}, {reason}: {', '.join(rows['measure'])}" for (year, reason), rows in found.missing.groupby(["fiscal_year", "reason"], sort=False)]
    lines += [f"  {text}" for text in found.missing["explanation"].unique()]
    return "\n".join(lines) + "\n"


def fiscal_years(found: pls.Library) -> list[str]:
    """What is odd about the library's years: a year named otherwise than the day it ends on, years without a row."""
    latest, end = max(found.statistics["fiscal_year"]), found.year_end
    lines = [f"Fiscal years are named as the survey names them: its FY{latest} of this library ended on {end}."] if end and end.year != latest else []
    return lines + ([f"No row for the library in: {', '.join(f'FY{year}' for year in found.years_absent)}."] if found.years_absent else [])


def chosen_peers(near: pd.DataFrame) -> list[str]:
    """How the peers were chosen: in which year, on which variables with which weights, how near."""
    if near.empty:
        return ["Peers: none; the files tell neither the people served nor the spending of the library."]
    return [f"Peers: the {len(near)} libraries nearest in size in FY{near['fiscal_year'].iloc[0]}, by the logarithms of these variables, standardised over all libraries,",
            f"  with these weights: {near['compared_on'].iloc[0]}. Distances from {near['distance'].min():.2f} to {near['distance'].max():.2f}; 0 is the same size."]


def titled(name: str) -> str:
    """A library's name out of the survey's capitals.

    >>> titled("ST. MARY'S COUNTY LIBRARY OF PARSIPPANY-TROY"), titled("COEUR D`ALENE PUBLIC (IDAHO)")
    ("St. Mary's County Library of Parsippany-Troy", "Coeur D'Alene Public (Idaho)")
    """
    small, capital = {"of", "the", "and", "for", "in", "at", "on", "de", "la"}, {"PL", "II", "III", "IV"}
    words = [word.lower() if word.lower() in small and place else word if word in capital else re.sub(r"[^\W\d_]+('[^\W\d_]+)?", _capitals, word.lower())
             for place, word in enumerate(name.replace("`", "'").split())]
    return " ".join(words)


def _capitals(word: re.Match[str]) -> str:
    first, mark, rest = word[0].partition("'")
    return first.capitalize() + mark + (rest.capitalize() if len(first) == 1 else rest)
