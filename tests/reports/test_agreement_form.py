"""The printed page of an agreement: both sides, what lacks, and never more than one sheet."""

from __future__ import annotations

import csv
import html
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from planning.model.plan import Plan, open_plan
from planning.reports import agreement_form

TEXTS = ("name", "library_gives", "library_expects", "partner_gives", "partner_expects", "success", "partner_success", "partner_post", "aim", "contact", "ending")
SENTENCE = "Every school sends a letter home before the first of June and the library visits each class twice. "


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the public sample."""
    shutil.copytree(ROOT / "data" / "riverbend_public", tmp_path / "plan")
    return tmp_path / "plan"


@pytest.fixture(scope="module")
def sample() -> Plan:
    """The public sample as it stands."""
    return open_plan(ROOT / "data" / "riverbend_public")


def rewritten(plan: Path, table: str, change) -> None:
    path = plan / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(change(rows))


def filled(plan: Path, text: str, tasks: int) -> None:
    """Put a text into every cell of an agreement, and give it so many tasks."""
    rewritten(plan, "agreements", lambda rows: [row | {name: text[:200] if name == "name" else text for name in TEXTS} if row["agreement"] == "AG01" else row for row in rows])
    task = {"agreement": "AG01", "name": text[:150], "done_by": "both", "responsible": "R02", "accountable": "", "consulted": text[:300], "informed": text[:300], "due": "2026-09-15", "done": ""}
    rewritten(plan, "agreement_tasks", lambda rows: [row for row in rows if row["agreement"] != "AG01"] + [task | {"task": f"Z{place}"} for place in range(tasks)])


def page(plan: Path | Plan, agreement: str = "") -> str:
    return agreement_form.page(plan if isinstance(plan, Plan) else open_plan(plan), agreement)


def read(code: str) -> str:
    """The words of a page, without its style."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", code, flags=re.DOTALL))).split())


def test_both_sides_stand_beside_each_other_with_the_kpi_its_baseline_and_its_target(sample: Plan) -> None:
    words = read(page(sample, "AG01"))

    assert "Expects A letter from every school before the first of June Children who come back in autumn reading as well as in spring" in words
    assert "Measured by Children who finish the summer challenge (% of children signed up): it was 38% in 2022 and the target is 50% by 31 December 2026." in words
    assert "Looked after by Children's and youth librarian Head of primary schools" in words
    assert "Begins 1 September 2025 Next review 30 September 2026" in words
    assert "How it ends On 31 August 2028. Either side by 31 January; the logs stay with the library" in words
    assert "For Riverbend Public Library Name and post Day Signature For Riverbend School District Name and post Day Signature" in words


def test_who_does_what_stands_with_responsible_accountable_consulted_and_informed(sample: Plan) -> None:
    words = read(page(sample, "AG01"))

    assert "Does it (R) Answers for it (A) Asked before (C) Told after (I)" in words
    assert ("Send the letter to parents partner the partner Children's and youth librarian Communications office of the district Class teachers done on 29 May 2026") in words


def test_what_lacks_is_an_empty_line_with_a_mark_and_what_is_there_has_none(sample: Plan) -> None:
    full, thin = page(sample, "AG01"), page(sample, "AG08")

    assert ("to be agreed" in full, "□" in read(full)) == (False, False)
    row = re.search(r'<th scope="row">Expects</th>(.*?)</tr>', thin)[1]
    assert row.count('aria-label="to be agreed"') == 2 and 'class="line"' in row
    assert "□ stands where nothing is agreed yet" in read(thin)


def test_a_task_that_nobody_answers_for_is_marked_and_an_agreement_without_tasks_has_lines(sample: Plan) -> None:
    row = re.search(r"<tr><th scope=\"row\">Repair broken hotspots within a week</th>.*?</tr>", page(sample, "AG06"))[0]
    assert row.count("to be agreed") == 1
    assert page(sample, "AG08").split("Who does what")[1].count("to be agreed") == 3


