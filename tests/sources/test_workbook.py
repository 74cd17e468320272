"""A plan as a workbook and back: nothing lost, nothing guessed, nothing half taken."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import FACTS, ROOT, SAMPLES
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from planning.model import create, schema
from planning.model.arrival import Taken, take
from planning.model.door import LOCK
from planning.model.errors import PlanningError, PlanProblems, SheetProblems
from planning.model.plan import open_plan
from planning.sources import workbook_in, workbook_out

TABLES = {
    "services.csv": "service,name,description,form,status,essential,started,floor\n"
                    "S1,=SUM of all stories,+1 more; @ the desk,physical,running,yes,1887-05-01,0.50\n"
                    "007,-Maker space,\"Two lines:\na _x0041_ and 0012345678901234567890\",both,pilot,false,2020-02-29,\n"
                    "S3,#N/A,,digital,running,0,,12.0\n",
    "usage.csv": "service,period,uses\nS1,2026-01,10\nS1,2026-02,12.30\nS3,2026,1e3\n",
    "goals.csv": "goal,name,weight,valid_from\nG1,Read,0.333333333333333333,2025-07-01\nG2,Meet,0.666666666666666667,2025-07-01\n",
    "alignment.csv": "service,goal,strength,reason\nS1,G1,1,Stories\nS3,G2,.5,\n",
}
Edit = Callable[[Workbook], None]


def made(folder: Path) -> Path:
    create.new_plan(folder, FACTS | {"small_group": 4})
    for file, text in TABLES.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook of the small plan."""
    return workbook_out.book(made(tmp_path_factory.mktemp("plan") / "mill"))


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The small plan itself."""
    return made(tmp_path / "mill")


@pytest.fixture
def back(plan: Path, tmp_path: Path, written: bytes) -> Callable[[Edit], Taken]:
    """Edit the workbook, bring it back, and tell what changed."""
    def edited(edit: Edit) -> Taken:
        return take(plan, workbook_in.arrival(saved(tmp_path / "mill.xlsx", written, edit), plan))

    return edited


@pytest.fixture
def refused(back: Callable[[Edit], Taken], plan: Path) -> Callable[[Edit], str]:
    """Edit the workbook, see it refused, and that the plan is as it was; gives what was said."""
    def edited(edit: Edit) -> str:
        before = held(plan)
        with pytest.raises(SheetProblems) as problems:
            back(edit)
        assert held(plan) == before
        return str(problems.value)

    return edited


@pytest.fixture
def office(tmp_path: Path) -> Callable[[list[Path]], Path]:
    """LibreOffice, which opens workbooks and saves them again; skips where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        pytest.skip("no LibreOffice is on the path")

    def again(files: list[Path]) -> Path:
        out = tmp_path / "saved again"
        subprocess.run([found, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "xlsx", "--outdir", out, *files],
                       check=True, capture_output=True, timeout=300)
        return out

    return again


def saved(path: Path, data: bytes, edit: Edit) -> Path:
    book = load_workbook(io.BytesIO(data))
    edit(book)
    book.save(path)
    return path


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != LOCK and path.parent.name != "evidence"}


def write(sheet: str, place: str, value: object, form: str = "") -> Edit:
    def edit(book: Workbook) -> None:
        cell = book[sheet][place]
        cell.value = value
        cell.number_format = form or cell.number_format

    return edit


def all_of(*edits: Edit) -> Edit:
    def edit(book: Workbook) -> None:
        for one in edits:
            one(book)

    return edit


def add(sheet: str, *cells: object) -> Edit:
    def edit(book: Workbook) -> None:
        page = book[sheet]
        row = page.max_row + 1
        for number, cell in enumerate(cells, start=1):
            page.cell(row, number).value = cell

    return edit


