"""Files brought into a plan by command: exit codes, what is told, and nothing half written."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from planning import cli

SAMPLES = ROOT.parent / "shared" / "data" / "counter"
real = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the COUNTER samples are not beside the project")
REPORT = ("Report_ID\tTR_J1\nRelease\t5.1\n\nTitle\tPlatform\tMetric_Type\tReporting_Period_Total\tJan-2025\tFeb-2025\n"
          "Ash Review\tShelf\tUnique_Item_Requests\t9\t4\t5\nBirch Letters\tStack\tUnique_Item_Requests\t30\t10\t20\n")


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    (empty_plan / "services.csv").write_text("service,name,form,status,essential\nS01,Print books,physical,running,true\nS02,E-journals,digital,running,true\n", encoding="utf-8")
    return empty_plan


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "tr_j1.tsv"
    path.write_text(REPORT, encoding="utf-8")
    return path


def held(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".planning.lock"}


def test_counter_without_a_mapping_leaves_with_2_proposes_one_and_writes_nothing(plan: Path, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(plan)

    assert cli.run(["import", "counter", str(report), "--into", str(plan)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "platform,service\nShelf,S02\nStack,S02\n" in said.err
    assert "--map map.csv" in said.err and "--service ID" in said.err
    assert held(plan) == before


def test_counter_with_a_mapping_tells_what_it_took_and_needs_none_the_next_time(plan: Path, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = tmp_path / "mine.csv"
    mapping.write_text("platform,service\nShelf,S02\nStack,S02\n", encoding="utf-8")

    assert cli.run(["import", "counter", str(report), "--into", str(plan), "--map", str(mapping)]) == 0
    assert capsys.readouterr().out == (
        "tr_j1.tsv: TR_J1 of Release 5.1, Shelf, Stack, 2025-01 to 2025-02, 4 figures read.\n"
        "Taken: Shelf into S02, Unique_Item_Requests of TR_J1, 2025-01 to 2025-02, 9 uses.\n"
        "Taken: Stack into S02, Unique_Item_Requests of TR_J1, 2025-01 to 2025-02, 30 uses.\n"
        "usage.csv: 2 rows new, 0 changed, 0 as they were.\nKept untouched: evidence/tr_j1.tsv.\n")
    assert (plan / "usage.csv").read_text(encoding="utf-8") == "service,period,uses\nS02,2025-01,14\nS02,2025-02,25\n"

    before = held(plan)
    assert cli.run(["import", "counter", str(report), "--into", str(plan)]) == 0
    assert "usage.csv: 0 rows new, 0 changed, 2 as they were." in capsys.readouterr().out
    assert held(plan) == before
    assert cli.run(["check", str(plan)]) == 0


@pytest.mark.parametrize(("options", "code", "said"), [
    (["--service", "S2"], 2, "The plan has no service S2. Did you mean S02?"), (["--service", "S02", "--map", "x.csv"], 2, "--service and --map do not go together"),
    (["--service", "S02", "--metric", "Unique_Item_Request"], 2, "Did you mean Unique_Item_Requests?"), (["--service", "S02", "--sheet", "One"], 2, "tr_j1.tsv is no workbook"),
    (["--map", "gone.csv"], 1, "gone.csv cannot be opened"), (["--serivce", "S02"], 2, "--service"),
])
def test_wrong_options_of_counter_are_named_and_nothing_is_written(plan: Path, report: Path, options: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(plan)

    assert cli.run(["import", "counter", str(report), "--into", str(plan), *options]) == code
    assert said in capsys.readouterr().err
    assert held(plan) == before


def test_one_wrong_file_among_several_keeps_all_of_them_out(plan: Path, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "jr1.csv"
    wrong.write_text("Journal Report 1 (R4),Number of Successful Full-Text Article Requests\n", encoding="utf-8")
    before = held(plan)

    assert cli.run(["import", "counter", str(report), str(wrong), "--into", str(plan), "--service", "S02"]) == 1
    assert "jr1.csv is JR1, a report of COUNTER Release 4" in capsys.readouterr().err
    assert held(plan) == before


@real
def test_a_sushi_error_body_leaves_with_1_its_code_and_what_to_do(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["import", "counter", str(SAMPLES / "pycounter_r5" / "not_authorized.json"), "--into", str(plan), "--service", "S02"]) == 1
    assert capsys.readouterr().err == ("not_authorized.json holds no report: the publisher's server answered 2000 (Requestor Not Authorized to Access Service). "
                                       "Check the customer id, the requestor id and the API key with the publisher, and ask again.\n")
