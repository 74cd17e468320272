"""Figures over time as libraries keep them: months across or down, sums beside them, marks of many countries, branches that come and go."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from openpyxl import Workbook

from planning.model.errors import PlanningError, UsageError
from planning.model.plan import Plan, open_plan
from planning.sources import series

DATA = ROOT.parent / "shared" / "data"
real = pytest.mark.skipif(not (DATA / "series").is_dir(), reason="the real series are not beside the project")


@pytest.fixture
def plan(empty_plan: Path) -> Plan:
    (empty_plan / "services.csv").write_text("service,name,form,status,essential\nS1,Loans,physical,running,true\n", encoding="utf-8")
    (empty_plan / "kpis.csv").write_text("kpi,name,unit,direction,frequency\nK1,Visits,visits a month,up,monthly\n", encoding="utf-8")
    return open_plan(empty_plan)


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def brought(plan: Plan, *files: Path, to: str = "usage:S1", **options: object) -> list[list[object]]:
    (rows,) = series.arrival(plan, list(files), to=to, **options).tables.values()
    return rows.values.tolist()


def told(plan: Plan, *files: Path, to: str = "usage:S1", **options: object) -> str:
    return " ".join(series.arrival(plan, list(files), to=to, **options).told)


def test_months_across_take_their_year_from_the_file_name_and_sums_are_left_out(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2025_loans.csv", 'branch,city,january,february,ytd\nEast,Mill,"1,200",10,1210\nWest,Mill,300,,300\nTotal,,1500,10,1510\n')

    assert brought(plan, path) == [["S1", "2025-01", 1500.0], ["S1", "2025-02", 10.0]]
    assert "sums left out: ytd; 2 cells of total rows left out" in told(plan, path)
    assert "Added up over 2 rows such as branches; between 1 and 2 of them report in a period." in told(plan, path)


def test_one_branch_can_be_taken_alone(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2025.csv", "branch,jan,feb\nEast,12,10\nWest,30,5\n")

    assert brought(plan, path, only=["West"]) == [["S1", "2025-01", 30.0], ["S1", "2025-02", 5.0]]
    with pytest.raises(UsageError, match="Did you mean West"):
        brought(plan, path, only=["Wset"])


def test_months_down_with_the_year_in_the_cell_or_in_a_column_of_its_own(plan: Plan, tmp_path: Path) -> None:
    one = written(tmp_path, "a.csv", "month,loans\nJan-2025,5\nFeb 25,6\n")
    two = written(tmp_path, "b.csv", "Year,Month,Loans\n2025,March,7\n2025,4,8\n")

    assert brought(plan, one, two) == [["S1", "2025-01", 5.0], ["S1", "2025-02", 6.0], ["S1", "2025-03", 7.0], ["S1", "2025-04", 8.0]]


def test_months_down_and_years_across(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "grid.csv", "Month,2024,2025\nJanuary,1,3\nFebruary,2,\nTotal,3,3\n")

    assert brought(plan, path) == [["S1", "2024-01", 1.0], ["S1", "2024-02", 2.0], ["S1", "2025-01", 3.0]]


def test_semicolons_decimal_commas_currencies_and_local_month_names(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "wydatki_2025.csv", "Filia;styczeń;luty;październik\nA;€ 36.357,74;1.200;0,5\n")

    assert brought(plan, path) == [["S1", "2025-01", 36357.74], ["S1", "2025-02", 1200.0], ["S1", "2025-10", 0.5]]
    assert "comma taken as the decimal mark" in told(plan, path)


def test_percent_signs_carriage_returns_and_the_older_windows_form(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "märz.csv", "month\tshare é\rJan 2025\t37.00%\rFeb 2025\tN/A\rMar 2025\t41.5%\r", "cp1252")

    assert brought(plan, path) == [["S1", "2025-01", 37.0], ["S1", "2025-03", 41.5]]
    assert "percent signs dropped" in told(plan, path)


def test_a_title_above_the_headings_and_a_workbook_with_real_dates(plan: Plan, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Door counts of the library", None])
    book.active.append(["Date", "Visits"])
    book.active.append([dt.datetime(2025, 5, 1), 210])
    book.active.append([dt.datetime(2025, 6, 1), 190.5])
    book.save(tmp_path / "doors.xlsx")

    assert brought(plan, tmp_path / "doors.xlsx", to="kpi:K1") == [["K1", "2025-05", 210.0], ["K1", "2025-06", 190.5]]


def test_last_months_of_nothing_but_zeros_are_not_reported_yet_and_a_closure_in_between_is_zero(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2025.csv", "branch,jan,feb,mar,apr,may\nEast,5,0,4,0,0\nWest,5,0,3,0,0\n")

    assert brought(plan, path) == [["S1", "2025-01", 10.0], ["S1", "2025-02", 0.0], ["S1", "2025-03", 7.0]]
    assert "not reported yet, since all figures are 0: 2025-04, 2025-05" in told(plan, path)


def test_branches_that_begin_and_end_are_named(plan: Plan, tmp_path: Path) -> None:
    one = written(tmp_path, "2024.csv", "branch,jan,feb\nEast,5,6\nOld,1,1\n")
    two = written(tmp_path, "2025.csv", "branch,jan,feb\nEast,5,6\nNew,2,2\n")

    assert "Begin later: New. End earlier: Old." in told(plan, one, two)


def test_months_after_the_plans_day_are_left_out_and_told(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2026.csv", "branch,may,june,july\nEast,5,6,7\nWest,1,1,1\n")

    assert brought(plan, path) == [["S1", "2026-05", 6.0], ["S1", "2026-06", 7.0]]
    assert "Left out, since they end after the plan's as_of day 2026-06-30: 2026-07." in told(plan, path)


def test_monthly_figures_become_a_yearly_statistic_only_with_all_twelve_months(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "visits.csv", "period,visits\n" + "".join(f"2024-{month:02},10\n" for month in range(1, 13)) + "2025-01,10\n")

    assert brought(plan, path, to="statistics:visits") == [[2024, "visits", 120.0]]
    assert "not all twelve months are there: FY2025" in told(plan, path, to="statistics:visits")


def test_every_cell_that_is_no_number_is_told_with_its_row_and_column(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2025.csv", "branch,jan,feb\nEast,5,about 6\nWest,many,4\n")

    with pytest.raises(PlanningError) as refused:
        brought(plan, path)

    assert "2025.csv, row 2, column feb: found 'about 6'" in str(refused.value)
    assert "2025.csv, row 3, column jan: found 'many'" in str(refused.value)


def test_two_figures_for_one_month_are_refused_and_the_same_figure_twice_counts_once(plan: Plan, tmp_path: Path) -> None:
    one = written(tmp_path, "a.csv", "month,loans\n2025-01,5\n2025-02,6\n")
    two = written(tmp_path, "b.csv", "month,loans\n2025-01,5\n2025-02,7\n")

    assert brought(plan, one, one) == [["S1", "2025-01", 5.0], ["S1", "2025-02", 6.0]]
    with pytest.raises(PlanningError, match=r"2025-02: 6 \(a.csv, row 3\), 7 \(b.csv, row 3\)"):
        brought(plan, one, two)


def test_months_without_any_year_ask_for_one(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "loans.csv", "branch,jan,feb\nEast,5,6\n")

    assert brought(plan, path, year=2024) == [["S1", "2024-01", 5.0], ["S1", "2024-02", 6.0]]
    with pytest.raises(PlanningError, match="Give it with --year, such as --year 2024"):
        brought(plan, path)


def test_several_columns_of_figures_ask_which(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "month,loans,visits\n2025-01,5,50\n2025-02,6,60\n")

    assert brought(plan, path, value="visits") == [["S1", "2025-01", 50.0], ["S1", "2025-02", 60.0]]
    with pytest.raises(PlanningError, match="Name the column with --value. Columns: loans, visits"):
        brought(plan, path)


@pytest.mark.parametrize(("to", "said"), [("usag:S1", "Did you mean usage:S1?"), ("usage:S9", "the plan has no service S9. It has: S1."), ("kpi", "write usage:ID"),
                                          ("statistics:vists", "Did you mean visits?")])
def test_a_target_that_is_not_there_is_named_with_the_nearest(plan: Plan, tmp_path: Path, to: str, said: str) -> None:
    path = written(tmp_path, "a.csv", "month,loans\n2025-01,5\n")

    with pytest.raises(UsageError) as refused:
        brought(plan, path, to=to)

    assert said in str(refused.value)


def test_a_kpi_of_another_frequency_and_a_file_without_periods_are_refused(plan: Plan, tmp_path: Path) -> None:
    yearly = written(tmp_path, "a.csv", "year,visits\n2024,5\n2025,6\n")
    names = written(tmp_path, "b.csv", "name,address\nEast,Mill road 2017\n")

    with pytest.raises(PlanningError, match="is measured monthly; the files hold yearly figures"):
        brought(plan, yearly, to="kpi:K1")
    with pytest.raises(PlanningError, match="no row of headings holds months"):
        brought(plan, names)


@real
def test_chicago_by_branch_and_month_adds_up_to_the_files_own_sums(plan: Plan) -> None:
    files = sorted((DATA / "series/chicago_monthly").glob("*.csv"))
    own = pd.concat([pd.read_csv(path).assign(year=path.name[:4]) for path in files])

    rows = pd.DataFrame(brought(plan, *files), columns=["service", "period", "uses"])

    assert len(rows) == 12 * 12
    assert rows.groupby(rows["period"].str[:4])["uses"].sum().to_dict() == own.groupby("year")["ytd"].sum().astype(float).to_dict()


@real
def test_toronto_by_branch_gives_the_citys_years(plan: Plan) -> None:
    files = sorted((DATA / "series/toronto").glob("tpl-workstation*.csv"))
    own = pd.concat([pd.read_csv(path) for path in files]).groupby("Year")["Sessions"].sum()

    rows = brought(plan, *files, to="statistics:computer_sessions")

    assert [[row[0], row[2]] for row in rows] == [[year, float(value)] for year, value in own.items()]
    assert "Begin later" in told(plan, *files, to="statistics:computer_sessions")


def test_a_web_page_that_was_saved_as_a_sheet_is_named(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match="loans.xlsx is a web page or XML, perhaps a sign-in page that was saved"):
        brought(plan, written(tmp_path, "loans.xlsx", "\n<html><table><tr><td>Loans</td></tr></table></html>"))
