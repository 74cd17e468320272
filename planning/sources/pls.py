"""The US Public Libraries Survey: every public library's yearly figures, one row a library.

The survey writes -1, -3, -4 and -9 where it has no figure. They become missing here, and the reason
is kept, so that a page can say why a figure is not there. 0 stays 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from planning.sources import pls_checks, pls_columns, pls_files, pls_names

SOURCE = "IMLS Public Libraries Survey"


class Library(NamedTuple):
    """One library in the survey: what it is, its figures, and what is missing and why."""

    key: str
    name: str
    state: str
    city: str | None
    population: float | None
    year_end: date | None
    years_absent: tuple[int, ...]
    statistics: pd.DataFrame
    missing: pd.DataFrame


def read(path: str | Path, fiscal_year: int | None = None) -> pd.DataFrame:
    """The libraries of one year's survey file, one row a library.

    `path` is the library file as downloaded: CSV in cp1252 or UTF-8, or the zip that holds it. The
    fiscal year is read from the file's name, and where the name has none, from `fiscal_year`.

    Returns key, name, state, city, county, zip, library_id, structure_change, meets_definition (Y or
    N: whether it meets the survey's definition of a public library) as text; fiscal_year;
    fiscal_year_end (date); closed (true when it was closed for the year); longitude, latitude; one
    number column for each measure in `pls_columns.MEASURES`, always all of them; `missing` (which
    measures are missing and why) and `imputed` (which the survey estimated) as text.

    It misleads when years are compared blindly: see `pls_columns.series_breaks`. The fiscal year is
    the survey's; for 3 libraries in 100 it ends in the calendar year before. Names are sometimes
    garbled or shared by many libraries: join on `key`.

    Raises PlanningError for a missing, outlet, state or foreign file, for a year that cannot be told,
    for a key that comes twice, and for cells that are neither a figure nor a code.
    """
    raw, names = pls_files.table(path)
    year = pls_files.fiscal_year(names, fiscal_year)
    libraries = _facts(raw, year)
    pls_checks.check(raw, libraries["fiscal_year_end"], year, names[0])
    values, reasons, imputed = _measured(raw)
    libraries["closed"] = (reasons == "closed").any(axis="columns")
    libraries = libraries.join(values)
    told = reasons.apply(lambda column: column.map(f"{column.name}: {{}}".format, "ignore"))
    libraries["missing"] = _listed(told)
    libraries["imputed"] = _listed(imputed.apply(lambda column: column.map({True: column.name})))
    return libraries


def figures(libraries: pd.DataFrame) -> pd.DataFrame:
    """The libraries' figures in long form, known figures only, in the words of a plan's statistics.

    Returns key, fiscal_year, measure, value, source (the survey, its year and column, and whether
    the survey estimated the figure).

    >>> import pandas as pd
    >>> from planning.sources.pls_columns import STATISTICS
    >>> one = pd.DataFrame([{"key": "AK0001", "fiscal_year": 2017, "imputed": "visits"}])
    >>> one = one.reindex(columns=["key", "fiscal_year", "imputed", *STATISTICS])
    >>> figures(one.assign(visits=7333.0))["source"].item()
    'IMLS Public Libraries Survey FY2017, VISITS, estimated by the survey'
    """
    ids = ["key", "fiscal_year"]
    rows = libraries.melt([*ids, "imputed"], list(pls_columns.STATISTICS), "measure", "value")
    rows = rows.dropna(subset="value").reset_index(drop=True)
    columns = {measure: options[0] for measure, options in pls_columns.STATISTICS.items()}
    estimated = [
        ", estimated by the survey" if measure in listed.split("; ") else ""
        for measure, listed in zip(rows["measure"], rows["imputed"], strict=True)
    ]
    rows["source"] = f"{SOURCE} FY" + rows["fiscal_year"].astype(str)
    rows["source"] += ", " + rows["measure"].map(columns) + pd.Series(estimated, dtype=str)
    order = rows["measure"].map({measure: place for place, measure in enumerate(columns)})
    rows = rows.assign(order=order).sort_values([*ids, "order"], kind="stable", ignore_index=True)
    return rows[[*ids, "measure", "value", "source"]]


def missing_reasons(libraries: pd.DataFrame) -> pd.DataFrame:
    """Each figure that is missing, and why.

    Reasons: not reported, closed, not applicable, suppressed (withheld by the survey), left blank,
    not in this year's file.

    Returns key, fiscal_year, measure, reason, explanation (a sentence for a page).
    """
    ids = ["key", "fiscal_year", "measure"]
    rows = libraries.melt(ids[:2], list(pls_columns.MEASURES), "measure", "value")
    rows = rows[rows["value"].isna()].drop(columns="value")
    told = libraries[[*ids[:2], "missing"]].assign(missing=libraries["missing"].str.split("; "))
    told = told.explode("missing", ignore_index=True)
    parts = told["missing"].str.split(": ", n=1, expand=True).reindex(columns=[0, 1])
    told[["measure", "reason"]] = parts
    rows = rows.merge(told[[*ids, "reason"]], on=ids, how="left")
    rows["reason"] = rows["reason"].astype(object).fillna(pls_columns.NOT_IN_FILE)
    rows["explanation"] = rows["reason"].map(pls_columns.EXPLANATIONS)
    return rows.sort_values(ids[:2], kind="stable", ignore_index=True)


def library(frames: Sequence[pd.DataFrame], key: str) -> Library:
    """One library's yearly figures over all the files that are given, and its facts.

    `frames` are tables from `read`. Where two of them are of the same year, the fuller one counts
    and the other fills its gaps. Facts are those of the latest year in which the library was open.

    Returns a Library: key, name, state, city, population, year_end (last day of the latest fiscal
    year, or None), years_absent (years of the files in which the library has no row), statistics
    (fiscal_year, measure, value, source: a plan's statistics table) and missing (fiscal_year,
    measure, reason, explanation).

    Raises PlanningError for an unknown key, with the nearest keys; when a name was given in place of
    a key, with the libraries of that name.
    """
    wanted = str(key).strip().upper()
    known = pd.concat([frame[["key", "name", "city", "state"]] for frame in frames])
    if wanted not in set(known["key"]):
        raise pls_names.unknown(str(key).strip(), known)
    years = _merged(frames, [wanted])
    opened = years[~years["closed"].astype(bool)]
    latest = (years if opened.empty else opened).iloc[-1]
    covered = {int(year) for frame in frames for year in frame["fiscal_year"].unique()}
    end = latest["fiscal_year_end"]
    return Library(
        key=wanted,
        name=latest["name"],
        state=latest["state"],
        city=None if pd.isna(latest["city"]) else latest["city"],
        population=None if pd.isna(latest["population"]) else float(latest["population"]),
        year_end=None if pd.isna(end) else end.date(),
        years_absent=tuple(sorted(covered - set(years["fiscal_year"]))),
        statistics=figures(years).drop(columns="key"),
        missing=missing_reasons(years).drop(columns="key"),
    )


def peer_rows(
    frames: Sequence[pd.DataFrame], keys: Sequence[str], distances: Sequence[float]
) -> pd.DataFrame:
    """The figures of peer libraries as rows of a plan's peers table.

    `keys` and `distances` belong together, as `peers.nearest` gives them. A peer's name is that of
    its latest year. Rows come nearest peer first.

    Returns peer (the survey's key), name, distance, fiscal_year, measure, value.
    """
    columns = ["peer", "name", "distance", "fiscal_year", "measure", "value"]
    years = _merged(frames, list(keys))
    rows = figures(years).rename(columns={"key": "peer"})
    rows["name"] = rows["peer"].map(years.groupby("key")["name"].last())
    rows["distance"] = rows["peer"].map(dict(zip(keys, distances, strict=True)))
    rank = rows["peer"].map({key: place for place, key in enumerate(keys)})
    return rows.assign(rank=rank).sort_values("rank", kind="stable", ignore_index=True)[columns]


def _merged(frames: Sequence[pd.DataFrame], keys: list[str]) -> pd.DataFrame:
    """Rows of these libraries, one a year, from fuller files first."""
    measures = list(pls_columns.MEASURES)
    fullest = sorted(frames, key=lambda frame: -int(frame[measures].notna().any().sum()))
    rows = pd.concat([frame[frame["key"].isin(keys)] for frame in fullest], ignore_index=True)
    return rows.groupby(["key", "fiscal_year"], as_index=False).first()


def _facts(raw: pd.DataFrame, year: int) -> pd.DataFrame:
    no_text = {code: pd.NA for code in ("", "M", "-1", "-3", "-4", "-9")}
    facts = pd.DataFrame(index=raw.index)
    for ours, theirs in pls_columns.TEXTS.items():
        cells = raw.get(theirs, pd.Series("", index=raw.index))
        facts[ours] = cells if ours in ("key", "name") else cells.replace(no_text)
    facts["fiscal_year"] = year
    ends = raw.get("ENDDATE", pd.Series("", index=raw.index))
    facts["fiscal_year_end"] = _day(ends)
    for ours, theirs in pls_columns.PLACES.items():
        facts[ours] = pd.to_numeric(raw.get(theirs, pd.Series("", index=raw.index)), errors="coerce")
    return facts


def _day(cells: pd.Series) -> pd.Series:
    forms = ("%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d")
    days = [pd.to_datetime(cells, format=form, errors="coerce") for form in forms]
    return days[0].fillna(days[1]).fillna(days[2]).astype("datetime64[s]")


def _measured(raw: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Values, reasons for what is missing, and what was estimated: a column for each measure."""
    values, reasons, imputed = {}, {}, {}
    for measure, options in pls_columns.MEASURES.items():
        values[measure] = pd.Series(float("nan"), index=raw.index)
        reasons[measure] = pd.Series(None, index=raw.index, dtype=object)
        imputed[measure] = pd.Series(False, index=raw.index)
        for option in options:
            columns = option.split("+")
            if not set(columns) <= set(raw):
                continue
            value = sum(_numbers(raw[column]) for column in columns)
            fills = values[measure].isna() & value.notna()
            values[measure] = values[measure].where(~fills, value)
            imputed[measure] = imputed[measure] | (fills & _estimated(raw, columns))
            for column in columns:
                reasons[measure] = reasons[measure].fillna(_reason(raw[column]))
        reasons[measure] = reasons[measure].where(values[measure].isna(), None)
    return tuple(pd.DataFrame(columns, index=raw.index) for columns in (values, reasons, imputed))


def _numbers(cells: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(cells, errors="coerce")
    return numbers.mask(numbers < 0)


def _reason(cells: pd.Series) -> pd.Series:
    coded = pd.to_numeric(cells, errors="coerce").map(pls_columns.CODES)
    return coded.fillna(cells.str.upper().map(pls_columns.WORDS))


def _estimated(raw: pd.DataFrame, columns: list[str]) -> pd.Series:
    flags = [pls_columns.FLAGS.get(column) for column in columns]
    found = [raw[flag].str.startswith("I") for flag in flags if flag in raw]
    return pd.concat(found, axis="columns").any(axis="columns") if found else pd.Series(False, raw.index)


def _listed(words: pd.DataFrame) -> pd.Series:
    """The words of each row, joined; missing words left out."""
    rows = ["; ".join(word for word in row if isinstance(word, str)) for row in words.to_numpy(object)]
    return pd.Series(rows, index=words.index, dtype=str)
