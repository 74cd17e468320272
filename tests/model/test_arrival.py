"""What a file brings into a plan: all or nothing, kept untouched, with a receipt, and the same twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from planning.model import arrival, door, journal
from planning.model.arrival import Arrival, take
from planning.model.errors import PlanningError, PlanProblems
from planning.model.plan import open_plan


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    (empty_plan / "services.csv").write_text("service,name,form,status,essential\nS1,Storytime,physical,running,true\n", encoding="utf-8")
    (empty_plan / "usage.csv").write_text("service,period,uses\nS1,2026-01,10\nS1,2026-02,12\n", encoding="utf-8")
    return empty_plan


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "door.tsv"
    path.write_text("raw bytes\r\n", encoding="utf-8", newline="")
    return path


def uses(*rows: tuple[str, float], service: str = "S1") -> dict[str, pd.DataFrame]:
    return {"usage": pd.DataFrame([[service, *row] for row in rows], columns=["service", "period", "uses"])}


def test_rows_of_the_same_key_are_replaced_and_others_are_added(plan: Path, file: Path) -> None:
    taken = take(plan, Arrival("series", uses(("2026-02", 15.0), ("2026-03", 9.5)), (file,)))

    assert (plan / "usage.csv").read_text(encoding="utf-8") == "service,period,uses\nS1,2026-01,10\nS1,2026-02,15\nS1,2026-03,9.5\n"
    assert taken.rows.values.tolist() == [["usage", 1, 1, 0]]


def test_the_file_is_kept_byte_for_byte_with_a_receipt(plan: Path, file: Path) -> None:
    take(plan, Arrival("series", uses(("2026-03", 9.0)), (file,), ("Read 1 month.", "Left out 2 totals.")))

    assert (plan / "evidence/door.tsv").read_bytes() == file.read_bytes()
    receipt = pd.read_csv(plan / "evidence/receipts.csv", dtype="str").iloc[0]
    assert (receipt["kind"], receipt["into"], receipt["rows"], receipt["said"]) == ("series", "usage", "1", "Read 1 month. Left out 2 totals.")
    assert len(receipt["sha256"]) == 64


def test_the_same_arrival_a_second_time_changes_nothing(plan: Path, file: Path) -> None:
    given = Arrival("series", uses(("2026-03", 9.0)), (file,))
    take(plan, given)
    before = {path.name: path.read_bytes() for path in plan.rglob("*") if path.is_file()}

    assert take(plan, given).rows.values.tolist() == [["usage", 0, 0, 1]]
    assert {path.name: path.read_bytes() for path in plan.rglob("*") if path.is_file()} == before


def test_another_file_of_the_same_name_is_kept_beside_the_first(plan: Path, file: Path) -> None:
    take(plan, Arrival("series", uses(("2026-03", 9.0)), (file,)))
    file.write_text("other bytes", encoding="utf-8")

    kept = take(plan, Arrival("series", uses(("2026-03", 8.0)), (file,))).kept[0]

    assert kept.read_text(encoding="utf-8") == "other bytes"
    assert (plan / "evidence/door.tsv").read_text(encoding="utf-8").startswith("raw bytes")


def test_rows_that_would_break_the_plan_are_refused_with_every_problem_and_nothing_is_kept(plan: Path, file: Path) -> None:
    before = sorted(path.name for path in plan.rglob("*"))

    with pytest.raises(PlanProblems) as refused:
        take(plan, Arrival("series", uses(("2026-03", 9.0), ("2031-01", 1.0), service="S9"), (file,)))

    assert "found S9" in str(refused.value) and "found 2031-01, after the plan's as_of day" in str(refused.value)
    assert (plan / "usage.csv").read_text(encoding="utf-8").count("\n") == 3
    assert [name for name in sorted(path.name for path in plan.rglob("*")) if name != door.LOCK] == before


def test_a_plan_that_has_problems_already_takes_nothing(plan: Path, file: Path) -> None:
    (plan / "usage.csv").write_text("service,period,uses\nS1,2026-01,many\n", encoding="utf-8")

    with pytest.raises(PlanProblems, match="found many"):
        take(plan, Arrival("series", uses(("2026-03", 9.0)), (file,)))

    assert not (plan / "evidence/receipts.csv").exists()


def test_columns_that_an_arrival_does_not_bring_stay_as_they_were(plan: Path, file: Path) -> None:
    take(plan, Arrival("survey", {"services": pd.DataFrame({"service": ["S1"], "name": ["Story hour"]})}, (file,)))

    assert open_plan(plan).services[["name", "form", "essential"]].values.tolist() == [["Story hour", "physical", True]]


def test_two_at_once_do_not_write_over_each_other(plan: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "PATIENCE", 0.05)

    with FileLock(plan / door.LOCK), pytest.raises(PlanningError, match="Somebody else is writing into"):
        take(plan, Arrival("series", uses(("2026-03", 9.0)), (file,)))


def test_a_crash_while_writing_leaves_every_table_as_it_was(plan: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if target == plan / "usage.csv":
            raise OSError(28, "No space left on device")
        return replace(path, target)

    before = {path.name: path.read_bytes() for path in plan.rglob("*") if path.is_file()}
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PlanningError, match="No space left"):
        take(plan, Arrival("survey", {"services": pd.DataFrame({"service": ["S1"], "name": ["Story hour"]})} | uses(("2026-03", 9.0)), (file,)))

    assert {path.name: path.read_bytes() for path in plan.rglob("*") if path.is_file() and path.name != door.LOCK} == before


def test_a_whole_table_loses_the_rows_that_it_leaves_out_and_another_keeps_its_own(plan: Path, file: Path) -> None:
    given = uses(("2026-02", 12.0), ("2026-03", 9.0))

    taken = take(plan, Arrival("workbook", given, (file,), whole=frozenset({"usage"})))

    assert (plan / "usage.csv").read_text(encoding="utf-8") == "service,period,uses\nS1,2026-02,12\nS1,2026-03,9\n"
    assert taken.rows.values.tolist() == [["usage", 1, 0, 1]]
    assert taken.touched.values.tolist() == [["usage", "new", "S1, 2026-03"], ["usage", "removed", "S1, 2026-01"]]
    assert len(open_plan(plan).services) == 1


def test_a_whole_table_without_a_row_empties_it_and_the_headings_stay(plan: Path, file: Path) -> None:
    take(plan, Arrival("workbook", {"usage": pd.DataFrame(columns=["service", "period", "uses"])}, (file,), whole=frozenset({"usage"})))

    assert (plan / "usage.csv").read_text(encoding="utf-8") == "service,period,uses\n"


def test_a_row_that_another_table_points_to_is_not_removed(plan: Path, file: Path) -> None:
    with pytest.raises(PlanProblems, match="usage.csv, row 2, column service: found S1"):
        take(plan, Arrival("workbook", {"services": pd.DataFrame(columns=["service"])}, (file,), whole=frozenset({"services"})))

    assert len(open_plan(plan).services) == 1


def test_a_table_none_of_whose_rows_changes_keeps_its_bytes(plan: Path, file: Path) -> None:
    (plan / "usage.csv").write_bytes(b"\xef\xbb\xbfperiod,service,uses\r\n2026-01,S1,10\r\n")

    take(plan, Arrival("series", {"usage": pd.DataFrame([["S1", "2026-01", 10.0]], columns=["service", "period", "uses"])}, (file,)))

    assert (plan / "usage.csv").read_bytes() == b"\xef\xbb\xbfperiod,service,uses\r\n2026-01,S1,10\r\n"


def test_facts_are_set_in_their_lines_and_told(plan: Path, file: Path) -> None:
    taken = take(plan, Arrival("workbook", {}, (file,), facts={"population": 61000, "leadership": "Council"}))

    assert open_plan(plan).facts["population"] == 61000
    assert 'leadership = "Council"\n' in (plan / "plan.toml").read_text(encoding="utf-8")
    assert taken.facts == ("population", "leadership")
    assert pd.read_csv(plan / "evidence/receipts.csv", dtype="str")[["into", "rows"]].values.tolist() == [["plan", "2"]]


def test_facts_that_would_break_the_plan_are_refused(plan: Path, file: Path) -> None:
    before = (plan / "plan.toml").read_bytes()

    with pytest.raises(PlanProblems, match="usage.csv, row 3, column period: found 2026-02, after the plan's as_of day"):
        take(plan, Arrival("workbook", {}, (file,), facts={"as_of": dt.date(2026, 1, 31)}))

    assert (plan / "plan.toml").read_bytes() == before


def test_a_file_that_changed_since_it_was_seen_is_not_written_over(plan: Path, file: Path) -> None:
    seen = {name: arrival.fingerprint(plan, name) for name in ("usage.csv", "services.csv")}
    (plan / "usage.csv").write_text("service,period,uses\nS1,2026-01,11\n", encoding="utf-8")

    with pytest.raises(PlanningError, match="usage.csv changed while the file was being read"):
        take(plan, Arrival("workbook", uses(("2026-01", 10.0)), (file,), whole=frozenset({"usage"}), seen=seen))


def test_a_trial_says_what_would_change_and_writes_nothing(plan: Path, file: Path) -> None:
    before = {path.name: path.read_bytes() for path in plan.rglob("*") if path.is_file()}

    taken = take(plan, Arrival("series", uses(("2026-03", 9.0)), (file,), facts={"seed": 7}), trial=True)

    assert (taken.rows.values.tolist(), taken.kept, taken.receipt) == ([["usage", 1, 0, 0]], [], None)
    assert {path.name: path.read_bytes() for path in plan.rglob("*") if path.is_file() and path.name != door.LOCK} == before