def test_a_workbook_that_nobody_edited_changes_no_byte(plan: Path, back: Callable[[Edit], Taken]) -> None:
    before = held(plan)

    taken = back(lambda book: None)

    assert (held(plan), taken.touched.empty, taken.facts) == (before, True, ())
    assert (plan / "evidence/mill.xlsx").exists()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_samples_workbook_comes_back_without_a_change(name: str, tmp_path: Path) -> None:
    folder = create.copied_plan(ROOT / "data" / name, tmp_path / name)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(workbook_out.book(folder))
    before = held(folder)

    take(folder, workbook_in.arrival(path, folder))

    assert held(folder) == before


def test_workbooks_saved_again_by_libreoffice_come_back_without_a_change(office: Callable[[list[Path]], Path], tmp_path: Path, plan: Path) -> None:
    folders = [plan, *(create.copied_plan(ROOT / "data" / name, tmp_path / name) for name in SAMPLES)]
    for folder in folders:
        (tmp_path / f"{folder.name}.xlsx").write_bytes(workbook_out.book(folder))
    before = {folder: held(folder) for folder in folders}

    again = office([tmp_path / f"{folder.name}.xlsx" for folder in folders])

    for folder in folders:
        assert (again / f"{folder.name}.xlsx").read_bytes() != (tmp_path / f"{folder.name}.xlsx").read_bytes()
        take(folder, workbook_in.arrival(again / f"{folder.name}.xlsx", folder))
        assert held(folder) == before[folder]


def test_the_same_plan_gives_the_same_bytes(plan: Path, written: bytes) -> None:
    assert workbook_out.book(plan) == written


def test_there_is_a_sheet_a_table_in_the_order_of_the_steps_after_what_this_is_and_the_facts(written: bytes) -> None:
    book = load_workbook(io.BytesIO(written))

    assert book.sheetnames == ["Read me", "plan", *schema.tables(), "_choices", "_planning"]
    assert [page.title for page in book.worksheets if page.sheet_state != "visible"] == ["_choices", "_planning"]
    assert "Mill Library" in book["Read me"]["B1"].value
    assert all([cell.value for cell in book[name][1]] == table.columns for name, table in schema.tables().items())


def test_text_is_text_numbers_are_numbers_and_days_are_days(written: bytes) -> None:
    page = load_workbook(io.BytesIO(written))["services"]

    assert [(cell.value, cell.data_type) for cell in (page["B2"], page["C2"], page["B4"], page["A3"])] == [
        ("=SUM of all stories", "s"), ("+1 more; @ the desk", "s"), ("#N/A", "s"), ("007", "s")]
    assert (page["B2"].quotePrefix, page["A3"].number_format, page["I2"].value, page["F2"].value) == (True, "@", 0.5, "true")
    assert (page["H2"].value, page["H3"].value, page["H3"].number_format) == ("1887-05-01", dt.datetime(2020, 2, 29), "yyyy-mm-dd")


def test_headings_are_frozen_and_explained_keys_are_locked_and_the_rest_is_open(written: bytes) -> None:
    page = load_workbook(io.BytesIO(written))["services"]

    assert (page.freeze_panes, page["A1"].font.b, page.protection.sheet, page.protection.password) == ("B2", True, True, None)
    assert [page[place].protection.locked for place in ("A1", "A2", "B2", "I2")] == [True, True, False, False]
    assert not page.column_dimensions["A"].protection.locked, "an empty row below must take a new id"
    assert "the library would not be a library without it" in page["F1"].comment.text and "true or false" in page["F1"].comment.text


def test_drop_downs_offer_choices_truths_and_the_ids_of_other_sheets_with_room_for_new_ones(written: bytes) -> None:
    book = load_workbook(io.BytesIO(written))
    offered = {str(rule.sqref): rule.formula1 for rule in book["services"].data_validations.dataValidation}

    assert offered["D2:D504"] == '"physical,digital,both"' and offered["F2:F504"] == '"true,false"'
    assert [rule.formula1 for rule in book["usage"].data_validations.dataValidation] == ["OFFSET('services'!$A$2,0,0,MAX(1,COUNTA('services'!$A$2:$A$504)),1)"]
    assert [rule.formula1 for rule in book["statistics"].data_validations.dataValidation] == ["'_choices'!$A$1:$A$31"]
    rules = [rule for page in book.worksheets for rule in page.data_validations.dataValidation]
    assert max(len(rule.formula1) for rule in rules) <= 257 and max(len(rule.error) for rule in rules) <= 225


