"""A decision is kept whole or not at all, and what others wrote meanwhile stays."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from planning.model import check, create, drafts, journal, keeping
from planning.model.errors import PlanningError, PlanProblems
from planning.model.keeping import ClashError, Reason, keep, taken_in
from planning.model.plan import open_plan

FACTS = {"library": "Mill Library", "kind": "public", "leadership": "Board of Trustees", "as_of": dt.date(2026, 6, 30), "currency": "USD"}
DAY = dt.date(2026, 6, 30)
REASON = Reason("Reading first", "The shelves were full", "Board of Trustees", DAY, dt.date(2027, 6, 30), 1, goal="G1", body="board")
FILES = {
    "goals.csv": "goal,name,weight,valid_from\nG1,Every child reads,0.60,2024-01-01\nG2,Nobody is left offline,0.40,2024-01-01\n",
    "services.csv": "service,name,form,status,essential\nS1,Story hour,physical,running,false\nS2,Open lab,both,running,false\n",
    "alignment.csv": "service,goal,strength\nS1,G1,0.5\n",
    "swot.csv": "item,kind,name\nSW01,strength,Quiet rooms\n",
    "initiatives.csv": "initiative,name,status,cost,hours,must_do\nI01,Tutors,candidate,100,10,false\n",
}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = create.new_plan(tmp_path / "mill", FACTS)
    for file, text in FILES.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def begin(plan: Path) -> drafts.Draft:
    return drafts.start(open_plan(plan))


def contents(plan: Path) -> dict[str, bytes]:
    return {path.relative_to(plan).as_posix(): path.read_bytes() for path in plan.rglob("*") if path.is_file() and path.name != journal.LOCK}


def rows(plan: Path, file: str) -> list[dict[str, str]]:
    return pd.read_csv(plan / file, dtype="str", keep_default_na=False).to_dict("records")


def weighed(draft: drafts.Draft, first: float, second: float) -> drafts.Draft:
    draft.put("goals", pd.DataFrame({"goal": ["G1", "G2"], "weight": [first, second]}), "Weights")
    return draft


def test_a_decision_writes_its_tables_its_row_and_its_trail(plan: Path) -> None:
    draft = weighed(begin(plan), 0.7, 0.3)
    kept = keep(draft, REASON)

    assert (kept.decision, kept.joined, len(kept.difference)) == ("D01", False, 2)
    assert [row["weight"] for row in rows(plan, "goals.csv")] == ["0.7", "0.3"]
    assert [(row["decision"], row["what"], row["why"], row["decided_by"], row["date"], row["review"], row["goal"], row["body"]) for row in rows(plan, "decisions.csv")] == [
        ("D01", "Reading first", "The shelves were full", "Board of Trustees", "2026-06-30", "2027-06-30", "G1", "board")]
    assert [tuple(row.values()) for row in rows(plan, "decision_changes.csv")] == [("D01", "goals", "G1", "weight", "changed", "0.60", "0.7"), ("D01", "goals", "G2", "weight", "changed", "0.40", "0.3")]
    assert check.problems(plan) == []
    assert (draft.steps, draft.rows, draft.tables["goals"]["weight"].tolist(), len(draft.tables["decisions"])) == ([], {}, [0.7, 0.3], 1)


def test_the_draft_goes_on_after_keeping_and_a_second_decision_revokes_the_first(plan: Path) -> None:
    draft = weighed(begin(plan), 0.7, 0.3)
    keep(draft, REASON)
    weighed(draft, 0.6, 0.4)

    kept = keep(draft, replace(REASON, what="Back again", revokes="D01"))

    assert kept.decision == "D02" and rows(plan, "decisions.csv")[1]["revokes"] == "D01"
    assert kept.joined is False


def test_a_decision_that_changes_no_table_is_kept_too(plan: Path) -> None:
    before = contents(plan)
    kept = keep(begin(plan), REASON)
    after = contents(plan)

    assert kept.difference.empty
    assert {name for name in after if after[name] != before.get(name)} == {"decisions.csv"}


def test_two_facilitators_who_change_other_cells_of_one_row_both_stay(plan: Path) -> None:
    here, there = begin(plan), begin(plan)
    here.change("initiatives", "I01", cost=150)
    there.change("initiatives", "I01", hours=20, name="Tutors for all")
    keep(there, REASON)

    kept = keep(here, REASON)

    assert {name: text for name, text in rows(plan, "initiatives.csv")[0].items() if name in ("name", "cost", "hours")} == {"name": "Tutors for all", "cost": "150", "hours": "20"}
    assert (kept.decision, kept.joined) == ("D02", True)
    assert set(kept.others["column"]) == {"hours", "name", ""} and set(kept.others["table"]) == {"initiatives", "decisions"}
    assert here.tables["initiatives"].loc[0, ["cost", "hours"]].tolist() == [150, 20]


def test_two_facilitators_who_change_one_cell_are_told_and_nothing_is_written(plan: Path) -> None:
    here, there = begin(plan), begin(plan)
    here.change("initiatives", "I01", cost=150, hours=12)
    keep(weighed(there, 0.7, 0.3), REASON)
    there.change("initiatives", "I01", cost=170)
    keep(there, REASON)
    before = contents(plan)

    with pytest.raises(ClashError, match="initiatives.csv, I01, column cost: you would put 150, and meanwhile it became 170. Take in the newer plan, then decide again."):
        keep(here, REASON)

    assert contents(plan) == before and here.tables["initiatives"].loc[0, "cost"] == 150

    assert [clash.column for clash in taken_in(here)] == ["cost"]
    assert here.difference()[["column", "before", "after"]].values.tolist() == [["hours", "10", "12"]]
    assert here.tables["initiatives"].loc[0, "cost"] == 170 and here.tables["goals"]["weight"].tolist() == [0.7, 0.3]
    assert keep(here, REASON).joined is False


def test_a_new_row_whose_id_was_taken_is_renumbered_with_all_that_points_to_it(plan: Path) -> None:
    here, there = begin(plan), begin(plan)
    for draft, name in ((here, "Night bus"), (there, "Day boat")):
        new, _ = draft.add("initiatives", name=name, status="candidate", must_do=False)
        assert new == "I02" and draft.put("initiative_goals", pd.DataFrame({"initiative": [new], "goal": ["G1"], "contribution": [0.5]})) == []
    here.put("ranges", pd.DataFrame({"table": ["initiatives"], "id": ["I02"], "column": ["cost"], "low": [1], "likely": [1], "high": [2]}))
    here.change("initiatives", "I02", cost=2)
    keep(there, REASON)

    kept = keep(here, replace(REASON, what="The bus"))

    assert kept.renamed == {("initiatives", "I02"): "I03"}
    assert [(row["initiative"], row["name"]) for row in rows(plan, "initiatives.csv")] == [("I01", "Tutors"), ("I02", "Day boat"), ("I03", "Night bus")]
    assert [row["initiative"] for row in rows(plan, "initiative_goals.csv")] == ["I02", "I03"]
    assert rows(plan, "ranges.csv")[0]["id"] == "I03"
    assert check.problems(plan) == []


def test_the_goal_that_a_decision_is_about_is_renumbered_too(plan: Path) -> None:
    here, there = begin(plan), begin(plan)
    for draft, name in ((here, "Meet"), (there, "Play")):
        draft.add("goals", name=name, weight=0, valid_from="2026-01-01")
    keep(there, REASON)
    keep(here, replace(REASON, goal="G3"))

    assert [row["goal"] for row in rows(plan, "decisions.csv")] == ["G1", "G4"]


def test_two_who_add_the_same_row_have_added_one(plan: Path) -> None:
    here, there = begin(plan), begin(plan)
    for draft in (here, there):
        draft.add("swot", kind="weakness", name="Dark stairs")
    keep(there, REASON)

    assert keep(here, REASON).renamed == {}
    assert [row["item"] for row in rows(plan, "swot.csv")] == ["SW01", "SW02"]


def test_rows_without_a_running_id_clash_and_are_not_renamed(plan: Path) -> None:
    here, there = begin(plan), begin(plan)
    for draft, price in ((here, 1.1), (there, 1.2)):
        assert draft.put("prices", pd.DataFrame({"fiscal_year": [2026], "index": [price], "source": ["Index office"]})) == []
    keep(there, REASON)

    with pytest.raises(ClashError, match="prices.csv, 2026, column index: you would put 1.1, and meanwhile it became 1.2"):
        keep(here, REASON)


@pytest.mark.parametrize(("file", "text"), [
    ("services.csv", FILES["services.csv"].replace("Story hour", "Stories")), ("services.csv", FILES["services.csv"] + "S3,Van,physical,running,false\n"),
    ("goals.csv", FILES["goals.csv"].replace("\n", "\r\n")), ("goals.csv", "\ufeff" + FILES["goals.csv"].replace("Every child", "Each child")),
    ("goals.csv", "weight,name,goal,valid_from,valid_to\n0.6,Every child reads,G1,2024-01-01,\n0.4,Nobody is left offline,G2,2024-01-01,\n"),
    ("swot.csv", "item,kind,name\n")])
def test_a_plan_edited_by_hand_meanwhile_keeps_the_edits(plan: Path, file: str, text: str) -> None:
    draft = weighed(begin(plan), 0.7, 0.3)
    (plan / file).write_bytes(text.encode("utf-8"))
    by_hand = open_plan(plan)

    keep(draft, REASON)

    now = open_plan(plan)
    assert now.goals["weight"].tolist() == [0.7, 0.3]
    for name in ("goals", "services", "swot"):
        pd.testing.assert_frame_equal(now.tables[name].drop(columns="weight", errors="ignore"), by_hand.tables[name].drop(columns="weight", errors="ignore"))


def test_a_row_taken_out_by_hand_that_the_draft_changes_is_a_clash(plan: Path) -> None:
    draft = begin(plan)
    draft.change("swot", "SW01", name="Very quiet rooms")
    (plan / "swot.csv").write_text("item,kind,name\n", encoding="utf-8")
    before = contents(plan)

    with pytest.raises(ClashError, match="swot.csv, SW01: you changed this row, and meanwhile it was removed"):
        keep(draft, REASON)
    assert contents(plan) == before


def test_a_row_that_the_draft_took_out_and_others_point_to_by_now_stays(plan: Path) -> None:
    draft = begin(plan)
    assert draft.remove("services", "S2") == []
    (plan / "alignment.csv").write_text("service,goal,strength\nS1,G1,0.5\nS2,G1,0.5\n", encoding="utf-8")
    before = contents(plan)

    with pytest.raises(PlanProblems, match="alignment.csv, row 3, column service: found S2"):
        keep(draft, REASON)
    assert contents(plan) == before


@pytest.mark.parametrize("text", ["goal;name\n", "", FILES["goals.csv"].replace("0.60", "lots"), "goal,name,weight\n"])
def test_a_file_that_became_unreadable_is_told_and_the_draft_is_as_it_was(plan: Path, text: str) -> None:
    draft = begin(plan)
    draft.change("services", "S1", name="Stories")
    (plan / "goals.csv").write_text(text, encoding="utf-8")
    before = contents(plan)

    with pytest.raises(PlanProblems, match="goals.csv"):
        keep(draft, REASON)
    with pytest.raises(PlanProblems, match="goals.csv"):
        taken_in(draft)

    assert contents(plan) == before and draft.steps == ["Services"]


def test_weights_that_no_longer_add_up_are_refused_with_all_problems(plan: Path) -> None:
    draft = weighed(begin(plan), 0.7, 0.4)
    draft.change("goals", "G2", valid_to="2023-01-01")
    before = contents(plan)

    with pytest.raises(PlanProblems) as told:
        keep(draft, REASON)

    assert {problem.column for problem in told.value.problems} == {"weight", "valid_to"}
    assert contents(plan) == before and draft.steps == ["Weights", "Goals"]


def test_a_reason_that_lacks_something_is_told_at_once_with_everything_that_it_lacks(plan: Path) -> None:
    before = contents(plan)

    with pytest.raises(PlanProblems) as told:
        keep(begin(plan), Reason(" ", "", "", DAY, None, 1))

    assert [problem.column for problem in told.value.problems] == ["decided_by", "review", "what", "why"]
    assert contents(plan) == before


@pytest.mark.parametrize(("wrong", "sentence"), [({"review": DAY}, "found 2026-06-30. Allowed: a day after 2026-06-30. Choose a later day."), ({"goal": "G9"}, "column goal: found G9"),
                                                 ({"body": "chief"}, "column body: found chief"), ({"revokes": "D77"}, "column revokes: found D77"), ({"step": 9}, "column step: found 9")])
def test_a_reason_that_does_not_fit_the_plan_is_refused(plan: Path, wrong: dict[str, object], sentence: str) -> None:
    before = contents(plan)

    with pytest.raises(PlanProblems, match=sentence):
        keep(begin(plan), replace(REASON, **wrong))
    assert contents(plan) == before


def test_a_day_after_the_plans_own_is_told_with_what_to_do(plan: Path) -> None:
    later = replace(REASON, date=dt.date(2026, 7, 14))

    with pytest.raises(PlanProblems, match="found 2026-07-14, after the plan's own day. Allowed: 2026-06-30 or earlier. Choose an earlier day, or let the plan's day move on"):
        keep(begin(plan), later)


def test_a_day_that_moves_the_plan_moves_that_line_and_nothing_else(plan: Path) -> None:
    library = open_plan(plan)
    draft, before = drafts.start(library), contents(plan)

    keep(draft, replace(REASON, date=dt.date(2026, 7, 14), moves_day=True))

    after = contents(plan)
    assert {name for name in after if after[name] != before.get(name)} == {"decisions.csv", "plan.toml"}
    lines = zip(before["plan.toml"].decode().splitlines(), after["plan.toml"].decode().splitlines(), strict=True)
    assert [pair for pair in lines if pair[0] != pair[1]] == [("as_of = 2026-06-30", "as_of = 2026-07-14")]
    assert draft.library.as_of == dt.date(2026, 7, 14) and library.as_of == DAY


def test_what_breaks_when_the_plans_day_moves_is_told(plan: Path) -> None:
    (plan / "goals.csv").write_text("goal,name,weight,valid_from,valid_to\nG1,Read,0.6,2024-01-01,\nG2,Work,0.4,2024-01-01,2026-07-01\n", encoding="utf-8")

    with pytest.raises(PlanProblems, match="weights that add up to 0.6 for the goals in force on 2026-07-14"):
        keep(begin(plan), replace(REASON, date=dt.date(2026, 7, 14), moves_day=True))


def test_a_plan_whose_day_was_moved_by_hand_meanwhile_takes_the_new_day(plan: Path) -> None:
    draft, text = begin(plan), (plan / "plan.toml").read_text(encoding="utf-8")
    (plan / "plan.toml").write_text(text.replace("as_of = 2026-06-30", "as_of = 2026-08-31"), encoding="utf-8")

    assert keep(draft, replace(REASON, date=dt.date(2026, 8, 1))).decision == "D01"
    assert draft.library.as_of == dt.date(2026, 8, 31)


def test_decisions_of_earlier_days_that_are_put_in_by_hand_stay_beside_the_new_one(plan: Path) -> None:
    draft = begin(plan)
    draft.add("decisions", date="2020-01-01", what="Open on Sundays", decided_by="Director")

    assert keep(draft, REASON).decision == "D02"
    assert [row["what"] for row in rows(plan, "decisions.csv")] == ["Open on Sundays", "Reading first"]


def test_persons_answers_and_stories_are_counted_in_the_trail_and_not_written_down_again(plan: Path) -> None:
    draft = begin(plan)
    draft.put("goal_votes", pd.DataFrame({"voter": ["V1", "V2"], "voter_group": ["staff"] * 2, "group": ["staff"] * 2, "method": ["points"] * 2, "date": ["2026-06-01"] * 2, "goal": ["G1"] * 2, "value": [60, 40]}).filter(
        items=list(draft.tables["goal_votes"].columns)))
    draft.put("swot", pd.DataFrame({"item": [f"SW{n}" for n in range(20, 40)], "kind": "strength", "name": [f"Strength {n}" for n in range(20, 40)]}))

    keep(draft, REASON)

    assert [(row["table"], row["row"], row["what"], row["after"]) for row in rows(plan, "decision_changes.csv")] == [("goal_votes", "*", "new", "2"), ("swot", "*", "new", "20")]
    assert check.problems(plan) == []


def test_the_value_of_the_evidence_at_the_time_is_written_down(plan: Path) -> None:
    keep(begin(plan), replace(REASON, kpi_then=120.0))

    assert rows(plan, "decisions.csv")[0]["kpi_then"] == "120"


def test_a_full_disk_is_a_sentence_and_leaves_every_file_as_it_was(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, before, put = weighed(begin(plan), 0.7, 0.3), contents(plan), Path.replace

    def full(path: Path, target: Path) -> Path:
        if target == plan / "decisions.csv":
            raise OSError(28, "No space left on device")
        return put(path, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PlanningError, match="Nothing was written: the folder .* cannot be written into .No space left on device.. Make room"):
        keep(draft, REASON)
    monkeypatch.undo()

    assert contents(plan) == before and draft.steps == ["Weights"]
    assert keep(draft, REASON).decision == "D01"


def test_a_folder_that_may_not_be_written_into_is_a_sentence(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(journal.FileLock, "acquire", shut)
    with pytest.raises(PlanningError, match="cannot be written into .Permission denied."):
        keep(begin(plan), REASON)


def test_tables_of_single_persons_are_named_for_the_forms() -> None:
    assert {"answers", "ratings", "goal_votes", "traits", "feedback"} <= keeping.OF_PERSONS < keeping.UNTOLD


def test_votes_of_two_rounds_kept_by_two_facilitators_under_one_number_stay_two_persons(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "data" / "riverbend_public", tmp_path / "plan")
    one, other = (drafts.start(open_plan(folder)) for _ in range(2))
    day = one.plan.as_of.isoformat()
    for draft, method, values in ((one, "points", (60, 40)), (other, "swing", (100, 10))):
        rows = [{"voter": "V99", "group": "staff", "method": method, "date": day, "goal": goal, "value": value} for goal, value in zip(("G1", "G2"), values)]
        assert draft.put("goal_votes", pd.DataFrame(rows), "Votes") == []
    reason = keeping.Reason("Take the votes over", "So the room voted", "Library director", one.plan.as_of, dt.date(2027, 6, 30), 1)
    keeping.keep(one, reason)
    kept = keeping.keep(other, reason)

    votes = open_plan(folder).goal_votes
    assert votes[votes["voter"] == "V99"]["value"].tolist() == [60.0, 40.0]
    assert votes[votes["voter"] == "V100"]["value"].tolist() == [100.0, 10.0]
    assert kept.renamed["goal_votes", f"V99, swing, {day}, G1"] == f"V100, swing, {day}, G1"
