"""Forms for a screen and for paper, and the sheet that paper forms are typed into."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from conftest import ROOT
from openpyxl import load_workbook

from planning.model import arrival, catalogues
from planning.model.create import new_plan
from planning.model.errors import PlanningError
from planning.model.plan import Plan, open_plan
from planning.reports import forms
from planning.sources import survey


@pytest.fixture
def empty(tmp_path: Path) -> Plan:
    return open_plan(new_plan(tmp_path / "plan", {"library": "A & B <Library>", "kind": "academic", "leadership": "Provost", "as_of": "2026-06-30", "currency": "USD"}))


def test_a_plan_without_questions_gets_ready_made_ones_for_its_kind(empty: Plan) -> None:
    asked = forms.items(empty, "patrons")

    assert [item.text for item in asked if item.scale == "recommend 0-10"] == ["How likely are you to recommend the library to a colleague?"]
    assert [item.text for item in asked if item.scale == "trait"] == ["What do you do here?"]
    assert asked[-1].scale == "comment"


def test_steps_are_written_down_as_their_place_and_traits_as_their_words(empty: Plan) -> None:
    asked = {item.scale: item for item in forms.items(empty, "patrons")}

    assert asked["steps"].options[:2] == (("1", "Hardly ever"), ("2", "A few times a year"))
    assert asked["trait"].options[0] == ("Study for a first degree", "Study for a first degree")


@pytest.mark.parametrize("group", forms.GROUPS)
def test_a_plan_with_questions_asks_its_own(group: str) -> None:
    plan = open_plan(ROOT / "data" / "riverbend_public")
    own = list(plan.questions[plan.questions["group"] == group]["text"])

    assert [item.text for item in forms.items(plan, group)][: len(own)] == own


def test_feedback_asks_what_and_about_which_service_and_leaves_ended_services_out() -> None:
    plan = open_plan(ROOT / "data" / "riverbend_public")
    told, about = forms.items(plan, "feedback")

    assert told.scale == "comment"
    assert {label for _, label in about.options} <= {*plan.services["name"], "Something else"}
    assert about.options[-1][0] == "Something else"


def test_every_form_has_a_page_for_the_screen_one_for_paper_and_a_sheet(empty: Plan, tmp_path: Path) -> None:
    made = forms.write(empty, tmp_path / "forms")

    mappings = [f"{name}.mapping.toml" for name in (*forms.GROUPS, "feedback_online", "feedback_paper")]
    assert sorted(path.name for path in made) == sorted([*mappings, *(f"{group}_{form}" for group in (*forms.GROUPS, "feedback") for form in ("online.html", "paper.html", "entry.xlsx"))])
    assert all("A &amp; B &lt;Library&gt;" in path.read_text(encoding="utf-8") for path in made if path.suffix == ".html")


def test_forms_that_are_there_are_left_as_they_are_unless_told_otherwise(empty: Plan, tmp_path: Path) -> None:
    forms.write(empty, tmp_path, groups=["staff"])
    (tmp_path / "staff_paper.html").write_text("mine", encoding="utf-8")

    with pytest.raises(PlanningError, match=r"holds staff.mapping.toml, staff_entry.xlsx, staff_online.html, staff_paper.html already"):
        forms.write(empty, tmp_path, groups=["patrons", "staff"])
    assert (tmp_path / "staff_paper.html").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "patrons_paper.html").exists()
    forms.write(empty, tmp_path, groups=["staff"], over=True)
    assert (tmp_path / "staff_paper.html").read_text(encoding="utf-8") != "mine"


def test_forms_ask_nothing_from_outside(empty: Plan, tmp_path: Path) -> None:
    for path in forms.write(empty, tmp_path):
        if path.suffix == ".html":
            assert not re.search(r"https?:|<link|@import|src=", path.read_text(encoding="utf-8"))


def test_the_same_plan_gives_the_same_sheet_byte_for_byte(empty: Plan, tmp_path: Path) -> None:
    one, two = (forms.write(empty, tmp_path / name, groups=["patrons"])[2].read_bytes() for name in "ab")

    assert one == two


def test_the_sheet_has_a_column_a_question_and_its_codes_as_choices(empty: Plan, tmp_path: Path) -> None:
    book = load_workbook(forms.write(empty, tmp_path, groups=["patrons"])[2])
    page, codes = book["answers"], list(book["codes"].iter_rows(values_only=True))
    asked = forms.items(empty, "patrons")
    allowed = {str(one.sqref).split(":")[0]: one.formula1 for one in page.data_validations.dataValidation}

    assert [cell.value for cell in page[1]] == ["date", *[item.text for item in asked]]
    first, last = (int(found) for found in re.findall(r"\$B\$(\d+)", allowed["B2"]))
    assert [row[1:] for row in codes[first - 1:last]] == [(int(code), label) for code, label in asked[0].options]


def test_a_question_that_begins_like_a_formula_stays_text_in_the_sheet(tmp_path: Path) -> None:
    plan = open_plan(ROOT / "data" / "riverbend_public")
    plan.questions.loc[plan.questions["group"] == "staff", "text"] = ["=1+1", "+2", "-3", "@4"] + [f"Q{n}" for n in range(sum(plan.questions["group"] == "staff") - 4)]
    page = load_workbook(forms.write(plan, tmp_path, groups=["staff"])[2])["answers"]

    assert [(cell.value, cell.data_type) for cell in page[1]][1:5] == [("=1+1", "s"), ("+2", "s"), ("-3", "s"), ("@4", "s")]


def test_a_form_on_a_screen_keeps_each_answer_and_saves_them_as_a_file(browser: object, empty: Plan, tmp_path: Path) -> None:
    made = forms.write(empty, tmp_path, groups=["patrons"])[0]
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(made.as_uri())
    page.get_by_role("button", name="Send").click()
    assert page.get_by_role("status").inner_text() == "Nothing is filled in yet."
    page.get_by_role("group", name="I found what I came for").get_by_label("Strongly agree").check()
    page.get_by_role("textbox").fill('Two words, "quoted"\nand a line')
    page.get_by_role("button", name="Send").click()
    assert page.get_by_role("status").inner_text().startswith("Thank you.")
    page.get_by_role("group", name="I feel welcome here").get_by_label("Neither").check()
    page.get_by_role("button", name="Send").click()
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.reload()
    page.locator("summary").click()
    assert page.locator("#count").inner_text() == "2"
    with page.expect_download() as kept:
        page.get_by_role("button", name="Save the answers as a file").click()
    saved = tmp_path / "answers.csv"
    kept.value.save_as(saved)
    page.close()

    rows = list(csv.reader(saved.open(encoding="utf-8-sig", newline="")))
    headings, first, second = rows
    assert wide <= 360
    assert headings == ["date", *[item.text for item in forms.items(empty, "patrons")]]
    assert (first[1], first[-1].replace("\r\n", "\n"), set(first[2:-1])) == ("5", 'Two words, "quoted"\nand a line', {""})
    assert (second[1], second[headings.index("I feel welcome here")]) == ("", "3")


def test_answers_to_every_form_import_straight_back(tmp_path: Path) -> None:
    folder = new_plan(tmp_path / "plan", {"library": "Here", "kind": "public", "leadership": "Board", "as_of": "2026-06-30", "currency": "USD"})
    for group in (*forms.GROUPS, "feedback_online", "feedback_paper"):
        form = group.partition("_")[0]
        sheet, *_, mapping = (path for path in forms.write(open_plan(folder), tmp_path / group, groups=[form]) if path.name in (f"{form}_entry.xlsx", f"{group}.mapping.toml"))
        asked = forms.items(open_plan(folder), form)
        book = load_workbook(sheet)
        for row in range(2, 9):
            for number, cell in enumerate(["2026-06-01", *[item.options[row % len(item.options)][0] if item.options else f"More seats for {group}, {row}" for item in asked]], start=1):
                book["answers"].cell(row, number).value = int(cell) if cell.isdigit() else cell
        book.save(sheet)
        found = survey.reading(open_plan(folder), [sheet], mapping=mapping)
        arrival.take(folder, survey.arrival(open_plan(folder), found))

    plan = open_plan(folder)
    asked = catalogues.forms("public")
    assert len(plan.answers) == 7 * asked["scale"].isin(["agree 1-5", "recommend 0-10", "steps"]).sum()
    assert len(plan.traits) == 7 * (asked["scale"] == "trait").sum() or len(plan.traits) < 7
    assert plan.feedback["channel"].value_counts().to_dict() == {"online form": 7 * 5, "suggestion box": 7}
    assert not plan.feedback["confirmed"].fillna(False).any()
    assert plan.questions.set_index("text")["topic"].dropna().to_dict() == {row.text: row.topic for row in asked.itertuples() if row.topic}