def test_a_plan_with_problems_is_not_exported(plan: Path) -> None:
    (plan / "usage.csv").write_text("service,period,uses\nS9,2026-01,many\n", encoding="utf-8")

    with pytest.raises(PlanProblems, match="found many"):
        workbook_out.book(plan)


def test_a_text_longer_than_a_cell_holds_is_named(plan: Path) -> None:
    (plan / "services.csv").write_text(f"service,name,description,form,status,essential\nS1,Stories,{'a' * 32768},both,pilot,false\n", encoding="utf-8")
    (plan / "usage.csv").unlink()
    (plan / "alignment.csv").unlink()

    with pytest.raises(PlanningError, match="services.csv, row 2, column description: a cell of a workbook holds 32767 letters at most"):
        workbook_out.book(plan)


def test_new_changed_and_removed_rows_come_back_and_untouched_cells_keep_their_writing(plan: Path, back: Callable[[Edit], Taken]) -> None:
    taken = back(all_of(lambda book: book["usage"].delete_rows(2), write("usage", "C2", 0.1 + 0.2), add("usage", "007", "2026-Q1", 4.0)))

    assert (plan / "usage.csv").read_text(encoding="utf-8") == "service,period,uses\nS1,2026-02,0.3\nS3,2026,1e3\n007,2026-Q1,4\n"
    assert taken.touched.values.tolist() == [["usage", "changed", "S1, 2026-02"], ["usage", "new", "007, 2026-Q1"], ["usage", "removed", "S1, 2026-01"]]
    assert taken.rows.values.tolist() == [["usage", 1, 1, 1]]


def test_columns_in_another_order_blank_rows_and_sheets_moved_change_nothing(plan: Path, back: Callable[[Edit], Taken]) -> None:
    def moved(book: Workbook) -> None:
        page = book["goals"]
        for row in range(1, 4):
            page.cell(row, 2).value, page.cell(row, 3).value = page.cell(row, 3).value, page.cell(row, 2).value
            page.cell(row, 2).number_format = "0%" if row > 1 else "@"
        page["A9"], page["A40"] = "", ""
        page.insert_rows(3)
        book.move_sheet("usage", -20)
        book.create_sheet("Sheet1")

    before = held(plan)

    assert back(moved).touched.empty
    assert held(plan) == before


def test_a_missing_sheet_or_column_leaves_what_the_plan_has_and_says_so(plan: Path, tmp_path: Path, written: bytes) -> None:
    def without(book: Workbook) -> None:
        del book["usage"]
        book["services"].delete_cols(3)
        book["services"]["B2"].value = "Story hour"

    arrival = workbook_in.arrival(saved(tmp_path / "mill.xlsx", written, without), plan)
    take(plan, arrival)

    assert arrival.told == ("The workbook has no sheet usage; what the plan has there stays as it is.",
                            "Sheet services has no column description; what the plan has there stays as it is.")
    assert open_plan(plan).services[["name", "description"]].values.tolist()[0] == ["Story hour", "+1 more; @ the desk"]
    assert (plan / "usage.csv").read_text(encoding="utf-8") == TABLES["usage.csv"]


def test_a_changed_id_takes_the_old_row_out_and_brings_a_new_one(back: Callable[[Edit], Taken]) -> None:
    taken = back(all_of(write("services", "A3", "S2")))

    assert taken.touched.values.tolist() == [["services", "new", "S2"], ["services", "removed", "007"]]


