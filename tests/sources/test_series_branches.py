"""Figures kept branch by branch: who each label is, what is asked, what is told, and sums that stay what they were."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from planning.model import arrival as door
from planning.model.errors import PlanningError, UsageError
from planning.model.plan import Plan, open_plan
from planning.sources import series

DATA = ROOT.parent / "shared" / "data" / "series"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the real series are not beside the project")


@pytest.fixture
def plan(empty_plan: Path) -> Plan:
    (empty_plan / "services.csv").write_text("service,name,form,status,essential\nS1,Loans,physical,running,true\n", encoding="utf-8")
    return open_plan(empty_plan)


def with_branches(plan: Plan, *names: str) -> Plan:
    (plan.folder / "branches.csv").write_text("branch,name,opened,closed\n" + "".join(f'B{n:02},"{name}",,\n' for n, name in enumerate(names, 1)), encoding="utf-8")
    return open_plan(plan.folder)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def arrival(plan: Plan, *files: Path, to: str = "branches:Loans", **options: object) -> door.Arrival:
    return series.arrival(plan, list(files), to=to, **options)


def rows(found: door.Arrival, table: str = "branch_values") -> list[list[object]]:
    return found.tables[table].values.tolist()


def test_every_branch_keeps_its_rows_and_new_ones_get_ids_in_the_order_of_their_names(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2025_loans.csv", 'branch,january,february,ytd\nWest,"1,200",10,1210\nEast,300,,300\nTotal,1500,10,1510\n')
    found = arrival(plan, path)

    assert rows(found, "branches") == [["B01", "East"], ["B02", "West"]]
    assert rows(found) == [["B01", "Loans", "2025-01", 300.0], ["B02", "Loans", "2025-01", 1200.0], ["B02", "Loans", "2025-02", 10.0]]
    assert "sums left out: ytd; 2 cells of total rows left out" in " ".join(found.told)
    assert "Kept apart: 2 branches, 0 of them in the plan already; between 1 and 2 of them report in a period." in found.told
    assert "End earlier: East." in found.told


def test_a_branch_of_the_plan_is_known_by_name_whatever_its_case_and_by_id_and_ids_go_on(plan: Plan, tmp_path: Path) -> None:
    plan = with_branches(plan, "Whitney M. Young, Jr.", "West")
    path = written(tmp_path, "2025.csv", "branch,jan,feb\nWHITNEY M YOUNG JR,1,2\nB02,3,4\nAvalon,5,6\n")
    found = arrival(plan, path)

    assert rows(found, "branches") == [["B03", "Avalon"]]
    assert [row[0] for row in rows(found)] == ["B01", "B01", "B02", "B02", "B03", "B03"]


def test_a_name_that_is_close_to_a_known_one_is_asked_and_the_answer_taken(plan: Plan, tmp_path: Path) -> None:
    plan = with_branches(plan, "Little Italy")
    path = written(tmp_path, "2025.csv", "branch,jan,feb\nLittel Italy,1,2\n")

    with pytest.raises(UsageError) as asked:
        arrival(plan, path)
    assert 'Is "Littel Italy" the branch "Little Italy"? --branch "Littel Italy=B01", or --branch "Littel Italy=new"' in str(asked.value)
    assert rows(arrival(plan, path, same=["Littel Italy=B01"]))[0][0] == "B01"
    assert rows(arrival(plan, path, same=["Littel Italy=new"]), "branches") == [["B02", "Littel Italy"]]


def test_close_names_within_the_files_are_asked_only_where_they_never_report_together(plan: Plan, tmp_path: Path) -> None:
    one, two = written(tmp_path, "2024.csv", "branch,jan,feb\nLittle Italy,1,2\n"), written(tmp_path, "2025.csv", "branch,jan,feb\nLittel Italy,3,4\n")
    both = written(tmp_path, "2023.csv", "branch,jan,feb\nLittle Italy,1,2\nLittel Italy,3,4\n")

    with pytest.raises(UsageError, match='Are "Littel Italy" and "Little Italy" one branch'):
        arrival(plan, one, two)
    assert rows(arrival(plan, one, two, same=["Littel Italy=Little Italy"]), "branches") == [["B01", "Little Italy"]]
    assert len(rows(arrival(plan, both), "branches")) == 2


@pytest.mark.parametrize(("answer", "said"), [("Est=B01", "Did you mean East?"), ("East=B09", "neither the plan nor the files have a branch B09"), ("East", "write LABEL=B02")])
def test_answers_that_name_nothing_are_refused(plan: Plan, tmp_path: Path, answer: str, said: str) -> None:
    path = written(tmp_path, "2025.csv", "branch,jan,feb\nEast,1,2\n")

    with pytest.raises(UsageError) as refused:
        arrival(with_branches(plan, "West"), path, same=[answer])
    assert said in str(refused.value)


def test_codes_take_their_names_from_a_sheet_and_are_known_again_after_a_branch_was_renamed(plan: Plan, tmp_path: Path) -> None:
    loans = written(tmp_path, "2025.csv", "BranchCode,jan,feb\nAB,1,2\nACD,3,4\n")
    names = written(tmp_path, "names.csv", "_id,BranchCode,BranchName,City\n1,AB,Albion,Mill\n2,ACD,Albert Campbell,Mill\n3,ZZ,Nowhere,Mill\n")
    found = arrival(plan, loans, names=names)
    door.take(plan.folder, found)
    table = plan.folder / "branches.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Albion", "Albion Road"), encoding="utf-8")

    again = arrival(open_plan(plan.folder), written(tmp_path, "2026.csv", "BranchCode,jan,feb\nAB,5,6\n"))

    assert rows(found, "branches") == [["B01", "Albert Campbell"], ["B02", "Albion"]]
    assert "names.csv: names for 2 of 2 labels." in found.told
    assert again.tables["branches"].empty and rows(again)[0] == ["B02", "Loans", "2026-01", 5.0]
    with pytest.raises(PlanningError, match="a column of names"):
        arrival(plan, loans, names=loans)


def test_the_same_file_twice_changes_nothing(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2025.csv", "branch,jan,feb\nEast,12,10\nWest,30,5\n")
    door.take(plan.folder, arrival(plan, path))
    before = {one: one.read_bytes() for one in plan.folder.rglob("*") if one.is_file()}

    taken = door.take(plan.folder, arrival(open_plan(plan.folder), path))

    assert taken.touched.empty
    assert {one: one.read_bytes() for one in plan.folder.rglob("*") if one.is_file()} == before


def test_a_measure_keeps_the_letters_that_the_plan_gave_it(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2025.csv", "branch,jan,feb\nEast,12,10\nWest,30,5\n")
    door.take(plan.folder, arrival(plan, path))

    assert {row[1] for row in rows(arrival(open_plan(plan.folder), path, to="branches:loans"))} == {"Loans"}


def test_zeros_in_between_are_kept_and_told_and_months_of_zeros_at_the_end_are_not_reported(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2025.csv", "branch,jan,feb,mar,apr,may,jun,jul\nEast,5,0,0,4,0,6,0\nWest,5,7,7,7,0,6,0\nNew,0,0,3,3,3,3,0\nOld,3,3,3,3,3,0,0\n")
    found = arrival(plan, path)
    told = " ".join(found.told)

    assert ["B01", "Loans", "2025-02", 0.0] in rows(found) and not [row for row in rows(found) if row[2] == "2025-07"]
    assert "not reported yet, since all figures are 0: 2025-07" in told
    assert "Closed together, since most branches show 0: 2025-02 (2 of 4), 2025-05 (2 of 4)." in told
    assert "Figures of 0 in between, kept and read as closed: East 2025-03." in told
    assert "Begin with 0, kept and read as closed: New 2025-01." in told
    assert "remove these rows from branch_values.csv: Old 2025-06." in told


def test_a_gap_stays_a_gap_and_is_told(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "visits.csv", "Year,Branch,Visits\n2020,East,5\n2022,East,6\n2020,West,1\n2021,West,1\n2022,West,1\n")
    found = arrival(plan, path, to="branches:Visits")

    assert [row[2] for row in rows(found) if row[0] == "B01"] == ["2020", "2022"]
    assert "No figure in between, kept as a gap: East 2021." in found.told


@pytest.mark.parametrize(("text", "said"), [
    ("month,loans\n2025-01,5\n2025-02,6\n", "no column says whose figures they are"), ("branch,jan,feb\nEast,-5,6\n", "2025.csv, row 2, 2025-01: found -5"),
    ("branch,jan,feb\nEast,5,6\nEAST,7,6\n", "Two figures for one branch and period"), ("branch,jan,feb\nEast,about 5,6\n", "found 'about 5'"),
])
def test_what_cannot_be_kept_by_branch_is_refused_with_the_remedy(plan: Plan, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PlanningError) as refused:
        arrival(plan, written(tmp_path, "2025.csv", text))
    assert said in str(refused.value)


def test_months_after_the_plans_day_are_left_out_and_one_branch_can_be_taken_alone(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2026.csv", "branch,may,june,july\nEast,5,6,7\nWest,1,1,1\n")

    assert [row[2:] for row in rows(arrival(plan, path, only=["East"]))] == [["2026-05", 5.0], ["2026-06", 6.0]]
    with pytest.raises(PlanningError, match="no figure is left to bring in"):
        arrival(plan, written(tmp_path, "2027.csv", "branch,jan,feb\nEast,5,6\n"))


def test_a_sum_that_is_not_that_of_its_row_is_told_and_the_months_are_taken(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2025.csv", "branch,jan,feb,ytd\nEast,5,6,11\nWest,1,1,3\nNew,1,,\n")
    found = arrival(plan, path)

    assert "2025.csv: sums that are not those of their own row, whose figures were taken (1): West (ytd 3, its figures 2)." in found.told
    assert sum(row[3] for row in rows(found)) == 14


def test_names_and_answers_go_with_branches_only(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "2025.csv", "branch,jan,feb\nEast,5,6\n")

    with pytest.raises(UsageError, match="go with --to branches:MEASURE only"):
        arrival(plan, path, to="usage:S1", same=["East=new"])


@real
def test_chicago_branches_add_up_to_what_a_service_gets_and_to_pandas_own_sums(plan: Plan) -> None:
    files = sorted((DATA / "chicago_monthly").glob("*.csv"))
    own = pd.concat([pd.read_csv(path).assign(year=path.name[:4]) for path in files])
    own["months"] = own.loc[:, "january":"december"].sum(axis=1)

    found = arrival(plan, *files)
    values, whole = found.tables["branch_values"], arrival(plan, *files, to="usage:S1").tables["usage"]
    names = found.tables["branches"].set_index("branch")["name"]

    assert values.groupby("period")["value"].sum().to_dict() == whole.set_index("period")["uses"].to_dict()
    mine = values.assign(name=values["branch"].map(names), year=values["period"].str[:4]).groupby(["name", "year"])["value"].sum()
    assert mine.to_dict() == own.groupby(["branch", "year"])["months"].sum().astype(float).to_dict()
    assert (own["months"] != own["ytd"]).sum() == 19
    assert any("2021_circ.csv: sums that are not those of their own row, whose figures were taken (19): Oriole Park (ytd 54673, its figures 56191)" in line for line in found.told)
    assert len(names) == 82 and names["B01"] == "Albany Park"
    assert "Begin later: Little Italy, West Loop." in found.told and "End earlier: Roosevelt." in found.told
    assert "Closed together, since most branches show 0: 2020-04 (76 of 81), 2020-05 (67 of 81)." in found.told
    assert any("Albany Park 2013-01 to 2013-07" in line for line in found.told)


@real
@pytest.mark.parametrize(("file", "column", "statistic"), [("visits", "Visits", "visits"), ("circulation", "Circulation", "circulation"), ("card-registrations", "Registrations", "registered_patrons")])
def test_toronto_branches_add_up_to_what_a_statistic_gets_and_carry_their_names(plan: Plan, file: str, column: str, statistic: str) -> None:
    (path,) = (DATA / "toronto").glob(f"tpl-{file}-annual*.csv")
    own = pd.read_csv(path)

    found = arrival(plan, path, to=f"branches:{column}", names=DATA / "toronto" / "tpl-branch-general-information-2023.csv")
    values, whole = found.tables["branch_values"], arrival(plan, path, to=f"statistics:{statistic}").tables["statistics"]

    assert values.astype({"period": int}).groupby("period")["value"].sum().to_dict() == whole.set_index("fiscal_year")["value"].to_dict() == own.groupby("Year")[column].sum().astype(float).to_dict()
    assert len(values) == len(own)
    assert "Agincourt" in set(found.tables["branches"]["name"]) and "AG" not in set(found.tables["branches"]["name"])
