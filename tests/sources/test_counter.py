"""COUNTER reports: read the same from every form, or refused by name with what to do."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from openpyxl import Workbook

from planning.model.errors import PlanningError, PlanProblems, UsageError
from planning.sources import counter

DATA = ROOT.parent / "shared" / "data" / "counter"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the COUNTER samples are not beside the project")
OFFICIAL = ("PR", "PRP1", "DR", "DRD1", "DRD2", "TR", "TRB1", "TRB2", "TRB3", "TRJ1", "TRJ2", "TRJ3", "TRJ4", "IR", "IRA1", "IRM1")

HEADER = [["Report_Name", "Journal Requests (Controlled)"], ["Report_ID", "TR_J1"], ["Release", "5.1"], ["Exceptions", ""],
          ["Reporting_Period", "Begin_Date=2025-01-01; End_Date=2025-02-28"], ["Created_By", "Mill Press"], []]
COLUMNS = ["Title", "Publisher", "Platform", "DOI", "Print_ISSN", "Metric_Type", "Reporting_Period_Total", "Jan-2025", "Feb-2025"]
ASH = ["Ash Review", "Mill", "Shelf", "10.1/ash", "1111-1111"]
ROWS = [[*ASH, "Total_Item_Requests", 12, 5, 7], [*ASH, "Unique_Item_Requests", 9, 4, 5]]

Write = Callable[..., Path]


def table(rows: list[list[object]] = ROWS, columns: list[object] = COLUMNS, header: list[list[object]] = HEADER, **named: str) -> list[list[object]]:
    """A report as rows; named values replace those of the header."""
    return [*([row[0], named.get(row[0], row[1])] if row else [] for row in header), columns, *rows]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows as text, or anything else as JSON, and gives the path."""

    def written(content: object, name: str = "report.tsv", mark: str = "\t", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        is_rows = isinstance(content, list) and all(isinstance(row, list) for row in content)
        text = content if isinstance(content, str) else "\n".join(mark.join(map(str, row)) for row in content) if is_rows else json.dumps(content)
        path.write_bytes(text.encode(encoding))
        return path

    return written


def figures(*paths: Path) -> list[tuple[object, ...]]:
    rows, _ = counter.read(list(paths))
    return list(rows[["report", "platform", "title", "metric", "period", "uses"]].itertuples(index=False, name=None))


def told(*paths: Path) -> str:
    return " ".join(counter.read(list(paths))[1])


def refused(*paths: Path) -> str:
    with pytest.raises(PlanningError) as error:
        counter.read(list(paths))
    return str(error.value)


EXPECTED = [("TR_J1", "Shelf", "Ash Review", "Total_Item_Requests", "2025-01", 5.0), ("TR_J1", "Shelf", "Ash Review", "Total_Item_Requests", "2025-02", 7.0),
            ("TR_J1", "Shelf", "Ash Review", "Unique_Item_Requests", "2025-01", 4.0), ("TR_J1", "Shelf", "Ash Review", "Unique_Item_Requests", "2025-02", 5.0)]


@pytest.mark.parametrize(("name", "mark", "encoding"), [("a.tsv", "\t", "utf-8-sig"), ("a.csv", ",", "utf-8"), ("a.csv", ";", "cp1252"), ("a.txt", "\t", "utf-16")])
def test_a_table_reads_the_same_in_any_marks_and_letters(write: Write, name: str, mark: str, encoding: str) -> None:
    path = write(table(), name, mark, encoding)

    assert figures(path) == EXPECTED
    assert counter.read([path])[0][["release", "id", "data_type"]].drop_duplicates().values.tolist() == [["5.1", "10.1/ash", ""]]


def test_the_row_of_columns_is_found_by_what_it_holds(write: Write) -> None:
    r5 = [["Report_Name", "x"], ["Report_ID", "TR_J1"], ["Release", "5"], *[["Institution_Name", "y"]] * 9, []]

    assert figures(write(table(header=r5), "r5.tsv")) == EXPECTED
    assert figures(write([COLUMNS, *ROWS], "bare.tsv")) == EXPECTED
    assert "it has no header; by its columns it is taken as TR_J1." in told(write([COLUMNS, *ROWS], "bare.tsv"))


@pytest.mark.parametrize("headings", [("Jan-2025", "Feb-2025"), ("Jan-25", "Feb-25"), ("2025-01", "2025-02"), ("2025-01-01 00:00:00", "2025-02-01 00:00:00"), ("January 2025", "Février 2025")])
def test_months_are_read_in_every_form(write: Write, headings: tuple[str, str]) -> None:
    columns = [*COLUMNS[:6], "Reporting_ Period_Total", *headings]

    assert [row[4] for row in figures(write(table(columns=columns)))] == ["2025-01", "2025-02"] * 2


def test_a_workbook_with_days_for_months_reads_as_its_text_does(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["See the other sheet"])
    sheet = book.create_sheet("Report")
    for row in table(columns=[*COLUMNS[:7], dt.datetime(2025, 1, 1), dt.datetime(2025, 2, 1)]):
        sheet.append(row)
    book.save(path := tmp_path / "report.xlsx")

    assert figures(path) == EXPECTED
    with pytest.raises(UsageError, match="has no such sheet. Did you mean Report"):
        counter.read([path], sheet="Reprot")


def test_a_workbook_without_a_report_is_refused_with_its_sheets(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Branch", "Visits"])
    book.create_sheet("More")
    book.save(path := tmp_path / "visits.xlsx")

    assert "none of its sheets (Sheet, More) has the columns of a COUNTER report" in refused(path)


def test_a_blank_cell_is_no_figure_and_a_0_is_one(write: Write) -> None:
    path = write(table([[*ASH, "Unique_Item_Requests", "", "", 0]]))

    assert figures(path) == [("TR_J1", "Shelf", "Ash Review", "Unique_Item_Requests", "2025-02", 0.0)]


def test_thousands_are_read_and_other_cells_named_with_row_and_column(write: Write) -> None:
    assert [row[5] for row in figures(write(table([[*ASH, "Unique_Item_Requests", "1,239", "1,234", "5"]])))] == [1234.0, 5.0]

    path = write(table([[*ASH, "Unique_Item_Requests", 9, "1.5", "n/a"], [*ASH, "Total_Item_Requests", 9, "-2", "7"]]))
    with pytest.raises(PlanProblems) as error:
        counter.read([path])
    assert [(one.row, one.column, one.found) for one in error.value.problems] == [(9, "Feb-2025", "found n/a"), (9, "Jan-2025", "found 1.5, and 1 more such cells below")]


def test_a_total_that_is_not_the_sum_of_its_months_is_told(write: Write) -> None:
    path = write(table([[*ASH, "Unique_Item_Requests", 10, 4, 5], [*ASH, "Total_Item_Requests", "", 5, 7]]))

    assert "the total differs from the sum of the months in 1 of 2 rows, first in row 9 (10 against 9); the months were taken." in told(path)
    assert sum(row[5] for row in figures(path)) == 21


def test_rows_that_stand_twice_and_rows_of_sums_are_not_added(write: Write) -> None:
    path = write(table([ROWS[1], ROWS[1], ["Total", "", "", "", "", "", 9, 4, 5]]))

    assert figures(path) == EXPECTED[2:]
    assert "rows without a metric, such as sums, left out: 1 (the first is row 11)." in told(path)
    assert "rows that stand twice, with the same figures, taken once: 1 (the first is row 10)." in told(path)


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(write: Write) -> None:
    open_title = ['"Ash Review', *ASH[1:]]
    rows = [[*open_title, *ROWS[0][5:]], ROWS[1]]

    assert [row[3:] for row in figures(write(table(rows)))] == [row[3:] for row in EXPECTED]
    assert "row 9: a quotation mark is never closed" in refused(write(table(rows), "report.csv", ","))


def test_what_the_publisher_notes_is_told(write: Write) -> None:
    assert "the publisher notes 3040: Partial Data Returned." in told(write(table(Exceptions="3040: Partial Data Returned")))


@pytest.mark.parametrize(("months", "said"), [
    (["Jan-2025", "2025-13"], "found 2025-13 among the months"), (["Jan-2025", "Jan 25"], "found 2025-01 twice among the months"), (["Jan-2025", "2025"], "found 2025 among the months"),
    (["Jan-2025", "Mar-2025"], "a figure for 2025-03, but its header says that it covers 2025-01 to 2025-02"), ([], "it has no column for a month"),
])
def test_a_wrong_month_is_refused(write: Write, months: list[str], said: str) -> None:
    rows = [[*ASH, "Unique_Item_Requests", 9, *range(len(months))]]

    assert said in refused(write(table(rows, [*COLUMNS[:7], *months])))


@pytest.mark.parametrize(("claim", "columns", "row", "said"), [
    ("DR_D1", COLUMNS, ROWS[0], "the header says DR_D1 (Database Search and Item Usage), but the file holds a row for each title"),
    ("TR_J2", COLUMNS, ROWS[0], "the header says TR_J2 (Journal Access Denied), but the file holds the metric Total_Item_Requests"),
    ("TR_B1", COLUMNS, ROWS[0], "the header says TR_B1 (Book Requests), but the file holds no column ISBN"),
    ("TR_J1", [*COLUMNS[:5], "YOP", *COLUMNS[5:]], [*ASH, "2020", *ROWS[0][5:]], "but the file holds rows split by yop"),
    ("TR_J1", [*COLUMNS[:5], "Data_Type", *COLUMNS[5:]], [*ASH, "Book", *ROWS[0][5:]], "but the file holds rows of the data type Book"),
    ("TR_J9", COLUMNS, ROWS[0], "the header names the report TR_J9, which is no report type of COUNTER. Did the publisher mean TR_J"),
])
def test_a_header_that_claims_another_report_is_refused(write: Write, claim: str, columns: list[str], row: list[object], said: str) -> None:
    assert said in refused(write(table([row], columns, Report_ID=claim)))


@pytest.mark.parametrize(("content", "said"), [
    ([["Journal Report 1 (R4)", "Number of Successful Full-Text Article Requests"], ["Mill Library"], ["Journal", "Publisher", "Platform", "Reporting Period Total", "Jan-2015"]],
     "is JR1, a report of COUNTER Release 4, which counted in another way. Ask the publisher for TR_J1"),
    ([["BR2"], ["Mill Library"]], "is BR2, a report of COUNTER Release 4"),
    (table(Report_ID="JR1", Release="4"), "Ask the publisher for TR_J1 of Release 5.1"),
    ("<?xml version='1.0'?><ReportResponse xmlns:c='http://www.niso.org/schemas/counter'/>", "is XML, the form of COUNTER Release 4"),
    ({"Report_Header": {"Report_ID": "DB1", "Release": "4"}, "Report_Items": [{"x": 1}]}, "Ask the publisher for DR_D1"),
])
def test_release_4_is_refused_by_name(write: Write, content: object, said: str) -> None:
    assert said in refused(write(content))


@pytest.mark.parametrize(("content", "said"), [
    ("", "is an empty file"), ("branch,visits\nEast,5\n", "is not a COUNTER report"), ("<html><body>Sign in</body></html>", "perhaps a sign-in page was saved"),
    ('{"Report_Header": ', "breaks off or is broken at line 1"), ({"visits": 5}, "is not a COUNTER report"), ([["Report_ID", "TR_J1"], ["Release", "5.1"]], "the report TR_J1 holds no figures"),
    (table([[*ASH, "Unique_Item_Requests", "", "", ""]]), "holds no figures, and a blank cell is not a 0"),
    (table([], Exceptions="3030: No Usage Available for Requested Dates"), "the publisher says 3030: No Usage Available for Requested Dates. The publisher has no use for these months."),
    (table([*ROWS, COLUMNS, *ROWS]), "row 11: found a second row of column headings"), (table([[*ROWS[0], 99]]), "row 9: found a cell that stands under no heading"),
])
def test_a_file_that_is_no_report_is_refused_with_what_to_do(write: Write, content: object, said: str) -> None:
    assert said in refused(write(content))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.tsv").startswith("gone.tsv cannot be opened: No such file")


@pytest.mark.parametrize("body", [
    {"Code": 2000, "Severity": "Error", "Message": "Requestor Not Authorized"}, [{"Code": 2000, "Message": "Requestor Not Authorized"}],
    {"Exception": {"Code": "2000", "Message": "Requestor Not Authorized"}},
    {"Report_Header": {"Report_ID": "TR_J1", "Release": "5", "Exceptions": [{"Code": 2000, "Message": "Requestor Not Authorized"}]}},
])
def test_a_sushi_error_body_is_refused_with_its_code_and_message(write: Write, body: object) -> None:
    said = refused(write(body, "tr_j1.json") if isinstance(body, dict) else write(json.dumps(body), "tr_j1.json"))

    assert said.startswith("tr_j1.json holds no report: the publisher's server answered 2000 (Requestor Not Authorized). Check the customer id")


def test_release_5_json_reads_by_period_and_instance(write: Write) -> None:
    performance = [{"Period": {"Begin_Date": f"2025-0{month}-01", "End_Date": f"2025-0{month}-28"},
                    "Instance": [{"Metric_Type": "Total_Item_Requests", "Count": total}, {"Metric_Type": "Unique_Item_Requests", "Count": unique}]} for month, total, unique in ((1, 5, 4), (2, 7, 5))]
    item = {"Title": "Ash Review", "Platform": "Shelf", "Data_Type": "Journal", "Item_ID": [{"Type": "DOI", "Value": "10.1/ash"}], "Performance": performance}
    path = write({"Report_Header": {"Report_ID": "TR_J1", "Release": "5", "Report_Filters": [{"Name": "Begin_Date", "Value": "2025-01-01"}, {"Name": "End_Date", "Value": "2025-02-28"}]},
                  "Report_Items": [item]}, "r5.json")

    assert sorted(figures(path)) == EXPECTED
    item["Performance"] = [performance[0] | {"Period": {"Begin_Date": "2025-01-01", "End_Date": "2025-02-28"}}]
    path.write_text(json.dumps({"Report_Header": {"Report_ID": "TR_J1", "Release": "5"}, "Report_Items": [item]}), encoding="utf-8")
    assert "found figures for 2025-01-01 to 2025-02-28, which is no single month" in refused(path)


def r51(*items: dict[str, object], report: str = "TR_J1", **filters: object) -> dict[str, object]:
    return {"Report_Header": {"Report_ID": report, "Release": "5.1", "Created_By": "Mill Press", "Report_Filters": filters}, "Report_Items": list(items)}


def test_release_51_json_reads_by_metric_and_month_with_items_under_their_parent(write: Write) -> None:
    child = {"Item": "On ash", "Platform": "Shelf", "Attribute_Performance": [{"Access_Type": "Open", "Performance": {"Unique_Item_Requests": {"2025-01": 4}}},
                                                                            {"Access_Type": "Controlled", "Performance": {"Unique_Item_Requests": {"2025-01": 3}}}]}
    rows, _ = counter.read([write(r51({"Title": "Ash Review", "Item_ID": {"Online_ISSN": "1111-1111"}, "Items": [child]}, report="IR_A1"), "ir.json")])

    assert rows[["platform", "title", "item", "access_type", "uses"]].values.tolist() == [["Shelf", "Ash Review", "On ash", "Open", 4.0], ["Shelf", "Ash Review", "On ash", "Controlled", 3.0]]


@pytest.mark.parametrize(("months", "filters", "said"), [
    ({"2025-13": 1}, {}, "found figures for 2025-13, which is no single month"), ({"2025-03": 1}, {"Begin_Date": "2025-01-01", "End_Date": "2025-02-28"}, "covers 2025-01 to 2025-02"),
    ({"2025-01": -4}, {}, "item 1 (Ash Review), Unique_Item_Requests 2025-01: found -4"), ({"2025-01": "many"}, {}, "found many"),
])
def test_wrong_months_and_counts_in_json_are_refused(write: Write, months: dict[str, object], filters: dict[str, object], said: str) -> None:
    item = {"Title": "Ash Review", "Attribute_Performance": [{"Performance": {"Unique_Item_Requests": months}}]}

    assert said in refused(write(r51(item, **filters), "x.json"))


def test_an_item_that_stands_twice_in_json_is_taken_once(write: Write) -> None:
    item = {"Title": "Ash Review", "Platform": "Shelf", "Attribute_Performance": [{"Performance": {"Unique_Item_Requests": {"2025-01": 4}}}]}
    path = write(r51(item, item), "x.json")

    assert [row[5] for row in figures(path)] == [4.0]
    assert "items that stand twice, with the same figures, taken once: 1." in told(path)


@real
@pytest.mark.parametrize("name", OFFICIAL)
def test_each_official_sample_gives_the_same_figures_from_tsv_xlsx_and_json(name: str) -> None:
    keys = ["report", "release", "platform", "database", "title", "item", "id", "data_type", "yop", "access_type", "access_method", "metric", "period", "uses"]
    frames = [counter.read([DATA / "r51_official_samples" / f"{name}_sample_r51.{form}"])[0] for form in ("tsv", "xlsx", "json")]
    tsv, xlsx, sushi = [rows.loc[rows["uses"] > 0, keys].sort_values(keys, ignore_index=True) for rows in frames]

    assert tsv["report"].iloc[0].replace("_", "") == name
    assert tsv.equals(xlsx)
    assert tsv.equals(sushi)


@real
@pytest.mark.parametrize("name", OFFICIAL)
def test_each_official_sample_adds_up_to_the_totals_that_it_states(name: str) -> None:
    path = DATA / "r51_official_samples" / f"{name}_sample_r51.tsv"
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8-sig").splitlines()]
    head = next(row for row in lines if "Metric_Type" in row)
    stated = sum(int(row[head.index("Reporting_Period_Total")]) for row in lines[lines.index(head) + 1:] if any(row))
    rows, said = counter.read([path])

    assert rows["uses"].sum() == stated
    assert len(said) == 1


@real
def test_the_samples_of_release_5_are_read() -> None:
    place = DATA / "pycounter_r5"

    assert figures(place / "tr_j2.tsv") == [("TR_J2", "PlatformX", "Journal A", "Limit_Exceeded", "2017-01", 3.0)]
    assert [row[4:] for row in figures(place / "sushi_simple.json")] == [("2019-01", 14.0), ("2019-01", 9.0), ("2019-02", 16.0), ("2019-02", 12.0)]
    assert [row[5] for row in figures(place / "sushi_book.json")] == [22.0, 11.0, 16.0, 12.0]
    assert "the report TR_J1 holds no figures" in refused(place / "tr_j1.tsv")
    assert "answered 2000 (Requestor Not Authorized to Access Service)" in refused(place / "not_authorized.json")