def test_an_empty_form_asks_for_everything_and_marks_nothing(sample: Plan) -> None:
    code = page(sample)

    assert read(code).startswith("Agreement with a partner Agreement on: What both sides agree Riverbend Public Library Shared aim Expects")
    assert "to be agreed" not in code and "For the partner" in code
    assert code.count('class="line"') > 50


def test_an_empty_plan_has_an_empty_form(empty_plan: Path) -> None:
    assert "Mill Library" in page(empty_plan)


def test_a_kpi_without_a_target_or_a_baseline_is_told_as_far_as_it_is_known(plan: Path) -> None:
    blank = {name: "" for name in ("baseline", "baseline_period", "target", "partial", "target_low", "target_high", "due")}
    rewritten(plan, "kpis", lambda rows: [row | blank | {"direction": "up"} if row["kpi"] == "K04" else row for row in rows])

    assert "Children who finish the summer challenge (% of children signed up): no target is set." in read(page(plan, "AG01"))


def test_names_from_the_plan_are_never_taken_for_code(plan: Path) -> None:
    rewritten(plan, "agreements", lambda rows: [row | {"aim": "<script>alert(1)</script> & {{ 7 * 7 }}"} for row in rows])
    code = page(plan, "AG01")

    assert "<script" not in code and "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in code


def test_the_page_asks_for_nothing_from_outside(sample: Plan) -> None:
    assert re.findall(r"(?:src|href)=|url\(|@import", page(sample, "AG01")) == []


def test_short_texts_keep_the_large_type_and_long_ones_are_cut_with_a_word_about_it(plan: Path) -> None:
    assert "font:10.0pt" in page(plan, "AG01") and "is longer in the plan" not in page(plan, "AG01")
    filled(plan, SENTENCE * 40, 30)
    code = page(plan, "AG01")

    assert "font:7.0pt" in code and "A text that ends in … is longer in the plan." in read(code)
    assert re.search(r"More tasks, in agreement_tasks.csv: \d+\.", read(code))


def sheets(browser: object, code: str, paper: str) -> int:
    """How many sheets of this paper a page prints on."""
    opened = browser.new_page()
    opened.set_content(code)
    data = opened.pdf(format=paper)
    opened.close()
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_the_count_of_sheets_sees_a_second_one(browser: object) -> None:
    assert sheets(browser, "<p>one</p>", "A4") == 1
    assert sheets(browser, "<p style='break-after:page'>one</p><p>two</p>", "A4") == 2


@pytest.mark.parametrize("agreement", ["", "AG01", "AG06", "AG08"])
def test_every_agreement_prints_on_one_sheet(browser: object, sample: Plan, agreement: str) -> None:
    assert [sheets(browser, page(sample, agreement), paper) for paper in ("A4", "Letter")] == [1, 1]


@pytest.mark.parametrize(("text", "tasks"), [(SENTENCE * 3, 6), (SENTENCE * 8, 1), (SENTENCE * 40, 30), ("x" * 5000, 20), ("WIDE MMMM " * 60, 14), ("图书馆" * 300, 14), ("", 14)],
                         ids=["a few sentences", "long texts", "very long texts", "one endless word", "wide letters", "broad letters", "nothing agreed"])
def test_long_texts_and_many_tasks_print_on_one_sheet_in_a_broad_typeface_too(browser: object, plan: Path, text: str, tasks: int) -> None:
    filled(plan, text or "-", tasks)
    if not text:
        rewritten(plan, "agreements", lambda rows: [row | {name: "" for name in TEXTS if name != "name"} for row in rows])
    code = page(plan, "AG01")
    broad = code.replace('Arial,Helvetica,"Liberation Sans",', "")

    assert broad != code
    assert [sheets(browser, one, paper) for one in (code, broad) for paper in ("A4", "Letter")] == [1, 1, 1, 1]