def test_facts_come_back_in_their_types_and_an_emptied_one_goes(plan: Path, back: Callable[[Edit], Taken]) -> None:
    rows = {field.name: number for number, field in enumerate(schema.facts().fields, start=2)}

    def edit(book: Workbook) -> None:
        page = book["plan"]
        for name, value in {"leadership": "=Council", "as_of": dt.date(2026, 7, 31), "population": 61000.0, "small_group": None}.items():
            page[f"B{rows[name]}"].value = value
        page[f"B{rows['leadership']}"].data_type = "s"

    taken = back(edit)

    assert taken.facts == ("leadership", "as_of", "population", "small_group")
    assert [open_plan(plan).facts[name] for name in taken.facts] == ["=Council", dt.date(2026, 7, 31), 61000, 5]
    assert "population = 61000\n" in (plan / "plan.toml").read_text(encoding="utf-8")


def test_text_that_the_spreadsheet_made_a_number_and_numbers_that_stand_as_text_are_taken_where_nothing_is_lost(plan: Path, tmp_path: Path, written: bytes) -> None:
    edit = all_of(write("services", "B2", 1984), write("services", "I3", "1200"), write("services", "H3", "2020-03-01"), write("services", "F3", True), write("services", "F4", 1))

    arrival = workbook_in.arrival(saved(tmp_path / "mill.xlsx", written, edit), plan)
    take(plan, arrival)

    assert open_plan(plan).services[["name", "floor", "essential"]].values.tolist()[:2] == [["1984", 0.5, True], ["-Maker space", 1200.0, True]]
    assert arrival.told == ("Sheet services, column started: 1 cells held text and were read as numbers or days.",
                            "Sheet services, column floor: 1 cells held text and were read as numbers or days.")


@pytest.mark.parametrize(("edit", "said"), [
    (write("goals", "C2", "=1/3"), "sheet goals, row 2, column weight: found the formula =1/3. Allowed: a number from 0 to 1. Copy the cell and paste it in place as a value"),
    (write("goals", "C2", "0,5"), "sheet goals, row 2, column weight: found 0,5."),
    (write("services", "I2", "1.234"), "sheet services, row 2, column floor: found 1.234 as text, which some read as thousands"),
    (write("services", "I2", 0.37, "0%"), "sheet services, row 2, column floor: found 37%, which the cell holds as 0.37."),
    (write("services", "I2", dt.date(2026, 1, 2)), "sheet services, row 2, column floor: found the date 2026-01-02."),
    (write("services", "H3", "06/07/2026"), "sheet services, row 3, column started: found 06/07/2026. Allowed: a date such as 2026-06-30."),
    (write("services", "H3", 46000, "General"), "sheet services, row 3, column started: found the number 46000."),
    (write("services", "H3", 0, "yyyy-mm-dd"), "sheet services, row 3, column started: found a time without a day, as a date of 0 leaves it (1900-01-00)."),
    (write("services", "H3", dt.date(1900, 2, 1)), "sheet services, row 3, column started: found a date before March 1900 (1900-02-01)"),
    (write("services", "H3", dt.datetime(2026, 1, 2, 9, 30)), "found a day with a time (2026-01-02 09:30)"),
    (write("services", "B3", dt.date(2026, 3, 4)), "sheet services, row 3, column name: found the date 2026-03-04. Allowed: text."),
    (write("services", "B3", True), "found TRUE as a truth value"),
    (write("services", "B3", 1234567890123456789), "a number so long that a spreadsheet drops its last digits"),
    (write("services", "D3", "Both"), "sheet services, row 3, column form: found Both. Allowed: one of physical, digital, both. Did you mean both?"),
    (write("services", "A3", "S1"), "sheet services, row 3, column service: found S1 a second time."),
    (write("usage", "B3", dt.date(2026, 5, 1)), "sheet usage, row 3, column period: found the date 2026-05-01. Allowed: a period"),
    (write("usage", "A3", "S9"), "sheet usage, row 3, column service: found S9. Allowed: an id that stands in sheet services."),
    (write("usage", "B3", "2031-01"), "sheet usage, row 3, column period: found 2031-01, after the plan's as_of day."),
    (write("services", "A2", "S5"), "sheet usage, row 2, column service: found S1, and the same in 1 row more."),
    (write("goals", "D1", "setby"), "sheet goals, row 1, column setby: found a heading that this table does not have. Allowed: goal, name, weight, set_by"),
    (write("goals", "K3", "a remark"), "sheet goals, row 1, column I: found a column without a heading."),
    (write("plan", "B3", "publik"), "sheet plan, row 3, column value: found publik. Allowed: one of public, academic, corporate. Did you mean public?"),
    (write("plan", "B4", "=A4"), "sheet plan, row 4, column value: found the formula =A4."),
    (write("plan", "B2", None), "sheet plan, row 2, column value: found an empty cell."),
    (write("plan", "A4", "leadershp"), "sheet plan, row 4, column field: found leadershp. Allowed: each field of a plan once. Did you mean leadership?"),
    (lambda book: book["usage"].merge_cells("B2:B3"), "sheet usage, row 2, column period: found the merged cells B2:B3."),
    (lambda book: setattr(book["usage"], "title", "usages"), "sheet usages: found a sheet that no plan has. Allowed: the sheets that planning export workbook writes. Did you mean usage?"),
    (lambda book: setattr(book.copy_worksheet(book["usage"]), "title", "usage (2)"), "sheet usage (2): found a second sheet of usage. Allowed: one sheet a table."),
])
def test_what_cannot_be_taken_is_named_with_sheet_row_column_and_remedy(edit: Edit, said: str, refused: Callable[[Edit], str]) -> None:
    assert said in refused(edit)


