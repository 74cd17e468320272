"""Surveys into a plan: numbers that stay and point to nobody, one survey grown or another one, questions shared, and small groups merged."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from planning.model.arrival import take
from planning.model.errors import PlanningError, UsageError
from planning.model.plan import Plan, open_plan
from planning.sources import survey, survey_map
from planning.sources.survey_surveys import About

DATA = ROOT.parent / "shared" / "data" / "surveys" / "uw_gsri"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the workshop surveys are not beside the project")
HEAD = "Timestamp,Branch,I found what I came for,Comfort before the workshop,Comfort after the workshop,Anything else?\n"
ROWS = [
    "2026-05-04 09:00,East,Strongly agree,Anxious,Confident,Longer hours would help my whole family",
    "2026-05-04 10:00,East,Agree,Somewhat anxious,Confident,",
    "2026-05-05 09:00,East,Agree,Anxious,Very confident,Ring Mrs Adamska on 555 0142 about the broken lift",
    "2026-05-05 09:30,West,N/A,Confident,Confident,",
    "2026-05-06 11:00,West,Disagree,,Confident,-",
]
LADDER = ("Anxious", "Somewhat anxious", "Confident", "Very confident")


def export(folder: Path, rows: list[str], name: str = "spring.csv", head: str = HEAD) -> Path:
    path = folder / name
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def ordered(found: survey.Reading) -> survey.Reading:
    """The reading with the steps put in order, as a person would."""
    def mended(form: survey_map.Form) -> survey_map.Form:
        return replace(form, columns=tuple(replace(column, steps=LADDER, ordered=True) if column.asks else column for column in form.columns))

    return replace(found, forms=[mended(form) for form in found.forms], proposed=[])


def bring(plan: Path, *files: Path, about: About = About(), group: str = "patrons", **options: object) -> str:
    """Bring surveys in with the order of their steps decided; returns what was told."""
    opened = open_plan(plan)
    made = survey.arrival(opened, ordered(survey.reading(opened, files, group=group)), about, **options)
    take(plan, made)
    return "\n".join(made.told)


def table(plan: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(plan / f"{name}.csv", dtype="str", keep_default_na=False)


def answers(plan: Path) -> list[str]:
    return [" ".join(row) for row in table(plan, "answers")[["respondent", "date", "question", "answer", "survey"]].values.tolist()]


def held(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".planning.lock"}


def test_answers_become_codes_with_running_numbers_and_blanks_have_no_row(empty_plan: Path, tmp_path: Path) -> None:
    told = bring(empty_plan, export(tmp_path, ROWS), about=About(("Spring survey",), people=900, invited=40, chosen="chance"))

    assert table(empty_plan, "questions")[["question", "text", "scale", "group", "topic", "before"]].values.tolist() == [
        ["Q01", "I found what I came for", "agree 1-5", "patrons", "", ""], ["Q02", "Comfort before the workshop", "steps", "patrons", "", ""],
        ["Q03", "Comfort after the workshop", "steps", "patrons", "outcome", "Q02"]]
    assert answers(empty_plan) == [
        "V001 2026-05-04 Q01 5 SV1", "V001 2026-05-04 Q02 1 SV1", "V001 2026-05-04 Q03 3 SV1", "V002 2026-05-04 Q01 4 SV1", "V002 2026-05-04 Q02 2 SV1", "V002 2026-05-04 Q03 3 SV1",
        "V003 2026-05-05 Q01 4 SV1", "V003 2026-05-05 Q02 1 SV1", "V003 2026-05-05 Q03 4 SV1", "V004 2026-05-05 Q02 3 SV1", "V004 2026-05-05 Q03 3 SV1", "V005 2026-05-06 Q01 2 SV1",
        "V005 2026-05-06 Q03 3 SV1"]
    assert table(empty_plan, "question_options").query("question == 'Q03'")[["code", "label"]].values.tolist() == [["1", "Anxious"], ["2", "Somewhat anxious"], ["3", "Confident"], ["4", "Very confident"]]
    assert table(empty_plan, "surveys").values.tolist() == [["SV1", "Spring survey", "patrons", "2026-05-04", "2026-05-06", "900", "40", "chance", "online", ""]]
    assert "SV1, Spring survey: 5 rows, 5 with answers." in told
    assert open_plan(empty_plan).answers["answer"].sum() == 5 + 1 + 3 + 4 + 2 + 3 + 4 + 1 + 4 + 3 + 3 + 2 + 3


def test_comments_come_cleaned_and_unconfirmed_and_in_no_row_of_a_respondent(empty_plan: Path, tmp_path: Path) -> None:
    bring(empty_plan, export(tmp_path, ROWS))

    assert table(empty_plan, "feedback")[["feedback", "date", "channel", "group", "theme", "tone", "comment", "confirmed"]].values.tolist() == [
        ["F001", "2026-05-04", "online form", "patrons", "", "", "Longer hours would help my whole family", "false"],
        ["F002", "2026-05-05", "online form", "patrons", "", "", "Ring Mrs [name] on [number] about the broken lift", "false"]]
    assert "respondent" not in (empty_plan / "evidence" / "survey_comments.csv").read_text(encoding="utf-8")


def test_the_same_file_again_changes_nothing(empty_plan: Path, tmp_path: Path) -> None:
    bring(empty_plan, export(tmp_path, ROWS))
    before = held(empty_plan)

    assert "5 of them brought in before, with the same numbers" in bring(empty_plan, tmp_path / "spring.csv")
    assert held(empty_plan) == before


def test_an_export_that_grew_keeps_the_numbers_wherever_the_new_rows_stand(empty_plan: Path, tmp_path: Path) -> None:
    bring(empty_plan, export(tmp_path, ROWS))
    before = answers(empty_plan)
    newer = "2026-05-09 09:00,West,Strongly agree,Anxious,Confident,"

    bring(empty_plan, export(tmp_path, [newer, *reversed(ROWS)]))

    assert answers(empty_plan) == [*before, "V006 2026-05-09 Q01 5 SV1", "V006 2026-05-09 Q02 1 SV1", "V006 2026-05-09 Q03 3 SV1"]
    assert len(table(empty_plan, "feedback")) == 2
    assert table(empty_plan, "surveys")["end"].tolist() == ["2026-05-09"]


def test_two_people_with_the_same_answers_on_one_day_stay_two(empty_plan: Path, tmp_path: Path) -> None:
    bring(empty_plan, export(tmp_path, [ROWS[1], ROWS[1]]))
    bring(empty_plan, export(tmp_path, [ROWS[1], ROWS[1], ROWS[1]]))

    assert table(empty_plan, "answers")["respondent"].unique().tolist() == ["V001", "V002", "V003"]


def test_rows_that_are_gone_or_changed_are_refused_unless_they_shall_leave_the_plan(empty_plan: Path, tmp_path: Path) -> None:
    bring(empty_plan, export(tmp_path, ROWS))
    before = held(empty_plan)
    mended = export(tmp_path, [ROWS[0].replace("Strongly agree", "Neutral"), *ROWS[1:4]])

    with pytest.raises(PlanningError, match="2 of the 5 rows that were brought in for SV1 before are not there any more, or have changed") as error:
        bring(empty_plan, mended)
    assert "--replace" in str(error.value) and held(empty_plan) == before

    told = bring(empty_plan, mended, over=True)
    assert "2 earlier ones taken back" in told
    assert table(empty_plan, "answers")["respondent"].unique().tolist() == ["V002", "V003", "V004", "V006"]
    assert not open_plan(empty_plan).missing.count("answers")


def test_other_rows_are_another_survey_with_the_same_questions(empty_plan: Path, tmp_path: Path) -> None:
    bring(empty_plan, export(tmp_path, ROWS))
    bring(empty_plan, export(tmp_path, [row.replace("2026-05", "2026-06") for row in ROWS]))

    assert table(empty_plan, "surveys")[["survey", "name"]].values.tolist() == [["SV1", "spring (2026-05)"], ["SV2", "spring (2026-06)"]]
    assert table(empty_plan, "answers")["survey"].value_counts().to_dict() == {"SV1": 13, "SV2": 13}
    assert table(empty_plan, "questions")["question"].tolist() == ["Q01", "Q02", "Q03"]


def test_a_corrected_mapping_recodes_the_same_people(empty_plan: Path, tmp_path: Path) -> None:
    bring(empty_plan, export(tmp_path, ROWS))
    mapping = empty_plan / "evidence" / survey_map.FILE
    text = mapping.read_text(encoding="utf-8")
    assert text.count('["Anxious", "Somewhat anxious", "Confident", "Very confident"]') == 2
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace('"Confident", "Very confident"]', '"Very confident", "Confident"]').replace('becomes = "trait"\ntrait = "Branch"', 'becomes = "nothing"'), encoding="utf-8")
    plan = open_plan(empty_plan)

    take(empty_plan, survey.arrival(plan, survey.reading(plan, [tmp_path / "spring.csv"], mapping=mine)))

    assert answers(empty_plan)[2] == "V001 2026-05-04 Q03 4 SV1" and len(answers(empty_plan)) == 13
    assert table(empty_plan, "question_options").query("question == 'Q03'")["label"].tolist() == ["Anxious", "Somewhat anxious", "Very confident", "Confident"]
    assert table(empty_plan, "traits").empty
    assert len(table(empty_plan, "feedback")) == 2


def test_numbers_and_ids_go_on_from_those_of_the_plan_and_a_question_asked_again_is_found(tmp_path: Path) -> None:
    from planning.model.create import copied_plan

    folder = copied_plan(ROOT / "data" / "riverbend_public", tmp_path / "river")
    text = table(folder, "questions").query("scale == 'agree 1-5' and group == 'patrons' and block == ''")[["question", "text"]].values.tolist()[0]
    last = max(int(one[1:]) for one in table(folder, "answers")["respondent"] if one[0] == "V")
    path = export(tmp_path, ["04.05.2026,Agree", "13.05.2026,Neutral"], head=f"Date,{text[1]} today\n")
    found = survey.reading(open_plan(folder), [path], group="patrons")

    assert found.proposed[0].columns[1].question == text[0]
    assert f"question {text[0]} of the plan, which reads: {text[1]}" in found.proposed[0].columns[1].why
    bring(folder, path)
    new = table(folder, "answers").tail(2)
    assert new["question"].tolist() == [text[0]] * 2 and new["respondent"].tolist() == [f"V{last + 1:03}", f"V{last + 2:03}"]


def test_values_of_few_become_other_and_a_trait_of_few_only_is_left_out(empty_plan: Path, tmp_path: Path) -> None:
    many = [*["Town"] * 6, *["Hill"] * 3, *["Sea"] * 2]
    rows = [f"2026-05-0{1 + place % 9} 09:00,{branch},{'a' if place < 4 else 'b' if place < 8 else 'c'},{'x' if place else 'y'},Agree" for place, branch in enumerate(many)]
    told = bring(empty_plan, export(tmp_path, rows, head="Timestamp,Branch,School,Campus,I was helped\n"))

    assert table(empty_plan, "traits").groupby(["trait", "value"]).size().to_dict() == {("Branch", "Town"): 6, ("Branch", "Other"): 5, ("Campus", "x"): 10}
    assert "Branch: 2 values held by fewer than 5 respondents became Other, 5 respondents together." in told
    assert "Campus: 1 value held by fewer than 5 respondents left out for them" in told
    assert "School: left out, since each of its values is held by fewer than 5 respondents." in told


def test_a_file_with_what_points_to_persons_stays_out_of_the_evidence_and_leaves_its_fingerprint(empty_plan: Path, tmp_path: Path) -> None:
    import hashlib

    path = export(tmp_path, ["2026-05-04,ann@example.org,Agree", "2026-05-05,bo@example.org,Neutral"], head="Date,Contact,I was helped\n")
    told = bring(empty_plan, path)

    assert "columns left out, since they may point to a person: Contact." in told and "The file itself is not kept in the plan, since it may point to persons (Contact)" in told
    assert [name.name for name in (empty_plan / "evidence").iterdir() if "spring" in name.name] == []
    receipts = table(empty_plan, "evidence/receipts")
    assert receipts[["file", "sha256", "kind"]].values.tolist() == [["spring.csv (not kept)", hashlib.sha256(path.read_bytes()).hexdigest(), "survey"]]
    assert not [place for place, data in held(empty_plan).items() if b"example.org" in data]

    before = held(empty_plan)
    bring(empty_plan, path)
    assert held(empty_plan) == before

    bring(empty_plan, path, keep=True)
    assert (empty_plan / "evidence" / "spring.csv").read_bytes() == path.read_bytes()


def test_rows_after_the_as_of_day_are_left_out_and_come_when_it_moves(empty_plan: Path, tmp_path: Path) -> None:
    path = export(tmp_path, ["2026-06-30,Agree", "2026-07-01,Neutral"], head="Date,I was helped\n")

    assert "1 row left out, given after the plan's as_of day 2026-06-30" in bring(empty_plan, path)
    facts = empty_plan / "plan.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("as_of = 2026-06-30", "as_of = 2026-07-31"), encoding="utf-8")
    bring(empty_plan, path)
    assert answers(empty_plan) == ["V001 2026-06-30 Q01 4 SV1", "V002 2026-07-01 Q01 3 SV1"]

    facts.write_text(facts.read_text(encoding="utf-8").replace("as_of = 2026-07-31", "as_of = 2026-01-31"), encoding="utf-8")
    late = export(tmp_path, ["2026-06-30,Agree"], "late.csv", head="Date,I was helped\n")
    (empty_plan / "answers.csv").write_text("respondent,date,segment,question,answer,survey\n", encoding="utf-8")
    (empty_plan / "surveys.csv").write_text("survey,name,group\n", encoding="utf-8")
    with pytest.raises(PlanningError, match="all answers were given after the plan's as_of day, 2026-01-31"):
        bring(empty_plan, late)


def test_segments_by_name_and_several_answers_in_a_cell(empty_plan: Path, tmp_path: Path) -> None:
    (empty_plan / "segments.csv").write_text("segment,name,kind\nSEG1,Families,age\nSEG2,Students,role\n", encoding="utf-8")
    rows = ["2026-05-04,families,Books;Films;", "2026-05-05,Students,Films;", "2026-05-06,Students,Books;Games;", "2026-05-07,,Games;Books;", "2026-05-08,Families,"]
    bring(empty_plan, export(tmp_path, rows, head="Date,Who are you?,Which did you use?\n"))

    assert table(empty_plan, "questions")[["text", "scale", "block"]].values.tolist() == [[name, "yes no", "Which did you use?"] for name in ("Books", "Films", "Games")]
    grid = table(empty_plan, "answers").pivot(index="respondent", columns="question", values="answer")
    assert grid.values.tolist() == [["1", "1", "0"], ["0", "1", "0"], ["1", "0", "1"], ["1", "0", "1"]]
    assert table(empty_plan, "answers").drop_duplicates("respondent")["segment"].tolist() == ["SEG1", "SEG2", "SEG2", ""]


def test_files_of_two_branches_can_be_one_survey_and_one_name_each(empty_plan: Path, tmp_path: Path) -> None:
    east, west = (export(tmp_path, [f"2026-05-0{day},Agree" for day in days], f"{name}.csv", head="Date,I was helped\n") for name, days in (("east", (1, 2)), ("west", (3, 4))))
    bring(empty_plan, east, west, about=About(("SV7",)))
    assert table(empty_plan, "answers")["survey"].tolist() == ["SV7"] * 4

    with pytest.raises(PlanningError, match="east.csv: 2 of the 4 rows .* Give all files of the survey together"):
        bring(empty_plan, east, about=About(("SV7",)))
    with pytest.raises(UsageError, match="--survey is given 2 times for 1 files"):
        bring(empty_plan, east, about=About(("a", "b")))
    with pytest.raises(UsageError, match="--people and --invited belong to one survey"):
        bring(empty_plan, east, west, about=About(("One", "Two"), people=9))
    with pytest.raises(UsageError, match="--chosen chanse: did you mean chance"):
        bring(empty_plan, east, about=About(chosen="chanse"))


def test_one_export_inside_another_is_not_counted_twice(empty_plan: Path, tmp_path: Path) -> None:
    old, new = export(tmp_path, ROWS[:3], "old.csv"), export(tmp_path, ROWS, "new.csv")

    with pytest.raises(PlanningError, match="new.csv holds answers of old.csv again"):
        bring(empty_plan, old, new)


def test_a_form_that_changed_names_new_and_missing_headings_and_keeps_what_was_decided(empty_plan: Path, tmp_path: Path) -> None:
    bring(empty_plan, export(tmp_path, ROWS))
    newer = export(tmp_path, [f"{row},Yes" for row in ROWS], head=HEAD.replace("Branch", "Library").strip() + ",Was it warm?\n")

    found = survey.reading(open_plan(empty_plan), [newer])

    assert found.changed == ["spring.csv is nearly the form of spring.csv, whose columns are taken over. New headings: Library, Was it warm?. Missing headings: Branch."]
    assert found.asks == [] and found.proposed[0].group == "patrons"
    take(empty_plan, survey.arrival(open_plan(empty_plan), found))
    assert table(empty_plan, "answers")["survey"].unique().tolist() == ["SV1"]
    assert len(table(empty_plan, "answers")) == 13 + 5


def test_a_survey_whose_form_grew_twice_is_still_the_same(empty_plan: Path, tmp_path: Path) -> None:
    head, rows = "Date,I was helped", ["2026-05-04,Agree", "2026-05-05,Neutral"]
    for more in ("", "It was warm", "It was quiet"):
        head = f"{head},{more}" if more else head
        rows = [f"{row},Agree" for row in rows] if more else rows
        bring(empty_plan, export(tmp_path, rows, head=f"{head}\n"))

    assert table(empty_plan, "surveys")["survey"].tolist() == ["SV1"]
    assert table(empty_plan, "answers")["respondent"].value_counts().to_dict() == {"V001": 3, "V002": 3}


@real
def test_the_workshop_surveys_of_two_years_come_in_with_the_counts_of_the_files(empty_plan: Path, tmp_path: Path) -> None:
    files = [DATA / f"GSRI-{year}-Refined.csv" for year in (2021, 2022)]
    opened: Plan = open_plan(empty_plan)
    found = survey.reading(opened, files, group="patrons")
    ladder = ("Anxious", "Somewhat anxious", "Comfortable", "Confident", "Very confident")
    assert found.asks == [f"{heading}: steps: put them in order, lowest first, name in good those that count as good, then write ordered = true; once is enough for the same words" for heading in ("Comfort-Before", "Comfort-After", "Comfort-Level")]
    with pytest.raises(PlanningError, match="The mapping leaves something open"):
        survey.arrival(opened, found)

    forms = [replace(form, columns=tuple(replace(column, steps=ladder, ordered=True) if column.asks else column for column in form.columns)) for form in found.forms]
    take(empty_plan, survey.arrival(opened, survey.Reading(found.exports, forms)))

    plan = open_plan(empty_plan)
    texts = plan.questions.set_index("question")["text"]
    counted = plan.answers.assign(text=plan.answers["question"].map(texts)).groupby(["survey", "text"])["answer"].agg(["size", "sum"])
    for name, path in zip(("SV1", "SV2"), files):
        raw = pd.read_csv(path, dtype="str", keep_default_na=False)
        for heading in raw.columns[raw.columns.isin(texts)]:
            codes = {"Yes": 1, "No": 0, **{word: place for place, word in enumerate(ladder, start=1)}, "Strongly agree": 5, "Agree": 4, "Neutral": 3, "Disagree": 2}
            coded = raw[heading].map(codes).dropna()
            assert counted.loc[(name, heading)].tolist() == [len(coded), coded.sum()], (name, heading)
    # Counted by hand in the files: 42 and 56 rows; of 42, 27 say whether Slack satisfied them; of 56, 24 blank and 6 N/A.
    assert plan.answers.groupby("survey")["respondent"].nunique().tolist() == [42, 56]
    assert counted.loc[("SV1", "Satisfied-Slack")].tolist() == [27, 26] and counted.loc[("SV2", "Satisfied-Slack")].tolist() == [26, 23]
    assert counted.loc[("SV1", "Comfort-Before"), "size"] == 42 and plan.answers["date"].max() == pd.Timestamp("2022-09-30")
    assert plan.questions.set_index("text").loc["Comfort-After", "before"] == plan.questions.set_index("text").loc["Comfort-Before", "question"]
    assert sorted(texts) == ["Attended-Zoom", "Comfort-After", "Comfort-Before", "Comfort-Level", "Recommended", "Satisfied-Canvas", "Satisfied-Slack"]
    assert plan.traits.groupby("trait")["value"].value_counts().min() >= 5
    assert plan.surveys["start"].tolist() == [pd.Timestamp(dt.date(2021, 8, 27)), pd.Timestamp(dt.date(2022, 8, 17))]


@pytest.mark.parametrize("heading", ["Respondent", "No.", "Participant", "Kolejny wiersz"])
def test_a_running_number_is_no_answer_whatever_its_heading(empty_plan: Path, tmp_path: Path, heading: str) -> None:
    rows = [f"2026-05-04,{number},{words}" for number, words in enumerate(["Agree", "Disagree", "Agree", "Neutral", "Agree", "Strongly agree"], start=1)]
    bring(empty_plan, export(tmp_path, rows, head=f"Date,{heading},I found what I came for\n"))

    assert table(empty_plan, "questions")["text"].tolist() == ["I found what I came for"]


def test_answers_on_no_scale_are_refused_with_a_remedy(empty_plan: Path, tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match="no answer is left to bring in. No column became a question, or none of its answers is on the question's scale. Put the mapping into a file with --mapping"):
        bring(empty_plan, export(tmp_path, ["2026-05-04,17", "2026-05-04,-3", "2026-05-05,99"], head="Date,I am happy\n"))
