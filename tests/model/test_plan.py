"""Reading a plan: where it is found, what its frames hold, and how it looked on an earlier day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from planning.model.errors import PlanningError, PlanProblems, UsageError
from planning.model.plan import open_plan


def test_a_relative_folder_is_found_from_a_folder_below(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "notebooks")

    assert open_plan("data/riverbend_public").library == "Riverbend Public Library"


def test_a_missing_folder_says_how_to_start_a_plan(tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match=r"There is no folder .*start a plan with: planning new"):
        open_plan(tmp_path / "nowhere")


def test_a_folder_without_plan_toml_is_not_a_plan(tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match=r"holds no plan\.toml"):
        open_plan(tmp_path)


@pytest.mark.parametrize("day", ["30.6.2026", "soon", 2026])
def test_a_day_that_is_none_is_refused(empty_plan: Path, day: object) -> None:
    with pytest.raises(UsageError, match=r"Write it as year, month and day, such as 2026-06-30"):
        open_plan(empty_plan, day)


def test_missing_cells_stay_missing_and_types_are_kept(empty_plan: Path) -> None:
    (empty_plan / "segments.csv").write_text("segment,name,kind,people,inclusion\n007,Readers,age,,\n008,Seekers,role,12,yes\n", encoding="utf-8")

    segments = open_plan(empty_plan).segments

    assert segments["segment"].tolist() == ["007", "008"]
    assert pd.isna(segments.loc[0, "people"]) and segments.loc[1, "people"] == 12
    assert pd.isna(segments.loc[0, "inclusion"]) and bool(segments.loc[1, "inclusion"]) is True
    assert segments["active"].isna().all()


def test_an_absent_table_is_an_empty_frame_with_its_columns(empty_plan: Path) -> None:
    (empty_plan / "themes.csv").unlink()

    plan = open_plan(empty_plan)

    assert list(plan.themes.columns) == ["theme", "name", "definition"]
    assert "themes" in plan.missing


def test_an_earlier_day_shows_only_what_was_known_then(empty_plan: Path) -> None:
    (empty_plan / "feedback.csv").write_text(
        "feedback,date,channel,group,closed\nF1,2025-01-10,staff,staff,2026-02-01\nF2,2026-03-01,staff,staff,\n", encoding="utf-8")
    (empty_plan / "kpis.csv").write_text("kpi,name,unit,direction,frequency,target\nK1,Visits,visits,up,monthly,9\n", encoding="utf-8")
    (empty_plan / "kpi_values.csv").write_text("kpi,period,value\nK1,2025-05,4\nK1,2025-06,5\nK1,2025-07,6\n", encoding="utf-8")

    then = open_plan(empty_plan, "2025-06-30")

    assert then.feedback["feedback"].tolist() == ["F1"]
    assert then.feedback["closed"].isna().all()
    assert then.kpi_values["period"].tolist() == ["2025-05", "2025-06"]


def test_a_year_that_is_named_after_its_end_counts_as_known_when_its_fiscal_year_ends(empty_plan: Path) -> None:
    toml = empty_plan / "plan.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("fiscal_year_start = 1", "fiscal_year_start = 7").replace("# fiscal_year_start = 7", "fiscal_year_start = 7"), encoding="utf-8")
    (empty_plan / "kpis.csv").write_text("kpi,name,unit,direction,frequency\nK1,Visits,visits,up,yearly\n", encoding="utf-8")
    (empty_plan / "kpi_values.csv").write_text("kpi,period,value\nK1,2025,4\nK1,2026,5\n", encoding="utf-8")

    assert open_plan(empty_plan, "2026-03-31").kpi_values["period"].tolist() == ["2025"]
    assert open_plan(empty_plan).kpi_values["period"].tolist() == ["2025", "2026"]


def test_goals_in_force_leave_out_those_that_ended_or_have_not_begun(empty_plan: Path) -> None:
    (empty_plan / "goals.csv").write_text(
        "goal,name,weight,valid_from,valid_to\nG1,Read,1,2025-01-01,\nG0,Old,1,2020-01-01,2024-12-31\nG2,Next,1,2027-01-01,\n", encoding="utf-8")

    assert open_plan(empty_plan).goals_in_force["goal"].tolist() == ["G1"]


def test_the_last_full_year_is_the_one_that_has_ended(root: Path) -> None:
    assert open_plan(root / "data/riverbend_public").last_full_year == 2026
    assert open_plan(root / "data/calder_research").last_full_year == 2025
    assert open_plan(root / "data/riverbend_public", dt.date(2026, 5, 31)).last_full_year == 2025


def test_facts_written_in_quotation_marks_are_read_in_their_own_type(empty_plan: Path) -> None:
    (empty_plan / "plan.toml").write_text(
        'library = "Mill"\nkind = "public"\nleadership = "Board"\nas_of = "2026-06-30"\ncurrency = "USD"\nseed = "7"\nmoney_ceiling = "100"\ninvented = "true"\n', encoding="utf-8")

    facts = open_plan(empty_plan).facts

    assert (facts["as_of"], facts["seed"], facts["money_ceiling"], facts["invented"]) == (dt.date(2026, 6, 30), 7, 100.0, True)


def test_weights_must_add_up_on_the_day_that_is_asked_for(empty_plan: Path) -> None:
    (empty_plan / "goals.csv").write_text("goal,name,weight,valid_from\nG1,Read,0.6,2025-01-01\nG2,Work,0.4,2026-01-01\n", encoding="utf-8")

    assert len(open_plan(empty_plan).goals_in_force) == 2
    with pytest.raises(PlanProblems, match=r"add up to 0\.6 for the goals in force on 2025-06-30 \(G1 0\.6\)"):
        open_plan(empty_plan, "2025-06-30")


@pytest.mark.parametrize("day", ["20260630", "2026-W26-2", "2026-6-30", "9999-12-31"])
def test_a_day_in_another_form_or_far_off_is_refused(empty_plan: Path, day: str) -> None:
    with pytest.raises(UsageError, match=r"such as 2026-06-30"):
        open_plan(empty_plan, day)


def test_a_sample_is_found_from_a_folder_outside_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert open_plan("data/northfield_university").facts["kind"] == "academic"


def test_partners_have_the_status_of_an_earlier_day_and_names_hold_no_semicolons(empty_plan: Path) -> None:
    (empty_plan / "partners.csv").write_text("partner,name,kind,status,ethics,since,until\nP1,School; south,education,active,clear,2024-01-01,\n"
                                             "P2,Club,community,ended,clear,2019-01-01,2025-03-31\nP3,Firm,business,active,clear,,\n", encoding="utf-8")

    assert open_plan(empty_plan).partners["name"].tolist() == ["School, south", "Club", "Firm"]
    assert open_plan(empty_plan).partners["status"].tolist() == ["active", "ended", "active"]
    assert open_plan(empty_plan, "2023-06-30").partners["status"].tolist() == ["prospect", "active", "active"]
    assert open_plan(empty_plan, "2025-06-30").partners["status"].tolist() == ["active", "ended", "active"]


def test_a_plan_with_other_rows_leaves_the_first_as_it_was(empty_plan: Path) -> None:
    first = open_plan(empty_plan)
    other = first.with_tables(goals=pd.DataFrame({"goal": ["G9"]}))

    assert (len(first.goals), other.goals["goal"].tolist(), other.folder) == (0, ["G9"], first.folder)
    with pytest.raises(AttributeError, match="no table golas"):
        first.with_tables(golas=first.goals)
