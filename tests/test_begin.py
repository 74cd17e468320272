"""How a plan begins from the Public Libraries Survey: what its rows become, in literal rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from planning import begin, cli
from planning.model.errors import PlanningError
from planning.model.plan import open_plan
from planning.sources import pls

HEAD = ("FSCSKEY,LIBNAME,STABR,CITY,ENDDATE,POPU_LSA,CENTLIB,BRANLIB,BKMOB,LIBRARIA,TOTSTAFF,LOCGVT,TOTINCM,SALARIES,STAFFEXP,PRMATEXP,ELMATEXP,TOTEXPCO,"
        "OTHOPEXP,TOTOPEXP,VISITS,REGBOR,TOTCIR,ELMATCIR,TOTPRO,TOTATTEN,PITUSR,F_VISITS")
ELM = "AK0801,ELM POINT LIBRARY,AK,ELM POINT,06/30/{year},1000,1,0,0,1.5,4,50000,60000,20000,25000,4000,1000,6000,9000,40000,8000,500,12000,3000,50,600,700,R_17"
SMALL = "AK0802,ASH LIBRARY,AK,ASH,06/30/{year},200,1,0,0,0,0,8000,9000,-9,-9,1000,500,1673,-9,13562,1846,189,1557,0,30,150,178,IX17"
CLOSED = "AK0803,BIRCH LIBRARY,AK,BIRCH,06/30/{year}," + ",".join(["-3"] * 22) + ",L_17"
LAW = "CA0901,ELM COUNTY LAW LIBRARY,CA,ELM,06/30/{year},-9,1,0,0,1,3,-1,-1,-1,-1,-1,-1,-1,-1,-1,500,-1,-1,-1,-1,-1,-1,R_17"
ANCHOR = "AK0804,OAK LIBRARY,AK,OAK,12/31/{before},900,1,0,0,1,3,1,1,1,1,1,1,2,1,30000,5000,400,9000,2000,40,500,600,R_17"
ROWS = (ELM, SMALL, CLOSED, LAW, ANCHOR)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two invented years of the survey: FY2017, and FY2018 without Ash Library."""
    made = []
    for year, rows in ((2017, ROWS), (2018, [row for row in ROWS if row != SMALL])):
        made.append(tmp_path / f"pls_fy{year}.csv")
        made[-1].write_text("\n".join([HEAD, *(row.format(year=year, before=year - 1) for row in rows)]) + "\n", encoding="utf-8")
    return made


def figures(**measures: float) -> pd.DataFrame:
    """Statistics of FY2017; a measure that ends in _18 is of FY2018."""
    rows = [[2018 if name.endswith("_18") else 2017, name.removesuffix("_18"), value, "survey"] for name, value in measures.items()]
    return pd.DataFrame(rows, columns=["fiscal_year", "measure", "value", "source"])


def lines(budget: pd.DataFrame) -> list[tuple[str, float]]:
    return list(zip(budget["name"], budget["actual"]))


def test_budget_lines_add_up_to_the_total_with_other_materials_among_them() -> None:
    found = begin.spending(figures(spending_staff=25, spending_print=4, spending_electronic=1, spending_collection=6, spending_other=9, spending_total=40))

    assert lines(found) == [("Staff", 25), ("Print materials", 4), ("Electronic materials", 1), ("Other materials", 1), ("Other spending", 9)]
    assert found["actual"].sum() == 40


def test_withheld_staff_costs_stand_in_one_line_with_what_else_is_not_told_apart() -> None:
    found = begin.spending(figures(spending_print=1173, spending_electronic=500, spending_collection=1673, spending_total=13562))

    assert lines(found)[2:] == [("Staff and other spending, not told apart", 11889)]
    assert found["actual"].sum() == 13562


def test_a_total_alone_is_one_line_and_no_spending_is_none() -> None:
    assert lines(begin.spending(figures(spending_total=900))) == [("Staff and other spending, not told apart", 900)]
    assert begin.spending(figures(visits=9)).empty


def test_staff_is_split_only_within_one_year() -> None:
    both = figures(staff_fte=923.28, librarians_fte=186.7)

    assert begin.roles(both)[["name", "fte"]].values.tolist() == [["Librarians", 186.7], ["Other staff", 736.58]]
    assert begin.roles(pd.concat([both, figures(staff_fte_18=834.8)]))[["name", "fte"]].values.tolist() == [["Staff", 834.8]]


def test_a_library_without_paid_staff_has_no_roles() -> None:
    assert begin.roles(figures(staff_fte=0, librarians_fte=0)).empty
    assert begin.roles(figures(visits=4)).empty


def test_a_kpi_has_its_first_year_as_baseline_and_no_target() -> None:
    made = begin.kpi_tables(figures(visits=20, population=10, visits_18=36, population_18=12))
    only = made["kpis"].iloc[0]

    assert (only["name"], only["baseline"], only["baseline_period"], "target" in made["kpis"]) == ("Visits per person", 2, "2017", False)
    assert made["kpi_values"][["period", "value"]].values.tolist() == [["2017", 2], ["2018", 3]]


def test_shares_are_kept_in_per_cent_and_spending_per_visit_is_better_when_lower() -> None:
    made = begin.kpi_tables(figures(visits=20, population=10, registered_patrons=14, circulation=40, electronic_circulation=9, spending_total=50))
    kpis = made["kpis"].set_index("name")

    assert kpis.loc[["Registered patrons per person", "Digital share of loans"], "baseline"].tolist() == [140, 22.5]
    assert kpis.loc["Spending per visit", ["baseline", "unit", "direction"]].tolist() == [2.5, "USD per visit", "down"]