def test_a_pasted_picture_is_named_with_its_place(refused: Callable[[Edit], str]) -> None:
    drawn = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(drawn, "png")

    assert "sheet usage, row 5, column period: found a picture." in refused(lambda book: book["usage"].add_image(Image(drawn), "B5"))


def test_an_error_of_a_formula_is_named(refused: Callable[[Edit], str]) -> None:
    def broken(book: Workbook) -> None:
        book["services"]["I2"].value, book["services"]["I2"].data_type = "#DIV/0!", "e"

    assert "sheet services, row 2, column floor: found #DIV/0!, what a formula leaves" in refused(broken)


def test_everything_wrong_is_said_at_once(refused: Callable[[Edit], str]) -> None:
    said = refused(all_of(write("goals", "C2", "=1/3"), write("services", "D3", "Both"), write("usage", "A3", "S9"), write("plan", "B3", "publik")))

    assert said.splitlines()[0] == "mill.xlsx: 4 problems in 4 sheets; nothing was taken from it."


def test_rows_that_the_plan_alone_changed_added_or_removed_stay_so(plan: Path, tmp_path: Path, written: bytes) -> None:
    (plan / "usage.csv").write_text("service,period,uses\nS1,2026-02,99\nS3,2026,1e3\nS3,2025,5\n", encoding="utf-8")

    arrival = workbook_in.arrival(saved(tmp_path / "mill.xlsx", written, write("usage", "C4", 1001)), plan)
    take(plan, arrival)

    assert (plan / "usage.csv").read_text(encoding="utf-8") == "service,period,uses\nS1,2026-02,99\nS3,2026,1001\nS3,2025,5\n"
    assert arrival.told == ("Sheet usage: 3 rows changed in the plan since the export and not here; they stay as the plan has them.",)


@pytest.mark.parametrize(("edit", "said"), [
    (write("usage", "C3", 50), "sheet usage, row 3: S1, 2026-02 was changed here, and otherwise in the plan since the export."),
    (lambda book: book["usage"].delete_rows(3), "sheet usage: S1, 2026-02 was removed here, and changed in the plan since the export."),
    (add("usage", "S3", "2024", 7), "sheet usage, row 5: S3, 2024 was changed here, and otherwise in the plan since the export."),
    (write("usage", "C2", 11), "sheet usage, row 2: S1, 2026-01 was changed here, and otherwise in the plan since the export."),
])
def test_a_row_that_both_changed_is_refused(edit: Edit, said: str, plan: Path, refused: Callable[[Edit], str]) -> None:
    (plan / "usage.csv").write_text("service,period,uses\nS1,2026-02,99\nS3,2026,1e3\nS3,2024,5\n", encoding="utf-8")

    assert said in refused(edit)


