"""COUNTER reports into a plan: one metric of one report for each platform, the services they belong to, and nothing twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from conftest import ROOT

from planning.model import create
from planning.model.arrival import take
from planning.model.errors import PlanningError, UsageError
from planning.model.plan import open_plan
from planning.sources import counter

DATA = ROOT.parent / "shared" / "data" / "counter" / "r51_official_samples"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the COUNTER samples are not beside the project")
LEVEL = {"PR": [], "TR": ["Title"], "DR": ["Database"]}
UNIQUE, TOTAL = "Unique_Item_Requests", "Total_Item_Requests"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = create.new_plan(tmp_path / "mill", {"library": "Mill Library", "kind": "academic", "leadership": "Provost", "as_of": dt.date(2025, 12, 31), "currency": "USD"})
    (folder / "services.csv").write_text("service,name,form,status,essential\nS01,Print books,physical,running,true\nS02,E-journals,digital,running,true\n"
                                         "S03,E-books,digital,running,true\n", encoding="utf-8")
    return folder


def written(folder: Path, kind: str, rows: list[tuple[object, ...]], months: tuple[str, ...] = ("2025-01", "2025-02"), name: str = "") -> Path:
    """A report with rows of platform, metric and a figure a month, and before the figures any Access_Method."""
    own = LEVEL[kind[:2]]
    columns = [*own, "Platform", "Access_Method", "Metric_Type", *months]
    lines = [[f"Report_ID\t{kind}"], ["Release\t5.1"], columns]
    for number, (platform, metric, *figures) in enumerate(rows):
        method = figures.pop(0) if isinstance(figures[0], str) and figures[0] in ("TDM", "Regular") else "Regular"
        lines.append([*[f"Thing {number}"] * len(own), platform, method, metric, *figures])
    path = folder / (name or f"{kind}.tsv")
    path.write_text("\n".join("\t".join(map(str, line)) for line in lines), encoding="utf-8")
    return path


def brought(plan: Path, *files: Path, **options: object) -> str:
    """What was told, after the files were taken in."""
    arrival = counter.arrival(open_plan(plan), list(files), **options)
    take(plan, arrival)
    return "\n".join(arrival.told)


def usage(plan: Path) -> list[str]:
    return (plan / "usage.csv").read_text(encoding="utf-8").splitlines()[1:]


def test_rows_of_one_metric_are_added_and_others_left_out(plan: Path, tmp_path: Path) -> None:
    told = brought(plan, written(tmp_path, "TR", [("Shelf", UNIQUE, 4, 5), ("Shelf", UNIQUE, 10, 20), ("Shelf", TOTAL, 40, 50)]), service="S02")

    assert usage(plan) == ["S02,2025-01,14", "S02,2025-02,25"]
    assert "Shelf: of TR, only Unique_Item_Requests was taken; left out, since they count the same visits in other ways: Total_Item_Requests." in told
    assert "Taken: Shelf into S02, Unique_Item_Requests of TR, 2025-01 to 2025-02, 39 uses." in told


def test_without_unique_requests_total_requests_are_taken_and_another_metric_can_be_named(plan: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "DR", [("Shelf", TOTAL, 40, 50), ("Shelf", "Searches_Regular", 7, 8), ("Shelf", "Searches_Regular", 1, 1)])

    brought(plan, path, service="S02")
    assert usage(plan) == ["S02,2025-01,40", "S02,2025-02,50"]
    told = brought(plan, path, metric="searches_regular")
    assert usage(plan) == ["S02,2025-01,8", "S02,2025-02,9"]
    assert "a search that runs over several of its 2 databases counts in each of them" in told
    with pytest.raises(UsageError, match="COUNTER has no such metric. Did you mean Searches_Regular"):
        brought(plan, path, metric="Searches_Reglar")
    with pytest.raises(UsageError, match="the files do not hold this metric. They hold: Searches_Regular, Total_Item_Requests"):
        brought(plan, path, metric="No_License")


def test_of_several_reports_of_a_platform_the_master_report_is_taken(plan: Path, tmp_path: Path) -> None:
    files = [written(tmp_path, "PR_P1", [("Shelf", UNIQUE, 9, 9)]), written(tmp_path, "TR", [("Shelf", UNIQUE, 4, 5)]), written(tmp_path, "PR", [("shelf ", UNIQUE, 9, 9)])]

    told = brought(plan, *files, service="S02")

    assert usage(plan) == ["S02,2025-01,9", "S02,2025-02,9"]
    assert "Shelf: TR, PR_P1 left out, since a use would count a second time beside PR." in told


def test_each_platform_has_a_report_of_its_own(plan: Path, tmp_path: Path) -> None:
    files = [written(tmp_path, "TR", [("Shelf", UNIQUE, 4, 5)]), written(tmp_path, "PR", [("Stack", TOTAL, 100, 200)])]

    brought(plan, *files, service="S02")

    assert usage(plan) == ["S02,2025-01,104", "S02,2025-02,205"]


def test_the_same_report_twice_is_taken_once_and_two_that_differ_are_refused(plan: Path, tmp_path: Path) -> None:
    year, month = written(tmp_path, "TR", [("Shelf", UNIQUE, 4, 5)]), written(tmp_path, "TR", [("Shelf", UNIQUE, 5)], ("2025-02",), "feb.tsv")

    told = brought(plan, year, year, month, service="S02")
    assert usage(plan) == ["S02,2025-01,4", "S02,2025-02,5"]
    assert "Shelf: feb.tsv tells the same as TR.tsv; taken once." in told

    other = written(tmp_path, "TR", [("Shelf", UNIQUE, 6)], ("2025-02",), "again.tsv")
    with pytest.raises(PlanningError, match="Shelf, TR, 2025-02: 5 in TR.tsv but 6 in again.tsv. Two files of the same report tell different figures for this month"):
        brought(plan, year, other)


def test_files_of_the_same_name_in_two_folders_are_told_apart(plan: Path, tmp_path: Path) -> None:
    for name in ("jan", "feb"):
        (tmp_path / name).mkdir()
    files = [written(tmp_path / "jan", "TR", [("Shelf", UNIQUE, 4)], ("2025-01",)), written(tmp_path / "feb", "TR", [("Shelf", UNIQUE, 5)], ("2025-02",))]

    told = brought(plan, *files, service="S02")

    assert usage(plan) == ["S02,2025-01,4", "S02,2025-02,5"]
    assert "jan/TR.tsv: TR of Release 5.1" in told


def test_uses_by_text_mining_and_requests_turned_away_are_no_uses(plan: Path, tmp_path: Path) -> None:
    told = brought(plan, written(tmp_path, "TR", [("Shelf", UNIQUE, "Regular", 4, 5), ("Shelf", UNIQUE, "TDM", 900, 100)]), service="S02")

    assert usage(plan) == ["S02,2025-01,4", "S02,2025-02,5"]
    assert "Shelf: 1,000 uses by text and data mining left out" in told
    with pytest.raises(PlanningError, match="Shelf: left out, since DR_D2 holds no Unique_Item_Requests or Total_Item_Requests for it, only requests that were turned away"):
        brought(plan, written(tmp_path, "DR_D2", [("Shelf", "No_License", 4, 5)]))


def test_a_month_without_a_figure_stays_empty_and_months_after_as_of_are_left_out(plan: Path, tmp_path: Path) -> None:
    months = ("2025-10", "2025-11", "2025-12", "2026-01")

    told = brought(plan, written(tmp_path, "TR", [("Shelf", UNIQUE, 4, "", 6, 7)], months), service="S02")

    assert usage(plan) == ["S02,2025-10,4", "S02,2025-12,6"]
    assert "Shelf: no figure for 2025-11; left empty, not 0." in told
    assert "Left out, since they end after the plan's as_of day 2025-12-31: 2026-01." in told
    with pytest.raises(PlanningError, match=r"All months of the files \(2026-01\) end after the plan's as_of day, 2025-12-31. Set as_of in plan.toml to a later day"):
        brought(plan, written(tmp_path, "TR", [("Shelf", UNIQUE, 4)], ("2026-01",)))


def test_without_a_mapping_the_platforms_are_named_with_a_proposal_and_nothing_is_written(plan: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()}
    files = [written(tmp_path, "TR", [("Ash Journals", UNIQUE, 4, 5)]), written(tmp_path, "PR", [("E-Books of Birch", UNIQUE, 4, 5), ("Cedar", UNIQUE, 1, 1)])]

    with pytest.raises(UsageError) as error:
        brought(plan, *files)

    said = str(error.value)
    assert "  Ash Journals: TR, 2025-01 to 2025-02\n  E-Books of Birch: PR, 2025-01 to 2025-02\n  Cedar: PR" in said
    assert "platform,service\nAsh Journals,S02\nE-Books of Birch,S03\nCedar,\n" in said
    assert {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()} == before


def test_a_mapping_adds_platforms_up_and_is_kept_for_the_next_time(plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text("Platform;Service\nShelf;S02\nSTACK;S02\nPile;\n", encoding="utf-8")
    rows = [("Shelf", UNIQUE, 4, 5), ("Stack", UNIQUE, 10, 20), ("Pile", UNIQUE, 100, 100)]

    told = brought(plan, written(tmp_path, "PR", rows), mapping=path)
    assert usage(plan) == ["S02,2025-01,14", "S02,2025-02,25"]
    assert "Left out, since the mapping gives no service: Pile." in told
    assert (plan / "evidence" / "counter_map.csv").read_text(encoding="utf-8") == "platform,service\nPile,\nSTACK,S02\nShelf,S02\n"

    brought(plan, written(tmp_path, "PR", [("Shelf", UNIQUE, 6), ("Stack", UNIQUE, 7)], ("2025-03",), "march.tsv"))
    assert usage(plan)[-1] == "S02,2025-03,13"


@pytest.mark.parametrize(("text", "said"), [
    ("platform,service\nShelf,S2\n", "The plan has no service S2. Did you mean S02?"), ("name,service\nShelf,S02\n", "found the columns name, service. Allowed: platform and service"),
    ("platform,service\nShelf,S02\nshelf,S03\n", "shelf stands there with two services, S02 and S03"), ("platform,service\nShelve,S02\n", "Which service does each platform belong to"),
])
def test_a_wrong_mapping_is_refused(plan: Path, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "map.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(PlanningError) as error:
        brought(plan, written(tmp_path, "PR", [("Shelf", UNIQUE, 4, 5)]), mapping=path)
    assert said in str(error.value)
    assert usage(plan) == []


def test_files_of_two_platforms_brought_in_one_after_the_other_add_up(plan: Path, tmp_path: Path) -> None:
    brought(plan, written(tmp_path, "TR", [("Shelf", UNIQUE, 4, 5)]), service="S02")
    told = brought(plan, written(tmp_path, "PR", [("Stack", UNIQUE, 10)], ("2025-01",)), service="S02")

    assert usage(plan) == ["S02,2025-01,14", "S02,2025-02,5"]
    assert "S02: the sums of 2025-02 are without Stack, which has no figure there." in told
    brought(plan, written(tmp_path, "TR", [("Shelf", UNIQUE, 40, 50)], name="restated.tsv"))
    assert usage(plan) == ["S02,2025-01,50", "S02,2025-02,50"]


def test_a_platform_that_moves_to_another_service_takes_its_months_along(plan: Path, tmp_path: Path) -> None:
    brought(plan, written(tmp_path, "TR", [("Shelf", UNIQUE, 4, 5), ("Stack", UNIQUE, 10, "")]), service="S02")
    path = tmp_path / "map.csv"
    path.write_text("platform,service\nShelf,S03\n", encoding="utf-8")

    told = brought(plan, written(tmp_path, "TR", [("Shelf", UNIQUE, 6)], ("2025-03",), "march.tsv"), mapping=path)

    assert usage(plan) == ["S02,2025-01,10", "S03,2025-01,4", "S03,2025-02,5", "S03,2025-03,6"]
    assert "Shelf: 2 earlier months moved from S02 to S03." in told


def test_figures_from_elsewhere_that_are_replaced_and_another_way_of_counting_are_told(plan: Path, tmp_path: Path) -> None:
    (plan / "usage.csv").write_text("service,period,uses\nS02,2025-01,99\n", encoding="utf-8")

    told = brought(plan, written(tmp_path, "TR", [("Shelf", UNIQUE, 4)], ("2025-01",)), service="S02")
    assert "S02: other figures that usage.csv held for 2025-01 are replaced (99 by 4 in 2025-01)." in told
    told = brought(plan, written(tmp_path, "PR", [("Shelf", TOTAL, 9)], ("2025-02",)))
    assert "Shelf: 2025-01 counted as Unique_Item_Requests of TR, the new months as Total_Item_Requests of PR; a jump between them is no change in use." in told


def test_the_same_files_a_second_time_change_nothing(plan: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "TR", [("Shelf", UNIQUE, 4, 5)])
    brought(plan, path, service="S02")
    before = {one: one.read_bytes() for one in plan.rglob("*") if one.is_file()}

    brought(plan, path)

    assert {one: one.read_bytes() for one in plan.rglob("*") if one.is_file()} == before
    assert (plan / "evidence" / "TR.tsv").read_bytes() == path.read_bytes()


def test_a_record_that_was_spoilt_is_named_and_nothing_changes(plan: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "TR", [("Shelf", UNIQUE, 4, 5)])
    brought(plan, path, service="S02")
    (plan / "evidence" / "counter_uses.csv").write_text("platform,uses\nShelf,many\n", encoding="utf-8")

    with pytest.raises(PlanningError, match="evidence/counter_uses.csv cannot be read: its columns or figures were changed"):
        brought(plan, path)


@real
def test_a_master_report_and_its_standard_view_give_a_plan_the_same_uses(plan: Path) -> None:
    found = []
    for name in ("PR_sample_r51.json", "PRP1_sample_r51.tsv", "PR_sample_r51.xlsx"):
        found.append(counter.arrival(open_plan(plan), [DATA / name], service="S02").tables["usage"]["uses"].tolist())

    assert sum(found[0]) == 191202
    assert found[0] == found[1] == found[2]