def test_a_year_that_the_survey_estimated_is_noted_with_its_value() -> None:
    rows = figures(visits=20, population=10, visits_18=30, population_18=10)
    rows.loc[0, "source"] += ", VISITS, estimated by the survey"

    assert begin.kpi_tables(rows)["kpi_values"]["note"].fillna("").tolist() == ["An estimate of IMLS: the library left a figure out", ""]


def test_a_ratio_without_a_base_makes_no_kpi() -> None:
    assert begin.kpi_tables(figures(visits=20, population=0))["kpis"].empty


@pytest.mark.parametrize(("survey_name", "shown"), [
    ("DERMOTT O`TOOLE MEMORIAL LIBRARY", "Dermott O'Toole Memorial Library"), ("CITIZENS` LIBRARY", "Citizens' Library"),
    ("LIBRARY DISTRICT #1, MIAMI COUNTY", "Library District #1, Miami County"), ("KIMBERLY–LITTLE CHUTE PUBLIC LIBRARY", "Kimberly–Little Chute Public Library"),
    ("BRYAN+COLLEGE STATION", "Bryan+College Station"), ("CINCINNATI AND HAMILTON COUNTY, PL OF", "Cincinnati and Hamilton County, PL of"),
    ("ELBOW LAKE: THORSON MEM LIBRARY", "Elbow Lake: Thorson Mem Library"), ("THE ELM LIBRARY", "The Elm Library")])
def test_names_come_out_of_capitals(survey_name: str, shown: str) -> None:
    assert begin.titled(survey_name) == shown


def test_a_plan_begins_from_two_years_and_passes_its_check(files: list[Path], tmp_path: Path) -> None:
    assert cli.run(["new", str(tmp_path / "elm"), "--pls", *map(str, files), "--library", "AK0801"]) == 0
    plan = open_plan(tmp_path / "elm")

    assert (plan.library, plan.as_of, plan.facts["fiscal_year_start"], plan.facts["population"]) == ("Elm Point Library", dt.date(2018, 6, 30), 7, 1000)
    assert plan.facts["source"] == "IMLS Public Libraries Survey, FY2017 to FY2018"
    assert plan.budget.groupby("fiscal_year")["actual"].sum().tolist() == [40000, 40000]
    assert sorted(path.name for path in (tmp_path / "elm" / "evidence").iterdir()) == ["README.txt", "pls_fy2017.csv", "pls_fy2018.csv", "receipt.txt"]


def test_the_receipt_tells_how_peers_were_chosen_and_what_is_withheld(files: list[Path], tmp_path: Path) -> None:
    made = begin.from_survey(tmp_path / "ash", files, "AK0802")
    text = (made / "evidence" / "receipt.txt").read_text(encoding="utf-8")

    assert "Peers: the 2 libraries nearest in size in FY2017" in text
    assert "population 0.25, spending_total 0.25, staff_fte 0.25, outlets 0.25" in text
    assert "FY2017, suppressed: spending_staff, spending_salaries, spending_other" in text
    assert "No row for the library in: FY2018." in text
    assert open_plan(made).facts["source"] == "IMLS Public Libraries Survey, FY2017; the survey withholds what a staff of this size costs"


def test_a_library_that_is_in_an_older_year_only_has_the_peers_of_that_year(files: list[Path], tmp_path: Path) -> None:
    plan = open_plan(begin.from_survey(tmp_path / "ash", files, "AK0802"))

    assert plan.as_of == dt.date(2017, 6, 30)
    assert sorted(plan.peers["peer"].unique()) == ["AK0801", "AK0804"]


def test_a_fiscal_year_that_ends_in_the_year_before_its_name_keeps_the_name(files: list[Path], tmp_path: Path) -> None:
    made = begin.from_survey(tmp_path / "oak", files, "AK0804")

    assert open_plan(made).as_of == dt.date(2018, 12, 31)
    assert "its FY2018 of this library ended on 2017-12-31" in (made / "evidence" / "receipt.txt").read_text(encoding="utf-8")


def test_a_library_whose_size_is_withheld_has_no_peers(files: list[Path], tmp_path: Path) -> None:
    made = begin.from_survey(tmp_path / "law", files, "CA0901")

    assert open_plan(made).peers.empty and open_plan(made).facts["population"] is None
    assert "Peers: none" in (made / "evidence" / "receipt.txt").read_text(encoding="utf-8")


def test_a_library_that_was_closed_in_every_year_makes_no_plan(files: list[Path], tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match=r"Birch Library \(AK0803\) has no figures in pls_fy2017.csv, pls_fy2018.csv: closed"):
        begin.from_survey(tmp_path / "birch", files, "AK0803")

    assert not (tmp_path / "birch").exists()


def test_peers_come_from_the_year_that_knows_most_of_the_size(files: list[Path]) -> None:
    older, newer = (pls.read(path) for path in files)

    assert begin.nearest([older, newer], "AK0801")["fiscal_year"].unique().tolist() == [2018]
    assert begin.nearest([older, newer.assign(spending_total=float("nan"))], "AK0801")["fiscal_year"].unique().tolist() == [2017]
