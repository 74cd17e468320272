"""Every problem of a plan at once, each with file, row, column, what was found, what is allowed, what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.model import check
from planning.model.errors import PlanProblems
from planning.model.plan import open_plan


def said(folder: Path) -> list[str]:
    return PlanProblems("p", check.problems(folder)).__str__().splitlines()[1:]


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_the_samples_have_no_problems(sample: Path) -> None:
    assert check.problems(sample) == []


def test_an_empty_plan_has_no_problems(empty_plan: Path) -> None:
    assert check.problems(empty_plan) == []


def test_a_wrong_number_says_row_column_range_and_what_to_do(empty_plan: Path) -> None:
    write(empty_plan, "needs.csv", "need,name,severity,reach,met\nN1,Quiet,7,0.5,0.5\n")

    assert said(empty_plan) == ["  needs.csv, row 2, column severity: found 7. Allowed: a whole number from 1 to 5. Correct the cell."]


def test_rows_are_numbered_as_a_spreadsheet_does_also_after_a_blank_row_and_a_cell_of_two_lines(empty_plan: Path) -> None:
    write(empty_plan, "needs.csv", 'need,name,severity,reach,met\nN1,"two\nlines",3,0.5,0.5\n\nN2,Quiet,9,0.5,0.5\n')

    assert [line.split(":")[0] for line in said(empty_plan)] == ["  needs.csv, row 4, column severity"]


def test_a_misspelt_choice_gets_the_nearest_one(empty_plan: Path) -> None:
    write(empty_plan, "services.csv", "service,name,form,status,essential\nS1,Desk,fysical,running,true\n")

    assert said(empty_plan) == ["  services.csv, row 2, column form: found fysical. Allowed: one of physical, digital, both. Did you mean physical?"]


def test_a_comma_for_decimals_is_named(empty_plan: Path) -> None:
    write(empty_plan, "needs.csv", 'need,name,severity,reach,met\nN1,Quiet,3,"0,5",0.5\n')

    assert said(empty_plan) == ["  needs.csv, row 2, column reach: found 0,5. Allowed: a number from 0 to 1. "
                                "Write the number without separators of thousands and with a point before decimals."]


def test_a_reference_to_nothing_gets_the_nearest_id(empty_plan: Path) -> None:
    write(empty_plan, "goals.csv", "goal,name,weight,valid_from\nG10,Read,1,2025-01-01\n")
    write(empty_plan, "services.csv", "service,name,form,status,essential\nS1,Desk,both,running,true\n")
    write(empty_plan, "alignment.csv", "service,goal,strength\nS1,G1,0.5\n")

    assert said(empty_plan) == ["  alignment.csv, row 2, column goal: found G1. Allowed: an id that stands in goals.csv. Did you mean G10?"]


def test_a_duplicate_id_is_found_once(empty_plan: Path) -> None:
    write(empty_plan, "themes.csv", "theme,name\nT1,Hours\nT1,Noise\n")

    assert said(empty_plan) == ["  themes.csv, row 3, column theme: found T1 a second time. Allowed: each only once. Give the row an id of its own, or remove it."]


def test_weights_that_do_not_add_up_name_the_sum_and_the_goals(empty_plan: Path) -> None:
    write(empty_plan, "goals.csv", "goal,name,weight,valid_from,valid_to\nG1,Read,0.5,2025-01-01,\nG2,Work,0.4,2025-01-01,\nG0,Old,0.9,2020-01-01,2024-12-31\n")

    assert said(empty_plan) == ["  goals.csv, column weight: found weights that add up to 0.9 for the goals in force on 2026-06-30 (G1 0.5, G2 0.4). "
                                "Allowed: weights that add up to 1. Divide each weight by the sum, or give a goal that no longer stands a valid_to day."]


def test_a_date_after_as_of_is_named(empty_plan: Path) -> None:
    write(empty_plan, "events.csv", "event,date,name,changes_process\nE1,2026-07-01,Flood,false\n")

    assert said(empty_plan) == ["  events.csv, row 2, column date: found 2026-07-01, after the plan's as_of day. "
                                "Allowed: nothing later than 2026-06-30. Correct the date, or move as_of in plan.toml."]


@pytest.mark.parametrize(("encoding", "words"), [("utf-16", "text saved as UTF-16"), ("cp1252", "probably saved in the older Windows form")])
def test_a_file_in_another_encoding_is_named(empty_plan: Path, encoding: str, words: str) -> None:
    (empty_plan / "themes.csv").write_bytes("theme,name\nT1,Café\n".encode(encoding))

    assert len(said(empty_plan)) == 1
    assert words in said(empty_plan)[0]
    assert "CSV UTF-8 (comma delimited)" in said(empty_plan)[0]


def test_a_utf8_file_with_a_mark_at_its_start_is_read(empty_plan: Path) -> None:
    (empty_plan / "themes.csv").write_bytes("theme,name\nT1,Café\n".encode("utf-8-sig"))

    assert open_plan(empty_plan).themes["name"].tolist() == ["Café"]


def test_semicolons_are_named_and_not_read_as_one_column(empty_plan: Path) -> None:
    write(empty_plan, "themes.csv", "theme;name\nT1;Hours\n")

    assert "columns separated by semicolons" in said(empty_plan)[0]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file_is_named(empty_plan: Path, text: str) -> None:
    write(empty_plan, "themes.csv", text)

    assert "found an empty file" in said(empty_plan)[0]


def test_an_unclosed_quotation_mark_is_named(empty_plan: Path) -> None:
    write(empty_plan, "themes.csv", 'theme,name\nT1,"Hours\nT2,Noise\n')

    assert "a quotation mark that is never closed" in said(empty_plan)[0]


def test_a_misspelt_heading_and_a_missing_required_one_are_both_named(empty_plan: Path) -> None:
    write(empty_plan, "themes.csv", "teme,name\nT1,Hours\n")

    lines = said(empty_plan)

    assert len(lines) == 2
    assert any("Did you mean theme?" in line for line in lines)
    assert any("column theme: found no such heading" in line for line in lines)


def test_a_table_that_no_plan_has_gets_the_nearest_name(empty_plan: Path) -> None:
    write(empty_plan, "goal.csv", "goal\n")

    assert "goal.csv: found a table that no plan has" in said(empty_plan)[0]
    assert "Did you mean goals.csv?" in said(empty_plan)[0]


def test_plan_toml_names_unknown_fields_missing_ones_and_wrong_values_at_once(empty_plan: Path) -> None:
    write(empty_plan, "plan.toml", 'librry = "Mill"\nkind = "publik"\nleadership = "Board"\nas_of = 2026-06-30\ncurrency = "usd"\nfiscal_year_start = 13\n')

    text = "\n".join(said(empty_plan))

    assert "librry: found a field that no plan has" in text and "Did you mean library?" in text
    assert "field library: found nothing" in text
    assert "found publik. Allowed: one of public, academic, corporate. Did you mean public?" in text
    assert "found usd. Allowed: three capital letters, such as USD" in text
    assert "found 13. Allowed: a whole number from 1 to 12" in text


def test_plan_toml_that_cannot_be_read_is_one_problem(empty_plan: Path) -> None:
    write(empty_plan, "plan.toml", "library = Mill Library\n")

    assert len(said(empty_plan)) == 1
    assert "Put text in quotation marks" in said(empty_plan)[0]


def test_text_with_braces_is_shown_as_it_stands(empty_plan: Path) -> None:
    write(empty_plan, "services.csv", "service,name,form,status,essential\nS1,Desk,{x},running,true\n")

    assert "found {x}." in said(empty_plan)[0]


def test_twenty_mistakes_in_eight_files_are_all_told(empty_plan: Path) -> None:
    write(empty_plan, "goals.csv", "goal,name,weight,valid_from,valid_to\nG1,,0.5,2025-01-01,\nG2,Work,1.4,01/02/2025,\nG3,Live,0.5,2025-06-01,2025-01-01\n")
    write(empty_plan, "services.csv", "service,name,form,status,essential\nS1,Desk,online,open,maybe\nS1,Desk,both,running,yes\n")
    write(empty_plan, "alignment.csv", "service,goal,strength\nS9,G9,2\n")
    write(empty_plan, "needs.csv", "need,name,segment,severity,reach,met\nN1,Quiet,X1,6,-1,abc\n")
    write(empty_plan, "kpis.csv", "kpi,name,unit,direction,frequency,target_low,target_high\nK1,Visits,visits,band,monthly,9,3\nK2,Loans,loans,sideways,weekly,,\n")
    write(empty_plan, "kpi_values.csv", "kpi,period,value\nK1,2026-13,5\nK1,2026-08,6\n")
    write(empty_plan, "events.csv", "event,date,name,changes_process\nE1,2027-01-01,Flood,false\n")
    write(empty_plan, "answers.csv", "respondent,date,question,answer\nV1,2026-01-01,Q1,11\n")

    lines = said(empty_plan)

    assert len(lines) == 24
    assert len({line.split(",")[0].split(":")[0] for line in lines}) == 8
    assert all("Allowed:" in line for line in lines)


def test_a_plan_with_problems_is_not_opened(empty_plan: Path) -> None:
    write(empty_plan, "themes.csv", "theme,name\nT1,\n")

    with pytest.raises(PlanProblems, match=r"1 problem in 1 file\."):
        open_plan(empty_plan)


def test_a_folder_or_a_broken_link_in_place_of_a_table_is_named(empty_plan: Path) -> None:
    for name in ("themes.csv", "goals.csv"):
        (empty_plan / name).unlink()
    (empty_plan / "themes.csv").mkdir()
    (empty_plan / "goals.csv").symlink_to("nowhere.csv")

    assert [line.split(" Allowed")[0] for line in said(empty_plan)] == [
        "  goals.csv: found a file that cannot be opened (No such file or directory).", "  themes.csv: found a folder."]


def test_a_file_that_may_not_be_read_is_named(empty_plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "themes.csv":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)

    assert "found a file that cannot be opened (Permission denied)" in said(empty_plan)[0]


@pytest.mark.parametrize(("raw", "words"), [(b"PK\x03\x04\x14\x00\x06\x00", "a workbook or zip file"), (b"\xd0\xcf\x11\xe0" + bytes(600), "an old Excel workbook"),
                                            (b"%PDF-1.4\n%\xe2\xe3\n", "a PDF")])
def test_another_program_s_file_under_the_name_of_a_table_is_called_what_it_is(empty_plan: Path, raw: bytes, words: str) -> None:
    (empty_plan / "themes.csv").write_bytes(raw)

    assert f"themes.csv: found {words} under the name of a table" in said(empty_plan)[0]


def test_a_control_character_is_named_with_its_row(empty_plan: Path) -> None:
    write(empty_plan, "themes.csv", "theme,name\nT1," + "x" * 300 + "\nT2,a\x00b\n")

    assert "themes.csv, row 3: found a control character (U+0000)" in said(empty_plan)[0]


def test_empty_columns_at_the_right_are_no_problem_and_filled_ones_without_a_heading_are(empty_plan: Path) -> None:
    write(empty_plan, "themes.csv", "theme,name,,\nT1,Hours,,\n")
    assert said(empty_plan) == []

    write(empty_plan, "themes.csv", "theme,name,,\nT1,Hours,lost,\n")
    assert "found a column without a heading" in said(empty_plan)[0]


def test_semicolons_are_named_also_where_a_heading_holds_a_comma(empty_plan: Path) -> None:
    write(empty_plan, "themes.csv", 'theme;name;"definition, long"\nT1;Hours;x\n')

    assert len(said(empty_plan)) == 1 and "columns separated by semicolons" in said(empty_plan)[0]


def test_a_quotation_mark_inside_a_quoted_cell_is_named_with_its_row(empty_plan: Path) -> None:
    write(empty_plan, "themes.csv", 'theme,name\nT1,Hours\nT2,"The "late" hour"\n')

    assert "themes.csv, row 3: found a quotation mark inside a quoted cell" in said(empty_plan)[0]


def test_a_workbook_in_place_of_a_table_and_capitals_in_a_file_name_are_named(empty_plan: Path) -> None:
    (empty_plan / "goals.csv").rename(empty_plan / "goals.xlsx")
    (empty_plan / "themes.csv").rename(empty_plan / "Themes.CSV")
    (empty_plan / "._needs.csv").write_text("what a Mac leaves on a USB stick", encoding="utf-8")

    assert [line.split(".")[0] for line in said(empty_plan)] == ["  Themes", "  goals"]


@pytest.mark.parametrize("number", ["NaN", "inf", "1_0", "1e400", "5200000000000000000", "\uff13"])
def test_a_number_that_no_sum_can_use_is_refused(empty_plan: Path, number: str) -> None:
    write(empty_plan, "statistics.csv", f"fiscal_year,measure,value\n2025,visits,{number}\n")

    assert f"statistics.csv, row 2, column value: found {number}. Allowed: a number" in said(empty_plan)[0]


@pytest.mark.parametrize("day", ["2026-6-30", "0206-06-30", "9999-12-31"])
def test_a_day_without_all_its_digits_or_far_off_is_refused(empty_plan: Path, day: str) -> None:
    write(empty_plan, "goals.csv", f"goal,name,weight,valid_from\nG1,Read,1,{day}\n")

    assert f"goals.csv, row 2, column valid_from: found {day}" in "".join(said(empty_plan))


@pytest.mark.parametrize("period", ["0000", "0000-Q1", "9999-12"])
def test_a_period_far_off_is_refused(empty_plan: Path, period: str) -> None:
    write(empty_plan, "kpis.csv", "kpi,name,unit,direction,frequency\nK1,Visits,visits,up,yearly\n")
    write(empty_plan, "kpi_values.csv", f"kpi,period,value\nK1,{period},5\n")

    assert f"kpi_values.csv, row 2, column period: found {period}. Allowed: a period such as" in "".join(said(empty_plan))


def test_a_percent_sign_is_explained(empty_plan: Path) -> None:
    write(empty_plan, "needs.csv", "need,name,severity,reach,met\nN1,Quiet,3,50%,0.5\n")

    assert said(empty_plan)[0].endswith("Write a share as a number from 0 to 1, such as 0.25 for 25%.")


def test_more_than_ten_thousand_problems_are_all_told(empty_plan: Path) -> None:
    write(empty_plan, "themes.csv", "theme,name\n" + "".join(f"T{number},\n" for number in range(10_050)))

    assert len(said(empty_plan)) == 10_050


def test_plan_toml_tells_wrong_kinds_of_values_in_its_own_words(empty_plan: Path) -> None:
    write(empty_plan, "plan.toml", 'library = 5\nkind = "public"\nleadership = {name = "Board"}\nas_of = 2026-06-30T10:00:00\ncurrency = "USD"\n'
                                   'fte_ceiling = inf\nmoney_ceiling = -1\nlanguage = "pl"\npopulation = true\n')

    assert [line.split(":")[0] for line in said(empty_plan)] == [
        f"  plan.toml, field {name}" for name in ("as_of", "fte_ceiling", "language", "leadership", "library", "money_ceiling", "population")]
    assert not [line for line in said(empty_plan) if "cell" in line or "row" in line]


@pytest.mark.parametrize(("direction", "baseline", "target", "partial", "fits"), [
    ("up", "10", "20", "15", True), ("up", "", "20", "15", True), ("down", "20", "10", "15", True), ("up", "10", "20", "", True),
    ("up", "10", "20", "20", False), ("up", "10", "20", "9", False), ("down", "20", "10", "21", False), ("down", "", "10", "9", False), ("up", "10", "", "15", False),
])
def test_a_partial_target_lies_between_baseline_and_target(empty_plan: Path, direction: str, baseline: str, target: str, partial: str, fits: bool) -> None:
    write(empty_plan, "kpis.csv", f"kpi,name,unit,direction,frequency,baseline,target,partial\nK1,Loans,loans,{direction},monthly,{baseline},{target},{partial}\n")

    told = [] if fits else [f"  kpis.csv, row 2, column partial: found {partial}. Allowed: a value between baseline and target, and none for a band. "
                            "Correct the cell, or leave it empty when only the target counts."]
    assert said(empty_plan) == told


def test_a_band_has_no_partial_target(empty_plan: Path) -> None:
    write(empty_plan, "kpis.csv", "kpi,name,unit,direction,frequency,baseline,partial,target_low,target_high\nK1,Seats,%,band,monthly,50,55,60,80\n")

    assert [line.split(":")[0] for line in said(empty_plan)] == ["  kpis.csv, row 2, column partial"]


def test_a_move_that_does_not_pair_an_inner_with_an_outer_item_is_told(empty_plan: Path) -> None:
    write(empty_plan, "swot.csv", "item,kind,name\nSW1,strength,Desk\nSW2,weakness,Waits\nSW3,threat,Flood\nSW4,opportunity,Plants\n")
    write(empty_plan, "swot_moves.csv", "move,name,inside,outside\nMV1,Train,SW1,SW3\nMV2,Ask,SW1,SW2\nMV3,Warn,SW4,SW3\n")

    action = "A move pairs one inner with one outer item. Name another item here, or correct its kind in swot.csv."
    assert said(empty_plan) == [
        f"  swot_moves.csv, row 3, column outside: found SW2, which is a weakness. Allowed: the id of an opportunity or a threat. {action}",
        f"  swot_moves.csv, row 4, column inside: found SW4, which is an opportunity. Allowed: the id of a strength or a weakness. {action}"]


GOALS = "goal,name,weight,valid_from\nG1,Read,0.5,2025-01-01\nG2,Work,0.5,2025-01-01\n"


def test_a_swing_above_100_and_a_rank_below_1_are_told(empty_plan: Path) -> None:
    write(empty_plan, "goals.csv", GOALS)
    write(empty_plan, "goal_votes.csv", "voter,group,method,date,goal,value\nV1,staff,swing,2026-01-02,G1,250\nV1,staff,swing,2026-01-02,G2,100\n"
          "V2,staff,ranks,2026-01-02,G1,0\nV2,staff,ranks,2026-01-02,G2,2\nV3,staff,points,2026-01-02,G1,250\n")

    assert said(empty_plan) == [
        "  goal_votes.csv, row 2, column value: found 250. Allowed: a number from 0 to 100, since it is a swing. Correct the cell, or the method.",
        "  goal_votes.csv, row 4, column value: found 0. Allowed: a number of 1 or more, since it is a rank. Correct the cell, or the method."]


def test_a_goal_against_itself_and_a_pair_judged_both_ways_that_do_not_agree_are_told(empty_plan: Path) -> None:
    write(empty_plan, "goals.csv", GOALS)
    write(empty_plan, "goal_pairs.csv", "voter,group,date,goal,other,ratio\nV1,staff,2026-01-02,G1,G1,3\nV1,staff,2026-01-02,G1,G2,3\nV1,staff,2026-01-02,G2,G1,3\n"
          "V2,staff,2026-01-02,G1,G2,7\nV2,staff,2026-01-02,G2,G1,0.14\nV3,staff,2026-01-02,G1,G2,3\nV3,staff,2026-01-03,G2,G1,3\n")

    assert said(empty_plan) == [
        "  goal_pairs.csv, row 2, column other: found G1, the goal itself. Allowed: another goal. Correct the cell, or remove the row.",
        "  goal_pairs.csv, row 4, column ratio: found 3, while row 3 says 3 for the same two goals the other way round. Allowed: 0.33, or one of the two rows only. "
        "Ask the voter which of the two is meant, and remove the other row."]


def test_a_ratio_of_0_is_one_problem_and_no_crash(empty_plan: Path) -> None:
    write(empty_plan, "goals.csv", GOALS)
    write(empty_plan, "goal_pairs.csv", "voter,group,date,goal,other,ratio\nV1,staff,2026-01-02,G1,G2,0\nV1,staff,2026-01-02,G2,G1,3\n")

    assert [line.split(":")[0] for line in said(empty_plan)] == ["  goal_pairs.csv, row 2, column ratio"]


def test_hours_by_role_above_the_initiatives_own_hours_are_told_once(empty_plan: Path) -> None:
    write(empty_plan, "roles.csv", "role,name,fte\nR1,Clerk,1\nR2,Driver,1\n")
    write(empty_plan, "initiatives.csv", "initiative,name,status,cost,hours,must_do\nI1,Doors,candidate,100,50,false\nI2,Signs,candidate,100,,false\n")
    write(empty_plan, "initiative_hours.csv", "initiative,role,hours\nI1,R1,40\nI1,R2,15\nI2,R1,900\n")

    assert said(empty_plan) == [
        "  initiative_hours.csv, row 3, column hours: found 55 hours by role for I1, which has 50 in initiatives.csv. Allowed: hours by role that add up to 50 or less. "
        "Correct the hours of the roles, or those of the initiative."]


def test_more_active_patrons_than_people_are_told(empty_plan: Path) -> None:
    write(empty_plan, "segments.csv", "segment,name,kind,people,active\nSEG1,Teens,age,500,600\nSEG2,Adults,age,,600\n")

    assert said(empty_plan) == ["  segments.csv, row 2, column active: found 600 active patrons among 500 people. Allowed: 500 or fewer. Correct one of the two figures."]


def test_two_goals_in_force_or_two_services_that_run_under_one_name_are_told(empty_plan: Path) -> None:
    write(empty_plan, "goals.csv", "goal,name,weight,valid_from,valid_to\nG0,Read,0.4,2020-01-01,2024-12-31\nG1,Read,0.5,2025-01-01,\nG2, Read ,0.5,2025-01-01,\nG3,Read,0.5,2027-01-01,\n")
    write(empty_plan, "services.csv", "service,name,form,status,essential\nS1,Storytime,both,ended,false\nS2,Storytime,both,running,false\nS3,Storytime,both,pilot,false\n")

    rest = "Allowed: a name of its own for each row that stands, so that readers can tell them apart. Add a word to one of the two names."
    assert said(empty_plan) == [f"  goals.csv, row 4, column name: found “Read”, as in row 3. {rest}", f"  services.csv, row 4, column name: found “Storytime”, as in row 3. {rest}"]


def test_a_name_that_no_chart_has_room_for_is_told(empty_plan: Path) -> None:
    write(empty_plan, "themes.csv", f"theme,name,definition\nT1,{'x' * 200},\nT2,{'x' * 201},\n")

    assert said(empty_plan) == ["  themes.csv, row 3, column name: found 201 characters. Allowed: 200 characters or fewer. Say it in a few words; the rest may go into a description or a note."]
