"""Exports of survey tools as they come: headings in one, two or three rows, scales in words, ticks, days, and what cannot be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from planning.model.arrival import take
from planning.model.errors import PlanningError, UsageError
from planning.model.plan import Plan, open_plan
from planning.sources import survey, survey_map
from planning.sources.survey_map import Column

GOOGLE = """Timestamp,Email Address,Age,Which services did you use today?,How far do you agree? [Staff were helpful],How far do you agree? [I found it],How likely are you to recommend us?,What could we do better?
2026/05/01 9:08:56 AM EET,ann@example.org,25-44,"Books, Computers",Strongly agree,Agree,9,Open earlier please; I work shifts
2026/05/01 10:00:00 AM EET,bo@example.org,25-44,Books,Agree,Agree,10,
2026/05/02 9:00:00 AM EET,cy@example.org,65+,"Computers, Study room",Neutral,N/A,7,Ask for Maria Lopez at desk 2
2026/05/02 9:30:00 AM EET,di@example.org,65+,"Books, Study room",Agree,Disagree,3,More chairs would be nice
"""
QUALTRICS = """StartDate,EndDate,Status,IPAddress,Progress,RecordedDate,ResponseId,Q1,Q2_1,Q2_2,Q3_1,Q3_2,Q4
Start Date,End Date,Response Type,IP Address,Progress,Recorded Date,Response ID,How satisfied are you?,To what extent do you agree? - Staff are kind,To what extent do you agree? - Rooms are warm,Which did you use? - Selected Choice - Books,Which did you use? - Selected Choice - Computers,What else should we know?
"{""ImportId"":""startDate"",""timeZone"":""America/Denver""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}","{""ImportId"":""ipAddress""}","{""ImportId"":""progress""}","{""ImportId"":""recordedDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2_1""}","{""ImportId"":""QID2_2""}","{""ImportId"":""QID3_1""}","{""ImportId"":""QID3_2""}","{""ImportId"":""QID4_TEXT""}"
2026-05-01 08:00:00,2026-05-01 08:05:00,Survey Preview,192.0.2.1,100,2026-05-01 08:05:01,R_0,Very satisfied,Strongly agree,Strongly agree,Books,,only a trial
2026-05-01 09:00:00,2026-05-01 09:05:00,IP Address,192.0.2.2,100,2026-05-01 09:05:01,R_1,Very satisfied,Strongly agree,Somewhat agree,Books,Computers,The lift was broken again this week
2026-05-02 09:00:00,2026-05-02 09:05:00,IP Address,192.0.2.3,100,2026-05-02 09:05:01,R_2,Somewhat satisfied,Somewhat agree,Neither agree nor disagree,,Computers,
2026-05-02 10:00:00,2026-05-02 10:05:00,IP Address,192.0.2.4,50,2026-05-02 10:05:01,R_3,Neither satisfied nor dissatisfied,,,,,
"""
MONKEY = """Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,Which services did you use?,,,How satisfied are you?,Do you have a card?,Any other comments?
,,,,,,Books,Computers,Other (please specify),Response,Response,Open-Ended Response
101,9,05/13/2026 10:00:00,05/13/2026 10:05:00,192.0.2.1,a@example.org,Books,,,Very satisfied,Yes,I love the new chairs by the window
102,9,05/14/2026 10:00:00,05/14/2026 10:05:00,192.0.2.2,b@example.org,,Computers,the sewing machine,Satisfied,No,
103,9,05/14/2026 11:00:00,05/14/2026 11:05:00,192.0.2.3,,,,,Dissatisfied,Yes,
"""
LIME = """"Response ID";"Date submitted";"Last page";"Start language";"Seed";"Which rooms did you use? [Hall]";"Which rooms did you use? [Studio]";"Obsługa jest pomocna";"Uwagi"
"1";"2026-05-01 10:00:00";"3";"pl";"11";"Yes";"No";"Zdecydowanie się zgadzam";"Proszę otwierać bibliotekę wcześniej rano"
"2";"2026-05-02 10:00:00";"3";"pl";"12";"No";"No";"Raczej się nie zgadzam";""
"3";"";"1";"pl";"13";"N/A";"N/A";"";""
"4";"2026-05-03 10:00:00";"3";"pl";"14";"Yes";"Yes";"Trudno powiedzieć";""
"""
OUTCOME = """Response Date,Library,Program,You learned something new,You feel more confident,What did you like most about the program?
13.05.2026,East,Story time,5,4,"Singing together, every week"
14.05.2026,East,Story time,4,4,
14.05.2026,West,Code club,5,N/A,My daughter Emma built a robot
15.05.2026,West,Code club,3,2,
"""


@pytest.fixture
def plan(empty_plan: Path) -> Plan:
    return open_plan(empty_plan)


def written(folder: Path, text: str, name: str = "spring.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def columns(plan: Plan, path: Path) -> dict[str, Column]:
    """The proposed columns by heading."""
    return {column.heading: column for column in survey.reading(plan, [path]).proposed[0].columns}


def one(plan: Plan, folder: Path, *cells: str, heading: str = "I found it") -> Column:
    """The proposal for one column of answers beside a column of days."""
    rows = "\n".join(f'2026-05-{1 + place % 28:02},"{cell}"' for place, cell in enumerate(cells))
    return columns(plan, written(folder, f'Date,"{heading}"\n{rows}\n'))[heading]


def grid(plan: Plan, path: Path) -> list[list[object]]:
    """The answers of an export, taken as proposed: a row a respondent, a column a question, None where there is no answer."""
    made = survey.arrival(plan, survey.reading(plan, [path], group="patrons"))
    texts = made.tables["questions"].set_index("question")["text"]
    rows = made.tables["answers"].assign(text=lambda rows: rows["question"].map(texts)).pivot(index="respondent", columns="text", values="answer")
    return [list(rows.columns), *([None if pd.isna(cell) else int(cell) for cell in row] for row in rows.values.tolist())]


def test_google_forms_with_grids_and_ticks_in_one_cell(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, GOOGLE)
    kinds = [(column.becomes, column.personal) for column in columns(plan, path).values()]

    assert kinds == [("date", False), ("nothing", True), ("trait", False), ("options", False), ("question", False), ("question", False), ("question", False), ("comment", False)]
    assert grid(plan, path) == [["Books", "Computers", "How likely are you to recommend us?", "I found it", "Staff were helpful", "Study room"],
                                [1, 1, 9, 4, 5, 0], [1, 0, 10, 4, 4, 0], [0, 1, 7, None, 3, 1], [1, 0, 3, 2, 4, 1]]


def test_microsoft_forms_as_a_workbook_with_real_days(plan: Plan, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["ID", "Start time", "Completion time", "Email", "Name", "Which do you use?", "I can work here", "Anything else?"],
                [1, dt.datetime(2026, 5, 1, 9), dt.datetime(2026, 5, 1, 9, 4), "anonymous", None, "Books;Films;", "Agree", "The heating is too strong upstairs"],
                [2, dt.datetime(2026, 5, 1, 10), dt.datetime(2026, 5, 1, 10, 4), "anonymous", None, "Books;", "Disagree", None],
                [3, dt.datetime(2026, 5, 2, 9), dt.datetime(2026, 5, 2, 9, 4), "anonymous", None, "Films;", "Neutral", None]):
        book.active.append(row)
    book.save(tmp_path / "ms.xlsx")

    found = columns(plan, tmp_path / "ms.xlsx")
    assert {heading: column.becomes for heading, column in found.items()} == {
        "ID": "respondent", "Start time": "nothing", "Completion time": "date", "Email": "nothing", "Name": "nothing", "Which do you use?": "options", "I can work here": "question",
        "Anything else?": "comment"}
    assert found["Email"].personal and found["Name"].personal
    assert grid(plan, tmp_path / "ms.xlsx") == [["Books", "Films", "I can work here"], [1, 1, 4], [1, 0, 2], [0, 1, 3]]


@pytest.mark.parametrize("rows", [3, 2])
def test_qualtrics_with_three_and_with_two_rows_of_headings(plan: Plan, tmp_path: Path, rows: int) -> None:
    lines = QUALTRICS.splitlines(keepends=True)
    path = written(tmp_path, "".join(lines if rows == 3 else lines[:2] + lines[3:]))

    assert grid(plan, path) == [["Books", "Computers", "How satisfied are you?", "Rooms are warm", "Staff are kind"], [1, 1, 5, 4, 5], [0, 1, 4, 3, 4], [None, None, 3, None, None]]
    assert columns(plan, path)["How satisfied are you?"].steps == ("Very dissatisfied", "Somewhat dissatisfied", "Neither satisfied nor dissatisfied", "Somewhat satisfied", "Very satisfied")
    assert "1 row left out, marked as a preview, a test or spam" in survey.reading(plan, [path]).exports[0].told[0]


def test_surveymonkey_with_options_under_a_question(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, MONKEY)

    assert grid(plan, path) == [["Books", "Computers", "Do you have a card?", "How satisfied are you?"], [1, 0, 1, 5], [0, 1, 0, 4], [None, None, 1, 2]]
    found = columns(plan, path)
    assert [found[f"Which services did you use? - {option}"].becomes for option in ("Books", "Computers", "Other (please specify)")] == ["option", "option", "comment"]
    assert found["Which services did you use? - Books"].block == "Which services did you use?"


def test_limesurvey_with_semicolons_no_as_0_and_answers_that_were_never_sent(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, LIME)

    assert grid(plan, path) == [["Hall", "Obsługa jest pomocna", "Studio"], [1, 5, 0], [0, 2, 0], [1, 3, 1]]
    assert "1 row left out, without a day, as of answers that were begun and never sent" in " ".join(survey.arrival(plan, survey.reading(plan, [path], group="patrons")).told)


def test_numbers_under_statements_with_points_in_the_days(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, OUTCOME)

    assert grid(plan, path) == [["You feel more confident", "You learned something new"], [4, 5], [4, 4], [None, 5], [2, 3]]
    found = columns(plan, path)
    assert found["Response Date"].order == "day first" and found["Library"].becomes == "trait"
    assert found["What did you like most about the program?"].becomes == "comment"


@pytest.mark.parametrize(("words", "codes"), [
    (["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"], [5, 4, 3, 2, 1]), (["Strongly agree", "Somewhat agree", "Neutral", "Somewhat disagree", "Don't know"], [5, 4, 3, 2]),
    (["Zdecydowanie się zgadzam", "Raczej się zgadzam", "Trudno powiedzieć", "Raczej się nie zgadzam", "Nie dotyczy"], [5, 4, 3, 2]),
    (["Stimme voll und ganz zu", "Stimme eher zu", "Teils, teils", "Stimme eher nicht zu", "Stimme überhaupt nicht zu", "keine Angabe"], [5, 4, 3, 2, 1]), (["Trifft zu", "Trifft eher zu", "teils/teils", "Trifft eher nicht zu", "Trifft nicht zu"], [5, 4, 3, 2, 1]),
    (["Tout à fait d’accord", "D'accord", "Ni d'accord, ni pas d'accord", "Pas d'accord", "Pas du tout d'accord", "Sans objet"], [5, 4, 3, 2, 1]),
    (["Totalmente de acuerdo", "De acuerdo", "Ni de acuerdo ni en desacuerdo", "En desacuerdo", "Totalmente en desacuerdo", "No aplica"], [5, 4, 3, 2, 1]),
    (["5 - Strongly agree", "4 - Agree", "3", "1 - Strongly disagree", "-", "  "], [5, 4, 3, 1]), (["1 - Strongly agree", "2", "3", "5 - Strongly disagree"], [5, 4, 3, 1]), (["STRONGLY AGREE", "agree.", "n/a", "Prefer not to say"], [5, 4]),
])
def test_agreement_in_words_of_five_languages_with_numbers_and_blanks_among_them(plan: Plan, tmp_path: Path, words: list[str], codes: list[int]) -> None:
    found = one(plan, tmp_path, *words)

    assert (found.scale, found.asks) == ("agree 1-5", "")
    assert [row[0] for row in grid(plan, tmp_path / "spring.csv")[1:]] == codes


def test_seven_and_four_steps_of_agreement_keep_their_steps(plan: Plan, tmp_path: Path) -> None:
    seven = ["Strongly agree", "Agree", "Slightly agree", "Neither agree nor disagree", "Slightly disagree", "Disagree", "Strongly disagree"]
    assert one(plan, tmp_path, *seven).steps == tuple(reversed(seven))
    assert [row[0] for row in grid(plan, tmp_path / "spring.csv")[1:]] == [7, 6, 5, 4, 3, 2, 1]

    four = one(plan, tmp_path, *["Strongly agree", "Agree", "Disagree", "Strongly disagree"] * 3)
    assert (four.scale, four.steps, four.good) == ("steps", ("Strongly disagree", "Disagree", "Agree", "Strongly agree"), ("Agree", "Strongly agree"))
    assert "nobody in the file chose a middle" in four.why


def test_a_middle_in_another_column_tells_that_there_was_one(plan: Plan, tmp_path: Path) -> None:
    rows = [f"2026-05-{place + 1:02},{'Agree' if place % 2 else 'Strongly disagree'},{'Neutral' if place else 'Agree'}" for place in range(12)]
    found = columns(plan, written(tmp_path, "Date,One,Two\n" + "\n".join(rows)))

    assert (found["One"].scale, found["Two"].scale) == ("agree 1-5", "agree 1-5")


@pytest.mark.parametrize(("heading", "words", "scale", "steps"), [
    ("How satisfied?", ["Satisfied", "Very dissatisfied"], "steps", ("Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied", "Very satisfied")),
    ("How often?", ["Often", "Never", "Sometimes"], "steps", ("Never", "Rarely", "Sometimes", "Often", "Always")), ("How sure?", ["Very sure", "Sure", "Not at all sure"], "steps", ("Not at all sure", "Sure", "Very sure")),
    ("How satisfied are you?", ["1", "5", "3"], "steps", ("1", "2", "3", "4", "5")), ("Score", ["1", "7", "3"], "steps", ("1", "2", "3", "4", "5", "6", "7")),
    ("Would you recommend us?", ["10", "0", "7"], "recommend 0-10", ()), ("I was helped", ["1", "5", "3"], "agree 1-5", ()), ("Was it warm?", ["Tak", "Nie", "n/a"], "yes no", ()), ("Was it warm?", ["Yes", "Yes"], "yes no", ()),
    ("Codes", ["1", "2", "1"], "", ()), ("Codes", ["0", "4", "10"], "", ()),
])
def test_other_scales_by_their_words_and_numbers(plan: Plan, tmp_path: Path, heading: str, words: list[str], scale: str, steps: tuple[str, ...]) -> None:
    found = one(plan, tmp_path, *words, heading=heading)

    assert (found.becomes, found.scale, found.steps, bool(found.asks)) == ("question", scale, steps, not scale)


def test_an_order_that_nothing_tells_is_asked_for_and_never_guessed(plan: Plan, tmp_path: Path) -> None:
    found = one(plan, tmp_path, "Anxious", "Somewhat anxious", "Comfortable", "Confident", "Very confident")

    assert (found.scale, found.ordered) == ("steps", False) and found.asks.startswith("steps: put them in order")
    with pytest.raises(PlanningError, match="The mapping leaves something open"):
        survey.arrival(plan, survey.reading(plan, [tmp_path / "spring.csv"], group="patrons"))


def test_an_order_decided_once_holds_wherever_the_same_words_stand(tmp_path: Path) -> None:
    steps = Column("Before", "question", text="Before", scale="steps", steps=("Calm", "Very calm", "Anxious"), ordered=False)
    mine = replace(steps, steps=("Anxious", "Calm", "Very calm"), ordered=True)
    path = written(tmp_path, survey_map.text([survey_map.Form((mine, replace(steps, heading="After", text="After")))]), "m.toml")

    assert [column.steps for column in survey_map.read(path)[0].columns] == [("Anxious", "Calm", "Very calm")] * 2


def test_codes_run_the_other_way_only_where_the_mapping_says_so(plan: Plan, tmp_path: Path) -> None:
    one(plan, tmp_path, "1", "2", "5")
    found = survey.reading(plan, [tmp_path / "spring.csv"], group="patrons")
    turned = replace(found.forms[0], columns=tuple(replace(column, reversed=column.becomes == "question") for column in found.forms[0].columns))

    assert survey.arrival(plan, found).tables["answers"]["answer"].tolist() == [1, 2, 5]
    assert survey.arrival(plan, survey.Reading(found.exports, [turned])).tables["answers"]["answer"].tolist() == [5, 4, 1]


@pytest.mark.parametrize(("days", "order", "first"), [
    (["8/9/2025 11:08:56", "8/27/2025 1:00:00"], "month first", "2025-08-09"), (["09/08/2025", "27/08/2025"], "day first", "2025-08-09"), (["9.8.2025, 10:00", "3.4.2026"], "day first", "2025-08-09"),
    (["1/2/26 9:00 AM", "1/2/26 1:00 PM"], "month first", "2026-01-02"),
    (["2025-08-09T11:08:56Z"], "month first", "2025-08-09"), (["4/9/2026", "4/10/2026"], "month first", "2026-04-09"), (["9 sierpnia 2025", "27 août 2025"], "month first", "2025-08-09"),
])
def test_day_and_month_are_told_apart_over_the_whole_column(plan: Plan, tmp_path: Path, days: list[str], order: str, first: str) -> None:
    path = written(tmp_path, "When,I was helped\n" + "\n".join(f'"{day}",Agree' for day in days))

    assert columns(plan, path)["When"].order == order
    assert str(survey.arrival(plan, survey.reading(plan, [path], group="patrons")).tables["answers"]["date"].iloc[0].date()) == first


def test_days_that_can_be_read_in_two_ways_are_asked_for(plan: Plan, tmp_path: Path) -> None:
    path = written(tmp_path, "When,I was helped\n3/4/2026,Agree\n2/5/2026,Agree\n")

    assert survey.reading(plan, [path]).asks == ["When: order: month first or day first"]
    assert "each day can be read in two ways" in columns(plan, path)["When"].why


def test_nothing_personal_is_shown_or_written_in_a_proposal(plan: Plan, tmp_path: Path) -> None:
    rows = [f"2026-05-{place + 1:02},Ann{place} Example,ann{place}@example.org,55501{place:02},Topic {place},Agree,My name is Ann{place} Example and I come often" for place in range(12)]
    found = survey.reading(plan, [written(tmp_path, "Date,Full name,Contact,Card number,Field,I was helped,Comments\n" + "\n".join(rows))])
    text = survey_map.text(found.proposed)

    assert "Example" not in text and "example.org" not in text and "55501" not in text and "Topic" not in text
    assert [column.heading for column in found.proposed[0].columns if column.personal] == ["Full name", "Contact", "Card number", "Field"]


def test_a_mapping_reads_back_as_it_was_written(plan: Plan, tmp_path: Path) -> None:
    form = survey.reading(plan, [written(tmp_path, GOOGLE)], group="staff").proposed[0]

    assert survey_map.read(written(tmp_path, survey_map.text([form]), "m.toml")) == [form]


@pytest.mark.parametrize(("name", "raw", "said"), [
    ("spring.csv", b"", "spring.csv is empty"), ("spring.csv", b"\n\n", "spring.csv is empty"), ("spring.csv", b"Date,I was helped\n", "spring.csv holds headings only, and no answers"),
    ("spring.csv", b"%PDF-1.7 x", "spring.csv is not what its name says: it is a PDF"), ("spring.xlsx", b"\xd0\xcf\x11\xe0 x", "it is an old Excel workbook"), ("spring.csv", b"<html><body>Sign in", "a sign-in page that was saved"),
    ("spring.csv", b"Date,Helped,helped\n2026-05-01,Agree,Agree\n", "columns B and C have the same heading, Helped. Rename one"), ("spring.csv", b"PK\x03\x04 broken", "is a zip or a broken workbook"),
    ("spring.csv", b"Date,Helped\n2026-05-01,Agree\n2026-05-02,Agree,well, yes\n", "row 3: more cells than the 2 headings"), ("spring.csv", b'{"a": 1}', "it is JSON"),
    ("spring.csv", b'Date,Helped,Why\n2026-05-01,Agree,"so\n2026-05-02,Agree,b\n2026-05-03,Agree,c\n', "a quotation mark is never closed"),
])
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(plan: Plan, tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(raw)

    with pytest.raises(PlanningError, match=said.replace("(", r"\(")):
        survey.reading(plan, [tmp_path / name])


def mapped(plan: Plan, folder: Path, old: str = "", new: str = "", head: str = "Date,I was helped,Steps\n") -> survey.Reading:
    """A reading of a small export through a mapping in which one text was put in place of another."""
    path = written(folder, head + "2026-05-04,Agree,Never\n2026-05-05,Disagree,Often\n")
    text = survey_map.text(survey.reading(plan, [path], group="patrons").proposed)
    assert old in text
    return survey.reading(plan, [path], mapping=written(folder, text.replace(old, new, 1), "m.toml"))


@pytest.mark.parametrize(("old", "new", "said"), [
    ('becomes = "question"', 'becomes = "qestion"', "m.toml, column I was helped: found becomes = 'qestion'. Did you mean question?"), ("[[form.column]]", 'gruop = "x"\n[[form.column]]', "m.toml: found gruop, which no mapping has here. Did you mean group?"),
    ('scale = "agree 1-5"', 'scale = "agree 1-6"', "scale: found agree 1-6. Did you mean agree 1-5?"), ('text = "I was helped"', 'txet = "x"', "found txet, which no mapping has here. Did you mean text?"),
    ('"Agree" = 4', '"Agree" = 6', "words, Agree: found the code 6. Allowed: a whole number from 1 to 5"), ('group = "patrons"', 'group = "staf"', "group: found staf. Did you mean staff?"), ('"Rarely"', '"Never"', "steps: found a step twice"),
    ('order = "month first"', "order = 3", "order: found 3. Allowed: a text in quotation marks"), ("[[form]]", "[[form]", "m.toml cannot be read"), ('heading = "I was helped"', 'heading = "I was hepled"', "m.toml is a mapping for other headings than those of spring.csv"),
    ('heading = "Date"\n', "", "found no heading"), ("[[form]]", "[[from]]", "found from|is not a mapping of a survey"),
])
def test_a_mapping_that_cannot_be_followed_is_named_with_the_nearest_right_word(plan: Plan, tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(PlanningError, match=said.replace("[", r"\[")):
        mapped(plan, tmp_path, old, new)


@pytest.mark.parametrize(("old", "new", "said"), [
    ('scale = "agree 1-5"', 'scale = "agree 1-5"\nquestion = "Q33"', "Column I was helped: the plan has no question Q33. Leave question empty"), ('scale = "agree 1-5"', 'scale = "agree 1-5"\nbefore = "Stesp"', "Column I was helped, before: found Stesp. Did you mean Steps?"),
    ('"Disagree" = 2, ', "", "spring.csv, row 3, column I was helped: found Disagree."), ('group = "patrons"', 'group = ""', "nothing tells who was asked. Give --group patrons"), ('scale = "agree 1-5"', 'scale = ""', "I was helped: scale: one of agree 1-5"),
    ('becomes = "date"\norder = "month first"', 'becomes = "nothing"', "has no column with the day of an answer. Give the day with --date"),
])
def test_a_mapping_that_leaves_cells_or_decisions_open_brings_nothing_in(plan: Plan, tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(PlanningError, match=said):
        survey.arrival(plan, mapped(plan, tmp_path, old, new))


@pytest.mark.parametrize(("cells", "said"), [
    ("2026-05-06,Agre,Never", "spring.csv, row 2, column I was helped: found Agre. Did you mean Agree?"), ("2026-05-06,9,Never", "column I was helped: found 9. Allowed: Strongly agree"), ("soon,Agree,Never", "spring.csv, row 2, column Date: found soon. Allowed: a day"),
    ("2026-02-30,Agree,Never", "column Date: found 2026-02-30"), ("2026-05-06,Agree,Nevr", "column Steps: found Nevr. Did you mean Never?"),
])
def test_a_cell_that_the_kept_mapping_does_not_cover_is_named_with_row_and_column(plan: Plan, tmp_path: Path, cells: str, said: str) -> None:
    found = mapped(plan, tmp_path)
    mapping = written(tmp_path, survey_map.text(found.forms), "kept.toml")
    newer = written(tmp_path, f"Date,I was helped,Steps\n{cells}\n", "spring.csv")

    with pytest.raises(PlanningError, match=said):
        survey.arrival(plan, survey.reading(plan, [newer], mapping=mapping))


def test_words_that_mean_the_same_agreement_need_no_new_mapping(plan: Plan, tmp_path: Path) -> None:
    mapping = written(tmp_path, survey_map.text(mapped(plan, tmp_path).forms), "kept.toml")
    newer = written(tmp_path, "Date,I was helped,Steps\n2026-05-06,Neutral,-\n2026-05-06,Totally agree,\n")

    assert survey.arrival(plan, survey.reading(plan, [newer], mapping=mapping)).tables["answers"]["answer"].tolist() == [3, 5]


def test_a_column_in_which_everything_is_missing_is_told_and_a_file_of_blanks_is_refused(plan: Plan, tmp_path: Path) -> None:
    mapping = written(tmp_path, survey_map.text(mapped(plan, tmp_path).forms), "kept.toml")
    newer = written(tmp_path, "Date,I was helped,Steps\n2026-05-06,Agree,\n2026-05-07,Agree,N/A\n")
    assert "spring.csv: nobody answered Steps." in survey.arrival(plan, survey.reading(plan, [newer], mapping=mapping)).told

    blank = written(tmp_path, "Date,I was helped,Steps\n2026-05-06,,\n2026-05-07,-,N/A\n")
    with pytest.raises(PlanningError, match="spring.csv: no answer is left to bring in"):
        survey.arrival(plan, survey.reading(plan, [blank], mapping=mapping))


def test_a_number_of_an_answer_that_comes_twice_counts_once_and_is_refused_when_the_rows_differ(plan: Plan, tmp_path: Path) -> None:
    head = "Date,Response ID,I was helped\n2026-05-04,7,Agree\n2026-05-05,8,Disagree\n"
    mapping = written(tmp_path, survey_map.text(survey.reading(plan, [written(tmp_path, head)], group="patrons").proposed), "m.toml")
    twice = survey.arrival(plan, survey.reading(plan, [written(tmp_path, head + "2026-05-04,7,Agree\n")], mapping=mapping))
    assert twice.tables["answers"]["answer"].tolist() == [4, 2] and "1 row left out, with the number of an earlier row" in " ".join(twice.told)

    with pytest.raises(PlanningError, match="rows 2 and 4, column Response ID: found one number for two different answers"):
        survey.arrival(plan, survey.reading(plan, [written(tmp_path, head + "2026-05-04,7,Disagree\n")], mapping=mapping))


def test_words_of_groups_and_days_are_checked_at_the_door(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--group patron: did you mean patrons"):
        survey.reading(plan, [written(tmp_path, GOOGLE)], group="patron")
    with pytest.raises(UsageError, match="--date 2030-01-01 lies after the plan's as_of day"):
        survey.arrival(plan, survey.reading(plan, [written(tmp_path, GOOGLE)], group="patrons"), date=dt.date(2030, 1, 1))


def test_the_plans_own_forms_come_back_by_their_words_with_codes_and_with_the_group(empty_plan: Path, tmp_path: Path) -> None:
    (empty_plan / "questions.csv").write_text("question,text,scale,group,block\nQ1,I am helped,agree 1-5,staff,\nQ2,How do you feel?,steps,staff,\nQ3,Borrowed something,yes no,staff,What did you do?\n", encoding="utf-8")
    (empty_plan / "question_options.csv").write_text("question,code,label\nQ2,1,Anxious\nQ2,2,Comfortable\nQ2,3,Very confident\n", encoding="utf-8")
    plan = open_plan(empty_plan)
    path = written(tmp_path, "date,I am helped,How do you feel?,Borrowed something,What should change?\r\n2026-05-04,4,3,1,The printer on the first floor\r\n2026-05-05,,1,0,\r\n")

    found = survey.reading(plan, [path])
    assert (found.proposed[0].group, found.asks) == ("staff", [])
    made = survey.arrival(plan, found)
    assert "questions" not in made.tables and "question_options" not in made.tables
    assert made.tables["answers"][["question", "answer"]].values.tolist() == [["Q1", 4], ["Q2", 3], ["Q3", 1], ["Q2", 1], ["Q3", 0]]


def test_a_form_with_comments_only_makes_feedback_about_a_service_and_no_survey(empty_plan: Path, tmp_path: Path) -> None:
    (empty_plan / "services.csv").write_text("service,name,form,status,essential\nS01,Print books,physical,running,true\n", encoding="utf-8")
    path = written(tmp_path, "date,What would you like to tell us?,What is it about?\n2026-05-04,More novels please,Print books\n2026-05-05,The lift is slow,Something else\n")
    plan = open_plan(empty_plan)
    made = survey.arrival(plan, survey.reading(plan, [path], group="patrons"))

    assert made.tables["feedback"][["service", "comment", "confirmed"]].fillna("").values.tolist() == [["S01", "More novels please", False], ["", "The lift is slow", False]]
    assert set(made.tables) == {"feedback"}
    take(empty_plan, made)
    plan = open_plan(empty_plan)
    assert not survey.arrival(plan, survey.reading(plan, [path])).tables


def test_remarks_that_come_back_word_for_word_are_no_options_where_one_holds_a_telephone_number(plan: Plan, tmp_path: Path) -> None:
    rows = "\n".join(f"2026-05-{day:02d},{remark}" for day, remark in enumerate(['"Open earlier, please"', '"Ring me, 555-123-4567"', '"Ring me, please"'] * 4, start=1))
    found = survey.reading(plan, [written(tmp_path, f"Date,Remarks on the day\n{rows}\n")], group="patrons")

    assert [column.becomes for column in found.forms[0].columns] != ["date", "options"]