def test_a_fact_that_both_changed_is_refused_and_one_that_the_plan_changed_stays(plan: Path, refused: Callable[[Edit], str], back: Callable[[Edit], Taken]) -> None:
    toml = plan / "plan.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('"Board of Trustees"', '"Council"'), encoding="utf-8")

    assert "sheet plan, row 4: leadership was changed here, and otherwise in the plan since the export." in refused(write("plan", "B4", "Mayor"))
    assert back(lambda book: None).facts == ()
    assert open_plan(plan).facts["leadership"] == "Council"


def test_the_same_change_on_both_sides_is_no_conflict(plan: Path, back: Callable[[Edit], Taken]) -> None:
    (plan / "usage.csv").write_text(TABLES["usage.csv"].replace("12.30", "50.0"), encoding="utf-8")

    assert back(write("usage", "C3", 50)).touched.empty
    assert "S1,2026-02,50.0\n" in (plan / "usage.csv").read_text(encoding="utf-8")


def test_a_workbook_brought_in_twice_changes_nothing_the_second_time(plan: Path, back: Callable[[Edit], Taken]) -> None:
    edit = all_of(lambda book: book["usage"].delete_rows(2), write("usage", "C2", 5))
    back(edit)
    before = held(plan)

    assert back(edit).touched.empty
    assert held(plan) == before


def test_a_workbook_of_another_library_or_without_its_hidden_sheet_is_refused(plan: Path, tmp_path: Path, written: bytes, back: Callable[[Edit], Taken]) -> None:
    other = create.new_plan(tmp_path / "weir", FACTS | {"library": "Weir Library"})

    with pytest.raises(PlanningError, match="was written from the plan of Mill Library, and this is the plan of Weir Library"):
        workbook_in.arrival(saved(tmp_path / "mill.xlsx", written, lambda book: None), other)
    with pytest.raises(PlanningError, match="does not carry what the plan held when it was written"):
        back(lambda book: book.remove(book["_planning"]))


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def zipped(**parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return data.getvalue()


@pytest.mark.parametrize(("data", "said"), [
    (b"", "mill.xlsx is an empty file, not a workbook"),
    (b"service,period\n", "mill.xlsx is another kind of file, not a workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "mill.xlsx is an old Excel workbook (.xls), not a workbook (.xlsx). Open it in the program that made it and save it as Excel Workbook"),
    (encrypted(), "mill.xlsx is protected by a password, not a workbook (.xlsx). Open it, take the password off"),
    (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "mill.xlsx is an OpenDocument file (.ods)"),
    (zipped(note="x"), "mill.xlsx is a zip file without a workbook"),
    (zipped(**{"xl/workbook.xml": "<broken", "[Content_Types].xml": "<Types/>"}), "mill.xlsx cannot be read as a workbook; it seems to be damaged"),
], ids=["empty", "csv", "xls", "password", "ods", "zip", "damaged"])
def test_a_file_that_is_no_workbook_is_refused_by_what_it_is(data: bytes, said: str, plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "mill.xlsx"
    path.write_bytes(data)

    with pytest.raises(PlanningError) as refused:
        workbook_in.arrival(path, plan)

    assert said in str(refused.value)


def test_a_cut_off_workbook_is_refused(plan: Path, tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "mill.xlsx"
    path.write_bytes(written[: len(written) // 2])

    with pytest.raises(PlanningError, match="mill.xlsx is another kind of file, not a workbook"):
        workbook_in.arrival(path, plan)
